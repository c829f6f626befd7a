//! Tasks are done and handed on, one by one or many at once.

use backfill::organizer::{self, Error, To};
use backfill::types::{EntryId, RecordRef, SessionId};
use backfill::web::{Role, Visitor};
use diesel::prelude::*;

use crate::support::app::Shop;

fn done(shop: &Shop, id: EntryId) -> bool {
    use backfill::schema::organizer_entries as entries;
    let done_at = entries::table.find(id).select(entries::done_at);
    let done_at: Option<chrono::DateTime<chrono::Utc>> = shop.read(|conn| Ok(done_at.first(conn)?));
    done_at.is_some()
}

#[actix_web::test]
async fn whoever_a_task_is_assigned_to_says_that_it_is_done() {
    let shop = Shop::open().await;
    let picker = shop.person(Role::User);
    let (own, other) = (
        shop.task("Sweep", Some(picker.id), None),
        shop.task("Count the till", None, None),
    );
    let user = shop.user().await;

    let page = user
        .submit(
            &format!("/organizer/{}/status", own.id),
            &[("status", "done")],
        )
        .await;
    let refused = user
        .post(
            &format!("/organizer/{}/status", other.id),
            &[("status", "done")],
        )
        .await;

    assert!(page.says("Done") && page.says("status: Open → Done"));
    assert_eq!(refused.status(), 403);
    assert!(
        refused.page().says("who is to do it"),
        "{}",
        refused.summary()
    );
    assert_eq!((done(&shop, own.id), done(&shop, other.id)), (true, false));
    let page = user
        .submit(
            &format!("/organizer/{}/status", own.id),
            &[("status", "open")],
        )
        .await;
    assert!(page.says("status: Done → Open") && !done(&shop, own.id));
}

#[actix_web::test]
async fn chosen_tasks_are_done_and_handed_on_together() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let picker = shop.person(Role::User);
    let tasks = [
        shop.task("Sweep", None, None),
        shop.task("Dust", None, None),
    ];
    let ids = tasks.each_ref().map(|task| task.id.to_string());
    let fields = [("entry", ids[0].as_str()), ("entry", ids[1].as_str())];
    let with = |more: (&'static str, String)| -> Vec<(String, String)> {
        let mut fields: Vec<_> = fields
            .map(|(name, id)| (name.to_owned(), id.to_owned()))
            .into();
        fields.extend([
            (more.0.to_owned(), more.1),
            ("list".to_owned(), "q=s&category=".to_owned()),
        ]);
        fields
    };
    let send = async |path: &str, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        manager.post(path, &fields).await
    };

    let given = send("/organizer/assignee", with(("to", picker.id.to_string()))).await;
    let mine = shop.user().await.page("/organizer?assignee=me").await;
    let finished = send("/organizer/status", with(("status", "done".into()))).await;

    assert_eq!(given.location().as_deref(), Some("/organizer?q=s"));
    assert!(mine.says("Sweep") && mine.says("Dust"), "{}", mine.words());
    assert!(manager.follow(&finished).await.says("2 tasks: saved."));
    let nobody = send("/organizer/assignee", with(("to", String::new()))).await;
    assert!(tasks.iter().all(|task| done(&shop, task.id)));
    assert_eq!(nobody.status(), 422);
}

#[actix_web::test]
async fn many_are_written_in_as_many_statements_as_few() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let few: Vec<EntryId> = (0..2)
        .map(|n| shop.task(&format!("a{n}"), None, None).id)
        .collect();
    let many: Vec<EntryId> = (0..30)
        .map(|n| shop.task(&format!("b{n}"), None, None).id)
        .collect();
    let finish = async |ids: &[EntryId]| {
        let ids: Vec<String> = ids.iter().map(EntryId::to_string).collect();
        let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("entry", id.as_str())).collect();
        fields.push(("status", "done"));
        let reply = manager.post("/organizer/status", &fields).await;
        assert!(reply.location().is_some(), "{}", reply.summary());
    };

    let ((), of_few) = shop.statements_of(finish(&few)).await;
    let ((), of_many) = shop.statements_of(finish(&many)).await;

    assert_eq!(of_few, of_many);
}

#[actix_web::test]
async fn notes_and_what_is_not_there_refuse_to_be_done() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let note = shop.notes(RecordRef::Product(mug.id), "Fragile");
    let task = shop.task("Sweep", None, None);
    let admin = visitor(&shop);
    let finish = |ids: &[EntryId]| {
        let acted = shop.db().write_now(admin.id, |act| {
            Ok(organizer::set_status(act, &admin, ids, To::Done).map(|_| ()))
        });
        acted.expect("the database answers")
    };

    assert_eq!(finish(&[]), Err(Error::NothingChosen));
    assert_eq!(finish(&[note.id, task.id]), Err(Error::NotTasks(1)));
    assert!(!done(&shop, task.id), "all or none");
    assert_eq!(
        finish(&[EntryId::unwritten(1)]),
        Err(Error::Db(diesel::NotFound))
    );
    assert_eq!(finish(&[task.id]), Ok(()));
}

pub fn visitor(shop: &Shop) -> Visitor {
    let admin = shop.person(Role::Admin);
    Visitor {
        session: SessionId::unwritten(1),
        id: admin.id,
        name: admin.name,
        role: Role::Admin,
        rights: Default::default(),
        limit: Default::default(),
        limited_to: String::new(),
        company: String::new(),
        zone: backfill::types::Zone::UTC,
        lacks_second_factor: false,
    }
}
