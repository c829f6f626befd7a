//! Counts: what people find, beside what the books said in that moment.

mod applying;
mod asking;
mod next;
mod pages;
mod scanning;

use backfill::catalog::Product;
use backfill::db::{Act, Db};
use backfill::error::{Error, Result};
use backfill::inventory::{self, Applying, Count, CountScope, Found, NewCount};
use backfill::preparation::{self, Departure};
use backfill::schema::{count_lines, demand, levels, orders};
use backfill::stock::Place;
use backfill::types::{
    CountId, CountLineId, LocationId, OrderId, ProductId, Quantity, ShipmentId, UserId, WarehouseId,
};
use backfill::web::Role;
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::counting::find;

/// A warehouse without bins, with mugs and jars on its shelves.
struct Shelves {
    shop: Shop,
    main: WarehouseId,
    mug: Product,
    jar: Product,
}

impl Shelves {
    async fn open(mugs: i32, jars: i32) -> Shelves {
        let shop = Shop::open().await;
        let (mug, jar) = (shop.new_product("MUG"), shop.new_product("JAR"));
        for (product, units) in [(&mug, mugs), (&jar, jars)] {
            if units > 0 {
                shop.has(product, units);
            }
        }
        Shelves {
            main: shop.primary_warehouse().id,
            mug,
            jar,
            shop,
        }
    }

    /// Begins to count all that lies there.
    fn begins(&self) -> Count {
        self.begins_with(CountScope::all_of(self.main))
            .expect("something lies there")
    }

    fn begins_with(&self, scope: CountScope) -> Result<Count> {
        let new = NewCount {
            scope,
            asked: "Everything".into(),
            blind: false,
        };
        self.try_to(|act| Ok(inventory::begin_count(act, &new)?))
    }

    fn finds(&self, count: &Count, product: &Product, units: u32) {
        let found = self.scans(count.id, (product.id, None), units, false);
        found.expect("it is kept");
    }

    fn scans_one(&self, count: &Count, product: &Product, units: u32) {
        let found = self.scans(count.id, (product.id, None), units, true);
        found.expect("it is kept");
    }

    fn scans(
        &self,
        count: CountId,
        (product, bin): (ProductId, Option<LocationId>),
        units: u32,
        adds: bool,
    ) -> Result<()> {
        let found = Found {
            product,
            bin,
            units: Quantity::new(units),
            adds,
        };
        keep(self.shop.db(), self.counter(), count, found)
    }

    /// Whoever counts.
    fn counter(&self) -> UserId {
        self.shop.person(Role::User).id
    }

    fn applies(&self, count: &Count) -> Result<Count> {
        self.applies_as(count, false)
    }

    fn applies_as(&self, count: &Count, doubtful_too: bool) -> Result<Count> {
        self.try_to(|act| {
            Ok(inventory::apply_count(
                act,
                count.id,
                Applying { doubtful_too },
            )?)
        })
    }

    fn try_to<T: Send>(&self, act: impl Fn(&mut Act<'_>) -> Result<T>) -> Result<T> {
        let person = self.shop.person(Role::Manager).id;
        self.shop.db().write_now(person, act)
    }

    fn moves(&self, product: &Product, change: i32) {
        let place = Place::new(self.main, product.id);
        self.shop.write(|act| find(act, place, change));
    }

    fn ships(&self, parcel: ShipmentId) {
        self.shop
            .write(|act| Ok(preparation::ship(act, parcel, &Departure::default())?));
    }

    fn on_hand(&self, product: &Product) -> i32 {
        self.shop.read(|conn| {
            let level = levels::table.find((self.main, product.id));
            Ok(level.select(levels::on_hand).first(conn)?)
        })
    }

    /// Units each open order has, by number.
    fn reserved(&self) -> Vec<(String, i32)> {
        self.shop.read(|conn| {
            Ok(demand::table
                .inner_join(orders::table)
                .order(orders::number)
                .select((orders::number, demand::reserved))
                .load(conn)?)
        })
    }

    fn sells(&self, number: &'static str, minute: i64, units: u32) -> OrderId {
        crate::preparation::order(number, minute)
            .line(&self.mug, units)
            .place(&self.shop)
    }

    fn line_of(&self, count: &Count, product: &Product) -> CountLineId {
        self.shop.read(|conn| {
            Ok(count_lines::table
                .filter(count_lines::count_id.eq(count.id))
                .filter(count_lines::product_id.eq(product.id))
                .select(count_lines::id)
                .first(conn)?)
        })
    }
}

/// Somebody finds units; several may at once.
fn keep(db: &Db, who: UserId, count: CountId, found: Found) -> Result<()> {
    db.write_now(who, |act| {
        inventory::scan(act, count, &found)?;
        Ok(())
    })
}

/// What a person reads of a refusal.
fn words<T: std::fmt::Debug>(outcome: Result<T>) -> String {
    match outcome.expect_err("it is refused") {
        Error::Refused(words) => words,
        Error::Invalid(errors) => errors.to_string(),
        error => panic!("{error}"),
    }
}
