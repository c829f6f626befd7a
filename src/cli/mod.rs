//! What a person can type: one file per command, each with its options, its doc comment as help,
//! and a `run`.

mod backup;
mod bench;
mod database;
mod demo;
mod import;
mod log;
mod migrate;
mod restore;
mod serve;
mod user;
mod verify;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// How a command ends: with a code, or with a sentence about what was in its way.
type Outcome = Result<ExitCode, Box<dyn Error>>;

/// Manages backorders: what is missing, what to buy, who gets it, and when it ships.
#[derive(Parser)]
#[command(name = "backfill", version)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Import(import::Import),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Restore(restore::Restore),
    #[command(subcommand)]
    Bench(bench::Bench),
}

/// Does what was typed.
pub fn run() -> ExitCode {
    let typed = Typed::parse();
    log::start(match typed.command {
        Command::Bench(_) => log::QUIET,
        _ => log::DEFAULT,
    });
    let outcome = match typed.command {
        Command::Demo(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::User(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Bench(command) => command.run(),
    };
    outcome.unwrap_or_else(|error| {
        // Nobody is left to be told when this fails too.
        _ = writeln!(io::stderr(), "backfill: {error}");
        ExitCode::FAILURE
    })
}

/// Tells the reader something; a closed pipe is no error.
fn say(sentence: impl std::fmt::Display) {
    _ = writeln!(io::stdout(), "{sentence}");
}
