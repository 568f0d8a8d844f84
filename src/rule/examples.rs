//! A rule's examples run as tests, alone and within the whole pack; and a rule's page, made of the same YAML.

use std::fmt::Write as _;

use super::{Rule, Rules};
use crate::deck::Content;
use crate::diagnostic::Diagnostic;
use crate::extract::{Candidate, extract};
use crate::markup;
use crate::outline::Outline;
use crate::source::Note;

/// How one example came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub rule: String,
    pub note: String,
    pub verdict: Verdict,
}

/// Everything that an example can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// Alone, the rule makes something else of a note it should match.
    Different {
        wanted: Vec<String>,
        made: Vec<String>,
    },
    /// Alone it makes the right thing, but within the pack another rule is first.
    Shadowed {
        by: Vec<String>,
    },
    /// It makes something of a note it should leave alone.
    Noisy {
        made: Vec<String>,
    },
}

impl Outcome {
    pub fn diagnostic(&self) -> Diagnostic {
        let what = match &self.verdict {
            Verdict::Pass => "passes".to_owned(),
            Verdict::Different { wanted, made } => format!("makes {made:?}, not {wanted:?}"),
            Verdict::Shadowed { by } => format!("is shadowed: within the pack the note becomes {by:?}"),
            Verdict::Noisy { made } => format!("should leave the note alone, and makes {made:?}"),
        };
        Diagnostic::error("rule-example", format!("the rule `{}` {what}, of {:?}", self.rule, self.note))
    }
}

/// Runs every example of every rule.
pub fn test(rules: &Rules) -> Vec<Outcome> {
    let mut out = Vec::new();
    for rule in &rules.rules {
        let alone = rules.clone().with(vec![rule.clone()]);
        for example in &rule.form.matches {
            out.push(Outcome {
                rule: rule.form.id.clone(),
                note: example.note.clone(),
                verdict: matches(rule, &alone, rules, &example.note, &example.makes),
            });
        }
        for note in &rule.form.leaves {
            let made = of_rule(rule, &made(note, &alone));
            let verdict = if made.is_empty() { Verdict::Pass } else { Verdict::Noisy { made } };
            out.push(Outcome { rule: rule.form.id.clone(), note: note.clone(), verdict });
        }
    }
    out
}

fn matches(rule: &Rule, alone: &Rules, all: &Rules, note: &str, wanted: &[String]) -> Verdict {
    let by_itself = of_rule(rule, &made(note, alone));
    if by_itself != wanted {
        return Verdict::Different { wanted: wanted.to_vec(), made: by_itself };
    }
    let within = made(note, all);
    if of_rule(rule, &within) == wanted {
        Verdict::Pass
    } else {
        Verdict::Shadowed {
            by: within.iter().map(|candidate| format!("{} ({})", shown(&candidate.content), candidate.rule)).collect(),
        }
    }
}

fn made(note: &str, rules: &Rules) -> Vec<Candidate> {
    let note = Note {
        path: "example.md".to_owned(),
        shown: "example.md".to_owned(),
        text: note.to_owned(),
        encoding: "UTF-8",
    };
    extract(&Outline::read(&note), rules)
}

fn of_rule(rule: &Rule, candidates: &[Candidate]) -> Vec<String> {
    candidates
        .iter()
        .filter(|candidate| candidate.rule == rule.form.id)
        .map(|candidate| shown(&candidate.content))
        .collect()
}

/// An entry on one line: `term → answer`, `short = long`, `A vs B → aspect: a | b; …`, a cloze as it stands.
pub fn shown(content: &Content) -> String {
    match content {
        Content::Fact { term, answer, .. } => format!("{term} → {}", on_one_line(answer)),
        Content::Expansion { term, full } => format!("{term} = {full}"),
        Content::Comparison { subjects, rows } => {
            let row = |row: &crate::deck::Row| {
                let cells: Vec<String> = row.cells.iter().map(|cell| on_one_line(cell)).collect();
                if row.aspect.is_empty() { cells.join(" | ") } else { format!("{}: {}", row.aspect, cells.join(" | ")) }
            };
            format!("{} → {}", subjects.join(" vs "), rows.iter().map(row).collect::<Vec<_>>().join("; "))
        }
        Content::Cloze { text } => text.clone(),
    }
}

fn on_one_line(markdown: &str) -> String {
    if !markdown.contains('\n') {
        return markdown.to_owned();
    }
    let plain = markup::plain(&markup::parse(markdown));
    plain
        .lines()
        .map(|line| line.trim().trim_start_matches("• "))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" / ")
}

/// What `amgi rules show` prints.
pub fn page(rule: &Rule) -> String {
    let form = &rule.form;
    let mut out = String::new();
    let _ = writeln!(out, "{} ({}), from {}\n\n{}\n", form.id, form.emits.name(), rule.pack, form.finds);
    let targets: Vec<String> = form.on.iter().map(|target| format!("{target:?}").to_lowercase()).collect();
    let _ = writeln!(out, "Looks at: {}", targets.join(", "));
    let _ = writeln!(out, "Pattern:  {}", form.pattern);
    for (what, pattern) in [("Under a heading with", &form.above), ("At the end", &form.ends)] {
        if let Some(pattern) = pattern {
            let _ = writeln!(out, "{what}: {pattern}");
        }
    }
    if !form.opposites.is_empty() {
        let pairs: Vec<String> = form.opposites.iter().map(|[one, other]| format!("{one} / {other}")).collect();
        let _ = writeln!(out, "Opposites: {}", pairs.join(", "));
    }
    if form.several > 0 {
        let _ = write!(out, "Only where it matches {} beside each other", form.several);
        if form.throughout > 0 {
            let _ = write!(out, ", or {} lines of the note", form.throughout);
        }
        out.push('\n');
    }
    if form.marks {
        let _ = writeln!(out, "Only where all cells but those of the first column are marks for yes and no");
    }
    if form.values {
        let _ = writeln!(out, "Only where each row holds one kind of value, and every column but the first several");
    }
    if form.kin {
        let names =
            if form.layout.is_some() { "the columns but the first go by" } else { "it and the thing above have" };
        let _ = writeln!(out, "Only where {names} names of one kind");
    }
    for (what, patterns) in [("term", &form.reject.term), ("answer", &form.reject.answer), ("text", &form.reject.text)]
    {
        for pattern in patterns {
            let _ = writeln!(out, "Not if its {what} is: {pattern}");
        }
    }
    let _ = writeln!(out, "\nFinds:");
    for example in &form.matches {
        let _ = writeln!(out, "{}", indented(&example.note));
        for made in &example.makes {
            let _ = writeln!(out, "      ⇒ {made}");
        }
    }
    let _ = writeln!(out, "\nLeaves alone:");
    for note in &form.leaves {
        let _ = writeln!(out, "{}", indented(note));
    }
    out
}

fn indented(note: &str) -> String {
    note.trim_end().lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
