//! The commands that make something of notes or cards: build, extract, export, diff.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::built::{self, Before};
use super::commands::{Last, Session};
use super::progress::Progress;
use super::{Cards, Extracted, Outputs, Summary, cards_of, diff, export, extract, input, pictures, write};
use crate::cli::{BuildArgs, FormatArgs};
use crate::deck::merge::{How, Merged};
use crate::diagnostic::{Diagnostic, Level};
use crate::error::Result;
use crate::export::Format;
use crate::render::MessageFormat;
use crate::rule::{self, Rules};
use crate::settings;
use crate::templates::Templates;

/// What is said once, of a change, and not again by a build that finds none.
const ONCE: [&str; 5] = ["entry-gone", "edited", "which-entry", "note-renamed", "comments"];

/// What came of a build.
pub(super) enum Built {
    /// Everything is as the last build left it.
    Before(Last),
    Now(Last, Box<Merged>),
}

impl Session {
    pub(super) fn build(&mut self, args: &BuildArgs) -> Result<Last> {
        Ok(match self.build_if_needed(args)? {
            Built::Before(last) | Built::Now(last, _) => last,
        })
    }

    /// Builds, unless everything is as the last build left it.
    pub(super) fn build_if_needed(&mut self, args: &BuildArgs) -> Result<Built> {
        let start = Instant::now();
        let output = &args.output.output;
        let progress = Progress::start("reading");
        let input = input(&args.notes, output, &mut self.diagnostics)?;
        let _lock = write::lock(output)?;
        let key = built::key(&input, args, self.format, self.colour());
        if let Some(before) = built::read(output, &key) {
            self.diagnostics.clear();
            self.stream(&before.said);
            return Ok(Built::Before(self.nothing_to_do(&before.report, start.elapsed())));
        }
        progress.step("finding what there is to learn");
        let extracted = extract(&input, output, args.options.title.as_deref(), &mut self.diagnostics)?;
        self.tell_merged(&extracted.merged);
        let mut written = extracted.write(&mut self.diagnostics)?;
        let Extracted { deck, files, account, lines, merged, .. } = extracted;
        let merged = Box::new(merged);
        if deck.entries().next().is_none() {
            if !self.is_faulty() {
                self.diagnostics
                    .push(Diagnostic::error("no-cards", "there is nothing to make cards of: no output was written"));
            }
            return Ok(Built::Now(Last::Nothing, merged));
        }
        progress.step("making the outputs");
        let formats: &[Format] = if args.only.is_empty() { &Format::USUAL } else { &args.only };
        let roots: BTreeSet<PathBuf> = input.notes.iter().map(pictures::root).collect();
        let roots: Vec<PathBuf> = roots.into_iter().collect();
        let media = pictures::gather(&deck, &roots, &input.notes, &mut self.diagnostics);
        let outputs = Outputs {
            deck: &deck,
            formats,
            media: &media,
            options: &args.options,
            settings: &input.settings,
            templates: &input.templates,
            rules: &input.rules,
            files: &files,
            notes: input.notes.iter().zip(&lines).collect(),
            folder: output,
        };
        written.extend(export(&outputs, &mut self.diagnostics)?);
        progress.end();
        let of =
            |merged| Summary { deck: &deck, account: Some(&account), merged, written: &written, took: start.elapsed() };
        // a picture that is missing may be there next time
        let complete = self.diagnostics.iter().all(|diagnostic| diagnostic.code != pictures::MISSING);
        if complete && !self.is_faulty() {
            let report = if self.format == MessageFormat::Json { of(None).json() } else { of(None).text() };
            let said = self.rendered(|diagnostic| !ONCE.contains(&diagnostic.code));
            built::write(output, &Before { key, said, report, files: built::files(output, &written, &media) })?;
        }
        Ok(Built::Now(self.report(&of(Some(&*merged))), merged))
    }

