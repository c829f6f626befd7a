//! `/stock/files`: a file of levels and counted units, or of kits, looked at before it is applied.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

use crate::error::Error;
use crate::exchange::imports::{kits, stock as levels};
use crate::exchange::{self, FileReading, StockFile};
use crate::stock::{self, Consent, Effects};
use crate::types::{FieldErrors, Fields, StockFileId, clock, counted};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, upload, view};

/// Rows of a table on one page.
const PER_PAGE: usize = 200;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(create)
        .service(show)
        .service(confirm)
        .service(discard);
}

#[derive(Template)]
#[template(path = "exchange/stock/new.html")]
struct NewFile {
    shell: Shell,
    files: Vec<StockFile>,
    errors: FieldErrors,
}
view!(NewFile);

impl NewFile {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            files: exchange::latest_stock_files(conn)?,
            errors: sheet.errors,
        })
    }

    fn columns(&self) -> String {
        levels::column_names().collect::<Vec<_>>().join(", ")
    }

    fn columns_of_kits(&self) -> String {
        kits::column_names().collect::<Vec<_>>().join(", ")
    }
}

#[get("/stock/files/new")]
async fn new(desk: Desk<Manager>) -> Result {
    desk.ask(Fields::default(), NewFile::load).await
}

#[post("/stock/files")]
async fn create(desk: Desk<Manager>, parts: upload::Arriving) -> Result {
    let (form, sent) = upload::read(parts, &[]).await?;
    desk.patient()
        .once(form.with("sent", sent.print()), move |act, _| {
            let content = sent.bytes().map_err(exchange::Error::from)?;
            Ok(Go::to(
                exchange::keep_stock_file(act, &sent.name, &content)?.path(),
            ))
        })
        .or_again(NewFile::load)
        .await
}

#[derive(Template)]
#[template(path = "exchange/stock/show.html")]
struct ShowFile {
    shell: Shell,
    file: StockFile,
    /// None: nothing more can be done with it.
    preview: Option<Preview>,
    /// Why it was not applied; empty when nobody tried.
    complaint: String,
}
view!(ShowFile);

struct Preview {
    reading: FileReading,
    effects: Effects,
    /// Why the books take none of it; may be empty.
    refused: String,
    page: usize,
}

impl Preview {
    fn load(conn: &mut PgConnection, kept: &StockFile, page: usize) -> Result<Self> {
        let reading = exchange::preview_stock_file(conn, kept.id)?;
        let (mut effects, mut refused) = (Effects::default(), String::new());
        if let FileReading::Levels(reading) = &reading
            && reading.counts()
        {
            let counted = levels::happenings(reading, &kept.note());
            match stock::preview(conn, clock::now(), &counted) {
                Ok(weighed) => effects = weighed,
                Err(stock::Error::Db(failure)) => return Err(failure.into()),
                Err(refusal) => refused = refusal.to_string(),
            }
        }
        Ok(Self {
            reading,
            effects,
            refused,
            page,
        })
    }

    /// The rows of a table that are shown.
    fn shown<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        page_of(all, self.page)
    }

    /// `3 figures`, `1 kit`.
    fn sum(&self) -> String {
        counted(self.reading.changes(), self.reading.kind().unit())
    }

    fn may_be_applied(&self) -> bool {
        self.reading.changes() > 0 && self.refused.is_empty()
    }

    fn newer(&self) -> Option<usize> {
        self.page.checked_sub(1)
    }

    fn older(&self) -> Option<usize> {
        let changes = match &self.reading {
            FileReading::Levels(reading) => reading.changes.len(),
            FileReading::Kits(reading) => reading.changes.len(),
        };
        let longest = changes.max(self.reading.refused());
        let next = self.page.saturating_add(1);
        (next.saturating_mul(PER_PAGE) < longest).then_some(next)
    }
}

fn page_of<T>(all: &[T], page: usize) -> &[T] {
    let begin = page.saturating_mul(PER_PAGE).min(all.len());
    &all[begin..begin.saturating_add(PER_PAGE).min(all.len())]
}

impl ShowFile {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: StockFileId, page: usize) -> Result<Self> {
        let file = exchange::stock_file(conn, id)?;
        let preview = match file.is_preview() {
            true => Some(Preview::load(conn, &file, page)?),
            false => None,
        };
        let complaint = sheet.errors.iter().next();
        Ok(Self {
            complaint: complaint.map_or_else(String::new, |(_, sentence)| sentence.to_owned()),
            shell: sheet.shell,
            file,
            preview,
        })
    }
}

/// Which part of the lines is shown.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Part {
    page: usize,
}

#[get("/stock/files/{id:\\d+}")]
async fn show(desk: Desk<Manager>, id: Path<StockFileId>, part: Query<Part>) -> Result {
    desk.patient()
        .ask(Fields::default(), move |conn, sheet| {
            ShowFile::load(conn, sheet, *id, part.page)
        })
        .await
}

#[post("/stock/files/{id:\\d+}/confirmation")]
async fn confirm(desk: Desk<Manager>, id: Path<StockFileId>, form: Fields) -> Result {
    let id = *id;
    desk.patient()
        .act(form, move |act, form| {
            let consent = Consent::typed(form);
            let applied = exchange::apply_stock_file(act, id, form.get("seen"), &consent);
            let file = applied.map_err(Error::from)?;
            let said = format!("{} changed.", file.sum());
            Ok(Go::to(file.path()).saying(said))
        })
        .or_again(move |conn, sheet| ShowFile::load(conn, sheet, id, 0))
        .await
}

#[post("/stock/files/{id:\\d+}/discard")]
async fn discard(desk: Desk<Manager>, id: Path<StockFileId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        let name = exchange::discard_stock_file(act, *id)?.file_name;
        Ok(Go::to("/stock/files/new").saying(format!("{name} is discarded; nothing was changed.")))
    })
    .await
}
