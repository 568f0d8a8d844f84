//! What stands under a block, as an answer: the first paragraph, or lines and bullets as a list.

mod lists;
mod naming;
mod opening;
mod written;

pub(super) use lists::{counted_list, is_glossary, is_labels, is_questions, list, named_list, says_itself_then_labels};
use naming::{is_formula_of, names_its_own};
use opening::{is_aside, leads_with_other};
pub(super) use opening::{opening, takes_one_by_one};
use written::put;

use unicode_width::UnicodeWidthStr;

use super::term::of_plain;
use crate::outline::inline::Text;
use crate::outline::labels::behind_answer_mark;
use crate::outline::{Aside, BlockKind, Marker, Outline, leading_sign, sentence};
use crate::rule::Under;

/// With more blocks than this under a topic, the answer keeps its direct items only: what is nested below them has
/// cards of its own.
pub(super) const MAX_NESTED: usize = 24;

/// More blocks than these under a line of prose are not about its name alone.
const MAX_DETAILS: usize = 24;

/// Markdown and the note's lines behind it.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) markdown: String,
    pub(super) lines: Vec<usize>,
}

/// What stands under a block.
pub(super) struct Below {
    anything: bool,
    /// The line of prose that comes first.
    pub(super) opening: Option<usize>,
    items: bool,
    sections: bool,
}

impl Below {
    pub(super) fn of(outline: &Outline, index: usize) -> Below {
        // what is folded under a name of its own does not part a heading from its list
        let children = outline.children(index);
        let own = children
            .iter()
            .find(|child| !matches!(outline.block(**child).kind, BlockKind::Fold | BlockKind::Code { .. }));
        let list = own.filter(|own| matches!(outline.block(**own).kind, BlockKind::Item { .. }));
        let Some(first) = list.or(children.first()) else {
            return Below { anything: false, opening: None, items: false, sections: false };
        };
        let names = lists_names(outline, index);
        let opening = opening(outline, index).filter(|_| !names);
        let items = match &outline.block(*first).kind {
            BlockKind::Item { heading: false, marker } => *marker != Marker::Arrow,
            BlockKind::Line => opening.is_none(),
            BlockKind::Code { language, .. } => language == "math" && children.len() == 1,
            _ => false,
        };
        let sections = children.len() >= 2 && children.iter().all(|child| outline.is_heading(*child));
        Below { anything: has_body(outline, index), opening, items, sections }
    }

    pub(super) fn fits(&self, under: Under) -> bool {
        match under {
            Under::Anything => true,
            Under::Nothing => !self.anything,
            Under::Something | Under::Choices => self.anything,
            Under::Prose => self.opening.is_some(),
            Under::Items => self.items,
            Under::Sections => self.sections,
        }
    }
}

/// Whether nothing but short names stands under an item, each a paragraph of its own, or under a heading: a list without
/// bullets.
fn lists_names(outline: &Outline, index: usize) -> bool {
    const SHORT: usize = 24; // columns
    let is_name = |child: &usize| {
        let block = outline.block(*child);
        let plain = block.text.plain.as_str();
        matches!(block.kind, BlockKind::Line)
            && block.children.is_empty()
            && plain.width() <= SHORT
            && !plain.contains([':', '：', '='])
            && !sentence::ends_sentence(plain)
            && !sentence::reads_as_answer("", plain, false)
    };
    let children: Vec<usize> = parts(outline, index).collect();
    let first_line = |child: usize| outline.block(child).text.all_lines().next().unwrap_or(0);
    let apart = |two: &[usize]| first_line(two[0]) + 1 < first_line(two[1]);
    let is_list = match outline.block(index).kind {
        BlockKind::Item { heading: false, .. } => children.len() >= 2 && children.windows(2).all(apart),
        _ => outline.is_heading(index) && children.len() >= 3,
    };
    is_list && children.iter().all(is_name)
}

