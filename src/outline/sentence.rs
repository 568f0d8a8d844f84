//! Where sentences end, and where a line only broke off.

mod answers;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

pub(crate) use answers::{reads_as_answer, says_kind};

use super::inline::is_spaceless;
use super::lines::width;
use crate::letter::{ByteSet, is_letter, is_letter_or_digit};

/// A line at least this wide (columns) that ends within a sentence was wrapped by its writer or an editor.
pub(super) const WRAPPED_WIDTH: usize = 60;
/// Nobody wraps lines at a margin (columns) beyond this.
const WIDEST_WRAPPED: usize = 120;
/// A line that breaks off before a capital was full if it is as wide as this (columns).
const NARROWEST_FULL: usize = 66;
/// A shorter line (columns) is a name, whatever it ends with.
const MIN_HANGING: usize = 16;

/// Whether `line` goes on with the sentence that `above` ends within. Both without surrounding white space.
pub(super) fn goes_on(above: &str, line: &str) -> bool {
    let (Some(last), Some(first)) = (above.chars().next_back(), line.chars().next()) else { return false };
    if last == '·' {
        return true; // a list in one sentence
    }
    // `… Example:` at the end of a full line of prose, and the example in the next
    let halts = last == ':' && first.is_ascii_lowercase() && above.contains(". ") && width(above) >= WRAPPED_WIDTH;
    let ends = matches!(last, '.' | '!' | '?' | '。' | '！' | '？' | ':' | '：' | ';' | '|');
    if ends && !halts || names_something(line) {
        return false;
    }
    if above.starts_with("**") && above.ends_with("**") {
        return false; // a name alone
    }
    if hangs(above) || matches!(last, '(' | '（' | '/' | '&') || matches!(first, ',' | ')' | '）' | '、' | '，' | '。')
    {
        return true;
    }
    // no sentence goes on with an article in capitals
    if ["A ", "An ", "The "].iter().any(|article| line.starts_with(article)) && !leads_on(above) {
        return false;
    }
    let columns = width(above);
    let wide = columns >= WRAPPED_WIDTH;
    // a capital begins something new where the line had room for more
    let room = columns < NARROWEST_FULL && last.is_ascii_alphanumeric() && !leads_on(above);
    if (columns > WIDEST_WRAPPED || room) && first.is_ascii_uppercase() {
        return false;
    }
    (first.is_lowercase() && columns >= WRAPPED_WIDTH / 2 && last.is_ascii())
        || (wide && !above.ends_with('다'))
        || (wide && is_spaceless(first))
}

/// Whether an item breaks off, however short it is, before a line that begins small: its last word wants another, it is an
/// article and a word, or it begins small itself and the line with a preposition.
pub(super) fn breaks_off(item: &str, line: &str) -> bool {
    const JOINS: [&str; 10] = ["with ", "of ", "to ", "and ", "or ", "that ", "which ", "than ", "for ", "from "];
    const LEADS: [&str; 7] = ["The ", "A ", "An ", "This", "These", "That", "Those"];
    const LEAST: usize = 3; // words
    let small = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    if !small(line) || names_something(line) || !item.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let words = item.split_whitespace().count();
    let article = ["a ", "an ", "the "].iter().any(|article| line.starts_with(article));
    leads_on(item) && words >= LEAST
        || small(item) && JOINS.iter().any(|word| line.starts_with(word))
        || words < LEAST && !article && LEADS.iter().any(|word| item.starts_with(word))
}

/// Whether the last word of a line wants another behind it.
pub(super) fn leads_on(line: &str) -> bool {
    const WORDS: [&str; 24] = [
        "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "as", "is", "are",
        "was", "were", "that", "which", "who", "its", "their",
    ];
    line.rsplit(' ').next().is_some_and(|last| WORDS.contains(&last))
}

