//! What Anki puts cards together from, for showing them elsewhere just as Anki will.

use serde::Serialize;

use super::card_template;
use super::note_type::NoteType;
use super::record::{Record, Recorder};
use crate::deck::{Entry, NoteDeck};
use crate::error::Result;
use crate::export::CardOptions;
use crate::export::siblings::WRONG;
use crate::media::Media;
use crate::templates::Templates;

/// The note types, in the order that [`Face::note_type`] counts by: fields, and the templates of cards.
///
/// # Errors
/// If a template of the user's is not one Anki could show.
pub(in crate::export) fn faces(templates: &Templates) -> Result<Vec<FaceType>> {
    let side = |note_type: NoteType, path: &str| {
        card_template::side(templates, path, note_type.fields(), note_type.is_cloze())
    };
    let of = |note_type: NoteType| {
        let cards = note_type.cards().iter().map(|card| {
            Ok(FaceCard {
                name: card.name,
                front: side(note_type, &card.front())?,
                back: side(note_type, &card.back())?,
            })
        });
        Ok(FaceType {
            name: note_type.name(),
            fields: note_type.fields(),
            cloze: note_type.is_cloze(),
            cards: cards.collect::<Result<_>>()?,
        })
    };
    NoteType::ALL.into_iter().map(of).collect()
}

/// One note type.
#[derive(Debug, Serialize)]
pub(in crate::export) struct FaceType {
    name: &'static str,
    fields: &'static [&'static str],
    /// One template makes all cards: a card for each number of what is hidden.
    cloze: bool,
    cards: Vec<FaceCard>,
}

/// The two templates of a card.
#[derive(Debug, Serialize)]
struct FaceCard {
    name: &'static str,
    front: String,
    back: String,
}

/// An Anki note as its cards show it.
#[derive(Debug, Serialize)]
pub(in crate::export) struct Face {
    #[serde(rename = "type")]
    pub(in crate::export) note_type: usize,
    /// What its guid has after the entry's id.
    #[serde(skip_serializing_if = "String::is_empty")]
    suffix: String,
    /// HTML in the order of the note type's fields; empty ones at the end are left out.
    pub(in crate::export) fields: Vec<Option<String>>,
    /// Which cards there are: places of a template, or one less than the number of what is hidden.
    cards: Vec<usize>,
    /// The deck's name.
    deck: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    tags: String,
}

/// What an entry is in Anki, its own note first; nothing where nothing could be asked or answered. `wrong` are the answers
/// it can be chosen among.
pub(in crate::export) fn faces_of(
    title: &str,
    note: &NoteDeck,
    entry: &Entry,
    (options, media): (&CardOptions, &Media),
    wrong: Option<&[&str; WRONG]>,
) -> Vec<Face> {
    let recorder = Recorder { title, options, media };
    let choice = wrong.and_then(|wrong| recorder.choice(note, entry, wrong));
    let records = recorder.own(note, entry).into_iter().chain(recorder.table(note, entry)).chain(choice);
    records.filter_map(|record| face(record, &entry.id.0)).collect()
}

fn face(record: Record, id: &str) -> Option<Face> {
    let mut fields = record.fields;
    while fields.pop_if(|field| field.is_empty()).is_some() {}
    Some(Face {
        note_type: NoteType::ALL.iter().position(|one| *one == record.note_type)?,
        suffix: record.guid.strip_prefix(id).unwrap_or_default().to_owned(),
        fields: fields.into_iter().map(Some).collect(),
        cards: record.cards,
        deck: record.deck.join("::"),
        tags: record.tags.trim().to_owned(),
    })
}
