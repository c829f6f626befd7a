//! Channels, all and one.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::lower;
use crate::sales::Channel;
use crate::schema::channels;
use crate::types::ChannelId;

/// All of them, ours first, then by name.
pub fn channels(conn: &mut PgConnection) -> QueryResult<Vec<Channel>> {
    Channel::query()
        .order((channels::is_own.desc(), lower(channels::name)))
        .load(conn)
}

/// One of them.
pub fn channel(conn: &mut PgConnection, id: ChannelId) -> QueryResult<Channel> {
    Channel::query().filter(channels::id.eq(id)).first(conn)
}

/// That of what is written by hand; there is always one.
pub fn own_channel(conn: &mut PgConnection) -> QueryResult<Channel> {
    Channel::query().filter(channels::is_own).first(conn)
}

/// What they are called.
pub fn channel_names(conn: &mut PgConnection) -> QueryResult<HashMap<ChannelId, String>> {
    let all = channels(conn)?.into_iter();
    Ok(all.map(|channel| (channel.id, channel.name)).collect())
}
