//! `amgi check`: what makes the cards of notes poor, at the lines of the notes.

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
            out.push(
                Diagnostic::warning("nothing-found", "no rule found anything in this note")
                    .at(Place::file(&note.shown)),
            );
        }
        deck.notes.push(assemble::assemble(note, &read.outline, read.candidates));
    }
    for finding in lint(&deck, &input.rules, &input.settings.check) {
        out.push(finding.diagnostic.at(place(finding.entry, &input.notes)));
    }
    out
}

/// The first line of an entry's answer, in the note it is from.
fn place(entry: &Entry, notes: &[Note]) -> Place {
    let Some(source) = &entry.source else { return Place::file("") };
    let Some(note) = notes.iter().find(|note| note.path == source.file) else { return Place::file(&source.file) };
    let line = source.lines.first().copied().unwrap_or(0);
    let text = note.text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let start = text.len() - text.trim_start().len();
    Place::marked(&note.shown, line, text, start..text.trim_end().len().max(start))
}
