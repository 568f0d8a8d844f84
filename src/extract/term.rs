//! What a term is called: no bullet, number, markup, trailing separator, and no bracket that only glosses it.

mod number;
mod topic;

use std::sync::LazyLock;

use regex::Regex;

pub(crate) use crate::letter::key;
use crate::letter::{ByteSet, is_letter, is_letter_or_digit};
use crate::outline::inline::Text;
pub(super) use number::without_marker;
pub(super) use topic::before_list;

#[allow(clippy::unwrap_used, reason = "the patterns are constants and every test runs them")]
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

/// `Name -e.g. this one`, `Name - 법 제 3 조`, `Name - p. 12`: an example, or where it stands, behind a name.
static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\s[-–]\s?(?:(?:e\.g|eg|i\.e)[.:,]\s?\S.*|(?:\S{1,4}\s)?제\s?\d+\s?(?:조|항|장|절|편)(?:의\s?\d+)?.{0,20}|(?i:pp?\.|art\.|sec\.|§)\s?\d[\d–-]*)$",
    )
});
/// `(p.12)`, `(by somebody)` behind a name: where it is from.
static CITED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\s?[(（](?:pp?\.\s?\d[\d–, -]*|by [^()（）]{2,30}|[Ss]lides?\s?\d[\d–, -]*)[)）]$"));
/// A gloss in brackets that ends or breaks a name.
static GLOSS: LazyLock<Regex> = LazyLock::new(|| regex(r"^[(（][^()（）]*(?:[(（][^()（）]*[)）])?[^()（）]*[)）]"));

/// A term, and what stood in brackets behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub name: String,
    pub gloss: Option<String>,
}

/// The term in a stretch of a text.
pub fn clean(text: &Text, range: std::ops::Range<usize>) -> Term {
    let raw = &text.plain[range.clone()];
    let kept = range.start..range.start + without_remark(text, &range, raw);
    of_plain(&text.plain[kept])
}

/// The term in plain text.
pub fn of_plain(raw: &str) -> Term {
    let name = without_link(without_marker(raw.trim()));
    let begins_command = is_editor_command(name);
    let name = name.trim_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c) && !(begins_command && c == ':'));
    let mut name = without_tags(without_footnote_mark(name));
    // a dash before it (`–` begins with the byte E2): a look before the pattern
    if name.bytes().any(|byte| matches!(byte, b'-' | 0xE2))
        && let Some(example) = EXAMPLE.find(name).filter(|example| example.start() > 0)
    {
        name = &name[..example.start()];
    }
    if name.ends_with([')', '）'])
        && let Some(cited) = CITED.find(name).filter(|cited| cited.start() > 0)
    {
        name = &name[..cited.start()];
    }
    name = without_end(name);
    name = without_contrast(without_about(without_particle(name)));
    name = name.strip_prefix("the ").unwrap_or(name);
    let (name, gloss) = without_gloss(unquoted(name));
    Term { name: one_spaced(name), gloss }
}

/// What stands around a name and is no part of it.
const SIGNS: [char; 24] = [
    ':', '：', '=', '|', ';', ',', '、', '·', '•', '＊', '▶', '■', '※', '★', '☆', '◇', '◆', '□', '▷', '●', '○', '◎',
    '✅', '\u{FE0F}',
];

/// `:rp`, `:h!`: what an editor is told begins with a colon.
fn is_editor_command(name: &str) -> bool {
    const LONGEST: usize = 8;
    name.len() <= LONGEST
        && name.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        && !name.ends_with(':')
}

/// `*Name`: a name without the star that refers to it from elsewhere; `*args` keeps its own.
fn without_footnote_mark(name: &str) -> &str {
    let rest =
        name.strip_prefix('*').map(|rest| rest.trim_start_matches(['*', ' '])).filter(|rest| !rest.contains('*'));
    rest.filter(|rest| rest.starts_with(|c: char| is_letter(c) && !c.is_ascii_lowercase())).unwrap_or(name)
}

