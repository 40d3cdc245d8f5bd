//! The rules of numbers, with vectors of an independent implementation.

use proptest::prelude::*;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn identity(raw: &str) -> Result<IdentityNumber, &'static str> {
    IdentityNumber::parse(raw, day(2026, 9, 1)).map_err(|it| it.code)
}

/// Made with python-stdnum 2.2 (`stdnum.cn.ric`), which is no part of this repository. The
/// division codes stand for no county, so the numbers belong to nobody. The first two are
/// the examples of the standard.
const IDENTITY_NUMBERS: &[(&str, (i32, u32, u32), Gender)] = &[
    ("11010519491231002X", (1949, 12, 31), Gender::Female),
    ("440524188001010014", (1880, 1, 1), Gender::Male),
    ("650000199112242998", (1991, 12, 24), Gender::Male),
    ("650000199606044318", (1996, 6, 4), Gender::Male),
    ("650000201807260279", (2018, 7, 26), Gender::Male),
    ("910156193511218788", (1935, 11, 21), Gender::Female),
    ("910156196708055955", (1967, 8, 5), Gender::Male),
    ("91184019400210673X", (1940, 2, 10), Gender::Male),
    ("110000194412219345", (1944, 12, 21), Gender::Female),
    ("650000198903100318", (1989, 3, 10), Gender::Male),
    ("820000199603250062", (1996, 3, 25), Gender::Female),
    ("910156196402246425", (1964, 2, 24), Gender::Female),
    ("910156199810133407", (1998, 10, 13), Gender::Female),
    ("990000200410251538", (2004, 10, 25), Gender::Male),
    ("310000197607113111", (1976, 7, 11), Gender::Male),
    ("910156202102063510", (2021, 2, 6), Gender::Male),
    ("810000194005041506", (1940, 5, 4), Gender::Female),
    ("911840196103056718", (1961, 3, 5), Gender::Male),
    ("91184020210811572X", (2021, 8, 11), Gender::Female),
    ("830000194306251922", (1943, 6, 25), Gender::Female),
    ("65000019750208632X", (1975, 2, 8), Gender::Female),
    ("11000019680620871X", (1968, 6, 20), Gender::Male),
    ("91015619430507014X", (1943, 5, 7), Gender::Female),
    ("82000020020812909X", (2002, 8, 12), Gender::Male),
];

/// From the same oracle: one digit changed or two neighbors swapped.
const MISTYPED_IDENTITY_NUMBERS: &[&str] = &[
    "404000194804049134",
    "910156200610093601",
    "910156262007063029",
    "990000124205025680",
    "830000918304080961",
    "310002002105179018",
    "810000193408282221",
    "310000198711026419",
    "820000139002250104",
];

/// From `stdnum.cn.uscc`; its check digit also made the last three, whose letter in front
/// the standard allows and the oracle's format check does not.
const CREDIT_CODES: &[&str] = &[
    "91110000600037341L",
    "511100008H3FAQF09M",
    "93440300WAK94JTGN1",
    "134403007GF9YLF2UQ",
    "31440300UC4Y59CUQ8",
    "314403001UTB122DJU",
    "53440300Q8LQTEJKPN",
    "91440300MUCWAQK86Q",
    "93100000DB54YT6ENG",
    "53110000CW5MD177TY",
    "81310104N813F1M6KP",
    "12440300PXGLGG2AXA",
    "52110000XLK95DMX1U",
    "A1310104NDR7E6PA26",
    "N231010497PBRRUHNY",
    "Y13101046W52L4E3QU",
];

const MISTYPED_CREDIT_CODES: &[&str] = &[
    "31110000RF2Y0F8MJ2",
    "5281010463DMDH1N0Q",
    "31440300HMYE5QRCGR",
    "93900000TRF984GKCH",
    "81180000MLUT3URTG2",
    "51440309CBA0XK7UJL",
    "53110000EGN5KFF2QC",
    "311600002G5CN54WM9",
];

#[test]
fn known_identity_numbers_tell_birth_and_gender() {
    for (text, (year, month, of_month), gender) in IDENTITY_NUMBERS {
        let number = identity(text).unwrap();
        assert_eq!(number.birth_date(), day(*year, *month, *of_month), "{text}");
        assert_eq!(number.gender(), *gender, "{text}");
        assert_eq!(number.reveal(), *text);
    }
    for text in MISTYPED_IDENTITY_NUMBERS {
        assert_eq!(identity(text).err(), Some("wrong_checksum"), "{text}");
    }
}

