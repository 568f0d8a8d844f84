//! The rows of an Anki collection (schema 11).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::html_text;
use super::note_type::{SEED_DECK, Skeleton};
use super::record::Record;
use super::{PackageFormat, package};
use crate::error::{Error, Result};
use crate::media::Media;

/// Ids of notes, cards and decks are milliseconds since 1970 to Anki. Ours lie in the 8.7 years (2^38 ms) from 2015,
/// where a hash puts them.
const FIRST_ID: i64 = 1_420_070_400_000;
const ID_BITS: u32 = 38;

/// Between the parts of a deck's name, and between fields.
const DECK_SEPARATOR: &str = "::";
const FIELD_SEPARATOR: &str = "\u{1f}";

/// An Anki collection as SQLite bytes.
pub(super) struct Collection(Vec<u8>);

impl Collection {
    /// The records on the skeleton, in their order.
    pub(super) fn write(skeleton: &Skeleton, records: &[Record], numbers: Numbers) -> Result<Self> {
        let folder = tempfile::tempdir()
            .map_err(|e| Error::new("cannot make a temporary folder for the Anki collection").cause(e))?;
        let file = folder.path().join("collection.anki2");
        let unwritable = |e: std::io::Error| Error::new(format!("cannot write {}", file.display())).cause(e);
        std::fs::write(&file, &skeleton.database).map_err(unwritable)?;
        fill(&file, skeleton, records, numbers)
            .map_err(|e| e.hint("the temporary folder needs room for the package (TMPDIR names another)"))?;
        Ok(Collection(std::fs::read(&file).map_err(unwritable)?))
    }

    /// As a package: the collection and the pictures, with fixed dates.
    pub(super) fn zipped(&self, format: PackageFormat, media: &Media) -> Result<Vec<u8>> {
        match format {
            PackageFormat::Legacy => package::legacy(&self.0, media),
            PackageFormat::Modern => package::modern(&self.0, media),
        }
        .map_err(|e| Error::new("cannot write the Anki package").cause(e))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Error::new("cannot write the Anki collection").cause(e)
    }
}

fn fill(file: &std::path::Path, skeleton: &Skeleton, records: &[Record], numbers: Numbers) -> Result<()> {
    let mut db = Connection::open(file)?;
    let written = |column: &str| db.query_row(&format!("SELECT {column} FROM col"), [], |row| row.get::<_, String>(0));
    let decks = Decks::new(records);
    let (models, named) = (skeleton.models(&written("models")?)?, decks.json(&written("decks")?)?);
    db.execute("UPDATE col SET models = ?, decks = ?", params![models, named])?;
    // The file is made anew by every build: nothing is lost if a crash leaves half of it. VACUUM, since what was deleted
    // or overwritten, in an order that is never the same, would still stand in the pages.
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         DELETE FROM notes; DELETE FROM cards;
         DROP INDEX ix_notes_usn; DROP INDEX ix_notes_csum;
         DROP INDEX ix_cards_usn; DROP INDEX ix_cards_nid; DROP INDEX ix_cards_sched;
         VACUUM;",
    )?;
    let transaction = db.transaction()?;
    insert(&transaction, &decks, records, numbers)?;
    transaction.execute_batch(
        "CREATE INDEX ix_notes_usn ON notes (usn);
         CREATE INDEX ix_notes_csum ON notes (csum);
         CREATE INDEX ix_cards_usn ON cards (usn);
         CREATE INDEX ix_cards_nid ON cards (nid);
         CREATE INDEX ix_cards_sched ON cards (did, queue, due);",
    )?;
    transaction.commit()?;
    db.close().map_err(|(_, e)| Error::from(e))
}

/// Anki's ids of notes and cards.
pub(super) struct Numbers {
    /// Of each record.
    pub(super) notes: Vec<i64>,
    /// Of each record's cards.
    pub(super) cards: Vec<Vec<i64>>,
}

impl Numbers {
    pub(super) fn of(records: &[Record]) -> Numbers {
        let mut taken = BTreeSet::new();
        let notes = records.iter().map(|record| free_id(&record.guid, &mut taken)).collect();
        let mut taken = BTreeSet::new();
        let mut card = |record: &Record, card: &usize| free_id(&format!("{}/{card}", record.guid), &mut taken);
        let cards = records.iter().map(|record| record.cards.iter().map(|place| card(record, place)).collect());
        Numbers { notes, cards: cards.collect() }
    }
}

/// The rows of notes and cards, in the order of their ids: SQLite appends then, where ids that are hashes would have it
/// write all over a large file. Cards are learnt in the order of their `due`, so in the order of the notes.
fn insert(db: &Connection, decks: &Decks<'_>, records: &[Record], numbers: Numbers) -> Result<()> {
    let numbered = numbers.notes.into_iter().zip(1..).zip(records);
    let mut notes: Vec<(i64, i64, &Record)> = numbered.map(|((number, due), record)| (number, due, record)).collect();
    let cards = cards(decks, &notes, numbers.cards);
    notes.sort_unstable_by_key(|(id, ..)| *id);
    let mut row = db.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')")?;
    for (id, _, record) in notes {
        let sorted_by = record.fields.first().map(|field| html_text(field)).unwrap_or_default();
        row.execute(params![
            id,
            record.guid,
            record.note_type.id(),
            record.changed,
            record.tags,
            record.fields.join(FIELD_SEPARATOR),
            sorted_by,
            checksum(&sorted_by),
        ])?;
    }
    let mut row = db.prepare("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')")?;
    for card in cards {
        row.execute(params![card.id, card.note, card.deck, card.place, card.changed, card.due])?;
    }
    Ok(())
}

