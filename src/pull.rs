//! What was changed in Anki: reads a package that Anki exported, and puts our entries' edits into the deck.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use rusqlite::{Connection, OpenFlags};
use zip::ZipArchive;

use crate::deck::fingerprint::{self, Fingerprint};
use crate::deck::{Content, Deck, Entry, EntryId, Timestamp};
use crate::error::{Error, Result};
use crate::export::{AnkiFields, OWN_TAGS, SUFFIXES, anki_fields};
use crate::media::Media;

/// Collections above this size (bytes) are not read.
const MAX_COLLECTION: u64 = 1 << 30;
/// What stands between the fields of a note in Anki's database.
const FIELD_SEPARATOR: char = '\u{1f}';
/// Tags that Anki itself gives.
const ANKIS_OWN_TAGS: [&str; 2] = ["leech", "marked"];
/// The collections a package may hold, the newest format first: Anki ships an empty one of the old format beside it.
const COLLECTIONS: [&str; 3] = ["collection.anki21b", "collection.anki21", "collection.anki2"];

/// A note as Anki has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnkiNote {
    /// Seconds since 1970.
    pub modified: i64,
    pub tags: Vec<String>,
    /// HTML.
    pub fields: Vec<String>,
}

/// The notes of a package, by guid. `.apkg` and `.colpkg`, of the old format and the one compressed with zstd.
///
/// # Errors
/// If it is no such package, damaged, or too large.
pub fn notes(package: impl Read + Seek) -> Result<BTreeMap<String, AnkiNote>> {
    let broken = |cause: &dyn std::fmt::Display| {
        Error::new("this is no package that Anki exported, or it is damaged")
            .cause(cause)
            .hint("in Anki: File > Export, as .apkg or .colpkg")
    };
    let mut archive = ZipArchive::new(package).map_err(|e| broken(&e))?;
    let name = COLLECTIONS
        .into_iter()
        .find(|name| archive.index_for_name(name).is_some())
        .ok_or_else(|| broken(&"it holds no collection"))?;
    let mut file = tempfile::NamedTempFile::new().map_err(|e| Error::new("cannot make a temporary file").cause(e))?;
    let packed = archive.by_name(name).map_err(|e| broken(&e))?;
    let copied = match name.ends_with('b') {
        true => {
            let plain = zstd::Decoder::new(packed).map_err(|e| broken(&e))?;
            std::io::copy(&mut plain.take(MAX_COLLECTION), &mut file)
        }
        false => std::io::copy(&mut packed.take(MAX_COLLECTION), &mut file),
    };
    if copied.map_err(|e| broken(&e))? == MAX_COLLECTION {
        return Err(Error::new("this package's collection is over 1 GB").hint("export the deck alone"));
    }
    rows(file.path()).map_err(|e| broken(&e))
}

fn rows(file: &std::path::Path) -> rusqlite::Result<BTreeMap<String, AnkiNote>> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // a stranger's schema runs nothing
    db.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    let mut query = db.prepare("SELECT guid, mod, tags, flds FROM notes")?;
    let rows = query.query_map([], |row| {
        let (guid, modified, tags, fields): (String, i64, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let tags = tags.split_whitespace().map(str::to_owned).collect();
        let fields = fields.split(FIELD_SEPARATOR).map(str::to_owned).collect();
        Ok((guid, AnkiNote { modified, tags, fields }))
    })?;
    rows.collect()
}

/// What a pull does to one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    pub id: EntryId,
    pub label: String,
    pub what: What,
}

/// The ways an entry can differ in Anki.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A part of it reads otherwise; Markdown.
    Edited {
        part: &'static str,
        from: String,
        to: String,
    },
    Tagged {
        from: Vec<String>,
        to: Vec<String>,
    },
    /// Deleted in Anki: dropped here.
    Deleted,
    /// Edited in a part that is made from others, as a comparison's table is.
    NotTaken,
}

/// Puts what was changed in Anki into the deck, as a person's edits; tells all of it. Notes of others are passed over.
pub fn pull(deck: &mut Deck, anki: &BTreeMap<String, AnkiNote>, media: &Media) -> Vec<Pulled> {
    let mut out = Vec::new();
    let title = deck.title.clone();
    let ours = |entry: &Entry| anki.contains_key(&entry.id.0);
    if !deck.notes.iter().flat_map(|note| &note.entries).any(ours) {
        return out; // the package is of another deck: nothing was deleted
    }
    // a package may be of one deck among several: what it has nothing of was not deleted
    let sections: BTreeSet<Vec<String>> = deck
        .notes
        .iter()
        .flat_map(|note| &note.entries)
        .filter(|entry| ours(entry))
        .map(|entry| entry.section.clone())
        .collect();
    let newest = anki.values().map(|note| note.modified).max().unwrap_or(0);
    for note in &mut deck.notes {
        let fields: Vec<Option<AnkiFields>> =
            note.entries.iter().map(|entry| anki_fields(&title, note, entry, media)).collect();
        for (entry, fields) in note.entries.iter_mut().zip(fields) {
            if entry.drop {
                continue;
            }
            let Some(fields) = fields else { continue };
            if made_besides(entry, anki) {
                out.push(Pulled { id: entry.id.clone(), label: entry.content.label(), what: What::NotTaken });
            }
            match anki.get(&entry.id.0) {
                Some(there) => edited(entry, &fields, there, &mut out),
                // an entry newer than anything there was never imported
                None if sections.contains(&entry.section)
                    && entry.changed.is_none_or(|changed| changed.0 <= newest) =>
                {
                    entry.drop = true;
                    out.push(Pulled { id: entry.id.clone(), label: entry.content.label(), what: What::Deleted });
                }
                None => {}
            }
        }
    }
    out
}

