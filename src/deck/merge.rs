//! What the notes say now, beside what `out/cards/` has: ids, times and a person's edits stay.

use std::collections::{BTreeMap, HashSet};

pub use super::carry::settle;
use super::carry::{carry, is_marked_by_hand, is_unwritten};
use super::fingerprint::{self, Fingerprint};
use super::partner::{self, At};
use super::{Deck, Entry, EntryId, NoteDeck, Timestamp, identity, order};

/// What became of the entries that were there before.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Whether there was anything before.
    pub again: bool,
    /// In the order of the deck; what is gone comes last.
    pub changes: Vec<Change>,
    /// Entries that could be several of now: none got their ids.
    pub ambiguous: Vec<Change>,
    /// Of `before`, the notes that go on under another name: their place there, and the new name.
    pub renamed_notes: Vec<(usize, String)>,
}

/// What happened to one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub how: How,
    pub id: EntryId,
    /// What the entry is about.
    pub label: String,
    /// The note it is, or was, in.
    pub note: String,
}

/// The ways an entry can differ from before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    New,
    /// The notes say something else of it.
    Changed,
    /// A person edited it in the YAML since it was last written.
    Edited,
    /// The notes call it something else; `from` is what it was called.
    Renamed {
        from: String,
    },
    /// It is in another section: another deck in Anki. `from` is the section it was in.
    Moved {
        from: Vec<String>,
    },
    /// The notes changed under a person's edit, which stays.
    Upstream,
    /// No longer in the notes.
    Gone,
}

impl Merged {
    pub fn count(&self, which: fn(&How) -> bool) -> usize {
        self.changes.iter().filter(|change| which(&change.how)).count()
    }
}

/// Carries ids, `changed`, edits, and entries that a person wrote or keeps from `before` over into `deck`, gives
/// new entries ids that neither `before` nor `taken` has, and puts everything in order.
///
/// `own[n]` is the place in `before` of what was written for note `n` of the deck. A note without one goes on where a
/// note that is `gone` (by its place in `before`) left off, if half of that one's entries are now here.
pub fn merge(
    deck: &mut Deck,
    before: Vec<NoteDeck>,
    own: &[Option<usize>],
    gone: &[usize],
    taken: HashSet<EntryId>,
    now: Timestamp,
) -> Merged {
    let mut before = before;
    unique_ids(&mut before);
    let generated: Vec<Vec<Fingerprint>> =
        deck.notes.iter().map(|note| note.entries.iter().map(Fingerprint::generated).collect()).collect();
    let mut merged = Merged { again: !before.is_empty(), ..Merged::default() };
    let own = with_renamed(&deck.notes, &generated, &before, own, gone, &mut merged);
    let partners = partner::partners(&deck.notes, &generated, &before, &own);
    for (note, entry) in &partners.ambiguous {
        merged.ambiguous.push(change(How::Gone, &before[*note].entries[*entry], &before[*note].note));
    }
    let mut carried = HashSet::new();
    for (at, note) in deck.notes.iter_mut().enumerate() {
        for (place, entry) in note.entries.iter_mut().enumerate() {
            let print = generated[at][place].clone();
            match partners.was.get(&(at, place)) {
                Some(was) => {
                    carried.insert(*was);
                    carry(entry, &before[was.0].entries[was.1], print, now, &note.note, &mut merged);
                }
                None => {
                    entry.changed = Some(now);
                    entry.fingerprint = Some(Fingerprint { written: print.content.clone(), ..print });
                }
            }
        }
    }
    let places = keep_own(deck, before, &own, &partners.was, &carried, now, &mut merged);
    identity::give_ids(deck, taken);
    for (note, places) in deck.notes.iter_mut().zip(&places) {
        order::remember(&mut note.entries, places);
    }
    tell_new(deck, &partners.was, &places, &mut merged);
    merged
}

/// Of two entries with one id (a person copied one), the later is a new one.
fn unique_ids(before: &mut [NoteDeck]) {
    let mut seen = HashSet::new();
    for entry in before.iter_mut().flat_map(|note| &mut note.entries) {
        if !seen.insert(entry.id.clone()) {
            entry.id = EntryId(String::new());
            entry.fingerprint = None;
            entry.changed = None;
        }
    }
}

