//! The sample notes, the whole way: built once, then read by Anki, by a PDF reader, and built again from the YAML alone.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use amgi::deck::{Content, Deck};

/// A folder with the sample notes, built.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&support::root().join("source"), &folder.path().join("source"));
    let output = support::amgi(folder.path()).output().unwrap();
    support::succeeded(&output, "amgi");
    let said = String::from_utf8_lossy(&output.stderr);
    for words in ["Sample notes: ", " lines: ", "Sample notes.apkg", "done in "] {
        assert!(said.contains(words), "the summary lacks {words:?}:\n{said}");
    }
    assert!(output.stdout.is_empty(), "quiet in a pipe");
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

fn deck(folder: &Path) -> Deck {
    let mut diagnostics = Vec::new();
    let deck = amgi::pipeline::deck_of(&folder.join("out"), Some("Sample notes".to_owned()), &mut diagnostics).unwrap();
    assert_eq!(diagnostics, []);
    deck
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut out: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .map(|path| (path.file_name().unwrap().into(), std::fs::read(&path).unwrap()))
        .collect();
    out.sort();
    out
}

#[test]
fn anki_takes_the_sample_deck_whole() {
    let folder = built();
    let anki: serde_json::Value = serde_json::from_str(&support::python_script(
        "anki_import.py",
        &[&folder.path().join("out/Sample notes.apkg")],
    ))
    .unwrap();
    let deck = deck(folder.path());
    let entries = deck.entries().count();
    assert!(entries > 100, "{entries} entries");
    let notes = anki["steps"][0]["notes"].as_object().unwrap();
    let own = notes.keys().filter(|guid| !guid.contains('-')).count();
    assert_eq!(own, entries, "the guid is the entry's id");
    assert_eq!(anki["steps"][0]["log"]["new"], notes.len());
    assert!(notes.len() > entries, "choices and whole tables besides");
    for (_, entry) in deck.entries() {
        assert!(anki["steps"][0]["notes"][&entry.id.0].is_array(), "{} is missing", entry.content.label());
    }
    for (name, wanted) in [("wrong", 0), ("missing_media", 0), ("check_database", 0), ("wrong_checksums", 0)] {
        assert_eq!(anki[name].as_array().map(Vec::len), Some(wanted), "{}", anki[name]);
    }
    assert_eq!(anki["cards"], anki["cards_after_check"], "Anki had to add cards");
    assert_eq!(anki["empty_cards"], 0);
    assert_eq!(anki["notes_without_cards"], 0);
    let decks: BTreeSet<&str> = anki["decks"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(decks.contains("Sample notes"), "{decks:?}");
    let tops = deck.entries().filter_map(|(_, entry)| entry.section.first());
    for top in tops.collect::<BTreeSet<_>>() {
        assert!(
            decks.iter().any(|name| letters(name).contains(&letters(top))),
            "no deck for the section {top}: {decks:?}"
        );
    }
}

#[test]
fn a_pdf_reader_finds_every_term_of_the_sample_sheet() {
    let folder = built();
    let found = support::pdf(&folder.path().join("out/Sample notes.cheatsheet.pdf"));
    let text = letters(found["text"].as_str().unwrap());
    for (_, entry) in deck(folder.path()).entries() {
        let terms = match &entry.content {
            Content::Fact { term, .. } | Content::Expansion { term, .. } => vec![term.clone()],
            Content::Comparison { subjects, .. } => subjects.clone(),
            Content::Cloze { .. } => Vec::new(),
        };
        for term in terms {
            assert!(text.contains(&letters(&term)), "the sheet lacks {term}");
        }
    }
}

#[test]
fn a_second_build_and_an_export_from_the_yaml_give_the_same_bytes() {
    let folder = built();
    let (out, cards) = (folder.path().join("out"), folder.path().join("out/cards"));
    let (first, first_cards) = (files(&out), files(&cards));
    assert_eq!(first.len(), 5);
    let page =
        String::from_utf8(first.iter().find(|(name, _)| name == Path::new("review.html")).unwrap().1.clone()).unwrap();
    assert!(
        page.contains("Content-Security-Policy")
            && !page.contains("{{data}}")
            && page.contains("Process Control Block")
    );
    // it must build again, not only see that there is nothing to do
    std::fs::remove_file(out.join(".built.json")).unwrap();
    support::succeeded(
        &support::amgi(folder.path()).env("SOURCE_DATE_EPOCH", "1760000000").output().unwrap(),
        "amgi again",
    );
    assert!(files(&out) == first && files(&cards) == first_cards, "building again changed something");
    for (name, _) in &first {
        std::fs::remove_file(out.join(name)).unwrap();
    }
    let output = support::amgi(folder.path()).args(["export", "apkg", "quizlet", "sheet"]).output().unwrap();
    support::succeeded(&output, "amgi export");
    let others: Vec<_> = first.into_iter().filter(|(name, _)| name != Path::new("review.html")).collect();
    assert!(files(&out) == others, "the YAML alone gave other outputs");
}

#[test]
fn a_corrected_answer_keeps_the_id_and_raises_changed() {
    let folder = built();
    let before = deck(folder.path());
    let note = folder.path().join("source/operating-systems.txt");
    let text = std::fs::read_to_string(&note).unwrap();
    let line = text.lines().find(|line| line.starts_with("- PCB(")).unwrap();
    std::fs::write(&note, text.replace(line, "- PCB(Process Control Block) : a corrected answer")).unwrap();
    support::succeeded(
        &support::amgi(folder.path()).env("SOURCE_DATE_EPOCH", "1760000000").output().unwrap(),
        "amgi again",
    );
    let after = deck(folder.path());
    let of = |deck: &Deck| {
        let found = deck
            .entries()
            .find(|(_, entry)| matches!(&entry.content, Content::Fact { term, .. } if term == "PCB"))
            .map(|(_, entry)| entry.clone());
        found.unwrap()
    };
    let (before, after) = (of(&before), of(&after));
    assert_eq!(before.id, after.id);
    assert_ne!(before.content, after.content);
    assert_eq!(after.changed.unwrap().0, 1_760_000_000);
    assert_eq!(before.changed.unwrap().0, 1_750_000_000);
}
