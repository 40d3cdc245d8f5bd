//! When mediation may stand still: in days that have come, after acceptance, apart from each
//! other. Pure.

use chrono::NaiveDate;

use crate::cases::CaseFile;
use crate::clock::shanghai_day;
use crate::error::{Error, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::tracks::articles;

const LAW: &[Law] = &[Law::Rules2002Art33, Law::O121Art22];

/// The days of a suspension, `to` absent while it lasts.
pub(super) fn check_days(file: &CaseFile, from: NaiveDate, to: Option<NaiveDate>) -> Result<()> {
    let today = file.today();
    let accepted_on = file.case.accepted_at.map(shanghai_day);
    let mut unmet = Vec::new();
    let mut add = |code, zh: String, en: String| {
        let law = articles(file.case.track, LAW);
        unmet.push(Unmet { code, detail: Text::new(zh, en), law, mend: &[] });
    };
    if from > today || to.is_some_and(|it| it > today) {
        add(
            "suspension_in_future",
            format!("中止的日期晚于今天（{today}），不能预先记录。"),
            format!("A suspension is recorded when it has come; today is {today}."),
        );
    }
    if accepted_on.is_some_and(|it| from < it) {
        add(
            "suspension_before_acceptance",
            "中止开始于受理之前。".to_owned(),
            "The suspension begins before the case was accepted.".to_owned(),
        );
    }
    if let Some(to) = to.filter(|it| *it < from) {
        add(
            "suspension_ends_before_it_begins",
            format!("中止结束于{to}，早于其开始之日{from}。"),
            format!("The suspension ends on {to}, before it begins on {from}."),
        );
    }
    let overlaps = |it: &&crate::entity::suspension::Model| {
        it.to_on.is_none_or(|end| from <= end) && to.is_none_or(|end| it.from_on <= end)
    };
    if let Some(other) = file.suspensions.iter().find(overlaps) {
        let other = other.from_on;
        add(
            "overlapping_suspension",
            format!("与{other}开始的中止重叠。"),
            format!("It overlaps the suspension that began on {other}."),
        );
    }
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

/// The last day of the suspension that began on `from`.
pub(super) fn check_end(file: &CaseFile, from: NaiveDate, to: NaiveDate) -> Result<()> {
    let (today, law) = (file.today(), articles(file.case.track, LAW));
    if to > today {
        let detail = Text::new(
            format!("中止的最后一日晚于今天（{today}）。"),
            format!("The last day of the suspension is to come; today is {today}."),
        );
        return Err(Error::refused("suspension_in_future", detail, law));
    }
    if to < from {
        let detail = Text::new(
            format!("中止结束于{to}，早于其开始之日{from}。"),
            format!("The suspension ends on {to}, before it begins on {from}."),
        );
        return Err(Error::refused("suspension_ends_before_it_begins", detail, law));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::agreements::fixture::{at, day, file, said};
    use crate::entity::suspension;
    use crate::words::SuspensionReason;

    /// The fixture was accepted on the second of March; today is the tenth.
    fn with(from: NaiveDate, to: Option<NaiveDate>) -> CaseFile {
        let mut file = file();
        file.suspensions.push(suspension::Model {
            id: Uuid::nil(),
            case_id: Uuid::nil(),
            reason: SuspensionReason::Appraisal,
            from_on: from,
            to_on: to,
            explanation: String::new(),
            recorded_by: Uuid::nil(),
            recorded_at: at(4, 9),
            resumed_by: None,
        });
        file
    }

    #[test]
    fn days_lie_in_the_past_and_apart() {
        let (closed, open) = (with(day(3, 4), Some(day(3, 6))), with(day(3, 4), None));
        for (file, from, to, codes) in [
            (&file(), day(3, 10), None, &[][..]),
            (&file(), day(3, 2), Some(day(3, 2)), &[]),
            (&file(), day(3, 11), None, &["suspension_in_future"]),
            (&file(), day(3, 9), Some(day(3, 11)), &["suspension_in_future"]),
            (&file(), day(3, 1), None, &["suspension_before_acceptance"]),
            (&file(), day(3, 9), Some(day(3, 8)), &["suspension_ends_before_it_begins"]),
            (&closed, day(3, 7), None, &[]),
            (&closed, day(3, 3), Some(day(3, 3)), &[]),
            (&closed, day(3, 6), None, &["overlapping_suspension"]),
            (&closed, day(3, 3), Some(day(3, 4)), &["overlapping_suspension"]),
            (&closed, day(3, 3), None, &["overlapping_suspension"]),
            (&open, day(3, 3), Some(day(3, 3)), &[]),
            (&open, day(3, 9), None, &["overlapping_suspension"]),
        ] {
            assert_eq!(said(check_days(file, from, to)), codes, "{from} {to:?}");
        }
    }

    #[test]
    fn an_end_comes_after_the_beginning() {
        for (to, codes) in [
            (day(3, 4), &[][..]),
            (day(3, 10), &[]),
            (day(3, 11), &["suspension_in_future"]),
            (day(3, 3), &["suspension_ends_before_it_begins"]),
        ] {
            assert_eq!(said(check_end(&file(), day(3, 4), to)), codes, "{to}");
        }
    }
}
