//! What only workbooks do: hidden sheets and rows, formulas, sheets of another kind; and an oracle.

use crate::shapes::{HEADINGS, Plan, Recommendation, xlsx, zipped};
use import::{place, read};
use rust_xlsxwriter::Workbook;

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn hidden_sheets_and_rows_are_read_and_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Plan").expect("named");
    for (row, cells) in (0..).zip([["Recommendation", "Owner"], ["1 - Act", "A"], ["2 - Ask", "B"]]) {
        sheet.write_row(row, 0, cells).expect("written");
    }
    sheet.set_row_hidden(2).expect("hidden");
    let old = book.add_worksheet();
    old.set_name("Old plan").expect("named").set_hidden(true);
    old.write_row(0, 0, ["3 - Go", "C"]).expect("written");
    let placed = place(&read("plan", &saved(book)).expect("read")).expect("placed");
    assert_eq!(placed.recommendations.len(), 3, "the hidden sheet goes on with the plan");
    assert_eq!(placed.recommendations[1].at, "Plan!A3");
    let told: Vec<&str> = placed.unsure.iter().map(|it| it.at.as_str()).collect();
    assert_eq!(told, ["Plan", "Old plan"]);
}

#[test]
fn a_formula_is_its_result_or_is_told() {
    let book = "<workbook xmlns:r='r'><sheets><sheet name='Plan' sheetId='1' r:id='r1'/></sheets></workbook>";
    let rels = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='/xl/s.xml'/></Relationships>";
    let cell = |words: &str| format!("<c t='inlineStr'><is><t>{words}</t></is></c>");
    let sheet = format!(
        "<worksheet><sheetData><row>{}{}</row><row><c t='str'><f>A9</f><v>1 - Act</v></c><c><f>B9</f></c></row></sheetData></worksheet>",
        cell("Recommendation"),
        cell("Owner")
    );
    let bytes =
        zipped(&[("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", rels), ("xl/s.xml", &sheet)]);
    let placed = place(&read("plan", &bytes).expect("read")).expect("placed");
    assert_eq!(placed.recommendations[0].text, "Act");
    assert_eq!(placed.recommendations[0].owner.as_deref(), Some("=B9"));
    assert!(placed.unsure[0].why.starts_with("This is a formula"));
    assert_eq!(placed.unsure[0].at, "Plan!B2");
}

#[test]
fn an_owner_merged_over_two_recommendations_owns_both() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Recommendation", "Owner", "Impact"]).expect("written");
    sheet.write_row(1, 0, ["1 - Act"]).expect("written");
    sheet.write_row(2, 0, ["2 - Ask", "", "Calm"]).expect("written");
    sheet.merge_range(1, 1, 2, 1, "A chief", &rust_xlsxwriter::Format::new()).expect("merged");
    let placed = place(&read("plan", &saved(book)).expect("read")).expect("placed");
    let owners: Vec<_> = placed.recommendations.iter().map(|it| it.owner.as_deref()).collect();
    assert_eq!(owners, [Some("A chief"), Some("A chief")]);
    assert_eq!((placed.cells_read, placed.unsure.len()), (7, 0));
}

#[test]
fn every_cell_is_the_one_that_another_reader_finds() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    let plan = Plan {
        title: "Review of tests".into(),
        recommendations: (1..9)
            .map(|number| Recommendation {
                number,
                text: format!("Do & <undo> “{number}” _x0041_"),
                risk: "High",
                actions: vec!["Go\nfar".into(), " Stop".into()],
                owner: "A\tB".into(),
                impact: "Ünïcode".into(),
                target: import::TargetDate::Day(jiff::civil::date(2024, 2, 29)),
                updates: "1.5".into(),
            })
            .collect(),
    };
    let bytes = xlsx(&plan.shuffled([3, 1, 0, 6, 5, 4, 2]));
    let ours = read("plan", &bytes).expect("read");
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(&bytes)).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("a sheet");
    let theirs = range.used_cells().map(|(_, column, cell)| match cell {
        Data::DateTime(moment) => (column, format!("{}", moment.as_f64())),
        cell => (column, cell.to_string().trim().to_owned()),
    });
    let cells = ours[0].rows.iter().flatten().filter(|cell| cell.has_words());
    let ours: Vec<(usize, String)> = cells
        .map(|cell| {
            let serial =
                cell.date.map(|date| date.since(jiff::civil::date(1899, 12, 30)).expect("days").get_days());
            let column = usize::try_from(cell.column).expect("few columns");
            (column, serial.map_or_else(|| cell.text.clone(), |days| days.to_string()))
        })
        .collect();
    assert_eq!(ours, theirs.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>());
    assert_eq!(ours.len(), 1 + HEADINGS.len() * 9);
}
