//! Speaks to a running Anki over AnkiConnect (<https://git.sr.ht/~foosoft/anki-connect>, version 6 of its interface), and
//! compares what is there with a deck's notes.
//!
//! Notes go in by `importPackage`, which keeps their guids; `addNote` could not. AnkiConnect tells no guid, so a note is
//! found by its number, which Anki keeps on import.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::export::{PackagedNote, anki_label};

/// Where AnkiConnect listens unless it is told otherwise.
pub const ADDRESS: &str = "http://127.0.0.1:8765";
/// The interface's version that is spoken here.
const VERSION: u8 = 6;
/// Notes asked for at once: a deck's whole fields in one answer would be slow to parse.
const AT_ONCE: usize = 2_000;
/// A large package takes Anki a while.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running Anki.
pub struct AnkiConnect {
    address: String,
    /// `apiKey` of the add-on's settings.
    key: Option<String>,
    agent: ureq::Agent,
}

impl AnkiConnect {
    /// Finds out whether Anki is there and lets itself be spoken to.
    ///
    /// # Errors
    /// If it is not, or wants another key.
    pub fn open(address: &str, key: Option<String>) -> Result<AnkiConnect> {
        let settings = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).proxy(None);
        // the add-on answers one request a connection
        let settings = settings.http_status_as_error(false).max_idle_connections(0);
        let agent = settings.build().new_agent();
        let anki = AnkiConnect { address: address.to_owned(), key, agent };
        let version = anki.call("version", json!({}))?;
        match version.as_u64() {
            Some(version) if version >= u64::from(VERSION) => Ok(anki),
            _ => Err(Error::new(format!("what answers at {address} is no AnkiConnect of version {VERSION}"))
                .cause(format!("it calls itself version {version}"))),
        }
    }

    /// Has Anki import a package by its absolute path on this machine.
    ///
    /// # Errors
    /// If Anki refuses.
    pub fn import(&self, package: &str) -> Result<()> {
        self.call("importPackage", json!({ "path": package })).map(|_| ())
    }

    /// Puts cards into a deck, which is made where there is none.
    ///
    /// # Errors
    /// If Anki refuses.
    pub fn move_cards(&self, cards: &[u64], deck: &str) -> Result<()> {
        self.call("changeDeck", json!({ "cards": cards, "deck": deck })).map(|_| ())
    }

    /// Deletes notes with their cards and reviews.
    ///
    /// # Errors
    /// If Anki refuses.
    pub fn delete(&self, notes: &[i64]) -> Result<()> {
        self.call("deleteNotes", json!({ "notes": notes })).map(|_| ())
    }

    /// How Anki's notes differ from those of a package whose top deck is `title`.
    ///
    /// # Errors
    /// If Anki does not answer as it should.
    pub fn compare(&self, title: &str, notes: &[PackagedNote]) -> Result<Difference> {
        let mut difference = Difference::default();
        for some in notes.chunks(AT_ONCE) {
            let numbers: Vec<i64> = some.iter().map(|note| note.number).collect();
            let there = self.notes(&numbers)?;
            for note in some {
                match there.get(&note.number) {
                    None => difference.new.push(note.label.clone()),
                    Some(fields) if note.fields.iter().all(|(name, ours)| fields.get(name) == Some(ours)) => {}
                    Some(_) => difference.changed.push(note.label.clone()),
                }
            }
            let some: Vec<&PackagedNote> = some.iter().filter(|note| there.contains_key(&note.number)).collect();
            if !some.is_empty() {
                self.misplaced(&some, &mut difference)?;
            }
        }
        let known: BTreeSet<i64> = notes.iter().map(|note| note.number).collect();
        difference.gone = self.gone(title, &known)?;
        Ok(difference)
    }

    /// The fields of those notes that are there, by number and name.
    fn notes(&self, numbers: &[i64]) -> Result<BTreeMap<i64, BTreeMap<String, String>>> {
        let infos = self.call("notesInfo", json!({ "notes": numbers }))?;
        let mut out = BTreeMap::new();
        for info in infos.as_array().into_iter().flatten() {
            // a note that is not there is an empty object; one of another note type has a number of ours by chance
            let (Some(number), Some(fields)) = (info["noteId"].as_i64(), info["fields"].as_object()) else { continue };
            if !info["modelName"].as_str().is_some_and(|name| name.starts_with("amgi ")) {
                continue;
            }
            let value = |field: &Value| field["value"].as_str().unwrap_or_default().to_owned();
            out.insert(number, fields.iter().map(|(name, field)| (name.clone(), value(field))).collect());
        }
        Ok(out)
    }

    /// Notes with cards in another deck than the package has them in.
    fn misplaced(&self, some: &[&PackagedNote], out: &mut Difference) -> Result<()> {
        let owners: BTreeMap<u64, &PackagedNote> =
            some.iter().flat_map(|note| note.cards.iter().map(move |card| (*card, *note))).collect();
        let query = some.iter().map(|note| note.number.to_string()).collect::<Vec<_>>().join(",");
        let cards = self.call("findCards", json!({ "query": format!("nid:{query}") }))?;
        let decks = self.call("getDecks", json!({ "cards": cards }))?;
        for (deck, cards) in decks.as_object().into_iter().flatten() {
            for card in cards.as_array().into_iter().flatten().filter_map(Value::as_u64) {
                // Anki takes names that differ in case for one
                if let Some(own) = owners.get(&card)
                    && own.deck.to_lowercase() != deck.to_lowercase()
                {
                    let moved = out.moved.entry(own.deck.clone()).or_default();
                    moved.cards.push(card);
                    if moved.labels.last() != Some(&own.label) {
                        moved.labels.push(own.label.clone());
                    }
                }
            }
        }
        Ok(())
    }

    /// Notes of ours in the deck that the package no longer has: number, and first field.
    fn gone(&self, title: &str, known: &BTreeSet<i64>) -> Result<Vec<(i64, String)>> {
        let escaped: String = title
            .chars()
            .flat_map(|c| ['\\'].into_iter().filter(move |_| matches!(c, '*' | '_' | '"' | '\\')).chain([c]))
            .collect();
        let found = self.call("findNotes", json!({ "query": format!("\"deck:{escaped}\" \"note:amgi *\"") }))?;
        let numbers: Vec<i64> = found.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        let gone: Vec<i64> = numbers.into_iter().filter(|number| !known.contains(number)).collect();
        let mut out = Vec::new();
        for some in gone.chunks(AT_ONCE) {
            let infos = self.call("notesInfo", json!({ "notes": some }))?;
            for info in infos.as_array().into_iter().flatten() {
                let first =
                    info["fields"].as_object().and_then(|fields| fields.values().find(|field| field["order"] == 0));
                let label = first.and_then(|field| field["value"].as_str()).unwrap_or_default();
                if let Some(number) = info["noteId"].as_i64() {
                    out.push((number, anki_label(info["modelName"].as_str().unwrap_or_default(), label)));
                }
            }
        }
        Ok(out)
    }

    fn call(&self, action: &str, params: Value) -> Result<Value> {
        let mut request = json!({ "action": action, "version": VERSION, "params": params });
        if let Some(key) = &self.key {
            request["key"] = json!(key);
        }
        let absent = |cause: &dyn std::fmt::Display| {
            Error::new(format!("Anki does not answer at {}", self.address)).cause(cause).hint(
                "start Anki on this computer, with the add-on AnkiConnect (2055492159); or import the .apkg by hand: \
                 File > Import",
            )
        };
        let mut response = self
            .agent
            .post(&self.address)
            .header("Content-Type", "application/json")
            .send(request.to_string())
            .map_err(|e| absent(&e))?;
        let text = response.body_mut().with_config().limit(1 << 30).read_to_string().map_err(|e| absent(&e))?;
        let answer: Value = serde_json::from_str(&text)
            .map_err(|e| Error::new(format!("what answers at {} is no AnkiConnect", self.address)).cause(e))?;
        match answer.get("error") {
            Some(Value::String(error)) => Err(refused(action, error)),
            _ => Ok(answer.get("result").cloned().unwrap_or_default()),
        }
    }
}

fn refused(action: &str, error: &str) -> Error {
    let refused = Error::new(format!("Anki refused `{action}`")).cause(error);
    match error.contains("api key") {
        true => refused.hint("the environment variable ANKICONNECT_KEY is to hold the add-on's `apiKey`"),
        false => refused,
    }
}

/// What is different in Anki.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// What Anki does not have yet.
    pub new: Vec<String>,
    /// What reads otherwise: here changed since the last import, or there by hand.
    pub changed: Vec<String>,
    /// By the deck they belong into.
    pub moved: BTreeMap<String, Moved>,
    /// Notes that are there and no longer here: number, and first field.
    pub gone: Vec<(i64, String)>,
}

/// Cards that are in another deck.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    pub cards: Vec<u64>,
    pub labels: Vec<String>,
}
