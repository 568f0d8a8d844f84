//! Quotes and callouts.

use super::super::{lines, sentence};
use super::{Piece, PieceKind, Reader, Text, without_breaks};
use crate::letter::is_letter_or_digit;

/// How many columns deeper a quote within a quote stands.
const QUOTE: usize = 2;

impl<'a> Reader<'a> {
    /// `> quoted`, `> [!note] Callout`: a quote is read as if it were not one; a callout's title names what follows.
    pub(super) fn quote(&mut self, indent: usize, line: &str) {
        let mut rest = line;
        let (mut inner, mut depth) = (0, 0);
        while let Some(after) = rest.strip_prefix('>') {
            let (columns, text) = lines::indentation(after);
            (rest, inner) = (text, columns.saturating_sub(1));
            depth += 1;
        }
        // a quote within a quote stands under what it follows
        let inner = inner + QUOTE * (depth - 1);
        let begins = !std::mem::replace(&mut self.quoted, true);
        let first = without_breaks(rest);
        let said = self.said_of_item(indent, first).or_else(|| self.said_of_name(indent, first));
        let said = said.filter(|_| begins && depth == 1);
        if begins {
            self.quote_deeper = said.unwrap_or_else(|| self.under_item_above(indent, rest));
        }
        let said = said.is_some();
        self.blank |= begins && self.quote_deeper == 0 && !said;
        if let Some(title) = rest.strip_prefix("[!") {
            self.close_callouts(depth - 1);
            self.callouts.push(depth);
            let title = title.split_once(']').map_or("", |(_, title)| title.trim_start_matches(['-', '+']).trim());
            // `Why?{title}`, as a plug-in of Jekyll's wants it
            let title = title.strip_suffix("{title}").unwrap_or(title).trim_end();
            let remark = ["Note:", "Info:", "Tip:"].iter().find_map(|word| title.strip_prefix(word));
            let text = Text::parse(remark.unwrap_or(title), self.number());
            if depth == 1 && self.asks_over_list(title) {
                self.callouts.pop();
                self.piece(PieceKind::Heading(self.level + 1), indent, text);
                self.blank = true;
                return;
            }
            let goes_on = self.rest_of_title(&text.plain);
            if goes_on.is_none() && !sentence::ends_sentence(&text.plain) {
                return self.piece(PieceKind::Open, indent, text);
            }
            self.piece(PieceKind::Open, indent, Text::default()); // a title that says something names nothing
            self.at -= 1;
            return self.title_sentence(indent, text, goes_on);
        }
        let rest = without_breaks(rest).to_owned();
        if !rest.trim().is_empty() {
            self.close_callouts(depth);
        }
        if begins && depth == 1 && !said && self.names_quote(&rest) {
            self.callouts.push(depth);
            let text = Text::parse(&rest, self.number());
            return self.piece(PieceKind::Open, indent, text);
        }
        if begins && depth == 1 && self.heads_section(&rest) {
            let text = Text::parse(&rest, self.number());
            self.piece(PieceKind::Heading(self.level + 1), indent, text);
            self.blank = true;
            return;
        }
        self.unquoted(indent + inner + self.quote_deeper, &rest);
    }

    /// Where (by index), behind lines that are empty and not quoted, the list goes on that the quote's last line leads to.
    pub(super) fn quote_goes_on(&self) -> Option<usize> {
        let leads = self.out.pieces.last().is_some_and(|last| last.text.plain.ends_with([':', '：']));
        if !leads || !self.callouts.is_empty() {
            return None;
        }
        let below = (self.at..self.lines.len()).find(|at| !self.lines[*at].trim().is_empty())?;
        let inner = self.lines[below].trim().strip_prefix('>')?.trim_start();
        lines::marker(inner).is_some().then_some(below)
    }

    /// How many columns deeper a quoted list stands that begins right under an item: it is what is said of that.
    fn under_item_above(&self, indent: usize, first: &str) -> usize {
        let is_item = |above: &&Piece| matches!(above.kind, PieceKind::Item { heading: false, .. }) && !above.quoted;
        let item = self.out.pieces.last().filter(is_item).filter(|item| !self.blank || self.takes_turns(item));
        match item {
            Some(item) if self.blank && indent <= item.indent => item.indent + QUOTE - indent,
            Some(item) if lines::marker(first).is_some() => item.indent + QUOTE,
            Some(item) if indent > 0 && indent <= item.indent => item.indent + QUOTE - indent,
            _ => 0,
        }
    }

    /// Whether items and quotes take turns, with empty lines between them: each quote is what the item above it is.
    fn takes_turns(&self, item: &Piece) -> bool {
        let behind = self.lines[self.at + 1..].iter().map(|line| line.trim_end());
        let next = behind.skip_while(|line| line.trim_start().starts_with('>')).find(|line| !line.is_empty());
        let is_beside = |line: &str| {
            let (indent, text) = lines::indentation(line);
            indent == item.indent && lines::marker(text).is_some()
        };
        let before = self.out.pieces.iter().rev().nth(1);
        item.blank_before && (next.is_some_and(is_beside) || before.is_some_and(|before| before.quoted))
    }

