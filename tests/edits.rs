//! What a person does to `out/cards/` and to the notes between two builds, with the program itself.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_yaml::Value;

const NOTE: &str = "# Harbour

## Boats

- Sloop : a boat with one mast
- Ketch : a boat with two masts
- Yawl : a boat whose second mast stands behind the rudder
- Cutter : a boat with one mast and two foresails

## Quays

- Bollard : a short post to which ropes are tied
- Fender : a cushion between boat and quay
- Mole : a wall that keeps the waves out
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.note("harbour.md", NOTE);
        folder.build();
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn note(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path().join("source")).unwrap();
        std::fs::write(self.path().join("source").join(name), text).unwrap();
    }

    fn run(&self, epoch: u64, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output =
            support::amgi(self.path()).env("SOURCE_DATE_EPOCH", epoch.to_string()).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// Builds the cards and the text for Quizlet, and gives what was said.
    fn build(&self) -> String {
        self.build_at(1_000_000_000)
    }

    fn build_at(&self, epoch: u64) -> String {
        let (code, _, said) = self.run(epoch, &["build", "source", "--only", "quizlet"]);
        assert_eq!(code, Some(0), "{said}");
        said
    }

    fn cards(&self) -> PathBuf {
        self.path().join("out/cards/harbour.yaml")
    }

    fn read(&self) -> Value {
        serde_yaml::from_str(&std::fs::read_to_string(self.cards()).unwrap()).unwrap()
    }

    /// Changes the cards file as a person would.
    fn edit(&self, change: impl FnOnce(&mut Vec<Value>)) {
        let mut file = self.read();
        change(file["entries"].as_sequence_mut().unwrap());
        std::fs::write(self.cards(), serde_yaml::to_string(&file).unwrap()).unwrap();
    }

    fn entry(&self, term: &str) -> Value {
        let file = self.read();
        let found = file["entries"].as_sequence().unwrap().iter().find(|entry| entry["term"] == term);
        found.unwrap_or_else(|| panic!("no entry {term}: {file:#?}")).clone()
    }

    fn terms(&self) -> Vec<String> {
        let file = self.read();
        let entries = file["entries"].as_sequence().unwrap();
        entries.iter().filter_map(|entry| Some(entry["term"].as_str()?.to_owned())).collect()
    }
}

fn of<'a>(entries: &'a mut [Value], term: &str) -> &'a mut Value {
    entries.iter_mut().find(|entry| entry["term"] == term).unwrap()
}

