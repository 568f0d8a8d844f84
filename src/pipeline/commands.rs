//! What each command does, from its arguments to its exit code.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::{Cards, Extracted, Outputs, Summary, cards_of, explain, export, extract, input};
use crate::cli::{BuildArgs, Cli, Command, FormatArgs, OutputArgs, RulesCommand};
use crate::diagnostic::{Diagnostic, Level};
use crate::error::{Error, Result};
use crate::export::Format;
use crate::render::{self, MessageFormat};
use crate::rule::{Rule, Rules, examples};
use crate::settings;
use crate::templates::Templates;

/// The exit code for notes, YAML or rules with errors.
const FAULTY: u8 = 1;
/// The exit code for a wrong environment (and for wrong usage, which clap reports).
const CANNOT: u8 = 2;

/// Runs a command and says everything there is to say.
pub fn run(cli: Cli) -> ExitCode {
    let mut session = Session { format: cli.message_format, diagnostics: Vec::new() };
    let build = || {
        Command::Build(BuildArgs {
            notes: vec![PathBuf::from("source")],
            output: OutputArgs { output: PathBuf::from("out") },
            only: Vec::new(),
            options: FormatArgs::default(),
        })
    };
    let result = session.command(cli.command.unwrap_or_else(build));
    let faulty = session.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    session.tell();
    match result {
        Ok(last) => {
            last.say();
            if faulty { ExitCode::from(FAULTY) } else { ExitCode::SUCCESS }
        }
        Err(error) => {
            let colour = session.colour();
            session.stream(&render::error(&error, cli.message_format, colour));
            ExitCode::from(CANNOT)
        }
    }
}

/// What a command prints after its diagnostics.
enum Last {
    Nothing,
    /// On standard output: what was asked for.
    Answer(String),
    /// On standard error: a report for whoever watches.
    Report(String),
}

impl Last {
    fn say(&self) {
        match self {
            Last::Nothing => {}
            Last::Answer(text) => anstream::print!("{text}"),
            Last::Report(text) => anstream::eprint!("{text}"),
        }
    }
}

struct Session {
    format: MessageFormat,
    diagnostics: Vec<Diagnostic>,
}

impl Session {
    fn command(&mut self, command: Command) -> Result<Last> {
        match command {
            Command::Build(args) => self.build(&args),
            Command::Extract { notes, output } => self.extract(&notes, &output.output),
            Command::Export { formats, from, options } => self.export(&formats, &from, &options),
            Command::Check { notes } => self.check(&notes),
            Command::Explain { note } => self.explain(&note),
            Command::Rules { action } => self.rules(action),
            Command::Init { folder } => super::init::init(&folder).map(Last::Report),
        }
    }

    fn colour(&self) -> bool {
        self.format == MessageFormat::Human
            && anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
    }

    /// Messages go to standard error; as JSON, which somebody reads, to standard output.
    fn stream(&self, text: &str) {
        if self.format == MessageFormat::Json { anstream::print!("{text}") } else { anstream::eprint!("{text}") }
    }

    fn tell(&mut self) {
        let colour = self.colour();
        let text: String =
            self.diagnostics.iter().map(|diagnostic| render::diagnostic(diagnostic, self.format, colour)).collect();
        self.stream(&text);
    }

