//! Who the demo shop buys from: invented, under addresses that lead nowhere.

use super::mark;
use crate::catalog::{self, Language, LinkInput, SupplierInput};
use crate::db::Act;
use crate::error::{Error, Result};
use crate::types::{EmailList, Money, ProductId, Quantity, Sku, SupplierId};

struct Met {
    code: &'static str,
    name: &'static str,
    contact: &'static str,
    email: &'static str,
    address: &'static str,
    language: Language,
    currency: &'static str,
    /// A pound in its currency, in hundredths.
    per_pound: i64,
    lead_time_days: i32,
    minimum_order: i64,
    pack: u32,
}

const SUPPLIERS: [Met; 6] = [
    Met {
        code: "BRIGHTWELL",
        name: "Brightwell Gifts Ltd",
        contact: "Joan Price",
        email: "orders@brightwell.example",
        address: "4 Mill Lane\nLeeds LS1 4AB\nUnited Kingdom",
        language: Language::English,
        currency: "GBP",
        per_pound: 100,
        lead_time_days: 5,
        minimum_order: 100,
        pack: 6,
    },
    Met {
        code: "LUMIERE",
        name: "Maison Lumière",
        contact: "Élodie Garnier",
        email: "commandes@maison-lumiere.example",
        address: "12 rue des Lanternes\n69002 Lyon\nFrance",
        language: Language::French,
        currency: "EUR",
        per_pound: 115,
        lead_time_days: 9,
        minimum_order: 250,
        pack: 12,
    },
    Met {
        code: "NORDLICHT",
        name: "Nordlicht Handels GmbH",
        contact: "Jens Ahrens",
        email: "einkauf@nordlicht.example",
        address: "Speicherstraße 8\n20457 Hamburg\nGermany",
        language: Language::English,
        currency: "EUR",
        per_pound: 115,
        lead_time_days: 12,
        minimum_order: 300,
        pack: 4,
    },
    Met {
        code: "SHENMEI",
        name: "Shenmei Trading Co.",
        contact: "Li Na",
        email: "sales@shenmei.example",
        address: "88 Harbour Road\nNingbo\nChina",
        language: Language::English,
        currency: "USD",
        per_pound: 130,
        lead_time_days: 35,
        minimum_order: 1_000,
        pack: 24,
    },
    Met {
        code: "PENNY",
        name: "Pennyfarthing Papers",
        contact: "Tom Aldous",
        email: "hello@pennyfarthing.example",
        address: "The Old Press\nNorwich NR3 1AU\nUnited Kingdom",
        language: Language::English,
        currency: "GBP",
        per_pound: 100,
        lead_time_days: 4,
        minimum_order: 50,
        pack: 1,
    },
    Met {
        code: "ROSE",
        name: "Atelier Rose",
        contact: "Inès Moreau",
        email: "atelier@atelier-rose.example",
        address: "3 place du Marché\n44000 Nantes\nFrance",
        language: Language::French,
        currency: "EUR",
        per_pound: 115,
        lead_time_days: 7,
        minimum_order: 0,
        pack: 1,
    },
];

pub fn meet(act: &mut Act<'_>) -> Result<Vec<SupplierId>> {
    let mut ids = Vec::new();
    for met in &SUPPLIERS {
        let input = SupplierInput {
            code: met.code.to_owned(),
            name: met.name.to_owned(),
            contact_name: met.contact.to_owned(),
            emails: EmailList::parse(met.email).map_err(Error::Failure)?,
            phone: String::new(),
            address: met.address.to_owned(),
            language: met.language,
            currency: met.currency.to_owned(),
            lead_time_days: met.lead_time_days,
            minimum_order: Money::from_ten_thousandths(met.minimum_order * 10_000),
            carriage_free_from: None,
            note: String::new(),
        };
        ids.push(catalog::add_supplier(act, &input)?.id);
    }
    Ok(ids)
}

/// What one unit of a currency is worth in pounds, in millionths.
pub fn rate(currency: &str) -> Option<i64> {
    let met = SUPPLIERS.iter().find(|met| met.currency == currency)?;
    Some(100_000_000 / met.per_pound)
}

/// Says where a product is bought; a few are bought nowhere yet.
pub fn link(
    act: &mut Act<'_>,
    suppliers: &[SupplierId],
    product: ProductId,
    sku: &Sku,
    price: Money,
) -> Result<()> {
    let mark = mark(sku.as_str());
    if mark.is_multiple_of(97) {
        return Ok(());
    }
    let at = usize::try_from(mark % 6).unwrap_or(0);
    let met = &SUPPLIERS[at];
    // About 55% of what it sells for.
    let price =
        Money::from_ten_thousandths(price.ten_thousandths() * 55 / 100 * met.per_pound / 100);
    let pack = Quantity::new(if mark.is_multiple_of(3) { met.pack } else { 1 });
    let input = LinkInput {
        supplier_sku: format!("{}-{}", &met.code[..2], sku),
        price,
        minimum_quantity: pack,
        pack_size: pack,
        lead_time_days: None,
    };
    catalog::link_supplier(act, product, suppliers[at], &input)?;
    Ok(())
}
