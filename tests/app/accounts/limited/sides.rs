//! A shop of two warehouses with as much going on in each, and somebody who is limited to one.

use std::collections::{BTreeMap, BTreeSet};

use backfill::accounts;
use backfill::catalog::{LocationKind, Product, Supplier};
use backfill::exchange;
use backfill::exchange::imports::orders::{Choices, Destination};
use backfill::inventory::{self, CountScope, NewCount, TransferLine};
use backfill::outbox::{self, NewMail};
use backfill::preparation::{self, BatchKind, Departure};
use backfill::purchasing::{
    self, Delivery, NewPurchaseOrder, PurchaseLine, PurchaseOrder, Sending,
};
use backfill::returns::{self, Announced, NewReturn, Return, ReturnReason};
use backfill::sales::{self, NewLine, NewOrder, OrderLine};
use backfill::schema::{
    count_lines, manifests, movements, order_lines, purchase_order_lines, transfer_lines,
};
use backfill::stock::{Priority, ShippingPolicy};
use backfill::types::{
    CountLineId, CustomerId, Email, ManifestId, Money, MovementId, OrderId, Quantity, RecordRef,
    UserId, WarehouseId,
};
use backfill::web::Role;
use backfill::web::theirs::NAMED;
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::requests::{Browser, Reply};

/// Records of one warehouse, by where a path names them.
pub struct Side {
    pub warehouse: WarehouseId,
    pub product: Product,
    /// Of a warehouse, and of the company.
    pub ids: BTreeMap<&'static str, i64>,
    /// What nobody of another warehouse may read.
    pub secrets: Vec<String>,
}

/// Nobody but its own people is to read this.
pub const WHISPER: &str = "whisper";

impl Side {
    /// A path of the table of routes, about records of this side.
    pub fn path(&self, route: &str) -> String {
        let mut path = String::new();
        let mut pattern = String::new();
        for part in route.split('/').skip(1) {
            pattern = format!("{pattern}/{part}");
            let value = match part {
                "{size}" => "small".to_owned(),
                part if part.contains('{') => {
                    let begun = pattern.split_inclusive('}').collect::<Vec<_>>().join("");
                    let id = self.ids.get(begun.as_str()).copied().unwrap_or(1);
                    let (name, end) = part.split_once('}').expect("it ends");
                    assert!(name.starts_with('{'), "{route}");
                    format!("{id}{end}")
                }
                part => part.to_owned(),
            };
            path = format!("{path}/{value}");
        }
        path
    }

    /// An id, as a form has it.
    pub fn id(&self, of: &str) -> String {
        self.ids[of].to_string()
    }
}

/// The shop.
pub struct Sides {
    pub shop: Shop,
    pub main: Side,
    pub east: Side,
    /// Where transfers of either go.
    pub west: WarehouseId,
    /// An order that both ship.
    pub shared: OrderId,
}

impl Sides {
    pub async fn open() -> Sides {
        let shop = Shop::open().await;
        let supplier = shop.new_supplier("HART");
        let customer = shop.new_customer("ANNA");
        let west = shop.warehouse("WEST");
        let main = side(&shop, ("MAIN", "ZINC", 7171), &supplier, (customer, west));
        let east = side(&shop, ("EAST", "MUG", 40), &supplier, (customer, west));
        let lines = [line(&main, 2), line(&east, 2)];
        let shared = places(&shop, "S-7003", customer, lines.to_vec());
        Sides {
            shop,
            main,
            east,
            west,
            shared,
        }
    }

    /// The one account of a role, limited to the east, signed in.
    pub async fn limited(&self, role: Role) -> Browser {
        let user = self.shop.person(role).id;
        limits(&self.shop, user, &[self.east.warehouse]);
        let browser = self.shop.visitor();
        let email = self.shop.person(role).email;
        browser.sign_in(&email, PASSWORD).await;
        browser
    }
}

/// Limits a user to some warehouses.
pub fn limits(shop: &Shop, user: UserId, to: &[WarehouseId]) {
    let to: BTreeSet<WarehouseId> = to.iter().copied().collect();
    shop.write(|act| Ok(accounts::limit(act, user, &to)?));
}

pub fn line(side: &Side, units: u32) -> NewLine {
    NewLine {
        product: side.product.id,
        warehouse: Some(side.warehouse),
        ordered: Quantity::new(units),
        unit_price: Money::ZERO,
    }
}

pub fn places(shop: &Shop, number: &str, customer: CustomerId, lines: Vec<NewLine>) -> OrderId {
    let order = NewOrder {
        number: Some(number.into()),
        channel: "manual".into(),
        external_reference: String::new(),
        customer,
        ship_to: String::new(),
        country: String::new(),
        email: "anna@home.example".into(),
        currency: "EUR".into(),
        placed_at: Utc::now() - TimeDelta::hours(1),
        priority: Priority::Normal,
        required_by: None,
        shipping_policy: ShippingPolicy::PartialAllowed,
        shipping_method: String::new(),
        note: String::new(),
        lines,
    };
    shop.write(|act| Ok(sales::place(act, std::slice::from_ref(&order))?[0]))
}

