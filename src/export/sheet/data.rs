//! What a sheet's template gets: the deck as JSON, each thing said once.

use serde_json::{Value, json};

use super::said::Said;
use crate::deck::{Content, Deck, Entry, FactKind, NoteDeck};
use crate::diagnostic::Diagnostic;
use crate::extract::term::key;
use crate::markup::{Block, Inline, parse, parse_inline, plain, plain_inline};
use unicode_width::UnicodeWidthStr as _;

/// At most this many entries stand on a sheet.
const MAX_ENTRIES: usize = 5_000;
/// At most this many characters: three times as many took 75 s and 2.5 GB to set.
const MAX_CHARACTERS: usize = 3_000_000;
/// A longer answer (characters) is cut on a sheet; it is whole in the other outputs.
const MAX_ANSWER: usize = 2_000;
/// A comparison of more subjects is turned: one row a subject.
const MAX_COLUMNS: usize = 4;
/// Markup nested deeper is set as the text it holds: Typst's calls have an end.
const MAX_DEPTH: usize = 8;

/// The data of a sheet: `{title, sections: [{title, items: […]}]}`. An item is an entry
/// `{t: "entry", kind, term, alt, body}`, a sentence `{t: "cloze", body}`, a table `{t: "table", title, head, rows}` or
/// the name of a heading `{t: "group", title}`; text is a tree of nodes `{t, …}`, whose `w` is a width in half-ems.
///
/// An item of a list that an entry of its own says already is left out, and so is a list of nothing else.
pub fn data(deck: &Deck, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let entries: Vec<(&NoteDeck, &Entry)> = deck.entries().collect();
    let taken = taken(&entries);
    report_limits(&entries, taken, diagnostics);
    let said = Said::of(&entries);
    let several = deck.notes.len() > 1;
    let mut sections: Vec<Section> = Vec::new();
    for (note, entry) in entries.into_iter().take(taken) {
        let Some(item) = item(entry, &said) else { continue };
        let top = match (entry.section.first(), several) {
            (Some(top), true) => format!("{} · {top}", note.title),
            (Some(top), false) => top.clone(),
            (None, true) => note.title.clone(),
            (None, false) => deck.title.clone(),
        };
        put(&mut sections, top, entry, item);
    }
    let sections: Vec<Value> =
        sections.into_iter().map(|section| json!({"title": section.title, "items": section.items})).collect();
    json!({"title": deck.title, "sections": sections})
}

struct Section {
    title: String,
    items: Vec<Value>,
    /// The headings that the last item stands under, and the term of the last entry.
    path: Vec<String>,
    term: String,
}

/// Puts an item under its section, with the name of a heading below it where that begins. A heading that the entry
/// right above is about needs no line of its own.
fn put(sections: &mut Vec<Section>, title: String, entry: &Entry, item: Value) {
    if sections.last().is_none_or(|last| last.title != title) {
        sections.push(Section { title, items: Vec::new(), path: Vec::new(), term: String::new() });
    }
    let Some(section) = sections.last_mut() else { return };
    let path = entry.section.get(1..).unwrap_or_default();
    let deeper = path.len() > section.path.len() || path.iter().zip(&section.path).any(|(new, old)| new != old);
    if let Some(name) = path.last()
        && deeper
        && !key(name).starts_with(&section.term)
    {
        section.items.push(json!({"t": "group", "title": name}));
    }
    section.path = path.to_vec();
    section.term = match &entry.content {
        Content::Fact { term, .. } | Content::Expansion { term, .. } => key(term),
        _ => "\u{0}".to_owned(),
    };
    section.items.push(item);
}

/// How many of the entries a sheet takes.
fn taken(entries: &[(&NoteDeck, &Entry)]) -> usize {
    let mut room = MAX_CHARACTERS;
    let fits = entries.iter().take(MAX_ENTRIES).take_while(|(_, entry)| {
        let size = characters(&entry.content);
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    });
    fits.count()
}

/// The characters that an entry takes on a sheet, at most.
pub(super) fn characters(content: &Content) -> usize {
    let cut = |text: &str| text.chars().count().min(MAX_ANSWER);
    match content {
        Content::Fact { term, answer, details, .. } => cut(term) + cut(answer) + details.as_deref().map_or(0, cut),
        Content::Expansion { term, full } => cut(term) + cut(full),
        Content::Comparison { subjects, rows } => {
            subjects.iter().map(|subject| cut(subject)).sum::<usize>()
                + rows.iter().flat_map(|row| &row.cells).map(|cell| cut(cell)).sum::<usize>()
        }
        Content::Cloze { text } => cut(text),
    }
}

/// What an entry is about, short enough for a message.
pub(super) fn short_label(content: &Content) -> String {
    let label = content.label();
    match label.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label,
    }
}

