//! A national progress paper as text, as a web page and as a Word paper gives the same publications, and an account
//! of every cell.

mod cuts;
mod hostile;
mod invented;
mod layouts;
mod shapes;

use std::collections::BTreeMap;

use import::{Measure, NationalPaper, TargetDate, is_national, place_paper, read};

/// The published paper, where it is at hand. It is nobody's to copy into a repository.
fn published() -> Option<String> {
    source("004_")
}

/// A source by the beginning of its name; where it is not at hand, the test says so.
fn source(beginning: &str) -> Option<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sources");
    let named = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with(beginning);
    let paper = std::fs::read_dir(&folder).ok().and_then(|entries| entries.flatten().find(named));
    if paper.is_none() {
        eprintln!(
            "\nNOT TESTED WITH THE PUBLISHED PAPER: {} has no file that begins with {beginning}. Only the invented paper was read.\n",
            folder.display()
        );
    }
    paper.map(|paper| std::fs::read_to_string(paper.path()).expect("text"))
}

/// The paper that a file is; the test fails where it is none.
pub fn placed(name: &str, bytes: &[u8]) -> NationalPaper {
    let sheets = read(name, bytes).expect("read");
    assert!(is_national(&sheets), "{name}");
    place_paper(&sheets).expect("placed")
}

/// The three shapes of one paper.
fn three(text: &str) -> [(&'static str, NationalPaper); 3] {
    [
        ("text", placed("text", text.as_bytes())),
        ("page", placed("page", &shapes::page(text))),
        ("paper", placed("paper", &shapes::paper(text))),
    ]
}

/// What a paper says, without where it stands.
fn nowhere(paper: &NationalPaper) -> String {
    let mut paper = paper.clone();
    paper.cover.at = None;
    for publication in &mut paper.publications {
        publication.at.clear();
        publication.closed.iter_mut().for_each(|one| one.at.clear());
        publication.open.iter_mut().for_each(|one| one.at.clear());
    }
    paper.summary.iter_mut().for_each(|row| row.at.clear());
    for figure in &mut paper.stated {
        figure.at.clear();
        figure.named.iter_mut().for_each(|one| one.at.clear());
    }
    format!("{:#?}\n{:#?}\n{:#?}\n{:#?}", paper.cover, paper.publications, paper.summary, paper.stated)
}

/// How often each word stands in a text.
fn words<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for text in texts {
        for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *words.entry(word.to_lowercase()).or_insert(0) += 1;
        }
    }
    words
}

/// No word of the tables of recommendations is lost.
fn nothing_is_lost(what: &str, paper: &NationalPaper) {
    let of_one = |cell: &&import::PlacedCell| {
        ["recommendation", "what we did", "what we are doing"]
            .iter()
            .any(|part| cell.placed_as.contains(part))
            && cell.placed_as.contains(", R")
    };
    let cells: Vec<String> = paper
        .cells
        .iter()
        .filter(of_one)
        .map(|cell| shapes::lines(&cell.text.replace("&amp;", "&")).join("\n"))
        .collect();
    let mut kept: Vec<&str> = Vec::new();
    for publication in &paper.publications {
        for one in &publication.closed {
            kept.extend([&*one.reference, &one.text, &one.what_we_did]);
        }
        for one in &publication.open {
            kept.extend([&*one.reference, &one.text, &one.update]);
            kept.extend(one.target_words.as_deref());
            kept.extend(one.risk.as_deref().into_iter().flat_map(|risk| ["Risk", risk]));
        }
    }
    let kept = words(kept.into_iter());
    for (word, count) in words(cells.iter().map(String::as_str)) {
        assert!(kept.get(&word).is_some_and(|kept| *kept >= count), "{what}: {word}");
    }
}

