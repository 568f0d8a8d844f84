//! How fast an Anki package is written, from rendered fields in memory to the closed file: amgi, a bare SQLite insert of
//! the same rows with the same compression, and genanki (Python), in both formats, in one run: `cargo bench --bench package`.
//!
//! Every measurement is a process of its own, so that its peak memory is its own.

#![allow(clippy::unwrap_used, reason = "a bench may stop by panicking")]

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use amgi::deck::{Content, Deck, Entry, EntryId, FactKind, NoteDeck, Timestamp};
use amgi::export::{CardOptions, PackageFormat, Rendered};
use amgi::media::Media;
use amgi::templates::Templates;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SIZES: [usize; 2] = [10_000, 100_000];
/// Runs of each, of which the median counts.
const RUNS: usize = 3;
const FORMATS: [(&str, PackageFormat); 2] = [("legacy", PackageFormat::Legacy), ("modern", PackageFormat::Modern)];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [who, format, size, folder] => measured(who, format, size.parse().unwrap(), Path::new(folder)),
        _ => compare(),
    }
}

fn compare() {
    let python = genanki();
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes.json"), fields(size)).unwrap();
        for (format, _) in FORMATS {
            let run = |who: &str| median(|| child(who, format, size, folder.path()));
            let (ours, bare) = (run("amgi"), run("bare"));
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/genanki_package.py");
            let theirs = median(|| output(Command::new(&python).arg(&script).arg(folder.path())));
            report(&format!(
                "{size} entries, {format}: amgi {:.2} s {:.0} MB, bare SQLite {:.2} s {:.0} MB (amgi takes {:.2} times as long), \
                 genanki {:.2} s {:.0} MB ({:.1} times as long as amgi)",
                ours.0,
                ours.1,
                bare.0,
                bare.1,
                ours.0 / bare.0,
                theirs.0,
                theirs.1,
                theirs.0 / ours.0
            ));
        }
    }
}

/// Seconds and megabytes of one process.
type Taken = (f64, f64);

fn median(mut run: impl FnMut() -> Taken) -> Taken {
    let mut runs: Vec<Taken> = (0..RUNS).map(|_| run()).collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    runs[RUNS / 2]
}

fn child(who: &str, format: &str, size: usize, folder: &Path) -> Taken {
    let program = std::env::current_exe().unwrap();
    output(Command::new(program).args([who, format, &size.to_string()]).arg(folder))
}

