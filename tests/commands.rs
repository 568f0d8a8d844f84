//! What the commands say and how they end, and the README's command blocks.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const NOTE: &str = "# Tea\n\n- Oolong : partly oxidised tea\n- Matcha : green tea as powder\n";

/// A folder with one note.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tea.md"), NOTE).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    support::amgi(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn answered(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_missing_path_is_one_error_and_exit_code_2() {
    let folder = folder();
    let output = run(folder.path(), &["build", "nowhere.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        said(&output),
        "error: there is no note nowhere.md\n  hint: give a file, a folder of .md and .txt files, or - for standard input\n"
    );
    assert!(!folder.path().join("out").exists(), "nothing is written");
    assert_eq!(run(folder.path(), &["build", "--no-such-flag"]).status.code(), Some(2));
    assert_eq!(run(folder.path(), &["export", "apkg"]).status.code(), Some(2), "no cards yet");
}

#[test]
fn an_output_folder_that_cannot_be_written_is_named_with_its_cause() {
    let folder = folder();
    std::fs::write(folder.path().join("taken"), "a file").unwrap();
    let output = run(folder.path(), &["build", "tea.md", "-o", "taken"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("error: cannot write into taken: "), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(folder.path().join("taken")).unwrap(), "a file");
}

#[test]
fn one_bad_note_does_not_keep_the_others_from_being_built() {
    let folder = folder();
    std::fs::write(folder.path().join("noise.txt"), (0..=255u8).cycle().take(4096).collect::<Vec<u8>>()).unwrap();
    let output = run(folder.path(), &["build", ".", "--title", "Tea"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("noise.txt: error[not-text]"), "{}", said(&output));
    for name in
        ["Tea.apkg", "Tea.quizlet.txt", "Tea.quizlet.csv", "Tea.cheatsheet.pdf", "review.html", "cards/tea.yaml"]
    {
        assert!(folder.path().join("out").join(name).is_file(), "{name} is missing");
    }
}

#[test]
fn a_cards_file_that_does_not_fit_stays_byte_for_byte() {
    let folder = folder();
    support::succeeded(&run(folder.path(), &["build", "tea.md"]), "amgi");
    let cards = folder.path().join("out/cards/tea.yaml");
    let broken = std::fs::read_to_string(&cards).unwrap().replace("answer: green", "antwort: green");
    std::fs::write(&cards, &broken).unwrap();
    for arguments in [&["build", "tea.md"][..], &["extract", "tea.md"], &["export", "quizlet"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(said(&output).contains("unknown field `antwort`"), "{}", said(&output));
        assert_eq!(std::fs::read_to_string(&cards).unwrap(), broken);
    }
}

#[test]
fn standard_input_is_a_note() {
    let folder = folder();
    let mut child = support::amgi(folder.path())
        .args(["build", "-", "--only", "quizlet"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(NOTE.as_bytes()).unwrap();
    support::succeeded(&child.wait_with_output().unwrap(), "amgi build -");
    assert!(folder.path().join("out/cards/stdin.yaml").is_file());
    assert!(
        std::fs::read_to_string(folder.path().join("out/Tea.quizlet.txt"))
            .unwrap()
            .contains("Oolong\tpartly oxidised tea")
    );
}

#[test]
fn messages_come_short_or_as_json() {
    let folder = folder();
    std::fs::write(folder.path().join("amgi.yaml"), "papier: a4\n").unwrap();
    let short = said(&run(folder.path(), &["build", "tea.md", "--message-format", "short"]));
    assert!(short.starts_with("amgi.yaml:1:1: error[settings]: unknown field `papier`"), "{short}");
    let json = answered(&run(folder.path(), &["build", "tea.md", "--message-format", "json"]));
    let values: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(values[0]["code"], "settings");
    assert_eq!((values[0]["line"].as_u64(), values[0]["column"].as_u64()), (Some(1), Some(1)));
    let last = values.last().unwrap();
    assert_eq!(last["type"], "summary");
    assert_eq!(last["lines"]["on_cards"], 3);
}

#[test]
fn explain_tells_what_became_of_a_line() {
    let folder = folder();
    let line = answered(&run(folder.path(), &["explain", "tea.md:3"]));
    assert!(line.contains("A - Oolong") && line.contains("definition `Oolong` by colon"), "{line}");
    let whole = answered(&run(folder.path(), &["explain", "tea.md"]));
    assert_eq!(whole.lines().count(), 5);
}

#[test]
fn rules_are_listed_counted_shown_and_tested() {
    let folder = folder();
    let list = answered(&run(folder.path(), &["rules", "list", "tea.md"]));
    let colon = list.lines().find(|line| line.contains(" colon ")).unwrap();
    assert!(colon.trim_start().starts_with('2'), "{colon}");
    let page = answered(&run(folder.path(), &["rules", "show", "colon"]));
    assert!(page.contains("Finds:") && page.contains("Leaves alone:") && page.contains("10:30"), "{page}");
    let test = run(folder.path(), &["rules", "test"]);
    support::succeeded(&test, "amgi rules test");
    assert!(answered(&test).contains(", 0 failed"));
    assert_eq!(run(folder.path(), &["rules", "show", "no-such-rule"]).status.code(), Some(2));
}

#[test]
fn init_gives_files_to_change_and_overwrites_none() {
    let folder = folder();
    std::fs::write(folder.path().join("amgi.yaml"), "title: Mine\n").unwrap();
    support::succeeded(&run(folder.path(), &["init"]), "amgi init");
    assert_eq!(std::fs::read_to_string(folder.path().join("amgi.yaml")).unwrap(), "title: Mine\n");
    let template = folder.path().join("templates/sheet/cheatsheet.typ");
    let changed = std::fs::read_to_string(&template).unwrap().replace("margin: (x: 7mm", "margin: (x: 9mm");
    std::fs::write(&template, changed).unwrap();
    let output = run(folder.path(), &["build", "tea.md"]);
    support::succeeded(&output, "amgi build with templates of one's own");
    assert!(folder.path().join("out/Mine.cheatsheet.pdf").is_file());
    support::succeeded(&run(folder.path(), &["rules", "test"]), "the pack that init wrote");
}

/// Every `sh` block of the README runs, in a copy of the project's sample notes, with the program built already.
#[test]
fn the_readmes_command_blocks_run() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source");
    std::fs::create_dir_all(&source).unwrap();
    for entry in std::fs::read_dir(support::root().join("source")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, source.join(path.file_name().unwrap())).unwrap();
    }
    let readme = std::fs::read_to_string(support::root().join("README.md")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_amgi"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut ran = 0;
    for block in readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        // building it again within its own test would wait for itself
        let commands = block
            .replace("cargo run --release --", "amgi")
            .replace("cargo run --release", "amgi")
            .replace("cargo test --release", "true");
        let output = Command::new("sh")
            .args(["-euc", &commands])
            .current_dir(folder.path())
            .env("PATH", &path)
            .output()
            .unwrap();
        support::succeeded(&output, &commands);
        ran += commands.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).count();
    }
    assert!(ran >= 8, "{ran} commands");
    assert!(folder.path().join("out/Sample notes.apkg").is_file());
}
