//! Anki packages: the deck as notes and cards that Anki, AnkiDroid and AnkiMobile import.
//!
//! ```text
//! Entry ──record──▶ Record (note type, fields, cards) ──collection──▶ SQLite ──▶ zip
//! ```
//!
//! What Anki knows a note by stays: the guid is the entry's id, note and card numbers come from it, and `mod` is when
//! the entry's content changed. So a package imported again changes nothing, and one with a corrected answer changes
//! that answer and no review history.
//!
//! An entry with nothing to ask or nothing to answer makes no note: Anki would show a blank card.

mod card_template;
mod collection;
mod comparison;
mod face;
mod hidden;
mod labels;
mod names;
mod note_type;
mod package;
mod record;

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::Deserialize;

use crate::deck::{Deck, Entry, EntryId, NoteDeck};
use crate::error::{Error, Result};
use crate::export::siblings::choices;
use crate::media::Media;
use crate::templates::Templates;

use collection::{Collection, Numbers};
pub(super) use face::{Face, FaceType, faces, faces_of};
pub use names::OWN_TAGS;
use note_type::NoteType;
use record::{CHOICE, Record, Recorder, TABLE};
pub use record::{CardOptions, SUFFIXES};

/// How a deck becomes a package.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnkiOptions {
    pub format: PackageFormat,
    pub cards: CardOptions,
}

/// How a package is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum PackageFormat {
    /// What every importer takes
    #[default]
    Legacy,
    /// Smaller (zstd), for current versions of Anki
    Modern,
}

/// The deck as an `.apkg` file: no scheduling, no presets. The same deck, pictures and templates give the same bytes.
///
/// # Errors
/// As [`Rendered::of`] and [`Rendered::package`].
pub fn apkg(deck: &Deck, templates: &Templates, options: &AnkiOptions, media: &Media) -> Result<Vec<u8>> {
    Rendered::of(deck, &options.cards, media)?.package(templates, options.format)
}

/// A deck's Anki notes, with all their fields.
pub struct Rendered<'a> {
    records: Vec<Record>,
    media: &'a Media,
}

impl<'a> Rendered<'a> {
    /// All notes in the order they are learnt: what is asked by choosing comes after all that is asked by heart.
    ///
    /// # Errors
    /// If two entries share an id.
    pub fn of(deck: &Deck, options: &CardOptions, media: &'a Media) -> Result<Rendered<'a>> {
        let recorder = Recorder { title: &deck.title, options, media };
        let mut records = Vec::new();
        let mut entries: BTreeMap<&EntryId, (&NoteDeck, &Entry)> = BTreeMap::new();
        for (note, entry) in deck.entries() {
            if entries.insert(&entry.id, (note, entry)).is_some() {
                return Err(Error::new(format!("two entries have the id {}", entry.id.0))
                    .hint("give one of them another id in out/cards: Anki tells notes apart by it"));
            }
            records.extend(recorder.own(note, entry));
            records.extend(recorder.table(note, entry));
        }
        if options.choice {
            records.extend(choices(deck).iter().filter_map(|choice| {
                let (note, entry) = entries.get(choice.id)?;
                recorder.choice(note, entry, &choice.wrong)
            }));
        }
        Ok(Rendered { records, media })
    }

    /// The notes of the package, in its order.
    pub fn notes(&self) -> Vec<PackagedNote> {
        let numbers = Numbers::of(&self.records);
        let note = |((number, cards), record): ((i64, Vec<i64>), &Record)| PackagedNote {
            number,
            cards: cards.into_iter().filter_map(|card| u64::try_from(card).ok()).collect(),
            label: anki_label(record.note_type.name(), record.fields.first().map_or("", String::as_str)),
            fields: record.own_words().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
            deck: record.deck.join("::"),
        };
        numbers.notes.into_iter().zip(numbers.cards).zip(&self.records).map(note).collect()
    }

    /// The name of the deck above all others.
    pub fn top_deck(&self) -> String {
        self.records.first().and_then(|record| record.deck.first()).cloned().unwrap_or_default()
    }

    /// The bytes of the package.
    ///
    /// # Errors
    /// If a template of the user's is not one Anki could show, or if the temporary folder cannot be written.
    pub fn package(&self, templates: &Templates, format: PackageFormat) -> Result<Vec<u8>> {
        // the hashes of all ids take as long as genanki-rs's patterns
        let (skeleton, numbers) = std::thread::scope(|scope| {
            let numbers = scope.spawn(|| Numbers::of(&self.records));
            (note_type::skeleton(templates), numbers.join())
        });
        let numbers = numbers.map_err(|_| Error::new("cannot number the Anki notes"))?;
        let collection = Collection::write(&skeleton?, &self.records, numbers)?;
        collection.zipped(format, self.media)
    }
}

/// A note as a package has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackagedNote {
    /// Anki's id of it.
    pub number: i64,
    /// Anki's ids of its cards.
    pub cards: Vec<u64>,
    /// Its first field as plain text.
    pub label: String,
    /// Name and HTML of the fields that hold what the learner wrote, not what amgi words around it.
    pub fields: Vec<(String, String)>,
    pub deck: String,
}

/// What an Anki note is called in a list, by its note type and first field.
pub(crate) fn anki_label(note_type: &str, first: &str) -> String {
    let text = html_text(first);
    if note_type == NoteType::Choice.name() { format!("{text} (multiple choice)") } else { text }
}

/// The numbers in a package of all notes that are made of the entry with this id (see [`collection::note_number`]).
pub fn note_numbers(id: &EntryId) -> [i64; 3] {
    ["", TABLE, CHOICE].map(|suffix| collection::note_number(&format!("{}{suffix}", id.0)))
}

/// What an entry is in Anki.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnkiFields {
    /// The fields of its note that hold what stands in it, as HTML.
    pub html: Vec<String>,
    /// Parted by spaces.
    pub tags: String,
}

/// The fields and tags that an entry's own Anki note has; none if it makes no note.
pub fn anki_fields(title: &str, note: &NoteDeck, entry: &Entry, media: &Media) -> Option<AnkiFields> {
    let recorder = Recorder { title, options: &CardOptions::default(), media };
    recorder.own(note, entry).map(|record| AnkiFields {
        html: record.own_words().map(|(_, html)| html.to_owned()).collect(),
        tags: record.tags,
    })
}

/// The language of a deck's cards, as BCP 47, by the script of what its entries are about.
pub(super) fn language(deck: &Deck) -> &'static str {
    let labels: Vec<String> = deck.entries().map(|(_, entry)| entry.content.label()).collect();
    labels::Language::of(labels.iter().map(String::as_str)).tag()
}

/// The text that HTML of ours shows: without tags, character references resolved.
fn html_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, special) = rest.split_at(at);
        out.push_str(before);
        let end = if special.starts_with('<') { '>' } else { ';' };
        let Some((inside, after)) = special.split_once(end) else {
            rest = special;
            break;
        };
        match inside {
            "&lt" => out.push('<'),
            "&gt" => out.push('>'),
            "&amp" => out.push('&'),
            "&quot" => out.push('"'),
            "&#123" => out.push('{'),
            "&#125" => out.push('}'),
            "&#58" => out.push(':'),
            "&#91" => out.push('['),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::escape;

    #[test]
    fn text_of_html_is_what_was_escaped() {
        for text in ["a < b & c > \"d\"", "", "한국어; &amp; x"] {
            assert_eq!(html_text(&format!("<p>{}</p>", escape(text))), text);
            assert_eq!(html_text(&hidden::inert(&escape("{{a::b}}"))), "{{a::b}}");
        }
    }
}
