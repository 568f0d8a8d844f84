//! Blocks written as Markdown.

use super::{Body, has_own_children};
use crate::outline::inline::Text;
use crate::outline::{BlockKind, Marker, Outline, leading_sign};

/// What goes on below a line is kept to this depth; deeper is another writer's quote of a quote of a quote.
const MAX_DEPTH: usize = 6;

/// Writes blocks as a list, paragraphs and code, without recursion.
pub(super) fn put(outline: &Outline, children: &[usize], nested: bool, body: &mut Body) {
    let mut open: Vec<(usize, usize)> = children.iter().rev().map(|child| (*child, 0)).collect();
    let mut number = Vec::new();
    let is_arrow = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Item { marker: Marker::Arrow, .. });
    let over_others = children.iter().filter(|child| has_own_children(outline, **child)).nth(1).is_some();
    let is_line = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Line);
    let only_names = over_others && children.iter().all(is_line); // nested by indentation: a list
    let only_arrows = children.len() > 1 && children.iter().all(is_arrow); // typed for bullets
    while let Some((index, depth)) = open.pop() {
        let block = outline.block(index);
        if matches!(block.kind, BlockKind::Fold) && !block.text.is_empty() {
            continue; // it has a name of its own
        }
        number.resize(depth + 1, 0u32);
        let written = match &block.kind {
            BlockKind::Item { marker, .. } => {
                let bullet = match marker {
                    Marker::Number(first, style) => {
                        let begins_later = number[depth] == 0 && style.is_digits();
                        number[depth] = if begins_later { *first } else { number[depth] + 1 };
                        &format!("{}. ", number[depth])
                    }
                    Marker::Arrow if depth > 0 || !only_arrows => "- → ",
                    Marker::Arrow | Marker::Bullet(_) => "- ",
                };
                put_line(bullet, &block.text, depth, body)
            }
            BlockKind::Line if depth > 0 || only_names => put_line("- ", &block.text, depth, body),
            BlockKind::Line => {
                let text = block.text.markdown(0..block.text.plain.len());
                let text = text[leading_sign(&text).unwrap_or(0)..].trim_start();
                if !text.is_empty() {
                    body.markdown.push_str(&format!("{}{text}\n\n", gap_before(&body.markdown)));
                }
                !text.is_empty()
            }
            BlockKind::Code { language, .. } if depth == 0 => {
                let fence = if block.text.plain.contains("```") { "~~~~" } else { "```" };
                let gap = gap_before(&body.markdown);
                body.markdown.push_str(&format!("{gap}{fence}{language}\n{}\n{fence}\n\n", block.text.plain));
                true
            }
            _ => false,
        };
        if written {
            match &block.kind {
                BlockKind::Code { lines, .. } => body.lines.extend(lines),
                _ => body.lines.extend(block.text.all_lines()),
            }
        }
        if nested || (matches!(block.kind, BlockKind::Line) && depth < MAX_DEPTH) {
            open.extend(block.children.iter().rev().map(|child| (*child, (depth + 1).min(MAX_DEPTH))));
        }
    }
}

/// What parts a paragraph from what is written above it.
fn gap_before(written: &str) -> &'static str {
    if written.is_empty() || written.ends_with("\n\n") { "" } else { "\n" }
}

fn put_line(bullet: &str, text: &Text, depth: usize, body: &mut Body) -> bool {
    let colon = leading_sign(&text.plain).unwrap_or(0);
    if text.plain[colon..].trim().is_empty() {
        return false;
    }
    if depth == 0 && !body.markdown.is_empty() && !body.markdown.ends_with('\n') {
        body.markdown.push('\n');
    }
    (0..depth).for_each(|_| body.markdown.push_str("   "));
    body.markdown.push_str(bullet);
    text.push_markdown(colon..text.plain.len(), &mut body.markdown);
    body.markdown.push('\n');
    true
}
