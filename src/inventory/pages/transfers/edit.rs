//! A draft is changed on its page. The buttons of its lines stand in its form: what was typed there
//! is saved with them.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};

use super::show::ShowTransfer;
use crate::inventory::{
    add_transfer_line, edit_transfer, remove_transfer_line, transfer_forms as forms,
};
use crate::types::{Fields, TransferId, TransferLineId};
use crate::web::{Desk, Go, Leaf, Manager, Result};

pub fn routes(config: &mut ServiceConfig) {
    config.service(update).service(add).service(remove);
}

#[post("/transfers/{id:\\d+}")]
async fn update(desk: Desk<Manager>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let transfer = edit_transfer(act, id, &forms::transfer_edit(form)?)?;
        Ok(match form.get("then") {
            "send" => Go::to(format!("{}/sending", transfer.path())),
            _ => Go::to(Leaf::typed(form).at(&transfer.path())).saying("Saved."),
        })
    })
    .or_again(move |conn, sheet| ShowTransfer::load(conn, sheet, id))
    .await
}

#[post("/transfers/{id:\\d+}/lines")]
async fn add(desk: Desk<Manager>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let (product, quantity, edit) = forms::addition(form)?;
        edit_transfer(act, id, &edit)?;
        let transfer = add_transfer_line(act, id, &product, quantity)?;
        Ok(Go::to(Leaf::typed(form).or_last().at(&transfer.path())))
    })
    .or_again(move |conn, sheet| ShowTransfer::load(conn, sheet, id))
    .await
}

#[post("/transfers/{id:\\d+}/lines/{line:\\d+}/removal")]
async fn remove(
    desk: Desk<Manager>,
    path: Path<(TransferId, TransferLineId)>,
    form: Fields,
) -> Result {
    let (id, line) = *path;
    desk.act(form, move |act, form| {
        let of_line = format!("-{line}");
        let others = form.without(|name| name.ends_with(&of_line));
        edit_transfer(act, id, &forms::transfer_edit(&others)?)?;
        let transfer = remove_transfer_line(act, id, line)?;
        Ok(Go::to(Leaf::typed(form).at(&transfer.path())))
    })
    .or_again(move |conn, sheet| ShowTransfer::load(conn, sheet, id))
    .await
}
