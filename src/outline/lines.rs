//! What one line of a note looks like: its indentation, bullet or number, heading marks.

mod numbers;

pub use numbers::section_number;
pub(super) use numbers::{keycap, number_behind_bullet};

use crate::letter::is_letter;
use numbers::{number, step};
use unicode_width::UnicodeWidthStr;

/// Tabs go to the next multiple of this many columns.
const TAB: usize = 4;

/// What stands before an item's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `-`, `*`, `+`, `•`, `◦`, …: the character.
    Bullet(char),
    /// `1.`, `(2)`, `③`, `가.`, `一、`: the number, from 1, and the family it belongs to.
    Number(u32, NumberStyle),
    /// `→`, `=>`, `ㄴ`: the line says more about the line above it.
    Arrow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1.`
    Dot,
    /// `1)`
    Bracket,
    /// `(1)`
    Brackets,
    /// `①`
    Circled,
    /// `a.`, `B)`
    Letter,
    /// `가.`
    Hangul,
    /// `가)`
    HangulBracket,
    /// `II.`, `Ⅲ`
    Roman,
    /// `一、`
    Han,
}

impl NumberStyle {
    /// Whether it is written in digits, which cannot be taken for another number: `I.` may be one or the ninth letter.
    pub fn is_digits(self) -> bool {
        matches!(self, NumberStyle::Dot | NumberStyle::Bracket | NumberStyle::Brackets | NumberStyle::Circled)
    }
}

/// Columns of leading white space, and the rest of the line.
pub(super) fn indentation(line: &str) -> (usize, &str) {
    let mut columns = 0;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            ' ' | '\u{A0}' => columns += 1,
            '\t' => columns = (columns / TAB + 1) * TAB,
            '\u{3000}' => columns += 2,
            '\u{FEFF}' | '\u{200B}' => {}
            '&' => match ["&nbsp;", "&ensp;", "&emsp;"].iter().find(|space| rest.starts_with(**space)) {
                Some(space) => {
                    columns += 1;
                    length = space.len();
                }
                None => return (columns, rest),
            },
            _ => return (columns, rest),
        }
        rest = &rest[length..];
    }
    (columns, "")
}

/// How many columns the line takes on a screen.
pub(super) fn width(line: &str) -> usize {
    line.width()
}

/// An item's marker and the text after it. `line` has no leading white space.
pub(super) fn marker(line: &str) -> Option<(Marker, &str)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    // `\- text`, `**\-** text`: what editors make of a dash that somebody typed
    if matches!(first, '\\' | '*')
        && let Some(text) = ["\\- ", "**\\-** ", "**\\- **"].iter().find_map(|dash| line.strip_prefix(dash))
    {
        return Some((Marker::Bullet('-'), text.trim_start()));
    }
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}', '\u{3000}']);
    if let Some(arrow) = arrow(line) {
        return Some((Marker::Arrow, arrow.trim_start()));
    }
    match first {
        '-' | '–' | '—' if spaced || tight_dash(rest) => Some((Marker::Bullet('-'), rest.trim_start())),
        '*' if tight_star(rest) => Some((Marker::Bullet('*'), rest)),
        '*' | '+' if spaced => Some((Marker::Bullet(first), rest.trim_start())),
        '·' | '•' | '◦' | '▪' | '▫' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▶' | '►' | '▷' | '▸' | '▹' | '‣' | '⁃'
        | '∙' | '✓' | '✔' | '✅' | '☑' | '➤' | '➢' | '➔' | '・' | '※' | '★' | '☆' | '◎' | '✦' | '👉' | '📌' | '🔹'
        | '🔸' | '◾' | '◽' | '◼' | '◻' | '▣' | '◈' | '◉' | '⦁' | '❖' | '❑' => {
            Some((Marker::Bullet(first), rest.trim_start_matches('\u{FE0F}').trim_start()))
        }
        // a letter that begins no word, typed for the circle
        'ㅇ' | 'ㅁ' if !rest.starts_with(|c| matches!(c, 'ㄱ'..='ㅣ')) => {
            Some((Marker::Bullet(first), rest.trim_start()))
        }
        '\u{E000}'..='\u{F8FF}' if spaced => Some((Marker::Bullet(symbol(first)), rest.trim_start())),
        'o' if rest.starts_with("  ") || rest.starts_with('\t') => Some((Marker::Bullet('o'), rest.trim_start())),
        _ => number(line).or_else(|| step(line)).map(|(number, style, rest)| (Marker::Number(number, style), rest)),
    }
}

/// The sign that a bullet of the fonts Symbol and Wingdings shows: word processors paste it as U+F000 and its code there.
fn symbol(pasted: char) -> char {
    match pasted {
        '\u{F0B7}' => '•',
        '\u{F0D8}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F076}' => '❖',
        _ => '▪',
    }
}

/// The length in bytes of the sign that begins a line which says what stands above it: `= text`, `: text`, and `:글` or
/// `:Some text` without the space. `:q`, `:smile:` and `::before` are something else.
pub(crate) fn leading_sign(line: &str) -> Option<usize> {
    if let Some(said) = line.strip_prefix("= ") {
        return Some(line.len() - said.trim_start().len());
    }
    let rest = line.strip_prefix([':', '：'])?;
    let said = rest.trim_start_matches([':', ' ']);
    let mut letters = said.chars().skip_while(|c| matches!(c, '*' | '_' | '`' | '[')); // of Markdown
    let begins = said.is_empty()
        || rest.starts_with(' ')
        || line.starts_with('：')
        || letters.next().is_some_and(|c| {
            let sentence = |next: char| c.is_ascii_uppercase() && next.is_alphabetic() && said.contains(' ');
            !rest.starts_with(':') && is_letter(c) && (!c.is_ascii() || letters.next().is_some_and(sentence))
        });
    begins.then(|| line.len() - said.len())
}

