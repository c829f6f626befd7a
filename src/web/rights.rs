//! What somebody may do beside what their role says.

use std::collections::BTreeMap;

use super::Role;
use crate::types::text_enum;

text_enum! {
    /// What a company gives to some people and not to others of the same role.
    Right {
        /// Deliveries, transfers and what customers send back.
        ReceiveGoods = "receive_goods", "Receive goods";
        /// Units of orders, and orders.
        CancelUnits = "cancel_units", "Cancel units of orders";
        /// Pin lines, move reserved units by hand, change priorities, break sets.
        DecideReserved = "decide_reserved", "Decide about reserved units";
        SendPurchaseOrders = "send_purchase_orders", "Send purchase orders";
        /// Adjust, correct movements, apply counts, reverse receptions.
        CorrectStock = "correct_stock", "Correct stock";
        MailCustomers = "mail_customers", "Write to customers";
        /// Say what lies there, in a count that somebody began.
        Count = "count", "Count";
        /// Units without a scan each, and parcels that were not scanned.
        PackUnscanned = "pack_unscanned", "Pack and ship without scanning";
    }
}

impl Right {
    /// The least role that has it, where nobody said otherwise.
    pub const fn usual(self) -> Role {
        match self {
            Self::MailCustomers | Self::Count => Role::User,
            Self::ReceiveGoods
            | Self::CancelUnits
            | Self::DecideReserved
            | Self::SendPurchaseOrders
            | Self::CorrectStock
            | Self::PackUnscanned => Role::Manager,
        }
    }
}

/// The rights of somebody, where they differ from those of the role: given, or taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights(BTreeMap<Right, bool>);

impl Rights {
    /// Whether somebody of this role has a right. Admins have all, so that they can always give them.
    pub fn allow(&self, role: Role, right: Right) -> bool {
        let usual = role >= right.usual();
        role == Role::Admin || self.of(right).unwrap_or(usual)
    }

    /// Given, taken, or as the role says.
    pub fn of(&self, right: Right) -> Option<bool> {
        self.0.get(&right).copied()
    }

    /// What differs, in words: `Receive goods: yes, Count: no`.
    pub fn in_words(&self) -> String {
        let said = self.0.iter().map(|(right, is_given)| {
            let word = if *is_given { "yes" } else { "no" };
            format!("{}: {word}", right.label())
        });
        let said: Vec<String> = said.collect();
        match said.is_empty() {
            true => "As the role says".into(),
            false => said.join(", "),
        }
    }

    /// Each that differs, and whether it is given.
    pub fn iter(&self) -> impl Iterator<Item = (Right, bool)> {
        self.0.iter().map(|(right, is_given)| (*right, *is_given))
    }
}

impl FromIterator<(Right, bool)> for Rights {
    fn from_iter<T: IntoIterator<Item = (Right, bool)>>(rights: T) -> Self {
        Self(rights.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_is_that_of_the_role_unless_it_is_given_or_taken() {
        let rights: Rights = [(Right::ReceiveGoods, true), (Right::Count, false)]
            .into_iter()
            .collect();

        assert!(rights.allow(Role::User, Right::ReceiveGoods));
        assert!(!rights.allow(Role::Manager, Right::Count));
        assert!(rights.allow(Role::Manager, Right::CorrectStock));
        assert!(!rights.allow(Role::User, Right::CorrectStock));
        assert!(rights.allow(Role::Admin, Right::Count), "admins have all");
        assert_eq!(rights.in_words(), "Receive goods: yes, Count: no");
    }
}