fn report_limits(entries: &[(&NoteDeck, &Entry)], taken: usize, diagnostics: &mut Vec<Diagnostic>) {
    if let Some((_, first)) = entries.get(taken) {
        let message = format!(
            "a sheet takes {MAX_ENTRIES} entries and {} million characters: the last {}, from `{}` on, are not on it",
            MAX_CHARACTERS / 1_000_000,
            entries.len() - taken,
            short_label(&first.content)
        );
        diagnostics.push(
            Diagnostic::warning("sheet-too-long", message)
                .hint("they are in the other outputs; build the notes apart for sheets of their own"),
        );
    }
    let long: Vec<String> = entries
        .iter()
        .take(taken)
        .filter(|(_, entry)| longest(&entry.content) > MAX_ANSWER)
        .map(|(_, entry)| format!("`{}`", short_label(&entry.content)))
        .collect();
    if !long.is_empty() {
        let more = if long.len() > 5 { format!(" and {} more", long.len() - 5) } else { String::new() };
        let named = long.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let message = format!("a sheet shows the first {MAX_ANSWER} characters of an answer: {named}{more} have more");
        diagnostics.push(Diagnostic::warning("sheet-answer-too-long", message));
    }
}

fn longest(content: &Content) -> usize {
    match content {
        Content::Fact { answer, details, .. } => {
            answer.chars().count().max(details.as_ref().map_or(0, |details| details.chars().count()))
        }
        Content::Expansion { full, .. } => full.chars().count(),
        Content::Comparison { rows, .. } => {
            rows.iter().flat_map(|row| &row.cells).map(|cell| cell.chars().count()).max().unwrap_or(0)
        }
        Content::Cloze { text } => text.chars().count(),
    }
}

fn item(entry: &Entry, said: &Said<'_>) -> Option<Value> {
    match &entry.content {
        Content::Fact { kind, term, answer, details } => fact(*kind, term, answer, details.as_deref(), said),
        Content::Expansion { term, .. } if said.long.contains_key(&key(term)) => None,
        Content::Expansion { term, full } => {
            let wide = width(term) + 2;
            Some(
                json!({"t": "entry", "kind": "expansion", "term": inlines(&parse_inline(term)), "alt": "", "body": stack(&parse(full), wide)}),
            )
        }
        Content::Comparison { subjects, rows } => Some(table(subjects, rows)),
        Content::Cloze { text } if said.items.contains(&key(text)) => None,
        Content::Cloze { text } => Some(json!({"t": "cloze", "body": cloze(&cut(text))})),
    }
}

fn fact(kind: FactKind, term: &str, answer: &str, details: Option<&str>, said: &Said<'_>) -> Option<Value> {
    let kind = match kind {
        FactKind::Definition => "definition",
        FactKind::Points => "points",
        FactKind::Cue => "cue",
    };
    let mut body = without_said(parse(&cut(answer)), said);
    if body.is_empty() {
        return None;
    }
    let mut alt = said.long.get(&key(term)).map(|full| (*full).to_owned());
    if let Some(details) = details {
        let (gloss, rest) = match details.split_once('\n').unwrap_or((details, "")) {
            (first, rest) if first.starts_with('(') && first.ends_with(')') => {
                (Some(first.trim_matches(['(', ')']).to_owned()), rest)
            }
            _ => (None, details),
        };
        alt = alt.or(gloss);
        body.extend(without_said(parse(&cut(rest)), said));
    }
    let alt = alt.unwrap_or_default();
    let wide = width(term) + width(&alt) + 3;
    Some(
        json!({"t": "entry", "kind": kind, "term": inlines(&parse_inline(term)), "alt": alt, "body": stack(&body, wide)}),
    )
}

fn cut(markdown: &str) -> String {
    match markdown.char_indices().nth(MAX_ANSWER) {
        Some((end, _)) => format!("{}…", &markdown[..end]),
        None => markdown.to_owned(),
    }
}

/// Blocks without the list items that an entry of their own says.
fn without_said(blocks: Vec<Block>, said: &Said<'_>) -> Vec<Block> {
    blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::List { start, items } => {
                let compared = |item: &[Block]| said.cells.contains(&key(&plain(item)));
                let items: Vec<Vec<Block>> =
                    items.into_iter().filter(|item| !said.has(item) && !compared(item)).collect();
                (!items.is_empty()).then_some(Block::List { start, items })
            }
            Block::Paragraph(inlines) => {
                let block = Block::Paragraph(inlines);
                (!said.has(std::slice::from_ref(&block))).then_some(block)
            }
            other => Some(other),
        })
        .collect()
}

fn table(subjects: &[String], rows: &[crate::deck::Row]) -> Value {
    let title = subjects.join(" vs ");
    // cells are narrow: their words are always kept whole
    let cell = |text: &str| stack(&parse(&cut(text)), 1_000);
    let name = |text: &str| stack(&[Block::Paragraph(parse_inline(text))], 1_000);
    if subjects.len() > MAX_COLUMNS {
        let head: Vec<Value> = std::iter::once(name("")).chain(rows.iter().map(|row| name(&row.aspect))).collect();
        let body: Vec<Value> = subjects
            .iter()
            .enumerate()
            .map(|(i, subject)| {
                Value::Array(
                    std::iter::once(name(subject))
                        .chain(rows.iter().map(|row| cell(row.cells.get(i).map_or("", String::as_str))))
                        .collect(),
                )
            })
            .collect();
        return json!({"t": "table", "title": title, "named": true, "head": head, "rows": body});
    }
    let named = rows.iter().any(|row| !row.aspect.is_empty());
    let first = |text: &str| named.then(|| name(text));
    let head: Vec<Value> = first("").into_iter().chain(subjects.iter().map(|subject| name(subject))).collect();
    let body: Vec<Value> = rows
        .iter()
        .map(|row| {
            Value::Array(first(&row.aspect).into_iter().chain(row.cells.iter().map(|text| cell(text))).collect())
        })
        .collect();
    json!({"t": "table", "title": title, "named": named, "head": head, "rows": body})
}

