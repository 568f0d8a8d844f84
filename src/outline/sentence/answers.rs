//! Whether a line under a name says what that is, or is a name of its own.

use smallvec::SmallVec;

/// Nouns that name what kind of thing something is: what a short definition ends with.
const KINDS: [&str; 44] = [
    "서비스",
    "시스템",
    "기능",
    "도구",
    "솔루션",
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
    "제공",
    "관리",
    "수행",
    "지원",
    "자동화",
    "저장",
    "service",
    "system",
    "tool",
    "engine",
    "database",
    "protocol",
];

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
    if words.len() > 9 || line.contains(". ") || has_particle() || has_modifier() || has_clause() || says_kana() {
        return true;
    }
    let same_end = heading.split_whitespace().last() == Some(last);
    let is_kind = KINDS.iter().any(|kind| last.ends_with(kind));
    let foreign = heading.chars().any(|c| c.is_ascii_alphabetic()) || heading.contains(['(', '（']);
    (is_kind && !same_end && foreign && words.len() >= 2)
        || (same_end && over_items && words.len() >= 2 && line != heading)
}