/// The children that belong to a block's answer: sections below it do not, nor what is folded under a name of its own.
fn parts(outline: &Outline, index: usize) -> impl Iterator<Item = usize> {
    let own = |child: &usize| !matches!(outline.block(*child).kind, BlockKind::Fold);
    outline.children(index).iter().copied().take_while(|child| !outline.is_heading(*child)).filter(own)
}

/// Whether anything stands under a block but what is folded under a name of its own, and the formula of it.
fn has_own_children(outline: &Outline, index: usize) -> bool {
    outline.children(index).iter().any(|child| match &outline.block(*child).kind {
        BlockKind::Fold => false,
        BlockKind::Code { language, .. } => language != "math",
        _ => true,
    })
}

/// Whether a block names what stands under it: a heading, or the summary of a fold.
fn names_section(outline: &Outline, index: usize) -> bool {
    outline.is_heading(index) || matches!(outline.block(index).kind, BlockKind::Fold)
}

pub(super) fn has_body(outline: &Outline, index: usize) -> bool {
    parts(outline, index).any(|child| !outline.block(child).text.is_empty())
}

/// Whether all that stands under a block is one `name : text`, which is an entry of its own, or a remark.
pub(super) fn is_one_definition(outline: &Outline, index: usize) -> bool {
    let mut parts = parts(outline, index);
    match (parts.next(), parts.next()) {
        (Some(only), None) => {
            let block = outline.block(only);
            let plain = &block.text.plain;
            let heading = &outline.block(index).text.plain;
            let answers = sentence::asks(heading) && behind_answer_mark(plain, true).is_some();
            let answers = answers || is_formula_of(heading, &block.text);
            !matches!(block.kind, BlockKind::Code { .. })
                && !answers
                && (names_its_own(plain) || is_aside(plain) || leads_with_other(heading, &block.text))
        }
        _ => false,
    }
}

/// Whether all that stands under a block, at its deepest, is links to where it is said, or names over such links. A link
/// below a sentence, or below what answers a question, tells where that is from.
pub(super) fn is_links(outline: &Outline, index: usize) -> bool {
    const NAME: usize = 60; // columns
    let is_link = |below: usize| outline.block(below).text.is_wholly(|style| style.link.is_some());
    let asks = || sentence::asks(&outline.block(index).text.plain);
    let names_link = |below: usize| {
        let text = &outline.block(below).text;
        let next = text.all_lines().last().map_or(0, |last| last + 1);
        let aside = outline.asides.binary_search_by_key(&next, |(line, _)| *line);
        let over_link = aside.is_ok_and(|at| matches!(outline.asides[at].1, Aside::Link));
        let is_name = || text.plain.width() <= NAME && !sentence::ends_sentence(&text.plain) && !asks();
        (over_link || !outline.children(below).is_empty()) && is_name()
    };
    let is_deepest = |below: &usize| outline.children(*below).iter().all(|child| is_link(*child));
    let mut deepest = outline.below(index).filter(is_deepest).peekable();
    deepest.peek().is_some() && deepest.all(|below| is_link(below) || names_link(below))
}

/// The paragraph that begins with the opening line, and how many blocks it takes.
pub(super) fn of_opening(outline: &Outline, index: usize, first: usize) -> (Body, usize) {
    let text = &outline.block(first).text;
    let mut body = Body { markdown: text.markdown(0..text.plain.len()), lines: text.all_lines().collect() };
    body.markdown = body.markdown[leading_sign(&body.markdown).unwrap_or(0)..].to_owned();
    let mut taken = 1 + parts(outline, index).take_while(|part| *part != first).count();
    let mut last = body.lines.last().copied().unwrap_or(0);
    for next in parts(outline, index).skip(taken) {
        let block = outline.block(next);
        let lines: Vec<usize> = block.text.all_lines().collect();
        if !matches!(block.kind, BlockKind::Line)
            || has_own_children(outline, next)
            || lines.first() != Some(&(last + 1))
            || block.text.plain.ends_with(':')
        {
            break;
        }
        body.markdown.push_str("  \n");
        body.markdown.push_str(block.text.markdown(0..block.text.plain.len()).trim_start_matches(": "));
        last = lines.last().copied().unwrap_or(last);
        body.lines.extend(lines);
        taken += 1;
    }
    (body, taken)
}

