//! Lists that are written in HTML: `<ul>`, `<ol>` and `<dl>`, read as items.

use std::sync::LazyLock;

use regex::Regex;

use super::super::lines::{Marker, NumberStyle};
use super::{Aside, Reader};

/// A tag of a list, at the start of a text.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*<(/?)(ul|ol|dl|li|dt|dd)(?:\s[^>]*)?>\s*").unwrap());

/// Columns that a list stands deeper than the one it is in, and what a `<dd>` says than its name.
const DEEPER: usize = 2;

/// The lists that are open, and an item whose text was not yet seen.
#[derive(Debug, Default)]
pub(super) struct HtmlLists {
    /// How many numbers each has had; none for a list without numbers.
    open: Vec<Option<u32>>,
    begun: Option<Begun>,
}

#[derive(Debug, Clone, Copy)]
struct Begun {
    marker: Marker,
    indent: usize,
}

impl HtmlLists {
    /// What a tag opens or closes. `indent` is that of its line.
    fn take(&mut self, closes: bool, name: &str, indent: usize) {
        match (name, closes) {
            ("ul" | "dl", false) => self.open.push(None),
            ("ol", false) => self.open.push(Some(0)),
            ("ul" | "ol" | "dl", true) => _ = self.open.pop(),
            (_, true) => self.begun = None,
            _ => {
                let marker = match self.open.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        Marker::Number(*number, NumberStyle::Dot)
                    }
                    _ => Marker::Bullet('-'),
                };
                let deeper = self.open.len().saturating_sub(1) + usize::from(name == "dd");
                self.begun = Some(Begun { marker, indent: indent + DEEPER * deeper });
            }
        }
    }
}

impl Reader<'_> {
    /// A line that begins with a tag of a list, or goes on with an item whose tag stood alone.
    pub(super) fn html_list(&mut self, indent: usize, line: &str) -> bool {
        if !line.starts_with('<') {
            let Some(begun) = self.html_lists.begun.take() else { return false };
            self.item(begun.indent, begun.marker, line);
            return true;
        }
        let at = self.at;
        let mut rest = line;
        let mut seen = false;
        while let Some(tag) = TAG.captures(rest) {
            seen = true;
            self.html_lists.take(!tag[1].is_empty(), &tag[2].to_ascii_lowercase(), indent);
            rest = &rest[tag[0].len()..];
            let end = rest.match_indices('<').map(|(at, _)| at).find(|at| TAG.is_match(&rest[*at..]));
            let text = rest[..end.unwrap_or(rest.len())].trim();
            if text.is_empty() {
                continue;
            }
            rest = &rest[end.unwrap_or(rest.len())..];
            self.at = at; // several items may stand on one line
            match self.html_lists.begun.take() {
                Some(begun) => self.item(begun.indent, begun.marker, text),
                None => self.prose(indent, text),
            }
        }
        if seen && self.at == at {
            self.aside(Aside::Markup);
        }
        seen
    }
}
