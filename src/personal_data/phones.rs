//! Telephone numbers in the one spelling that is stored and indexed, however they were written.
//!
//! People leave mobiles, landlines, 400 lines and numbers abroad: anything that may be dialed
//! is kept, and `Phone::kind` lets the caller warn. Only what is clearly no number is refused.

use super::Sensitive;
use super::numbers::{NumberFault, is_dash, plain};

/// A mobile number of the mainland: 11 digits that begin with 13 to 19.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mobile(Sensitive);

impl Mobile {
    pub fn parse(raw: &str) -> Result<Self, NumberFault> {
        let phone = Phone::parse(raw)?;
        if phone.kind == PhoneKind::Mobile {
            return Ok(Self(phone.text));
        }
        Err(NumberFault::new(
            "not_a_mobile",
            "手机号码应为以13至19开头的11位数字。",
            "A mobile number has 11 digits and begins with 13 to 19.",
        ))
    }

    /// The 11 digits.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// What a telephone number looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneKind {
    /// Mainland mobile.
    Mobile,
    /// With an area code, which begins with 0.
    Landline,
    /// Seven or eight digits without an area code.
    LocalLandline,
    /// A 400 or 800 line, or a short number such as 12315 or 95588.
    ServiceLine,
    /// Outside the mainland, written with `+` or `00`.
    Abroad,
    /// Fits none of these; worth a warning, perhaps mistyped.
    Unusual,
}

/// Any telephone number: digits, a leading `+` if abroad, `#` before an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    text: Sensitive,
    kind: PhoneKind,
}

impl Phone {
    pub fn parse(raw: &str) -> Result<Self, NumberFault> {
        /// Longer than any number with its separators.
        const LONGEST: usize = 64;
        let raw = plain(raw);
        if raw.chars().count() > LONGEST {
            return Err(wrong_length());
        }
        let (number, extension) = split_extension(&raw);
        let number = without_country(&number);
        let digits = number.strip_prefix('+').unwrap_or(&number);
        if !digits.bytes().chain(extension.bytes()).all(|it| it.is_ascii_digit()) {
            return Err(NumberFault::new(
                "wrong_character",
                "电话号码只能包含数字、空格、短横线、括号、开头的+号和分机号。",
                "A telephone number has only digits, spaces, dashes, brackets, a leading + and \
                 an extension.",
            ));
        }
        if !(3..=20).contains(&digits.len()) || extension.len() > 8 {
            return Err(wrong_length());
        }
        let kind = kind_of(&number);
        let text = if extension.is_empty() { number } else { format!("{number}#{extension}") };
        Ok(Self { text: Sensitive::new(text), kind })
    }

    /// The stored spelling: `13800138000`, `02163219988#801`, `+442079460000`.
    pub fn reveal(&self) -> &str {
        self.text.reveal()
    }

    /// The same without the extension.
    pub fn without_extension(&self) -> &str {
        self.reveal().split('#').next().unwrap_or_default()
    }

    pub fn kind(&self) -> PhoneKind {
        self.kind
    }
}

fn wrong_length() -> NumberFault {
    NumberFault::new(
        "wrong_length",
        "电话号码应为3至20位数字，分机号最多8位。",
        "A telephone number has 3 to 20 digits, an extension at most 8.",
    )
}

/// Number and extension, without separators. An extension follows 转, `ext.`, `x` or `#`, or is
/// a further short group behind a landline of full length (`021-63219988-801`).
fn split_extension(text: &str) -> (String, String) {
    let unseparated = |it: &str| -> String {
        it.chars().filter(|it| !is_dash(*it) && !matches!(it, '(' | ')' | '.' | '/')).collect()
    };
    for mark in ["转", "轉", "分机", "EXT", "X", "#"] {
        if let Some((number, extension)) = text.split_once(mark) {
            let extension = extension.trim_start_matches(['.', ':', '分', '机']);
            return (unseparated(number), unseparated(extension));
        }
    }
    if let Some((at, dash)) = text.char_indices().rfind(|(_, it)| is_dash(*it)) {
        let (number, extension) = (unseparated(&text[..at]), &text[at + dash.len_utf8()..]);
        let home = without_country(&number);
        let complete = is_toll_free(&home)
            || matches!(kind_of(&home), PhoneKind::Landline | PhoneKind::LocalLandline);
        if complete && (1..=6).contains(&extension.len()) {
            return (number, extension.to_owned());
        }
    }
    (unseparated(text), String::new())
}

