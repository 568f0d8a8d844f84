//! Where a long form ends.

use super::letters::{is_small, may_begin, uses_all};
use crate::letter::{is_letter, is_letter_or_digit};

/// So many words more than a short form has letters may stand in its long form.
const MORE_WORDS: usize = 4;

/// The end of the long form that a text begins with: the words up to the end of its phrase, if the letters use them.
pub(super) fn longest_fit(short: &str, text: &str) -> Option<usize> {
    if !may_begin(short, text) {
        return None;
    }
    let stop =
        text.find(['.', ';', ':', '=', '(', ')', '\n', '"', '*', '`', '、', '，', '（', '）']).unwrap_or(text.len());
    let before = &text[..stop];
    let phrase = ["  ", " - ", " – ", " — ", " -- ", " / ", "//"]
        .iter()
        .filter_map(|gap| before.trim_start().find(gap).map(|at| at + before.len() - before.trim_start().len()))
        .fold(stop, usize::min);
    let latin = text
        .char_indices()
        .find(|(_, c)| is_letter(*c) && !c.is_ascii() && !('À'..='ɏ').contains(c))
        .map_or(text.len(), |(i, _)| i);
    let mut end = text[..phrase.min(latin)].trim_end_matches(|c: char| !is_letter_or_digit(c)).len();
    let lead = text.len() - text.trim_start().len();
    // what stands behind the first comma is mostly said of it
    if let Some(comma) = text.get(lead..end).and_then(|phrase| phrase.find(','))
        && uses_all(short, &text[lead..lead + comma])
    {
        return Some(lead + comma);
    }
    // `ABCD - Anchors, Boats, Cargo, Decks`: a list, whatever its letters spell
    const LIST: usize = 3; // commas
    if text.get(lead..end).is_some_and(|phrase| phrase.matches(',').nth(LIST - 1).is_some()) {
        return None;
    }
    let whole = end;
    let most = short.len() + MORE_WORDS;
    if let Some((last, _)) = text.get(lead..end)?.match_indices(' ').nth(most - 1) {
        end = lead + last;
    }
    // words are taken off the end until the rest fits: "Point of Presence used for caching"
    for _ in 0..most {
        let candidate = text.get(lead..end)?.trim_end_matches(|c: char| !is_letter_or_digit(c));
        if candidate.is_empty() {
            return None;
        }
        if uses_all(short, candidate) {
            // "very long sail used" has the letters of VLS, its first three words begin with them
            let fewer = candidate.rsplit_once(' ').map_or("", |(fewer, _)| fewer);
            let initials = fewer.split_whitespace().filter_map(|word| word.chars().next());
            // but "rate of return" ends in no "of"
            let leads = fewer.rsplit_once(' ').is_some_and(|(_, last)| is_small(last));
            if !leads && initials.map(|c| c.to_ascii_uppercase()).eq(short.chars()) {
                return Some(lead + fewer.len());
            }
            let end = lead + candidate.len();
            let closes = phrase <= latin && is_last_word(&text[lead..end], &text[end..whole]);
            return Some(if closes { whole } else { end });
        }
        end = lead + candidate.rfind([' ', ','])?;
    }
    None
}

/// Whether what is left of a phrase is the last word of the long form, though the short form has no letter for it
/// (`ABC : A Better Cargo ship`), or the number of its version.
fn is_last_word(long: &str, rest: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words.as_slice() {
        [one] if one.bytes().all(|b| b.is_ascii_digit()) => true,
        [version, number] if version.eq_ignore_ascii_case("version") => number.bytes().all(|b| b.is_ascii_digit()),
        [one] => {
            let last = long.split_whitespace().next_back().unwrap_or_default();
            one.chars().all(|c| c.is_ascii_alphabetic()) && one.len() > 3 && capital(one) == capital(last)
        }
        _ => false,
    }
}
