//! Comparisons told attribute by attribute: labels in a row, and below each of them what it is with each of the subjects
//! (`Use:` over `sheet: …` and `halyard: …`).

use super::names::which_subject;
use super::side::{Point, Side, separator};
use crate::extract::{body, fact, term};
use crate::letter::is_letter_or_digit;
use crate::outline::Outline;

/// So many labels under which every subject is named tell that they are attributes.
const LEAST: usize = 2;

/// The labels that name attributes, and the blocks below them that say what it is with each subject.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) labels: Vec<usize>,
    pub(super) said: Vec<usize>,
}

/// Puts what stands under each label below a block on the sides of the subjects that it names; none if too few labels
/// have something of every subject.
pub(super) fn by_attribute(
    outline: &Outline,
    index: usize,
    subjects: &[String],
    sides: &mut [Side],
) -> Option<Attributes> {
    let keys: Vec<String> = subjects.iter().map(|subject| term::key(subject)).collect();
    let mut found = Attributes::default();
    let mut whole = 0;
    for label in outline.children(index).iter().copied() {
        let Some(row) = row_of(outline, label, subjects, &keys) else { continue };
        whole += usize::from(row.iter().all(Option::is_some));
        let aspect = fact::name_of(&outline.block(label).text);
        for (side, (block, mut point)) in sides.iter_mut().zip(row).filter_map(|(side, said)| Some((side, said?))) {
            point.aspect.clone_from(&aspect);
            side.points.push(point);
            side.lines.extend(outline.block(block).text.all_lines());
            side.lines.extend(outline.below(block).flat_map(|below| outline.own_lines(below)));
            found.said.push(block);
        }
        found.labels.push(label);
    }
    (whole >= LEAST).then_some(found)
}

/// What the blocks under a label say of each subject, if all of them are about one.
fn row_of(
    outline: &Outline,
    label: usize,
    subjects: &[String],
    keys: &[String],
) -> Option<Vec<Option<(usize, Point)>>> {
    let mut row: Vec<Option<(usize, Point)>> = vec![None; subjects.len()];
    for child in outline.children(label).iter().copied() {
        let text = &outline.block(child).text;
        let (name, at) = separator(&text.plain)?;
        let taken: Vec<bool> = row.iter().map(Option::is_some).collect();
        let which = which_subject(&term::of_plain(name).name, subjects, keys, &taken)?;
        let below = body::below(outline, child).markdown;
        let own = text.markdown(at..text.plain.len());
        let said = [own, below].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n\n");
        if taken[which] || !said.chars().any(is_letter_or_digit) {
            return None;
        }
        row[which] = Some((child, Point { text: said, ..Point::default() }));
    }
    row.iter().any(Option::is_some).then_some(row)
}
