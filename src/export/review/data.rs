//! What the page knows, as JSON. `templates/review/deck.js` reads it.
//!
//! ```text
//! {title, css, types: [note type], lints: {code: hint}, pictures?: {name: address}, notes: [note], entries: [entry]}
//! note:  {note, title, file, lines?: [[text, fate, why]], headings?: [[line, depth, section]], terms?: [[line, answer's line]]}
//! entry: {note, id, at, kind, label, rule?, lines, section, lints?: [[code, message]], changed?, upstream?, faces?}
//! ```
//!
//! A fate is one letter: `a`nswer, `t`erm, `c`ontext, `l`eft out, `n`othing recognised; a blank line has none. `why` is
//! the rule or the reason. Lines count from 1. A field of a face that is null is that of the last face of its type.

use std::collections::{BTreeMap, HashMap};
use std::iter::Peekable;

use data_encoding::BASE64;
use serde::Serialize;

use super::Beside;
use crate::account::{Fate, NoteLines, Reason};
use crate::deck::{Deck, Entry, EntryId, Timestamp};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::export::apkg::{Face, FaceType, faces, faces_of};
use crate::export::siblings::{WRONG, choices};
use crate::lint::{Finding, lint};
use crate::media::Media;
use crate::source::Note;
use crate::templates::Templates;

/// A page of more entries or lines is slow to open and to search.
const MAX_ENTRIES: usize = 20_000;
const MAX_LINES: usize = 100_000;
/// Bytes of all pictures together.
const MAX_PICTURES: usize = 16 << 20;

#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    /// Of the cards.
    css: String,
    types: Vec<FaceType>,
    /// What to do about each lint there is.
    lints: BTreeMap<&'static str, String>,
    /// The pictures of the cards as `data:` addresses, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pictures: BTreeMap<&'a str, String>,
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
    /// Empty where Anki would show a blank card.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faces: Vec<Face>,
}

fn slice_is_empty<T>(slice: &&[T]) -> bool {
    slice.is_empty()
}

/// Everything the page shows.
///
/// # Errors
/// If a card template is not one Anki could show.
pub(super) fn json(
    deck: &Deck,
    beside: &Beside<'_>,
    templates: &Templates,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<String> {
    let whole = is_whole(deck, beside, diagnostics);
    let findings = if whole { lint(deck, beside.rules, beside.limits) } else { Vec::new() };
    let lints = findings
        .iter()
        .map(|finding| (finding.diagnostic.code, finding.diagnostic.hint.clone().unwrap_or_default()))
        .collect();
    let data = Data {
        title: &deck.title,
        css: templates.text("anki/cards.css")?,
        types: faces(templates)?,
        lints,
        pictures: pictures(beside.media),
        notes: notes(deck, beside),
        entries: entries(deck, beside, findings),
    };
    serde_json::to_string(&data).map_err(|e| Error::new("cannot put the review page's data into JSON").cause(e))
}

/// As many pictures as a page should carry; the others show what they are called.
fn pictures(media: &Media) -> BTreeMap<&str, String> {
    let mut room = MAX_PICTURES;
    let fits = media.files().filter(|(_, bytes)| {
        let fits = bytes.len() <= room;
        room = room.saturating_sub(if fits { bytes.len() } else { 0 });
        fits
    });
    let address =
        |(name, bytes): (_, &[u8])| (name, format!("data:{};base64,{}", media_type(name), BASE64.encode(bytes)));
    fits.map(address).collect()
}

/// The MIME type of a picture by its name.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("svg") => "image/svg+xml",
        Some("avif") => "image/avif",
        Some("bmp") => "image/bmp",
        Some("ico") => "image/x-icon",
        _ => "image/jpeg",
    }
}

