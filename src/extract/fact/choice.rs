//! Questions with several answers to choose from, of which the note says which is right.

use std::ops::Range;

use super::super::body::{self, Body};
use crate::outline::inline::Text;
use crate::outline::labels::{ANSWER_NAMES, behind_answer_mark};
use crate::outline::{BlockKind, Marker, Outline, sentence};

/// The right answers of a question that has them among the items under it, told behind them (`Answer: B`) or marked
/// (`(answer) a pole`, a ticked box), and all of the items, with what the note says behind them, as details.
pub(in crate::extract) fn chosen(outline: &Outline, index: usize) -> Option<(Body, Body)> {
    let choices = choices(outline, index)?;
    let children = outline.children(index);
    let last = choices.last().and_then(|last| children.binary_search(last).ok())?;
    let rest = &children[last + 1..];
    let Right { choices: right, lines, why } =
        told_behind(outline, &choices, rest).or_else(|| marked(outline, index, &choices, rest))?;
    let mut answer = Body { markdown: String::new(), lines };
    for choice in &right {
        let text = &outline.block(*choice).text;
        let from = lettered(text).map_or(0, |(_, from)| from);
        let range = without_mark(&text.plain, from).unwrap_or(from..text.plain.len());
        let bullet = if right.len() > 1 { "- " } else { "" };
        answer.markdown.push_str(&format!("{bullet}{}\n", text.markdown(range)));
        answer.lines.extend(text.all_lines());
    }
    answer.markdown.truncate(answer.markdown.trim_end().len());
    answer.lines.sort_unstable();
    let others = if choices.len() > 1 { choices } else { Vec::new() };
    let all: Vec<usize> = others.into_iter().chain(why).collect();
    Some((answer, body::of(outline, &all)))
}

/// The first items of one kind right under a block, of which some may be right answers.
pub(in crate::extract) fn choices(outline: &Outline, index: usize) -> Option<Vec<usize>> {
    let children = outline.children(index);
    let is_item = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Item { heading: false, .. });
    let numbered = |at: usize| matches!(outline.block(at).kind, BlockKind::Item { marker: Marker::Number(..), .. });
    let first = children.iter().position(is_item)?;
    let is_like = |child: &usize| is_item(child) && numbered(*child) == numbered(children[first]);
    Some(children[first..].iter().copied().take_while(is_like).collect())
}

/// The right ones among choices.
struct Right {
    choices: Vec<usize>,
    /// 1-based lines that say which they are.
    lines: Vec<usize>,
    /// The blocks that say why.
    why: Vec<usize>,
}

/// The choices that the note names behind them.
fn told_behind(outline: &Outline, choices: &[usize], behind: &[usize]) -> Option<Right> {
    let (named, marked, lines, why) = answer(outline, behind)?;
    let numbers = numbers(&named, marked)?;
    let is_right = |choice: &usize| number(outline, *choice).is_some_and(|n| numbers.contains(&n));
    let right: Vec<usize> = choices.iter().copied().filter(is_right).collect();
    (choices.len() >= 2 && right.len() == numbers.len()).then_some(Right { choices: right, lines, why })
}

/// The choices that say of themselves that they are right; under a question also those whose boxes are ticked.
fn marked(outline: &Outline, index: usize, choices: &[usize], behind: &[usize]) -> Option<Right> {
    let is_ticked = |choice: &usize| {
        let line = outline.block(*choice).text.all_lines().next()?;
        let at = outline.boxes.binary_search_by_key(&line, |(line, _)| *line).ok()?;
        Some(outline.boxes[at].1)
    };
    let says_so = |choice: &&usize| without_mark(&outline.block(**choice).text.plain, 0).is_some();
    let mut right: Vec<usize> = choices.iter().filter(says_so).copied().collect();
    if right.is_empty() && !outline.boxes.is_empty() && sentence::asks(&outline.block(index).text.plain) {
        right = choices.iter().filter(|choice| is_ticked(choice) == Some(true)).copied().collect();
        if right.len() == choices.len() {
            return None; // a list of what is done
        }
    }
    if right.is_empty() || right.len() == choices.len() && right.len() > 1 {
        return None;
    }
    let explains = |child: &&usize| matches!(outline.block(**child).kind, BlockKind::Line | BlockKind::Code { .. });
    let why = behind.iter().take_while(explains).copied().collect();
    Some(Right { choices: right, lines: Vec::new(), why })
}

/// What a choice says that has a mark of the right one before or behind it: its bytes. `from`: where it begins.
fn without_mark(plain: &str, from: usize) -> Option<Range<usize>> {
    const NAMES: [&str; 12] =
        ["정답", "답", "answer", "Answer", "ANSWER", "correct", "Correct", "CORRECT", "正解", "答え", "答案", "正确"];
    const TICKS: [&str; 5] = ["✅", "✔️", "✔", "✓", "☑"];
    const OPEN: [char; 5] = ['(', '[', '（', '<', '【'];
    const CLOSE: [char; 5] = [')', ']', '）', '>', '】'];
    let text = plain[from..].trim();
    let start = plain.len() - plain[from..].trim_start().len();
    let end = start + text.len();
    let before = text.strip_prefix(OPEN).and_then(|rest| rest.split_once(CLOSE));
    let behind = || text.strip_suffix(CLOSE).and_then(|rest| rest.rsplit_once(OPEN));
    let range = if let Some((_, said)) = before.filter(|(name, _)| NAMES.contains(name)) {
        end - said.len()..end
    } else if let Some((said, _)) = behind().filter(|(_, name)| NAMES.contains(name)) {
        start..start + said.len()
    } else {
        start..start + TICKS.iter().find_map(|tick| text.strip_suffix(tick))?.len()
    };
    let said = &plain[range.clone()];
    let (lead, tail) = (said.len() - said.trim_start().len(), said.len() - said.trim_end().len());
    (lead + tail < said.len()).then(|| range.start + lead..range.end - tail)
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
