//! Whether somebody can be given a case: engagement, roster, absence, capacity. Pure.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::access::{Action, sits_on_panels};
use crate::entity::{absence, mediator_profile, user};
use crate::error::{Error, Fault, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::words::{
    Category, ExclusionGround, MediatorKind, Role, RosterState, SpokenLanguage, UserStatus,
};

/// The weight of an ordinary case; loads are counted in tenths of it.
pub(crate) const ORDINARY: u32 = 10;

/// The longest absence in one piece.
const LONGEST_ABSENCE: u64 = 366;

/// How much a case weighs, in tenths of an ordinary one.
pub(crate) fn case_weight(complex: bool, sensitive: bool) -> u32 {
    ORDINARY + if complex { 10 } else { 0 } + if sensitive { 5 } else { 0 }
}

/// What is known of somebody's time on one day, as far as it decides whether they take a case.
/// It stands in proofs as it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Availability {
    pub active: bool,
    pub roster_state: RosterState,
    pub engaged_from: Option<NaiveDate>,
    pub engaged_until: Option<NaiveDate>,
    /// The last day of an absence that covers the day.
    pub absent_until: Option<NaiveDate>,
    /// In ordinary cases.
    pub capacity: u32,
    /// Weight of the open cases, in tenths.
    pub open_load: u32,
    /// Weight of the cases given within the window, in tenths.
    pub recent_load: u32,
    /// Days of the window on which the person was there; at least one.
    pub available_days: u32,
}

impl Availability {
    /// From the rows of one person; without a profile one counts as engaged.
    pub fn of(
        person: &user::Model,
        profile: Option<&mediator_profile::Model>,
        absences: &[absence::Model],
        load: Load,
        terms: Terms,
    ) -> Self {
        let Terms { today, window_days, usual_capacity } = terms;
        let of_person = |it: &&absence::Model| {
            it.mediator_id == person.id && it.since <= today && today <= it.until
        };
        let mut it = Self {
            active: person.status == UserStatus::Active && sits_on_panels(person.role),
            roster_state: profile.map_or(RosterState::Listed, |it| it.roster_state),
            engaged_from: profile.map(|it| it.engaged_from),
            engaged_until: profile.and_then(|it| it.engaged_until),
            absent_until: absences.iter().filter(of_person).map(|it| it.until).max(),
            capacity: profile
                .and_then(|it| u32::try_from(it.capacity).ok())
                .unwrap_or(usual_capacity),
            open_load: load.open,
            recent_load: load.recent,
            available_days: 1,
        };
        let was_there = |day: &NaiveDate| {
            let away = |it: &absence::Model| {
                it.mediator_id == person.id && it.since <= *day && *day <= it.until
            };
            it.is_engaged_on(*day) && !absences.iter().any(away)
        };
        let window =
            (0..u64::from(window_days)).filter_map(|back| today.checked_sub_days(Days::new(back)));
        let days = window.filter(was_there).count();
        it.available_days = u32::try_from(days).unwrap_or(u32::MAX).max(1);
        it
    }

    fn is_engaged_on(&self, day: NaiveDate) -> bool {
        self.engaged_from.is_none_or(|first| first <= day)
            && self.engaged_until.is_none_or(|last| day <= last)
    }

    /// What keeps the person from taking a case of this weight that day.
    pub fn hindrances(&self, day: NaiveDate, weight: u32) -> Vec<ExclusionGround> {
        let mut found = self.lasting_hindrances(day);
        if self.absent_until.is_some() {
            found.push(ExclusionGround::Absent);
        }
        if self.open_load.saturating_add(weight) > self.capacity.saturating_mul(ORDINARY) {
            found.push(ExclusionGround::OverCapacity);
        }
        found
    }

    /// What keeps the person from going on with any case: their seats are for somebody else.
    pub fn lasting_hindrances(&self, day: NaiveDate) -> Vec<ExclusionGround> {
        let mut found = Vec::new();
        if !self.active {
            found.push(ExclusionGround::AccountDisabled);
        }
        if self.roster_state != RosterState::Listed {
            found.push(ExclusionGround::OffRoster);
        }
        if !self.is_engaged_on(day) {
            found.push(ExclusionGround::NotEngaged);
        }
        found
    }
}

/// What somebody has in hand, in tenths of an ordinary case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Load {
    /// Open cases.
    pub open: u32,
    /// Cases given within the window, also those that are over.
    pub recent: u32,
}

/// What availability is measured by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub today: NaiveDate,
    pub window_days: u32,
    /// Capacity of whoever has no profile, in ordinary cases.
    pub usual_capacity: u32,
}

