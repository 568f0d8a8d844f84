//! Whether the letters of a short form stand in a long one.
//!
//! The matching is that of Schwartz and Hearst ("A simple algorithm for identifying abbreviation definitions in
//! biomedical text", 2003): the short form's letters are looked for from the end of the long form, the first one at
//! the start of a word. Added to it: half of the letters must start words, and digits count words or nothing.

use crate::letter::is_letter_or_digit;

/// Where the words of a text begin (byte offsets).
fn word_starts(text: &str) -> Vec<usize> {
    let mut before = ' ';
    let mut out = Vec::new();
    for (i, c) in text.char_indices() {
        if is_letter_or_digit(c) && !is_letter_or_digit(before) && before != '\'' && before != '’' {
            out.push(i);
        }
        before = c;
    }
    out
}

/// Whether a long form may begin as a text does: a cheap look before the letters are matched. `X` is short for much.
pub(super) fn may_begin(short: &str, text: &str) -> bool {
    if short.starts_with(|c: char| c.is_ascii_digit()) && without_number(short, text.trim_start()).is_some() {
        return true;
    }
    let first = short.chars().find(char::is_ascii_alphabetic);
    let begins =
        |letter: char| text.chars().find(|c| is_letter_or_digit(*c)).is_some_and(|c| c.eq_ignore_ascii_case(&letter));
    first.is_some_and(|letter| letter.eq_ignore_ascii_case(&'x') || begins(letter))
}

/// Whether the letters of `short` stand in `long` in order, the first at its start, most at the start of words, and
/// the last word has one of them.
pub(super) fn uses_all(short: &str, long: &str) -> bool {
    if let Some((short, long)) = without_number(short, long) {
        let letters: Vec<char> = short.chars().map(|c| c.to_ascii_lowercase()).collect();
        let initials: Vec<char> = word_starts(long)
            .iter()
            .filter_map(|i| long[*i..].chars().next())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        return !letters.is_empty() && by_initials(&letters, &initials);
    }
    if !may_begin(short, long) {
        return false;
    }
    if without_version(short, long).is_some_and(|(name, longs)| longs.iter().any(|long| uses_all(name, long))) {
        return true;
    }
    if is_letter_before_word(short, long) {
        return true;
    }
    let rest = without_shared_end(short, long);
    if rest.is_some_and(|(short, long)| stand_in_word(short, long) || uses_all(short, long)) {
        return true;
    }
    if short.len() >= LEAST_SPELT && spells_in_capitals(short, long) {
        return true;
    }
    let letters: Vec<char> =
        short.chars().filter(|c| c.is_ascii_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    let starts = word_starts(long);
    // what begins and ends with a lone letter is a list: "A and B" is not what `AB` is short for
    let lone = |word: Option<&str>| word.is_some_and(|word| word.chars().count() == 1);
    let is_words = !(lone(long.split_whitespace().next()) && lone(long.split_whitespace().next_back()));
    // another short form in the long one has its letter in the short one too
    let left_out = |word: &str| {
        let capitals = word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        capitals && !word.starts_with(|c: char| letters.contains(&c.to_ascii_lowercase()))
    };
    if letters.is_empty()
        || starts.len() < 2
        || long.split_whitespace().any(left_out)
        || !is_words
        || long.len() <= short.len()
        || long.contains(short)
    {
        return false;
    }
    let digit = short.chars().find_map(|c| c.to_digit(10)).and_then(|d| usize::try_from(d).ok());
    let lower = long.to_ascii_lowercase();
    // `X` stands for the beginning of "Extra" too
    let initial = |at: &usize| match lower.as_bytes().get(*at..*at + 3) {
        Some([b'e', b'x', next]) if letters.contains(&'x') && next.is_ascii_lowercase() => Some('x'),
        _ => lower[*at..].chars().next(),
    };
    let initials: Vec<char> = starts.iter().filter_map(initial).collect();
    if letters.first() == Some(&'x') && ["cross", "ex", "trans"].iter().any(|word| lower.starts_with(word)) {
        return by_initials(&letters[1..], &initials[1..]);
    }
    if initials.first() != letters.first() {
        return false;
    }
    if letters.len() == 1 {
        if long.contains(',') {
            return false; // `3A`: a list that the letter counts
        }
        let large: Vec<&str> = long.split([' ', '-', '/']).filter(|word| !word.is_empty() && !is_small(word)).collect();
        let begin = |word: &&str| word.starts_with(|c: char| Some(&c.to_ascii_lowercase()) == letters.first());
        return digit == Some(starts.len()) && initials.iter().all(|initial| Some(initial) == letters.first())
            || digit == Some(large.len()) && large.iter().all(begin);
    }
    if by_initials(&letters, &initials) || by_initials(&letters, &initials_of_parts(&lower, &starts)) {
        return true;
    }
    letters_stand_in(long, &letters, &starts, false)
        || starts.len() <= letters.len() && letters_stand_in(long, &letters, &starts, true)
}

/// A short form and a long one without the number that both begin with (`2LR`, "Second Long Rope").
pub(super) fn without_number<'a>(short: &'a str, long: &'a str) -> Option<(&'a str, &'a str)> {
    const WORDS: [&[&str]; 5] = [
        &["first", "one", "single"],
        &["second", "two", "double", "dual"],
        &["third", "three", "triple"],
        &["fourth", "four", "quadruple"],
        &["fifth", "five"],
    ];
    let number = short.chars().next()?.to_digit(10)?.checked_sub(1)?;
    let word_end = long.find([' ', '-'])?;
    let words = WORDS.get(usize::try_from(number).ok()?)?;
    let known = words.iter().any(|word| long[..word_end].eq_ignore_ascii_case(word));
    known.then(|| (&short[1..], long[word_end + 1..].trim_start()))
}

