//! Definitions within the sentences of a block.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::deck::{Content, FactKind};

use super::{Candidate, Finder, View, fact, term};
use crate::outline::inline::{Style, Text};
use crate::outline::{BlockKind, sentence};
use crate::rule::{AnswerFrom, Possible, Rule, Target, Under};

/// Whether an English sentence without its subject says what that does or undergoes, rather than what it is.
fn only_acts(candidate: &Candidate) -> bool {
    const SAYS: [&str; 9] = ["is a ", "is an ", "is the ", "is any ", "is one ", "is when ", "are ", "refer", "mean"];
    match &candidate.content {
        Content::Fact { answer, .. } => {
            answer.starts_with(|c: char| c.is_ascii_lowercase()) && !SAYS.iter().any(|says| answer.starts_with(says))
        }
        _ => false,
    }
}

/// Whether a sentence only goes on about the thing before it, by the end of its name (`The protocol …`).
fn goes_on(before: &Candidate, found: &[Candidate]) -> bool {
    let name = |candidate: &Candidate| match &candidate.content {
        Content::Fact { term, .. } => Some(term::key(term)),
        _ => None,
    };
    match (name(before), found) {
        (Some(before), [one]) => name(one).is_some_and(|name| before.len() > name.len() && before.ends_with(&name)),
        _ => false,
    }
}

fn defines(content: &Content) -> bool {
    matches!(content, Content::Fact { kind: FactKind::Definition, .. })
}

/// Whether a sentence is about what the one before it said something of.
fn begins_with_pronoun(plain: &str) -> bool {
    const PRONOUNS: [&str; 14] = [
        "It ",
        "Its ",
        "They ",
        "Their ",
        "This ",
        "These ",
        "There ",
        "이는 ",
        "여기에는 ",
        "그 ",
        "이 ",
        "これ",
        "それ",
        "其",
    ];
    PRONOUNS.iter().any(|pronoun| plain.starts_with(pronoun))
}

