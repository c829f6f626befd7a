//! Argon2id in memory that is kept: every hash needs 12 MiB, which an allocator would hand out anew for
//! each thread and keep. One hash is made at a time; however many people sign in, another core is free.

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{Error, Result};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use rand::RngExt;

/// What guessing costs: 12 MiB and three passes, which OWASP's *Password Storage Cheat Sheet* counts as much
/// as 19 MiB and two. A hash that says otherwise is checked as it says.
const MEMORY_KIB: u32 = 12 * 1024;
const PASSES: u32 = 3;

/// What all hashes are made in, one after the other.
static MEMORY: Mutex<Vec<Block>> = Mutex::new(Vec::new());

/// The hash to store, with a salt of its own, in the notation of the PHC.
///
/// # Errors
/// None that a password could cause.
pub(super) fn hash(password: &str) -> Result<String> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)?;
    let salt = Salt::new(&rand::rng().random::<u128>().to_be_bytes())?;
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(salt),
        hash: Some(output(password, &Argon2::from(&params), &salt)?),
    };
    Ok(hash.to_string())
}

/// Whether a hash was made of this password, by what the hash says of its making.
pub(super) fn is_of(password: &str, hash: &str) -> bool {
    // Their comparison takes as long wherever they differ.
    let same = || {
        let hash = PasswordHash::new(hash)?;
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
        let version = hash
            .version
            .map(Version::try_from)
            .transpose()?
            .unwrap_or_default();
        let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash)?);
        let salt = hash.salt.ok_or(Error::SaltInvalid)?;
        Ok::<_, Error>(Some(output(password, &argon2, &salt)?) == hash.hash)
    };
    same().unwrap_or(false)
}

fn output(password: &str, argon2: &Argon2<'_>, salt: &[u8]) -> Result<Output> {
    let params = argon2.params();
    let mut bytes = [0; Output::MAX_LENGTH];
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let bytes = &mut bytes[..length.min(Output::MAX_LENGTH)];
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let blocks = params.block_count().max(memory.len());
    memory.resize(blocks, Block::default());
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, bytes, &mut memory[..])?;
    Ok(Output::new(bytes)?)
}