/// Two forms that end in the number of a version (`TRP4`, "Tall Rig Plan Version 4") without it, the long one without
/// and with that word (`TRPv4`).
fn without_version<'a>(short: &'a str, long: &'a str) -> Option<(&'a str, [&'a str; 2])> {
    let name = short.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &short[name.len()..];
    let rest = long.strip_suffix(number).filter(|_| !number.is_empty())?.trim_end();
    let at = rest.len().checked_sub("version".len())?;
    let bare = rest.get(at..)?.eq_ignore_ascii_case("version").then(|| rest[..at].trim_end())?;
    Some((name, [bare, rest]))
}

/// Two forms that end in the same short one (`QR-VLR`, "Quick VLR"; `SRIG`, "Spare RIG") or the same long word (`VLHawser`,
/// "Very Long Hawser") without it.
fn without_shared_end<'a>(short: &'a str, long: &'a str) -> Option<(&'a str, &'a str)> {
    let (_, end) = long.rsplit_once(' ').filter(|(_, end)| end.len() >= 2)?;
    let capitals = end.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let name = end.len() >= LEAST_NAME && end.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = short.strip_suffix(end).filter(|_| capitals || name)?.trim_end_matches(['-', '/']);
    (!rest.is_empty()).then(|| (rest, long[..long.len() - end.len()].trim_end()))
}

/// `s Knot` for "Square Knot", `X-hitch` for "Extra hitch": a letter for the first word, and the same word behind it.
fn is_letter_before_word(short: &str, long: &str) -> bool {
    let parted =
        |name: &'_ str| name.split_once([' ', '-']).map(|(first, word)| (first.to_lowercase(), word.to_lowercase()));
    let (Some((letter, word)), Some((first, same))) = (parted(short), parted(long)) else { return false };
    letter.len() == 1
        && word == same
        && first.len() > 1
        && (first.starts_with(&letter) || letter == "x" && first.starts_with("ex"))
}

/// A name of so many letters may stand whole in a short form.
const LEAST_NAME: usize = 4;

/// Capitals tell what a short form of so many letters is made of.
const LEAST_SPELT: usize = 3;

/// Whether the capitals of a long form spell the short one (`RIGging plan` for `RIG`, `VeryLongRope` for `VLR`).
fn spells_in_capitals(short: &str, long: &str) -> bool {
    let capitals = long.chars().filter(char::is_ascii_uppercase);
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_lowercase());
    let apart = !long.contains(short) || long.strip_prefix(short).is_some_and(goes_on);
    let words = long.split_whitespace().count();
    // `LongTowing Rope Net is` goes on with what it is
    const VERB: usize = 3; // letters
    let ends = |last: &str| last.len() > VERB || last.contains(|c: char| c.is_ascii_uppercase());
    let last = long.split_whitespace().next_back().is_some_and(ends);
    apart && last && (1..=short.len()).contains(&words) && capitals.eq(short.chars())
}

