//! Lines that name something of their own, or what the name above them names.

use crate::extract::term::{key, of_plain};
use crate::letter::{ByteSet, is_letter};
use crate::outline::inline::Text;
use crate::outline::labels::behind_answer_mark;
use crate::outline::sentence;

/// `name : text`, where the name is short.
pub(super) fn names_its_own(plain: &str) -> bool {
    let separators = [" : ", ": ", " :", "：", " = ", " - ", " – ", " — ", " -- "];
    if tight_name(plain).is_some_and(|name| name.split_whitespace().count() <= 2) {
        return true;
    }
    sentence::may_part(plain)
        && behind_answer_mark(plain, false).is_none()
        && separators.iter().any(|separator| {
            plain.split_once(separator).is_some_and(|(name, text)| {
                let words = of_plain(name).name.split_whitespace().count();
                let is_letter = *separator == " = " && name.trim().chars().nth(1).is_none(); // of a formula
                (1..=4).contains(&words)
                    && !is_letter
                    && !says_of_above(name)
                    && text.trim().starts_with(|c: char| !matches!(c, ')' | '('))
                    && !name.contains(',')
                    && (!name.contains(". ") || sentence::sentences(name).len() == 1)
                    && name.chars().count() <= 40
            })
        })
}

/// Whether two lines each begin with a name and the same sign behind or around it.
pub(super) fn begins_glossary(first: &str, second: &str) -> bool {
    const SIGNS: [&str; 21] = [
        "\t", "    ", " -> ", "→", " => ", "⇒", "--> ", "::", "; ", "】", "> ", "] ", "——", " | ", " · ", " / ", " ~ ",
        ". ", "...", "……", "  ",
    ];
    const MAY_BE: ByteSet = ByteSet::of(b"\t>:;]|/~.\xC2\xE2\xE3");
    const NAME: usize = 40; // characters
    const FEW: usize = 3; // words
    const LONGEST: usize = 4; // of the signs, characters
    let named = |plain: &str, sign: &str| {
        let name = plain.split_once(sign).map(|(name, _)| name);
        let words = if matches!(sign, ". " | "..." | "  ") { FEW } else { NAME };
        name.is_some_and(|name| {
            (1..=NAME).contains(&name.chars().count())
                && name.split_whitespace().count() <= words
                && !sentence::ends_sentence(name)
        })
    };
    let head = |plain: &str| plain.char_indices().nth(NAME + LONGEST).map_or(plain.len(), |(end, _)| end);
    let (first, second) = (&first[..head(first)], &second[..head(second)]);
    let may_be = |head: &str| MAY_BE.is_in(head) || head.contains("  ");
    may_be(first) && may_be(second) && SIGNS.iter().any(|sign| named(first, sign) && named(second, sign))
}

/// The name in `이름:설명`, `404:설명`, `名前:説明`: colons often have no space behind them where letters are no Latin ones.
fn tight_name(plain: &str) -> Option<&str> {
    let (name, text) = plain.split_once(':')?;
    let letter = |c: char| !c.is_ascii() && is_letter(c);
    let number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    ((number || name.ends_with(letter)) && text.starts_with(|c: char| letter(c) || c.is_ascii_digit() && !number))
        .then_some(name)
}

/// `Name: …` under the heading `Name`.
pub(super) fn names_heading(heading: &str, plain: &str) -> bool {
    let name = key(&of_plain(heading).name);
    let rest = plain.split_once([':', '：']).filter(|(own, _)| key(own) == name);
    !name.is_empty() && rest.is_some()
}

/// `` `Name = …` `` under the heading `Name`, or one that begins with it: `Name の計算方法`.
pub(super) fn is_formula_of(heading: &str, text: &Text) -> bool {
    let name = key(&of_plain(heading).name);
    let of_name = |own: &str| own.chars().nth(1).is_some() && name.starts_with(own);
    let named = text.plain.split_once('=').is_some_and(|(own, _)| of_name(&key(own)));
    named && text.is_wholly(|style| style.code || style.math)
}

/// `provides two services: …`: what is before the colon says something of the name above it.
fn says_of_above(name: &str) -> bool {
    const VERBS: [&str; 12] = [
        "provide", "allow", "support", "require", "ensure", "contain", "include", "ha", "use", "make", "give", "offer",
    ];
    const COUNTS: [&str; 12] =
        ["the", "a", "an", "two", "three", "four", "five", "some", "several", "many", "all", "both"];
    let mut words = name.split_whitespace().map(str::to_lowercase);
    let (Some(verb), Some(count)) = (words.next(), words.next()) else { return false };
    VERBS.contains(&verb.strip_suffix('s').unwrap_or(&verb)) && COUNTS.contains(&count.as_str())
}
