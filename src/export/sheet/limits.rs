//! How much a sheet takes, and what is said of what it does not.

use super::nodes::MAX_ANSWER;
use crate::deck::{Content, Entry, NoteDeck};
use crate::diagnostic::Diagnostic;

/// At most this many entries stand on a sheet.
const MAX_ENTRIES: usize = 5_000;
/// At most this many characters: three times as many took 75 s and 2.5 GB to set.
pub(super) const MOST_ON_A_SHEET: usize = 3_000_000;
/// Of self-tests and flash cards: half as many again took 34 s and 2.4 GB.
pub(super) const MOST_ASKED: usize = 2_000_000;

/// How many of the entries a sheet of at most so many characters takes; says what is left off or cut.
pub(super) fn taken(entries: &[(&NoteDeck, &Entry)], most: usize, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let mut room = most;
    let fits = entries.iter().take(MAX_ENTRIES).take_while(|(_, entry)| {
        let size = characters(&entry.content);
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    });
    let taken = fits.count();
    report(entries, taken, most, diagnostics);
    taken
}

/// The characters that an entry takes on a sheet, at most.
pub(super) fn characters(content: &Content) -> usize {
    let cut = |text: &str| text.chars().count().min(MAX_ANSWER);
    match content {
        Content::Fact { term, answer, details, .. } => cut(term) + cut(answer) + details.as_deref().map_or(0, cut),
        Content::Expansion { term, full } => cut(term) + cut(full),
        Content::Comparison { subjects, rows } => {
            subjects.iter().map(|subject| cut(subject)).sum::<usize>()
                + rows.iter().flat_map(|row| &row.cells).map(|cell| cut(cell)).sum::<usize>()
        }
        Content::Cloze { text } => cut(text),
    }
}

/// What an entry is about, short enough for a message.
pub(super) fn short_label(content: &Content) -> String {
    let label = content.label();
    match label.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label,
    }
}

fn report(entries: &[(&NoteDeck, &Entry)], taken: usize, most: usize, diagnostics: &mut Vec<Diagnostic>) {
    if let Some((_, first)) = entries.get(taken) {
        let message = format!(
            "a sheet takes {MAX_ENTRIES} entries and {} million characters: the last {}, from `{}` on, are not on it",
            most / 1_000_000,
            entries.len() - taken,
            short_label(&first.content)
        );
        diagnostics.push(
            Diagnostic::warning("sheet-too-long", message)
                .hint("they are in the other outputs; build the notes apart for sheets of their own"),
        );
    }
    let long: Vec<String> = entries
        .iter()
        .take(taken)
        .filter(|(_, entry)| longest(&entry.content) > MAX_ANSWER)
        .map(|(_, entry)| format!("`{}`", short_label(&entry.content)))
        .collect();
    if !long.is_empty() {
        let more = if long.len() > 5 { format!(" and {} more", long.len() - 5) } else { String::new() };
        let named = long.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let message = format!("a sheet shows the first {MAX_ANSWER} characters of an answer: {named}{more} have more");
        diagnostics.push(Diagnostic::warning("sheet-answer-too-long", message));
    }
}

/// The longest text (characters) of an entry that is cut by itself.
fn longest(content: &Content) -> usize {
    match content {
        Content::Fact { answer, details, .. } => {
            answer.chars().count().max(details.as_ref().map_or(0, |details| details.chars().count()))
        }
        Content::Expansion { full, .. } => full.chars().count(),
        Content::Comparison { rows, .. } => {
            rows.iter().flat_map(|row| &row.cells).map(|cell| cell.chars().count()).max().unwrap_or(0)
        }
        Content::Cloze { text } => text.chars().count(),
    }
}
