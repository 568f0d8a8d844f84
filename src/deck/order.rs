//! The order of a note's entries: that of the note, a definition before the list of its name, unless a person gave them
//! another.

use std::collections::HashMap;

use super::assemble::last_sign;
use super::fingerprint::{Fingerprint, after};
use super::{Content, Entry, FactKind};
use crate::extract::term;

/// An entry of before, and what it is now.
pub(super) enum Slot {
    /// What the notes gave, by its place in their order.
    Generated(usize),
    /// What a person keeps.
    Kept(Box<Entry>),
}

/// Whether a person moved entries: one does not follow the entry that it was generated after, which is still there.
pub(super) fn is_reordered(entries: &[Entry]) -> bool {
    let recorded = |entry: &Entry| entry.fingerprint.as_ref().and_then(|print| print.after.clone());
    let known: std::collections::HashSet<String> =
        std::iter::once(after(None)).chain(entries.iter().map(|entry| after(Some(&entry.id)))).collect();
    let mut previous = None;
    for entry in entries {
        let Some(recorded) = recorded(entry) else { continue };
        if recorded != after(previous) && known.contains(&recorded) {
            return true;
        }
        previous = Some(&entry.id);
    }
    false
}

/// Puts entries in order: the kept ones behind what they stood behind; of a `reordered` note everything where it
/// stood, and what is new behind what it follows in the note. Gives the place each generated entry came to.
pub(super) fn weave(entries: &mut Vec<Entry>, slots: Vec<Slot>, reordered: bool) -> Vec<usize> {
    let generated = std::mem::take(entries);
    let count = generated.len();
    // the entries that others are put behind, each followed by those
    let mut groups: Vec<Vec<Slot>> = Vec::new();
    let mut group_of = vec![0; count];
    groups.push(Vec::new());
    if reordered {
        let mut there = vec![false; count];
        for slot in slots {
            if let Slot::Generated(place) = slot {
                there[place] = true;
                group_of[place] = groups.len();
            }
            groups.push(vec![slot]);
        }
        let mut behind = 0;
        for (place, there) in there.into_iter().enumerate() {
            if there {
                behind = group_of[place];
            } else {
                groups[behind].push(Slot::Generated(place));
            }
        }
    } else {
        for (place, group) in group_of.iter_mut().enumerate() {
            *group = groups.len();
            groups.push(vec![Slot::Generated(place)]);
        }
        let mut behind = 0;
        for slot in slots {
            match slot {
                Slot::Generated(place) => behind = group_of[place],
                kept @ Slot::Kept(_) => groups[behind].push(kept),
            }
        }
    }
    let mut generated: Vec<Option<Entry>> = generated.into_iter().map(Some).collect();
    let mut places = vec![0; count];
    for slot in groups.into_iter().flatten() {
        match slot {
            Slot::Generated(place) => {
                places[place] = entries.len();
                entries.extend(generated[place].take());
            }
            Slot::Kept(entry) => entries.push(*entry),
        }
    }
    places
}

/// Writes into each generated entry what it follows. `places` are theirs, in the order of the note.
pub(super) fn remember(entries: &mut [Entry], places: &[usize]) {
    let mut previous = None;
    for place in places {
        let Some(entry) = entries.get_mut(*place) else { continue };
        let print = entry.fingerprint.get_or_insert_with(Fingerprint::default);
        print.after = Some(after(previous.as_ref()));
        previous = Some(entry.id.clone());
    }
}

/// Puts what a thing is before the list under its name that has the same lines: that is what is asked first.
pub(super) fn put_definitions_first(entries: &mut [Entry]) {
    let mut lists: HashMap<String, usize> = HashMap::new();
    let mut places: Vec<(usize, bool)> = Vec::with_capacity(entries.len());
    let name = |term: &str| format!("{}{}", term::key(term), last_sign(term));
    for (at, entry) in entries.iter().enumerate() {
        let list = match &entry.content {
            Content::Fact { kind: FactKind::Points, term, .. } => {
                lists.insert(name(term), at);
                None
            }
            Content::Fact { kind: FactKind::Definition, term, .. } => {
                lists.get(&name(term)).filter(|list| is_within(entry, &entries[**list]))
            }
            _ => None,
        };
        places.push(list.map_or((at, true), |list| (*list, false)));
    }
    let mut places = places.into_iter();
    entries.sort_by_cached_key(|_| places.next());
}

/// Whether all lines of an entry are another's too.
fn is_within(entry: &Entry, other: &Entry) -> bool {
    match (&entry.source, &other.source) {
        (Some(one), Some(all)) => one.lines.iter().all(|line| all.lines.binary_search(line).is_ok()),
        _ => false,
    }
}
