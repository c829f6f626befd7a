//! What somebody who is limited to one warehouse tries to change, on every route there is.

use std::collections::{BTreeMap, BTreeSet};

use backfill::web::Role;
use backfill::web::theirs::NAMED;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::sides::{Side, Sides, is_of_a_warehouse, told};
use crate::access::routes;

/// Rows of all that belongs to a warehouse, by table.
fn everything_of(sides: &Sides, side: &Side) -> BTreeMap<String, String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let conn = &mut sides.shop.connect();
    let set = format!("set backfill.warehouses = '{{{}}}'", side.warehouse);
    diesel::sql_query(set).execute(conn).expect("it is set");
    let views = "select relname::text as name from pg_class
                 where relnamespace = 'limited'::regnamespace and relkind = 'v' order by 1";
    let views: Vec<Row> = diesel::sql_query(views)
        .load(conn)
        .expect("there are views");
    let print = |view: &Row| {
        // Whoever may change what is the company's leaves a word in its history.
        let bound = match view.name.as_str() {
            "history" => "where record_kind not in ('product', 'supplier', 'customer')",
            _ => "",
        };
        let all = format!(
            "select coalesce(md5(string_agg(v::text, '|' order by v::text)), '') as name
             from limited.{} v {bound}",
            view.name
        );
        let rows: Row = diesel::sql_query(all)
            .get_result(conn)
            .expect("it can be read");
        (view.name.clone(), rows.name)
    };
    views.iter().map(print).collect()
}

/// Whatever any form may ask for, about records of a side.
fn filled_in(side: &Side) -> Vec<(String, String)> {
    let product = i64::from(side.product.id);
    let warehouse = side.warehouse.to_string();
    let fields = [
        ("warehouse", warehouse.as_str()),
        ("from", &warehouse),
        ("to", &side.id("/orders/{id}/lines/{line}")),
        ("what", "pin"),
        ("reason", "for fun"),
        ("note", "for fun"),
        ("quantity", "1"),
        ("product", side.product.sku.as_str()),
        ("sku", side.product.sku.as_str()),
        ("priority", "high"),
        ("agreed", "yes"),
        ("order", &side.id("prepared")),
        ("only", &side.id("/orders/{id}")),
        ("shipment", &side.id("/shipments/{id}")),
        ("chosen", &side.id("/orders/{id}")),
        ("expected_on", "2031-01-02"),
        ("confirmed_on", "2031-01-02"),
        ("supplier", &side.id("/suppliers/{id}")),
        ("warning_level", "1"),
        ("ideal_level", "9"),
        ("on_hand", "9"),
        ("with", "minimum"),
    ];
    let mut fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let of_order = side.id("/orders/{id}");
    for (name, value) in [
        (format!("choice-{warehouse}-{product}"), "3".to_owned()),
        (format!("units-{warehouse}-1-{product}"), "1".to_owned()),
        (
            format!("recipients-{of_order}"),
            "anna@home.example".to_owned(),
        ),
        (format!("subject-{of_order}"), "News".to_owned()),
        (format!("text-{of_order}"), "News".to_owned()),
    ] {
        fields.push((name, value));
    }
    fields
}

/// The same without a word of the warehouse, for what else a form may name.
fn without_the_warehouse(form: &[(String, String)]) -> Vec<(String, String)> {
    let others = form
        .iter()
        .filter(|(name, _)| !["warehouse", "from"].contains(&name.as_str()));
    others.cloned().collect()
}

