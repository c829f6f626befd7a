//! Who comes in, and how slowly who guesses.

use actix_web::cookie::SameSite;
use backfill::web::Role;

use super::sign_in;
use crate::support::app::Shop;
use crate::support::make::PASSWORD;

#[actix_web::test]
async fn whoever_signs_in_goes_where_they_wanted() {
    let shop = Shop::open().await;
    let anna = shop.account("anna@shop.example", Role::User);
    let browser = shop.visitor();

    let reply = browser.get("/profile").await;
    let page = browser.follow(&reply).await;
    let form = page
        .form("form")
        .with("email", " Anna@Shop.example ")
        .with("password", PASSWORD);
    let page = browser.submit_form(&form).await;

    assert_eq!(
        reply.location().as_deref(),
        Some("/sign-in?next=%2Fprofile")
    );
    assert!(page.says(&anna.name), "{}", page.words());
    assert!(page.says("anna@shop.example"));
    assert_eq!(page.title(), "Your account \u{b7} Backfill");
}

#[actix_web::test]
async fn an_unknown_account_and_a_wrong_password_sound_the_same() {
    let shop = Shop::open().await;
    shop.account("anna@shop.example", Role::User);
    let browser = shop.visitor();

    let unknown = browser
        .post(
            "/sign-in",
            &[("email", "nobody@shop.example"), ("password", PASSWORD)],
        )
        .await;
    let wrong = browser
        .post(
            "/sign-in",
            &[
                ("email", "anna@shop.example"),
                ("password", "something else"),
            ],
        )
        .await;

    assert_eq!((unknown.status(), wrong.status()), (422, 422));
    assert_eq!(
        unknown.page().text("[role=alert] .notice"),
        wrong.page().text("[role=alert] .notice")
    );
    assert_eq!(wrong.page().field("email").value(), "anna@shop.example");
    assert_eq!(wrong.page().field("password").value(), "");
}

#[actix_web::test]
async fn signing_in_leads_nowhere_else() {
    let shop = Shop::open().await;
    let email = shop.person(Role::User).email;

    for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let browser = shop.visitor();
        let fields = [
            ("email", email.as_str()),
            ("password", PASSWORD),
            ("next", elsewhere),
        ];
        let reply = browser.post("/sign-in", &fields).await;
        let query = serde_urlencoded::to_string([("next", elsewhere)]).expect("text");
        let signed_in = browser.get(&format!("/sign-in?{query}")).await;

        assert_eq!(reply.location().as_deref(), Some("/"), "{elsewhere}");
        assert_eq!(signed_in.location().as_deref(), Some("/"), "{elsewhere}");
    }
}

#[actix_web::test]
async fn another_site_cannot_post_with_our_cookie() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let foreign = [
        user.with_header("Sec-Fetch-Site", "cross-site"),
        user.with_header("Sec-Fetch-Site", "same-site"),
    ];

    for browser in foreign {
        let reply = browser.post("/sign-out", &[]).await;
        assert_eq!(reply.status(), 403);
        assert!(reply.page().says("You are not allowed to do this."));
        assert!(reply.header("content-security-policy").is_some());
    }
    assert_eq!(user.get("/profile").await.status(), 200);
    user.post("/sign-out", &[]).await;
    assert_eq!(user.get("/profile").await.status(), 303);
}

#[actix_web::test]
async fn pages_carry_a_policy_and_are_not_kept() {
    let shop = Shop::open().await;

    let reply = shop.visitor().get("/sign-in").await;

    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}

#[actix_web::test]
async fn the_cookie_is_for_us_alone() {
    let plain = Shop::open().await;
    let secure = Shop::open_with(|config| config.public_url = "https://shop.example".into()).await;

    for (shop, is_secure) in [(&plain, false), (&secure, true)] {
        let email = shop.person(Role::User).email;
        let reply = sign_in(&shop.visitor(), &email).await;
        let cookies = reply.cookies();

        assert_eq!(
            cookies.len(),
            2,
            "the session, and the browser: {cookies:?}"
        );
        for cookie in cookies {
            assert_eq!(cookie.http_only(), Some(true));
            assert_eq!(cookie.secure().unwrap_or_default(), is_secure);
            assert_eq!(cookie.same_site(), Some(SameSite::Lax));
            assert_eq!(cookie.name().starts_with("__Host-"), is_secure);
            assert_eq!((cookie.path(), cookie.domain()), (Some("/"), None));
        }
        assert!(!reply.text().contains(PASSWORD));
    }
}

#[actix_web::test]
async fn a_request_finds_out_who_asks_with_one_statement() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    let (_, events) = shop.statements_of(user.get("/events")).await;
    let (_, style) = shop.statements_of(user.get("/static/x/app.js")).await;
    let health = shop.visitor().get("/healthz").await;

    assert_eq!((events, style), (1, 0));
    assert_eq!((health.status(), health.bytes()), (200, b"ok".as_slice()));
}

#[actix_web::test]
async fn whoever_came_encrypted_never_comes_otherwise() {
    let plain = Shop::open().await;
    let secure = Shop::open_with(|config| config.public_url = "https://shop.example".into()).await;

    for (shop, expected) in [
        (&plain, None),
        (&secure, Some("max-age=63072000; includeSubDomains")),
    ] {
        let reply = shop.visitor().get("/sign-in").await;
        assert_eq!(reply.header("strict-transport-security"), expected);
        assert_eq!(
            reply.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
        assert_eq!(
            reply.header("cross-origin-resource-policy"),
            Some("same-origin")
        );
        let device = reply.header("permissions-policy").expect("a policy");
        assert!(device.contains("camera=()"), "{device}");
    }
}
