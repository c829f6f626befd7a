//! The mail about a return is a draft that somebody sends.

use backfill::schema::{mails, orders};
use diesel::prelude::*;

use super::Story;

#[actix_web::test]
async fn the_customer_is_told_what_was_found_by_somebody_who_looked_it_through() {
    let story = Story::begin().await;
    story.shop.write(|act| {
        diesel::update(orders::table.find(story.left))
            .set(orders::email.eq("anna@mail.example"))
            .execute(act.conn())?;
        Ok(())
    });
    let manager = story.shop.manager().await;
    let page = story.announces(&manager, 3).await;
    let draft = manager.page("/returns/1/message").await;
    assert!(
        draft.field("text").value().contains("3 × Product MUG"),
        "{}",
        draft.field("text").value()
    );
    let form = page.form("#receive").with(&story.field("good"), "1");
    let form = form.with(&story.field("damaged"), "1");
    manager
        .submit_form(&form.with(&story.field("missing"), "1"))
        .await;

    let draft = manager.page("/returns/1/message").await;
    let text = draft.field("text").value().to_owned();
    assert!(
        text.contains("2 arrived, 1 of them damaged; 1 missing"),
        "{text}"
    );
    let form = draft.form("#message");
    let nobody = manager.send(&form.clone().with("recipients", "")).await;
    assert_eq!(nobody.status(), 422, "{}", nobody.text());
    let sent = manager
        .submit_form(&form.with("subject", "Your mugs"))
        .await;

    assert!(sent.says("RT-000001"), "{}", sent.words());
    let queued: Vec<String> = story.shop.read(|conn| {
        let of_order = mails::table.filter(mails::record_kind.eq("order"));
        Ok(of_order.select(mails::subject).load(conn)?)
    });
    assert_eq!(queued, ["Your mugs"]);
    let order = manager.page(&format!("/orders/{}", story.left)).await;
    assert!(order.says("Written to the customer"), "{}", order.words());
}
