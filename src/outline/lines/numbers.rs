//! The numbers that lines begin with, of items and of headings.

use super::{Marker, NumberStyle};
use crate::letter::is_letter;

/// `Step 1 …`, `1단계 …`: the mark stays, it is part of what is said.
pub(super) fn step(line: &str) -> Option<(u32, NumberStyle, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = match line.get(..4).filter(|word| word.eq_ignore_ascii_case("step")) {
        Some(word) => {
            let rest = line[word.len()..].trim_start();
            rest.split_at(digits(rest))
        }
        None => {
            let (number, rest) = line.split_at(digits(line));
            (number, rest.strip_prefix("단계")?)
        }
    };
    let parted = after.starts_with([' ', '.', ':', ')', '-', '[']) && !after.trim().is_empty();
    let value = number.parse().ok().filter(|value| (1..100).contains(value))?;
    parted.then_some((value, NumberStyle::Dot, line))
}

/// `1. `, `1) `, `(1) `, `①`, `a. `, `가. `, `ㄱ. `, `IV. `, `Ⅳ `, `一、`.
pub(super) fn number(line: &str) -> Option<(u32, NumberStyle, &str)> {
    let first = line.chars().next()?;
    if let Some(value) = circled(first) {
        return Some((value, NumberStyle::Circled, line[first.len_utf8()..].trim_start()));
    }
    if let Some((value, rest)) = keycap(line) {
        return Some((value, NumberStyle::Circled, rest));
    }
    if let 'Ⅰ'..='Ⅻ' = first {
        let value = u32::from(first) - u32::from('Ⅰ') + 1;
        let rest = line[first.len_utf8()..].trim_start_matches(['.', ')', '．', '、']);
        return rest.starts_with([' ', '\t']).then(|| (value, NumberStyle::Roman, rest.trim_start()));
    }
    if let Some(inner) = line.strip_prefix(['(', '（']) {
        let close = inner.find([')', '）'])?;
        let value = ordinal(&inner[..close])?.0;
        let rest = &inner[close..];
        let behind = &rest[rest.chars().next()?.len_utf8()..];
        return Some((value, NumberStyle::Brackets, behind.strip_prefix(". ").unwrap_or(behind).trim_start()));
    }
    let end = line.find(['.', ')', '）', '、', '．', '>']).filter(|end| *end <= 9)?;
    let (value, style) = ordinal(&line[..end])?;
    let sign = line[end..].chars().next()?;
    let rest = &line[end + sign.len_utf8()..];
    let next = rest.chars().next();
    let spaced = next.is_none_or(char::is_whitespace);
    let ok = match style {
        NumberStyle::Dot => {
            spaced
                || sign == '、'
                || next.is_some_and(|c| {
                    !c.is_ascii() || (c.is_ascii_alphabetic() && sign != '.') || matches!(c, '*' | '`' | '#')
                })
        }
        NumberStyle::Han => sign == '、' || spaced,
        _ => spaced,
    };
    // `B. F. Skinner` is a name
    let initials = sign == '.'
        && first.is_ascii_uppercase()
        && matches!(rest.trim_start().as_bytes(), [b'A'..=b'Z', b'.', b' ', ..]);
    let ok = ok && !initials && (sign != '>' || style == NumberStyle::Dot && spaced);
    let style = match (style, sign) {
        (NumberStyle::Dot, ')' | '）' | '>') => NumberStyle::Bracket,
        (NumberStyle::Hangul, ')' | '）') => NumberStyle::HangulBracket,
        _ => style,
    };
    ok.then(|| (value, style, rest.trim_start()))
}

/// The number that stands behind a bullet (`- 1. Text`, `- 2.Text`), and the text behind it.
pub(in crate::outline) fn number_behind_bullet(text: &str) -> Option<(Marker, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text[..digits].parse().ok().filter(|value| (1..100).contains(value))?;
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let mut next = rest.chars();
    let word = match (next.next(), next.next()) {
        (Some(' '), _) => true,
        (Some(first), second) => is_letter(first) && (!first.is_ascii() || second.is_some_and(is_letter)),
        _ => false,
    };
    word.then(|| (Marker::Number(value, NumberStyle::Dot), rest.trim_start()))
}

