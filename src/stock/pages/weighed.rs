//! What a form would do to the orders that wait, told beside it before it is posted.

use askama::Template;

use crate::error::Error;
use crate::stock::Effects;
use crate::web::{Result, html};

#[derive(Template)]
#[template(path = "stock/weighed.html")]
struct Weighed {
    title: &'static str,
    /// Or what stands in the way of telling.
    effects: std::result::Result<Effects, String>,
}

/// Answers with who would gain and who would lose; or with what is wrong with the form, as invalid.
///
/// # Errors
/// Those of weighing, but for what is wrong with the form.
pub fn tell_effects(title: &'static str, weighed: Result<Effects>) -> Result {
    match weighed {
        Ok(effects) => html::page(Weighed {
            title,
            effects: Ok(effects),
        }),
        Err(Error::Invalid(errors)) => html::invalid(Weighed {
            title,
            effects: Err(errors.to_string()),
        }),
        Err(error) => Err(error),
    }
}
