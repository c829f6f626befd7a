//! Which warehouse ships a line that names none: ordered rules, kept on the line in words.

use backfill::exchange::imports::orders::{Choices, Destination};
use backfill::exchange::{self, Upload};
use backfill::sales::{self, NewLine, RuleInput, Way};
use backfill::stock::{Consent, Place};
use backfill::types::{Money, OrderId, WarehouseId};

use super::desk::{Desk, units};
use crate::support::counting::count;
use crate::support::html::{Form, Page};
use crate::support::requests::Browser;

/// Number and lines of an order, each a SKU and how many.
type Said<'a> = (&'a str, &'a [(&'a str, u32)]);

/// A shop that ships from three warehouses.
struct Story {
    desk: Desk,
    north: WarehouseId,
    south: WarehouseId,
}

impl Story {
    async fn begin() -> Story {
        let desk = Desk::open().await;
        Story {
            north: desk.shop.warehouse("NORTH"),
            south: desk.shop.warehouse("SOUTH"),
            desk,
        }
    }

    fn lie(&self, warehouse: WarehouseId, sku: &str, many: i32) {
        let place = Place::new(warehouse, self.desk.product(sku));
        self.desk.shop.write(|act| count(act, place, many));
    }

    fn rule(&self, country: &str, way: Way, warehouses: &[WarehouseId]) {
        let input = RuleInput {
            country: country.into(),
            shipping_method: String::new(),
            channel_id: None,
            product_id: None,
            supplier_id: None,
            way,
        };
        self.desk.shop.write(|act| {
            sales::add_rule(act, &input, warehouses)?;
            Ok(())
        });
    }

    /// Orders whose lines name no warehouse.
    fn place(&self, country: &str, orders: &[Said<'_>]) -> Vec<OrderId> {
        let new = orders.iter().map(|(number, lines)| {
            let mut order = self.desk.new_order(number, &[], 0);
            order.country = country.into();
            order.lines = lines
                .iter()
                .map(|(sku, wanted)| NewLine {
                    product: self.desk.product(sku),
                    warehouse: None,
                    ordered: units(*wanted),
                    unit_price: Money::parse("10").expect("a price"),
                })
                .collect();
            order
        });
        let new: Vec<_> = new.collect();
        self.desk.place_all(&new).expect("they can be placed")
    }

    /// Where the lines of an order ship from, and by what.
    fn routed(&self, order: OrderId) -> Vec<(&'static str, String)> {
        let name = |id| match id {
            id if id == self.north => "north",
            id if id == self.south => "south",
            _ => "main",
        };
        let lines = self.desk.lines(order).into_iter();
        lines
            .map(|line| (name(line.warehouse_id), line.routed_by))
            .collect()
    }

    fn from(&self, order: OrderId) -> Vec<&'static str> {
        self.routed(order)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }
}

/// The form of a button that says where its rule goes.
fn presses(page: &Page, button: &str) -> Form {
    let button = format!("button[aria-label='{button}']");
    let number = page.attribute(&button, "value").expect("it says a number");
    page.form_sent_by(&button).with("number", &number)
}

async fn list(browser: &Browser) -> Vec<String> {
    let page = browser.page("/shipping-rules").await;
    page.texts("#rules tbody .row-link")
}

#[actix_web::test]
async fn the_rule_that_decided_is_kept_on_the_line_and_shown() {
    let story = Story::begin().await;
    story.rule("DE", Way::Named, &[story.south]);
    story.rule("CH, Switzerland", Way::Named, &[story.north]);

    let order = story.place("ch", &[("A", &[("MUG", 2)])])[0];
    let other = story.place("FR", &[("B", &[("MUG", 2)])])[0];

    let words = "rule 2, country CH, Switzerland";
    assert_eq!(story.routed(order), [("north", words.to_owned())]);
    assert_eq!(
        story.routed(other),
        [("main", "no rule decided: the primary warehouse".to_owned())]
    );
    let user = story.desk.shop.user().await;
    let page = user.page(&format!("/orders/{order}")).await;
    assert!(page.says(&format!("NORTH {words}")), "{}", page.words());
    let line = story.desk.lines(order)[0].id;
    let why = user
        .page(&format!("/orders/{order}/lines/{line}/why"))
        .await;
    let sentence = format!("It ships from Warehouse NORTH: {words}.");
    assert!(why.says(&sentence), "{}", why.words());

    story
        .desk
        .edit(order, |input| input.lines[0].warehouse = Some(story.south));
    assert_eq!(story.routed(order), [("south", String::new())], "by hand");
}

