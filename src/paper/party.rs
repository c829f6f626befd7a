//! Who stands on a paper: the company, and whom it writes to.

/// Somebody a paper names: a supplier, a customer, a warehouse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// As it is written on an envelope, one entry per line; empty entries are left out.
    pub address: Vec<String>,
}

/// The company whose paper it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub name: String,
    pub address: Vec<String>,
    /// What stands small at the foot of every page: telephone, e-mail, VAT number.
    pub details: Vec<String>,
}
