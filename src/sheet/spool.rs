//! Bytes that are kept without filling the memory.

use std::fmt;
use std::io::{self, Cursor, Read, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use tempfile::{SpooledData, SpooledTempFile};

/// More than this is kept in a file without a name, which is gone with the last who holds it.
const IN_MEMORY: usize = 64 * 1024;

/// Bytes that can be read as often as it takes; cheap to clone.
#[derive(Clone)]
pub struct Spool(Arc<Kept>);

struct Kept {
    data: SpooledData,
    length: usize,
}

/// What becomes a [`Spool`], written piece by piece.
pub struct Spooling {
    file: SpooledTempFile,
    length: usize,
}

impl Default for Spooling {
    fn default() -> Self {
        Self {
            file: SpooledTempFile::new(IN_MEMORY),
            length: 0,
        }
    }
}

impl Spooling {
    /// Adds a piece.
    ///
    /// # Errors
    /// When the disk takes no more.
    pub fn add(&mut self, piece: &[u8]) -> io::Result<()> {
        self.length += piece.len();
        self.file.write_all(piece)
    }

    pub fn finish(self) -> Spool {
        Spool(Arc::new(Kept {
            data: self.file.into_inner(),
            length: self.length,
        }))
    }
}

impl Spool {
    /// How many bytes it holds.
    pub fn length(&self) -> usize {
        self.0.length
    }

    /// The bytes from here on, as far as they go: fewer than asked for at the end only.
    ///
    /// # Errors
    /// When the disk does not give them back.
    pub fn part(&self, from: usize, length: usize) -> io::Result<Vec<u8>> {
        let end = from.saturating_add(length).min(self.length());
        let mut bytes = vec![0; end.saturating_sub(from)];
        match &self.0.data {
            SpooledData::InMemory(held) => {
                bytes.copy_from_slice(&held.get_ref()[from.min(end)..end])
            }
            SpooledData::OnDisk(file) => file.read_exact_at(&mut bytes, from as u64)?,
        }
        Ok(bytes)
    }

    /// All of it in pieces of at most so many bytes.
    pub fn pieces(&self, length: usize) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        let begins = (0..self.length()).step_by(length);
        begins.map(move |from| self.part(from, length))
    }

    /// All of it, for what is known to be small.
    ///
    /// # Errors
    /// When the disk does not give it back.
    pub fn to_vec(&self) -> io::Result<Vec<u8>> {
        self.part(0, self.length())
    }

    pub fn reader(&self) -> impl Read {
        Reading { of: self, at: 0 }
    }
}

/// Of a file, what is read next.
struct Reading<'s> {
    of: &'s Spool,
    at: usize,
}

impl Read for Reading<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(self.of.length() - self.at);
        match &self.of.0.data {
            SpooledData::InMemory(held) => {
                into[..length].copy_from_slice(&held.get_ref()[self.at..self.at + length]);
            }
            SpooledData::OnDisk(file) => file.read_exact_at(&mut into[..length], self.at as u64)?,
        }
        self.at += length;
        Ok(length)
    }
}

impl From<Vec<u8>> for Spool {
    /// What is in memory already stays there.
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Kept {
            length: bytes.len(),
            data: SpooledData::InMemory(Cursor::new(bytes)),
        }))
    }
}

impl From<String> for Spool {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<&str> for Spool {
    fn from(text: &str) -> Self {
        text.as_bytes().to_vec().into()
    }
}

impl fmt::Debug for Spool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spool({} bytes)", self.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_bytes_and_many_are_given_back_as_they_were() {
        for many in [0, 1_000, IN_MEMORY + 10_000] {
            let bytes: Vec<u8> = (0..many).map(|at| (at % 251) as u8).collect();
            let mut spooling = Spooling::default();
            for piece in bytes.chunks(777) {
                spooling.add(piece).expect("there is room");
            }

            let spool = spooling.finish();

            let (mut read, mut again) = (Vec::new(), Vec::new());
            spool.reader().read_to_end(&mut read).expect("it is there");
            for piece in spool.pieces(500) {
                again.extend(piece.expect("it is there"));
            }
            assert!(read == bytes && again == bytes, "{many}");
        }
    }
}
