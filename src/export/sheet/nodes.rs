//! Markup as the tree of nodes that the templates walk: `{t, …}`, where `w` is a width in half-ems and `kept` is a
//! text with marks for where it may break (see [`words::kept`]).

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::{math, words};
use crate::markup::{Block, Inline, parse, parse_inline, plain, plain_inline};

/// A longer answer (characters) is cut on a sheet; it is whole in the other outputs.
pub(super) const MAX_ANSWER: usize = 2_000;
/// Markup nested deeper is set as the text it holds: Typst's calls have an end.
const MAX_DEPTH: usize = 8;
/// A width (half-ems) that no line has: its words are always kept whole.
pub(super) const NARROW: usize = 1_000;

/// Private-use characters that stand for the ends of what a sentence hides while its Markdown is parsed, so that
/// markup may reach across them.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';
/// Stands for a gap to be filled in.
const GAP: char = '\u{E002}';

/// Half-ems that a text takes on a line.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Markdown of at most [`MAX_ANSWER`] characters.
pub(super) fn cut(markdown: &str) -> String {
    match markdown.char_indices().nth(MAX_ANSWER) {
        Some((end, _)) => format!("{}…", &markdown[..end]),
        None => markdown.to_owned(),
    }
}

/// Markdown of several lines.
pub(super) fn text(markdown: &str, before: usize) -> Value {
    stack(&parse(&cut(markdown)), before)
}

/// Markdown of one line: a term, a subject.
pub(super) fn line(markdown: &str) -> Vec<Value> {
    inlines(&parse_inline(markdown))
}

/// Blocks one under the other; `before` half-ems stand on the first one's line already.
pub(super) fn stack(blocks: &[Block], before: usize) -> Value {
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
        return json!({"t": "p", "w": NARROW, "c": [{"t": "text", "v": plain(std::slice::from_ref(block))}]});
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
        Block::Code { text, .. } => code(text),
        Block::Quote(inner) => json!({"t": "quote", "c": stack_at(inner, 4, depth + 1)}),
        Block::Table { head, rows } => {
            let row = |cells: &Vec<Vec<Inline>>| {
                Value::Array(cells.iter().map(|cell| json!({"t": "span", "c": inlines(cell)})).collect())
            };
            json!({"t": "grid", "columns": head.len().max(1), "head": row(head), "rows": rows.iter().map(row).collect::<Vec<_>>()})
        }
    }
}

/// Code line by line.
pub(super) fn code(text: &str) -> Value {
    let lines: Vec<Vec<Value>> = text.lines().map(|line| texts("text", line, &mut false)).collect();
    json!({"t": "pre", "lines": lines.into_iter().map(|mut line| if line.is_empty() { json!({"v": ""}) } else { line.remove(0) }).collect::<Vec<_>>()})
}

pub(super) fn inlines(content: &[Inline]) -> Vec<Value> {
    inlines_at(content, 0, &mut false)
}

/// `marked` is whether the text stands within what a sentence hides.
fn inlines_at(content: &[Inline], depth: usize, marked: &mut bool) -> Vec<Value> {
    if depth > MAX_DEPTH {
        return texts("text", &plain_inline(content), marked);
    }
    let mut out = Vec::new();
    for inline in content {
        let mut within = |inner: &[Inline]| inlines_at(inner, depth + 1, marked);
        match inline {
            Inline::Text(text) => out.extend(texts("text", text, marked)),
            Inline::Code(text) => out.extend(texts("code", text, marked)),
            Inline::Strong(inner) => out.push(json!({"t": "b", "c": within(inner)})),
            Inline::Emph(inner) => out.push(json!({"t": "i", "c": within(inner)})),
            Inline::Strike(inner) => out.push(json!({"t": "strike", "c": within(inner)})),
            Inline::Mark(inner) => out.push(json!({"t": "mark", "c": within(inner)})),
            Inline::Math { tex, display } => out.push(math::node(tex, *display)),
            Inline::Link { url, text } if is_web(url) => out.push(json!({"t": "link", "url": url, "c": if text.is_empty() || plain_inline(text) == *url { texts("text", &short(url), marked) } else { within(text) }})),
            Inline::Link { text, .. } => out.push(json!({"t": "span", "c": within(text)})),
            Inline::Image { url, alt } => out.push(json!({"t": "image", "url": url, "alt": alt})),
            Inline::Break => out.push(json!({"t": "br"})),
        }
    }
    out
}

/// Text as nodes of a type: what lies between the ends of something hidden is marked, gaps are gaps.
pub(super) fn texts(kind: &str, text: &str, marked: &mut bool) -> Vec<Value> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let at = rest.find([OPEN, CLOSE, GAP]).unwrap_or(rest.len());
        if at > 0 {
            let mut node = json!({"t": kind, "v": &rest[..at]});
            if let Some(kept) = words::kept(&rest[..at]) {
                node["kept"] = json!(kept);
            }
            out.push(if *marked { json!({"t": "mark", "c": [node]}) } else { node });
        }
        let mut after = rest[at..].chars();
        match after.next() {
            Some(OPEN) => *marked = true,
            Some(CLOSE) => *marked = false,
            Some(_) => out.push(json!({"t": "gap"})),
            None => return out,
        }
        rest = after.as_str();
    }
}

/// A sentence whose hidden words stand out.
pub(super) fn cloze(sentence: &str) -> Value {
    let text = without_own(&cut(sentence)).replace("{{", &OPEN.to_string()).replace("}}", &CLOSE.to_string());
    json!({"t": "p", "w": width(&text), "c": inlines(&parse_inline(&text))})
}

/// A sentence with gaps in the place of its hidden words, and those words.
pub(super) fn gaps(sentence: &str) -> (Value, Vec<String>) {
    let sentence = without_own(&cut(sentence));
    let (mut question, mut hidden, mut rest) = (String::new(), Vec::new(), sentence.as_str());
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inner, after)) = after.split_once("}}") else { break };
        question.push_str(before);
        question.push(GAP);
        hidden.push(inner.to_owned());
        rest = after;
    }
    question.push_str(rest);
    (json!({"t": "p", "w": width(&question) + 8 * hidden.len(), "c": inlines(&parse_inline(&question))}), hidden)
}

/// A note's text has none of the characters that stand for something here.
fn without_own(text: &str) -> String {
    text.replace([OPEN, CLOSE, GAP], "")
}

/// An address as it is printed: what tells it apart, at most 40 characters. The whole of it is behind the link.
fn short(url: &str) -> String {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let bare = bare.split(['?', '#']).next().unwrap_or(bare).trim_end_matches('/');
    if bare.chars().count() <= 40 {
        return bare.to_owned();
    }
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let last = path.rsplit('/').next().unwrap_or(path);
    let room = 36_usize.saturating_sub(host.chars().count()).max(8);
    let last: String =
        if last.chars().count() > room { last.chars().take(room).chain(['…']).collect() } else { last.to_owned() };
    if path == last { format!("{host}/{last}") } else { format!("{host}/…/{last}") }
}

/// A sheet links to the web only.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
