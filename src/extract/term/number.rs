//! What leads a name: an ornament, a number, a label and its number.

use std::sync::LazyLock;

use regex::Regex;

use super::regex;
use crate::letter::is_pictograph;
use crate::outline::section_number;

/// `1. `, `2) `, `a. `, `(3) `, `{4}. `, `Chapter 5 - `, `Basically, `, `Q. `, `제1장 `, `가. `, `Definition: ` before a heading's name.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:\d{1,2}(?:\.\d{1,2})*\.[A-Za-z][.)]\s+|[a-h][.)]\s+|\d{1,3}[.)]\s*|\(\d{1,3}\)\s*|\{\d{1,3}\}[.)]?\s*|(?i:basically|essentially|generally|in general|in short|also|so|thus|hence|finally|즉|또한|결국)\s*,\s+|(?i:module|chapter|unit|lecture|week|lesson|section|part|day|ch\.?|lec\.?)\s?(?:\d{1,3}|(?i:one|two|three|four|five|six|seven|eight|nine|ten)|[IVX]{1,4})\s*(?:[-–—:]{1,2}\s+|[.:]\s)|(?:[QＱ]\d{0,3}|(?:문제?|질문|問題?|问题?)\s?\d{0,3}|(?i:question)\s?\d{0,3})\s*[.):：]\s+|[\[【(](?:문제|질문|문|Q|問題?|问题?)\s?\d{0,3}[\]】)]\s*:?\s*|#\d{1,2}[.):]?\s+|(?i:chapter|section|unit|lecture)\s\d{1,2}\.\d{1,2}\s+|제\s*\d{1,3}\s*[장절]\s*[.:]?\s*|\d{1,3}장\s*[.:]?\s+|[가나다라마바사아자차카타파하]\.\s+|#+\s*|(?:(?i:definition|def)|정의|定義|定义)\s*[:：.]\s+)",
    )
});
/// `要点1：`, `主题四 `, `第三章 `, `요점 3: `, `要点２．`, `一、`, `（一）`, `2、` before a name: a label and its number, or a number alone.
static CJK_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:(?:\p{Han}{1,3}|\p{Hangul}{2,3}|\p{Katakana}{3,5})\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[：:．.、)）]|第\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[章節节讲講课課回部](?:\s|[：:、])|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,3}、)\s*",
    )
});
/// A name without what leads it: `// `, an ornament, a number.
pub(in crate::extract) fn without_marker(mut name: &str) -> &str {
    if let Some(remark) = name.strip_prefix("// ") {
        name = remark.trim_start();
    }
    if name.starts_with(is_pictograph) {
        name = name.trim_start_matches(is_pictograph).trim_start();
    }
    if let Some(rest) = ["ㅁ ", "ㅇ "].into_iter().find_map(|circle| name.strip_prefix(circle)) {
        name = rest.trim_start();
    }
    if let Some((_, rest)) = section_number(name).filter(|(_, rest)| !rest.starts_with(['/', ':', '=', '+', '~', ',']))
    {
        name = rest;
    }
    if may_be_numbered(name)
        && let Some(found) = NUMBER.find(name)
        && found.end() < name.len()
        && !(found.as_str().ends_with('.') && name[found.end()..].starts_with(|c: char| c.is_ascii_digit()))
    {
        name = &name[found.end()..];
    }
    if let Some(found) = cjk_number(name).filter(|found| found.end() < name.len()) {
        name = &name[found.end()..];
    }
    name
}

/// A label and its number, after a look for the sign that ends it.
fn cjk_number(name: &str) -> Option<regex::Match<'_>> {
    const NEAR: usize = 12; // characters
    let signs = ['：', ':', '．', '.', '、', ')', '）'];
    let numbered = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let head = || name.chars().take(NEAR);
    let ends = |(one, next): (char, char)| numbered(one) && (signs.contains(&next) || next == ' ');
    let may = name.starts_with('第')
        || !name.starts_with(|c: char| c.is_ascii_alphabetic()) && head().zip(head().skip(1)).any(ends);
    may.then(|| CJK_NUMBER.find(name)).flatten()
}

/// A look at the first letters, before the pattern.
fn may_be_numbered(name: &str) -> bool {
    const NEAR: usize = 12;
    match name.chars().next() {
        Some('0'..='9' | '(' | '{' | '#' | '[' | '【') => true,
        Some('a'..='h') if matches!(name.as_bytes().get(1), Some(b'.' | b')')) => true,
        Some('A'..='Z' | 'c' | 'd' | 'l' | 's' | 'u') => {
            name.bytes().any(|byte| matches!(byte, b',' | b'-'))
                || name.bytes().take(NEAR).any(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b')'))
                || name.contains('：')
        }
        Some(first) => !first.is_ascii() && "Ｑ문질問问제정定가나다라마바사아자차카타파하즉또결".contains(first),
        None => false,
    }
}
