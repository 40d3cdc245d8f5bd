//! Sums and days that parties ask about at the table: refunds of prepaid cards, punitive damages,
//! returns within seven days, interest, amounts in words. Each answer shows every step with its
//! article, what was taken for granted and what it does not decide. About no case; nothing is
//! written. All files but `api` and `service` are pure.

mod amount;
mod api;
mod capitals;
mod checks;
#[cfg(test)]
mod fixture;
mod input;
mod interest;
mod prepaid;
mod printing;
mod punitive;
mod rates;
mod returns;
mod service;
mod seven_days;
mod views;
mod working;

pub(crate) use amount::yuan;
pub use api::CalculatorsApi;
pub(crate) use capitals::{find_capitals, in_capitals};
pub use printing::Calculation;
pub(crate) use printing::printed;
