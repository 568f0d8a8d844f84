//! The packages in the Ankis that telephones carry: what they show, and what an update does to reviews.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::path::Path;

use serde_json::Value;

/// Desktop versions whose library AnkiDroid and AnkiMobile were built with.
const VERSIONS: [&str; 2] = ["25.9.2", "23.12.1"];

const NOTE: &str = "\
# Boats

## Sails

- Jib : the sail before the mast, by day
- Main : the sail behind the mast, by day
- Genoa : the large sail over the deck
- Spinnaker : the sail for winds from astern

## Rules

RYA(Royal Yachting Association)

### Sloop vs Ketch

- Sloop:
  - masts: one
  - crew: two
- Ketch:
  - masts: two
  - crew: three

### Under way

- Give way to a ship on the right
- Keep a lookout
- Keep a safe speed

The **bow** is the front.
";

/// The package of a note, and the cards it was made of.
fn built(folder: &Path, note: &str, clock: &str, name: &str, format: &str) -> std::path::PathBuf {
    std::fs::write(folder.join("boats.md"), note).unwrap();
    let output = support::amgi(folder)
        .env("SOURCE_DATE_EPOCH", clock)
        .args(["build", "boats.md", "--only", "apkg", "--apkg", format])
        .output()
        .unwrap();
    support::succeeded(&output, "amgi build");
    let path = folder.join(name);
    std::fs::copy(folder.join("out/Boats.apkg"), &path).unwrap();
    path
}

#[test]
fn every_anki_takes_shows_and_updates_the_same() {
    for format in ["legacy", "modern"] {
        let folder = tempfile::tempdir().unwrap();
        let first = built(folder.path(), NOTE, "1750000000", "1.apkg", format);
        let later = NOTE.replace("from astern", "from behind") + "\n- Leech : the back edge of a sail\n";
        let later = later.replace("  - crew: two\n", "  - crew: two\n  - rig: one mast and a jib\n");
        let second = built(folder.path(), &later, "1760000000", "2.apkg", format);
        let cards = std::fs::read_to_string(folder.path().join("out/cards/boats.yaml")).unwrap();
        let id = |term: &str| {
            let before = cards.split(&format!("term: {term}\n")).next().unwrap();
            before.rsplit("id: ").next().unwrap().lines().next().unwrap().to_owned()
        };
        let review = format!("review={}:0", id("Spinnaker"));
        let steps = [first.as_path(), Path::new(&review), &first, &second];
        let run = |python: &Path| -> Value {
            serde_json::from_str(&support::python_script_of(python, "anki_import.py", &steps)).unwrap()
        };
        let current = run(support::python());
        sound(&current, &id("Spinnaker"));
        for version in VERSIONS {
            let old = run(&support::python_with_anki(version));
            sound(&old, &id("Spinnaker"));
            for what in ["texts", "decks", "tags", "note_types", "cards"] {
                assert_eq!(old[what], current[what], "{what} in Anki {version}, {format}");
            }
            assert_eq!(old["steps"][3]["log"], current["steps"][3]["log"], "{version}, {format}");
        }
    }
}

fn sound(anki: &Value, reviewed: &str) {
    for what in ["wrong", "wrong_checksums", "missing_media", "check_database"] {
        assert_eq!(anki[what].as_array().map(Vec::len), Some(0), "{what}: {}", anki[what]);
    }
    assert_eq!((&anki["notes_without_cards"], &anki["empty_cards"]), (&0.into(), &0.into()));
    assert_eq!(anki["cards"], anki["cards_after_check"]);
    let log = |step: usize, what: &str| anki["steps"][step]["log"][what].as_u64().unwrap();
    assert!(log(0, "new") > 10);
    assert_eq!((log(2, "new"), log(2, "updated")), (0, 0), "the same package again");
    assert!(log(3, "new") >= 1 && log(3, "updated") >= 2, "{}", anki["steps"][3]["log"]);
    let note = &anki["steps"][3]["notes"][reviewed][0];
    assert_eq!(note["cards"][0]["reviews"], 1, "an update keeps the review");
    assert!(note["fields"]["Answer"].as_str().unwrap().contains("from behind"));
    // a new row is a new card, and the old rows keep theirs
    let rows = |step: usize| {
        let notes = anki["steps"][step]["notes"].as_object().unwrap();
        let table = notes.values().find(|note| note[0]["type"] == "amgi comparison").unwrap();
        table[0]["cards"].as_array().unwrap().iter().map(|card| card["id"].clone()).collect::<Vec<_>>()
    };
    assert!(rows(3).len() == rows(0).len() + 1 && rows(3).starts_with(&rows(0)));
}