/// Whether letters stand in one word in order, the first at its start.
fn stand_in_word(short: &str, word: &str) -> bool {
    let mut left = word.chars();
    let starts = |short: &str| short.chars().next().is_some_and(|c| word.starts_with([c, c.to_ascii_lowercase()]));
    starts(short)
        && word.chars().all(char::is_alphanumeric)
        && short.chars().all(|letter| left.any(|c| c.eq_ignore_ascii_case(&letter)))
}

/// So many words more than a short form has letters may stand in a long one, hyphens counted as spaces.
const MORE_STARTS: usize = 6;

/// With fewer letters at the start of words, looking for words first finds long forms where there are none.
const LEAST_AT_WORDS: usize = 3;

/// Whether the letters stand in a text in order, each as late as can be; `at_words`: at the start of a word if there is
/// one before the letters already found.
fn letters_stand_in(long: &str, letters: &[char], starts: &[usize], at_words: bool) -> bool {
    let chars: Vec<(usize, char)> = long.char_indices().map(|(i, c)| (i, c.to_ascii_lowercase())).collect();
    let mut at = chars.len();
    let mut at_start = 0;
    let mut last_used = None;
    for (k, letter) in letters.iter().enumerate().rev() {
        let begins = |(i, c): &(usize, char)| c == letter && starts.contains(i);
        let late = || chars[..at].iter().rposition(|place| place.1 == *letter && (k > 0 || begins(place)));
        let found = chars[..at].iter().rposition(begins).filter(|_| at_words).or_else(late);
        let Some(position) = found else { return false };
        at = position;
        at_start += usize::from(starts.contains(&chars[position].0));
        last_used.get_or_insert(chars[position].0);
        if k == 0 && chars[position].0 != 0 {
            return false;
        }
    }
    if at_words && at_start < LEAST_AT_WORDS {
        return false;
    }
    let last_word = starts.last().copied().unwrap_or(0);
    starts.len() <= letters.len() + 1 && at_start * 2 > letters.len() && last_used.is_some_and(|used| used >= last_word)
}

/// A name in capitals with its short form alone in brackets behind it, most of whose letters stand for the words:
/// people coin `TRX` for "Tall Rigging".
pub(super) fn nearly_fits(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short.chars().map(|c| c.to_ascii_lowercase()).collect();
    let words: Vec<&str> = long.split_whitespace().collect();
    let capitals = words.iter().all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    let initials: Vec<char> =
        words.iter().filter_map(|word| word.chars().next()).map(|c| c.to_ascii_lowercase()).collect();
    capitals && words.len() >= 2 && letters.len() == words.len() + 1 && letters.starts_with(&initials)
}

/// A name of up to three words with two to four capitals alone in brackets behind it, which are letters of it in order, the
/// first at its start: `LA` of "Lateral anchor", `DN` of "Dinghy".
pub(super) fn spells_loosely(short: &str, long: &str) -> bool {
    const WORDS: usize = 3;
    let long = long.trim();
    let capitals = (2..=4).contains(&short.len()) && short.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_name = long.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    let mut letters = long.bytes().map(|byte| byte.to_ascii_uppercase());
    capitals
        && is_name
        && long.len() >= 2 * short.len()
        && long.split(' ').count() <= WORDS
        && long.bytes().next() == short.bytes().next()
        && short.bytes().all(|byte| letters.any(|letter| letter == byte))
}

/// `X2Y2` for two words with `X` and two with `Y`, parted by commas: a digit says how often the letter before it comes.
pub(super) fn repeats_letters(short: &str, long: &str) -> bool {
    const LEAST: usize = 3; // words
    let mut letters: Vec<char> = Vec::new();
    for c in short.chars() {
        match (c.to_digit(10), letters.last().copied()) {
            (Some(times @ 2..=4), Some(last)) => letters.extend((1..times).map(|_| last)),
            _ => letters.push(c.to_ascii_lowercase()),
        }
    }
    let words: Vec<&str> = long.split(',').map(str::trim).collect();
    let initials = words.iter().filter_map(|word| word.chars().next()).map(|c| c.to_ascii_lowercase());
    short.contains(|c: char| c.is_ascii_digit()) && words.len() >= LEAST && initials.eq(letters)
}