/// `-텍스트`: people leave the space out; `-5`, `--`, `->` are something else.
fn tight_dash(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| is_letter(c) || matches!(c, '*' | '`' | '[' | '(' | '"' | '\'' | '“' | '「'))
        && !rest.starts_with("**-")
}

/// `*텍스트` without another star: no emphasis.
fn tight_star(rest: &str) -> bool {
    let named = rest.starts_with(|c: char| is_letter(c) && !c.is_ascii_lowercase());
    named && rest.chars().any(|c| is_letter(c) && !c.is_ascii()) && !rest.contains('*')
}

fn arrow(line: &str) -> Option<&str> {
    if !line.starts_with(['=', '-', '<', '↔', '→', '⇒', '⇨', '➜', '↳', '└', 'ㄴ', '➡']) {
        return None;
    }
    const ARROWS: [&str; 16] =
        ["<->", "<=>", "↔", "=>", "->", "-->", "==>", "→", "⇒", "⇨", "➜", "↳", "└", "ㄴ ", "ㄴ>", "➡️"];
    ARROWS
        .iter()
        .filter_map(|arrow| line.strip_prefix(arrow))
        .min_by_key(|rest| rest.len())
        .filter(|rest| !rest.trim().is_empty())
}

/// A heading's level and text: `## Title`, `##Title`, `## Title ##`. A single `#word` is a tag.
pub(super) fn atx_heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let rest = &line[level..];
    if level == 0 || level > 6 || (level == 1 && !rest.starts_with([' ', '\t'])) || rest.starts_with('!') {
        return None;
    }
    let text = rest.trim();
    let closed = text.trim_end_matches('#');
    let text = if closed.ends_with(' ') || closed.is_empty() { closed.trim_end() } else { text };
    u8::try_from(level).ok().map(|level| (level, text))
}