/// A sentence whose hidden words stand out.
fn cloze(text: &str) -> Value {
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inner, after)) = after.split_once("}}") else { break };
        nodes.extend(inlines(&spaced(before)));
        nodes.push(json!({"t": "mark", "c": [{"t": "text", "v": inner}]}));
        rest = after;
    }
    nodes.extend(inlines(&spaced(rest)));
    json!({"t": "p", "w": width(text), "c": nodes})
}

/// Inline Markdown with the white space at its ends kept.
fn spaced(markdown: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    if markdown.starts_with(char::is_whitespace) {
        out.push(Inline::Text(" ".to_owned()));
    }
    out.extend(parse_inline(markdown.trim()));
    if markdown.trim_start().ends_with(char::is_whitespace) {
        out.push(Inline::Text(" ".to_owned()));
    }
    out
}

/// Half-ems that a text takes on a line.
fn width(text: &str) -> usize {
    text.width()
}

/// Blocks one under the other; `before` half-ems stand on the first one's line already.
fn stack(blocks: &[Block], before: usize) -> Value {
    stack_at(blocks, before, 0)
}

fn stack_at(blocks: &[Block], before: usize, depth: usize) -> Value {
    let parts: Vec<Value> =
        blocks.iter().enumerate().map(|(i, part)| block(part, if i == 0 { before } else { 0 }, depth)).collect();
    match <[Value; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => json!({"t": "stack", "c": parts}),
    }
}

fn block(block: &Block, before: usize, depth: usize) -> Value {
    if depth > MAX_DEPTH {
        return json!({"t": "p", "w": 1_000, "c": [{"t": "text", "v": plain(std::slice::from_ref(block))}]});
    }
    match block {
        Block::Paragraph(content) => {
            json!({"t": "p", "w": before + width(&plain_inline(content)), "c": inlines(content)})
        }
        Block::List { start: None, items } => {
            json!({"t": "ul", "items": items.iter().map(|item| stack_at(item, 4, depth + 1)).collect::<Vec<_>>()})
        }
        Block::List { start: Some(start), items } => {
            json!({"t": "ol", "start": start, "items": items.iter().map(|item| stack_at(item, 5, depth + 1)).collect::<Vec<_>>()})
        }
        Block::Code { text, .. } => json!({"t": "pre", "v": text}),
        Block::Quote(inner) => json!({"t": "quote", "c": stack_at(inner, 4, depth + 1)}),
        Block::Table { head, rows } => {
            let row = |cells: &Vec<Vec<Inline>>| {
                Value::Array(cells.iter().map(|cell| json!({"t": "span", "c": inlines(cell)})).collect())
            };
            json!({"t": "grid", "columns": head.len().max(1), "head": row(head), "rows": rows.iter().map(row).collect::<Vec<_>>()})
        }
    }
}

fn inlines(content: &[Inline]) -> Vec<Value> {
    inlines_at(content, 0)
}

fn inlines_at(content: &[Inline], depth: usize) -> Vec<Value> {
    if depth > MAX_DEPTH {
        return vec![json!({"t": "text", "v": plain_inline(content)})];
    }
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => json!({"t": "text", "v": text}),
            Inline::Strong(inner) => json!({"t": "b", "c": inlines_at(inner, depth + 1)}),
            Inline::Emph(inner) => json!({"t": "i", "c": inlines_at(inner, depth + 1)}),
            Inline::Strike(inner) => json!({"t": "strike", "c": inlines_at(inner, depth + 1)}),
            Inline::Mark(inner) => json!({"t": "mark", "c": inlines_at(inner, depth + 1)}),
            Inline::Code(text) => json!({"t": "code", "v": text}),
            Inline::Math { tex, .. } => json!({"t": "math", "v": tex}),
            Inline::Link { url, text } if is_web(url) => json!({"t": "link", "url": url, "c": if text.is_empty() { vec![json!({"t": "text", "v": url})] } else { inlines_at(text, depth + 1) }}),
            Inline::Link { text, .. } => json!({"t": "span", "c": inlines_at(text, depth + 1)}),
            Inline::Image { alt, .. } => json!({"t": "i", "c": [{"t": "text", "v": alt}]}),
            Inline::Break => json!({"t": "br"}),
        })
        .collect()
}

/// A sheet links to the web only.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The language most of the deck's letters are of, as BCP 47.
pub(super) fn language(deck: &Deck) -> &'static str {
    let (mut hangul, mut kana, mut han, mut latin) = (0usize, 0usize, 0usize, 0usize);
    for (_, entry) in deck.entries().take(500) {
        for c in entry.content.label().chars() {
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
