//! Shows diagnostics and errors: for people with a caret under the place, on one line each, or as JSON.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level as Shown, Renderer, Snippet};
use serde_json::json;

use crate::diagnostic::{Diagnostic, Excerpt, Level, Place};
use crate::error::Error;

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum MessageFormat {
    /// `path:line:col: level[code]: message`, the line with a caret, a hint
    #[default]
    Human,
    /// The first line only
    Short,
    /// One JSON object a line
    Json,
}

/// One diagnostic, with a line break at its end. `colour` is for [`MessageFormat::Human`].
pub fn diagnostic(diagnostic: &Diagnostic, format: MessageFormat, colour: bool) -> String {
    match format {
        MessageFormat::Json => format!("{}\n", as_json(diagnostic)),
        MessageFormat::Short => format!("{}\n", first_line(diagnostic, false)),
        MessageFormat::Human => {
            let mut out = first_line(diagnostic, colour);
            out.push('\n');
            if let Some(place) = &diagnostic.place
                && let Some(excerpt) = &place.excerpt
            {
                out.push_str(&caret(place, excerpt, colour));
            }
            if let Some(hint) = &diagnostic.hint {
                let _ = writeln!(out, "  {}hint:{} {hint}", paint(colour, "36"), paint(colour, "0"));
            }
            out
        }
    }
}

/// An error of the environment.
pub fn error(error: &Error, format: MessageFormat, colour: bool) -> String {
    if format == MessageFormat::Json {
        return format!(
            "{}\n",
            json!({"type": "error", "message": error.message, "cause": error.cause, "hint": error.hint})
        );
    }
    let mut out = format!("{}error:{} {error}\n", paint(colour, "1;31"), paint(colour, "0"));
    if let Some(hint) = &error.hint
        && format == MessageFormat::Human
    {
        let _ = writeln!(out, "  {}hint:{} {hint}", paint(colour, "36"), paint(colour, "0"));
    }
    out
}

fn first_line(diagnostic: &Diagnostic, colour: bool) -> String {
    let mut out = String::new();
    if let Some(place) = &diagnostic.place {
        out.push_str(&place.path);
        for number in [place.line, place.column] {
            if number > 0 {
                let _ = write!(out, ":{number}");
            }
        }
        out.push_str(": ");
    }
    let (name, code) = match diagnostic.level {
        Level::Error => ("error", "1;31"),
        Level::Warning => ("warning", "1;33"),
        Level::Note => ("note", "1;34"),
    };
    let _ =
        write!(out, "{}{name}[{}]{}: {}", paint(colour, code), diagnostic.code, paint(colour, "0"), diagnostic.message);
    out
}

fn paint(colour: bool, code: &str) -> String {
    if colour { format!("\u{1b}[{code}m") } else { String::new() }
}

/// The line and, under it, the caret; annotate-snippets knows how wide Hangul is.
fn caret(place: &Place, excerpt: &Excerpt, colour: bool) -> String {
    let level = Shown::ERROR.no_name();
    let snippet = Snippet::source(excerpt.text.as_str())
        .line_start(place.line.max(1))
        .annotation(AnnotationKind::Primary.span(excerpt.marked.clone()));
    let report = [annotate_snippets::Group::with_level(level).element(snippet)];
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = renderer.render(&report).to_string();
    out.push('\n');
    out
}

/// `{"type": "diagnostic", "level", "code", "message", "path", "line", "column", "hint"}`; what is unknown is null.
fn as_json(diagnostic: &Diagnostic) -> serde_json::Value {
    let place = diagnostic.place.as_ref();
    let number = |number: usize| (number > 0).then_some(number);
    json!({
        "type": "diagnostic",
        "level": diagnostic.level,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": place.map(|place| &place.path),
        "line": place.and_then(|place| number(place.line)),
        "column": place.and_then(|place| number(place.column)),
        "hint": diagnostic.hint,
    })
}
