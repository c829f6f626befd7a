//! The mail to who forgot their password.

use askama::Template;
use chrono::TimeDelta;
use diesel::prelude::*;

use super::model::User;
use super::token::Token;
use crate::config::Config;
use crate::error::Result;
use crate::outbox::NewMail;
use crate::schema::company;
use crate::types::Email;

/// How long its link opens.
pub const OPENS: TimeDelta = TimeDelta::minutes(30);

#[derive(Template)]
#[template(path = "mail/accounts/new_password.txt")]
struct Letter<'a> {
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
) -> Result<NewMail> {
    let company: String = company::table.select(company::name).first(conn)?;
    let letter = Letter {
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
