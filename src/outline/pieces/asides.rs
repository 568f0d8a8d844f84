//! Lines, and ends of lines, that hold nothing to learn whatever stands around them.

use super::{Aside, Text};

/// A line without the `<br>`s at its end.
pub(super) fn without_breaks(line: &str) -> &str {
    let ends = ["<br>", "<br/>", "<br />", "</br>", "<BR>"];
    let mut line = line.trim_end();
    while let Some(rest) = ends.iter().find_map(|end| line.strip_suffix(end)) {
        line = rest.trim_end();
    }
    line
}

/// Lines that hold nothing to learn, whatever stands around them.
pub(super) fn aside_line(line: &str) -> Option<Aside> {
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
