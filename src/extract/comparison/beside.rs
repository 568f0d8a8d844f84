//! Two names beside each other, of which one says that it is not the other.

use super::{align, fold_labels, side_of};
use crate::deck::Content;
use crate::extract::{Candidate, fact, term};
use crate::letter::is_letter;
use crate::outline::Outline;
use crate::rule::Rule;

/// A look at the letters, before a rule for names beside each other is tried: whether the block before begins with a word
/// opposite to its own, or the name of the block before or behind may stand behind the first letters of its own.
pub(in crate::extract) fn may_be_beside(outline: &Outline, index: usize, rule: &Rule) -> bool {
    let plain = |index: usize| outline.block(index).text.plain.trim_start_matches(|c: char| !is_letter(c));
    let begins = |text: &str, word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let own = plain(index);
    let opposites = &rule.form.opposites;
    if !opposites.is_empty() && !rule.may_begin_opposite(own) {
        return false;
    }
    let siblings = outline.children(outline.block(index).parent);
    let Ok(at) = siblings.binary_search(&index) else { return false };
    if rule.form.kin {
        return at.checked_sub(1).is_some_and(|before| are_kin(outline, siblings, siblings[before], index));
    }
    let before = at.checked_sub(1).and_then(|at| siblings.get(at)).map(|before| plain(*before));
    if !opposites.is_empty() {
        return before.is_some_and(|before| {
            let are = |one, other| begins(own, one) && begins(before, other);
            opposites.iter().any(|[one, other]| are(one, other) || are(other, one))
        });
    }
    let behind = siblings.get(at + 1).map(|behind| plain(*behind));
    [before, behind].into_iter().flatten().any(|other| may_begin_otherwise(own, other))
}

/// Whether another text may stand behind the first letters of a text.
fn may_begin_otherwise(text: &str, other: &str) -> bool {
    const PREFIX: usize = 5;
    let Some(head) = other.as_bytes().get(..3) else { return false };
    let mut rests = text.char_indices().skip(1).take(PREFIX).filter_map(|(at, _)| text.as_bytes().get(at..at + 3));
    rests.any(|rest| rest[0].eq_ignore_ascii_case(&head[0]) && rest.eq_ignore_ascii_case(head))
}

/// The keys of the names that are the opposite of one, by the words of a rule; without any, it is the name itself.
fn opposite_names(rule: &Rule, name: &str) -> Vec<String> {
    let opposites = &rule.form.opposites;
    if opposites.is_empty() {
        return vec![term::key(name)];
    }
    let key = term::key(name);
    let first = name.split_whitespace().next().unwrap_or_default();
    let turned = |from: &String, to: &String| {
        // a word of Latin letters is a whole one: `Internally` does not begin with `internal`
        let whole = !from.is_ascii() || first.eq_ignore_ascii_case(from);
        key.strip_prefix(&term::key(from)).filter(|_| whole).map(|rest| format!("{}{rest}", term::key(to)))
    };
    opposites.iter().flat_map(|[one, other]| [turned(one, other), turned(other, one)]).flatten().collect()
}

/// Whether two headings are the only ones of their parent, have none of their own, and go by names that end in one word.
fn are_kin(outline: &Outline, siblings: &[usize], one: usize, other: usize) -> bool {
    let is_heading = |block: &&usize| outline.is_heading(**block);
    let last_word = |block: usize| outline.block(block).text.plain.rsplit(' ').next();
    if !outline.is_heading(one)
        || last_word(one) != last_word(other)
        // from behind: whatever is no heading comes before those
        || siblings.iter().rev().filter(is_heading).nth(2).is_some()
        || [one, other].into_iter().any(|block| outline.children(block).iter().any(|child| outline.is_heading(*child)))
    {
        return false;
    }
    let name = |block: usize| fact::name_of(&outline.block(block).text);
    let parted = |name: &str| name.rsplit_once(' ').map(|(first, last)| (term::key(first), term::key(last)));
    let (Some((first, kind)), Some((second, same))) = (parted(&name(one)), parted(&name(other))) else { return false };
    kind == same && first != second
}

/// Whether more than two of the blocks around one among `siblings` are of the kind that the last word of its name says.
fn is_one_of_many(outline: &Outline, siblings: &[usize], at: usize, name: &str) -> bool {
    const NEAR: usize = 6; // blocks before it, and as many behind it
    let Some((_, kind)) = name.rsplit_once(' ') else { return false };
    let named = |block: &&usize| fact::name_of(&outline.block(**block).text).ends_with(kind);
    let near = &siblings[at.saturating_sub(NEAR)..siblings.len().min(at + NEAR + 1)];
    near.iter().filter(named).count() > 2
}

/// What a block and the one beside it that goes by a name say, set against each other in the order of the note.
pub(super) fn beside(outline: &Outline, index: usize, rule: &Rule, name: &str) -> Option<Candidate> {
    let siblings = outline.children(outline.block(index).parent);
    let at = siblings.binary_search(&index).ok()?;
    let keys = opposite_names(rule, name);
    let goes_by =
        |other: &usize| rule.form.kin || keys.contains(&term::key(&fact::name_of(&outline.block(*other).text)));
    // of two that are each other's opposite, the second finds the first
    let behind = Some(at + 1).filter(|_| rule.form.opposites.is_empty() && !rule.form.kin);
    let near = [at.checked_sub(1), behind].into_iter().flatten().filter_map(|at| siblings.get(at).copied());
    let other = near.into_iter().find(goes_by)?;
    if !rule.form.kin && is_one_of_many(outline, siblings, at, name) {
        return None;
    }
    let blocks = [index.min(other), index.max(other)];
    let mut sides = blocks.map(|block| side_of(outline, block));
    fold_labels(&mut sides);
    if sides.iter().any(|side| side.points.is_empty()) {
        return None;
    }
    let mut lines: Vec<usize> = sides.iter().flat_map(|side| side.lines.iter().copied()).collect();
    lines.sort_unstable();
    lines.dedup();
    let subjects = blocks.map(|block| fact::name_of(&outline.block(block).text)).to_vec();
    let rows = align::rows(&subjects, sides.into_iter().map(|side| side.points).collect());
    let term_lines = blocks.iter().flat_map(|block| outline.own_lines(*block)).collect();
    Some(Candidate {
        content: Content::Comparison { subjects, rows },
        rule: rule.form.id.clone(),
        block: index,
        lines,
        term_lines,
    })
}
