//! `amgi check`: what makes the cards of notes poor, at the lines of the notes.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::cards::nothing_found;
use super::{Input, read};
use crate::deck::{Deck, Entry, assemble};
use crate::diagnostic::{Diagnostic, Place};
use crate::lint::lint;
use crate::source::Note;

pub(super) fn check(input: &Input) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut deck = Deck::default();
    for note in &input.notes {
        let read = read(note, &input.rules);
        if read.candidates.is_empty() && !note.text.trim().is_empty() {
            out.push(nothing_found(note));
        }
        deck.notes.push(assemble::assemble(note, &read.outline, read.candidates));
    }
    // by path: the note and its lines, which are counted once for all findings
    let lines = |note| (note, OnceCell::new());
    let notes: HashMap<&str, NoteLines<'_>> =
        input.notes.iter().map(|note| (note.path.as_str(), lines(note))).collect();
    for finding in lint(&deck, &input.rules, &input.settings.check) {
        out.push(finding.diagnostic.at(place(finding.entry, &notes)));
    }
    out
}

/// A note, and its lines once they were asked for.
type NoteLines<'a> = (&'a Note, OnceCell<Vec<&'a str>>);

/// The first line of an entry's answer, in the note it is from.
fn place(entry: &Entry, notes: &HashMap<&str, NoteLines<'_>>) -> Place {
    let Some(source) = &entry.source else { return Place::file("") };
    let Some((note, lines)) = notes.get(source.file.as_str()) else { return Place::file(&source.file) };
    let line = source.lines.first().copied().unwrap_or(0);
    let lines = lines.get_or_init(|| note.text.split('\n').collect());
    let text = lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
    let start = text.len() - text.trim_start().len();
    Place::marked(&note.shown, line, text, start..text.trim_end().len().max(start))
}
