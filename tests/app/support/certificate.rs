//! A certificate for this machine, signed by an authority nobody knows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rcgen::{BasicConstraints, CertificateParams, DnType, Error, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// What a server shows, and a folder with the authority's own certificate, which disappears with
/// this value.
pub struct Certificate {
    folder: PathBuf,
    shown: rcgen::Certificate,
    key: KeyPair,
}

impl Certificate {
    pub fn create() -> Certificate {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("certificate-{}-{count}", process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made for the certificate");
        let (authority, shown, key) = sign().expect("a certificate can be made");
        let certificate = Certificate { folder, shown, key };
        fs::write(certificate.ca(), authority).expect("a certificate can be written");
        certificate
    }

    /// The file of who signed it, for those who want to trust it.
    pub fn ca(&self) -> String {
        self.folder.join("ca.pem").display().to_string()
    }

    /// For a server of the tests' own.
    pub fn config(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).expect("it is a key");
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![self.shown.der().clone()], key)
            .expect("the key fits the certificate");
        Arc::new(config)
    }

    /// The certificate and its key, for a server that reads files.
    #[cfg(feature = "database-tls")]
    pub fn pem(&self) -> (String, String) {
        (self.shown.pem(), self.key.serialize_pem())
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.folder);
    }
}

/// The authority, the certificate it signed, and the key to that.
fn sign() -> Result<(String, rcgen::Certificate, KeyPair), Error> {
    let mut authority = CertificateParams::default();
    let name = &mut authority.distinguished_name;
    name.push(DnType::CommonName, "An authority nobody knows");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate()?;
    let pem = authority.self_signed(&authority_key)?.pem();

    let key = KeyPair::generate()?;
    let server = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()])?;
    let shown = server.signed_by(&key, &Issuer::new(authority, authority_key))?;
    Ok((pem, shown, key))
}
