//! Where a request comes from, as far as it can be known.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv6Addr};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::cookies;
use crate::accounts::token::Token;
use crate::accounts::{Origin, Via};
use crate::config::Config;
use crate::error::Error;

/// Who asks, before anybody knows who it is.
#[derive(Clone)]
pub struct Client {
    pub origin: Origin,
    /// What the browser was given when it signed in before.
    pub token: Option<Token>,
}

impl Client {
    /// For what the owner of an account is told of.
    pub const fn via<'a>(&'a self, config: &'a Config) -> Via<'a> {
        Via {
            config,
            from: &self.origin,
        }
    }
}

impl FromRequest for Client {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trusts = request
            .app_data::<Data<Config>>()
            .is_some_and(|config| config.trust_proxy);
        let agent = request.headers().get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        ready(Ok(Self {
            origin: Origin {
                address: address(request, trusts),
                browser: agent.unwrap_or_default().to_owned(),
            },
            token: cookies::browser(request),
        }))
    }
}

/// Behind a trusted proxy it is the last of `X-Forwarded-For`: the proxy wrote that one, what
/// stands before it anybody could have sent. Whoever has an IPv6 address has 2^64 of them, so
/// only the network counts.
fn address(request: &HttpRequest, trusts_proxy: bool) -> String {
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .filter(|_| trusts_proxy)
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|address| address.trim().parse::<IpAddr>().ok());
    let found = forwarded.or_else(|| request.peer_addr().map(|peer| peer.ip()));
    match found.map(|address| address.to_canonical()) {
        Some(IpAddr::V6(address)) => network(address),
        Some(IpAddr::V4(address)) => address.to_string(),
        None => "unknown".into(),
    }
}

fn network(address: Ipv6Addr) -> String {
    let network = address.to_bits() >> 64 << 64;
    format!("{}/64", Ipv6Addr::from_bits(network))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn behind_proxy(trusts_proxy: bool, forwarded: &str) -> String {
        let request = TestRequest::default()
            .peer_addr(([10, 0, 0, 1], 4000).into())
            .insert_header(("X-Forwarded-For", forwarded))
            .to_http_request();
        address(&request, trusts_proxy)
    }

    #[test]
    fn only_what_a_trusted_proxy_wrote_is_believed() {
        assert_eq!(behind_proxy(false, "1.2.3.4"), "10.0.0.1");
        assert_eq!(behind_proxy(true, "1.2.3.4"), "1.2.3.4");
        assert_eq!(behind_proxy(true, "6.6.6.6, 1.2.3.4"), "1.2.3.4");
        assert_eq!(behind_proxy(true, "nonsense"), "10.0.0.1");
    }

    #[test]
    fn neighbours_in_an_ipv6_network_are_one() {
        assert_eq!(behind_proxy(true, "2001:db8::1:2"), "2001:db8::/64");
        assert_eq!(behind_proxy(true, "2001:db8::7"), "2001:db8::/64");
        assert_eq!(behind_proxy(true, "::ffff:1.2.3.4"), "1.2.3.4");
    }
}