/// A name without the dashes, arrows and full stops it ends in; `haul ..` keeps its own.
fn without_end(name: &str) -> &str {
    let bare = name.trim_end_matches('.');
    let path = bare.len() < name.len() && bare.is_ascii() && bare.ends_with([' ', '/']);
    if path { name } else { name.trim_end_matches([' ', '-', '–', '—', '→', '.', ':', '：']).trim_end() }
}

/// `Name: https://…` without the link.
fn without_link(name: &str) -> &str {
    if !name.contains(':') {
        return name;
    }
    let found = name.split_once("http").filter(|(before, link)| before.ends_with(' ') && link.contains("://"));
    found.map_or(name, |(before, _)| before)
}

/// A name without the tags (`#card`) or the single star that somebody put behind it.
fn without_tags(mut name: &str) -> &str {
    let is_tag = |tag: &str| tag.starts_with(is_letter) && !tag.contains(char::is_whitespace);
    while let Some((before, _)) = name.rsplit_once(" #").filter(|(_, tag)| is_tag(tag)) {
        name = before.trim_end();
    }
    // `SELECT *` keeps its own
    let rated = name.strip_suffix(" *").map(str::trim_end);
    rated.filter(|name| name.ends_with(|c: char| c == ')' || is_letter(c) && !c.is_ascii())).unwrap_or(name)
}

/// `Xについて`, `X에 대해`: what a heading says besides the name of what it is about.
fn without_about(name: &str) -> &str {
    const ABOUT: [&str; 7] = ["について", "に関して", "에 대해", "에 대해서", "에 대하여", "에 관하여", "에 관해"];
    let named = |name: &&str| !name.is_empty();
    ABOUT.iter().find_map(|about| name.strip_suffix(about)).filter(named).unwrap_or(name)
}

