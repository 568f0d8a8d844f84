//! What each command does, from its arguments to its exit code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{explain, input};
use crate::cli::{BuildArgs, Cli, Command, RulesCommand};
use crate::diagnostic::{Diagnostic, Level};
use crate::error::{Error, Result};
use crate::render::{self, MessageFormat};
use crate::rule::{Rule, examples};

/// The exit code for notes, YAML or rules with errors.
const FAULTY: u8 = 1;
/// The exit code for a wrong environment (and for wrong usage, which clap reports).
const CANNOT: u8 = 2;

/// Runs a command and says everything there is to say.
pub fn run(cli: Cli) -> ExitCode {
    let mut session = Session { format: cli.message_format, diagnostics: Vec::new() };
    let result = session.command(cli.command.unwrap_or_else(|| Command::Build(BuildArgs::default())));
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
pub(super) enum Last {
    Nothing,
    /// On standard output: what was asked for.
    Answer(String),
    /// On standard error: a report for whoever watches.
    Report(String),
}

impl Last {
    pub(super) fn say(&self) {
        match self {
            Last::Nothing => {}
            Last::Answer(text) => anstream::print!("{text}"),
            Last::Report(text) => anstream::eprint!("{text}"),
        }
    }
}

/// One run of the program.
pub(super) struct Session {
    pub(super) format: MessageFormat,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Session {
    fn command(&mut self, command: Command) -> Result<Last> {
        match command {
            Command::Build(args) => self.build(&args),
            Command::Extract { notes, output } => self.extract(&notes, &output.output),
            Command::Export { formats, from, options } => self.export(&formats, &from, &options),
            Command::Watch(args) => super::watch::watch(self, &args),
            Command::Diff { notes, output } => self.diff(&notes, &output.output),
            Command::Pull { package, from, yes } => super::pull::run(self, &package, &from, yes),
            Command::Push(args) => super::push::run(self, &args),
            Command::Check { notes } => self.check(&notes),
            Command::Explain { note } => self.explain(&note),
            Command::Rules { action } => self.rules(action),
            Command::Init { folder } => super::init::init(&folder).map(Last::Report),
        }
    }

    pub(super) fn colour(&self) -> bool {
        self.format == MessageFormat::Human
            && anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
    }

    /// Messages go to standard error; as JSON, which somebody reads, to standard output.
    pub(super) fn stream(&self, text: &str) {
        if self.format == MessageFormat::Json { anstream::print!("{text}") } else { anstream::eprint!("{text}") }
    }

    pub(super) fn tell(&mut self) {
        let text = self.rendered(|_| true);
        self.stream(&text);
    }

    /// The diagnostics that are `wanted`, as they are told.
    pub(super) fn rendered(&self, wanted: fn(&Diagnostic) -> bool) -> String {
        let colour = self.colour();
        let wanted = self.diagnostics.iter().filter(|diagnostic| wanted(diagnostic));
        wanted.map(|diagnostic| render::diagnostic(diagnostic, self.format, colour)).collect()
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
                if notes.is_empty() {
                    let rules = super::rules_of(&notes, &mut self.diagnostics)?;
                    return Ok(Last::Answer(rules.rules.iter().map(|rule| listed(rule, None)).collect()));
                }
                let mut fired: BTreeMap<String, usize> = BTreeMap::new();
                let input = input(&notes, Path::new("out"), &mut self.diagnostics)?;
                for note in &input.notes {
                    for candidate in super::read(note, &input.rules).candidates {
                        *fired.entry(candidate.rule).or_default() += 1;
                    }
                }
                Ok(Last::Answer(
                    input
                        .rules
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
            RulesCommand::Show { id, notes } => {
                let rules = super::rules_of(&notes, &mut self.diagnostics)?;
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
