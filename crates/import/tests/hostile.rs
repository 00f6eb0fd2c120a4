//! Files made to hurt: each is read in a process of its own, whose peak memory and time are measured. A refusal
//! or a draft are both fine; a crash, more than 64 MiB above idle or more than five seconds are not.

use std::io::Write;
use std::process::Command;

const MOST_KIB: u64 = 64 * 1024;
const MOST_MILLIS: u64 = 5_000;
const MIB: usize = 1024 * 1024;

/// The child: reads and places the file that it is given, and prints peak and idle memory, milliseconds, outcome.
#[test]
fn the_child_reads_one_file() {
    let Ok(path) = std::env::var("ANSWERABLE_HOSTILE_FILE") else { return };
    let idle = peak();
    let bytes = std::fs::read(&path).expect("a readable file");
    let start = busy();
    let told = import::read(&path, &bytes).and_then(|sheets| {
        if import::is_national(&sheets) {
            let paper = import::place_paper(&sheets)?;
            return Ok(format!(
                "placed {} publications, {} cells",
                paper.publications.len(),
                paper.cells_read
            ));
        }
        let placed = import::place(&sheets)?;
        Ok(format!("placed {} recommendations, {} cells", placed.recommendations.len(), placed.cells_read))
    });
    let millis = busy() - start;
    let told = told.unwrap_or_else(|refusal| format!("refused: {}", refusal.sentence));
    println!("\nMEASURED\t{}\t{idle}\t{millis}\t{told}", peak());
}

/// The most memory that the process has had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a peak");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}

/// The milliseconds for which the process has kept a processor busy: a wall clock would measure the neighbours.
fn busy() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after = stat.rsplit(')').next().expect("figures after the name");
    let ticks =
        after.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number"));
    ticks.sum::<u64>() * 10
}

/// Runs the child on each file and returns what went wrong.
fn measure(corpus: Vec<(&str, Vec<u8>)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    for (name, bytes) in corpus {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).expect("written");
        let output = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "the_child_reads_one_file", "--nocapture", "--test-threads=1"])
            .env("ANSWERABLE_HOSTILE_FILE", &path)
            .output()
            .expect("a child");
        std::fs::remove_file(&path).expect("removed");
        let printed = String::from_utf8_lossy(&output.stdout);
        let Some(line) = printed.lines().find_map(|line| line.strip_prefix("MEASURED\t")) else {
            wrong.push(format!("{name}: crashed: {}", String::from_utf8_lossy(&output.stderr)));
            continue;
        };
        let figures: Vec<&str> = line.splitn(4, '\t').collect();
        let number = |at: usize| figures[at].parse::<u64>().expect("a number");
        let (above, millis) = (number(0).saturating_sub(number(1)), number(2));
        println!("{name:32} {:7} KiB file {above:6} KiB {millis:5} ms  {}", bytes.len() / 1024, figures[3]);
        if above > MOST_KIB || millis > MOST_MILLIS {
            wrong.push(format!("{name}: {above} KiB above idle, {millis} ms: {}", figures[3]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn zipped(parts: &[(&str, &[&[u8]])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, pieces) in parts {
        zip.start_file(*name, options).expect("a part");
        for piece in *pieces {
            zip.write_all(piece).expect("written");
        }
    }
    zip.finish().expect("a zip").into_inner()
}

const BOOK: &str =
    "<workbook xmlns:r='r'><sheets><sheet name='Plan' sheetId='1' r:id='r1'/></sheets></workbook>";
const BOOK_RELS: &str = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/>\
     <Relationship Id='r2' Type='x/sharedStrings' Target='ss.xml'/><Relationship Id='r3' Type='x/styles' Target='st.xml'/></Relationships>";

/// A workbook of one sheet, with its shared strings and its styles.
fn book(sheet: &[&[u8]], strings: &[&[u8]], styles: &[&[u8]]) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", &[BOOK.as_bytes()]),
        ("xl/_rels/workbook.xml.rels", &[BOOK_RELS.as_bytes()]),
        ("xl/s.xml", sheet),
        ("xl/ss.xml", strings),
        ("xl/st.xml", styles),
    ])
}

