//! Customers are told that a parcel left, where the company wants it.

use diesel::prelude::*;

use crate::catalog;
use crate::db::Act;
use crate::outbox::{self, NewMail};
use crate::preparation::queries::{self, ToTell};
use crate::preparation::{Error, Shipment, mail};
use crate::schema::shipments;
use crate::types::{Email, EmailList, Event, RecordRef, ShipmentId};

/// Queues a mail for each parcel of which none was queued yet, to the address of its order, else to that
/// of its customer. Of one without any, its history says so.
pub(super) fn customers(act: &mut Act<'_>, gone: &[Shipment]) -> Result<(), Error> {
    let says = catalog::shipping_mail(act)?;
    if !says.is_wanted {
        return Ok(());
    }
    let company = catalog::company(act)?;
    let gone: Vec<ShipmentId> = gone.iter().map(|parcel| parcel.id).collect();
    let (mut mails, mut told, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for parcel in queries::to_tell(act, &gone)? {
        let recipients = EmailList::parse(&parcel.address).unwrap_or_default();
        let event = if recipients.is_empty() {
            Event::CustomerNotTold {
                parcel: parcel.number.clone(),
            }
        } else {
            let (subject, body_text) = mail::written(&says, &said(&parcel, &company.name));
            let written = Event::CustomerWritten {
                subject: subject.clone(),
                to: recipients.to_string(),
            };
            told.push(parcel.id);
            mails.push(NewMail {
                record: Some(RecordRef::Shipment(parcel.id)),
                recipients: recipients.iter().cloned().collect(),
                sender: says.sender.clone(),
                reply_to: Email::parse(&company.email).ok(),
                subject,
                body_text,
                ..NewMail::default()
            });
            written
        };
        events.push((RecordRef::Order(parcel.order_id), event.clone()));
        events.push((RecordRef::Shipment(parcel.id), event));
    }
    if !mails.is_empty() {
        outbox::enqueue_all(act, &mails)?;
    }
    act.note_each(&events)?;
    let now = shipments::told_at.eq(act.at());
    diesel::update(shipments::table.filter(shipments::id.eq_any(told)))
        .set(now)
        .execute(act.conn())?;
    Ok(())
}

fn said(parcel: &ToTell, company: &str) -> mail::Said {
    mail::Said {
        customer: parcel.customer.clone(),
        order: parcel.order_number.clone(),
        parcel: parcel.number.clone(),
        carrier: parcel.carrier.clone(),
        tracking: parcel.tracking_number.clone(),
        link: parcel.followed_at().unwrap_or_default(),
        lines: parcel.lines.clone(),
        company: company.to_owned(),
    }
}
