//! Where orders and customers come from.

use diesel::prelude::*;

use crate::schema::channels;
use crate::types::ChannelId;

/// A shop, a marketplace, or orders written by hand: numbers are unique within it.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = channels)]
pub struct Channel {
    pub id: ChannelId,
    pub name: String,
    /// Orders written by hand stand in it, under numbers of ours; no file does.
    pub is_own: bool,
}
