//! Whether a whole text is a long form.

use super::letters::{is_in_long_word, is_of_first_word, nearly_fits, repeats_letters};
use super::short::is_short;
use super::{after, fits, prefixes};
use crate::letter::is_letter;

/// Whether a whole text is what a short form stands for in one of the ways that leave no word of it out.
pub(super) fn fits_otherwise(short: &str, long: &str) -> bool {
    nearly_fits(short, long)
        || repeats_letters(short, long)
        || prefixes::is_clipped(short, long)
        || prefixes::is_clipped_together(short, long)
        || is_of_first_word(short, long)
        || is_in_long_word(short, long)
        || prefixes::is_of_beginnings(short, long)
        || prefixes::is_initials_and_beginning(short, long)
}

/// Whether a text is the long form of a name, or of the short one that stands before a word in other letters (`ABC 분석`).
pub(in crate::extract) fn is_long_form_of(name: &str, text: &str) -> bool {
    let kind = name.split_once(' ').filter(|(_, kind)| kind.chars().all(|c| is_letter(c) && !c.is_ascii()));
    let short = kind.map_or(name, |(short, _)| short);
    fits(short, text) && after(short, text).is_empty() || is_short(short) && fits_otherwise(short, text)
}