/// Takes the mainland's own country code away and writes the others with `+`.
fn without_country(number: &str) -> String {
    let abroad = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
    if let Some(abroad) = abroad {
        return match abroad.strip_prefix("86") {
            // The zero of an area code is left out behind +86.
            Some(home) if home.starts_with('0') => without_country(home),
            Some(home) if is_mobile(home) || is_toll_free(home) => home.to_owned(),
            Some(home) => format!("0{home}"),
            None => format!("+{abroad}"),
        };
    }
    match number.strip_prefix("86") {
        Some(home) if is_mobile(home) => home.to_owned(),
        _ => number.to_owned(),
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

fn is_toll_free(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}

fn kind_of(number: &str) -> PhoneKind {
    let bytes = number.as_bytes();
    match (bytes, bytes.len()) {
        _ if is_mobile(number) => PhoneKind::Mobile,
        _ if is_toll_free(number) => PhoneKind::ServiceLine,
        ([b'+', ..], 8..) => PhoneKind::Abroad,
        ([b'0', b'1' | b'2', ..], 10 | 11) => PhoneKind::Landline,
        ([b'0', b'3'..=b'9', ..], 11 | 12) => PhoneKind::Landline,
        ([b'2'..=b'8', ..], 7 | 8) => PhoneKind::LocalLandline,
        ([b'1' | b'9', ..], 3..=8) => PhoneKind::ServiceLine,
        _ => PhoneKind::Unusual,
    }
}

/// The area code in front of a landline: three digits for 010 and 02x, else four.
pub(super) fn area_code(landline: &str) -> &str {
    let length = if landline.starts_with("01") || landline.starts_with("02") { 3 } else { 4 };
    landline.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phones_are_stored_in_one_spelling() {
        use PhoneKind::*;
        for (raw, expected, kind) in [
            ("13800138000", "13800138000", Mobile),
            (" 138-0013-8000 ", "13800138000", Mobile),
            ("+86 138 0013 8000", "13800138000", Mobile),
            ("(+86)13800138000", "13800138000", Mobile),
            ("0086-13800138000", "13800138000", Mobile),
            ("8613800138000", "13800138000", Mobile),
            ("１３８００１３８０００", "13800138000", Mobile),
            ("\u{202D}138 0013 8000\u{202C}", "13800138000", Mobile),
            ("138—0013—8000", "13800138000", Mobile),
            ("021-63219988", "02163219988", Landline),
            ("（021）6321 9988", "02163219988", Landline),
            ("+86 21 6321 9988", "02163219988", Landline),
            ("021-63219988-801", "02163219988#801", Landline),
            ("021-63219988转801", "02163219988#801", Landline),
            ("021-63219988 ext. 801", "02163219988#801", Landline),
            ("0571-85012345", "057185012345", Landline),
            ("63219988", "63219988", LocalLandline),
            ("6321-9988", "63219988", LocalLandline),
            ("63219988-12", "63219988#12", LocalLandline),
            ("400-820-8820", "4008208820", ServiceLine),
            ("400-820-8820-1", "4008208820#1", ServiceLine),
            ("+86 400 820 8820", "4008208820", ServiceLine),
            ("12315", "12315", ServiceLine),
            ("95588", "95588", ServiceLine),
            ("+44 20 7946 0000", "+442079460000", Abroad),
            ("00852-2123 4567", "+85221234567", Abroad),
            ("1380013800", "1380013800", Unusual),
            ("12345678901", "12345678901", Unusual),
            ("138001380001", "138001380001", Unusual),
        ] {
            let phone = Phone::parse(raw).unwrap();
            assert_eq!((phone.reveal(), phone.kind()), (expected, kind), "{raw}");
            let again = Phone::parse(phone.reveal()).unwrap();
            assert_eq!(again, phone, "{raw}: the stored spelling stays as it is");
        }
    }

    #[test]
    fn what_is_clearly_no_phone_is_refused() {
        for (raw, code) in [
            ("", "wrong_length"),
            ("12", "wrong_length"),
            ("+", "wrong_length"),
            ("123456789012345678901", "wrong_length"),
            ("021-63219988转123456789", "wrong_length"),
            ("无", "wrong_character"),
            ("wechat: abc", "wrong_character"),
            ("138+00138000", "wrong_character"),
            ("张三13800138000", "wrong_character"),
            (&format!("+86{}", "0086".repeat(100_000)), "wrong_length"),
        ] {
            assert_eq!(Phone::parse(raw).unwrap_err().code, code, "{raw}");
        }
    }

    #[test]
    fn a_mobile_is_a_mobile_only() {
        let mobile = Mobile::parse("+86 138-0013-8000").unwrap();
        assert_eq!(mobile.reveal(), "13800138000");
        assert!(!format!("{mobile:?}").contains("138"));
        for raw in ["12800138000", "1380013800", "021-63219988", "4008208820", "+85291234567"] {
            assert_eq!(Mobile::parse(raw).unwrap_err().code, "not_a_mobile", "{raw}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_stable(text: String, dialed in "[+]?[0-9 ()转x#.-]{0,24}") {
            for raw in [text, dialed] {
                if let Ok(phone) = Phone::parse(&raw) {
                    prop_assert_eq!(Phone::parse(phone.reveal()).unwrap(), phone);
                }
            }
        }
    }
}
