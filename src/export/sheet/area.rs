//! One area of a deck alone: `--section`.

use crate::deck::Deck;
use crate::error::{Error, Result};
use crate::letter::key;

/// The entries of a deck that stand under a heading of this name, at any level, or in a note of this title; where no
/// heading has just this name, those under headings that contain it.
///
/// # Errors
/// If there are none.
pub fn area(deck: &Deck, name: &str) -> Result<Deck> {
    let wanted = key(name);
    let is = |heading: &String, exactly: bool| {
        let heading = key(heading);
        heading == wanted || (!exactly && heading.contains(&wanted))
    };
    for exactly in [true, false] {
        let mut part = deck.clone();
        for note in &mut part.notes {
            if !is(&note.title, exactly) {
                note.entries.retain(|entry| entry.section.iter().any(|heading| is(heading, exactly)));
            }
        }
        part.notes.retain(|note| !note.entries.is_empty());
        if !wanted.is_empty() && part.entries().next().is_some() {
            return Ok(part);
        }
    }
    let mut names: Vec<String> = Vec::new();
    for (_, entry) in deck.entries() {
        if let Some(first) = entry.section.first()
            && !names.contains(first)
        {
            names.push(first.clone());
        }
    }
    names.truncate(20);
    Err(Error::new(format!("no section is called {name}")).hint(format!("there are {}", names.join(", "))))
}
