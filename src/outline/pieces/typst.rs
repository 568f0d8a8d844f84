//! What Typst does in a note written in it: calls that open and close around text (`#block(inset: 1em)[` … `]`) and lines
//! of code.

use std::sync::LazyLock;

use regex::Regex;

use super::{Aside, Reader};
use crate::outline::raw_markup::regex;

/// <https://typst.app/docs/reference/syntax/>: code begins with `#`, text within it stands in `[` and `]`.
static CODE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^#(?:let|set|show|import|include|pagebreak|colbreak|outline|bibliography|v|h|line)\b"));

/// A call that opens around what follows, at the end of a line.
static OPENS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|\s)#[a-z][a-z0-9._-]*(?:\([^\[\]]*\)?)?(?:\[|\()$|^#let\s[^\[\]]*[\[{(]$"));

/// Whether a note is one of Typst's: it has lines of its code, and headings `= Name`.
pub(super) fn is_typst(lines: &[&str]) -> bool {
    let code = |line: &&str| line.trim_start().starts_with('#') && is_code(line.trim());
    let heading =
        |line: &&str| line.trim_start().trim_start_matches('=').starts_with(' ') && line.trim_start().starts_with('=');
    lines.iter().any(code) && lines.iter().any(heading)
}

fn is_code(line: &str) -> bool {
    CODE.is_match(line) || OPENS.is_match(line)
}

impl Reader<'_> {
    /// A line without the call that it opens; none if nothing but code stands on it, which is then left out.
    pub(super) fn without_calls<'b>(&mut self, line: &'b str) -> Option<&'b str> {
        if !self.typst {
            return Some(line);
        }
        let closes = line.starts_with([']', ')', '}']) && line.bytes().all(|byte| b"])},; [(".contains(&byte));
        let opens = OPENS.find(line).map_or(line.len(), |found| found.start());
        if closes || opens == 0 || CODE.is_match(line) {
            self.aside(Aside::Markup);
            return None;
        }
        Some(line[..opens].trim_end())
    }
}
