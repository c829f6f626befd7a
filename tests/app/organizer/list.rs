//! The page that lists all notes and tasks.

use backfill::organizer::{self, EntryInput, EntryKind};
use backfill::types::RecordRef;
use backfill::web::Role;
use chrono::{Days, Utc};

use crate::support::app::Shop;
use crate::support::requests::Browser;

async fn listed(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.page(&format!("/organizer{query}")).await;
    page.texts("a.row-link")
}

#[actix_web::test]
async fn it_is_narrowed_to_what_somebody_looks_for() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let order = shop.sells("SO-1", &mug, 1);
    let me = shop.person(Role::User);
    let today = Utc::now().date_naive();
    let day = |days: u64| today.checked_add_days(Days::new(days));
    shop.task("Late", Some(me.id), today.pred_opt());
    shop.task("Now", Some(me.id), Some(today));
    shop.task("Soon", None, day(5));
    shop.task("Some day", None, None);
    shop.notes(RecordRef::Order(order), "Call first");
    let heavy = EntryInput {
        text: "It weighs 40 % more".into(),
        ..shop.entry(EntryKind::Note, "Mug")
    };
    shop.writes(Some(RecordRef::Product(mug.id)), &heavy);
    let user = shop.user().await;

    assert_eq!(
        listed(&user, "").await,
        ["Late", "Now", "Soon", "Some day", "Call first", "Mug"]
    );
    for (query, expected) in [
        ("?assignee=me", vec!["Late", "Now"]),
        ("?assignee=nobody&kind=task", vec!["Soon", "Some day"]),
        ("?due=due", vec!["Late", "Now"]),
        ("?due=overdue", vec!["Late"]),
        ("?due=week", vec!["Late", "Now", "Soon"]),
        ("?on=order", vec!["Call first"]),
        ("?on=none&due=overdue", vec!["Late"]),
        ("?kind=note", vec!["Call first", "Mug"]),
        ("?q=40+%25+mug", vec!["Mug"]),
        ("?q=nothing", vec![]),
        ("?status=done", vec![]),
        ("?status=4", vec![]),
        ("?category=2", vec![]),
        ("?priority=2&assignee=me", vec!["Late", "Now"]),
        (
            "?category=sense&due=none",
            vec!["Late", "Now", "Soon", "Some day", "Call first", "Mug"],
        ),
    ] {
        assert_eq!(listed(&user, query).await, expected, "{query}");
    }
    let query = format!("?record=order:{order}");
    assert_eq!(listed(&user, &query).await, ["Call first"]);
    let page = user.page(&format!("/organizer{query}")).await;
    assert!(page.says("Only what is written about Order SO-1"));
    let page = user.page("/organizer?due=overdue").await;
    assert!(page.says("overdue") && page.has("a[aria-current]"));
}

#[actix_web::test]
async fn pages_follow_each_other_without_a_gap() {
    let shop = Shop::open().await;
    let today = Utc::now().date_naive();
    for n in 0..120 {
        let day = (n % 3 > 0).then(|| today + Days::new(n % 7));
        shop.task(&format!("Task {n}"), None, day);
    }
    let user = shop.user().await;

    for sort in [
        "",
        "sort=-due&",
        "sort=changed&",
        "sort=-changed&",
        "sort=priority&",
        "sort=-priority&",
    ] {
        let mut seen = vec![];
        let mut next = format!("?{sort}");
        loop {
            let page = user.page(&format!("/organizer{next}")).await;
            seen.extend(page.texts("a.row-link"));
            let Some(link) = page.attribute("a[rel=next]", "href") else {
                break;
            };
            next = link;
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "{sort}");
    }
}

#[actix_web::test]
async fn what_matters_most_stands_first_where_the_head_says_so() {
    let shop = Shop::open().await;
    let written = |label: &str, priority: usize| {
        // The list offers them from the highest to the lowest.
        let choices = shop.read(|conn| Ok(organizer::choices(conn)?));
        let task = EntryInput {
            priority: choices.priorities[priority].id,
            ..shop.entry(EntryKind::Task, label)
        };
        shop.writes(None, &task)
    };
    written("Normal", 2);
    written("Low", 3);
    written("Urgent", 0);
    written("High", 1);
    let user = shop.user().await;
    let page = user.page("/organizer").await;

    let falling = page.link("Priority");
    let page = user.page(&format!("/organizer{falling}")).await;
    let rising = page.link("Priority");

    assert_eq!(
        page.texts("a.row-link"),
        ["Urgent", "High", "Normal", "Low"]
    );
    let sorted = page.text("th[aria-sort=descending]");
    assert_eq!(sorted, "Priority");
    assert_eq!(
        listed(&user, &rising).await,
        ["Low", "Normal", "High", "Urgent"]
    );
}

#[actix_web::test]
async fn its_file_holds_what_the_filter_shows() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.notes(RecordRef::Product(mug.id), "=Fragile");
    shop.task("Sweep", None, None);
    let user = shop.user().await;

    let file = user.get("/organizer.csv?kind=note").await.text();

    let lines: Vec<&str> = file.lines().collect();
    assert!(lines[0].contains("label,kind,text,about,record"), "{file}");
    assert_eq!(lines.len(), 2, "{file}");
    assert!(lines[1].starts_with("'=Fragile,Note,,Product MUG,product:"));
}

#[actix_web::test]
async fn a_long_list_costs_as_many_statements_as_a_short_one() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let mug = shop.new_product("MUG");
    shop.notes(RecordRef::Product(mug.id), "Fragile");
    let (_, of_one) = shop.statements_of(user.page("/organizer")).await;

    for n in 0..20 {
        let product = shop.new_product(&format!("MUG-{n}"));
        shop.notes(RecordRef::Product(product.id), "Fragile");
    }
    let (_, of_many) = shop.statements_of(user.page("/organizer")).await;

    assert_eq!(of_one, of_many);
}
