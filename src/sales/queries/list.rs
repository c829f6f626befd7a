//! The list of orders: what a filter leaves, page by page.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

use super::narrow::{Search, filtered};
use super::past::{Seen, Stood};
use crate::db::{Key, Page, Paging, Sorts, page};
use crate::sales::OrderState;
use crate::sales::model::tone_of;
use crate::schema::{channels, customers, orders};
use crate::stock::Priority;
use crate::types::{ChannelId, CustomerId, Money, OrderId, WarehouseId, date};

/// Rows read at once for an export.
const CHUNK: usize = 5_000;

/// What a list of orders is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderFilter {
    /// Beginning of a number, a reference, a SKU, the code, the address or a part of the name of a
    /// customer.
    pub q: String,
    /// `yes`: orders of which something is missing; `slipped`: of which a date moved to a later day;
    /// `moved`: of which a date is another than their customers think; `queued`: of which a line did
    /// not get all its units from stock the moment they were placed.
    pub missing: String,
    /// A [`Stood`]: orders that waited, or were ready, when the day `on` ended.
    pub stood: String,
    /// A day.
    pub on: String,
    /// The first day they were placed on.
    pub from: String,
    /// The last one.
    pub until: String,
    /// An [`OrderState`]; `open`: whatever is not closed.
    pub status: String,
    /// The id of a warehouse that ships some of it.
    pub warehouse: String,
    /// Orders placed at least so many days ago.
    pub age: String,
    /// The id of a customer.
    pub customer: String,
    /// The id of a channel.
    pub channel: String,
    /// `date`, `number`, `total` or `customer`, falling with a minus before it; `-date` if empty.
    pub sort: String,
}

impl OrderFilter {
    pub fn state(&self) -> Option<OrderState> {
        self.status.parse().ok()
    }

    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    pub fn customer(&self) -> Option<CustomerId> {
        self.customer.parse().ok()
    }

    pub fn channel(&self) -> Option<ChannelId> {
        self.channel.parse().ok()
    }

    /// How old, in days.
    pub fn age(&self) -> Option<u16> {
        self.age.parse().ok()
    }

    /// Whether something must be missing.
    pub fn is_missing(&self) -> bool {
        self.missing == "yes"
    }

    /// Whether a date must have slipped.
    pub fn has_slipped(&self) -> bool {
        self.missing == "slipped"
    }

    /// Whether a date must be another than the customer thinks.
    pub fn has_moved(&self) -> bool {
        self.missing == "moved"
    }

    /// Whether a line must have waited from the start.
    pub fn was_queued(&self) -> bool {
        self.missing == "queued"
    }

    /// How they must have stood, and when that day was.
    pub fn stood(&self) -> Option<(Stood, NaiveDate)> {
        Some((self.stood.parse().ok()?, date(&self.on).ok()?))
    }

    /// The first and the last day they may have been placed on.
    pub fn placed(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (date(&self.from).ok(), date(&self.until).ok())
    }

    /// All that it says about days, as the URL has it.
    pub fn days(&self) -> [(&'static str, &str); 4] {
        [
            ("stood", &self.stood),
            ("on", &self.on),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }

    /// The same of all days.
    pub fn of_all_days(&self) -> Self {
        Self {
            stood: String::new(),
            on: String::new(),
            from: String::new(),
            until: String::new(),
            ..self.clone()
        }
    }

    /// Whether it leaves all orders.
    pub fn is_open_to_all(&self) -> bool {
        self.unsorted() == Self::default()
    }

    /// The same, sorted as usual.
    pub fn unsorted(&self) -> Self {
        Self {
            sort: String::new(),
            ..self.clone()
        }
    }
}

/// By what orders can be sorted.
pub const ORDER_SORTS: Sorts = Sorts {
    usual: "-date",
    by: &[
        ("date", Key::moment("orders.placed_at")),
        ("number", Key::text("orders.number")),
        ("total", Key::big("orders.total")),
        ("customer", Key::text("lower(customers.name)")),
    ],
    then: &[Key::big("orders.id")],
};

/// An order in a list.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = orders)]
#[diesel(base_query = orders::table
    .inner_join(customers::table)
    .inner_join(channels::table))]
pub struct OrderListed {
    pub id: OrderId,
    pub number: String,
    /// Where it came from.
    #[diesel(select_expression = channels::name)]
    pub channel: String,
    /// What the customer or the shop calls it.
    pub external_reference: String,
    pub placed_at: DateTime<Utc>,
    pub customer_id: CustomerId,
    #[diesel(select_expression = customers::code)]
    pub customer_code: String,
    #[diesel(select_expression = customers::name)]
    pub customer: String,
    /// Where it stands.
    #[diesel(select_expression = state(), select_expression_type = SqlLiteral<Text>)]
    pub state: OrderState,
    /// How much it may jump the queue.
    pub priority: Priority,
    /// When the customer must have it.
    pub required_by: Option<NaiveDate>,
    /// Units that are not cancelled, at their prices.
    pub total: Money,
    /// Three letters.
    pub currency: String,
}

impl OrderListed {
    /// The tone of the pill of its priority; `None`: not worth one.
    pub const fn priority_tone(&self) -> Option<&'static str> {
        tone_of(self.priority)
    }
}

/// Where an order stands, read off its row, its parcels and its lines.
pub(super) fn state() -> SqlLiteral<Text> {
    // `offset 0` has it look at the parts of each order listed, instead of hashing those of all.
    sql("case
        when orders.status <> 'open' then orders.status
        when orders.held_at is not null then 'on_hold'
        when exists (select from consignments k
          where k.order_id = orders.id and k.state = 'in_preparation' offset 0) then 'in_preparation'
        when exists (select from order_lines l
          where l.order_id = orders.id and l.shipped > 0 offset 0) then 'partly_shipped'
        else 'open' end")
}

/// One page of the orders a filter leaves, seen from a day.
pub fn orders_page(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    paging: &Paging,
    seen: Seen,
) -> QueryResult<Page<OrderListed>> {
    let search = Search::of(conn, filter)?;
    let keyset = ORDER_SORTS.keyset(&filter.sort, paging);
    page!(conn, filtered(filter, search, seen), OrderListed, keyset)
}

/// The next orders of an export, after the key of the last one.
pub fn orders_chunk(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    after: Option<String>,
    seen: Seen,
) -> QueryResult<Page<OrderListed>> {
    let search = Search::of(conn, filter)?;
    let paging = Paging {
        after,
        before: None,
    };
    let keyset = ORDER_SORTS.keyset(&filter.sort, &paging).most(CHUNK);
    page!(conn, filtered(filter, search, seen), OrderListed, keyset)
}
