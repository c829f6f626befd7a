//! Where a request comes from, as far as it can be known.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv6Addr};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use crate::config::Config;
use crate::error::Error;

/// The address of the client, under which its failed sign-ins are counted.
pub struct ClientAddress(pub String);

impl FromRequest for ClientAddress {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trusts = request
            .app_data::<Data<Config>>()
            .is_some_and(|config| config.trust_proxy);
        ready(Ok(Self(client_address(request, trusts))))
    }
}

/// Behind a trusted proxy it is the last of `X-Forwarded-For`: the proxy wrote that one, what
/// stands before it anybody could have sent. Whoever has an IPv6 address has 2^64 of them, so
/// only the network counts.
fn client_address(request: &HttpRequest, trusts_proxy: bool) -> String {
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .filter(|_| trusts_proxy)
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|address| address.trim().parse::<IpAddr>().ok());
    let address = forwarded.or_else(|| request.peer_addr().map(|peer| peer.ip()));
    match address.map(|address| address.to_canonical()) {
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
        client_address(&request, trusts_proxy)
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
