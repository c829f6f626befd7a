//! What a request names must belong to the warehouses of who asks, before anything is done with it.
//!
//! Reading needs none of this: what a limited visitor reads shows nothing else.

use actix_web::HttpRequest;
use actix_web::http::Method;
use diesel::PgConnection;

use super::Result;
use crate::db::{Act, limited};
use crate::types::{Fields, Limit, OrderId, WarehouseId};

/// Where a part of a path names a record of some warehouse, and the table that has it.
pub const NAMED: [(&str, &str); 25] = [
    ("/batches/{id}", "batches"),
    ("/counts/{id}", "counts"),
    ("/counts/{id}/lines/{line}", "count_lines"),
    ("/imports/{id}", "imports"),
    ("/locations/{id}", "locations"),
    ("/mails/{id}", "mails"),
    ("/manifests/{id}", "manifests"),
    ("/movements/{id}", "movements"),
    ("/orders/{id}", ORDERS),
    ("/orders/{id}/lines/{line}", "order_lines"),
    ("/packing/{id}", "shipments"),
    ("/products/{id}/levels/{warehouse}", "warehouses"),
    ("/products/{id}/queue/{line}", "order_lines"),
    ("/organizer/{id}", "organizer_entries"),
    ("/purchase-orders/{id}", "purchase_orders"),
    ("/purchase-orders/{id}/lines/{line}", "purchase_order_lines"),
    ("/receptions/{id}", "receptions"),
    ("/returns/{id}", "returns"),
    ("/shipments/{id}", "shipments"),
    ("/shipments/{id}/lines/{line}", "order_lines"),
    ("/stock/{warehouse}", "warehouses"),
    ("/stock/files/{id}", "stock_files"),
    ("/transfers/{id}", "transfers"),
    ("/transfers/{id}/lines/{line}", "transfer_lines"),
    ("/warehouses/{id}", "warehouses"),
];

const ORDERS: &str = "orders";
/// What is asked for there is about one line; all else below an order is about the whole of it.
const OF_A_LINE: &str = "/orders/{id}/lines/";
/// Goods leave the warehouse under `from` for another, which may be anybody's.
const TRANSFERS: &str = "/transfers";
/// The page of an order shows to each their own lines of it.
const SHOWN: &str = "/orders/{id}";

/// What a request names, of what may belong to a warehouse, and what who asks is limited to.
#[derive(Debug, Clone)]
pub struct Theirs {
    limit: Limit,
    /// Tables, each with an id.
    records: Vec<(&'static str, i64)>,
    /// An order all of which must be theirs.
    whole: Vec<OrderId>,
    /// The fields of its form that name warehouses.
    fields: &'static [&'static str],
}

impl Theirs {
    pub(super) fn of(request: &HttpRequest, limit: &Limit) -> Self {
        let pattern = without_patterns(&request.match_pattern().unwrap_or_default());
        let value = |part: &str| request.match_info().query(part).parse::<i64>().ok();
        let records: Vec<(&str, i64)> = named(&pattern)
            .filter_map(|(path, table)| Some((table, value(last_name(path))?)))
            .collect();
        let is_whole = !pattern.starts_with(OF_A_LINE)
            && (pattern != SHOWN || request.method() == Method::POST);
        let orders = records
            .iter()
            .filter(|(table, _)| is_whole && *table == ORDERS);
        Self {
            limit: limit.clone(),
            whole: orders
                .filter_map(|(_, id)| id.to_string().parse().ok())
                .collect(),
            records,
            fields: match pattern.as_str() {
                TRANSFERS => &["from"],
                _ => &["warehouse"],
            },
        }
    }

    /// Refuses to show what they cannot see, or what is about the whole of an order of which others ship
    /// some.
    pub(super) fn check_shown(&self, conn: &mut PgConnection) -> Result<()> {
        limited::check_seen(conn, &self.limit, &self.records)?;
        limited::check_whole(conn, &self.limit, &self.whole)
    }

    /// Refuses to touch what is not theirs. What they cannot see is not there.
    pub(super) fn check(&self, act: &mut Act<'_>, form: &Fields) -> Result<()> {
        limited::check_seen(act, &self.limit, &self.records)?;
        act.must_reach_all_of(&self.whole)?;
        let chosen = self.fields.iter().flat_map(|name| form.all(name));
        let chosen: Vec<WarehouseId> = chosen.filter_map(|id| id.parse().ok()).collect();
        act.must_reach(chosen)
    }
}

/// The parts of a pattern that name a record of some warehouse.
fn named(pattern: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let begins = move |path: &str| {
        let rest = pattern.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    NAMED.into_iter().filter(move |(path, _)| begins(path))
}

/// `line`, of `/orders/{id}/lines/{line}`.
fn last_name(path: &str) -> &str {
    let name = path.rsplit('{').next().unwrap_or_default();
    name.trim_end_matches('}')
}

/// `{id:\d+}` is `{id}`.
pub(super) fn without_patterns(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.split_once(':') {
        Some((name, pattern)) => {
            let end = pattern.rsplit_once('}').map_or("", |(_, end)| end);
            format!("{name}}}{end}")
        }
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_records_by_the_tables_that_have_them() {
        let tables = |pattern: &str| {
            let found = named(pattern).map(|(path, table)| (last_name(path), table));
            found.collect::<Vec<_>>()
        };

        assert_eq!(tables("/orders"), []);
        assert_eq!(tables("/orders/{id}/hold"), [("id", "orders")]);
        assert_eq!(
            tables("/orders/{id}/lines/{line}/warehouse"),
            [("id", "orders"), ("line", "order_lines")]
        );
        assert_eq!(
            without_patterns("/stock/{warehouse:\\d+}/{product:\\d+}"),
            "/stock/{warehouse}/{product}"
        );
    }
}
