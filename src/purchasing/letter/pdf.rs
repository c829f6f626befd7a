//! The purchase order on paper.

use chrono::NaiveDate;

use super::{PaperLine, Papers};
use crate::paper::{self, Letterhead, Party, PurchaseOrderPaper};
use crate::purchasing::Error;
use crate::types::{Money, clock};

/// The purchase order as the supplier gets it.
pub fn pdf(papers: &Papers) -> Result<Vec<u8>, Error> {
    let order = &papers.order;
    let net = papers.net();
    let shipping = order.shipping_cost;
    let comments = [
        papers.company.intro(papers.supplier.language),
        &papers.comment(),
    ]
    .map(|text| text.trim())
    .join("\n\n");
    let company = &papers.company;
    let deliver_by = papers.deliver_by();
    Ok(paper::purchase_order(&PurchaseOrderPaper {
        language: papers.language(),
        company: Letterhead {
            name: company.name.clone(),
            address: lines_of(&company.address),
            details: vec![company.phone.clone(), company.email.clone()],
        },
        supplier: Party {
            name: papers.supplier.name.clone(),
            address: lines_of(&papers.supplier.address),
        },
        deliver_to: Party {
            name: papers.warehouse.name.clone(),
            address: lines_of(&papers.warehouse.address),
        },
        number: order.number.clone(),
        ordered_on: company
            .time_zone
            .day(order.sent_at.unwrap_or_else(clock::now)),
        deliver_by,
        currency: order.currency.clone(),
        lines: papers
            .wanted()
            .map(|line| paper_line(papers, line, deliver_by))
            .collect(),
        net: papers.amount(net),
        shipping: (shipping != Money::ZERO).then(|| papers.amount(shipping)),
        extra: None,
        total: papers.amount(net + shipping),
        comments: comments.trim().to_owned(),
    })?)
}

fn paper_line(
    papers: &Papers,
    line: &PaperLine,
    deliver_by: Option<NaiveDate>,
) -> paper::PurchaseOrderLine {
    paper::PurchaseOrderLine {
        supplier_sku: Some(line.line.supplier_sku.clone()).filter(|sku| !sku.is_empty()),
        sku: line.sku.to_string(),
        description: line.name.clone(),
        quantity: line.line.wanted().get(),
        unit_price: papers.price(line.line.unit_price),
        amount: papers.amount(line.line.amount()),
        deliver_by: papers.own_day(line, deliver_by),
    }
}

fn lines_of(address: &str) -> Vec<String> {
    address.lines().map(|line| line.trim().to_owned()).collect()
}
