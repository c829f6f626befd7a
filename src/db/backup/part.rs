//! A file that is being written: it gets its name when it is whole.

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::Error;
use crate::db::cluster::Doing;

/// Goes when it is dropped unfinished.
pub struct Part<'a> {
    path: PathBuf,
    file: &'a Path,
    may_replace: bool,
}

impl<'a> Part<'a> {
    /// Begins, beside the file that it will be; readable by nobody else, for it holds what people sign
    /// in with.
    pub fn of(file: &'a Path, may_replace: bool) -> Result<Part<'a>, Error> {
        let mut path = file.as_os_str().to_owned();
        path.push(format!(".{:08x}.part", rand::random::<u32>()));
        let part = Part {
            path: path.into(),
            file,
            may_replace,
        };
        part.refuse_taken()?;
        File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part.path)
            .doing("write", &part.path)?;
        Ok(part)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name; how many bytes there are.
    pub fn finish(self) -> Result<u64, Error> {
        // Somebody else may have written it meanwhile.
        self.refuse_taken()?;
        fs::rename(&self.path, self.file).doing("name", self.file)?;
        let written = fs::metadata(self.file).doing("find", self.file)?;
        Ok(written.len())
    }

    fn refuse_taken(&self) -> Result<(), Error> {
        match self.may_replace || self.file.symlink_metadata().is_err() {
            true => Ok(()),
            false => Err(Error::Taken(self.file.to_owned())),
        }
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.path);
    }
}
