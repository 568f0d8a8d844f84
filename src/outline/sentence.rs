//! Where sentences end, and what a line names or asks.

mod answers;
mod wrapped;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

pub(crate) use answers::{ends_in_kind, reads_as_answer, says_kind, says_what};
pub(super) use wrapped::{WRAPPED_WIDTH, breaks_off, goes_on, hangs, leads_on, leaves_topic_open};

use super::lines::width;
use crate::letter::{ByteSet, is_letter, is_letter_or_digit};

/// Whether a text may have a sign that parts a name from what is said of it: a look at its bytes, before the signs
/// (`:`, `=`, `-`, a tab; `–`, `—`, `…` begin with the byte E2, `：` with EF) are looked for one by one.
pub(crate) fn may_part(text: &str) -> bool {
    const SIGNS: ByteSet = ByteSet::of(b":=-\t\xE2\xEF");
    SIGNS.is_in(text)
}

/// `Name: …`, `Name - …`: a line that starts something of its own.
pub(crate) fn names_something(line: &str) -> bool {
    let head = line.char_indices().nth(30).map_or(line, |(end, _)| &line[..end]);
    let parted = || {
        [" : ", ": ", " - ", " = ", " – ", " — ", " -- ", " … ", "……", "：", "\t"]
            .iter()
            .any(|separator| head.contains(separator))
    };
    const BY_STOPS: [&str; 6] = ["....", " ... ", " (n.) ", " (v.) ", " (adj.) ", " (adv.) "];
    let leads = || (head.contains("..") || head.contains(".)")) && BY_STOPS.iter().any(|sign| head.contains(sign));
    // a wide gap, as in columns
    let gapped = || head.split_once("   ").is_some_and(|(name, _)| !name.trim().is_empty());
    line.starts_with("**")
        || may_part(head) && parted()
        || head.contains('.') && leads()
        || names_glossed(line)
        || gapped()
}

/// `A Rather Long Name (ARLN): …`: a name may be longer with its short form in brackets.
fn names_glossed(line: &str) -> bool {
    const LONGEST: usize = 60; // characters
    let glossed = |end: &str| line.split_once(end).is_some_and(|(name, _)| name.chars().count() <= LONGEST);
    line.starts_with(|c: char| c.is_uppercase())
        && line.contains(')')
        && [")：", "): ", ") : "].iter().any(|end| glossed(end))
}

/// A name above what is said of it, within a quote (columns).
const MAX_QUOTED_NAME: usize = 40;

/// Whether the first line of a quote is a name and the next one begins what is said of it. `apart`: an empty line
/// stands between them.
pub(super) fn is_name_over(first: &str, second: &str, apart: bool) -> bool {
    width(first) <= MAX_QUOTED_NAME
        && !ends_sentence(first)
        && !reads_as_answer("", first, false)
        && !names_something(first.trim_start_matches("**"))
        && !first.ends_with([',', '，', '、', '?', '？', ':', '：'])
        && first.starts_with(|c: char| is_letter_or_digit(c) || matches!(c, '*' | '`' | '=' | '['))
        && !goes_on(first, second)
        && !second.starts_with(|c: char| c.is_ascii_lowercase())
        && (apart || width(second) > width(first))
}

/// The sentences of a text, as byte ranges without the white space between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    // only these bytes begin a sign that may end a sentence: E3 is `。`, EF `！` and `？`
    const MAY_END: ByteSet = ByteSet::of(b".!?\n\xE3\xEF");
    let mut at = 0;
    while let Some(ahead) = text.as_bytes()[at..].iter().position(|byte| MAY_END.has(*byte)) {
        let i = at + ahead;
        let mut rest = text[i..].chars();
        let Some(c) = rest.next() else { break };
        let end = i + c.len_utf8();
        if is_sentence_end(&text[start..i], c, rest.as_str()) {
            push_trimmed(text, start..if c == '；' { i } else { end }, &mut out);
            start = end;
        }
        at = end;
    }
    push_trimmed(text, start..text.len(), &mut out);
    out
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    if start < end {
        out.push(start..end);
    }
}

/// `rest` is what stands behind the sign `c`.
fn is_sentence_end(before: &str, c: char, rest: &str) -> bool {
    let next = rest.chars().next();
    match c {
        '．' => !next.is_some_and(|n| n.is_numeric()) && !before.ends_with(char::is_numeric),
        '。' | '！' | '？' | '\n' => !next.is_some_and(|n| matches!(n, '」' | '』' | '"' | '”' | '）' | ')')),
        // what stands between Chinese semicolons is as good as a sentence
        '；' => next.is_some_and(is_letter),
        '!' | '?' => next.is_none_or(char::is_whitespace),
        '.' => {
            let hangul = before.chars().next_back().is_some_and(|b| ('가'..='힣').contains(&b));
            let tight = hangul && next.is_some_and(|next| is_letter(next) || matches!(next, '(' | '（'));
            let shortened = || rest.trim_start().starts_with(|c: char| c.is_ascii_lowercase()) && is_shortened(before);
            // `… the rope.It is …`: the space was forgotten
            const BEGIN: [&str; 7] = ["A ", "An ", "The ", "It ", "This ", "These ", "They "];
            let forgotten = || {
                before.ends_with(|b: char| b.is_ascii_lowercase()) && BEGIN.iter().any(|word| rest.starts_with(word))
            };
            (next.is_none_or(char::is_whitespace) || tight || forgotten())
                && !ends_in_abbreviation(before)
                && !shortened()
        }
        _ => false,
    }
}

