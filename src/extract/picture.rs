//! Pictures go to the entry they stand in, or right below.

use std::collections::{HashMap, HashSet};

use super::Candidate;
use crate::deck::Content;
use crate::outline::Image;

/// Puts each picture below the answer that has it on one of its lines, or that ends (or begins) right above it.
pub fn attach(images: &[Image], text: &str, candidates: &mut [Candidate]) {
    if images.is_empty() {
        return;
    }
    let above = lines_above(text, images);
    let holders = holders(candidates);
    for image in images {
        let beside = if image.alone { above.get(image.line).copied() } else { Some(image.line) };
        let Some(best) = beside.and_then(|line| candidates.get_mut(*holders.get(&line)?)) else { continue };
        if let Content::Fact { details, .. } = &mut best.content {
            let shown = image.markdown();
            *details = Some(match details.take() {
                Some(details) if details.contains(&shown) => details,
                Some(details) => format!("{}\n\n{shown}", details.trim_end()),
                None => shown,
            });
            if let Err(at) = best.lines.binary_search(&image.line) {
                best.lines.insert(at, image.line);
            }
        }
    }
}

/// For each line (1-based) the candidate that a picture beside it goes to: of an entry and the larger one around it, the
/// smaller.
fn holders(candidates: &[Candidate]) -> HashMap<usize, usize> {
    let mut holders: HashMap<usize, usize> = HashMap::new();
    let facts = candidates.iter().enumerate().filter(|(_, one)| matches!(one.content, Content::Fact { .. }));
    for (at, candidate) in facts {
        for line in candidate.lines.iter().chain(&candidate.term_lines) {
            let holder = holders.entry(*line).or_insert(at);
            if candidates.get(*holder).is_some_and(|other| candidate.lines.len() < other.lines.len()) {
                *holder = at;
            }
        }
    }
    holders
}

/// For each line (1-based, so that place 0 is of none) the nearest above it that is neither blank nor a picture; 0 if
/// there is none.
fn lines_above(text: &str, images: &[Image]) -> Vec<usize> {
    let pictures: HashSet<usize> = images.iter().filter(|image| image.alone).map(|image| image.line).collect();
    let mut above = vec![0];
    let mut last = 0;
    for (number, line) in (1..).zip(text.lines()) {
        above.push(last);
        if !line.trim().is_empty() && !pictures.contains(&number) {
            last = number;
        }
    }
    above
}
