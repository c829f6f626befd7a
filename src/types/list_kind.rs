//! The lists that notes and tasks choose from.

use super::text_enum;

text_enum! {
    /// What notes and tasks choose from.
    ListKind {
        Categories = "categories", "Categories";
        Priorities = "priorities", "Priorities";
        Statuses = "statuses", "Statuses";
    }
}

impl ListKind {
    /// Whether what it offers has a colour.
    pub fn has_tone(self) -> bool {
        self != Self::Categories
    }

    /// Whether what it offers may mean that nothing is left to do.
    pub fn has_end(self) -> bool {
        self == Self::Statuses
    }

    /// What an entry has of it, as its history says it.
    pub const fn of_an_entry(self) -> &'static str {
        match self {
            Self::Categories => "category",
            Self::Priorities => "priority",
            Self::Statuses => "status",
        }
    }

    /// What stands for it where records have an id; stored, so none ever changes.
    pub const fn id(self) -> i64 {
        match self {
            Self::Categories => 1,
            Self::Priorities => 2,
            Self::Statuses => 3,
        }
    }

    /// The list of an id.
    pub fn of_id(id: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|list| list.id() == id)
    }
}
