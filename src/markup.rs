//! Markdown of answers, details and cells as a small tree that every exporter walks.
//!
//! The text may have been typed by anyone into `out/cards/*.yaml`: nothing in it is trusted, raw HTML is text.

mod code;
mod html;
mod plain;

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

pub use html::{Pictures, escape, html, html_inline};
pub use plain::{plain, plain_inline};

/// Text within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emph(Vec<Inline>),
    Strike(Vec<Inline>),
    /// `==so==`
    Mark(Vec<Inline>),
    Code(String),
    /// LaTeX source without its dollars.
    Math {
        tex: String,
        display: bool,
    },
    Link {
        url: String,
        text: Vec<Inline>,
    },
    Image {
        url: String,
        alt: String,
    },
    Break,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// `start` is the first number of an ordered list.
    List {
        start: Option<usize>,
        items: Vec<Vec<Block>>,
    },
    Code {
        language: String,
        text: String,
    },
    Table {
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Quote(Vec<Block>),
}

/// The addresses of all pictures in blocks, in their order.
pub fn image_urls(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    blocks.iter().for_each(|block| push_image_urls(block, &mut out));
    out
}

fn push_image_urls(block: &Block, out: &mut Vec<String>) {
    match block {
        Block::Paragraph(inlines) => push_inline_urls(inlines, out),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| push_image_urls(block, out)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| push_image_urls(block, out)),
        Block::Table { head, rows } => {
            head.iter().chain(rows.iter().flatten()).for_each(|cell| push_inline_urls(cell, out))
        }
        Block::Code { .. } => {}
    }
}

fn push_inline_urls(inlines: &[Inline], out: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Image { url, .. } => out.push(url.clone()),
            Inline::Strong(inner) | Inline::Emph(inner) | Inline::Strike(inner) | Inline::Mark(inner) => {
                push_inline_urls(inner, out)
            }
            Inline::Link { text, .. } => push_inline_urls(text, out),
            Inline::Text(_) | Inline::Code(_) | Inline::Math { .. } | Inline::Break => {}
        }
    }
}

/// Deeper nesting than this is flattened into what holds it, so that no text can exhaust the stack.
const MAX_DEPTH: usize = 24;

/// Text longer than this (bytes) is taken as it stands: it is no answer, and a parser need not be tried on it.
const MAX_MARKDOWN: usize = 1 << 20;

/// Parses Markdown with the extensions notes use: tables, `~~strike~~`, `==marks==`, `$math$`, `[[wikilinks]]`.
pub fn parse(markdown: &str) -> Vec<Block> {
    if markdown.len() > MAX_MARKDOWN {
        return vec![Block::Paragraph(vec![Inline::Text(markdown.to_owned())])];
    }
    if is_plain_line(markdown) {
        return vec![Block::Paragraph(vec![Inline::Text(markdown.to_owned())])];
    }
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    blocks(root, 0)
}

/// Parses Markdown that is meant to be one line: a term, a subject, a cell.
pub fn parse_inline(markdown: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    for block in parse(markdown) {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        match block {
            Block::Paragraph(inlines) => out.extend(inlines),
            other => out.push(Inline::Text(plain(&[other]))),
        }
    }
    out
}

/// The comrak options that fit notes; shared with the reader of notes.
pub(crate) fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.highlight = true;
    extension.math_dollars = true;
    extension.wikilinks_title_after_pipe = true;
    extension.cjk_friendly_emphasis = true;
    options
}

/// Whether the text can have no markup at all: most lines of most notes, and worth not parsing.
fn is_plain_line(text: &str) -> bool {
    let special = |b: u8| {
        matches!(
            b,
            b'\n'
                | b'\r'
                | b'*'
                | b'_'
                | b'`'
                | b'['
                | b'<'
                | b'&'
                | b'~'
                | b'='
                | b'$'
                | b'\\'
                | b'#'
                | b'>'
                | b'|'
                | b'-'
                | b'+'
                | b'@'
        )
    };
    let first = text.bytes().next();
    !text.bytes().any(special)
        && !first.is_none_or(|b| b.is_ascii_digit() || b.is_ascii_whitespace())
        && !text.contains("www.")
        && !text.contains("://")
        && !text.ends_with(char::is_whitespace)
}

fn blocks<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Block> {
    node.children().flat_map(|child| block(child, depth)).collect()
}

fn block<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Block> {
    let data = node.data.borrow();
    if depth >= MAX_DEPTH {
        return vec![Block::Paragraph(vec![Inline::Text(deep_text(node))])];
    }
    match &data.value {
        NodeValue::Paragraph | NodeValue::Heading(_) => vec![Block::Paragraph(inlines(node, depth))],
        NodeValue::List(list) => {
            let start = matches!(list.list_type, ListType::Ordered).then_some(list.start);
            let items = node.children().map(|item| blocks(item, depth + 1)).collect();
            vec![Block::List { start, items }]
        }
        NodeValue::CodeBlock(code) => {
            vec![Block::Code { language: code.info.clone(), text: code.literal.trim_end().to_owned() }]
        }
        NodeValue::HtmlBlock(html) => {
            let text = html.literal.trim_end();
            vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])]
        }
        NodeValue::BlockQuote => vec![Block::Quote(blocks(node, depth + 1))],
        NodeValue::Table(_) => {
            let mut rows =
                node.children().map(|row| row.children().map(|cell| inlines(cell, depth)).collect::<Vec<_>>());
            vec![Block::Table { head: rows.next().unwrap_or_default(), rows: rows.collect() }]
        }
        NodeValue::ThematicBreak => vec![Block::Paragraph(vec![Inline::Text("---".to_owned())])],
        _ => blocks(node, depth + 1),
    }
}

fn inlines<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for child in node.children() {
        for inline in inline(child, depth + 1) {
            if let (Some(Inline::Text(before)), Inline::Text(text)) = (out.last_mut(), &inline) {
                before.push_str(text);
            } else {
                out.push(inline);
            }
        }
    }
    out
}

fn inline<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Inline> {
    let data = node.data.borrow();
    if depth >= 2 * MAX_DEPTH {
        return vec![Inline::Text(deep_text(node))];
    }
    let within = || inlines(node, depth);
    vec![match &data.value {
        NodeValue::Text(text) => Inline::Text(text.to_string()),
        NodeValue::SoftBreak => Inline::Text(" ".to_owned()),
        NodeValue::LineBreak => Inline::Break,
        NodeValue::Code(code) => Inline::Code(code.literal.clone()),
        NodeValue::HtmlInline(html) if is_line_break(html) => Inline::Break,
        NodeValue::HtmlInline(html) => Inline::Text(html.clone()),
        NodeValue::Strong => Inline::Strong(within()),
        NodeValue::Emph => Inline::Emph(within()),
        NodeValue::Strikethrough => Inline::Strike(within()),
        NodeValue::Highlight => Inline::Mark(within()),
        NodeValue::Math(math) => Inline::Math { tex: math.literal.clone(), display: math.display_math },
        NodeValue::Link(link) => Inline::Link { url: link.url.clone(), text: within() },
        NodeValue::Image(link) => Inline::Image { url: link.url.clone(), alt: deep_text(node) },
        NodeValue::WikiLink(_) => return within(),
        _ => return within(),
    }]
}

fn is_line_break(html: &str) -> bool {
    let inner = html.trim_matches(['<', '>', '/', ' ']);
    inner.eq_ignore_ascii_case("br")
}

/// All text below a node, without recursion.
fn deep_text<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for child in node.descendants() {
        match &child.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph if !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out
}