/// The numbers of chapters; what is longer is a word.
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// The value of a number's characters, and their family.
fn ordinal(text: &str) -> Option<(u32, NumberStyle)> {
    const HANGUL: &str = "가나다라마바사아자차카타파하";
    const CONSONANTS: &str = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ";
    const HAN: &str = "一二三四五六七八九十";
    let mut chars = text.chars();
    let first = chars.next()?;
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|n| *n < 1000).map(|n| (n, NumberStyle::Dot));
    }
    if let Some(value) = fullwidth_number(text) {
        return Some((value, NumberStyle::Dot));
    }
    // small ones are short, or letters
    let small = text.len() <= 4 && matches!(first, 'i' | 'v' | 'x');
    if let Some(value) = ROMAN.iter().position(|roman| *roman == text || small && roman.eq_ignore_ascii_case(text)) {
        return Some((u32::try_from(value + 1).ok()?, NumberStyle::Roman));
    }
    let place = |set: &str| set.chars().position(|c| c == first).and_then(|i| u32::try_from(i + 1).ok());
    let alone = chars.next().is_none();
    match () {
        () if alone && first.is_ascii_lowercase() => Some((u32::from(first) - u32::from('a') + 1, NumberStyle::Letter)),
        () if alone && first.is_ascii_uppercase() && !matches!(first, 'Q' | 'A') => {
            Some((u32::from(first) - u32::from('A') + 1, NumberStyle::Letter))
        }
        () if alone && HANGUL.contains(first) => Some((place(HANGUL)?, NumberStyle::Hangul)),
        () if alone && CONSONANTS.contains(first) => Some((place(CONSONANTS)?, NumberStyle::Hangul)),
        () if alone && HAN.contains(first) => Some((place(HAN)?, NumberStyle::Han)),
        () => None,
    }
}

fn fullwidth_number(text: &str) -> Option<u32> {
    text.chars().try_fold(0u32, |sum, c| match c {
        '０'..='９' => sum.checked_mul(10)?.checked_add(u32::from(c) - u32::from('０')),
        _ => None,
    })
}

/// `1️⃣ text`, a number as an emoji, and the text behind it.
pub(in crate::outline) fn keycap(line: &str) -> Option<(u32, &str)> {
    let value = line.chars().next()?.to_digit(10)?;
    let rest = line[1..].trim_start_matches('\u{FE0F}').strip_prefix('\u{20E3}')?;
    Some((value, rest.trim_start()))
}

fn circled(c: char) -> Option<u32> {
    match c {
        '①'..='⑳' => Some(u32::from(c) - u32::from('①') + 1),
        '❶'..='❿' => Some(u32::from(c) - u32::from('❶') + 1),
        '㉠'..='㉭' => Some(u32::from(c) - u32::from('㉠') + 1),
        'ⓐ'..='ⓩ' => Some(u32::from(c) - u32::from('ⓐ') + 1),
        _ => None,
    }
}

/// The number of a numbered heading (`2.1`, `1.2.3.`, `3-1.`) as its depth, and the text after it.
pub fn section_number(line: &str) -> Option<(usize, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = line.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(line.len());
    let number = line[..end].trim_end_matches(['.', '-']);
    let parts: Vec<&str> = number.split(['.', '-']).collect();
    let fine = parts.len() >= 2 && parts.len() <= 6 && parts.iter().all(|part| !part.is_empty() && part.len() <= 3);
    // four numbers with a nought among them are an address
    let fine = fine && !(parts.len() >= 4 && parts.contains(&"0"));
    let rest = &line[end..];
    // `1-1 : what it is` is a name
    let fine = fine && !rest.trim_start().starts_with([':', '=', '→']);
    (fine && (rest.starts_with([' ', '\t', ')']) || rest.starts_with(|c: char| is_letter(c) && !c.is_ascii())))
        .then(|| (parts.len(), rest.trim_start_matches(')').trim_start()))
}
