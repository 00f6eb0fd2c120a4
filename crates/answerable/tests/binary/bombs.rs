//! What the whole `answerable import` may cost in memory: less than 64 MiB above a run that reads nothing (TRUST 2.13).
//!
//! A child of this test runs the binary on each file and asks the kernel for the most memory that any of its own
//! children has had. That figure only grows, so the idle run comes first.

use std::{path::Path, process::Command, time::Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::{
    house::binary,
    plans::{HEADINGS, Table, paper, raw_workbook, zipped},
};

const MOST_KIB: i64 = 64 * 1024;
const MIB: usize = 1024 * 1024;
const FOLDER: &str = "ANSWERABLE_BOMBS";

fn many(piece: &str, bytes: usize) -> Vec<u8> {
    piece.repeat(bytes / piece.len()).into_bytes()
}

/// As large a plan as can be meant: a hundred recommendations with ten actions and three pages of update each.
fn large() -> Table {
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    for number in 1..=100 {
        let actions: Vec<String> =
            (1..=10).map(|sub| format!("{number}.{sub} {}", "Do this well. ".repeat(12))).collect();
        let text = format!("{number} - {}", "Police should do this everywhere. ".repeat(8));
        let update = format!("Update {number}. {}", "It goes on. ".repeat(750));
        let cells = [&text, "High", &actions.join("\n"), "A chief", "Calm", "May 2027", &update];
        rows.push(cells.map(str::to_owned).to_vec());
    }
    rows
}

fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let spaces = many(" ", 20 * MIB);
    let word = b"<w:document><w:body><w:tbl><w:tr><w:tc>".as_slice();
    let runs = many("<w:p><w:r><w:t>word </w:t></w:r></w:p>", 7 * MIB);
    let shared = many("<row><c t='s'><v>0</v></c></row>", 39_000 * 32);
    let long = [b"<si><t>", many("x", 250 * 1024).as_slice(), b"</t></si>"].concat();
    let four = 4 * MIB - 100;
    vec![
        ("0 idle.csv", Vec::new()),
        ("a large plan.docx", paper(&large())),
        ("spaces.docx", zipped(&[("word/document.xml", &[word, &spaces, &spaces])])),
        ("runs.docx", zipped(&[("word/document.xml", &[word, &runs])])),
        ("strings.xlsx", raw_workbook(b"<row><c t='s'><v>0</v></c></row>", &many("<si/>", 3 * MIB))),
        ("one long string.xlsx", raw_workbook(&shared, &long)),
        ("cells.xlsx", raw_workbook(&many("<row><c><v>1</v></c></row>", 5 * MIB), b"")),
        ("cells.html", [b"<html><table>".to_vec(), many("<tr><td>w", four)].concat()),
        ("commas.csv", [b"Recommendation,Owner\n".to_vec(), many(",", 499_000)].concat()),
        ("text.txt", many("word ", 11 * MIB)),
    ]
}

/// The child: imports each file and prints the most memory so far.
#[test]
fn the_child_imports_each_file() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("a folder").flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        let (name, path) = (file.file_name().to_string_lossy().into_owned(), file.path());
        let data = Path::new(&folder).with_extension("data");
        let usual =
            ["import", "plan", "--inspection", "Bombs", "--published", "2022-08-31", "--dry-run", "--json"];
        let started = Instant::now();
        let ran = binary().args(usual).arg(&path).arg("--data-dir").arg(data).output().expect("the binary");
        let most = getrusage(UsageWho::RUSAGE_CHILDREN).expect("Linux").max_rss();
        let (code, took) = (ran.status.code().unwrap_or(-1), started.elapsed().as_millis());
        println!("\nMEASURED\t{name}\t{code}\t{most}\t{took}");
    }
}

#[test]
fn a_hostile_file_costs_the_import_little_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    std::fs::create_dir(&files).expect("a folder");
    let corpus = corpus();
    for (name, bytes) in &corpus {
        std::fs::write(files.join(name), bytes).expect("written");
    }
    let output = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "bombs::the_child_imports_each_file", "--nocapture", "--test-threads=1"])
        .env(FOLDER, &files)
        .output()
        .expect("a child");
    let printed = String::from_utf8_lossy(&output.stdout);
    let measured: Vec<(&str, i32, i64, &str)> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("MEASURED\t"))
        .map(|line| {
            let figures: Vec<&str> = line.split('\t').collect();
            (figures[0], figures[1].parse().expect("a code"), figures[2].parse().expect("KiB"), figures[3])
        })
        .collect();
    assert_eq!(measured.len(), corpus.len(), "{printed} {}", String::from_utf8_lossy(&output.stderr));
    let idle = measured[0].2;
    for (name, code, most, took) in &measured {
        println!("{name:24} exit {code}, at most {:6} KiB above {idle} KiB so far, {took} ms", most - idle);
        assert!(matches!(code, 0 | 2), "{name}: exit {code}");
        assert!(most - idle < MOST_KIB, "{name}: {} KiB above idle", most - idle);
    }
}
