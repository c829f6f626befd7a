//! Notes and tasks are written, changed and archived.

use backfill::organizer::{self, EntryInput, EntryKind, Tone};
use backfill::types::{EntryId, RecordRef};
use backfill::web::Role;

use crate::support::app::Shop;
use crate::support::html::Form;
use crate::support::requests::Browser;

async fn new_on(browser: &Browser, record: &str) -> Form {
    let path = format!("/organizer/new?record={record}");
    browser.page(&path).await.form("form.form")
}

#[actix_web::test]
async fn a_note_on_an_order_is_read_on_its_panel_and_its_page() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let order = shop.sells("SO-1", &mug, 2);
    let user = shop.user().await;

    let form = new_on(&user, &format!("order:{order}")).await;
    let form = form
        .with("label", "Call before shipping")
        .with("text", "See https://x.example and PO-000012, @manager");
    shop.person(Role::Manager);
    let page = user.submit_form(&form).await;
    let panel = user
        .page(&format!("/organizer/panel?record=order:{order}"))
        .await;
    let entry = user.page(&panel.link("Call before shipping")).await;

    assert!(page.says("Call before shipping was added."));
    assert!(page.has("section[data-record]"), "{}", page.words());
    for page in [&panel, &entry] {
        assert_eq!(page.link("https://x.example"), "https://x.example");
        assert_eq!(page.link("PO-000012"), "/search?q=PO-000012");
        assert_eq!(page.texts(".prose strong"), ["@manager"]);
    }
    assert_eq!(entry.link("Order SO-1"), format!("/orders/{order}"));
    assert!(entry.says("Created"), "{}", entry.words());
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_its_field_and_the_form_stays_as_typed() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let form = new_on(&user, "").await;

    let empty = user.send(&form).await;
    let far = form
        .clone()
        .with("kind", "task")
        .with("label", "x")
        .with("due_on", "tomorrow")
        .with("assignee", "99")
        .with("category", "99");
    let far = user.send(&far).await;
    let unknown = form
        .clone()
        .with("kind", "task")
        .with("label", "x")
        .with("assignee", "99");
    let unknown = user.send(&unknown).await;
    let note = form.with("label", "x").with("due_on", "2030-01-02");
    let note = user.send(&note).await;

    assert_eq!((empty.status(), far.status()), (422, 422));
    assert_eq!(empty.page().field("label").error(), "This cannot be empty.");
    let far = far.page();
    assert!(far.field("due_on").error().starts_with("Enter a date"));
    assert_eq!(far.field("due_on").value(), "tomorrow");
    assert_eq!((unknown.status(), note.status()), (422, 422));
    let error = unknown.page().field("assignee").error().to_owned();
    assert_eq!(error, "Choose one of the list.");
    assert!(note.page().field("kind").error().contains("make it a task"));
}

#[actix_web::test]
async fn a_record_that_is_not_there_has_no_notes() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let form = new_on(&user, "").await.with("label", "x");

    for record in ["order:77", "user:1", "entry:1", "entry_list:1", "sky:1"] {
        let reply = user.send(&form.clone().with("record", record)).await;
        assert_eq!(reply.status(), 422, "{record}: {}", reply.summary());
        assert!(reply.page().says("There is no such record."), "{record}");
        let panel = user.get(&format!("/organizer/panel?record={record}")).await;
        assert_eq!(panel.status(), 404, "{record}");
    }
    let asked = user.get("/organizer/new?record=order:77").await;
    assert_eq!(asked.status(), 404);
}

#[actix_web::test]
async fn each_edit_is_kept_and_one_made_from_an_older_state_is_refused() {
    let shop = Shop::open().await;
    let (user, manager) = (shop.user().await, shop.manager().await);
    let path = written_by(&shop, Role::User, "Call Ada").path();
    let edit = format!("{path}/edit");
    let form = user.page(&edit).await.form("form.form");
    let theirs = manager.page(&edit).await.form("form.form");

    let edited = form.with("label", "Call Grace").with("text", "Today");
    let page = user.submit_form(&edited).await;
    let late = manager.send(&theirs.with("label", "Call nobody")).await;
    let again = user.send(&edited).await;

    assert!(
        page.says("label: Call Ada → Call Grace"),
        "{}",
        page.words()
    );
    assert!(page.says("text: none → Today"), "{}", page.words());
    assert_eq!(late.status(), 409, "{}", late.summary());
    assert!(late.page().says("Somebody changed this"));
    assert!(
        again.location().is_some(),
        "the same again is no other edit"
    );
}

fn written_by(shop: &Shop, role: Role, label: &str) -> RecordRef {
    let person = shop.person(role).id;
    let input = shop.entry(EntryKind::Task, label);
    let entry = shop.write_as(person, |act| Ok(organizer::add(act, None, &input)?));
    entry.itself()
}

