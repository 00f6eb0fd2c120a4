//! The 23 faults of DOMAIN 9: each is in the data in the way the real papers have it, so that a check finds it. What
//! is said here is only that it is there; finding it is the check's.

use std::collections::{BTreeMap, BTreeSet};

use force::{
    Recommendation, What,
    portfolio::{self, EarlierPaper, Statement, Story},
};
use jiff::civil::{Date, date};

use crate::play::{One, PAPER, Stands, all, count, label, register, until};

/// What there is to look at.
struct Data {
    stories: Vec<Story>,
    register: BTreeMap<String, One>,
    papers: Vec<EarlierPaper>,
}

impl Data {
    fn read() -> Self {
        let stories = all();
        let register = register(&stories, PAPER);
        Self { stories, register, papers: portfolio::earlier_papers().unwrap() }
    }

    fn story(&self, code: &str) -> &Story {
        self.stories.iter().find(|story| story.plan.code == code).unwrap()
    }

    fn printed(&self, wanted: &str) -> &Recommendation {
        let all = self
            .stories
            .iter()
            .flat_map(|story| story.plan.recommendations.iter().map(move |one| (story, one)));
        let found = all.into_iter().find(|(story, one)| label(&story.plan.code, &one.reference) == wanted);
        found.map(|(_, one)| one).unwrap()
    }

    fn last_update(&self, of: &str) -> &str {
        &self.register[of].updates.last().unwrap().1
    }

    fn statements<'a>(&'a self, about: &'a str, quantity: &'a str) -> Vec<(&'a str, &'a Statement)> {
        let all = self.papers.iter().flat_map(|paper| paper.statements.iter().map(move |one| (paper, one)));
        all.filter(|(_, one)| one.about == about && one.quantity == quantity)
            .map(|(paper, one)| (paper.reference.as_str(), one))
            .collect()
    }

    fn said(&self, paper: &str, about: &str, quantity: &str) -> String {
        let all = self.statements(about, quantity);
        let found = all.iter().find(|(reference, _)| *reference == paper);
        found.unwrap_or_else(|| panic!("{paper} says nothing of {about} {quantity}")).1.value.clone()
    }

    fn open(&self, code: &str, fits: impl Fn(&One) -> bool) -> usize {
        count(&self.register, |one| one.code == code && one.is_open() && fits(one))
    }
}

#[test]
fn faults_1_to_4_figures_that_disagree() {
    let data = Data::read();
    // 1: nine in the table, ten in the list.
    assert_eq!((data.said("S004", "DA23", "open"), data.open("DA23", |_| true)), ("9".into(), 10));
    // 2: thirteen of the force's, fourteen made.
    let report = "K10, K11, K12, K65";
    assert_eq!(data.said(report, "MH23", "total"), "14");
    assert_eq!(data.said("K8, K9", "MH23", "total"), "13");
    assert_eq!(data.said("S003", "MH23", "open"), "12");
    assert_eq!(data.story("MH23").plan.recommendations.len(), 14);
    assert!(!data.register["MH23-R1"].is_the_forces && data.register["MH23-R1"].is_open());
    // 3: six delayed, seven with a revised date.
    assert_eq!(data.said("S004", "MH23", "delayed"), "6");
    assert_eq!(data.open("MH23", |one| one.targets.len() > 1), 7);
    // 4: May 2024 in the plan, May 2023 two years later.
    let first = |paper| data.said(paper, "CAM22-R3", "first_target");
    assert_eq!((first("S001").as_str(), first("S003").as_str()), ("2024-05", "2023-05"));
    assert_eq!(data.printed("CAM22-R8").target.unwrap().iso(), "2023-05");
}

#[test]
fn faults_5_to_7_areas_for_development() {
    let data = Data::read();
    let areas = portfolio::areas().unwrap();
    let cam: Vec<_> = areas.iter().filter(|area| area.of == "CAM22").collect();
    // 5: five are spoken of, nine are listed, under five headings.
    for paper in ["S000", "S001", "S002"] {
        assert_eq!(data.said(paper, "CAM22", "areas_for_development"), "5", "{paper}");
    }
    let headings: BTreeSet<&str> = cam.iter().map(|area| area.heading.as_str()).collect();
    assert_eq!((cam.len(), headings.len()), (9, 5));
    // 6: one in no action, one in two, and that is contested.
    let mapped: Vec<String> = cam.iter().map(|area| area.done_by.join("+")).collect();
    assert_eq!(mapped, ["1.4", "1.5", "2.5", "3.5", "4.3", "", "7.3", "7.4", "7.5+5.5"]);
    let contested = cam[8].contested.as_ref().unwrap();
    assert_eq!(contested.action, "7.5");
    for area in &areas {
        let numbers: BTreeSet<String> = data
            .story(&area.of)
            .plan
            .recommendations
            .iter()
            .flat_map(|one| one.numbered_actions().map(|(number, _)| number).collect::<Vec<_>>())
            .collect();
        assert!(area.done_by.iter().all(|number| numbers.contains(number)), "{} {}", area.of, area.reference);
        assert!(["open", "closed"].contains(&area.status.as_str()) && !area.text.is_empty());
    }
    let open = |of: &str| areas.iter().filter(|area| area.of == of && area.status == "open").count();
    assert_eq!((open("DA23"), data.said("S003", "DA23", "areas_for_development").as_str()), (13, "13"));
    let custody = ["CFI24", "CLA23", "CGG24", "CNE24"].map(open).iter().sum::<usize>();
    assert_eq!((custody, data.said("K6b", "custody", "areas_for_development").as_str()), (6, "6"));
    // 7: quarterly in the action, every six months in the update.
    let eight = data.printed("CAM22-R8");
    assert!(eight.actions[1].contains("quarterly") && eight.update.contains("every six months"));
}

