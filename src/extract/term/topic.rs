//! `Xの種類としては`, `X의 종류로는`, `The kinds are`: a sentence that breaks off before the list that ends it.

use crate::letter::is_syllable;

/// What such a sentence ends in and its topic does without; the longer one before what it ends in.
const ENDS: [&str; 15] = [
    "としては",
    "については",
    "に関しては",
    "においては",
    "とは",
    "では",
    "には",
    "は",
    "으로는",
    "에서는",
    "에는",
    "로는",
    "主要包括",
    "包括",
    "分为",
];

/// The same of English, unless it asks (`what they are`).
const ENGLISH_ENDS: [&str; 4] = [" are as follows", " are", " include", " includes"];

/// The topic of a sentence that the list below it ends; the text itself where it ends in no such way.
pub(in crate::extract) fn before_list(text: &str) -> &str {
    const LEAST: usize = 2; // characters: `では`, `눈은` may be words
    let stem = ENDS
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .or_else(|| before_korean_mark(text))
        .or_else(|| before_english_verb(text));
    let stem = stem.map(|stem| stem.trim_end_matches([' ', '、', '，', ',']));
    stem.filter(|stem| stem.chars().nth(LEAST - 1).is_some()).unwrap_or(text)
}

/// A Korean noun before the mark of the topic, `은` behind a consonant and `는` behind a vowel. Verbs that describe a noun
/// (`높은`, `가는`) end alike.
fn before_korean_mark(text: &str) -> Option<&str> {
    const DESCRIBING: &str =
        "있없같많좋높낮받않했됐졌였었았겠맞찾먹읽남넓짧싶늦깊작믿들얻잡놓닿갔났왔봤줬뒀크하되가오쓰주보지키치히우추르";
    let mut syllables = text.chars().rev();
    let (mark, last, before) = (syllables.next()?, syllables.next()?, syllables.next()?);
    let has_coda = || (u32::from(last) - u32::from('가')) % 28 != 0;
    let marks = is_syllable(last) && is_syllable(before) && !DESCRIBING.contains(last);
    let fits = marks && if has_coda() { mark == '은' } else { mark == '는' };
    fits.then(|| &text[..text.len() - mark.len_utf8()])
}

fn before_english_verb(text: &str) -> Option<&str> {
    const ASKS: [&str; 8] = ["what", "which", "who", "how", "why", "when", "where", "there"];
    let stem = ENGLISH_ENDS.iter().find_map(|end| text.strip_suffix(end))?;
    let asks = |word: &str| ASKS.iter().any(|asking| word.eq_ignore_ascii_case(asking));
    (!stem.split(' ').any(asks)).then_some(stem)
}
