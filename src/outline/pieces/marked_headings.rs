//! Headings that have their marks: `# Name`, a line with a rule under it, a name in a box.

use super::super::labels::is_marked_question;
use super::super::lines::{self, Marker};
use super::{Aside, PieceKind, Reader, Text, ornaments};
use crate::letter::is_letter_or_digit;

impl Reader<'_> {
    pub(super) fn heading(&mut self, indent: usize, line: &str) -> bool {
        let open =
            || lines::open_wiki_heading(line).filter(|_| self.typst || self.open_headings && self.blank && indent == 0);
        let framed = || lines::wiki_heading(line).or_else(|| lines::banner(line)).or_else(open);
        if let Some((level, text)) = lines::atx_heading(line).or_else(framed) {
            let text = lines::keycap(text).map_or(text, |(_, name)| name);
            let numbered = self.numbered_levels.contains(&level);
            let text = ornaments::after_number(text).filter(|_| numbered).map_or(text, |(_, name)| name);
            // `### - Name`
            let text = match lines::marker(text) {
                Some((Marker::Bullet('-' | '+' | '*' | '•' | '·' | '・'), name)) if !name.is_empty() => name,
                _ => text,
            };
            // `### ◇ Name`
            let text = ornaments::without_signs(text);
            if let Some(said) = self.answers_heading(text) {
                let text = Text::parse(said, self.number());
                self.piece(PieceKind::Line, indent, text);
                self.blank = true;
                return true;
            }
            let text = Text::parse(ornaments::unframed(text), self.number());
            if text.is_empty() {
                self.aside(Aside::Empty);
            } else {
                self.level = level;
                self.piece(PieceKind::Heading(level), indent, text);
                self.blank = true;
            }
            return true;
        }
        if let Some(depth) = self.ornamented.get(&self.at)
            && let Some((_, name)) = ornaments::ornament(line)
        {
            let text = Text::parse(name, self.number());
            if text.is_empty() {
                self.aside(if text.has_image { Aside::Image } else { Aside::Empty });
            } else {
                self.piece(PieceKind::Heading(self.level + 1 + depth), indent, text);
                self.blank = true;
            }
            return true;
        }
        if self.blank && matches!(line, "==" | "--") {
            self.aside(Aside::Rule); // too short for one, but there is nothing else in it
            return true;
        }
        let Some(mark) = lines::rule_line(line) else { return false };
        let level = if mark == '=' { 1 } else { 2 };
        let boxed = self.lines.get(self.at + 2).is_some_and(|below| lines::rule_line(below) == Some(mark));
        let inner = self.lines.get(self.at + 1).map_or("", |inner| inner.trim());
        if boxed && !inner.is_empty() && lines::width(inner) <= 80 && lines::rule_line(inner).is_none() {
            self.aside(Aside::Rule);
            let text = Text::parse(inner, self.number());
            self.piece(PieceKind::Heading(level), indent, text);
            self.aside(Aside::Rule);
            self.blank = true;
            return true;
        }
        self.underline(mark, level);
        self.aside(Aside::Rule);
        self.blank = true;
        true
    }

    /// What a heading says that answers the one right above it: `## A. …` under `## Q. …`.
    fn answers_heading<'t>(&self, text: &'t str) -> Option<&'t str> {
        const MARKS: [&str; 8] = ["A.", "A:", "A)", "답:", "답.", "답변:", "Answer:", "答："];
        let above = self.out.pieces.last().filter(|above| matches!(above.kind, PieceKind::Heading(_)))?;
        let asks = is_marked_question(&above.text.plain) || above.text.plain.ends_with(['?', '？']);
        let said = MARKS.iter().find_map(|mark| text.strip_prefix(mark)).map(str::trim);
        said.filter(|said| asks && !said.is_empty())
    }

    /// A rule right under a line of its own makes that line a heading.
    fn underline(&mut self, mark: char, level: u8) {
        if self.blank || !matches!(mark, '=' | '-') {
            return;
        }
        if let Some(above) = self.out.pieces.last_mut()
            && matches!(above.kind, PieceKind::Line)
            && above.blank_before
            && above.text.is_one_line()
            && lines::width(&above.text.plain) <= 80
            && !(mark == '-' && has_topic(&above.text.plain))
        {
            above.kind = PieceKind::Heading(level);
        }
    }
}

/// `밧줄은 …을 뜻함`: a Korean line of several words, one of them with the particle of what it speaks of, is a sentence; the
/// dashes under it part it from what follows.
fn has_topic(plain: &str) -> bool {
    const WORDS: usize = 4;
    let topic = |word: &str| word.strip_suffix(['은', '는']).is_some_and(|name| name.ends_with(is_letter_or_digit));
    let object = |word: &str| word.ends_with(['을', '를']);
    let words = || plain.split_whitespace();
    words().nth(WORDS - 1).is_some() && words().any(topic) && words().any(object) && !plain.ends_with('?')
}
