//! What the forms of preparation send.

use chrono::NaiveTime;
use diesel::PgConnection;

use super::actions::{OtherBin, PackageInput, Station};
use super::carrier::{self, CarrierInput, TRACKING};
use super::files::{CarrierFiles, Columns};
use super::mail;
use super::model::Departure;
use super::queries::{self, Package, Wanted};
use super::scan::{Read, ShortReason};
use crate::catalog::ShippingMail;
use crate::types::{
    FieldErrors, Fields, LocationId, OrderId, OrderLineId, Quantity, ShipmentId, UserId,
    WarehouseId, optional, optional_text, read_form, required_text, ticked,
};

/// Parcels of one cart.
const MOST_IN_BATCH: u32 = 200;

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

/// What was scanned.
///
/// # Errors
/// A sentence beside `code`, when nothing was.
pub fn scanned(form: &Fields) -> Result<Read, FieldErrors> {
    let text = required_text(form.get("code"), 400);
    let text = text.map_err(|sentence| FieldErrors::one("code", sentence))?;
    Ok(Read::of(&text))
}

/// Why units are short.
///
/// # Errors
/// A sentence beside `why`.
pub fn short_reason(form: &Fields) -> Result<ShortReason, FieldErrors> {
    let reason = form.get("why").parse();
    reason.map_err(|_| FieldErrors::one("why", "Say why they are not there."))
}

/// Who is to walk; nobody: whoever comes.
///
/// # Errors
/// A sentence beside `operator`, of somebody who cannot sign in.
pub fn operator(conn: &mut PgConnection, form: &Fields) -> crate::error::Result<Option<UserId>> {
    let text = form.get("operator");
    if text.is_empty() {
        return Ok(None);
    }
    let known = queries::walkers(conn)?;
    let operator = known.into_iter().find(|(id, _)| id.to_string() == text);
    match operator {
        Some((id, _)) => Ok(Some(id)),
        None => Err(FieldErrors::one("operator", "Choose somebody who can sign in.").into()),
    }
}

/// What a batch is to be made of, and where.
///
/// # Errors
/// All that is wrong with it.
pub fn wanted(form: &Fields) -> Result<(WarehouseId, Wanted), FieldErrors> {
    let warehouse = form.get("warehouse").parse();
    let warehouse = warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."));
    let wanted = read_form!(form => Wanted {
        kind: "kind", |text| text.parse().map_err(|_| "Choose what to pick together.");
        method: "method", |text| optional_text(text, 120);
        zone: "zone", |text| optional_text(text, 40);
        at_most: "at_most", at_most;
    });
    FieldErrors::both(warehouse, wanted)
}

fn at_most(text: &str) -> Result<i64, String> {
    let units = Quantity::parse_positive(text)?;
    match units.get() {
        many @ 1..=MOST_IN_BATCH => Ok(many.into()),
        _ => Err(format!("A cart has at most {MOST_IN_BATCH} places.")),
    }
}

/// The packing desk that something was scanned at.
///
/// # Errors
/// A sentence beside `warehouse`.
pub fn station(form: &Fields, unscanned: bool) -> Result<Station, FieldErrors> {
    let warehouse = form.get("warehouse").parse();
    let warehouse = warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."))?;
    Ok(Station {
        warehouse,
        seen: form.get("seen").parse().ok(),
        unscanned,
    })
}

/// What was measured of a package, as its form has it.
pub fn measured(package: &Package) -> Fields {
    let millimetres = |size: Option<i32>| size.map_or_else(String::new, |size| size.to_string());
    let weight = package.weight.map_or_else(String::new, |grams| {
        format!("{}.{:03}", grams / 1000, grams % 1000)
    });
    Fields::default()
        .with("weight", weight)
        .with("length", millimetres(package.length))
        .with("width", millimetres(package.width))
        .with("height", millimetres(package.height))
}

/// What somebody measured of a package: kilograms, and millimetres.
///
/// # Errors
/// All that is wrong with it.
pub fn package(form: &Fields) -> Result<PackageInput, FieldErrors> {
    read_form!(form => PackageInput {
        weight: "weight", |text| optional(text, grams);
        length: "length", |text| optional(text, millimetres);
        width: "width", |text| optional(text, millimetres);
        height: "height", |text| optional(text, millimetres);
    })
}

fn grams(text: &str) -> Result<i32, String> {
    let wrong = || "Enter a weight in kilograms, from 0.001 to 1000.".to_owned();
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if rest.len() > 3 || whole.len() > 4 || !digits(whole) || !digits(rest) || text == "." {
        return Err(wrong());
    }
    let number = |text: &str| text.parse::<i32>().unwrap_or(0);
    let grams = number(whole) * 1000 + number(&format!("{rest:0<3}"));
    match grams {
        1..=1_000_000 => Ok(grams),
        _ => Err(wrong()),
    }
}

fn millimetres(text: &str) -> Result<i32, String> {
    let number: Option<i32> = text.trim().parse().ok();
    let number = number.filter(|number| (1..=10_000).contains(number));
    number.ok_or_else(|| "Enter millimetres, from 1 to 10000.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_typed_in_kilograms_and_kept_in_grams() {
        for (text, kept) in [
            ("1", 1000),
            ("1.25", 1250),
            ("0,5", 500),
            (".001", 1),
            ("1000", 1_000_000),
        ] {
            assert_eq!(grams(text), Ok(kept), "{text}");
        }
        for wrong in ["0", "", "-1", "1.2345", "1e3", "1001", "abc", "."] {
            assert!(grams(wrong).is_err(), "{wrong}");
        }
    }
}
