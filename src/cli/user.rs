//! `backfill user ..`: accounts without a browser, such as the first admin.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use backfill::accounts::password::{NewPassword, Owner};
use backfill::accounts::{self, NewUser};
use backfill::db::Who;
use backfill::types::{Email, required_text};
use backfill::web::Role;
use clap::{Args, Subcommand};

use super::database::Where;
use super::{Outcome, say};

/// Accounts without a browser
#[derive(Subcommand)]
pub enum User {
    Add(Add),
}

/// Add a user; the password is asked for, or read from standard input
#[derive(Args)]
pub struct Add {
    /// What they sign in with
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// What others read
    #[arg(long, value_parser = name)]
    name: String,
    /// user, manager or admin
    #[arg(long, value_parser = role)]
    role: Role,
    #[command(flatten)]
    database: Where,
}

impl User {
    pub fn run(self) -> Outcome {
        match self {
            Self::Add(add) => add.run(),
        }
    }
}

impl Add {
    fn run(self) -> Outcome {
        let reached = self.database.reach_current()?;
        let owner = Owner {
            name: &self.name,
            email: self.email.as_str(),
        };
        let password = NewPassword::parse(&ask()?, owner)?;
        let new = NewUser {
            email: self.email,
            name: self.name,
            role: self.role,
            password_hash: password.hash()?,
        };
        let user = reached
            .db
            .write_now(Who::BACKFILL, |act| Ok(accounts::create(act, &new)?))?;
        say(format_args!(
            "{} may sign in now, with the role {}.",
            user.email, user.role
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// A person types it twice, unseen; a script sends one line.
fn ask() -> Result<String, Box<dyn std::error::Error>> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let password = rpassword::prompt_password("Password: ")?;
    if password != rpassword::prompt_password("Again: ")? {
        return Err("the two passwords differ".into());
    }
    Ok(password)
}

fn name(text: &str) -> Result<String, String> {
    required_text(text, 120)
}

fn role(text: &str) -> Result<Role, String> {
    text.parse()
        .map_err(|_| "it must be user, manager or admin".to_owned())
}
