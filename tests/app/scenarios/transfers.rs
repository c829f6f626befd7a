//! Goods that go from one warehouse to another: promised, late, short, called back, and taken from
//! orders with a reason.

use backfill::db::Who;
use backfill::inventory::{
    self, Ended, Ending, NewTransfer, NewTransferLine, Sending, Transfer, TransferLine,
    TransferStatus,
};
use backfill::schema::{levels, transfer_lines};
use backfill::stock::{Level, Place};
use backfill::types::{OrderId, ProductId, Quantity, TransferId, WarehouseId};
use chrono::{Days, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;

use super::desk::Desk;
use crate::support::app::Shop;
use crate::support::counting::find;
use crate::support::html::Form;
use crate::support::requests::Browser;

/// A shop whose mugs lie in the east, while its orders wait in the main warehouse.
struct Ends<'a> {
    shop: &'a Shop,
    desk: Desk,
    mug: ProductId,
    east: WarehouseId,
}

impl<'a> Ends<'a> {
    fn of(shop: &'a Shop, in_the_east: i32) -> Self {
        let desk = Desk::of(shop);
        let mug = desk.product("MUG");
        let east = shop.warehouse("EAST");
        let place = Place::new(east, mug);
        if in_the_east > 0 {
            shop.write(|act| find(act, place, in_the_east));
        }
        Self {
            shop,
            desk,
            mug,
            east,
        }
    }

    fn sends(&self, units: u32) -> Transfer {
        let way = [self.east, self.desk.main()];
        self.shop.sends_transfer(way, &[(self.mug, units)])
    }

    fn ends(&self, transfer: TransferId, ending: Ending, units: u32) -> Transfer {
        let line = self.line(transfer).id;
        let ended = Ended {
            ending,
            lines: vec![(line, Quantity::new(units))],
            note: "counted at the ramp".into(),
        };
        self.shop
            .write(|act| Ok(inventory::end_transfer(act, transfer, &ended)?))
    }

    fn line(&self, transfer: TransferId) -> TransferLine {
        self.shop.read(|conn| {
            Ok(TransferLine::query()
                .filter(transfer_lines::transfer_id.eq(transfer))
                .first(conn)?)
        })
    }

    /// On hand, reserved and incoming.
    fn level(&self, warehouse: WarehouseId) -> [u32; 3] {
        let level: Level = self.shop.read(|conn| {
            Ok(Level::query()
                .filter(levels::warehouse_id.eq(warehouse))
                .filter(levels::product_id.eq(self.mug))
                .first(conn)?)
        });
        [level.on_hand, level.reserved, level.incoming].map(Quantity::get)
    }

    async fn why(&self, reader: &Browser, order: OrderId) -> String {
        let line = self.desk.lines(order)[0].id;
        let why = format!("/orders/{order}/lines/{line}/why");
        reader.page(&why).await.words()
    }
}

/// The form, sent by a button that leads elsewhere.
fn to(form: Form, action: &str) -> Form {
    Form {
        action: action.to_owned(),
        ..form
    }
}

