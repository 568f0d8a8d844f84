//! What the cheat sheet's template gets: the deck as JSON, each thing said once.

use serde_json::{Value, json};

use super::said::Said;
use super::{limits, nodes, pictures, table, words};
use crate::deck::{Content, Deck, Entry, FactKind, NoteDeck};
use crate::diagnostic::Diagnostic;
use crate::letter::key;
use crate::markup::{Block, Inline, parse, parse_inline, plain, plain_inline};
use crate::media::Media;

/// The data of a sheet: `{title, sections: [{title, name, note, items: […]}], index}`, for lines of `room` half-ems. An item is an
/// entry `{t: "entry", kind, n, term, alt, body}`, a sentence `{t: "cloze", body}`, a table (see [`table::tables`]) or
/// the name of a heading `{t: "group", title}`; text is a tree of nodes (see [`nodes`]). `n` is an entry's number in
/// the index, `[[letter, [[n, term]…]]…]`.
///
/// An item of a list that an entry of its own says already is left out, and so is a list of nothing else.
pub(super) fn data_for(deck: &Deck, room: f64, media: &Media, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let entries: Vec<(&NoteDeck, &Entry)> = deck.entries().collect();
    let taken = limits::taken(&entries, limits::MOST_ON_A_SHEET, diagnostics);
    let said = Said::of(&entries);
    let several = deck.notes.len() > 1;
    let mut sections: Vec<Section> = Vec::new();
    let mut terms: Vec<(usize, String)> = Vec::new();
    for (n, (note, entry)) in entries.into_iter().take(taken).enumerate() {
        let mut items = items(entry, n, &said, room);
        if items.is_empty() {
            continue;
        }
        terms.extend(indexed(&entry.content).into_iter().map(|term| (n, term)));
        items.iter_mut().for_each(|item| pictures::name(item, media.of_note(&note.note)));
        let title = top(deck, note, entry, several);
        let (note, name) = title
            .strip_prefix(&format!("{} · ", note.title))
            .map_or(("", title.as_str()), |name| (note.title.as_str(), name));
        let (note, name) = (note.to_owned(), words::kept(name).unwrap_or_else(|| name.to_owned()));
        put(&mut sections, Section { title, name, note, ..Section::default() }, entry, items);
    }
    let sections: Vec<Value> = sections.into_iter().map(Section::json).collect();
    json!({"title": deck.title, "sections": sections, "index": index(terms)})
}

/// The section that an entry stands in: its first heading, with its note's name where there are several.
pub(super) fn top(deck: &Deck, note: &NoteDeck, entry: &Entry, several: bool) -> String {
    match (entry.section.first(), several) {
        (Some(top), true) => format!("{} · {top}", note.title),
        (Some(top), false) => top.clone(),
        (None, true) => note.title.clone(),
        (None, false) => deck.title.clone(),
    }
}

#[derive(Default)]
struct Section {
    /// Its note's title, where there are several, and its own.
    title: String,
    note: String,
    /// With marks for where it may break.
    name: String,
    items: Vec<Value>,
    /// The headings that the last item stands under, and the term of the last entry.
    path: Vec<String>,
    term: String,
}

impl Section {
    fn json(self) -> Value {
        json!({"title": self.title, "name": self.name, "note": self.note, "items": self.items})
    }
}

/// Puts an entry's items under its section, with the name of a heading below it where that begins. A heading that the
/// entry right above is about needs no line of its own, nor does a table's title that the heading says.
fn put(sections: &mut Vec<Section>, section: Section, entry: &Entry, mut items: Vec<Value>) {
    if sections.last().is_none_or(|last| last.title != section.title) {
        sections.push(section);
    }
    let Some(section) = sections.last_mut() else { return };
    let path = entry.section.get(1..).unwrap_or_default();
    let deeper = path.len() > section.path.len() || path.iter().zip(&section.path).any(|(new, old)| new != old);
    if let Some(name) = path.last()
        && deeper
        && !key(name).starts_with(&section.term)
    {
        section.items.push(json!({"t": "group", "title": words::kept(name).unwrap_or_else(|| name.clone())}));
        if let Content::Comparison { subjects, .. } = &entry.content
            && subjects.iter().all(|subject| key(name).contains(&key(subject)))
        {
            items[0]["title"] = json!("");
        }
    }
    section.path = path.to_vec();
    section.term = match &entry.content {
        Content::Fact { term, .. } | Content::Expansion { term, .. } => key(term),
        _ => "\u{0}".to_owned(),
    };
    section.items.extend(items);
}

