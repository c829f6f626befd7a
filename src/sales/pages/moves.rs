//! What moved, in words: products of one day, one day and one reason together.

use chrono::NaiveDate;

use crate::sales::queries::Moved;
use crate::stock::When;
use crate::types::{dates, first_few};

/// Products of a shift that are named.
const NAMED: usize = 4;

/// Shifts of one order that are told.
const TOLD: usize = 20;

/// What moved of an order: so many shifts, and how many more there are.
pub(super) struct Shifts {
    pub first: Vec<Shift>,
    pub more: usize,
}

/// Products whose date moved alike.
pub(super) struct Shift {
    skus: Vec<String>,
    pub was: String,
    pub now: String,
    /// Later, or on no known day any more.
    pub is_worse: bool,
    pub why: String,
}

impl Shift {
    /// `MUG, CUP and 7 more`.
    pub fn products(&self) -> String {
        let many = i64::try_from(self.skus.len()).unwrap_or(i64::MAX);
        first_few(&self.skus[..self.skus.len().min(NAMED)], many)
    }

    fn of(moved: &Moved, today: NaiveDate) -> Self {
        let now = When::seen(moved.now_on, today);
        let was = match moved.was_on {
            _ if moved.lay_here => "in stock".to_owned(),
            None => "no known day".to_owned(),
            Some(day) => dates::day(&day),
        };
        Self {
            skus: vec![moved.sku.to_string()],
            was,
            now: now.in_full(),
            is_worse: match (moved.was_on, now.day()) {
                _ if moved.lay_here => true,
                (Some(was), Some(now)) => now > was,
                (was, None) => was.is_some(),
                (None, Some(_)) => false,
            },
            why: why(moved),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        (&self.was, &self.now, &self.why) == (&other.was, &other.now, &other.why)
    }
}

/// Why, as the rest of a sentence.
fn why(moved: &Moved) -> String {
    if moved.now_on.is_some() && moved.was_on == moved.now_on {
        return "nobody named another day".into();
    }
    let because = moved.cause.because();
    match moved.reason.as_str() {
        "" => format!("because {because}"),
        reason => format!("because {because}: {reason}"),
    }
}

/// Those of an order, in the order of its lines.
pub(super) fn shifts(moved: &[Moved], today: NaiveDate) -> Shifts {
    let mut all: Vec<Shift> = Vec::new();
    for shift in moved.iter().map(|moved| Shift::of(moved, today)) {
        match all.iter_mut().find(|known| known.is_like(&shift)) {
            Some(known) => known.skus.extend(shift.skus),
            None => all.push(shift),
        }
    }
    let more = all.len().saturating_sub(TOLD);
    all.truncate(TOLD);
    Shifts { first: all, more }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::stock::CauseKind;
    use crate::types::{OrderId, OrderLineId, Sku};

    #[test]
    fn of_many_changes_the_first_are_told_and_the_others_counted() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
        let moved = (1..=25_u32).map(|line| Moved {
            order_id: OrderId::unwritten(1),
            line: OrderLineId::unwritten(line),
            sku: Sku::parse(&format!("P-{line}")).expect("a SKU"),
            lay_here: false,
            was_on: today.checked_add_days(Days::new(line.into())),
            now_on: None,
            told_at: None,
            cause: CauseKind::PurchaseOrder,
            reason: String::new(),
            last_on: None,
        });

        let shifts = shifts(&moved.collect::<Vec<_>>(), today);

        assert_eq!((shifts.first.len(), shifts.more), (20, 5));
        assert_eq!(shifts.first[0].products(), "P-1");
    }
}