/// `e.g.`, `vs.`, `U.S.`, `1.`: the full stop belongs to the word.
fn ends_in_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"')).next().unwrap_or_default();
    let known = [
        "e.g", "eg", "i.e", "ie", "vs", "etc", "ex", "cf", "mr", "mrs", "dr", "no", "fig", "approx", "al", "ca", "viz",
        "pp",
    ];
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
        || (word.chars().count() == 1 && word.chars().all(is_letter_or_digit))
        || (word.contains('.') && word.split('.').all(|part| part.chars().count() == 1))
        || (!word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) && before.trim() == word)
}

/// `Kn.` in a sentence that goes on in small letters: a word that its writer cut short.
fn is_shortened(before: &str) -> bool {
    const LONGEST: usize = 4;
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    (2..=LONGEST).contains(&word.len()) && word.starts_with(|c: char| c.is_ascii_uppercase())
}

#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static JOINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:라고? 하|[을를] (?:말|의미|뜻)하)(?:고|며),? |(?:라고? 부르(?:고|며)|이고|이며), |것이(?:고|며) |, whereas |, while |; |であり、|と(?:呼び|よび|いい|言い)、").unwrap()
});

/// `X is a …, Y is a …`: what begins the second half.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static SECOND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r", (?:an? |the )?[A-Z][A-Za-z0-9 ./-]{0,30}? (?:is|are) (?:an?|the) ").unwrap());

/// Where a sentence that says two things of two subjects falls apart: the two halves, if there is such a place.
pub(crate) fn halves(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    // a comma or semicolon, or `고`, `며`, `で`, `、` in UTF-8
    let joins = |three: &[u8]| {
        matches!(
            three,
            [b',' | b';', ..] | [0xEA, 0xB3, 0xA0] | [0xEB, 0xA9, 0xB0] | [0xE3, 0x81, 0xA7] | [0xE3, 0x80, 0x81]
        )
    };
    if !text.as_bytes().windows(3).any(joins) {
        return None;
    }
    let Some(joint) = JOINT.find(text) else {
        let second = Some(text).filter(|text| text.contains(", ")).and_then(|text| SECOND.find(text))?;
        return Some((0..second.start(), second.start() + ", ".len()..text.len()));
    };
    // the joint's own words end the first half, a conjunction begins neither
    let words = joint.as_str();
    let kept = if words.starts_with([',', ';']) { 0 } else { words.trim_end_matches([' ', ',', '、']).len() };
    Some((0..joint.start() + kept, joint.end()..text.len()))
}

/// An article before a name, with its space, is no longer (bytes).
pub(crate) const ARTICLE: usize = 4;

/// `a sloop` is compared as `sloop`; `A record` may be called that.
pub(crate) fn without_article(name: &str) -> &str {
    let rest = ["a ", "an ", "the ", "An ", "The "].iter().find_map(|article| name.strip_prefix(article));
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or(name)
}

/// Whether a text asks for what stands below it, perhaps with a word on how to answer (`What is X? Explain.`).
pub(crate) fn asks(text: &str) -> bool {
    const PROMPTS: [&str; 12] = [
        "Explain ",
        "Describe ",
        "Define ",
        "Discuss ",
        "List ",
        "Name ",
        "State ",
        "Identify ",
        "Compare ",
        "What ",
        "How ",
        "Why ",
    ];
    let plain = text.trim_end_matches(['.', ' ', '。', '*']);
    let ends = ["?", "？", "세요", "시오", "하라", "なさい", "せよ"];
    ends.iter().any(|end| plain.ends_with(end))
        || text.contains("? ")
        || PROMPTS.iter().any(|word| text.starts_with(word))
}

/// Whether a text ends as a sentence does, or as the clipped sentences of notes do (`…함`, `…됨`).
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '\'', '’', ')', '）', '*', ' ']);
    if text.ends_with(['.', '!', '。', '．', '！', ';']) && !text.ends_with("etc.") {
        return true;
    }
    if !text.ends_with(['다', '요', '까', '음', '임', '됨', '함', '줌', '는', '도', 'す', 'る', 'た', 'ん'])
    {
        return false; // a look at the last sign before the endings
    }
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let phrase = last.chars().count() >= 2 && text.split_whitespace().count() >= 2;
    let ends = ["다", "요", "니까", "음", "임", "됨", "함", "해줌", "된다는", "하기도"];
    (phrase && ends.iter().any(|end| last.ends_with(end)))
        || ["です", "ます", "である", "ました", "ません", "だった"].iter().any(|end| last.ends_with(end))
}
