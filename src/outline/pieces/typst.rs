//! What Typst does in a note written in it: calls that open and close around text (`#block(inset: 1em)[` … `]`) and lines
//! of code.

use std::sync::LazyLock;

use regex::Regex;

use super::{Aside, PieceKind, Reader, Text};
use crate::outline::lines;
use crate::outline::raw_markup::regex;

/// <https://typst.app/docs/reference/syntax/>: code begins with `#`, text within it stands in `[` and `]`.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?x)^\#(?:
            let\s+[a-zA-Z_][\w-]*\s*[=(] | set\s+[a-z][\w.-]*\( | show\b.*: | import\s+"
            | (?:pagebreak|colbreak|outline|bibliography|v|h|line)\(
        )"#,
    )
});

/// A call that opens around what follows, at the end of a line.
static OPENS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|\s)#[a-z][a-z0-9._-]*(?:\([^\[\]]*\)?)?(?:\[|\()$|^#let\s[^\[\]]*[\[{(]$"));

/// The text that a call is given before it opens.
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"^#[a-z][a-z0-9._-]*\((?:[a-z]+:\s*)?"([^"]+)"\s*(?:,\s*|\)\s*)\[$"#));

/// Boxes in boxes deeper than this are never closed: somebody's code is not read as it should be.
const DEEPEST: usize = 64;

/// Whether a note is one of Typst's: it has lines of its code, and headings `= Name`, but none with `#`.
pub(super) fn is_typst(lines: &[&str]) -> bool {
    let mut fence = false;
    let (mut code, mut heading) = (false, false);
    for line in lines {
        if lines::atx_heading(line).is_some() {
            return false;
        }
        let bare = line.trim();
        fence ^= bare.starts_with("```");
        if !fence {
            code |= is_code(bare);
            heading |= lines::open_wiki_heading(bare).is_some();
        }
    }
    code && heading
}

fn is_code(line: &str) -> bool {
    line.starts_with('#') && (CODE.is_match(line) || OPENS.is_match(line))
}

impl Reader<'_> {
    /// A line without the call that it opens; none if nothing but code stands on it, which is then left out. A call with a
    /// text of its own before what it opens around (`#box("Name", [`) heads that with it.
    pub(super) fn without_calls<'b>(&mut self, indent: usize, line: &'b str) -> Option<&'b str> {
        if !self.typst {
            return Some(line);
        }
        if line.starts_with([']', ')', '}']) && line.bytes().all(|byte| b"])},; [(".contains(&byte)) {
            let deep = self.typst_boxes.len() > DEEPEST;
            if self.typst_boxes.pop() == Some(true) && !deep {
                self.close(indent);
            }
            self.aside(Aside::Markup);
            return None;
        }
        let opens = OPENS.find(line).map(|found| found.start());
        let title = TITLE.captures(line).filter(|_| opens == Some(0));
        if opens.is_some() {
            self.typst_boxes.push(title.is_some());
        }
        if let Some(title) = title {
            let text = Text::parse(&title[1], self.number());
            let kind = if self.typst_boxes.len() > DEEPEST { PieceKind::Line } else { PieceKind::Open };
            self.piece(kind, indent, text);
            self.blank = true;
            return None;
        }
        if opens == Some(0) || CODE.is_match(line) {
            self.aside(Aside::Markup);
            return None;
        }
        Some(line[..opens.unwrap_or(line.len())].trim_end())
    }
}
