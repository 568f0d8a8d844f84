//! Lines of a paragraph that go on about what the line above them defines, where no card has them yet.

use std::collections::BTreeSet;

use super::Candidate;
use crate::deck::{Content, FactKind};
use crate::outline::{BlockKind, Outline, sentence};
use crate::rule::{AnswerFrom, Rules};

/// So many lines at most go on about a name.
const MOST: usize = 4;

/// Adds to the details of a definition the lines right below it that nothing else was made of: people break lines within
/// a paragraph, and what the second line says is of the same thing.
pub(super) fn take_lines_below(outline: &Outline, rules: &Rules, found: &mut [Candidate]) {
    let mut known: BTreeSet<usize> =
        found.iter().flat_map(|candidate| candidate.lines.iter().chain(&candidate.term_lines)).copied().collect();
    for at in 0..found.len() {
        let captured = rules.get(&found[at].rule).is_some_and(|rule| rule.form.answer == AnswerFrom::Captured);
        let last_of_block = found.get(at + 1).is_none_or(|next| next.block != found[at].block);
        if !captured || !last_of_block || !matches!(found[at].content, Content::Fact { kind: FactKind::Definition, .. })
        {
            continue;
        }
        let lines = lines_below(outline, rules, found[at].block, &known);
        for index in lines {
            let text = &outline.block(index).text;
            if let Content::Fact { details, .. } = &mut found[at].content {
                let more = text.markdown(0..text.plain.len());
                *details = Some(details.take().map_or(more.clone(), |said| format!("{said}  \n{more}")));
            }
            found[at].lines.extend(text.all_lines());
            known.extend(text.all_lines());
        }
    }
}

/// The blocks of the lines right below a line, in its paragraph, that no card has and that name nothing.
fn lines_below(outline: &Outline, rules: &Rules, block: usize, known: &BTreeSet<usize>) -> Vec<usize> {
    let is_prose = |index: usize| {
        let block = outline.block(index);
        matches!(block.kind, BlockKind::Line) && block.children.is_empty()
    };
    let parent = outline.block(block).parent;
    let mut last = outline.block(block).text.all_lines().last();
    let mut out = Vec::new();
    if !is_prose(block) {
        return out;
    }
    for index in block + 1..outline.blocks.len().min(block + 1 + MOST) {
        let text = &outline.block(index).text;
        let adjacent = last.is_some_and(|last| text.all_lines().next() == Some(last + 1));
        let goes_on = sentence::ends_sentence(&text.plain)
            && !sentence::asks(&text.plain)
            && !sentence::names_something(&text.plain)
            && !rules.is_chatter(&text.plain);
        let free = text.all_lines().all(|line| !known.contains(&line));
        if outline.block(index).parent != parent || !is_prose(index) || !adjacent || !goes_on || !free {
            break;
        }
        last = text.all_lines().last();
        out.push(index);
    }
    out
}