#[actix_web::test]
async fn without_rules_everything_ships_from_the_primary_warehouse() {
    let story = Story::begin().await;
    story.lie(story.north, "MUG", 9);

    let order = story.place("CH", &[("A", &[("MUG", 2)])])[0];

    assert_eq!(story.routed(order), [("main", String::new())]);
}

#[actix_web::test]
async fn orders_go_where_they_lie_free_each_after_those_before_it() {
    let story = Story::begin().await;
    story.lie(story.north, "MUG", 5);
    story.lie(story.south, "MUG", 9);
    story.lie(story.south, "CUP", 3);
    story.rule("", Way::HasAll, &[story.north, story.south]);
    story.rule("", Way::HasLine, &[story.south]);

    let placed = story.place(
        "",
        &[
            ("A", &[("MUG", 4)]),
            ("B", &[("MUG", 4), ("CUP", 3)]),
            ("C", &[("MUG", 2), ("CUP", 1)]),
        ],
    );

    assert_eq!(story.from(placed[0]), ["north"]);
    assert_eq!(story.from(placed[1]), ["south", "south"]);
    assert_eq!(story.from(placed[2]), ["south", "main"], "line by line");
    let reserved = placed.iter().flat_map(|order| story.desk.reserved(*order));
    assert_eq!(reserved.collect::<Vec<_>>(), [4, 4, 3, 2, 0]);

    let later = story.place("", &[("D", &[("MUG", 2)])])[0];
    assert_eq!(
        story.from(later),
        ["south"],
        "north has one left, south three"
    );
}

