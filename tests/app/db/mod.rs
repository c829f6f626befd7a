mod cluster;
#[cfg(feature = "database-tls")]
mod encryption;
