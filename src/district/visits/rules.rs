//! Which visit can have been paid, and who is to be visited next. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::Fault;
use crate::language::Text;
use crate::words::VisitReason;

/// Nobody was somewhere tomorrow, and nobody comes again before having been there.
pub(super) fn day_faults(
    visited_on: NaiveDate,
    follow_up_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if visited_on > today {
        let detail = Text::new("走访日期晚于今天。", "The day of the visit is in the future.");
        faults.push(Fault::new("/visited_on", "in_future", detail));
    }
    if follow_up_on.is_some_and(|it| it <= visited_on) {
        let detail = Text::new(
            "回访日期应晚于走访日期。",
            "The day to come again must be later than the visit.",
        );
        faults.push(Fault::new("/follow_up_on", "before_visit", detail));
    }
    faults
}

/// An enterprise and when it was seen last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggestion {
    pub enterprise_id: Uuid,
    pub name: String,
    pub building_id: Option<Uuid>,
    pub is_key: bool,
    pub last_visited_on: Option<NaiveDate>,
    /// As agreed on at the last visit.
    pub follow_up_on: Option<NaiveDate>,
}

/// Where an enterprise stands on the list: a promise that is due first, then the key
/// enterprises, then the others; in each who was never seen, then who was not seen longest. The
/// id makes it one order.
pub(super) type Rank = (u8, Option<NaiveDate>, Uuid);

impl Suggestion {
    fn is_due(&self, today: NaiveDate) -> bool {
        self.follow_up_on.is_some_and(|it| it <= today)
    }

    pub fn rank(&self, today: NaiveDate) -> Rank {
        let group = match (self.is_due(today), self.is_key) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        (group, self.last_visited_on, self.enterprise_id)
    }

    pub fn reasons(&self, today: NaiveDate) -> Vec<VisitReason> {
        [
            (self.is_due(today), VisitReason::FollowUpDue),
            (self.is_key, VisitReason::KeyEnterprise),
            (self.last_visited_on.is_none(), VisitReason::NeverVisited),
        ]
        .into_iter()
        .filter_map(|(holds, reason)| holds.then_some(reason))
        .collect()
    }
}

/// What comes after `after` on the list, in its order, at most `count`.
pub(super) fn ranked(
    mut all: Vec<Suggestion>,
    today: NaiveDate,
    after: Option<Rank>,
    count: usize,
) -> Vec<Suggestion> {
    all.retain(|it| after.is_none_or(|after| it.rank(today) > after));
    all.sort_by_key(|it| it.rank(today));
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn suggestion(id: u128, is_key: bool, last: Option<u32>, follow: Option<u32>) -> Suggestion {
        Suggestion {
            enterprise_id: Uuid::from_u128(id),
            name: format!("企业{id}"),
            building_id: None,
            is_key,
            last_visited_on: last.map(day),
            follow_up_on: follow.map(day),
        }
    }

    #[test]
    fn what_is_due_comes_first_then_key_enterprises_then_who_was_not_seen_longest() {
        let all = vec![
            suggestion(1, false, Some(5), None),
            suggestion(2, false, None, None),
            suggestion(3, true, Some(9), None),
            suggestion(4, false, Some(2), Some(10)),
            suggestion(5, true, None, None),
            suggestion(6, false, Some(5), Some(11)),
            suggestion(7, true, Some(1), Some(10)),
        ];
        let order = |found: &[Suggestion]| -> Vec<u128> {
            found.iter().map(|it| it.enterprise_id.as_u128()).collect()
        };
        let today = day(10);
        let whole = ranked(all.clone(), today, None, 99);
        assert_eq!(order(&whole), [7, 4, 5, 3, 2, 1, 6]);

        // Page by page it is the same list.
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = ranked(all.clone(), today, after, 2);
            let Some(last) = page.last() else { break };
            after = Some(last.rank(today));
            seen.extend(page);
        }
        assert_eq!(seen, whole);

        assert_eq!(whole[0].reasons(today), [VisitReason::FollowUpDue, VisitReason::KeyEnterprise]);
        assert_eq!(
            whole[2].reasons(today),
            [VisitReason::KeyEnterprise, VisitReason::NeverVisited]
        );
        assert_eq!(whole[5].reasons(today), []);
    }

    #[test]
    fn a_visit_was_paid_and_a_follow_up_is_later() {
        for (visited, follow, expected) in [
            (10, None, &[][..]),
            (10, Some(11), &[]),
            (11, None, &["/visited_on"]),
            (9, Some(9), &["/follow_up_on"]),
            (12, Some(3), &["/visited_on", "/follow_up_on"]),
        ] {
            let faults = day_faults(day(visited), follow.map(day), day(10));
            let found: Vec<&str> = faults.iter().map(|it| it.pointer.as_str()).collect();
            assert_eq!(found, expected, "{visited} {follow:?}");
        }
    }
}
