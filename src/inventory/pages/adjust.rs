//! Correcting what lies somewhere, in a dialog or on a page of its own.

use actix_web::web::{Data, Form, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::db::{self, Db};
use crate::error::Error;
use crate::inventory::actions::{AdjustInput, REASONS, adjust};
use crate::inventory::forms::{AdjustForm, Adjusting};
use crate::inventory::queries;
use crate::stock::{MoveReason, Place};
use crate::types::{FieldErrors, RecordRef, RequestKey, UserId};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(new).service(create);
}

#[derive(Template)]
#[template(path = "inventory/adjustments/new.html", blocks = ["form"])]
struct Adjust {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    form: AdjustForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "inventory/adjustments/new_dialog.html")]
struct InDialog<'a> {
    page: &'a Adjust,
}

impl Adjust {
    fn reasons(&self) -> [MoveReason; 3] {
        REASONS
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.form.warehouse == warehouse.id.to_string()
    }

    fn is_for(&self, reason: &MoveReason) -> bool {
        self.form.reason == reason.as_str()
    }
}

#[get("/adjustments/new")]
async fn new(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    form: Query<AdjustForm>,
) -> Result {
    let warehouses = db.read(|conn| Ok(catalog::warehouses(conn)?)).await?;
    let page = Adjust {
        shell,
        warehouses,
        form: AdjustForm {
            key: RequestKey::fresh().to_string(),
            ..form.into_inner()
        },
        errors: FieldErrors::default(),
    };
    if htmx.targets("dialog-content") {
        html::page(InDialog { page: &page })
    } else {
        html::page(page)
    }
}

#[post("/adjustments")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(visitor): Manager,
    Form(form): Form<AdjustForm>,
) -> Result {
    let typed = form.clone();
    let done = db
        .write(&visitor, move |act| {
            let adjusting = typed.parse()?;
            let key = adjusting.key.clone();
            act.once(&key, |act| write(act, &adjusting, visitor.id))
        })
        .await;
    let errors = match done {
        Ok(path) => return htmx.go(path),
        Err(Error::Invalid(errors)) => errors,
        Err(error) => return Err(error),
    };
    let warehouses = db.read(|conn| Ok(catalog::warehouses(conn)?)).await?;
    let page = Adjust {
        shell,
        warehouses,
        form,
        errors,
    };
    if htmx.asks() {
        html::invalid(page.as_form())
    } else {
        html::invalid(page)
    }
}

/// Writes it, and tells where what it did can be read.
fn write(conn: &mut PgConnection, adjusting: &Adjusting, user: UserId) -> Result<String> {
    let Some(product) = queries::product_called(conn, &adjusting.product)? else {
        return Err(FieldErrors::one("product", "No product has this SKU or barcode.").into());
    };
    let input = AdjustInput {
        place: Place::new(adjusting.warehouse, product),
        change: adjusting.change,
        reason: adjusting.reason,
        note: adjusting.note.clone(),
    };
    let (movement, outcome) = adjust(conn, &input, user, Utc::now())?;
    db::history::note(
        conn,
        RecordRef::Product(product),
        Some(user),
        &format!("Stock corrected by {}", input.change),
        &input.note,
    )?;
    tracing::info!(%movement, changes = outcome.lines.len(), "stock was corrected");
    Ok(format!("/movements/{movement}"))
}