#[actix_web::test]
async fn everybody_edits_what_they_wrote_and_managers_edit_all() {
    let shop = Shop::open().await;
    let (user, manager) = (shop.user().await, shop.manager().await);
    let theirs = written_by(&shop, Role::Manager, "Count the till").path();
    let own = written_by(&shop, Role::User, "Sweep").path();

    let form = manager
        .page(&format!("{theirs}/edit"))
        .await
        .form("form.form");
    let refused = user.send(&form.with("label", "Mine now")).await;
    let archived = user.post(&format!("{theirs}/archive"), &[]).await;
    let form = manager.page(&format!("{own}/edit")).await.form("form.form");
    let edited = manager.send(&form.with("label", "Sweep twice")).await;

    assert_eq!((refused.status(), archived.status()), (403, 403));
    assert!(refused.page().says("Only who wrote it and managers"));
    assert!(edited.location().is_some(), "{}", edited.summary());
    let page = user.page(&theirs).await;
    assert!(!page.has("a[href$='/edit']"), "{}", page.words());
}

#[actix_web::test]
async fn what_is_archived_is_out_of_sight_and_comes_back() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let entry = shop.notes(RecordRef::Product(mug.id), "Fragile");
    let manager = shop.manager().await;
    let path = entry.itself().path();
    let panel = format!("/organizer/panel?record=product:{}", mug.id);
    let edit = manager
        .page(&format!("{path}/edit"))
        .await
        .form("form.form");

    let page = manager.submit(&format!("{path}/archive"), &[]).await;
    let refused = manager.send(&edit.with("label", "Very fragile")).await;
    let gone = manager.page(&panel).await;
    let kept = manager.page("/organizer?status=archived").await;
    let back = manager.submit(&format!("{path}/restoration"), &[]).await;

    assert!(page.says("Fragile is archived.") && page.says("Archived"));
    assert_eq!(refused.status(), 409, "{}", refused.summary());
    assert!(!gone.says("Fragile") && kept.says("Fragile"));
    assert!(back.says("Fragile is back.") && back.says("Restored"));
    assert!(manager.page(&panel).await.says("Fragile"));
}

#[actix_web::test]
async fn from_a_dialog_the_page_below_stays() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let dialog = user.htmx("dialog-content");

    let form = dialog.page("/organizer/new?stay=yes").await;
    assert!(form.says("New note or task") && !form.has("nav"));
    let form = form.form("form.form").with("label", "Sweep");
    let wrong = user.htmx("").send(&form.clone().with("label", "")).await;
    let reply = user.htmx("").send(&form).await;

    assert_eq!(wrong.status(), 422);
    assert!(!wrong.page().has("nav"), "the form alone");
    assert_eq!((reply.status(), reply.location()), (204, None));
    let said = reply.header("HX-Trigger").unwrap_or_default().to_owned();
    assert!(said.contains("Sweep was added."), "{said}");
}

#[actix_web::test]
async fn whom_it_names_is_kept_until_it_names_somebody_else() {
    let shop = Shop::open().await;
    let (ada, grace) = (
        shop.account("ada@shop.example", Role::User),
        shop.account("grace@shop.example", Role::User),
    );
    let input = EntryInput {
        text: "ask @ada".into(),
        ..shop.entry(EntryKind::Note, "Till")
    };
    let entry = shop.writes(None, &input);
    let manager = shop.manager().await;
    assert_eq!(named(&shop, entry.id), [ada.id]);

    let form = manager
        .page(&format!("{}/edit", entry.itself().path()))
        .await;
    let form = form
        .form("form.form")
        .with("text", "ask @grace, not @nobody");
    manager.submit_form(&form).await;

    assert_eq!(named(&shop, entry.id), [grace.id]);
}

fn named(shop: &Shop, entry: EntryId) -> Vec<backfill::types::UserId> {
    use backfill::schema::organizer_mentions as mentions;
    use diesel::prelude::*;
    let named = mentions::table
        .filter(mentions::entry_id.eq(entry))
        .select(mentions::user_id);
    shop.read(|conn| Ok(named.load(conn)?))
}

#[actix_web::test]
async fn what_entries_choose_from_can_grow() {
    let shop = Shop::open().await;
    let add = |name: &str| {
        let added = shop.db().write_now(backfill::db::Who::BACKFILL, |act| {
            Ok(organizer::add_category(act, name).map(|_| ()))
        });
        added.expect("the database answers")
    };
    shop.write(|act| {
        organizer::add_priority(act, "Now", Tone::Bad)?;
        organizer::add_status(act, "Dropped", Tone::Quiet, true)?;
        Ok(())
    });

    assert_eq!(add("Returns"), Ok(()));
    let form = shop.user().await.page("/organizer/new").await;

    for name in ["Returns", "Now", "Dropped"] {
        assert!(form.texts("option").contains(&name.to_owned()), "{name}");
    }
}

#[actix_web::test]
async fn two_categories_are_not_called_the_same() {
    let shop = Shop::open().await;

    let taken = shop.db().write_now(backfill::db::Who::BACKFILL, |act| {
        organizer::add_category(act, "general")?;
        Ok(())
    });

    let error = taken.expect_err("it is taken").to_string();
    assert_eq!(error, "This name is already used.");
}