/// Whether the page takes the deck whole; what it leaves out is said.
fn is_whole(deck: &Deck, beside: &Beside<'_>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let entries = deck.entries().count();
    let lines: usize = beside.notes.iter().map(|(_, lines)| lines.fates.len()).sum();
    let whole = entries <= MAX_ENTRIES;
    if !whole || lines > MAX_LINES {
        let lints = if whole { "" } else { ", and no lints" };
        let message = format!(
            "review.html shows {} of {entries} entries and {} of {lines} lines{lints}",
            entries.min(MAX_ENTRIES),
            lines.min(MAX_LINES)
        );
        diagnostics.push(
            Diagnostic::warning("review-too-long", message)
                .hint("the entries are all in the other outputs; build the notes apart for pages of their own"),
        );
    }
    whole
}

/// The deck's notes, then those that no entry came of.
fn notes<'a>(deck: &'a Deck, beside: &Beside<'a>) -> Vec<NoteData<'a>> {
    let mut found: HashMap<&str, _> = beside.notes.iter().map(|pair| (pair.0.path.as_str(), *pair)).collect();
    let mut room = MAX_LINES;
    let mut out: Vec<NoteData<'a>> = Vec::new();
    for (at, note) in deck.notes.iter().enumerate() {
        let file = beside.files.get(at).map(|file| file.path.as_str());
        out.push(note_data(&note.note, &note.title, file, found.remove(note.note.as_str()), &mut room));
    }
    for (note, _) in beside.notes {
        if let Some(pair) = found.remove(note.path.as_str()) {
            out.push(note_data(&note.path, &note.path, None, Some(pair), &mut room));
        }
    }
    out
}

fn note_data<'a>(
    path: &'a str,
    title: &'a str,
    file: Option<&'a str>,
    found: Option<(&'a Note, &'a NoteLines)>,
    room: &mut usize,
) -> NoteData<'a> {
    let mut data = NoteData { note: path, title, file, lines: None, headings: Vec::new(), terms: &[] };
    if let Some((note, lines)) = found {
        let shown: Vec<Line<'a>> =
            note.text.split('\n').zip(&lines.fates).take(*room).map(|(text, fate)| line(text, fate)).collect();
        *room -= shown.len();
        let headings = lines.headings.iter().filter(|heading| heading.line <= shown.len());
        data.headings = headings.map(|h| (h.line, h.depth, h.section.as_slice())).collect();
        data.lines = Some(shown);
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
    let mut room = MAX_ENTRIES;
    let mut last: HashMap<usize, Vec<Option<String>>> = HashMap::new();
    let choices = if beside.cards.choice { choices(deck) } else { Vec::new() };
    let wrong: HashMap<&EntryId, &[&str; WRONG]> = choices.iter().map(|choice| (choice.id, &choice.wrong)).collect();
    for (at, note) in deck.notes.iter().enumerate() {
        let lines = beside.files.get(at).map_or(&[][..], |file| &file.lines);
        for (place, entry) in note.entries.iter().enumerate().filter(|(_, entry)| !entry.drop).take(room) {
            let mut data = entry_data(entry, newest, of_entry(&mut findings, entry));
            let wrong = wrong.get(&entry.id).copied();
            data.faces = faces_of(&deck.title, note, entry, (beside.cards, beside.media), wrong);
            for face in &mut data.faces {
                leave_out_same(&mut face.fields, last.entry(face.note_type).or_default());
            }
            data.note = at;
            data.at = lines.get(place).copied().unwrap_or(0);
            out.push(data);
        }
        room = MAX_ENTRIES - out.len();
    }
    out
}

/// Puts none for fields that are those of the face before: section, note and question mostly are.
fn leave_out_same(fields: &mut [Option<String>], last: &mut Vec<Option<String>>) {
    last.resize(last.len().max(fields.len()), None);
    for (field, last) in fields.iter_mut().zip(last) {
        if field == last {
            *field = None;
        } else {
            last.clone_from(field);
        }
    }
}

fn entry_data<'a>(entry: &'a Entry, newest: Option<Timestamp>, lints: Vec<(&'static str, String)>) -> EntryData<'a> {
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
        faces: Vec::new(),
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