fn in_days(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

#[actix_web::test]
async fn a_transfer_is_drafted_sent_promised_and_received_by_hand() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 10);
    let order = ends.desk.order(1, &[(ends.mug, 4)]);
    let manager = shop.manager().await;
    let (main, day) = (ends.desk.main(), in_days(3));

    let new = manager.page("/transfers/new").await;
    let form = new
        .form("form[action='/transfers']")
        .with("from", &ends.east.to_string())
        .with("to", &main.to_string())
        .with("expected_on", &day.to_string());
    let page = manager.submit_form(&form).await;
    assert!(page.says("Nothing is to be sent yet"), "{}", page.words());
    let form = page
        .form("#edit")
        .with("product", "mug")
        .with("quantity", "6");
    let added = manager.send(&to(form, "/transfers/1/lines")).await;
    let page = manager.follow(&added).await;
    let line = page.table("Lines");
    assert_eq!(line.row("MUG").cell("Free in EAST"), "10");
    assert_eq!(line.row("MUG").cell("For orders"), "1");

    let sending = manager.page("/transfers/1/sending").await;
    let effects = sending.table("What it would do");
    let then = effects.row("SO-000001").cell("Then").to_owned();
    assert!(then.starts_with("gains: 0 of 4, rest"), "{then}");
    let page = manager.submit_form(&sending.form("#send")).await;
    assert!(page.says("Sent"), "{}", page.words());
    assert_eq!(ends.level(ends.east), [4, 0, 0]);
    assert_eq!(ends.level(main), [0, 0, 6]);

    let shown = day.format("%-d %b %Y").to_string();
    let why = ends.why(&manager, order).await;
    assert!(why.contains("come with TR-000001"), "{why}");
    for page in [
        format!("/orders/{order}"),
        format!("/products/{}/queue", ends.mug),
        format!("/replenishment/{main}/{}/orders", ends.mug),
        "/transfers".into(),
        "/".into(),
    ] {
        let words = manager.page(&page).await.words();
        assert!(
            words.contains(&shown) || words.contains(&*day.format("%-d %b").to_string()),
            "{page}: {words}"
        );
    }
    let needs = manager.page("/replenishment").await;
    let row = needs.table("Supply needs");
    assert_eq!(row.row("MUG").cell("Status"), "Waiting for reception");

    let receive = manager.page("/transfers/1/ends/new?ending=received").await;
    let line = ends.line("1".parse().expect("an id")).id;
    let form = receive.form("#end").with(&format!("qty-{line}"), "5");
    let page = manager.submit_form(&form).await;
    assert!(page.says("Partly received"), "{}", page.words());
    assert!(page.says("Order SO-000001"), "{}", page.words());
    assert!(page.says("To the shelf"), "{}", page.words());
    assert_eq!(ends.desk.reserved(order), [4]);
    assert_eq!(ends.level(main), [5, 4, 1]);

    let ended = ends.ends("1".parse().expect("an id"), Ending::Received, 1);
    assert_eq!(ended.status, TransferStatus::Received);
    let movements = manager.page("/movements?reason=transfer").await;
    assert_eq!(movements.texts("#results tbody tr").len(), 3);
    assert!(movements.says("TR-000001"), "{}", movements.words());
}

#[actix_web::test]
async fn a_transfer_that_does_not_come_is_late_on_every_page() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 10);
    let order = ends.desk.order(1, &[(ends.mug, 4)]);
    let new = NewTransfer {
        expected_on: Some(Utc::now().date_naive() - Days::new(3)),
        ..NewTransfer::of(
            ends.east,
            ends.desk.main(),
            vec![NewTransferLine {
                product: ends.mug,
                quantity: Quantity::new(4),
            }],
        )
    };
    let then = Who::BACKFILL.at(Utc::now() - TimeDelta::days(5));
    shop.write_as(then, |act| {
        let draft = inventory::draft_transfer(act, &new)?;
        Ok(inventory::send_transfer(act, draft.id, &Sending::FREE)?)
    });
    let reader = shop.user().await;

    let was = Utc::now().date_naive() - Days::new(3);
    let late = format!("late, was {} (3 days)", was.format("%-d %b"));
    let line = ends.desk.lines(order)[0].id;
    for page in [
        "/".to_owned(),
        "/orders".to_owned(),
        format!("/orders/{order}/lines/{line}/why"),
        format!("/products/{}/queue", ends.mug),
        "/transfers".to_owned(),
        "/transfers?late=late".to_owned(),
        "/transfers/1".to_owned(),
    ] {
        let words = reader.page(&page).await.words();
        assert!(words.contains(&late), "{page}: {words}");
    }
    let dashboard = reader.page("/").await;
    assert!(dashboard.says("1 late transfer"), "{}", dashboard.words());

    shop.write(|act| {
        let transfer = "1".parse().expect("an id");
        Ok(inventory::expect_transfer(act, transfer, in_days(2), "")?)
    });
    let page = reader.page("/transfers?late=late").await;
    assert!(page.says("No transfer like this"), "{}", page.words());
}

