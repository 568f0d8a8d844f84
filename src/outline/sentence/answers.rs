//! Whether a line under a name says what that is, or is a name of its own.

use std::sync::LazyLock;

use regex::Regex;
use smallvec::SmallVec;

/// Nouns that name what kind of thing something is: what a short definition ends with.
const KINDS: [&str; 39] = [
    "서비스",
    "시스템",
    "기능",
    "도구",
    "솔루션",
    "역할",
    "데이터베이스",
    "엔진",
    "프로토콜",
    "방식",
    "장치",
    "기술",
    "프레임워크",
    "언어",
    "모델",
    "구조",
    "알고리즘",
    "기법",
    "단위",
    "과정",
    "것",
    "방법",
    "개념",
    "규칙",
    "집합",
    "표준",
    "플랫폼",
    "프로그램",
    "현상",
    "이론",
    "제도",
    "행위",
    "상태",
    "service",
    "system",
    "tool",
    "engine",
    "database",
    "protocol",
];

/// Nouns that name what something does: short definitions end with these too.
const ACTS: [&str; 6] = ["제공", "관리", "수행", "지원", "자동화", "저장"];

/// A Japanese line with a verb or an object is a name if it is shorter (characters).
const MIN_KANA_CLAUSE: usize = 14;

/// Whether a line right under a heading reads as what the heading is, rather than as a heading of its own.
/// `over_items`: bullets follow the line.
pub(crate) fn reads_as_answer(heading: &str, line: &str, over_items: bool) -> bool {
    if line.contains(" + ") || ["기타", "그 외", "그외", "Other ", "other "].iter().any(|other| line.starts_with(other))
    {
        return false;
    }
    let words: SmallVec<[&str; 16]> = line.split_whitespace().collect();
    let last = words.last().copied().unwrap_or_default();
    let particles = ["을", "를", "에서", "으로", "에게", "하고", "하여", "해서"];
    let modifiers = ["는", "한", "된", "할", "될", "위한", "인"];
    let long_modifiers = ["진", "난", "린", "긴", "킨", "힌", "든", "운", "른", "던", "낸", "친", "올", "릴", "질"];
    let ends_in = |word: &str, ends: &[&str], least: usize| {
        word.chars().count() >= least && ends.iter().any(|end| word.ends_with(end))
    };
    let others = || words.iter().rev().skip(1);
    let has_particle = || others().any(|word| ends_in(word, &particles, 2) || ends_in(word, &["가"], 4));
    let has_modifier = || {
        others().take(3).any(|word| {
            ends_in(word, &modifiers, 2) || ends_in(word, &long_modifiers, 3) || matches!(*word, "된" | "될" | "할")
        })
    };
    let english = [
        "is", "are", "that", "which", "to", "of", "for", "with", "used", "and", "in", "the", "a", "an", "than", "has",
        "have",
    ];
    let is_small = |word: &&&str| word.starts_with(|c: char| c.is_ascii_lowercase());
    let begins_small = line.starts_with(|c: char| c.is_ascii_lowercase())
        && heading.trim_start_matches("The ").starts_with(|c: char| c.is_ascii_uppercase());
    let has_clause = || {
        let content = || words.iter().filter(|word| !english.contains(word));
        words.len() >= if begins_small { 4 } else { 5 }
            && content().count() < words.len()
            && content().filter(is_small).count() * 2 >= content().count()
            && !line.ends_with('?')
    };
    let says_kana = || {
        line.chars().count() >= MIN_KANA_CLAUSE
            && ["を", "する", "した", "される", "ための", "できる"].iter().any(|part| line.contains(part))
    };
    if words.len() > 9
        || without_number(line).contains(". ")
        || has_particle()
        || has_modifier()
        || has_clause()
        || says_kana()
    {
        return true;
    }
    let same_end = heading.split_whitespace().last() == Some(last);
    let is_kind = KINDS.iter().chain(&ACTS).any(|noun| last.ends_with(noun));
    let foreign = heading.chars().any(|c| c.is_ascii_alphabetic()) || heading.contains(['(', '（']);
    (is_kind && !same_end && foreign && words.len() >= 2)
        || (same_end && over_items && words.len() >= 2 && line != heading)
}

/// `1. Name`, `Q2. Name`, `a. Name`: the name alone.
fn without_number(line: &str) -> &str {
    const LONGEST: usize = 4; // bytes
    let numbers = |number: &str| {
        number.chars().nth(1).is_none() || number.len() <= LONGEST && number.ends_with(|c: char| c.is_ascii_digit())
    };
    line.split_once(". ").filter(|(number, _)| numbers(number)).map_or(line, |(_, name)| name)
}

/// Whether a line ends with a noun that names what kind of thing something is, and not what it does.
pub(crate) fn ends_in_kind(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    KINDS.iter().any(|kind| last.ends_with(kind))
}

/// What a sentence begins or ends with that says of which kind a thing is without naming it: `A sail that …`,
/// `…하는 것이다`, `…仕組み。`.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static SAYS_KIND: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"^(?:An?|The|Any|One of the) [a-z][^.,;:]*? (?:that|which|who|used|for|of|to|where|by|designed|made|between) ",
        r"[가-힣] (?:것|\S*(?:KINDS))(?:이다|입니다|임)?[.]?$|[을를] (?:말한다|의미한다|뜻한다|가리킨다|말함|의미함)[.]?$",
        r"(?:こと|もの|仕組み|技術|方式|方法|概念|手法|手順|手段|規格|制度|計画|機能|装置|組織|行為|活動|プロセス|プロトコル|プログラム|ソフトウェア|サービス|言語|システム)(?:である|です)?[。.]?$|を(?:指す|いう|意味する|表す)[。.]?$",
        r"^(?:是|指的?是?|即)?(?:一种|一種|一个|一個)",
    ];
    let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| !kind.is_ascii()).collect();
    Regex::new(&parts.join("|").replace("KINDS", &kinds.join("|"))).unwrap()
});

/// How a sentence says what something is, with or without its name.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static SAYS_WHAT: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"^(?:An?|The) |^.{0,60}? (?:is|are|was|were|means?|refers? to|stands? for|describes?) ",
        r"\S ?란\?? |\S ?란\?$|(?:이다|입니다|(?:말|의미|뜻)(?:한다|합니다)|나타낸다|것|방식|방법|기술|기능|개념)[.]?$",
        r"[는한된은을던인할될친진린] [가-힣]{1,8}[.]?$",
        r"とは|(?:である|です)[。.]?$|[るたいのな][\p{Han}\p{Katakana}ー]{2,}[。.]?$",
        r"^[^。，]{0,20}(?:是|指)",
    ];
    Regex::new(&parts.join("|")).unwrap()
});

fn first_sentence(text: &str) -> &str {
    super::sentences(text).into_iter().next().map_or(text, |first| text[first].trim())
}

/// Whether the first sentence of a paragraph under a name says what that is, rather than something about it.
pub(crate) fn says_what(paragraph: &str) -> bool {
    let first = first_sentence(paragraph);
    SAYS_WHAT.is_match(first) || says_kind(first)
}

/// Whether a line with a note's title above it says of which kind the thing is that the title names, rather than what the
/// note is about.
pub(crate) fn says_kind(line: &str) -> bool {
    const OF_NOTE: [&str; 12] =
        ["정리", "알아보", "다루", "공부", "배우", "이번", "note", "chapter", "section", "course", "まとめ", "本章"];
    let first = first_sentence(line);
    SAYS_KIND.is_match(first) && !OF_NOTE.iter().any(|word| first.contains(word))
}
