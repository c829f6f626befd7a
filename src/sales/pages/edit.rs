//! Orders by hand: a new one, and one that is changed.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;
use serde::Deserialize;

use super::written::{change, place};
use crate::catalog::{self, Warehouse};
use crate::db::Db;
use crate::error::Error;
use crate::sales::forms::{LineForm, OrderForm, customer_meant};
use crate::sales::queries;
use crate::sales::{self, Customer, Order};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{FieldErrors, OrderId};
use crate::web::{Htmx, Result, Shell, SignedIn, html};

/// Lines without a word in them that a new order offers.
const SPARE: usize = 4;

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(delivery)
        .service(create)
        .service(edit)
        .service(update);
}

#[derive(Template)]
#[template(path = "sales/orders/edit.html", blocks = ["form", "delivery"])]
struct EditOrder {
    shell: Shell,
    /// None: a new one.
    order: Option<Order>,
    customer: Option<Customer>,
    warehouses: Vec<Warehouse>,
    currency: String,
    form: OrderForm,
    errors: FieldErrors,
}

impl EditOrder {
    /// A page around a form, as it stands.
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        id: Option<OrderId>,
        form: OrderForm,
        errors: FieldErrors,
    ) -> Result<Self> {
        let order = id.map(|id| queries::order(conn, id)).transpose()?;
        let customer = match &order {
            Some(order) => Some(queries::customer(conn, order.customer_id)?),
            None => customer_meant(conn, &form.customer)?,
        };
        let currency = match &order {
            Some(order) => order.currency.clone(),
            None => catalog::company(conn)?.currency,
        };
        let mut page = Self {
            warehouses: catalog::warehouses(conn)?
                .into_iter()
                .filter(|warehouse| warehouse.ships_orders)
                .collect(),
            shell,
            order,
            customer,
            currency,
            form,
            errors,
        };
        page.offer_lines();
        Ok(page)
    }

    /// A form nobody typed anything into has some empty lines, others one to go on with.
    fn offer_lines(&mut self) {
        let spare = match (&self.order, self.form.lines.len()) {
            (None, lines) => SPARE.saturating_sub(lines).max(1),
            (Some(_), _) => 1,
        };
        let warehouse = self.warehouses.first();
        let blank = LineForm {
            warehouse: warehouse
                .map(|each| each.id.to_string())
                .unwrap_or_default(),
            ..LineForm::default()
        };
        self.form.lines.extend(vec![blank; spare]);
    }

    fn title(&self) -> String {
        match &self.order {
            Some(order) => format!("Edit {}", order.number),
            None => "New order".into(),
        }
    }

    /// Where the form goes, and where the order is once it exists.
    fn path(&self) -> String {
        self.order
            .as_ref()
            .map_or_else(|| "/orders".into(), Order::path)
    }

    /// Whether the name typed is nobody's yet.
    fn is_new_customer(&self) -> bool {
        self.customer.is_none() && !self.form.customer.trim().is_empty()
    }

    /// What the new customer is called.
    fn new_name(&self) -> &str {
        if self.form.new_name.is_empty() {
            self.form.customer.trim()
        } else {
            &self.form.new_name
        }
    }

    /// Whether the priority may be chosen here at all.
    fn may_prioritise(&self) -> bool {
        self.order.is_none() || self.shell.is_manager()
    }

    /// The priorities that may be chosen.
    fn priorities(&self) -> Vec<Priority> {
        let class = self.customer.as_ref();
        let all = Priority::ALL.iter().copied();
        all.filter(|each| self.shell.is_manager() || allows(class, *each))
            .collect()
    }

    fn is_priority(&self, priority: &Priority) -> bool {
        self.form.priority == priority.as_str()
    }

    fn is_policy(&self, policy: &ShippingPolicy) -> bool {
        self.form.shipping_policy == policy.as_str()
    }

    fn id(&self, field: &str, key: &str) -> String {
        format!("{field}-{key}")
    }

    fn error(&self, field: &str, key: &str) -> &str {
        self.errors.get(&format!("{field}-{key}"))
    }

    fn is_chosen(&self, warehouse: &Warehouse, row: &LineForm) -> bool {
        row.warehouse == warehouse.id.to_string()
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

/// Whether anybody may give an order that priority: up to the class of the customer.
fn allows(customer: Option<&Customer>, priority: Priority) -> bool {
    customer.map_or(priority >= Priority::Normal, |customer| {
        customer.allows(priority)
    })
}

#[derive(Deserialize)]
struct For {
    #[serde(default)]
    customer: String,
}

#[get("/orders/new")]
async fn new(db: Data<Db>, shell: Shell, _: SignedIn, of: Query<For>) -> Result {
    let page = db
        .read(move |conn| start(conn, shell, of.into_inner()))
        .await?;
    html::page(page)
}

/// What is known of the customer somebody chose: where it goes, and how fast.
#[get("/orders/delivery")]
async fn delivery(db: Data<Db>, shell: Shell, _: SignedIn, of: Query<For>) -> Result {
    let page = db
        .read(move |conn| start(conn, shell, of.into_inner()))
        .await?;
    html::page(page.as_delivery())
}

fn start(conn: &mut PgConnection, shell: Shell, of: For) -> Result<EditOrder> {
    let mut form = OrderForm::blank();
    form.customer = of.customer;
    if let Some(customer) = customer_meant(conn, &form.customer)? {
        form.customer = customer.code.clone();
        form.deliver_to(&customer);
    }
    EditOrder::load(conn, shell, None, form, FieldErrors::default())
}

type Fields = Form<Vec<(String, String)>>;

#[post("/orders")]
async fn create(db: Data<Db>, htmx: Htmx, shell: Shell, who: SignedIn, fields: Fields) -> Result {
    let form = OrderForm::read(fields.into_inner());
    let (typed, who) = (form.clone(), who.0);
    match db.write(who.id, move |act| place(act, &typed, &who)).await {
        Ok(path) => htmx.go_saying(path, "The order is placed."),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| EditOrder::load(conn, shell, None, form, errors))
            .await?
            .answer(&htmx),
        Err(error) => Err(error),
    }
}

#[get("/orders/{id:\\d+}/edit")]
async fn edit(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<OrderId>) -> Result {
    let id = *id;
    let page = db
        .read(move |conn| {
            let order = queries::order(conn, id)?;
            if !order.is_open() {
                return Err(sales::Error::Closed(order.status).into());
            }
            let form = OrderForm::of(&order, &queries::lines_shown(conn, id)?);
            EditOrder::load(conn, shell, Some(id), form, FieldErrors::default())
        })
        .await?;
    html::page(page)
}

#[post("/orders/{id:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    who: SignedIn,
    id: Path<OrderId>,
    fields: Fields,
) -> Result {
    let (id, form, who) = (*id, OrderForm::read(fields.into_inner()), who.0);
    let typed = form.clone();
    match db
        .write(who.id, move |act| change(act, id, &typed, &who))
        .await
    {
        Ok(()) => htmx.go_saying(format!("/orders/{id}"), "The order is saved."),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| {
                let form = with_names(conn, form)?;
                EditOrder::load(conn, shell, Some(id), form, errors)
            })
            .await?
            .answer(&htmx),
        Err(error) => Err(error),
    }
}

/// The form again, with what its products are called.
fn with_names(conn: &mut PgConnection, mut form: OrderForm) -> Result<OrderForm> {
    let names = queries::names_of(conn, form.lines.iter().map(|line| line.sku.as_str()))?;
    for line in &mut form.lines {
        if let Some(name) = names.get(&line.sku.trim().to_uppercase()) {
            line.name = name.clone();
        }
    }
    Ok(form)
}
