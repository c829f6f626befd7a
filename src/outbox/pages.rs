//! The mails: what went out, what waits, what failed and why.

use actix_web::http::header;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::model::{self, AttachmentLine, Mail, MailLine, MailState};
use super::{actions, message, queries};
use crate::config::Config;
use crate::db::{Page, Paging};
use crate::error::Error;
use crate::types::{AttachmentId, Fields, MailId, clock};
use crate::web::{Desk, Go, Manager, Result, Shell, html, state, view};

/// What a mail in a frame may do: be looked at. Its own styles are inline, as mail has them.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    form-action 'none'; frame-ancestors 'self'; base-uri 'none'; sandbox";

/// What the list is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Filter {
    q: String,
    state: String,
}

#[derive(Template)]
#[template(path = "outbox/mails/list.html")]
struct List {
    shell: Shell,
    filter: Filter,
    page: Page<MailLine>,
    query: String,
    here: String,
    has_server: bool,
}
view!(List);

impl List {
    fn states(&self) -> &'static [MailState] {
        MailState::ALL
    }

    fn is_filtered(&self) -> bool {
        !self.filter.q.is_empty() || !self.filter.state.is_empty()
    }
}

#[get("/mails")]
async fn list(
    desk: Desk<Manager>,
    config: Data<Config>,
    filter: Query<Filter>,
    paging: Query<Paging>,
    request: HttpRequest,
) -> Result {
    let (here, has_server) = (request.uri().to_string(), config.smtp_url.is_some());
    desk.list(move |conn, shell| {
        let asked = filter.state.parse().ok();
        Ok(List {
            shell,
            page: queries::page(conn, asked, &filter.q, &paging)?,
            query: state(&*filter),
            filter: filter.into_inner(),
            here,
            has_server,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "outbox/mails/show.html")]
struct Show {
    shell: Shell,
    mail: Mail,
    author: Option<String>,
    attachments: Vec<AttachmentLine>,
    has_server: bool,
}
view!(Show);

impl Show {
    /// The button that sends it again, and whether it asks first: someone has it already, or it was
    /// never meant to leave.
    fn again(&self) -> Option<(&'static str, bool)> {
        match self.mail.line.state {
            _ if !self.has_server => None,
            MailState::Queued if self.mail.line.tries == 0 => None,
            MailState::Queued => Some(("Try now", false)),
            MailState::Failed => Some(("Send again", false)),
            MailState::Kept => Some(("Send now", true)),
            MailState::Sent => Some(("Send again", true)),
        }
    }

    fn was_sent(&self) -> bool {
        self.mail.line.state == MailState::Sent
    }

    fn was_kept(&self) -> bool {
        self.mail.line.state == MailState::Kept
    }
}

#[get("/mails/{id}")]
async fn show(desk: Desk<Manager>, config: Data<Config>, id: Path<MailId>) -> Result {
    let has_server = config.smtp_url.is_some();
    desk.show(move |conn, shell| {
        let mail = queries::find(conn, *id)?;
        Ok(Show {
            shell,
            author: queries::author(conn, &mail)?,
            attachments: queries::attachment_lines(conn, *id)?,
            mail,
            has_server,
        })
    })
    .await
}

/// The HTML of a mail, for the frame on its page: strange HTML, so it gets no rights at all.
#[get("/mails/{id}/body")]
async fn body(desk: Desk<Manager>, id: Path<MailId>) -> Result {
    let mail = desk.read(move |conn| Ok(queries::find(conn, *id)?)).await?;
    if mail.body_html.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, LETTER_POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "SAMEORIGIN"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(mail.body_html))
}

#[get("/mails/{id}/attachments/{attachment}")]
async fn attachment(desk: Desk<Manager>, path: Path<(MailId, AttachmentId)>) -> Result {
    let (mail, id) = *path;
    let file = desk
        .read(move |conn| Ok(queries::attachment(conn, mail, id)?))
        .await?;
    html::attachment(&file.name, &file.content_type, file.content)
}

/// The whole message, to open in a mail program.
#[get("/mails/{id}/message.eml")]
async fn message_file(desk: Desk<Manager>, id: Path<MailId>) -> Result {
    let (mail, attachments) = desk
        .read(move |conn| Ok((queries::find(conn, *id)?, queries::attachments(conn, *id)?)))
        .await?;
    let at = mail.line.sent_at.unwrap_or_else(clock::now);
    let message = message::compose(&mail, attachments, at).map_err(Error::Refused)?;
    let name = format!("mail-{}.eml", mail.line.id);
    html::attachment(&name, "message/rfc822", message.formatted())
}

#[post("/mails/{id}/retry")]
async fn retry(
    desk: Desk<Manager>,
    config: Data<Config>,
    id: Path<MailId>,
    form: Fields,
) -> Result {
    desk.once(form, move |act, _| {
        let queued = actions::send_again(act, *id)?;
        let sentence = format!("The mail {}.", config.fate_of_mail());
        Ok(Go::to(model::path(queued)).saying(sentence))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(show)
        .service(body)
        .service(attachment)
        .service(message_file)
        .service(retry);
}