#[actix_web::test]
async fn what_a_transfer_lost_is_promised_to_nobody_and_needed_again() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 4);
    let order = ends.desk.order(1, &[(ends.mug, 4)]);
    let transfer = ends.sends(4).id;
    let manager = shop.manager().await;

    ends.ends(transfer, Ending::Received, 3);
    assert_eq!(ends.desk.reserved(order), [3]);
    let page = manager
        .page(&format!("/transfers/{transfer}/ends/new?ending=lost"))
        .await;
    let line = ends.line(transfer).id;
    let form = page.form("#end").with(&format!("qty-{line}"), "1");
    let refused = manager.send(&form).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("note").error().is_empty());
    let too_many = form
        .clone()
        .with(&format!("qty-{line}"), "2")
        .with("note", "Fell off the lorry");
    let refused = manager.send(&too_many).await;
    assert_eq!(refused.status(), 422);
    let error = refused
        .page()
        .field(&format!("qty-{line}"))
        .error()
        .to_owned();
    assert_eq!(error, "Only 1 is under way.");

    let form = form.without("key").with("note", "Fell off the lorry");
    let page = manager.submit_form(&form).await;

    assert!(page.says("Fell off the lorry"), "{}", page.words());
    assert_eq!(ends.level(ends.desk.main()), [3, 3, 0]);
    assert_eq!(ends.level(ends.east), [0, 0, 0]);
    let why = ends.why(&manager, order).await;
    assert!(why.contains("not on order"), "{why}");
    let needs = manager.page("/replenishment").await;
    assert_eq!(
        needs.table("Supply needs").row("MUG").cell("Minimum"),
        "1 minimum of MUG, fill in 1"
    );
    let transfer = manager.page(&format!("/transfers/{transfer}")).await;
    let row = transfer.table("Lines");
    let cells = ["Sent", "Received", "Lost", "Called back", "Under way"];
    let cells = cells.map(|head| row.row("MUG").cell(head).to_owned());
    assert_eq!(cells, ["4", "3", "1", "0", "0"]);
}

#[actix_web::test]
async fn what_is_called_back_lies_where_it_came_from_and_serves_who_waits_there() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 4);
    let order = ends.desk.order(1, &[(ends.mug, 4)]);
    let transfer = ends.sends(4).id;
    assert_eq!(ends.level(ends.desk.main()), [0, 0, 4]);
    let manager = shop.manager().await;

    let form = format!("/transfers/{transfer}/ends/new?ending=called_back");
    let form = manager.page(&form).await.form("#end");
    let line = ends.line(transfer).id;
    let form = form
        .with(&format!("qty-{line}"), "4")
        .with("note", "The road is closed");
    let preview = format!("/transfers/{transfer}/ends/preview");
    let weighed = manager.send(&to(form.clone(), &preview)).await.page();
    let effects = weighed.table("What it would do");
    let then = effects.row("SO-000001").cell("Then").to_owned();
    assert!(
        then.starts_with("loses: 0 of 4, rest not on order"),
        "{then}"
    );
    manager.submit_form(&form).await;

    assert_eq!(ends.level(ends.east), [4, 0, 0]);
    assert_eq!(ends.level(ends.desk.main()), [0, 0, 0]);
    assert_eq!(ends.desk.reserved(order), [0]);
    let page = manager.page(&format!("/transfers/{transfer}")).await;
    assert!(page.says("Cancelled"), "{}", page.words());
    let again = manager.send(&form.without("key")).await;
    assert_eq!(again.status(), 409, "{}", again.summary());
}

