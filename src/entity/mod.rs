//! The schema as types: one module a table, no logic. Only stores name these entities; rules
//! may read the models. What each column is for stands in `migration/`.

mod almanac;
mod cases;
mod deadlines;
mod district;
mod duplicates;
mod hearings;
mod identity;
mod integrity;
mod materials;
mod mediation;
mod mediators;
mod messages;
mod outcomes;
mod papers;
mod search;
mod tracks;
mod trail;

/// The types that columns have.
mod types {
    pub use chrono::{DateTime, NaiveDate, Utc};
    pub use sea_orm::entity::prelude::*;

    pub use crate::words::*;
}

pub use almanac::*;
pub use cases::*;
pub use deadlines::*;
pub use district::*;
pub use duplicates::*;
pub use hearings::*;
pub use identity::*;
pub use integrity::*;
pub use materials::*;
pub use mediation::*;
pub use mediators::*;
pub use messages::*;
pub use outcomes::*;
pub use papers::*;
pub use search::*;
pub use tracks::*;
pub use trail::*;

/// Declares one table's module: `Entity`, `Model`, `ActiveModel`, `Column`.
/// The first column is the primary key, made by the program and never by the database.
macro_rules! entity {
    ($( $(#[$doc:meta])* $module:ident = $table:literal { $key:ident: $key_type:ty, $( $(#[$attr:meta])* $field:ident: $type:ty, )* } )*) => { $(
        $(#[$doc])*
        pub mod $module {
            use crate::entity::types::*;

            #[sea_orm::model]
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub $key: $key_type,
                $( $(#[$attr])* pub $field: $type, )*
            }

            impl ActiveModelBehavior for ActiveModel {}
        }
    )* };
}
pub(crate) use entity;