impl Finder<'_> {
    /// Definition sentences within a block's text; whether there are any. What follows one, up to the next, goes on
    /// about the same thing.
    pub(super) fn sentences(&mut self, index: usize, possible: &Possible<'_>) -> bool {
        let text = &self.outline.block(index).text;
        let before = self.found.len();
        let mut last: Option<usize> = None;
        let mut said: Option<Text> = None;
        for range in sentence::sentences(&text.plain) {
            let found = if range.len() == text.plain.len() {
                self.with_besides(index, text, None, possible)
            } else {
                let part = text.part(range.clone());
                let found = self.with_besides(index, &part, said.as_ref(), &possible.part(&part));
                said = Some(part);
                found
            };
            let goes_on = last.is_some_and(|last| self.found.get(last).is_some_and(|last| goes_on(last, &found)));
            if found.is_empty() || goes_on {
                if let Some(candidate) = last.and_then(|last| self.found.get_mut(last)).filter(|_| !self.claimed[index])
                {
                    fact::go_on(candidate, text, range);
                }
                continue;
            }
            // a name for what was said before: what follows goes on about something else
            let names_before =
                |one: &Candidate| self.rules.get(&one.rule).is_some_and(|rule| rule.form.answer == AnswerFrom::Before);
            let ends = found.last().is_some_and(names_before);
            // `X has three parts:` over them
            let announces = range.end == text.plain.len() && text.plain.ends_with([':', '：']);
            let list = found.first().filter(|_| announces).and_then(|said| self.list_of(said));
            self.found.extend(list.into_iter().chain(found));
            last = (!ends).then_some(self.found.len() - 1);
        }
        self.found.len() > before
    }

    /// The list under a block, if the last of its sentences announces it (`It has three parts:`). What the sentences before it
    /// define is what it is a list of, where it does not say so itself.
    pub(super) fn announced(&mut self, index: usize, target: Target, possible: &Possible<'_>) {
        let text = &self.outline.block(index).text;
        let is_item = |child: &usize| matches!(self.outline.block(*child).kind, BlockKind::Item { .. });
        if !text.plain.ends_with([':', '：']) || !self.outline.children(index).first().is_some_and(is_item) {
            return;
        }
        const LEADS: [&str; 7] = ["We ", "You ", "I ", "One ", "In ", "To ", "Let "];
        let Some(last) = sentence::sentences(&text.plain).last().cloned().filter(|last| last.start > 0) else { return };
        let part = text.part(last);
        let view = View { text: &part, marked: None };
        let lists = |rule: &&Rule| rule.form.answer == AnswerFrom::Below && rule.form.under != Under::Choices;
        for rule in possible.part(&part).facts(target).filter(lists) {
            let Some(captures) = rule.captures(view.seen()) else { continue };
            let raw = captures.get("term").unwrap_or_default();
            if raw.contains(", ") || LEADS.iter().any(|lead| raw.starts_with(lead)) {
                continue; // a clause that leads up to the list names nothing
            }
            let found = fact::fact(self.outline, self.rules, index, rule, &view, &captures, None);
            let Some(mut list) = found.filter(|list| !list.lines.is_empty()) else { continue };
            let said = self.found.iter().rev().take_while(|said| said.block == index);
            let about = said.filter(|said| defines(&said.content)).last().map(|said| said.content.label());
            let pronoun = begins_with_pronoun(&part.plain);
            let about = about.or_else(|| fact::above(self.outline, self.rules, index).filter(|_| pronoun));
            let name = term::of_plain(raw).name;
            if let (Some(about), Content::Fact { term, .. }) = (about, &mut list.content)
                && (pronoun || self.rules.is_vague(&name))
            {
                *term = format!("{about} {name}");
            }
            self.found.push(list);
            return;
        }
    }

    /// What a sentence says, and what it also says of something else.
    fn with_besides(&self, index: usize, one: &Text, before: Option<&Text>, possible: &Possible<'_>) -> Vec<Candidate> {
        let mut found = self.whole_or_halves(index, one, before, possible);
        if found.is_empty() {
            return found;
        }
        let marked = one.styled().next().map(|_| one.marked());
        for rule in possible.facts(Target::Sentence).filter(|rule| rule.form.besides) {
            let view = View { text: one, marked: marked.as_ref().filter(|_| rule.form.markup) };
            let Some(captures) = rule.captures(view.seen()) else { continue };
            let other = fact::sentence(self.outline, self.rules, index, rule, &view, &captures, before);
            found.extend(other.filter(|other| found.iter().all(|one| one.content.label() != other.content.label())));
        }
        found
    }

    /// In the answer of a name, sentences that say what an emphasised name is.
    pub(super) fn marked_within(&mut self, index: usize, answer: &Text, possible: &Possible<'_>) {
        let marked = |(run, style): (&Range<usize>, &Style)| {
            let is_name = (style.strong || style.emph || style.mark) && !style.code && run.len() < answer.plain.len();
            is_name.then(|| term::key(&answer.plain[run.clone()]))
        };
        let names: BTreeSet<String> = answer.styled().filter_map(marked).collect();
        if names.is_empty() {
            return;
        }
        let mut said: Option<Text> = None;
        for range in sentence::sentences(&answer.plain) {
            let part = answer.part(range);
            let found = self.with_besides(index, &part, said.as_ref(), &possible.part(&part));
            let is_marked = |one: &Candidate| names.contains(&term::key(&one.content.label()));
            self.found.extend(found.into_iter().filter(|one| is_marked(one) && !only_acts(one)));
            said = Some(part);
        }
    }

    pub(super) fn sentence(
        &self,
        index: usize,
        one: &Text,
        before: Option<&Text>,
        possible: &Possible<'_>,
    ) -> Option<Candidate> {
        let marked = one.styled().next().map(|_| one.marked());
        // what something does, told in passing, does not explain it; what a law states does
        const STATES: [&str; 3] = ["states that", "holds that", "says that"];
        let in_passing = |rule: &Rule| rule.form.alone && before.is_some();
        for rule in possible.facts(Target::Sentence) {
            if in_passing(rule) && !STATES.iter().any(|states| one.plain.contains(states)) {
                continue;
            }
            let view = View { text: one, marked: marked.as_ref().filter(|_| rule.form.markup) };
            let Some(captures) = rule.captures(view.seen()) else { continue };
            let found = fact::sentence(self.outline, self.rules, index, rule, &view, &captures, before);
            if let Some(candidate) = found {
                return Some(candidate);
            }
        }
        None
    }

    /// In the line that opens a definition, sentences that define something else.
    pub(super) fn other_sentences(&mut self, index: usize, possible: &Possible<'_>) {
        let before = self.found.len();
        if !self.sentences(index, possible) {
            return;
        }
        let outline = self.outline;
        let about = fact::name_of(&outline.block(outline.block(index).parent).text);
        // `X란?` asks for what `X란 …` says
        let about = about.trim_end_matches(['?', '？']);
        let about = ["이란", "란", "とは"].iter().find_map(|end| about.strip_suffix(end)).unwrap_or(about);
        // under `Definition` the sentence is about what stands above that
        let above = if self.rules.is_vague(about) { fact::above(outline, self.rules, index) } else { None };
        let about = above.as_deref().unwrap_or(about);
        let gloss = term::of_plain(&outline.block(outline.block(index).parent).text.plain).gloss.unwrap_or_default();
        let mut others = self.found.split_off(before);
        // and a question about one thing is answered by what says what that is
        let asks = sentence::asks(&outline.block(outline.block(index).parent).text.plain);
        let is_alone = |id: &str| self.rules.rules.iter().any(|rule| rule.form.alone && rule.form.id == id);
        others.retain(|candidate| {
            if is_alone(&candidate.rule) {
                return false;
            }
            let name = candidate.content.label();
            let rest = about.strip_prefix(name.as_str()).filter(|_| asks);
            let prompts = asks_for(about, &name) || asks && asks_of(about, &name);
            let answers = prompts
                || rest
                    .is_some_and(|rest| !rest.starts_with(['와', '과', ',', '・', '、']) && !rest.starts_with(" and"));
            !(answers
                || is_same_name(&name, about)
                || about.split_once(", ").is_some_and(|(one, other)| is_translated(other, one) && name == one)
                || is_translated(about, &name)
                || without_place(about).is_some_and(|thing| is_same_name(&name, thing))
                || !gloss.is_empty() && is_same_name(&name, &gloss))
        });
        self.found.append(&mut others);
    }
}