fn drafts(shop: &Shop, side: &Side, supplier: &Supplier) -> PurchaseOrder {
    let lines = vec![purchasing::NewLine {
        product: side.product.id,
        quantity: Quantity::new(9),
    }];
    let new = NewPurchaseOrder::of(supplier.id, side.warehouse, lines);
    shop.write(|act| Ok(purchasing::draft(act, &new)?))
}

fn sends(shop: &Shop, draft: &PurchaseOrder) -> PurchaseLine {
    shop.write(|act| {
        purchasing::send(act, draft.id, &Sending::WithoutMail)?;
        Ok(PurchaseLine::query()
            .filter(purchase_order_lines::purchase_order_id.eq(draft.id))
            .first(act.conn())?)
    })
}

/// A side at work: everything there is of a warehouse, once.
fn side(
    shop: &Shop,
    (code, sku, on_hand): (&str, &str, i32),
    supplier: &Supplier,
    (customer, west): (CustomerId, WarehouseId),
) -> Side {
    let warehouse = shop.warehouse(code);
    let product = shop.new_product(sku);
    let link = shop.buys_at(&product, supplier);
    shop.has_in(warehouse, &product, on_hand);
    let bin = shop.location(warehouse, &format!("{code}-BIN"), LocationKind::Shelf);
    let mut side = Side {
        warehouse,
        product,
        ids: BTreeMap::new(),
        secrets: vec![format!("{code}-BIN")],
    };
    let (numbers, whisper) = (format!("{code}-70"), format!("{WHISPER} {code}"));

    let order = places(
        shop,
        &format!("{numbers}01"),
        customer,
        vec![line(&side, 3)],
    );
    let waiting = places(
        shop,
        &format!("{numbers}02"),
        customer,
        vec![line(&side, u32::try_from(on_hand).expect("some") + 5)],
    );
    shop.write(|act| Ok(sales::hold(act, waiting, &whisper)?));
    shop.write(|act| Ok(sales::release(act, waiting)?));
    let (batch, parcel) = shop.write(|act| {
        let place = (warehouse, BatchKind::Chosen);
        let (batch, prepared) = preparation::begin_batch(act, &[order], place)?;
        Ok((batch.expect("it is prepared"), prepared.begun[0]))
    });
    let line_of = |order: OrderId| -> i64 {
        let of_order = OrderLine::query().filter(order_lines::order_id.eq(order));
        shop.read(|conn| Ok(of_order.first(conn)?)).id.into()
    };

    let returned = returned(shop, &format!("{numbers}03"), warehouse, customer);
    let draft = drafts(shop, &side, supplier);
    let coming = drafts(shop, &side, supplier);
    let coming_line = sends(shop, &coming);
    let delivery = Delivery {
        lines: vec![(coming_line.id, Quantity::new(4))],
        note: whisper.clone(),
        ..Delivery::default()
    };
    let reception = shop.write(|act| Ok(purchasing::receive(act, coming.id, &delivery)?));
    let transfer = shop.drafts_transfer([warehouse, west], &[(side.product.id, 1)]);
    let of_transfer = TransferLine::query().filter(transfer_lines::transfer_id.eq(transfer.id));
    let transfer_line = shop.read(|conn| Ok(of_transfer.first(conn)?)).id;
    let into = movements::table.filter(movements::to_warehouse_id.eq(warehouse));
    let first = into.order(movements::id).select(movements::id);
    let movement: MovementId = shop.read(|conn| Ok(first.first(conn)?));
    let mail = shop.write(|act| {
        let mail = NewMail {
            record: Some(RecordRef::Order(order)),
            recipients: vec![Email::parse("anna@home.example").expect("an address")],
            sender: "Backfill <backfill@localhost>".into(),
            reply_to: None,
            subject: format!("About {whisper}"),
            body_text: whisper.clone(),
            body_html: whisper.clone(),
            attachments: Vec::new(),
            is_secret: false,
        };
        Ok(outbox::enqueue(act, mail)?)
    });
    let import = shop.write(|act| {
        let upload = exchange::Upload {
            file_name: format!("{whisper}.csv"),
            content: format!(
                "order_number,sku,description,quantity,placed_at,unit_price,customer,country\n\
                 {whisper},{sku},{sku},1,2026-01-05 10:00,1.00,{whisper},France\n"
            )
            .into(),
            to: Destination {
                warehouse: Some(warehouse),
                channel: "shop".into(),
            },
            choices: Choices::default(),
        };
        Ok(exchange::keep(act, &upload)?)
    });
    let count = shop.write(|act| {
        let new = NewCount {
            scope: CountScope::all_of(warehouse),
            asked: whisper.clone(),
            blind: false,
        };
        Ok(inventory::begin_count(act, &new)?)
    });
    let of_count = count_lines::table.filter(count_lines::count_id.eq(count.id));
    let count_line: CountLineId =
        shop.read(|conn| Ok(of_count.select(count_lines::id).first(conn)?));
    let counted = format!("sku,warehouse,counted\n{sku},{code},6\n");
    let file = shop.write(|act| {
        Ok(exchange::keep_stock_file(
            act,
            &format!("{whisper}.csv"),
            counted.as_bytes(),
        )?)
    });
    let left = format!("MA-{numbers}01");
    let manifest: ManifestId = shop.write(|act| {
        let row = (
            manifests::number.eq(&left),
            manifests::carrier.eq(&left),
            manifests::warehouse_id.eq(warehouse),
            manifests::day.eq(act.at().date_naive()),
            manifests::created_at.eq(act.at()),
        );
        let made = diesel::insert_into(manifests::table).values(row);
        Ok(made.returning(manifests::id).get_result(act.conn())?)
    });
    let entry = shop.notes(RecordRef::Order(waiting), &whisper);
    let user: i64 = shop.person(Role::Admin).id.into();

    side.secrets.extend([
        format!("{numbers}01"),
        format!("{numbers}02"),
        format!("{numbers}03"),
        returned.number.clone(),
        draft.number.clone(),
        coming.number.clone(),
        transfer.number.clone(),
        count.number.clone(),
        left,
        whisper,
    ]);
    side.ids.extend([
        ("/orders/{id}", i64::from(waiting)),
        ("/orders/{id}/lines/{line}", line_of(waiting)),
        ("/products/{id}", side.product.id.into()),
        ("/products/{id}/levels/{warehouse}", warehouse.into()),
        ("/products/{id}/queue/{line}", line_of(waiting)),
        ("/products/{id}/suppliers/{link}", link.id.into()),
        ("/suppliers/{id}", supplier.id.into()),
        ("/customers/{id}", customer.into()),
        ("/users/{id}", user),
        ("/warehouses/{id}", warehouse.into()),
        ("/locations/{id}", bin.into()),
        ("/stock/{warehouse}", warehouse.into()),
        ("/stock/{warehouse}/{product}", side.product.id.into()),
        ("/movements/{id}", movement.into()),
        ("/transfers/{id}", transfer.id.into()),
        ("/transfers/{id}/lines/{line}", transfer_line.into()),
        ("/counts/{id}", count.id.into()),
        ("/counts/{id}/lines/{line}", count_line.into()),
        ("/shipments/{id}", parcel.into()),
        ("/batches/{id}", batch.into()),
        ("/walks/{walk}", batch.into()),
        ("/packing/{id}", parcel.into()),
        ("/packing/{id}/lines/{line}", line_of(order)),
        ("/packing/{id}/packages/{number}", 1),
        ("/shipments/{id}/lines/{line}", line_of(order)),
        ("/shipments/of-order/{order}", order.into()),
        ("/returns/of-order/{order}", returned.order_id.into()),
        ("/returns/{id}", returned.id.into()),
        ("/replenishment/{warehouse}", warehouse.into()),
        (
            "/replenishment/{warehouse}/{product}",
            side.product.id.into(),
        ),
        ("/purchase-orders/{id}", coming.id.into()),
        ("/purchase-orders/{id}/lines/{line}", coming_line.id.into()),
        ("/receptions/{id}", reception.into()),
        ("/mails/{id}", mail.into()),
        ("/manifests/{id}", manifest.into()),
        ("/imports/{id}", import.id.into()),
        ("/organizer/{id}", entry.id.into()),
        ("/stock/files/{id}", file.id.into()),
        ("draft", draft.id.into()),
        ("prepared", order.into()),
    ]);
    side
}

