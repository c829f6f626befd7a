//! A transfer is drafted by hand, or sent at once: first who would gain and who would lose by it.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::sending::under_way_words;
use crate::catalog::{self, Warehouse, WarehouseKind};
use crate::inventory::actions::{offered_product, preview_at_once, send_at_once};
use crate::inventory::{
    Error, NewTransfer, NewTransferLine, draft_transfer, transfer_forms as forms,
};
use crate::stock::{Consent, Effects};
use crate::types::{FieldErrors, Fields, clock};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(create);
}

#[derive(Template)]
#[template(path = "inventory/transfers/new.html", blocks = ["form", "weighed"])]
struct NewPage {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    /// Where goods may leave.
    warehouses: Vec<Warehouse>,
    /// Where they may go.
    targets: Vec<Warehouse>,
    /// What sending it at once would do, or what stands in the way; none: it names no product.
    weighed: Option<Result<Effects, String>>,
}
view!(NewPage as form title; effects => as_weighed);

impl NewPage {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            weighed: weighed(conn, &sheet.typed)?,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            warehouses: catalog::warehouses(conn)?,
            targets: catalog::all_warehouses(conn)?,
        })
    }

    fn title(&self) -> &'static str {
        "New transfer"
    }

    fn is(&self, warehouse: &Warehouse, field: &str) -> bool {
        self.typed.get(field) == warehouse.id.to_string()
    }

    /// Whether goods lie at a supplier somewhere: they ship only through a transfer.
    fn has_goods_at_suppliers(&self) -> bool {
        let mut kinds = self.warehouses.iter().map(|warehouse| warehouse.kind);
        kinds.any(|kind| kind == WarehouseKind::Supplier)
    }
}

/// Nothing is told before all of it is said.
fn weighed(conn: &mut PgConnection, typed: &Fields) -> Result<Option<Result<Effects, String>>> {
    let new = match input(conn, typed) {
        Ok(new) if !new.lines.is_empty() => new,
        Ok(_) | Err(crate::Error::Invalid(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    match preview_at_once(conn, &new, clock::now()) {
        Ok(effects) => Ok(Some(Ok(effects))),
        Err(Error::Db(failure)) => Err(failure.into()),
        Err(refusal) => Ok(Some(Err(refusal.to_string()))),
    }
}

#[get("/transfers/new")]
async fn ask(desk: Desk<Manager>, typed: Fields) -> Result {
    desk.ask(typed, NewPage::load).await
}

#[post("/transfers")]
async fn create(desk: Desk<Manager>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let new = input(act, form)?;
        if !forms::sends_at_once(form) {
            return Ok(draft_transfer(act, &new)?.record().into());
        }
        let sent = send_at_once(act, &new, &Consent::typed(form))?;
        Ok(Go::from(sent.record()).saying(under_way_words(&sent)))
    })
    .or_again(NewPage::load)
    .await
}

fn input(conn: &mut PgConnection, form: &Fields) -> Result<NewTransfer> {
    let (mut new, line) = forms::new_transfer(form)?;
    if let Some((called, quantity)) = line {
        let (product, _) = offered_product(conn, &called)?;
        new.lines = vec![NewTransferLine { product, quantity }];
    }
    Ok(new)
}
