//! An admin edits the lists that entries choose from.

use backfill::db::Who;
use backfill::organizer::{self, EntryKind, ListKind, Tone};
use backfill::schema::{
    organizer_categories, organizer_entries, organizer_priorities, organizer_statuses,
};
use backfill::types::EntryId;
use backfill::web::Role;
use diesel::prelude::*;

use crate::scenarios::races::{both, done};
use crate::support::app::Shop;

fn category(shop: &Shop, name: &str) -> i64 {
    shop.read(|conn| {
        let named = organizer_categories::table.filter(organizer_categories::name.eq(name));
        Ok(named.select(organizer_categories::id).first(conn)?)
    })
}

fn priority(shop: &Shop, name: &str) -> i64 {
    shop.read(|conn| {
        let named = organizer_priorities::table.filter(organizer_priorities::name.eq(name));
        Ok(named.select(organizer_priorities::id).first(conn)?)
    })
}

fn status(shop: &Shop, name: &str) -> i64 {
    shop.read(|conn| {
        let named = organizer_statuses::table.filter(organizer_statuses::name.eq(name));
        Ok(named.select(organizer_statuses::id).first(conn)?)
    })
}

fn is_done(shop: &Shop, id: EntryId) -> bool {
    shop.read(|conn| {
        let entry = organizer_entries::table.find(id);
        let done = entry.select(organizer_entries::done_at.is_not_null());
        Ok(done.first(conn)?)
    })
}

#[actix_web::test]
async fn what_is_used_goes_when_its_successor_is_named() {
    let shop = Shop::open().await;
    let task = shop.task("Sweep", None, None);
    let (general, call) = (category(&shop, "General"), category(&shop, "Call"));
    let admin = shop.admin().await;
    let form = format!("/organizer/settings/categories/{general}/removal");
    let form = admin.page(&form).await.form("form.form");

    let refused = admin.send(&form).await;
    let removed = admin.send(&form.with("successor", &call.to_string())).await;

    assert_eq!(refused.status(), 422, "{}", refused.summary());
    assert_eq!(removed.status(), 303, "{}", removed.summary());
    let page = admin.page(&task.itself().path()).await;
    assert!(page.says("category: General → Call"), "{}", page.words());
    assert!(
        !admin
            .page("/organizer/settings")
            .await
            .has("[value='General']")
    );
}

#[actix_web::test]
async fn one_status_that_is_done_and_one_that_is_not_stay() {
    let shop = Shop::open().await;
    let task = shop.writes(None, &shop.entry(EntryKind::Task, "Sweep"));
    let (open, done) = (status(&shop, "Open"), status(&shop, "Done"));
    let admin = shop.admin().await;
    let form = format!("/organizer/settings/statuses/{done}/removal");
    let form = admin.page(&form).await.form("form.form");
    let path = format!("/organizer/settings/statuses/{open}");
    let finished = [("name", "Over"), ("tone", "ok"), ("is_done", "true")];

    let refused = admin.send(&form.with("successor", &open.to_string())).await;
    let renamed = admin.post(&path, &finished).await;

    assert_eq!(refused.status(), 409, "{}", refused.summary());
    assert_eq!(renamed.status(), 303, "{}", renamed.summary());
    assert!(is_done(&shop, task.id));
}

#[actix_web::test]
async fn what_is_refused_stays_in_its_row_as_typed_with_the_reason_beside_it() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let row = |list: &str, id: i64| format!("form[action$='/{list}/{id}']");
    let call = row("categories", category(&shop, "Call"));
    let done = row("statuses", status(&shop, "Done"));
    let page = admin.page("/organizer/settings").await;
    let taken = page.form(&call).with("name", "general");
    let empty = page.form(&call).with("name", " ");
    let last = page.form(&done).with("name", "Over").without("is_done");

    for (form, row, typed, why) in [
        (&taken, &call, "general", "This name is already used."),
        (&empty, &call, " ", "This cannot be empty."),
        (
            &last,
            &done,
            "Over",
            "It is the only status that means done",
        ),
    ] {
        let refused = admin.send(form).await;
        let part = admin.htmx("lists").send(form).await;
        assert_eq!((refused.status(), part.status()), (422, 422));
        assert!(refused.page().has("nav") && !part.page().has("nav"));
        for page in [refused.page(), part.page()] {
            let name = format!("{row} [name=name]");
            assert_eq!(page.attribute(&name, "value").as_deref(), Some(typed));
            let beside = page.attribute(&name, "aria-describedby");
            let beside = beside.expect("it is said beside it");
            let said = page.text(&format!("{row} #{beside}"));
            assert!(said.starts_with(why), "{said}");
            assert_eq!(page.errors().len(), 1, "in this row alone");
        }
        assert!(
            !refused
                .page()
                .has(&format!("{row} [name=is_done][checked]"))
        );
    }
}

