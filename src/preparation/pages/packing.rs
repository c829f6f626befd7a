//! What is done at the packing desk: what is scanned opens a parcel, goes into it, and sends it away.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use diesel::PgConnection;

use super::desk::{PackingDesk, is_unscanned};
use super::picking::{In, within};
use super::shortage::why;
use super::walk::answered;
use crate::preparation::{self, forms, queries};
use crate::stock::pages::Decision;
use crate::types::{Fields, ShipmentId, ShipmentLineId};
use crate::web::{Desk, Go, Result, Right, Sheet, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(scan)
        .service(undo)
        .service(count)
        .service(open_here)
        .service(aside)
        .service(begin_package)
        .service(ask_short)
        .service(short)
        .service(shipped);
}

#[get("/packing")]
async fn show(desk: Desk<SignedIn>, at: Query<In>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        PackingDesk::load(conn, sheet, &at)
    })
    .await
}

fn at(form: &Fields) -> In {
    In {
        warehouse: form.get("warehouse").to_owned(),
    }
}

#[post("/packing/scans")]
async fn scan(desk: Desk<SignedIn>, form: Fields) -> Result {
    let (at, has_right) = (at(&form), desk.visitor().may(Right::PackUnscanned));
    let here = within("/packing", &at);
    desk.once(form, move |act, form| {
        let station = forms::station(form, is_unscanned(act, has_right)?)?;
        let answer = preparation::scan_pack(act, &station, &forms::scanned(form)?)?;
        Ok(answered(&here, &answer))
    })
    .in_place()
    .or_again(move |conn, sheet| PackingDesk::load(conn, sheet, &at))
    .await
}

#[post("/packing/{id:\\d+}/undo")]
async fn undo(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let at = at(&form);
    let here = within("/packing", &at);
    desk.once(form, move |act, _| {
        Ok(answered(&here, &preparation::undo_pack(act, *id)?))
    })
    .in_place()
    .or_again(move |conn, sheet| PackingDesk::load(conn, sheet, &at))
    .await
}

#[post("/packing/{id:\\d+}/lines/{line:\\d+}")]
async fn count(
    desk: Desk<SignedIn>,
    path: Path<(ShipmentId, ShipmentLineId)>,
    form: Fields,
) -> Result {
    let (at, has_right) = (at(&form), desk.visitor().may(Right::PackUnscanned));
    let here = within("/packing", &at);
    desk.once(form, move |act, form| {
        let station = forms::station(form, is_unscanned(act, has_right)?)?;
        let more = form.get("change") != "-1";
        let answer = preparation::count_by_hand(act, &station, *path, more)?;
        Ok(answered(&here, &answer))
    })
    .in_place()
    .or_again(move |conn, sheet| PackingDesk::load(conn, sheet, &at))
    .await
}

/// A parcel is opened here, whoever had it.
#[post("/packing/{id:\\d+}")]
async fn open_here(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    desk.once(form, move |act, _| {
        let parcel = preparation::take_over(act, *id)?;
        let here = format!("/packing?warehouse={}", parcel.warehouse_id);
        Ok(Go::to(here).saying(format!("{} is open here.", parcel.number)))
    })
    .await
}

#[post("/packing/aside")]
async fn aside(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.once(form, |act, _| {
        let parcel = preparation::put_aside(act)?;
        let here = format!("/packing?warehouse={}", parcel.warehouse_id);
        Ok(Go::to(here).saying(format!("{} is put aside.", parcel.number)))
    })
    .await
}

#[post("/packing/{id:\\d+}/packages")]
async fn begin_package(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let at = at(&form);
    let here = within("/packing", &at);
    desk.once(form, move |act, _| {
        preparation::add_package(act, *id)?;
        Ok(Go::to(&here).saying("The next package."))
    })
    .in_place()
    .or_again(move |conn, sheet| PackingDesk::load(conn, sheet, &at))
    .await
}

fn shortening(conn: &mut PgConnection, sheet: Sheet, id: ShipmentId) -> Result<Decision> {
    let parcel = queries::parcel(conn, id)?;
    let lines = queries::to_pack(conn, id)?.into_iter();
    let left: Vec<String> = lines
        .filter(|line| !line.left().is_zero())
        .map(|line| format!("{} of {}", line.left(), line.sku))
        .collect();
    let number = &parcel.shipment.number;
    Ok(
        Decision::new(sheet, format!("Pack {number} short"), format!("/packing/{id}/short"))
            .about(number, parcel.shipment.path())
            .meaning(format!(
                "Not packed: {}. The parcel goes without them; they stay in the books for nobody, a count is proposed, and \
                 the order waits for the rest.",
                left.join(", ")
            ))
            .asking(why())
            .unweighed()
            .without_reason()
            .button("Pack short")
            .or_leave("Go on packing"),
    )
}

#[get("/packing/{id:\\d+}/short")]
async fn ask_short(desk: Desk<SignedIn>, id: Path<ShipmentId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| shortening(conn, sheet, *id))
        .await
}

#[post("/packing/{id:\\d+}/short")]
async fn short(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let reason = forms::short_reason(form)?;
        let (parcel, put_back) = preparation::pack_short(act, id, reason)?;
        let said = format!("{} goes without them. {put_back}", parcel.number);
        let here = format!("/packing?warehouse={}", parcel.warehouse_id);
        Ok(Go::to(here).saying(said.trim_end()))
    })
    .or_again(move |conn, sheet| shortening(conn, sheet, id))
    .await
}

/// The open parcel leaves without a label that is scanned, where its carrier takes it so.
#[post("/packing/{id:\\d+}/shipped")]
async fn shipped(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, _| {
        let parcel = preparation::ship_packed(act, id)?;
        let here = format!("/packing?warehouse={}", parcel.warehouse_id);
        Ok(Go::to(here).saying(format!("{} has left.", parcel.number)))
    })
    .await
}
