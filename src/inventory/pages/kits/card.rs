//! What a product is packed of, and what it is packed into, for its page.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, KitOfPart, KitPart, KitStock, Product};
use crate::types::{ProductId, RecordRef};
use crate::web::{Desk, Result, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "inventory/kits/card.html")]
struct ShowParts {
    product: Product,
    parts: Vec<KitPart>,
    stock: Vec<KitStock>,
    part_of: Vec<KitOfPart>,
    /// Whether the reader may say what it is packed of.
    may_edit: bool,
}
view!(ShowParts);

impl ShowParts {
    fn load(conn: &mut PgConnection, shell: &Shell, id: ProductId) -> Result<Self> {
        let mut parts = catalog::parts_of_kits(conn, &[id])?;
        Ok(Self {
            product: catalog::product(conn, id)?,
            parts: parts.remove(&id).unwrap_or_default(),
            stock: catalog::kit_stock(conn, &[id])?,
            part_of: catalog::kits_of_parts(conn, &[id])?,
            may_edit: shell.is_manager() && shell.is_everywhere(),
        })
    }

    /// The page changes when its parts or their stock do.
    fn topics(&self) -> String {
        let parts = self.parts.iter().map(|part| part.product_id);
        let all = std::iter::once(self.product.id).chain(parts);
        let topics = all.map(|product| RecordRef::Product(product).to_string());
        topics.collect::<Vec<_>>().join(" ")
    }

    fn limit_path(&self, stock: &KitStock) -> String {
        RecordRef::Product(stock.limited_by_id).path()
    }
}

#[get("/products/{id:\\d+}/parts")]
async fn show(desk: Desk<SignedIn>, id: Path<ProductId>) -> Result {
    desk.show(move |conn, shell| ShowParts::load(conn, &shell, *id))
        .await
}
