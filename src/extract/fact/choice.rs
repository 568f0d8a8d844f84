//! Questions with several answers to choose from, of which the note says which is right.

use super::super::body::{self, Body};
use crate::outline::inline::Text;
use crate::outline::labels::{ANSWER_NAMES, behind_answer_mark};
use crate::outline::{BlockKind, Marker, Outline};

/// The right answers of a question that has them among the items under it (`Answer: B`), and all of the items, with what
/// the note says behind them, as details.
pub(in crate::extract) fn chosen(outline: &Outline, index: usize) -> Option<(Body, Body)> {
    let children = outline.children(index);
    let is_item = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Item { heading: false, .. });
    let first = children.iter().position(is_item)?;
    let choices: Vec<usize> = children[first..].iter().copied().take_while(is_item).collect();
    let (named, marked, lines, behind) = answer(outline, &children[first + choices.len()..])?;
    let numbers = numbers(&named, marked)?;
    let right: Vec<usize> = choices
        .iter()
        .copied()
        .filter(|choice| number(outline, *choice).is_some_and(|n| numbers.contains(&n)))
        .collect();
    if choices.len() < 2 || right.len() != numbers.len() {
        return None;
    }
    let mut answer = Body { markdown: String::new(), lines };
    for choice in &right {
        let text = &outline.block(*choice).text;
        let bullet = if right.len() > 1 { "- " } else { "" };
        answer.markdown.push_str(&format!(
            "{bullet}{}\n",
            text.markdown(lettered(text).map_or(0, |(_, from)| from)..text.plain.len())
        ));
        answer.lines.extend(text.all_lines());
    }
    answer.markdown.truncate(answer.markdown.trim_end().len());
    answer.lines.sort_unstable();
    let all: Vec<usize> = choices.into_iter().chain(behind).collect();
    Some((answer, body::of(outline, &all)))
}

/// What the line or the fold behind the choices says is right, whether a mark says that it does, the lines it stands on, and the blocks that say why.
fn answer(outline: &Outline, behind: &[usize]) -> Option<(String, bool, Vec<usize>, Vec<usize>)> {
    let (first, rest) = behind.split_first()?;
    let block = outline.block(*first);
    let is_line = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Line);
    let says = |text: &Text, why: Vec<usize>| {
        let marked = behind_answer_mark(&text.plain, true);
        Some((marked.unwrap_or(&text.plain).to_owned(), marked.is_some(), text.all_lines().collect(), why))
    };
    if is_line(first) {
        let reasons = rest.iter().copied().take_while(is_line);
        return says(&block.text, block.children.iter().copied().chain(reasons).collect());
    }
    let is_name = ANSWER_NAMES.contains(&block.text.plain.trim_end_matches([':', '：', ' ']));
    let (first, rest) = block.children.split_first().filter(|_| is_name)?;
    says(&outline.block(*first).text, rest.to_vec())
}

/// The numbers that `B`, `A, C`, `②`, `1번`, and, behind a mark, `b) a pole` name; nothing where it says more than that.
fn numbers(named: &str, marked: bool) -> Option<Vec<u32>> {
    let alone = |part: &str| {
        let part = part.trim_matches(['.', ')', '(', '번', ' ']);
        let mut chars = part.chars();
        let first = chars.next()?;
        match (part.parse(), chars.next()) {
            (Ok(number), _) => Some(number),
            (_, None) if first.is_ascii_alphabetic() => {
                Some(u32::from(first.to_ascii_lowercase()) - u32::from('a') + 1)
            }
            (_, None) if ('①'..='⑳').contains(&first) => Some(u32::from(first) - u32::from('①') + 1),
            _ => None,
        }
    };
    let parts = named.split([',', '&', '/']).flat_map(|part| part.split(" and "));
    let all: Option<Vec<u32>> = parts.map(alone).collect();
    let first = || named.split_once(['.', ')']).or_else(|| named.split_once("번 ")).map(|(first, _)| first);
    all.or_else(|| Some(vec![alone(first().filter(|_| marked)?)?]))
}

/// The number of an item, written before it or typed as a letter behind its bullet.
fn number(outline: &Outline, index: usize) -> Option<u32> {
    let block = outline.block(index);
    match block.kind {
        BlockKind::Item { marker: Marker::Number(number, _), .. } => Some(number),
        _ => lettered(&block.text).map(|(number, _)| number),
    }
}

/// `B. a pole`, `(B) a pole` as an item's text: the letter's number, and where the text behind it begins (byte).
fn lettered(text: &Text) -> Option<(u32, usize)> {
    let inner = text.plain.trim_start_matches('(');
    let letter = inner.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = inner[1..].strip_prefix(['.', ')'])?;
    let behind = rest.trim_start();
    let number = u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1;
    (rest.len() > behind.len() && !behind.is_empty()).then(|| (number, text.plain.len() - behind.len()))
}
