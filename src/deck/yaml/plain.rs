//! Quotes what other YAML readers take for something else than text.
//!
//! serde_yaml writes YAML 1.2, where `no`, `1:30` and `2021-02-05` are plain text. Readers of YAML 1.1 (PyYAML among them)
//! take them for a truth value, a number in base 60 and a date (<https://yaml.org/type/>).

use std::sync::LazyLock;

use regex::Regex;

/// Plain scalars that YAML 1.1 has another type for. What YAML 1.2 takes for a number is one, or quoted already.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static OTHER_TYPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?: y|Y|yes|Yes|YES | n|N|no|No|NO | on|On|ON | off|Off|OFF | = | <<
        | [-+]?\d[\d,]*_[\d_]*(?:\.[\d_]*)? | [-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?
        | \d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[\ \t]+)\d{1,2}:.*)? )$",
    )
    .unwrap()
});

/// The same YAML, as serde_yaml wrote it, with such scalars in quotes. A time of change is a time to every reader.
pub(super) fn quoted(yaml: &str) -> String {
    let mut out = String::with_capacity(yaml.len());
    // the column of the key whose lines of text stand below
    let mut block: Option<usize> = None;
    for line in yaml.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let inner = text.trim_start_matches(' ');
        let indent = text.len() - inner.len();
        // a dash without a space is the value's own: `- -9:00`
        let column = text.len() - inner.strip_prefix("- ").unwrap_or(inner).len();
        if block.is_some_and(|key| text.is_empty() || indent > key) {
            out.push_str(line);
            continue;
        }
        let (key, value) = parts(&text[column..]);
        block = value.starts_with('|').then_some(if key.is_empty() { indent } else { column });
        if OTHER_TYPE.is_match(value) && key != "changed: " {
            out.push_str(&format!("{}'{value}'\n", &text[..text.len() - value.len()]));
        } else {
            out.push_str(line);
        }
    }
    out
}

/// The key of a line with its colon, empty in a list of texts, and the value.
fn parts(line: &str) -> (&str, &str) {
    let end = line.bytes().take_while(u8::is_ascii_lowercase).count();
    match line[end..].starts_with(": ") {
        true if end > 0 => line.split_at(end + 2),
        _ => ("", line),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn text_that_others_take_for_another_type_is_quoted() {
        let yaml = "title: no\nentries:\n- term: On\n  answer: 1:30\n  details: 2021-02-05\n  section:\n  - 1_000\n  - on time\n";
        let wanted = "title: 'no'\nentries:\n- term: 'On'\n  answer: '1:30'\n  details: '2021-02-05'\n  section:\n  - '1_000'\n  - on time\n";
        assert_eq!(quoted(yaml), wanted);
    }

    #[test]
    fn a_sign_stays_with_its_number() {
        assert_eq!(quoted("- cells:\n  - -9:00\n  - '-'\n  - +1_0\n"), "- cells:\n  - '-9:00'\n  - '-'\n  - '+1_0'\n");
    }

    #[test]
    fn blocks_of_text_and_times_of_change_stay() {
        let yaml = "- answer: |-\n    - term: no\n\n    1:30\n  changed: 2026-01-01T00:00:00Z\n- cells:\n  - |-\n    no\n  - no\n";
        let wanted = "- answer: |-\n    - term: no\n\n    1:30\n  changed: 2026-01-01T00:00:00Z\n- cells:\n  - |-\n    no\n  - 'no'\n";
        assert_eq!(quoted(yaml), wanted);
    }
}