fn items(entry: &Entry, n: usize, said: &Said<'_>, room: f64) -> Vec<Value> {
    match &entry.content {
        Content::Fact { kind, term, answer, details } => {
            fact(*kind, n, term, answer, details.as_deref(), said).into_iter().collect()
        }
        Content::Expansion { term, .. } if said.long.contains_key(&key(term)) => Vec::new(),
        Content::Expansion { term, full } => {
            let body = nodes::stack(&parse(full), nodes::width(term) + 2);
            vec![json!({"t": "entry", "kind": "expansion", "n": n, "term": nodes::line(term), "alt": "", "body": body})]
        }
        Content::Comparison { subjects, rows } => {
            let mut tables = table::tables(subjects, rows, &subjects.join(" vs "), room);
            if let Some(first) = tables.first_mut() {
                first["n"] = json!(n);
            }
            tables
        }
        Content::Cloze { text } if said.items.contains(&key(text)) => Vec::new(),
        Content::Cloze { text } => vec![json!({"t": "cloze", "body": nodes::cloze(text)})],
    }
}

fn fact(kind: FactKind, n: usize, term: &str, answer: &str, details: Option<&str>, said: &Said<'_>) -> Option<Value> {
    let kind = match kind {
        FactKind::Definition => "definition",
        FactKind::Points => "points",
        FactKind::Cue => "cue",
    };
    let answer = parse(&nodes::cut(answer));
    // a table says it already
    let compared = details.is_none() && said.compared.contains(&format!("{}{}", key(term), key(&plain(&answer))));
    // of what a table compares, the table says it
    let names = if said.subjects.contains(&key(term)) { String::new() } else { names(&answer) };
    let mut body = without_said(answer, said);
    if compared || (body.is_empty() && names.is_empty()) {
        return None;
    }
    if body.is_empty() {
        body.push(Block::Paragraph(vec![Inline::Text(names)]));
    }
    let (alt, rest) = alt_and_rest(term, details, said);
    body.extend(without_said(parse(&nodes::cut(rest)), said));
    let wide = nodes::width(term) + nodes::width(&alt) + 3;
    let body = nodes::stack(&body, wide);
    let alt = words::kept(&alt).unwrap_or(alt);
    Some(json!({"t": "entry", "kind": kind, "n": n, "term": nodes::line(term), "alt": alt, "body": body}))
}

/// What stands small beside a term (its long form, or what details begin with in brackets), and the other details.
pub(super) fn alt_and_rest<'a>(term: &str, details: Option<&'a str>, said: &Said<'_>) -> (String, &'a str) {
    let long = said.long.get(&key(term)).map(|full| (*full).to_owned());
    let details = details.unwrap_or_default();
    match details.split_once('\n').unwrap_or((details, "")) {
        (first, rest) if first.starts_with('(') && first.ends_with(')') => {
            (long.unwrap_or_else(|| first.trim_matches(['(', ')']).to_owned()), rest)
        }
        _ => (long.unwrap_or_default(), details),
    }
}

/// Blocks without the list items, at any depth, that an entry of their own or a table says.
fn without_said(blocks: Vec<Block>, said: &Said<'_>) -> Vec<Block> {
    blocks.into_iter().filter_map(|block| unsaid(block, said)).collect()
}

