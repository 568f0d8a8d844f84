//! Code with its comments, strings, keywords and names set off, in the languages that syntect knows.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::escape;

/// Longer code (bytes) is left plain: a card shows a few lines, and the grammars are slow.
const MAX_CODE: usize = 16 << 10;

/// What is set off: the class of its `<span>`, and the scopes that are it. The first that fits wins.
const CLASSES: [(&str, &[&str]); 5] = [
    ("hc", &["comment"]),
    ("hs", &["string", "constant.character"]),
    ("hn", &["constant"]),
    ("hk", &["keyword.control", "keyword.declaration", "keyword.other", "keyword.operator.word", "storage"]),
    ("hf", &["entity.name", "support.function", "variable.function"]),
];

struct Grammars {
    syntaxes: SyntaxSet,
    /// Those of [`CLASSES`].
    scopes: Vec<(&'static str, Vec<Scope>)>,
}

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars {
    syntaxes: SyntaxSet::load_defaults_newlines(),
    scopes: CLASSES
        .iter()
        .map(|(class, names)| (*class, names.iter().filter_map(|name| Scope::new(name).ok()).collect()))
        .collect(),
});

/// HTML of code in a language as a fence names it (`rust`, `py`, `sh`); plain where the language is unknown.
pub(super) fn highlighted(language: &str, text: &str) -> String {
    let name = language.split([' ', ',', '{', ':']).next().unwrap_or_default();
    if name.is_empty() || text.len() > MAX_CODE {
        return escape(text);
    }
    let grammars = &*GRAMMARS;
    let Some(syntax) = grammars.syntaxes.find_syntax_by_token(name) else { return escape(text) };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = Spans::default();
    for line in text.split_inclusive('\n') {
        let whole = if line.ends_with('\n') { line.to_owned() } else { format!("{line}\n") };
        let Ok(changes) = state.parse_line(&whole, &grammars.syntaxes) else { return escape(text) };
        let mut at = 0;
        for (place, change) in changes {
            let place = place.min(line.len());
            out.push(line.get(at..place).unwrap_or_default(), grammars.class(&stack));
            at = place;
            if stack.apply(&change).is_err() {
                return escape(text);
            }
        }
        out.push(line.get(at..).unwrap_or_default(), grammars.class(&stack));
    }
    out.close();
    out.html
}

impl Grammars {
    /// What the innermost scope that is set off is set off as.
    fn class(&self, stack: &ScopeStack) -> &'static str {
        let of = |scope: &Scope| {
            self.scopes
                .iter()
                .find(|(_, scopes)| scopes.iter().any(|one| one.is_prefix_of(*scope)))
                .map(|(class, _)| *class)
        };
        stack.as_slice().iter().rev().find_map(of).unwrap_or_default()
    }
}

/// HTML in which neighbours of one class share a span.
#[derive(Default)]
struct Spans {
    html: String,
    class: &'static str,
}

impl Spans {
    fn push(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if !class.is_empty() {
                self.html.push_str(&format!("<span class=\"{class}\">"));
            }
            self.class = class;
        }
        self.html.push_str(&escape(text));
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
            self.class = "";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_set_off_and_stays_the_same_text() {
        let shown = highlighted("python", "def f(n):  # <why>\n    return \"a\" * n");
        assert!(shown.contains("<span class=\"hc\"># &lt;why&gt;"), "{shown}");
        assert!(shown.contains("<span class=\"hk\">return ") && shown.contains("class=\"hs\""), "{shown}");
        let mut text = String::new();
        let mut rest = shown.as_str();
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            rest = after.split_once('>').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        assert_eq!(text, escape("def f(n):  # <why>\n    return \"a\" * n"));
    }

    #[test]
    fn an_unknown_language_is_plain() {
        assert_eq!(highlighted("nonsense", "a < b"), "a &lt; b");
        assert_eq!(highlighted("", "def f"), "def f");
    }
}
