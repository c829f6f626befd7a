//! Customers: the list, the page of one with its orders, and its form.

use std::collections::HashMap;

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::db::{Page, Paging, history};
use crate::sales::queries::{self, CUSTOMER_SORTS, CustomerFilter, OrderFilter, OrderListed, Seen};
use crate::sales::{self, Channel, Customer, forms};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{ChannelId, CustomerId, FieldErrors, Fields};
use crate::web::{Column, Desk, Go, Head, Result, Sheet, Shell, SignedIn, heads, view};

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
#[template(path = "sales/customers/list.html", blocks = ["results"])]
struct ListCustomers {
    shell: Shell,
    filter: CustomerFilter,
    page: Page<Customer>,
    open: HashMap<CustomerId, i64>,
    channels: HashMap<ChannelId, String>,
}
view!(ListCustomers; results => as_results);

impl ListCustomers {
    fn channel(&self, customer: &Customer) -> &str {
        self.channels
            .get(&customer.channel_id)
            .map_or("", String::as_str)
    }

    fn open(&self, customer: &CustomerId) -> i64 {
        self.open.get(customer).copied().unwrap_or_default()
    }

    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            CUSTOMER_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }
}

const COLUMNS: &[Column<Customer>] = &[
    Column::head("Code").rising("code"),
    Column::head("Name").rising("name"),
    Column::head("E-mail").class("wide"),
    Column::head("Channel").class("wide"),
    Column::head("Country"),
    Column::head("Class"),
    Column::head("Open orders").class("number"),
];

#[get("/customers")]
async fn list(
    desk: Desk<SignedIn>,
    filter: Query<CustomerFilter>,
    paging: Query<Paging>,
) -> Result {
    desk.list(move |conn, shell| {
        let page = queries::customers_page(conn, &filter, &paging)?;
        let shown: Vec<CustomerId> = page.rows.iter().map(|row| row.id).collect();
        Ok(ListCustomers {
            open: queries::open_orders_of(conn, &shown)?,
            channels: queries::channel_names(conn)?,
            filter: filter.into_inner(),
            shell,
            page,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "sales/customers/show.html")]
struct ShowCustomer {
    shell: Shell,
    customer: Customer,
    channel: Channel,
    orders: Page<OrderListed>,
    history: Vec<history::Entry>,
}
view!(ShowCustomer);

#[get("/customers/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<CustomerId>, paging: Query<Paging>) -> Result {
    desk.show(move |conn, shell| {
        let customer = queries::customer(conn, *id)?;
        let of_customer = OrderFilter {
            customer: id.to_string(),
            ..OrderFilter::default()
        };
        Ok(ShowCustomer {
            orders: queries::orders_page(conn, &of_customer, &paging, Seen::from(shell.zone()))?,
            history: history::of(conn, customer.record())?,
            channel: queries::channel(conn, customer.channel_id)?,
            shell,
            customer,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "sales/customers/edit.html", blocks = ["form"])]
struct EditCustomer {
    shell: Shell,
    /// None: a new one.
    id: Option<CustomerId>,
    typed: Fields,
    errors: FieldErrors,
    /// What somebody else saved meanwhile: label and text.
    theirs: Vec<(&'static str, String)>,
}
view!(EditCustomer as form title);

impl EditCustomer {
    fn new(_: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            id: None,
            typed: forms::of_new_customer(sheet.typed),
            errors: sheet.errors,
            theirs: Vec::new(),
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: CustomerId) -> Result<Self> {
        let customer = queries::customer(conn, id)?;
        let mut page = Self {
            shell: sheet.shell,
            id: Some(id),
            typed: sheet.typed,
            errors: sheet.errors,
            theirs: Vec::new(),
        };
        if !page.errors.get("version").is_empty() {
            page.theirs = forms::of_others(&page.typed, &customer);
            let class_is_fixed = !page.shell.is_manager();
            page.typed = page
                .typed
                .without(|name| name == "version" || (class_is_fixed && name == "priority"));
        }
        page.typed = forms::of_customer(page.typed, &customer);
        Ok(page)
    }

    fn title(&self) -> String {
        match self.id {
            Some(_) => format!("Edit {}", self.typed.get("name")),
            None => "New customer".into(),
        }
    }

    /// Where the form goes, and where the customer is once it exists.
    fn path(&self) -> String {
        match self.id {
            Some(id) => format!("/customers/{id}"),
            None => "/customers".into(),
        }
    }

    fn is_typed(&self, field: &str, option: &str) -> bool {
        self.typed.get(field) == option
    }
}

#[get("/customers/new")]
async fn new(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, EditCustomer::new).await
}

#[post("/customers")]
async fn create(desk: Desk<SignedIn>, form: Fields) -> Result {
    let by_manager = desk.visitor().is_manager();
    desk.once(form, move |act, form| {
        let mut input = forms::customer(form)?;
        if input.priority < Priority::Normal && !by_manager {
            return Err(for_managers().into());
        }
        if input.code.is_empty() {
            input.code = queries::fresh_code(act)?;
        }
        let customer = sales::add_customer(act, &input)?;
        Ok(Go::to(customer.path()).saying(format!("{} was added.", customer.name)))
    })
    .or_again(EditCustomer::new)
    .await
}

fn for_managers() -> FieldErrors {
    FieldErrors::one(
        "priority",
        "Only a manager may change the class of a customer.",
    )
}

#[get("/customers/{id:\\d+}/edit")]
async fn edit(desk: Desk<SignedIn>, id: Path<CustomerId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EditCustomer::of(conn, sheet, *id))
        .await
}

#[post("/customers/{id:\\d+}")]
async fn update(desk: Desk<SignedIn>, id: Path<CustomerId>, form: Fields) -> Result {
    let (id, by_manager) = (*id, desk.visitor().is_manager());
    desk.act(form, move |act, form| {
        let mut input = forms::customer(form)?;
        let before = queries::customer(act, id)?;
        if !by_manager {
            input.priority = before.priority;
        }
        if input.code.is_empty() {
            input.code = before.code;
        }
        let customer = sales::edit_customer(act, id, form.version(), &input)?;
        Ok(Go::to(customer.path()).saying(format!("{} was saved.", customer.name)))
    })
    .or_again(move |conn, sheet| EditCustomer::of(conn, sheet, id))
    .await
}
