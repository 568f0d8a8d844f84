//! Decks as the tests of Anki packages write them down.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

use amgi::deck::{Content, Deck, Entry, EntryId, FactKind, NoteDeck, Row, Timestamp};

pub fn entry(id: &str, section: &[&str], content: Content) -> Entry {
    Entry {
        section: section.iter().map(|s| (*s).to_owned()).collect(),
        changed: Some(Timestamp(1_750_000_000)),
        ..Entry::new(EntryId(id.to_owned()), content)
    }
}

pub fn fact(id: &str, section: &[&str], kind: FactKind, term: &str, answer: &str) -> Entry {
    detailed(id, section, kind, term, answer, None)
}

pub fn detailed(id: &str, section: &[&str], kind: FactKind, term: &str, answer: &str, details: Option<&str>) -> Entry {
    let details = details.map(str::to_owned);
    entry(id, section, Content::Fact { kind, term: term.to_owned(), answer: answer.to_owned(), details })
}

pub fn expansion(id: &str, section: &[&str], term: &str, full: &str) -> Entry {
    entry(id, section, Content::Expansion { term: term.to_owned(), full: full.to_owned() })
}

pub fn cloze(id: &str, section: &[&str], text: &str) -> Entry {
    entry(id, section, Content::Cloze { text: text.to_owned() })
}

pub fn comparison(id: &str, section: &[&str], subjects: &[&str], rows: &[(&str, &[&str])]) -> Entry {
    let rows = rows
        .iter()
        .map(|(aspect, cells)| Row {
            aspect: (*aspect).to_owned(),
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        })
        .collect();
    entry(id, section, Content::Comparison { subjects: subjects.iter().map(|s| (*s).to_owned()).collect(), rows })
}

pub fn deck(title: &str, entries: Vec<Entry>) -> Deck {
    Deck {
        title: title.to_owned(),
        notes: vec![NoteDeck { note: "노트.md".to_owned(), title: "노트".to_owned(), entries }],
    }
}

/// Text that is a command to something somewhere.
pub const HOSTILE: [&str; 21] = [
    "#panic()",
    "#read(\"/etc/passwd\")",
    "$x$ and $",
    "@ref",
    "<label>",
    "= heading",
    "\u{202E}turned",
    "#import \"x\"",
    "*a _b `c",
    "[link](javascript:alert(1))",
    "<script>alert(1)</script>",
    "{{c1::x}}",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\"quoted\", 'so'",
    "a;b,c|d",
    "#{1 + 1}",
    "//comment",
    "```",
];

pub fn ordinary() -> Vec<Entry> {
    vec![
        fact("aone", &["Harbour", "Buoys"], FactKind::Definition, "Cardinal mark", "shows where **deep water** is"),
        detailed(
            "atwo",
            &["Harbour"],
            FactKind::Points,
            "부두의 종류",
            "- 안벽\n- 잔교\n- 물양장",
            Some("- 배의 크기에 따라 고른다"),
        ),
        fact("athree", &[], FactKind::Cue, "얼음 바다", "쇄빙선"),
        expansion("afour", &["Harbour"], "VTS", "Vessel Traffic Service"),
        comparison("afive", &["Harbour"], &["Sloop", "Ketch"], &[("Masts", &["one", "two"]), ("", &["light", ""])]),
        cloze("asix", &["Harbour"], "Keep the buoy to {{port}} when {{entering}}."),
    ]
}
