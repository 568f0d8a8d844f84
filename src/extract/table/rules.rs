//! Which rule reads a table, and what it makes of it.

use super::{compared, holds_marks, holds_values_by_row, names, read};
use crate::deck::{Content, FactKind, Kind};
use crate::extract::{Candidate, Finder, comparison, fact, term};
use crate::outline::labels::is_glossed_name;
use crate::outline::{BlockKind, Outline, ROOT, Table};
use crate::rule::{Layout, Rule, Target};

impl Finder<'_> {
    pub(in crate::extract) fn table(&mut self, index: usize, table: &Table) {
        for row in table.head.iter().chain(&table.rows) {
            for cell in &row.cells {
                self.expansions(index, cell, &self.rules.possible(&cell.plain, false), false);
            }
        }
        if self.cells(index, table) {
            return;
        }
        let mut defines = false;
        if let Some(found) = comparison::of_names(self.outline, self.rules, index, table) {
            self.found.push(found);
            // with one attribute it is also what each of them is
            if table.head.as_ref().is_none_or(|head| head.cells.len() != 2) {
                return;
            }
            defines = true;
        }
        let head = super::head_text(table);
        let heading = heading_of(self.outline, index);
        let heading = heading.map_or("", |heading| self.outline.block(heading).text.plain.as_str());
        let heads = Heads { row: &head, above: heading };
        let rules = self.rules;
        for rule in &rules.rules {
            if defines && rule.form.emits == Kind::Comparison || !self.fits_table(rule, table, &heads) {
                continue;
            }
            let found = read(index, table, rule, self.layout(rule, table, heading));
            if rule.form.besides {
                self.found.extend(found);
            } else if !found.is_empty() {
                if rule.form.layout == Some(Layout::Glossary) {
                    self.names_in(index, table, &heads);
                }
                self.found.extend(found);
                return;
            }
        }
        self.names_in(index, table, &heads);
    }

    /// Whether a rule looks at a table such as this, under such a heading.
    fn fits_table(&self, rule: &Rule, table: &Table, heads: &Heads<'_>) -> bool {
        let under = || {
            rule.fits_under(heads.above)
                || super::heads_are_rivals(rule, table)
                || rule.form.layout == Some(Layout::SideBySide) && self.columns_speak(table)
                || rule.form.layout == Some(Layout::SideBySide)
                    && comparison::heads_are_subjects(self.rules, heads.above, table)
        };
        let columns = table.head.as_ref().map_or(0, |head| head.cells.len());
        rule.looks_at(Target::Table)
            && under()
            && (rule.form.layout != Some(Layout::SideBySide) || columns <= 2 || self.first_column_speaks(table))
            && rule.pattern.is_match(heads.row)
            && (!rule.form.marks || holds_marks(table))
            && (!rule.form.values || holds_values_by_row(table))
            && (!rule.form.kin || compared::heads_are_kin(table))
            && !rule.rejects(heads.row, "", "")
    }

    /// The names in a table as a list: of the label right over it, of what its head calls them, or of what the heading asks
    /// for.
    fn names_in(&mut self, index: usize, table: &Table, heads: &Heads<'_>) {
        let outline = self.outline;
        let parent = outline.block(index).parent;
        // a label is of the first table under it
        let is_table = |child: &&usize| matches!(outline.block(**child).kind, BlockKind::Table(_));
        let is_label = !outline.is_heading(parent)
            && outline.children(parent).iter().find(is_table) == Some(&index)
            && matches!(outline.block(parent).kind, BlockKind::Item { .. } | BlockKind::Line)
            && is_glossed_name(&outline.block(parent).text);
        let mut rules = self.rules.rules.iter().filter(|rule| rule.form.layout == Some(Layout::Names));
        let fits = |rule: &&Rule| {
            let named = || names_column(heads.above, table) && !self.lists_heading_of(index);
            let asked = is_label || rule.fits_under(heads.above) || named();
            rule.pattern.is_match(heads.row) && asked
        };
        let Some(rule) = rules.find(fits) else { return };
        let called = rule.pattern.captures(heads.row);
        let called = called.as_ref().and_then(|captures| captures.get("term"));
        let name = match called {
            Some(called) => fact::in_context(outline, self.rules, index, called.trim().to_owned()),
            None if is_label => {
                let text = &outline.block(parent).text;
                fact::in_context(outline, self.rules, parent, term::clean(text, 0..text.plain.len()).name)
            }
            None => {
                let above = heading_of(outline, index).unwrap_or_default();
                fact::in_context(outline, self.rules, above, term::of_plain(heads.above).name)
            }
        };
        self.found.extend(names(index, table, rule, name));
    }

    /// Whether the heading over a table has a list already.
    fn lists_heading_of(&self, index: usize) -> bool {
        let Some(heading) = heading_of(self.outline, index) else { return false };
        let is_list = |made: &Candidate| matches!(made.content, Content::Fact { kind: FactKind::Points, .. });
        // what was found stands in the order of its blocks
        let first = self.found.partition_point(|made| made.block < heading);
        self.found[first..].iter().take_while(|made| made.block == heading).any(is_list)
    }
}

/// Whether a heading ends as the first column of the table under it is called, and says of what: `Ship ropes` over
/// `| Rope | … |`.
fn names_column(heading: &str, table: &Table) -> bool {
    let first = table.head.as_ref().and_then(|head| head.cells.first());
    let first = first.map(|cell| term::key(&cell.plain)).unwrap_or_default();
    // `파일명`, `port name`: what the names are of
    let first = ["이름", "명", "name", "名"].iter().find_map(|name| first.strip_suffix(name)).unwrap_or(&first);
    let heading = term::key(&term::of_plain(heading).name);
    let of_what = heading.trim_end_matches('s').strip_suffix(first.trim_end_matches('s'));
    first.chars().nth(1).is_some() && of_what.is_some_and(|what| !what.is_empty())
}

/// The heading that a table stands under, or the name of the fold or box it is in.
fn heading_of(outline: &Outline, index: usize) -> Option<usize> {
    let above = |at: &usize| Some(outline.block(*at).parent).filter(|parent| *parent != ROOT);
    let names = |at: &usize| {
        outline.is_heading(*at)
            || matches!(outline.block(*at).kind, BlockKind::Fold) && !outline.block(*at).text.is_empty()
    };
    std::iter::successors(above(&index), above).find(names)
}

/// The heads of a table.
struct Heads<'a> {
    /// Its own, as patterns see them.
    row: &'a str,
    /// The heading above it.
    above: &'a str,
}
