//! Personal data: what is sealed before it is stored, how it is found again, and how little of
//! it is shown (PIPL arts. 51 and 59; Regulation on Network Data Security, art. 9).
//!
//! - [`vault`] seals values for one place in the database and makes the blind index by which a
//!   sealed phone or identity number is found again without being opened.
//! - [`numbers`] parses identity numbers, credit codes and bank accounts at the edge, [`phones`]
//!   telephone numbers.
//! - [`mask`] shortens values for people who need not see the whole of them.
//!
//! Nothing here decides who may see what (`crate::access` does), and nothing here logs.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

mod key_file;
pub mod mask;
pub mod numbers;
pub mod phones;
pub mod vault;

pub use key_file::VaultError;
pub use numbers::{BankAccount, CreditCode, Gender, IdentityNumber, NumberFault};
pub use phones::{Mobile, Phone, PhoneKind};
pub use vault::Vault;

/// Text that must not reach a log, an error or a snapshot: printing it shows nothing, and its
/// memory is wiped when it is dropped.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Sensitive(String);

impl Sensitive {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Named so that every use can be found and questioned.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl fmt::Display for Sensitive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_a_sensitive_text_shows_nothing_of_it() {
        let name = Sensitive::new("张三丰");
        assert_eq!(
            format!("{name} {name:?} {:?}", Some(&name)),
            "[redacted] [redacted] Some([redacted])"
        );
        assert_eq!(name.reveal(), "张三丰");
    }
}
