//! Clozes: text made safe to stand in and around them, and sentences whose `{{…}}` are hidden.

use crate::markup::{Pictures, html, parse};

/// Anki makes no card for a number above this.
pub(super) const MAX_CLOZES: usize = 500;

/// Stand for the ends of what is hidden while the sentence goes through Markdown. Private-use characters: letters to a
/// Markdown reader, and taken out of the sentence first.
const OPEN: char = '\u{f8f0}';
const CLOSE: char = '\u{f8f1}';

/// HTML whose braces mean nothing to Anki: shown the same, written as character references.
pub(super) fn inert(html: &str) -> String {
    html.replace('{', "&#123;").replace('}', "&#125;")
}

/// `inner`, which is [`inert`], hidden on card `number` (1-based). Anki would take a double colon in it for a hint.
pub(super) fn cloze(number: usize, inner: &str) -> String {
    let splits = inner.contains("::") || inner.starts_with(':') || inner.ends_with(':');
    let inner = if splits { inner.replace(':', "&#58;") } else { inner.to_owned() };
    format!("{{{{c{number}::{inner}}}}}")
}

/// A sentence as HTML with clozes, and how many cards they make: `c1` to that number, in order of appearance. The same
/// words hidden twice are one card.
pub(super) fn sentence(text: &str, pictures: &Pictures) -> (String, usize) {
    let shown = inert(&html(&parse(&mark_hidden(text)), pictures));
    let mut out = String::with_capacity(shown.len());
    let mut hidden: Vec<String> = Vec::new();
    let mut rest = shown.as_str();
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((inner, after)) = after.split_once(CLOSE) else { break };
        out.push_str(&without_marks(before));
        let inner = without_marks(inner);
        out.push_str(&match number_of(&inner, &mut hidden) {
            Some(number) => cloze(number, &inner),
            None => inner,
        });
        rest = after;
    }
    out.push_str(&without_marks(rest));
    (out, hidden.len())
}

/// The number of the card that hides `inner`; none where there is nothing to hide, or more than Anki can ask.
fn number_of(inner: &str, hidden: &mut Vec<String>) -> Option<usize> {
    let words = super::html_text(inner).trim().to_lowercase();
    if words.is_empty() {
        return None;
    }
    if let Some(seen) = hidden.iter().position(|before| *before == words) {
        return Some(seen + 1);
    }
    if hidden.len() >= MAX_CLOZES {
        return None;
    }
    hidden.push(words);
    Some(hidden.len())
}

/// The sentence with `{{` and `}}` that belong together as marks. Others stay as they are.
fn mark_hidden(text: &str) -> String {
    let text = without_marks(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let Some(end) = end_of_hidden(after) else { break };
        let (inner, after) = after.split_at(end);
        out.push_str(before);
        out.push(OPEN);
        out.push_str(inner);
        out.push(CLOSE);
        rest = after.get(2..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Where the `}}` is that ends what is hidden: in `x^{2}}}` the last two braces.
fn end_of_hidden(after: &str) -> Option<usize> {
    let mut end = after.find("}}")?;
    let open = |end: usize| {
        let inner = after.get(..end).unwrap_or_default();
        inner.matches('{').count() > inner.matches('}').count()
    };
    while open(end) && after.get(end + 1..).is_some_and(|rest| rest.starts_with("}}")) {
        end += 1;
    }
    Some(end)
}

fn without_marks(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> (String, usize) {
        super::sentence(text, &Pictures::new())
    }

    #[test]
    fn what_is_hidden_is_numbered_in_order() {
        let (html, cards) = sentence("a {{b}} c {{d}} e {{B}}");
        assert_eq!(html, "<p>a {{c1::b}} c {{c2::d}} e {{c1::B}}</p>");
        assert_eq!(cards, 2);
    }

    #[test]
    fn braces_and_colons_of_the_text_stay_text() {
        let (html, cards) = sentence("{{c1::x}} std::vector }} {{y::hint}} {{ }} {{ open");
        assert_eq!(cards, 2);
        assert_eq!(
            html,
            "<p>{{c1::c1&#58;&#58;x}} std::vector &#125;&#125; {{c2::y&#58;&#58;hint}}   &#123;&#123; open</p>"
        );
        assert_eq!(sentence("no {{").1, 0);
        assert_eq!(sentence("").1, 0);
    }

    #[test]
    fn math_and_marks_can_be_hidden() {
        assert_eq!(sentence("**{{a}}**").0, "<p><strong>{{c1::a}}</strong></p>");
        assert_eq!(sentence("{{$x^{2}$}}").0, "<p>{{c1::\\(x^&#123;2&#125;\\)}}</p>");
        assert_eq!(sentence("{{f{x}}}").0, "<p>{{c1::f&#123;x&#125;}}</p>");
        assert_eq!(sentence("[a](https://x/{{b}})").1, 0);
    }

    #[test]
    fn no_more_cards_than_anki_asks() {
        let text: String = (0..600).map(|i| format!("{{{{w{i}}}}} ")).collect();
        assert_eq!(sentence(&text).1, MAX_CLOZES);
    }
}