/// What follows the opening of a block, up to the first label of a list of its own.
pub(super) fn after_opening(outline: &Outline, index: usize, first: usize, taken: usize) -> Body {
    let is_label = |child: &usize| {
        let block = outline.block(*child);
        let plain = block.text.plain.as_str();
        matches!(block.kind, BlockKind::Line)
            && (plain.ends_with([':', '：', '?', '？']) || names_its_own(plain) || !block.children.is_empty())
    };
    let under_opening = outline.children(first);
    // under a heading a label begins something else; under an item or in a fold all is said of its name
    let parts_sections = outline.is_heading(index);
    // a link alone on a line leads elsewhere
    let leads_away = |child: &usize| {
        let block = outline.block(*child);
        matches!(block.kind, BlockKind::Line) && block.text.is_wholly(|style| style.link.is_some())
    };
    let after = parts(outline, index).skip(taken).take_while(|child| !(parts_sections && is_label(child)));
    let after = after.filter(|child| !leads_away(child));
    let all: Vec<usize> = under_opening.iter().copied().chain(after).collect();
    // what follows is a chapter, whose parts have entries of their own
    let blocks: usize = all.iter().map(|child| 1 + outline.below(*child).count()).sum();
    if blocks > MAX_NESTED { Body::default() } else { of(outline, &all) }
}

/// Everything under a block, as Markdown.
pub(super) fn below(outline: &Outline, index: usize) -> Body {
    of(outline, &parts(outline, index).collect::<Vec<_>>())
}

/// The names of the headings right under a block, as a list.
pub(super) fn sections(outline: &Outline, index: usize) -> Body {
    let headings = || outline.children(index).iter().map(|child| &outline.block(*child).text);
    let names = headings().map(|text| {
        let named = of_plain(&text.plain);
        let gloss = named.gloss.map_or(String::new(), |gloss| format!(" ({gloss})"));
        let name = Text::literal(&(named.name + &gloss), 0);
        format!("- {}", name.markdown(0..name.plain.len()))
    });
    Body { markdown: names.collect::<Vec<_>>().join("\n"), lines: headings().flat_map(Text::all_lines).collect() }
}

/// What stands under a line that already says what its name is; nothing where that is half a note rather than details.
pub(super) fn details(outline: &Outline, index: usize) -> Body {
    let is_line = matches!(outline.block(index).kind, BlockKind::Line);
    if is_line && outline.below(index).nth(MAX_DETAILS).is_some() { Body::default() } else { below(outline, index) }
}

/// Items without what is nested below them, as Markdown.
pub(super) fn names(outline: &Outline, items: &[usize]) -> Body {
    let mut body = Body::default();
    put(outline, items, false, &mut body);
    body.markdown.truncate(body.markdown.trim_end().len());
    body
}

/// Some of what stands under a block, as Markdown.
pub(super) fn of(outline: &Outline, children: &[usize]) -> Body {
    let count: usize = children.iter().map(|child| 1 + outline.below(*child).count()).sum();
    let mut body = Body::default();
    put(outline, children, count <= MAX_NESTED, &mut body);
    body.lines.sort_unstable();
    body.lines.dedup();
    body.markdown.truncate(body.markdown.trim_end().len());
    let is_item = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Item { .. });
    if count == 1 && children.iter().all(is_item) {
        let number = body.markdown.bytes().take_while(u8::is_ascii_digit).count();
        let sign = if number > 0 { ". " } else { "- " };
        if let Some(only) = body.markdown[number..].strip_prefix(sign) {
            body.markdown = only.to_owned(); // one bullet is no list
        }
    }
    body
}

/// Whether an answer begins with a bullet or a number, as [`below`] writes them.
pub(super) fn is_list(answer: &str) -> bool {
    let number = answer.bytes().take_while(u8::is_ascii_digit).count();
    answer[number..].starts_with(if number > 0 { ". " } else { "- " })
}
