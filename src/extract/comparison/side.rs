//! What is said of one thing that is set against others: its points, under the names of attributes where it has them.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{body, term};
use crate::letter::is_letter_or_digit;
use crate::outline::labels::DEFINES;
use crate::outline::{BlockKind, Outline, sentence};

/// What is said of one subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    pub(super) points: Vec<Point>,
    pub(super) lines: Vec<usize>,
}

/// One thing said of a subject: under an attribute's name, or without one.
#[derive(Debug, Clone, Default)]
pub(super) struct Point {
    pub(super) aspect: String,
    /// Markdown.
    pub(super) text: String,
    /// The block that names the attribute.
    pub(super) block: Option<usize>,
    /// Where the attribute's name stands above what is said, that name as it is written.
    pub(super) label: Option<String>,
}

/// What a block says of the subject it is named after.
pub(super) fn side_of(outline: &Outline, index: usize) -> Side {
    let mut side = Side::default();
    let text = &outline.block(index).text;
    if let Some((_, at)) = separator(&text.plain)
        && !outline.is_heading(index)
        && text.plain[at..].chars().any(is_letter_or_digit)
    {
        side.points.push(Point { text: text.markdown(at..text.plain.len()), ..Point::default() });
        side.lines.extend(text.lines(&(at..text.plain.len())));
    }
    for child in outline.children(index) {
        let block = outline.block(*child);
        let text = &block.text;
        if text.is_empty()
            || !matches!(block.kind, BlockKind::Item { .. } | BlockKind::Line | BlockKind::Heading { .. })
        {
            continue;
        }
        let (aspect, start) = match separator(&text.plain) {
            Some((name, at)) if is_aspect(name) => (term::of_plain(name).name, at),
            _ if outline.is_heading(*child) => (term::of_plain(&text.plain).name, text.plain.len()),
            _ => (String::new(), 0),
        };
        let below = body::below(outline, *child);
        let own = text.markdown(start..text.plain.len());
        let labels = start == 0
            && !outline.is_heading(*child)
            && is_aspect(&text.plain)
            && !sentence::ends_sentence(&text.plain);
        if labels && !below.markdown.is_empty() {
            let aspect = term::of_plain(&text.plain).name;
            side.points.push(Point { aspect, text: below.markdown, label: Some(own), ..Point::default() });
            side.lines.extend(text.all_lines());
            side.lines.extend(below.lines);
            continue;
        }
        let whole = if own.is_empty() {
            below.markdown
        } else if below.markdown.is_empty() {
            own
        } else {
            format!("{own}\n\n{}", below.markdown)
        };
        if whole.chars().any(is_letter_or_digit) {
            side.points.push(Point { aspect, text: whole, block: Some(*child), label: None });
            side.lines.extend(text.all_lines());
            side.lines.extend(below.lines);
        }
    }
    side
}

/// The name before a separator and where what follows begins.
pub(super) fn separator(plain: &str) -> Option<(&str, usize)> {
    let signs = [" : ", ": ", "：", " - ", " – ", " — ", " -- ", " = ", ":"];
    let signs = if sentence::may_part(plain) { signs.as_slice() } else { &[] };
    signs
        .iter()
        .filter_map(|separator| plain.find(separator).map(|at| (at, at + separator.len())))
        .filter(|(at, end)| *at > 0 && !(plain[*end..].starts_with("//")))
        .min()
        .map(|(at, end)| (&plain[..at], end))
}

fn is_aspect(name: &str) -> bool {
    name.chars().count() <= 24 && name.split_whitespace().count() <= 4
}

/// The sides that name each attribute, by its key.
fn sides_by_aspect(sides: &[Side]) -> BTreeMap<String, BTreeSet<usize>> {
    let mut named: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (which, side) in sides.iter().enumerate() {
        for point in &side.points {
            named.entry(term::key(&point.aspect)).or_default().insert(which);
        }
    }
    named
}

/// A label that only one side has is no attribute: it stays with what is said below it.
pub(super) fn fold_labels(sides: &mut [Side]) {
    let named = sides_by_aspect(sides);
    for (side, said) in sides.iter_mut().enumerate() {
        for point in &mut said.points {
            let key = term::key(&point.aspect);
            if let Some(label) = point.label.take()
                && !named.get(&key).is_some_and(|sides| sides.iter().any(|other| *other != side))
            {
                point.aspect.clear();
                point.text = format!("{label}\n\n{}", point.text);
            }
        }
    }
}

/// `Definition: …`
pub(super) fn says_what_it_is(outline: &Outline, block: usize) -> bool {
    let label = separator(&outline.block(block).text.plain).map(|(label, _)| term::key(label));
    label.is_some_and(|label| DEFINES.contains(&label.as_str()))
}

/// The blocks of attributes that more than one side names.
pub(super) fn attributes(sides: &[Side]) -> Vec<usize> {
    let named = sides_by_aspect(sides);
    let shared = |aspect: &str| named.get(&term::key(aspect)).is_some_and(|sides| sides.len() > 1);
    let points = sides.iter().flat_map(|side| &side.points);
    points.filter(|point| !point.aspect.is_empty() && shared(&point.aspect)).filter_map(|point| point.block).collect()
}
