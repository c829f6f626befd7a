pub mod cluster;
#[cfg(feature = "database-tls")]
mod encryption;
mod patience;
mod readiness;
mod standby;
