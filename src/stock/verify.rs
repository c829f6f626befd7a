//! The invariants, checked on a live database in set-based statements.

use diesel::prelude::*;
use diesel::sql_types::Text;

/// A row that breaks an invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What should always be true.
    pub invariant: &'static str,
    /// The row that is not, in words.
    pub row: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.invariant, self.row)
    }
}

/// Each invariant, with the query that names the rows that break it.
const INVARIANTS: &[(&str, &str)] = &[
    (
        "on hand is the sum of movements",
        include_str!("verify/on_hand.sql"),
    ),
    (
        "a movement says what lay there after it",
        include_str!("verify/levels_after.sql"),
    ),
    (
        "a count corrected what was found",
        include_str!("verify/applied_counts.sql"),
    ),
    (
        "a correction is the opposite of what it corrects",
        include_str!("verify/corrected.sql"),
    ),
    (
        "a level knows when units left it last",
        include_str!("verify/left.sql"),
    ),
    (
        "usable bins add up to what is on hand",
        include_str!("verify/bins.sql"),
    ),
    (
        "a bin holds what movements brought",
        include_str!("verify/bin_contents.sql"),
    ),
    (
        "nothing lies in an archived location",
        include_str!("verify/archived_bins.sql"),
    ),
    (
        "parcels hold in bins what they took",
        include_str!("verify/bin_holds.sql"),
    ),
    (
        "a level is the sum of what it balances",
        include_str!("verify/balances.sql"),
    ),
    (
        "a balance stays within its bound",
        include_str!("verify/bounds.sql"),
    ),
    (
        "reserved is the sum of decisions",
        include_str!("verify/decisions.sql"),
    ),
    (
        "demand is what the order lines ask for",
        include_str!("verify/demand.sql"),
    ),
    (
        "nothing waits while stock it may take is free",
        include_str!("verify/idle.sql"),
    ),
    (
        "no order waits for goods that no order may take",
        include_str!("verify/kinds.sql"),
    ),
    (
        "parts of a kit are reserved in whole sets",
        include_str!("verify/kits.sql"),
    ),
    ("nobody is overtaken", include_str!("verify/overtaken.sql")),
    (
        "every missing unit is promised or a need, never both",
        include_str!("verify/needs.sql"),
    ),
    (
        "nothing on its way is promised beyond what it brings",
        include_str!("verify/promises.sql"),
    ),
    (
        "incoming is what sent purchase orders and transfers have to bring",
        include_str!("verify/supply.sql"),
    ),
    (
        "what was sent is received, lost, called back or under way",
        include_str!("verify/transfers.sql"),
    ),
    (
        "a consignment stands in the tab its lines say",
        include_str!("verify/consignments.sql"),
    ),
    (
        "the tabs count what stands in them",
        include_str!("verify/counts.sql"),
    ),
    (
        "a parcel holds what was taken for it",
        include_str!("verify/parcels.sql"),
    ),
    (
        "what was scanned is picked and packed",
        include_str!("verify/scanned.sql"),
    ),
    (
        "a manifest names what left its warehouse with its carrier",
        include_str!("verify/manifests.sql"),
    ),
    (
        "received is the sum of receptions",
        include_str!("verify/received.sql"),
    ),
    (
        "no more is reversed than arrived",
        include_str!("verify/reversed.sql"),
    ),
    (
        "shipped is the sum of shipments",
        include_str!("verify/shipped.sql"),
    ),
    (
        "what came back is the sum of returns",
        include_str!("verify/returned.sql"),
    ),
];

/// Every row of the database that breaks an invariant; an empty list is the only good answer.
pub fn verify(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = Text)]
        row: String,
    }
    let mut findings = Vec::new();
    for (invariant, query) in INVARIANTS {
        let rows: Vec<Row> = diesel::sql_query(*query).load(conn)?;
        findings.extend(
            rows.into_iter()
                .map(|Row { row }| Finding { invariant, row }),
        );
    }
    Ok(findings)
}
