//! What a short form looks like: capitals, in one or in many.

use super::letters::is_small;

/// Whether a name may be, or end in, a short form: a look at its capitals.
pub(in crate::extract) fn may_be_short(name: &str) -> bool {
    let bytes = name.as_bytes();
    let near = |at: usize| bytes[at + 1..bytes.len().min(at + 4)].iter();
    let starts = |at: usize| {
        bytes[at].is_ascii_uppercase()
            && near(at).any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'&')
    };
    name.is_ascii() && name.len() <= 6 || (0..bytes.len()).any(starts)
}

/// The capitals that a name ends in behind small letters: `VLR` of `AcmeVLR`.
pub(super) fn capitals_at_end(name: &str) -> Option<&str> {
    let start = name.rfind(|c: char| !c.is_ascii_uppercase())? + 1;
    let joined = start >= 3 && name.is_ascii() && name.as_bytes()[start - 1].is_ascii_lowercase();
    (joined && name.len() - start >= 2).then(|| &name[start..])
}

/// The short form that a name begins with: `ABC` of `ABC의 기본`.
pub(super) fn short_name(name: &str) -> String {
    let first: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    if is_short(&first) { first } else { name.to_owned() }
}

/// A short form has no more signs.
pub(in crate::extract) const LONGEST_SHORT: usize = 12;

/// Whether a text is a short form: two to twelve signs, two of them capitals or digits.
pub(super) fn is_short(text: &str) -> bool {
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    let signs = capitals + text.chars().filter(char::is_ascii_digit).count();
    (2..=LONGEST_SHORT).contains(&text.len()) && signs >= 2 && capitals >= 1 && !text.contains(' ') && text.is_ascii()
}

/// `ACLs` is many of an `ACL`.
pub(super) fn singular(short: &str) -> &str {
    match short.strip_suffix('s') {
        Some(one) if one.ends_with(|c: char| c.is_ascii_uppercase()) && one.len() >= 2 => one,
        _ => short,
    }
}

/// Whether a long form begins with as many words as the short form has letters, each with its letter; small words
/// between them mostly have none.
pub(in crate::extract) fn is_exact(short: &str, long: &str) -> bool {
    let mut letters = short.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).peekable();
    let initial = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase());
    let words: Vec<&str> = long.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    if words.iter().filter_map(|word| initial(word)).eq(letters.clone()) {
        return words.iter().any(|word| !is_small(word));
    }
    for (at, word) in words.iter().enumerate() {
        // `Rope and Anchor Register`: of two words with one letter the small one has none
        let passed = is_small(word) && words.get(at + 1).is_some_and(|next| initial(next) == initial(word));
        match letters.peek() {
            None => return true,
            Some(letter) if Some(*letter) == initial(word) && word.len() >= 3 && !passed => _ = letters.next(),
            Some(_) if is_small(word) => {}
            Some(_) => return false,
        }
    }
    letters.peek().is_none()
}
