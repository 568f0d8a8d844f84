//! Lines that name what comes behind them: labels of lists, names over paragraphs.

use super::announced::announces_below;
use super::inline::Text;
use super::lines::Marker;
use super::pieces::{Piece, PieceKind};
use crate::letter::{is_letter, is_letter_or_digit};

/// Labels of what the name above them is, in small letters and without a full stop.
pub(crate) const DEFINES: [&str; 14] = [
    "definition",
    "intuitively",
    "informally",
    "def",
    "meaning",
    "idea",
    "mainidea",
    "정의",
    "뜻",
    "의미",
    "定義",
    "意味",
    "定义",
    "含义",
];

/// What stands before the answer to a question, and is no part of it.
pub(crate) const ANSWER_NAMES: [&str; 15] = [
    "Answer", "Ans", "A", "Solution", "Sol", "정답", "답변", "답", "해설", "풀이", "答え", "答", "回答", "答案", "解答",
];

/// `Q. …`, `Q1) …`, `질문: …`: a line whose mark says that it asks.
pub(crate) fn is_marked_question(plain: &str) -> bool {
    let rest = ["Q", "Ｑ", "질문", "문제", "문", "問題", "問"].iter().find_map(|mark| plain.strip_prefix(mark));
    let number = |c: char| c.is_ascii_digit() || c == ' ';
    let asked = rest.and_then(|rest| rest.trim_start_matches(number).strip_prefix(['.', ')', ':', '：']));
    asked.is_some_and(|asked| !asked.trim().is_empty())
}

/// What is behind the name of an answer and its number (`Answer`, `답 2`, `A1`), and whether it has a number.
pub(crate) fn behind_answer_name(text: &str) -> Option<(&str, bool)> {
    if !text.starts_with(['A', 'S', '정', '답', '해', '풀', '答', '回', '解']) {
        return None;
    }
    let rest = ANSWER_NAMES.iter().find_map(|name| text.strip_prefix(name))?;
    let number = rest.trim_start();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    Some(if digits > 0 { (&number[digits..], true) } else { (rest, false) })
}

/// What is behind `Answer:`, `정답 :`, `[답]`, `A:`; nothing for another line. `asked`: it stands under a question, where
/// `A1:` is an answer too rather than a name.
pub(crate) fn behind_answer_mark(plain: &str, asked: bool) -> Option<&str> {
    if let Some(inner) = plain.strip_prefix(['(', '[', '【', '<']) {
        let rest = behind_answer_name(inner)?.0.trim_start();
        let rest = rest.strip_prefix([')', ']', '】', '>', ':', '：']);
        return rest.map(|rest| rest.trim_matches([':', '：', ')', ' ']));
    }
    let (rest, numbered) = behind_answer_name(plain).filter(|(_, numbered)| asked || !numbered)?;
    let sign = rest.trim_start();
    let shortened = plain.starts_with("Ans.") || plain.starts_with("Sol.");
    sign.strip_prefix([':', '：', '→'])
        .or_else(|| sign.strip_prefix([')', '.']).filter(|_| numbered || shortened))
        .map(str::trim)
}

/// A label over items is no longer (words).
const MAX_LABEL_WORDS: usize = 5;

/// Parts the label of a list from the sentences it stands behind (`It floats. Good for:` over items).
pub(super) fn part_labels(pieces: Vec<Piece>) -> Vec<Piece> {
    if pieces.iter().all(|piece| label_at_end(piece).is_none()) {
        return pieces; // as in most notes
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let over_items = pieces.peek().is_some_and(|next| matches!(next.kind, PieceKind::Item { .. }));
        match label_at_end(&piece).filter(|_| over_items) {
            Some((prose, label)) => {
                let parted =
                    |range, blank_before| Piece { text: piece.text.part(range), blank_before, ..piece.clone() };
                out.push(parted(0..prose, piece.blank_before));
                out.push(parted(label..piece.text.plain.len(), false));
            }
            None => out.push(piece),
        }
    }
    out
}

