//! The calendars and rules that come with the program, for the tests of this room.

use crate::calendars::Calendar;
use crate::deadlines::{Almanac, RuleSet};

pub(super) fn almanac() -> Almanac {
    let files = crate::calendars::built_in();
    Almanac {
        calendar: Calendar::of(files.iter().map(|it| (it, 1))),
        rules: RuleSet::built_in().unwrap(),
        calendar_version: 1,
        rule_set_version: 1,
    }
}
