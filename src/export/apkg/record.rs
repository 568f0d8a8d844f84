//! What an entry becomes in Anki: notes of our note types, their fields and their cards.
//!
//! An entry's own note has the entry's id as its guid. Notes made besides add a suffix to it.

mod choice;
mod comparison;
mod expansion;
mod fact;

use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use super::labels::Language;
use super::note_type::NoteType;
use super::{hidden, html_text, names};
use crate::deck::{Content, Entry, NoteDeck};
use crate::export::siblings::WRONG;
use crate::markup::{Block, Inline, Pictures, escape, html, html_inline};
use crate::media::Media;

/// `mod` of an entry that does not say when it changed: older than any date, so that the first date wins.
const NEVER_CHANGED: i64 = 1;

/// The last second SQLite and Anki both write as a date.
const LAST_SECOND: i64 = 253_402_300_799;

/// What the guids of notes that are made besides an entry's own end in. An id has no `-`.
pub(super) const CHOICE: &str = "-choice";
pub(super) const TABLE: &str = "-table";
/// All of these.
pub const SUFFIXES: [&str; 2] = [TABLE, CHOICE];

/// Which cards entries give: `cards:` in amgi.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardOptions {
    /// Ask terms for their answers.
    pub forward: bool,
    /// Ask answers for their terms; only those short enough when unset.
    pub reverse: Option<bool>,
    /// Ask by four answers to choose from, where the notes have as many alike.
    pub choice: bool,
    /// Ask for a comparison as a whole, besides row by row.
    pub table: bool,
    /// Have short forms, long forms and terms typed in.
    pub type_in: bool,
    /// Sections below the title that become decks of their own; what is deeper shares its parent's deck.
    pub deck_depth: usize,
}

impl Default for CardOptions {
    fn default() -> Self {
        CardOptions { forward: true, reverse: None, choice: true, table: true, type_in: false, deck_depth: 4 }
    }
}

/// One Anki note.
pub(super) struct Record {
    pub(super) guid: String,
    pub(super) note_type: NoteType,
    /// Seconds since 1970: Anki's `mod`.
    pub(super) changed: i64,
    /// The deck's name, part by part.
    pub(super) deck: Vec<String>,
    /// As the table holds them.
    pub(super) tags: String,
    /// HTML, one for each field of the note type, without the separator.
    pub(super) fields: Vec<String>,
    /// Which cards there are: 0-based places of a template, or one less than a cloze's number.
    pub(super) cards: Vec<usize>,
}

impl Record {
    /// Name and HTML of the fields that hold what stands in the entry; what follows is worded around it.
    pub(super) fn own_words(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = self.note_type.fields().iter().copied();
        names.zip(self.fields.iter().map(String::as_str)).take(self.note_type.own_words())
    }
}

/// What all records of a package are made with.
#[derive(Clone, Copy)]
pub(super) struct Recorder<'a> {
    /// The top deck.
    pub(super) title: &'a str,
    pub(super) options: &'a CardOptions,
    pub(super) media: &'a Media,
}

