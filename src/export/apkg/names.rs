//! Deck names and tags as Anki takes them.

use unicode_normalization::UnicodeNormalization;

use crate::deck::Kind;

/// Characters of one part of a deck's name: a heading may be a whole sentence.
const MAX_PART: usize = 100;

/// The parts of the deck an entry goes to, the title first and at most `depth` sections below it.
pub(super) fn deck_parts(title: &str, section: &[String], depth: usize) -> Vec<String> {
    let title = deck_part(title).unwrap_or_else(|| "amgi".to_owned());
    let below = section.iter().filter_map(|heading| deck_part(heading)).take(depth);
    std::iter::once(title).chain(below).collect()
}

/// One part of a deck's name, none where nothing is left of it. Anki splits names at `::`, and strikes out `"` and
/// control characters.
fn deck_part(heading: &str) -> Option<String> {
    let clean: String = heading.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    let joined = words.join(" ").replace('"', "'");
    let ends = |c: char| c == ':' || c.is_whitespace();
    let part = joined.trim_matches(ends).replace("::", "∷");
    let mut short: String = part.chars().take(MAX_PART).collect();
    if short.len() < part.len() {
        short = format!("{}…", short.trim_end_matches(ends));
    }
    (!short.is_empty()).then_some(short)
}

/// What the tags begin with that amgi gives by itself: Anki shows them as one tree, and `amgi pull` passes them over.
pub const OWN_TAGS: &str = "amgi::";

/// Tags as Anki's table holds them: between spaces, each once; those given in their order, then kind and section.
pub(super) fn tags(given: &[String], kind: Kind, section: &[String]) -> String {
    let section: Vec<String> = section.iter().filter_map(|heading| deck_part(heading)).collect();
    let kind = format!("{OWN_TAGS}kind::{}", kind.name());
    let path = (!section.is_empty()).then(|| format!("{OWN_TAGS}{}", section.join("::")));
    let mut seen: Vec<String> = Vec::new();
    for tag in given.iter().chain([&kind]).chain(&path) {
        let tag: String =
            tag.trim().nfc().map(|c| if c.is_whitespace() || c.is_control() || c == '"' { '_' } else { c }).collect();
        if !tag.is_empty() && !seen.contains(&tag) {
            seen.push(tag);
        }
    }
    format!(" {} ", seen.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(title: &str, section: &[&str]) -> Vec<String> {
        deck_parts(title, &section.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>(), 4)
    }

    #[test]
    fn a_heading_never_splits_a_deck() {
        assert_eq!(parts("C++", &["std::vector", "", "Pros:", " a \n \"b\" "]), ["C++", "std∷vector", "Pros", "a 'b'"]);
        assert_eq!(parts("::", &[":::", "a:::b"]), ["amgi", "a∷:b"]);
        assert_eq!(parts("t", &["1", "2", "3", "4", "5"]).len(), 5);
        assert_eq!(parts("t", &[&"긴".repeat(300)])[1].chars().count(), 101);
    }

    #[test]
    fn a_tag_has_no_spaces() {
        let given = ["a b", "", "c", "a_b", "한국 어\u{3000}"].map(str::to_owned);
        assert_eq!(tags(&given, Kind::Cue, &[]), " a_b c 한국_어 amgi::kind::cue ");
        let section = ["C++ (기초)", "std::vector "].map(str::to_owned);
        assert_eq!(tags(&[], Kind::Points, &section), " amgi::kind::points amgi::C++_(기초)::std∷vector ");
    }
}
