//! What an entry becomes in Anki: one note of one note type, its fields and its cards.

use unicode_width::UnicodeWidthStr;

use super::labels::Language;
use super::note_type::NoteType;
use super::{comparison, hidden, html_text, names};
use crate::deck::{Content, Entry, FactKind, NoteDeck, Row};
use crate::markup::{Block, Inline, escape, html, html_inline, parse, parse_inline, plain, plain_inline};

/// `mod` of an entry that does not say when it changed: older than any date, so that the first date wins.
const NEVER_CHANGED: i64 = 1;

/// The last second SQLite and Anki both write as a date.
const LAST_SECOND: i64 = 253_402_300_799;

/// An answer up to this many characters is asked for its term as well.
const REVERSIBLE: usize = 120;

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

/// The Anki note of an entry; none where nothing could be asked or answered.
pub(super) fn record(title: &str, note: &NoteDeck, entry: &Entry) -> Option<Record> {
    let context = Context::new(note, entry);
    let (note_type, fields, cards) = match &entry.content {
        Content::Fact { kind, term, answer, details } => {
            context.fact(*kind, term, answer, details.as_deref(), entry.reverse)?
        }
        Content::Expansion { term, full } => context.expansion(term, full)?,
        Content::Comparison { subjects, rows } => context.comparison(subjects, rows)?,
        Content::Cloze { text } => context.sentence(text)?,
    };
    let mut fields: Vec<String> = fields.iter().map(|field| clean(field)).collect();
    fields.resize(note_type.fields().len(), String::new());
    Some(Record {
        guid: clean(&entry.id.0),
        note_type,
        changed: entry.changed.map_or(NEVER_CHANGED, |t| t.0.clamp(NEVER_CHANGED, LAST_SECOND)),
        deck: names::deck_parts(title, &entry.section),
        tags: names::tags(&entry.tags),
        fields,
        cards,
    })
}

type Made = (NoteType, Vec<String>, Vec<usize>);

/// What every card of an entry shows around its content.
struct Context<'a> {
    language: Language,
    section: &'a [String],
    /// The note's title as HTML.
    note: String,
    /// Class of the section's colour.
    hue: String,
}

