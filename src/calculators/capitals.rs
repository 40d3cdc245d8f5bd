//! Amounts in words (大写金额): writing them as the rules for bills and settlement vouchers have
//! it, and reading what people wrote. Pure.

use super::amount::MOST_FEN;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Within four digits.
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];

/// Of four digits each.
const GROUPS: [&str; 3] = ["", "万", "亿"];

/// A sum in words, such as 人民币叁仟伍佰捌拾元整. 整 ends whole yuan and whole jiao.
pub(crate) fn in_capitals(fen: i64) -> String {
    format!("人民币{}", bare(fen))
}

fn bare(fen: i64) -> String {
    let (whole, jiao, cent) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    if whole > 0 {
        text.push_str(&integer(whole));
        text.push('元');
    }
    if jiao > 0 {
        text.push(digit(jiao));
        text.push('角');
    } else if cent > 0 && whole > 0 {
        text.push('零');
    }
    if cent > 0 {
        text.push(digit(cent));
        text.push('分');
    } else {
        if text.is_empty() {
            text.push_str("零元");
        }
        text.push('整');
    }
    text
}

/// A whole number from 1 on; a gap of any length is one 零.
fn integer(number: i64) -> String {
    // 亿 is the largest group there is a word for: what is above counts in 亿 again.
    let hundred_millions = number / 100_000_000;
    if hundred_millions >= 10_000 {
        let rest = number % 100_000_000;
        let joint = if rest == 0 {
            String::new()
        } else if rest < 10_000_000 {
            format!("零{}", integer(rest))
        } else {
            integer(rest)
        };
        return format!("{}亿{joint}", integer(hundred_millions));
    }
    let mut text = String::new();
    let mut gap = false;
    for group in (0..GROUPS.len()).rev() {
        let mut scale = 1;
        for _ in 0..group {
            scale *= 10_000;
        }
        let four = number / scale % 10_000;
        if four == 0 {
            gap = !text.is_empty();
            continue;
        }
        for place in (0..PLACES.len()).rev() {
            let mut tens = 1;
            for _ in 0..place {
                tens *= 10;
            }
            let found = four / tens % 10;
            if found == 0 {
                gap = gap || !text.is_empty();
                continue;
            }
            if gap {
                text.push('零');
                gap = false;
            }
            text.push(digit(found));
            text.push_str(PLACES[place]);
        }
        gap = false;
        text.push_str(GROUPS[group]);
        // 壹拾万零伍佰: a group that begins with zeros is joined by one 零 of its own.
        gap = gap || (group > 0 && number % scale != 0 && number % scale < scale / 10);
    }
    text
}

fn digit(digit: i64) -> char {
    usize::try_from(digit).ok().and_then(|it| DIGITS.get(it)).copied().unwrap_or('零')
}

/// The sum that words mean, also where 零 or 整 stand otherwise than the rules have it, with 圆
/// for 元 and 正 for 整. Nothing for what is no amount in words, or is out of range.
pub(super) fn from_capitals(words: &str) -> Option<i64> {
    let plain = stripped(words);
    let fen = value(&plain)?;
    // Only a rightly built amount reads back as itself.
    (fen > 0 && fen <= MOST_FEN && stripped(&bare(fen)) == plain).then_some(fen)
}

/// Without what may be written in more than one way.
fn stripped(words: &str) -> String {
    let words = words.trim();
    let words = words.strip_prefix("人民币").unwrap_or(words);
    let words = words.trim_start_matches(['：', ':', ' ', '　']);
    let kept = words.chars().filter(|it| !matches!(it, '零' | '整' | '正' | ' ' | '　'));
    kept.map(|it| if matches!(it, '圆' | '圓') { '元' } else { it }).collect()
}

fn value(plain: &str) -> Option<i64> {
    let mut fen: i64 = 0;
    // What stands before 亿, before 万, and since.
    let (mut high, mut middle, mut low, mut open) = (0_i64, 0_i64, 0_i64, 0_i64);
    for letter in plain.chars() {
        if let Some(found) = DIGITS.iter().position(|it| *it == letter) {
            open = i64::try_from(found).ok()?;
            continue;
        }
        let taken = std::mem::take(&mut open);
        match letter {
            '拾' => low = low.checked_add(taken * 10)?,
            '佰' => low = low.checked_add(taken * 100)?,
            '仟' => low = low.checked_add(taken * 1_000)?,
            '万' => {
                middle = low.checked_add(taken)?.checked_mul(10_000)?;
                low = 0;
            }
            '亿' => {
                high = middle.checked_add(low)?.checked_add(taken)?.checked_mul(100_000_000)?;
                (middle, low) = (0, 0);
            }
            '元' => {
                let whole = high.checked_add(middle)?.checked_add(low)?.checked_add(taken)?;
                fen = fen.checked_add(whole.checked_mul(100)?)?;
                (high, middle, low) = (0, 0, 0);
            }
            '角' => fen = fen.checked_add(taken * 10)?,
            '分' => fen = fen.checked_add(taken)?,
            _ => return None,
        }
    }
    (open == 0 && high == 0 && middle == 0 && low == 0).then_some(fen)
}

