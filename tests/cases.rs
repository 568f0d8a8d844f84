//! `tests/cases/<name>/`: notes, and what they must become.
//!
//! A case has `notes.md` or `notes.txt` (or a folder `notes/`), and any of
//! - `cards.yaml`: `out/cards/`, file after file
//! - `messages.txt`: what is said on standard error, without the summary, and the exit code
//! - `explain.txt`: what became of each line
//! - `check.txt`: what `amgi check` says
//! - `quizlet.txt`, `sheet.json`, `apkg.txt`: an output as text
//!
//! Besides: `amgi.yaml` and `*.rules.yaml` are put beside the notes; `cards-before.yaml` is what `out/cards/` held.
//! An expected file that nothing produces fails. `AMGI_ACCEPT=1 cargo test --release --test cases` writes what came
//! out instead; read the diff.

#[path = "support/mod.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that a file of a case may be called.
const INPUTS: [&str; 6] = ["notes.md", "notes.txt", "notes", "amgi.yaml", "cards-before.yaml", "README.md"];
const EXPECTED: [&str; 7] =
    ["cards.yaml", "messages.txt", "explain.txt", "check.txt", "quizlet.txt", "sheet.json", "apkg.txt"];

#[test]
fn every_case_becomes_what_it_must() {
    let folder = support::root().join("tests/cases");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&folder).expect("tests/cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    assert!(cases.len() >= 20, "the cases are gone");
    let accept = std::env::var_os("AMGI_ACCEPT").is_some();
    let mut failures = String::new();
    for case in &cases {
        run(case, accept, &mut failures);
    }
    assert!(failures.is_empty(), "{failures}\nAMGI_ACCEPT=1 accepts what came out");
}

fn run(case: &Path, accept: bool, failures: &mut String) {
    let name = case.file_name().expect("a name").to_string_lossy();
    let work = tempfile::tempdir().expect("a temporary folder");
    let mut expected = Vec::new();
    for entry in fs::read_dir(case).expect("a case's folder") {
        let path = entry.expect("a file").path();
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        if INPUTS.contains(&file.as_str()) || file.ends_with(".rules.yaml") {
            copy(&path, &work.path().join(&file));
        } else if EXPECTED.contains(&file.as_str()) {
            expected.push(file);
        } else {
            let _ = writeln!(failures, "{name}: no test reads {file}");
        }
    }
    if expected.is_empty() {
        let _ = writeln!(failures, "{name}: expects nothing");
    }
    expected.sort();
    let before = work.path().join("cards-before.yaml");
    if before.exists() {
        fs::create_dir_all(work.path().join("out/cards")).expect("out/cards");
        fs::rename(&before, work.path().join("out/cards/notes.yaml")).expect("the cards before");
    }
    let made = Made::of(work.path());
    for file in expected {
        let path = case.join(&file);
        let was = fs::read_to_string(&path).expect("an expected file");
        match made.text(&file) {
            None => {
                let _ = writeln!(failures, "{name}: nothing produced {file}");
            }
            Some(is) if is == was => {}
            Some(is) if accept => fs::write(&path, is).expect("write the case"),
            Some(is) => {
                let _ = writeln!(failures, "{name}/{file} differs:\n{}", difference(&was, &is));
            }
        }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let path = entry.expect("a file").path();
            copy(&path, &to.join(path.file_name().expect("a name")));
        }
    } else {
        fs::copy(from, to).expect("a copy");
    }
}

/// What a case became.
struct Made {
    work: PathBuf,
    notes: &'static str,
    messages: String,
}

impl Made {
    fn of(work: &Path) -> Made {
        let notes = ["notes.md", "notes.txt", "notes"]
            .into_iter()
            .find(|name| work.join(name).exists())
            .expect("a case has notes");
        let output = support::amgi(work)
            .args([
                "build",
                notes,
                "-o",
                "out",
                "--title",
                "case",
                "--only",
                "apkg,quizlet",
                "--message-format",
                "human",
            ])
            .output()
            .expect("amgi runs");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        let messages = said.split("case: ").next().unwrap_or_default().to_owned();
        let code = output.status.code().expect("an exit code");
        Made { work: work.to_path_buf(), notes, messages: format!("{messages}exit code {code}\n") }
    }

    fn text(&self, file: &str) -> Option<String> {
        match file {
            "messages.txt" => Some(self.messages.clone()),
            "cards.yaml" => cards(&self.work.join("out/cards")),
            "explain.txt" => {
                let output = support::amgi(&self.work).args(["explain", self.notes]).output().expect("amgi runs");
                Some(String::from_utf8(output.stdout).expect("UTF-8"))
            }
            "check.txt" => {
                let output = support::amgi(&self.work).args(["check", self.notes]).output().expect("amgi runs");
                Some(String::from_utf8(output.stderr).expect("UTF-8"))
            }
            "quizlet.txt" => fs::read_to_string(self.work.join("out/case.quizlet.txt")).ok(),
            "apkg.txt" => support::apkg_rows(&self.work.join("out/case.apkg")),
            "sheet.json" => self.sheet(),
            _ => None,
        }
    }

    /// The data that the sheet's template gets.
    fn sheet(&self) -> Option<String> {
        let mut diagnostics = Vec::new();
        let deck = amgi::pipeline::deck_of(&self.work.join("out"), Some("case".to_owned()), &mut diagnostics).ok()?;
        let data = amgi::export::sheet::data(&deck, &mut diagnostics);
        serde_json::to_string_pretty(&data).ok().map(|text| text + "\n")
    }
}

/// All cards files, each under its path where there are several.
fn cards(folder: &Path) -> Option<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut out = String::new();
    for file in &files {
        if files.len() > 1 {
            let _ = writeln!(out, "# {}", file.strip_prefix(folder).ok()?.display());
        }
        out.push_str(&fs::read_to_string(file).ok()?);
    }
    Some(out)
}

/// The first lines in which two texts differ.
fn difference(was: &str, is: &str) -> String {
    let (was, is): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    let same = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for line in was.iter().skip(same).take(8) {
        let _ = writeln!(out, "  - {line}");
    }
    for line in is.iter().skip(same).take(8) {
        let _ = writeln!(out, "  + {line}");
    }
    let _ = writeln!(out, "  (from line {})", same + 1);
    out
}
