//! What a prompt or a heading asks for, as a name: `Describe X`, `X이란 무엇인가`, `Type: X`.

use crate::extract::term;
use crate::outline::{Outline, sentence};

/// What a prompt asks for: `X에 대해 설명하시오`, `X이란 무엇인가`, `What is X`.
pub(in crate::extract) fn asked_for(prompt: &str) -> Option<&str> {
    const ASKS: [&str; 7] = ["설명", "서술", "기술하", "말씀", "말해", "논하", "소개"];
    const VERBS: [&str; 8] =
        ["what is ", "what are ", "describe ", "explain ", "define ", "discuss ", "outline ", "identify "];
    let before = |marks: &[&str]| marks.iter().find_map(|mark| prompt.split_once(mark));
    let about = before(&["에 대해", "에 대하여"]).filter(|(_, rest)| ASKS.iter().any(|ask| rest.contains(ask)));
    let object = || {
        before(&["을 설명", "를 설명", "을 말해", "를 말해", "을 서술", "를 서술"])
            .filter(|(_, rest)| sentence::asks(rest))
    };
    let what = || {
        before(&["이란 무엇", "란 무엇", "에는 무엇", "은 무엇", "는 무엇"])
            .map(|(name, rest)| (last_clause(name), rest))
    };
    let behind = |verb: &&str| {
        let (asks, name) = prompt.split_at_checked(verb.len())?;
        asks.eq_ignore_ascii_case(verb).then_some(name)
    };
    let name =
        about.or_else(object).or_else(what).map(|(name, _)| name).or_else(|| VERBS.iter().find_map(behind))?.trim();
    (!name.is_empty()).then_some(name)
}

/// What stands behind the clauses that lead up to a question: `X라고 했는데, Y`.
fn last_clause(asked: &str) -> &str {
    const ENDS: [&str; 7] = ["데", "지만", "면", "고", "서", "니", "니까"];
    asked
        .rsplit_once(", ")
        .filter(|(lead, _)| ENDS.iter().any(|end| lead.ends_with(end)))
        .map_or(asked, |(_, last)| last)
}

/// What a label before a name may say the thing is; any other label is what the heading is about (`Rigs: Costs`).
const KINDS: [&str; 25] = [
    "important",
    "service",
    "type",
    "kind",
    "method",
    "model",
    "tool",
    "command",
    "concept",
    "term",
    "topic",
    "pattern",
    "algorithm",
    "step",
    "phase",
    "layer",
    "category",
    "theory",
    "서비스",
    "종류",
    "유형",
    "개념",
    "용어",
    "이론",
    "用語",
];

/// `Type: Sloop`, `Describe the purpose of a sloop` as a heading: what stands behind the label, or what the verb asks for, names
/// it.
pub(super) fn behind_kind(outline: &Outline, index: usize) -> Option<String> {
    if !outline.is_heading(index) {
        return None;
    }
    if let Some(objective) = objective(&outline.block(index).text.plain) {
        return Some(objective);
    }
    let (label, name) = outline.block(index).text.plain.split_once(": ")?;
    let is_kind = KINDS.iter().any(|kind| label.trim().eq_ignore_ascii_case(kind));
    is_kind.then(|| term::of_plain(name).name).filter(|name| !name.is_empty())
}

/// What a line of a syllabus asks to know: `Describe the concept of X, including Y`.
fn objective(heading: &str) -> Option<String> {
    const VERBS: [&str; 7] =
        ["Describe ", "Explain ", "Define ", "Discuss ", "Summarize ", "Summarise ", "Understand "];
    const LEADS: [&str; 6] =
        ["the concept of ", "the concepts of ", "the purpose of ", "the idea of ", "the meaning of ", "the term "];
    const LONGEST: usize = 60; // characters
    let asked = VERBS.iter().find_map(|verb| heading.strip_prefix(verb))?;
    let asked = LEADS.iter().find_map(|lead| asked.strip_prefix(lead)).unwrap_or(asked);
    let asked =
        [", including ", ", such as "].iter().find_map(|more| asked.split_once(more)).map_or(asked, |(name, _)| name);
    let asks_how = ["how ", "why ", "when ", "where ", "what ", "which "].iter().any(|word| asked.starts_with(word));
    let name = term::of_plain(asked).name;
    let short = !name.is_empty() && name.chars().nth(LONGEST).is_none() && !sentence::ends_sentence(asked);
    (short && !asks_how).then_some(name)
}
