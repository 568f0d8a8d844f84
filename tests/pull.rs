//! `amgi pull`: what a learner changed in Anki, exported by Anki itself, becomes edits.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::path::Path;

use serde_yaml::Value;

const NOTE: &str = "# Boats

- Sloop : a boat with a mast
- Ketch : a boat with two masts
- Yawl : a boat whose second mast stands behind the rudder

Only in calm weather over the **bow**, please.
";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = support::amgi(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("boats.md"), NOTE).unwrap();
    let (code, _, said) = run(folder.path(), &["build", "boats.md", "--only", "apkg"]);
    assert_eq!(code, Some(0), "{said}");
    folder
}

fn entry(folder: &Path, term: &str) -> Value {
    let text = std::fs::read_to_string(folder.join("out/cards/boats.yaml")).unwrap();
    let file: Value = serde_yaml::from_str(&text).unwrap();
    file["entries"].as_sequence().unwrap().iter().find(|entry| entry["term"] == term).unwrap().clone()
}

#[test]
fn what_was_changed_in_anki_comes_back_from_every_format() {
    let folder = built();
    let exported = tempfile::tempdir().unwrap();
    support::python_script("anki_edits.py", &[&folder.path().join("out/Boats.apkg"), exported.path()]);
    let cards = folder.path().join("out/cards/boats.yaml");
    let before = std::fs::read_to_string(&cards).unwrap();
    for name in ["legacy.apkg", "modern.apkg", "all.colpkg"] {
        std::fs::write(&cards, &before).unwrap();
        let package = exported.path().join(name).display().to_string();
        let (code, answer, said) = run(folder.path(), &["pull", &package]);
        assert_eq!(code, Some(0), "{name}: {said}");
        assert!(
            answer.contains("Sloop: answer\n  - a boat with a mast\n  + a boat with **one** mast"),
            "{name}: {answer}"
        );
        assert!(answer.contains("Ketch: deleted in Anki") && !answer.contains("Yawl"), "{name}: {answer}");
        assert_eq!(std::fs::read_to_string(&cards).unwrap(), before, "{name}: nothing without --yes");
        let (code, _, said) = run(folder.path(), &["pull", &package, "--yes"]);
        assert_eq!(code, Some(0), "{name}: {said}");
        let sloop = entry(folder.path(), "Sloop");
        assert_eq!(sloop["answer"], "a boat with **one** mast\n\n- fast\n- \\<small>", "{name}");
        let cards_now = std::fs::read_to_string(&cards).unwrap();
        assert!(cards_now.contains("Only in calm weather over the {{stern}}, please."), "{name}: {cards_now}");
        assert_eq!(sloop["tags"], serde_yaml::from_str::<Value>("[hard, sail]").unwrap(), "{name}");
        assert_eq!(entry(folder.path(), "Ketch")["drop"], true, "{name}");
        // from here on it is an edit like any other
        std::fs::write(folder.path().join("boats.md"), NOTE.replace("a mast", "a single mast")).unwrap();
        let (code, _, said) = run(folder.path(), &["build", "boats.md", "--only", "apkg"]);
        assert_eq!(code, Some(0), "{said}");
        let after = entry(folder.path(), "Sloop");
        assert_eq!((&after["answer"], &after["changed"]), (&sloop["answer"], &sloop["changed"]), "{name}");
        assert_eq!(after["upstream"], "Sloop: a boat with a single mast", "{name}");
        let (_, answer, _) = run(folder.path(), &["pull", &package]);
        assert_eq!(answer, "nothing was changed in Anki\n", "{name}: a second pull finds nothing");
        std::fs::write(folder.path().join("boats.md"), NOTE).unwrap();
    }
}

#[test]
fn a_package_of_something_else_changes_nothing() {
    let folder = built();
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("fish.md"), "# Fish\n\n- Cod : a fish of cold water\n- Eel : a long fish\n")
        .unwrap();
    let (code, _, said) = run(other.path(), &["build", "fish.md", "--only", "apkg"]);
    assert_eq!(code, Some(0), "{said}");
    let before = std::fs::read(folder.path().join("out/cards/boats.yaml")).unwrap();
    let package = other.path().join("out/Fish.apkg").display().to_string();
    let (code, answer, _) = run(folder.path(), &["pull", &package, "--yes"]);
    assert_eq!((code, answer.as_str()), (Some(0), "nothing was changed in Anki\n"));
    assert_eq!(std::fs::read(folder.path().join("out/cards/boats.yaml")).unwrap(), before);
}

#[test]
fn a_damaged_or_hostile_package_is_one_error_and_changes_nothing() {
    let folder = built();
    let cards = folder.path().join("out/cards/boats.yaml");
    let before = std::fs::read(&cards).unwrap();
    let whole = std::fs::read(folder.path().join("out/Boats.apkg")).unwrap();
    let mut packages: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"no zip at all".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        zipped("other.txt", b"nothing of Anki"),
        zipped("collection.anki2", b"no database"),
        zipped("collection.anki21b", b"no zstd"),
        zipped("collection.anki21b", &zstd::encode_all(&b"no database"[..], 1).unwrap()),
    ];
    // bytes changed all over
    for at in (0..whole.len()).step_by(whole.len() / 40 + 1) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        packages.push(damaged);
    }
    for (number, bytes) in packages.iter().enumerate() {
        std::fs::write(folder.path().join("bad.apkg"), bytes).unwrap();
        let (code, _, said) = run(folder.path(), &["pull", "bad.apkg"]);
        assert!(code == Some(0) || code == Some(2), "{number}: {code:?} {said}");
        assert!(number >= 7 || said.contains("error: this is no package that Anki exported"), "{number}: {said}");
        assert_eq!(std::fs::read(&cards).unwrap(), before, "{number}");
    }
}

/// A zip with one stored file.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap().into_inner()
}

#[test]
fn a_package_of_one_section_drops_nothing_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let note = "# Port\n\n## Boats\n\n- Sloop : a boat with a mast\n- Yawl : a boat with a mizzen\n\n## Quays\n\n- Mole : a wall in the sea\n- Fender : a cushion\n";
    std::fs::write(folder.path().join("port.md"), note).unwrap();
    let (code, _, said) = run(folder.path(), &["build", "port.md", "--only", "apkg"]);
    assert_eq!(code, Some(0), "{said}");
    // the same entries in a package without the quays
    let part = tempfile::tempdir().unwrap();
    std::fs::write(part.path().join("port.md"), &note[..note.find("## Quays").unwrap()]).unwrap();
    let (code, _, said) = run(part.path(), &["build", "port.md", "--only", "apkg"]);
    assert_eq!(code, Some(0), "{said}");
    let package = part.path().join("out/Port.apkg").display().to_string();
    let (_, answer, said) = run(folder.path(), &["pull", &package]);
    assert!(!answer.contains("Mole") && !answer.contains("Fender"), "{answer}{said}");
}
