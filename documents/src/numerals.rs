//! Numbers and days as papers write them.

use chrono::{Datelike, NaiveDate};

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// `二〇二六年十一月二十三日`.
pub fn day_in_words(day: NaiveDate) -> String {
    let year: String = day
        .year()
        .to_string()
        .chars()
        .map(|it| it.to_digit(10).map_or(it, |digit| DIGITS[digit as usize]))
        .collect();
    format!("{year}年{}月{}日", in_words(day.month() as usize), in_words(day.day() as usize))
}

/// `2026年11月23日`.
pub fn day_in_figures(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Blanks where the day is not known yet.
pub(crate) fn day_or_blank(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "　　　　年　　月　　日".to_owned(), day_in_figures)
}

/// Counting numbers below ten thousand: `十一`, `一百二十`, `一千〇五`. Above, figures.
pub fn in_words(number: usize) -> String {
    const UNITS: [&str; 4] = ["", "十", "百", "千"];
    match number {
        0 => return "〇".to_owned(),
        10_000.. => return number.to_string(),
        _ => {}
    }
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let digit = number / 10_usize.pow(place) % 10;
        if digit == 0 {
            gap = !words.is_empty();
            continue;
        }
        if gap {
            words.push('〇');
            gap = false;
        }
        let ten_alone = digit == 1 && place == 1 && words.is_empty();
        if !ten_alone {
            words.push(DIGITS[digit]);
        }
        words.push_str(UNITS[place as usize]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_spoken() {
        for (number, words) in [
            (0, "〇"),
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (23, "二十三"),
            (40, "四十"),
            (100, "一百"),
            (101, "一百〇一"),
            (110, "一百一十"),
            (1005, "一千〇五"),
            (1050, "一千〇五十"),
            (10_000, "10000"),
        ] {
            assert_eq!(in_words(number), words, "{number}");
        }
    }

    #[test]
    fn days_are_written_both_ways() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(day_in_words(day), "二〇二六年十一月二十三日");
        assert_eq!(day_in_figures(day), "2026年11月23日");
        assert_eq!(day_or_blank(None), "　　　　年　　月　　日");
    }
}