/// All three shapes say the same, account for every cell, and place at least 99 in 100.
fn accounted(text: &str) -> [(&'static str, NationalPaper); 3] {
    let three = three(text);
    for (what, paper) in &three {
        assert_eq!(nowhere(paper), nowhere(&three[0].1), "{what}");
        assert_eq!(paper.cells_read, shapes::cells(text), "{what}");
        assert_eq!(paper.cells.len(), paper.cells_read, "{what}");
        assert!(paper.cells_placed() * 100 >= paper.cells_read * 99, "{what}: {}", paper.cells_placed());
        for cell in paper.cells.iter().filter(|cell| cell.placed_as == "Not placed" || cell.unsure) {
            let listed = paper.unsure.iter().any(|unsure| unsure.at == cell.at && unsure.text == cell.text);
            assert!(cell.unsure && listed, "{what}: {cell:?}");
        }
        for unsure in &paper.unsure {
            assert!(unsure.why.ends_with('.') && !unsure.at.is_empty(), "{what}: {unsure:?}");
        }
        nothing_is_lost(what, paper);
        let told = serde_json::to_string(paper).expect("json");
        assert_eq!(&serde_json::from_str::<NationalPaper>(&told).expect("a paper"), paper, "{what}");
    }
    three
}

/// "Night Desk 2021: closed R2 R11; open R01 2022-09, R3 2022-12, R4 2024-07-31 to 2025-03-31"
fn told(paper: &NationalPaper) -> Vec<String> {
    let iso = |target: Option<TargetDate>, before: &str| {
        target.map_or_else(String::new, |it| format!("{before}{it:?}", it = it.iso()))
    };
    let publication = |it: &import::Publication| {
        let closed: Vec<&str> = it.closed.iter().map(|one| &*one.reference).collect();
        let open: Vec<String> = it
            .open
            .iter()
            .map(|one| {
                format!(
                    "{}{}{}",
                    one.reference,
                    iso(one.initial_target, " "),
                    iso(one.revised_target, " to ")
                )
            })
            .collect();
        let year = it.year.map_or_else(String::new, |year| format!(" {year}"));
        format!("{}{year}: closed {}; open {}", it.title, closed.join(" "), open.join(", ")).replace('"', "")
    };
    paper.publications.iter().map(publication).collect()
}

fn figures(paper: &NationalPaper) -> Vec<(Measure, u32, Option<&str>)> {
    paper.stated.iter().map(|it| (it.measure, it.figure, it.of.as_deref())).collect()
}

/// The summary: "Night Desk 2 | 3 (2) | Safer Nights 1.02, …"
fn summary(paper: &NationalPaper) -> Vec<String> {
    let row = |row: &import::SummaryRow| {
        let links: Vec<String> =
            row.links.iter().map(|link| format!("{} {}", link.area, link.number)).collect();
        let figure = |figure: Option<u32>| figure.map_or_else(|| "?".to_owned(), |figure| figure.to_string());
        format!(
            "{} {} | {} ({}) | {}",
            row.publication,
            figure(row.closed),
            figure(row.open),
            figure(row.delayed),
            links.join(", ")
        )
    };
    paper.summary.iter().map(row).collect()
}

fn unsure(paper: &NationalPaper) -> Vec<&str> {
    paper.unsure.iter().map(|unsure| unsure.why.as_str()).collect()
}

#[test]
fn an_invented_paper_is_placed_whole_in_every_shape() {
    let [(_, paper), ..] = accounted(invented::PAPER);
    assert_eq!(
        told(&paper),
        [
            "Lantern Audit 2019: closed R8; open ",
            "Night Desk 2021: closed R2 R11; open R01 2022-09, R3 2022-12, R4 2024-07-31 to 2025-03-31",
            "Hushed Streets 2023: closed ; open R1 2026-01, R10 2022-06 to 2026-03",
        ]
    );
    let desk = &paper.publications[1];
    assert_eq!(desk.printed, ["Night Desk (2021)", "Night Desk 2020"]);
    assert_eq!(
        desk.closed[0].text,
        "Improve answering Borderland Police should answer calls that are made at night - and"
    );
    assert_eq!(
        desk.closed[0].what_we_did,
        "The desk now answers, and tells whoever rings twice.\nwrites.\nIt helps."
    );
    let [one, three, four] = &desk.open[..] else { panic!("three") };
    assert_eq!(one.key, "1");
    assert_eq!(
        one.text,
        "Borderland Police should teach its advisors and officers, and should:\nask them\n• hear them"
    );
    assert_eq!(
        one.update,
        "The course is written and taught.\nNo progress has been reported.\nA group looks at it."
    );
    assert_eq!(one.risk.as_deref(), Some("Calls will be missed."));
    assert_eq!((three.as_above, three.update.as_str()), (true, "As above."));
    assert_eq!(
        three.target_words.as_deref(),
        Some("The initial target for completion was Dec 2022. Revised timescales are awaited.")
    );
    assert_eq!(
        (four.update.as_str(), four.risk.as_ref()),
        ("The original target date of will not be met.", None)
    );
    let words = four.target_words.as_deref().expect("words");
    assert!(words.ends_with("31 March 2025 (imminent)."), "{words}");
    assert_eq!(paper.publications[2].open[0].risk.as_deref(), Some("Noise & more noise."));
    assert!(
        paper.publications[2].open[1]
            .update
            .ends_with("This is in the plan and will be delivered by March 2026.")
    );
}

#[test]
fn an_invented_paper_gives_its_cover_its_summary_and_its_figures() {
    let [(_, paper), ..] = accounted(invented::PAPER);
    let cover = &paper.cover;
    assert_eq!(cover.meeting.as_deref(), Some("Night Performance Committee"));
    assert_eq!(cover.date, Some(jiff::civil::date(2025, 3, 3)));
    assert_eq!(cover.presented_by.as_deref(), Some("A. Chief, Director of Nights & Days"));
    assert_eq!(cover.recommendation_to_members.as_deref(), Some("For Noting"));
    assert_eq!(
        summary(&paper),
        [
            "Night Desk 2 | 3 (2) | Safer Nights 1.02, Calmer Days 3.02, Calmer Days 3.13, Less Noise 2.11",
            "Hushed Streets 0 | 4 (0) | Less Noise 2.17",
        ]
    );
    assert_eq!(
        figures(&paper),
        [
            (Measure::Open, 31, None),
            (Measure::Plans, 7, None),
            (Measure::OpenOfOne, 12, Some("Calmer Together")),
            (Measure::PlansOfOne, 2, Some("Calmer Together")),
            (Measure::Addressed, 1080, None),
            (Measure::ProposedForClosure, 3, None),
            (Measure::InspectionsUnderWay, 2, None),
            (Measure::ClosedInPeriod, 3, None),
            (Measure::PercentAddedLately, 61, Some("May 2023 onwards")),
        ]
    );
    assert_eq!(paper.stated[0].at, "line 17");
    assert!(paper.stated[0].words.starts_with("There are 31 open"), "{}", paper.stated[0].words);
    let named = &paper.stated[6].named;
    let named: Vec<_> = named.iter().map(|it| (it.title.as_str(), it.kind.as_str())).collect();
    assert_eq!(named, [("Lamps", "Thematic Inspection"), ("Ladders", "Joint Inspection")]);
    let told = unsure(&paper);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("counts 4 open recommendations of Hushed Streets, but its table lists 2"),
        "{told:?}"
    );
    assert!(told[1].contains("the year 2021 in one place and 2020 here"), "{told:?}");
}

