//! A certificate for this machine, signed by an authority nobody knows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectAlternativeName};
use openssl::x509::{X509, X509Builder, X509Name};

/// Three files in a folder of their own, which disappears with this value.
pub struct Certificate {
    folder: PathBuf,
}

impl Certificate {
    pub fn create() -> Certificate {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("certificate-{}-{count}", process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made for the certificate");
        let certificate = Certificate { folder };
        certificate.write().expect("a certificate can be made");
        certificate
    }

    /// Who signed it, for those who want to trust it.
    pub fn ca(&self) -> String {
        self.file("ca.pem")
    }

    pub fn certificate(&self) -> String {
        self.file("server.pem")
    }

    pub fn key(&self) -> String {
        self.file("server-key.pem")
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn write(&self) -> Result<(), ErrorStack> {
        let ca_key = key()?;
        let ca_name = name("An authority nobody knows")?;
        let mut ca = builder(&ca_key, &ca_name, &ca_name, 1)?;
        ca.append_extension(BasicConstraints::new().critical().ca().build()?)?;
        ca.append_extension(KeyUsage::new().critical().key_cert_sign().build()?)?;
        ca.sign(&ca_key, MessageDigest::sha256())?;

        let server_key = key()?;
        let mut server = builder(&server_key, &name("localhost")?, &ca_name, 2)?;
        let names = SubjectAlternativeName::new()
            .dns("localhost")
            .ip("127.0.0.1")
            .build(&server.x509v3_context(None, None))?;
        server.append_extension(names)?;
        server.sign(&ca_key, MessageDigest::sha256())?;

        for (file, content) in [
            (self.ca(), ca.build().to_pem()?),
            (self.certificate(), server.build().to_pem()?),
            (self.key(), server_key.private_key_to_pem_pkcs8()?),
        ] {
            fs::write(file, content).expect("a certificate can be written");
        }
        Ok(())
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.folder);
    }
}

fn key() -> Result<PKey<Private>, ErrorStack> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    PKey::from_ec_key(EcKey::generate(&group)?)
}

fn name(common: &str) -> Result<X509Name, ErrorStack> {
    let mut name = X509Name::builder()?;
    name.append_entry_by_text("CN", common)?;
    Ok(name.build())
}

fn builder(
    key: &PKey<Private>,
    subject: &X509Name,
    issuer: &X509Name,
    serial: u32,
) -> Result<X509Builder, ErrorStack> {
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let serial = BigNum::from_u32(serial)?.to_asn1_integer()?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(subject)?;
    builder.set_issuer_name(issuer)?;
    builder.set_pubkey(key)?;
    let (yesterday, tomorrow) = (
        Asn1Time::from_unix(now() - 86_400)?,
        Asn1Time::days_from_now(1)?,
    );
    builder.set_not_before(&yesterday)?;
    builder.set_not_after(&tomorrow)?;
    Ok(builder)
}

fn now() -> i64 {
    chrono::Utc::now().timestamp()
}
