//! What the form of an order does when it is sent.

use crate::catalog::{self, Product};
use crate::db::Act;
use crate::error::Error;
use crate::sales::forms::{self, Head, Meant, SaidLine, SaidLines, products_of};
use crate::sales::queries;
use crate::sales::{self, Customer, CustomerInput, EditedLine, NewLine, NewOrder, OrderInput};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{FieldErrors, Fields, OrderId, TooLong};
use crate::web::{Result, Right, Visitor};

/// Places the order a form describes. Only a manager may go above the class of the customer.
pub(super) fn place(act: &mut Act<'_>, form: &Fields, by_manager: bool) -> Result<OrderId> {
    TooLong::check_typed(form, "line")?;
    let said = forms::new_order(form)?;
    let head = said.head;
    let meant = Meant::by(act, form)?;
    let customer = match meant.customer() {
        Some(customer) => customer.clone(),
        None if meant.is_new() => take_in(act, &head)?,
        None => return Err(which_of(&meant).into()),
    };
    let priority = head.priority.unwrap_or(customer.priority);
    if !by_manager && !customer.allows(priority) {
        return Err(above_class(&customer).into());
    }
    let rows = said.lines.rows;
    let products = products_of(act, &rows)?;
    let lines = rows.iter().zip(&products).map(new_line);
    let order = NewOrder {
        number: None,
        channel: queries::own_channel(act)?.name,
        external_reference: head.external_reference,
        customer: customer.id,
        ship_to: head.ship_to,
        country: head.country,
        email: head.email,
        currency: catalog::company(act)?.currency,
        placed_at: act.at(),
        priority,
        required_by: head.required_by,
        shipping_policy: head.shipping_policy,
        shipping_method: head.shipping_method,
        note: head.note,
        lines: lines.collect(),
    };
    let placed = sales::place(act, &[order])?;
    placed.first().copied().ok_or(Error::NotFound)
}

fn new_line((line, product): (&SaidLine, &Product)) -> NewLine {
    NewLine {
        product: product.id,
        warehouse: line.warehouse,
        ordered: line.quantity,
        unit_price: line.price.unwrap_or(product.price),
    }
}

/// Takes in the customer a form names who is nobody's yet.
fn take_in(act: &mut Act<'_>, head: &Head) -> Result<Customer> {
    if head.new_name.is_empty() {
        let sentence = "No customer has this code or name. Choose another, or give the name of a \
            new one beside.";
        return Err(FieldErrors::one("customer", sentence).into());
    }
    let input = CustomerInput {
        code: queries::fresh_code(act)?,
        name: head.new_name.clone(),
        email: head.email.clone(),
        phone: String::new(),
        address: head.ship_to.clone(),
        country: head.country.clone(),
        priority: Priority::Normal,
        shipping_policy: ShippingPolicy::PartialAllowed,
        note: String::new(),
    };
    Ok(sales::add_customer(act, &input)?)
}

fn which_of(meant: &Meant) -> FieldErrors {
    FieldErrors::one("customer", format!("{} Choose which.", meant.sentence()))
}

fn above_class(customer: &Customer) -> FieldErrors {
    let class = customer.priority.label().to_lowercase();
    let sentence = format!("Only a manager may go above {class}, the class of this customer.");
    FieldErrors::one("priority", sentence)
}

/// Changes an order as a form describes it, of its lines those that the form shows; who may decide about reserved units changes its priority,
/// and who may cancel units does so with a reason.
pub(super) fn change(act: &mut Act<'_>, id: OrderId, form: &Fields, by: &Visitor) -> Result<()> {
    TooLong::check_typed(form, "line")?;
    let said = forms::order(form)?;
    let SaidLines { rows, taken_out } = said.lines;
    let products = products_of(act, &rows)?;
    let lines = rows.iter().zip(&products).map(edited_line);
    let head = said.head;
    let input = OrderInput {
        external_reference: head.external_reference,
        ship_to: head.ship_to,
        country: head.country,
        email: head.email,
        priority: head.priority.filter(|_| by.may(Right::DecideReserved)),
        required_by: head.required_by,
        shipping_policy: head.shipping_policy,
        shipping_method: head.shipping_method,
        note: head.note,
        lines: lines.collect(),
        taken_out,
        giving_up: by.may(Right::CancelUnits).then_some(head.giving_up),
    };
    Ok(sales::edit(act, id, form.version(), &input)?)
}

fn edited_line((line, product): (&SaidLine, &Product)) -> EditedLine {
    EditedLine {
        line: line.line,
        product: product.id,
        warehouse: line.warehouse,
        wanted: line.quantity,
        unit_price: line.price.unwrap_or(product.price),
    }
}
