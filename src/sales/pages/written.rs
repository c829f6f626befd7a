//! What the form of an order does when it is sent.

use crate::catalog::{self, Product};
use crate::db::Act;
use crate::sales::forms::{CustomerForm, OrderForm, Said, customer_meant, products_of};
use crate::sales::queries;
use crate::sales::{self, Customer, EditedLine, NewLine, NewOrder, OrderInput};
use crate::types::{FieldErrors, OrderId, RequestKey};
use crate::web::{Result, Role, Visitor};

/// Places the order a form describes, once however often it is sent; says where it is.
pub(super) fn place(act: &mut Act<'_>, form: &OrderForm, who: &Visitor) -> Result<String> {
    let said = form.parse_new()?;
    let key = RequestKey::parse(&form.request_key)
        .map_err(|expired| FieldErrors::one("lines", expired))?;
    act.once(&key, |act| {
        let customer = match customer_meant(act, &form.customer)? {
            Some(customer) => customer,
            None => take_in(act, &said, who)?,
        };
        let priority = said.priority.unwrap_or(customer.priority);
        if who.role < Role::Manager && !customer.allows(priority) {
            return Err(above_class(&customer).into());
        }
        let products = products_of(act, &said.lines)?;
        let lines = said
            .lines
            .iter()
            .zip(&products)
            .map(|(line, product)| NewLine {
                product: product.id,
                warehouse: line.warehouse,
                ordered: line.quantity,
                unit_price: line.price.unwrap_or(product.price),
            });
        let order = NewOrder {
            number: None,
            channel: said.channel.clone(),
            external_reference: said.external_reference.clone(),
            customer: customer.id,
            ship_to: said.ship_to.clone(),
            country: said.country.clone(),
            currency: catalog::company(act)?.currency,
            placed_at: act.at(),
            priority,
            required_by: said.required_by,
            shipping_policy: said.shipping_policy,
            shipping_method: said.shipping_method.clone(),
            note: said.note.clone(),
            lines: lines.collect(),
        };
        let at = act.at();
        let placed = sales::place(act, &[order], Some(who.id), at)?;
        Ok(placed
            .first()
            .map_or_else(|| "/orders".into(), |id| format!("/orders/{id}")))
    })
}

/// Takes in the customer a form names who is nobody's yet.
fn take_in(act: &mut Act<'_>, said: &Said, who: &Visitor) -> Result<Customer> {
    if said.new_name.is_empty() {
        let sentence = "No customer has this code or name. Choose another, or give the name of a \
            new one beside.";
        return Err(FieldErrors::one("customer", sentence).into());
    }
    let form = CustomerForm {
        code: queries::fresh_code(act)?,
        name: said.new_name.clone(),
        email: said.new_email.clone(),
        address: said.ship_to.clone(),
        country: said.country.clone(),
        ..CustomerForm::blank()
    };
    Ok(sales::add_customer(act, &form.parse()?, Some(who.id))?)
}

fn above_class(customer: &Customer) -> FieldErrors {
    let class = customer.priority.label().to_lowercase();
    let sentence = format!("Only a manager may go above {class}, the class of this customer.");
    FieldErrors::one("priority", sentence)
}

/// Changes an order as a form describes it.
pub(super) fn change(
    act: &mut Act<'_>,
    id: OrderId,
    form: &OrderForm,
    who: &Visitor,
) -> Result<()> {
    let said = form.parse()?;
    let version = form.version.parse().map_err(|_| sales::Error::Stale)?;
    let priority = said.priority.filter(|_| who.role >= Role::Manager);
    let products = products_of(act, &said.lines)?;
    let lines = said.lines.iter().zip(&products);
    let lines = lines.map(|(line, product): (_, &Product)| EditedLine {
        line: line.line,
        product: product.id,
        warehouse: line.warehouse,
        wanted: line.quantity,
        unit_price: line.price.unwrap_or(product.price),
    });
    let input = OrderInput {
        external_reference: said.external_reference.clone(),
        ship_to: said.ship_to.clone(),
        country: said.country.clone(),
        priority,
        required_by: said.required_by,
        shipping_policy: said.shipping_policy,
        shipping_method: said.shipping_method.clone(),
        note: said.note.clone(),
        lines: lines.collect(),
    };
    let at = act.at();
    Ok(sales::edit(act, id, version, &input, Some(who.id), at)?)
}