impl Recorder<'_> {
    /// The Anki note of an entry; none where nothing could be asked or answered.
    pub(super) fn own(&self, note: &NoteDeck, entry: &Entry) -> Option<Record> {
        let context = self.context(note, entry);
        let made = match &entry.content {
            Content::Fact { kind, term, answer, details } => {
                let asked = fact::Asked {
                    forward: entry.forward.unwrap_or(self.options.forward),
                    reverse: entry.reverse.or(self.options.reverse),
                };
                context.fact(*kind, term, answer, details.as_deref(), asked)?
            }
            Content::Expansion { term, full } => context.expansion(term, full)?,
            Content::Comparison { subjects, rows } => context.rows(subjects, rows)?,
            Content::Cloze { text } => context.sentence(text)?,
        };
        Some(self.record(entry, "", made))
    }

    /// The note that asks for a whole comparison, where it is small enough to be remembered.
    pub(super) fn table(&self, note: &NoteDeck, entry: &Entry) -> Option<Record> {
        let Content::Comparison { subjects, rows } = &entry.content else { return None };
        let made = self.options.table.then(|| self.context(note, entry).whole_table(subjects, rows))??;
        Some(self.record(entry, TABLE, made))
    }

    /// The note that asks an entry's answer by choosing it among `wrong` ones (Markdown).
    pub(super) fn choice(&self, note: &NoteDeck, entry: &Entry, wrong: &[&str; WRONG]) -> Option<Record> {
        let Content::Fact { kind, term, answer, details } = &entry.content else { return None };
        let made = self.context(note, entry).choice(*kind, term, answer, details.as_deref(), wrong)?;
        Some(self.record(entry, CHOICE, made))
    }

    fn record(&self, entry: &Entry, suffix: &str, (note_type, fields, cards): Made) -> Record {
        let mut fields: Vec<String> = fields.iter().map(|field| clean(field)).collect();
        fields.resize(note_type.fields().len(), String::new());
        Record {
            guid: clean(&entry.id.0) + suffix,
            note_type,
            changed: entry.changed.map_or(NEVER_CHANGED, |t| t.0.clamp(NEVER_CHANGED, LAST_SECOND)),
            deck: names::deck_parts(self.title, &entry.section, self.options.deck_depth),
            tags: names::tags(&entry.tags, entry.content.kind(), &entry.section),
            fields,
            cards,
        }
    }

    fn context<'a>(&'a self, note: &NoteDeck, entry: &'a Entry) -> Context<'a> {
        let label = entry.content.label();
        let answer = match &entry.content {
            Content::Fact { answer, .. } => answer.as_str(),
            Content::Expansion { full, .. } => full.as_str(),
            Content::Comparison { .. } | Content::Cloze { .. } => "",
        };
        let around = entry.section.iter().map(String::as_str).chain([note.title.as_str()]);
        let hue = super::collection::hash(&entry.section.join("\n")) % 12;
        Context {
            id: &entry.id.0,
            language: Language::of([label.as_str(), answer].into_iter().chain(around)),
            section: &entry.section,
            note: hidden::inert(&escape(&note.title)),
            hue: format!("h{hue}"),
            pictures: self.media.of_note(&note.note),
            type_in: self.options.type_in,
        }
    }
}

/// Note type, fields and cards.
type Made = (NoteType, Vec<String>, Vec<usize>);

/// What every card of an entry shows around its content.
struct Context<'a> {
    id: &'a str,
    language: Language,
    section: &'a [String],
    /// The note's title as HTML.
    note: String,
    /// Class of the section's colour.
    hue: String,
    pictures: &'a Pictures,
    type_in: bool,
}

impl Context<'_> {
    fn html(&self, blocks: &[Block]) -> String {
        html(blocks, self.pictures)
    }

    fn html_inline(&self, inlines: &[Inline]) -> String {
        html_inline(inlines, self.pictures)
    }

    /// The headings above, the nearest last; those that give away `secret` (plain text) are left out.
    fn path(&self, secret: &str) -> String {
        let secret = secret.trim().to_lowercase();
        let tells = |heading: &str| secret.chars().count() > 1 && heading.to_lowercase().contains(&secret);
        let crumbs: Vec<String> = self
            .section
            .iter()
            .map(|heading| heading.trim())
            .filter(|heading| !heading.is_empty() && !tells(heading))
            .map(|heading| hidden::inert(&escape(heading)))
            .collect();
        match crumbs.split_last() {
            None => String::new(),
            Some((last, [])) => format!("<b>{last}</b>"),
            Some((last, above)) => format!("{}<i>›</i><b>{last}</b>", above.join("<i>›</i>")),
        }
    }

    fn sentence(&self, text: &str) -> Option<Made> {
        let (sentence, cards) = hidden::sentence(text, self.pictures);
        let fields = vec![
            sentence,
            String::new(),
            self.path(""),
            self.note.clone(),
            self.language.ask_hidden().to_owned(),
            self.hue.clone(),
        ];
        (cards > 0).then(|| (NoteType::Cloze, fields, (0..cards).collect()))
    }

    /// Classes of a card: the section's colour, and a smaller size for a term too long to be set large.
    fn look(&self, term: &str) -> String {
        let size = match term.width() {
            0..=24 => "",
            25..=60 => " long",
            _ => " longer",
        };
        format!("{}{size}", self.hue)
    }
}

fn is_blank(html: &str) -> bool {
    html_text(html).trim().is_empty()
}

/// Without the character that parts fields and the one that ends strings, and with what Anki would read as a sound, a
/// voice or LaTeX to be set written so that it is text.
fn clean(field: &str) -> String {
    let mut out = field.replace(['\u{1f}', '\0'], "");
    for tag in ["[sound:", "[anki:", "[latex]", "[$]", "[$$]"] {
        if out.contains(tag) {
            out = out.replace(tag, &tag.replacen('[', "&#91;", 1));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anki_would_play_or_set_is_text() {
        assert_eq!(clean("a\u{1f}b\0[sound:x.mp3][$]y[/$]"), "ab&#91;sound:x.mp3]&#91;$]y[/$]");
    }
}
