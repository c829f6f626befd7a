//! Statements about places side by side.

/// A [`set_based!`](crate::db::set_based!) statement whose `:rows` are places: warehouse `u.w` and
/// product `u.p`.
macro_rules! of_places {
    ($sql:expr, $places:expr $(; $($single:ident: $of:ty = $given:expr),+)? $(,)?) => {
        $crate::db::set_based!(
            $sql,
            $places,
            |place|
            w: diesel::sql_types::BigInt = place.warehouse,
            p: diesel::sql_types::BigInt = place.product
            $(; $($single: $of = $given),+)?
        )
    };
}
pub(super) use of_places;
