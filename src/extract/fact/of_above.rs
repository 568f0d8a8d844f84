//! Blocks that say what the name above them is, and are no names themselves.

use crate::extract::term;
use crate::outline::inline::Text;
use crate::outline::labels::{DEFINES, is_glossed_name};
use crate::outline::{BlockKind, Outline, sentence};

/// Whether a block is the only one under a heading, and reads as what that is.
pub(super) fn says_what_heading_is(outline: &Outline, index: usize) -> bool {
    let block = outline.block(index);
    let above = outline.block(block.parent);
    above.children == [index]
        && outline.is_heading(block.parent)
        && !outline.is_heading(index)
        && sentence::reads_as_answer(&above.text.plain, &block.text.plain, false)
}

/// Whether an item is what the name above it is: it comes first under `Definition`, or it is long and comes first with
/// one remark below, or stands alone under a heading. `name`: what it would be called.
pub(super) fn is_said_of_above(outline: &Outline, index: usize, name: &str) -> bool {
    const NAME: usize = 3; // words
    let block = outline.block(index);
    let above = outline.block(block.parent);
    let is_first = above.children.first() == Some(&index);
    let in_place = match above.kind {
        BlockKind::Item { .. } | BlockKind::Line if !is_first => false,
        BlockKind::Item { .. } | BlockKind::Line if DEFINES.contains(&term::key(&above.text.plain).as_str()) => {
            return true;
        }
        BlockKind::Item { .. } | BlockKind::Line => block.children.len() == 1,
        BlockKind::Heading { .. } => {
            says_what_heading_is(outline, index)
                || is_first && sentence::ends_in_kind(&block.text.plain) && !sentence::ends_in_kind(&above.text.plain)
        }
        _ => false,
    };
    let words = |text: &Text| text.plain.split_whitespace().count();
    let long = if block.text.plain.is_ascii() { 2 * NAME } else { NAME };
    in_place
        && is_glossed_name(&above.text)
        && words(&above.text) <= NAME
        && name.split_whitespace().count() > long
        && [&above.text, &block.text].iter().all(|text| !text.plain.ends_with([':', '：', '?', '？']))
}
