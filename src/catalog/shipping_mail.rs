//! Whether and how customers are told that a parcel left: a part of the one row of the company.

use diesel::prelude::*;

use crate::db::Act;
use crate::schema::company;

/// What the company says about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, HasQuery, AsChangeset)]
#[diesel(table_name = company)]
pub struct ShippingMail {
    #[diesel(column_name = shipping_mail)]
    pub is_wanted: bool,
    /// With fields such as `{order}`; empty: the usual.
    #[diesel(column_name = shipping_mail_subject)]
    pub subject: String,
    /// The same of the text.
    #[diesel(column_name = shipping_mail_text)]
    pub text: String,
    /// `Name <address>`: [`Config::mail_from`](crate::config::Config::mail_from) as it was when this was saved.
    #[diesel(column_name = shipping_mail_sender)]
    pub sender: String,
}

pub fn shipping_mail(conn: &mut PgConnection) -> QueryResult<ShippingMail> {
    ShippingMail::query().first(conn)
}

pub fn set_shipping_mail(act: &mut Act<'_>, says: &ShippingMail) -> QueryResult<()> {
    diesel::update(company::table)
        .set(says)
        .execute(act.conn())?;
    Ok(())
}
