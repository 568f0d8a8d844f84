//! The self-test: terms left of a fold, answers right of it.

use serde_json::{Value, json};

use super::asked::{Asked, asked};
use super::press::Press;
use super::world::{Document, Template};
use super::{Answers, Job};
use crate::deck::Deck;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::media::Media;

pub(super) fn set(job: &Job<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Document> {
    let Job { deck, options, media, .. } = *job;
    let data = data(deck, media, diagnostics);
    let press = Press::new(Template::Selftest, job, &data, diagnostics)?;
    let answers = if options.answers == Answers::End { "end" } else { "beside" };
    press.set(data, &[("answers", answers.to_owned())])
}

/// `{title, sections: [{title, groups: [{title, rows: [{n, front, back}]}]}]}`, numbered from 1 throughout.
fn data(deck: &Deck, media: &Media, diagnostics: &mut Vec<Diagnostic>) -> Value {
    /// A heading within a section, and the rows under it.
    type Group = (String, Vec<Value>);
    let mut sections: Vec<(String, Vec<Group>)> = Vec::new();
    for (i, Asked { front, back, section, place, .. }) in asked(deck, media, diagnostics).into_iter().enumerate() {
        if sections.last().is_none_or(|(title, _)| *title != section) {
            sections.push((section, Vec::new()));
        }
        let Some((_, groups)) = sections.last_mut() else { continue };
        if groups.last().is_none_or(|(title, _)| *title != place) {
            groups.push((place, Vec::new()));
        }
        let Some((_, rows)) = groups.last_mut() else { continue };
        rows.push(json!({"n": i + 1, "front": front, "back": back}));
    }
    let group = |(title, rows): Group| json!({"title": title, "rows": rows});
    let sections: Vec<Value> = sections
        .into_iter()
        .map(|(title, groups)| json!({"title": title, "groups": groups.into_iter().map(group).collect::<Vec<_>>()}))
        .collect();
    json!({"title": deck.title, "sections": sections})
}
