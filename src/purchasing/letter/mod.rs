//! What the supplier gets: a mail in the supplier's language, and the purchase order as PDF.

mod pdf;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::lead_times::note_lead_times;
use super::{Error, PurchaseLine, PurchaseOrder, Status};
use crate::catalog::{self, Company, Supplier, Warehouse};
use crate::db::printed;
use crate::paper::Language;
use crate::schema::{products, purchase_order_lines, purchase_orders};
use crate::types::{Email, EmailList, Money, Paper, PurchaseOrderId, Quantity, RecordRef, Sku};

pub use pdf::pdf;

/// A mail that tells a supplier what is ordered.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Who gets it.
    pub recipients: EmailList,
    /// One line.
    pub subject: String,
    /// The plain text; the HTML is made of it.
    pub text: String,
}

/// Everything that is written about a purchase order.
#[derive(Debug, Clone)]
pub struct Papers {
    pub order: PurchaseOrder,
    pub lines: Vec<PaperLine>,
    /// Who delivers.
    pub supplier: Supplier,
    pub warehouse: Warehouse,
    /// Who orders.
    pub company: Company,
    /// What is noted of the order and of the supplier to stand there; may be empty.
    pub notes: String,
}

/// A line with what its product is called.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = purchase_order_lines)]
#[diesel(base_query = purchase_order_lines::table.inner_join(products::table))]
pub struct PaperLine {
    #[diesel(embed)]
    pub line: PurchaseLine,
    /// SKU of the product.
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = products::name)]
    pub name: String,
}

impl Papers {
    fn language(&self) -> Language {
        match self.supplier.language {
            catalog::Language::English => Language::En,
            catalog::Language::French => Language::Fr,
        }
    }

    /// The day by which most of its lines are to be there; none: nothing is ordered.
    fn deliver_by(&self) -> Option<NaiveDate> {
        let mut lines: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for day in self
            .wanted()
            .filter_map(|line| self.order.due_on(&line.line))
        {
            *lines.entry(day).or_default() += 1;
        }
        let most = lines
            .into_iter()
            .max_by_key(|(day, lines)| (*lines, Reverse(*day)));
        most.map(|(day, _)| day)
    }

    /// The day by which a line is to be there, if it is another than that of most.
    fn own_day(&self, line: &PaperLine, most: Option<NaiveDate>) -> Option<NaiveDate> {
        let own = self.order.due_on(&line.line);
        own.filter(|_| own != most)
    }

    /// What the supplier is to read besides the lines; may be empty.
    fn comment(&self) -> String {
        let parts = [self.order.supplier_comment.trim(), self.notes.trim()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("\n\n")
    }

    /// Lines that still ask for something.
    fn wanted(&self) -> impl Iterator<Item = &PaperLine> {
        self.lines
            .iter()
            .filter(|line| !line.line.wanted().is_zero())
    }

    /// What the goods cost.
    pub(in crate::purchasing) fn net(&self) -> Money {
        self.wanted().map(|line| line.line.amount()).sum()
    }

    /// The least value the supplier takes an order for, where goods worth so much do not reach it.
    pub(in crate::purchasing) fn least_value(&self, goods: Money) -> Option<Money> {
        let least = self.supplier.minimum_order;
        (goods < least).then_some(least)
    }

    fn price(&self, price: Money) -> String {
        self.language().amount(price.price(&self.order.currency))
    }

    fn amount(&self, amount: Money) -> String {
        self.language().amount(amount)
    }

    /// Where the supplier answers: the company, if it has an address.
    pub(in crate::purchasing) fn reply_to(&self) -> Option<Email> {
        Email::parse(&self.company.email).ok()
    }

    /// `PO-000031.pdf`.
    pub fn file_name(&self) -> String {
        format!("{}.pdf", self.order.number)
    }
}

/// Reads what is to be written; of a draft, as if it were sent today.
pub fn papers(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    today: NaiveDate,
) -> QueryResult<Papers> {
    let mut order = PurchaseOrder::query()
        .filter(purchase_orders::id.eq(id))
        .first(conn)?;
    let mut lines: Vec<PaperLine> = PaperLine::query()
        .filter(purchase_order_lines::purchase_order_id.eq(id))
        .order(purchase_order_lines::line_number)
        .load(conn)?;
    if order.status == Status::Draft {
        let lines = lines.iter_mut().map(|line| &mut line.line);
        note_lead_times(conn, &mut order, lines, today)?;
    }
    let noted = [order.record(), RecordRef::Supplier(order.supplier_id)];
    Ok(Papers {
        notes: printed(conn, Paper::PurchaseOrder, &noted)?.of(&noted),
        lines,
        supplier: catalog::supplier(conn, order.supplier_id)?,
        warehouse: catalog::warehouse(conn, order.warehouse_id)?,
        company: catalog::company(conn)?,
        order,
    })
}

/// The mail as the templates write it, in the language of the supplier.
pub fn letter(papers: &Papers) -> Result<Letter, Error> {
    let facts = &Facts::of(papers, "");
    Ok(Letter {
        recipients: papers.supplier.emails.clone(),
        subject: subject(facts, papers.language())?.trim().to_owned(),
        text: text(facts, papers.language())?,
    })
}

/// The mail as HTML: the paragraphs of its text, and the lines as a table.
pub fn html(papers: &Papers, letter: &Letter) -> Result<String, Error> {
    Ok(table(&Facts::of(papers, &letter.text), papers.language())?)
}

/// What the templates of the mail may say.
struct Facts<'a> {
    number: &'a str,
    company: &'a str,
    phone: &'a str,
    contact: &'a str,
    /// When most of it is to be there.
    deliver_by: Option<String>,
    total: String,
    currency: &'a str,
    comment: String,
    deliver_to: Vec<&'a str>,
    lines: Vec<FactsLine<'a>>,
    units: Quantity,
    /// What was written, line by line.
    paragraphs: Vec<Vec<&'a str>>,
}

