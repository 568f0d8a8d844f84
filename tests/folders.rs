//! Which files are notes, which are cards of a note, and what of them is left alone, with the program itself.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::path::Path;

const NOTE: &str = "# Harbour\n\n- Sloop : a boat with one mast\n- Ketch : a boat with two masts\n";

/// A folder with this note under each of these names.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, name) in names.iter().enumerate() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        // notes with the same entries could be copies of each other
        std::fs::write(path, NOTE.replace("boat", &format!("boat of kind {number}"))).unwrap();
    }
    folder
}

/// Runs a command that must come to this end; what it said.
fn run(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let output = support::amgi(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn what_a_build_wrote_is_never_read_as_notes() {
    let folder = folder(&["harbour.md"]);
    run(folder.path(), 0, &["build", ".", "-o", "made", "--only", "quizlet"]);
    assert!(folder.path().join("made/Harbour.quizlet.txt").exists());
    let rules = run(folder.path(), 0, &["rules", "list", "."]);
    let fired = rules.lines().find(|line| line.contains(" colon ")).unwrap_or_default();
    assert!(fired.trim_start().starts_with("2 "), "of the note alone: {rules}");
    let said = run(folder.path(), 0, &["build", ".", "--only", "quizlet"]);
    assert!(said.contains("Harbour: 3 entries"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path().join("out/cards")).unwrap().count(), 1);
}

#[test]
fn notes_in_the_folder_that_a_build_wrote_to_are_read() {
    let folder = folder(&["port/harbour.md"]);
    run(folder.path(), 0, &["build", "port", "-o", "port", "--only", "quizlet"]);
    let said = run(folder.path(), 0, &["build", ".", "--only", "quizlet"]);
    assert!(said.contains("Harbour: 3 entries"), "the note, and not what is beside it: {said}");
}

#[test]
fn notes_of_two_folders_are_told_by_the_folder_above_both() {
    let folder = folder(&["notes/east/harbour.md", "notes/west/mole.md"]);
    run(folder.path(), 0, &["build", "notes/east", "notes/west", "--only", "quizlet"]);
    assert!(folder.path().join("out/notes.quizlet.txt").exists(), "the deck goes by the common folder");
    let cards = read(folder.path(), "out/cards/west/mole.yaml");
    // the note that is not built now is there: another with its entries takes nothing from it
    std::fs::create_dir(folder.path().join("notes/north")).unwrap();
    std::fs::copy(folder.path().join("notes/west/mole.md"), folder.path().join("notes/north/copy.md")).unwrap();
    let said = run(folder.path(), 0, &["build", "notes/east", "notes/north", "--only", "quizlet"]);
    assert!(!said.contains("note-renamed"), "{said}");
    assert_eq!(read(folder.path(), "out/cards/west/mole.yaml"), cards);
}

#[test]
fn each_note_has_a_cards_file_of_its_own() {
    let names = ["notes/x.md", "notes/x.txt", "notes/x.md.md"];
    let folder = folder(&names);
    run(folder.path(), 0, &["extract", "notes"]);
    let mut cards: Vec<String> = std::fs::read_dir(folder.path().join("out/cards"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    cards.sort();
    assert_eq!(cards, ["x.md.md.yaml", "x.md.yaml", "x.txt.yaml"]);
    for number in 0..names.len() {
        let kind = format!("boat of kind {number}");
        assert_eq!(
            cards.iter().filter(|file| read(folder.path(), &format!("out/cards/{file}")).contains(&kind)).count(),
            1
        );
    }
}

#[test]
fn a_broken_cards_file_is_told_and_left_though_its_note_is_gone() {
    let folder = folder(&["notes/harbour.md", "notes/mole.md"]);
    run(folder.path(), 0, &["extract", "notes"]);
    let broken = read(folder.path(), "out/cards/mole.yaml").replace("kind: definition", "kind: defniition");
    std::fs::write(folder.path().join("out/cards/mole.yaml"), &broken).unwrap();
    std::fs::rename(folder.path().join("notes/mole.md"), folder.path().join("notes/pier.md")).unwrap();
    let said = run(folder.path(), 1, &["extract", "notes"]);
    assert!(said.contains("mole.yaml:"), "{said}");
    assert_eq!(read(folder.path(), "out/cards/mole.yaml"), broken);
    let ids = |path: &str| -> Vec<String> {
        read(folder.path(), path).lines().filter_map(|line| line.strip_prefix("- id: ").map(str::to_owned)).collect()
    };
    let (old, new) = (ids("out/cards/mole.yaml"), ids("out/cards/pier.yaml"));
    assert!(!new.is_empty() && new.iter().all(|id| !old.contains(id)), "no id is given twice: {old:?} {new:?}");
}

#[cfg(unix)]
#[test]
fn a_cards_file_that_is_a_link_is_read_and_its_edits_stay() {
    let folder = folder(&["notes/harbour.md"]);
    run(folder.path(), 0, &["extract", "notes"]);
    let cards = folder.path().join("out/cards/harbour.yaml");
    let edited =
        read(folder.path(), "out/cards/harbour.yaml").replace("a boat of kind 0 with one mast", "my own words");
    std::fs::remove_file(&cards).unwrap();
    std::fs::write(folder.path().join("mine.yaml"), &edited).unwrap();
    std::os::unix::fs::symlink(folder.path().join("mine.yaml"), &cards).unwrap();
    run(folder.path(), 0, &["extract", "notes"]);
    assert!(read(folder.path(), "out/cards/harbour.yaml").contains("my own words"));
}

#[test]
fn a_rule_of_a_pack_beside_the_notes_has_its_page() {
    let folder = folder(&["notes/harbour.md"]);
    let pack = "about: Signs of my own.\nrules:\n- id: my-tilde\n  finds: \"`term ~~ answer`\"\n  emits: definition\n  on: [item]\n  \
                pattern: '^(?P<term>\\S+) ~~ (?P<answer>.+)$'\n  matches:\n  - note: \"- Pier ~~ a long jetty\"\n    makes: [\"Pier → a long jetty\"]\n  \
                leaves: [\"- Pier\"]\n";
    std::fs::write(folder.path().join("notes/my.rules.yaml"), pack).unwrap();
    assert!(run(folder.path(), 0, &["rules", "show", "my-tilde", "notes"]).contains("a long jetty"));
    run(folder.path(), 2, &["rules", "show", "my-tilde"]);
    std::fs::write(folder.path().join("notes/my.rules.yaml"), pack.replace("<term>", "<name>")).unwrap();
    let said = run(folder.path(), 1, &["rules", "list", "notes"]);
    assert_eq!(said.matches("does not load").count(), 1, "told once: {said}");
}
