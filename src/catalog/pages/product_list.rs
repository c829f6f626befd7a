//! Products: the list, and the same as CSV.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;
use diesel::prelude::*;

use crate::catalog::Supplier;
use crate::catalog::queries::{self, ProductFilter, ProductListed, ProductTotals, Shown};
use crate::db::{Db, Page, Paging};
use crate::types::ProductId;
use crate::web::{Csv, Htmx, Result, Shell, SignedIn, html, query};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "catalog/products/list.html", blocks = ["results"])]
struct ListProducts {
    shell: Shell,
    filter: ProductFilter,
    page: Page<ProductListed>,
    totals: HashMap<ProductId, ProductTotals>,
    suppliers: Vec<Supplier>,
}

impl ListProducts {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        filter: ProductFilter,
        paging: &Paging,
    ) -> Result<Self> {
        let page = queries::products_page(conn, &filter, paging)?;
        let shown: Vec<ProductId> = page.rows.iter().map(|row| row.id).collect();
        Ok(Self {
            totals: queries::product_totals(conn, &shown)?,
            suppliers: queries::suppliers(conn)?,
            shell,
            filter,
            page,
        })
    }

    fn totals(&self, product: &ProductId) -> ProductTotals {
        self.totals.get(product).copied().unwrap_or_default()
    }

    /// The column the list is sorted by, as the URL names it.
    fn sort(&self) -> &str {
        match self.filter.sort.as_str() {
            "" => "sku",
            sort => sort,
        }
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        query(&[
            ("q", &self.filter.q),
            ("state", &self.filter.state),
            ("supplier", &self.filter.supplier),
        ])
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        query(&[
            ("q", &self.filter.q),
            ("state", &self.filter.state),
            ("supplier", &self.filter.supplier),
            ("sort", &self.filter.sort),
        ])
    }
}

#[get("/products")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<ProductFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| ListProducts::load(conn, shell, filter, &paging))
        .await?;
    if htmx.targets("results") {
        html::page(page.as_results())
    } else {
        html::page(page)
    }
}

#[get("/products.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<ProductFilter>) -> Result {
    db.read(move |conn| {
        let mut file = Csv::new(&[
            "sku",
            "name",
            "barcode",
            "price",
            "supplier",
            "archived",
            "on_hand",
            "to_ship",
            "available",
            "incoming",
        ])?;
        let rows = queries::products_for_export(conn, &filter)?;
        for rows in rows.chunks(5_000) {
            let shown: Vec<ProductId> = rows.iter().map(|row| row.id).collect();
            let totals = queries::product_totals(conn, &shown)?;
            for row in rows {
                let total = totals.get(&row.id).copied().unwrap_or_default();
                file.row([
                    row.sku.as_str(),
                    &row.name,
                    row.barcode.as_deref().unwrap_or_default(),
                    &row.price.input(),
                    row.supplier.as_deref().unwrap_or_default(),
                    if row.is_archived { "yes" } else { "no" },
                    &total.on_hand.to_string(),
                    &total.to_ship.to_string(),
                    &total.available.to_string(),
                    &total.incoming.to_string(),
                ])?;
            }
        }
        Ok(file)
    })
    .await?
    .finish("products.csv")
}
