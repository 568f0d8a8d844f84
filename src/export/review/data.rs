//! What the page knows, as JSON. `templates/review/deck.js` reads it.
//!
//! ```text
//! {title, css, types: [note type], lints: {code: hint}, notes: [note], entries: [entry]}
//! note:  {note, title, file, lines?: [[text, fate, why]], headings?: [[line, depth, section]], terms?: [[line, answer's line]]}
//! entry: {note, id, at, kind, label, rule?, lines, section, lints?: [[code, message]], changed?, upstream?, face?}
//! ```
//!
//! A fate is one letter: `a`nswer, `t`erm, `c`ontext, `l`eft out, `n`othing recognised; a blank line has none. `why` is
//! the rule or the reason. Lines count from 1.

use std::collections::BTreeMap;
use std::iter::Peekable;

use serde::Serialize;

use super::Beside;
use crate::account::{Fate, NoteLines, Reason};
use crate::deck::{Deck, Entry, NoteDeck, Timestamp};
use crate::error::{Error, Result};
use crate::export::apkg::{Face, FaceType, face, faces};
use crate::lint::{Finding, lint};
use crate::source::Note;
use crate::templates::Templates;

#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    /// Of the cards.
    css: String,
    types: Vec<FaceType>,
    /// What to do about each lint there is.
    lints: BTreeMap<&'static str, String>,
    notes: Vec<NoteData<'a>>,
    entries: Vec<EntryData<'a>>,
}

#[derive(Serialize)]
struct NoteData<'a> {
    note: &'a str,
    title: &'a str,
    /// The cards file; none where no entry came of the note.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<(usize, usize, &'a [String])>,
    #[serde(skip_serializing_if = "slice_is_empty")]
    terms: &'a [(usize, usize)],
}

/// Text, fate, and the rule or reason.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Blank(&'static str),
    Fated(&'a str, &'static str),
    Because(&'a str, &'static str, &'a str),
}

#[derive(Serialize)]
struct EntryData<'a> {
    /// The place of its note.
    note: usize,
    id: &'a str,
    /// The line in the cards file.
    at: usize,
    kind: &'static str,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    lines: &'a [usize],
    section: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lints: Vec<(&'static str, String)>,
    /// Changed last of all.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    changed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream: Option<&'a str>,
    /// None where Anki would show a blank card.
    #[serde(skip_serializing_if = "Option::is_none")]
    face: Option<Face>,
}

fn slice_is_empty<T>(slice: &&[T]) -> bool {
    slice.is_empty()
}

/// Everything the page shows.
///
/// # Errors
/// If a card template is not one Anki could show.
pub(super) fn json(deck: &Deck, beside: &Beside<'_>, templates: &Templates) -> Result<String> {
    let findings = lint(deck, beside.rules, beside.limits);
    let lints = findings
        .iter()
        .map(|finding| (finding.diagnostic.code, finding.diagnostic.hint.clone().unwrap_or_default()))
        .collect();
    let data = Data {
        title: &deck.title,
        css: templates.text("anki/cards.css")?,
        types: faces(templates)?,
        lints,
        notes: notes(deck, beside),
        entries: entries(deck, beside, findings),
    };
    serde_json::to_string(&data).map_err(|e| Error::new("cannot put the review page's data into JSON").cause(e))
}

/// The deck's notes, then those that no entry came of.
fn notes<'a>(deck: &'a Deck, beside: &Beside<'a>) -> Vec<NoteData<'a>> {
    let of = |path: &str| beside.notes.iter().find(|(note, _)| note.path == path);
    let mut out: Vec<NoteData<'a>> = Vec::new();
    for (at, note) in deck.notes.iter().enumerate() {
        let file = beside.files.get(at).map(|file| file.path.as_str());
        out.push(note_data(&note.note, &note.title, file, of(&note.note)));
    }
    for found @ (note, _) in beside.notes {
        if !deck.notes.iter().any(|known| known.note == note.path) {
            out.push(note_data(&note.path, &note.path, None, Some(found)));
        }
    }
    out
}

fn note_data<'a>(
    path: &'a str,
    title: &'a str,
    file: Option<&'a str>,
    found: Option<&(&'a Note, &'a NoteLines)>,
) -> NoteData<'a> {
    let mut data = NoteData { note: path, title, file, lines: None, headings: Vec::new(), terms: &[] };
    if let Some((note, lines)) = found {
        data.lines = Some(note.text.split('\n').zip(&lines.fates).map(|(text, fate)| line(text, fate)).collect());
        data.headings = lines.headings.iter().map(|h| (h.line, h.depth, h.section.as_slice())).collect();
        data.terms = &lines.terms;
    }
    data
}

fn line<'a>(text: &'a str, fate: &'a Fate) -> Line<'a> {
    match fate {
        Fate::Blank => Line::Blank(""),
        Fate::Answer { rule } => Line::Because(text, "a", rule),
        Fate::Term { rule } => Line::Because(text, "t", rule),
        Fate::Context => Line::Fated(text, "c"),
        Fate::LeftOut { reason: reason @ Reason::NothingRecognised } => Line::Because(text, "n", reason.name()),
        Fate::LeftOut { reason } => Line::Because(text, "l", reason.name()),
    }
}

fn entries<'a>(deck: &'a Deck, beside: &Beside<'a>, findings: Vec<Finding<'a>>) -> Vec<EntryData<'a>> {
    let newest = newest(deck);
    let mut findings = findings.into_iter().peekable();
    let mut out = Vec::new();
    for (at, note) in deck.notes.iter().enumerate() {
        let lines = beside.files.get(at).map_or(&[][..], |file| &file.lines);
        for (place, entry) in note.entries.iter().enumerate().filter(|(_, entry)| !entry.drop) {
            let mut data = entry_data(&deck.title, note, entry, newest, of_entry(&mut findings, entry));
            data.note = at;
            data.at = lines.get(place).copied().unwrap_or(0);
            out.push(data);
        }
    }
    out
}

fn entry_data<'a>(
    title: &str,
    note: &NoteDeck,
    entry: &'a Entry,
    newest: Option<Timestamp>,
    lints: Vec<(&'static str, String)>,
) -> EntryData<'a> {
    EntryData {
        note: 0,
        id: &entry.id.0,
        at: 0,
        kind: entry.content.kind().name(),
        label: entry.content.label(),
        rule: entry.rule.as_deref(),
        lines: entry.source.as_ref().map_or(&[], |source| &source.lines),
        section: &entry.section,
        lints,
        changed: newest.is_some() && entry.changed == newest,
        upstream: entry.upstream.as_deref(),
        face: face(title, note, entry),
    }
}

/// The findings about an entry: lints come in the order of the deck.
fn of_entry<'a>(
    findings: &mut Peekable<impl Iterator<Item = Finding<'a>>>,
    entry: &Entry,
) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    while let Some(finding) = findings.next_if(|finding| std::ptr::eq(finding.entry, entry)) {
        out.push((finding.diagnostic.code, finding.diagnostic.message));
    }
    out
}

/// When the entries changed that changed last; none where all changed at once.
fn newest(deck: &Deck) -> Option<Timestamp> {
    let newest = deck.entries().filter_map(|(_, entry)| entry.changed).max()?;
    deck.entries().any(|(_, entry)| entry.changed != Some(newest)).then_some(newest)
}
