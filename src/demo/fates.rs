//! What becomes of each case. A fixed order repeats itself, so that even a few cases show
//! every kind of ending, and some hundred show every reason.

use super::dice::Dice;
use crate::tracks;
use crate::words::{Channel, DeclineReason, TerminationReason, Track};

/// How an agreement is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    AtOnce,
    OnTime,
    Instalments,
    /// In default first, performed in the end.
    Late,
    Defaulted,
}

/// How far a case has come when it ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Registered,
    Accepted,
    Mediating,
}

/// Where a case stands today that is still under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Registered,
    SupplementOpen,
    ConsentPending,
    NoPanel,
    PanelProposed,
    NotStarted,
    HearingAhead,
    MinutesOpen,
    NextHearingAhead,
    Drafted,
    Unsigned,
    Unsealed,
    Performing,
    Overdue,
    RevisitDue,
    NotArchived,
}

impl Stand {
    const ALL: [Self; 16] = [
        Self::SupplementOpen,
        Self::HearingAhead,
        Self::NoPanel,
        Self::Performing,
        Self::Registered,
        Self::Unsigned,
        Self::PanelProposed,
        Self::Overdue,
        Self::NextHearingAhead,
        Self::ConsentPending,
        Self::MinutesOpen,
        Self::NotArchived,
        Self::Unsealed,
        Self::NotStarted,
        Self::Drafted,
        Self::RevisitDue,
    ];

    /// How many days before today such a case was registered, at least.
    pub fn days(self) -> i64 {
        use Stand::*;
        match self {
            Registered => 0,
            SupplementOpen | ConsentPending => 1,
            NoPanel => 4,
            PanelProposed | NotStarted => 6,
            HearingAhead => 9,
            MinutesOpen => 18,
            NextHearingAhead | Drafted | Unsigned | Unsealed => 22,
            Overdue => 34,
            Performing | RevisitDue => 48,
            NotArchived => 60,
        }
    }
}

/// What becomes of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Agreement(Keeping),
    Oral,
    Failed,
    Terminated(TerminationReason),
    Withdrawn(Stage),
    Settled(Stage),
    Declined(DeclineReason),
    /// To the desk at this place of the list.
    Referred(usize),
    Open(Stand),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Agreement,
    Oral,
    Failed,
    Terminated,
    Withdrawn,
    Settled,
    Declined,
    Referred,
    Open,
}

/// Of fifty cases: 15 agreements, 7 oral ones, 4 failed, 4 terminated, 3 withdrawn, 3 settled,
/// 4 declined, 2 referred, 8 still under way.
const CYCLE: [Kind; 50] = {
    use Kind::*;
    [
        Agreement, Open, Oral, Declined, Failed, Open, Agreement, Terminated, Withdrawn, Settled,
        Agreement, Referred, Oral, Open, Agreement, Declined, Failed, Agreement, Oral, Terminated,
        Open, Agreement, Withdrawn, Settled, Agreement, Oral, Open, Agreement, Declined, Failed,
        Agreement, Terminated, Open, Oral, Agreement, Referred, Agreement, Withdrawn, Open, Oral,
        Agreement, Declined, Failed, Settled, Agreement, Terminated, Open, Agreement, Oral,
        Agreement,
    ]
};

/// The fates of the first `count` cases.
pub(super) fn fates(count: usize) -> Vec<Fate> {
    use Keeping::*;
    const STAGES: [Stage; 3] = [Stage::Accepted, Stage::Registered, Stage::Mediating];
    const KEEPING: [Keeping; 10] = [
        OnTime,
        Instalments,
        AtOnce,
        Late,
        OnTime,
        Instalments,
        AtOnce,
        Defaulted,
        OnTime,
        Instalments,
    ];
    // The demo's cases are the committee's; a failure is an outcome of its own, no termination.
    let table = tracks::rules(Track::PeopleMediation);
    let endings: Vec<TerminationReason> = table
        .termination_reasons
        .iter()
        .map(|it| it.0)
        .filter(|it| *it != TerminationReason::NoAgreement)
        .collect();
    (0..count)
        .map(|place| {
            let kind = CYCLE[place % CYCLE.len()];
            let before = CYCLE[..place % CYCLE.len()].iter().filter(|it| **it == kind).count();
            let whole = CYCLE.iter().filter(|it| **it == kind).count();
            // How many of this kind came before.
            let nth = place / CYCLE.len() * whole + before;
            match kind {
                Kind::Agreement => Fate::Agreement(KEEPING[nth % KEEPING.len()]),
                Kind::Oral => Fate::Oral,
                Kind::Failed => Fate::Failed,
                Kind::Terminated => Fate::Terminated(endings[nth % endings.len()]),
                Kind::Withdrawn => Fate::Withdrawn(STAGES[nth % STAGES.len()]),
                Kind::Settled => Fate::Settled(STAGES[(nth + 2) % STAGES.len()]),
                Kind::Declined => {
                    Fate::Declined(table.decline_reasons[nth % table.decline_reasons.len()].0)
                }
                Kind::Referred => Fate::Referred(nth),
                Kind::Open => Fate::Open(Stand::ALL[nth % Stand::ALL.len()]),
            }
        })
        .collect()
}

/// How the disputes of such a district come in.
pub(super) fn channel(dice: &mut Dice) -> Channel {
    use Channel::*;
    const SHARES: [(Channel, i64); 13] = [
        (WalkIn, 22),
        (Hotline12345, 15),
        (Phone, 13),
        (Wechat, 13),
        (Platform12315, 11),
        (Web, 6),
        (ConsumerCouncil, 4),
        (Mall, 3),
        (BuildingServiceCenter, 5),
        (Court, 3),
        (Police, 2),
        (Visit, 2),
        (OwnInitiative, 1),
    ];
    let mut roll = dice.between(1, SHARES.iter().map(|(_, share)| share).sum());
    for (channel, share) in SHARES {
        roll -= share;
        if roll <= 0 {
            return channel;
        }
    }
    WalkIn
}