struct Card {
    id: i64,
    note: i64,
    deck: i64,
    place: i64,
    changed: i64,
    due: i64,
}

/// The cards of notes with their ids and `due`, in the order of their own ids.
fn cards(decks: &Decks<'_>, notes: &[(i64, i64, &Record)], numbers: Vec<Vec<i64>>) -> Vec<Card> {
    let mut cards = Vec::new();
    for ((note, due, record), numbers) in notes.iter().zip(numbers) {
        let deck = decks.id(&record.deck);
        cards.extend(record.cards.iter().zip(numbers).map(|(card, id)| Card {
            id,
            note: *note,
            deck,
            place: i64::try_from(*card).unwrap_or(i64::MAX),
            changed: record.changed,
            due: *due,
        }));
    }
    cards.sort_unstable_by_key(|card| card.id);
    cards
}

/// The decks of a package by the name Anki compares: it takes `vpc` and `VPC` for one deck. The first spelling stands.
struct Decks<'a> {
    decks: BTreeMap<String, (i64, String)>,
    /// By the parts of a name as records spell them.
    ids: BTreeMap<&'a [String], i64>,
}

impl<'a> Decks<'a> {
    fn new(records: &'a [Record]) -> Self {
        let mut decks: BTreeMap<String, (i64, String)> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        let mut taken = BTreeSet::from([SEED_DECK]);
        for record in records {
            if ids.contains_key(record.deck.as_slice()) {
                continue;
            }
            let mut parent: Option<String> = None;
            for depth in 1..=record.deck.len() {
                let parts = record.deck.get(..depth).unwrap_or_default();
                let own = parts.last().map(String::as_str).unwrap_or_default();
                let deck = decks.entry(compared(parts)).or_insert_with(|| {
                    let above = parent.take().map(|name| name + DECK_SEPARATOR).unwrap_or_default();
                    (free_id(&compared(parts), &mut taken), above + own)
                });
                parent = Some(deck.1.clone());
                ids.insert(parts, deck.0);
            }
        }
        Decks { decks, ids }
    }

    fn id(&self, parts: &[String]) -> i64 {
        self.ids.get(parts).copied().unwrap_or(1)
    }

    /// What belongs into `col.decks`: the seed deck's entry for each, and Anki's own Default.
    fn json(&self, written: &str) -> Result<String> {
        let unreadable = |e: serde_json::Error| Error::new("cannot read the decks of the Anki package").cause(e);
        let mut decks: BTreeMap<String, Value> = serde_json::from_str(written).map_err(unreadable)?;
        if let Some(Value::Object(pattern)) = decks.remove(&SEED_DECK.to_string()) {
            for (id, name) in self.decks.values() {
                let mut deck = pattern.clone();
                deck.insert("id".to_owned(), json!(id));
                deck.insert("name".to_owned(), json!(name));
                decks.insert(id.to_string(), Value::Object(deck));
            }
        }
        serde_json::to_string(&decks).map_err(unreadable)
    }
}

fn compared(parts: &[String]) -> String {
    parts.join(DECK_SEPARATOR).to_lowercase()
}

/// An id that follows from `name` alone, unless another name took it.
fn free_id(name: &str, taken: &mut BTreeSet<i64>) -> i64 {
    let place = hash(name) >> (u64::BITS - ID_BITS);
    let mut id = FIRST_ID + i64::try_from(place).unwrap_or_default();
    while !taken.insert(id) {
        id += 1;
    }
    id
}

/// The number that a note with this guid has in a package, unless another one's came to the same (at odds of one in
/// billions). Anki keeps it on import, so its browser finds the note by `nid:`.
pub(super) fn note_number(guid: &str) -> i64 {
    free_id(guid, &mut BTreeSet::new())
}

/// 64 bits of SHA-1.
pub(super) fn hash(text: &str) -> u64 {
    Sha1::digest(text.as_bytes()).iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Anki's checksum of a first field's text: the first four bytes of its SHA-1.
fn checksum(text: &str) -> i64 {
    i64::try_from(hash(text) >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_ankis() {
        assert_eq!(checksum("foo"), 0x0bee_c7b5); // sha1("foo") = 0beec7b5ea3f0fdb…
    }

    #[test]
    fn ids_are_dates_that_follow_from_the_name() {
        let mut taken = BTreeSet::new();
        let first = free_id("k7c1e0f52a9d3", &mut taken);
        assert!((FIRST_ID..FIRST_ID + (1 << ID_BITS)).contains(&first));
        assert_eq!(free_id("k7c1e0f52a9d3", &mut taken), first + 1);
        assert_eq!(free_id("k7c1e0f52a9d3", &mut BTreeSet::new()), first);
    }
}
