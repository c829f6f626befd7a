//! The driver itself, on a small page with the difficulties of real ones: things that come late, lie under others, are
//! called alike, or replace the page.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

use super::Page;
use super::tab::Tab;
use crate::support::served::Served;

const ORDERS: &str = r#"<!doctype html><title>Orders</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">
<nav><a href="/orders">Orders</a> <a href="/stock">Stock</a></nav>
<label for="sku">SKU</label> <input id="sku" name="sku" value="OLD">
<label>Status <select><option>Any</option><option value="s">Shipped</option></select></label>
<label>Required by <input type="date" id="date"></label>
<label class="box"><input type="checkbox" id="urgent"> Urgent</label>
<label>Prices <input type="file" id="file"></label>
<table><tr><td>1042</td><td><button>Prepare</button></td></tr><tr><td>1051</td><td><button>Prepare</button></td></tr></table>
<button id="later">Load more</button> <button id="ask">Cancel order</button> <button id="covered">Below</button>
<p class="hidden">Nobody reads this</p> <p id="said"></p>
<dialog><button id="yes">Confirm</button></dialog>
<script src="/script.js"></script>"#;

const STYLE: &str =
    ".hidden { visibility: hidden } .box input { appearance: none; width: 0; height: 0; margin: 0 }
nav { text-transform: uppercase } .cover { position: fixed; inset: 0; background: white }";

const SCRIPT: &str = r##"
const $ = (selector) => document.querySelector(selector);
const say = (text) => { $("#said").textContent = text; };
document.querySelectorAll("td button").forEach((button) => {
  button.onclick = () => say("preparing " + button.closest("tr").cells[0].textContent);
});
$("#later").onclick = () => setTimeout(() => say("came late"), 300);
$("#ask").onclick = () => $("dialog").showModal();
$("#yes").onclick = () => { $("dialog").close(); say("cancelled"); };
$("#urgent").onchange = (event) => say(event.target.checked ? "urgent" : "not urgent");
$("#sku").onchange = (event) => say("sku " + event.target.value);
$("#file").onchange = (event) => event.target.files[0].text().then(say);
$("#covered").onclick = () => say("reached");
document.onkeydown = (event) => { if (event.key === "?" && event.target === document.body) say("the keys"); };
if (location.search === "?covered") {
  const cover = document.createElement("div");
  cover.className = "cover";
  document.body.append(cover);
  setTimeout(() => cover.remove(), 300);
}
if (location.search === "?broken") throw new Error("out of order");
"##;

fn served() -> Served {
    async fn orders() -> HttpResponse {
        HttpResponse::Ok()
            .content_type(ContentType::html())
            .insert_header((
                CONTENT_SECURITY_POLICY,
                "default-src 'self'; img-src 'self' data:",
            ))
            .body(ORDERS)
    }
    async fn stock(request: HttpRequest) -> HttpResponse {
        let known = request.cookie("seen").is_some();
        HttpResponse::Ok()
            .content_type(ContentType::html())
            .insert_header(("set-cookie", "seen=1"))
            .body(format!(
                "<title>Stock</title><link rel=icon href='data:,'><h1>Stock</h1><p>{}",
                if known { "again" } else { "first visit" }
            ))
    }
    Served::start(|listener| {
        let app = || {
            App::new()
                .route("/orders", web::get().to(orders))
                // With an icon: a page without one makes Chromium ask for /favicon.ico some time later, and that
                // would be one more error.
                .default_service(web::to(|| async {
                    HttpResponse::NotFound()
                        .content_type(ContentType::html())
                        .body("<title>Nothing</title><link rel=icon href='data:,'><p>Nothing here")
                }))
                .route("/stock", web::get().to(stock))
                .route(
                    "/style.css",
                    web::get()
                        .to(|| async { HttpResponse::Ok().content_type("text/css").body(STYLE) }),
                )
                .route(
                    "/script.js",
                    web::get().to(|| async {
                        HttpResponse::Ok()
                            .content_type("text/javascript")
                            .body(SCRIPT)
                    }),
                )
        };
        Ok(HttpServer::new(app)
            .workers(1)
            .disable_signals()
            .listen(listener)?
            .run())
    })
}

fn open(path: &str) -> Option<(Served, Page)> {
    let served = served();
    let page = super::open(served.url())?;
    page.goes_to(path);
    Some((served, page))
}

fn open_impatiently(path: &str) -> Option<(Served, Page)> {
    let served = served();
    let tab = Tab::with_patience(super::browser()?, Duration::from_millis(200));
    let page = Page::of(tab, served.url());
    page.goes_to(path);
    Some((served, page))
}

