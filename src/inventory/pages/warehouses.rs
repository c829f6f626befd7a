//! Warehouses: the list, the page of one, and its form. Everybody reads, admins write.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::catalog::{self, AllocationPolicy, Warehouse, WarehouseKind};
use crate::db::{Db, history};
use crate::error::Error;
use crate::inventory::forms::WarehouseForm;
use crate::inventory::queries::{self, WarehouseListed};
use crate::inventory::{add_warehouse, edit_warehouse};
use crate::types::{FieldErrors, WarehouseId};
use crate::web::{Admin, Htmx, Result, Shell, SignedIn, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(new)
        .service(create)
        .service(show)
        .service(edit)
        .service(update);
}

#[derive(Template)]
#[template(path = "inventory/warehouses/list.html")]
struct ListWarehouses {
    shell: Shell,
    warehouses: Vec<WarehouseListed>,
}

#[get("/warehouses")]
async fn list(db: Data<Db>, shell: Shell, _: SignedIn) -> Result {
    let warehouses = db
        .read(|conn| Ok(queries::warehouses_listed(conn)?))
        .await?;
    html::page(ListWarehouses { shell, warehouses })
}

#[derive(Template)]
#[template(path = "inventory/warehouses/show.html")]
struct ShowWarehouse {
    shell: Shell,
    warehouse: Warehouse,
    history: Vec<history::Entry>,
}

#[get("/warehouses/{id:\\d+}")]
async fn show(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<WarehouseId>) -> Result {
    let page = db
        .read(move |conn| {
            let warehouse = catalog::warehouse(conn, *id)?;
            Ok(ShowWarehouse {
                shell,
                history: history::of(conn, warehouse.record())?,
                warehouse,
            })
        })
        .await?;
    html::page(page)
}

#[derive(Template)]
#[template(path = "inventory/warehouses/edit.html", blocks = ["form"])]
struct EditWarehouse {
    shell: Shell,
    /// None: a new one.
    id: Option<WarehouseId>,
    form: WarehouseForm,
    errors: FieldErrors,
}

impl EditWarehouse {
    /// Where the form goes, and where the warehouse is once it exists.
    fn path(&self) -> String {
        match self.id {
            Some(id) => format!("/warehouses/{id}"),
            None => "/warehouses".into(),
        }
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

#[get("/warehouses/new")]
async fn new(shell: Shell, _: Admin) -> Result {
    html::page(EditWarehouse {
        shell,
        id: None,
        form: WarehouseForm::blank(),
        errors: FieldErrors::default(),
    })
}

#[post("/warehouses")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    admin: Admin,
    form: Form<WarehouseForm>,
) -> Result {
    let (form, by) = (form.into_inner(), admin.0.id);
    let input = form.parse();
    match db
        .write(&admin, move |act| {
            Ok(add_warehouse(act, &input.clone()?, Some(by))?)
        })
        .await
    {
        Ok(warehouse) => htmx.go_saying(warehouse.path(), format!("{} is open.", warehouse.name)),
        Err(Error::Invalid(errors)) => EditWarehouse {
            shell,
            id: None,
            form,
            errors,
        }
        .answer(&htmx),
        Err(error) => Err(error),
    }
}

#[get("/warehouses/{id:\\d+}/edit")]
async fn edit(db: Data<Db>, shell: Shell, _: Admin, id: Path<WarehouseId>) -> Result {
    let id = *id;
    let warehouse = db
        .read(move |conn| Ok(catalog::warehouse(conn, id)?))
        .await?;
    html::page(EditWarehouse {
        shell,
        id: Some(id),
        form: WarehouseForm::from(&warehouse),
        errors: FieldErrors::default(),
    })
}

#[post("/warehouses/{id:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    admin: Admin,
    id: Path<WarehouseId>,
    form: Form<WarehouseForm>,
) -> Result {
    let (id, form, by) = (*id, form.into_inner(), admin.0.id);
    let input = form.parse();
    match db
        .write(&admin, move |act| {
            Ok(edit_warehouse(act, id, &input.clone()?, Some(by))?)
        })
        .await
    {
        Ok(warehouse) => htmx.go_saying(warehouse.path(), format!("{} was saved.", warehouse.name)),
        Err(Error::Invalid(errors)) => EditWarehouse {
            shell,
            id: Some(id),
            form,
            errors,
        }
        .answer(&htmx),
        Err(error) => Err(error),
    }
}
