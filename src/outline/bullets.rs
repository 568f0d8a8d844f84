//! Lists whose nesting shows in other ways than by indentation: slides and forms pasted as text keep only their signs.

mod counted;
mod labelled;
mod styles;

use super::labels::{behind_answer_mark, is_bold_label};
use super::lines::{Marker, NumberStyle};
use super::pieces::{Piece, PieceKind};
use super::sentence::names_something;
use crate::letter::is_letter;

/// The signs that people put before items of one level, outermost first. Those of one line mean the same.
const LEVELS: [&[char]; 3] = [&['●', '•'], &['○', '◦', 'o', 'ㅇ'], &['■', '▪', '□', '▫']];

/// Other signs of items; among these what comes first is outer.
const OTHERS: [char; 17] = ['◆', '◇', '▶', '▷', '►', '▸', '▹', '‣', '⁃', '∙', '·', '・', '※', '➤', '➢', '-', '*'];

/// Puts items deeper that stand at the indentation of the items they belong to.
pub(super) fn nest(pieces: &mut [Piece]) {
    let mut start = 0;
    while start < pieces.len() {
        let length = pieces[start..].iter().take_while(|piece| !ends_run(&piece.kind)).count();
        by_signs(&mut pieces[start..start + length]);
        by_bold_names(&mut pieces[start..start + length]);
        by_marked_titles(&mut pieces[start..start + length]);
        counted::by_announced_numbers(&mut pieces[start..start + length]);
        counted::by_counted_kinds(&mut pieces[start..start + length]);
        by_numbers(&mut pieces[start..start + length]);
        styles::by_number_styles(&mut pieces[start..start + length]);
        labelled::by_labels(&mut pieces[start..start + length]);
        by_answers(&mut pieces[start..start + length]);
        by_names(&mut pieces[start..start + length]);
        start += length + 1;
    }
}

fn ends_run(kind: &PieceKind) -> bool {
    matches!(kind, PieceKind::Heading(_) | PieceKind::Open | PieceKind::Close)
}

fn sign(piece: &Piece) -> Option<char> {
    match piece.kind {
        PieceKind::Item { marker: Marker::Bullet(sign), heading: false } => {
            let known = LEVELS.iter().any(|level| level.contains(&sign)) || OTHERS.contains(&sign);
            known.then_some(sign)
        }
        _ => None,
    }
}

/// Items under one heading, none indented, before which stand different signs: each sign is a level.
fn by_signs(pieces: &mut [Piece]) {
    let mut signs: Vec<char> = Vec::new();
    for piece in pieces.iter() {
        match sign(piece) {
            Some(_) if piece.indent > 0 => return,
            Some(sign) if !signs.contains(&sign) => signs.push(sign),
            _ => {}
        }
    }
    if signs.len() < 2 || signs.iter().all(char::is_ascii) {
        return;
    }
    if is_glossary(pieces, &signs) {
        return;
    }
    let level_of = |sign: char| LEVELS.iter().position(|level| level.contains(&sign));
    let alike = |one: char, other: char| one == other || level_of(one).is_some() && level_of(one) == level_of(other);
    let is_outer = |sign: char, open: char| matches!((level_of(sign), level_of(open)), (Some(a), Some(b)) if a < b);
    // the signs of the items that the next one may belong to
    let mut open: Vec<char> = Vec::new();
    for piece in pieces {
        if let Some(sign) = sign(piece) {
            match open.iter().position(|other| alike(*other, sign)) {
                Some(at) => open.truncate(at + 1),
                None => {
                    let inner = open.iter().position(|other| is_outer(sign, *other)).unwrap_or(open.len());
                    open.truncate(inner);
                    open.push(sign);
                }
            }
        } else if !matches!(piece.kind, PieceKind::Line) || piece.blank_before {
            open.clear();
        }
        piece.indent += 2 * open.len().saturating_sub(1);
    }
}

/// Whether most items of each sign are a name and what it is: whoever wrote them changed the sign, not the level.
fn is_glossary(pieces: &[Piece], signs: &[char]) -> bool {
    const LEAST: usize = 3;
    signs.iter().all(|wanted| {
        let mut items = pieces.iter().filter(|piece| sign(piece) == Some(*wanted));
        let (named, others): (Vec<_>, Vec<_>) = items.by_ref().partition(|item| names_something(&item.text.plain));
        named.len() >= LEAST && named.len() >= 2 * others.len()
    })
}

/// Items of another sign right behind one that is only a bold name, and at its indentation, stand under it.
fn by_bold_names(pieces: &mut [Piece]) {
    let mut name: Option<(char, usize)> = None; // its sign and indentation
    for piece in pieces {
        let sign = match piece.kind {
            PieceKind::Item { marker: Marker::Bullet(sign), heading: false } => Some(sign),
            _ => None,
        };
        match (name, sign) {
            (Some((above, indent)), Some(sign)) if piece.indent == indent && sign != above => piece.indent += 2,
            (Some((_, indent)), _) if piece.indent > indent => {}
            (_, Some(sign)) => {
                name = is_bold_label(&piece.text).then_some((sign, piece.indent));
            }
            _ => name = None,
        }
    }
}

