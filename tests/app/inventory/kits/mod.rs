//! Kits: products that are packed of others, as people make them, look for them and run into them.

mod archiving;
mod available;
mod becoming;
mod editing;
mod files;
mod limited;
mod racing;
mod refused;

use backfill::catalog::Product;

use crate::support::app::Shop;
use crate::support::html::{Form, Page};
use crate::support::requests::{Browser, Reply};

/// A product, and two others it can be packed of.
struct Bench {
    shop: Shop,
    set: Product,
    mug: Product,
    tea: Product,
}

impl Bench {
    async fn open() -> Bench {
        let shop = Shop::open().await;
        Bench {
            set: shop.new_product("GIFT-SET"),
            mug: shop.new_product("MUG"),
            tea: shop.new_product("TEA"),
            shop,
        }
    }

    /// The form of the parts of a product.
    async fn form(&self, browser: &Browser, product: &Product) -> Form {
        let page = browser
            .page(&format!("{}/parts/edit", product.path()))
            .await;
        page.form("form.form")
    }

    /// Says that it is packed of two mugs and a tea.
    async fn packs(&self, browser: &Browser) -> Reply {
        let form = self.form(browser, &self.set).await;
        browser
            .send(&packed_of(form, &[("MUG", "2"), ("TEA", "1")]))
            .await
    }

    async fn parts(&self, browser: &Browser, product: &Product) -> Page {
        browser.page(&format!("{}/parts", product.path())).await
    }
}

/// The same form with these rows of parts alone.
fn packed_of(form: Form, parts: &[(&str, &str)]) -> Form {
    let mut form = form.without("sku").without("quantity");
    for (sku, units) in parts {
        form.fields.push(("sku".into(), (*sku).into()));
        form.fields.push(("quantity".into(), (*units).into()));
    }
    form
}
