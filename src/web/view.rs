//! Pages, as the desk answers with them.

use askama::Template;

use super::Shell;
use crate::types::{FieldErrors, Fields};

/// A page, and the parts of it that htmx may ask for alone.
pub trait View: Template + Send + 'static {
    /// The part that takes the place of an element; none: the whole page answers.
    fn part(&self, _element: &str) -> Option<askama::Result<String>> {
        None
    }

    /// The form the page is about, with its title in a dialog; none: it is about something else.
    fn form(&self) -> Option<(String, askama::Result<String>)> {
        None
    }
}

/// What a form page is made of, the first time and again: the frame, what was typed, and what is
/// wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The frame around the page.
    pub shell: Shell,
    /// What was typed, or what the link to the form says.
    pub typed: Fields,
    /// What is wrong with it.
    pub errors: FieldErrors,
}

impl Sheet {
    /// Nothing is wrong yet.
    pub fn new(shell: Shell, typed: Fields) -> Self {
        Self {
            shell,
            typed,
            errors: FieldErrors::default(),
        }
    }
}

/// Declares how a page is answered: `view!(List; results => as_results)` has a block that takes the
/// place of the element `results` (or `"its-results"`, where the name is no identifier);
/// `view!(Edit as form title)` is about a form, called `title()` in a dialog.
macro_rules! view {
    ($page:ty $(as form $title:ident)? $(; $element:tt => $block:ident)*) => {
        impl $crate::web::View for $page {
            $(fn form(&self) -> Option<(String, askama::Result<String>)> {
                Some((self.$title().to_string(), askama::Template::render(&self.as_form())))
            })?

            fn part(&self, element: &str) -> Option<askama::Result<String>> {
                match element {
                    $($crate::web::element!($element) => Some(askama::Template::render(&self.$block())),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use view;

/// The id of an element, as [`view!`] is told it.
macro_rules! element {
    ($id:literal) => {
        $id
    };
    ($id:ident) => {
        stringify!($id)
    };
}
pub(crate) use element;
