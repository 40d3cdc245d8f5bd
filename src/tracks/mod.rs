//! The three legal tracks (程序) a case can run on, what follows from each, and the moves between
//! them. [`rules`] is the one table; no other code branches on a track.

mod api;
mod reasons;
mod service;
mod store;
mod table;
mod views;

pub use api::TracksApi;
pub(crate) use reasons::{check_decline_reason, check_termination_reason};
pub use table::{
    DocumentRule, EndingRule, RecusalRule, Regime, Signers, TrackRules, articles, decline_article,
    destination, rules, termination_article,
};
