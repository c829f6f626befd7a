//! Transfers that would save buying: what one warehouse needs and another can spare.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::inventory::actions::draft_proposed;
use crate::inventory::queries::{self, Proposal, ProposalFilter, Proposals};
use crate::inventory::transfer_forms as forms;
use crate::types::{FieldErrors, Fields, RecordRef, counted};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(draft);
}

#[derive(Template)]
#[template(path = "inventory/transfers/proposals.html", blocks = ["results"])]
struct ListProposals {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    warehouses: Vec<Warehouse>,
    filter: ProposalFilter,
    proposals: Proposals,
}
view!(ListProposals; results => as_results);

impl ListProposals {
    fn load(conn: &mut PgConnection, sheet: Sheet, filter: ProposalFilter) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            warehouses: catalog::warehouses(conn)?,
            proposals: queries::proposals(conn, &filter)?,
            filter,
        })
    }

    fn is(&self, warehouse: &Warehouse, chosen: &str) -> bool {
        chosen == warehouse.id.to_string()
    }
}

/// What the template asks of a row.
impl Proposal {
    fn box_name(&self) -> String {
        format!("units-{}", self.key)
    }

    fn product_path(&self) -> String {
        RecordRef::Product(self.key.product).path()
    }

    fn in_words(&self) -> String {
        format!("{} from {} to {}", self.sku, self.source, self.target)
    }
}

#[get("/transfers/proposals")]
async fn list(desk: Desk, filter: Query<ProposalFilter>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        ListProposals::load(conn, sheet, filter.into_inner())
    })
    .await
}

#[post("/transfers/proposals")]
async fn draft(desk: Desk<Manager>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let drafts = draft_proposed(act, &forms::chosen(form)?)?;
        if let [only] = drafts.as_slice() {
            return Ok(Go::from(only.record()).saying(format!("{} is drafted.", only.number)));
        }
        let ids: Vec<String> = drafts.iter().map(|each| each.id.to_string()).collect();
        let said = format!("{} are drafted.", counted(drafts.len(), "transfer"));
        Ok(Go::to(format!("/transfers?ids={}", ids.join(","))).saying(said))
    })
    .or_again(|conn, sheet| ListProposals::load(conn, sheet, ProposalFilter::default()))
    .await
}