#[test]
fn the_published_plan_of_one_inspection_is_no_national_paper() {
    let Some(text) = source("001_") else { return };
    assert!(!is_national(&read("plan", text.as_bytes()).expect("read")));
}

#[test]
fn the_published_paper_gives_its_recommendations_and_targets() {
    let Some(text) = published() else { return };
    let [(_, paper), ..] = accounted(&text);
    assert_eq!(
        told(&paper),
        [
            "Events 2019: closed R8; open ",
            "Crime Audit 2021: closed R2; open R3 2022-09, R4 2022-09, R5 2022-12, R6 2022-09",
            "Online Child Sexual Abuse 2020: closed R8; open ",
            "Contact Assessment Model 2022: closed R3; open ",
            "Forensic Toxicology 2023: closed R1 R7 R9 R23; open ",
            "Mental Health 2023: closed R13; open R02 2025-01-31 to 2025-06-30, R03 2025-07-31 to 2025-08-31, \
             R04 2025-01-31 to 2025-12-31, R05 2026-06, R06 2026-01, R08 2025-07-31 to 2026-03-31, \
             R09 2025-07-31 to 2025-12-31, R10 2026-01, R11 2025-07-31 to 2025-12-31, R12 2025-07-31 to 2025-12-31",
            "Missing Persons 2024: closed R3; open R1 2025-12, R2 2026-06, R4 2025-09, R5 2026-12, R6 2025-12, \
             R7 2026-07, R8 2026-07, R9 2025-09, R10 2026-06, R11 2026-06",
            // The paper gives R1 no target; an earlier paper does.
            "Domestic Abuse 2023: closed ; open R1, R5 2024-03, R7 2024-12, R8 2024-12, R9 2024-06, R10 2024-04, \
             R11 2023-12, R12 2024-12, R13 2024-12, R14 2023-12",
            "Hate Crime 2021: closed ; open R6 2022-06 to 2026-03",
        ]
    );
    let open: Vec<&import::OpenOne> = paper.publications.iter().flat_map(|it| &it.open).collect();
    assert_eq!(open.len(), 35);
    assert_eq!(open.iter().filter(|one| one.as_above).count(), 3);
    assert_eq!(open.iter().filter(|one| one.risk.is_none()).count(), 1, "Domestic Abuse R14 has no risk");
    assert_eq!(
        open.iter().filter(|one| one.update.contains("The original target date of will not be met")).count(),
        1
    );
    assert!(open.iter().all(|one| !one.update.contains("Risk:") && !one.update.contains("revised to")));
    assert!(
        open.iter().filter_map(|one| one.risk.as_deref()).all(|risk| risk.ends_with('.')),
        "every risk is whole"
    );
    assert!(
        open.iter()
            .any(|one| one.target_words.as_deref().is_some_and(|words| words.ends_with("(imminent).")))
    );
}