#[test]
fn faults_8_and_9_dates_and_titles() {
    let data = Data::read();
    let published: Vec<&str> =
        data.statements("CAM22", "published").iter().map(|(_, one)| one.value.as_str()).collect();
    assert_eq!(published, ["2022-08-31", "2022-08", "2022-09", "2022-08"]);
    assert_eq!(data.story("CAM22").plan.published_on, date(2022, 8, 31));
    let titles: BTreeSet<&str> =
        data.statements("CA20", "title").iter().map(|(_, one)| one.value.as_str()).collect();
    assert_eq!(titles, BTreeSet::from(["2021 report", "Crime Audit (2021)", "Crime Audit 2020"]));
    let audit = &data.story("CA20").plan;
    assert_eq!((audit.title.as_str(), audit.published_on), ("Crime Audit 2020", date(2021, 3, 10)));
}

#[test]
fn faults_10_to_13_targets() {
    let data = Data::read();
    let current = |of: &str| *data.register[of].targets.last().unwrap();
    // 10: past, and "imminent"; and a month that is over is still to come.
    let two = data.last_update("MH23-R2");
    assert!(two.contains("imminent") && two.contains("missed") && two.contains("August 2025"));
    assert!(current("MH23-R2").last_day() < PAPER);
    // 11: past its moved target; due in the month, late by its own words and not counted.
    assert!(current("MH23-R3").last_day() < PAPER);
    for of in ["MP24-R4", "MP24-R9"] {
        assert_eq!(current(of).iso(), "2025-09", "{of}");
    }
    assert!(data.last_update("MP24-R4").contains("has been delayed"));
    assert_eq!(data.said("S004", "MP24", "delayed"), "0");
    // 12: a gap where a date belongs.
    assert!(data.last_update("MH23-R9").contains("target of  cannot"));
    // 13: a target in March and none in September.
    let first = |paper| data.said(paper, "DA23-R1", "first_target");
    assert_eq!((first("S003").as_str(), first("S004").as_str()), ("2024-09", ""));
    // 15: "all revised", and no revised date.
    for about in ["DA23", "CA20"] {
        assert_eq!(data.said("S003", about, "current_target"), "", "{about}");
    }
    assert_eq!(data.open("DA23", |one| one.targets.len() > 1), 0);
    for of in ["CA20-R3", "CA20-R4", "CA20-R5", "CA20-R6"] {
        assert_eq!(data.said("S004", of, "current_target"), "", "{of}");
    }
}

#[test]
fn faults_14_and_16_to_18_what_is_left_out_and_what_is_repeated() {
    let data = Data::read();
    // 14: no risk.
    let bare = data.register.values().filter(|one| one.code == "DA23" && one.is_open());
    let bare = bare.filter(|one| one.risk_statement.is_empty()).map(|one| one.label.as_str());
    assert_eq!(bare.collect::<Vec<_>>(), ["DA23-R14"]);
    // 16: seven of ten repeat the paragraph of March, and say that there is no progress.
    let repeats = |one: &&One| {
        let [.., (march, before), (september, now)] = one.updates.as_slice() else { return false };
        // The first sentence of March stands again, whatever was put before or after it.
        let sentence = before.split_inclusive(". ").next().unwrap_or_default().trim().trim_end_matches('.');
        (*march, *september) == (date(2025, 3, 5), date(2025, 8, 27))
            && now.contains("No progress")
            && now.contains(sentence)
    };
    let same = data.register.values().filter(|one| one.code == "DA23").filter(repeats);
    let same: Vec<&str> = same.map(|one| one.label.as_str()).collect();
    assert_eq!(same, ["DA23-R1", "DA23-R10", "DA23-R11", "DA23-R12", "DA23-R14", "DA23-R8", "DA23-R9"]);
    // 17: custody 31 and then about 26, with no custody among the ten that were closed.
    assert_eq!(data.said("K6b", "custody", "open"), "31");
    assert_eq!(data.said("S004", "custody", "open"), "26");
    let custody = |one: &One| one.themes.iter().any(|theme| theme == "custody");
    let summer = |one: &One| one.closed_on.is_some_and(|on| date(2025, 6, 10) < on);
    assert_eq!(count(&data.register, |one| custody(one) && summer(one)), 0);
    assert_eq!(count(&data.register, |one| custody(one) && one.stands == Stands::Proposed), 5);
    // 18: the impact is still to come, and has no figure.
    let proposals =
        until(data.story("CAM22"), PAPER).into_iter().filter_map(|(on, event)| match &event.what {
            What::Propose { impact, .. } if event.of == "3" => Some((on, impact.clone())),
            _ => None,
        });
    let impact = proposals.max_by_key(|(on, _)| *on).unwrap().1;
    let without_names = impact.replace("C3", "");
    assert!(
        impact.contains(" will ") && !without_names.contains(|one: char| one.is_ascii_digit()),
        "{impact}"
    );
}