    fn build(&mut self, args: &BuildArgs) -> Result<Last> {
        let start = Instant::now();
        let progress = Progress::start("reading");
        let input = input(&args.notes, &args.output.output, &mut self.diagnostics)?;
        progress.step("finding what there is to learn");
        let title = args.options.title.as_deref();
        let Extracted { deck, files, account, lines, merged, mut written } =
            extract(&input, &args.output.output, title, &mut self.diagnostics)?;
        for label in &merged.gone {
            self.diagnostics.push(Diagnostic::note(
                "entry-gone",
                format!("`{label}` is no longer in the notes; in Anki its cards stay until you delete them"),
            ));
        }
        for label in &merged.upstream {
            self.diagnostics.push(Diagnostic::note(
                "edited",
                format!("`{label}`: your edit stays; what the note says now is in its `upstream`"),
            ));
        }
        if deck.entries().next().is_none() {
            let known = self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
            if known {
                return Ok(Last::Nothing);
            }
            self.diagnostics
                .push(Diagnostic::error("no-cards", "there is nothing to make cards of: no output was written"));
            return Ok(Last::Nothing);
        }
        progress.step("making the outputs");
        let formats: &[Format] = if args.only.is_empty() { &Format::ALL } else { &args.only };
        let outputs = Outputs {
            deck: &deck,
            formats,
            options: &args.options,
            settings: &input.settings,
            templates: &input.templates,
            rules: &input.rules,
            files: &files,
            notes: input.notes.iter().zip(&lines).collect(),
            folder: &args.output.output,
        };
        written.extend(export(&outputs, &mut self.diagnostics)?);
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

    fn report(&self, summary: &Summary<'_>) -> Last {
        if self.format == MessageFormat::Json { Last::Answer(summary.json()) } else { Last::Report(summary.text()) }
    }

    fn extract(&mut self, notes: &[PathBuf], output: &Path) -> Result<Last> {
        let start = Instant::now();
        let progress = Progress::start("finding what there is to learn");
        let input = input(notes, output, &mut self.diagnostics)?;
        let Extracted { deck, account, merged, written, .. } = extract(&input, output, None, &mut self.diagnostics)?;
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

    fn export(&mut self, formats: &[Format], from: &Path, options: &FormatArgs) -> Result<Last> {
        let start = Instant::now();
        let folders = [PathBuf::from("."), PathBuf::from("source"), from.to_path_buf()];
        let settings = settings::read(&folders, &mut self.diagnostics)?;
        let rules = if formats.contains(&Format::Review) {
            super::rules(&folders, &settings, &mut self.diagnostics)?
        } else {
            Rules::default()
        };
        let templates = Templates::new(folders.iter().map(|folder| folder.join("templates")).collect());
        let title = options.title.clone().or_else(|| settings.title.clone());
        let Cards { deck, files } = cards_of(from, title, &mut self.diagnostics)?;
        if deck.entries().next().is_none() {
            self.diagnostics.push(Diagnostic::error(
                "no-cards",
                format!("no entry in {} can be exported: no output was written", from.display()),
            ));
            return Ok(Last::Nothing);
        }
        let progress = Progress::start("making the outputs");
        let outputs = Outputs {
            deck: &deck,
            formats,
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

    fn check(&mut self, notes: &[PathBuf]) -> Result<Last> {
        let input = input(notes, Path::new("out"), &mut self.diagnostics)?;
        self.diagnostics.extend(super::check::check(&input));
        Ok(Last::Nothing)
    }

    fn explain(&mut self, place: &str) -> Result<Last> {
        let (path, line) = split_place(place)?;
        let input = input(&[path], Path::new("out"), &mut self.diagnostics)?;
        let colour = self.format == MessageFormat::Human
            && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
        Ok(Last::Answer(
            input.notes.iter().map(|note| explain::explain(note, &input.rules, line, self.format, colour)).collect(),
        ))
    }

    fn rules(&mut self, action: Option<RulesCommand>) -> Result<Last> {
        match action.unwrap_or(RulesCommand::List { notes: Vec::new() }) {
            RulesCommand::List { notes } => {
                let rules = super::rules_of(&notes, &mut self.diagnostics)?;
                if notes.is_empty() {
                    return Ok(Last::Answer(rules.rules.iter().map(|rule| listed(rule, None)).collect()));
                }
                let mut fired: BTreeMap<String, usize> = BTreeMap::new();
                for note in &input(&notes, Path::new("out"), &mut self.diagnostics)?.notes {
                    for candidate in super::read(note, &rules).candidates {
                        *fired.entry(candidate.rule).or_default() += 1;
                    }
                }
                Ok(Last::Answer(
                    rules
                        .rules
                        .iter()
                        .map(|rule| listed(rule, Some(fired.get(&rule.form.id).copied().unwrap_or(0))))
                        .collect(),
                ))
            }
            RulesCommand::Test { notes } => {
                let rules = super::rules_of(&notes, &mut self.diagnostics)?;
                let outcomes = examples::test(&rules);
                let failed: Vec<_> =
                    outcomes.iter().filter(|outcome| outcome.verdict != examples::Verdict::Pass).collect();
                self.diagnostics.extend(failed.iter().map(|outcome| outcome.diagnostic()));
                Ok(Last::Answer(format!(
                    "{} examples of {} rules: {} passed, {} failed\n",
                    outcomes.len(),
                    rules.rules.len(),
                    outcomes.len() - failed.len(),
                    failed.len()
                )))
            }
            RulesCommand::Show { id } => {
                let rules = super::rules_of(&[], &mut self.diagnostics)?;
                let rule = rules.get(&id).ok_or_else(|| {
                    Error::new(format!("there is no rule {id}")).hint("`amgi rules list` names them all")
                })?;
                Ok(Last::Answer(examples::page(rule)))
            }
        }
    }
}

fn listed(rule: &Rule, fired: Option<usize>) -> String {
    let count = fired.map_or(String::new(), |count| format!("{count:>6}  "));
    format!("{count}{:<22} {:<11} {}\n", rule.form.id, rule.form.emits.name(), rule.form.finds)
}

/// `note.md:12` as a path and a line.
fn split_place(place: &str) -> Result<(PathBuf, Option<usize>)> {
    if let Some((path, line)) = place.rsplit_once(':')
        && let Ok(line) = line.parse::<usize>()
        && !Path::new(place).exists()
    {
        return if line > 0 {
            Ok((PathBuf::from(path), Some(line)))
        } else {
            Err(Error::new("lines are numbered from 1"))
        };
    }
    Ok((PathBuf::from(place), None))
}

/// A spinner on a terminal, once something takes longer than a moment.
struct Progress(Option<ProgressBar>);

impl Progress {
    fn start(message: &'static str) -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new_spinner().with_message(message);
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(Some(bar))
    }

    fn step(&self, message: &'static str) {
        if let Some(bar) = &self.0 {
            bar.set_message(message);
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