/// `== Title ==`, as wikis have it: its level and text. Marked text has no space behind the `==`.
pub(super) fn wiki_heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|b| *b == b'=').count();
    let text = line[level..].strip_prefix(' ').filter(|_| level > 1)?.trim();
    let name = text.trim_end_matches('=');
    let closed = text.len() - name.len();
    let fits = (2..=6).contains(&level) && closed == level && !name.is_empty() && !name.contains("==");
    u8::try_from(level).ok().filter(|_| fits).map(|level| (level, name.trim_end()))
}

/// `= Title`, `== Title`, as AsciiDoc and Typst have it: its level and text.
pub(super) fn open_wiki_heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|b| *b == b'=').count();
    let name = line[level..].strip_prefix(' ')?.trim();
    let fits = (1..=5).contains(&level) && name.starts_with(is_letter) && !name.contains('=');
    u8::try_from(level).ok().filter(|_| fits).map(|level| (level, name))
}

/// Whether the headings of a note are such: it has several behind empty lines, and none with `#`.
pub(super) fn has_open_wiki_headings(lines: &[&str]) -> bool {
    const SEVERAL: usize = 2;
    let apart = |at: usize| at == 0 || lines[at - 1].trim().is_empty();
    let found = (0..lines.len()).filter(|at| apart(*at) && open_wiki_heading(lines[*at]).is_some());
    found.take(SEVERAL).count() == SEVERAL && !lines.iter().any(|line| atx_heading(line).is_some())
}

/// `----- Title -----`, `####### Title #######`: the level and text of a heading framed by a rule on one line.
pub(super) fn banner(line: &str) -> Option<(u8, &str)> {
    const MIN_FRAME: usize = 3; // characters on each side
    let mark = line.chars().next().filter(|mark| is_rule_mark(*mark))?;
    let inner = line.trim_matches(mark);
    let before = line.len() - line.trim_start_matches(mark).len();
    let behind = line.len() - line.trim_end_matches(mark).len();
    let name = inner.trim();
    let framed = before.min(behind) >= MIN_FRAME * mark.len_utf8() && inner.starts_with(' ') && inner.ends_with(' ');
    // as many hashes or less are a heading's own
    let level = if matches!(mark, '=' | '#' | '*' | '━') { 1 } else { 2 };
    let is_own = mark == '#' && before <= 6;
    (framed && !is_own && !name.contains(mark) && name.chars().any(is_letter)).then_some((level, name))
}

/// The characters that rules and frames are made of.
fn is_rule_mark(c: char) -> bool {
    matches!(c, '-' | '=' | '*' | '_' | '─' | '━' | '~' | '#')
}

/// `** text`, `*** text`: how deep its bullet is, and the text.
pub(super) fn stacked_bullet(line: &str) -> Option<(usize, &str)> {
    let stars = line.bytes().take_while(|b| *b == b'*').count();
    let text = line[stars..].strip_prefix(' ')?;
    ((2..=6).contains(&stars) && !text.contains("**") && !text.trim().is_empty()).then(|| (stars, text.trim_start()))
}

/// The character a rule or an underline is made of: `---`, `===`, `***`, `___`, `────`.
pub(super) fn rule_line(line: &str) -> Option<char> {
    let line = line.trim();
    let first = line.chars().next()?;
    if !is_rule_mark(first) {
        return None;
    }
    let marks = line.chars().filter(|c| *c == first).count();
    (marks >= 3 && line.chars().all(|c| c == first || c == ' ')).then_some(first)
}

/// Whether the line is the second of a pipe table: `| --- | :-: |`.
pub(super) fn is_table_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line.trim_matches('|').split('|').all(|cell| {
            let cell = cell.trim();
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
        })
}

/// The cells of a table row: `\|` and pipes within code do not split.
pub(super) fn table_cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let closed = line.matches('`').count().is_multiple_of(2);
    let (mut escaped, mut code) = (false, false);
    for c in line.chars() {
        match c {
            '|' if escaped => {
                if let Some(cell) = cells.last_mut() {
                    cell.pop();
                    cell.push('|');
                }
            }
            '|' if !code => cells.push(String::new()),
            _ => {
                code ^= closed && c == '`';
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
        escaped = c == '\\' && !escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells
}
