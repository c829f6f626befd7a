//! Suppliers: the list, the page of one, and its form.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::catalog::forms::SupplierForm;
use crate::catalog::queries::{self, Shown, SuppliedProduct, SupplierFilter, SupplierListed};
use crate::catalog::{self, Language, Supplier};
use crate::db::{Db, Page, Paging, history};
use crate::error::Error;
use crate::types::{FieldErrors, SupplierId};
use crate::web::{Csv, Htmx, Manager, Result, Shell, SignedIn, html, query};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .service(new)
        .service(create)
        .service(show)
        .service(edit)
        .service(update)
        .service(archive)
        .service(restore);
}

#[derive(Template)]
#[template(path = "catalog/suppliers/list.html", blocks = ["results"])]
struct ListSuppliers {
    shell: Shell,
    filter: SupplierFilter,
    page: Page<SupplierListed>,
}

impl ListSuppliers {
    /// The column the list is sorted by, as the URL names it.
    fn sort(&self) -> &str {
        match self.filter.sort.as_str() {
            "" => "name",
            sort => sort,
        }
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        query(&[("q", &self.filter.q), ("state", &self.filter.state)])
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        query(&[
            ("q", &self.filter.q),
            ("state", &self.filter.state),
            ("sort", &self.filter.sort),
        ])
    }
}

#[get("/suppliers")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<SupplierFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            let page = queries::suppliers_page(conn, &filter, &paging)?;
            Ok(ListSuppliers {
                shell,
                filter,
                page,
            })
        })
        .await?;
    if htmx.targets("results") {
        html::page(page.as_results())
    } else {
        html::page(page)
    }
}

#[get("/suppliers.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<SupplierFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(queries::suppliers_for_export(conn, &filter)?))
        .await?;
    let mut file = Csv::new(&[
        "code",
        "name",
        "contact",
        "emails",
        "phone",
        "address",
        "language",
        "currency",
        "lead_time_days",
        "minimum_order",
        "carriage_free_from",
        "archived",
    ])?;
    for SupplierListed { supplier, .. } in &rows {
        let carriage_free = supplier.carriage_free_from.map(|from| from.input());
        file.row([
            supplier.code.as_str(),
            &supplier.name,
            &supplier.contact_name,
            &supplier.emails.to_string(),
            &supplier.phone,
            &supplier.address,
            supplier.language.as_str(),
            &supplier.currency,
            &supplier.lead_time_days.to_string(),
            &supplier.minimum_order.input(),
            &carriage_free.unwrap_or_default(),
            if supplier.is_archived() { "yes" } else { "no" },
        ])?;
    }
    file.finish("suppliers.csv")
}

#[derive(Template)]
#[template(path = "catalog/suppliers/show.html")]
struct ShowSupplier {
    shell: Shell,
    supplier: Supplier,
    products: Page<SuppliedProduct>,
    history: Vec<history::Entry>,
}

#[get("/suppliers/{id:\\d+}")]
async fn show(
    db: Data<Db>,
    shell: Shell,
    _: SignedIn,
    id: Path<SupplierId>,
    paging: Query<Paging>,
) -> Result {
    let page = db
        .read(move |conn| {
            let supplier = queries::supplier(conn, *id)?;
            Ok(ShowSupplier {
                shell,
                products: queries::supplied_products(conn, *id, &paging)?,
                history: history::of(conn, supplier.record())?,
                supplier,
            })
        })
        .await?;
    html::page(page)
}

#[derive(Template)]
#[template(path = "catalog/suppliers/edit.html", blocks = ["form"])]
struct EditSupplier {
    shell: Shell,
    /// None: a new one.
    id: Option<SupplierId>,
    form: SupplierForm,
    errors: FieldErrors,
}

impl EditSupplier {
    /// Where the form goes, and where the supplier is once it exists.
    fn path(&self) -> String {
        match self.id {
            Some(id) => format!("/suppliers/{id}"),
            None => "/suppliers".into(),
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

#[get("/suppliers/new")]
async fn new(db: Data<Db>, shell: Shell, _: Manager) -> Result {
    let company = db.read(|conn| Ok(catalog::company(conn)?)).await?;
    html::page(EditSupplier {
        shell,
        id: None,
        form: SupplierForm::blank(company.currency),
        errors: FieldErrors::default(),
    })
}

#[post("/suppliers")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    form: Form<SupplierForm>,
) -> Result {
    let (form, by) = (form.into_inner(), manager.0.id);
    let input = form.parse();
    match db
        .write(&manager, move |act| {
            Ok(catalog::add_supplier(act, &input.clone()?, Some(by))?)
        })
        .await
    {
        Ok(supplier) => htmx.go_saying(supplier.path(), format!("{} was added.", supplier.name)),
        Err(Error::Invalid(errors)) => {
            let id = None;
            EditSupplier {
                shell,
                id,
                form,
                errors,
            }
            .answer(&htmx)
        }
        Err(error) => Err(error),
    }
}

#[get("/suppliers/{id:\\d+}/edit")]
async fn edit(db: Data<Db>, shell: Shell, _: Manager, id: Path<SupplierId>) -> Result {
    let id = *id;
    let supplier = db
        .read(move |conn| Ok(queries::supplier(conn, id)?))
        .await?;
    html::page(EditSupplier {
        shell,
        id: Some(id),
        form: SupplierForm::from(&supplier),
        errors: FieldErrors::default(),
    })
}

#[post("/suppliers/{id:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    id: Path<SupplierId>,
    form: Form<SupplierForm>,
) -> Result {
    let (id, form, by) = (*id, form.into_inner(), manager.0.id);
    let input = form.parse();
    match db
        .write(&manager, move |act| {
            Ok(catalog::edit_supplier(act, id, &input.clone()?, Some(by))?)
        })
        .await
    {
        Ok(supplier) => htmx.go_saying(supplier.path(), format!("{} was saved.", supplier.name)),
        Err(Error::Invalid(errors)) => {
            let id = Some(id);
            EditSupplier {
                shell,
                id,
                form,
                errors,
            }
            .answer(&htmx)
        }
        Err(error) => Err(error),
    }
}

#[post("/suppliers/{id:\\d+}/archive")]
async fn archive(db: Data<Db>, htmx: Htmx, manager: Manager, id: Path<SupplierId>) -> Result {
    let by = manager.0.id;
    let supplier = db
        .write(&manager, move |act| {
            Ok(catalog::archive_supplier(act, *id, Some(by))?)
        })
        .await?;
    htmx.go_saying(supplier.path(), format!("{} is archived.", supplier.name))
}

#[post("/suppliers/{id:\\d+}/restoration")]
async fn restore(db: Data<Db>, htmx: Htmx, manager: Manager, id: Path<SupplierId>) -> Result {
    let by = manager.0.id;
    let supplier = db
        .write(&manager, move |act| {
            Ok(catalog::restore_supplier(act, *id, Some(by))?)
        })
        .await?;
    htmx.go_saying(supplier.path(), format!("{} is back.", supplier.name))
}
