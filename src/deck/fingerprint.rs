//! What the notes gave an entry, and what was last written of it: to tell a person's edits from changes in the notes.
//!
//! It stands in the YAML as short hashes joined by `-`: content, name, the rest of the content, kind, section, tags,
//! the entry before it, and, where a person edited the content, the content as last written. Of an entry that a person
//! added there is only the last: `own-…`.

use data_encoding::BASE32_NOPAD;
use sha1::{Digest, Sha1};

use super::{Content, Entry, EntryId, Kind};
use crate::letter::key;

/// A short form of what was generated. A part is `None` where the YAML is of an earlier amgi.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// Of the content as the notes gave it, to the letter; none for an entry that a person added.
    pub content: Option<String>,
    /// Of kind and name in one spelling.
    pub name: Option<String>,
    /// Of all but the name, in one spelling; empty where that is too little to tell an entry by.
    pub rest: Option<String>,
    pub kind: Option<String>,
    pub section: Option<String>,
    pub tags: Option<String>,
    /// Of the id of the entry before, in the order of the notes.
    pub after: Option<String>,
    /// Of the content when `changed` was last set.
    pub written: Option<String>,
}

/// The first part of the fingerprint of an entry that a person added.
const OWN: &str = "own";

impl Fingerprint {
    /// Of an entry as the notes give it.
    pub fn generated(entry: &Entry) -> Fingerprint {
        Fingerprint {
            content: Some(content(&entry.content)),
            name: Some(name(&entry.content)),
            rest: Some(rest(&entry.content)),
            kind: Some(kind(&entry.content)),
            section: Some(section(&entry.section)),
            tags: Some(tags(&entry.tags)),
            after: None,
            written: None,
        }
    }

    /// As [`Fingerprint::text`] wrote it. Never fails: what is no fingerprint fits no content.
    pub fn parse(text: &str) -> Fingerprint {
        let parts: Vec<&str> = text.split('-').collect();
        let part = |at: usize| parts.get(at).filter(|part| !part.is_empty()).map(|part| (*part).to_owned());
        if parts.first() == Some(&OWN) {
            return Fingerprint { written: part(1), ..Fingerprint::default() };
        }
        // an earlier amgi wrote the content alone
        let written = if parts.len() > 1 { part(7).or_else(|| part(0)) } else { None };
        Fingerprint {
            content: part(0),
            name: part(1),
            rest: part(2),
            kind: part(3),
            section: part(4),
            tags: part(5),
            after: part(6),
            written,
        }
    }

    pub fn text(&self) -> String {
        let written = self.written.as_deref().unwrap_or_default();
        let Some(content) = &self.content else { return format!("{OWN}-{written}") };
        let parts = [&self.name, &self.rest, &self.kind, &self.section, &self.tags, &self.after];
        let mut text = content.clone();
        for part in parts {
            text.push('-');
            text.push_str(part.as_deref().unwrap_or_default());
        }
        if !written.is_empty() && written != content {
            text.push('-');
            text.push_str(written);
        }
        text
    }

    /// Whether an entry with this fingerprint was added by a person.
    pub fn is_own(&self) -> bool {
        self.content.is_none()
    }
}

/// To the letter, without the kind of a fact: 8 characters.
pub fn content(content: &Content) -> String {
    let mut text = super::identity::name(content);
    let mut put = |part: &str| {
        text.push('\u{1e}');
        text.push_str(part);
    };
    match content {
        Content::Fact { term, answer, details, .. } => {
            put(term);
            put(answer);
            put(details.as_deref().unwrap_or_default());
        }
        Content::Expansion { term, full } => {
            put(term);
            put(full);
        }
        Content::Comparison { subjects, rows } => {
            subjects.iter().for_each(|subject| put(subject));
            for row in rows {
                put(&row.aspect);
                row.cells.iter().for_each(|cell| put(cell));
            }
        }
        Content::Cloze { text } => put(text),
    }
    hash(&text, 8)
}

pub(super) fn name(content: &Content) -> String {
    hash(&super::identity::name(content), 8)
}

/// What an entry says without its name, in one spelling.
pub(super) fn said(content: &Content) -> String {
    match content {
        Content::Fact { answer, .. } => key(answer),
        Content::Expansion { full, .. } => key(full),
        Content::Comparison { rows, .. } => rows.iter().flat_map(|row| &row.cells).map(|cell| key(cell)).collect(),
        Content::Cloze { text } => key(text),
    }
}

/// Of what an entry says without its name: a renamed term is still the same entry.
pub(super) fn rest(content: &Content) -> String {
    let said = said(content);
    if said.chars().count() < 4 {
        return String::new();
    }
    let kind = if matches!(content, Content::Fact { .. }) { "fact" } else { content.kind().name() };
    hash(&format!("{kind}\u{1f}{said}"), 8)
}

pub(super) fn kind(content: &Content) -> String {
    match content.kind() {
        Kind::Definition => "d",
        Kind::Points => "p",
        Kind::Cue => "q",
        Kind::Expansion => "e",
        Kind::Comparison => "v",
        Kind::Cloze => "c",
    }
    .to_owned()
}

pub(super) fn section(section: &[String]) -> String {
    hash(&section.join("\u{1f}"), 4)
}

pub(super) fn tags(tags: &[String]) -> String {
    hash(&tags.join(" "), 4)
}

pub(super) fn after(id: Option<&EntryId>) -> String {
    id.map_or_else(|| "first".to_owned(), |id| hash(&id.0, 4))
}

/// The first characters of a hash, in base32.
fn hash(text: &str, characters: usize) -> String {
    let mut hash = BASE32_NOPAD.encode(&Sha1::digest(text.as_bytes())).to_ascii_lowercase();
    hash.truncate(characters);
    hash
}
