//! A form with a file, read piece by piece so that no file fills the memory.

use actix_multipart::{Field, Multipart};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

use super::legible::legible_fields;
use super::notes;
use crate::error::{Error, Result};
use crate::sheet::{MOST_BYTES, Unreadable};
use crate::types::{Fields, RequestKey};

/// Beyond this an answer is not worth the traffic.
const MOST_DRAINED: usize = 16 * MOST_BYTES;

/// The file that came with a form.
pub struct Uploaded {
    pub name: String,
    /// What it holds, unless it holds too much.
    pub content: Result<Vec<u8>, Unreadable>,
}

impl Uploaded {
    /// What stands for it where forms are compared.
    pub fn print(&self) -> String {
        let content = self.content.as_deref().unwrap_or_default();
        format!("{} {:x}", self.name, Sha256::digest(content))
    }
}

/// Reads a form with its `file`, and of the other fields those named; `key` is one always, and what
/// was read of notes. A file that is too large is read to its end and thrown away: a browser that is
/// cut off while it sends shows no answer.
///
/// # Errors
/// When it is no such form, holds a NUL, or is far too large.
pub async fn read(mut parts: Multipart, named: &[&str]) -> Result<(Fields, Uploaded)> {
    let mut fields = Vec::new();
    let mut file = Uploaded {
        name: String::new(),
        content: Err(Unreadable::Empty),
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
                file.content = bytes(&mut part, MOST_BYTES).await?;
            }
            name if is_wanted(name) => {
                let name = name.to_owned();
                fields.push((name, text(&mut part).await?));
            }
            _ => drop(bytes(&mut part, 0).await?),
        }
    }
    Ok((legible_fields(fields)?, file))
}

async fn text(part: &mut Field) -> Result<String> {
    let bytes = bytes(part, 10_000).await?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn bytes(part: &mut Field, most: usize) -> Result<Result<Vec<u8>, Unreadable>> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(piece) = part.try_next().await.map_err(broken)? {
        length += piece.len();
        if length <= most {
            bytes.extend_from_slice(&piece);
        } else if length > MOST_DRAINED {
            return Err(Error::Refused(Unreadable::TooLarge(length).to_string()));
        } else {
            bytes = Vec::new();
        }
    }
    Ok(if length > most {
        Err(Unreadable::TooLarge(length))
    } else {
        Ok(bytes)
    })
}

fn broken(error: impl std::fmt::Display) -> Error {
    tracing::info!(%error, "an upload did not arrive whole");
    Error::Refused("The file did not arrive whole. Please send it again.".into())
}
