//! Where a line may break: Typst breaks Hangul between any two syllables, and a long identifier nowhere.

use serde_json::{Value, json};

use super::nodes::width;

/// A word with Hangul in it (half-ems) is kept whole up to here; of a longer one its Hangul is.
const WHOLE: usize = 22;
/// So is a run of Hangul of at most as many syllables: a longer one is several words, and may be broken.
const SYLLABLES: usize = 10;
/// A token without a space (characters) may be broken from here on.
const LONG: usize = 20;

/// A text in parts: what may break as it stands is a string, what is kept whole a list of one, a long token the list
/// of what it may be broken into. None where the text needs nothing of it.
pub(super) fn parts(text: &str) -> Option<Vec<Value>> {
    if text.len() < LONG && text.is_ascii() {
        return None;
    }
    let mut parts = Parts { out: Vec::new(), plain: String::new() };
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        parts.word(word);
        parts.plain.push_str(&piece[word.len()..]);
    }
    if parts.out.is_empty() {
        return None;
    }
    parts.flush();
    Some(parts.out)
}

struct Parts {
    out: Vec<Value>,
    plain: String,
}

impl Parts {
    fn flush(&mut self) {
        if !self.plain.is_empty() {
            self.out.push(json!(std::mem::take(&mut self.plain)));
        }
    }

    fn kept(&mut self, pieces: &[&str]) {
        self.flush();
        self.out.push(json!(pieces));
    }

    fn word(&mut self, word: &str) {
        let has_hangul = word.chars().any(is_hangul);
        if !has_hangul && word.chars().any(breaks_anywhere) {
            self.plain.push_str(word);
        } else if !has_hangul {
            match word.chars().count() {
                0..LONG => self.plain.push_str(word),
                _ => self.kept(&token(word)),
            }
        } else if word.chars().nth(1).is_some() && width(word) <= WHOLE && !word.chars().any(breaks_anywhere) {
            self.kept(&[word]);
        } else {
            self.runs(word);
        }
    }

    /// A long word: its Hangul whole, what is between as it stands.
    fn runs(&mut self, word: &str) {
        let mut rest = word;
        while !rest.is_empty() {
            let first = rest.starts_with(is_hangul);
            let end = rest.find(|c| is_hangul(c) != first).unwrap_or(rest.len());
            // a stop or bracket stays with the word before it
            let tail = if first { rest[end..].chars().next().filter(|c| ".,)%:·]".contains(*c)) } else { None };
            let (run, after) = rest.split_at(end + tail.map_or(0, char::len_utf8));
            match run.chars().count() {
                2..=SYLLABLES if first => self.kept(&[run]),
                LONG.. if !first && !run.chars().any(breaks_anywhere) => self.kept(&token(run)),
                _ => self.plain.push_str(run),
            }
            rest = after;
        }
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
        parts(text).map_or_else(|| "as it is".to_owned(), |parts| json!(parts).to_string())
    }

    #[test]
    fn hangul_words_are_kept_with_what_clings_to_them() {
        assert_eq!(of("EC2에서 실행, 끝"), r#"[["EC2에서"]," ",["실행,"]," 끝"]"#);
        assert_eq!(of("plain English words only, whatever their number"), "as it is");
        assert_eq!(of("漢字と仮名はどこでも折れる"), "as it is");
    }

    #[test]
    fn long_tokens_break_where_they_are_read() {
        assert_eq!(
            of("see arn:aws:s3:::bucket/keyNameOfThings now"),
            r#"["see ",["arn:","aws:","s3:::","bucket/","key","Name","Of","Things"]," now"]"#
        );
    }
}