/// `SECONDS MEGABYTES` as a process prints it.
fn output(command: &mut Command) -> Taken {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [seconds, megabytes] => (*seconds, *megabytes),
        _ => panic!("{command:?} said {text}{}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// Runs in a process of its own: writes the package, and prints the seconds and the peak of memory.
fn measured(who: &str, format: &str, size: usize, folder: &Path) {
    let packed = FORMATS.iter().find(|(name, _)| *name == format).unwrap().1;
    let deck = deck(size);
    let media = Media::default();
    let options = CardOptions { choice: false, ..CardOptions::default() };
    let rendered = Rendered::of(&deck, &options, &media).unwrap();
    drop(deck);
    let templates = Templates::default();
    let path = folder.join(format!("{who}.apkg"));
    let seconds = if who == "amgi" {
        let start = Instant::now();
        std::fs::write(&path, rendered.package(&templates, packed).unwrap()).unwrap();
        start.elapsed()
    } else {
        let rows = Rows::of(&rendered.package(&templates, PackageFormat::Legacy).unwrap());
        drop(rendered);
        forget_peak();
        let start = Instant::now();
        std::fs::write(&path, rows.package(packed, folder)).unwrap();
        start.elapsed()
    };
    report(&format!("{} {}", seconds.as_secs_f64(), peak()));
}

/// Rows of all tables, with the statements that make them.
struct Rows {
    schema: Vec<String>,
    indexes: Vec<String>,
    tables: Vec<(String, Vec<Vec<Value>>)>,
}

impl Rows {
    fn of(package: &[u8]) -> Rows {
        let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
        let mut bytes = Vec::new();
        archive.by_name("collection.anki2").unwrap().read_to_end(&mut bytes).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let db = Connection::open(file.path()).unwrap();
        let statements = |kind: &str| -> Vec<String> {
            let query = format!(
                "SELECT sql FROM sqlite_master WHERE type = '{kind}' AND name NOT LIKE 'sqlite%' AND sql IS NOT NULL"
            );
            let mut query = db.prepare(&query).unwrap();
            query.query_map([], |row| row.get(0)).unwrap().map(|sql| sql.unwrap()).collect()
        };
        let tables = ["col", "notes", "cards"].map(|table| {
            let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = query.column_count();
            let rows = query.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
            (table.to_owned(), rows.map(|row| row.unwrap()).collect())
        });
        Rows { schema: statements("table"), indexes: statements("index"), tables: tables.into() }
    }

    fn package(&self, format: PackageFormat, folder: &Path) -> Vec<u8> {
        let file = folder.join("bare.anki2");
        let _ = std::fs::remove_file(&file);
        let mut db = Connection::open(&file).unwrap();
        db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").unwrap();
        let transaction = db.transaction().unwrap();
        self.schema.iter().for_each(|sql| transaction.execute_batch(sql).unwrap());
        for (table, rows) in &self.tables {
            let Some(first) = rows.first() else { continue };
            let places = vec!["?"; first.len()].join(", ");
            let mut insert = transaction.prepare(&format!("INSERT INTO {table} VALUES ({places})")).unwrap();
            for row in rows {
                insert.execute(params_from_iter(row)).unwrap();
            }
        }
        self.indexes.iter().for_each(|sql| transaction.execute_batch(sql).unwrap());
        transaction.commit().unwrap();
        drop(db);
        let bytes = std::fs::read(&file).unwrap();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let (name, bytes, options) = match format {
            PackageFormat::Legacy => (
                "collection.anki2",
                bytes,
                SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(6)),
            ),
            PackageFormat::Modern => (
                "collection.anki21b",
                zstd::encode_all(bytes.as_slice(), 3).unwrap(),
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            ),
        };
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
        zip.finish().unwrap().into_inner()
    }
}

/// Notes of some 200 bytes, in nested sections.
fn deck(size: usize) -> Deck {
    let entries = (0..size).map(|at| Entry {
        section: vec![format!("영역 {}", at % 8), format!("주제 {}", at % 97)],
        changed: Some(Timestamp(1_750_000_000 + at as i64)),
        ..Entry::new(
            EntryId(format!("b{at:012}")),
            Content::Fact {
                kind: FactKind::Definition,
                term: format!("용어 {at}"),
                answer: format!(
                    "{} 번째 것을 말하며, 부하에 따라 **자동으로** 늘고 줄어드는 {} 방식의 서비스이다",
                    at,
                    at * 7919 % 10_007
                ),
                details: None,
            },
        )
    });
    Deck {
        title: "bench".to_owned(),
        notes: vec![NoteDeck { note: "n.md".to_owned(), title: "n".to_owned(), entries: entries.collect() }],
    }
}

/// The fields of the same notes, for genanki.
fn fields(size: usize) -> Vec<u8> {
    let media = Media::default();
    let options = CardOptions { choice: false, ..CardOptions::default() };
    let package =
        Rendered::of(&deck(size), &options, &media).unwrap().package(&Templates::default(), PackageFormat::Legacy);
    let rows = Rows::of(&package.unwrap());
    let notes: Vec<serde_json::Value> = rows.tables[1]
        .1
        .iter()
        .map(|row| match (&row[1], &row[6]) {
            (Value::Text(guid), Value::Text(fields)) => {
                serde_json::json!([guid, fields.split('\u{1f}').collect::<Vec<_>>()])
            }
            _ => panic!("no note"),
        })
        .collect();
    serde_json::to_vec(&notes).unwrap()
}

/// A Python with genanki, installed once under target/.
fn genanki() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("bench-python");
    let python = folder.join("bin/python");
    if !folder.join("installed").exists() {
        let run = |command: &mut Command| assert!(command.status().unwrap().success(), "{command:?}");
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        run(Command::new(&python).args(["-m", "pip", "install", "-q", "genanki==0.13.1"]));
        std::fs::write(folder.join("installed"), "").unwrap();
    }
    python
}

/// The most memory (MB) of this process so far, as Linux counts it; 0 elsewhere.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

#[allow(clippy::print_stdout, reason = "what a bench is for")]
fn report(line: &str) {
    println!("{line}");
}
