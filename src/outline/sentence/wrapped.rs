//! Whether a sentence goes on in the next line.

use super::names_something;
use crate::outline::inline::is_spaceless;
use crate::outline::lines::width;

/// A line at least this wide (columns) that ends within a sentence was wrapped by its writer or an editor.
pub(in crate::outline) const WRAPPED_WIDTH: usize = 60;
/// Nobody wraps lines at a margin (columns) beyond this.
const WIDEST_WRAPPED: usize = 120;
/// A line that breaks off before a capital was full if it is as wide as this (columns).
const NARROWEST_FULL: usize = 66;
/// A shorter line (columns) is a name, whatever it ends with.
const MIN_HANGING: usize = 16;

/// Whether `line` goes on with the sentence that `above` ends within. Both without surrounding white space.
pub(in crate::outline) fn goes_on(above: &str, line: &str) -> bool {
    let (Some(last), Some(first)) = (above.chars().next_back(), line.chars().next()) else { return false };
    if last == '·' {
        return true; // a list in one sentence
    }
    // `… Example:` at the end of a full line of prose, and the example in the next
    let halts = last == ':' && first.is_ascii_lowercase() && above.contains(". ") && width(above) >= WRAPPED_WIDTH;
    let ends = matches!(last, '.' | '!' | '?' | '。' | '．' | '！' | '？' | ':' | '：' | ';' | '|');
    // `Rope: holds each\nship: …`: what follows within the sentence of a name is no name of its own
    let within = first.is_ascii_lowercase() && width(above) >= WRAPPED_WIDTH && leads_on(above);
    if ends && !halts || names_something(line) && !within {
        return false;
    }
    if is_in_columns_with(above, line) {
        return false;
    }
    if above.starts_with("**") && above.ends_with("**") {
        return false; // a name alone
    }
    // `name - word` each
    let pairs = |text: &str| text.rsplit_once(" - ").is_some_and(|(_, end)| end.split_whitespace().nth(2).is_none());
    if pairs(above) && pairs(line) {
        return false;
    }
    let leads = |text: &str| ["->", "→", "=>"].iter().any(|arrow| text.contains(arrow));
    if leads(above) && leads(line) {
        return false; // each is a line of its own
    }
    let breaks_off = matches!(last, '—' | '–') && first.is_ascii_lowercase() && width(above) >= WRAPPED_WIDTH / 2;
    if breaks_off
        || hangs(above)
        || matches!(last, '(' | '（' | '/' | '&')
        || matches!(first, ',' | ')' | '）' | '、' | '，' | '。')
    {
        return true;
    }
    // no sentence goes on with an article in capitals
    if ["A ", "An ", "The "].iter().any(|article| line.starts_with(article)) && !leads_on(above) {
        return false;
    }
    let columns = width(above);
    let wide = columns >= WRAPPED_WIDTH;
    // a capital begins something new where the line had room for more
    let room = columns < NARROWEST_FULL && last.is_ascii_alphanumeric() && !leads_on(above);
    if (columns > WIDEST_WRAPPED || room) && first.is_ascii_uppercase() {
        return false;
    }
    (first.is_lowercase() && columns >= WRAPPED_WIDTH / 2 && last.is_ascii() && !says_what_is_above(above, line))
        || (wide && !ends_korean(above))
        || (wide && is_spaceless(first))
}

/// Whether two lines have their first wide gap end at one column: they are rows, each of its own.
fn is_in_columns_with(above: &str, line: &str) -> bool {
    let second_column = |text: &str| {
        let gap = text.find("  ").filter(|gap| *gap > 0)?;
        Some(width(&text[..text.len() - text[gap..].trim_start().len()]))
    };
    second_column(line).is_some_and(|column| second_column(above) == Some(column))
}

/// Whether a line begins with an article for which the much shorter line above it, a name in brackets and all, had room.
fn says_what_is_above(above: &str, line: &str) -> bool {
    let has_article = ["a ", "an ", "the "].iter().any(|article| line.starts_with(article));
    has_article && above.contains('(') && !leads_on(above) && 2 * width(above) <= width(line)
}

/// Whether a line ends as Korean sentences do without a full stop.
fn ends_korean(line: &str) -> bool {
    ["다", "것", "함", "됨", "있음", "없음"].iter().any(|end| line.ends_with(end))
}

/// Whether an item breaks off, however short it is, before a line that begins small: its last word wants another, it is an
/// article and a word, or it begins small itself and the line with a preposition.
pub(in crate::outline) fn breaks_off(item: &str, line: &str) -> bool {
    const JOINS: [&str; 10] = ["with ", "of ", "to ", "and ", "or ", "that ", "which ", "than ", "for ", "from "];
    const LEADS: [&str; 7] = ["The ", "A ", "An ", "This", "These", "That", "Those"];
    const LEAST: usize = 3; // words
    let small = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    if !small(line) || names_something(line) || !item.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let words = item.split_whitespace().count();
    let article = ["a ", "an ", "the "].iter().any(|article| line.starts_with(article));
    leads_on(item) && words >= LEAST
        || small(item) && JOINS.iter().any(|word| line.starts_with(word))
        || words < LEAST && !article && LEADS.iter().any(|word| item.starts_with(word))
}

/// Whether the last word of a line wants another behind it.
pub(in crate::outline) fn leads_on(line: &str) -> bool {
    const WORDS: [&str; 27] = [
        "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "as", "is", "are",
        "was", "were", "that", "which", "who", "its", "their", "each", "every", "any",
    ];
    line.rsplit(' ').next().is_some_and(|last| WORDS.contains(&last))
}

/// Whether a line ends so that its sentence cannot end there, whatever its width and line break: with a comma, or with
/// a Korean particle or connective.
pub(in crate::outline) fn hangs(line: &str) -> bool {
    const ENDS: [&str; 32] = [
        "위해서",
        "면서",
        "므로",
        "지만",
        "으며",
        "거나",
        "통해",
        "따라",
        "대한",
        "의해",
        "인해",
        "관한",
        "를",
        "에서",
        "으로",
        "위해",
        "위한",
        "하여",
        "하고",
        "하며",
        "되어",
        "되고",
        "때문에",
        "하는",
        "되는",
        "있는",
        "없는",
        "및",
        "또는",
        "혹은",
        "그리고",
        "동안",
    ];
    let line = line.trim_end_matches(['*', '=', '`', ' ']);
    line.ends_with([',', '、', '，'])
        || leaves_topic_open(line)
        || (ENDS.iter().any(|end| line.ends_with(end)) && width(line) >= MIN_HANGING)
        || (line.ends_with('을') && width(line) >= WRAPPED_WIDTH / 2)
}

/// Whether a line ends with a name and the particle behind which it is said what that is.
pub(in crate::outline) fn leaves_topic_open(line: &str) -> bool {
    let topic = |end: &str| line.strip_suffix(end).is_some_and(|name| name.chars().count() >= 3);
    (topic("이란") || topic("는")) && !line.contains([':', '：', '?'])
}
