//! How long the law gives, and when it is over: the rules as data with their time of validity,
//! the counting of days, and its explanation. The files `rules`, `counting`, `bounds` and
//! `explanation` are pure. Which deadlines a case has, and how they stand, is `running`.

mod almanac;
mod api;
mod bounds;
mod calculator;
mod counting;
mod explanation;
mod input;
mod rule_set;
mod rules;
mod running;
mod service;
mod store;
mod views;

#[cfg(test)]
mod tests;

pub use almanac::{Almanac, AlmanacCache};
pub use api::DeadlinesApi;
pub use bounds::Assumptions;
pub use counting::{CountedDay, Counting, Due, Pause, Period, Why, count};
pub use explanation::{Sentence, explain, readable_text, replay};
pub use rule_set::RuleSet;
pub use rules::{Article, Extension, Rule, Warning, Wording};
pub use running::{Progress, RunningDeadlinesApi, Swept, sweep};
pub(crate) use running::{keep, keep_of_clue, watch};
pub(crate) use service::install;
