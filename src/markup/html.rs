//! Markup to HTML, for cards and pages. Everything typed is text: no tag, no attribute and no address of the user's
//! gets through, save links to `http`, `https` and `mailto`.

use super::{Block, Inline};

/// Blocks as HTML. Math comes as `\(…\)` and `\[…\]`, which Anki hands to MathJax; images as their description, since
/// no picture travels with the text.
pub fn html(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(blocks, &mut out);
    out
}

/// Text within a line as HTML; a line break is `<br>`.
pub fn html_inline(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

/// Text as HTML that shows it, in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(text, &mut out);
    out
}

fn push_text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => {
                out.push_str("<p>");
                push_inlines(inlines, out);
                out.push_str("</p>");
            }
            Block::List { start, items } => push_list(*start, items, out),
            Block::Code { text, .. } => {
                out.push_str("<pre><code>");
                push_text(text, out);
                out.push_str("</code></pre>");
            }
            Block::Table { head, rows } => push_table(head, rows, out),
            Block::Quote(inner) => {
                out.push_str("<blockquote>");
                push_blocks(inner, out);
                out.push_str("</blockquote>");
            }
        }
    }
}

fn push_list(start: Option<usize>, items: &[Vec<Block>], out: &mut String) {
    match start {
        None => out.push_str("<ul>"),
        Some(1) => out.push_str("<ol>"),
        Some(start) => out.push_str(&format!("<ol start=\"{start}\">")),
    }
    for item in items {
        out.push_str("<li>");
        // The first paragraph stands beside its bullet; a <p> of its own would set it apart from a list nested below.
        match item.split_first() {
            Some((Block::Paragraph(inlines), rest)) => {
                push_inlines(inlines, out);
                push_blocks(rest, out);
            }
            _ => push_blocks(item, out),
        }
        out.push_str("</li>");
    }
    out.push_str(if start.is_none() { "</ul>" } else { "</ol>" });
}

/// A table in a box of class `tb`, which a style sheet can let scroll.
fn push_table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], out: &mut String) {
    let row = |cells: &[Vec<Inline>], tag: &str, out: &mut String| {
        out.push_str("<tr>");
        for cell in cells {
            out.push_str(&format!("<{tag}>"));
            push_inlines(cell, out);
            out.push_str(&format!("</{tag}>"));
        }
        out.push_str("</tr>");
    };
    out.push_str("<div class=\"tb\"><table><thead>");
    row(head, "th", out);
    out.push_str("</thead><tbody>");
    for cells in rows {
        row(cells, "td", out);
    }
    out.push_str("</tbody></table></div>");
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => push_text(text, out),
            Inline::Strong(inner) => push_within("strong", inner, out),
            Inline::Emph(inner) => push_within("em", inner, out),
            Inline::Strike(inner) => push_within("del", inner, out),
            Inline::Mark(inner) => push_within("mark", inner, out),
            Inline::Code(text) => {
                out.push_str("<code>");
                push_text(text, out);
                out.push_str("</code>");
            }
            Inline::Math { tex, display } => push_math(tex, *display, out),
            Inline::Link { url, text } => push_link(url, text, out),
            Inline::Image { url, alt } => {
                out.push_str("<span class=\"image\">");
                let name = url.rsplit(['/', '\\']).next().unwrap_or(url);
                push_text(if alt.trim().is_empty() { name } else { alt }, out);
                out.push_str("</span>");
            }
            Inline::Break => out.push_str("<br>"),
        }
    }
}

fn push_within(tag: &str, inner: &[Inline], out: &mut String) {
    out.push_str(&format!("<{tag}>"));
    push_inlines(inner, out);
    out.push_str(&format!("</{tag}>"));
}

fn push_link(url: &str, text: &[Inline], out: &mut String) {
    let link = is_safe_address(url);
    if link {
        out.push_str("<a href=\"");
        push_text(url, out);
        out.push_str("\">");
    }
    if text.is_empty() {
        push_text(url, out);
    } else {
        push_inlines(text, out);
    }
    if link {
        out.push_str("</a>");
    }
}

/// Whether an address may be followed from a card: an ordinary scheme, and nothing a browser would pass over in silence.
fn is_safe_address(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
        && !url.chars().any(|c| c.is_control() || c.is_whitespace() || ('\u{e000}'..='\u{f8ff}').contains(&c))
}

/// TeX sets `{ {` as it sets `{{`, and two braces together would open or end a cloze as soon as someone edits the note.
fn push_math(tex: &str, display: bool, out: &mut String) {
    let mut apart = String::with_capacity(tex.len());
    let mut before = None;
    for c in tex.chars() {
        if matches!(c, '{' | '}') && before == Some(c) {
            apart.push(' ');
        }
        apart.push(c);
        before = Some(c);
    }
    let (open, close) = if display { ("\\[", "\\]") } else { ("\\(", "\\)") };
    out.push_str(open);
    push_text(&apart, out);
    out.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::super::{parse, parse_inline};
    use super::*;

    #[test]
    fn markup_becomes_tags() {
        assert_eq!(
            html_inline(&parse_inline("**a** ==b== `c<d` ~~e~~")),
            "<strong>a</strong> <mark>b</mark> <code>c&lt;d</code> <del>e</del>"
        );
        assert_eq!(html(&parse("- a\n  - b\n- c")), "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>");
        assert_eq!(html(&parse("3. a\n4. b")), "<ol start=\"3\"><li>a</li><li>b</li></ol>");
        assert_eq!(
            html(&parse("|a|b|\n|-|-|\n|1|2|")),
            concat!(
                "<div class=\"tb\"><table><thead><tr><th>a</th><th>b</th></tr></thead>",
                "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>"
            )
        );
    }

    #[test]
    fn nothing_typed_is_a_tag() {
        let hostile = "<script>alert(1)</script> <b onclick=x>& \"q\"";
        let shown = html(&parse(hostile));
        assert!(!shown.contains("<script") && !shown.contains("<b "), "{shown}");
    }

    #[test]
    fn only_ordinary_addresses_are_links() {
        assert_eq!(
            html_inline(&parse_inline("[a](https://x.example/?a=1&b=2)")),
            "<a href=\"https://x.example/?a=1&amp;b=2\">a</a>"
        );
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "local.md", "java\tscript:x"] {
            let link = Inline::Link { url: url.to_owned(), text: vec![Inline::Text("a".to_owned())] };
            assert_eq!(html_inline(&[link]), "a", "{url}");
        }
    }

    #[test]
    fn math_keeps_its_braces_apart() {
        assert_eq!(html_inline(&parse_inline("$x^{2^{3}} < y$")), r"\(x^{2^{3} } &lt; y\)");
    }
}
