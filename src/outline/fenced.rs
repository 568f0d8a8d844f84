//! Whether what stands between code fences is prose that somebody boxed in, or draws a picture.

use crate::letter::is_letter;

/// Whether what stands between code fences is prose: no language of programs, letters rather than signs.
pub(super) fn is_prose(language: &str, body: &[&str]) -> bool {
    let language = language.to_ascii_lowercase();
    let is_yaml = matches!(language.as_str(), "yaml" | "yml");
    let is_text = matches!(language.as_str(), "" | "text" | "txt" | "plain" | "plaintext" | "markdown" | "md");
    if body.is_empty() {
        return false;
    }
    if !(is_text || is_yaml) {
        return !draws(&language) && says_sentences(body);
    }
    let text = body.join("\n");
    let signs = text
        .chars()
        .filter(|c| {
            matches!(c, '{' | '}' | ';' | '$' | '<' | '>' | '=' | '\\' | '_' | '|' | '+' | '┌' | '│' | '─' | '└')
        })
        .count();
    let letters = text.chars().filter(|c| is_letter(*c)).count();
    let words = text.split_whitespace().count();
    let native = text.chars().filter(|c| is_letter(*c) && !c.is_ascii()).count();
    let prose = native * 4 > letters || words > 6 * body.len() || body.iter().filter(|line| asks(line)).count() >= 2;
    // settings are in ASCII; lists in one's own language are boxed in as YAML for their colours
    let lists = !is_yaml || native * 3 > letters;
    let least = if matches!(language.as_str(), "markdown" | "md") { 8 } else { 20 };
    let of_words = letters > least && signs * 25 < letters && prose && lists;
    of_words || !is_yaml && in_own_language(body)
}

/// Whether what is marked as a program (for its colours) is none: sentences, or lines in a language that none is written in.
fn says_sentences(body: &[&str]) -> bool {
    const WORDS: usize = 5;
    let lines: Vec<&str> = body.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let is_sentence = |line: &&&str| {
        // `1. …`, but no line of a log, which begins with its date
        let bare = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' ']);
        bare.starts_with(char::is_uppercase) && line.split_whitespace().nth(WORDS).is_some()
    };
    let of_program = |line: &&str| {
        let ends = line.ends_with([')', '>', '|', ',']) && !line.contains(' ');
        let signs = ["//", "/*", "= ", "()", "();", "->", "::", "#", "$", "\\"];
        ends || line.ends_with([';', '{', '}']) || signs.iter().any(|sign| line.contains(sign))
    };
    let sentences = lines.iter().filter(is_sentence).count();
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    let long = 3 * sentences >= 2 * lines.len() || sentences > 0 && words > 8 * lines.len();
    let spoken = in_own_language(body) || long && lines.iter().any(|line| line.ends_with('.') && !line.ends_with(" ."));
    !lines.is_empty() && spoken && !lines.iter().any(of_program)
}

/// Whether a language is one of drawings: nobody reads what stands there but a program that makes a picture of it.
pub(super) fn draws(language: &str) -> bool {
    const DRAWINGS: [&str; 7] = ["mermaid", "plantuml", "puml", "dot", "graphviz", "d2", "excalidraw"];
    let language = language.split([' ', '{', ',']).next().unwrap_or_default();
    DRAWINGS.iter().any(|drawing| language.eq_ignore_ascii_case(drawing))
}

/// Whether a line asks something in words, as no line of a program does.
fn asks(line: &str) -> bool {
    let starts = line.starts_with(|c: char| c.is_uppercase());
    starts && line.trim_end().ends_with('?') && line.split_whitespace().count() >= 4
}

/// Whether most lines between fences are in a language that no program is written in, and next to none ends or begins
/// as one of a program does.
fn in_own_language(body: &[&str]) -> bool {
    let lines: Vec<&str> = body.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let native =
        lines.iter().filter(|line| line.chars().any(|c| is_letter(c) && !c.is_ascii() && !('À'..='ɏ').contains(&c)));
    let of_program = |line: &&&str| {
        line.ends_with([';', '{', '}', ')', '>', '|', ','])
            || line.starts_with(['{', '}', '<', '$', '@', '|', '+', '┌', '│', '└'])
            || line.contains("//")
            || line.contains("= ")
            || line.contains("();")
    };
    let programmed = lines.iter().filter(of_program).count();
    lines.len() >= 2 && native.count() * 10 >= lines.len() * 8 && programmed * 10 <= lines.len()
}
