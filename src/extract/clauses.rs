//! Sentences that say something of several subjects, clause by clause.

use std::ops::Range;

use super::{Candidate, Finder};
use crate::outline::inline::Text;
use crate::outline::sentence;
use crate::rule::Possible;

impl Finder<'_> {
    /// A sentence that says two things is two, if rules know both halves. `before`: the sentence before it in its block.
    pub(super) fn whole_or_halves(
        &self,
        index: usize,
        whole: &Text,
        before: Option<&Text>,
        possible: &Possible<'_>,
    ) -> Vec<Candidate> {
        let Some((first, second)) = sentence::halves(&whole.plain) else {
            return self.sentence(index, whole, before, possible).into_iter().collect();
        };
        if let Some(all) = self.clauses(index, whole, before, possible) {
            return all;
        }
        let (first, second) = (whole.part(first), whole.part(second));
        let said_first = self.sentence(index, &first, before, &possible.part(&first));
        let said_second = self.sentence(index, &second, Some(&first), &possible.part(&second));
        match (said_first, said_second) {
            (Some(mut first), Some(second)) => {
                first.content.close_sentence();
                vec![first, second]
            }
            (first, _) => self.sentence(index, whole, before, possible).or(first).into_iter().collect(),
        }
    }

    /// What each clause says of its own subject (`X is …, Y is …, and Z is …`), if a sentence has three or more and all do.
    fn clauses(
        &self,
        index: usize,
        whole: &Text,
        before: Option<&Text>,
        possible: &Possible<'_>,
    ) -> Option<Vec<Candidate>> {
        const MOST: usize = 6;
        let (mut clauses, mut from) = (Vec::new(), 0);
        while let Some((first, rest)) = sentence::halves(&whole.plain[from..]) {
            if clauses.len() == MOST {
                return None;
            }
            clauses.push(from + first.start..from + first.end);
            from += rest.start;
        }
        clauses.push(from..whole.plain.len());
        if clauses.len() < 3 {
            return None;
        }
        let said = |clause: Range<usize>| {
            let part = whole.part(clause);
            self.sentence(index, &part, before, &possible.part(&part))
        };
        let mut all = clauses.into_iter().map(said).collect::<Option<Vec<_>>>()?;
        let last = all.len() - 1;
        all[..last].iter_mut().for_each(|one| one.content.close_sentence());
        Some(all)
    }
}
