//! The header `Range` (RFC 9110, 14.1): one range of bytes. What cannot be read, or asks for
//! several, is answered with the whole.

use std::ops::Range;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    Part(Range<u64>),
    /// Nothing of the file lies there.
    Outside,
}

/// What a header asks of a file of `size` bytes.
pub(super) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some((first, last)) = header.and_then(one_range) else { return Wanted::Whole };
    let range = match (first, last) {
        (Some(first), Some(last)) if last < first => return Wanted::Whole,
        (Some(first), last) => first..last.map_or(size, |it| it.saturating_add(1)).min(size),
        (None, Some(length)) => size.saturating_sub(length)..size,
        (None, None) => return Wanted::Whole,
    };
    if range.is_empty() { Wanted::Outside } else { Wanted::Part(range) }
}

/// `bytes=first-last`, with one of them or both.
fn one_range(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, set) = header.split_once('=')?;
    let (first, last) = set.trim().split_once('-')?;
    let number = |text: &str| match text {
        "" => Some(None),
        digits if digits.bytes().all(|it| it.is_ascii_digit()) => {
            Some(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    };
    unit.trim().eq_ignore_ascii_case("bytes").then_some((number(first)?, number(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_part_of_the_file() {
        for (header, expected) in [
            (None, Wanted::Whole),
            (Some("bytes=0-0"), Wanted::Part(0..1)),
            (Some("bytes=2-4"), Wanted::Part(2..5)),
            (Some("Bytes=2-"), Wanted::Part(2..10)),
            (Some("bytes=2-99"), Wanted::Part(2..10)),
            (Some("bytes=-3"), Wanted::Part(7..10)),
            (Some("bytes=-99"), Wanted::Part(0..10)),
            (Some("bytes=9-9"), Wanted::Part(9..10)),
            (Some("bytes=10-"), Wanted::Outside),
            (Some("bytes=99999999999999999999999-"), Wanted::Outside),
            (Some("bytes=0-99999999999999999999999"), Wanted::Part(0..10)),
            (Some("bytes=-0"), Wanted::Outside),
            // Not readable, or more than one.
            (Some("bytes=4-2"), Wanted::Whole),
            (Some("bytes=-"), Wanted::Whole),
            (Some("bytes=0-1,3-4"), Wanted::Whole),
            (Some("bytes=a-b"), Wanted::Whole),
            (Some("lines=0-1"), Wanted::Whole),
            (Some("0-1"), Wanted::Whole),
        ] {
            assert_eq!(wanted(header, 10), expected, "{header:?}");
        }
    }
}
