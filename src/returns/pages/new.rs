//! A return is announced, or begun with the first thing that is scanned out of its parcel.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::returns::queries::{self, LineBack};
use crate::returns::{self, Error, ReturnReason, forms};
use crate::sales::{self, Customer, Order};
use crate::types::{FieldErrors, Fields, OrderId};
use crate::web::{Desk, Go, Result, Right, Sheet, Shell, SignedIn, view};

/// Lines that the form lists; those of a longer order are scanned.
pub(super) const MOST_LINES: usize = 100;

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(create);
}

#[derive(Template)]
#[template(path = "returns/new.html", blocks = ["form"])]
struct NewReturn {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    order: Order,
    customer: Customer,
    /// Those that ship some of it.
    warehouses: Vec<Warehouse>,
    lines: Vec<LineBack>,
}
view!(NewReturn as form title);

impl NewReturn {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let order = sales::order(conn, of_order(&sheet.typed)?)?;
        let lines = queries::lines_back(conn, None, order.id)?;
        if lines.is_empty() {
            return Err(Error::NothingLeft(order.number).into());
        }
        let mut warehouses = catalog::warehouses(conn)?;
        warehouses.retain(|each| lines.iter().any(|line| line.warehouse_id == each.id));
        Ok(Self {
            customer: sales::customer(conn, order.customer_id)?,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            order,
            warehouses,
            lines,
        })
    }

    fn title(&self) -> String {
        format!("Return of {}", self.order.number)
    }

    fn listed(&self) -> &[LineBack] {
        &self.lines[..self.lines.len().min(MOST_LINES)]
    }

    fn more(&self) -> usize {
        self.lines.len().saturating_sub(MOST_LINES)
    }

    fn reasons(&self) -> &'static [ReturnReason] {
        ReturnReason::ALL
    }

    fn is_for(&self, line: &LineBack, reason: &ReturnReason) -> bool {
        let typed = self.typed.get(&line.field("reason")).parse();
        typed.unwrap_or(ReturnReason::Other) == *reason
    }

    fn error(&self, line: &LineBack, name: &str) -> &str {
        self.errors.get(&line.field(name))
    }

    fn is_chosen(&self, warehouse: &Warehouse) -> bool {
        self.typed.get("warehouse") == warehouse.id.to_string()
    }
}

/// The order that the form or the link to it names.
fn of_order(typed: &Fields) -> Result<OrderId> {
    let order = typed.get("order").parse();
    Ok(order.map_err(|_| diesel::NotFound)?)
}

#[get("/returns/new")]
async fn ask(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, NewReturn::load).await
}

#[post("/returns")]
async fn create(desk: Desk<SignedIn>, form: Fields) -> Result {
    let receives = desk.visitor().may(Right::ReceiveGoods);
    desk.once(form, move |act, form| {
        let (new, scanned) = forms::new_return(form, of_order(form)?)?;
        if scanned.is_some() && !receives {
            let why = "You may announce it: who receives goods scans what is in the parcel.";
            return Err(FieldErrors::one("code", why).into());
        }
        let written = returns::announce(act, &new)?;
        let said = match scanned {
            Some(code) => {
                let scanned = returns::scan(act, written.id, &code)?;
                format!("{}: {} counted.", scanned.sku, scanned.good)
            }
            None => format!("{} is announced.", written.number),
        };
        Ok(Go::from(written.record()).saying(said))
    })
    .or_again(NewReturn::load)
    .await
}
