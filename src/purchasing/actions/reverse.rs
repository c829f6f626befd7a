//! A reception was a mistake: what can be taken back out is.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::{becomes, end_of, expected, lines_of, lock, save, tell, write_lines};
use crate::db::{Act, set_based};
use crate::purchasing::queries::{self, Returnable};
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder, Reception, Status};
use crate::schema::reception_reversals;
use crate::stock::{self, Cause, CauseKind, Consent, Effects, Happening, Place};
use crate::types::{Event, Quantity, ReceptionId};

/// How a reception is reversed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversing {
    /// Why it was a mistake.
    pub reason: String,
    /// Stands for the units that somebody was shown to be taken back; none: nobody is there to be asked.
    pub shown: Option<String>,
    /// What orders may lose by it.
    pub consent: Consent,
}

impl Reversing {
    /// Takes back what can be taken back: nobody is there to be asked.
    pub fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            shown: None,
            consent: Consent::ToAll,
        }
    }
}

/// What a reversal took back out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Number of the purchase order.
    pub order: String,
    /// Units that were taken back out.
    pub units: Quantity,
    /// Of these, units that are to come again.
    pub to_come: Quantity,
    /// Of these, units that are cancelled, like the rest of the purchase order. All others were more
    /// than ordered.
    pub cancelled: Quantity,
    /// Units of the reception that could not be taken back.
    pub stay: Quantity,
}

/// What a reversal would do.
#[derive(Debug, Clone)]
pub struct ReversalPreview {
    pub reception: Reception,
    /// What would be taken back, line by line, and what would not.
    pub lines: Vec<Returnable>,
    pub taken: TakenBack,
    /// Which orders would become short, or wait longer.
    pub effects: Effects,
    /// Stands for the units that would be taken back.
    pub shown: String,
}

/// Takes the goods of a reception back out, as far as they lie on the shelf and in no parcel, and
/// serves the queues anew. What it took is to come again, unless the rest of its purchase order was
/// cancelled. The opposite movements are written; nothing is erased, and what stays may be reversed
/// later.
///
/// # Errors
/// [`Error::Reversed`] when all of it was, [`Error::Left`] when nothing can be taken back,
/// [`Error::NotAsShown`] when other units can be than were shown, [`stock::Error::NotAgreed`].
pub fn reverse(act: &mut Act<'_>, id: ReceptionId, how: &Reversing) -> Result<TakenBack, Error> {
    let reception = queries::reception(act, id)?;
    let mut order = lock(act, reception.purchase_order_id)?;
    let undone = Undone::read(act, &order, reception)?;
    if how
        .shown
        .as_ref()
        .is_some_and(|shown| *shown != undone.mark())
    {
        return Err(undone.not_as_shown());
    }
    keep(act, &undone, &how.reason)?;
    write_lines(act, &undone.lines)?;
    let number = &undone.reception.number;
    let cause = Cause::of(CauseKind::Reversal).because(format!("{number}: {}", how.reason));
    let happenings = undone.happenings(&order);
    match stock::change_if_agreed(act, &cause, &happenings, &how.consent) {
        // Somebody took units since they were counted.
        Err(stock::Error::NotEnough { .. }) => return Err(undone.not_as_shown()),
        changed => changed?,
    };
    if order.status != Status::Cancelled {
        let status = undone.status(&order);
        becomes(&mut order, status, act.at());
    }
    save(act, &mut order)?;
    let taken = undone.taken(&order);
    tell_reversed(act, &order, &undone.reception, (&taken, &how.reason))?;
    Ok(taken)
}

/// What reversing a reception would take back, and which orders would become short by it.
///
/// # Errors
/// [`Error::Reversed`] when all of it was, [`Error::Left`] when nothing can be taken back.
pub fn preview_reversal(
    conn: &mut PgConnection,
    id: ReceptionId,
    at: DateTime<Utc>,
) -> Result<ReversalPreview, Error> {
    let reception = queries::reception(conn, id)?;
    let order = PurchaseOrder::query()
        .find(reception.purchase_order_id)
        .first(conn)?;
    let undone = Undone::read(conn, &order, reception)?;
    Ok(ReversalPreview {
        effects: stock::preview(conn, at, &undone.happenings(&order))?,
        taken: undone.taken(&order),
        shown: undone.mark(),
        reception: undone.reception,
        lines: undone.units,
    })
}

