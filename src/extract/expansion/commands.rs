//! Names of commands and what they stand for: `mkrp`, "Make Rope".

/// Whether a name in small letters is made of the letters of a long one, in order, each word's first among them:
/// `hst` of "Hoist", `mkrp` of "Make Rope".
pub(super) fn is_made_of(name: &str, long: &str) -> bool {
    let words: Vec<&str> = long.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let whole = words.iter().any(|word| word.eq_ignore_ascii_case(name));
    !whole && !words.is_empty() && long.len() > name.len() && takes(name.as_bytes(), &words, 1, in_order)
}

/// How many letters of a name a word has, in order, its own first among them.
fn in_order(letters: &[u8], word: &str) -> usize {
    let mut inner = word.bytes().skip(1);
    match letters.split_first() {
        Some((first, rest)) if word.as_bytes()[0].eq_ignore_ascii_case(first) => {
            1 + rest.iter().take_while(|letter| inner.any(|byte| byte.eq_ignore_ascii_case(letter))).count()
        }
        _ => 0,
    }
}

/// Whether letters are taken from words in order, all of them: `least` at least from each, at most as many as `has` says
/// that the word has.
pub(super) fn takes(letters: &[u8], words: &[&str], least: usize, has: fn(&[u8], &str) -> usize) -> bool {
    let Some((word, others)) = words.split_first() else { return letters.is_empty() };
    (least..=has(letters, word)).rev().any(|taken| takes(&letters[taken..], others, least, has))
}

#[cfg(test)]
mod tests {
    use super::is_made_of;

    #[test]
    fn letters_come_from_every_word() {
        for (name, long) in [("hst", "Hoist"), ("lwr", "Lower"), ("mkrp", "Make Rope"), ("tnk", "Tie New Knot")] {
            assert!(is_made_of(name, long), "{name}: {long}");
        }
        for (name, long) in [("rope", "Rope Work"), ("hst", "Hois"), ("mk", "Make Rope"), ("bow", "Back"), ("a", "")] {
            assert!(!is_made_of(name, long), "{name}: {long}");
        }
    }
}
