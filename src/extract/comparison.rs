//! Things set against each other: finds what is said of each, and lines it up.

mod align;
mod beside;
mod labelled;
mod line;
mod mention;
mod names;
mod side;
mod tables;

pub(super) use beside::may_be_beside;
pub(super) use tables::{heads_are_subjects, of_names};

use side::{Point, Side, attributes, fold_labels, says_what_it_is, separator, side_of};

use super::{Candidate, fact, term};
use crate::deck::Content;
use crate::outline::{BlockKind, Outline, sentence};
use crate::rule::{Captured, Rule, Rules};

/// Whether the sections under a heading have sections of their own.
fn has_sections(outline: &Outline, index: usize) -> bool {
    let sections = |at: usize| outline.children(at).iter().copied().filter(|child| outline.is_heading(*child));
    sections(index).any(|section| sections(section).next().is_some())
}

/// The comparison that a block announces, and the blocks that became its attributes; none if the note does not say
/// something of every subject.
pub(super) fn compare(
    outline: &Outline,
    rules: &Rules,
    index: usize,
    rule: &Rule,
    captures: &Captured<'_>,
) -> Option<(Candidate, Vec<usize>)> {
    let text = &outline.block(index).text;
    let has_table =
        outline.children(index).iter().take(3).any(|child| matches!(outline.block(*child).kind, BlockKind::Table(_)));
    if has_table || rule.rejects(&text.plain, "", "") {
        return None; // the table says it better
    }
    if rule.form.beside {
        return beside::beside(outline, index, rule, captures.get("a")?).map(|candidate| (candidate, Vec::new()));
    }
    let said_here = captures.get("said_of_a").is_some();
    if said_here || outline.children(index).is_empty() && !outline.is_heading(index) {
        let content = match captures.range("said") {
            Some(said) => mention::within_line(captured_subjects(captures), &text.part(said))?,
            None => line::within_line(captures)?,
        };
        let lines: Vec<usize> = text.all_lines().collect();
        let candidate =
            Candidate { content, rule: rule.form.id.clone(), block: index, term_lines: lines.clone(), lines };
        return Some((candidate, Vec::new()));
    }
    set_below(outline, rules, index, rule, captures)
}

/// The comparison of what stands under a block, and the blocks that became its attributes.
fn set_below(
    outline: &Outline,
    rules: &Rules,
    index: usize,
    rule: &Rule,
    captures: &Captured<'_>,
) -> Option<(Candidate, Vec<usize>)> {
    let mut subjects = if captures.range("a").is_some() {
        captured_subjects(captures)
    } else {
        names::of_sections(outline, rules, index)
    };
    names::share_tail_below(outline, index, &mut subjects);
    if subjects.len() == 1 && captures.get("b").is_none() {
        subjects.push(fact::above(outline, rules, index)?);
    }
    // `risks and remedies`: parts of one thing, no rivals
    let is_open = |subject: &String| subject.matches(['(', '（']).count() != subject.matches([')', '）']).count();
    if subjects.iter().any(is_open) {
        return None; // what looked like two names stands within brackets
    }
    let are_parts = rule.form.named && subjects.iter().any(|subject| rules.is_vague(subject));
    if subjects.len() < 2 || subjects.iter().any(String::is_empty) || are_parts {
        return None;
    }
    let mut sides = vec![Side::default(); subjects.len()];
    if let Some(labelled::Attributes { labels, mut said }) =
        labelled::by_attribute(outline, index, &subjects, &mut sides)
    {
        said.extend(&labels);
        let (candidate, _) = lined_up(outline, index, rule, subjects, sides, labels);
        return Some((candidate, said));
    }
    sides.fill(Side::default());
    let mut labels = Vec::new();
    let in_order = if rule.form.named { Vec::new() } else { names::in_other_letters(outline, rules, index, &subjects) };
    let named = by_name(outline, index, &in_order, &mut subjects, &mut sides, &mut labels);
    if !named {
        sides = vec![Side::default(); subjects.len()];
        if rule.form.named {
            mention::by_topic(outline, index, &subjects, &mut sides);
        } else {
            mention::by_mention(outline, index, &subjects, &mut sides);
        }
    }
    let are_chapters = rule.form.named && sets_nothing(outline, index, named.then_some(&labels));
    if are_chapters || sides.iter().any(|side| side.points.is_empty()) {
        return None;
    }
    Some(lined_up(outline, index, rule, subjects, sides, labels))
}

/// Whether sections under a name for two things are the chapters of a note, or begin with another thing: they set nothing
/// against each other. `labels` are the blocks that name the sides, where blocks do.
fn sets_nothing(outline: &Outline, index: usize, labels: Option<&Vec<usize>>) -> bool {
    let own = outline.children(index).iter().filter(|child| outline.is_heading(**child)).count();
    let others = labels.is_some_and(|labels| own > labels.len());
    // a heading that names three sections or more, and all that it has, is about just these
    const SEVERAL: usize = 3;
    let all = labels.is_some_and(|labels| labels.len() >= SEVERAL && own == labels.len());
    let heads_part = matches!(outline.block(index).kind, BlockKind::Heading { level: 1 }) && !all;
    let titles = outline.top_heading() == Some(index) && others || heads_part && has_sections(outline, index);
    let begins_otherwise = || {
        let first = outline.children(index).iter().find(|child| outline.is_heading(**child))?;
        labels.map(|labels| !labels.is_empty() && !labels.contains(first))
    };
    titles || begins_otherwise().unwrap_or(false)
}

