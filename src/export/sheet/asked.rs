//! What is asked of an entry and what the answer is: for self-tests and flash cards.

use serde_json::{Value, json};

use super::said::Said;
use super::{data, limits, nodes, pictures};
use crate::deck::{Content, Deck, Entry, NoteDeck, Row};
use crate::diagnostic::Diagnostic;
use crate::letter::key;
use crate::markup::parse_inline;
use crate::media::Media;

/// A question and its answer, as nodes.
pub(super) struct Asked {
    pub(super) front: Value,
    pub(super) back: Value,
    /// What may be shown below the answer.
    pub(super) more: Option<Value>,
    /// The first heading it stands under.
    pub(super) section: String,
    /// The innermost one, where that is another.
    pub(super) place: String,
}

/// The questions of a deck, in its order. A long form whose short form is defined goes before that definition: one
/// question has one answer.
pub(super) fn asked(deck: &Deck, media: &Media, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asked> {
    let entries: Vec<(&NoteDeck, &Entry)> = deck.entries().collect();
    let taken = limits::taken(&entries, limits::MOST_ASKED, diagnostics);
    let said = Said::of(&entries);
    let several = deck.notes.len() > 1;
    let mut out = Vec::new();
    for (note, entry) in entries.iter().take(taken) {
        let section = data::top(deck, note, entry, several);
        let place = entry.section.get(1..).and_then(<[String]>::last).cloned().unwrap_or_default();
        for (mut front, mut back, mut more) in of_entry(&entry.content, &said) {
            let names = media.of_note(&note.note);
            [Some(&mut front), Some(&mut back), more.as_mut()]
                .into_iter()
                .flatten()
                .for_each(|node| pictures::name(node, names));
            out.push(Asked { front, back, more, section: section.clone(), place: place.clone() });
        }
    }
    out
}

fn of_entry(content: &Content, said: &Said<'_>) -> Vec<(Value, Value, Option<Value>)> {
    match content {
        Content::Fact { term, answer, details, .. } => {
            let (alt, rest) = data::alt_and_rest(term, details.as_deref(), said);
            let answer = nodes::text(answer, 0);
            let back =
                if alt.is_empty() { answer } else { json!({"t": "stack", "c": [{"t": "alt", "v": alt}, answer]}) };
            let more = (!rest.trim().is_empty()).then(|| nodes::text(rest, 0));
            vec![(title(term), back, more)]
        }
        Content::Expansion { term, .. } if said.long.contains_key(&key(term)) => Vec::new(),
        Content::Expansion { term, full } => vec![(title(term), nodes::text(full, 0), None)],
        Content::Cloze { text } => {
            let (question, hidden) = nodes::gaps(text);
            vec![(question, nodes::text(&hidden.join(", "), 0), None)]
        }
        Content::Comparison { subjects, rows } => {
            compared(subjects, rows).into_iter().map(|(front, back)| (front, back, None)).collect()
        }
    }
}

fn title(term: &str) -> Value {
    json!({"t": "p", "w": nodes::NARROW, "c": [{"t": "b", "c": nodes::inlines(&parse_inline(term))}]})
}

/// Each attribute of what is compared; rows without one are asked together.
fn compared(subjects: &[String], rows: &[Row]) -> Vec<(Value, Value)> {
    let name = subjects.join(" vs ");
    let (named, bare): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !row.aspect.trim().is_empty());
    let back = |rows: &[&Row]| {
        let of = |i: usize| {
            let cells: Vec<&str> = rows
                .iter()
                .filter_map(|row| row.cells.get(i))
                .map(String::as_str)
                .filter(|cell| !cell.is_empty())
                .collect();
            cells.join("\n\n")
        };
        let pairs: Vec<Value> = subjects
            .iter()
            .enumerate()
            .map(|(i, subject)| (subject, of(i)))
            .filter(|(_, said)| !said.is_empty())
            .map(|(subject, said)| json!([{"t": "p", "w": nodes::NARROW, "c": nodes::line(subject)}, nodes::text(&said, nodes::NARROW)]))
            .collect();
        (!pairs.is_empty()).then(|| json!({"t": "pairs", "rows": pairs}))
    };
    let front = |aspect: &str| match aspect {
        "" => title(&name),
        aspect => {
            json!({"t": "stack", "c": [title(&name), {"t": "p", "w": nodes::NARROW, "c": nodes::line(aspect)}]})
        }
    };
    let mut out: Vec<(Value, Value)> =
        named.iter().filter_map(|row| Some((front(&row.aspect), back(&[row])?))).collect();
    out.extend(back(&bare).map(|back| (front(""), back)));
    out
}
