//! Locations out of a file: seen, agreed to, applied.

use super::{known, lie, range, shelf, walk};
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::{Browser, Reply};

async fn sends(admin: &Browser, content: &str) -> Reply {
    let page = admin.page("/locations/import").await;
    let form = page.form("#upload");
    let fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .filter(|(name, _)| name != "file")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let file = ("file", "locations.csv", content.as_bytes());
    admin.upload("/locations/import", &fields, file).await
}

async fn sees(admin: &Browser, content: &str) -> Page {
    let reply = sends(admin, content).await;
    assert_eq!(reply.status(), 200, "{}", reply.summary());
    reply.page()
}

#[actix_web::test]
async fn what_the_list_exports_changes_nothing_when_it_comes_back() {
    let shop = Shop::open().await;
    range(&shop, "A-01", "A-60");
    shelf(&shop, "-B \"7\"", "=Hall, left", 5);
    let admin = shop.admin().await;

    let file = admin.get("/locations.csv?state=all").await.text();
    let page = sees(&admin, &file).await;

    assert!(page.says("61 unchanged"), "{}", page.words());
    assert!(page.says("nothing is to be done"));
    assert!(!page.has("#confirm"));
}

#[actix_web::test]
async fn every_change_is_seen_and_nothing_is_written_before_it_is_agreed_to() {
    let shop = Shop::open().await;
    shelf(&shop, "A-01", "Hall", 5);
    range(&shop, "A-02", "A-03");
    let admin = shop.admin().await;

    let page = sees(
        &admin,
        "code;zone;capacity;active\nA-01;Cellar;;yes\na-02;;;no\nA-03;;;\nB-01;Hall;9;\n",
    )
    .await;
    let before = walk(&shop).len();
    let done = admin.submit_form(&page.form("#confirm")).await;

    let changed = page.table("Changed locations");
    assert_eq!(
        changed.row("A-01").cell("Changes"),
        "Zone: Hall \u{2192} Cellar ; Capacity: 5 \u{2192} not said"
    );
    assert_eq!(
        changed.row("A-02").cell("Changes"),
        "State: in use \u{2192} archived"
    );
    let new = page.table("New locations");
    let row = new.row("B-01");
    assert_eq!(
        (row.cell("Line"), row.cell("Barcode"), row.cell("Walk")),
        ("5", "MAIN-B-01", "40")
    );
    assert!(page.says("1 unchanged"));
    assert!(
        page.says("Apply 1 new one and 2 changes"),
        "{}",
        page.words()
    );
    assert_eq!(before, 3);
    assert!(
        done.says("1 location added, 2 changed."),
        "{}",
        done.words()
    );
    assert_eq!(known(&shop, "A-01").zone, "Cellar");
    assert!(!known(&shop, "A-02").is_active);
    assert!(
        admin
            .page(&known(&shop, "A-02").path())
            .await
            .says("Archived")
    );
    assert_eq!(
        known(&shop, "B-01").capacity.map(|units| units.get()),
        Some(9)
    );
}

#[actix_web::test]
async fn bad_lines_are_named_with_their_line_and_left_out() {
    let shop = Shop::open().await;
    let held = shelf(&shop, "A-01", "", 5);
    range(&shop, "A-02", "A-03");
    lie(&shop, &[(&shop.new_product("MUG"), 7, &held)]);
    let admin = shop.admin().await;

    let page = sees(
        &admin,
        "code,barcode,kind,walk,capacity,active,warehouse\n\
         A-01,,,,,no,\n\
         ,,,,,,\n\
         \u{c9},,,,,,\n\
         B-01,MAIN-A-02,,,,,\n\
         B-02,,cupboard,,,,\n\
         B-03,,,-1,,,\n\
         B-04,,,,many,,\n\
         B-05,,,,,perhaps,\n\
         B-06,,,,,,EAST\n\
         B-07,X-1,,,,,MAIN\n\
         B-07,,,,,,\n\
         B-08,X-1,,,,,\n",
    )
    .await;

    let bad = page.table("Bad lines");
    assert_eq!(
        bad.column("Line"),
        ["2", "4", "5", "6", "7", "8", "9", "10", "12", "13"]
    );
    for (line, why) in [
        ("A-01", "Goods lie there"),
        ("\u{c9}", "A barcode cannot hold"),
        ("B-01", "The barcode MAIN-A-02 is that of location A-02."),
        ("B-02", "is none of dock, shelf, packing, quarantine"),
        ("B-03", "Walk: enter a whole number"),
        ("B-04", "Capacity: "),
        ("B-05", "is neither yes nor no"),
        ("B-06", "It says warehouse EAST"),
        ("B-07", "Line 11 names it already."),
        ("B-08", "Line 11 names this barcode already."),
    ] {
        let row = bad.row(line);
        assert!(row.cell("Why it is left out").contains(why), "{row:?}");
    }
    assert!(
        page.says("Apply 1 new one without 10 bad lines"),
        "{}",
        page.words()
    );
    admin.submit_form(&page.form("#confirm")).await;
    assert_eq!(walk(&shop).len(), 4);
}

#[actix_web::test]
async fn what_changed_meanwhile_must_be_seen_again() {
    let shop = Shop::open().await;
    range(&shop, "A-01", "A-02");
    let admin = shop.admin().await;
    let page = sees(&admin, "code,zone\nA-01,Hall\nB-01,Hall\n").await;
    range(&shop, "B-01", "B-01");

    let reply = admin.send(&page.form("#confirm")).await;

    assert_eq!(reply.status(), 422, "{}", reply.summary());
    let again = reply.page();
    assert!(
        again.says("Meanwhile locations changed"),
        "{}",
        again.words()
    );
    assert!(known(&shop, "A-01").zone.is_empty());
    assert_eq!(
        again.table("Changed locations").column("Code"),
        ["A-01", "B-01"]
    );
    let done = admin.submit_form(&again.form("#confirm")).await;
    assert!(
        done.says("0 locations added, 2 changed."),
        "{}",
        done.words()
    );
}

#[actix_web::test]
async fn a_file_that_is_none_of_locations_is_refused_in_words() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let large = format!("code\n{}", "A-0123456789\n".repeat(50_000));

    for (content, why) in [
        ("", "The file is empty."),
        ("PK\u{3}\u{4}", "not a CSV file"),
        (
            "name,age\nAda,36\n",
            "one of them is code. Found: name, age.",
        ),
        ("code\n", "no line below them"),
        (&*large, "at most 512 kB"),
    ] {
        let reply = sends(&admin, content).await;

        assert_eq!(reply.status(), 422, "{}", reply.summary());
        assert!(reply.page().says(why), "{}", reply.page().words());
    }
}

#[actix_web::test]
async fn a_long_file_is_applied_in_as_many_statements_as_a_short_one() {
    let shop = Shop::open().await;
    range(&shop, "A-0001", "A-0500");
    let admin = shop.admin().await;
    let applied = async |rows: std::ops::RangeInclusive<u32>, zone: &str| {
        let lines = rows.map(|at| format!("A-{at:04},{zone}\nN{zone}{at},\n"));
        let page = sees(&admin, &format!("code,zone\n{}", lines.collect::<String>())).await;
        shop.statements_of(admin.send(&page.form("#confirm")))
            .await
            .1
    };

    let short = applied(1..=1, "One").await;
    let long = applied(1..=500, "Hall").await;

    assert_eq!(short, long);
    assert_eq!(walk(&shop).len(), 1_001);
}
