//! Codes sent to a signer's phone: six digits that are good for a few minutes, a few tries and one
//! text. Whoever tells one has signed that text (Electronic Signature Law 13). Only a keyed hash of
//! a code is kept; the code itself leaves in a message and stands nowhere else.

mod rules;
mod service;
mod store;
mod views;

pub(crate) use service::lacking_gateway;
pub(super) use service::{Redeemed, keep_wrong_try, redeem, send};
pub(super) use views::SigningCode;
