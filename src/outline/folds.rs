//! Folds within folds: a second one that only hides the answer of the first.

use super::{Block, BlockKind};

/// A hint is no longer (characters).
const MAX_HINT: usize = 24;

/// In a note that hides every answer twice, behind its question and behind a hint (a mnemonic), what the hint holds is
/// the question's; the hint stands below it.
pub(super) fn open_hints(blocks: &mut [Block]) {
    let is_fold = |index: &usize| matches!(blocks[*index].kind, BlockKind::Fold);
    let outer: Vec<usize> =
        (0..blocks.len()).filter(|index| is_fold(index) && blocks[*index].children.iter().any(is_fold)).collect();
    let hides = |index: &usize| match blocks[*index].children.as_slice() {
        [only] => {
            let hint = &blocks[*only];
            !hint.children.is_empty()
                && !hint.children.iter().any(is_fold)
                && hint.text.plain.chars().count() <= MAX_HINT
                && !hint.text.plain.ends_with(['?', '？', '란'])
        }
        _ => false,
    };
    let hiding: Vec<usize> = outer.iter().copied().filter(hides).collect();
    if hiding.len() < 2 || hiding.len() * 5 < outer.len() * 4 {
        return;
    }
    for index in hiding {
        let hint = blocks[index].children[0];
        let mut children = std::mem::take(&mut blocks[hint].children);
        for child in &children {
            blocks[*child].parent = index;
        }
        children.push(hint);
        blocks[hint].kind = BlockKind::Line;
        blocks[index].children = children;
    }
}
