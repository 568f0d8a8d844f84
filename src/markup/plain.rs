//! Markup to text without any: for Quizlet, for comparing, for measuring length.

use super::{Block, Inline};

/// The text of blocks without markup. Paragraphs and list items stand on lines of their own; items start with `• `.
pub fn plain(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    block_lines(blocks, 0, &mut lines);
    lines.join("\n")
}

/// The text of inlines without markup; a line break is a line break.
pub fn plain_inline(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inline(inlines, &mut out);
    out
}

fn block_lines(blocks: &[Block], indent: usize, lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => lines.push(plain_inline(inlines)),
            Block::Code { text, .. } => lines.push(text.clone()),
            Block::Quote(inner) => block_lines(inner, indent, lines),
            Block::Table { head, rows } => {
                let row =
                    |cells: &Vec<Vec<Inline>>| cells.iter().map(|c| plain_inline(c)).collect::<Vec<_>>().join(" | ");
                lines.push(row(head));
                lines.extend(rows.iter().map(row));
            }
            Block::List { start, items } => {
                for (i, item) in items.iter().enumerate() {
                    let first = lines.len();
                    block_lines(item, indent + 1, lines);
                    let bullet = start.map_or("• ".to_owned(), |start| format!("{}. ", start + i));
                    if let Some(line) = lines.get_mut(first) {
                        *line = format!("{}{bullet}{line}", "  ".repeat(indent));
                    }
                }
            }
        }
    }
}

fn push_inline(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Math { tex, .. } => out.push_str(tex),
            Inline::Strong(inner) | Inline::Emph(inner) | Inline::Strike(inner) | Inline::Mark(inner) => {
                push_inline(inner, out);
            }
            Inline::Link { text, url } => {
                if text.is_empty() {
                    out.push_str(url)
                } else {
                    push_inline(text, out)
                }
            }
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Break => out.push('\n'),
        }
    }
}