/// `X와 달리 Y`: what a name is set apart from is none of it.
fn without_contrast(name: &str) -> &str {
    const APART: [&str; 6] = ["와 달리", "과 달리", "와는 달리", "과는 달리", "와 다르게", "과 다르게"];
    const WORDS: usize = 3; // before it; more make a sentence
    let behind = |sign: &&str| name.split_once(*sign).filter(|(other, _)| other.split(' ').count() <= WORDS);
    let found = if name.is_ascii() { None } else { APART.iter().find_map(behind) };
    let rest = found.map(|(_, rest)| rest.trim_start_matches([',', ' ']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// `ABC는`, `ABC란`: a particle behind Latin letters is none of the name.
fn without_particle(name: &str) -> &str {
    let latin = |stem: &&str| stem.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')');
    ["이란", "란", "는", "은"].iter().find_map(|end| name.strip_suffix(end).filter(latin)).unwrap_or(name)
}

/// With single spaces for all white space.
fn one_spaced(name: String) -> String {
    let mut before = ' ';
    let is_fine = |c: char| (c == ' ' || !c.is_whitespace()) && !(std::mem::replace(&mut before, c) == ' ' && c == ' ');
    if !name.ends_with(' ') && name.chars().all(is_fine) {
        return name;
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a link behind a name says where it only tells where more is said.
const REFERENCES: [&str; 19] = [
    "ref",
    "refs",
    "reference",
    "ref-docs",
    "doc",
    "docs",
    "link",
    "links",
    "source",
    "more",
    "video",
    "wiki",
    "참고",
    "링크",
    "출처",
    "문서",
    "원문",
    "参考",
    "出典",
];

/// The length of a heading's text without the remark in emphasis that some put behind it (`Name  *important*`).
fn without_remark(text: &Text, range: &std::ops::Range<usize>, raw: &str) -> usize {
    // ` | link | link`: where more is said of it
    if let Some(bar) = raw.find('|').and_then(|_| raw.find(" | ")).filter(|at| *at > 0)
        && text.part(range.start + bar..range.end).is_wholly(|style| style.link.is_some())
    {
        return bar;
    }
    let refers = |(run, style): &(&std::ops::Range<usize>, &crate::outline::inline::Style)| {
        let name = text.plain[run.start..run.end].trim_matches(['[', ']', '(', ')', ' ']).to_lowercase();
        style.link.is_some() && run.end == range.end && run.start > range.start && REFERENCES.contains(&name.as_str())
    };
    if let Some((run, _)) = text.styled().find(refers) {
        return text.plain[range.start..run.start].trim_end_matches(['(', '[', ' ']).len();
    }
    let last = text
        .styled()
        .filter(|(run, style)| style.emph && !style.strong && run.end == range.end && run.start > range.start)
        .last();
    // `In _Greece_`: what a preposition stands before is no remark
    const SMALL: [&str; 14] =
        ["in", "on", "at", "by", "for", "from", "with", "of", "to", "as", "the", "a", "an", "and"];
    let before = last.map_or("", |(run, _)| &raw[..run.start - range.start]);
    let name = before.trim_end();
    let remark = name.len() < before.len()
        && !["'s", "’s", "s'", "s’"].iter().any(|whose| name.ends_with(whose))
        && !name.trim().is_empty()
        && !name.rsplit(' ').next().is_some_and(|word| SMALL.contains(&word.to_lowercase().as_str()));
    if remark { before.len() } else { raw.len() }
}

fn unquoted(name: &str) -> &str {
    if name.starts_with(|c: char| c.is_ascii_alphanumeric() || ('가'..='힣').contains(&c)) {
        return name;
    }
    for (open, close) in [
        ('"', '"'),
        ('\'', '\''),
        ('“', '”'),
        ('‘', '’'),
        ('「', '」'),
        ('『', '』'),
        ('【', '】'),
        ('《', '》'),
        ('<', '>'),
        ('`', '`'),
        ('[', ']'),
        ('(', ')'),
        ('（', '）'),
    ] {
        if let Some(inner) = name.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.contains([open, close])
            && !inner.is_empty()
        {
            return inner.trim();
        }
    }
    name
}

/// Takes the first gloss out. `main()`, `f(x)`, `(Inner) Join` and `half (running) hitch` keep theirs.
fn without_gloss(name: &str) -> (String, Option<String>) {
    // `（` begins with the byte EF
    const OPENS: ByteSet = ByteSet::of(b"(\xEF");
    if !OPENS.is_in(name) {
        return (name.to_owned(), None);
    }
    let opened = name.match_indices(['(', '（']);
    let closed =
        opened.map(|(start, _)| (start, &name[start..])).find_map(|(start, rest)| Some((start, GLOSS.find(rest)?)));
    let Some((start, all)) = closed.filter(|(start, _)| !name[..*start].trim_end().is_empty()) else {
        return (name.to_owned(), None);
    };
    let mut inner = all.as_str().chars();
    let _brackets = (inner.next(), inner.next_back());
    let gloss = inner.as_str().trim();
    let (before, rest) = (name[..start].trim_end(), &name[start + all.end()..]);
    let called = before.len() == start
        && all.as_str().starts_with('(')
        && before.ends_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && gloss.is_ascii()
        && gloss.len() <= 2;
    // `A (Anchor)`: a letter alone names nothing
    let spelt = before.len() == 1 && gloss.get(..1).is_some_and(|first| first.eq_ignore_ascii_case(before));
    if gloss.is_empty() || called || spelt || gloss.chars().all(|c| c.is_ascii_digit()) {
        return (name.to_owned(), None);
    }
    let after = rest.trim_start();
    // `half (running) hitch`: what kind it is
    let tells_kind =
        after.starts_with(|c: char| c.is_ascii_alphabetic()) && gloss.bytes().all(|b| b.is_ascii_lowercase());
    if tells_kind {
        return (name.to_owned(), None);
    }
    let tight = after.is_empty() || after.starts_with(|c: char| !is_letter_or_digit(c)) || !rest.starts_with(' ');
    let glue = if tight && !after.starts_with(|c: char| c.is_ascii_alphanumeric()) { "" } else { " " };
    (format!("{before}{glue}{after}").trim().to_owned(), Some(gloss.to_owned()))
}