struct FactsLine<'a> {
    supplier_sku: &'a str,
    sku: &'a str,
    name: &'a str,
    quantity: Quantity,
    amount: String,
    /// When it is to be there, if not with most of it.
    own_day: Option<String>,
}

impl<'a> Facts<'a> {
    fn of(papers: &'a Papers, text: &'a str) -> Self {
        let paragraphs = text
            .split("\n\n")
            .map(|paragraph| paragraph.trim().lines().collect());
        let address = papers.warehouse.address.lines().map(str::trim);
        let date = |day| papers.language().date(day);
        let deliver_by = papers.deliver_by();
        Self {
            number: &papers.order.number,
            company: &papers.company.name,
            phone: &papers.company.phone,
            contact: &papers.supplier.contact_name,
            deliver_by: deliver_by.map(date),
            total: papers.amount(papers.net() + papers.order.shipping_cost),
            currency: &papers.order.currency,
            comment: papers.comment(),
            deliver_to: std::iter::once(papers.warehouse.name.as_str())
                .chain(address)
                .filter(|line| !line.is_empty())
                .collect(),
            paragraphs: paragraphs
                .filter(|lines: &Vec<_>| !lines.is_empty())
                .collect(),
            units: papers.wanted().map(|line| line.line.wanted()).sum(),
            lines: papers
                .wanted()
                .map(|line| FactsLine {
                    supplier_sku: &line.line.supplier_sku,
                    sku: line.sku.as_str(),
                    name: &line.name,
                    quantity: line.line.wanted(),
                    amount: papers.amount(line.line.amount()),
                    own_day: papers.own_day(line, deliver_by).map(date),
                })
                .collect(),
        }
    }
}

/// Declares a part of the mail by its templates in English and in French.
macro_rules! part {
    ($name:ident, $english:tt, $french:tt) => {
        fn $name(mail: &Facts<'_>, language: Language) -> askama::Result<String> {
            #[derive(Template)]
            #[template(path = $english)]
            struct English<'a> {
                mail: &'a Facts<'a>,
            }

            #[derive(Template)]
            #[template(path = $french)]
            struct French<'a> {
                mail: &'a Facts<'a>,
            }

            match language {
                Language::En => English { mail }.render(),
                Language::Fr => French { mail }.render(),
            }
        }
    };
}

part!(
    subject,
    "mail/purchase_order/en/subject.txt",
    "mail/purchase_order/fr/subject.txt"
);
part!(
    text,
    "mail/purchase_order/en/body.txt",
    "mail/purchase_order/fr/body.txt"
);
part!(
    table,
    "mail/purchase_order/en/body.html",
    "mail/purchase_order/fr/body.html"
);
