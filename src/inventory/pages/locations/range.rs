//! Many new locations, from one code to another, seen before they are made.

use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::chosen;
use crate::catalog::{LocationKind, Warehouse};
use crate::inventory::locations::forms;
use crate::inventory::{Range, add_range, queries};
use crate::types::{FieldErrors, Fields, counted};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, query, view};

/// Codes shown before the last.
const FIRST: usize = 5;

#[derive(Template)]
#[template(path = "inventory/locations/range.html", blocks = ["form", "preview"])]
struct NewRange {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    warehouse: Warehouse,
    typed: Fields,
    errors: FieldErrors,
    preview: Preview,
}
view!(NewRange as form title; preview => as_preview);

/// What the two codes come to.
enum Preview {
    /// One of them is not typed yet.
    Nothing,
    Wrong(String),
    Range {
        count: u64,
        first: Vec<String>,
        last: Option<String>,
        /// Locations of an aisle; 0: there are no aisles.
        in_aisle: usize,
        /// How many are there already, and which, in words.
        existing: (usize, String),
    },
}

impl Preview {
    fn load(conn: &mut PgConnection, warehouse: &Warehouse, typed: &Fields) -> Result<Self> {
        let is_blank = |name| typed.get(name).trim().is_empty();
        if is_blank("from") || is_blank("to") {
            return Ok(Self::Nothing);
        }
        match forms::range(typed) {
            Ok(range) => Self::of(conn, warehouse, &range, typed.has("serpentine")),
            Err(errors) => Ok(Self::Wrong(errors.to_string())),
        }
    }

    fn of(
        conn: &mut PgConnection,
        warehouse: &Warehouse,
        range: &Range,
        serpentine: bool,
    ) -> Result<Self> {
        let mut codes = range.walked(serpentine);
        let existing = queries::codes_known(conn, warehouse.id, &codes)?;
        let last = (codes.len() > FIRST).then(|| codes.pop()).flatten();
        codes.truncate(FIRST);
        Ok(Self::Range {
            count: range.count(),
            first: codes,
            last,
            in_aisle: range.in_aisle(),
            existing: (existing.len(), queries::in_words(&existing)),
        })
    }
}

impl NewRange {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let asked = sheet.typed.get("warehouse").parse().ok();
        let (warehouses, warehouse) = chosen::warehouses(conn, asked)?;
        Ok(Self {
            preview: Preview::load(conn, &warehouse, &sheet.typed)?,
            shell: sheet.shell,
            warehouses,
            warehouse,
            typed: sheet.typed.with("kind", LocationKind::Shelf),
            errors: sheet.errors,
        })
    }

    fn title(&self) -> &'static str {
        "New locations in a range"
    }

    fn is_kind(&self, kind: &LocationKind) -> bool {
        self.typed.get("kind") == kind.as_str()
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse.id == warehouse.id
    }

    fn skips(&self) -> bool {
        self.typed.get("existing") == "skip"
    }

    /// What is wrong that stands in no box.
    fn complaint(&self) -> String {
        let fields = ["barcode", "walk"].map(|field| self.errors.get(field));
        fields.join(" ").trim().to_owned()
    }
}

#[get("/locations/ranges/new")]
pub(super) async fn new(desk: Desk<Admin>, typed: Fields) -> Result {
    desk.ask(typed, NewRange::load).await
}

#[post("/locations/ranges")]
pub(super) async fn create(desk: Desk<Admin>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let (warehouse, input) = FieldErrors::both(forms::warehouse(form), forms::new_range(form))?;
        let done = add_range(act, warehouse, &input)?;
        let made = counted(done.made, "location");
        let said = match done.skipped {
            0 => format!("{made} added."),
            skipped => format!("{made} added, {skipped} left as they were."),
        };
        let list = query(&[("warehouse", form.get("warehouse"))]);
        Ok(Go::to(format!("/locations?{list}")).saying(said))
    })
    .or_again(NewRange::load)
    .await
}
