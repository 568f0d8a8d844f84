//! Things set against each other: finds what is said of each, and lines it up.

mod align;
mod beside;
mod line;
mod mention;
mod names;
mod tables;

pub(super) use beside::may_be_beside;
pub(super) use tables::{heads_are_subjects, of_names};

use super::{Candidate, body, fact, term};
use crate::deck::Content;
use crate::letter::is_letter_or_digit;
use crate::outline::{BlockKind, Outline, sentence};
use crate::rule::{Captured, Rule, Rules};

/// What is said of one subject.
#[derive(Debug, Clone, Default)]
struct Side {
    points: Vec<Point>,
    lines: Vec<usize>,
}

/// One thing said of a subject: under an attribute's name, or without one.
#[derive(Debug, Clone)]
struct Point {
    aspect: String,
    /// Markdown.
    text: String,
    /// The block that names the attribute.
    block: Option<usize>,
}

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
    if outline.children(index).is_empty() && !outline.is_heading(index) {
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
    let mut subjects = captured_subjects(captures);
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
    let mut labels = Vec::new();
    let named = by_name(outline, index, &mut subjects, &mut sides, &mut labels);
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
    let titles = outline.top_heading() == Some(index) && has_sections(outline, index);
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
    let mut attributes = attributes(&sides);
    if !attributes.is_empty() && sides.iter().all(|side| side.points.iter().all(|point| !point.aspect.is_empty())) {
        attributes.extend(labels); // the table has all that the sides' own lists would say
    }
    let rows = align::rows(&subjects, sides.into_iter().map(|side| side.points).collect());
    let content = Content::Comparison { subjects, rows };
    (Candidate { content, rule: rule.form.id.clone(), block: index, lines, term_lines }, attributes)
}

/// The blocks of attributes that more than one side names.
fn attributes(sides: &[Side]) -> Vec<usize> {
    let points =
        || sides.iter().enumerate().flat_map(|(side, said)| said.points.iter().map(move |point| (side, point)));
    let shared = |side: usize, aspect: &str| {
        points().any(|(other, point)| other != side && term::key(&point.aspect) == term::key(aspect))
    };
    points()
        .filter(|(side, point)| !point.aspect.is_empty() && shared(*side, &point.aspect))
        .filter_map(|(_, point)| point.block)
        .collect()
}

/// `A ]`, `[ A`: what is left of a heading in brackets that was parted.
fn without_open_bracket(part: &str) -> &str {
    match (part.contains('['), part.contains(']')) {
        (true, false) => part.trim_start().trim_start_matches('[').trim(),
        (false, true) => part.trim_end().trim_end_matches(']').trim(),
        _ => part.trim(),
    }
}

/// `a sloop` is compared as `sloop`; `A record` may be called that.
fn without_article(name: String) -> String {
    let rest = ["a ", "an ", "the ", "An ", "The "].iter().find_map(|article| name.strip_prefix(article));
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())).map(str::to_owned).unwrap_or(name)
}

/// The names that a pattern captured, each by itself.
fn captured_subjects(captures: &Captured<'_>) -> Vec<String> {
    let named: Vec<&str> = ["a", "b", "c", "d"].iter().filter_map(|name| captures.get(name)).collect();
    let parts: Vec<&str> = match named.as_slice() {
        [list] => list.split([',', '、', '·', '/', '，']).collect(),
        several => several.iter().flat_map(|part| part.split([',', '、', '，'])).collect(),
    };
    let mut subjects: Vec<String> = Vec::new();
    for part in parts.into_iter().map(without_open_bracket).filter(|part| !part.is_empty()) {
        // `ABC 1.0, 2.0`: versions of the thing named first
        let version = part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let named = subjects.first().and_then(|first| first.rsplit_once(' ')).filter(|_| version);
        subjects.push(match named {
            Some((name, _)) => format!("{name} {part}"),
            None => without_article(term::of_plain(part).name),
        });
    }
    names::share_tail(&mut subjects);
    subjects
}

/// Blocks below (or right after a heading with nothing below) that go by the subjects' names.
/// `labels` gets those that say nothing but the name.
fn by_name(
    outline: &Outline,
    index: usize,
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
    for part in parts {
        let name = fact::name_of(&outline.block(part).text);
        let Some(which) = names::which_subject(&name, subjects, &keys, &taken) else { continue };
        let side = side_of(outline, part);
        if side.points.is_empty() {
            continue;
        }
        taken[which] = true;
        if separator(&outline.block(part).text.plain).is_none_or(|(_, at)| at >= outline.block(part).text.plain.len()) {
            labels.push(part);
        }
        // the part's own spelling, unless it says more than the name (`stateful` over `Stateful`)
        if term::key(&name) == keys[which] {
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

/// What a block says of the subject it is named after.
fn side_of(outline: &Outline, index: usize) -> Side {
    let mut side = Side::default();
    let text = &outline.block(index).text;
    if let Some((_, at)) = separator(&text.plain)
        && !outline.is_heading(index)
        && text.plain[at..].chars().any(is_letter_or_digit)
    {
        side.points.push(Point { aspect: String::new(), text: text.markdown(at..text.plain.len()), block: None });
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
        let whole = if own.is_empty() {
            below.markdown
        } else if below.markdown.is_empty() {
            own
        } else {
            format!("{own}\n\n{}", below.markdown)
        };
        if whole.chars().any(is_letter_or_digit) {
            side.points.push(Point { aspect, text: whole, block: Some(*child) });
            side.lines.extend(text.all_lines());
            side.lines.extend(below.lines);
        }
    }
    side
}

/// The name before a separator and where what follows begins.
fn separator(plain: &str) -> Option<(&str, usize)> {
    let signs = [" : ", ": ", "：", " - ", " – ", " — ", " = ", ":"];
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
