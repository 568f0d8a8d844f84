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
