//! How text is cut for the index, and how what was asked is found in it again. Pure.
//!
//! Chinese has no spaces, so every two neighbouring characters are a term, and the last one of a
//! run alone; letters and digits are words, found by their beginning. Width and case do not count.

use std::collections::BTreeSet;
use std::ops::Range;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

/// So much of a word is kept; no word that people look for is longer.
const WORD: usize = 64;

/// A character as it is compared, and the place of the one it was made of.
#[derive(Debug, Clone, Copy)]
struct Placed {
    character: char,
    at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Word,
}

/// Neighbouring characters of one kind.
#[derive(Debug)]
struct Run {
    kind: Kind,
    characters: Vec<Placed>,
}

impl Run {
    fn text(&self) -> String {
        self.characters.iter().map(|it| it.character).collect()
    }

    /// From the first to the last of these characters, in the text they came from.
    fn places(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.characters.get(range.start)?;
        let last = self.characters.get(range.end.checked_sub(1)?)?;
        Some(first.at..last.at + 1)
    }
}

fn is_han(it: char) -> bool {
    matches!(it,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn runs(text: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut open = None;
    for (at, original) in text.chars().enumerate() {
        for character in std::iter::once(original).nfkc().flat_map(char::to_lowercase) {
            let kind = match character {
                it if is_han(it) => Some(Kind::Han),
                it if it.is_alphanumeric() => Some(Kind::Word),
                _ => None,
            };
            let placed = Placed { character, at };
            match (kind, found.last_mut()) {
                (Some(kind), Some(run)) if open == Some(kind) => {
                    // What is beyond the length of a word is not looked at.
                    if kind == Kind::Han || run.characters.len() < WORD {
                        run.characters.push(placed);
                    }
                }
                (Some(kind), _) => found.push(Run { kind, characters: vec![placed] }),
                (None, _) => {}
            }
            open = kind;
        }
    }
    found
}

/// The terms under which a text is found, once each.
pub(super) fn terms(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in runs(text) {
        match run.kind {
            Kind::Word => _ = found.insert(run.text()),
            Kind::Han => {
                let han = &run.characters;
                for at in 0..han.len() {
                    let two = &han[at..(at + 2).min(han.len())];
                    found.insert(two.iter().map(|it| it.character).collect());
                }
            }
        }
    }
    found
}

/// The first letters of a Chinese name's pinyin, from each of its characters on, so that `wf`
/// finds 王芳 and `jkx` a company whose name begins with its city.
pub(super) fn initials(name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in runs(name).into_iter().filter(|it| it.kind == Kind::Han) {
        let letters: Vec<&str> = run
            .characters
            .iter()
            .take(WORD)
            .filter_map(|it| it.character.to_pinyin())
            .map(pinyin::Pinyin::first_letter)
            .collect();
        found.extend((0..letters.len().saturating_sub(1)).map(|from| letters[from..].concat()));
    }
    found
}

/// A piece of what was asked: Chinese characters that stand together, or how a word begins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Needle {
    Han(Vec<char>),
    Word(String),
}

/// A term to look up: the whole of it, or how it begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub text: String,
    pub is_prefix: bool,
}

/// What was asked. All of its pieces must be found.
#[derive(Debug, Clone)]
pub(super) struct Query {
    needles: Vec<Needle>,
}

impl Query {
    /// None when there are fewer than two characters to look for.
    pub fn parse(asked: &str) -> Option<Self> {
        let runs = runs(asked);
        let characters: usize = runs.iter().map(|it| it.characters.len()).sum();
        let needle = |run: Run| match run.kind {
            Kind::Han => Needle::Han(run.characters.iter().map(|it| it.character).collect()),
            Kind::Word => Needle::Word(run.text()),
        };
        (characters >= 2).then(|| Self { needles: runs.into_iter().map(needle).collect() })
    }

    /// How many pieces it has.
    pub fn size(&self) -> usize {
        self.needles.len()
    }

    /// The terms that an index must hold of a text in which all of it is found. Letters and
    /// digits and Chinese only: safe within any syntax.
    pub fn terms(&self) -> BTreeSet<Term> {
        let mut found = BTreeSet::new();
        for needle in &self.needles {
            match needle {
                Needle::Word(word) => {
                    found.insert(Term { text: word.clone(), is_prefix: true });
                }
                Needle::Han(han) if han.len() == 1 => {
                    found.insert(Term { text: han.iter().collect(), is_prefix: true });
                }
                Needle::Han(han) => found.extend(
                    han.windows(2).map(|two| Term { text: two.iter().collect(), is_prefix: false }),
                ),
            }
        }
        found
    }

