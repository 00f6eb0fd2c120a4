//! What the tests and the example share: the fonts of the workspace, and invented papers of real shape.

use jiff::civil::date;
use publish::document::{Cell, Column, Document, Draft, Inline, List, Passage, Table};
use std::path::Path;

/// The fonts that `make assets` puts into the workspace.
///
/// # Panics
/// When they are not there.
pub fn fonts() -> Vec<Vec<u8>> {
    fonts_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts")))
}

/// The TTF files of a folder, in the order of their names.
///
/// # Panics
/// When there is none.
pub fn fonts_in(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ttf"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no TTF font in {}: run `make assets` first", folder.display());
    paths.iter().map(|path| std::fs::read(path).expect("a font that is listed can be read")).collect()
}

const WORK: [&str; 8] = [
    "The working group agreed one national form, which four divisions have used since 6 July 2026; nine follow by January.",
    "Guidance for supervisors was consolidated from five documents into one, and read by 412 of the 480 it concerns.",
    "Training was given to 1,204 service advisors. It is evaluated by samples from eight weeks before and after.",
    "By definition 2 the share of appointments kept rose from 81.4% to 86.9%, more than chance alone explains.",
    "A memorandum has been drafted and is with the partners’ lawyers; the national framework was launched in September.",
    "A sample of 200 incidents found 14 without a reason for re-grading. The form now asks for it before a transfer.",
    "The change to the recording system was delivered on 12 October 2026. Two faults were mended within a day.",
    "Interim figures go to the board every month until the audit of spring 2027, which is measured against 2024.",
];

const ASKS: [&str; 4] = [
    "The police service should demonstrate that the management of local policing appointments ensures the public \
     receives a consistent level of service.",
    "The police service should broaden the training and support provided to service advisors, so that they better \
     consider vulnerability and engagement within their assessments.",
    "The police service should capture the rate of failure demand through its performance framework, to ensure the \
     quality of service to the public is monitored.",
    "The police service should ensure staff divert incidents to partner agencies whenever an agency is better placed \
     to deal with the incident.",
];

const NULL_SECTIONS: [&str; 8] = [
    "Financial implications",
    "Personnel implications",
    "Legal implications",
    "Reputational implications",
    "Social implications",
    "Community impact",
    "Equalities implications",
    "Environment implications",
];

const INSPECTIONS: [&str; 6] = [
    "Contact assessment 2022",
    "Domestic abuse 2023",
    "Mental health demand 2023",
    "Missing persons 2024",
    "Custody inspections 2024",
    "Crime recording audit 2024",
];

/// A committee paper with this many open recommendations.
///
/// # Panics
/// Never: the paper is whole.
pub fn long_paper(recommendations: usize) -> Document {
    let mut draft = Draft::new("HMICS improvement plans: progress summary", date(2026, 11, 24))
        .author("Director of Strategy and Analysis")
        .subject("Progress against recommendations of the inspectorate")
        .classification("OFFICIAL")
        .counted_at(48_210)
        .cover("Meeting", "Policing Performance Committee")
        .cover("Date", "24 November 2026")
        .cover("Location", "Video conference")
        .cover("Title of paper", "HMICS improvement plans: progress summary")
        .cover("Presented by", "Director of Strategy and Analysis")
        .cover("Recommendation to members", "For discussion")
        .cover("Appendix attached", "Yes: Appendix A, improvement plan");
    background(&mut draft, recommendations);
    open_recommendations(&mut draft, recommendations);
    for section in NULL_SECTIONS {
        draft.section(section);
        draft.point(format!("There are no {} in this report.", section.to_lowercase()));
    }
    draft.heading("Recommendations");
    draft.paragraph("Members are invited to discuss the progress detailed within this paper.");
    draft.landscape(|appendix| plan(appendix, recommendations));
    draft.finish().expect("the sample paper is whole")
}

