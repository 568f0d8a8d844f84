//! Headings that lost their `#`: which lines are headings all the same, and at what level.

mod below;
mod levels;
mod parts;
mod tight;
mod words;

use super::labels::{behind_answer_mark, is_bold_label, is_marked_question, without_last_bracket};
use super::lines::width;
use super::pieces::ornaments::unframed;
use super::pieces::{Piece, PieceKind};
use super::sentence::{ends_sentence, hangs, leaves_topic_open, reads_as_answer};
use crate::letter::{is_letter, is_letter_or_digit, key};
use below::{is_label_among_labels, is_nested_by_indent, is_over_glossary, is_within_item, names_side};
use words::{has_answer, has_columns, has_latin_topic, has_topic_and_subject, is_title, says_what_is, tells};

/// A heading is short (columns on a screen).
const MAX_WIDTH: usize = 72;
/// The name above a line that follows without an empty line is shorter still.
const MAX_LABEL_WIDTH: usize = 40;

/// Turns lines that are headings into headings, with levels.
pub(super) fn find(pieces: &mut [Piece]) {
    // a mark on the title alone says nothing of the others; folds head what is in them
    let heads_fold = |piece: &Piece| matches!(piece.kind, PieceKind::Open);
    let titled = pieces.first().is_some_and(|piece| matches!(piece.kind, PieceKind::Heading(_)));
    let marked = pieces.iter().skip(1).any(|piece| matches!(piece.kind, PieceKind::Heading(_)))
        || titled && pieces.iter().any(heads_fold);
    let tight = tight::names(pieces);
    let in_turn = tight::names_and_lines_in_turn(pieces, marked);
    let mut found = Vec::new();
    let mut bare = None; // the heading right above, while nothing stands under it
    let mut bold: Option<usize> = None; // the indentation of a lost heading in bold, while only a list stands under it
    for i in 0..pieces.len() {
        let beside = bold == Some(pieces[i].indent) && !pieces[i].blank_before;
        let is_in_turn = |name: usize| in_turn.binary_search(&name).is_ok();
        let said = i > 0 && is_in_turn(i - 1);
        let is_name = || if marked || beside { is_bold_name(pieces, i, beside) } else { is_lost(pieces, i, bare) };
        let lost = tight.binary_search(&i).is_ok() || is_in_turn(i) || !said && is_name();
        if lost {
            found.push(i);
            bold = is_bold_line(&pieces[i]).then_some(pieces[i].indent);
        } else if !matches!(pieces[i].kind, PieceKind::Item { heading: false, .. }) {
            bold = None;
        }
        bare = (lost || matches!(pieces[i].kind, PieceKind::Heading(_))).then_some(i);
    }
    let levels = if marked { levels::under_marked(pieces, &found) } else { levels::unmarked(pieces, &found) };
    let parts = if marked { Vec::new() } else { parts::numbered(pieces, &found) };
    let deeper = u8::from(!parts.is_empty());
    for (i, level) in found.into_iter().zip(levels) {
        pieces[i].kind = PieceKind::Heading(level + deeper);
    }
    for part in parts {
        pieces[part].kind = PieceKind::Heading(1);
    }
}

fn is_line(piece: &Piece) -> bool {
    matches!(piece.kind, PieceKind::Line)
}

/// A line that can be a heading by its own looks.
fn is_name(piece: &Piece, max_width: usize) -> bool {
    let plain = piece.text.plain.as_str();
    is_line(piece)
        && piece.text.is_one_line()
        && plain.chars().any(is_letter_or_digit)
        && !plain.starts_with([',', ':', '.', ')', '=', '"', '“', '/'])
        && !plain.ends_with([',', '、', '，', '-'])
        && !["키워드", "keyword", "Keyword", "=>", "->"].iter().any(|start| plain.starts_with(start))
        && !ends_sentence(plain)
        && !without_last_bracket(plain).is_empty()
        && !tells(plain)
        && !has_columns(plain)
        && !piece.text.is_wholly(|style| style.link.is_some() || style.code)
        && is_plain_name(piece, max_width)
}