fn sheet(data: &[u8]) -> Vec<u8> {
    book(&[b"<worksheet><sheetData>", data, b"</sheetData></worksheet>"], &[b"<sst/>"], &[b"<styleSheet/>"])
}

fn paper(body: &[&[u8]]) -> Vec<u8> {
    let pieces: Vec<&[u8]> =
        [b"<w:document><w:body>".as_slice()].into_iter().chain(body.iter().copied()).collect();
    zipped(&[("word/document.xml", &pieces)])
}

fn many(piece: &str, bytes: usize) -> Vec<u8> {
    piece.repeat(bytes / piece.len()).into_bytes()
}

const LAUGHS: &str = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\
     <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>";

#[test]
fn a_hostile_workbook_costs_little() {
    let one = b"<row><c t='s'><v>0</v></c></row>".as_slice();
    let wrap: [&[u8]; 3] = [b"<worksheet><sheetData>", one, b"</sheetData></worksheet>"];
    let styles: &[&[u8]] = &[b"<styleSheet/>"];
    let strings = |pieces: &[&[u8]]| book(&wrap, pieces, styles);
    let rows: String = (1..=4_999)
        .map(|row| format!("<row r='{row}'><c r='B{row}'><v>1</v></c></row>"))
        .collect::<Vec<String>>()
        .concat();
    let merges = many("<mergeCell ref='A1:XFD1048576'/>", 9_999 * 32);
    let sheets = many("<sheet name='P' sheetId='1' r:id='r1'/>", 4 * MIB);
    let long = many("x", 250 * 1024);
    let shared = many("<row><c t='s'><v>0</v></c></row>", 39_000 * 32);
    let nested = many("<a>", 6 * MIB);
    let tag = many(" a='b'", 2 * MIB);
    let spaces = many(" ", 20 * MIB);
    let parts: Vec<String> = (0..3_000).map(|part| format!("xl/{part}.xml")).collect();
    let parts: Vec<(&str, &[&[u8]])> = parts.iter().map(|name| (name.as_str(), [].as_slice())).collect();
    let names: Vec<String> = (0..1_900).map(|part| format!("{part}{}", "n".repeat(2_000))).collect();
    let names: Vec<(&str, &[&[u8]])> = names.iter().map(|name| (name.as_str(), [].as_slice())).collect();
    let long_names: String = (0..250)
        .map(|depth| format!("<{depth}{}>", "n".repeat(60_000)).replacen('<', "<a", 1))
        .collect::<Vec<String>>()
        .concat();
    let mut lying = sheet(&spaces);
    // The sizes in the headers say that nothing is packed: 0 bytes.
    let central = lying.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory");
    lying[central + 24..central + 28].fill(0);
    measure(vec![
        ("twenty megabytes of spaces", sheet(&spaces)),
        ("sizes that lie", lying),
        ("three thousand parts", zipped(&parts)),
        ("names of four megabytes", zipped(&names)),
        ("billion laughs in the strings", strings(&[LAUGHS.as_bytes(), b"<sst><si><t>&c;</t></si></sst>"])),
        ("entities without a type", strings(&[b"<sst><si><t>&c;</t></si></sst>"])),
        ("three million strings", strings(&[b"<sst>", &many("<si/>", 7 * MIB), b"</sst>"])),
        ("strings that a header promises", strings(&[b"<sst uniqueCount='9999999999999999'><si><t>x</t></si></sst>"])),
        ("one string of two megabytes", strings(&[b"<sst><si><t>", &many("word ", 2 * MIB), b"</t></si></sst>"])),
        ("a string in a million runs", strings(&[b"<sst><si>", &many("<r><t>x</t></r>", 2 * MIB), b"</si></sst>"])),
        ("a long string in every cell", book(
            &[b"<worksheet><sheetData>", &shared, b"</sheetData></worksheet>"],
            &[b"<sst><si><t>", &long, b"</t></si></sst>"],
            styles,
        )),
        ("a cell in the last corner", sheet(b"<dimension ref='A1:XFD1048576'/><row><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>2</v></c></row>")),
        ("merged areas over everything", book(&[b"<worksheet><sheetData>", rows.as_bytes(), b"</sheetData><mergeCells>", &merges, b"</mergeCells></worksheet>"], &[b"<sst/>"], styles)),
        ("half a million empty cells", sheet(&many("<c r='A1' s='1'/>", 7 * MIB))),
        ("half a million rows", sheet(&many("<row r='7' hidden='1'/>", 2 * MIB))),
        ("a hundred thousand columns", sheet(&many("<c><v>1</v></c>", 100_000 * 15))),
        ("sixty thousand rows", sheet(&many("<row><c><v>1</v></c></row>", 60_000 * 26))),
        ("elements two million deep", sheet(&nested)),
        ("two hundred long names deep", sheet(long_names.as_bytes())),
        ("a tag of two megabytes", sheet(&[b"<c", tag.as_slice(), b"/>"].concat())),
        ("many tags of half a megabyte", sheet(&[b"<c".as_slice(), &tag[..MIB / 2], b"/>"].concat().repeat(20))),
        ("a comment of two megabytes", sheet(&[b"<!--", many("< ", 2 * MIB).as_slice(), b"-->"].concat())),
        ("a million number formats", book(&wrap, &[b"<sst/>"], &[b"<styleSheet><numFmts>", &many("<numFmt numFmtId='9' formatCode='d'/>", 2 * MIB)])),
        ("a million styles", book(&wrap, &[b"<sst/>"], &[b"<styleSheet><cellXfs>", &many("<xf/>", 2 * MIB)])),
        ("a hundred thousand sheets", zipped(&[("xl/workbook.xml", &[b"<workbook><sheets>", &sheets, b"</sheets></workbook>"])])),
        ("a hundred thousand references", zipped(&[
            ("xl/workbook.xml", &[BOOK.as_bytes()]),
            ("xl/_rels/workbook.xml.rels", &[b"<Relationships>", &many("<Relationship Id='r1' Type='x' Target='y'/>", 2 * MIB)]),
        ])),
        ("a book cut off", sheet(&many("<row><c><v>1</v></c></row>", 9_000))[..700].to_vec()),
    ]);
}

