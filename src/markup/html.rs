//! Markup to HTML, for cards and pages. Everything typed is text: no tag, no attribute and no address of the user's
//! gets through, save links to `http`, `https` and `mailto`.

use std::collections::BTreeMap;

use super::{Block, Inline, code};

/// The files that stand for a note's pictures, by what the note calls them. Names that need no escaping.
pub type Pictures = BTreeMap<String, String>;

/// Blocks as HTML. Math comes as `\(…\)` and `\[…\]`, which Anki hands to MathJax; a picture that is not among
/// `pictures` as its description, linked where it is on the network.
pub fn html(blocks: &[Block], pictures: &Pictures) -> String {
    let mut writer = Writer { out: String::new(), pictures };
    writer.blocks(blocks);
    writer.out
}

/// Text within a line as HTML; a line break is `<br>`.
pub fn html_inline(inlines: &[Inline], pictures: &Pictures) -> String {
    let mut writer = Writer { out: String::new(), pictures };
    writer.inlines(inlines);
    writer.out
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

/// Writes markup as HTML.
struct Writer<'a> {
    out: String,
    pictures: &'a Pictures,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.within_inlines("p", inlines),
                Block::List { start, items } => self.list(*start, items),
                Block::Code { language, text } => {
                    self.out.push_str("<pre><code>");
                    self.out.push_str(&code::highlighted(language, text));
                    self.out.push_str("</code></pre>");
                }
                Block::Table { head, rows } => self.table(head, rows),
                Block::Quote(inner) => {
                    self.out.push_str("<blockquote>");
                    self.blocks(inner);
                    self.out.push_str("</blockquote>");
                }
            }
        }
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>]) {
        match start {
            None => self.out.push_str("<ul>"),
            Some(1) => self.out.push_str("<ol>"),
            Some(start) => self.out.push_str(&format!("<ol start=\"{start}\">")),
        }
        for item in items {
            self.out.push_str("<li>");
            // The first paragraph stands beside its bullet; a <p> of its own would set it apart from a list nested below.
            match item.split_first() {
                Some((Block::Paragraph(inlines), rest)) => {
                    self.inlines(inlines);
                    self.blocks(rest);
                }
                _ => self.blocks(item),
            }
            self.out.push_str("</li>");
        }
        self.out.push_str(if start.is_none() { "</ul>" } else { "</ol>" });
    }

    /// A table in a box of class `tb`, which a style sheet can let scroll.
    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.out.push_str("<div class=\"tb\"><table><thead>");
        self.row(head, "th");
        self.out.push_str("</thead><tbody>");
        for cells in rows {
            self.row(cells, "td");
        }
        self.out.push_str("</tbody></table></div>");
    }

    fn row(&mut self, cells: &[Vec<Inline>], tag: &str) {
        self.out.push_str("<tr>");
        for cell in cells {
            self.within_inlines(tag, cell);
        }
        self.out.push_str("</tr>");
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => push_text(text, &mut self.out),
                Inline::Strong(inner) => self.within_inlines("strong", inner),
                Inline::Emph(inner) => self.within_inlines("em", inner),
                Inline::Strike(inner) => self.within_inlines("del", inner),
                Inline::Mark(inner) => self.within_inlines("mark", inner),
                Inline::Code(text) => {
                    self.out.push_str("<code>");
                    push_text(text, &mut self.out);
                    self.out.push_str("</code>");
                }
                Inline::Math { tex, display } => push_math(tex, *display, &mut self.out),
                Inline::Link { url, text } => self.link(url, text),
                Inline::Image { url, alt } => self.image(url, alt),
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn within_inlines(&mut self, tag: &str, inner: &[Inline]) {
        self.out.push_str(&format!("<{tag}>"));
        self.inlines(inner);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn link(&mut self, url: &str, text: &[Inline]) {
        let link = is_safe_address(url);
        if link {
            self.out.push_str("<a href=\"");
            push_text(url, &mut self.out);
            self.out.push_str("\">");
        }
        if text.is_empty() {
            push_text(url, &mut self.out);
        } else {
            self.inlines(text);
        }
        if link {
            self.out.push_str("</a>");
        }
    }

    /// The picture, where it is at hand; `data-src` is where the note has it, for taking an edit back.
    fn image(&mut self, url: &str, alt: &str) {
        match self.pictures.get(url) {
            Some(name) => {
                let (alt, url) = (escape(alt), escape(url));
                self.out.push_str(&format!("<img src=\"{name}\" alt=\"{alt}\" data-src=\"{url}\">"));
            }
            None => {
                let name = url.rsplit(['/', '\\']).next().unwrap_or(url);
                let said = Inline::Text(if alt.trim().is_empty() { name } else { alt }.to_owned());
                self.out.push_str("<span class=\"image\">");
                if is_safe_address(url) {
                    self.link(url, &[said])
                } else {
                    self.inlines(&[said])
                }
                self.out.push_str("</span>");
            }
        }
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

    fn html(blocks: &[Block]) -> String {
        super::html(blocks, &Pictures::new())
    }

    fn html_inline(inlines: &[Inline]) -> String {
        super::html_inline(inlines, &Pictures::new())
    }

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
    fn a_picture_that_is_not_at_hand_is_its_description() {
        assert_eq!(html_inline(&parse_inline("![a mast](mast.png)")), "<span class=\"image\">a mast</span>");
        let remote = html_inline(&parse_inline("![](https://x.example/mast.png)"));
        assert_eq!(remote, "<span class=\"image\"><a href=\"https://x.example/mast.png\">mast.png</a></span>");
        let pictures = Pictures::from([("mast.png".to_owned(), "amgi-1.png".to_owned())]);
        let shown = super::html_inline(&parse_inline("![\"x\"](mast.png)"), &pictures);
        assert_eq!(shown, "<img src=\"amgi-1.png\" alt=\"&quot;x&quot;\" data-src=\"mast.png\">");
    }

    #[test]
    fn math_keeps_its_braces_apart() {
        assert_eq!(html_inline(&parse_inline("$x^{2^{3}} < y$")), r"\(x^{2^{3} } &lt; y\)");
    }
}
