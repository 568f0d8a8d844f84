//! What reStructuredText has and Markdown has not: directives (`.. image:: ropes.png`) with their options, and headings
//! underlined with `~`. <https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html>

use super::super::{fenced, lines};
use super::{Aside, PieceKind, Reader, Text};

/// The level of a heading with `~` under it: `=` and `-` are one and two.
const TILDE_LEVEL: u8 = 3;

/// The name of a directive.
fn directive(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix(".. ")?.split_once("::")?;
    (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).then_some(name)
}

/// Whether a note is written in reStructuredText.
pub(super) fn has_directives(lines: &[&str]) -> bool {
    lines.iter().any(|line| directive(line.trim()).is_some())
}

/// `:class: wide`
fn is_option(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

impl Reader<'_> {
    /// The line that begins a directive and its options; what it holds is read as if it stood alone, but for code.
    pub(super) fn directive(&mut self, indent: usize, line: &str) -> bool {
        let is_target = line.starts_with(".. _") && line.ends_with(':');
        let name = directive(line);
        if name.is_none() && !is_target {
            return false;
        }
        let why = if matches!(name, Some("image" | "figure")) { Aside::Image } else { Aside::Markup };
        let deeper = |line: &str| lines::indentation(line).0 > indent;
        self.aside(why);
        while self.lines.get(self.at).is_some_and(|line| deeper(line) && is_option(line.trim())) {
            self.aside(why);
        }
        if matches!(name, Some("code" | "code-block" | "sourcecode")) {
            let language = line.rsplit("::").next().unwrap_or_default().trim();
            self.code_of_directive(indent, language);
        }
        self.blank = true;
        true
    }

    /// What such a directive holds is code, if it is no prose that somebody boxed in.
    fn code_of_directive(&mut self, indent: usize, language: &str) {
        let within = |line: &&&str| line.trim().is_empty() || lines::indentation(line).0 > indent;
        let body: Vec<&str> = self.lines[self.at..].iter().take_while(within).copied().collect();
        let body = &body[..body.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1)];
        if body.is_empty() || fenced::is_prose(language, body) {
            return;
        }
        let from = self.number();
        let text = Text::literal(body.join("\n").trim_start_matches('\n'), from);
        let all = (from..from + body.len()).collect();
        self.piece(PieceKind::Code { language: String::new(), lines: all }, indent, text);
        self.at += body.len() - 1;
    }

    /// `~~~~` right under a line of its own, and nothing right below: elsewhere it opens a fence.
    pub(super) fn tilde_underline(&mut self, line: &str) -> bool {
        const SHORTEST: usize = 4;
        let ends = self.lines.get(self.at + 1).is_none_or(|below| below.trim().is_empty());
        if self.blank || !ends || line.len() < SHORTEST || !line.bytes().all(|byte| byte == b'~') {
            return false;
        }
        let Some(above) = self.out.pieces.last_mut() else { return false };
        let alone = matches!(above.kind, PieceKind::Line) && above.blank_before && above.text.is_one_line();
        if !alone {
            return false;
        }
        above.kind = PieceKind::Heading(TILDE_LEVEL);
        self.level = TILDE_LEVEL;
        self.aside(Aside::Rule);
        self.blank = true;
        true
    }
}
