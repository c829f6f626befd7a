//! A purchase order goes to its supplier.

use backfill::catalog::Language;
use backfill::outbox;
use backfill::purchasing::{self, Error, PurchaseOrder, Sending, Status};
use backfill::schema::mail_attachments;
use backfill::stock::Place;
use backfill::types::{EmailList, Money};
use diesel::prelude::*;

use super::desk::{by_mail, date, noon, units};
use crate::support::app::Shop;

#[actix_web::test]
async fn sending_queues_a_mail_with_a_pdf_that_names_every_line() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let (mug, jug) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    let draft = shop.draft(supplier, warehouse, &[(mug, 15), (jug, 4)]);

    let sent = shop.send(&draft);

    assert_eq!((sent.status, sent.sent_at), (Status::Sent, Some(noon())));
    let mails = shop.read(|conn| Ok(outbox::of_record(conn, draft.record())?));
    let [mail] = mails.as_slice() else {
        panic!("{mails:?}");
    };
    assert_eq!(mail.recipients, "hart@supplier.example");
    assert_eq!(
        mail.subject,
        format!("Purchase order {} of My company", sent.number)
    );
    let (name, pdf): (String, Vec<u8>) = shop.read(|conn| {
        Ok(mail_attachments::table
            .select((mail_attachments::name, mail_attachments::content))
            .first(conn)?)
    });
    let text = pdf_extract::extract_text_from_mem(&pdf).expect("a PDF");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(name, format!("{}.pdf", sent.number));
    for expected in [
        "S-MUG MUG Product MUG 15 2.50 37.50",
        "JUG",
        "Total EUR 47.50",
        "1 Mill Lane",
    ] {
        assert!(words.contains(expected), "no {expected:?} in {words}");
    }
}

#[actix_web::test]
async fn a_french_supplier_is_written_to_in_french() {
    let shop = Shop::open().await;
    let warehouse = shop.warehouse("LYON");
    let supplier = shop.supplier_like("DUPONT", |supplier| supplier.language = Language::French);
    let mug = shop.bought("MUG", supplier);
    let draft = shop.draft(supplier, warehouse, &[(mug, 1200)]);

    let papers = shop.read(|conn| Ok(purchasing::papers(conn, draft.id, date("2026-12-01"))?));
    let letter = purchasing::letter(&papers).expect("a letter");

    assert_eq!(
        letter.subject,
        format!("Bon de commande {} de My company", draft.number)
    );
    assert_eq!(
        letter.text,
        format!(
            "Bonjour Ms Weber,\n\nveuillez trouver ci-joint notre bon de commande {} : 1200 unités sur 1 ligne, \
             3\u{a0}000,00 EUR au total.\n\nMerci de livrer d’ici le 8 décembre 2026, et de nous \
             prévenir si cette date ne peut être tenue.\n\nAdresse de livraison :\nWarehouse LYON\n\nCordialement\nMy company",
            draft.number
        )
    );
}

#[actix_web::test]
async fn mail_and_paper_ask_for_the_day_that_customers_are_told() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let (mug, jug) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    let slow = shop.bought_like("SLOW", supplier, |link| link.lead_time_days = Some(30));
    let draft = shop.draft(supplier, warehouse, &[(slow, 1), (mug, 1), (jug, 1)]);
    let papers = |day| shop.read(|conn| Ok(purchasing::papers(conn, draft.id, date(day))?));
    let asked = "Please deliver by 8 December 2026, and tell us if you cannot keep this date.\n\
                 SLOW, Product SLOW: by 31 December 2026";

    let previewed = purchasing::letter(&papers("2026-12-01")).expect("a letter");
    shop.send(&draft);
    let again = purchasing::letter(&papers("2026-12-24")).expect("a letter");
    let pdf = purchasing::pdf(&papers("2026-12-24")).expect("a paper");

    assert!(previewed.text.contains(asked), "{}", previewed.text);
    assert_eq!(again.text, previewed.text);
    let text = pdf_extract::extract_text_from_mem(&pdf).expect("a PDF");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in ["Deliver by 8 December 2026", "Deliver by 31 December 2026"] {
        assert!(words.contains(expected), "no {expected:?} in {words}");
    }
    assert_eq!(
        shop.due_dates(),
        ["2026-12-31", "2026-12-08", "2026-12-08"].map(date)
    );
}

