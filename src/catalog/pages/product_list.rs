//! Products: the list, and the same as CSV.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::Supplier;
use crate::catalog::queries::{self, ProductFilter, ProductListed, ProductTotals, Shown};
use crate::db::{Page, Paging};
use crate::types::ProductId;
use crate::web::{Column, Csv, Desk, Result, Shell, SignedIn, state, view, yes};

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
view!(ListProducts; results => as_results);

impl ListProducts {
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
        state(&ProductFilter {
            sort: String::new(),
            ..self.filter.clone()
        })
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        state(&self.filter)
    }
}

#[get("/products")]
async fn list(desk: Desk<SignedIn>, filter: Query<ProductFilter>, paging: Query<Paging>) -> Result {
    desk.show(move |conn, shell| {
        let page = queries::products_page(conn, &filter, &paging)?;
        let shown: Vec<ProductId> = page.rows.iter().map(|row| row.id).collect();
        Ok(ListProducts {
            totals: queries::product_totals(conn, &shown)?,
            suppliers: queries::suppliers(conn)?,
            shell,
            filter: filter.into_inner(),
            page,
        })
    })
    .await
}

const COLUMNS: &[Column<(ProductListed, ProductTotals)>] = &[
    ("sku", |(row, _)| row.sku.to_string()),
    ("name", |(row, _)| row.name.clone()),
    ("barcode", |(row, _)| {
        row.barcode.clone().unwrap_or_default()
    }),
    ("price", |(row, _)| row.price.input()),
    ("supplier", |(row, _)| {
        row.supplier.clone().unwrap_or_default()
    }),
    ("archived", |(row, _)| yes(row.is_archived)),
    ("on_hand", |(_, total)| total.on_hand.to_string()),
    ("to_ship", |(_, total)| total.to_ship.to_string()),
    ("available", |(_, total)| total.available.to_string()),
    ("incoming", |(_, total)| total.incoming.to_string()),
];

#[get("/products.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<ProductFilter>) -> Result {
    desk.read(move |conn| Csv::table(COLUMNS, &queries::products_for_export(conn, &filter)?))
        .await?
        .finish("products.csv")
}
