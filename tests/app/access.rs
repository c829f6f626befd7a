//! Who may go where: one table of every route, asked in every role.

use std::collections::BTreeSet;

use backfill::web::{Right, Role};

use crate::sources::sources;
use crate::support::app::Shop;
use crate::support::requests::Reply;

/// The least anybody needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    Role(Role),
    Right(Right),
}

const NOTHING: Needs = Needs::Nothing;
const USER: Needs = Needs::Role(Role::User);
const MANAGER: Needs = Needs::Role(Role::Manager);
const ADMIN: Needs = Needs::Role(Role::Admin);
const RECEIVE: Needs = Needs::Right(Right::ReceiveGoods);
const CANCEL: Needs = Needs::Right(Right::CancelUnits);
const DECIDE: Needs = Needs::Right(Right::DecideReserved);
const SEND: Needs = Needs::Right(Right::SendPurchaseOrders);
const CORRECT: Needs = Needs::Right(Right::CorrectStock);
const MAIL: Needs = Needs::Right(Right::MailCustomers);
const COUNT: Needs = Needs::Right(Right::Count);

#[rustfmt::skip]
const ROUTES: &[(&str, &str, Needs)] = &[
    ("get",  "/healthz", NOTHING),
    ("get",  "/live", NOTHING),
    ("get",  "/ready", NOTHING),
    ("get",  "/static/{hash}/{name}", NOTHING),
    ("get",  "/favicon.ico", NOTHING),
    ("get",  "/events", USER),
    ("get",  "/", USER),
    ("get",  "/search", USER),

    ("get",  "/sign-in", NOTHING),
    ("post", "/sign-in", NOTHING),
    ("post", "/sign-out", NOTHING),
    ("get",  "/forgotten-password", NOTHING),
    ("post", "/forgotten-password", NOTHING),
    ("get",  "/new-password", NOTHING),
    ("post", "/new-password", NOTHING),
    ("get",  "/profile", USER),
    ("post", "/profile/password", USER),
    ("post", "/profile/mail", USER),
    ("post", "/profile/sessions/{id}/end", USER),
    ("post", "/profile/sessions/end", USER),
    ("get",  "/sign-in/code", NOTHING),
    ("post", "/sign-in/code", NOTHING),
    ("get",  "/profile/second-factor", USER),
    ("post", "/profile/second-factor", USER),
    ("post", "/profile/second-factor/codes", USER),
    ("post", "/profile/second-factor/removal", USER),
    ("post", "/users/{id}/second-factor/removal", ADMIN),
    ("get",  "/users/rules", ADMIN),
    ("get",  "/audit", ADMIN),
    ("get",  "/audit.csv", ADMIN),
    ("post", "/users/rules", ADMIN),
    ("get",  "/users", ADMIN),
    ("get",  "/users/new", ADMIN),
    ("post", "/users", ADMIN),
    ("get",  "/users/{id}", ADMIN),
    ("post", "/users/{id}", ADMIN),
    ("post", "/users/{id}/password", ADMIN),
    ("post", "/users/{id}/disabling", ADMIN),
    ("post", "/users/{id}/enabling", ADMIN),

    ("get",  "/products", USER),
    ("get",  "/products.csv", USER),
    ("get",  "/products/{id}", USER),
    ("get",  "/products/new", MANAGER),
    ("post", "/products", MANAGER),
    ("get",  "/products/{id}/edit", MANAGER),
    ("post", "/products/{id}", MANAGER),
    ("post", "/products/{id}/archive", MANAGER),
    ("post", "/products/{id}/restoration", MANAGER),
    ("post", "/products/{id}/levels/{warehouse}", MANAGER),
    ("get",  "/products/{id}/suppliers/new", MANAGER),
    ("post", "/products/{id}/suppliers", MANAGER),
    ("get",  "/products/{id}/suppliers/{link}/edit", MANAGER),
    ("post", "/products/{id}/suppliers/{link}", MANAGER),
    ("post", "/products/{id}/suppliers/{link}/primary", MANAGER),
    ("post", "/products/{id}/suppliers/{link}/removal", MANAGER),
    ("get",  "/suppliers", USER),
    ("get",  "/suppliers.csv", USER),
    ("get",  "/suppliers/{id}", USER),
    ("get",  "/suppliers/new", MANAGER),
    ("post", "/suppliers", MANAGER),
    ("get",  "/suppliers/{id}/edit", MANAGER),
    ("post", "/suppliers/{id}", MANAGER),
    ("post", "/suppliers/{id}/archive", MANAGER),
    ("post", "/suppliers/{id}/restoration", MANAGER),

    ("get",  "/orders", USER),
    ("get",  "/orders.csv", USER),
    ("get",  "/orders/{id}", USER),
    ("get",  "/orders/{id}/lines/{line}/why", USER),
    ("get",  "/orders/new", USER),
    ("get",  "/orders/delivery", USER),
    ("get",  "/orders/suggest/customers", USER),
    ("get",  "/products/{id}/queue/{line}/pin", DECIDE),
    ("post", "/products/{id}/queue/{line}/pin", DECIDE),
    ("get",  "/orders/suggest/products", USER),
    ("get",  "/orders/lines/new", USER),
    ("get",  "/orders/lines/price", USER),
    ("get",  "/orders/lines/none", USER),
    ("post", "/orders", USER),
    ("get",  "/orders/{id}/edit", USER),
    ("post", "/orders/{id}", USER),
    ("get",  "/orders/hold", USER),
    ("post", "/orders/hold", USER),
    ("post", "/orders/release", USER),
    ("get",  "/orders/priority", DECIDE),
    ("post", "/orders/priority", DECIDE),
    ("get",  "/orders/shipping-method", USER),
    ("post", "/orders/shipping-method", USER),
    ("get",  "/orders/{id}/hold", USER),
    ("post", "/orders/{id}/hold", USER),
    ("post", "/orders/{id}/release", USER),
    ("get",  "/orders/letters", MAIL),
    ("post", "/orders/letters", MAIL),
    ("post", "/orders/{id}/knows", USER),
    ("get",  "/orders/{id}/message", MAIL),
    ("post", "/orders/{id}/message", MAIL),
    ("get",  "/orders/{id}/cancellation", CANCEL),
    ("post", "/orders/{id}/cancellation", CANCEL),
    ("get",  "/orders/{id}/lines/{line}/cancellation", CANCEL),
    ("post", "/orders/{id}/lines/{line}/cancellation", CANCEL),
    ("get",  "/customers", USER),
    ("get",  "/customers/{id}", USER),
    ("get",  "/customers/new", USER),
    ("post", "/customers", USER),
    ("get",  "/customers/{id}/edit", USER),
    ("post", "/customers/{id}", USER),

    ("get",  "/orders/{id}/lines/{line}/warehouse", USER),
    ("post", "/orders/{id}/lines/{line}/warehouse", USER),
    ("get",  "/orders/{id}/lines/{line}/break", DECIDE),
    ("post", "/orders/{id}/lines/{line}/break", DECIDE),
    ("get",  "/shipments/packing-slips.pdf", USER),
    ("get",  "/carriers", ADMIN),
    ("get",  "/carriers/new", ADMIN),
    ("post", "/carriers", ADMIN),
    ("get",  "/carriers/{id}/edit", ADMIN),
    ("post", "/carriers/{id}", ADMIN),
    ("post", "/carriers/{id}/files", ADMIN),
    ("get",  "/carriers/{id}/export.csv", USER),
    ("get",  "/carriers/{id}/tracking", USER),
    ("post", "/carriers/{id}/tracking", USER),
    ("post", "/carriers/{id}/tracking/confirmation", USER),
    ("get",  "/settings/shipping-mail", ADMIN),
    ("post", "/settings/shipping-mail", ADMIN),
    ("post", "/settings/shipping-mail/preview", ADMIN),
    ("get",  "/manifests", USER),
    ("get",  "/manifests.csv", USER),
    ("get",  "/manifests/ship", USER),
    ("post", "/manifests/ship", USER),
    ("get",  "/manifests/{id}", USER),
    ("get",  "/manifests/{id}/manifest.pdf", USER),
    ("get",  "/manifests/{id}/parcels.csv", USER),
    ("get",  "/manifests/{id}/closing", USER),
    ("post", "/manifests/{id}/closing", USER),
    ("get",  "/shipping-rules", MANAGER),
    ("get",  "/shipping-rules/new", MANAGER),
    ("post", "/shipping-rules", MANAGER),
    ("get",  "/shipping-rules/{id}/edit", MANAGER),
    ("post", "/shipping-rules/{id}", MANAGER),
    ("post", "/shipping-rules/{id}/number", MANAGER),
    ("post", "/shipping-rules/{id}/removal", MANAGER),
    ("get",  "/warehouses", USER),
    ("get",  "/warehouses/{id}", USER),
    ("get",  "/warehouses/{id}/policies", USER),
    ("get",  "/warehouses/{id}/worth", USER),
    ("get",  "/warehouses/new", ADMIN),
    ("post", "/warehouses", ADMIN),
    ("get",  "/warehouses/{id}/edit", ADMIN),
    ("post", "/warehouses/{id}", ADMIN),
    ("get",  "/locations", USER),
    ("get",  "/locations.csv", USER),
    ("get",  "/locations/labels.pdf", USER),
    ("get",  "/locations/{id}", USER),
    ("get",  "/locations/new", ADMIN),
    ("post", "/locations", ADMIN),
    ("get",  "/locations/{id}/edit", ADMIN),
    ("post", "/locations/{id}", ADMIN),
    ("get",  "/locations/ranges/new", ADMIN),
    ("post", "/locations/ranges", ADMIN),
    ("get",  "/locations/together", ADMIN),
    ("post", "/locations/together", ADMIN),
    ("get",  "/locations/import", ADMIN),
    ("post", "/locations/import", ADMIN),
    ("post", "/locations/import/confirmation", ADMIN),
    ("get",  "/integrity", ADMIN),
    ("post", "/integrity/runs", ADMIN),
    ("get",  "/settings", ADMIN),
    ("post", "/settings", ADMIN),

    ("get",  "/stock", USER),
    ("get",  "/stock.csv", USER),
    ("get",  "/stock/{warehouse}/{product}", USER),
    ("get",  "/stock/{warehouse}/{product}/edit", MANAGER),
    ("post", "/stock/{warehouse}/{product}", MANAGER),
    ("get",  "/movements", USER),
    ("get",  "/movements.csv", USER),
    ("get",  "/movements/{id}", USER),
    ("get",  "/movements/{id}/correction", CORRECT),
    ("post", "/movements/{id}/correction", CORRECT),
    ("get",  "/products/{id}/queue", USER),
    ("get",  "/products/{id}/parts", USER),
    ("get",  "/products/{id}/parts/edit", MANAGER),
    ("post", "/products/{id}/parts", MANAGER),
    ("get",  "/stock/kits", USER),
    ("get",  "/stock/kits.csv", USER),
    ("get",  "/stock/kits/parts.csv", USER),
    ("get",  "/products/{id}/picture/{size}", USER),
    ("post", "/products/{id}/picture", MANAGER),
    ("post", "/products/{id}/picture/removal", MANAGER),
    ("get",  "/transfers", USER),
    ("get",  "/transfers.csv", USER),
    ("get",  "/transfers/{id}", USER),
    ("get",  "/transfers/{id}/arrivals.csv", USER),
    ("get",  "/transfers/proposals", USER),
    ("post", "/transfers/proposals", MANAGER),
    ("get",  "/transfers/new", MANAGER),
    ("post", "/transfers", MANAGER),
    ("post", "/transfers/{id}", MANAGER),
    ("post", "/transfers/{id}/lines", MANAGER),
    ("post", "/transfers/{id}/lines/{line}/removal", MANAGER),
    ("get",  "/transfers/{id}/scans", USER),
    ("post", "/transfers/{id}/scans", USER),
    ("get",  "/transfers/{id}/sending", MANAGER),
    ("post", "/transfers/{id}/sending", MANAGER),
    ("get",  "/transfers/{id}/ends/new", RECEIVE),
    ("post", "/transfers/{id}/ends", RECEIVE),
    ("post", "/transfers/{id}/ends/preview", RECEIVE),
    ("get",  "/transfers/{id}/day", MANAGER),
    ("post", "/transfers/{id}/day", MANAGER),
    ("get",  "/transfers/{id}/cancellation", MANAGER),
    ("post", "/transfers/{id}/cancellation", MANAGER),
    ("get",  "/counts", USER),
    ("get",  "/counts.csv", USER),
    ("get",  "/counts/proposals", USER),
    ("get",  "/counts/new", MANAGER),
    ("post", "/counts/size", MANAGER),
    ("post", "/counts", MANAGER),
    ("get",  "/counts/{id}", USER),
    ("get",  "/counts/{id}/lines.csv", MANAGER),
    ("post", "/counts/{id}/scans", COUNT),
    ("post", "/counts/{id}/lines/{line}", COUNT),
    ("get",  "/counts/{id}/review", CORRECT),
    ("get",  "/counts/{id}/effects", CORRECT),
    ("post", "/counts/{id}/recount", CORRECT),
    ("post", "/counts/{id}/application", CORRECT),
    ("get",  "/counts/{id}/rest", CORRECT),
    ("post", "/counts/{id}/rest", CORRECT),
    ("get",  "/counts/{id}/cancellation", MANAGER),
    ("post", "/counts/{id}/cancellation", MANAGER),
    ("get",  "/products/{id}/weeks", USER),
    ("get",  "/products/{id}/bins", USER),
    ("get",  "/products/{id}/purchase-orders", USER),
    ("get",  "/put-away", USER),
    ("get",  "/put-away/new", USER),
    ("post", "/put-away", USER),
    ("get",  "/warehouses/{id}/bins", ADMIN),
    ("post", "/warehouses/{id}/bins", ADMIN),
    ("post", "/warehouses/{id}/no-bins", ADMIN),
    ("get",  "/shipments/{id}/lines/{line}/bin", USER),
    ("post", "/shipments/{id}/lines/{line}/bin", USER),
    ("get",  "/shipments/{id}/lines/{line}/shortage", USER),
    ("post", "/shipments/{id}/lines/{line}/shortage", USER),
    ("get",  "/adjustments/new", CORRECT),
    ("post", "/adjustments", CORRECT),

    ("get",  "/preparation", USER),
    ("get",  "/preparation.csv", USER),
    ("post", "/shipments", USER),
    ("get",  "/shipments/{id}", USER),
    ("get",  "/shipments/{id}/packing-slip.pdf", USER),
    ("get",  "/shipments/{id}/pick-list.pdf", USER),
    ("get",  "/shipments/{id}/labels.pdf", USER),
    ("get",  "/picking", USER),
    ("post", "/batches", USER),
    ("get",  "/batches/{id}", USER),
    ("get",  "/batches/{id}/pick-list.pdf", USER),
    ("post", "/batches/{id}/operator", USER),
    ("post", "/batches/{id}/given-back", USER),
    ("get",  "/walks/{walk}", USER),
    ("post", "/walks/{walk}/scans", USER),
    ("post", "/walks/{walk}/undo", USER),
    ("post", "/walks/{walk}/bin", USER),
    ("get",  "/walks/{walk}/short", USER),
    ("post", "/walks/{walk}/short", USER),
    ("post", "/walks/{walk}/operator", USER),
    ("get",  "/floor", USER),
    ("get",  "/floor.csv", USER),
    ("get",  "/packing", USER),
    ("post", "/packing/scans", USER),
    ("post", "/packing/aside", USER),
    ("post", "/packing/{id}", USER),
    ("post", "/packing/{id}/undo", USER),
    ("post", "/packing/{id}/lines/{line}", USER),
    ("post", "/packing/{id}/packages", USER),
    ("get",  "/packing/{id}/packages/{number}", USER),
    ("post", "/packing/{id}/packages/{number}", USER),
    ("get",  "/packing/{id}/short", USER),
    ("post", "/packing/{id}/short", USER),
    ("post", "/packing/{id}/shipped", USER),
    ("post", "/shipments/{id}/picked", USER),
    ("post", "/shipments/{id}/packed", USER),
    ("post", "/shipments/{id}/shipped", USER),
    ("get",  "/shipments/{id}/taken-back", USER),
    ("post", "/shipments/{id}/taken-back", USER),
    ("post", "/shipments/{id}/label", USER),
    ("post", "/shipments/shipped", USER),
    ("get",  "/shipments/{id}/given-back", USER),
    ("post", "/shipments/{id}/given-back", USER),
    ("get",  "/shipments/of-order/{order}", USER),
    ("get",  "/returns", USER),
    ("get",  "/returns.csv", USER),
    ("get",  "/returns/desk", USER),
    ("post", "/returns/desk", USER),
    ("get",  "/returns/new", USER),
    ("post", "/returns", USER),
    ("get",  "/returns/{id}", USER),
    ("post", "/returns/{id}/scans", RECEIVE),
    ("post", "/returns/{id}/receipt", RECEIVE),
    ("get",  "/returns/{id}/cancellation", USER),
    ("post", "/returns/{id}/cancellation", USER),
    ("post", "/returns/{id}/replacement", USER),
    ("get",  "/returns/{id}/message", MAIL),
    ("post", "/returns/{id}/message", MAIL),
    ("get",  "/returns/of-order/{order}", USER),
    ("get",  "/replenishment", USER),
    ("get",  "/replenishment.csv", USER),
    ("get",  "/replenishment/{warehouse}/{product}/orders", USER),
    ("post", "/replenishment/choices", MANAGER),
    ("post", "/replenishment/choices/filling", MANAGER),
    ("post", "/replenishment/choices/clearing", MANAGER),
    ("post", "/replenishment/purchase-orders", MANAGER),
    ("get",  "/purchase-orders", USER),
    ("get",  "/purchase-orders.csv", USER),
    ("get",  "/purchase-orders/new", MANAGER),
    ("post", "/purchase-orders", MANAGER),
    ("get",  "/purchase-orders/{id}", USER),
    ("post", "/purchase-orders/{id}", MANAGER),
    ("post", "/purchase-orders/{id}/sums", MANAGER),
    ("post", "/purchase-orders/{id}/letter", SEND),
    ("post", "/purchase-orders/{id}/lines", MANAGER),
    ("post", "/purchase-orders/{id}/lines/{line}/removal", MANAGER),
    ("get",  "/purchase-orders/{id}/confirmation", MANAGER),
    ("post", "/purchase-orders/{id}/confirmation", MANAGER),
    ("get",  "/purchase-orders/{id}/cancellation", MANAGER),
    ("post", "/purchase-orders/{id}/cancellation", MANAGER),
    ("get",  "/purchase-orders/{id}/letter", SEND),
    ("get",  "/purchase-orders/{id}/letter.pdf", USER),
    ("post", "/purchase-orders/{id}/sending", SEND),
    ("get",  "/purchase-orders/{id}/receptions/new", RECEIVE),
    ("post", "/purchase-orders/{id}/receptions", RECEIVE),
    ("post", "/purchase-orders/{id}/receptions/preview", RECEIVE),
    ("get",  "/receptions", USER),
    ("get",  "/receptions.csv", USER),
    ("get",  "/receptions/{id}", USER),
    ("get",  "/receptions/{id}/orders.csv", USER),
    ("get",  "/products/{id}/queue/{line}/move", DECIDE),
    ("post", "/products/{id}/queue/{line}/move", DECIDE),
    ("get",  "/products/{id}/queue/{line}/undo", DECIDE),
    ("post", "/products/{id}/queue/{line}/undo", DECIDE),
    ("get",  "/orders/{id}/priority", DECIDE),
    ("post", "/orders/{id}/priority", DECIDE),
    ("get",  "/receptions/{id}/reversal", CORRECT),
    ("post", "/receptions/{id}/reversal", CORRECT),

    ("get",  "/organizer", USER),
    ("get",  "/organizer.csv", USER),
    ("get",  "/organizer/new", USER),
    ("post", "/organizer", USER),
    ("get",  "/organizer/panel", USER),
    ("get",  "/organizer/marks", USER),
    ("post", "/organizer/status", USER),
    ("post", "/organizer/assignee", USER),
    ("get",  "/organizer/{id}", USER),
    ("get",  "/organizer/{id}/edit", USER),
    ("post", "/organizer/{id}", USER),
    ("post", "/organizer/{id}/status", USER),
    ("post", "/organizer/{id}/archive", USER),
    ("post", "/organizer/{id}/restoration", USER),
    ("get",  "/organizer/settings", ADMIN),
    ("post", "/organizer/settings/{list}", ADMIN),
    ("post", "/organizer/settings/{list}/{id}", ADMIN),
    ("post", "/organizer/settings/{list}/{id}/place", ADMIN),
    ("get",  "/organizer/settings/{list}/{id}/removal", ADMIN),
    ("post", "/organizer/settings/{list}/{id}/removal", ADMIN),

    ("get",  "/mails", MANAGER),
    ("get",  "/mails/{id}", MANAGER),
    ("get",  "/mails/{id}/body", MANAGER),
    ("get",  "/mails/{id}/attachments/{attachment}", MANAGER),
    ("get",  "/mails/{id}/message.eml", MANAGER),
    ("post", "/mails/{id}/retry", MANAGER),

    ("get",  "/stock/files/new", MANAGER),
    ("post", "/stock/files", MANAGER),
    ("get",  "/stock/files/{id}", MANAGER),
    ("post", "/stock/files/{id}/confirmation", MANAGER),
    ("post", "/stock/files/{id}/discard", MANAGER),
    ("get",  "/imports", MANAGER),
    ("post", "/imports", MANAGER),
    ("get",  "/imports/{id}", MANAGER),
    ("post", "/imports/{id}/choices", MANAGER),
    ("post", "/imports/{id}/confirmation", MANAGER),
    ("post", "/imports/{id}/discard", MANAGER),
    ("get",  "/imports/{id}/left-out.csv", MANAGER),

];

