//! Writing to all customers whose dates moved: the drafts, page by page, each sent once.

use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use super::moves::{Shifts, shifts};
use crate::config::Config;
use crate::sales::actions::{Written, write_to_customers};
use crate::sales::forms::{self, MOST_LETTERS};
use crate::sales::letter::Opening;
use crate::sales::papers::{Papers, papers_of};
use crate::sales::queries::{OrderFilter, OrderListed, Seen, ToWrite};
use crate::types::{FieldErrors, Fields, OrderId, first_few};
use crate::web::{Desk, Go, MayMailCustomers, Result, Sheet, Shell, pairs, state, view};

/// Orders without an address that are counted, and those that are named.
const MOST_WITHOUT: usize = 500;
const NAMED: usize = 5;

pub fn routes(config: &mut ServiceConfig) {
    config.service(write).service(send);
}

/// What the address of the page says beside what narrows the orders: those that were chosen, and how
/// the letters begin.
type Said = Query<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "sales/orders/letters.html", blocks = ["form"])]
struct Letters {
    shell: Shell,
    drafts: Vec<Draft>,
    /// Orders that are left out.
    without: Vec<OrderListed>,
    asked: Asked,
    /// The last order of the page, if there are more.
    last: Option<OrderId>,
    errors: FieldErrors,
    has_server: bool,
}
view!(Letters as form title);

/// A letter, as it was drafted or typed.
struct Draft {
    papers: Papers,
    shifts: Shifts,
    typed: Fields,
    is_chosen: bool,
    /// Something moved since it was typed.
    is_anew: bool,
}

/// Which letters are asked for.
#[derive(Clone)]
struct Asked {
    filter: OrderFilter,
    said: Fields,
}

impl Asked {
    fn of(filter: Query<OrderFilter>, said: Said) -> Self {
        let missing = "moved".into();
        Self {
            filter: OrderFilter {
                missing,
                ..filter.into_inner()
            },
            said: said.into_inner().into(),
        }
    }

    fn to_write(&self, seen: Seen) -> ToWrite {
        ToWrite {
            filter: self.filter.clone(),
            chosen: forms::orders_of(&self.said, "order"),
            after: self.said.get("after").parse().ok(),
            seen,
        }
    }

    /// What chooses the orders, and how their letters begin if that `begins`.
    fn pairs(&self, begins: bool) -> Vec<(String, String)> {
        let is_kept = |name: &str| match name {
            "order" | "after" => true,
            "subject" | "introduction" => begins,
            _ => false,
        };
        let mut all = pairs(&self.filter);
        let said = self.said.iter().filter(|(name, _)| is_kept(name));
        all.extend(said.map(|(name, value)| (name.to_owned(), value.to_owned())));
        all
    }

    fn here(&self) -> String {
        path(&self.pairs(true))
    }

    /// The page behind an order.
    fn after(&self, last: OrderId) -> String {
        let mut all = self.pairs(true);
        all.retain(|(name, _)| name != "after");
        all.push(("after".into(), last.to_string()));
        path(&all)
    }
}

fn path(pairs: &[(String, String)]) -> String {
    format!("/orders/letters?{}", state(&pairs))
}

impl Letters {
    fn load(conn: &mut PgConnection, sheet: Sheet, asked: Asked, config: &Config) -> Result<Self> {
        let seen = Seen::from(sheet.shell.zone());
        let (today, to_write) = (seen.today, asked.to_write(seen));
        let mut shown = forms::orders_of(&sheet.typed, "shown");
        if shown.is_empty() {
            shown = to_write.with_address(conn, MOST_LETTERS + 1)?;
        }
        let last = (shown.len() > MOST_LETTERS).then(|| shown[MOST_LETTERS - 1]);
        shown.truncate(MOST_LETTERS);
        let papers = papers_of(conn, &shown, today)?.into_iter();
        let papers = papers.filter(|papers| !papers.moved.is_empty());
        let opening = forms::opening(&asked.said);
        let drafts = papers.map(|papers| Draft::of(papers, &sheet, &opening));
        Ok(Self {
            drafts: drafts.collect::<Result<_>>()?,
            without: to_write.without_address(conn, MOST_WITHOUT)?,
            asked,
            last,
            shell: sheet.shell,
            errors: sheet.errors,
            has_server: config.smtp_url.is_some(),
        })
    }