#[test]
fn every_kind_of_edit_outlives_changes_of_the_notes() {
    let folder = Folder::new();
    let sloop = folder.entry("Sloop");
    folder.edit(|entries| {
        of(entries, "Sloop")["answer"] = "my own words".into();
        of(entries, "Mole")["priority"] = 5.into();
        of(entries, "Ketch")["section"] = serde_yaml::from_str("[Mine]").unwrap();
        of(entries, "Yawl")["kind"] = "cue".into();
        of(entries, "Cutter")["tags"] = serde_yaml::from_str("[hard]").unwrap();
        of(entries, "Bollard")["remark"] = "ask the master".into();
        of(entries, "Fender")["drop"] = true.into();
        entries.push(serde_yaml::from_str("{id: myown, kind: definition, term: Buoy, answer: it floats}").unwrap());
    });
    let changed = NOTE
        .replace("a boat with one mast\n", "a boat with a single mast\n")
        .replace("two masts", "two masts, the front one taller")
        .replace("the rudder", "the rudder post")
        .replace("two foresails", "three foresails")
        .replace("ropes", "lines")
        .replace("## Boats", "Some words before.\n\n## Boats");
    folder.note("harbour.md", &changed);
    let said = folder.build_at(1_100_000_000);
    assert!(said.contains("`Sloop`: your edit stays"), "{said}");
    let after = folder.entry("Sloop");
    assert_eq!(after["answer"], "my own words");
    assert_eq!(after["id"], sloop["id"]);
    assert_eq!(after["upstream"], "Sloop: a boat with a single mast");
    assert_ne!(after["changed"], sloop["changed"], "Anki takes an edit only with a new time");
    assert_eq!(folder.entry("Ketch")["section"], serde_yaml::from_str::<Value>("[Mine]").unwrap());
    assert_eq!(folder.entry("Ketch")["answer"], "a boat with two masts, the front one taller");
    assert_eq!(folder.entry("Yawl")["kind"], "cue");
    assert_eq!(folder.entry("Yawl")["answer"], "a boat whose second mast stands behind the rudder post");
    assert_eq!(folder.entry("Cutter")["tags"], serde_yaml::from_str::<Value>("[hard]").unwrap());
    assert_eq!(folder.entry("Bollard")["remark"], "ask the master");
    assert_eq!(folder.entry("Fender")["drop"], true);
    assert_eq!(folder.entry("Buoy")["answer"], "it floats");
    let quizlet = std::fs::read_dir(folder.path().join("out")).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        path.to_string_lossy().ends_with("quizlet.txt").then(|| std::fs::read_to_string(path).unwrap())
    });
    let quizlet: String = quizlet.collect();
    assert!(quizlet.contains("it floats") && !quizlet.contains("Fender\t"), "{quizlet}");
    // what a person gave an entry is kept though its line leaves the note for a build
    folder.note("harbour.md", &changed.replace("- Mole : a wall that keeps the waves out\n", ""));
    folder.build_at(1_150_000_000);
    assert_eq!(folder.entry("Mole")["priority"], 5);
    folder.note("harbour.md", &changed);
    folder.build_at(1_150_000_001);
    // the edits are known now: a build with nothing new changes nothing and says nothing of them
    let before = std::fs::read(folder.cards()).unwrap();
    folder.note("harbour.md", &format!("{changed}\n"));
    let said = folder.build_at(1_200_000_000);
    assert!(!said.contains("your edit stays"), "{said}");
    assert_eq!(std::fs::read(folder.cards()).unwrap(), before);
}

#[test]
fn an_edit_alone_reaches_anki_with_a_new_time() {
    let folder = Folder::new();
    let before = folder.entry("Mole")["changed"].clone();
    folder.edit(|entries| of(entries, "Mole")["answer"] = "a breakwater".into());
    let (code, _, said) = folder.run(1_300_000_000, &["export", "quizlet"]);
    assert_eq!(code, Some(0), "{said}");
    let after = folder.entry("Mole")["changed"].clone();
    assert_ne!(after, before);
    folder.build_at(1_400_000_000);
    assert_eq!(folder.entry("Mole")["changed"], after, "once is enough");
}

#[test]
fn a_persons_order_stays() {
    let folder = Folder::new();
    folder.edit(|entries| {
        let at = entries.iter().position(|entry| entry["term"] == "Mole").unwrap();
        let mole = entries.remove(at);
        entries.insert(0, mole);
    });
    folder.note("harbour.md", &NOTE.replace("- Cutter", "- Dhow : a boat with slanting sails\n- Cutter"));
    folder.build();
    let terms = folder.terms();
    assert_eq!(terms[0], "Mole", "{terms:?}");
    let place = |term: &str| terms.iter().position(|one| one == term).unwrap();
    assert_eq!(place("Dhow"), place("Yawl") + 1, "what is new stands where the note has it");
    folder.note("harbour.md", NOTE);
    folder.build();
    assert_eq!(folder.terms()[0], "Mole");
}

#[test]
fn comments_are_kept_beside_the_file_and_told() {
    let folder = Folder::new();
    let text = std::fs::read_to_string(folder.cards()).unwrap();
    let commented = text.replacen("- id:", "# look this up\n- id:", 1);
    std::fs::write(folder.cards(), &commented).unwrap();
    let said = folder.build();
    assert!(said.contains("warning[comments]"), "{said}");
    let backup = |name: &str| std::fs::read_to_string(folder.path().join("out/cards").join(name)).unwrap();
    assert_eq!(backup("harbour.yaml.bak"), commented);
    // comments of another day do not take the place of these
    let again = std::fs::read_to_string(folder.cards()).unwrap().replacen("- id:", "# and this\n- id:", 1);
    std::fs::write(folder.cards(), &again).unwrap();
    folder.build();
    assert_eq!((backup("harbour.yaml.bak"), backup("harbour.yaml.bak2")), (commented, again));
}