/// The footing of whoever has no profile.
pub(super) fn usual_kind(role: Role) -> MediatorKind {
    if role == Role::Officer { MediatorKind::Officer } else { MediatorKind::FullTime }
}

/// Words as they stand in one column.
pub(super) fn joined(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

pub(super) fn categories(column: &str) -> Vec<Category> {
    column.split_whitespace().filter_map(Category::named).collect()
}

pub(super) fn languages(column: &str) -> Vec<SpokenLanguage> {
    column.split_whitespace().filter_map(SpokenLanguage::named).collect()
}

/// Faults of a profile for somebody of this role.
pub(super) fn check_profile(
    role: Role,
    kind: MediatorKind,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if (role == Role::Officer) != (kind == MediatorKind::Officer) {
        let detail = Text::new(
            format!("类别“{}”与其角色“{}”不符。", kind.term(), role.term()),
            format!("The kind {kind} does not go with the role {role}."),
        );
        faults.push(Fault::new("/kind", "not_of_this_role", detail));
    }
    if until.is_some_and(|last| last < from) {
        let detail =
            Text::new("聘期的截止日期早于起始日期。", "The engagement ends before it begins.");
        faults.push(Fault::new("/engaged_until", "before_start", detail));
    }
    faults
}

/// No word stands twice in a list.
pub(super) fn check_once<T: PartialEq>(pointer: &str, words: &[T]) -> Option<Fault> {
    let twice = words.iter().enumerate().position(|(place, it)| words[..place].contains(it))?;
    let detail = Text::new("该值重复。", "This stands twice.");
    Some(Fault::new(format!("{pointer}/{twice}"), "repeated", detail))
}

/// An absence has a first and a last day, and is none of years.
pub(super) fn check_days(since: NaiveDate, until: NaiveDate) -> Result<()> {
    let fault = if until < since {
        let detail = Text::new("截止日期早于起始日期。", "The last day comes before the first.");
        Fault::new("/until", "before_start", detail)
    } else if since.checked_add_days(Days::new(LONGEST_ABSENCE)).is_none_or(|end| end <= until) {
        let detail = Text::new(
            format!("一次离岗最长 {LONGEST_ABSENCE} 天；更久的请变更聘期或者名册状态。"),
            format!(
                "An absence lasts {LONGEST_ABSENCE} days at most; for longer ones change the \
                 engagement or the roster state."
            ),
        );
        Fault::new("/until", "too_long", detail)
    } else {
        return Ok(());
    };
    Err(Error::Invalid(vec![fault]))
}

/// Absences of one person do not overlap: each day is away once.
pub(super) fn check_free(
    known: &[absence::Model],
    since: NaiveDate,
    until: NaiveDate,
) -> Result<()> {
    let Some(other) = known.iter().find(|it| it.since <= until && since <= it.until) else {
        return Ok(());
    };
    let (from, to) = (other.since, other.until);
    let detail = Text::new(
        format!("{from}至{to}已登记离岗，请先提前结束该次离岗或者另选日期。"),
        format!(
            "An absence from {from} to {to} is recorded; end that one earlier or choose other days."
        ),
    );
    Err(Error::refused("absence_overlaps", detail, &[]))
}

/// An absence that is over stays as it was; one that is not may only become shorter.
pub(super) fn check_end(it: &absence::Model, until: NaiveDate, today: NaiveDate) -> Result<()> {
    if it.until < today {
        let detail = Text::new("该次离岗已经结束。", "This absence is over.");
        return Err(Error::refused("absence_over", detail, &[]));
    }
    if until < it.since || it.until < until {
        let (from, to) = (it.since, it.until);
        let detail = Text::new(
            format!("应在{from}至{to}之间；尚未开始的可以取消。"),
            format!("It must be from {from} to {to}; what has not begun can be cancelled."),
        );
        return Err(Error::invalid("/until", "out_of_range", detail));
    }
    Ok(())
}

/// What has begun is ended, not cancelled.
pub(super) fn check_cancel(it: &absence::Model, today: NaiveDate) -> Result<()> {
    if today < it.since {
        return Ok(());
    }
    let detail =
        Text::new("该次离岗已经开始，请改为提前结束。", "This absence has begun; end it instead.");
    Err(Error::refused("absence_begun", detail, &[]))
}

/// A ground for programs.
fn code(ground: ExclusionGround) -> &'static str {
    match ground {
        ExclusionGround::AccountDisabled => "account_disabled",
        ExclusionGround::OffRoster => "off_roster",
        ExclusionGround::NotEngaged => "not_engaged",
        ExclusionGround::Absent => "absent",
        ExclusionGround::OverCapacity => "over_capacity",
        ExclusionGround::MayNotPreside => "may_not_preside",
        ExclusionGround::LanguageMissing => "language_missing",
        ExclusionGround::NotSpecialist => "not_specialist",
        ExclusionGround::InterestFound => "interest_found",
        ExclusionGround::Recused => "recused",
        ExclusionGround::RecusalOpen => "recusal_open",
        ExclusionGround::RefusedByParty => "refused_by_party",
        ExclusionGround::LeftPanel => "left_panel",
        ExclusionGround::OnPanel => "on_panel",
    }
}