#[test]
fn a_hostile_paper_costs_little() {
    let table = b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>".as_slice();
    measure(vec![
        (
            "billion laughs",
            zipped(&[("word/document.xml", &[LAUGHS.as_bytes(), b"<w:document>&c;</w:document>"])]),
        ),
        ("tables in tables", paper(&[&many("<w:tbl><w:tr><w:tc>", 30 * 1024)])),
        ("a million cells", paper(&[b"<w:tbl><w:tr>", &many("<w:tc/>", 7 * MIB)])),
        (
            "half a million rows",
            paper(&[b"<w:tbl>", &many("<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr>", 2 * MIB)]),
        ),
        (
            "wide cells",
            paper(&[
                b"<w:tbl>",
                &many("<w:tr><w:tc><w:gridSpan w:val='4294967295'/></w:tc></w:tr>", 2 * MIB),
            ]),
        ),
        ("ten thousand tables", paper(&[&many("<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", MIB)])),
        ("one run of two megabytes", paper(&[table, &many("word ", 2 * MIB)])),
        ("two megabytes of runs", paper(&[table, &many("word</w:t><w:t>", 2 * MIB)])),
        ("two megabytes of prose", paper(&[b"<w:p>", &many("<w:t>word</w:t>", 2 * MIB)])),
        ("two megabytes of breaks", paper(&[table, &many("<w:br/>", 2 * MIB)])),
    ]);
}