/// Where the sentences of a line of prose end, and where the label behind them begins.
fn label_at_end(piece: &Piece) -> Option<(usize, usize)> {
    let plain = piece.text.plain.as_str();
    if !matches!(piece.kind, PieceKind::Line) || !plain.ends_with([':', '：']) || !plain.contains(". ") {
        return None;
    }
    let sentences = super::sentence::sentences(plain);
    let [.., prose, label] = sentences.as_slice() else { return None };
    // a clause goes on about what was said before
    const SUBJECTS: [&str; 12] =
        ["It ", "They ", "This ", "These ", "Those ", "That ", "There ", "We ", "You ", "He ", "She ", "Here "];
    let last = &plain[label.clone()];
    let is_label = last.split_whitespace().count() <= MAX_LABEL_WORDS
        && last.starts_with(char::is_uppercase)
        && !SUBJECTS.iter().any(|subject| last.starts_with(subject));
    is_label.then_some((prose.end, label.start))
}

/// What is worth knowing of the piece that comes next.
#[derive(Clone, Copy)]
pub(super) struct Ahead {
    pub(super) is_item: bool,
    pub(super) is_table: bool,
    pub(super) is_line: bool,
    /// It is a line with a sign that parts a name from its answer.
    pub(super) is_parted: bool,
    /// It is a line in bold from end to end.
    pub(super) is_bold: bool,
    /// It is a line of prose: a sentence, or longer than a name.
    pub(super) is_prose: bool,
    /// The number it has in its list.
    pub(super) number: Option<u32>,
    pub(super) indent: usize,
    pub(super) blank_before: bool,
    /// A name over lines of its own stands behind it; looked at only behind a line that opens a section.
    pub(super) is_before_another: bool,
}

impl Ahead {
    pub(super) fn of(piece: &Piece) -> Ahead {
        Ahead {
            is_item: matches!(piece.kind, PieceKind::Item { .. }) && !piece.after_quote,
            is_table: matches!(piece.kind, PieceKind::Table(_)),
            is_line: matches!(piece.kind, PieceKind::Line),
            is_parted: matches!(piece.kind, PieceKind::Line) && super::sentence::names_something(&piece.text.plain),
            is_bold: matches!(piece.kind, PieceKind::Line) && piece.text.is_wholly(|style| style.strong),
            is_prose: matches!(piece.kind, PieceKind::Line)
                && !piece.text.plain.ends_with(['?', '？'])
                && (super::sentence::ends_sentence(&piece.text.plain) && piece.text.plain.contains(' ')
                    || super::lines::width(&piece.text.plain) > MAX_NAME_WIDTH),
            number: match piece.kind {
                PieceKind::Item { marker: Marker::Number(number, _), .. } => Some(number),
                _ => None,
            },
            indent: piece.indent,
            blank_before: piece.blank_before,
            is_before_another: false,
        }
    }
}

/// Whether the items or the table below a line are its own: no empty line between them, or it ends with a colon.
pub(super) fn opens_list(text: &Text, indent: usize, next: Option<Ahead>) -> bool {
    let Some(next) = next else { return false };
    let colon = text.plain.ends_with([':', '：']);
    if !colon && super::sentence::ends_sentence(&text.plain) {
        return next.is_item && next.indent >= indent && announces_below(&text.plain);
    }
    let below = next.is_item || next.is_table;
    (below && next.indent + 1 >= indent && (colon || !next.blank_before))
        || (next.is_line && !next.blank_before && next.indent > indent)
}

/// A name alone between empty lines (columns on a screen) is no longer than this.
const MAX_NAME_WIDTH: usize = 40;

/// With a separator it is a name and what it is in another language; a longer one is a definition.
const MAX_GLOSSED_WIDTH: usize = 24;

/// Whether a line that stands alone names the items that follow it after an empty line.
pub(super) fn names_list(text: &Text, indent: usize, next: Option<Ahead>) -> bool {
    indent <= 3
        && next.is_some_and(|next| next.is_item && next.blank_before && next.indent >= indent)
        && (is_short_name(text) || announces_below(&text.plain))
}

/// A shorter word (letters) over a paragraph may be any remark: `예시`, `참고`.
const LEAST_NAME: usize = 3;