/// The names of what an answer lists, on one line: what is left of a list whose items stand as entries of their own.
fn names(answer: &[Block]) -> String {
    let first = |item: &Vec<Block>| item.first().map(|block| plain(std::slice::from_ref(block)));
    let items = answer.iter().flat_map(|block| match block {
        Block::List { items, .. } => items.iter().filter_map(first).collect(),
        Block::Paragraph(inlines) => vec![plain_inline(inlines)],
        _ => Vec::new(),
    });
    let name = |text: String| {
        let end = [" : ", ": ", "：", " - ", " – ", " = ", " → "].iter().filter_map(|mark| text.find(mark)).min();
        text[..end.unwrap_or(text.len())].trim_end_matches([':', '：', ' ']).to_owned()
    };
    items.map(name).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn unsaid(block: Block, said: &Said<'_>) -> Option<Block> {
    match block {
        Block::List { start, items } => {
            let compared = |item: &[Block]| said.cells.contains(&key(&plain(item)));
            let kept = items.into_iter().filter(|item| !said.has(item) && !compared(item));
            let items: Vec<Vec<Block>> = kept.filter_map(|item| unsaid_item(item, said)).collect();
            (!items.is_empty()).then_some(Block::List { start, items })
        }
        Block::Paragraph(inlines) => {
            let block = Block::Paragraph(inlines);
            (!said.has(std::slice::from_ref(&block))).then_some(block)
        }
        other => Some(other),
    }
}

/// An item without what is said of the things below it; none if it only led to them.
fn unsaid_item(mut item: Vec<Block>, said: &Said<'_>) -> Option<Vec<Block>> {
    if item.len() < 2 {
        return Some(item);
    }
    let below = without_said(item.split_off(1), said);
    let only_led = below.is_empty() && plain(&item).trim_end().ends_with([':', '：']);
    item.extend(below);
    (!only_led).then_some(item)
}

/// What an entry is looked up by.
fn indexed(content: &Content) -> Vec<String> {
    let plain = |markdown: &str| plain_inline(&parse_inline(markdown));
    match content {
        Content::Fact { term, .. } | Content::Expansion { term, .. } => vec![plain(term)],
        Content::Comparison { subjects, .. } => {
            vec![subjects.iter().map(|it| plain(it)).collect::<Vec<_>>().join(" vs ")]
        }
        Content::Cloze { .. } => Vec::new(),
    }
}

/// Terms by their first letter: Latin, then Hangul by its initial consonant, then all else.
fn index(terms: Vec<(usize, String)>) -> Value {
    let mut sorted: Vec<((u8, String), String, usize, String)> =
        terms.into_iter().map(|(n, term)| (initial(&term), term.to_lowercase(), n, term)).collect();
    sorted.sort();
    let mut letters: Vec<(String, Vec<Value>)> = Vec::new();
    for ((_, letter), _, n, term) in sorted {
        match letters.last_mut() {
            Some((last, entries)) if *last == letter => entries.push(json!([n, term])),
            _ => letters.push((letter, vec![json!([n, term])])),
        }
    }
    json!(letters)
}

/// Under which letter a term stands, and where that letter stands among the others.
fn initial(term: &str) -> (u8, String) {
    const INITIALS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ',
        'ㅎ',
    ];
    match term.chars().find(|c| c.is_alphanumeric()) {
        Some(c @ '가'..='힣') => {
            let place = (u32::from(c) - u32::from('가')) / 588;
            (2, INITIALS.get(place as usize).copied().unwrap_or(c).to_string())
        }
        Some(c) if c.is_numeric() => (0, "0–9".to_owned()),
        Some(c) => (if c.is_ascii() { 1 } else { 3 }, c.to_uppercase().to_string()),
        None => (4, "#".to_owned()),
    }
}

/// The language most of the deck's letters are of, as BCP 47.
pub(super) fn language(deck: &Deck) -> &'static str {
    let (mut hangul, mut kana, mut han, mut latin) = (0usize, 0usize, 0usize, 0usize);
    for (_, entry) in deck.entries().take(500) {
        // a name may be all Han, or all Latin, in any of them: what is said of it tells more
        for c in entry.content.texts().into_iter().flat_map(|text| text.chars()) {
            match c {
                '가'..='힣' => hangul += 3,
                '\u{3040}'..='\u{30FF}' => kana += 3,
                '\u{4E00}'..='\u{9FFF}' => han += 2,
                _ if c.is_alphabetic() => latin += 1,
                _ => {}
            }
        }
    }
    match () {
        () if hangul * 2 >= latin && hangul >= han && hangul > 0 => "ko",
        () if kana > 0 && (kana + han) * 2 >= latin => "ja",
        () if han * 2 >= latin && han > 0 => "zh",
        () => "en",
    }
}