    /// Where the short line that begins a quote right under an item is what the item is, and no name in bold: how many
    /// columns deeper the quote stands than it is typed.
    fn said_of_item(&self, indent: usize, first: &str) -> Option<usize> {
        let item =
            self.out.pieces.last().filter(|above| !self.blank && matches!(above.kind, PieceKind::Item { .. }))?;
        let under = item.indent <= indent + 1;
        let bold = ["**", "__", "<b>", "<strong>"].iter().any(|mark| first.starts_with(mark));
        let deeper = item.indent < indent && lines::marker(first).is_none();
        let said = under && !bold && (deeper || self.names_quote(first));
        said.then(|| if item.indent < indent { 0 } else { item.indent + QUOTE - indent })
    }

    /// Where a quote stands right under a name alone in its line, how many columns deeper it stands: it is what the name is.
    fn said_of_name(&self, indent: usize, first: &str) -> Option<usize> {
        const MAX_NAME: usize = 40;
        let above = self.out.pieces.last().filter(|above| !self.blank && matches!(above.kind, PieceKind::Line))?;
        let plain = above.text.plain.as_str();
        let is_name = above.text.is_one_line()
            && (above.blank_before || above.after_quote)
            && lines::width(plain) <= MAX_NAME
            && plain.starts_with(is_letter_or_digit)
            && !plain.ends_with([':', '：', ','])
            && !sentence::ends_sentence(plain)
            && !sentence::names_something(plain);
        let says = first.starts_with(is_letter_or_digit) && lines::marker(first).is_none();
        (is_name && says && above.indent <= indent).then(|| (above.indent + QUOTE).saturating_sub(indent))
    }

    /// The line (by index) on which the title of a callout goes on that breaks off within its sentence.
    fn rest_of_title(&self, title: &str) -> Option<usize> {
        let inner = |at: usize| self.lines.get(at).and_then(|line| line.trim_start().strip_prefix('>')).map(str::trim);
        let next = (self.at + 1..).take_while(|at| inner(*at).is_some()).find(|at| inner(*at) != Some(""))?;
        let line = inner(next)?;
        let begins = line.starts_with('>') || lines::marker(line).is_some() || line.contains([':', '：']);
        (sentence::leads_on(title) && !begins).then_some(next)
    }

    /// Puts the title of a callout as the sentence it is, with the line (by index) on which it goes on.
    fn title_sentence(&mut self, indent: usize, title: Text, goes_on: Option<usize>) {
        let mut text = title;
        if let Some(next) = goes_on {
            let line = self.lines[next].trim_start().trim_start_matches('>').trim();
            text.join(Text::parse(line, next + 1));
            self.at = next;
        }
        self.piece(PieceKind::Line, indent, text);
    }

    /// Whether a callout is nothing but a question, and the list of its answers stands under it, outside of the quote.
    fn asks_over_list(&self, title: &str) -> bool {
        let below = self.lines[self.at + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
        title.ends_with(['?', '？']) && below.is_some_and(|below| lines::marker(below).is_some())
    }

    /// Whether a quote is nothing but a name and an empty line, as Notion writes some headings.
    fn heads_section(&self, first: &str) -> bool {
        const MAX_NAME: usize = 40;
        let ends = self.lines.get(self.at + 1).is_some_and(|line| line.trim() == ">");
        let below = self.lines[self.at + 1..].iter().map(|line| line.trim()).find(|line| !matches!(*line, "" | ">"));
        let opens_section = matches!(self.out.pieces.last(), None | Some(Piece { kind: PieceKind::Heading(_), .. }));
        ends && !opens_section
            && lines::width(first) <= MAX_NAME
            && first.starts_with(is_letter_or_digit)
            && !sentence::ends_sentence(first)
            && !sentence::names_something(first)
            && below.is_some_and(|below| !below.starts_with(['>', '#']))
    }

    /// Whether the first line of a quote names what the rest of it says.
    fn names_quote(&self, first: &str) -> bool {
        let inner = |line: &&'a str| line.trim_start().strip_prefix('>').map(str::trim);
        let rest = self.lines[self.at + 1..].iter().map_while(inner);
        let apart = self.lines.get(self.at + 1).is_some_and(|line| line.trim().trim_matches('>').is_empty());
        let Some(second) = rest.map(without_breaks).find(|line| !line.is_empty()) else { return false };
        let opens_section = matches!(self.out.pieces.last(), Some(Piece { kind: PieceKind::Heading(_), .. }));
        (apart || !opens_section)
            && sentence::is_name_over(first, second, apart)
            && !first.starts_with("```")
            && !lines::is_table_delimiter(second)
            && lines::rule_line(first).is_none()
            && lines::rule_line(second).is_none()
            && lines::marker(first).is_none()
            && lines::atx_heading(first).is_none()
    }

    /// Closes the callouts that stand deeper.
    pub(super) fn close_callouts(&mut self, depth: usize) {
        while self.callouts.pop_if(|open| *open > depth).is_some() {
            self.out.pieces.push(Piece {
                kind: PieceKind::Close,
                indent: 0,
                text: Text::default(),
                blank_before: true,
                after_quote: false,
                quoted: false,
            });
        }
    }
}