#[actix_web::test]
async fn many_orders_are_routed_in_as_many_statements_as_one() {
    let story = Story::begin().await;
    story.lie(story.north, "MUG", 100);
    story.rule("", Way::HasAll, &[story.north, story.south]);
    let few: &[Said<'_>] = &[("A", &[("MUG", 1)])];
    let names: Vec<String> = (0..20).map(|at| format!("N{at}")).collect();
    let lines = [("MUG", 1), ("MUG", 2)];
    let many: Vec<Said<'_>> = names
        .iter()
        .map(|name| (name.as_str(), &lines[..]))
        .collect();
    story.place("", &[("FIRST", &[("MUG", 1)])]);

    let db = story.desk.shop.db();
    let before = db.statements();
    story.place("", few);
    let of_few = db.statements() - before;
    let before = db.statements();
    story.place("", &many);
    let of_many = db.statements() - before;

    // The desk looks up the product of each line by itself.
    let looks_up = 2 * (40 + 20) - 2 * (1 + 1);
    assert!(of_many <= of_few + looks_up, "{of_few} and {of_many}");
}

#[actix_web::test]
async fn an_order_by_hand_ships_by_the_rules_unless_a_warehouse_is_chosen() {
    let story = Story::begin().await;
    story.desk.product("MUG");
    story.desk.customer("Ada Lovelace");
    let user = story.desk.shop.user().await;
    let new = |form: &Form| {
        form.clone()
            .with("customer", "ADA-LOVELACE")
            .with("country", "CH")
            .with_in_row(0, "sku", "MUG")
            .with_in_row(0, "quantity", "2")
            .with_in_row(1, "sku", "MUG")
            .with_in_row(1, "quantity", "1")
    };
    let page = user.page("/orders/new").await;
    assert!(!page.says("By the shipping rules"), "there are none");

    story.rule("CH", Way::Named, &[story.north]);
    let page = user.page("/orders/new").await;
    assert!(page.says("By the shipping rules"));
    let form = new(&page.form("#order-form")).with_in_row(1, "warehouse", &story.south.to_string());
    let placed = user.submit_form(&form).await;

    assert!(
        placed.says("NORTH rule 1, country CH"),
        "{}",
        placed.words()
    );
    assert!(placed.says("SOUTH"), "{}", placed.words());

    let edit = user.page(&placed.link("Edit")).await;
    let form = edit.form("#order-form").with_in_row(2, "sku", "MUG");
    let saved = user
        .submit_form(&form.with_in_row(2, "quantity", "7"))
        .await;
    let ships = saved.texts("tbody td.wide");
    let by_rule = ships
        .iter()
        .filter(|each| each.contains("rule 1, country CH"));
    assert_eq!(by_rule.count(), 2, "{ships:?}");
}

#[actix_web::test]
async fn the_orders_of_a_file_ship_by_the_rules_as_its_preview_says() {
    let story = Story::begin().await;
    story.lie(story.north, "MUG", 5);
    story.rule("CH", Way::HasLine, &[story.north]);
    let late = story.desk.order("LATE", &[("MUG", 1)], 500);
    story
        .desk
        .edit(late, |input| input.lines[0].warehouse = Some(story.north));
    let file = "order_number,sku,quantity,country,placed_at,unit_price,customer\n\
                1,MUG,4,CH,2026-11-01,5,ADA\n2,MUG,4,CH,2026-11-02,5,ADA\n3,NEW,1,CH,2026-11-02,5,ADA\n";
    let upload = Upload {
        file_name: "web.csv".into(),
        content: file.into(),
        to: Destination {
            warehouse: None,
            channel: "web shop".into(),
        },
        choices: Choices::default(),
    };

    let import = story
        .desk
        .shop
        .write(|act| Ok(exchange::keep(act, &upload)?));
    let manager = story.desk.shop.manager().await;
    let preview = manager.page(&import.path()).await;
    assert!(preview.says("By the shipping rules"));
    story
        .desk
        .shop
        .write(|act| Ok(exchange::confirm(act, import.id, &Consent::ToAll)?));

    let of = |number: &str| -> OrderId {
        use backfill::schema::orders;
        use diesel::prelude::*;
        story.desk.shop.read(|conn| {
            let called = orders::table.filter(orders::number.eq(number));
            Ok(called.select(orders::id).first(conn)?)
        })
    };
    assert_eq!(
        story.routed(of("1")),
        [("north", "rule 1, country CH".to_owned())]
    );
    assert_eq!(story.from(of("2")), ["main"], "none are left for it");
    assert_eq!(story.from(of("3")), ["main"], "it lies nowhere");
}

#[actix_web::test]
async fn managers_write_rules_and_put_them_in_order() {
    let story = Story::begin().await;
    story.desk.product("MUG");
    let manager = story.desk.shop.manager().await;
    let empty = manager.page("/shipping-rules").await;
    assert!(empty.says("There is no rule yet"));

    let blank = || async { manager.page("/shipping-rules/new").await.form("#rule") };
    let form = blank().await.with("country", "CH");
    let nowhere = manager.send(&form).await;
    assert_eq!(nowhere.status(), 422);
    assert_eq!(
        nowhere.page().field("warehouse").error(),
        "Choose at least one warehouse."
    );
    let north = story.north.to_string();
    let south = story.south.to_string();
    let two = form
        .with_in_row(0, "warehouse", &north)
        .with_in_row(1, "warehouse", &south);
    let named = manager
        .send(&two)
        .await
        .page()
        .field("warehouse")
        .error()
        .to_owned();
    assert_eq!(
        named,
        "This way names one warehouse: choose one, or another way."
    );
    let twice = two
        .clone()
        .with("way", "has_all")
        .with_in_row(1, "warehouse", &north);
    let twice = manager
        .send(&twice)
        .await
        .page()
        .field("warehouse")
        .error()
        .to_owned();
    assert_eq!(twice, "Choose each warehouse once.");
    let unknown = two.clone().with("way", "has_all").with("sku", "NOPE");
    let unknown = manager
        .send(&unknown)
        .await
        .page()
        .field("sku")
        .error()
        .to_owned();
    assert_eq!(unknown, "No product has this SKU.");

    let added = manager.submit_form(&two.with("way", "has_all")).await;
    assert!(
        added.says("The first that has it all Warehouse NORTH, Warehouse SOUTH"),
        "{}",
        added.words()
    );
    let mugs = blank()
        .await
        .with("sku", "mug")
        .with_in_row(0, "warehouse", &south);
    manager.submit_form(&mugs).await;
    manager
        .submit_form(&blank().await.with_in_row(0, "warehouse", &north))
        .await;
    assert_eq!(list(&manager).await, ["country CH", "SKU MUG", "any order"]);

    let page = manager.page("/shipping-rules").await;
    manager.submit_form(&presses(&page, "Move rule 3 up")).await;
    assert_eq!(list(&manager).await, ["country CH", "any order", "SKU MUG"]);
    let page = manager.page("/shipping-rules").await;
    manager
        .submit_form(&presses(&page, "Move rule 1 down"))
        .await;
    assert_eq!(list(&manager).await, ["any order", "country CH", "SKU MUG"]);

    let page = manager.page("/shipping-rules").await;
    let edit = manager.page(&page.link("country CH")).await.form("#rule");
    let saved = manager.submit_form(&edit.with("country", "AT")).await;
    assert!(saved.says("country AT"), "{}", saved.words());
    let removal = saved.form_sent_by("button[aria-label='Remove rule 1']");
    manager.submit_form(&removal).await;
    assert_eq!(list(&manager).await, ["country AT", "SKU MUG"]);
    manager.submit_form(&removal).await;
    assert_eq!(list(&manager).await.len(), 2, "what is gone stays gone");
}

#[actix_web::test]
async fn rules_are_tried_before_an_order_comes() {
    let story = Story::begin().await;
    story.lie(story.north, "MUG", 5);
    story.rule("CH", Way::HasLine, &[story.north]);
    let manager = story.desk.shop.manager().await;
    let page = manager.page("/shipping-rules").await;
    let form = page.form("#tried").with("sku", "mug").with("country", "ch");

    let has = manager
        .send(&form.clone().with("quantity", "5"))
        .await
        .page();
    let lacks = manager
        .send(&form.clone().with("quantity", "6"))
        .await
        .page();
    let unknown = manager.send(&form.with("sku", "NOPE")).await.page();

    assert_eq!(
        has.text("#answer"),
        "5 × MUG would ship from Warehouse NORTH: rule 1, country CH."
    );
    assert_eq!(
        lacks.text("#answer"),
        "6 × MUG would ship from Main warehouse: no rule decided: the primary warehouse."
    );
    assert_eq!(unknown.field("sku").error(), "No product has this SKU.");
}

#[actix_web::test]
async fn a_rule_names_only_warehouses_that_ship() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;
    let form = manager.page("/shipping-rules/new").await.form("#rule");
    story.desk.shop.write(|act| {
        use backfill::schema::warehouses;
        use diesel::prelude::*;
        diesel::update(warehouses::table.find(story.north))
            .set(warehouses::ships_orders.eq(false))
            .execute(act.conn())?;
        Ok(())
    });

    let reply = manager
        .send(&form.with_in_row(0, "warehouse", &story.north.to_string()))
        .await;

    assert_eq!(reply.status(), 422);
    assert_eq!(
        reply.page().field("warehouse").error(),
        "Warehouse NORTH does not ship orders."
    );
}

#[actix_web::test]
async fn a_rule_about_what_is_not_there_is_refused() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;

    for chosen in ["channel", "supplier"] {
        let north = story.north.to_string();
        let fields = [("way", "named"), ("warehouse", &north), (chosen, "4711")];
        let refused = manager.post("/shipping-rules", &fields).await;

        assert_eq!(refused.status(), 409, "{chosen}: {}", refused.summary());
        assert!(refused.page().says("is not there any more"));
    }
}