/// An item behind an empty line that is emphasised as a whole stands over the items right behind it, up to the next empty
/// line: `* *Knots*` / `* Tie them well`.
fn by_marked_titles(pieces: &mut [Piece]) {
    const LONGEST: usize = 6; // words
    let is_marked = |piece: &Piece| {
        is_bullet(piece)
            && piece.text.is_wholly(|style| style.strong || style.emph)
            && piece.text.plain.split_whitespace().nth(LONGEST).is_none()
    };
    let mut title: Option<usize> = None; // its indentation
    for at in 0..pieces.len() {
        let indent = pieces[at].indent;
        let apart = pieces[at].blank_before || at == 0;
        let followed = pieces.get(at + 1).is_some_and(|next| next.indent == indent && is_bullet(next));
        if apart || title.is_some_and(|above| indent < above || indent == above && !is_bullet(&pieces[at])) {
            title = None;
        }
        if title.is_some() {
            pieces[at].indent += 2;
        } else if apart
            && followed
            && is_marked(&pieces[at])
            && !is_marked(&pieces[at + 1])
            && !pieces[at + 1].blank_before
        {
            title = Some(indent);
        }
    }
}

/// A number that goes on from one a column before it stands beside that one: people who count do not see the column.
fn by_numbers(pieces: &mut [Piece]) {
    // the numbers that may go on: indentation, number and its style, outermost first
    let mut open: Vec<(usize, u32, NumberStyle)> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let indent = pieces[at].indent;
        open.retain(|(above, ..)| *above <= indent);
        if let PieceKind::Item { marker: Marker::Number(number, style), .. } = pieces[at].kind {
            let goes_on =
                open.last().is_some_and(|(above, last, its)| (above + 1, last + 1, *its) == (indent, number, style));
            if goes_on {
                let deeper = pieces[at..].iter().take_while(|piece| piece.indent >= indent).count();
                pieces[at..at + deeper].iter_mut().for_each(|piece| piece.indent -= 1);
            }
            let indent = pieces[at].indent;
            open.retain(|(above, ..)| *above < indent);
            open.push((indent, number, style));
        }
        at += 1;
    }
}

/// An item that answers yes or no, or says that it answers, right behind one that asks, with what stands under it.
fn by_answers(pieces: &mut [Piece]) {
    let asks = |piece: &Piece| is_bullet(piece) && piece.text.plain.ends_with(['?', '？']);
    for at in 1..pieces.len() {
        let indent = pieces[at].indent;
        let (before, behind) = pieces.split_at_mut(at);
        let asked = before.last().is_some_and(|above| above.indent == indent && asks(above));
        let plain = behind[0].text.plain.as_str();
        let answers = says_yes_or_no(plain) || behind_answer_mark(plain, true).is_some();
        if !asked || !is_bullet(&behind[0]) || asks(&behind[0]) || !answers {
            continue;
        }
        let under = behind.iter().skip(1).take_while(|piece| piece.indent > indent).count();
        behind[..=under].iter_mut().for_each(|piece| piece.indent += 2);
    }
}

fn says_yes_or_no(plain: &str) -> bool {
    // `네 가지` counts, `No ship …` says something else: behind these words the clause ends
    const ALONE: [&str; 6] = ["Yes", "No", "네", "예", "はい", "いいえ"];
    const OPEN: [&str; 8] =
        ["Not necessarily", "Not really", "Not always", "아니다", "아니요", "그렇다", "그렇지 않다", "不是"];
    let behind = |words: &[&str]| words.iter().find_map(|word| plain.strip_prefix(word));
    behind(&ALONE).is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', '!', ';', ':', '、', '。', '，']))
        || behind(&OPEN).is_some_and(|rest| !rest.starts_with(is_letter))
}

/// A list of names and what they are, one after the other at one level: what follows a name belongs to it.
fn by_names(pieces: &mut [Piece]) {
    let mut at = 0;
    while at < pieces.len() {
        let indent = pieces[at].indent;
        let length = pieces[at..].iter().take_while(|piece| is_bullet(piece) && piece.indent == indent).count();
        let (flat, rest) = pieces[at..].split_at_mut(length);
        let parents = rest.first().is_some_and(|next| next.indent > indent && is_bullet(next));
        if !parents && alternates(flat) {
            flat.iter_mut().filter(|piece| !is_name(&piece.text.plain)).for_each(|piece| piece.indent += 2);
        }
        at += length.max(1);
    }
}

fn is_bullet(piece: &Piece) -> bool {
    matches!(piece.kind, PieceKind::Item { marker: Marker::Bullet(_), heading: false })
}

/// Whether items are names and what they are, and nothing else: several names, each with something behind it.
fn alternates(items: &[Piece]) -> bool {
    const SEVERAL: usize = 4;
    let names: Vec<bool> = items.iter().map(|item| is_name(&item.text.plain)).collect();
    names.first() == Some(&true)
        && names.last() == Some(&false)
        && names.iter().filter(|name| **name).count() >= SEVERAL
        && names.windows(2).all(|two| two != [true, true])
        && items.iter().zip(&names).all(|(item, name)| *name || says_something(&item.text.plain))
}

/// A word or two, or three.
fn is_name(plain: &str) -> bool {
    const MAX_WORDS: usize = 3;
    const MAX_NAME: usize = 24;
    plain.chars().take(MAX_NAME + 1).count() <= MAX_NAME
        && plain.split_whitespace().count() <= MAX_WORDS
        && plain.chars().all(|c| is_letter(c) || matches!(c, ' ' | '-' | '/' | '\'' | '’' | '(' | ')'))
        && !super::sentence::ends_sentence(plain)
}

/// Several words and no name of its own.
fn says_something(plain: &str) -> bool {
    const WORDS: usize = 4;
    const LETTERS: usize = 12;
    let apart = plain.split_whitespace().count() >= WORDS;
    let together = plain.chars().filter(|c| is_letter(*c) && !c.is_ascii()).count() >= LETTERS;
    (apart || together) && !super::sentence::names_something(plain)
}
