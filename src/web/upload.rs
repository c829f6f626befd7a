//! A form with a file, read piece by piece so that no file fills the memory.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::{FutureExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use super::legible::legible_fields;
use super::notes;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::sheet::{MOST_BYTES, Spool, Spooling, Unreadable};
use crate::types::{Fields, RequestKey};

/// Beyond this an answer is not worth the traffic.
const MOST_DRAINED: usize = 16 * MOST_BYTES;
/// A file may take as long as so many forms.
const FORMS: u32 = 20;
/// What a field other than the file says at most.
const MOST_SAID: usize = 10_000;

/// A form with a file, as it arrives.
pub struct Arriving {
    parts: Multipart,
    /// How long it may take to arrive.
    time: Duration,
    /// How many bytes its browser says that it sends.
    announced: Option<usize>,
}

impl FromRequest for Arriving {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let length = request.headers().get(CONTENT_LENGTH);
        let announced = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let parts = Multipart::from_request(request, payload).now_or_never();
        let parts = parts.unwrap_or_else(|| Err(Error::Failure("a form waits".into()).into()));
        let config = request.app_data::<Data<Config>>();
        let time = config.map_or(Duration::MAX, |config| config.form_time * FORMS);
        ready(parts.map(|parts| Self {
            parts,
            time,
            announced,
        }))
    }
}

/// The file that came with a form.
pub struct Uploaded {
    pub name: String,
    /// What it holds, unless it holds too much.
    pub content: Result<Spool, Unreadable>,
    sum: Sha256,
}

impl Uploaded {
    /// What stands for it where forms are compared.
    pub fn print(&self) -> String {
        format!("{} {:x}", self.name, self.sum.clone().finalize())
    }

    /// What it holds, where it is small enough to be held.
    pub fn bytes(&self) -> Result<Vec<u8>, Unreadable> {
        Ok(self.content.as_ref().map_err(Clone::clone)?.to_vec()?)
    }
}

/// Reads a form with its `file`, and of the other fields those named; `key` is one always, and what
/// was read of notes. A file that is too large is read to its end and thrown away as it comes: a
/// browser that is cut off while it sends shows no answer.
///
/// # Errors
/// When it is no such form, holds a NUL, or is far too large.
pub async fn read(arriving: Arriving, named: &[&str]) -> Result<(Fields, Uploaded)> {
    refuse_far_too_large(arriving.announced.unwrap_or(0))?;
    let gathered = timeout(arriving.time, gathered(arriving.parts, named));
    gathered.await.map_err(|_| Error::Stalled)?
}

async fn gathered(mut parts: Multipart, named: &[&str]) -> Result<(Fields, Uploaded)> {
    let mut fields = Vec::new();
    let mut file = Uploaded {
        name: String::new(),
        content: Err(Unreadable::Empty),
        sum: Sha256::new(),
    };
    let is_wanted =
        |name: &str| name == RequestKey::FIELD || name == notes::READ || named.contains(&name);
    while let Some(mut part) = parts.try_next().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "file" => {
                let called = part
                    .content_disposition()
                    .and_then(|head| head.get_filename());
                file.name = called.unwrap_or_default().to_owned();
                file.content = spooled(&mut part, MOST_BYTES, &mut file.sum).await?;
            }
            name => {
                let (name, is_wanted) = (name.to_owned(), is_wanted(name));
                let said = spooled(&mut part, MOST_SAID, &mut Sha256::new()).await?;
                if is_wanted {
                    fields.push((name, text(said)));
                }
            }
        }
    }
    Ok((legible_fields(fields)?, file))
}

fn text(said: Result<Spool, Unreadable>) -> String {
    let bytes = said.and_then(|said| Ok(said.to_vec()?)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a part holds; the first that is too much lets go of all of it.
async fn spooled(
    part: &mut Field,
    most: usize,
    sum: &mut Sha256,
) -> Result<Result<Spool, Unreadable>> {
    let (mut kept, mut length) = (Ok(Spooling::default()), 0_usize);
    while let Some(piece) = part.try_next().await.map_err(broken)? {
        length += piece.len();
        refuse_far_too_large(length)?;
        if length > most {
            kept = Err(Unreadable::TooLarge(length));
        } else if let Ok(spooling) = &mut kept {
            sum.update(&piece);
            if let Err(full) = spooling.add(&piece) {
                kept = Err(full.into());
            }
        }
    }
    Ok(kept.map(Spooling::finish))
}

fn refuse_far_too_large(length: usize) -> Result<()> {
    if length > MOST_DRAINED {
        return Err(Error::Refused(Unreadable::TooLarge(length).to_string()));
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> Error {
    tracing::info!(%error, "an upload did not arrive whole");
    Error::Refused("The file did not arrive whole. Please send it again.".into())
}
