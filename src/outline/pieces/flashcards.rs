//! Lines that only plug-ins for flashcards read: a `?` alone between a question and its answer.

use super::{Aside, Piece, PieceKind, Reader};

impl Reader<'_> {
    /// A `?` alone between a question and its answer, as plug-ins for flashcards read it.
    pub(super) fn parts_answer(&mut self, line: &str) -> bool {
        let parts = matches!(line, "?" | "??") && !self.blank && self.at + 1 < self.lines.len();
        let asked = parts
            && matches!(self.out.pieces.last(), Some(Piece { kind: PieceKind::Line | PieceKind::Item { .. }, .. }));
        if asked {
            self.answer_from = Some(self.at + 1);
            self.aside(Aside::Markup);
        }
        asked
    }

    /// Columns that a line stands deeper than it is typed, behind a `?` alone.
    pub(super) fn answer_deeper(&mut self) -> usize {
        const DEEPER: usize = 2;
        let goes_on = self.answer_from.is_some_and(|from| from == self.at || !self.blank);
        if !goes_on {
            self.answer_from = None;
        }
        if goes_on { DEEPER } else { 0 }
    }
}
