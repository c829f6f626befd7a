//! Chaotic storage: a product lies in as many bins as it must, and every unit of it in one that is known.

use backfill::catalog::{Location, LocationKind, Product};
use backfill::db::Act;
use backfill::error::{Error, Result};
use backfill::inventory::{self, PutAway};
use backfill::preparation::{self, Departure, OtherBin};
use backfill::purchasing::{self, Delivery, PurchaseLine, Reversing, Sending};
use backfill::schema::{
    bin_contents, levels, locations, movements, order_lines, purchase_order_lines,
};
use backfill::stock::{self, Cause, CauseKind, Happening, MoveReason, Outcome, Place};
use backfill::types::{
    Change, LocationId, OrderId, OrderLineId, Quantity, ReceptionId, ShipmentId, WarehouseId,
};
use diesel::prelude::*;

use crate::preparation::order;
use crate::support::app::Shop;

/// A warehouse with a dock, three shelves and a bin for what must not be used.
pub struct Store {
    pub shop: Shop,
    pub main: WarehouseId,
    pub mug: Product,
    pub dock: LocationId,
    pub shelves: [LocationId; 3],
    quarantine: LocationId,
}

impl Store {
    /// It uses bins; nothing lies there yet.
    pub async fn open() -> Store {
        let store = Store::without_bins().await;
        store.uses_bins().expect("the dock is a bin of it");
        store
    }

    pub async fn without_bins() -> Store {
        let shop = Shop::open().await;
        let main = shop.primary_warehouse().id;
        let shelf = |code| shop.location(main, code, LocationKind::Shelf);
        Store {
            dock: shop.location(main, "DOCK", LocationKind::Dock),
            shelves: [shelf("A-01"), shelf("A-02"), shelf("A-03")],
            quarantine: shop.location(main, "Q", LocationKind::Quarantine),
            mug: shop.new_product("MUG"),
            main,
            shop,
        }
    }