#[test]
fn each_wrong_identity_number_has_its_own_code() {
    for (text, code) in [
        ("", "wrong_length"),
        ("110105491231002", "wrong_length"),
        ("11010519491231002XX", "wrong_length"),
        ("1101051949123100AX", "wrong_character"),
        ("11010519491231002Y", "wrong_character"),
        ("X1010519491231002X", "wrong_character"),
        ("身份证号码身份证号码身份证号码身份证", "wrong_character"),
        ("110105194912310021", "wrong_checksum"),
        ("310000190002290010", "impossible_birth_date"),
        ("310000199013010019", "impossible_birth_date"),
        ("310000202609020010", "birth_date_in_future"),
    ] {
        // The digits before the last are the point; the last is put right where needed.
        let mended = match (code, check_character(text)) {
            ("impossible_birth_date" | "birth_date_in_future", Some(check)) => {
                format!("{}{}", &text[..17], char::from(check))
            }
            _ => text.to_owned(),
        };
        assert_eq!(identity(&mended).err(), Some(code), "{mended}");
    }
}

#[test]
fn a_child_born_today_has_a_number_and_the_leap_day_exists() {
    for prefix in ["31000020260901001", "31000020240229001"] {
        let check = char::from(check_character(&format!("{prefix}0")).unwrap());
        assert!(identity(&format!("{prefix}{check}")).is_ok(), "{prefix}");
    }
}

#[test]
fn identity_numbers_are_read_as_people_write_them() {
    for raw in [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２ｘ",
        "\u{202D}11010519491231002X\u{202C}",
    ] {
        let number = identity(raw).unwrap();
        assert_eq!(number.reveal(), "11010519491231002X");
        assert!(!format!("{number:?}").contains("1101"), "{number:?}");
    }
}

#[test]
fn years_complete_on_the_birthday() {
    let number = identity("11010519491231002X").unwrap();
    for (on, age) in [((1949, 12, 31), 0), ((1967, 12, 30), 17), ((1967, 12, 31), 18)] {
        assert_eq!(number.age_on(day(on.0, on.1, on.2)), age);
    }
    assert_eq!(number.age_on(day(1900, 1, 1)), 0);
}

#[test]
fn credit_codes_are_checked() {
    for text in CREDIT_CODES {
        assert_eq!(CreditCode::parse(text).unwrap().as_str(), *text);
    }
    assert_eq!(CreditCode::parse(" 9111 0000-600037341ｌ").unwrap().as_str(), "91110000600037341L");
    let wrong = MISTYPED_CREDIT_CODES.iter().map(|it| (*it, "wrong_checksum"));
    let others = [
        ("", "wrong_length"),
        ("9111000060003734", "wrong_length"),
        ("911100006000373410L", "wrong_length"),
        ("9111000060003734IL", "wrong_character"),
        ("91A10000600037341L", "wrong_character"),
        ("9111000060003734公L", "wrong_character"),
    ];
    for (text, code) in wrong.chain(others) {
        assert_eq!(CreditCode::parse(text).unwrap_err().code, code, "{text}");
    }
}

#[test]
fn bank_accounts_are_digits() {
    let account = BankAccount::parse("６２２２ 0212-3456 7890 123").unwrap();
    assert_eq!(account.reveal(), "6222021234567890123");
    assert!(!format!("{account:?}").contains('6'));
    for (text, code) in [
        ("", "wrong_length"),
        ("123456789", "wrong_length"),
        ("1234567890123456789012345678901", "wrong_length"),
        ("62220212345678９0a", "wrong_character"),
        ("工商银行6222021234567890", "wrong_character"),
    ] {
        assert_eq!(BankAccount::parse(text).unwrap_err().code, code, "{text}");
    }
    assert!(BankAccount::parse("1234567890").is_ok());
    assert!(BankAccount::parse("123456789012345678901234567890").is_ok());
}

proptest! {
    #[test]
    fn one_changed_digit_is_always_noticed(
        known in 0..IDENTITY_NUMBERS.len(), place in 0..17_usize, more in 1..10_u8,
    ) {
        let mut text = IDENTITY_NUMBERS[known].0.as_bytes().to_vec();
        text[place] = b'0' + (text[place] - b'0' + more) % 10;
        let text = String::from_utf8(text).unwrap();
        prop_assert_eq!(identity(&text).err(), Some("wrong_checksum"));
    }

    #[test]
    fn swapped_neighbors_in_a_credit_code_are_always_noticed(
        known in 0..CREDIT_CODES.len(), place in 8..16_usize,
    ) {
        let mut text = CREDIT_CODES[known].as_bytes().to_vec();
        prop_assume!(text[place] != text[place + 1]);
        text.swap(place, place + 1);
        prop_assert!(CreditCode::parse(&String::from_utf8(text).unwrap()).is_err());
    }

    #[test]
    fn no_text_makes_parsing_panic(text: String) {
        let _ = identity(&text);
        let _ = CreditCode::parse(&text);
        let _ = BankAccount::parse(&text);
    }
}