/// What is said of the sides, row by row, and the blocks that became the names of rows.
fn lined_up(
    outline: &Outline,
    index: usize,
    rule: &Rule,
    subjects: Vec<String>,
    sides: Vec<Side>,
    labels: Vec<usize>,
) -> (Candidate, Vec<usize>) {
    let mut lines: Vec<usize> = sides.iter().flat_map(|side| side.lines.iter().copied()).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut term_lines: Vec<usize> = outline.block(index).text.all_lines().collect();
    term_lines.extend(labels.iter().flat_map(|label| outline.own_lines(*label)));
    let mut sides = sides;
    fold_labels(&mut sides);
    let mut attributes = attributes(&sides);
    let has_table = !attributes.is_empty();
    // what a side is stays a card of its own too, and so does a list
    attributes.retain(|block| !says_what_it_is(outline, *block) && outline.children(*block).len() < 2);
    if has_table && sides.iter().all(|side| side.points.iter().all(|point| !point.aspect.is_empty())) {
        attributes.extend(labels); // the table has all that the sides' own lists would say
    }
    let rows = align::rows(&subjects, sides.into_iter().map(|side| side.points).collect());
    let content = Content::Comparison { subjects, rows };
    (Candidate { content, rule: rule.form.id.clone(), block: index, lines, term_lines }, attributes)
}

/// `A ]`, `[ A`: what is left of a heading in brackets that was parted.
fn without_open_bracket(part: &str) -> &str {
    match (part.contains('['), part.contains(']')) {
        (true, false) => part.trim_start().trim_start_matches('[').trim(),
        (false, true) => part.trim_end().trim_end_matches(']').trim(),
        _ => part.trim(),
    }
}

/// The names that a pattern captured, each by itself.
fn captured_subjects(captures: &Captured<'_>) -> Vec<String> {
    let named: Vec<&str> = ["a", "b", "c", "d"].iter().filter_map(|name| captures.get(name)).collect();
    let parts: Vec<&str> = match named.as_slice() {
        [list] => list.split([',', '、', '·', '/', '，']).collect(),
        several => {
            several.iter().flat_map(|part| part.split([',', '、', '，'])).flat_map(|part| part.split(" / ")).collect()
        }
    };
    let mut subjects: Vec<String> = Vec::new();
    for part in parts.into_iter().map(without_open_bracket).filter(|part| !part.is_empty()) {
        // `ABC 1.0, 2.0`: versions of the thing named first
        let version = part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let named = subjects.first().and_then(|first| first.rsplit_once(' ')).filter(|_| version);
        subjects.push(match named {
            Some((name, _)) => format!("{name} {part}"),
            None => sentence::without_article(&term::of_plain(part).name).to_owned(),
        });
    }
    names::share_tail(&mut subjects);
    subjects
}

/// Whether a comparison is made of what follows a heading, and the heading's own list is no part of it.
pub(super) fn leaves_own_list(outline: &Outline, index: usize, made: &Candidate) -> bool {
    let is_used = |block: usize| outline.own_lines(block).iter().any(|line| made.lines.binary_search(line).is_ok());
    let mut own = outline.children(index).iter().filter(|child| !outline.is_heading(**child)).peekable();
    outline.is_heading(index)
        && own.peek().is_some()
        && !own.any(|child| is_used(*child) || outline.below(*child).any(is_used))
}

/// Blocks below (or right after a heading with nothing below) that go by the subjects' names.
/// `labels` gets those that say nothing but the name; those `in_order` go by their order, whatever their names.
fn by_name(
    outline: &Outline,
    index: usize,
    in_order: &[usize],
    subjects: &mut [String],
    sides: &mut [Side],
    labels: &mut Vec<usize>,
) -> bool {
    let mut parts: Vec<usize> = outline.children(index).to_vec();
    if parts.is_empty() || outline.is_heading(index) {
        parts.extend(siblings_after(outline, index, subjects.len()));
    }
    let mut taken = vec![false; subjects.len()];
    let keys: Vec<String> = subjects.iter().map(|subject| term::key(subject)).collect();
    // a link alone says nothing of a side
    parts.retain(|part| !outline.block(*part).text.is_wholly(|style| style.link.is_some()));
    for part in parts {
        let term::Term { name, gloss } = fact::named(&outline.block(part).text);
        let of_gloss = keys.iter().position(|key| gloss.as_ref().is_some_and(|gloss| term::key(gloss) == *key));
        let by_order = in_order.iter().position(|section| *section == part);
        let named = names::which_subject(&name, subjects, &keys, &taken).or(of_gloss).or(by_order);
        let Some(which) = named else { continue };
        let side = side_of(outline, part);
        if side.points.is_empty() {
            continue;
        }
        taken[which] = true;
        if separator(&outline.block(part).text.plain).is_none_or(|(_, at)| at >= outline.block(part).text.plain.len()) {
            labels.push(part);
        }
        // the part's own spelling, unless it says more than the name (`stateful` over `Stateful`)
        if term::key(&name) == keys[which] || by_order == Some(which) || of_gloss == Some(which) {
            subjects[which] = name;
        }
        sides[which].points.extend(side.points);
        sides[which].lines.extend(side.lines);
    }
    taken.iter().all(|taken| *taken)
}

fn siblings_after(outline: &Outline, index: usize, count: usize) -> Vec<usize> {
    let siblings = outline.children(outline.block(index).parent);
    let at = siblings.binary_search(&index).map_or(siblings.len(), |at| at + 1);
    siblings.iter().skip(at).take(count).copied().collect()
}