#[actix_web::test]
async fn the_paper_of_a_french_supplier_is_french_to_its_last_line() {
    let shop = Shop::open().await;
    let warehouse = shop.warehouse("LYON");
    let french = shop.supplier_like("DUPONT", |supplier| supplier.language = Language::French);
    let english = shop.supplier("HART");
    let (tasse, mug) = (shop.bought("TASSE", french), shop.bought("MUG", english));

    let paper = printed(&shop, &shop.draft(french, warehouse, &[(tasse, 2)]));
    let other = printed(&shop, &shop.draft(english, warehouse, &[(mug, 2)]));

    let (merci, please) = (
        "Merci de confirmer par e-mail",
        "Please confirm the quantities",
    );
    assert!(paper.contains(merci) && !paper.contains(please), "{paper}");
    assert!(other.contains(please) && !other.contains(merci), "{other}");
}

#[actix_web::test]
async fn a_price_is_printed_as_exact_as_it_is_and_its_amount_in_hundredths() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let bead = shop.bought_like("BEAD", supplier, |link| {
        link.price = Money::parse("0.4125").expect("a price");
    });
    let draft = shop.draft(supplier, warehouse, &[(bead, 51)]);

    let paper = printed(&shop, &draft);

    assert!(paper.contains("51 0.4125 21.04"), "{paper}");
}

/// The words of the purchase order on paper.
fn printed(shop: &Shop, order: &PurchaseOrder) -> String {
    let papers = shop.read(|conn| Ok(purchasing::papers(conn, order.id, noon().date_naive())?));
    let pdf = purchasing::pdf(&papers).expect("a paper");
    let text = pdf_extract::extract_text_from_mem(&pdf).expect("a PDF");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn a_supplier_without_an_address_is_told_in_another_way() {
    let shop = Shop::open().await;
    let warehouse = shop.warehouse("MAIN");
    let supplier = shop.supplier_like("DEAF", |supplier| supplier.emails = EmailList::default());
    let mug = shop.bought("MUG", supplier);
    let draft = shop.draft(supplier, warehouse, &[(mug, 3)]);

    let refusal = shop.try_at_noon(|act| purchasing::send(act, draft.id, &by_mail()));
    assert!(matches!(refusal, Err(Error::NoAddress(_))), "{refusal:?}");
    assert_eq!(shop.order_now(&draft).status, Status::Draft);

    shop.write_as(shop.at_noon(), |act| {
        Ok(purchasing::send(act, draft.id, &Sending::WithoutMail)?)
    });

    assert_eq!(shop.order_now(&draft).status, Status::Sent);
    assert!(
        shop.read(|conn| Ok(outbox::of_record(conn, draft.record())?))
            .is_empty()
    );
}

#[actix_web::test]
async fn what_is_empty_or_sent_already_is_not_sent() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let empty = shop.draft(supplier, warehouse, &[]);
    let sent = shop.sent(supplier, warehouse, &[(mug, 3)]);
    let send = |id| shop.try_at_noon(|act| purchasing::send(act, id, &by_mail()));

    let of_empty = send(empty.id);
    let again = send(sent.id);

    assert!(matches!(of_empty, Err(Error::NoLines(_))), "{of_empty:?}");
    assert!(matches!(again, Err(Error::CannotBe { .. })), "{again:?}");
    assert_eq!(
        shop.read(|conn| Ok(outbox::of_record(conn, sent.record())?))
            .len(),
        1
    );
}

#[actix_web::test]
async fn without_any_date_a_line_is_due_after_the_lead_time_of_its_product_else_of_the_supplier() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let slow = shop.bought_like("SLOW", supplier, |link| link.lead_time_days = Some(30));

    shop.sent(supplier, warehouse, &[(mug, 1), (slow, 1)]);

    assert_eq!(shop.due_dates(), [date("2026-12-08"), date("2026-12-31")]);
}

#[actix_web::test]
async fn when_the_supplier_confirms_a_date_what_waits_is_expected_on_it() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let shelf = Place::new(warehouse, mug);
    shop.ordered(shelf, 5, 1);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5)]);

    let confirmed = shop.write_as(shop.at_noon(), |act| {
        Ok(purchasing::confirm(act, purchase.id, date("2026-12-20"))?)
    });

    assert_eq!(confirmed.status, Status::Confirmed);
    assert_eq!(shop.due_dates(), [date("2026-12-20")]);
    let queue = shop.read(|conn| Ok(backfill::stock::claimants(conn, shelf, 10)?));
    assert_eq!(queue[0].expected_on, Some(date("2026-12-20")));
    assert_eq!(queue[0].uncovered, units(0));
}
