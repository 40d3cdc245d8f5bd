//! Sums in fen: how they are written, and shares of them rounded to the fen. Pure.

/// The largest sum a calculator takes: a trillion yuan. Beyond it a sum is a slip of the pen.
pub(super) const MOST_FEN: i64 = 100_000_000_000_000;

/// A sum in yuan as papers show it: 3,580.00.
pub(crate) fn yuan(fen: i64) -> String {
    let digits = (fen / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{:02}", fen % 100)
}

/// A part of a sum, rounded to the fen, half a fen upwards. Nothing of nothing is nothing.
pub(super) fn share(fen: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let (fen, part, whole) = (i128::from(fen), i128::from(part), i128::from(whole));
    let rounded = (fen * part * 2 + whole) / (whole * 2);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_grouped_by_thousands() {
        for (fen, expected) in [
            (0, "0.00"),
            (1, "0.01"),
            (358_000, "3,580.00"),
            (12_345_678, "123,456.78"),
            (MOST_FEN, "1,000,000,000,000.00"),
        ] {
            assert_eq!(yuan(fen), expected);
        }
    }

    #[test]
    fn half_a_fen_is_rounded_up() {
        for (fen, part, whole, expected) in [
            (100_000, 1, 10, 10_000),
            (1, 1, 2, 1),
            (1, 1, 3, 0),
            (100, 2, 3, 67),
            (MOST_FEN, 36_500, 36_500, MOST_FEN),
            (100, 1, 0, 0),
        ] {
            assert_eq!(share(fen, part, whole), expected, "{fen} × {part} ÷ {whole}");
        }
    }
}
