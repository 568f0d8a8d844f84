//! Names of commands and what they stand for: `mkrp`, "Make Rope".

/// Whether a name in small letters is made of the letters of a long one, in order, each word's first among them:
/// `hst` of "Hoist", `mkrp` of "Make Rope".
pub(super) fn is_made_of(name: &str, long: &str) -> bool {
    let words: Vec<&str> = long.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let whole = words.iter().any(|word| word.eq_ignore_ascii_case(name));
    !whole && !words.is_empty() && long.len() > name.len() && takes(name.as_bytes(), &words)
}

/// Whether letters are taken from words in order, from each at least its first.
fn takes(letters: &[u8], words: &[&str]) -> bool {
    let Some((word, others)) = words.split_first() else { return letters.is_empty() };
    let Some((first, rest)) = letters.split_first() else { return false };
    if !word.as_bytes()[0].eq_ignore_ascii_case(first) {
        return false;
    }
    // how many more of the letters stand in this word, in order
    let mut inner = word.bytes().skip(1);
    let most = rest.iter().take_while(|letter| inner.any(|byte| byte.eq_ignore_ascii_case(letter))).count();
    (0..=most).rev().any(|taken| takes(&rest[taken..], others))
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
