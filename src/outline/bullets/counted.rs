//! What stands at the indentation of the bullet that announces it: `- rights of a mate:` / `1) …` / `2) …`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::is_bullet;
use crate::letter::is_letter;
use crate::outline::announced::announces_list;
use crate::outline::lines::Marker;
use crate::outline::pieces::{Piece, PieceKind};
use crate::outline::sentence;

/// Puts the numbers 1, 2, … right behind a bullet that announces a list, and what stands under them, under the bullet.
pub(super) fn by_announced_numbers(pieces: &mut [Piece]) {
    let mut at = 0;
    while at < pieces.len() {
        let indent = pieces[at].indent;
        let begins = |piece: &Piece| {
            piece.indent == indent && matches!(piece.kind, PieceKind::Item { marker: Marker::Number(1, _), .. })
        };
        at += 1;
        if !pieces.get(at).is_some_and(begins) || !announces(&pieces[at - 1]) {
            continue;
        }
        let mut last = 0;
        let mut counts = |piece: &Piece| match piece.kind {
            PieceKind::Item { marker: Marker::Number(number, _), .. } if piece.indent == indent => {
                let goes_on = number == last + 1;
                last = number;
                goes_on
            }
            _ => piece.indent > indent && last > 0,
        };
        let length = pieces[at..].iter().take_while(|piece| counts(piece)).count();
        let listed = &mut pieces[at..at + length];
        if listed.iter().filter(|piece| piece.indent == indent).count() > 1 {
            listed.iter_mut().for_each(|piece| piece.indent += 2);
        }
    }
}

/// `4 つに分類`, `세 가지로 나뉜다`, `is divided into three types`: how many kinds of something there are, at the end.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static CLASSIFIES: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"([2-9２-９二三四五六七八九])\s?(?:つ|種類|個)(?:の\S{1,6})?に(?:分類|大別|分けられ|分かれ|区分)(?:される|できる|る)?[。.]?$",
        r"([2-9]|두|세|네|다섯|여섯|일곱)\s?(?:가지|개|종류)(?:의 \S{1,6})?(?:로|으로) (?:나뉜|나뉘|나눌|나눠|구분|분류)[^.]{0,10}\.?$",
        r"(?i:(?:divided|classified|grouped|split) into (two|three|four|five|six|seven|[2-9]) [a-z]+[.:]?$)",
        r"分(?:为|成|為)([2-9两兩二三四五六七八九])(?:种|種|类|類|个|個|大)\S{0,4}$",
    ];
    Regex::new(&parts.join("|")).unwrap()
});

/// Puts as many bullets as a bullet says there are kinds under it, if each of them names something else.
pub(super) fn by_counted_kinds(pieces: &mut [Piece]) {
    const SAME: usize = 3; // letters that two names of one thing begin with
    const WORDS: [&[&str]; 6] = [
        &["2", "２", "二", "两", "兩", "두", "two"],
        &["3", "３", "三", "세", "three"],
        &["4", "４", "四", "네", "four"],
        &["5", "５", "五", "다섯", "five"],
        &["6", "６", "六", "여섯", "six"],
        &["7", "７", "七", "일곱", "seven"],
    ];
    let count = |piece: &Piece| {
        let plain = piece.text.plain.as_str();
        let may = is_bullet(piece) && ["分", "로 ", " into "].iter().any(|sign| plain.contains(sign));
        let found = may.then(|| CLASSIFIES.captures(plain)).flatten()?;
        let word = found.iter().skip(1).flatten().next()?.as_str().to_lowercase();
        WORDS.iter().position(|words| words.contains(&word.as_str())).map(|at| at + 2)
    };
    let names = |piece: &Piece| {
        let plain = piece.text.plain.as_str();
        sentence::names_something(plain) || ["は、", "은 ", "는 "].iter().any(|topic| plain.contains(topic))
    };
    for at in 0..pieces.len() {
        let indent = pieces[at].indent;
        let Some(count) = count(&pieces[at]) else { continue };
        let mut left = count;
        let mut goes_on = |piece: &Piece| {
            let beside = piece.indent == indent;
            let kind = beside && left > 0 && is_bullet(piece) && names(piece) && !piece.blank_before;
            left -= usize::from(kind);
            kind || piece.indent > indent && left < count
        };
        let length = pieces[at + 1..].iter().take_while(|piece| goes_on(piece)).count();
        let kinds = pieces[at + 1..=at + length].iter().filter(|piece| piece.indent == indent);
        let begins: BTreeSet<String> = kinds.map(|piece| piece.text.plain.chars().take(SAME).collect()).collect();
        if left == 0 && begins.len() == count {
            pieces[at + 1..=at + length].iter_mut().for_each(|piece| piece.indent += 2);
        }
    }
}

/// A bullet that ends in a colon, or counts things and says no more: `3 kinds of masts`.
fn announces(piece: &Piece) -> bool {
    const FEW: usize = 6; // words
    let plain = piece.text.plain.as_str();
    let number = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = number.len() < plain.len() && number.trim_start().starts_with(is_letter);
    let few = plain.split_whitespace().count() <= FEW;
    is_bullet(piece) && (plain.ends_with([':', '：']) || counts && few || announces_list(plain))
}
