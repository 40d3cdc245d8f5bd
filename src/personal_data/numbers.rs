//! Identity numbers, credit codes and bank accounts: parsed once at the edge into types that
//! cannot hold a wrong one, in the one spelling that is stored and indexed.
//!
//! Only form is checked here. There is no list of regions: permits of residents from Hong Kong,
//! Macao and Taiwan (81, 82, 83) and of foreigners (9) have the same form and are as valid.
//! Nor does anything here demand a number: many parties rightly have none of these.

use chrono::NaiveDate;

use super::Sensitive;
use crate::error::Fault;
use crate::language::Text;

/// Why something is not the number it was given as. The sentence never repeats the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFault {
    /// Stable name, `snake_case`.
    pub code: &'static str,
    pub detail: Text,
}

impl NumberFault {
    pub(super) fn new(code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { code, detail: Text::new(zh, en) }
    }

    /// The fault of the field at this JSON pointer.
    pub fn at(self, pointer: impl Into<String>) -> Fault {
        Fault::new(pointer, self.code, self.detail)
    }
}

/// Half-width capitals without spaces and without the invisible marks that come along when a
/// number is copied from a chat or an address book.
pub(super) fn plain(raw: &str) -> String {
    raw.chars()
        .map(half_width)
        .filter(|it| !it.is_whitespace() && !is_invisible(*it))
        .map(|it| it.to_ascii_uppercase())
        .collect()
}

/// A name in the one spelling in which names are compared: half-width, without spaces, and
/// with one dot between the parts of a name for all that look like it. Never shown or stored.
pub fn name_key(name: &str) -> String {
    let dot = |it| if matches!(it, '\u{2022}' | '\u{2027}' | '\u{30FB}') { '\u{B7}' } else { it };
    plain(name).chars().map(dot).collect()
}

fn half_width(it: char) -> char {
    match it {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it),
        _ => it,
    }
}

fn is_invisible(it: char) -> bool {
    matches!(it, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

pub(super) fn is_dash(it: char) -> bool {
    matches!(it, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Gender as the identity number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
}

/// Resident identity number (公民身份号码) of 18 characters, GB 11643-1999.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityNumber {
    text: Sensitive,
    birth_date: NaiveDate,
    gender: Gender,
}

impl IdentityNumber {
    /// Reads a number as people write it. `today` is the station's day: nobody is born later.
    pub fn parse(raw: &str, today: NaiveDate) -> Result<Self, NumberFault> {
        let text = plain(raw);
        if text.chars().count() != 18 {
            return Err(NumberFault::new(
                "wrong_length",
                "身份证号码应为18位；15位的旧号码已停用，请作为其他证件填写。",
                "An identity number has 18 characters; give an old one of 15 digits as another \
                 kind of document.",
            ));
        }
        let Some(check) = check_character(&text) else {
            return Err(NumberFault::new(
                "wrong_character",
                "身份证号码前17位应为数字，末位应为数字或X。",
                "The first 17 characters of an identity number are digits, the last is a digit \
                 or X.",
            ));
        };
        if text.as_bytes()[17] != check {
            return Err(NumberFault::new(
                "wrong_checksum",
                "身份证号码校验位不符，请核对是否有误。",
                "The identity number fails its checksum: at least one character is wrong.",
            ));
        }
        let birth_date = NaiveDate::parse_from_str(&text[6..14], "%Y%m%d").map_err(|_| {
            NumberFault::new(
                "impossible_birth_date",
                "身份证号码中的出生日期不存在。",
                "The date of birth in the identity number does not exist.",
            )
        })?;
        if birth_date > today {
            return Err(NumberFault::new(
                "birth_date_in_future",
                "身份证号码中的出生日期晚于今天。",
                "The date of birth in the identity number is in the future.",
            ));
        }
        let gender =
            if text.as_bytes()[16].is_multiple_of(2) { Gender::Female } else { Gender::Male };
        Ok(Self { text: Sensitive::new(text), birth_date, gender })
    }

    /// The 18 characters, with a capital X.
    pub fn reveal(&self) -> &str {
        self.text.reveal()
    }

    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    pub fn gender(&self) -> Gender {
        self.gender
    }

    /// Completed years of life on a day (Civil Code, arts. 17-20 ask for them).
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        day.years_since(self.birth_date).unwrap_or(0)
    }
}

/// The check character over the first 17 digits (ISO 7064, MOD 11-2); none if the text is not
/// 17 digits and one digit or X.
fn check_character(text: &str) -> Option<u8> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (last, digits) = text.as_bytes().split_last()?;
    if digits.len() != 17 || !(last.is_ascii_digit() || *last == b'X') {
        return None;
    }
    let sum = digits.iter().zip(WEIGHTS).try_fold(0, |sum, (digit, weight)| {
        digit.is_ascii_digit().then(|| sum + u32::from(digit - b'0') * weight)
    })?;
    Some(b"10X98765432"[sum as usize % 11])
}

/// Unified social credit code (统一社会信用代码) of an organization, GB 32100-2015. Public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditCode(String);

impl CreditCode {
    pub fn parse(raw: &str) -> Result<Self, NumberFault> {
        /// Digits and capitals without I, O, S, V and Z.
        const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
        let mut text = plain(raw);
        text.retain(|it| !is_dash(it));
        if text.chars().count() != 18 {
            return Err(NumberFault::new(
                "wrong_length",
                "统一社会信用代码应为18位。",
                "A unified social credit code has 18 characters.",
            ));
        }
        let values: Option<Vec<usize>> =
            text.bytes().map(|it| ALPHABET.iter().position(|known| *known == it)).collect();
        // Places 3 to 8 are the division code of the registering office.
        let values = values.filter(|it| it[2..8].iter().all(|value| *value < 10));
        let Some(values) = values else {
            return Err(NumberFault::new(
                "wrong_character",
                "统一社会信用代码只含数字和大写字母（不含I、O、S、V、Z），第3至8位为数字。",
                "A unified social credit code has only digits and capitals (no I, O, S, V, Z), \
                 and digits in places 3 to 8.",
            ));
        };
        let (mut weight, mut sum) = (1, 0);
        for value in &values[..17] {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        if (31 - sum % 31) % 31 != values[17] {
            return Err(NumberFault::new(
                "wrong_checksum",
                "统一社会信用代码校验位不符，请核对是否有误。",
                "The unified social credit code fails its checksum: at least one character is \
                 wrong.",
            ));
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A bank account or card number: sensitive personal information (PIPL art. 28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount(Sensitive);

impl BankAccount {
    pub fn parse(raw: &str) -> Result<Self, NumberFault> {
        let mut text = plain(raw);
        text.retain(|it| !is_dash(it));
        if !text.bytes().all(|it| it.is_ascii_digit()) {
            return Err(NumberFault::new(
                "wrong_character",
                "银行账号只能包含数字、空格和短横线。",
                "A bank account has only digits, spaces and dashes.",
            ));
        }
        if !(10..=30).contains(&text.len()) {
            return Err(NumberFault::new(
                "wrong_length",
                "银行账号应为10至30位数字。",
                "A bank account has 10 to 30 digits.",
            ));
        }
        Ok(Self(Sensitive::new(text)))
    }

    /// The digits alone.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

#[cfg(test)]
mod tests;