/// A ground for people, with what would change it.
pub(crate) fn told(ground: ExclusionGround, it: &Availability) -> Text {
    match ground {
        ExclusionGround::AccountDisabled => {
            Text::new("账户已停用，或者不是调解员。", "The account is disabled or no mediator's.")
        }
        ExclusionGround::OffRoster => Text::new(
            format!("名册状态为“{}”；恢复在册后方可指派。", it.roster_state.term()),
            format!("The roster state is {}; only who is listed is assigned.", it.roster_state),
        ),
        ExclusionGround::NotEngaged => match (it.engaged_from, it.engaged_until) {
            (_, Some(last)) => Text::new(
                format!("聘期至{last}为止；续聘后请更新档案。"),
                format!("The engagement lasts until {last}; update the profile once renewed."),
            ),
            (Some(first), None) => Text::new(
                format!("聘期自{first}开始。"),
                format!("The engagement begins on {first}."),
            ),
            (None, None) => Text::new("不在聘期。", "Not engaged."),
        },
        ExclusionGround::Absent => {
            let last = it.absent_until.unwrap_or_default();
            Text::new(
                format!("离岗至{last}；如已返岗，请提前结束该次离岗。"),
                format!("Away until {last}; end the absence if the person is back."),
            )
        }
        ExclusionGround::OverCapacity => {
            let (open, most) = (it.open_load, it.capacity * ORDINARY);
            Text::new(
                format!(
                    "在办案件量 {open}，上限 {most}（普通案件计 {ORDINARY}）；请先减轻其在办案件或者调整上限。"
                ),
                format!(
                    "Open cases weigh {open} of {most} (an ordinary case weighs {ORDINARY}); \
                     relieve the person or raise the capacity in the profile."
                ),
            )
        }
        ExclusionGround::MayNotPreside => {
            Text::new("其身份不得主持本程序的调解。", "The role may not preside on this track.")
        }
        ExclusionGround::LanguageMissing => {
            Text::new("不通所需语言。", "Does not speak the language that is needed.")
        }
        ExclusionGround::NotSpecialist => {
            Text::new("没有本案类别的专长。", "The category is none of the specialities.")
        }
        ExclusionGround::InterestFound => {
            Text::new("登记的利害关系涉及本案。", "A declared interest touches the case.")
        }
        ExclusionGround::Recused => Text::new(
            "已在本案回避，不再指派。",
            "Was recused in this case and does not come back.",
        ),
        ExclusionGround::RecusalOpen => Text::new(
            "对其回避申请尚未决定。",
            "A request for recusal about this person is not decided.",
        ),
        ExclusionGround::RefusedByParty => {
            Text::new("有当事人不接受此人。", "A party does not accept this person.")
        }
        ExclusionGround::LeftPanel => {
            Text::new("已谢绝本案指派或者退出本案调解组。", "Declined this case or left its panel.")
        }
        ExclusionGround::OnPanel => Text::new("已在本案调解组。", "Sits on the panel already."),
    }
}

/// A ground as what stands in the way of an assignment.
pub(crate) fn unmet(ground: ExclusionGround, it: &Availability) -> Unmet {
    let law: &'static [Law] = match ground {
        ExclusionGround::OffRoster | ExclusionGround::NotEngaged => &[Law::Pml13],
        ExclusionGround::RefusedByParty => &[Law::Rules2002Art25],
        _ => &[],
    };
    let mend: &'static [Action] = match ground {
        ExclusionGround::OffRoster
        | ExclusionGround::NotEngaged
        | ExclusionGround::OverCapacity => &[Action::UpdateMediatorProfile],
        ExclusionGround::Absent => &[Action::EndAbsence],
        _ => &[],
    };
    Unmet { code: code(ground), detail: told(ground, it), law, mend }
}

#[cfg(test)]
mod tests;