#[test]
fn only_amgis_own_places_are_cleared() {
    let folder = Folder::new();
    let (own, theirs) = (folder.path().join("out/cards/.amgi-left"), folder.path().join("out/mine/.amgi-kept"));
    std::fs::create_dir(folder.path().join("out/mine")).unwrap();
    std::fs::write(&own, "half").unwrap();
    std::fs::write(&theirs, "a person's").unwrap();
    folder.build();
    assert!(!own.exists() && theirs.exists());
}

#[test]
fn a_renamed_note_goes_on_with_its_ids_and_edits() {
    let folder = Folder::new();
    folder.edit(|entries| of(entries, "Sloop")["answer"] = "my own words".into());
    let before = folder.entry("Ketch")["id"].clone();
    std::fs::rename(folder.path().join("source/harbour.md"), folder.path().join("source/port.md")).unwrap();
    let said = folder.build();
    assert!(said.contains("note[note-renamed]"), "{said}");
    assert!(!folder.cards().exists());
    std::fs::rename(folder.path().join("out/cards/port.yaml"), folder.cards()).unwrap();
    assert_eq!(folder.entry("Ketch")["id"], before);
    assert_eq!(folder.entry("Sloop")["answer"], "my own words");
}

#[test]
fn diff_says_what_a_build_would_change_and_writes_nothing() {
    let folder = Folder::new();
    let before = std::fs::read(folder.cards()).unwrap();
    let changed = NOTE
        .replace("- Fender : a cushion between boat and quay\n", "")
        .replace("Bollard", "Mooring post")
        .replace("one mast\n", "a single mast\n")
        .replace("- Mole : a wall that keeps the waves out\n", "")
        .replace(
            "## Boats\n\n",
            "## Boats\n\n- Mole : a wall that keeps the waves out\n- Dhow : a boat with slanting sails\n",
        );
    folder.note("harbour.md", &changed);
    let (code, answer, said) = folder.run(1_000_000_000, &["diff", "source"]);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "new       Dhow  (harbour.md)",
        "changed   Sloop  (harbour.md)",
        "renamed   Mooring post ← Bollard  (harbour.md)",
        "moved     Mole ← Quays  (harbour.md)",
        "gone      Fender  (harbour.md)",
    ] {
        assert!(answer.contains(line), "{line}:\n{answer}");
    }
    assert!(answer.contains("in Anki, cards of what is gone stay until you delete them"), "{answer}");
    assert!(answer.contains("nid:"), "{answer}");
    assert_eq!(std::fs::read(folder.cards()).unwrap(), before);
    assert!(folder.build().contains("1 new"), "a build counts them");
    let (_, json, _) = folder.run(1_000_000_000, &["diff", "source", "--message-format", "json"]);
    assert_eq!(json, "", "nothing is left to tell");
}

#[test]
fn a_build_with_nothing_to_do_writes_nothing() {
    let folder = Folder::new();
    let times = || -> Vec<_> {
        let files = std::fs::read_dir(folder.path().join("out")).unwrap().map(|entry| entry.unwrap());
        let mut times: Vec<_> =
            files.map(|file| (file.file_name(), file.metadata().unwrap().modified().unwrap())).collect();
        times.sort();
        times
    };
    let before = times();
    assert!(folder.build_at(1_500_000_000).contains("nothing to do"));
    assert_eq!(times(), before);
    folder.edit(|entries| of(entries, "Mole")["answer"] = "a breakwater".into());
    assert!(!folder.build_at(1_500_000_000).contains("nothing to do"), "an edit is something to do");
    std::fs::remove_file(folder.path().join("out/.built.json")).unwrap();
    folder.build_at(1_600_000_000);
    assert_eq!(folder.entry("Mole")["answer"], "a breakwater");
}