#[actix_web::test]
async fn what_is_saved_in_place_is_shown_and_said() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let page = admin.page("/organizer/settings").await;
    let id = category(&shop, "Call");
    let row = page.form(&format!("form[action$='/categories/{id}']"));

    let saved = admin.htmx("lists").send(&row.with("name", "Ring")).await;

    assert_eq!(saved.status(), 200, "{}", saved.summary());
    assert!(saved.page().has("#categories [value='Ring']"));
    let said = saved.header("HX-Trigger").unwrap_or_default();
    assert!(said.contains("Ring was saved."), "{said}");
}

#[actix_web::test]
async fn who_changed_a_list_and_how_is_kept_with_it() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    shop.task("Sweep", None, None);
    let (general, high) = (category(&shop, "General"), priority(&shop, "High"));
    let at = |of: &str| format!("/organizer/settings/{of}");
    let change = async |of: String, fields: &[(&str, &str)]| {
        let reply = admin.post(&at(&of), fields).await;
        assert_eq!(reply.status(), 303, "{of}: {}", reply.summary());
    };

    change("categories".into(), &[("name", "Returns")]).await;
    let down = [("to", "down")];
    change(format!("categories/{general}/place"), &down).await;
    let returns = category(&shop, "Returns").to_string();
    let next = [("successor", returns.as_str())];
    change(format!("categories/{general}/removal"), &next).await;
    let renamed = [("name", "Top"), ("tone", "bad")];
    change(format!("priorities/{high}"), &renamed).await;
    change(format!("priorities/{high}"), &renamed).await;

    let page = admin.page("/organizer/settings").await;
    let told = |list: &str| page.texts(&format!("#{list} .event > div"));
    assert_eq!(
        told("categories"),
        [
            "Removed General Returns took its place",
            "Moved General down",
            "Added Returns"
        ]
    );
    assert_eq!(
        told("priorities"),
        ["Edited High name: High \u{2192} Top; colour: Orange \u{2192} Red"],
        "the same again is no other edit"
    );
    assert_eq!(told("statuses"), [""; 0]);
    let who = page.text("#categories .event-meta");
    let name = shop.person(Role::Admin).name;
    assert!(who.ends_with(&name), "{who}");
}

#[actix_web::test]
async fn lists_are_added_to_renamed_and_ordered() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let page = admin.page("/organizer/settings").await;
    let add = page.form("form[action$='/priorities']");

    let taken = admin
        .send(&add.clone().with("name", "high").with("tone", "bad"))
        .await;
    let added = add.with("name", "At once").with("tone", "bad");
    let page = admin.submit_form(&added).await;
    let down = page.form("#categories tbody tr:first-child form[action$='/place']");
    let page = admin.submit_form(&down.with("to", "down")).await;

    assert_eq!(taken.status(), 422, "{}", taken.summary());
    assert!(
        taken.page().says("already used"),
        "{}",
        taken.page().words()
    );
    let names = page.attributes("#priorities tbody .input", "value");
    assert_eq!(names[0], "At once");
    let names = page.attributes("#categories tbody .input", "value");
    assert_eq!(names[..2], ["Call", "General"]);
}

#[actix_web::test]
async fn two_admins_at_once_leave_one_status_that_is_done() {
    let shop = Shop::open().await;
    let db = shop.db();
    for round in 0..4 {
        let over = format!("Over {round}");
        shop.write(|act| Ok(organizer::add_status(act, &over, Tone::Ok, true)?));
        let all: Vec<i64> = shop.read(|conn| {
            let done = organizer_statuses::table.filter(organizer_statuses::is_done);
            Ok(done
                .select(organizer_statuses::id)
                .order(organizer_statuses::id)
                .load(conn)?)
        });
        let [one, other] = <[i64; 2]>::try_from(all).expect("two of them");
        let removes = |gone: i64, next: i64| {
            db.write_now(Who::BACKFILL, |act| {
                Ok(organizer::remove_item(
                    act,
                    ListKind::Statuses,
                    gone,
                    Some(next),
                )?)
            })
        };

        let (first, second) = both(|| removes(one, other), || removes(other, one));

        assert_eq!(done(&[first, second]), 1);
    }
}
