//! Customers: the list, the page of one with its orders, and its form.

use std::collections::HashMap;

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;

use crate::db::{Db, Page, Paging, history};
use crate::error::Error;
use crate::sales::forms::CustomerForm;
use crate::sales::queries::{self, CustomerFilter, CustomerListed, OrderFilter, OrderListed};
use crate::sales::{self, Customer};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{CustomerId, FieldErrors};
use crate::web::{Htmx, Result, Shell, SignedIn, html, query};

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
#[template(path = "sales/customers/list.html", blocks = ["results"])]
struct ListCustomers {
    shell: Shell,
    filter: CustomerFilter,
    page: Page<CustomerListed>,
    open: HashMap<CustomerId, i64>,
}

impl ListCustomers {
    fn open(&self, customer: &CustomerId) -> i64 {
        self.open.get(customer).copied().unwrap_or_default()
    }

    /// The column the list is sorted by, as the URL names it.
    fn sort(&self) -> &str {
        match self.filter.sort.as_str() {
            "" => "name",
            sort => sort,
        }
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        query(&[("q", &self.filter.q)])
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        query(&[("q", &self.filter.q), ("sort", &self.filter.sort)])
    }
}

#[get("/customers")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<CustomerFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            let page = queries::customers_page(conn, &filter, &paging)?;
            let shown: Vec<CustomerId> = page.rows.iter().map(|row| row.customer.id).collect();
            Ok(ListCustomers {
                open: queries::open_orders_of(conn, &shown)?,
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

#[derive(Template)]
#[template(path = "sales/customers/show.html")]
struct ShowCustomer {
    shell: Shell,
    customer: Customer,
    orders: Page<OrderListed>,
    history: Vec<history::Entry>,
}

#[get("/customers/{id:\\d+}")]
async fn show(
    db: Data<Db>,
    shell: Shell,
    _: SignedIn,
    id: Path<CustomerId>,
    paging: Query<Paging>,
) -> Result {
    let page = db
        .read(move |conn| {
            let customer = queries::customer(conn, *id)?;
            let of_customer = OrderFilter {
                customer: id.to_string(),
                ..OrderFilter::default()
            };
            Ok(ShowCustomer {
                orders: queries::orders_page(conn, &of_customer, &paging, Utc::now())?,
                history: history::of(conn, customer.record())?,
                shell,
                customer,
            })
        })
        .await?;
    html::page(page)
}

#[derive(Template)]
#[template(path = "sales/customers/edit.html", blocks = ["form"])]
struct EditCustomer {
    shell: Shell,
    /// None: a new one.
    id: Option<CustomerId>,
    form: CustomerForm,
    errors: FieldErrors,
}

impl EditCustomer {
    fn title(&self) -> String {
        match self.id {
            Some(_) => format!("Edit {}", self.form.name),
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

    fn is_priority(&self, priority: &Priority) -> bool {
        self.form.priority == priority.as_str()
    }

    fn is_policy(&self, policy: &ShippingPolicy) -> bool {
        self.form.shipping_policy == policy.as_str()
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

#[get("/customers/new")]
async fn new(shell: Shell, _: SignedIn) -> Result {
    html::page(EditCustomer {
        shell,
        id: None,
        form: CustomerForm::blank(),
        errors: FieldErrors::default(),
    })
}

#[post("/customers")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    who: SignedIn,
    form: Form<CustomerForm>,
) -> Result {
    let form = form.into_inner();
    let (input, may_prioritise, by) = (form.parse(), shell.is_manager(), who.0.id);
    let outcome = db
        .write(&who, move |act| {
            let mut input = input.clone()?;
            if input.priority < Priority::Normal && !may_prioritise {
                return Err(for_managers().into());
            }
            if input.code.is_empty() {
                input.code = queries::fresh_code(act)?;
            }
            Ok(sales::add_customer(act, &input, Some(by))?)
        })
        .await;
    match outcome {
        Ok(customer) => htmx.go_saying(customer.path(), format!("{} was added.", customer.name)),
        Err(Error::Invalid(errors)) => {
            let id = None;
            EditCustomer {
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

fn for_managers() -> FieldErrors {
    FieldErrors::one(
        "priority",
        "Only a manager may change the class of a customer.",
    )
}

#[get("/customers/{id:\\d+}/edit")]
async fn edit(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<CustomerId>) -> Result {
    let id = *id;
    let customer = db
        .read(move |conn| Ok(queries::customer(conn, id)?))
        .await?;
    html::page(EditCustomer {
        shell,
        id: Some(id),
        form: CustomerForm::from(&customer),
        errors: FieldErrors::default(),
    })
}

#[post("/customers/{id:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    who: SignedIn,
    id: Path<CustomerId>,
    form: Form<CustomerForm>,
) -> Result {
    let (id, form) = (*id, form.into_inner());
    let (input, may_prioritise, by) = (form.parse(), shell.is_manager(), who.0.id);
    let outcome = db
        .write(&who, move |act| {
            let mut input = input.clone()?;
            let before = queries::customer(act, id)?;
            if input.priority != before.priority && !may_prioritise {
                return Err(for_managers().into());
            }
            if input.code.is_empty() {
                input.code = before.code;
            }
            Ok(sales::edit_customer(act, id, &input, Some(by))?)
        })
        .await;
    match outcome {
        Ok(customer) => htmx.go_saying(customer.path(), format!("{} was saved.", customer.name)),
        Err(Error::Invalid(errors)) => {
            let id = Some(id);
            EditCustomer {
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