/// Kills builds at many moments: the cards are always whole, and no edit is ever lost.
#[test]
fn a_killed_build_breaks_nothing() {
    let folder = Folder::new();
    folder.edit(|entries| of(entries, "Sloop")["answer"] = "my own words".into());
    for round in 0..200_u64 {
        folder.note("harbour.md", &NOTE.replace("waves", &format!("waves of {round}")));
        let mut build = Command::new(env!("CARGO_BIN_EXE_amgi"))
            .current_dir(folder.path())
            .args(["build", "source", "--only", "quizlet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_micros(round * 97 % 20_000));
        build.kill().unwrap();
        build.wait().unwrap();
        assert_eq!(folder.entry("Sloop")["answer"], "my own words", "round {round}");
    }
    folder.build();
    let left: Vec<_> = std::fs::read_dir(folder.path().join("out/cards")).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, [folder.cards()], "what killed builds left behind is cleared");
}

#[test]
fn two_builds_at_once_wait_for_each_other() {
    let folder = Folder::new();
    for round in 0..10 {
        folder.note("harbour.md", &NOTE.replace("waves", &format!("waves of {round}")));
        let start = || {
            Command::new(env!("CARGO_BIN_EXE_amgi"))
                .current_dir(folder.path())
                .args(["build", "source", "--only", "quizlet"])
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let both = [start(), start(), start()];
        for build in both {
            let output = build.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(folder.entry("Mole")["answer"].as_str().unwrap().contains(&format!("waves of {round}")));
    }
}

/// A program that is stopped when the test is done with it.
struct Running(std::process::Child);

impl Running {
    fn watch(folder: &Path) -> Running {
        let watch = Command::new(env!("CARGO_BIN_EXE_amgi"))
            .current_dir(folder)
            .args(["watch", "source", "--only", "quizlet"])
            .stderr(Stdio::null())
            .spawn();
        Running(watch.unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watch_builds_again_after_a_save_and_goes_on_after_an_error() {
    let folder = Folder::new();
    let _running = Running::watch(folder.path());
    // the program watches once it has said so, which is not awaited here: saves are repeated until one is seen
    let until = |what: &dyn Fn() -> bool, save: &dyn Fn(u32)| {
        for round in 0..100 {
            save(round);
            for _ in 0..10 {
                std::thread::sleep(std::time::Duration::from_millis(50));
                if what() {
                    return;
                }
            }
        }
        panic!("no build came");
    };
    let cards = || std::fs::read_to_string(folder.cards()).unwrap_or_default();
    until(&|| cards().contains("high waves"), &|round| {
        folder.note("harbour.md", &format!("{}\n<!-- {round} -->\n", NOTE.replace("waves", "high waves")));
    });
    std::fs::write(folder.path().join("amgi.yaml"), "no such: setting\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!folder.path().join("out/Port.quizlet.txt").exists());
    std::fs::write(folder.path().join("amgi.yaml"), "title: Port\n").unwrap();
    until(&|| folder.path().join("out/Port.quizlet.txt").exists(), &|round| {
        folder.note("harbour.md", &format!("{}\n<!-- again {round} -->\n", NOTE.replace("waves", "high waves")));
    });
}

#[test]
fn watch_sees_an_edit_of_the_cards_that_its_first_build_made() {
    let folder = Folder(tempfile::tempdir().unwrap());
    folder.note("harbour.md", NOTE);
    let _running = Running::watch(folder.path());
    let until = |what: &dyn Fn() -> bool| {
        let came = (0..600).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            what()
        });
        assert!(came, "no build came");
    };
    let quizlet = folder.path().join("out/Harbour.quizlet.txt");
    let text = || std::fs::read_to_string(&quizlet).unwrap_or_default();
    until(&|| text().contains("one mast"));
    // the build that wrote it is over once the folder knows of it
    until(&|| folder.path().join("out/.built.json").exists());
    folder.edit(|entries| of(entries, "Sloop")["answer"] = "my own words".into());
    until(&|| text().contains("my own words"));
}

#[test]
fn a_copy_of_a_note_takes_nothing_from_it() {
    let folder = Folder::new();
    folder.note("copy.md", NOTE);
    let (code, _, said) = folder.run(1_000_000_000, &["build", "source/copy.md", "--only", "quizlet"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("note-renamed"), "{said}");
    assert!(folder.cards().exists() && folder.path().join("out/cards/copy.yaml").exists());
}
