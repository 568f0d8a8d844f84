//! Short forms and long forms, asked both ways.

use super::{Context, Made, is_blank};
use crate::export::apkg::hidden;
use crate::export::apkg::note_type::NoteType;
use crate::markup::{Inline, escape, parse_inline, plain_inline};

impl Context<'_> {
    pub(super) fn expansion(&self, short: &str, full: &str) -> Option<Made> {
        let (short_inlines, full_inlines) = (parse_inline(short), parse_inline(full));
        let (short_html, full_html) = (self.html_inline(&short_inlines), self.html_inline(&full_inlines));
        if is_blank(&short_html) || is_blank(&full_html) {
            return None;
        }
        let (short_text, full_text) = (plain_inline(&short_inlines), plain_inline(&full_inlines));
        let initials = match full_inlines.as_slice() {
            [Inline::Text(full)] => mark_initials(&short_text, full),
            _ => None,
        };
        let fields = vec![
            short_html,
            full_html.clone(),
            initials.unwrap_or(full_html),
            String::new(),
            self.path(&full_text),
            self.note.clone(),
            self.language.ask_long().to_owned(),
            self.language.ask_short().to_owned(),
            self.path(&short_text),
            self.look(&short_text),
            if self.type_in { "type".to_owned() } else { String::new() },
        ];
        Some((NoteType::Expansion, fields, vec![0, 1]))
    }
}

/// The long form with the letters set off that spell the short one: the first letters of its words, in order, a digit
/// counting how often its letter stands (`EC2`). None where they do not spell it.
fn mark_initials(short: &str, full: &str) -> Option<String> {
    let mut letters: Vec<char> = Vec::new();
    for c in short.chars() {
        match (c.to_digit(10), letters.last().copied()) {
            (Some(times @ 2..=9), Some(letter)) => letters.extend((1..times).map(|_| letter)),
            _ => letters.extend(c.is_alphanumeric().then_some(c)),
        }
    }
    let mut out = String::new();
    let mut letters = letters.into_iter().peekable();
    let mut within = false;
    for c in full.chars() {
        let shown = hidden::inert(&escape(&c.to_string()));
        let starts = c.is_alphanumeric() && !within;
        let spelled = starts && letters.next_if(|letter| letter.to_lowercase().eq(c.to_lowercase())).is_some();
        if spelled {
            out.push_str(&format!("<b>{shown}</b>"));
        } else {
            out.push_str(&shown);
        }
        within = c.is_alphanumeric();
    }
    letters.peek().is_none().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_marked_where_they_spell_the_short_form() {
        assert_eq!(
            mark_initials("TC2", "Tidal Current Chart").as_deref(),
            Some("<b>T</b>idal <b>C</b>urrent <b>C</b>hart")
        );
        assert_eq!(
            mark_initials("VoIP", "voice over Internet Protocol").as_deref(),
            Some("<b>v</b>oice <b>o</b>ver <b>I</b>nternet <b>P</b>rotocol")
        );
        assert_eq!(mark_initials("XML", "Extensible Markup Language"), None);
    }
}
