//! Whether a proxy stands before this server although nobody said so: all who come through it look like
//! one address then, and are slowed down together when one of them guesses passwords.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;

use crate::config::Config;

/// Remembers the first request that came through a proxy nobody trusts.
#[derive(Debug, Clone, Default)]
pub struct Proxy(Arc<AtomicBool>);

impl Proxy {
    /// Whether one was seen.
    pub fn was_seen(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Looks at a request; the first that tells is told to the log.
    pub(super) fn watch(request: &ServiceRequest) {
        if !request.headers().contains_key("x-forwarded-for") {
            return;
        }
        let trusts = |config: &Data<Config>| config.trust_proxy;
        let (config, proxy) = (
            request.app_data::<Data<Config>>(),
            request.app_data::<Data<Self>>(),
        );
        let Some(proxy) = proxy.filter(|_| !config.is_some_and(trusts)) else {
            return;
        };
        if !proxy.0.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "requests come through a proxy, and TRUST_PROXY is not set: everybody behind it counts \
                 as one address"
            );
        }
    }
}
