//! What a form is asked before it is saved: who would lose units by it, and is that meant?

use crate::stock::Effects;
use crate::types::FieldErrors;
use crate::web::Result;

/// Who would gain and who would lose by what is about to be saved; nothing where nobody is asked.
#[derive(Debug, Default)]
pub struct Asked {
    /// What stands over it.
    pub sentence: String,
    pub effects: Option<Effects>,
}

impl Asked {
    /// What `weigh` tells, of a form that was not saved because orders would lose by it.
    ///
    /// # Errors
    /// Those of `weigh`.
    pub fn about(errors: &FieldErrors, weigh: impl FnOnce() -> Result<Effects>) -> Result<Self> {
        match errors.get("agreed") {
            "" => Ok(Self::default()),
            sentence => Ok(Self {
                sentence: sentence.to_owned(),
                effects: Some(weigh()?),
            }),
        }
    }
}
