//! Products: the list, and the same as CSV.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::queries::{
    self, PRODUCT_SORTS, ProductFilter, ProductListed, ProductTotals, Shown,
};
use crate::catalog::{ProductKind, Supplier};
use crate::db::{Page, Paging};
use crate::types::{Grams, ProductId};
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view, yes};

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

    fn kinds(&self) -> &'static [ProductKind] {
        ProductKind::ALL
    }

    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            PRODUCT_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }
}

#[get("/products")]
async fn list(desk: Desk<SignedIn>, filter: Query<ProductFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| {
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
    Column::head("SKU")
        .rising("sku")
        .in_file("sku", |(row, _)| row.sku.to_string()),
    Column::head("Name")
        .rising("name")
        .in_file("name", |(row, _)| row.name.clone()),
    Column::file("barcodes", |(row, _)| row.barcodes.clone()),
    Column::file("price", |(row, _)| row.price.input()),
    Column::head("Supplier")
        .class("wide")
        .in_file("supplier", |(row, _)| {
            row.supplier.clone().unwrap_or_default()
        }),
    Column::head("Price").class("number").falling("price"),
    Column::file("archived", |(row, _)| yes(row.is_archived)),
    Column::head("On hand")
        .class("number")
        .in_file("on_hand", |(row, total)| row.units(total.on_hand)),
    Column::head("To ship")
        .class("number")
        .in_file("to_ship", |(row, total)| row.units(total.to_ship)),
    Column::head("Available")
        .class("number")
        .in_file("available", |(_, total)| total.available.to_string()),
    Column::head("Incoming")
        .class("number")
        .in_file("incoming", |(row, total)| row.units(total.incoming)),
    Column::file("kind", |(row, _)| row.kind.as_str().into()),
    Column::file("weight_kg", |(row, _)| {
        row.weight().map_or_else(String::new, Grams::kilograms)
    }),
];

#[get("/products.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<ProductFilter>) -> Result {
    desk.read(move |conn| Csv::table(COLUMNS, &queries::products_for_export(conn, &filter)?))
        .await?
        .finish("products.csv")
}
