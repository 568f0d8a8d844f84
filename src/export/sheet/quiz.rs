//! A quiz on paper and its key: the same questions in as many versions as wanted, each in an order of its own.

mod draw;

use serde_json::{Value, json};

use super::Job;
use super::nodes;
use super::press::Press;
use super::world::{Document, Template};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use draw::{Asks, Dice, Kind, Question};

/// The quiz and its key.
pub(super) fn set(job: &Job<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<[Document; 2]> {
    let Job { deck, options, .. } = *job;
    let dice = Dice { seed: options.seed };
    let wanted = usize::from(options.questions);
    let questions = draw::draw(deck, wanted, dice);
    if questions.is_empty() {
        return Err(Error::new("no question can be made of these cards")
            .hint("a quiz needs definitions, short forms, sentences with gaps or comparisons with short answers"));
    }
    if questions.len() < wanted {
        let message = format!("only {} of {wanted} questions can be made of these cards", questions.len());
        diagnostics.push(Diagnostic::warning("quiz-short", message));
    }
    let versions: Vec<Value> =
        ('A'..='Z').take(usize::from(options.versions)).map(|letter| version(&questions, letter, dice)).collect();
    let data = json!({"title": deck.title, "seed": options.seed, "versions": versions});
    let press = Press::new(Template::Quiz, job, &data, diagnostics)?;
    let quiz = press.set(data.clone(), &[("key", "false".to_owned())])?;
    Ok([quiz, press.set(data, &[("key", "true".to_owned())])?])
}

/// `{letter, parts: [{kind, questions}]}`: the questions of each kind in an order of the version's, numbered throughout.
fn version(questions: &[Question<'_>], letter: char, dice: Dice) -> Value {
    let mut n = 0;
    let mut parts = Vec::new();
    for kind in Kind::ALL {
        let mut of_kind: Vec<&Question<'_>> =
            questions.iter().filter(|question| question.asks.kind() == kind).collect();
        dice.shuffle(&mut of_kind, &format!("order {letter}"), |question| question.id.to_owned());
        if of_kind.is_empty() {
            continue;
        }
        let numbered: Vec<Value> = of_kind
            .into_iter()
            .map(|question| {
                n += 1;
                let mut value = question_data(question, letter, dice);
                value["n"] = json!(n);
                value
            })
            .collect();
        parts.push(json!({"kind": kind.name(), "questions": numbered}));
    }
    json!({"letter": letter, "parts": parts})
}

fn question_data(question: &Question<'_>, letter: char, dice: Dice) -> Value {
    let purpose = format!("{letter} {}", question.id);
    match &question.asks {
        Asks::Choice { term, right, wrong } => {
            let mut options: Vec<&str> = std::iter::once(*right).chain(wrong.iter().copied()).collect();
            dice.shuffle(&mut options, &purpose, |option| (*option).to_owned());
            let place = options.iter().position(|option| option == right);
            let options: Vec<Value> = options.into_iter().map(|option| nodes::text(option, 8)).collect();
            json!({"stem": nodes::line(term), "options": options, "right": place})
        }
        Asks::Match { pairs } => {
            let (mut left, mut right): (Vec<usize>, Vec<usize>) = (0..pairs.len()).map(|i| (i, i)).unzip();
            dice.shuffle(&mut left, &format!("left {purpose}"), usize::to_string);
            dice.shuffle(&mut right, &format!("right {purpose}"), usize::to_string);
            let places: Vec<Option<usize>> = left.iter().map(|i| right.iter().position(|other| other == i)).collect();
            json!({
                "terms": left.iter().map(|i| nodes::line(pairs[*i].0)).collect::<Vec<_>>(),
                "answers": right.iter().map(|i| nodes::text(pairs[*i].1, nodes::NARROW)).collect::<Vec<_>>(),
                "right": places,
            })
        }
        Asks::Blanks { sentence } => {
            let (body, hidden) = nodes::gaps(sentence);
            json!({"body": body, "hidden": hidden.iter().map(|word| nodes::line(word)).collect::<Vec<_>>()})
        }
        Asks::Name { term, answer } => json!({"stem": nodes::text(answer, 8), "answer": nodes::line(term)}),
        Asks::Long { term, full } => json!({"stem": nodes::line(term), "answer": nodes::line(full)}),
        Asks::Table { subjects, rows, hidden } => {
            let named = rows.iter().any(|row| !row.aspect.is_empty());
            let cell = |r: usize, c: usize, text: &str| json!({"body": nodes::text(text, nodes::NARROW), "hidden": hidden.contains(&(r, c))});
            let rows: Vec<Value> = rows
                .iter()
                .enumerate()
                .map(|(r, row)| {
                    let cells: Vec<Value> = row.cells.iter().enumerate().map(|(c, text)| cell(r, c, text)).collect();
                    json!({"aspect": nodes::line(&row.aspect), "cells": cells})
                })
                .collect();
            json!({"named": named, "subjects": subjects.iter().map(|name| nodes::line(name)).collect::<Vec<_>>(), "rows": rows})
        }
    }
}
