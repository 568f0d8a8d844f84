//! What a term is called, and with what of the names above it.

use super::asked::{asked_for, behind_kind};
use super::of_above::says_what_heading_is;
use crate::extract::term::{self, Term};
use crate::letter::is_letter_or_digit;
use crate::outline::announced::points_below;
use crate::outline::inline::Text;
use crate::outline::labels::DEFINES;
use crate::outline::{BlockKind, Outline, ROOT, sentence};
use crate::rule::{Rule, Rules, Target};

/// A longer term (characters) is a sentence, unless it asks something.
const MAX_TERM: usize = 80;
const MAX_QUESTION: usize = 240;

/// So many lines that explain a name, for each whose name says nothing alone, make a glossary.
const MIN_GLOSSARY: usize = 4;

/// Labels of what is said by the way, of nothing by that name.
const REMARKS: [&str; 16] = [
    "note",
    "nb",
    "n.b",
    "n.b.",
    "ps",
    "p.s.",
    "remember",
    "reminder",
    "remark",
    "aside",
    "fun fact",
    "important",
    "caution",
    "참고",
    "비고",
    "补充",
];

/// `heads`: it is a heading, which may be a whole sentence, as what has a blank to be filled in may.
pub(super) fn is_term(name: &str, heads: bool) -> bool {
    let length = if name.len() > MAX_TERM { bare_length(name) } else { name.chars().count() };
    // a word on how to answer may stand behind the question
    let long = heads || name.ends_with(['?', '？']) || name.contains("? ") || name.contains("___");
    let remarks = !heads && REMARKS.contains(&name.to_lowercase().as_str());
    !remarks
        && length > 0
        && length <= if long { MAX_QUESTION } else { MAX_TERM }
        && name.chars().any(is_letter_or_digit)
}

/// Characters of a name without what stands in brackets, which says no more than the name does.
fn bare_length(name: &str) -> usize {
    let (mut all, mut inner, mut open) = (0, 0, None);
    for c in name.chars() {
        all += 1;
        match (c, open) {
            ('(' | '（', None) => open = Some(all),
            (')' | '）', Some(from)) => {
                inner += all - from + 1;
                open = None;
            }
            _ => {}
        }
    }
    all - inner
}

/// Whether one name begins with another (`Processes` with `Process`).
fn is_begun_by(name: &str, other: &str) -> bool {
    term::key(name).starts_with(&term::key(other))
}

/// Whether a name is one of the sides that the name above it sets against each other (`Ropes vs Methods`), or what the
/// name above is more about (`The Method Seen Closely`).
fn is_side_of(rules: &Rules, name: &str, above: &str) -> bool {
    let key = term::key(name);
    let compares = |rule: &&Rule| rule.compares_below() && !rule.form.named && rule.looks_at(Target::Heading);
    let mut words = above.split_whitespace().rev();
    let ends = words.next().is_some_and(|word| term::key(word) == key);
    words.any(|word| term::key(word) == key)
        || ends && rules.rules.iter().filter(compares).any(|rule| rule.captures(above).is_some())
}

/// Whether a note's title begins with a word that elsewhere says nothing alone: `Process` under `Process Models`.
fn is_what_note_is_about(outline: &Outline, name: &str) -> bool {
    let title = outline.top_heading().map(|title| outline.block(title).text.plain.as_str());
    let begins = |title: &str| title.split([' ', '-']).next().is_some_and(|first| first.eq_ignore_ascii_case(name));
    title.is_some_and(|title| begins(title) && title.len() > name.len())
}

/// The term with the name of what is above it, where it says nothing alone.
pub(in crate::extract) fn in_context(outline: &Outline, rules: &Rules, index: usize, name: String) -> String {
    let kind = rules.kinds.is_match(&name);
    if !kind && !rules.is_vague(&name) || is_what_note_is_about(outline, &name) {
        return name;
    }
    let key = term::key(&name);
    if (DEFINES.contains(&key.as_str()) || points_below(&name))
        && let Some(above) = above(outline, rules, index)
    {
        return above;
    }
    let told = |above: &str| kind && above.split_whitespace().any(|word| term::key(word) == term::key(&name));
    let title = outline.top_heading().and_then(|title| name_above(outline, rules, title));
    let is_title = |above: &str| title.as_deref() == Some(above);
    let is_other = |above: &str| is_title(above) && is_in_glossary(outline, rules, index);
    match above(outline, rules, index) {
        Some(above)
            if !told(&above)
                && !is_other(&above)
                && !is_begun_by(&name, &above)
                && !is_begun_by(&above, &name)
                && !is_side_of(rules, &name, &above) =>
        {
            // `Ropes … For example:` over a list
            let is_lead = ["for example", "for instance"].iter().any(|lead| name.eq_ignore_ascii_case(lead));
            let label = if is_lead { "examples" } else { name.strip_prefix("The ").unwrap_or(&name) };
            format!("{above} {label}")
        }
        _ => name,
    }
}

/// Whether most lines beside one explain names that say something alone (`Purpose: …` between `Keel: …` and
/// `Mast: …`): its own is one of them, no label of the note's title.
fn is_in_glossary(outline: &Outline, rules: &Rules, index: usize) -> bool {
    let explained = |beside: usize| {
        let text = &outline.block(beside).text;
        let name = name_of(text);
        (name.len() < text.plain.len() && is_term(&name, false)).then(|| !rules.is_vague(&name))
    };
    if outline.is_heading(index) || explained(index).is_none() {
        return false;
    }
    let names: Vec<bool> = outline.near(index).iter().filter_map(|beside| explained(*beside)).collect();
    let saying = names.iter().filter(|says| **says).count();
    saying >= MIN_GLOSSARY && saying >= (names.len() - saying) * MIN_GLOSSARY
}