/// Every run of a text that is written like an amount in words, with the sum it means; without
/// one where it cannot be read.
pub(crate) fn find_capitals(text: &str) -> Vec<(String, Option<i64>)> {
    let belongs = |it: char| DIGITS.contains(&it) || "拾佰仟万亿元圆角分整正".contains(it);
    let mut found = Vec::new();
    let mut run = String::new();
    for letter in text.chars().chain(['。']) {
        if belongs(letter) {
            run.push(letter);
            continue;
        }
        let taken = std::mem::take(&mut run);
        // Beside 3580元 or 3万元 there is no word for a digit.
        let digits = taken.chars().filter(|it| DIGITS.contains(it)).count();
        if digits > 0 && taken.contains(['元', '圆', '角', '分']) {
            found.push((taken.clone(), from_capitals(&taken)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rules for filling in bills (正确填写票据和结算凭证的基本规定), with their own examples.
    #[test]
    fn sums_are_written_by_the_rules() {
        for (fen, expected) in [
            (1, "壹分"),
            (5, "伍分"),
            (10, "壹角整"),
            (50, "伍角整"),
            (55, "伍角伍分"),
            (100, "壹元整"),
            (105, "壹元零伍分"),
            (150, "壹元伍角整"),
            (1_000, "壹拾元整"),
            (1_005, "壹拾元零伍分"),
            (11_000, "壹佰壹拾元整"),
            (10_100, "壹佰零壹元整"),
            (32_504, "叁佰贰拾伍元零肆分"),
            (100_100, "壹仟零壹元整"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (168_032, "壹仟陆佰捌拾元叁角贰分"),
            (358_000, "叁仟伍佰捌拾元整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (1_000_000, "壹万元整"),
            (1_005_000, "壹万零伍拾元整"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (10_000_500, "壹拾万零伍元整"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (100_000_000, "壹佰万元整"),
            (100_010_000, "壹佰万零壹佰元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (10_001_000_000, "壹亿零壹万元整"),
            (1_000_000_000_000, "壹佰亿元整"),
            (MOST_FEN, "壹万亿元整"),
        ] {
            assert_eq!(in_capitals(fen), format!("人民币{expected}"), "{fen}");
            assert_eq!(from_capitals(expected), Some(fen), "{expected}");
        }
    }

    #[test]
    fn other_ways_of_writing_are_read() {
        for (words, fen) in [
            ("人民币：叁仟伍佰捌拾圆正", 358_000),
            ("叁仟伍佰捌拾元零角零分", 358_000),
            ("叁仟伍佰捌拾元", 358_000),
            ("壹拾万零柒仟元零伍角叁分", 10_700_053),
            ("壹仟陆佰捌拾元零叁角贰分", 168_032),
            ("伍角", 50),
        ] {
            let read = from_capitals(words);
            let expected = if words.contains("零角") { None } else { Some(fen) };
            assert_eq!(read, expected, "{words}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_read() {
        for words in [
            "",
            "元",
            "整",
            "零元整",
            "拾元整",
            "伍万",
            "壹佰",
            "壹万万元",
            "贰壹元整",
            "壹元贰元",
            "3580元",
            "三千元",
            "壹佰仟元",
            "伍分贰角",
            "退款",
            "壹拾万亿元整",
        ] {
            assert_eq!(from_capitals(words), None, "{words}");
        }
    }

    #[test]
    fn amounts_are_found_in_a_text() {
        let found =
            find_capitals("退还3,580元（大写：叁仟伍佰捌拾元整），另付3万元，合计伍仟仟元。");
        let expected =
            [("叁仟伍佰捌拾元整".to_owned(), Some(358_000)), ("伍仟仟元".to_owned(), None)];
        assert_eq!(found, expected);
    }

    proptest! {
        /// Whatever is written is read back as the same sum.
        #[test]
        fn words_and_figures_are_one(fen in 1..=MOST_FEN) {
            prop_assert_eq!(from_capitals(&in_capitals(fen)), Some(fen));
        }

        #[test]
        fn small_sums_too(fen in 1..=100_000_000_i64) {
            let words = in_capitals(fen);
            prop_assert_eq!(from_capitals(&words), Some(fen));
            prop_assert!(!words.contains("零零"), "{}", words);
        }
    }
}
