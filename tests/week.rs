//! A learner's week: build, learn in Anki, correct cards, change the notes all over, rename one, build, import again.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_yaml::Value;

const EDITS: usize = 20;
const CHANGES: usize = 30;

fn amgi(folder: &Path, epoch: u64, arguments: &[&str]) -> String {
    let output = support::amgi(folder).env("SOURCE_DATE_EPOCH", epoch.to_string()).args(arguments).output().unwrap();
    support::succeeded(&output, "amgi");
    String::from_utf8(output.stdout).unwrap()
}

/// Every cards file, parsed.
fn cards(folder: &Path) -> BTreeMap<PathBuf, Value> {
    let files = std::fs::read_dir(folder.join("out/cards")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.clone(), serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())).collect()
}

/// Every entry by its id.
fn entries(folder: &Path) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for file in cards(folder).values() {
        for entry in file["entries"].as_sequence().unwrap() {
            let id = entry["id"].as_str().unwrap().to_owned();
            assert!(out.insert(id.clone(), entry.clone()).is_none(), "{id} stands twice");
        }
    }
    out
}

/// Corrects definitions, every third one, as a person would; the ids and what is said of them now.
fn edit(folder: &Path) -> BTreeMap<String, String> {
    let mut edited = BTreeMap::new();
    for (path, mut file) in cards(folder) {
        let all = file["entries"].as_sequence_mut().unwrap();
        for entry in all.iter_mut().filter(|entry| entry["kind"] == "definition").step_by(3) {
            if edited.len() < EDITS {
                let id = entry["id"].as_str().unwrap().to_owned();
                let answer = format!("in my own words, {}", edited.len());
                entry["answer"] = answer.clone().into();
                edited.insert(id, answer);
            }
        }
        std::fs::write(path, serde_yaml::to_string(&file).unwrap()).unwrap();
    }
    assert_eq!(edited.len(), EDITS);
    edited
}

/// Adds a word to lines all over the notes, a line above everything, and renames a note.
fn change_notes(folder: &Path) {
    let mut changed = 0;
    for name in ["aws-architecture.md", "cell-biology.md", "operating-systems.txt"] {
        let path = folder.join("source").join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(number, line)| {
                let answers = line.contains(": ") && line.trim_start().starts_with(['-', '*']) && !line.contains('`');
                if answers && number % 2 == 0 && changed < CHANGES {
                    changed += 1;
                    format!("{line}, since version {changed}")
                } else {
                    line.to_owned()
                }
            })
            .collect();
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
    }
    assert!(changed >= CHANGES / 2, "{changed} lines changed");
    std::fs::rename(folder.join("source/cell-biology.md"), folder.join("source/cells.md")).unwrap();
}

#[test]
fn a_week_keeps_every_edit_and_every_review() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::create_dir(folder.join("source")).unwrap();
    for entry in std::fs::read_dir(support::root().join("source")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join("source").join(path.file_name().unwrap())).unwrap();
    }
    let build = ["build", "source", "--only", "apkg"];
    amgi(folder, 1_750_000_000, &build);
    let package = folder.join("out/Sample notes.apkg");
    let monday = folder.join("monday.apkg");
    std::fs::copy(&package, &monday).unwrap();
    let before = entries(folder);

    let edited = edit(folder);
    change_notes(folder);
    let told: Vec<serde_json::Value> = amgi(folder, 1_750_500_000, &["diff", "source", "--message-format", "json"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &serde_json::Value| line["type"] == "change")
        .collect();
    let ids = |how: &str| -> BTreeSet<String> {
        let those = told.iter().filter(|change| change["how"] == how);
        those.map(|change| change["id"].as_str().unwrap().to_owned()).collect()
    };
    amgi(folder, 1_750_500_000, &build);

    let after = entries(folder);
    for (id, answer) in &edited {
        assert_eq!(after[id]["answer"], answer.as_str(), "an edit is lost");
    }
    let gone: BTreeSet<String> = before.keys().filter(|id| !after.contains_key(*id)).cloned().collect();
    let new: BTreeSet<String> = after.keys().filter(|id| !before.contains_key(*id)).cloned().collect();
    assert_eq!(gone, ids("gone"), "the diff names what is gone");
    assert_eq!(new, ids("new"), "and what is new");
    assert_eq!(ids("edited"), edited.keys().cloned().collect());
    let content = |entry: &Value| -> Vec<Value> {
        ["term", "answer", "details", "full", "subjects", "rows", "text"]
            .iter()
            .map(|key| entry[*key].clone())
            .collect()
    };
    let differs: BTreeSet<String> = before
        .iter()
        .filter(|(id, entry)| after.get(*id).is_some_and(|now| content(now) != content(entry)))
        .map(|(id, _)| id.clone())
        .collect();
    let said: BTreeSet<String> = ["changed", "renamed", "edited"].iter().flat_map(|how| ids(how)).collect();
    assert_eq!(differs, said, "the diff names what changed");
    assert!(gone.is_empty() && differs.len() > EDITS, "{} gone, {} changed", gone.len(), differs.len());

    let reviewed: Vec<String> = before.keys().step_by(9).map(|id| format!("review={id}:0")).collect();
    let kinds: BTreeSet<&str> = before.values().filter_map(|entry| entry["kind"].as_str()).collect();
    assert!(kinds.len() >= 5, "{kinds:?}");
    let mut steps: Vec<&Path> = vec![&monday];
    steps.extend(reviewed.iter().map(Path::new));
    steps.push(&package);
    let anki: serde_json::Value = serde_json::from_str(&support::python_script("anki_import.py", &steps)).unwrap();
    let last = anki["steps"].as_array().unwrap().last().unwrap();
    let first = anki["steps"][0]["notes"].as_object().unwrap();
    let own = |notes: &serde_json::Map<String, serde_json::Value>| -> BTreeSet<String> {
        notes.keys().filter(|guid| !guid.contains('-')).cloned().collect()
    };
    let notes = last["notes"].as_object().unwrap();
    assert_eq!(own(notes).difference(&own(first)).cloned().collect::<BTreeSet<_>>(), new);
    let updated = notes.iter().filter(|(guid, now)| first.get(*guid).is_some_and(|was| was[0]["mod"] != now[0]["mod"]));
    let updated: BTreeSet<String> = updated.map(|(guid, _)| guid.clone()).filter(|guid| !guid.contains('-')).collect();
    assert_eq!(updated, differs, "Anki updates what the diff named");
    assert_eq!((&last["log"]["conflicting"], &last["log"]["missing_notetype"]), (&0.into(), &0.into()));
    for (id, notes) in last["notes"].as_object().unwrap() {
        assert_eq!(notes.as_array().unwrap().len(), 1, "{id} is there twice");
    }
    for review in &reviewed {
        let id = review.trim_start_matches("review=").trim_end_matches(":0");
        assert_eq!(last["notes"][id][0]["cards"][0]["reviews"], 1, "a review of {id} is lost");
    }
    for (id, answer) in &edited {
        let shown = last["notes"][id][0]["fields"]["Answer"].as_str().unwrap();
        assert!(shown.contains(answer.as_str()), "Anki has not got the edit: {shown}");
    }
}
