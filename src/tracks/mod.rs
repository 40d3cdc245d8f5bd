//! The three legal tracks (程序) a case can run on, what follows from each, and the moves between
//! them. [`rules`] is the one table; no other code branches on a track.

mod table;

pub use table::{
    DocumentRule, EndingRule, RecusalRule, Signers, TrackRules, decline_article, rules,
    termination_article,
};