#[test]
fn a_hostile_page_costs_little() {
    let page = |piece: &str, bytes: usize| [b"<html><table>".to_vec(), many(piece, bytes)].concat();
    let four = 4 * MIB - 20;
    measure(vec![
        ("ten megabytes of cells", page("<td>", 10 * MIB - 20)),
        ("four megabytes of cells", page("<td>", four)),
        ("cells with a word", page("<td>w", four)),
        ("rows", page("<tr><td>", four)),
        ("tables", page("<table>", four)),
        ("tables that end", page("<table></table>", four)),
        ("bold words", page("<b x=1>", four)),
        ("one tag", page("a=b ", four).split_off(6)),
        ("attributes", [b"<html><table><td ".to_vec(), many("a1=b ", four - 20)].concat()),
        ("quotes that never close", page("<a b=\"", four)),
        ("quotes of both kinds", page("<a b='<a b=\"", four)),
        ("comments", page("<!--", four)),
        ("declarations", page("<!", four)),
        ("scripts", page("<script></", four)),
        ("less than", page("<", four)),
        ("ampersands", page("&", four)),
        ("references", page("&amp;", four)),
        ("spans", page("<tr><td rowspan=65534 colspan=1000>w", four)),
        ("spans in one row", page("<td rowspan=0 colspan=1000>", four)),
        ("spaces", page("  ", four)),
        (
            "headings",
            [b"<html><h1>".to_vec(), many("word ", four / 2), many("<table><tr><td>w</table>", four / 2)]
                .concat(),
        ),
    ]);
}

#[test]
fn a_hostile_text_costs_little() {
    let four = 4 * MIB - 200;
    let headed = |row: &str, bytes: usize| {
        [b"Recommendation\tOwner\tActions\tTarget date\n".to_vec(), many(row, bytes)].concat()
    };
    let cells = |row: &str, rows: usize| headed(row, row.len() * rows);
    let wide: Vec<u8> = many("a\0", four);
    let actions: String =
        (1..60_000).map(|sub| format!("1.{} a ", sub % 1_000)).collect::<Vec<String>>().concat();
    let action_cells: String = (1..5_000)
        .map(|row| format!("{row} - Act\tA\t{row}.1 {}\t\n", many_actions(row)))
        .collect::<Vec<String>>()
        .concat();
    let full: String = (1..5_000)
        .map(|row| format!("{row} - Police should {}\tOwner {row}\t{row}.1 Do one thing. {row}.2 Do another.\tMay 2024\n", "word ".repeat(130)))
        .collect::<Vec<String>>().concat();
    let unsure: String = (1..5_000)
        .map(|row| format!("{row} - Act {}\tx\ty\tSpring\tz\tz\tz\tz\n", "word ".repeat(100)))
        .collect::<Vec<String>>()
        .concat();
    measure(vec![
        ("ten megabytes of text", many("word ", 10 * MIB - 20)),
        ("eleven megabytes", many("word ", 11 * MIB)),
        ("commas", many(",", four)),
        ("half a million commas", many(",", 500_000)),
        ("a hundred thousand columns", many("a,", 200_000)),
        ("one quoted cell", [b"a,b\n\"".to_vec(), many("word ", four)].concat()),
        ("quotes", many("\"", four)),
        ("quoted commas", many("\"\",", 1_400_000)),
        ("line ends", many("\n", four)),
        ("short rows", many("a,\n", 1_400_000)),
        ("tabs", many("\t", four)),
        ("rows of tabs", many("\t\n", four)),
        ("words and tabs", many("a\t", four)),
        ("quotes and tabs", headed("\"\t", four)),
        ("three quotes and a tab", headed("\"\"\"\t", four)),
        ("one endless line", many("Recommendation", four)),
        ("headings", many("Recommendation\tOwner\n", four)),
        ("windows", many("\u{80}", four).iter().map(|_| 0x80).collect()),
        ("wide letters", [b"\xFF\xFE".to_vec(), wide].concat()),
        ("the same reference", cells("1 - Act\tA\t1.1 Go\tSpring\n", 4_990)),
        ("no reference", cells("Act now\tA\tGo\tSpring\n", 4_990)),
        ("words that go on", headed("and so on and on and on and on\tA\tGo\t\n", 38 * 4_990)),
        ("a cell of actions", headed(&format!("1 - Act\tA\t{}\t\n", &actions[..200_000]), 4 * MIB - 900_000)),
        (
            "cells of actions",
            headed(&action_cells[..four.min(action_cells.len())], four.min(action_cells.len())),
        ),
        ("a cell of lines", headed(&format!("1 - Act\tA\t\"{}\"\t\n", "a\n".repeat(100_000)), 3 * MIB)),
        ("a full plan", headed(&full[..full.len().min(four)], full.len().min(four))),
        ("a plan of which all is unsure", headed(&unsure[..unsure.len().min(four)], unsure.len().min(four))),
    ]);
}