    fn try_to<T: Send>(&self, act: impl Fn(&mut Act<'_>) -> Result<T>) -> Result<T> {
        let person = self.shop.person(backfill::web::Role::Manager).id;
        self.shop.db().write_now(person, act)
    }

    fn uses_bins(&self) -> Result<()> {
        self.try_to(|act| {
            inventory::use_locations(act, self.main, self.dock)?;
            Ok(())
        })
    }

    fn leaves_bins(&self) -> Result<()> {
        self.try_to(|act| {
            inventory::leave_locations(act, self.main)?;
            Ok(())
        })
    }

    pub fn place(&self) -> Place {
        Place::new(self.main, self.mug.id)
    }

    /// A supplier delivers mugs onto the dock.
    pub fn receives(&self, units: u32) -> ReceptionId {
        let supplier = self.shop.new_supplier(&format!("S{units}"));
        self.shop.buys_at(&self.mug, &supplier);
        let draft = self.shop.drafts(&supplier, &self.mug, units).id;
        let received = self.try_to(|act| {
            purchasing::send(act, draft, &Sending::WithoutMail)?;
            let line: PurchaseLine = PurchaseLine::query()
                .filter(purchase_order_lines::purchase_order_id.eq(draft))
                .first(act.conn())?;
            let delivery = Delivery {
                lines: vec![(line.id, Quantity::new(units))],
                ..Delivery::default()
            };
            Ok(purchasing::receive(act, draft, &delivery)?)
        });
        received.expect("it is received")
    }

    pub fn puts_away(&self, from: LocationId, to: LocationId, units: u32) -> Result<Location> {
        self.try_to(|act| {
            let units = PutAway {
                place: self.place(),
                from,
                to,
                quantity: Quantity::new(units),
                note: String::new(),
            };
            Ok(inventory::put_away(act, &units, true)?)
        })
    }

    pub fn finds(&self, bin: Option<LocationId>, units: i32) -> Result<Outcome> {
        self.try_to(|act| {
            let found = Happening::Adjust {
                place: self.place(),
                bin,
                change: Change::new(units),
                reason: MoveReason::Adjustment,
                note: "found".into(),
            };
            Ok(stock::change(
                act,
                &Cause::of(CauseKind::Adjustment),
                &[found],
            )?)
        })
    }

    pub fn sells(&self, number: &'static str, minute: i64, units: u32) -> OrderId {
        order(number, minute)
            .line(&self.mug, units)
            .place(&self.shop)
    }

    pub fn prepares(&self, order: OrderId) -> ShipmentId {
        self.shop.prepares(order)
    }

    fn ships(&self, parcel: ShipmentId) {
        let shipped = self.try_to(|act| Ok(preparation::ship(act, parcel, &Departure::default())?));
        shipped.expect("it leaves");
    }

    fn gives_back(&self, parcel: ShipmentId) {
        let back = self.try_to(|act| Ok(preparation::give_back(act, parcel)?));
        back.expect("it is given back");
    }

    fn picks_elsewhere(
        &self,
        parcel: ShipmentId,
        order: OrderId,
        (from, to): (LocationId, LocationId),
        units: u32,
    ) -> Result<()> {
        let other = OtherBin {
            line: self.line(order),
            from,
            to,
            quantity: Quantity::new(units),
        };
        self.try_to(|act| {
            preparation::pick_elsewhere(act, parcel, other)?;
            Ok(())
        })
    }

    pub fn line(&self, order: OrderId) -> OrderLineId {
        self.shop.read(|conn| {
            let of_order = order_lines::table.filter(order_lines::order_id.eq(order));
            Ok(of_order.select(order_lines::id).first(conn)?)
        })
    }

    /// Each bin in which mugs lie: its code, the units, and those of them that parcels take.
    pub fn lie(&self) -> Vec<(String, i32, i32)> {
        self.shop.read(|conn| {
            Ok(bin_contents::table
                .inner_join(locations::table.on(locations::id.eq(bin_contents::location_id)))
                .filter(bin_contents::product_id.eq(self.mug.id))
                .order(locations::code)
                .select((locations::code, bin_contents::quantity, bin_contents::held))
                .load(conn)?)
        })
    }

    pub fn on_hand(&self) -> i32 {
        self.shop.read(|conn| {
            let level = levels::table.find((self.main, self.mug.id));
            Ok(level.select(levels::on_hand).first(conn)?)
        })
    }

    /// What moved, last: reason, units, and the codes of the bins.
    fn last_moves<const N: usize>(&self) -> [(String, i32, String, String); N] {
        type Row = (String, i32, Option<LocationId>, Option<LocationId>);
        let rows: Vec<Row> = self.shop.read(|conn| {
            Ok(movements::table
                .order(movements::id.desc())
                .limit(i64::try_from(N).expect("few"))
                .select((
                    movements::reason,
                    movements::quantity,
                    movements::from_location_id,
                    movements::to_location_id,
                ))
                .load(conn)?)
        });
        let codes: Vec<(LocationId, String)> = self.shop.read(|conn| {
            let codes = locations::table.select((locations::id, locations::code));
            Ok(codes.load(conn)?)
        });
        let code = |id: Option<LocationId>| {
            let known = codes.iter().find(|(known, _)| Some(*known) == id);
            known.map_or_else(String::new, |(_, code)| code.clone())
        };
        let mut moves: Vec<_> = rows
            .into_iter()
            .map(|(reason, units, from, to)| (reason, units, code(from), code(to)))
            .collect();
        moves.reverse();
        moves.try_into().expect("so many moved")
    }
}

pub fn bins<const N: usize>(wanted: [(&str, i32, i32); N]) -> Vec<(String, i32, i32)> {
    let wanted = wanted.iter();
    wanted
        .map(|(code, units, held)| ((*code).to_owned(), *units, *held))
        .collect()
}

fn refusal<T>(outcome: Result<T>) -> String {
    match outcome {
        Ok(_) => panic!("it is not refused"),
        Err(Error::Invalid(errors)) => errors.iter().map(|(_, why)| why.to_owned()).collect(),
        Err(error) => error.to_string(),
    }
}

#[actix_web::test]
async fn goods_go_from_the_dock_over_three_bins_into_a_parcel() {
    let store = Store::open().await;
    let [first, second, third] = store.shelves;
    store.receives(12);
    assert_eq!(store.lie(), bins([("DOCK", 12, 0)]));

    store
        .puts_away(store.dock, first, 5)
        .expect("they lie there");
    store
        .puts_away(store.dock, second, 2)
        .expect("they lie there");
    store
        .puts_away(store.dock, third, 4)
        .expect("they lie there");
    assert_eq!(
        store.lie(),
        bins([
            ("A-01", 5, 0),
            ("A-02", 2, 0),
            ("A-03", 4, 0),
            ("DOCK", 1, 0)
        ])
    );
    assert_eq!(store.on_hand(), 12, "bins change nothing about that");

    let parcel = store.prepares(store.sells("SO-1", 1, 6));
    assert_eq!(
        store.lie(),
        bins([
            ("A-01", 5, 0),
            ("A-02", 2, 2),
            ("A-03", 4, 3),
            ("DOCK", 1, 1)
        ]),
        "the smallest remainders first, so that bins become empty"
    );
    store.ships(parcel);
    assert_eq!(store.lie(), bins([("A-01", 5, 0), ("A-03", 1, 0)]));
    let left = store.last_moves::<3>();
    let left = left.map(|(reason, units, from, to)| format!("{reason} {units} {from}>{to}"));
    assert_eq!(
        left,
        ["shipment 1 DOCK>", "shipment 2 A-02>", "shipment 3 A-03>"]
    );
}

#[actix_web::test]
async fn two_pickers_are_never_sent_to_the_last_unit_of_a_bin() {
    let store = Store::open().await;
    let [first, second, _] = store.shelves;
    store.finds(Some(first), 1).expect("found");
    store.finds(Some(second), 1).expect("found");

    store.prepares(store.sells("SO-1", 1, 1));
    store.prepares(store.sells("SO-2", 2, 1));

    assert_eq!(store.lie(), bins([("A-01", 1, 1), ("A-02", 1, 1)]));
    let gone = refusal(store.puts_away(first, second, 1));
    assert_eq!(
        gone,
        "1 cannot leave this bin: 1 lie there, and parcels take 1 of them."
    );
}

#[actix_web::test]
async fn a_picker_takes_from_another_bin_and_what_is_given_back_is_free() {
    let store = Store::open().await;
    let [first, second, third] = store.shelves;
    store.finds(Some(first), 3).expect("found");
    store.finds(Some(second), 5).expect("found");
    let order = store.sells("SO-1", 1, 3);
    let parcel = store.prepares(order);
    assert_eq!(store.lie(), bins([("A-01", 3, 3), ("A-02", 5, 0)]));

    store
        .picks_elsewhere(parcel, order, (first, second), 2)
        .expect("two lie there");
    assert_eq!(store.lie(), bins([("A-01", 3, 1), ("A-02", 5, 2)]));
    let empty = refusal(store.picks_elsewhere(parcel, order, (first, third), 1));
    assert_eq!(empty, "1 cannot leave this bin: 0 lie there.");
    let more = refusal(store.picks_elsewhere(parcel, order, (first, second), 2));
    assert_eq!(more, "No more than 1 left to pick there.");

    store.gives_back(parcel);
    assert_eq!(store.lie(), bins([("A-01", 3, 0), ("A-02", 5, 0)]));
}

#[actix_web::test]
async fn what_lies_in_quarantine_is_not_on_hand_and_nobody_gets_it() {
    let store = Store::open().await;
    let [first, ..] = store.shelves;
    store.finds(Some(first), 5).expect("found");
    let order = store.sells("SO-1", 1, 4);

    store
        .puts_away(first, store.quarantine, 3)
        .expect("nobody took them");

    assert_eq!(store.on_hand(), 2);
    assert_eq!(store.lie(), bins([("A-01", 2, 0), ("Q", 3, 0)]));
    let parcel = store.prepares(order);
    assert_eq!(store.lie(), bins([("A-01", 2, 2), ("Q", 3, 0)]));
    store.ships(parcel);
    store
        .finds(Some(store.quarantine), -1)
        .expect("one is scrapped where it lies");
    assert_eq!(store.on_hand(), 0);
    store
        .puts_away(store.quarantine, first, 2)
        .expect("they are good after all");
    assert_eq!(store.on_hand(), 2);
    assert_eq!(store.lie(), bins([("A-01", 2, 0)]));
}

#[actix_web::test]
async fn a_delivery_that_was_a_mistake_leaves_the_bins_again() {
    let store = Store::open().await;
    let [first, ..] = store.shelves;
    let delivery = store.receives(4);
    store
        .puts_away(store.dock, first, 3)
        .expect("they lie there");

    let reversed = store.try_to(|act| {
        Ok(purchasing::reverse(
            act,
            delivery,
            &Reversing::because("not ours"),
        )?)
    });

    reversed.expect("nobody took them");
    assert_eq!(store.lie(), bins([]));
}

#[actix_web::test]
async fn bins_are_turned_on_while_people_pick_and_off_when_nothing_is_scattered() {
    let store = Store::without_bins().await;
    store.shop.has(&store.mug, 7);
    let parcel = store.prepares(store.sells("SO-1", 1, 3));

    store.uses_bins().expect("the dock is a bin of it");
    assert_eq!(store.lie(), bins([("DOCK", 7, 3)]));
    assert_eq!(
        refusal(store.uses_bins()),
        "This warehouse uses bins already."
    );

    let [first, ..] = store.shelves;
    store
        .puts_away(store.dock, first, 2)
        .expect("they are free");
    assert_eq!(
        refusal(store.leaves_bins()),
        "MUG lie in more than one bin: put the units of each into one first."
    );
    store
        .puts_away(first, store.quarantine, 2)
        .expect("they are free");
    assert_eq!(
        refusal(store.leaves_bins()),
        "MUG lie in quarantine: put them into another bin, or scrap them, first."
    );
    store
        .puts_away(store.quarantine, store.dock, 2)
        .expect("they are good");
    store.leaves_bins().expect("all lie on the dock");
    assert_eq!(store.lie(), bins([]));
    store.ships(parcel);
    assert_eq!(store.on_hand(), 4);
}

#[actix_web::test]
async fn a_bin_that_is_none_of_the_warehouse_is_refused() {
    let store = Store::open().await;
    let elsewhere = store.shop.warehouse("NORTH");
    let theirs = store.shop.location(elsewhere, "N-01", LocationKind::Shelf);

    let refused = refusal(store.finds(Some(theirs), 1));

    assert_eq!(refused, "There is no such bin in this warehouse.");
    let other = Shop::open().await;
    let product = other.new_product("MUG");
    let bin = other.location(other.primary_warehouse().id, "A-01", LocationKind::Shelf);
    let none = other.db().write_now(backfill::db::Who::BACKFILL, |act| {
        let found = Happening::Adjust {
            place: Place::new(other.primary_warehouse().id, product.id),
            bin: Some(bin),
            change: Change::new(1),
            reason: MoveReason::Adjustment,
            note: String::new(),
        };
        Ok(stock::change(
            act,
            &Cause::of(CauseKind::Adjustment),
            &[found],
        )?)
    });
    assert_eq!(refusal(none), "This warehouse has no bins.");
}