/// A reception, and the lines of its purchase order before and without what can be taken back.
struct Undone {
    reception: Reception,
    units: Vec<Returnable>,
    before: Vec<PurchaseLine>,
    lines: Vec<PurchaseLine>,
}

impl Undone {
    fn read(
        conn: &mut PgConnection,
        order: &PurchaseOrder,
        reception: Reception,
    ) -> Result<Self, Error> {
        let units = queries::returnable(conn, &reception)?;
        if units.is_empty() {
            return Err(Error::Reversed(reception.number));
        }
        if units.iter().all(|line| line.back.is_zero()) {
            let stay = units.iter().map(Returnable::in_words).collect();
            return Err(Error::Left(reception.number, stay));
        }
        let before = lines_of(conn, order)?;
        let mut lines = before.clone();
        for line in &mut lines {
            let mine = units.iter().filter(|unit| unit.line == line.id);
            let back: Quantity = mine.map(|unit| unit.back).sum();
            line.received = line.received.less(back);
            if order.rest_cancelled && !back.is_zero() {
                super::without_rest(line);
            }
        }
        Ok(Self {
            reception,
            units,
            before,
            lines,
        })
    }

    /// What is taken back.
    fn back(&self) -> impl Iterator<Item = &Returnable> {
        self.units.iter().filter(|line| !line.back.is_zero())
    }

    /// Stands for it: `12:5 13:2`, units by line of the reception.
    fn mark(&self) -> String {
        let lines = self.back();
        let marks = lines.map(|line| format!("{}:{}", line.reception_line, line.back));
        marks.collect::<Vec<_>>().join(" ")
    }

    fn not_as_shown(&self) -> Error {
        Error::NotAsShown(self.reception.number.clone())
    }

    /// Its goods leave, and what its purchase order brings is on its way again.
    fn happenings(&self, order: &PurchaseOrder) -> Vec<Happening> {
        let reception = &self.reception;
        let out = self.back().map(|line| Happening::TakeOut {
            place: Place::new(reception.warehouse_id, line.product),
            quantity: line.back,
            reception: reception.id,
        });
        let mut all: Vec<Happening> = out.collect();
        all.extend(expected(order, &self.lines));
        all
    }

    fn taken(&self, order: &PurchaseOrder) -> TakenBack {
        let pairs = || self.before.iter().zip(&self.lines);
        TakenBack {
            order: order.number.clone(),
            units: self.units.iter().map(|line| line.back).sum(),
            to_come: pairs()
                .map(|(was, now)| now.to_come().less(was.to_come()))
                .sum(),
            cancelled: pairs()
                .map(|(was, now)| now.cancelled.less(was.cancelled))
                .sum(),
            stay: self.units.iter().map(Returnable::stay).sum(),
        }
    }

    fn status(&self, order: &PurchaseOrder) -> Status {
        if let Some(end) = end_of(&self.lines) {
            return end;
        }
        if self.lines.iter().any(|line| !line.received.is_zero()) {
            Status::PartlyReceived
        } else if order.confirmed_on.is_some() {
            Status::Confirmed
        } else {
            Status::Sent
        }
    }
}

fn keep(act: &mut Act<'_>, undone: &Undone, reason: &str) -> QueryResult<()> {
    let reversal: i64 = diesel::insert_into(reception_reversals::table)
        .values((
            reception_reversals::reception_id.eq(undone.reception.id),
            reception_reversals::reason.eq(reason),
            reception_reversals::reversed_by.eq(act.by()),
            reception_reversals::reversed_at.eq(act.at()),
        ))
        .returning(reception_reversals::id)
        .get_result(act.conn())?;
    set_based!(
        "insert into reversal_lines (reversal_id, reception_line_id, quantity)
         select :reversal, u.line, u.units from :rows",
        undone.back().collect::<Vec<_>>(), |row| line: BigInt = row.reception_line, units: Integer = row.back;
        reversal: BigInt = reversal
    )
    .execute(act.conn())?;
    Ok(())
}

fn tell_reversed(
    act: &mut Act<'_>,
    order: &PurchaseOrder,
    reception: &Reception,
    (taken, reason): (&TakenBack, &str),
) -> QueryResult<()> {
    let (units, stay) = (Some(taken.units), taken.stay);
    let reversed = Event::Reversed {
        reason: reason.to_owned(),
        units,
        stay,
    };
    act.note(reception.record(), &reversed)?;
    let of_order = Event::ReceptionReversed {
        reception: reception.number.clone(),
        reason: reason.to_owned(),
        units,
        stay,
    };
    tell(act, order, &of_order)
}
