//! Short forms in capitals made of the beginnings of words: `RIGPLAN` of "Rigging Planning".

use super::commands::takes;

/// A beginning has so many letters at least.
const LEAST: usize = 2;
/// A shorter form is made of first letters.
const SHORTEST: usize = 4;

/// Whether a short form is made of the beginnings of all words of a long one.
pub(super) fn is_of_beginnings(short: &str, long: &str) -> bool {
    let words: Vec<&str> = long.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let capitals = short.len() >= SHORTEST && short.bytes().all(|byte| byte.is_ascii_uppercase());
    let letters = long.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-'));
    capitals
        && letters
        && words.len() >= 2
        && short.len() < long.len()
        && takes(short.as_bytes(), &words, LEAST, at_start)
}

/// Where the last two or three words of a text begin, if a short form is made of their beginnings (`SAEX`, `SaEx`).
pub(super) fn at_end(short: &str, text: &str) -> Option<usize> {
    const MOST: usize = 3; // words
    let text = text.trim_end();
    let starts = text.rmatch_indices([' ', '-']).map(|(at, _)| at + 1).chain([0]);
    let fits = |long: &str| {
        is_of_beginnings(short, long) || is_clipped_together(short, long) || is_initials_and_beginning(short, long)
    };
    starts.skip(1).take(MOST - 1).find(|start| fits(&text[*start..]))
}

/// Whether a short form is the first letters of all words but the last, and the beginning of that: `VROPE` of "Very ropey".
pub(super) fn is_initials_and_beginning(short: &str, long: &str) -> bool {
    const BEGINNING: usize = 3; // letters at least
    let words: Vec<&str> = long.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let Some((last, first)) = words.split_last() else { return false };
    let letters = short.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (Some(initials), Some(rest)) = (short.get(..first.len()), short.get(first.len()..)) else { return false };
    let begins = |(letter, word): (u8, &&str)| word.as_bytes()[0].eq_ignore_ascii_case(&letter);
    letters
        && !first.is_empty()
        && rest.len() >= BEGINNING
        && last.len() > rest.len()
        && last.get(..rest.len()).is_some_and(|head| head.eq_ignore_ascii_case(rest))
        && initials.bytes().zip(first).all(begins)
}

/// How many letters a word begins with.
fn at_start(letters: &[u8], word: &str) -> usize {
    letters.iter().zip(word.bytes()).take_while(|(letter, byte)| letter.eq_ignore_ascii_case(byte)).count()
}

/// Words of which the parts of the short form are the beginnings: `SignServ` of "Signalling Services".
pub(super) fn is_clipped_together(short: &str, long: &str) -> bool {
    const LEAST: usize = 2; // letters of a part
    let starts: Vec<usize> = short.match_indices(|c: char| c.is_ascii_uppercase()).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([short.len()]);
    let words = || long.split([' ', '-']);
    let begins = |(word, (start, end)): (&str, (&usize, usize))| {
        let part = &short[*start..end];
        part.len() >= LEAST && word.get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part))
    };
    starts.len() >= 2
        && starts[0] == 0
        && starts.len() == words().count()
        && words().zip(starts.iter().zip(ends)).all(begins)
}

/// A word of which the short form is the beginning, in capitals or as it is written: `EXT`, `Ext` of "Extension".
pub(super) fn is_clipped(short: &str, long: &str) -> bool {
    const ENDING: usize = 4; // letters at most of one that makes another form of a word (`Ship`, "Shipping")
    let capitals = short.bytes().all(|b| b.is_ascii_uppercase());
    let as_written = long.len() > short.len() + ENDING && long.starts_with(short);
    short.len() >= 3
        && (capitals || as_written)
        && long.len() >= short.len() + 3
        && long.starts_with(|c: char| c.is_ascii_uppercase())
        && long.chars().all(|c| c.is_ascii_alphabetic())
        && long.get(..short.len()).is_some_and(|head| head.eq_ignore_ascii_case(short))
        && long.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{at_end, is_of_beginnings};

    #[test]
    fn beginnings_of_all_words() {
        assert!(is_of_beginnings("RIGPLAN", "rigging planning"));
        assert!(is_of_beginnings("SAEX", "sail expense"));
        assert!(!is_of_beginnings("SAEX", "sail cost"));
        assert!(!is_of_beginnings("SE", "sail expense"));
        assert_eq!(at_end("SAEX", "trade the sail expense"), Some(10));
        assert_eq!(at_end("SAEX", "trade the sail cost"), None);
        assert_eq!(at_end("SaEx", "trade the Sail Expense"), Some(10));
        assert_eq!(at_end("VHARB", "into a Virtual Harbour"), Some(7));
    }
}
