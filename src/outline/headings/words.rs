//! What the words of a line say of whether it can be a heading.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::letter::is_letter;
use crate::outline::sentence::may_part;

/// `id   name   kind`: three words or more with wide gaps between them are a row of a table.
pub(super) fn has_columns(plain: &str) -> bool {
    const FEWEST: usize = 3;
    plain.contains("  ") && plain.split("  ").filter(|cell| !cell.trim().is_empty()).nth(FEWEST - 1).is_some()
}

/// Whether a line has a sign or word of hints and of leaders.
pub(super) fn tells(plain: &str) -> bool {
    #[allow(clippy::unwrap_used, reason = "a few short strings")]
    static SIGNS: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::new(["나오면", "보이면", " => ", "....", "……"]).unwrap());
    SIGNS.is_match(plain)
}

/// `X is a …`: a sentence, though it has no full stop.
pub(super) fn says_what_is(plain: &str) -> bool {
    #[allow(clippy::unwrap_used, reason = "a few short strings")]
    static VERB: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new([
            " is a ",
            " is an ",
            " is the ",
            " are the ",
            " is when ",
            " is any ",
            " is just ",
            " is simply ",
            " refers to ",
            " stands for ",
        ])
        .unwrap()
    });
    VERB.is_match(plain) && !plain.ends_with(['?', '？']) && !plain.to_ascii_lowercase().starts_with("what ")
}

/// `船には錨が要る`: a topic and a subject make a sentence, whatever it ends with.
pub(super) fn has_topic_and_subject(plain: &str) -> bool {
    const NAME: usize = 2; // characters
    let particle = |mark: &str| {
        plain.match_indices(mark).map(|(at, _)| at).find(|at| plain[..*at].chars().nth(NAME - 1).is_some())
    };
    particle("は").is_some_and(|topic| plain[topic..].contains('が')) && !plain.ends_with(['?', '？', 'か'])
}

/// `Rigging: Masts and Yards`: all words but small ones have capitals.
pub(super) fn is_title(plain: &str) -> bool {
    const LEAST: usize = 3; // words
    let words = || plain.split([' ', '-']).filter(|word| !word.is_empty());
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let small =
        |word: &str| matches!(word, "a" | "an" | "and" | "for" | "in" | "of" | "on" | "or" | "the" | "to" | "vs");
    words().nth(LEAST - 1).is_some() && words().all(|word| capital(word) || small(word))
}

/// `ABC는 …`: what is said of a name in Latin letters is a sentence, whatever it ends with.
pub(super) fn has_latin_topic(plain: &str) -> bool {
    let topic = |word: &str| {
        word.strip_suffix(['는', '은']).is_some_and(|name| name.ends_with(|c: char| c.is_ascii_alphanumeric()))
    };
    plain.rsplit_once(' ').is_some_and(|(before, _)| before.split(' ').any(topic))
}

/// `term : answer` on one line.
pub(super) fn has_answer(plain: &str, title: bool) -> bool {
    let dashes = if title { [].as_slice() } else { [" — ", " – ", " - ", " … "].as_slice() };
    let separators = [" : ", ": ", "：", "\t", " = "];
    may_part(plain)
        && separators.iter().chain(dashes).any(|separator| {
            plain.split_once(separator).is_some_and(|(term, answer)| {
                let bracketed = term.matches(['(', '（']).count() > term.matches([')', '）']).count();
                let said = !term.trim().is_empty() && !answer.trim().is_empty();
                let numbered = separator.contains(':') && is_numbered_label(term);
                said && !bracketed && !term.contains(" + ") && !numbered
            })
        })
}

/// `Watch 2`: a word and its number.
fn is_numbered_label(term: &str) -> bool {
    term.trim().split_once(' ').is_some_and(|(word, number)| {
        word.chars().all(is_letter)
            && (1..=2).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
