//! Lists of names that have cards of their own: what is nested below a name is on its card, and the list asks for the names.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::Candidate;
use super::body::{self, MAX_NESTED};
use crate::deck::{Content, FactKind};
use crate::outline::{BlockKind, Outline};
use crate::rule::Rules;

/// So many names with something nested below them make a list worth asking for alone.
const SEVERAL: usize = 2;

/// A name is no wider (columns).
const WIDEST: usize = 60;

/// Leaves out of a list what is nested below its items, if each of these is a name whose card has all that.
pub(super) fn leave_out_nested(outline: &Outline, rules: &Rules, found: &mut [Candidate]) {
    let mut cards: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new(); // lines, by the block that says what they are about
    for candidate in found.iter().filter(|candidate| matches!(candidate.content, Content::Fact { .. })) {
        cards.entry(candidate.block).or_default().extend(&candidate.lines);
    }
    for candidate in found.iter_mut() {
        let Content::Fact { kind, answer, details, .. } = &mut candidate.content else { continue };
        if *kind != FactKind::Points && !(details.is_none() && body::is_list(answer)) {
            continue;
        }
        let Some(items) = items_of(outline, candidate.block, &candidate.lines) else { continue };
        let below = |item: usize| outline.below(item).flat_map(|below| outline.block(below).text.all_lines());
        let is_told = |item: &usize| {
            let plain = outline.block(*item).text.plain.as_str();
            cards.get(item).is_some_and(|card| below(*item).all(|line| card.contains(&line)))
                && plain.width() <= WIDEST
                && !rules.is_vague(plain.trim_end_matches([':', '：', ' ']))
        };
        let over_others: Vec<usize> =
            items.iter().copied().filter(|item| !outline.children(*item).is_empty()).collect();
        if over_others.len() >= SEVERAL && over_others.iter().all(is_told) {
            let names = body::names(outline, &items);
            *answer = names.markdown;
            candidate.lines = names.lines;
        }
    }
}

/// The items right under a block, if the lines of its list are theirs and those nested below them, and nothing else.
fn items_of(outline: &Outline, block: usize, lines: &[usize]) -> Option<Vec<usize>> {
    let is_item = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Item { heading: false, .. });
    let listed = |child: &usize| {
        outline.block(*child).text.all_lines().next().is_some_and(|line| lines.binary_search(&line).is_ok())
    };
    let items: Vec<usize> = outline.children(block).iter().copied().filter(listed).collect();
    let nested = |item: &usize| outline.below(*item).take(MAX_NESTED + 1).count();
    // a longer list has only its items anyway
    if items.is_empty() || !items.iter().all(is_item) || items.iter().map(nested).sum::<usize>() > MAX_NESTED {
        return None;
    }
    let whole = |item: &usize| std::iter::once(*item).chain(outline.below(*item));
    let theirs: BTreeSet<usize> =
        items.iter().flat_map(whole).flat_map(|one| outline.block(one).text.all_lines()).collect();
    lines.iter().all(|line| theirs.contains(line)).then_some(items)
}
