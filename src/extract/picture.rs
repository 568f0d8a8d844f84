//! Pictures go to the entry they stand in, or right below.

use super::Candidate;
use crate::deck::Content;
use crate::outline::Image;

/// Puts each picture below the answer that has it on one of its lines, or that ends (or begins) right above it.
pub fn attach(images: &[Image], text: &str, candidates: &mut [Candidate]) {
    if images.is_empty() {
        return;
    }
    let lines: Vec<&str> = text.lines().collect();
    let pictures: Vec<usize> = images.iter().filter(|image| image.alone).map(|image| image.line).collect();
    for image in images {
        let beside = if image.alone { line_above(image.line, &lines, &pictures) } else { Some(image.line) };
        let Some(line) = beside else { continue };
        let holds = |candidate: &&mut Candidate| {
            matches!(candidate.content, Content::Fact { .. })
                && (candidate.lines.contains(&line) || candidate.term_lines.contains(&line))
        };
        // of an entry and the larger one around it, the smaller
        let Some(best) = candidates.iter_mut().filter(holds).min_by_key(|candidate| candidate.lines.len()) else {
            continue;
        };
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

/// The nearest line (1-based) above that is neither blank nor a picture.
fn line_above(line: usize, lines: &[&str], pictures: &[usize]) -> Option<usize> {
    let blank = |number: usize| lines.get(number - 1).is_none_or(|line| line.trim().is_empty());
    (1..line).rev().find(|number| !blank(*number) && pictures.binary_search(number).is_err())
}