#[actix_web::test]
async fn whatever_they_send_nothing_of_another_warehouse_changes() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let before = everything_of(&sides, &sides.main);
    let forms = filled_in(&sides.main);
    let forms = [without_the_warehouse(&forms), forms];
    let mut wrong = vec![];

    for (route, needs) in routes("post") {
        let ends = ["/sign-out", "/sign-in", "/profile/sessions/{id}/end"];
        if ends.contains(&route) || needs == Some(Role::Admin) {
            continue;
        }
        let tries =
            [&sides.main, &sides.east].map(|side| forms.each_ref().map(|form| (side, form)));
        for (side, form) in tries.into_iter().flatten() {
            let path = side.path(route);
            let form: Vec<(&str, &str)> = form
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let reply = manager.post(&path, &form).await;
            let is_theirs = side.warehouse == sides.east.warehouse;
            if !is_theirs && is_of_a_warehouse(route) && ![403, 404].contains(&reply.status()) {
                wrong.push(format!("{path}: {}", reply.summary()));
            }
            let told = told(&sides, &reply);
            if !told.is_empty() {
                wrong.push(format!("{path} tells {told:?}"));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
    let after = everything_of(&sides, &sides.main);
    let changed: Vec<_> = before
        .iter()
        .filter(|(table, rows)| after.get(*table) != Some(rows))
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
}

#[actix_web::test]
async fn a_form_that_names_another_warehouse_is_refused_with_its_name() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let main = sides.main.warehouse.to_string();
    let west = sides.west.to_string();

    let adjusted = manager
        .post(
            "/adjustments",
            &[("warehouse", &main), ("product", "ZINC"), ("quantity", "5")],
        )
        .await;
    let drafted = manager
        .post(
            "/transfers",
            &[("from", &main), ("to", &sides.east.warehouse.to_string())],
        )
        .await;
    let sent_away = manager
        .post(
            "/transfers",
            &[("from", &sides.east.warehouse.to_string()), ("to", &west)],
        )
        .await;
    let bought = manager
        .post(
            "/purchase-orders",
            &[
                ("warehouse", &main),
                ("supplier", &sides.main.id("/suppliers/{id}")),
            ],
        )
        .await;
    let prepared = manager
        .post(
            "/shipments",
            &[
                ("warehouse", &main),
                ("order", &sides.main.id("/orders/{id}")),
            ],
        )
        .await;
    let choice = format!("choice-{main}-{}", sides.main.product.id);
    let chosen = manager
        .post("/replenishment/choices", &[(&choice, "5")])
        .await;

    for reply in [&adjusted, &drafted, &bought, &prepared, &chosen] {
        assert_eq!(reply.status(), 403, "{}", reply.summary());
        let page = reply.page();
        assert!(
            page.says("MAIN is not among your warehouses."),
            "{}",
            reply.summary()
        );
    }
    assert_eq!(sent_away.status(), 303, "{}", sent_away.summary());
}

#[actix_web::test]
async fn an_order_that_others_ship_too_is_not_cancelled_by_one_of_them() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let path = format!("/orders/{}", sides.shared);

    let cancelled = manager
        .post(&format!("{path}/cancellation"), &[("reason", "no more")])
        .await;
    let written = manager
        .post(
            &format!("{path}/message"),
            &[
                ("recipients", "a@b.example"),
                ("subject", "x"),
                ("text", "y"),
            ],
        )
        .await;

    assert_eq!((cancelled.status(), written.status()), (403, 403));
    assert!(
        cancelled.page().says("MAIN ships some of it as well"),
        "{}",
        cancelled.summary()
    );
}

#[actix_web::test]
async fn of_orders_chosen_together_those_that_others_ship_too_are_named_and_left() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let (own, shared) = (sides.east.id("/orders/{id}"), sides.shared.to_string());
    let form = |other: &str| {
        let said = [
            ("order", own.as_str()),
            ("order", other),
            ("method", "Express"),
        ];
        said.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |other: &str| {
        let form = form(other);
        let fields: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        manager
            .htmx("")
            .post("/orders/shipping-method", &fields)
            .await
    };

    let strange = send(&sides.main.id("/orders/{id}")).await;
    let together = send(&shared).await;

    assert_eq!(strange.status(), 404);
    assert_eq!(together.status(), 204, "{}", together.summary());
    let said = together.header("HX-Trigger").unwrap_or_default();
    assert!(said.contains("1 order is sent by Express."), "{said}");
    assert!(said.contains("MAIN ships some of it as well"), "{said}");
}

#[actix_web::test]
async fn what_decides_about_all_warehouses_is_for_who_sees_all() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;

    let rules = manager.get("/shipping-rules").await;
    let home = manager.page("/").await;

    assert_eq!(rules.status(), 403);
    assert!(
        rules.page().says("This decides about all warehouses"),
        "{}",
        rules.summary()
    );
    assert!(!home.has("a[href='/shipping-rules']"));
}

/// Parts of paths that name what is the company's, or what only reads.
#[rustfmt::skip]
const OF_THE_COMPANY: &[&str] = &[
    "/static/{hash}", "/static/{hash}/{name}", "/users/{id}", "/profile/sessions/{id}", "/customers/{id}", "/suppliers/{id}",
    "/products/{id}", "/products/{id}/picture/{size}", "/products/{id}/suppliers/{link}",
    "/carriers/{id}", "/packing/{id}/lines/{line}", "/packing/{id}/packages/{number}", "/walks/{walk}", "/shipping-rules/{id}", "/stock/{warehouse}/{product}", "/replenishment/{warehouse}",
    "/replenishment/{warehouse}/{product}", "/shipments/of-order/{order}", "/returns/of-order/{order}",
    "/mails/{id}/attachments/{attachment}", "/organizer/settings/{list}", "/organizer/settings/{list}/{id}",
];

#[test]
fn every_part_of_a_path_is_known_to_name_what_is_of_a_warehouse_or_of_the_company() {
    let mut unknown = BTreeSet::new();
    for (route, _) in routes("get").chain(routes("post")) {
        let ends = route.match_indices('}').map(|(at, _)| &route[..=at]);
        let named = |part: &&str| NAMED.iter().any(|(path, _)| path == part);
        unknown.extend(ends.filter(|part| !named(part) && !OF_THE_COMPANY.contains(part)));
    }

    assert!(unknown.is_empty(), "src/web/theirs.rs: {unknown:#?}");
}
