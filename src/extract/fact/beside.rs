//! What the items beside one say of it: that its name is a label of theirs too.

use super::name_of;
use crate::outline::Outline;

/// Whether another item beside a block goes by the same name, and has something under it too.
pub(super) fn is_repeated(outline: &Outline, index: usize, name: &str) -> bool {
    outline.near(index).iter().any(|near| {
        *near != index
            && !outline.children(*near).is_empty()
            && outline.block(*near).text.plain.strip_prefix(name).is_some_and(|rest| {
                [":", " :", "：", " - ", " – ", " — ", " -- ", "——", " = ", " → ", " -> "]
                    .iter()
                    .any(|sign| rest.starts_with(sign))
            })
    })
}

/// Whether the one `label : text` under a block stands under others beside it too: an attribute of each, which says what
/// that is.
pub(super) fn tells_by_label(outline: &Outline, index: usize) -> bool {
    const FEW: usize = 12; // children
    let label = |block: usize| name_of(&outline.block(block).text);
    let Some(own) = outline.children(index).first().map(|child| label(*child)) else { return false };
    outline.near(index).iter().filter(|near| **near != index).any(|near| {
        outline.children(*near).iter().take(FEW).any(|child| {
            let plain = &outline.block(*child).text.plain;
            plain.len() > own.len() && plain.starts_with(&own) && label(*child) == own
        })
    })
}
