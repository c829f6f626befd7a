//! The folder of a private server:
//!
//! | Name | What |
//! |---|---|
//! | `lock` | locked by the copy of Backfill that uses the home |
//! | `postgres/` | PostgreSQL's data folder |
//! | `postgres.new/` | the same, while it is being made |
//! | `server.log` | what the server said since it was last started |
//! | `elsewhere` | the folder that has the last three, if they could not be here |

use std::fs::{self, DirBuilder, File, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::{env, io};

use super::account::Account;
use super::error::{Doing, Error};

/// Linux allows a socket's path 107 bytes and macOS 103; this leaves room for the name of folder and socket.
const LONGEST_SOCKET_PARENT: usize = 60;

pub struct Home {
    path: PathBuf,
    place: PathBuf,
    data: PathBuf,
    lock: File,
}

/// Lets go at once: a program that is just being started beside us would keep the open file, and
/// with it the lock, until it has become itself.
impl Drop for Home {
    fn drop(&mut self) {
        _ = self.lock.unlock();
    }
}

impl Home {
    /// Takes the home for this process alone, until dropped.
    pub fn open(path: &Path) -> Result<Home, Error> {
        fs::create_dir_all(path).doing("create the folder", path)?;
        let path = path.canonicalize().doing("find the folder", path)?;

        let name = path.join("lock");
        let lock = File::options()
            .create(true)
            .append(true)
            .open(&name)
            .doing("open", &name)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse(path)),
            Err(TryLockError::Error(why)) => return Err(why).doing("lock", &name),
        }

        let place = place_of(&path);
        Ok(Home {
            data: place.join("postgres"),
            place,
            path,
            lock,
        })
    }

    /// PostgreSQL's data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    pub fn unfinished_data(&self) -> PathBuf {
        self.place.join("postgres.new")
    }

    pub fn log(&self) -> PathBuf {
        self.place.join("server.log")
    }

    /// Who owns the data, if there is any.
    pub fn owner(&self) -> Option<u32> {
        fs::metadata(&self.data).ok().map(|data| data.uid())
    }

    /// The version of PostgreSQL that wrote the data, if there is any.
    pub fn version(&self) -> Option<String> {
        let version = fs::read_to_string(self.data.join("PG_VERSION")).ok()?;
        Some(version.trim().to_owned())
    }

    /// Everything that goes when the data goes.
    pub fn folders(&self) -> Vec<PathBuf> {
        vec![self.place.clone(), self.path.clone()]
    }

    /// Makes sure the account that will run the server can reach the data, moving new data elsewhere if not.
    pub fn settle(&mut self, account: &Account) -> Result<(), Error> {
        if self.data.exists() {
            let version = self.data.join("PG_VERSION");
            return match fs::read_to_string(&version) {
                Err(why) if why.kind() == io::ErrorKind::NotFound => {
                    Err(Error::NotOurs(self.data.clone()))
                }
                found => found.map(drop).doing("read", &version),
            };
        }
        if account.reaches(&self.place) {
            return Ok(());
        }

        let place = make_place_elsewhere(account)?;
        let note = self.path.join("elsewhere");
        fs::write(&note, place.display().to_string()).doing("write", &note)?;
        self.data = place.join("postgres");
        self.place = place;
        Ok(())
    }

    /// Removes what belongs to us, and the folder if nothing else is in it.
    pub fn remove(self) -> Result<(), Error> {
        remove_tree(&self.data)?;
        remove_tree(&self.unfinished_data())?;
        for file in [
            self.log(),
            self.path.join("elsewhere"),
            self.path.join("lock"),
        ] {
            _ = fs::remove_file(file);
        }
        // A folder that holds something of somebody else stays.
        _ = fs::remove_dir(&self.place);
        _ = fs::remove_dir(&self.path);
        Ok(())
    }
}

/// Where the data of a home lies, without taking the home.
pub fn data_folder(home: &Path) -> PathBuf {
    place_of(home).join("postgres")
}

fn place_of(home: &Path) -> PathBuf {
    match fs::read_to_string(home.join("elsewhere")) {
        Ok(place) => PathBuf::from(place.trim()),
        Err(_) => home.to_owned(),
    }
}

/// A folder of the system's that outlives a restart. Named at random: a later home at the same path is not this one.
fn make_place_elsewhere(account: &Account) -> Result<PathBuf, Error> {
    let parent = ["/var/lib", "/var/tmp"]
        .map(Path::new)
        .into_iter()
        .find(|parent| account.reaches(parent));
    let place = parent.unwrap_or(Path::new("/tmp")).join(random_name());
    make_folder(&place, 0o711).doing("create the folder", &place)?;
    Ok(place)
}

/// A new folder whose path is short enough for a socket in it.
pub fn short_folder(account: &Account, mode: u32) -> Result<PathBuf, Error> {
    let parents = [
        env::temp_dir(),
        PathBuf::from("/tmp"),
        PathBuf::from("/var/tmp"),
    ];
    for parent in parents
        .iter()
        .filter(|parent| is_plain_and_short(parent) && account.reaches(parent))
    {
        let folder = parent.join(random_name());
        if make_folder(&folder, mode).is_ok() {
            return Ok(folder);
        }
    }
    Err(Error::NoSocketFolder)
}

/// The path goes into a setting that is a list, and into a URL.
fn is_plain_and_short(path: &Path) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"/._-+".contains(&letter);
    let path = path.as_os_str().as_encoded_bytes();
    path.len() <= LONGEST_SOCKET_PARENT && path.iter().copied().all(plain)
}

fn random_name() -> String {
    format!("backfill-{:016x}", rand::random::<u64>())
}

/// Fails if it exists: in a folder open to all it could be a trap.
pub fn make_folder(path: &Path, mode: u32) -> io::Result<()> {
    DirBuilder::new().mode(mode).create(path)
}

pub fn remove_tree(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why).doing("remove", path),
        _ => Ok(()),
    }
}