/// Every route of a method, with the least role it needs; none: nothing is needed.
pub fn routes(method: &str) -> impl Iterator<Item = (&'static str, Option<Role>)> {
    let of_method = ROUTES.iter().filter(move |(each, _, _)| *each == method);
    of_method.map(|(_, path, needs)| match needs {
        Needs::Nothing => (*path, None),
        Needs::Role(role) => (*path, Some(*role)),
        Needs::Right(right) => (*path, Some(right.usual())),
    })
}

/// What became of a request, as far as access goes.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    LetIn,
    SentToSignIn,
    Forbidden,
}

#[test]
fn the_table_names_every_route_there_is() {
    let known: BTreeSet<(String, String)> = ROUTES
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    let declared = declared();

    let missing: Vec<_> = declared.difference(&known).collect();
    let gone: Vec<_> = known.difference(&declared).collect();
    assert!(missing.is_empty(), "not in the table: {missing:#?}");
    assert!(
        gone.is_empty(),
        "in the table, but not in the program: {gone:#?}"
    );
    assert_eq!(
        known.len(),
        ROUTES.len(),
        "a route stands in the table twice"
    );
}

#[actix_web::test]
async fn every_route_lets_in_whom_the_table_says_and_nobody_else() {
    let shop = Shop::open().await;
    let browsers = [
        (None, shop.visitor()),
        (Some(Role::User), shop.user().await),
        (Some(Role::Manager), shop.manager().await),
        (Some(Role::Admin), shop.admin().await),
    ];

    let mut wrong = vec![];
    for (method, path, needs) in ROUTES {
        for (role, browser) in &browsers {
            let browser = match (*path, role) {
                // Signing out must not sign out whoever asks next.
                ("/sign-out", Some(role)) => &shop.signed_in(*role).await,
                _ => &browser.copy(),
            };
            let path = sample(path);
            let reply = match *method {
                "get" => browser.get(&path).await,
                _ => browser.post(&path, &[]).await,
            };
            let expected = expected(*role, *needs);
            let got = answer(&reply);
            if got != expected {
                wrong.push(format!(
                    "{method} {path} as {role:?}: {got:?} ({}), not {expected:?}",
                    reply.status()
                ));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn expected(role: Option<Role>, needs: Needs) -> Answer {
    let least = match needs {
        Needs::Nothing => return Answer::LetIn,
        Needs::Role(least) => least,
        Needs::Right(right) => right.usual(),
    };
    match role {
        None => Answer::SentToSignIn,
        Some(role) if role >= least => Answer::LetIn,
        Some(_) => Answer::Forbidden,
    }
}

#[actix_web::test]
async fn every_route_that_needs_a_right_asks_for_that_very_one() {
    let shop = Shop::open().await;
    let (picker, buyer) = (shop.user().await, shop.manager().await);
    let mut wrong = vec![];
    for right in Right::ALL {
        // The one has this right and no other, the other has all but this one.
        let only = Right::ALL.iter().map(|each| (*each, each == right));
        shop.gives(Role::User, &only.collect());
        let but = Right::ALL.iter().map(|each| (*each, each != right));
        shop.gives(Role::Manager, &but.collect());

        for (method, path, needs) in ROUTES {
            let Needs::Right(needed) = needs else {
                continue;
            };
            for (who, browser, has) in [
                ("only", &picker, needed == right),
                ("all but", &buyer, needed != right),
            ] {
                let path = sample(path);
                let reply = match *method {
                    "get" => browser.get(&path).await,
                    _ => browser.post(&path, &[]).await,
                };
                if (answer(&reply) == Answer::LetIn) != has {
                    wrong.push(format!(
                        "{method} {path}, {who} {right}: {}",
                        reply.status()
                    ));
                }
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whoever is let in may still be told that there is no such record or that the form is empty.
fn answer(reply: &Reply) -> Answer {
    let asked_to_sign_in = |to: String| to.starts_with("/sign-in?next=");
    match reply.status() {
        403 => Answer::Forbidden,
        303 if reply.location().is_some_and(asked_to_sign_in) => Answer::SentToSignIn,
        _ => Answer::LetIn,
    }
}

/// A path with something in the place of its parameters.
fn sample(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "0" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Method and path of every route, as the attributes in the sources declare them.
fn declared() -> BTreeSet<(String, String)> {
    let mut routes = BTreeSet::new();
    for source in sources("src", "rs") {
        let code = source.code();
        for other in ["web::resource(", ".route(", "web::scope(", "#[route("] {
            assert!(
                !code.contains(other),
                "{}: declare routes by attribute, or this table misses them",
                source.path
            );
        }
        for method in ["get", "post", "put", "patch", "delete"] {
            for rest in code.split(&format!("#[{method}(\"")).skip(1) {
                let path = rest.split('"').next().unwrap_or_default();
                routes.insert((method.to_owned(), without_patterns(path)));
            }
        }
    }
    routes
}

/// `{id:\\d+}` is `{id}`.
fn without_patterns(path: &str) -> String {
    path.split('/')
        .map(|part| match part.split_once(':') {
            Some((name, pattern)) => {
                let end = pattern.rsplit_once('}').map_or("", |(_, end)| end);
                format!("{name}}}{end}")
            }
            None => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}
