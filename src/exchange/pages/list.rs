//! `/imports`: the files there were, and the form for the next.

use actix_multipart::Multipart;
use actix_web::web::Data;
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::PgConnection;

use super::upload;
use crate::catalog::{self, Warehouse};
use crate::db::Db;
use crate::error::Error;
use crate::exchange::forms::ImportForm;
use crate::exchange::{self, Import, Upload};
use crate::types::FieldErrors;
use crate::web::{Htmx, Manager, Result, Shell, html};

#[derive(Template)]
#[template(path = "exchange/imports/list.html")]
struct ImportList {
    shell: Shell,
    imports: Vec<(Import, Option<String>)>,
    warehouses: Vec<Warehouse>,
    form: ImportForm,
    errors: FieldErrors,
}

impl ImportList {
    fn read(conn: &mut PgConnection, shell: Shell) -> Result<Self> {
        let warehouses = shipping_warehouses(conn)?;
        Ok(Self {
            shell,
            imports: exchange::latest(conn)?,
            form: ImportForm {
                warehouse: warehouses
                    .first()
                    .map_or(String::new(), |first| first.id.to_string()),
                create_products: "true".into(),
                ..ImportForm::default()
            },
            warehouses,
            errors: FieldErrors::default(),
        })
    }
}

/// Those that ship orders, the primary one first.
pub(super) fn shipping_warehouses(conn: &mut PgConnection) -> Result<Vec<Warehouse>> {
    let mut warehouses = catalog::warehouses(conn)?;
    warehouses.retain(|warehouse| warehouse.ships_orders);
    Ok(warehouses)
}

#[get("/imports")]
pub(super) async fn list(shell: Shell, db: Data<Db>, _: Manager) -> Result {
    html::page(db.read(|conn| ImportList::read(conn, shell)).await?)
}

#[post("/imports")]
pub(super) async fn create(
    shell: Shell,
    db: Data<Db>,
    htmx: Htmx,
    Manager(visitor): Manager,
    parts: Multipart,
) -> Result {
    let sent = upload::read(parts).await?;
    let parsed = sent.form.parse();
    let (file_name, content) = (sent.file_name, sent.content);
    let kept = db
        .write(&visitor, move |act| {
            let (to, choices) = parsed.clone()?;
            let content = content.clone().map_err(exchange::Error::from)?;
            let upload = Upload {
                file_name: file_name.clone(),
                content,
                to,
                choices,
            };
            Ok(exchange::keep(act, &upload, Some(visitor.id), Utc::now())?)
        })
        .await;
    match kept {
        Ok(import) => htmx.go(import.path()),
        Err(Error::Invalid(errors)) => {
            let mut page = db.read(|conn| ImportList::read(conn, shell)).await?;
            (page.form, page.errors) = (sent.form, errors);
            html::invalid(page)
        }
        Err(error) => Err(error),
    }
}
