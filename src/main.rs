//! Parses the command line, runs the command, gives its exit code.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    amgi::pipeline::commands::run(amgi::cli::Cli::parse())
}