    /// Where in a text each piece is found: the places of its characters.
    pub fn places(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        let runs = runs(text);
        self.needles.iter().map(|needle| of_needle(needle, &runs)).collect()
    }

    /// Which pieces the initials of this name answer.
    pub fn found_in_initials(&self, name: &str) -> Vec<bool> {
        let initials = initials(name);
        let answered = |needle: &Needle| match needle {
            Needle::Han(_) => false,
            Needle::Word(word) => initials.iter().any(|it| it.starts_with(word)),
        };
        self.needles.iter().map(answered).collect()
    }
}

fn of_needle(needle: &Needle, runs: &[Run]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs {
        match (needle, run.kind) {
            (Needle::Word(word), Kind::Word) if run.text().starts_with(word) => {
                found.extend(run.places(0..word.chars().count()));
            }
            (Needle::Han(han), Kind::Han) => {
                let is_here = |window: &[Placed]| {
                    window.iter().zip(han).all(|(placed, wanted)| placed.character == *wanted)
                };
                let starts = run.characters.windows(han.len()).enumerate();
                let starts = starts.filter(|(_, window)| is_here(window)).map(|(at, _)| at);
                found.extend(starts.filter_map(|at| run.places(at..at + han.len())));
            }
            _ => {}
        }
    }
    found
}

/// A stretch of a text, found or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub text: String,
    pub is_found: bool,
}

/// How many characters an excerpt has, and how many of them stand before the first place.
const EXCERPT: usize = 80;
const BEFORE: usize = 20;

