//! Lines that go on with the line above them.

use super::super::labels::behind_answer_mark;
use super::super::lines::{self, Marker};
use super::super::sentence;
use super::{PieceKind, Reader};

impl Reader<'_> {
    /// Whether the line goes on with the sentence that the line above broke off for want of room.
    pub(super) fn continues_above(&self, indent: usize, line: &str) -> bool {
        let Some(above) = self.out.pieces.last() else { return false };
        if self.quoted && !above.quoted {
            return false; // a quote begins something of its own
        }
        let Some(raw) = self.at.checked_sub(1).and_then(|at| self.lines.get(at)) else { return false };
        let ended = raw.trim().trim_end_matches('\\').trim_end();
        // each a box of its own
        let is_span = |line: &str| line.starts_with("<span") && line.ends_with("</span>");
        if is_span(ended) && is_span(line) {
            return false;
        }
        let under_item = match above.kind {
            PieceKind::Item { .. } => true,
            PieceKind::Line => false,
            _ => return false,
        };
        // bold that the line above opens and this one closes
        let open = |line: &str| line.matches("**").count() % 2 == 1;
        if indent >= above.indent && ended.contains("**") && open(ended) && open(line) && !line.starts_with("**") {
            return true;
        }
        let breaks = (raw.ends_with("  ") || raw.ends_with('\\')) && !sentence::hangs(ended);
        // a first line may stand deeper than the rest of its paragraph, which then begins at the margin
        let dedents = indent > 0 && indent < above.indent;
        if breaks || (!under_item && (indent > above.indent + 1 || dedents)) {
            return false;
        }
        let item = lines::marker(ended).filter(|_| under_item).map(|(_, item)| item);
        if item.is_some_and(|item| sentence::breaks_off(item, line)) {
            return true;
        }
        behind_answer_mark(line, false).is_none()
            && sentence::goes_on(ended, line)
            && !self.labels_list(ended, line)
            && !begins_small_too(item.unwrap_or(ended), line)
    }

    /// Whether a short line that begins with a capital, or ends with a colon behind one that is not full, stands right
    /// over items, behind a line that could end there.
    fn labels_list(&self, above: &str, line: &str) -> bool {
        const MAX_LABEL: usize = 40; // columns
        let below = self.lines.get(self.at + 1).map_or("", |below| lines::indentation(below).1);
        let ends_another = line.starts_with(|c: char| c.is_ascii_lowercase()) && line.contains(". ");
        let colon = line.ends_with(':') && lines::width(above) < sentence::WRAPPED_WIDTH && !ends_another;
        // `4 kinds of rope:`
        let counts = line.ends_with(':') && line.starts_with(|c: char| c.is_ascii_digit());
        let bare = line.trim_start_matches("<code>").trim_start_matches(['*', '`', '=']);
        (colon || counts || bare.starts_with(|c: char| c.is_ascii_uppercase()))
            && lines::width(line) <= MAX_LABEL
            && (lines::marker(below).is_some_and(|(marker, _)| marker != Marker::Arrow))
            && !sentence::ends_sentence(line)
            && !(sentence::leads_on(above) || sentence::hangs(above))
    }
}

/// Whether a line begins small only as the one above it does, which had room for its words: its writer has no capitals.
fn begins_small_too(above: &str, line: &str) -> bool {
    const FULL: usize = 48; // columns
    let small = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    small(above)
        && small(line)
        && lines::width(above) < FULL
        && !(sentence::leads_on(above) || sentence::hangs(above) || above.ends_with(['(', '/', '&']))
}
