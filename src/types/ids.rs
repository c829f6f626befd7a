//! Ids: one type per table, so that an order can never be shipped under the id of a product.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

/// From here on no row has an id.
const UNWRITTEN: i64 = i64::MAX - u32::MAX as i64;

macro_rules! id {
    ($($name:ident),+ $(,)?) => {$(
        #[doc = "Identifies a row; comes from the database or from a URL, never from arithmetic."]
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            Serialize, Deserialize, AsExpression, FromSqlRow,
        )]
        #[diesel(sql_type = BigInt)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The nth of a row that is only thought of, after all that are in the database.
            pub const fn unwritten(nth: u32) -> Self {
                Self(UNWRITTEN + nth as i64)
            }

            /// Whether its row is only thought of.
            pub const fn is_unwritten(self) -> bool {
                self.0 >= UNWRITTEN
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }

        impl<DB: Backend> ToSql<BigInt, DB> for $name
        where
            i64: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                i64::from_sql(bytes).map(Self)
            }
        }
    )+};
}

id!(
    UserId,
    MailId,
    AttachmentId,
    SupplierId,
    ProductId,
    SupplierProductId,
    WarehouseId,
    LocationId,
    ChannelId,
    CustomerId,
    OrderId,
    OrderLineId,
    PurchaseOrderId,
    PurchaseLineId,
    ReceptionId,
    ReceptionLineId,
    ShipmentId,
    CarrierId,
    BatchId,
    ScanId,
    ShipmentLineId,
    ManifestId,
    TransferId,
    TransferLineId,
    CountId,
    CountLineId,
    ReturnId,
    MovementId,
    ImportId,
    StockFileId,
    ShippingRuleId,
    EntryId,
    EntryCategoryId,
    EntryPriorityId,
    EntryStatusId,
    SessionId,
);