/// The name of the nearest block above that says something.
pub(in crate::extract) fn above(outline: &Outline, rules: &Rules, index: usize) -> Option<String> {
    let mut at = outline.block(index).parent;
    for _ in 0..8 {
        if at == ROOT {
            return None;
        }
        let name = name_above(outline, rules, at);
        if name.is_some() {
            return name;
        }
        // what is above a heading that says something, though it is too long for a name, is too far off
        if outline.is_heading(at) && at != index && says_something(outline, rules, at) {
            return None;
        }
        at = outline.block(at).parent;
    }
    None
}

/// Whether a heading says more than a label does.
fn says_something(outline: &Outline, rules: &Rules, index: usize) -> bool {
    const WORDS: usize = 3;
    let name = name_of(&outline.block(index).text);
    name.split_whitespace().nth(WORDS).is_some() && !rules.is_vague(&name) && !rules.is_example(&name)
}

/// The name that a block gives to what stands under it, if it says something.
pub(in crate::extract) fn name_above(outline: &Outline, rules: &Rules, index: usize) -> Option<String> {
    if says_what_heading_is(outline, index) || is_answered(outline, index) {
        return None;
    }
    let mut name = behind_kind(outline, index).unwrap_or_else(|| name_of(&outline.block(index).text));
    if !outline.is_heading(index) {
        name = term::before_list(&name).to_owned();
    }
    let asked = name.trim_end_matches(['?', '？']).to_owned();
    let asked = asked_for(&asked).map_or(asked.clone(), str::to_owned);
    let short = |name: &&str| name.ends_with(|c: char| c.is_ascii_alphanumeric()); // `혼란` is a word
    let topic = TOPIC_MARKS.iter().find_map(|mark| asked.strip_suffix(mark)).filter(|topic| !topic.is_empty());
    let topic = topic.or_else(|| asked.strip_suffix('란').filter(short));
    let is_asked = asked.len() < name.len();
    let topic =
        topic.or_else(|| asked.strip_suffix(['은', '는']).filter(|topic| is_asked && topic.chars().nth(2).is_some()));
    let (name, asked) = match topic {
        Some(topic) => (topic.to_owned(), topic.to_owned()),
        None => (name, asked),
    };
    let sides = ["의 장단점", " 장단점", "의 장점과 단점"].iter().find_map(|both| asked.strip_suffix(both));
    let (name, asked) = sides.map_or((name, asked.clone()), |name| (name.to_owned(), name.to_owned()));
    let (name, longest) = if asked.len() < name.len() { (asked, 20) } else { (name, 40) };
    // `人には傾きがある`: what has its topic within it says something, and names nothing
    let says = name.chars().skip(1).any(|c| c == 'は') && name.chars().nth(8).is_some();
    let names = !name.is_empty() && name.chars().count() <= longest && !sentence::ends_sentence(&name) && !says;
    (names && !rules.is_vague(&name) && !rules.is_example(&name)).then_some(name)
}

/// Whether a line asks and answers at once (`Why? Ropes rot.`): what stands under it belongs to what is above.
fn is_answered(outline: &Outline, index: usize) -> bool {
    let block = outline.block(index);
    matches!(block.kind, BlockKind::Line)
        && ["? ", "？"].iter().any(|mark| block.text.plain.trim_end().contains(mark))
        && !block.text.plain.trim_end().ends_with(['?', '？'])
}

/// `Xとは`, `X이란`: what is behind the name of a heading that says what that is.
const TOPIC_MARKS: [&str; 2] = ["とは", "이란"];

/// The name a block goes by: its text before a separator.
pub(in crate::extract) fn name_of(text: &Text) -> String {
    named(text).name
}

/// The same, with what stands in brackets behind the name.
pub(in crate::extract) fn named(text: &Text) -> Term {
    let plain = text.plain.as_str();
    let ends = [" : ", ": ", "：", " - ", " – ", " — ", " -- ", " = ", " → ", " ⇒ ", " -> ", " => "];
    let ends = if sentence::may_part(plain) { ends.as_slice() } else { &[] };
    let first_from = |from: usize| {
        let at = |separator: &&str| plain[from..].find(separator).map(|at| from + at);
        ends.iter().filter_map(at).filter(|at| *at > from).min()
    };
    let first = first_from(0).and_then(|at| {
        // `Part 2 — Name`: the number names nothing
        let numbered = plain.len() - term::without_marker(plain).len();
        if at < numbered { first_from(numbered) } else { Some(at) }
    });
    let end = match first {
        // `Long name (LN : Long Name)`
        Some(at) if plain[..at].contains(['(', '（']) => outside_brackets(plain, ends).unwrap_or(at),
        _ => first.unwrap_or(plain.len()),
    };
    term::clean(text, 0..end)
}

/// Where the first of some signs stands that no brackets enclose, or the text's end; none if a bracket is left open, or the
/// text is longer than names are.
fn outside_brackets(plain: &str, signs: &[&str]) -> Option<usize> {
    const LONGEST: usize = 200; // characters
    let mut open = 0usize;
    for (count, (at, c)) in plain.char_indices().enumerate() {
        if count > LONGEST {
            return None;
        }
        match c {
            '(' | '（' => open += 1,
            ')' | '）' => open = open.saturating_sub(1),
            _ if at > 0 && open == 0 && signs.iter().any(|sign| plain[at..].starts_with(sign)) => return Some(at),
            _ => {}
        }
    }
    (open == 0).then_some(plain.len())
}
