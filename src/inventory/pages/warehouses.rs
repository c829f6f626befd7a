//! Warehouses: the list, the page of one, and its form. Everybody reads, admins write.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, AllocationPolicy, PickBy, Warehouse, WarehouseKind};
use crate::db::history;
use crate::inventory::queries::{self, Held, ToShip, WarehouseFigures, WarehouseListed, Worth};
use crate::inventory::{WarehouseInput, add_warehouse, edit_warehouse, forms, preview_warehouse};
use crate::stock::pages::Asked;
use crate::stock::{Consent, When};
use crate::types::{FieldErrors, Fields, RecordRef, WarehouseId};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(new)
        .service(create)
        .service(show)
        .service(worth)
        .service(edit)
        .service(update);
}

#[derive(Template)]
#[template(path = "inventory/warehouses/list.html")]
struct ListWarehouses {
    shell: Shell,
    warehouses: Vec<WarehouseListed>,
}
view!(ListWarehouses);

#[get("/warehouses")]
async fn list(desk: Desk<SignedIn>) -> Result {
    desk.show(|conn, shell| {
        let warehouses = queries::warehouses_listed(conn)?;
        Ok(ListWarehouses { shell, warehouses })
    })
    .await
}

#[derive(Template)]
#[template(path = "inventory/warehouses/show.html")]
struct ShowWarehouse {
    shell: Shell,
    warehouse: Warehouse,
    figures: WarehouseFigures,
    /// Of which most units lie there.
    held: Vec<Held>,
    /// Served first.
    to_ship: Vec<ToShip>,
    history: Vec<history::Entry>,
}
view!(ShowWarehouse);

impl ShowWarehouse {
    /// When what an order misses comes, in words; empty: it misses nothing, or nothing is on its way.
    fn when(&self, order: &ToShip) -> String {
        let day = order
            .expected_on
            .map(|day| When::seen(Some(day), self.shell.today()));
        day.map_or_else(String::new, When::words)
    }
}

#[get("/warehouses/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<WarehouseId>) -> Result {
    desk.show(move |conn, shell| {
        let warehouse = catalog::warehouse(conn, *id)?;
        Ok(ShowWarehouse {
            shell,
            figures: queries::figures_of(conn, *id)?,
            held: queries::most_held(conn, *id)?,
            to_ship: queries::first_to_ship(conn, *id)?,
            history: history::of(conn, warehouse.record())?,
            warehouse,
        })
    })
    .await
}

/// What the goods of a warehouse are worth: every one of them is looked at, so the page does not wait
/// for it.
#[derive(Template)]
#[template(path = "inventory/warehouses/worth.html")]
struct WarehouseWorth {
    worth: Worth,
    currency: String,
}
view!(WarehouseWorth);

#[get("/warehouses/{id:\\d+}/worth")]
async fn worth(desk: Desk<SignedIn>, id: Path<WarehouseId>) -> Result {
    desk.show(move |conn, _| {
        Ok(WarehouseWorth {
            worth: queries::worth_of(conn, *id)?,
            currency: catalog::company(conn)?.currency,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "inventory/warehouses/edit.html", blocks = ["form"])]
struct EditWarehouse {
    shell: Shell,
    /// None: a new one.
    id: Option<WarehouseId>,
    typed: Fields,
    errors: FieldErrors,
    asked: Asked,
}
view!(EditWarehouse as form title);

impl EditWarehouse {
    fn new(_: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            id: None,
            typed: sheet.typed.or_of(&WarehouseInput::default()),
            errors: sheet.errors,
            asked: Asked::default(),
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: WarehouseId) -> Result<Self> {
        let asked = Asked::about(&sheet.errors, || {
            Ok(preview_warehouse(
                conn,
                id,
                &forms::warehouse(&sheet.typed)?,
            )?)
        })?;
        Ok(Self {
            shell: sheet.shell,
            id: Some(id),
            typed: sheet.typed.or_of(&catalog::warehouse(conn, id)?),
            errors: sheet.errors,
            asked,
        })
    }

    fn title(&self) -> String {
        match self.id {
            Some(_) => format!("Edit {}", self.typed.get("code")),
            None => "New warehouse".into(),
        }
    }

    /// Where the form goes, and where the warehouse is once it exists.
    fn path(&self) -> String {
        let kept = self.id.map(|id| RecordRef::Warehouse(id).path());
        kept.unwrap_or_else(|| "/warehouses".into())
    }
}

#[get("/warehouses/new")]
async fn new(desk: Desk<Admin>) -> Result {
    desk.ask(Fields::default(), EditWarehouse::new).await
}

#[post("/warehouses")]
async fn create(desk: Desk<Admin>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let warehouse = add_warehouse(act, &forms::warehouse(form)?)?;
        Ok(Go::to(warehouse.path()).saying(format!("{} is open.", warehouse.name)))
    })
    .or_again(EditWarehouse::new)
    .await
}

#[get("/warehouses/{id:\\d+}/edit")]
async fn edit(desk: Desk<Admin>, id: Path<WarehouseId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        EditWarehouse::of(conn, sheet, *id)
    })
    .await
}

#[post("/warehouses/{id:\\d+}")]
async fn update(desk: Desk<Admin>, id: Path<WarehouseId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let (input, consent) = (forms::warehouse(form)?, Consent::typed(form));
        let warehouse = edit_warehouse(act, id, &input, &consent)?;
        Ok(Go::to(warehouse.path()).saying(format!("{} was saved.", warehouse.name)))
    })
    .or_again(move |conn, sheet| EditWarehouse::of(conn, sheet, id))
    .await
}
