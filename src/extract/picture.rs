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
        let beside =
            if image.alone { above.get(image.line).copied() } else { Some(Above { line: image.line, apart: false }) };
        let holder = beside.and_then(|above| Some((holders.get(&above.line)?, above.apart)));
        let holder = holder.map(|(holder, apart)| if apart { holder.widest } else { holder.narrowest });
        let Some(best) = holder.and_then(|holder| candidates.get_mut(holder)) else { continue };
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

/// Of the candidates that have a line, the one of the fewest lines and the one of the most.
#[derive(Clone, Copy)]
struct Holder {
    narrowest: usize,
    widest: usize,
}

/// For each line (1-based) the candidates that a picture beside it may go to.
fn holders(candidates: &[Candidate]) -> HashMap<usize, Holder> {
    let mut holders: HashMap<usize, Holder> = HashMap::new();
    let facts = candidates.iter().enumerate().filter(|(_, one)| matches!(one.content, Content::Fact { .. }));
    let lines = |at: usize| candidates.get(at).map_or(0, |candidate| candidate.lines.len());
    for (at, candidate) in facts {
        for line in candidate.lines.iter().chain(&candidate.term_lines) {
            let holder = holders.entry(*line).or_insert(Holder { narrowest: at, widest: at });
            if lines(at) < lines(holder.narrowest) {
                holder.narrowest = at;
            }
            if lines(at) > lines(holder.widest) {
                holder.widest = at;
            }
        }
    }
    holders
}

/// What stands above a line.
#[derive(Clone, Copy)]
struct Above {
    /// The nearest line (1-based) that is neither blank nor a picture; 0 if there is none.
    line: usize,
    /// An empty line parts the two, and the upper one is an item of a list: the picture is of all the list.
    apart: bool,
}

/// For each line (1-based, so that place 0 is of none) what stands above it.
fn lines_above(text: &str, images: &[Image]) -> Vec<Above> {
    let pictures: HashSet<usize> = images.iter().filter(|image| image.alone).map(|image| image.line).collect();
    let mut above = vec![Above { line: 0, apart: false }];
    let (mut last, mut is_item, mut blank) = (0, false, false);
    for (number, line) in (1..).zip(text.lines()) {
        let indented = line.starts_with([' ', '\t']);
        above.push(Above { line: last, apart: blank && is_item && !indented });
        if line.trim().is_empty() {
            blank = true;
        } else if !pictures.contains(&number) {
            (last, is_item, blank) = (number, crate::outline::is_item(line), false);
        }
    }
    above
}