#[actix_web::test]
async fn units_of_orders_leave_only_with_a_reason_and_after_who_loses_was_shown() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 0);
    ends.desk.finds(ends.mug, 6);
    let orders = [1, 2].map(|minute| ends.desk.order(minute, &[(ends.mug, 2)]));
    let way = [ends.desk.main(), ends.east];
    let draft = shop.drafts_transfer(way, &[(ends.mug, 3)]);
    let manager = shop.manager().await;
    let path = format!("{}/sending", draft.path());

    let page = manager.page(&path).await;
    assert!(
        page.says("More would leave than is free"),
        "{}",
        page.words()
    );
    let effects = page.table("What it would do");
    let then = effects.row("SO-000002").cell("Then").to_owned();
    assert!(then.starts_with("loses: 1 of 2"), "{then}");
    let form = page.form("#send");
    let refused = manager.send(&form).await;
    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let error = refused.page().field("reason").error().to_owned();
    assert!(error.contains("3 of MUG, of which 2 are free"), "{error}");
    assert_eq!(ends.level(way[0]), [6, 4, 0]);

    // Somebody finds one fewer meanwhile: another loss than was shown.
    ends.desk.finds(ends.mug, -1);
    let stale = form.without("key").with("reason", "The fair opens");
    let refused = manager.send(&stale).await;
    assert_eq!(refused.status(), 422, "{}", refused.summary());
    assert!(
        refused
            .page()
            .says("Nothing is saved yet: 1 order would lose 2 units"),
        "{}",
        refused.summary()
    );
    let shown = refused.page().form("#send");
    manager.submit_form(&shown.without("key")).await;

    assert_eq!(orders.map(|order| ends.desk.reserved(order)), [[2], [0]]);
    assert_eq!(ends.level(way[0]), [2, 2, 0]);
    assert_eq!(ends.level(ends.east), [0, 0, 3]);
    let why = ends.why(&manager, orders[1]).await;
    assert!(why.contains("TR-000001: The fair opens"), "{why}");
}

#[actix_web::test]
async fn a_form_sent_twice_sends_and_receives_once() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 9);
    let way = [ends.east, ends.desk.main()];
    let draft = shop.drafts_transfer(way, &[(ends.mug, 4)]);
    let manager = shop.manager().await;

    let send = manager.page(&format!("{}/sending", draft.path())).await;
    let send = send.form("#send");
    assert_eq!(manager.send(&send).await.location(), Some(draft.path()));
    assert_eq!(manager.send(&send).await.location(), Some(draft.path()));
    assert_eq!(ends.level(ends.east), [5, 0, 0]);
    let again = manager.send(&send.without("key")).await;
    assert_eq!(again.status(), 409, "{}", again.summary());
    let said = "TR-000001 is sent: it cannot be sent.";
    assert!(again.page().says(said), "{}", again.summary());

    let receive = format!("{}/ends/new?ending=received", draft.path());
    let line = ends.line(draft.id).id;
    let receive = manager.page(&receive).await.form("#end");
    let receive = receive.with(&format!("qty-{line}"), "3");
    manager.submit_form(&receive).await;
    manager.submit_form(&receive).await;
    assert_eq!(ends.level(ends.desk.main()), [3, 0, 1]);
    assert_eq!(ends.line(draft.id).received, Quantity::new(3));
}

