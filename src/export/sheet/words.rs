//! Where a line may break: Typst breaks Hangul between any two syllables, and a long identifier nowhere.

use super::nodes::width;

/// A word with Hangul in it (half-ems) is kept whole up to here; of a longer one its Hangul is.
const WHOLE: usize = 22;
/// So is a run of Hangul of at most as many syllables: a longer one is several words, and may be broken.
const SYLLABLES: usize = 10;
/// A token without a space (characters) may be broken from here on.
const LONG: usize = 22;

/// Forbids a break between two letters, and allows one: both are taken out of the document once it is set, so that
/// no copied text holds them.
pub(super) const JOINER: char = '\u{2060}';
pub(super) const BREAK: char = '\u{200B}';

/// A text with marks for where its words may break. None where it needs none.
pub(super) fn kept(text: &str) -> Option<String> {
    if text.len() < LONG && text.is_ascii() && !text.contains("->") && !text.contains("=>") {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 2);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        push_word(word, &mut out);
        out.push_str(&piece[word.len()..]);
    }
    (out.len() != text.len()).then_some(out)
}

fn push_word(word: &str, out: &mut String) {
    let has_hangul = word.chars().any(is_hangul);
    let breaks = word.chars().any(breaks_anywhere);
    if matches!(word, "->" | "=>" | "-->" | "==>" | "<-" | "<->") {
        push_joined(word, out);
    } else if !has_hangul && !breaks && word.chars().count() >= LONG {
        push_token(word, out);
    } else if has_hangul && !breaks && width(word) <= WHOLE {
        push_joined(word, out);
    } else if has_hangul {
        push_runs(word, out);
    } else {
        out.push_str(word);
    }
}

/// A long word: its Hangul whole, what is between as it stands.
fn push_runs(word: &str, out: &mut String) {
    let mut rest = word;
    while !rest.is_empty() {
        let first = rest.starts_with(is_hangul);
        let end = rest.find(|c| is_hangul(c) != first).unwrap_or(rest.len());
        // a stop or bracket stays with the word before it
        let tail = if first { rest[end..].chars().next().filter(|c| ".,)%:·]".contains(*c)) } else { None };
        let (run, after) = rest.split_at(end + tail.map_or(0, char::len_utf8));
        match run.chars().count() {
            2..=SYLLABLES if first => push_joined(run, out),
            LONG.. if !first && !run.chars().any(breaks_anywhere) => push_token(run, out),
            _ => out.push_str(run),
        }
        rest = after;
    }
}

fn push_joined(word: &str, out: &mut String) {
    for (i, c) in word.chars().enumerate() {
        if i > 0 {
            out.push(JOINER);
        }
        out.push(c);
    }
}

fn push_token(word: &str, out: &mut String) {
    for (i, piece) in token(word).into_iter().enumerate() {
        if i > 0 {
            out.push(BREAK);
        }
        out.push_str(piece);
    }
}

/// A token in pieces: after punctuation, before capitals, and wherever else it must.
fn token(token: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut count) = (0, 0);
    let mut before = ' ';
    for (at, c) in token.char_indices() {
        let after_mark = "/:._=&?,()-+|;".contains(before) && !"/:._=&?,()-+|;".contains(c);
        let at_capital = c.is_uppercase() && before.is_lowercase();
        if at > start && (after_mark || at_capital || count >= 10) {
            out.push(&token[start..at]);
            (start, count) = (at, 0);
        }
        count += 1;
        before = c;
    }
    out.push(&token[start..]);
    out
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{1100}'..='\u{11FF}' | 'ㄱ'..='ㆎ')
}

/// Han and kana, between which a line may always break.
fn breaks_anywhere(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let shown = |text: String| text.replace(JOINER, "~").replace(BREAK, "/");
        kept(text).map_or_else(|| "as it is".to_owned(), shown)
    }

    #[test]
    fn hangul_words_are_kept_with_what_clings_to_them() {
        assert_eq!(of("EC2에서 실행, 끝"), "E~C~2~에~서 실~행~, 끝");
        assert_eq!(of("one -> two"), "one -~> two");
        assert_eq!(of("plain English words only, whatever their number"), "as it is");
        assert_eq!(of("漢字と仮名はどこでも折れる"), "as it is");
    }

    #[test]
    fn long_tokens_break_where_they_are_read() {
        assert_eq!(
            of("see arn:aws:s3:::bucket/keyNameOfThings now"),
            "see arn:/aws:/s3:::/bucket//key/Name/Of/Things now"
        );
    }
}