#[test]
fn faults_19_and_20_names_written_two_ways() {
    let data = Data::read();
    let plan: String = data
        .story("CAM22")
        .plan
        .recommendations
        .iter()
        .fold(String::new(), |text, one| text + &one.actions.join("\n") + &one.update);
    for word in ["Unifit", "PPWW", "PPCW", "PSDS", "SAs confirm that SAs", "SAS", "SPA PPCW"] {
        assert!(plan.contains(word), "{word} is not in the plan of March 2023");
    }
    let names: BTreeSet<&str> = data
        .papers
        .iter()
        .flat_map(|paper| &paper.statements)
        .filter(|one| one.quantity == "name")
        .map(|one| one.value.as_str())
        .collect();
    for name in ["HIMCS", "Unifit", "PPWW", "PSDS", "SAs", "SPA PCC", "R2", "Recommendation 3"] {
        assert!(names.contains(name), "{name} is not among the names");
    }
    let (one, other) = ("Investigation and Safeguarding", "Investigations and Safeguarding");
    assert!(data.last_update("DA23-R7").contains(one) && data.last_update("DA23-R13").contains(other));
    assert!(data.last_update("DA23-R1").contains("SPA PCC"));
    let programmes = portfolio::programmes().unwrap();
    let project = programmes.iter().find(|one| one.key == "investigations_and_safeguarding").unwrap();
    let aliases: Vec<&str> = project.aliases.iter().map(|alias| alias.name.as_str()).collect();
    assert!(
        ["PPDP", "LPSDR", "Investigation and Safeguarding Project"].iter().all(|name| aliases.contains(name))
    );
    assert_eq!(project.part_of.as_deref(), Some("policing_for_our_communities"));
    // 20: R02 in its own row, R2 in its neighbour's.
    assert_eq!(data.printed("MH23-R2").reference, "R02");
    assert!(data.last_update("MH23-R3").contains("R2") && !data.last_update("MH23-R3").contains("R02"));
}

#[test]
fn faults_21_to_23_papers_totals_and_age() {
    let data = Data::read();
    // 21: published thirteen days after the meeting.
    let late = data.papers.iter().filter_map(|paper| Some((paper, paper.published_on? - paper.meeting_on?)));
    let late: Vec<(&str, i32)> = late
        .filter(|(_, after)| after.get_days() > 0)
        .map(|(paper, after)| (paper.reference.as_str(), after.get_days()))
        .collect();
    assert_eq!(late, [("S000", 13)]);
    // 22: what a paper counts by plan against what was made.
    for (paper, code) in
        [("S004", "DA23"), ("S004", "MH23"), ("S004", "HC21"), ("S004", "MP24"), ("S004", "CA20")]
    {
        let [closed, open] = ["closed", "open"].map(|quantity| data.said(paper, code, quantity));
        let made = count(&data.register, |one| one.code == code);
        let told = closed.parse::<usize>().unwrap() + open.parse::<usize>().unwrap();
        assert_eq!(told == made, code != "DA23", "{code}: {told} of {made}");
    }
    // 23: open two years after publication; mental health a month after the paper.
    let old = |day: Date| -> BTreeSet<&str> {
        let open = data.register.values().filter(|one| one.is_open() && one.is_the_forces);
        let two = jiff::ToSpan::years(2);
        open.filter(|one| one.published_on.saturating_add(two) < day).map(|one| one.code.as_str()).collect()
    };
    assert!(["DA23", "CA20", "HC21"].iter().all(|code| old(PAPER).contains(code)));
    assert!(!old(PAPER).contains("MH23") && !old(date(2025, 10, 18)).contains("MH23"));
    assert!(old(date(2025, 10, 19)).contains("MH23"));
}