/// A line that can be a heading by its words.
fn is_plain_name(piece: &Piece, max_width: usize) -> bool {
    let plain = piece.text.plain.as_str();
    !says_what_is(plain)
        && !has_topic_and_subject(plain)
        && (width(plain) <= max_width || is_bold_line(piece) && width(without_last_bracket(plain)) <= max_width)
        && (!hangs(plain) || leaves_topic_open(plain))
}

/// In a note whose headings have their marks: a line alone that is bold or in brackets (`[Name]`), or one behind the list of
/// such a heading (`beside`), over something.
fn is_bold_name(pieces: &[Piece], i: usize, beside: bool) -> bool {
    let piece = &pieces[i];
    is_name(piece, MAX_WIDTH)
        && (piece.blank_before || beside)
        && (is_bold_line(piece) || is_framed(&piece.text.plain))
        && !has_latin_topic(&piece.text.plain)
        && !is_about_heading(pieces, i)
        && !is_within_item(pieces, i)
        && !is_label_among_labels(pieces, i)
        && !piece.text.plain.split_once(" = ").is_some_and(|(name, what)| !name.is_empty() && what.contains(' '))
        && pieces.get(i + 1).is_some_and(|next| !matches!(next.kind, PieceKind::Heading(_)) && !is_bold_line(next))
}

/// `X는 …` under the heading `X`: the line is a sentence about that.
fn is_about_heading(pieces: &[Piece], i: usize) -> bool {
    const FAR: usize = 40; // pieces
    let is_heading = |piece: &&Piece| matches!(piece.kind, PieceKind::Heading(_));
    let heading = pieces[i.saturating_sub(FAR)..i].iter().rev().find(is_heading);
    let said = heading.and_then(|heading| pieces[i].text.plain.strip_prefix(heading.text.plain.as_str()));
    said.is_some_and(|said| ["은 ", "는 ", "이란 ", "란 "].iter().any(|topic| said.starts_with(topic)))
}

/// `[Name]`, `【Name】`: a name in brackets, and nothing beside it.
fn is_framed(plain: &str) -> bool {
    const LEAST: usize = 2; // letters
    unframed(plain).len() < plain.trim().len()
        && unframed(plain).chars().filter(|c| is_letter(*c)).nth(LEAST - 1).is_some()
}

/// Whether a line is all bold, but perhaps for what stands in brackets behind it (`**Keel** (龙骨)`).
fn is_bold_line(piece: &Piece) -> bool {
    is_line(piece) && is_bold_label(&piece.text)
}