impl<'a> Context<'a> {
    fn new(note: &'a NoteDeck, entry: &'a Entry) -> Self {
        let label = entry.content.label();
        let answer = match &entry.content {
            Content::Fact { answer, .. } => answer.as_str(),
            Content::Expansion { full, .. } => full.as_str(),
            Content::Comparison { .. } | Content::Cloze { .. } => "",
        };
        let around = entry.section.iter().map(String::as_str).chain([note.title.as_str()]);
        let hue = super::collection::hash(&entry.section.join("\n")) % 12;
        Context {
            language: Language::of([label.as_str(), answer].into_iter().chain(around)),
            section: &entry.section,
            note: hidden::inert(&escape(&note.title)),
            hue: format!("h{hue}"),
        }
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

    fn fact(
        &self,
        kind: FactKind,
        term: &str,
        answer: &str,
        details: Option<&str>,
        reverse: Option<bool>,
    ) -> Option<Made> {
        let (term_inlines, answer_blocks) = (parse_inline(term), parse(answer));
        let (term_html, answer_html) = (html_inline(&term_inlines), html(&answer_blocks));
        let details_html = details.map(|text| html(&parse(text))).unwrap_or_default();
        if is_blank(&term_html) || (is_blank(&answer_html) && is_blank(&details_html)) {
            return None;
        }
        let (term_text, answer_text) = (plain_inline(&term_inlines), plain(&answer_blocks));
        let by_length = kind == FactKind::Definition && is_reversible(&term_text, &answer_blocks, &answer_text);
        let reverse = reverse.unwrap_or(by_length) && !is_blank(&answer_html);
        let fields = vec![
            term_html,
            answer_html,
            details_html,
            match kind {
                FactKind::Definition => "definition",
                FactKind::Points => "points",
                FactKind::Cue => "cue",
            }
            .to_owned(),
            self.path(&answer_text),
            self.note.clone(),
            self.ask(kind, &term_text, &answer_blocks),
            if reverse { self.language.ask_term(kind).to_owned() } else { String::new() },
            if reverse { self.path(&term_text) } else { String::new() },
            self.look(&term_text),
            if details.is_some() { self.language.more().to_owned() } else { String::new() },
        ];
        Some((NoteType::Definition, fields, if reverse { vec![0, 1] } else { vec![0] }))
    }

    fn expansion(&self, short: &str, full: &str) -> Option<Made> {
        let (short_inlines, full_inlines) = (parse_inline(short), parse_inline(full));
        let (short_html, full_html) = (html_inline(&short_inlines), html_inline(&full_inlines));
        if is_blank(&short_html) || is_blank(&full_html) {
            return None;
        }
        let (short_text, full_text) = (plain_inline(&short_inlines), plain_inline(&full_inlines));
        let initials = match full_inlines.as_slice() {
            [Inline::Text(full)] => mark_initials(&short_text, full),
            _ => None,
        };
        let fields = vec![
            short_html,
            full_html.clone(),
            initials.unwrap_or(full_html),
            String::new(),
            self.path(&full_text),
            self.note.clone(),
            self.language.ask_long().to_owned(),
            self.language.ask_short().to_owned(),
            self.path(&short_text),
            self.look(&short_text),
        ];
        Some((NoteType::Expansion, fields, vec![0, 1]))
    }

    fn comparison(&self, subjects: &[String], rows: &[Row]) -> Option<Made> {
        let (table, numbers) = comparison::table(subjects, rows);
        let names: Vec<String> = subjects.iter().map(|subject| html_inline(&parse_inline(subject))).collect();
        if numbers.is_empty() || names.iter().all(|name| is_blank(name)) {
            return None;
        }
        let fields = vec![
            hidden::inert(&names.join(" vs ")),
            table,
            String::new(),
            self.path(""),
            self.note.clone(),
            self.language.ask_row().to_owned(),
            self.hue.clone(),
        ];
        Some((NoteType::Comparison, fields, numbers.iter().map(|number| number - 1).collect()))
    }

    fn sentence(&self, text: &str) -> Option<Made> {
        let (sentence, cards) = hidden::sentence(text);
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

    /// What stands above a term.
    fn ask(&self, kind: FactKind, term: &str, answer: &[Block]) -> String {
        match kind {
            FactKind::Definition if term.trim_end().ends_with(['?', '？']) => self.language.ask_question().to_owned(),
            _ => self.language.ask_answer(kind, count_points(answer)),
        }
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

/// How many things an answer names: the items of its lists, else its paragraphs.
fn count_points(blocks: &[Block]) -> usize {
    let items: usize = blocks
        .iter()
        .map(|block| match block {
            Block::List { items, .. } => items.len(),
            _ => 0,
        })
        .sum();
    if items > 0 { items } else { blocks.len() }
}

/// Whether an answer leads back to its term: short, one paragraph, and not naming it.
fn is_reversible(term: &str, answer: &[Block], text: &str) -> bool {
    let [Block::Paragraph(inlines)] = answer else { return false };
    let term = term.trim().to_lowercase();
    text.chars().count() <= REVERSIBLE && !inlines.contains(&Inline::Break) && !text.to_lowercase().contains(&term)
}

/// The long form with the letters set off that spell the short one: the first letters of its words, in order, a digit
/// counting how often its letter stands (`EC2`). None where they do not spell it.
fn mark_initials(short: &str, full: &str) -> Option<String> {
    let mut letters: Vec<char> = Vec::new();
    for c in short.chars() {
        match (c.to_digit(10), letters.last().copied()) {
            (Some(times @ 2..=9), Some(letter)) => letters.extend((1..times).map(|_| letter)),
            _ => letters.extend(c.is_alphanumeric().then_some(c)),
        }
    }
    let mut out = String::new();
    let mut letters = letters.into_iter().peekable();
    let mut within = false;
    for c in full.chars() {
        let shown = hidden::inert(&escape(&c.to_string()));
        let starts = c.is_alphanumeric() && !within;
        let spelled = starts && letters.next_if(|letter| letter.to_lowercase().eq(c.to_lowercase())).is_some();
        if spelled {
            out.push_str(&format!("<b>{shown}</b>"));
        } else {
            out.push_str(&shown);
        }
        within = c.is_alphanumeric();
    }
    letters.peek().is_none().then_some(out)
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
    fn initials_are_marked_where_they_spell_the_short_form() {
        assert_eq!(
            mark_initials("TC2", "Tidal Current Chart").as_deref(),
            Some("<b>T</b>idal <b>C</b>urrent <b>C</b>hart")
        );
        assert_eq!(
            mark_initials("VoIP", "voice over Internet Protocol").as_deref(),
            Some("<b>v</b>oice <b>o</b>ver <b>I</b>nternet <b>P</b>rotocol")
        );
        assert_eq!(mark_initials("XML", "Extensible Markup Language"), None);
    }

    #[test]
    fn an_answer_is_reversed_only_where_it_leads_back() {
        let reversible = |term: &str, answer: &str| {
            let blocks = parse(answer);
            is_reversible(term, &blocks, &plain(&blocks))
        };
        assert!(reversible("On Demand", "시간 단위로 요금을 지불하는 방식"));
        assert!(!reversible("On Demand", "on demand means by the hour"));
        assert!(!reversible("a", "- x\n- y"));
        assert!(!reversible("Spot", &"긴 ".repeat(90)));
    }

    #[test]
    fn what_anki_would_play_or_set_is_text() {
        assert_eq!(clean("a\u{1f}b\0[sound:x.mp3][$]y[/$]"), "ab&#91;sound:x.mp3]&#91;$]y[/$]");
    }
}