#[test]
fn a_regression_without_trace_can_be_seen() {
    let data = Data::read();
    let status = |paper, of| data.said(paper, of, "status");
    assert_eq!(
        (status("K8, K9", "DA23-R12"), status("S004", "DA23-R12")),
        ("proposed_for_closure".into(), "open".into())
    );
    assert_eq!(
        (status("S003", "DA23-R9"), status("S004", "DA23-R9")),
        ("evidence_assembled".into(), "open".into())
    );
    assert!(!data.last_update("DA23-R9").contains("collated"));
}

#[test]
fn every_statement_is_about_something_and_reads() {
    let data = Data::read();
    let quantities = [
        "open",
        "delayed",
        "closed",
        "total",
        "proposed",
        "plans",
        "areas_for_development",
        "first_target",
        "current_target",
        "published",
        "title",
        "status",
        "name",
    ];
    let further = ["closed_in_period", "added_since", "under_way"];
    let (programmes, groups) = (portfolio::programmes().unwrap(), portfolio::groups().unwrap());
    let mut things: BTreeSet<String> =
        ["portfolio", "custody", "HMICS", "PPCW", "SAS", force::FORCE].map(str::to_owned).into();
    things.extend(data.register.keys().cloned());
    things.extend(data.stories.iter().map(|story| story.plan.code.clone()));
    things.extend(data.register.values().map(|one| one.strategic_owner.clone()));
    things.extend(programmes.iter().map(|one| one.key.clone()));
    things.extend(groups.iter().map(|one| one.key.clone()));
    for paper in &data.papers {
        let told = |one: &Statement| format!("{}: {} {}", paper.reference, one.about, one.quantity);
        assert!(["paper", "report"].contains(&paper.kind.as_str()), "{}", paper.reference);
        assert!(paper.kind == "report" || paper.meeting_on.is_some(), "{}", paper.reference);
        for one in paper.statements.iter().chain(&paper.further) {
            assert!(things.contains(&one.about), "{}", told(one));
            assert!(one.as_on.is_some() || paper.meeting_on.is_some(), "{}", told(one));
            let is_number = !["first_target", "current_target", "published", "title", "status", "name"]
                .contains(&one.quantity.as_str());
            assert!(
                !is_number || one.value.is_empty() || one.value.parse::<usize>().is_ok(),
                "{}",
                told(one)
            );
            let is_target = ["first_target", "current_target", "published"].contains(&one.quantity.as_str());
            let reads = one.value.parse::<import::TargetDate>().is_ok();
            assert!(!is_target || one.value.is_empty() || reads, "{}", told(one));
        }
        assert!(
            paper.statements.iter().all(|one| quantities.contains(&one.quantity.as_str())),
            "{}",
            paper.reference
        );
        assert!(
            paper.further.iter().all(|one| further.contains(&one.quantity.as_str())),
            "{}",
            paper.reference
        );
    }
}

#[test]
fn groups_posts_and_programmes_name_what_there_is() {
    let data = Data::read();
    let (groups, posts, programmes) =
        (portfolio::groups().unwrap(), portfolio::posts().unwrap(), portfolio::programmes().unwrap());
    let is_post = |name: &str| posts.iter().any(|one| one.post == name);
    let unique: BTreeSet<&str> = posts.iter().map(|one| one.post.as_str()).collect();
    assert_eq!(unique.len(), posts.len());
    for group in &groups {
        let to = group.reports_to.as_str();
        let known =
            to.is_empty() || is_post(to) || groups.iter().any(|one| one.key == to && one.key != group.key);
        assert!(known && ["monthly", "quarterly"].contains(&group.cycle.as_str()), "{}", group.name);
        assert!(is_post(&group.chair) || group.kind == "committee", "{}: {}", group.name, group.chair);
        for code in &group.plans {
            assert!(data.stories.iter().any(|story| story.plan.code == *code), "{}: {code}", group.name);
        }
        assert!(group.meetings.is_sorted(), "{}", group.name);
    }
    for one in &programmes {
        let part = one.part_of.as_ref().is_none_or(|key| programmes.iter().any(|other| other.key == *key));
        assert!(part && is_post(&one.owner), "{}", one.name);
        for serves in one.steps.iter().flat_map(|step| &step.serves) {
            assert!(data.register.contains_key(serves), "{}: {serves}", one.name);
        }
        let days = one.aliases.iter().filter_map(|alias| Some((alias.from?, alias.until?)));
        assert!(days.into_iter().all(|(from, until)| from <= until), "{}", one.name);
    }
    for post in &posts {
        for role in post.account.iter().chain(&post.alternate_account) {
            assert!(users::Role::all().any(|own| own.key() == role), "{}: {role}", post.post);
        }
        assert!(post.holder != post.alternate && !post.team.is_empty(), "{}", post.post);
    }
}
