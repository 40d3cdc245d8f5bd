//! Whether somebody holds the paper of an agreement that is in force: asked by anybody who has it,
//! by the number and the hash that are printed on it. Nothing else is ever told, and whatever is
//! wrong, the answer is the same.

mod api;
mod number;
mod service;

pub use api::AgreementChecksApi;
pub(super) use number::new_number;
pub(crate) use service::is_in_force;

use crate::entity::agreement;
use crate::settings::Settings;

/// Where a paper can be checked, and by what: to be printed on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CheckAddress {
    /// The page, whole.
    pub address: String,
    /// In groups of four.
    pub number: String,
    /// The beginning of the text's SHA-256.
    pub short_hash: String,
}

/// None before the text is locked, and of an agreement by word of mouth.
pub(crate) fn check_address(
    settings: &Settings,
    agreement: &agreement::Model,
) -> Option<CheckAddress> {
    let number = agreement.check_number.clone()?;
    let short_hash = agreement.text_hash.as_ref()?.get(..number::SHORT_HASH)?.to_owned();
    let address = format!("{}/verify/{number}/{short_hash}", settings.public_url);
    Some(CheckAddress { address, number, short_hash })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::fixture::{HASH, locked};

    #[test]
    fn a_paper_says_where_it_can_be_checked() {
        let mut settings = Settings::for_tests(std::path::Path::new("data"), None);
        settings.public_url = "https://huijie.example.cn".to_owned();
        let found = check_address(&settings, &locked()).unwrap();
        assert_eq!(
            found.address,
            "https://huijie.example.cn/verify/0123-4567-89AB-CDEF/9f86d081884c7d65"
        );
        assert_eq!(
            (found.number.as_str(), &found.short_hash),
            ("0123-4567-89AB-CDEF", &HASH[..16].to_owned())
        );
        let draft = agreement::Model { check_number: None, text_hash: None, ..locked() };
        assert_eq!(check_address(&settings, &draft), None);
    }
}
