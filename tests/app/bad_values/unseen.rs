//! Forms of the table of access that no page of the busy shop shows.

use super::found::Route;
use crate::support::make::PASSWORD;

/// What no page of the busy shop sends: what people do before they are signed in, what is offered only after
/// something else was done, and what a program asks for by itself.
pub const UNSEEN: &[(Route, &[(&str, &str)])] = &[
    (("get", "/favicon.ico"), &[]),
    (("get", "/sign-in/code"), &[("next", "/orders")]),
    (("get", "/new-password"), &[("token", "unknown")]),
    (("get", "/products/{id}/queue/{line}/undo"), &[]),
    (
        ("get", "/shipments/packing-slips.pdf"),
        &[("shipment", "1")],
    ),
    (("post", "/shipments/shipped"), &[("shipment", "1")]),
    (
        ("post", "/carriers/{id}/tracking/confirmation"),
        &[("agreed", "76be"), ("content", "ref,number\nSH-000001,7\n")],
    ),
    (
        ("post", "/sign-in"),
        &[
            ("email", "owner@shop.example"),
            ("password", "wrong"),
            ("next", "/orders"),
        ],
    ),
    (
        ("post", "/sign-in/code"),
        &[("code", "123456"), ("next", "/orders")],
    ),
    (
        ("post", "/forgotten-password"),
        &[("email", "owner@shop.example")],
    ),
    (
        ("post", "/new-password"),
        &[
            ("token", "unknown"),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ],
    ),
    (
        ("post", "/profile/second-factor/codes"),
        &[("current", PASSWORD)],
    ),
    (
        ("post", "/profile/second-factor/removal"),
        &[("current", PASSWORD)],
    ),
    (("post", "/profile/sessions/{id}/end"), &[]),
    (("post", "/profile/sessions/end"), &[]),
    (("post", "/users/{id}/second-factor/removal"), &[]),
    (("post", "/users/{id}/enabling"), &[]),
    (
        ("post", "/walks/{walk}/bin"),
        &[
            ("key", "76be999e3e25b2a0"),
            ("product", "1"),
            ("from", "1"),
            ("location", "2"),
        ],
    ),
    (("get", "/packing/{id}/packages/{number}"), &[]),
    (("post", "/packing/aside"), &[("key", "76be999e3e25b2a0")]),
    (
        ("post", "/packing/{id}/undo"),
        &[("key", "76be999e3e25b2a1"), ("warehouse", "1")],
    ),
    (
        ("post", "/packing/{id}/lines/{line}"),
        &[
            ("key", "76be999e3e25b2a2"),
            ("warehouse", "1"),
            ("change", "1"),
        ],
    ),
    (
        ("post", "/packing/{id}/packages"),
        &[("key", "76be999e3e25b2a3"), ("warehouse", "1")],
    ),
    (
        ("post", "/packing/{id}/packages/{number}"),
        &[
            ("key", "76be999e3e25b2a4"),
            ("weight", "1.5"),
            ("length", "1"),
            ("width", "1"),
            ("height", "1"),
        ],
    ),
    (
        ("post", "/packing/{id}/shipped"),
        &[("key", "76be999e3e25b2a5")],
    ),
    (("post", "/products/{id}/restoration"), &[]),
    (("post", "/products/{id}/suppliers/{link}/primary"), &[]),
    (
        ("post", "/products/{id}/queue/{line}/undo"),
        &[("reason", "As agreed")],
    ),
    (("post", "/suppliers/{id}/restoration"), &[]),
    (("post", "/organizer/{id}/restoration"), &[]),
    (
        ("post", "/orders/{id}/knows"),
        &[("seen", "76be999e3e25b2a0")],
    ),
    (("post", "/mails/{id}/retry"), &[]),
    (
        ("post", "/locations/import/confirmation"),
        &[
            ("warehouse", "1"),
            ("agreed", "76be"),
            ("content", "code\nC-01\n"),
        ],
    ),
];
