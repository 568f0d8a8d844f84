//! Text to paste into Quizlet, and a CSV for spreadsheets and tools that read one.
//!
//! Quizlet takes pasted text: term and definition split by a tab, cards by a line break. It honours no quotes, and a
//! line break within a definition splits the card; so every card is one line with one tab and no markup.

use std::collections::{HashMap, HashSet};

use crate::deck::{Content, Deck, Entry, NoteDeck, Row};
use crate::error::{Error, Result};
use crate::letter::key;
use crate::markup::{parse, plain};

/// What hides a word of a sentence.
const GAP: &str = "____";
/// Stands for a gap while Markdown is parsed, which would take underscores for its own (a private-use character).
const PLACE: char = '\u{E000}';

/// One card: both sides without markup, on one line, neither of them empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Card {
    front: String,
    back: String,
    /// Where it comes from, told only where two cards have one front.
    place: String,
}

/// The paste-ready text: one line a card, UTF-8, no header.
pub fn text(deck: &Deck) -> Vec<u8> {
    let mut out = String::new();
    for card in cards(deck) {
        out.push_str(&format!("{}\t{}\n", card.front, card.back));
    }
    out.into_bytes()
}

/// RFC 4180 in UTF-8: two columns, term and definition, no header. A cell that a spreadsheet would take for a formula
/// (it starts with `=`, `+`, `-` or `@`) gets a space before it.
///
/// # Errors
/// If the csv crate cannot write to memory.
pub fn csv(deck: &Deck) -> Result<Vec<u8>> {
    let failed = |cause: &dyn std::fmt::Display| Error::new("cannot make the CSV").cause(cause);
    let mut writer =
        csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for card in cards(deck) {
        writer.write_record([no_formula(card.front), no_formula(card.back)]).map_err(|e| failed(&e))?;
    }
    writer.into_inner().map_err(|e| failed(&e))
}

fn no_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { format!(" {cell}") } else { cell }
}

fn cards(deck: &Deck) -> Vec<Card> {
    let defined: HashSet<String> = deck
        .entries()
        .filter_map(|(_, entry)| if let Content::Fact { term, .. } = &entry.content { Some(key(term)) } else { None })
        .collect();
    let mut cards = Vec::new();
    let mut long: HashMap<String, String> = HashMap::new();
    for (note, entry) in deck.entries() {
        match &entry.content {
            // Quizlet would ask one front for two answers: the long form goes before the definition
            Content::Expansion { term, full } if defined.contains(&key(term)) => {
                long.insert(key(term), flat(full));
            }
            _ => cards.extend(of_entry(note, entry)),
        }
    }
    for card in &mut cards {
        if let Some(full) = long.remove(&key(&card.front)) {
            card.back = format!("{full} / {}", card.back);
        }
    }
    cards.retain(|card| is_visible(&card.front) && is_visible(&card.back));
    let mut count: HashMap<String, usize> = HashMap::new();
    for card in &cards {
        *count.entry(card.front.clone()).or_default() += 1;
    }
    for card in &mut cards {
        if count.get(&card.front).is_some_and(|count| *count > 1) && !card.place.is_empty() {
            card.front = format!("{} ({})", card.front, card.place);
        }
    }
    numbered(cards)
}

/// Cards of one front are told apart by a number where the place did not do it; what is said twice stands once.
fn numbered(cards: Vec<Card>) -> Vec<Card> {
    let mut seen: HashSet<Card> = HashSet::new();
    let mut count: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::new();
    for mut card in cards {
        if !seen.insert(card.clone()) {
            continue;
        }
        let number = count.entry(card.front.clone()).or_default();
        *number += 1;
        if *number > 1 {
            card.front = format!("{} [{number}]", card.front);
        }
        out.push(card);
    }
    out
}

/// Whether a reader sees anything: marks without width alone are nothing.
fn is_visible(side: &str) -> bool {
    side.chars()
        .any(|c| !c.is_whitespace() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'))
}

fn of_entry(note: &NoteDeck, entry: &Entry) -> Vec<Card> {
    let place = flat(entry.section.last().unwrap_or(&note.title));
    let card = |front: String, back: String| Card { front, back, place: place.clone() };
    match &entry.content {
        Content::Fact { term, answer, .. } => vec![card(flat(term), flat(answer))],
        Content::Expansion { term, full } => vec![card(flat(term), flat(full))],
        Content::Cloze { text } => {
            let (question, answer) = gaps(text);
            vec![card(flat(&question).replace(PLACE, GAP), flat(&answer))]
        }
        Content::Comparison { subjects, rows } => {
            compared(subjects, rows).map(|(front, back)| card(front, back)).collect()
        }
    }
}

/// Front and back of each attribute; rows without one make a card together.
fn compared<'a>(subjects: &'a [String], rows: &'a [Row]) -> impl Iterator<Item = (String, String)> + use<'a> {
    let name = subjects.iter().map(|subject| flat(subject)).collect::<Vec<_>>().join(" vs ");
    let told = |rows: &[&Row]| {
        let of = |i: usize| {
            rows.iter()
                .filter_map(|row| row.cells.get(i))
                .map(|cell| flat(cell))
                .filter(|cell| is_visible(cell))
                .collect::<Vec<_>>()
                .join("; ")
        };
        let sides =
            subjects.iter().enumerate().map(|(i, subject)| (flat(subject), of(i))).filter(|(_, said)| !said.is_empty());
        sides.map(|(subject, said)| format!("{subject}: {said}")).collect::<Vec<_>>().join(" / ")
    };
    let (named, bare): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !row.aspect.trim().is_empty());
    let mut cards: Vec<(String, String)> =
        named.iter().map(|row| (format!("{name}: {}", flat(&row.aspect)), told(&[row]))).collect();
    cards.push((name, told(&bare)));
    cards.into_iter()
}

/// A cloze's sentence with its words hidden, and the words.
fn gaps(text: &str) -> (String, String) {
    let mut question = String::new();
    let mut hidden = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inner, after)) = after.split_once("}}") else { break };
        question.push_str(before);
        question.push(PLACE);
        hidden.push(inner);
        rest = after;
    }
    question.push_str(rest);
    (question, hidden.join(", "))
}

/// Markdown as one line of plain text. Bullets stay, and tell where an item begins.
fn flat(markdown: &str) -> String {
    let text = plain(&parse(markdown));
    let mut out = String::new();
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}']) {
        let line = line.split_whitespace().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let line: String = line.chars().filter(|c| !c.is_control()).collect();
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if starts_item(&line) { " " } else { " / " });
        }
        out.push_str(&line);
    }
    out
}

fn starts_item(line: &str) -> bool {
    line.starts_with("• ")
        || line
            .split_once(". ")
            .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
