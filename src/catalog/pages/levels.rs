//! The levels of a product, set warehouse by warehouse in the rows of its page.

use actix_web::post;
use actix_web::web::{Data, Form, Path, ServiceConfig};
use diesel::prelude::*;

use super::products::ShowProduct;
use crate::catalog::forms::LimitsForm;
use crate::catalog::queries::{self, ProductLevel};
use crate::catalog::{self, Limits};
use crate::db::Db;
use crate::error::Error;
use crate::types::{FieldErrors, ProductId, WarehouseId};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(update);
}

/// A warehouse, what its two boxes hold, and what is wrong with that.
pub struct LevelRow {
    /// The balance.
    pub level: ProductLevel,
    /// The boxes.
    pub form: LimitsForm,
    /// Complaints.
    pub errors: FieldErrors,
}

/// The rows as they are stored.
pub fn rows(conn: &mut PgConnection, product: ProductId) -> QueryResult<Vec<LevelRow>> {
    let levels = queries::product_levels(conn, product)?.into_iter();
    Ok(levels
        .map(|level| LevelRow {
            form: LimitsForm::from(level.limits()),
            errors: FieldErrors::default(),
            level,
        })
        .collect())
}

#[post("/products/{id:\\d+}/levels/{warehouse:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    place: Path<(ProductId, WarehouseId)>,
    form: Form<LimitsForm>,
) -> Result {
    let ((product, warehouse), form, by) = (*place, form.into_inner(), manager.0.id);
    let limits = form.parse();
    let outcome = db
        .write(&manager, move |act| {
            let limits: Limits = limits.clone()?;
            Ok(catalog::set_limits(
                act,
                product,
                warehouse,
                limits,
                Some(by),
            )?)
        })
        .await;
    let errors = match outcome {
        Ok(()) if !htmx.targets("levels") => {
            return htmx.go_saying(format!("/products/{product}"), "The levels were saved.");
        }
        Ok(()) => FieldErrors::default(),
        Err(Error::Invalid(errors)) => errors,
        Err(error) => return Err(error),
    };
    let mut page = db
        .read(move |conn| ShowProduct::load(conn, shell, product))
        .await?;
    if errors.is_empty() {
        return Ok(html::saying(
            html::page(page.as_levels())?,
            "The levels were saved.",
        ));
    }
    page.complain(warehouse, form, errors);
    if htmx.targets("levels") {
        html::invalid(page.as_levels())
    } else {
        html::invalid(page)
    }
}
