//! A carrier's file of tracking numbers: chosen, looked at, applied.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::error::Error;
use crate::preparation::files::{Line, Plan, Verdict};
use crate::preparation::{self, Carrier, CarrierFiles, queries};
use crate::sheet;
use crate::types::{CarrierId, FieldErrors, Fields, Limit, counted};
use crate::web::{Desk, Go, Result, Shell, SignedIn, html, upload, view};

/// Lines of a preview.
const SHOWN: usize = 500;
/// Bytes that such a file may have: it goes through the form that confirms it.
const MOST_BYTES: usize = 512 * 1024;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(look).service(confirm);
}

#[derive(Template)]
#[template(path = "preparation/carriers/tracking.html")]
struct TrackingFile {
    shell: Shell,
    carrier: Carrier,
    files: CarrierFiles,
    /// None: no file was chosen yet, or it cannot be read.
    preview: Option<Preview>,
    errors: FieldErrors,
}
view!(TrackingFile);

/// What a file comes to.
struct Preview {
    content: String,
    plan: Plan,
}

impl TrackingFile {
    fn load(conn: &mut PgConnection, shell: Shell, id: CarrierId) -> Result<Self> {
        let (carrier, files) = queries::carrier_with_files(conn, id)?;
        Ok(Self {
            shell,
            carrier,
            files,
            preview: None,
            errors: FieldErrors::default(),
        })
    }

    /// With what a file comes to, or why it comes to nothing.
    fn of(
        self,
        conn: &mut PgConnection,
        limit: &Limit,
        content: Result<String, String>,
    ) -> Result<Self> {
        let read = |content: String| {
            let plan = preparation::read_tracking(conn, self.carrier.id, limit, &content)?;
            Ok(Preview { content, plan })
        };
        let wrong = |why: String| Error::from(FieldErrors::one("file", why));
        let (preview, errors) = match content.map_err(wrong).and_then(read) {
            Ok(preview) => (Some(preview), self.errors),
            Err(Error::Invalid(errors)) => (None, errors),
            Err(failure) => return Err(failure),
        };
        Ok(Self {
            preview,
            errors,
            ..self
        })
    }
}

impl Preview {
    /// Those that are left out first.
    fn lines(&self) -> Vec<&Line> {
        let is_out = |line: &&Line| matches!(line.verdict, Verdict::LeftOut(_));
        let (out, others): (Vec<_>, Vec<_>) = self.plan.lines.iter().partition(is_out);
        out.into_iter().chain(others).take(SHOWN).collect()
    }

    fn more(&self) -> usize {
        self.plan.lines.len().saturating_sub(SHOWN)
    }

    fn taken(&self) -> usize {
        self.plan.taken().count()
    }
}

#[get("/carriers/{id:\\d+}/tracking")]
async fn ask(desk: Desk<SignedIn>, id: Path<CarrierId>) -> Result {
    desk.show(move |conn, shell| TrackingFile::load(conn, shell, *id))
        .await
}

#[post("/carriers/{id:\\d+}/tracking")]
async fn look(
    desk: Desk<SignedIn>,
    shell: Shell,
    id: Path<CarrierId>,
    parts: upload::Arriving,
) -> Result {
    let limit = desk.visitor().limit.clone();
    let (_, file) = upload::read(parts, &[]).await?;
    let content = file.bytes().map_err(|why| why.to_string());
    let content = content.and_then(|bytes| text(&bytes));
    let read = desk
        .patient()
        .read(move |conn| TrackingFile::load(conn, shell, *id)?.of(conn, &limit, content));
    let page = read.await?;
    match page.errors.is_empty() {
        true => html::page(page),
        false => html::invalid(page),
    }
}

/// What a file says, if it can be one of tracking numbers.
fn text(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > MOST_BYTES {
        return Err("A file of tracking numbers has at most 512 kB: split it.".into());
    }
    let read = sheet::decode(bytes).map_err(|why| why.to_string())?;
    Ok(read.text)
}

#[post("/carriers/{id:\\d+}/tracking/confirmation")]
async fn confirm(desk: Desk<SignedIn>, id: Path<CarrierId>, form: Fields) -> Result {
    let (id, limit) = (*id, desk.visitor().limit.clone());
    desk.patient()
        .once(form, move |act, form| {
            let (content, agreed) = (form.get("content"), form.get("agreed"));
            let said = match preparation::take_tracking(act, id, content, agreed)? {
                1 => "1 parcel has its tracking number.".to_owned(),
                taken => format!("{} have their tracking numbers.", counted(taken, "parcel")),
            };
            Ok(Go::to("/manifests/ship").saying(said))
        })
        .or_again(move |conn, sheet| {
            let content = sheet.typed.get("content").to_owned();
            let page = TrackingFile {
                errors: sheet.errors,
                ..TrackingFile::load(conn, sheet.shell, id)?
            };
            page.of(conn, &limit, Ok(content))
        })
        .await
}
