//! Notes that nobody would write: the project's own, cut, stirred and mixed. Whatever comes out, nothing panics, every
//! line is accounted for, every entry points into the note, and the cards can be read back as they were written.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[path = "../support/mod.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use amgi::account::account;
use amgi::deck::assemble::assemble;
use amgi::deck::merge::merge;
use amgi::deck::{Deck, Timestamp, yaml};
use amgi::lint::{Limits, lint};
use amgi::pipeline::{read, rules_of};
use amgi::rule::Rules;
use amgi::source::Note;
use proptest::prelude::*;

/// What happens to a line. Numbers choose which line, word or sign.
#[derive(Debug, Clone)]
enum Harm {
    Cut(usize, usize),
    Dropped(usize),
    Joined(usize),
    Indented(usize, usize),
    /// Two words of a line change places: names told in another order.
    WordsSwapped(usize, usize, usize),
    /// The end of a line comes first.
    Turned(usize, usize),
    SignReplaced(usize, usize, usize),
    SignBehind(usize, usize),
    LinesSwapped(usize, usize),
    /// A line of any other note.
    Foreign(usize, usize),
    /// What stands before the colon of one line now leads another.
    Labelled(usize, usize),
}

/// Signs that part, open, close or mark.
const SIGNS: [&str; 26] = [
    ":",
    " : ",
    "-",
    " - ",
    "*",
    "**",
    "==",
    "`",
    "```",
    "|",
    ">",
    "(",
    ")",
    "（",
    "）",
    "=",
    " = ",
    ".",
    "。",
    "?",
    ", ",
    " / ",
    "<br>",
    "[[",
    "\u{f0b7}\t",
    "^^",
];

fn harm() -> impl Strategy<Value = Harm> {
    let which = || 0..10_000_usize;
    prop_oneof![
        (which(), which()).prop_map(|(line, at)| Harm::Cut(line, at)),
        which().prop_map(Harm::Dropped),
        which().prop_map(Harm::Joined),
        (which(), 1..10_usize).prop_map(|(line, spaces)| Harm::Indented(line, spaces)),
        (which(), which(), which()).prop_map(|(line, one, other)| Harm::WordsSwapped(line, one, other)),
        (which(), which()).prop_map(|(line, at)| Harm::Turned(line, at)),
        (which(), which(), which()).prop_map(|(line, from, to)| Harm::SignReplaced(line, from, to)),
        (which(), which()).prop_map(|(line, sign)| Harm::SignBehind(line, sign)),
        (which(), which()).prop_map(|(one, other)| Harm::LinesSwapped(one, other)),
        (which(), which()).prop_map(|(line, foreign)| Harm::Foreign(line, foreign)),
        (which(), which()).prop_map(|(line, other)| Harm::Labelled(line, other)),
    ]
}

fn apply(harm: &Harm, lines: &mut Vec<String>) {
    let count = lines.len();
    let words = |line: &String| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match *harm {
        Harm::Cut(line, at) => {
            let line = &mut lines[line % count];
            *line = line.chars().take(at % (line.chars().count() + 1)).collect();
        }
        Harm::Dropped(line) if count > 1 => drop(lines.remove(line % count)),
        Harm::Joined(line) if count > 1 => {
            let next = lines.remove(line % (count - 1) + 1);
            lines[line % (count - 1)].push_str(&next);
        }
        Harm::Dropped(_) | Harm::Joined(_) => {}
        Harm::Indented(line, spaces) => lines[line % count].insert_str(0, &" ".repeat(spaces)),
        Harm::WordsSwapped(line, one, other) => {
            let mut words = words(&lines[line % count]);
            let length = words.len();
            words.swap(one % length, other % length);
            lines[line % count] = words.join(" ");
        }
        Harm::Turned(line, at) => {
            let mut words = words(&lines[line % count]);
            let length = words.len();
            words.rotate_left(at % length);
            lines[line % count] = words.join(" ");
        }
        Harm::SignReplaced(line, from, to) => {
            let line = &mut lines[line % count];
            *line = line.replace(SIGNS[from % SIGNS.len()], SIGNS[to % SIGNS.len()]);
        }
        Harm::SignBehind(line, sign) => lines[line % count].push_str(SIGNS[sign % SIGNS.len()]),
        Harm::LinesSwapped(one, other) => lines.swap(one % count, other % count),
        Harm::Foreign(line, foreign) => lines.insert(line % count, LINES[foreign % LINES.len()].clone()),
        Harm::Labelled(line, other) => {
            let label = lines[other % count].split_once(':').map(|(label, _)| format!("{label}: "));
            lines[line % count].insert_str(0, &label.unwrap_or_default());
        }
    }
}

/// The lines of the cases and of the sample notes that are UTF-8.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut files = Vec::new();
    notes_below(&support::root().join("tests/cases"), &mut files);
    notes_below(&support::root().join("source"), &mut files);
    files.sort();
    assert!(files.len() > 100, "the notes are gone");
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
});

fn notes_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            notes_below(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "txt")
            && !["messages.txt", "explain.txt", "check.txt", "quizlet.txt", "apkg.txt"]
                .iter()
                .any(|no| path.ends_with(no))
        {
            files.push(path);
        }
    }
}

static RULES: LazyLock<Rules> = LazyLock::new(|| rules_of(&[], &mut Vec::new()).unwrap());

/// Reads a text all the way and looks at what holds of every note.
fn look(text: &str) {
    let note =
        Note { path: "mutilated.md".into(), shown: "mutilated.md".into(), text: text.to_owned(), encoding: "UTF-8" };
    let found = read(&note, &RULES);
    let count = text.split('\n').count();
    let fates = account(&note, &found.outline, &found.candidates, &RULES);
    assert_eq!(fates.len(), count, "each line has one fate");
    for candidate in &found.candidates {
        let lines = candidate.lines.iter().chain(&candidate.term_lines);
        assert!(lines.clone().all(|line| (1..=count).contains(line)), "{candidate:?} stands outside the note");
    }
    let cards = assemble(&note, &found.outline, found.candidates);
    let mut deck = Deck { notes: vec![cards], ..Deck::default() };
    merge(&mut deck, Vec::new(), &[None], &[], HashSet::new(), Timestamp(1));
    let written = yaml::write(&deck.notes[0]).unwrap();
    let mut diagnostics = Vec::new();
    let back = yaml::read("mutilated.yaml", &written, &mut diagnostics);
    assert!(back.is_some() && diagnostics.is_empty(), "{written}\n{diagnostics:?}");
    assert_eq!(yaml::write(&back.unwrap()).unwrap(), written, "what is read back is what was written");
    lint(&deck, &RULES, &Limits::default());
}

proptest! {
    // stretches of 40 lines with up to 30 harms each
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_to_a_note_it_is_read(from in 0..100_000_usize, harms in proptest::collection::vec(harm(), 0..30)) {
        let mut lines: Vec<String> = LINES.iter().cycle().skip(from % LINES.len()).take(40).cloned().collect();
        harms.iter().for_each(|harm| apply(harm, &mut lines));
        look(&lines.join("\n"));
    }
}