/// `own`, with notes of another name for those that have none.
fn with_renamed(
    new: &[NoteDeck],
    generated: &[Vec<Fingerprint>],
    before: &[NoteDeck],
    own: &[Option<usize>],
    gone: &[usize],
    merged: &mut Merged,
) -> Vec<Option<usize>> {
    let mut own = own.to_vec();
    let mut free: Vec<usize> = gone.iter().copied().filter(|at| !own.contains(&Some(*at))).collect();
    for (at, generated) in generated.iter().enumerate() {
        if own[at].is_some() {
            continue;
        }
        let now: HashSet<&Option<String>> = generated.iter().map(|print| &print.content).collect();
        let shared = |old: &usize| {
            let prints = before[*old].entries.iter().filter_map(|entry| entry.fingerprint.as_ref());
            let prints: Vec<_> = prints.filter(|print| !print.is_own()).collect();
            let shared = prints.iter().filter(|print| now.contains(&print.content)).count();
            (shared > 0 && 2 * shared >= prints.len()).then_some(shared)
        };
        let best =
            free.iter().filter_map(|old| Some((shared(old)?, *old))).max_by_key(|(n, old)| (*n, usize::MAX - old));
        if let Some((_, old)) = best {
            free.retain(|one| *one != old);
            own[at] = Some(old);
            merged.renamed_notes.push((old, new[at].note.clone()));
        }
    }
    own
}

pub(super) fn change(how: How, entry: &Entry, note: &str) -> Change {
    Change { how, id: entry.id.clone(), label: entry.content.label(), note: note.to_owned() }
}

/// Puts entries that the notes do not (or no longer) have, and a person wrote, edited, dropped or remarked on, back in
/// their places. Gives for each note the places that its generated entries came to, in the order of the note.
fn keep_own(
    deck: &mut Deck,
    before: Vec<NoteDeck>,
    own: &[Option<usize>],
    was: &BTreeMap<At, At>,
    carried: &HashSet<At>,
    now: Timestamp,
    merged: &mut Merged,
) -> Vec<Vec<usize>> {
    let mut before: Vec<Option<NoteDeck>> = before.into_iter().map(Some).collect();
    let mut places = Vec::new();
    for (at, note) in deck.notes.iter_mut().enumerate() {
        let old = own[at].and_then(|old| Some((old, before[old].take()?)));
        let Some((old, old_note)) = old else {
            places.push((0..note.entries.len()).collect());
            continue;
        };
        let reordered = order::is_reordered(&old_note.entries);
        let now_at: BTreeMap<usize, usize> = (0..note.entries.len())
            .filter_map(|place| Some((was.get(&(at, place)).filter(|was| was.0 == old)?.1, place)))
            .collect();
        let mut slots = Vec::new();
        for (place, mut entry) in old_note.entries.into_iter().enumerate() {
            if let Some(now_at) = now_at.get(&place) {
                slots.push(order::Slot::Generated(*now_at));
            } else if !carried.contains(&(old, place)) {
                if stays(&entry) {
                    let print = entry.fingerprint.clone().unwrap_or_default();
                    let written = fingerprint::content(&entry.content);
                    if is_unwritten(&entry, &print, &written) {
                        entry.changed = Some(now);
                    }
                    entry.fingerprint = Some(Fingerprint { after: None, written: Some(written), ..print });
                    slots.push(order::Slot::Kept(Box::new(entry)));
                } else {
                    merged.changes.push(change(How::Gone, &entry, &old_note.note));
                }
            }
        }
        places.push(order::weave(&mut note.entries, slots, reordered));
    }
    places
}

/// Whether a person would miss an entry that the notes do not have.
fn stays(entry: &Entry) -> bool {
    let Some(print) = entry.fingerprint.as_ref().filter(|print| !print.is_own()) else { return true };
    let edited = |was: &Option<String>, is: String| was.as_ref().is_some_and(|was| *was != is);
    is_marked_by_hand(entry)
        || edited(&print.content, fingerprint::content(&entry.content))
        || edited(&print.kind, fingerprint::kind(&entry.content))
        || edited(&print.section, fingerprint::section(&entry.section))
        || edited(&print.tags, fingerprint::tags(&entry.tags))
}

/// New entries have ids only at the end; they come first in what is told.
fn tell_new(deck: &Deck, was: &BTreeMap<At, At>, places: &[Vec<usize>], merged: &mut Merged) {
    let mut new = Vec::new();
    for (at, (note, places)) in deck.notes.iter().zip(places).enumerate() {
        for (generated, place) in places.iter().enumerate() {
            if !was.contains_key(&(at, generated)) {
                new.push(change(How::New, &note.entries[*place], &note.note));
            }
        }
    }
    new.append(&mut merged.changes);
    merged.changes = new;
}

/// Ids that stand twice in what was read.
pub fn twins(notes: &[NoteDeck]) -> Vec<EntryId> {
    let mut seen = HashSet::new();
    notes
        .iter()
        .flat_map(|note| &note.entries)
        .filter(|entry| !seen.insert(&entry.id))
        .map(|entry| entry.id.clone())
        .collect()
}