/// A return of goods that left, of a product of their own, that is waited for.
fn returned(shop: &Shop, number: &str, warehouse: WarehouseId, customer: CustomerId) -> Return {
    let product = shop.new_product(&format!("BACK-{warehouse}"));
    shop.has_in(warehouse, &product, 1);
    let line = NewLine {
        product: product.id,
        warehouse: Some(warehouse),
        ordered: Quantity::new(1),
        unit_price: Money::ZERO,
    };
    let order = places(shop, number, customer, vec![line]);
    shop.write(|act| {
        let parcel = preparation::prepare(act, order, warehouse)?;
        preparation::ship(act, parcel, &Departure::default())?;
        let lines = sales::lines_of(act, order)?.into_iter();
        let lines = lines.map(|line| Announced {
            line: line.id,
            units: Quantity::new(1),
            reason: ReturnReason::Other,
        });
        let new = NewReturn {
            order,
            warehouse: Some(warehouse),
            note: String::new(),
            lines: lines.collect(),
        };
        Ok(returns::announce(act, &new)?)
    })
}

/// What a reply tells of the main warehouse.
pub fn told(sides: &Sides, reply: &Reply) -> Vec<String> {
    let text = String::from_utf8_lossy(reply.bytes()).into_owned();
    let secrets = sides.main.secrets.iter();
    secrets
        .filter(|secret| text.contains(secret.as_str()))
        .cloned()
        .collect()
}

/// Whether a route is about what belongs to a warehouse, by the part of the path that names it.
pub fn is_of_a_warehouse(route: &str) -> bool {
    NAMED.iter().any(|(path, _)| route.starts_with(path))
}