/// Only for complaints that come at once: what is merely not there is waited for.
fn refusal(act: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(act)).expect_err("it is refused");
    panic.downcast_ref::<String>().expect("it says why").clone()
}

#[test]
fn a_person_finds_things_by_what_is_written_on_them() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };

    page.fills("SKU", "MUG");
    page.chooses("Status", "Shipped");
    page.fills("Required by", "2026-12-24");
    page.in_row("1051").clicks("Prepare");

    page.sees("preparing 1051");
    page.within("#said").does_not_see("1042");
    assert_eq!(page.value_of("SKU"), "MUG");
    assert_eq!(page.value_of("Status"), "Shipped");
    assert_eq!(page.value_of("Required by"), "2026-12-24");
    assert_eq!(page.text_of("#said"), "preparing 1051");
}

#[test]
fn what_comes_late_is_waited_for() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };

    page.clicks("Load more");

    page.sees("came late");
}

#[test]
fn what_lies_under_something_is_clicked_once_it_is_free() {
    let Some((_served, page)) = open("/orders?covered") else {
        return;
    };

    page.clicks("Below");

    page.sees("reached");
}

#[test]
fn an_open_dialog_is_all_there_is() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };
    page.does_not_see("Confirm");
    page.clicks_at("#ask");
    page.does_not_see("Load more");

    page.clicks("Confirm");

    page.sees("cancelled");
    page.sees("Load more");
}

#[test]
fn what_is_hidden_or_not_chosen_is_not_read() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };

    page.does_not_see("Nobody reads this");
    page.does_not_see("Shipped");
    page.sees("Any");
    page.sees("Orders Stock");
}

#[test]
fn a_box_drawn_by_a_style_is_checked_at_its_label() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };

    page.checks("Urgent");
    page.sees("urgent");
    page.checks("Urgent");
    page.unchecks("Urgent");

    page.sees("not urgent");
}

#[test]
fn keys_are_pressed_where_the_person_is() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };

    page.presses("?");
    page.sees("the keys");
    page.fills("SKU", "");
    page.scans_into_the_field("5601");

    page.sees("sku 5601");
    page.types("#sku", "?");
    assert_eq!(page.value_of("SKU"), "5601?");
}

#[test]
fn a_file_is_attached() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prices.csv");
    fs::write(&file, "MUG;3").expect("the folder is writable");

    page.attaches("Prices", &file);

    page.sees("MUG;3");
}

#[test]
fn links_lead_to_other_pages_and_visitors_share_no_cookies() {
    let Some((served, page)) = open("/orders") else {
        return;
    };
    page.clicks("Stock");
    page.is_at("/stock");
    page.sees("first visit");
    page.goes_to("/stock");
    page.sees("again");

    let Some(other) = super::open(served.url()) else {
        return;
    };
    other.goes_to("/stock");

    other.sees("first visit");
}

#[test]
fn an_ambiguous_name_is_refused_with_what_there_is() {
    let Some((_served, page)) = open_impatiently("/orders") else {
        return;
    };

    let refusal = refusal(|| page.clicks("Prepare"));

    assert!(
        refusal.contains("2 things are called so: Prepare, Prepare"),
        "{refusal}"
    );
    assert!(refusal.contains("a picture: "), "{refusal}");
}

#[test]
fn what_never_comes_is_said_with_what_is_there_instead() {
    let Some((_served, page)) = open_impatiently("/stock") else {
        return;
    };

    let refusal = refusal(|| page.sees("Reserved"));

    assert!(
        refusal.contains("expected that \"Reserved\" is seen"),
        "{refusal}"
    );
    assert!(refusal.contains("first visit"), "{refusal}");
}

#[test]
fn a_broken_script_fails_the_test() {
    let Some((_served, page)) = open("/orders?broken") else {
        return;
    };

    let refusal = refusal(|| drop(page));

    assert!(refusal.contains("out of order"), "{refusal}");
}

#[test]
fn a_picture_shows_the_window_in_its_size() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window.png");
    page.is_sized(820, 1180);

    page.screenshot(&file);

    let picture = fs::read(file).expect("it was taken");
    assert_eq!(&picture[..4], b"\x89PNG");
    assert_eq!(&picture[16..24], [0, 0, 3, 52, 0, 0, 4, 156]);
}

#[test]
fn what_is_missing_or_forbidden_is_on_the_console() {
    let Some((_served, page)) = open("/orders") else {
        return;
    };
    page.goes_to("/nothing-here");

    let errors = page.console_errors();

    assert!(
        errors.iter().any(|error| error.contains("404")),
        "{errors:?}"
    );
    assert_eq!(page.console_errors(), Vec::<String>::new());
}