fn is_lost(pieces: &[Piece], i: usize, bare: Option<usize>) -> bool {
    let piece = &pieces[i];
    let Some(next) = pieces.get(i + 1) else {
        // the last line: a name with nothing under it rather than what the name above it is
        return bare.is_some_and(|above| {
            is_name(piece, MAX_WIDTH) && !reads_as_answer(&pieces[above].text.plain, &piece.text.plain, false)
        });
    };
    let is_said_of = |above: &Piece| {
        // what a bold name is stands right below it, the answer to a bold question also behind an empty line
        let behind_bold = is_bold_line(above)
            && (!piece.blank_before || above.text.plain.ends_with(['?', '？']))
            && !is_bold_line(piece);
        let plain = piece.text.plain.as_str();
        let answers =
            || behind_answer_mark(plain, true).is_some() || plain.starts_with("A. ") || plain.starts_with("A) ");
        behind_bold || is_marked_question(&above.text.plain) && answers()
    };
    if bare.is_some_and(|above| is_said_of(&pieces[above])) {
        return false;
    }
    // the last lines of a quote head nothing that stands behind it
    if piece.quoted && pieces[i..].iter().take(3).any(|behind| !behind.quoted) {
        return false;
    }
    let starts = piece.blank_before || bare.is_some();
    if !starts || piece.indent > 3 || !is_name(piece, MAX_WIDTH) || matches!(next.kind, PieceKind::Close) {
        return false;
    }
    let plain = piece.text.plain.as_str();
    if has_latin_topic(plain) || is_nested_by_indent(pieces, i) {
        return false;
    }
    let colon = plain.ends_with([':', '：']);
    let next_is_line = is_line(next);
    if colon {
        // `Name:` over a list is the list's label; over lines with empty lines between, or the first of two sides that it
        // sets against each other, it is their heading
        return next_is_line && (next.blank_before || names_a_side(pieces, i));
    }
    let over_items = matches!(next.kind, PieceKind::Item { .. }) && piece.blank_before;
    let apart = piece.blank_before && next.blank_before && is_title(plain);
    let titled = apart && (over_items || shares_prefix(pieces, i));
    if has_answer(plain, i == 0) && !(over_items && is_bold_line(piece) || titled) {
        return false;
    }
    let rival = bare
        .and_then(|above| subjects(&pieces[above].text.plain))
        .is_some_and(|subjects| subjects.contains(&key(plain)));
    if let Some(above) = bare
        && !rival
        && reads_as_answer(&pieces[above].text.plain, plain, matches!(next.kind, PieceKind::Item { .. }))
    {
        return false;
    }
    if next_is_line && !next.blank_before {
        let longer = width(&next.text.plain) > width(plain);
        let short = width(plain) <= MAX_LABEL_WIDTH || subjects(plain).is_some();
        let over_sides = names_a_side(pieces, i);
        // a chapter's name right above that of its first part
        let over_bold = is_bold_line(next) && pieces.get(i + 2).is_some_and(|below| !is_bold_line(below));
        return short
            && (longer
                || is_bold_line(piece) && (over_bold || !is_bold_line(next))
                || is_over_glossary(pieces, i)
                || over_sides);
    }
    let words = plain.split_whitespace().count();
    words <= 12 && (next.blank_before || !next_is_line)
}

/// `Rope: Kinds` where `Rope: Care Of It` stands alone as well: what is before the colon names the chapter.
fn shares_prefix(pieces: &[Piece], i: usize) -> bool {
    const FAR: usize = 60; // pieces
    let prefix = |piece: &Piece| piece.text.plain.split_once(": ").map(|(prefix, _)| key(prefix));
    let own = prefix(&pieces[i]).filter(|own| !own.is_empty());
    let alone = |at: &usize| {
        let apart = pieces[*at].blank_before && pieces.get(at + 1).is_some_and(|next| next.blank_before);
        *at != i && apart && is_line(&pieces[*at]) && is_title(&pieces[*at].text.plain)
    };
    let near = i.saturating_sub(FAR)..pieces.len().min(i + FAR);
    own.is_some() && near.filter(alone).any(|at| prefix(&pieces[at]) == own)
}

/// Whether one of the lines right below says what one of the things is that a name sets against each other.
fn names_a_side(pieces: &[Piece], i: usize) -> bool {
    const NEAR: usize = 3; // lines
    let below = || pieces[i + 1..].iter().take_while(|piece| is_line(piece) && !piece.blank_before).take(NEAR);
    subjects(&pieces[i].text.plain).is_some_and(|sides| below().any(|line| names_side(&sides, &line.text.plain)))
}

/// The subjects of a heading that sets things against each other, as keys.
fn subjects(name: &str) -> Option<Vec<String>> {
    if let Some((_, sides)) = name.split_once(" between ") {
        return sides
            .contains(" and ")
            .then(|| sides.split(" and ").map(|side| key(side.trim_end_matches(':'))).collect());
    }
    if !name.as_bytes().windows(2).any(|two| two[0] == b' ' && two[1].eq_ignore_ascii_case(&b'v')) {
        return None;
    }
    let lower = name.to_lowercase();
    let separator = [" vs. ", " vs ", " versus ", " v.s. "].into_iter().find(|s| lower.contains(s))?;
    Some(lower.split(separator).map(key).collect())
}
