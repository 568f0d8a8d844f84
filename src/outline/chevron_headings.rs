//! Headings that somebody marks as mail marks what it quotes: `>>Name` over lines that are not quoted.

use std::borrow::Cow;

const MARK: &str = ">>";
/// As wide as the mark, so that columns stay.
const HEADING: &str = "# ";

/// A note with such headings as Markdown has them. Lines stay lines.
pub(super) fn as_headings(text: &str) -> Cow<'_, str> {
    const SEVERAL: usize = 3;
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let quoted = |line: &&str| line.starts_with('>');
    let is_mark = |line: &&str| name(line).is_some();
    // each mark stands alone, over what is not quoted
    let heads = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)];
        is_mark(&lines[at]) && !beside.into_iter().flatten().filter_map(|at| lines.get(at)).any(quoted)
    };
    let heading = (0..lines.len()).filter(|at| heads(*at)).count();
    if heading < SEVERAL || lines.iter().filter(|line| quoted(line)).count() > heading {
        return Cow::Borrowed(text);
    }
    let put = |line: &&str| name(line).map_or_else(|| (*line).to_owned(), |name| format!("{HEADING}{name}"));
    Cow::Owned(lines.iter().map(put).collect::<Vec<_>>().join("\n"))
}

fn name(line: &str) -> Option<&str> {
    line.strip_prefix(MARK).filter(|name| name.starts_with(crate::letter::is_letter_or_digit))
}

#[cfg(test)]
mod tests {
    use super::as_headings;

    #[test]
    fn marks_over_plain_lines_are_headings() {
        let note = ">>Sails:\n-jib\n\n>>Ropes:\n-sheet\n\n>>Hull\n-keel";
        assert_eq!(as_headings(note), "# Sails:\n-jib\n\n# Ropes:\n-sheet\n\n# Hull\n-keel");
        let mail = ">>Sails:\n>jib\n\n>>Ropes:\n>sheet\n\n>>Hull\n-keel";
        assert_eq!(as_headings(mail), mail);
    }
}
