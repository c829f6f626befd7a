//! A batch: its parcels and their places on the cart, how far it is, who walks it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::preparation::queries::{self, BatchShown, InBatch};
use crate::preparation::{
    Batch, Error, ShipmentStatus, Walk, batch, forms, give_back_all, reassign_batch,
};
use crate::types::{BatchId, FieldErrors, Fields, Quantity, ShipmentId, UserId, counted};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(reassign).service(give_back);
}

#[derive(Template)]
#[template(path = "preparation/batches/show.html")]
struct Show {
    shell: Shell,
    errors: FieldErrors,
    shown: BatchShown,
    parcels: Vec<InBatch>,
    operators: Vec<(UserId, String)>,
}
view!(Show);

impl Show {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: BatchId) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            errors: sheet.errors,
            shown: queries::batch(conn, id)?,
            parcels: queries::parcels_of(conn, id)?,
            operators: queries::walkers(conn)?,
        })
    }

    fn batch(&self) -> &Batch {
        &self.shown.batch
    }

    fn walk_path(&self) -> String {
        Walk::Batch(self.batch().id).path()
    }

    fn is_of(&self, user: &UserId) -> bool {
        self.batch().operator_id == Some(*user)
    }

    fn sum(&self, of: impl Fn(&InBatch) -> Quantity) -> Quantity {
        let kept = self.parcels.iter();
        let kept = kept.filter(|parcel| parcel.status != ShipmentStatus::Cancelled);
        kept.map(of).sum()
    }

    fn units(&self) -> Quantity {
        self.sum(|parcel| parcel.units)
    }

    fn picked(&self) -> Quantity {
        self.sum(|parcel| parcel.picked)
    }

    fn packed(&self) -> Quantity {
        self.sum(|parcel| parcel.packed)
    }

    fn many(&self, status: ShipmentStatus) -> usize {
        let of = self.parcels.iter().filter(|each| each.status == status);
        of.count()
    }

    /// Whether somebody is still to walk.
    fn is_to_pick(&self) -> bool {
        self.many(ShipmentStatus::ToPick) > 0
    }

    fn may_go_back(&self, parcel: &InBatch) -> bool {
        parcel.status.can_become(ShipmentStatus::Cancelled)
    }

    /// `40 parcels: 12 to pick, 28 picked`
    fn progress(&self) -> String {
        let states = ShipmentStatus::ALL.iter().filter_map(|status| {
            let many = self.many(*status);
            (many > 0).then(|| format!("{many} {}", status.label().to_lowercase()))
        });
        let states: Vec<String> = states.collect();
        let all = counted(self.parcels.len(), "parcel");
        format!("{all}: {}", states.join(", "))
    }
}

#[get("/batches/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<BatchId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        Show::load(conn, sheet, *id)
    })
    .await
}

#[post("/batches/{id:\\d+}/operator")]
async fn reassign(desk: Desk<SignedIn>, id: Path<BatchId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let operator = forms::operator(act, form)?;
        let batch = reassign_batch(act, id, operator)?;
        Ok(Go::to(batch.path()).saying("Somebody else walks it now."))
    })
    .or_again(move |conn, sheet| Show::load(conn, sheet, id))
    .await
}

#[post("/batches/{id:\\d+}/given-back")]
async fn give_back(desk: Desk<SignedIn>, id: Path<BatchId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let chosen: Vec<ShipmentId> = forms::parcels(form);
        let of_batch = queries::parcels_of(act, id)?;
        let own = of_batch.iter().filter(|each| chosen.contains(&each.id));
        let own: Vec<ShipmentId> = own.map(|parcel| parcel.id).collect();
        if own.is_empty() {
            return Err(Error::NoParcelChosen.into());
        }
        let back = counted(give_back_all(act, &own)?.len(), "parcel");
        let said = format!("{back} given back: what was picked of them goes back on its shelf.");
        Ok(Go::to(batch::path(id)).saying(said))
    })
    .or_again(move |conn, sheet| Show::load(conn, sheet, id))
    .await
}
