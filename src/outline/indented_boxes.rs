//! Boxes told by indentation, as sites built with MkDocs have them: `!!! note "Name"`, `??? note "Name"` and the tabs
//! `=== "Name"` over lines that stand four columns deeper. They are read as the callouts that others quote.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::indentation;
use super::raw_markup::regex;

/// What is in a box stands so much deeper than its first line (columns).
const DEEPER: usize = 4;

/// <https://squidfunk.github.io/mkdocs-material/reference/admonitions/> and `…/content-tabs/`: the kind, where to show
/// the box, and its name; people forget the quotation marks.
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?x)^(?:
            (?:!!!|\?\?\?\+?)\s+(?<kind>[A-Za-z][A-Za-z-]*)(?:\s+(?:inline|end|highlight|blink))*
                (?:\s+(?:"(?<quoted>[^"]*)"|(?<bare>\S.*)))?
            |===[+!]?\s+"(?<tab>[^"]*)"
        )$"#,
    )
});

/// A note with such boxes as quoted callouts. Lines stay lines.
pub(super) fn as_callouts(text: &str) -> Cow<'_, str> {
    if !["!!! ", "??? ", "???+ ", "=== \""].iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    // how deep the next line that is not empty stands
    let mut below = vec![0; lines.len() + 1];
    for (at, line) in lines.iter().enumerate().rev() {
        let (columns, rest) = indentation(line);
        below[at] = if rest.trim().is_empty() { below[at + 1] } else { columns };
    }
    let mut open: Vec<usize> = Vec::new(); // the columns of the boxes' first lines
    let mut fence = false;
    let out: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let (columns, rest) = indentation(line);
            open.retain(|first| below[at] >= first + DEEPER);
            let first = FIRST.captures(rest.trim_end()).filter(|_| !fence && below[at + 1] >= columns + DEEPER);
            fence ^= rest.starts_with("```") || rest.starts_with("~~~");
            if first.is_none() && open.is_empty() {
                return (*line).to_owned();
            }
            let within = quoted(&open, columns);
            let Some(found) = first else { return format!("{within}{rest}") };
            open.push(columns);
            let group = |name: &str| found.name(name).map_or("", |group| group.as_str());
            let title = ["quoted", "bare", "tab"].map(group).concat();
            format!("{within}> [!{}] {title}", group("kind"))
        })
        .collect();
    Cow::Owned(out.join("\n"))
}

/// What stands before a line within boxes: the outermost one's indentation, a `>` for each, and how much deeper than what
/// is in the innermost one the line stands.
fn quoted(open: &[usize], columns: usize) -> String {
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return " ".repeat(columns) };
    let deeper = columns.saturating_sub(last + DEEPER);
    format!("{}{}{}", " ".repeat(*first), "> ".repeat(open.len()), " ".repeat(deeper))
}
