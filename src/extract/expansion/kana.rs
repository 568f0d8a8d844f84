//! Short forms of words that Japanese writes as they sound: `HGW`, ハーバーゲートウェイ.

/// The kana that a letter may have become where a word begins with it, or a syllable within one.
const SOUNDS: [(char, &str); 26] = [
    ('A', "アエオ"),
    ('B', "バビブベボ"),
    ('C', "カキクケコサシスセソチ"),
    ('D', "ダデドヂジ"),
    ('E', "エイ"),
    ('F', "フ"),
    ('G', "ガギグゲゴジ"),
    ('H', "ハヒヘホ"),
    ('I', "イア"),
    ('J', "ジ"),
    ('K', "カキクケコナ"),
    ('L', "ラリルレロ"),
    ('M', "マミムメモ"),
    ('N', "ナニヌネノ"),
    ('O', "オアワ"),
    ('P', "パピプペポフ"),
    ('Q', "クキ"),
    ('R', "ラリルレロ"),
    ('S', "サシスセソ"),
    ('T', "タチツテトスサ"),
    ('U', "ユウア"),
    ('V', "ヴバビブベボ"),
    ('W', "ワウ"),
    ('X', "エク"),
    ('Y', "ヤユヨイ"),
    ('Z', "ザジズゼゾ"),
];

/// Kana that are written small or lengthen the one before: no syllable begins with them.
fn continues(kana: char) -> bool {
    matches!(kana, 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ' | 'ッ' | 'ー' | 'ン')
}

/// Whether a text is written in katakana and nothing else.
pub(super) fn is_katakana(text: &str) -> bool {
    text.chars().all(|c| matches!(c, 'ァ'..='ヴ' | 'ー' | '・' | ' '))
}

/// Whether the letters of a short form are heard in a long one in katakana, in order, the first at its start.
pub(super) fn is_heard_in(short: &str, long: &str) -> bool {
    const LEAST: usize = 2; // syllables for each letter
    let mut letters = short.chars().filter(char::is_ascii_uppercase).peekable();
    let count = letters.clone().count();
    let syllables: Vec<char> = long.chars().filter(|c| !continues(*c) && !matches!(c, '・' | ' ')).collect();
    let sounds = |letter: char| SOUNDS.iter().find(|(of, _)| *of == letter).map_or("", |(_, kana)| kana);
    let begins = letters.peek().is_some_and(|letter| syllables.first().is_some_and(|c| sounds(*letter).contains(*c)));
    for kana in &syllables {
        letters.next_if(|letter| sounds(*letter).contains(*kana));
    }
    begins && letters.next().is_none() && syllables.len() >= LEAST * count
}