/// A name of two words in capitals, the first of which has both letters: `RG` of "Rigging Plan".
pub(super) fn is_of_first_word(short: &str, long: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    match long.split_once(' ') {
        Some((first, last)) => {
            short.len() == 2 && capital(first) && capital(last) && !last.contains(' ') && stand_in_word(short, first)
        }
        None => false,
    }
}

/// Whether a text is one long word that has the letters of a short form of capitals: `ECG` of "electrocardiogram".
pub(super) fn is_in_long_word(short: &str, text: &str) -> bool {
    let capitals = short.len() >= LEAST_SPELT && short.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_word = text.chars().skip(1).all(|c| c.is_ascii_lowercase());
    capitals && is_word && text.len() >= LONG_WORD.max(4 * short.len()) && stand_in_word(short, text)
}

/// Short forms that take letters from within a word do so from long ones.
const LONG_WORD: usize = 12;

/// The start of the last word or two of a text, if a short form of capitals takes letters from within words: of one long
/// word (`ECG` of "Electrocardiogram"), or of two, with the first letters of both (`NWM` of "Nonwooden mast").
pub(super) fn within_words(short: &str, text: &str) -> Option<usize> {
    const LEAST_LETTERS: usize = 3;
    let text = text.trim_end();
    if short.len() < LEAST_LETTERS || !short.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let last = text.rfind(' ').map_or(0, |at| at + 1);
    if text[last..].chars().count() >= LONG_WORD.max(4 * short.len()) && stand_in_word(short, &text[last..]) {
        return Some(last);
    }
    let first = text[..last].trim_end().rfind(' ').map_or(0, |at| at + 1);
    let (one, other) = (text[first..last].trim_end(), &text[last..]);
    let parted = (1..short.len()).any(|at| {
        let (head, tail) = short.split_at(at);
        at >= 2 && stand_in_word(head, one) && stand_in_word(tail, other)
    });
    (parted && one.len() > 2 * short.len()).then_some(first)
}

/// The first letters of words, and of what stands behind a prefix within one: `I`, `P` and `C` of "interport crane".
fn initials_of_parts(lower: &str, starts: &[usize]) -> Vec<char> {
    const PREFIXES: [&str; 14] = [
        "inter", "intra", "hyper", "super", "micro", "multi", "tele", "trans", "photo", "electro", "counter", "infra",
        "semi", "auto",
    ];
    const LEAST: usize = 3; // letters behind it
    let mut out = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let word = &lower[*start..starts.get(at + 1).copied().unwrap_or(lower.len())];
        out.extend(word.chars().next());
        let part = PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix));
        let letters = |part: &&str| part.chars().take_while(char::is_ascii_alphabetic).count() >= LEAST;
        out.extend(part.filter(letters).and_then(|part| part.chars().next()));
    }
    out
}

/// Every letter starts a word, in order, and only small words are passed over; the last word is not.
fn by_initials(letters: &[char], initials: &[char]) -> bool {
    let mut words = initials.iter();
    let all = letters.iter().all(|letter| words.any(|initial| initial == letter));
    // the longer the short form, the less of it is chance
    let most = (letters.len() + 3).max(if letters.len() >= 4 { letters.len() * 2 + 1 } else { 0 });
    all && words.next().is_none() && initials.len() <= most
}

/// The start of the shortest end of a text that the short form stands for.
pub(super) fn suffix_fit(short: &str, text: &str) -> Option<usize> {
    let starts: Vec<usize> = word_starts(text);
    let numbered = |start: &usize| without_number(short, &text[*start..]).is_some();
    if let Some(start) = starts.iter().copied().filter(numbered).find(|start| uses_all(short, &text[*start..])) {
        return Some(start);
    }
    // nothing with more words fits
    let near = starts.into_iter().rev().take(short.len() + MORE_STARTS);
    let fits: Vec<usize> = near.filter(|start| uses_all(short, &text[*start..])).collect();
    // `and` may stand for a letter, but not before a word that does
    let words = |start: &usize| text[*start..].split([' ', '-']).filter(|word| !is_small(word)).count();
    let whole = fits.iter().copied().find(|start| words(start) == short.len());
    whole.or(fits.first().copied())
}

/// A word that a short form may have no letter for.
pub(super) fn is_small(word: &str) -> bool {
    matches!(word, "of" | "and" | "the" | "for" | "to" | "in" | "")
}
