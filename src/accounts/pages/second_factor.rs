//! `/profile/second-factor`: codes of a phone beside the password.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post};
use askama::Template;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use futures_util::future::{FutureExt, LocalBoxFuture};

use super::client::Client;
use super::guess;
use crate::accounts::attempts::Attempt;
use crate::accounts::model::User;
use crate::accounts::totp::{Phone, Picture};
use crate::accounts::{Via, queries, second_factor};
use crate::config::Config;
use crate::db::{Act, Db};
use crate::error::Error;
use crate::types::{FieldErrors, Fields, RecordRef, UserId};
use crate::web::{Admin, Desk, Go, Htmx, Result, Sheet, Shell, SignedIn, Visitor, html, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(turn_on)
        .service(new_codes)
        .service(turn_off)
        .service(remove);
}

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct Page {
    shell: Shell,
    since: Option<DateTime<Utc>>,
    codes_left: i64,
    /// To turn it on with.
    phone: Option<Setup>,
    is_needed: bool,
    errors: FieldErrors,
}
view!(Page);

/// A phone that is not confirmed yet.
struct Setup {
    picture: Picture,
    secret: String,
    /// Comes back with the code.
    sealed: String,
}

impl Setup {
    fn of(config: &Config, user: &User, phone: &Phone, company: &str) -> Result<Self> {
        Ok(Self {
            picture: phone.picture(user, company)?,
            secret: phone.in_groups(),
            sealed: phone.sealed(config, user),
        })
    }
}

fn page(conn: &mut PgConnection, sheet: Sheet, config: &Config, visitor: &Visitor) -> Result<Page> {
    let user = queries::user(conn, visitor.id)?;
    let since = second_factor::second_factor(conn, user.id)?.totp_since;
    let typed = sheet.typed.get("sealed");
    let phone = match since {
        Some(_) => None,
        None => {
            let kept = Phone::unsealed(config, &user, typed);
            let phone = kept.unwrap_or_else(Phone::fresh);
            Some(Setup::of(config, &user, &phone, &visitor.company)?)
        }
    };
    Ok(Page {
        shell: sheet.shell,
        since,
        codes_left: second_factor::codes_left(conn, user.id)?,
        phone,
        is_needed: second_factor::is_needed(conn, visitor.role)?,
        errors: sheet.errors,
    })
}

#[get("/profile/second-factor")]
async fn show(desk: Desk<SignedIn>, config: Data<Config>) -> Result {
    let visitor = desk.visitor().clone();
    desk.ask(Fields::default(), move |conn, sheet| {
        page(conn, sheet, &config, &visitor)
    })
    .await
}

/// Recovery codes, shown once.
#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct Codes {
    shell: Shell,
    codes: Vec<String>,
}
view!(Codes);

/// Somebody who gives their password for what they do to their own account.
struct Own {
    client: Client,
    db: Db,
    htmx: Htmx,
    shell: Shell,
    visitor: Visitor,
    config: Data<Config>,
}

impl FromRequest for Own {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, std::result::Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        type Parts = (Client, Db, Htmx, Shell, SignedIn, Data<Config>);
        let parts = Parts::from_request(request, payload);
        let own = parts.map(|parts| {
            let (client, db, htmx, shell, SignedIn(visitor), config) = parts?;
            Ok(Self {
                client,
                db,
                htmx,
                shell,
                visitor,
                config,
            })
        });
        own.boxed_local()
    }
}

impl Own {
    /// What comes of an act, if the password is theirs; else the page again, with what is wrong.
    async fn does<T: Send + 'static>(
        &self,
        form: Fields,
        act: impl Fn(&mut Act<'_>, &Fields, &Visitor, Via<'_>) -> Result<T> + Send + Sync + 'static,
    ) -> Result<Result<T, HttpResponse>> {
        let by = self.visitor.clone();
        let id = by.id;
        let user = self
            .db
            .read(move |conn| Ok(queries::user(conn, id)?))
            .await?;
        let (client, config) = (self.client.clone(), self.config.clone());
        let attempt = Attempt::new(&user.email, &client.origin.address, client.token.as_ref());
        let checked = guess::own(&self.db, &user, attempt, form.get("current")).await?;
        let typed = form.clone();
        let outcome = match checked {
            Ok(()) => {
                self.db
                    .write(&self.visitor, move |with| {
                        act(with, &typed, &by, client.via(&config))
                    })
                    .await
            }
            Err(errors) => Err(errors.into()),
        };
        match outcome {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(Error::Invalid(errors)) => self.again(form, errors).await.map(Err),
            Err(error) => Err(error),
        }
    }

    async fn again(&self, form: Fields, errors: FieldErrors) -> Result {
        let mut sheet = Sheet::new(self.shell.clone(), form);
        sheet.errors = errors;
        let (config, visitor) = (self.config.clone(), self.visitor.clone());
        let page = self
            .db
            .read(move |conn| page(conn, sheet, &config, &visitor));
        html::with_status(StatusCode::UNPROCESSABLE_ENTITY, page.await?)
    }

    fn shows(self, codes: Result<Vec<String>, HttpResponse>) -> Result {
        match codes {
            Ok(codes) => html::page(Codes {
                shell: self.shell,
                codes,
            }),
            Err(again) => Ok(again),
        }
    }
}

#[post("/profile/second-factor")]
async fn turn_on(own: Own, form: Fields) -> Result {
    let codes = own.does(form, |act, form, by, via| {
        let phone = (form.get("sealed"), form.get("code"));
        let whose = (by.id, by.session);
        Ok(second_factor::turn_on(act, whose, phone, via)?)
    });
    let codes = codes.await?;
    own.shows(codes)
}

#[post("/profile/second-factor/codes")]
async fn new_codes(own: Own, form: Fields) -> Result {
    let codes = own.does(form, |act, _, by, via| {
        Ok(second_factor::new_codes(act, by.id, via)?)
    });
    let codes = codes.await?;
    own.shows(codes)
}

#[post("/profile/second-factor/removal")]
async fn turn_off(own: Own, form: Fields) -> Result {
    let done = own.does(form, |act, _, by, via| {
        if second_factor::is_needed(act, by.role)? {
            return Err(Error::Refused(NEEDED.into()));
        }
        Ok(second_factor::turn_off(act, by.id, via)?)
    });
    match done.await? {
        Ok(()) => own
            .htmx
            .go_saying(HERE, "Your password alone is enough now."),
        Err(again) => Ok(again),
    }
}

const HERE: &str = "/profile/second-factor";
const NEEDED: &str = "Your role needs a second factor: an admin can say otherwise.";

/// Whose phone is lost signs in with the password alone, and sets up another one.
#[post("/users/{id}/second-factor/removal")]
async fn remove(
    client: Client,
    desk: Desk<Admin>,
    config: Data<Config>,
    id: Path<UserId>,
) -> Result {
    desk.act(Fields::default(), move |act, _| {
        second_factor::turn_off(act, *id, client.via(&config))?;
        Ok(Go::from(RecordRef::User(*id)).saying("The second factor was removed."))
    })
    .await
}
