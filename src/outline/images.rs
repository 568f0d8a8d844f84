//! The pictures of a note: where they stand and what they are called.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Aside, BlockKind, Outline};
use crate::letter::is_letter_or_digit;
use crate::source::Note;

/// A picture in a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// 1-based.
    pub line: usize,
    /// As the note has it.
    pub url: String,
    pub alt: String,
    /// Nothing else stands on its line.
    pub alone: bool,
}

/// `![alt](url "title")`, `![alt](<url>)`, `![alt](a file.png)`, `![[file|300]]`, `<img src="url" alt="…">`, and the
/// attributes that kramdown takes behind one.
static IMAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        !\[(?P<alt>[^\]]*)\]\(\s*(?:<(?P<pointed>[^<>]+)>|(?P<spaced>[^\s()<>"]+(?:\ [^\s()<>"]+)+\.[A-Za-z]{3,4})
            |(?P<url>[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))(?:\s+["'(][^)]*)?\s*\)
        | !\[\[(?P<wiki>[^\]|\#]+)(?:[|\#][^\]]*)?\]\]
        | <img\b(?P<tag>[^>]*)>
        | \{:[^{}]*\}"#,
    )
    .ok()
});

static ATTRIBUTE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#).ok());

impl Outline {
    /// The pictures of the note, in its order; none from code, comments and what is to be skipped.
    pub fn images(&self, note: &Note) -> Vec<Image> {
        let Some(pattern) = &*IMAGE else { return Vec::new() };
        if !note.text.contains("![") && !note.text.contains("<img") {
            return Vec::new();
        }
        let dead = self.dead_lines();
        let lines =
            (1..).zip(note.text.lines()).filter(|(number, line)| line.contains(['!', '<']) && !dead.contains(number));
        lines.flat_map(|(number, line)| in_line(pattern, number, line)).collect()
    }

    /// Lines whose pictures are none.
    fn dead_lines(&self) -> HashSet<usize> {
        let code = self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Code { lines, .. } => Some(lines.iter().copied()),
            _ => None,
        });
        let dead = |aside: &Aside| matches!(aside, Aside::Comment | Aside::Skipped | Aside::FrontMatter);
        let asides = self.asides.iter().filter(|(_, aside)| dead(aside)).map(|(line, _)| *line);
        code.flatten().chain(asides).collect()
    }
}

fn in_line(pattern: &Regex, number: usize, line: &str) -> Vec<Image> {
    let alone = !pattern.replace_all(line, "").chars().any(is_letter_or_digit);
    let images = pattern.captures_iter(line).filter_map(|found| {
        let part = |name: &str| found.name(name).map(|part| part.as_str().trim().to_owned());
        let (url, alt) = match (part("wiki"), part("tag")) {
            (Some(file), _) => (file, String::new()),
            (None, Some(tag)) => (attribute(&tag, "src")?, attribute(&tag, "alt").unwrap_or_default()),
            (None, None) => {
                (["pointed", "spaced", "url"].iter().find_map(|name| part(name))?, part("alt").unwrap_or_default())
            }
        };
        let fits = !url.is_empty() && !url.contains(['<', '>', '\n']);
        fits.then_some(Image { line: number, url, alt, alone })
    });
    images.collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let found = ATTRIBUTE.as_ref()?.captures_iter(tag).find(|found| found[1].eq_ignore_ascii_case(name))?;
    (2..=4).find_map(|group| found.get(group)).map(|value| value.as_str().to_owned())
}

impl Image {
    /// As the deck writes it.
    pub fn markdown(&self) -> String {
        let alt: String = self.alt.chars().filter(|c| !matches!(c, '[' | ']' | '\\' | '`' | '\n')).collect();
        if self.url.contains([' ', '(', ')']) {
            format!("![{alt}](<{}>)", self.url)
        } else {
            format!("![{alt}]({})", self.url)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(text: &str) -> Vec<(usize, String, String, bool)> {
        let note = Note { path: "n.md".into(), shown: "n.md".into(), text: text.to_owned(), encoding: "UTF-8" };
        let images = Outline::read(&note).images(&note).into_iter();
        images.map(|image| (image.line, image.url.clone(), image.markdown(), image.alone)).collect()
    }

    #[test]
    fn pictures_are_found_however_they_are_written() {
        let one = |text: &str| images(text).into_iter().next().map(|(_, url, markdown, alone)| (url, markdown, alone));
        let is = |url: &str, markdown: &str, alone| Some((url.to_owned(), markdown.to_owned(), alone));
        assert_eq!(one("![a mast](mast.png)"), is("mast.png", "![a mast](mast.png)", true));
        assert_eq!(
            one("- Mast: ![](img/the%20mast.png \"x\")"),
            is("img/the%20mast.png", "![](img/the%20mast.png)", false)
        );
        assert_eq!(one("![[그림 1.png|300]]"), is("그림 1.png", "![](<그림 1.png>)", true));
        assert_eq!(one("<img src='a b.jpg' width=3 alt=\"[x]\">"), is("a b.jpg", "![x](<a b.jpg>)", true));
        assert_eq!(one("![a](그림 1.png){: width=3}"), is("그림 1.png", "![a](<그림 1.png>)", true));
        assert_eq!(one("![a](b_(c).png)"), is("b_(c).png", "![a](<b_(c).png>)", true));
        assert_eq!(one("```\n![a](b.png)\n```"), None);
        assert_eq!(one("a ![] b !important"), None);
    }
}
