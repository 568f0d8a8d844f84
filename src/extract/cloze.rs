//! A sentence with emphasised words, which a cloze hides.

use super::{Candidate, Finder};
use crate::deck::Content;
use crate::outline::Outline;
use crate::outline::inline::{Style, Text};
use crate::outline::labels::behind_answer_mark;
use crate::outline::marked::Marked;
use crate::outline::sentence;
use crate::rule::{Rule, Rules, Target};

/// Fewer words beside what is hidden do not tell it.
const LEAST_SHOWN: usize = 2;

/// More emphasis than this in one sentence emphasises nothing.
const MAX_HIDDEN: usize = 3;

impl Finder<'_> {
    /// Where nothing else was found, emphasised words are hidden.
    pub(super) fn clozes(&mut self, index: usize, target: Target, marked: Option<&Marked>) {
        let Some(marked) = marked else { return };
        for rule in self.rules.clozes(target) {
            if rule.pattern.is_match(&marked.text)
                && let Some(candidate) = hide(self.outline, self.rules, index, rule)
            {
                self.found.push(candidate);
                return;
            }
        }
    }
}

fn hide(outline: &Outline, rules: &Rules, index: usize, rule: &Rule) -> Option<Candidate> {
    let text = &outline.block(index).text;
    let emphasised = |style: &Style| (style.strong || style.mark) && !style.code && style.link.is_none();
    for range in sentence::sentences(&text.plain) {
        let one = text.part(range);
        let hidden: Vec<_> =
            one.styled().filter(|(_, style)| emphasised(style)).map(|(range, _)| range.clone()).collect();
        // `**e.g.** …` marks no word to know
        let is_mark = |range: &std::ops::Range<usize>| {
            let mark = one.plain[range.clone()].trim_end_matches(['.', ':', ' ']);
            let labels = range.start == 0 && one.plain[..range.end].ends_with([':', '：']);
            labels || rules.is_example(mark) || behind_answer_mark(&one.plain[range.start..], false).is_some()
        };
        let shown = one.plain.split_whitespace().count();
        let shown =
            shown.saturating_sub(hidden.iter().map(|range| one.plain[range.clone()].split_whitespace().count()).sum());
        let letters = hidden.iter().map(|range| range.len()).sum::<usize>();
        if hidden.is_empty()
            || shown < LEAST_SHOWN && one.plain.contains(' ')
            || hidden.iter().any(is_mark)
            || hidden.len() > MAX_HIDDEN
            || letters * 2 > one.plain.len()
        {
            continue;
        }
        if rule.rejects(&one.plain, "", "") || one.plain.contains("{{") || one.plain.contains("}}") {
            continue;
        }
        let lines: Vec<usize> = one.all_lines().collect();
        let content = Content::Cloze { text: with_gaps(&one, &hidden) };
        return Some(Candidate { content, rule: rule.form.id.clone(), block: index, term_lines: Vec::new(), lines });
    }
    None
}

fn with_gaps(text: &Text, hidden: &[std::ops::Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for range in hidden {
        let inner = text.plain[range.clone()].trim();
        let start = range.start + text.plain[range.clone()].find(inner).unwrap_or(0);
        push_between(text, at..start, &mut out);
        out.push_str("{{");
        out.push_str(inner);
        out.push_str("}}");
        at = start + inner.len();
    }
    push_between(text, at..text.plain.len(), &mut out);
    out
}

/// Markdown between two gaps, its white space kept.
fn push_between(text: &Text, range: std::ops::Range<usize>, out: &mut String) {
    let piece = &text.plain[range.clone()];
    if piece.starts_with(char::is_whitespace) {
        out.push(' ');
    }
    out.push_str(&text.markdown(range.clone()));
    if piece.trim_start().ends_with(char::is_whitespace) {
        out.push(' ');
    }
}