fn background(draft: &mut Draft, recommendations: usize) {
    draft.heading("Purpose");
    draft.paragraph(
        "The purpose of this paper is to provide the committee with an overview of progress against the improvement \
         plans that answer recommendations of the inspectorate.",
    );
    draft.section("Background");
    draft.point([
        Inline::text(format!(
            "There are {recommendations} open recommendations. What delays them is set out in "
        )),
        Inline::see("delays"),
        Inline::text(", what is being done about each in "),
        Inline::see("open"),
        Inline::text(", and the whole plan is "),
        Inline::see("plan"),
        Inline::text("."),
    ]);
    draft.point([
        "The inspectorate's reports are on ".into(),
        Inline::link("the inspectorate's website", "https://www.hmics.scot/publications/"),
        ".".into(),
    ]);
    draft.bullets([
        "Custody (thematic inspection)",
        "Citations (joint inspection)",
        "Conduct (assurance review)",
    ]);
    draft.section_at("closures", "Summary");
    draft.point("The table counts every recommendation once, under the inspection that made it.");
    let columns = [
        Column::words("Inspection", 8),
        Column::figures("Made", 3),
        Column::figures("Discharged", 5),
        Column::figures("Open", 3),
        Column::figures("Delayed", 4),
        Column::words("Business plan link", 8),
    ];
    let mut counts = Table::new("Recommendations by inspection", columns);
    for (position, name) in INSPECTIONS.iter().enumerate() {
        let n = |figure: usize| Cell::from(figure.to_string());
        let cells = vec![
            (*name).into(),
            n(14 + position),
            n(4),
            n(10 + position),
            n(position),
            "Safer communities 1.11, 1.35".into(),
        ];
        counts.push(cells);
    }
    draft.table(counts);
    draft.point_at("delays", "Where delays have occurred, they are of four kinds:");
    draft.list(List::steps([
        "wider improvement programmes",
        "reform of crime management",
        "technical development",
        "a partner on whom we depend",
    ]));
}

fn open_recommendations(draft: &mut Draft, recommendations: usize) {
    draft.section_at("open", "Open recommendations");
    draft.point("The following describes each open recommendation, what is being done, and the risk until it is done.");
    for (group, name) in INSPECTIONS.iter().enumerate() {
        let mine: Vec<_> =
            (0..recommendations).filter(|number| number % INSPECTIONS.len() == group).collect();
        if mine.is_empty() {
            continue;
        }
        draft.subheading(*name);
        let mut table = Table::new(
            format!("{name}: what we are doing"),
            [
                Column::words("No.", 2),
                Column::words("Recommendation", 7),
                Column::words("What we are doing", 13),
            ],
        );
        for number in mine {
            let name = format!("R{}", number + 1);
            let cells =
                [Inline::strong(name.clone()).into(), ASKS[number % ASKS.len()].into(), doing(number)];
            table.push_marked(format!("r{}", number + 1), name, cells);
        }
        draft.table(table);
    }
}

fn doing(number: usize) -> Cell {
    let mut cell = Cell(Vec::new());
    for step in 0..8 {
        cell = cell.and(Passage::paragraph(WORK[(number + step * 3) % WORK.len()]));
    }
    let dates = [
        "Initial target: ".into(),
        Inline::strong("May 2026"),
        "; revised to ".into(),
        Inline::strong("March 2027"),
        ".".into(),
    ];
    let risk = [
        Inline::strong("Risk: "),
        "without a technical solution, individual officers are relied upon.".into(),
    ];
    cell.and(Passage::paragraph(dates)).and(Passage::paragraph(risk))
}