#[test]
fn the_published_paper_gives_its_summary_and_its_figures() {
    let Some(text) = published() else { return };
    let [(_, paper), ..] = accounted(&text);
    assert_eq!(paper.cover.date, Some(jiff::civil::date(2025, 9, 16)));
    assert!(paper.cover.title.as_deref().is_some_and(|title| title.ends_with("Progress Summary")));
    assert!(paper.cover.presented_by.is_some() && paper.cover.meeting.is_some());
    assert_eq!(
        summary(&paper),
        [
            "Domestic Abuse 4 | 9 (9) | Safer Communities 1.02, Supporting Victims 3.02, Supporting Victims 3.13, \
             Supporting Victims 3.17, Less Crime 2.11",
            "Crime Audit 2 | 4 (4) | Less Crime 2.17",
            "Hate Crime 14 | 1 (1) | Supporting Victims 3.15",
            "Missing Persons 1 | 10 (0) | Safer Communities 1.14",
            "Mental Health 3 | 10 (6) | Safer Communities 1.11, Safer Communities 1.35, Safer Communities 1.36, \
             Supporting Victims 3.12",
        ]
    );
    assert_eq!(
        figures(&paper),
        [
            (Measure::Open, 104, None),
            (Measure::Plans, 22, None),
            (Measure::OpenOfOne, 24, Some("Policing Together")),
            (Measure::PlansOfOne, 4, Some("Policing Together")),
            (Measure::Addressed, 580, None),
            (Measure::ProposedForClosure, 5, None),
            (Measure::InspectionsUnderWay, 5, None),
            (Measure::ClosedInPeriod, 10, None),
            (Measure::PercentAddedLately, 76, Some("August 2023 onwards")),
        ]
    );
    let named: Vec<&str> = paper.stated[6].named.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(named, ["Drug Harm Reduction", "Citations", "Conduct", "Best Value", "Tools of the Trade"]);
    assert!(
        paper.stated[6].named.iter().all(|it| it.kind.contains("nspection") || it.kind.contains("Review"))
    );
    let told = unsure(&paper);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("counts 9 open recommendations of Domestic Abuse, but its table lists 10"),
        "{told:?}"
    );
    assert!(told[1].contains("Crime Audit the year 2021 in one place and 2020 here"), "{told:?}");
    assert_eq!(paper.cells_placed(), paper.cells_read);
}
