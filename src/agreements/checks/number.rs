//! The number of a check: 80 bits by chance in the letters of Crockford's base32, which people
//! read and type without mistaking one for another. Pure, but for the chance.

use crate::error::{Error, Result};

/// Without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// So many digits of a hash are printed, and do; or all of them.
pub(super) const SHORT_HASH: usize = 16;
const WHOLE_HASH: usize = 64;

/// A number that nobody can guess.
pub(in crate::agreements) fn new_number() -> Result<String> {
    let mut chance = [0; LENGTH];
    getrandom::fill(&mut chance).map_err(Error::internal)?;
    let letter = |it: u8| char::from(LETTERS[usize::from(it % 32)]);
    Ok(grouped(chance.into_iter().map(letter)))
}

fn grouped(letters: impl Iterator<Item = char>) -> String {
    let mut number = String::new();
    for (place, letter) in letters.enumerate() {
        if place > 0 && place % GROUP == 0 {
            number.push('-');
        }
        number.push(letter);
    }
    number
}

/// The number as it is kept, however it was typed; None for what is no number.
pub(super) fn read(typed: &str) -> Option<String> {
    let mut letters = Vec::new();
    for letter in typed.chars().filter(|it| !is_gap(*it)) {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = u8::try_from(letter).is_ok_and(|it| LETTERS.contains(&it));
        if !known || letters.len() == LENGTH {
            return None;
        }
        letters.push(letter);
    }
    (letters.len() == LENGTH).then(|| grouped(letters.into_iter()))
}

/// Whether what was typed is the hash, or the part of it that is printed.
pub(super) fn is_hash(typed: &str, text_hash: &str) -> bool {
    let digits: String =
        typed.chars().filter(|it| !is_gap(*it)).map(|it| it.to_ascii_lowercase()).collect();
    let fits = digits.len() == SHORT_HASH || digits.len() == WHOLE_HASH;
    fits && text_hash.get(..digits.len()) == Some(digits.as_str())
}

/// What people put between groups.
fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || letter == '-'
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_number_is_sixteen_letters_in_groups_and_like_no_other() {
        let all: BTreeSet<String> = (0..1_000).map(|_| new_number().unwrap()).collect();
        assert_eq!(all.len(), 1_000);
        let mut seen = BTreeSet::new();
        for number in &all {
            let groups: Vec<&str> = number.split('-').collect();
            assert!(groups.len() == 4 && groups.iter().all(|it| it.len() == 4), "{number}");
            assert_eq!(read(number).as_ref(), Some(number));
            seen.extend(number.bytes().filter(|it| *it != b'-'));
        }
        assert_eq!(seen, LETTERS.iter().copied().collect(), "every letter comes up");
    }

    #[test]
    fn a_number_is_read_however_it_was_typed() {
        let number = Some("0123-4567-89AB-1VWX".to_owned());
        for typed in [
            "0123-4567-89AB-1VWX",
            "0123456789AB1VWX",
            "o123 4567 89ab lvwx",
            " O123-4567-89aB-iVwx ",
        ] {
            assert_eq!(read(typed), number, "{typed}");
        }
        for typed in ["", "0123-4567-89AB-1VW", "0123-4567-89AB-1VWXY", "U123-4567-89AB-1VWX", "号"]
        {
            assert_eq!(read(typed), None, "{typed}");
        }
        assert_eq!(read(&"0".repeat(1_000_000)), None);
    }

    #[test]
    fn a_hash_is_whole_or_as_it_is_printed() {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        for (typed, expected) in [
            (hash, true),
            (&hash[..16], true),
            ("9F86 D081 884C 7D65", true),
            ("9f86-d081-884c-7d65", true),
            (&hash[..15], false),
            (&hash[..32], false),
            ("", false),
            ("9f86d081884c7d66", false),
            (&format!("{hash}0"), false),
            ("九f86d081884c7d6", false),
        ] {
            assert_eq!(is_hash(typed, hash), expected, "{typed}");
        }
    }
}