#[test]
fn a_hostile_national_paper_costs_little() {
    let four = 4 * MIB - 300;
    let head = "Publication\tClosed\tOpen (Delayed)\tBusiness Plan Link\nLamps\t1\t2 (1)\tSafer 1.1\n\n\
                Lamps 2020\t\nRecommendation\tWhat we are doing\n";
    let headed = |row: &str, rows: usize| [head.as_bytes().to_vec(), row.repeat(rows).into_bytes()].concat();
    let numbered = |row: fn(usize) -> String, rows: usize| {
        let rows: String = (1..=rows).map(row).collect::<Vec<String>>().concat();
        [head.as_bytes(), &rows.as_bytes()[..rows.len().min(four)]].concat()
    };
    let full =
        |row: usize| format!("R{} Act {}\tGoing. {}\n", row % 900, "word ".repeat(60), "On. ".repeat(80));
    let names = |row: usize| format!("Lamps {row}\t\nRecommendation\tWhat we are doing\n");
    let years = |row: usize| format!("Lamps\t\nRecommendation\tWhat we did\nR1 Act {row}\tDone.\n");
    let cut = format!("R1 Act\tGoing {}\n", "on and ".repeat(10_000));
    let figures = format!("{}\n\n", "10 recommendations were closed. ".repeat(3_000)).repeat(9);
    measure(vec![
        ("a full paper", numbered(full, 4_900)),
        ("a publication in every row", numbered(names, 2_000)),
        ("one publication again and again", numbered(years, 1_600)),
        (
            "rows that go on",
            headed("and on and on and on and on and on\tand on and on and on and on\n", 4_900),
        ),
        ("long rows that go on", [headed("", 0), cut.repeat(40).into_bytes()].concat()),
        (
            "one row of sentences",
            headed(&format!("R1 Act\t{}\n", "The target date is May 2026. ".repeat(8_000)), 1),
        ),
        ("one row of risks", headed(&format!("R1 Act\t{}\n", "<p>Risk: a.</p>".repeat(15_000)), 1)),
        ("tags that never close", headed(&format!("R1 Act\t{}\n", "<p a=".repeat(50_000)), 15)),
        (
            "rows of the summary",
            [
                b"Publication\tClosed\tOpen\n".to_vec(),
                many("Lamps\t1\t2\n", 4_900 * 10),
                many("\n", 1),
                headed("R1 Act\tGoing.\n", 1),
            ]
            .concat(),
        ),
        (
            "cells that stand nowhere",
            [head.as_bytes(), b"\n\nA sentence.\n\n", &many("a\tb\tc\td\te\tf\tg\th\n", 4_900 * 16)].concat(),
        ),
        (
            "names above tables",
            [
                head.as_bytes(),
                b"\n",
                &many("\nLamps\n\nRecommendation\tWhat we did\nR1 Act\tDone.\n", 180 * 47),
            ]
            .concat(),
        ),
        (
            "heads of pages",
            [
                format!("Meeting\t{0}\nTitle of Paper\t{0}\nDate\t1 May 2025\n", "night board ".repeat(16))
                    .as_bytes(),
                &many("\nThe board of nights and of days\n", 19_000 * 33),
                b"\n",
                headed("R1 Act\tGoing.\n", 9).as_slice(),
            ]
            .concat(),
        ),
        (
            "figures in the prose",
            [figures.as_bytes(), b"\n\n", headed("R1 Act\tGoing.\n", 9).as_slice()].concat(),
        ),
        (
            "numbers in the prose",
            [many("1 ", 200 * 1024).as_slice(), b"\n\n", headed("R1 Act\tGoing.\n", 9).as_slice()].concat(),
        ),
        (
            "lines of prose",
            [
                many("5 inspections are taking place:\n\n", 19_000 * 33).as_slice(),
                headed("R1 Act\tGoing.\n", 9).as_slice(),
            ]
            .concat(),
        ),
    ]);
}

fn many_actions(row: usize) -> String {
    (2..60).map(|sub| format!("Go. {row}.{sub} ")).collect::<Vec<String>>().concat()
}
