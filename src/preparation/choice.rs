//! What somebody looked at last in order preparation.

use crate::types::{UserId, WarehouseId};

/// A warehouse, and whose parcels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub warehouse: WarehouseId,
    /// [`By::text`].
    pub by: By,
}

/// Whose parcels are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Anybody,
    /// Of whoever looks.
    Me,
    /// Of somebody else.
    User(UserId),
}

impl By {
    /// As a form and the database have it; what is neither stands for anybody.
    pub fn read(text: &str) -> Self {
        match text.trim() {
            "me" => Self::Me,
            id => id.parse().map_or(Self::Anybody, Self::User),
        }
    }

    pub fn text(self) -> String {
        match self {
            Self::Anybody => String::new(),
            Self::Me => "me".to_owned(),
            Self::User(id) => id.to_string(),
        }
    }

    /// Whose they are, seen by somebody; none: anybody's.
    pub fn seen_by(self, visitor: UserId) -> Option<UserId> {
        match self {
            Self::Anybody => None,
            Self::Me => Some(visitor),
            Self::User(id) => Some(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::By;
    use crate::types::UserId;

    #[test]
    fn what_names_nobody_stands_for_anybody() {
        let (me, other) = (UserId::unwritten(1), UserId::unwritten(2));
        let id = other.to_string();
        for (text, whose) in [
            ("", None),
            ("me", Some(me)),
            (id.as_str(), Some(other)),
            ("yes", None),
            ("-", None),
        ] {
            assert_eq!(By::read(text).seen_by(me), whose, "{text}");
        }
        assert_eq!(By::read(&By::User(other).text()), By::User(other));
    }
}
