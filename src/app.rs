//! Puts the parts together: pool, session, middleware, routes.

use actix_session::SessionMiddleware;
use actix_session::config::PersistentSession;
use actix_session::storage::CookieSessionStore;
use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::error::UrlencodedError;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, FormConfig, PathConfig, QueryConfig, ServiceConfig};
use actix_web::{App, HttpResponse, web};

use crate::accounts;
use crate::catalog;
use crate::config::Config;
use crate::dashboard;
use crate::db::{Db, Readiness};
use crate::error::{Error, Result};
use crate::exchange;
use crate::inventory;
use crate::organizer;
use crate::outbox;
use crate::preparation;
use crate::purchasing;
use crate::returns;
use crate::sales;
use crate::search;
use crate::web::live::Live;
use crate::web::proxy::Proxy;
use crate::web::{assets, headers, health, legible, live, origin, problem, recent, trace};

const MOST_BYTES_OF_A_FORM: usize = 2 * 1024 * 1024;

/// What a running Backfill is made of; cheap to clone, one for all workers.
#[derive(Clone)]
pub struct Parts {
    /// How it runs.
    pub config: Config,
    /// The way to the database.
    pub db: Db,
    /// What tells open pages to update themselves.
    pub live: Live,
    /// Whether the database takes changes.
    pub readiness: Readiness,
    /// What the dashboard shows.
    pub readings: dashboard::Readings,
    /// Whether a proxy stands before it that nobody trusts.
    pub proxy: Proxy,
}

impl Parts {
    /// Begins to listen for what changes.
    pub fn new(config: Config, db: Db) -> Self {
        Self {
            live: Live::listen(config.database.direct().reveal()),
            readiness: Readiness::of(config.database.url.clone()),
            readings: dashboard::Readings::default(),
            proxy: Proxy::default(),
            config,
            db,
        }
    }
}

/// The application, ready for a server or for a test.
pub fn build(
    parts: &Parts,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(Data::new(parts.config.clone()))
        .app_data(Data::new(parts.db.clone()))
        .app_data(Data::new(parts.live.clone()))
        .app_data(Data::new(parts.readiness.clone()))
        .app_data(Data::new(parts.readings.clone()))
        .app_data(Data::new(parts.proxy.clone()))
        .app_data(Data::new(organizer::pages::NOTES))
        .app_data(PathConfig::default().error_handler(|_, _| Error::NotFound.into()))
        .app_data(QueryConfig::default().error_handler(|_, _| Error::NotFound.into()))
        .app_data(form())
        .configure(routes)
        .default_service(web::to(nothing_here))
        .wrap(from_fn(legible::read))
        .wrap(from_fn(recent::remember))
        .wrap(from_fn(origin::refuse_foreign))
        .wrap(from_fn(accounts::identify))
        .wrap(from_fn(problem::show))
        .wrap(session(&parts.config))
        .wrap(from_fn(trace::follow))
        .wrap(from_fn(headers::add))
        .wrap(Compress::default())
}

/// How forms are read: one that is larger than any page sends is refused in words.
fn form() -> FormConfig {
    FormConfig::default()
        .limit(MOST_BYTES_OF_A_FORM)
        .error_handler(|error, _| match error {
            UrlencodedError::Overflow { .. } => Error::TooLarge.into(),
            error => error.into(),
        })
}

/// Every route there is.
fn routes(config: &mut ServiceConfig) {
    config.configure(health::routes);
    config.configure(assets::routes);
    config.configure(live::routes);
    config.configure(dashboard::routes);
    config.configure(search::routes);
    config.configure(outbox::pages::routes);
    config.configure(accounts::routes);
    config.configure(catalog::pages::routes);
    config.configure(exchange::routes);
    config.configure(sales::pages::routes);
    config.configure(purchasing::pages::routes);
    config.configure(inventory::pages::routes);
    config.configure(preparation::pages::routes);
    config.configure(returns::pages::routes);
    config.configure(organizer::pages::routes);
}

async fn nothing_here() -> Result<HttpResponse> {
    Err(Error::NotFound)
}

/// An encrypted cookie that opens a session; renewed at sign-in. The session says when it ends: the
/// browser may keep the cookie for as long as any can last.
fn session(config: &Config) -> SessionMiddleware<CookieSessionStore> {
    let key = Key::derive_from(config.session_key.reveal().as_bytes());
    SessionMiddleware::builder(CookieSessionStore::default(), key)
        .cookie_name(accounts::cookie_named(config, "session"))
        .cookie_secure(config.secure_cookies())
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .session_lifecycle(PersistentSession::default().session_ttl(Duration::days(90)))
        .build()
}
