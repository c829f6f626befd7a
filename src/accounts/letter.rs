//! What mails about accounts say: the one with a link to a new password, and those that tell of a change.

use askama::Template;
use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use super::model::User;
use super::token::Token;
use crate::config::Config;
use crate::outbox::NewMail;
use crate::schema::company;
use crate::types::Email;

/// How long its link opens.
pub const OPENS: TimeDelta = TimeDelta::minutes(30);

#[derive(Template)]
#[template(path = "mail/accounts/new_password.txt")]
struct Link<'a> {
    name: &'a str,
    company: &'a str,
    link: String,
    minutes: i64,
}

/// The mail with the link, which nobody else may read.
pub fn with_link(
    conn: &mut PgConnection,
    config: &Config,
    user: &User,
    token: &Token,
) -> crate::error::Result<NewMail> {
    let company: String = company::table.select(company::name).first(conn)?;
    let letter = Link {
        name: &user.name,
        company: &company,
        link: format!(
            "{}/new-password?token={}",
            config.public_url,
            token.reveal()
        ),
        minutes: OPENS.num_minutes(),
    };
    Ok(NewMail {
        record: Some(user.record()),
        recipients: Email::parse(&user.email).into_iter().collect(),
        sender: config.mail_from.clone(),
        subject: "Your new password".into(),
        body_text: letter.render()?,
        is_secret: true,
        ..NewMail::default()
    })
}

/// That what guards an account changed.
#[derive(Template)]
#[template(path = "mail/accounts/notice.txt")]
pub struct Change<'a> {
    pub name: &'a str,
    pub company: &'a str,
    pub sentence: String,
    pub when: String,
    pub zone: &'a str,
    /// Who did it, if it was another account.
    pub by: Option<String>,
    pub address: &'a str,
    pub program: String,
    /// Whether a link to a new password reaches its owner.
    pub is_reached: bool,
    pub link: String,
}

impl Change<'_> {
    /// What the mail says.
    ///
    /// # Errors
    /// [`Error::Letter`].
    pub fn text(&self) -> Result<String, Error> {
        let text = self.render();
        text.map_err(|error| Error::Letter(error.to_string()))
    }
}