#[actix_web::test]
async fn what_nobody_can_mean_is_refused_in_words() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 2);
    let way = [ends.east, ends.desk.main()];
    let draft = shop.drafts_transfer(way, &[(ends.mug, 3)]);
    let manager = shop.manager().await;

    let east = ends.east.to_string();
    let new = manager.page("/transfers/new").await;
    let form = new.form("form[action='/transfers']").with("from", &east);
    let same = manager.send(&form.with("to", &east)).await;
    assert_eq!(same.status(), 422);
    let error = same.page().field("to").error().to_owned();
    assert!(error.contains("another warehouse"), "{error}");

    let send = manager.page(&format!("{}/sending", draft.path())).await;
    let over = (Utc::now().date_naive() - Days::new(1)).to_string();
    let form = send.form("#send").with("expected_on", &over);
    let past = manager.send(&form).await;
    assert_eq!(past.status(), 422);
    let error = past.page().field("expected_on").error().to_owned();
    assert!(error.contains("This day is over"), "{error}");
    let none = manager.send(&send.form("#send").without("key")).await;
    assert_eq!(none.status(), 422, "only two lie there: {}", none.summary());
    let said = "MUG: 3 cannot leave: only 2 on hand.";
    assert!(none.page().says(said), "{}", none.page().words());
    assert_eq!(ends.level(ends.east), [2, 0, 0]);

    let edit = manager.page(&draft.path()).await.form("#edit");
    let line = ends.line(draft.id).id;
    let edited = manager
        .send(&edit.clone().with(&format!("qty-{line}"), "2"))
        .await;
    assert_eq!(edited.location(), Some(draft.path()));
    let stale = edit.with(&format!("qty-{line}"), "1");
    let stale = manager.send(&stale).await;
    assert_eq!(stale.status(), 409, "{}", stale.summary());

    let page = manager.page(&draft.path()).await;
    let form = page.form("#edit").with("product", "NOBODY");
    let lines = format!("{}/lines", draft.path());
    let unknown = manager.send(&to(form, &lines)).await;
    assert_eq!(unknown.status(), 422);
    let error = unknown.page().field("product").error().to_owned();
    assert!(error.contains("No product"), "{error}");

    let cancel = format!("{}/cancellation", draft.path());
    let cancel = manager.page(&cancel).await;
    let form = cancel.form("form[action$=cancellation]");
    let page = manager.submit_form(&form).await;
    assert!(page.says("Cancelled"), "{}", page.words());
    let gone = manager.send(&send.form("#send").without("key")).await;
    assert_eq!(gone.status(), 409, "{}", gone.summary());
}

#[actix_web::test]
async fn what_one_warehouse_needs_and_another_can_spare_is_proposed_before_buying() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 9);
    let main = ends.desk.main();
    ends.desk.order(1, &[(ends.mug, 4)]);
    let west = shop.warehouse("WEST");
    let place = Place::new(west, ends.mug);
    shop.write(|act| find(act, place, 1));
    let manager = shop.manager().await;

    let needs = manager.page("/replenishment").await;
    assert!(
        needs.says("9 idle in EAST, 1 idle in WEST: transfer"),
        "{}",
        needs.words()
    );
    let proposed = manager.page("/transfers/proposals").await;
    let row = proposed.table("Proposals");
    let cells = ["From", "Can spare", "To", "Needs", "For orders"];
    let cells = cells.map(|head| row.row("MUG").cell(head).to_owned());
    assert_eq!(cells, ["EAST", "9", "MAIN", "4", "4"]);

    let form = proposed.form("form[method=post][action='/transfers/proposals']");
    let none = manager.send(&form.clone()).await;
    assert_eq!(none.status(), 422);
    let row = format!("{}-{main}-{}", ends.east, ends.mug);
    let page = manager
        .submit_form(&form.without("key").with("row", &row))
        .await;
    assert!(page.says("TR-000001 is drafted."), "{}", page.words());
    assert_eq!(page.field("qty-1").value(), "4");

    let proposed = manager.page("/transfers/proposals").await;
    assert!(proposed.says("Nothing to transfer"), "{}", proposed.words());
    let needs = manager.page("/replenishment").await;
    let row = needs.table("Supply needs");
    let drafted = row.row("MUG").cell("Drafted").to_owned();
    assert!(drafted.contains("4 on TR-000001"), "{drafted}");
    assert!(!needs.says("idle in EAST"), "{}", needs.words());
}

#[actix_web::test]
async fn a_warehouse_with_an_open_transfer_stays_in_use() {
    let shop = Shop::open().await;
    let ends = Ends::of(&shop, 4);
    let transfer = ends.sends(4);
    let admin = shop.admin().await;

    let edit = format!("/warehouses/{}/edit", ends.east);
    let form = admin.page(&edit).await.form("form[data-warn-dirty]");
    let refused = admin.send(&form.without("is_active")).await;

    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let error = refused.page().field("is_active").error().to_owned();
    let named = format!("open transfers {}", transfer.number);
    assert!(error.contains(&named), "{error}");
}