fn plan(draft: &mut Draft, recommendations: usize) {
    draft.appendix("plan", "Improvement plan");
    draft.point([
        "Each row is a recommendation of ".into(),
        Inline::see("open"),
        "; the first is ".into(),
        Inline::see("r1"),
        ".".into(),
    ]);
    let columns = [
        Column::words("Recommendation", 6),
        Column::words("Intended action", 7),
        Column::words("Progress", 10),
        Column::words("Target", 4),
        Column::words("Owner", 5),
        Column::figures("Days open", 2),
    ];
    let mut table = Table::new("Improvement plan", columns);
    for number in 0..recommendations {
        table.push(vec![
            format!("R{} {}", number + 1, ASKS[number % ASKS.len()]).into(),
            Cell::from(List::bullets([WORK[(number + 1) % 8], "Report to the Tactical Group every month."])),
            Cell::typed(&format!("{}\n{}", WORK[number % 8], WORK[(number + 5) % 8]), "No update."),
            "March 2027, first set May 2026".into(),
            "Superintendent, Contact, Command and Control".into(),
            (600 + 7 * number).to_string().into(),
        ]);
    }
    draft.table(table);
}

/// A short paper with every kind of block and piece.
///
/// # Panics
/// Never: the paper is whole.
pub fn every_block() -> Document {
    let mut draft = Draft::new("Every kind of block", date(2026, 1, 14))
        .author("Clerk to the committee")
        .subject("A sample that must be readable for ever")
        .classification("OFFICIAL")
        .counted_at(1_204)
        .cover("Meeting", "Policing Performance Committee")
        .cover("Date", "14 January 2026");
    draft.heading("Purpose").paragraph("This paper holds one of everything, “quoted” & <escaped>.");
    draft.section_at("closures", "Closures within the period");
    draft.point([
        Inline::text("See "),
        Inline::see("delays"),
        Inline::text(", "),
        Inline::see("r3"),
        Inline::text(", "),
        Inline::see("plan"),
        Inline::text(" and "),
        Inline::link("the inspectorate’s reports", "https://www.hmics.scot/publications/"),
        Inline::text("."),
    ]);
    draft.bullets(["Custody", "Citations"]);
    draft.list(List::steps([Inline::strong("First"), Inline::text("second")]));
    draft.point_at("delays", [Inline::foreign("gd", "Poileas Alba"), Inline::text(" waits for a partner.")]);
    let columns = [
        Column::words("No.", 1),
        Column::words("Recommendation", 4),
        Column::words("What we did", 5),
        Column::figures("Days", 1),
    ];
    let mut table = Table::new("Contact assessment 2022", columns);
    let did = Cell::typed(
        "The work is done.\n- Training was given\n- Guidance was written\nIt was audited.",
        "None.",
    );
    table.push_marked(
        "r3",
        "R3",
        [Inline::strong("R3").into(), "Capture failure demand.".into(), did, "1,142".into()],
    );
    table.push(["R4".into(), "Review working practices.".into(), Cell::typed("", "No update."), "–".into()]);
    draft.subheading("Contact").table(table);
    draft.page_break();
    draft.heading("Recommendations").paragraph("Members are invited to discuss this paper.");
    draft.landscape(|wide| {
        wide.appendix("plan", "Improvement plan").point("The plan.");
        let mut plain = Table::new("Terms", [Column::words("Term", 1), Column::words("Meaning", 3)])
            .without_row_headers();
        plain.push(["CAM".into(), "Contact assessment model".into()]);
        wide.table(plain);
    });
    draft.finish().expect("the sample paper is whole")
}

/// A paper whose only row is far longer than a page.
///
/// # Panics
/// Never: the paper is whole.
pub fn one_long_row(sentences: usize) -> Document {
    let mut draft = Draft::new("One long row", date(2026, 1, 14));
    let mut cell = Cell(Vec::new());
    for number in 0..sentences {
        cell = cell.and(Passage::paragraph(format!("Sentence {number}: {}", WORK[number % WORK.len()])));
    }
    let mut table = Table::new("Long", [Column::words("No.", 1), Column::words("What we did", 9)]);
    table.push(["R1".into(), cell]);
    table.push(["R2".into(), "Nothing.".into()]);
    draft.table(table);
    draft.finish().expect("the sample paper is whole")
}
