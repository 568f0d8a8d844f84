//! Which entry is which: ids come from what makes an entry that entry, never from its answer.

use std::collections::{HashMap, HashSet};

use data_encoding::BASE32_NOPAD;
use sha1::{Digest, Sha1};

use super::{Content, Deck, Entry, EntryId};
use crate::letter::key;

/// Gives every entry without an id one. Ids that `taken` holds, and those of other entries, are not given again.
///
/// The first entry of a kind and name gets the id of these alone; its twins get theirs from note, section and, last,
/// a number.
pub fn give_ids(deck: &mut Deck, mut taken: HashSet<EntryId>) {
    for note in &deck.notes {
        taken.extend(note.entries.iter().filter(|entry| !entry.id.0.is_empty()).map(|entry| entry.id.clone()));
    }
    // how many of a name in a section have been tried: many twins would try all again
    let mut tried: HashMap<EntryId, u32> = HashMap::new();
    for note in &mut deck.notes {
        let path = note.note.clone();
        for entry in note.entries.iter_mut().filter(|entry| entry.id.0.is_empty()) {
            let mut attempt = tried.get(&id(entry, &path, 1)).copied().unwrap_or(0);
            while taken.contains(&id(entry, &path, attempt)) {
                attempt += 1;
            }
            tried.insert(id(entry, &path, 1), attempt);
            entry.id = id(entry, &path, attempt);
            taken.insert(entry.id.clone());
        }
    }
}

/// The id an entry asks for first, and the next ones when that is taken.
fn id(entry: &Entry, note: &str, attempt: u32) -> EntryId {
    let mut name = name(&entry.content);
    if attempt > 0 {
        name.push_str(&format!("\u{1f}{note}\u{1f}{}", entry.section.join("\u{1f}")));
    }
    if attempt > 1 {
        name.push_str(&format!("\u{1f}{attempt}"));
    }
    EntryId(short_hash(&name))
}

/// Kind and term, or subjects, in one spelling.
pub(super) fn name(content: &Content) -> String {
    let kind = match content {
        Content::Fact { .. } => "fact", // a definition that becomes points is still the same card to the learner
        other => other.kind().name(),
    };
    let name = match content {
        Content::Comparison { subjects, .. } => {
            let mut keys: Vec<String> = subjects.iter().map(|subject| key(subject)).collect();
            keys.sort();
            keys.join("\u{1f}")
        }
        content => key(&content.label()),
    };
    format!("{kind}\u{1f}{name}")
}

/// 13 characters of base32, the first a letter, so that no YAML reader takes it for a number.
fn short_hash(text: &str) -> String {
    let hash = Sha1::digest(text.as_bytes());
    let mut id = BASE32_NOPAD.encode(&hash[..8]).to_ascii_lowercase();
    if let Some(digit) = id.chars().next().and_then(|c| c.to_digit(10)) {
        let letter = char::from(b'a' + u8::try_from(digit).unwrap_or(0));
        id.replace_range(..1, &letter.to_string());
    }
    id
}