/// Whether a note that is made of an entry besides its own was edited in Anki.
fn made_besides(entry: &Entry, anki: &BTreeMap<String, AnkiNote>) -> bool {
    let notes = SUFFIXES.iter().filter_map(|suffix| anki.get(&format!("{}{suffix}", entry.id.0)));
    let mut edited = notes.filter(|there| entry.changed.is_some_and(|changed| there.modified > changed.0));
    edited.any(|there| !there.tags.iter().any(|tag| ANKIS_OWN_TAGS.contains(&tag.as_str())))
}

/// Takes over what differs, if Anki's note was edited after ours was made.
fn edited(entry: &mut Entry, fields: &AnkiFields, there: &AnkiNote, out: &mut Vec<Pulled>) {
    if entry.changed.is_some_and(|changed| there.modified <= changed.0) {
        return;
    }
    let label = entry.content.label();
    let mut tell = |what| out.push(Pulled { id: entry.id.clone(), label: label.clone(), what });
    let mut any = false;
    for (at, (ours, theirs)) in fields.html.iter().zip(&there.fields).enumerate() {
        if ours == theirs || markdown(ours) == markdown(theirs) {
            continue;
        }
        let to = match entry.content {
            Content::Cloze { .. } => without_numbers(&markdown(theirs)),
            _ => markdown(theirs),
        };
        match replaced(&mut entry.content, at, &to) {
            Some((part, from)) => {
                tell(What::Edited { part, from, to });
                any = true;
            }
            None => tell(What::NotTaken),
        }
    }
    let learners = |tag: &&str| !ANKIS_OWN_TAGS.contains(tag) && !tag.starts_with(OWN_TAGS);
    let own: BTreeSet<&str> = fields.tags.split_whitespace().filter(learners).collect();
    let theirs: BTreeSet<&str> = there.tags.iter().map(String::as_str).filter(learners).collect();
    if own != theirs {
        let from = std::mem::replace(&mut entry.tags, theirs.iter().map(|tag| (*tag).to_owned()).collect());
        tell(What::Tagged { from, to: entry.tags.clone() });
    }
    if any {
        // as in Anki: the next import finds nothing newer
        entry.changed = Some(Timestamp(there.modified));
        let was = entry.fingerprint.clone().unwrap_or_default();
        entry.fingerprint = Some(Fingerprint { written: Some(fingerprint::content(&entry.content)), ..was });
    }
}

/// Puts Markdown where a field of the entry's note type comes from, by the field's place; the part's name, and what
/// stood there. Only details may become empty.
fn replaced(content: &mut Content, at: usize, to: &str) -> Option<(&'static str, String)> {
    if let (Content::Fact { details, .. }, 2) = (&mut *content, at) {
        let to = (!to.is_empty()).then(|| to.to_owned());
        return Some(("details", std::mem::replace(details, to).unwrap_or_default()));
    }
    let (part, text) = match (content, at) {
        (Content::Fact { term, .. } | Content::Expansion { term, .. }, 0) => ("term", term),
        (Content::Fact { answer, .. }, 1) => ("answer", answer),
        (Content::Expansion { full, .. }, 1) => ("full", full),
        (Content::Cloze { text }, 0) => ("text", text),
        _ => return None,
    };
    (!to.is_empty()).then(|| (part, std::mem::replace(text, to.to_owned())))
}

/// Anki's `{{c1::hidden::hint}}` as `{{hidden}}`.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{c") {
        let (before, cloze) = rest.split_at(at);
        let digits = cloze[3..].bytes().take_while(u8::is_ascii_digit).count();
        let inner = cloze[3 + digits..].strip_prefix("::").and_then(|inner| inner.split_once("}}"));
        let Some((inner, after)) = inner else { break };
        out.push_str(before);
        out.push_str(&format!("{{{{{}}}}}", inner.split("::").next().unwrap_or_default()));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// HTML whose pictures have the addresses that the note has them by.
fn with_addresses(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut parts = html.split("<img ");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let address = tag.split_once("data-src=\"").and_then(|(_, rest)| rest.split_once('"'));
        let own = tag.split_once("src=\"amgi-").and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
        match (address, own) {
            (Some((address, _)), Some((before, after))) => {
                out.push_str(&format!("<img {before}src=\"{}\"{after}>{rest}", address.replace(' ', "%20")));
            }
            _ => out.push_str(&format!("<img {tag}>{rest}")),
        }
    }
    out
}

/// The Markdown of a field; empty where there is none.
fn markdown(html: &str) -> String {
    let html = with_addresses(html);
    let options = htmd::options::Options {
        bullet_list_marker: htmd::options::BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..htmd::options::Options::default()
    };
    let converter = htmd::HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style"]).build();
    converter.convert(&html).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_of_what_is_made_besides_is_told() {
        let content = Content::Comparison { subjects: vec!["a".to_owned(), "b".to_owned()], rows: Vec::new() };
        let entry = Entry { changed: Some(Timestamp(10)), ..Entry::new(EntryId("k1".to_owned()), content) };
        let anki = |modified, tag: &str| {
            let note = AnkiNote { modified, tags: vec![tag.to_owned()], fields: Vec::new() };
            BTreeMap::from([("k1-table".to_owned(), note)])
        };
        assert!(made_besides(&entry, &anki(11, "mine")));
        assert!(!made_besides(&entry, &anki(10, "mine")) && !made_besides(&entry, &anki(11, "leech")));
    }

    #[test]
    fn clozes_lose_their_numbers_and_hints() {
        assert_eq!(without_numbers("the {{c1::bow}} is {{c12::in front::where}}"), "the {{bow}} is {{in front}}");
        assert_eq!(without_numbers("{{c1:: open"), "{{c1:: open");
        assert_eq!(without_numbers("plain {{x}}"), "plain {{x}}");
    }
}
