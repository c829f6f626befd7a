//! Mail to whom a task is given, who is named, and to whom a task is due.

use backfill::config::Config;
use backfill::db::Who;
use backfill::organizer::{self, EntryInput, EntryKind};
use backfill::schema::{mails, users};
use backfill::types::UserId;
use backfill::web::Role;
use chrono::{Days, NaiveDate, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;

/// Recipient and subject of every mail, in the order they were queued.
fn sent(shop: &Shop) -> Vec<(String, String)> {
    shop.read(|conn| {
        let columns = (mails::recipients, mails::subject);
        Ok(mails::table.order(mails::id).select(columns).load(conn)?)
    })
}

fn last(shop: &Shop) -> String {
    shop.read(|conn| {
        let texts = mails::table.select(mails::body_text);
        Ok(texts.order(mails::id.desc()).first(conn)?)
    })
}

fn passes(shop: &Shop) -> usize {
    let config: Config = shop.parts().config.clone();
    shop.write(|act| organizer::tell_what_is_due(act, &config))
}

fn wants(shop: &Shop, user: UserId, when: &str) {
    shop.write(|act| {
        diesel::update(users::table.find(user))
            .set(users::organizer_mail.eq(when))
            .execute(act.conn())?;
        Ok(())
    });
}

/// Long over, wherever the company is.
fn long_ago() -> NaiveDate {
    Utc::now().date_naive() - Days::new(9)
}

#[actix_web::test]
async fn who_is_given_a_task_by_somebody_else_gets_a_mail_that_leads_to_it() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.sells("SO-1", &mug, 1);
    let picker = shop.account("zoe@shop.example", Role::User);
    let manager = shop.manager().await;
    let own = shop.person(Role::Manager).id.to_string();
    let form = manager.page("/organizer/new?record=order:1").await;
    let form = form.form("form.entry-form");
    let task = form
        .with("kind", "task")
        .with("label", "Call Ada")
        .with("assignee", &picker.id.to_string());

    let added = manager.send(&task).await;
    let again = manager.send(&task).await;
    let mine = manager.page("/organizer/new").await.form("form.entry-form");
    let mine = mine.with("kind", "task").with("label", "Mine");
    manager.send(&mine.with("assignee", &own)).await;

    assert_eq!((added.status(), again.status()), (303, 303));
    let mail = (
        "zoe@shop.example".into(),
        "Assigned to you: Call Ada".into(),
    );
    assert_eq!(sent(&shop), [mail], "not of what one does oneself");
    let text = last(&shop);
    assert!(text.contains("About: Order SO-1"), "{text}");
    assert!(text.contains("/organizer/1\n"), "{text}");
}

#[actix_web::test]
async fn a_colleague_who_is_named_is_told_once() {
    let shop = Shop::open().await;
    shop.account("zoe@shop.example", Role::User);
    let manager = shop.manager().await;
    let form = manager.page("/organizer/new").await.form("form.entry-form");
    let note = form.with("label", "Ask").with("text", "@zoe knows");

    manager.send(&note).await;
    let edit = manager
        .page("/organizer/1/edit")
        .await
        .form("form.entry-form");
    manager.send(&edit.with("text", "@zoe may know")).await;

    let mail = ("zoe@shop.example".into(), "You are named: Ask".into());
    assert_eq!(sent(&shop), [mail]);
}

#[actix_web::test]
async fn a_task_that_is_due_is_told_once_for_each_day() {
    let shop = Shop::open().await;
    let picker = shop.account("zoe@shop.example", Role::User);
    let task = shop.task("Sweep", None, Some(long_ago()));
    let visitor = super::doing::visitor(&shop);
    shop.write_as(Who::from(picker.id), |act| {
        organizer::assign(act, &visitor, &[task.id], Some(picker.id))?;
        Ok(())
    });

    let first = (passes(&shop), passes(&shop));
    let input = EntryInput {
        assignee: Some(picker.id),
        due_on: Some(long_ago() + Days::new(1)),
        ..shop.entry(EntryKind::Task, "Sweep")
    };
    shop.write_as(Who::from(picker.id), |act| {
        Ok(organizer::edit(
            act,
            &visitor,
            task.id,
            task.version + 1,
            &input,
        )?)
    });
    let later = (passes(&shop), passes(&shop));

    assert_eq!((first, later), ((1, 0), (1, 0)));
    let mail = ("zoe@shop.example".into(), "Due: Sweep".into());
    assert_eq!(sent(&shop), [mail.clone(), mail]);
}

#[actix_web::test]
async fn who_wants_it_once_a_day_gets_all_of_it_in_one_mail_and_who_wants_none_none() {
    let shop = Shop::open().await;
    let zoe = shop.account("zoe@shop.example", Role::User);
    let max = shop.account("max@shop.example", Role::User);
    wants(&shop, zoe.id, "daily");
    wants(&shop, max.id, "never");
    shop.task("Sweep", Some(zoe.id), Some(long_ago()));
    shop.task("Dust", Some(zoe.id), None);
    shop.task("Rest", Some(max.id), Some(long_ago()));

    let told = (passes(&shop), passes(&shop));

    assert_eq!(told, (1, 0));
    let mail = (
        "zoe@shop.example".into(),
        "2 new for you, 1 task due".into(),
    );
    assert_eq!(sent(&shop), [mail]);
    let text = last(&shop);
    assert!(
        text.contains("- Dust\n") && text.contains("- Sweep, due"),
        "{text}"
    );
}

#[actix_web::test]
async fn each_person_chooses_when() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    let page = user
        .submit("/profile/mail", &[("organizer_mail", "daily")])
        .await;
    let wrong = user
        .post("/profile/mail", &[("organizer_mail", "hourly")])
        .await;

    assert_eq!(page.field("organizer_mail").value(), "daily");
    assert_eq!(wrong.status(), 422, "{}", wrong.summary());
}