    fn is_faulty(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// The report of the last build, with the time that it took to see that it still holds.
    fn nothing_to_do(&self, report: &str, took: Duration) -> Last {
        if self.format == MessageFormat::Json {
            let mut value: serde_json::Value = serde_json::from_str(report).unwrap_or_default();
            value["seconds"] = serde_json::json!(took.as_secs_f64());
            return Last::Answer(format!("{value}\n"));
        }
        let lines = report.trim_end().rsplit_once('\n').map_or("", |(lines, _)| lines);
        Last::Report(format!(
            "{lines}\n  nothing to do: all is as the last build left it ({:.2} s)\n",
            took.as_secs_f64()
        ))
    }

    /// What the person has to know or do of the entries that were there before.
    fn tell_merged(&mut self, merged: &Merged) {
        for change in &merged.changes {
            let label = &change.label;
            let (code, message) = match change.how {
                How::Gone => (
                    "entry-gone",
                    format!("`{label}` is no longer in the notes; in Anki its cards stay until you delete them"),
                ),
                How::Upstream => {
                    ("edited", format!("`{label}`: your edit stays; what the note says now is in its `upstream`"))
                }
                _ => continue,
            };
            self.diagnostics.push(Diagnostic::note(code, message));
        }
        for change in &merged.ambiguous {
            self.diagnostics.push(
                Diagnostic::warning(
                    "which-entry",
                    format!(
                        "`{}` ({}) could be several entries of now: none is taken for it",
                        change.label, change.id.0
                    ),
                )
                .hint(format!("put `id: {}` to the one it is, to keep what was learnt of it", change.id.0)),
            );
        }
    }

    pub(super) fn diff(&mut self, notes: &[PathBuf], output: &Path) -> Result<Last> {
        let input = input(notes, output, &mut self.diagnostics)?;
        let extracted = extract(&input, output, None, &mut self.diagnostics)?;
        Ok(Last::Answer(diff::diff(&extracted.merged, self.format)))
    }

    fn report(&self, summary: &Summary<'_>) -> Last {
        if self.format == MessageFormat::Json { Last::Answer(summary.json()) } else { Last::Report(summary.text()) }
    }

    pub(super) fn extract(&mut self, notes: &[PathBuf], output: &Path) -> Result<Last> {
        let start = Instant::now();
        let progress = Progress::start("finding what there is to learn");
        let input = input(notes, output, &mut self.diagnostics)?;
        let lock = write::lock(output)?;
        let extracted = extract(&input, output, None, &mut self.diagnostics)?;
        self.tell_merged(&extracted.merged);
        let written = extracted.write(&mut self.diagnostics)?;
        drop(lock);
        let Extracted { deck, account, merged, .. } = extracted;
        progress.end();
        let summary = Summary {
            deck: &deck,
            account: Some(&account),
            merged: Some(&merged),
            written: &written,
            took: start.elapsed(),
        };
        Ok(self.report(&summary))
    }

    pub(super) fn export(&mut self, formats: &[Format], from: &Path, options: &FormatArgs) -> Result<Last> {
        let start = Instant::now();
        let folders = [PathBuf::from("."), PathBuf::from("source"), from.to_path_buf()];
        let settings = settings::read(&folders, &mut self.diagnostics)?;
        let rules = match formats.contains(&Format::Review) {
            true => rule::load(&super::packs(&folders, &settings)?, &mut self.diagnostics),
            false => Rules::default(),
        };
        let templates = Templates::new(folders.iter().map(|folder| folder.join("templates")).collect());
        let title = options.title.clone().or_else(|| settings.title.clone());
        let _lock = if from.is_dir() { Some(write::lock(from)?) } else { None };
        let Cards { deck, files } = cards_of(from, title, &mut self.diagnostics)?;
        if deck.entries().next().is_none() {
            self.diagnostics.push(Diagnostic::error(
                "no-cards",
                format!("no entry in {} can be exported: no output was written", from.display()),
            ));
            return Ok(Last::Nothing);
        }
        let progress = Progress::start("making the outputs");
        let media = pictures::gather(&deck, &folders, &[], &mut self.diagnostics);
        let outputs = Outputs {
            deck: &deck,
            formats,
            media: &media,
            options,
            settings: &settings,
            templates: &templates,
            rules: &rules,
            files: &files,
            notes: Vec::new(),
            folder: from,
        };
        let written = export(&outputs, &mut self.diagnostics)?;
        progress.end();
        Ok(self.report(&Summary { deck: &deck, account: None, merged: None, written: &written, took: start.elapsed() }))
    }
}
