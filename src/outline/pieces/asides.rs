//! Lines, and ends of lines, that hold nothing to learn whatever stands around them.

use super::{Aside, Text};
use crate::letter::is_letter;

/// A line without the `<br>`s at its end.
pub(super) fn without_breaks(line: &str) -> &str {
    let ends = ["<br>", "<br/>", "<br />", "</br>", "<BR>"];
    let mut line = line.trim_end();
    while let Some(rest) = ends.iter().find_map(|end| line.strip_suffix(end)) {
        line = rest.trim_end();
    }
    line
}

/// The lines of a note that begins most of them with a `<br>`, without it.
pub(super) fn without_leading_breaks(mut lines: Vec<&str>) -> Vec<&str> {
    const SEVERAL: usize = 3;
    let behind = |line: &str| {
        let rest = ["<br>", "<br/>", "<br />"].iter().find_map(|mark| line.trim_start().strip_prefix(mark))?;
        (!rest.trim().is_empty()).then_some(line.len() - rest.len())
    };
    let begun = lines.iter().filter(|line| behind(line).is_some()).count();
    if begun >= SEVERAL && 2 * begun >= lines.iter().filter(|line| !line.trim().is_empty()).count() {
        for line in &mut lines {
            *line = &line[behind(line).unwrap_or(0)..];
        }
    }
    lines
}

/// Whether a line is nothing but tags: `#ship #hull`. One alone may be a heading without its space.
fn is_tags(line: &str) -> bool {
    // `**Tags:** #ship`
    let named = line.trim_start_matches(['*', '_', ' ']);
    let named = ["Tags", "tags", "Tag", "태그", "タグ", "标签"].iter().find_map(|name| named.strip_prefix(name));
    let label = named.map(|rest| rest.trim_start_matches(['*', '_', ' ', ':', '：']));
    let all = |tags: &str| !tags.is_empty() && tags.split_whitespace().all(is_tag);
    label.is_some_and(all) || line.starts_with('#') && line.split_whitespace().count() >= 2 && all(line)
}

/// Whether a line is a tag, and nothing but empty lines stands between it and a heading with `#`s and a space.
pub(super) fn tags_heading(line: &str, above: &[&str]) -> bool {
    let last = || above.iter().rev().find(|line| !line.trim().is_empty());
    let is_heading = |line: &&str| line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    is_tag(line) && last().is_some_and(is_heading)
}

/// `#word`.
fn is_tag(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|tag| tag.starts_with(is_letter)) && !text.contains(char::is_whitespace)
}

/// `p.7`, `P72`, `pp. 72-75` alone: where a book says it. `P1` may be a name.
pub(super) fn is_page(line: &str) -> bool {
    let rest = line.strip_prefix(['p', 'P']).map(|rest| rest.strip_prefix('p').unwrap_or(rest));
    let number = rest.map(|rest| rest.trim_start_matches(['.', ' ']));
    number.is_some_and(|number| {
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        (digits >= 2 || digits == 1 && line.contains('.'))
            && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'~' | b',' | b' '))
    })
}

/// A name without the tags behind it that outliners and flashcards go by: `**Halyard** #rope`, `What is a spar? #card`. A `#word`
/// behind anything else may be what is said.
pub(super) fn without_outliners_tags(text: &str) -> &str {
    const TAGS: [&str; 8] =
        ["card", "flashcard", "flashcards", "definition", "formula", "concept", "question", "important"];
    fn without_last(text: &str) -> Option<(&str, &str)> {
        let (before, last) = text.rsplit_once(' ')?;
        let tag = last.strip_prefix('#').filter(|tag| tag.starts_with(is_letter))?;
        Some((before.trim_end(), tag))
    }
    let mut bare = text.trim_end();
    while let Some((before, _)) = without_last(bare) {
        bare = before;
    }
    if ["**", "__", "]]", "?", "？"].iter().any(|end| bare.ends_with(end)) {
        return bare;
    }
    let mut rest = text.trim_end();
    while let Some((before, _)) = without_last(rest).filter(|(_, tag)| TAGS.contains(&tag.to_lowercase().as_str())) {
        rest = before;
    }
    rest
}

/// Whether a line begins a block of an outliner's that is set off (`#+BEGIN_NOTE`).
pub(super) fn begins_block(line: &str) -> bool {
    line.get(..BEGIN.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(BEGIN))
}

const BEGIN: &str = "#+begin_";

/// Whether a line begins or ends such a block, or is a picture or search that the outliner puts there (`{{renderer …}}`).
fn is_outliners(line: &str) -> bool {
    const MACROS: [&str; 4] = ["{{renderer ", "{{embed ", "{{query ", "{{video "];
    let ends = |end: &str| end.eq_ignore_ascii_case("#+end_");
    begins_block(line)
        || line.get(..6).is_some_and(ends)
        || line.ends_with("}}") && MACROS.iter().any(|name| line.starts_with(name))
}

/// What an outliner writes down about the block above: `id:: …`, `collapsed:: true`.
fn is_property(line: &str) -> bool {
    const NAMES: [&str; 7] = ["id", "collapsed", "created-at", "updated-at", "background-color", "ls-type", "hl-page"];
    let named = line.split_once(":: ").map(|(name, _)| name);
    named.is_some_and(|name| NAMES.contains(&name) || name.starts_with("card-") || name.starts_with("logseq."))
}

/// Lines that hold nothing to learn, whatever stands around them.
pub(super) fn aside_line(line: &str) -> Option<Aside> {
    if is_tags(line) || line.contains(":: ") && is_property(line) || is_outliners(line) {
        return Some(Aside::Markup);
    }
    const AROUND: [char; 8] = ['<', '>', '(', ')', '-', '*', ' ', '~'];
    if !line.starts_with(['[', '!', 'h', 'w']) && !line.starts_with(AROUND) {
        return None;
    }
    let bare = line.trim_matches(AROUND);
    let links_itself = (line.starts_with("[http://") || line.starts_with("[https://"))
        && line.ends_with(')')
        && line.matches("](").count() == 1
        && !line.contains(' ');
    // `[name]: /where "title"`, which a link elsewhere goes by
    let names_link = line.starts_with('[')
        && line.split_once("]: ").is_some_and(|(_, to)| {
            let (to, title) = to.trim_start().split_once(' ').unwrap_or((to.trim_start(), ""));
            let to = to.trim_start_matches(['<', '(']);
            ["http://", "https://", "/", "./", "../", "#", "mailto:"].iter().any(|start| to.starts_with(start))
                && (title.is_empty() || title.trim_start().starts_with(['"', '\'', '(']))
        });
    if links_itself || names_link {
        return Some(Aside::Link);
    }
    let is_url = ["http://", "https://", "www."].iter().any(|start| bare.starts_with(start)) && !line.contains("](");
    if is_url
        && bare.split_whitespace().count() <= 8
        && !bare.contains(" : ")
        && bare.split_whitespace().skip(1).all(|word| word.is_ascii())
    {
        return Some(Aside::Link);
    }
    let image = line.starts_with("![") || line.starts_with("[![") || line.starts_with("<img");
    if image && Text::parse(line, 0).plain.trim().is_empty() {
        return Some(Aside::Image);
    }
    None
}