/// Whether a line alone between empty lines names the paragraph that follows it.
pub(super) fn names_prose(text: &Text, indent: usize, next: Option<Ahead>) -> bool {
    next.is_some_and(|next| next.is_prose && !next.is_parted && next.blank_before && next.indent == indent)
        && is_glossed_name(text)
        && text.plain.chars().filter(|c| is_letter(*c)).count() >= LEAST_NAME + digits(&text.plain)
        && !super::sentence::reads_as_answer("", without_gloss(&text.plain), false)
}

/// A name right over lines of its own (columns on a screen) is no longer than this.
const MAX_WIDTH_OVER_LINES: usize = 30;

/// Whether a line behind an empty one is a name over lines that follow right below, which nobody wrapped: it had room
/// for the next one's first words.
pub(super) fn names_lines(text: &Text, indent: usize, next: Option<Ahead>) -> bool {
    next.is_some_and(|next| next.is_line && !next.is_parted && !next.blank_before && next.indent == indent)
        && is_glossed_name(text)
        && super::lines::width(without_gloss(&text.plain)) <= MAX_WIDTH_OVER_LINES
        && !text.plain.contains([':', '：', '=', '|'])
        && !super::sentence::names_something(&text.plain)
        && text.plain.chars().filter(|c| is_letter(*c)).count() >= LEAST_NAME + digits(&text.plain)
        && !super::sentence::reads_as_answer("", without_gloss(&text.plain), false)
}

/// Whether a piece is a line that names what stands right below it.
pub(super) fn is_name_over_lines(pieces: &[Piece], i: usize) -> bool {
    pieces.get(i).is_some_and(|piece| {
        let is_apart = matches!(piece.kind, PieceKind::Line) && piece.blank_before;
        is_apart && names_lines(&piece.text, piece.indent, pieces.get(i + 1).map(Ahead::of))
    })
}

/// A date has more of them than letters.
fn digits(plain: &str) -> usize {
    plain.bytes().filter(u8::is_ascii_digit).count()
}

/// Whether a line is a short name, its gloss in brackets aside.
pub(crate) fn is_glossed_name(text: &Text) -> bool {
    let bare = without_gloss(&text.plain);
    is_short_name(text) || bare.len() < text.plain.len() && is_short_name(&text.part(0..bare.len()))
}

/// A name without the brackets it ends in.
fn without_gloss(name: &str) -> &str {
    let gloss = name.find(['(', '（']).filter(|at| *at > 0 && name.ends_with([')', '）']));
    gloss.map_or(name, |at| &name[..at])
}

pub(super) fn is_short_name(text: &Text) -> bool {
    let plain = text.plain.as_str();
    text.is_one_line()
        && !text.is_wholly(|style| style.link.is_some())
        && super::lines::width(plain) <= MAX_NAME_WIDTH
        && !super::sentence::ends_sentence(plain)
        && (!super::sentence::names_something(plain) || super::lines::width(plain) <= MAX_GLOSSED_WIDTH)
        && !plain.ends_with([',', '、', '，'])
        && plain.starts_with(is_letter_or_digit)
}

/// Whether a line ends with a colon or a dash, or is bold or highlighted, and has the line right below for its answer.
pub(super) fn is_label_over_line(text: &Text, next: Option<Ahead>) -> bool {
    let parts = text.plain.ends_with([':', '：']) || [" –", " —", " -"].iter().any(|dash| text.plain.ends_with(dash));
    (parts || text.is_wholly(|style| style.strong || style.mark))
        && is_short_name(text)
        && next.is_some_and(|next| next.is_line && !next.blank_before && !next.is_parted && !next.is_bold)
}

/// A name without the remark in brackets behind it.
pub(super) fn without_last_bracket(plain: &str) -> &str {
    let open = plain.trim_end().strip_suffix([')', '）']).and_then(|inner| inner.rfind(['(', '（']));
    open.map_or(plain, |at| plain[..at].trim_end())
}

/// Whether a text is all bold, but perhaps for what stands in brackets behind it (`**Keel** (龙骨)`).
pub(super) fn is_bold_label(text: &Text) -> bool {
    let name = without_last_bracket(&text.plain);
    let is_name = || !name.is_empty() && text.part(0..name.len()).is_wholly(|style| style.strong);
    text.is_wholly(|style| style.strong) || name.len() < text.plain.len() && is_name()
}
