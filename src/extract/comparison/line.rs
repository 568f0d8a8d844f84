//! One line that sets things against each other and says all of it.

use std::ops::Range;

use super::captured_subjects;
use crate::deck::{Content, Row};
use crate::extract::term;
use crate::rule::Captured;

/// `A (x) vs B (y)`, `A is x vs B is y`: a line that says all of it.
pub(super) fn within_line(captures: &Captured<'_>) -> Option<Content> {
    if let (Some(a), Some(b)) = (captures.get("said_of_a"), captures.get("said_of_b")) {
        let rows = vec![Row { aspect: String::new(), cells: vec![a.trim().to_owned(), b.trim().to_owned()] }];
        return Some(Content::Comparison { subjects: captured_subjects(captures), rows });
    }
    let parts: Vec<_> = ["a", "b", "c", "d"].iter().filter_map(|name| captures.range(name)).collect();
    let text = captures.text();
    let between = |pair: &[Range<usize>]| {
        let gap = text.get(pair[0].end..pair[1].start).unwrap_or_default();
        gap.to_lowercase().contains('v')
    };
    if !parts.windows(2).all(between) {
        return None; // only a sign that sets them against each other parts them
    }
    let said: Vec<(String, String)> =
        parts.into_iter().map(|part| name_and_rest(text.get(part)?)).collect::<Option<_>>()?;
    let (subjects, cells): (Vec<String>, Vec<String>) = said.into_iter().unzip();
    let short = subjects.iter().all(|subject| subject.split_whitespace().count() <= 4);
    (subjects.len() >= 2 && short)
        .then(|| Content::Comparison { subjects, rows: vec![Row { aspect: String::new(), cells }] })
}

/// A subject and what is said of it: in brackets behind it, or after a verb or particle.
fn name_and_rest(part: &str) -> Option<(String, String)> {
    let part = part.trim();
    let whole = term::of_plain(part);
    if let Some(gloss) = whole.gloss.filter(|_| part.ends_with([')', '）'])) {
        return Some((whole.name, gloss));
    }
    let verbs = [" is ", " are ", " was ", " has ", " have ", "은 ", "는 ", "は"];
    let (verb, at) = verbs.iter().filter_map(|verb| Some((*verb, part.find(verb)?))).min_by_key(|(_, at)| *at)?;
    let (name, rest) = (part[..at].trim(), part[at + verb.len()..].trim());
    (!name.is_empty() && !rest.is_empty()).then(|| (name.to_owned(), rest.to_owned()))
}
