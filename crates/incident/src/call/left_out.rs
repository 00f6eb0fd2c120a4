//! What was typed and stands nowhere, because a life came first or the incident was there already. Pure.

use contact::draft::rules::Fields;

use super::fields::of;
use crate::standing::Standing;

/// What an incident says of the fields that are asked before it is opened.
pub fn of_incident(standing: &Standing, fields: &mut Fields) {
    let incident = &standing.incident;
    let mut put = |name: &str, value: &str| fields.insert(name.to_owned(), value.to_owned());
    put("summary", incident.summary.shown());
    put("incident_type", &incident.kind.incident_type);
    put("qualifiers", &incident.kind.qualifiers.join("\n"));
    put("warnings", &incident.warnings.join("\n"));
    if let Some(graded) = &standing.grade {
        put("grade", graded.in_force.grade.as_str());
        put("rationale", graded.in_force.rationale.shown());
    }
}

/// What is left over of what was `typed` now and of what was left out `before`: all that does not stand. Where the same
/// field was left out twice with other words, both are kept, one a line.
pub fn left_over(before: Fields, typed: Fields, stands: &Fields) -> Fields {
    let is_missing = |name: &str, value: &str| {
        let value = value.trim();
        !value.is_empty() && lines(of(stands, name)) != lines(value)
    };
    let mut left: Fields = before.into_iter().filter(|(name, value)| is_missing(name, value)).collect();
    for (name, value) in typed.into_iter().filter(|(name, value)| is_missing(name, value)) {
        match left.get_mut(&name) {
            Some(known) if known.split('\n').any(|line| line == value) || *known == value => {}
            Some(known) => {
                known.push('\n');
                known.push_str(&value);
            }
            None => {
                left.insert(name, value);
            }
        }
    }
    left
}

/// What somebody chose of a list is the same in any order.
fn lines(value: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = value.trim().lines().map(str::trim).collect();
    lines.sort_unstable();
    lines
}

/// Puts what was left out back into a form where nothing stands in its place: nothing is written over.
pub fn put_back(left: &Fields, filled: &mut Fields) {
    for (name, value) in left {
        if of(filled, name).trim().is_empty() {
            filled.insert(name.clone(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Fields {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_does_not_stand_is_left_over_and_nothing_left_out_before_is_lost() {
        type Pairs = &'static [(&'static str, &'static str)];
        let cases: [[Pairs; 4]; 7] = [
            [&[], &[("name", "Ailsa")], &[("name", "Ailsa")], &[]],
            [&[], &[("name", " Ailsa ")], &[("name", "Ailsa")], &[]],
            [&[], &[("threat", "high"), ("name", "")], &[("name", "Ailsa")], &[("threat", "high")]],
            [&[("threat", "high")], &[("harm", "high")], &[], &[("harm", "high"), ("threat", "high")]],
            [&[("threat", "high")], &[("threat", "low")], &[], &[("threat", "high\nlow")]],
            [&[("threat", "high")], &[("threat", "high")], &[("threat", "high")], &[]],
            [&[], &[("qualifiers", "hate\ndomestic")], &[("qualifiers", "domestic\nhate")], &[]],
        ];
        for [before, typed, stands, expected] in cases {
            let left = left_over(fields(before), fields(typed), &fields(stands));
            assert_eq!(left, fields(expected), "{before:?} {typed:?} {stands:?}");
        }
        let twice = left_over(fields(&[("words", "a\nb")]), fields(&[("words", "a\nb")]), &Fields::new());
        assert_eq!(twice, fields(&[("words", "a\nb")]), "the same words are kept once");
    }

    #[test]
    fn it_is_put_back_where_nothing_stands() {
        let mut filled = fields(&[("threat", "low"), ("harm", "")]);
        put_back(&fields(&[("threat", "high"), ("harm", "high"), ("risk", "high")]), &mut filled);
        assert_eq!(filled, fields(&[("threat", "low"), ("harm", "high"), ("risk", "high")]));
    }
}
