//! What the notes say now, beside what `out/cards/` has: ids, times and a person's edits stay.

use std::collections::{HashMap, HashSet};

use super::identity::{fingerprint, name};
use super::{Content, Entry, EntryId, NoteDeck, Timestamp};
use crate::extract::term::key;

/// What became of the entries that were there before.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub added: usize,
    pub changed: usize,
    /// Labels of entries that the notes no longer have and nobody had edited.
    pub gone: Vec<String>,
    /// Labels of entries that a person edited and whose note now says something else.
    pub upstream: Vec<String>,
}

/// Carries ids, `changed`, edits, hand-written and dropped entries of `old` over into `new`. New entries get `now`;
/// their ids are given later.
///
/// An old entry is the new one's if it is the same in content, else in name, else if only its name differs.
pub fn merge(new: &mut NoteDeck, old: NoteDeck, now: Timestamp) -> Merged {
    let mut merged = Merged::default();
    let mut rest: Vec<Option<Entry>> = old.entries.into_iter().map(Some).collect();
    let partner = partners(&new.entries, &rest);
    for (entry, partner) in new.entries.iter_mut().zip(partner) {
        let generated = fingerprint(&entry.content);
        match partner.and_then(|at| rest[at].take()) {
            Some(before) => carry(entry, before, generated, now, &mut merged),
            None => {
                entry.fingerprint = Some(generated);
                entry.changed = Some(now);
                merged.added += 1;
            }
        }
    }
    keep_own(new, rest, &mut merged);
    merged
}

/// Marks a note's entries as new: nothing was there before.
pub fn fresh(new: &mut NoteDeck, now: Timestamp) -> Merged {
    merge(new, NoteDeck::default(), now)
}

/// For each new entry, the old one that it is, as an index.
fn partners(new: &[Entry], old: &[Option<Entry>]) -> Vec<Option<usize>> {
    let mut partner = vec![None; new.len()];
    let mut free: Vec<bool> =
        old.iter().map(|entry| entry.as_ref().is_some_and(|entry| entry.fingerprint.is_some())).collect();
    let rounds: [fn(&Entry, bool) -> String; 4] = [
        |entry, old| {
            let print = if old { entry.fingerprint.clone().unwrap_or_default() } else { fingerprint(&entry.content) };
            format!("{print}\u{1f}{}", entry.section.join("\u{1f}"))
        },
        |entry, old| if old { entry.fingerprint.clone().unwrap_or_default() } else { fingerprint(&entry.content) },
        |entry, _| {
            format!("{}\u{1f}{}", name(&entry.content), entry.section.last().map(String::as_str).unwrap_or_default())
        },
        |entry, _| name(&entry.content),
    ];
    for same in rounds {
        pair(new, old, &mut partner, &mut free, same);
    }
    pair(new, old, &mut partner, &mut free, |entry, _| but_for_name(entry));
    partner
}

fn pair(
    new: &[Entry],
    old: &[Option<Entry>],
    partner: &mut [Option<usize>],
    free: &mut [bool],
    same: fn(&Entry, bool) -> String,
) {
    let mut by: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, entry) in old.iter().enumerate().rev() {
        if let Some(entry) = entry
            && free[at]
        {
            let key = same(entry, true);
            if !key.is_empty() {
                by.entry(key).or_default().push(at);
            }
        }
    }
    for (entry, partner) in new.iter().zip(partner.iter_mut()).filter(|(_, partner)| partner.is_none()) {
        if let Some(at) = by.get_mut(&same(entry, false)).and_then(Vec::pop) {
            *partner = Some(at);
            free[at] = false;
        }
    }
}

/// What an entry says without its name: a renamed term is still the same entry.
fn but_for_name(entry: &Entry) -> String {
    let said = match &entry.content {
        Content::Fact { answer, .. } => key(answer),
        Content::Expansion { full, .. } => key(full),
        Content::Comparison { rows, .. } => rows.iter().flat_map(|row| &row.cells).map(|cell| key(cell)).collect(),
        Content::Cloze { text } => key(text),
    };
    if said.chars().count() < 8 { String::new() } else { format!("{}\u{1f}{said}", entry.content.kind().name()) }
}

fn carry(entry: &mut Entry, before: Entry, generated: String, now: Timestamp, merged: &mut Merged) {
    let edited = before.fingerprint.as_ref() != Some(&fingerprint(&before.content));
    let moved = before.fingerprint.as_ref() != Some(&generated);
    entry.id = before.id;
    entry.remark = before.remark;
    entry.drop = before.drop;
    entry.priority = before.priority;
    entry.reverse = before.reverse;
    entry.changed = before.changed.or(Some(now));
    entry.upstream = before.upstream;
    for tag in before.tags {
        if !entry.tags.contains(&tag) {
            entry.tags.push(tag);
        }
    }
    if edited {
        if moved && !entry.drop && generated != fingerprint(&before.content) {
            entry.upstream = Some(said(&entry.content));
            merged.upstream.push(entry.content.label());
        }
        entry.content = before.content;
        entry.fingerprint = before.fingerprint;
    } else {
        if moved {
            entry.changed = Some(now);
            merged.changed += 1;
        }
        entry.fingerprint = Some(generated);
    }
}

/// What the notes say, on one line, for the person who decides.
fn said(content: &Content) -> String {
    match content {
        Content::Fact { term, answer, .. } => format!("{term}: {answer}"),
        Content::Expansion { term, full } => format!("{term}: {full}"),
        Content::Comparison { subjects, rows } => {
            let rows: Vec<String> =
                rows.iter().map(|row| format!("{}: {}", row.aspect, row.cells.join(" | "))).collect();
            format!("{}; {}", subjects.join(" vs "), rows.join("; "))
        }
        Content::Cloze { text } => text.clone(),
    }
}

/// Entries that the notes do not (or no longer) have: what a person wrote, edited or dropped stays.
fn keep_own(new: &mut NoteDeck, rest: Vec<Option<Entry>>, merged: &mut Merged) {
    for entry in rest.into_iter().flatten() {
        let by_hand = entry.fingerprint.is_none();
        let edited = !by_hand && entry.fingerprint.as_ref() != Some(&fingerprint(&entry.content));
        if by_hand || edited || entry.drop || entry.remark.is_some() {
            new.entries.push(entry);
        } else {
            merged.gone.push(entry.content.label());
        }
    }
}

/// Ids that stand twice in what was read: the later entry loses its id to the earlier.
pub fn twins(notes: &[NoteDeck]) -> Vec<EntryId> {
    let mut seen = HashSet::new();
    notes
        .iter()
        .flat_map(|note| &note.entries)
        .filter(|entry| !seen.insert(&entry.id))
        .map(|entry| entry.id.clone())
        .collect()
}