/// `Ropes` of `Ropes in Old Harbours`.
fn without_place(heading: &str) -> Option<&str> {
    [" in ", " on ", " at ", " for ", " with ", " under "]
        .iter()
        .find_map(|place| heading.split_once(place))
        .map(|(thing, _)| thing)
}

/// `Describe X`, `What is X`: whether a prompt asks for one thing, and nothing else.
fn asks_for(prompt: &str, name: &str) -> bool {
    let Some(asked) = fact::asked_for(prompt).map(term::key) else { return false };
    let name = term::key(name);
    ["", "a", "an", "the"].iter().any(|article| asked.strip_prefix(article) == Some(&name))
}

/// Whether a question is about one thing, and not about it and another.
pub(super) fn asks_of(question: &str, name: &str) -> bool {
    const FEW: usize = 3; // words
    const OTHERS: [&str; 10] =
        [" and ", " or ", "differen", "compare", "와 ", "과 ", "차이", "違い", "개선한 ", "改善した"];
    // `Ropes, anchors: explain`
    let lists = question.split_once(", ").is_some_and(|(one, _)| {
        !["If ", "When ", "In ", "On ", "At "].iter().any(|word| one.starts_with(word))
            && one.split_whitespace().nth(FEW).is_none()
    });
    !lists && !OTHERS.iter().any(|word| question.contains(word)) && term::key(question).contains(&term::key(name))
}

/// Whether one name is in Latin letters and the other, of as many words, in others: what a sentence right under a heading
/// begins with is its name in the language of the note. A short form is no word of as many words.
fn is_translated(heading: &str, name: &str) -> bool {
    let latin = |text: &str| text.is_ascii() && text.contains(|c: char| c.is_ascii_lowercase());
    let foreign = |text: &str| text.chars().all(|c| !c.is_ascii_alphanumeric());
    let words = |text: &str| text.split_whitespace().count();
    latin(heading) && foreign(name) && words(heading) == words(name)
}

/// Whether two names are of one thing: the same, or of one length and one last word (`Acme X`, `AC X`).
fn is_same_name(name: &str, other: &str) -> bool {
    let one = |word: &str| {
        let key = term::key(word);
        key.strip_suffix('s').filter(|one| one.len() > 3).map(str::to_owned).unwrap_or(key)
    };
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(one).collect() };
    let (a, b) = (words(name), words(other));
    a.concat() == b.concat() || (a.len() == b.len() && a.len() <= 3 && a.last() == b.last())
}