    fn title(&self) -> String {
        "Write to the customers".into()
    }

    /// How the letters begin.
    fn begins(&self) -> Opening {
        forms::opening(&self.asked.said).or_usual()
    }

    fn next(&self) -> Option<String> {
        self.last.map(|last| self.asked.after(last))
    }

    /// `SO-1 (Anna), SO-2 (Ben) and 3 more`.
    fn nameless(&self) -> String {
        let named = self.without.iter().take(NAMED);
        let named = named.map(|order| format!("{} ({})", order.number, order.customer));
        first_of(&named.collect::<Vec<_>>(), self.without.len())
    }

    fn is_wrong(&self, draft: &Draft) -> bool {
        let fields = ["recipients", "subject", "text"];
        fields
            .iter()
            .any(|field| !self.error(field, draft).is_empty())
    }

    fn error(&self, field: &str, draft: &Draft) -> &str {
        self.errors.get(&draft.name(field))
    }
}

impl Draft {
    fn of(papers: Papers, sheet: &Sheet, opening: &Opening) -> Result<Self> {
        let (id, today) = (papers.order.id, sheet.shell.today());
        let typed = forms::letter_typed(&sheet.typed, id);
        let is_anew = typed.has("seen") && typed.get("seen") != papers.seen();
        let draft = papers.draft(opening, today)?;
        let is_chosen = match sheet.typed.has("shown") {
            true => forms::orders_of(&sheet.typed, "chosen").contains(&id),
            false => !draft.recipients.is_empty(),
        };
        let typed = if is_anew { Fields::default() } else { typed };
        Ok(Self {
            typed: forms::of_draft(&typed, &draft, &papers),
            shifts: shifts(&papers.moved, today),
            is_chosen: is_chosen && !is_anew,
            is_anew,
            papers,
        })
    }

    fn name(&self, field: &str) -> String {
        format!("{field}-{}", self.papers.order.id)
    }
}

#[get("/orders/letters")]
async fn write(
    desk: Desk<MayMailCustomers>,
    config: Data<Config>,
    filter: Query<OrderFilter>,
    said: Said,
) -> Result {
    let asked = Asked::of(filter, said);
    desk.ask(Fields::default(), move |conn, sheet| {
        Letters::load(conn, sheet, asked, &config)
    })
    .await
}

#[post("/orders/letters")]
async fn send(
    desk: Desk<MayMailCustomers>,
    config: Data<Config>,
    filter: Query<OrderFilter>,
    said: Said,
    form: Fields,
) -> Result {
    let asked = Asked::of(filter, said);
    let (here, mailing) = (asked.here(), config.clone());
    desk.once(form, move |act, form| {
        let letters = forms::letters(form)?;
        let orders: Vec<OrderId> = letters.iter().map(|read| read.order).collect();
        act.must_reach_all_of(&orders)?;
        let written = write_to_customers(act, &letters, &mailing.mail_from)?;
        Ok(Go::to(&here).saying(sentence(&written, mailing.fate_of_mail())))
    })
    .or_again(move |conn, sheet| Letters::load(conn, sheet, asked, &config))
    .await
}

/// What became of them.
fn sentence(written: &Written, fate: &str) -> String {
    let mut said = match written.letters {
        0 => "No letter was written.".to_owned(),
        1 => format!("1 letter was written; it {fate}."),
        many => format!("{many} letters were written; each {fate}."),
    };
    match written.told {
        0 => {}
        1 => said += " The customer of 1 order had been told meanwhile.",
        many => said += &format!(" The customers of {many} orders had been told meanwhile."),
    }
    if !written.again.is_empty() {
        let named = first_of(&written.again, written.again.len());
        said += &format!(" A date moved again of {named}: the letter waits for another look.");
    }
    said
}

fn first_of(names: &[String], all: usize) -> String {
    let named = &names[..names.len().min(NAMED)];
    first_few(named, i64::try_from(all).unwrap_or(i64::MAX))
}