/// The text around the first place, cut where found begins and ends; an ellipsis stands where
/// something is left away.
pub(super) fn excerpt(text: &str, mut places: Vec<Range<usize>>) -> Vec<Part> {
    places.sort_by_key(|it| (it.start, it.end));
    let characters: Vec<char> = text.chars().collect();
    let first = places.first().map_or(0, |it| it.start);
    let from = if characters.len() <= EXCERPT { 0 } else { first.saturating_sub(BEFORE) };
    let to = (from + EXCERPT).min(characters.len());
    let mut is_found = vec![false; to - from];
    for place in places {
        for at in place.start.max(from)..place.end.min(to) {
            is_found[at - from] = true;
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for (character, is_found) in characters[from..to].iter().zip(is_found) {
        match parts.last_mut() {
            Some(part) if part.is_found == is_found => part.text.push(*character),
            _ => parts.push(Part { text: character.to_string(), is_found }),
        }
    }
    let ellipsis = || Part { text: "…".to_owned(), is_found: false };
    if from > 0 {
        parts.insert(0, ellipsis());
    }
    if to < characters.len() {
        parts.push(ellipsis());
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(terms: &BTreeSet<String>) -> Vec<&str> {
        terms.iter().map(String::as_str).collect()
    }

    #[test]
    fn text_is_cut_into_pairs_and_words() {
        for (text, expected) in [
            ("王芳", vec!["王芳", "芳"]),
            ("退预付卡", vec!["付卡", "卡", "退预", "预付"]),
            ("王 芳", vec!["王", "芳"]),
            ("iPhone 15手机", vec!["15", "iphone", "手机", "机"]),
            ("ＡＢＣ１２", vec!["abc12"]),
            ("〔2026〕12号", vec!["12", "2026", "号"]),
            ("，。!", vec![]),
            ("㐂龘", vec!["㐂龘", "龘"]),
        ] {
            assert_eq!(set(&terms(text)), expected, "{text}");
        }
        assert_eq!(terms(&"a".repeat(3000)).first().map(String::len), Some(WORD));
    }

    #[test]
    fn names_are_found_by_their_initials() {
        assert_eq!(set(&initials("王芳")), ["wf"]);
        assert_eq!(set(&initials("上海悦动")), ["hyd", "shyd", "yd"]);
        assert!(initials("Smith").is_empty());
        let query = Query::parse("WF").unwrap();
        assert_eq!(query.found_in_initials("王芳"), [true]);
        assert_eq!(query.found_in_initials("王小芳"), [false]);
    }

    #[test]
    fn two_characters_are_enough_and_one_is_not() {
        for asked in ["王", "a", " 王 。", "", "、、、"] {
            assert!(Query::parse(asked).is_none(), "{asked}");
        }
        for asked in ["王芳", "王 芳", "12", "卡a"] {
            assert!(Query::parse(asked).is_some(), "{asked}");
        }
    }

    #[test]
    fn what_was_asked_is_found_where_it_stands() {
        for (asked, text, expected) in [
            ("退款", "要求退款，未退款。", vec![vec![(2, 4), (6, 8)]]),
            ("ABC", "全角ＡＢＣｄ", vec![vec![(2, 5)]]),
            ("健身 押金", "健身房的押金", vec![vec![(0, 2)], vec![(4, 6)]]),
            ("款退", "退款", vec![vec![]]),
            // The end of a word is not how it begins.
            ("026", "2026", vec![vec![]]),
            // One character that stands for two.
            ("fi", "ﬁne", vec![vec![(0, 1)]]),
        ] {
            let places = Query::parse(asked).unwrap().places(text).into_iter();
            let places = places.map(|it| it.into_iter().map(|it| (it.start, it.end)));
            let places: Vec<Vec<(usize, usize)>> = places.map(Iterator::collect).collect();
            assert_eq!(places, expected, "{asked} in {text}");
        }
    }

    #[test]
    fn an_excerpt_shows_the_first_place() {
        let shown = |text: &str, asked: &str| -> String {
            let places = Query::parse(asked).unwrap().places(text).concat();
            let parts = excerpt(text, places).into_iter();
            parts.map(|it| if it.is_found { format!("[{}]", it.text) } else { it.text }).collect()
        };
        assert_eq!(shown("要求退款。", "退款"), "要求[退款]。");
        let long = format!("{}退款{}", "前".repeat(50), "后".repeat(100));
        let expected = format!("…{}[退款]{}…", "前".repeat(20), "后".repeat(58));
        assert_eq!(shown(&long, "退款"), expected);
        assert_eq!(shown("退款退款", "退款"), "[退款退款]");
    }

    proptest! {
        /// Whatever stands in a text is found in it, and its terms are in its index.
        #[test]
        fn a_part_of_a_text_is_found(text in "[王芳退款卡a-c1 ，]{2,40}", from in 0usize..40, length in 2usize..8) {
            let characters: Vec<char> = text.chars().collect();
            let from = from.min(characters.len() - 1);
            let asked: String = characters[from..(from + length).min(characters.len())].iter().collect();
            let starts_inside_a_word = from > 0
                && characters[from - 1].is_ascii_alphanumeric()
                && characters[from].is_ascii_alphanumeric();
            prop_assume!(!starts_inside_a_word);
            let Some(query) = Query::parse(&asked) else { return Ok(()) };
            prop_assert!(query.places(&text).iter().all(|it| !it.is_empty()));
            let index = terms(&text);
            for term in query.terms() {
                let known = index.iter().any(|it| {
                    if term.is_prefix { it.starts_with(&term.text) } else { *it == term.text }
                });
                prop_assert!(known, "{:?} of {} in {:?}", term, asked, index);
            }
        }

        /// Nothing of any syntax comes through.
        #[test]
        fn terms_are_letters_and_digits_only(asked in "\\PC{0,60}") {
            if let Some(query) = Query::parse(&asked) {
                for term in query.terms() {
                    prop_assert!(term.text.chars().all(|it| it.is_alphanumeric() || is_han(it)));
                }
            }
        }

        /// An excerpt loses no character of the part it shows.
        #[test]
        fn an_excerpt_is_a_part_of_the_text(text in "\\PC{0,300}", start in 0usize..300, length in 1usize..20) {
            let size = text.chars().count();
            prop_assume!(size > 0);
            let start = start.min(size - 1);
            let place = start..(start + length).min(size);
            let parts = excerpt(&text, vec![place]);
            let shown: String = parts.iter().map(|it| it.text.as_str()).collect();
            prop_assert!(text.contains(shown.trim_matches('…')) || text.contains('…'));
            prop_assert!(parts.iter().any(|it| it.is_found));
        }
    }
}
