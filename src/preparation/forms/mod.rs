//! What the forms of preparation send.

mod floor;

use chrono::NaiveTime;

pub use floor::{measured, operator, other_stop, package, scanned, short_reason, station, wanted};

use super::actions::OtherBin;
use super::carrier::{self, CarrierInput, TRACKING};
use super::files::{CarrierFiles, Columns};
use super::mail;
use super::model::Departure;
use crate::catalog::ShippingMail;
use crate::types::{
    FieldErrors, Fields, LocationId, OrderId, OrderLineId, Quantity, ShipmentId, WarehouseId,
    optional_text, read_form, required_text, ticked,
};

/// Orders to be prepared in a warehouse.
pub struct Chosen {
    pub warehouse: WarehouseId,
    pub orders: Vec<OrderId>,
}

/// The orders chosen in a tab. A row's own button names one, whatever boxes are ticked.
pub fn chosen(form: &Fields) -> Result<Chosen, FieldErrors> {
    let named = |name| form.all(name).filter_map(|id| id.parse().ok()).collect();
    let (only, ticked): (Vec<OrderId>, Vec<OrderId>) = (named("only"), named("order"));
    let orders = if only.is_empty() { ticked } else { only };
    let warehouse = form.get("warehouse").parse();
    let warehouse = warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."));
    Ok(Chosen {
        warehouse: warehouse?,
        orders,
    })
}

/// The orders that are chosen in a list.
pub fn orders(form: &Fields) -> Vec<OrderId> {
    form.all("order").filter_map(|id| id.parse().ok()).collect()
}

/// The parcels that are chosen in a tab.
pub fn parcels(form: &Fields) -> Vec<ShipmentId> {
    let ids = form.all("shipment");
    ids.filter_map(|id| id.parse().ok()).collect()
}

/// How a parcel leaves.
pub fn departure(form: &Fields) -> Result<Departure, FieldErrors> {
    read_form!(form => Departure {
        carrier: "carrier", |text| optional_text(text, 80);
        tracking_number: "tracking", |text| optional_text(text, 120);
    })
}

/// Units that are taken from another bin, of whatever line.
pub struct Elsewhere {
    from: LocationId,
    to: LocationId,
    quantity: Quantity,
}

impl Elsewhere {
    pub const fn of(self, line: OrderLineId) -> OtherBin {
        OtherBin {
            line,
            from: self.from,
            to: self.to,
            quantity: self.quantity,
        }
    }
}

pub fn elsewhere(form: &Fields) -> Result<Elsewhere, FieldErrors> {
    read_form!(form => Elsewhere {
        from: "from", |text| text.parse().map_err(|_| "Choose a bin.");
        to: "location", |text| text.parse().map_err(|_| "Choose a bin.");
        quantity: "quantity", Quantity::parse_positive;
    })
}

/// A carrier as its form describes it, and its shipping methods, one on a line.
///
/// # Errors
/// All that is wrong with it.
pub fn carrier(form: &Fields) -> Result<(CarrierInput, Vec<String>), FieldErrors> {
    let says = read_form!(form => CarrierInput {
        name: "name", |text| required_text(text, 80);
        tracking_pattern: "tracking_pattern", tracking_pattern;
        tracking_link: "tracking_link", tracking_link;
        needs_tracking: "needs_tracking", ticked;
        is_active: "is_active", ticked;
        cut_off: "cut_off", time_of_day;
    });
    FieldErrors::both(says, methods(form))
}

fn tracking_pattern(text: &str) -> Result<String, String> {
    let text = optional_text(text, 200)?;
    let read = carrier::pattern(&text).map(|_| ());
    read.map_err(|_| {
        "This is no pattern: a regular expression such as 1Z[0-9A-Z]{16}.".to_owned()
    })?;
    Ok(text)
}

fn tracking_link(text: &str) -> Result<String, String> {
    let text = optional_text(text, 500)?;
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    match text.is_empty() || (is_address && text.contains(TRACKING)) {
        true => Ok(text),
        false => Err(format!(
            "Give an address that begins with https:// and has {TRACKING} in it."
        )),
    }
}

/// `16:30`, or nothing. Browsers send seconds where there are any.
fn time_of_day(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let read = ["%H:%M", "%H:%M:%S"];
    let mut read = read
        .iter()
        .filter_map(|way| NaiveTime::parse_from_str(text, way).ok());
    let time = read.next().ok_or("Enter a time such as 16:30.")?;
    Ok(time.format("%H:%M").to_string())
}

/// How the files of a carrier are written and read, as its page says it.
///
/// # Errors
/// All that is wrong with it.
pub fn files(form: &Fields) -> Result<CarrierFiles, FieldErrors> {
    let files = read_form!(form => CarrierFiles {
        export_separator: "export_separator", str::parse;
        export_header: "export_header", ticked;
        export_columns: "export_columns", Columns::parse;
        import_separator: "import_separator", str::parse;
        import_reference: "import_reference", |text| optional_text(text, 80);
        import_reference_is: "import_reference_is", str::parse;
        import_tracking: "import_tracking", |text| optional_text(text, 80);
    })?;
    match (
        files.import_reference.as_str(),
        files.import_tracking.as_str(),
    ) {
        ("", "") => Ok(files),
        ("", _) => Err(FieldErrors::one(
            "import_reference",
            "Name this column too.",
        )),
        (_, "") => Err(FieldErrors::one("import_tracking", "Name this column too.")),
        _ => Ok(files),
    }
}

/// The mail that customers get when a parcel leaves; what is as usual is not kept.
///
/// # Errors
/// All that is wrong with it.
pub fn shipping_mail(form: &Fields, sender: &str) -> Result<ShippingMail, FieldErrors> {
    let own = |text: &str, usual: &str| {
        if text.trim() == usual {
            ""
        } else {
            text.trim()
        }
        .to_owned()
    };
    let read = read_form!(form => ShippingMail {
        is_wanted: "is_wanted", ticked;
        subject: "subject", |text| template(text, 200);
        text: "text", |text| template(text, 5_000);
        sender: "sender", |_: &str| Ok::<_, String>(sender.to_owned());
    })?;
    Ok(ShippingMail {
        subject: own(&read.subject, mail::USUAL_SUBJECT),
        text: own(&read.text.replace("\r\n", "\n"), mail::USUAL_TEXT),
        ..read
    })
}

fn template(text: &str, most: usize) -> Result<String, String> {
    let text = optional_text(text, most)?;
    mail::check(&text)?;
    Ok(text)
}

fn methods(form: &Fields) -> Result<Vec<String>, FieldErrors> {
    let wrong = |sentence: String| FieldErrors::one("methods", sentence);
    let lines = form.get("methods").lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    let names: Result<Vec<String>, String> = lines.map(|line| required_text(line, 120)).collect();
    let mut names = names.map_err(wrong)?;
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup_by_key(|name| name.to_lowercase());
    match names.len() > 100 {
        true => Err(wrong("A carrier has at most 100 methods.".into())),
        false => Ok(names),
    }
}