/// Whether a line ends so that its sentence cannot end there, whatever its width and line break: with a comma, or with
/// a Korean particle or connective.
pub(super) fn hangs(line: &str) -> bool {
    const ENDS: [&str; 32] = [
        "위해서",
        "면서",
        "므로",
        "지만",
        "으며",
        "거나",
        "통해",
        "따라",
        "대한",
        "의해",
        "인해",
        "관한",
        "를",
        "에서",
        "으로",
        "위해",
        "위한",
        "하여",
        "하고",
        "하며",
        "되어",
        "되고",
        "때문에",
        "하는",
        "되는",
        "있는",
        "없는",
        "및",
        "또는",
        "혹은",
        "그리고",
        "동안",
    ];
    let line = line.trim_end_matches(['*', '=', '`', ' ']);
    line.ends_with([',', '、', '，'])
        || leaves_topic_open(line)
        || (ENDS.iter().any(|end| line.ends_with(end)) && width(line) >= MIN_HANGING)
        || (line.ends_with('을') && width(line) >= WRAPPED_WIDTH / 2)
}

/// Whether a line ends with a name and the particle behind which it is said what that is.
pub(super) fn leaves_topic_open(line: &str) -> bool {
    let topic = |end: &str| line.strip_suffix(end).is_some_and(|name| name.chars().count() >= 3);
    (topic("이란") || topic("는")) && !line.contains([':', '：', '?'])
}

/// Whether a text may have a sign that parts a name from what is said of it: a look at its bytes, before the signs
/// (`:`, `=`, `-`, a tab; `–`, `—`, `…` begin with the byte E2, `：` with EF) are looked for one by one.
pub(crate) fn may_part(text: &str) -> bool {
    const SIGNS: ByteSet = ByteSet::of(b":=-\t\xE2\xEF");
    SIGNS.is_in(text)
}

/// `Name: …`, `Name - …`: a line that starts something of its own.
pub(super) fn names_something(line: &str) -> bool {
    let head = line.char_indices().nth(30).map_or(line, |(end, _)| &line[..end]);
    let parted = || {
        [" : ", ": ", " - ", " = ", " – ", " — ", " … ", "……", "：", "\t"]
            .iter()
            .any(|separator| head.contains(separator))
    };
    const BY_STOPS: [&str; 6] = ["....", " ... ", " (n.) ", " (v.) ", " (adj.) ", " (adv.) "];
    let leads = || (head.contains("..") || head.contains(".)")) && BY_STOPS.iter().any(|sign| head.contains(sign));
    line.starts_with("**") || may_part(head) && parted() || head.contains('.') && leads() || names_glossed(line)
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
            push_trimmed(text, start..end, &mut out);
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
        '。' | '！' | '？' | '\n' => !next.is_some_and(|n| matches!(n, '」' | '』' | '"' | '”' | '）' | ')')),
        '!' | '?' => next.is_none_or(char::is_whitespace),
        '.' => {
            let hangul = before.chars().next_back().is_some_and(|b| ('가'..='힣').contains(&b));
            let tight = hangul && next.is_some_and(|next| is_letter(next) || matches!(next, '(' | '（'));
            let shortened = || rest.trim_start().starts_with(|c: char| c.is_ascii_lowercase()) && is_shortened(before);
            (next.is_none_or(char::is_whitespace) || tight) && !ends_in_abbreviation(before) && !shortened()
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
    Regex::new("(?:라고? 하|[을를] (?:말|의미|뜻)하)(?:고|며),? |(?:라고? 부르(?:고|며)|이고|이며), |, whereas |, while |; |であり、").unwrap()
});

/// `X is a …, Y is a …`: what begins the second half.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static SECOND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r", (?:an? |the )?[A-Z][A-Za-z0-9 ./-]{0,30}? (?:is|are) (?:an?|the) ").unwrap());

/// Where a sentence that says two things of two subjects falls apart: the two halves, if there is such a place.
pub(crate) fn halves(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    // a comma or semicolon, or `고`, `며`, `で` in UTF-8
    let joins = |three: &[u8]| {
        matches!(three, [b',' | b';', ..] | [0xEA, 0xB3, 0xA0] | [0xEB, 0xA9, 0xB0] | [0xE3, 0x81, 0xA7])
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
    if text.ends_with(['.', '!', '。', '！', ';']) && !text.ends_with("etc.") {
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
