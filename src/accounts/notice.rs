//! What the owner of an account is told by mail when what guards it changes, in the transaction that
//! changes it.

use diesel::prelude::*;

use super::error::Error;
use super::letter::Change;
use super::model::User;
use super::origin::{self, Origin};
use crate::config::Config;
use crate::db::Act;
use crate::outbox::{self, NewMail};
use crate::schema::{company, users};
use crate::types::{Email, UserId, Zone, dates};
use crate::web::Role;

/// What happened to an account.
#[derive(Debug, Clone, Copy)]
pub(super) enum Notice<'a> {
    Password,
    /// Told to both addresses, each on its own.
    Email {
        was: &'a str,
        now: &'a str,
    },
    Role {
        was: Role,
        now: Role,
    },
    SecondFactorOn,
    SecondFactorOff,
    RecoveryCodes,
    /// Signed in from a browser it does not know.
    Browser,
}

/// From where an account is changed, and what a mail about it is written with.
#[derive(Clone, Copy)]
pub struct Via<'a> {
    pub config: &'a Config,
    pub from: &'a Origin,
}

/// Queues the mail to whose account it is, as it is now.
pub(super) fn tell(
    act: &mut Act<'_>,
    user: &User,
    notice: Notice<'_>,
    via: Via<'_>,
) -> Result<(), Error> {
    let (company, zone): (String, Zone) = company::table
        .select((company::name, company::time_zone))
        .first(act.conn())?;
    let letter = Change {
        name: &user.name,
        company: &company,
        sentence: notice.sentence(&company),
        when: dates::moment(act.at(), zone),
        zone: zone.name(),
        by: other(act, user.id)?,
        address: &via.from.address,
        program: origin::program(&via.from.browser).unwrap_or_else(|| "an unknown browser".into()),
        is_reached: !matches!(notice, Notice::Email { .. }),
        link: format!("{}/forgotten-password", via.config.public_url),
    };
    let body = letter.text()?;
    let mail = |recipient| NewMail {
        record: Some(user.record()),
        recipients: vec![recipient],
        sender: via.config.mail_from.clone(),
        subject: notice.subject().into(),
        body_text: body.clone(),
        ..NewMail::default()
    };
    let addresses = match notice {
        Notice::Email { was, now } => vec![was, now],
        _ => vec![user.email.as_str()],
    };
    let addresses = addresses.into_iter().flat_map(Email::parse);
    let mails: Vec<NewMail> = addresses.map(mail).collect();
    outbox::enqueue_all(act, &mails)?;
    Ok(())
}

/// The name of who acts, if it is not the owner.
fn other(act: &mut Act<'_>, owner: UserId) -> QueryResult<Option<String>> {
    let Some(by) = act.by().filter(|by| *by != owner) else {
        return Ok(None);
    };
    users::table
        .find(by)
        .select(users::name)
        .first(act.conn())
        .optional()
}

impl Notice<'_> {
    const fn subject(self) -> &'static str {
        match self {
            Self::Password => "The password of your account was changed",
            Self::Email { .. } => "The e-mail address of your account was changed",
            Self::Role { .. } => "The role of your account was changed",
            Self::SecondFactorOn => "A second factor guards your account",
            Self::SecondFactorOff => "Your account has no second factor any more",
            Self::RecoveryCodes => "Your account has new recovery codes",
            Self::Browser => "Your account was opened in a new browser",
        }
    }

    fn sentence(self, company: &str) -> String {
        let of = format!("of your account at {company}");
        match self {
            Self::Password => format!(
                "the password {of} was changed. Whoever was signed in elsewhere is no longer."
            ),
            Self::Email { was, now } => format!(
                "the e-mail address {of} was changed from {was} to {now}. It signs in with the new one."
            ),
            Self::Role { was, now } => {
                let (was, now) = (was.label(), now.label());
                format!("the role {of} was changed from {was} to {now}.")
            }
            Self::SecondFactorOn => format!(
                "signing in to your account at {company} takes a code of a phone from now on, beside the password."
            ),
            Self::SecondFactorOff => {
                format!("the second factor {of} was turned off: the password alone signs in now.")
            }
            Self::RecoveryCodes => {
                format!(
                    "the recovery codes {of} were made anew: those you had open nothing any more."
                )
            }
            Self::Browser => format!(
                "somebody signed in to your account at {company} from a browser that did not do so before."
            ),
        }
    }
}
