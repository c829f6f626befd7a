//! What became of goods under way is typed in, weighed, and posted: received, written off, called
//! back.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::inventory::queries::{self, PaperLine, TransferPapers};
use crate::inventory::{Ending, Transfer, end_transfer, preview_ended, transfer_forms as forms};
use crate::stock::pages::tell_effects;
use crate::types::{FieldErrors, Fields, TransferId, clock};
use crate::web::{Desk, Go, Leaf, Leaves, MayReceive, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(end).service(weigh);
}

#[derive(Template)]
#[template(path = "inventory/transfers/ending.html", blocks = ["form"])]
struct EndingPage {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    papers: TransferPapers,
    ending: Ending,
    leaves: Leaves,
}
view!(EndingPage as form title);

impl EndingPage {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: TransferId) -> Result<Self> {
        let mut papers = queries::transfer_papers(conn, id)?;
        papers.lines.retain(|row| !row.line.under_way().is_zero());
        Ok(Self {
            leaves: Leaf::typed(&sheet.typed).of(papers.lines.len()),
            ending: sheet
                .typed
                .get("ending")
                .parse()
                .unwrap_or(Ending::Received),
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            papers,
        })
    }

    /// The lines of this page.
    fn lines(&self) -> &[PaperLine] {
        self.leaves.of(&self.papers.lines)
    }

    fn title(&self) -> String {
        format!("{} {}", self.ending.label(), self.transfer().number)
    }

    fn transfer(&self) -> &Transfer {
        &self.papers.transfer
    }

    fn icon(&self) -> &'static str {
        match self.ending {
            Ending::Received => "reception",
            Ending::Lost => "trash",
            Ending::CalledBack => "undo",
        }
    }

    /// What it means, in a sentence.
    fn meaning(&self) -> String {
        match self.ending {
            Ending::Received => format!(
                "What arrived lies in {} from now on, and goes to the orders that wait there.",
                self.papers.target.name
            ),
            Ending::Lost => format!(
                "Nobody will see these units again. They left {} already, and are promised to \
                 nobody any more.",
                self.papers.source.name
            ),
            Ending::CalledBack => format!(
                "These units lie in {} again, and go to the orders that wait there. They are not \
                 incoming in {} any more.",
                self.papers.source.name, self.papers.target.name
            ),
        }
    }

    fn is_received(&self) -> bool {
        self.ending == Ending::Received
    }

    /// What the units in the boxes are.
    fn box_words(&self) -> &'static str {
        match self.ending {
            Ending::Received => "Received now",
            Ending::Lost => "Lost",
            Ending::CalledBack => "Called back",
        }
    }

    fn full(&self, row: &PaperLine) -> String {
        row.line.under_way().to_string()
    }
}

#[get("/transfers/{id:\\d+}/ends/new")]
async fn ask(desk: Desk<MayReceive>, id: Path<TransferId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EndingPage::load(conn, sheet, *id))
        .await
}

#[post("/transfers/{id:\\d+}/ends")]
async fn end(desk: Desk<MayReceive>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let ended = forms::ended(form)?;
        let transfer = end_transfer(act, id, &ended)?;
        let said = match ended.ending {
            Ending::Received => "Received: see below where each unit goes.",
            Ending::Lost => "Written off.",
            Ending::CalledBack => "Called back: see below where each unit goes.",
        };
        Ok(match ended.ending {
            Ending::Received if transfer.status.is_under_way() => go_on(&transfer, form, said),
            _ => Go::from(transfer.record()).saying(said),
        })
    })
    .or_again(move |conn, sheet| EndingPage::load(conn, sheet, id))
    .await
}

/// On from one page of several that was received: with what is still under way, at the desk or where it
/// was scanned.
fn go_on(transfer: &Transfer, form: &Fields, said: &str) -> Go {
    let (leaf, path) = (Leaf::typed(form), transfer.path());
    if !leaf.is_one_of_several() {
        return Go::to(path).saying(said);
    }
    let next = match form.get("from") {
        "scan" => format!("{path}/scans"),
        _ => format!("{path}/ends/new?ending={}", Ending::Received),
    };
    let said = "Received. These lines are next; what has not come stays under way.";
    Go::to(leaf.at(&next)).saying(said)
}

#[post("/transfers/{id:\\d+}/ends/preview")]
async fn weigh(desk: Desk<MayReceive>, id: Path<TransferId>, form: Fields) -> Result {
    // Why is said last: it changes nothing about who gains.
    let form = form.without(|name| name == "note").with("note", "-");
    let weighed = desk
        .read(move |conn| {
            let (ended, at) = (forms::ended(&form)?, clock::now());
            Ok(preview_ended(conn, *id, &ended, at)?)
        })
        .await;
    tell_effects("Who loses, who gains", weighed)
}
