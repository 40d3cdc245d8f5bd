//! The table of the tracks (design §3; domain §0.3): in whose name, under which clocks, with which
//! paper and seal, for which reasons, decided by whom. Pure data; `rules(track)` is the only door.

use crate::law::Law;
use crate::words::{DeclineReason, MoveKind, OfficeKind, Paper, Role, TerminationReason, Track};

/// Whose hands an agreement needs beside the seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signers {
    /// Each party and the mediator (PML 29).
    PartiesAndPresidingMediator,
    /// Each party (O121 24).
    Parties,
}

/// When an agreement may stand without its paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentRule {
    /// Whenever the parties need no paper: the mediator records the content (PML 28).
    ByChoice,
    /// Only if it was performed at once or both parties agree to have none (O121 24).
    PerformedOrWaived,
}

/// What comes first when mediation ends without an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndingRule {
    /// The parties are told of the other routes, then mediation ends (PML 26).
    TellThenEnd,
    /// The authority decides, both are told in time, then the case closes (O121 23(2)).
    DecideTellEnd,
}

/// What a party's objection to a mediator brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecusalRule {
    /// The presiding mediator is replaced, without a reason and without a decision (2002 rules 25).
    ReplaceAtOnce,
    /// Mediation is suspended until the authority has decided (O121 21).
    SuspendAndDecide,
}

/// Under whose law a case runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    /// The People's Mediation Law.
    PeopleMediation,
    /// The market-supervision authority's procedure (order 121).
    MarketSupervision,
}

/// What follows from a track.
#[derive(Debug)]
pub struct TrackRules {
    pub track: Track,
    pub regime: Regime,
    /// The kinds of office in whose name a case of this track is handled.
    pub handled_by: &'static [OfficeKind],
    /// The kind of office whose seal goes under the paper.
    pub seal: OfficeKind,
    pub paper: Paper,
    /// The article on paper, signatures and seal.
    pub paper_law: Law,
    pub signers: Signers,
    pub document: DocumentRule,
    /// Who decides on acceptance, on declining and on termination.
    pub deciders: &'static [Role],
    /// Who may preside over the panel.
    pub presiding: &'static [Role],
    /// The article on who decides and who presides.
    pub deciders_law: Law,
    pub decline_reasons: &'static [(DeclineReason, Law)],
    pub termination_reasons: &'static [(TerminationReason, Law)],
    pub ending: EndingRule,
    pub recusal: RecusalRule,
    pub recusal_law: Law,
    /// Whether the parties may ask a court to confirm the agreement (PML 33; CPL 205).
    pub confirmation: bool,
    /// The family of rules of the decision on acceptance, if the law sets a time.
    pub acceptance_clock: Option<&'static str>,
    /// The family of rules of the end of mediation.
    pub mediation_clock: &'static str,
    /// The same where a court has referred the case.
    pub referred_mediation_clock: &'static str,
    /// The family of rules of telling the parties of a termination, if the law sets a time.
    pub termination_clock: Option<&'static str>,
}

const MARKET_SUPERVISION: &[OfficeKind] = &[OfficeKind::MarketSupervisionOffice];

/// 2002 rules 22; PML 17.
const PEOPLE_DECLINE: &[(DeclineReason, Law)] = &[
    (DeclineReason::PartyRefuses, Law::Pml17),
    (DeclineReason::ReservedToOtherOrgan, Law::Rules2002Art22),
    (DeclineReason::HandledElsewhere, Law::Rules2002Art22),
    (DeclineReason::NoDispute, Law::Rules2002Art22),
    (DeclineReason::MaterialsMissing, Law::Rules2002Art22),
    (DeclineReason::Other, Law::Rules2002Art22),
];

/// O121 16, items 1 to 7 in their order.
const AUTHORITY_DECLINE: &[(DeclineReason, Law)] = &[
    (DeclineReason::OutsideCompetence, Law::O121Art16),
    (DeclineReason::SameDisputeHandled, Law::O121Art16),
    (DeclineReason::NotLivingConsumption, Law::O121Art16),
    (DeclineReason::OlderThanThreeYears, Law::O121Art16),
    (DeclineReason::MaterialsMissingOrFalse, Law::O121Art16),
    (DeclineReason::IdentityNotVerified, Law::O121Art16),
    (DeclineReason::OtherByLaw, Law::O121Art16),
];

const PEOPLE_TERMINATION: &[(TerminationReason, Law)] = &[
    (TerminationReason::PartyEnds, Law::Pml23),
    (TerminationReason::PartyRefuses, Law::Pml17),
    (TerminationReason::PartyAbsent, Law::Pml26),
    (TerminationReason::NoAgreement, Law::Pml26),
    (TerminationReason::TimeExpired, Law::Rules2002Art33),
    (TerminationReason::PartyLost, Law::Pml26),
    (TerminationReason::NotMediable, Law::Rules2002Art22),
    (TerminationReason::Other, Law::Pml26),
];

/// O121 23(1), items 2 to 8; item 1 (withdrawn, settled) has its own endings.
const AUTHORITY_TERMINATION: &[(TerminationReason, Law)] = &[
    (TerminationReason::PartyAbsent, Law::O121Art23),
    (TerminationReason::PartyRefuses, Law::O121Art23),
    (TerminationReason::NoAgreement, Law::O121Art23),
    (TerminationReason::AppraisalCostDisputed, Law::O121Art23),
    (TerminationReason::TimeExpired, Law::O121Art23),
    (TerminationReason::NotAcceptable, Law::O121Art23),
    (TerminationReason::PartyLost, Law::O121Art23),
    (TerminationReason::OtherByLaw, Law::O121Art23),
];

const PEOPLE: TrackRules = TrackRules {
    track: Track::PeopleMediation,
    regime: Regime::PeopleMediation,
    handled_by: OfficeKind::ALL,
    seal: OfficeKind::MediationCommittee,
    paper: Paper::MediationAgreement,
    paper_law: Law::Pml29,
    signers: Signers::PartiesAndPresidingMediator,
    document: DocumentRule::ByChoice,
    deciders: &[Role::Clerk, Role::Mediator, Role::Officer, Role::Director],
    presiding: &[Role::Mediator, Role::Officer],
    deciders_law: Law::Pml19,
    decline_reasons: PEOPLE_DECLINE,
    termination_reasons: PEOPLE_TERMINATION,
    ending: EndingRule::TellThenEnd,
    recusal: RecusalRule::ReplaceAtOnce,
    recusal_law: Law::Rules2002Art25,
    confirmation: true,
    acceptance_clock: None,
    mediation_clock: "pml.general",
    referred_mediation_clock: "court.ref.mediate",
    termination_clock: None,
};

const ADMINISTRATIVE: TrackRules = TrackRules {
    track: Track::AdministrativeMediation,
    regime: Regime::MarketSupervision,
    handled_by: MARKET_SUPERVISION,
    seal: OfficeKind::MarketSupervisionOffice,
    paper: Paper::MediationDocument,
    paper_law: Law::O121Art24,
    signers: Signers::Parties,
    document: DocumentRule::PerformedOrWaived,
    deciders: &[Role::Officer, Role::Director],
    presiding: &[Role::Officer],
    deciders_law: Law::O121Art20,
    decline_reasons: AUTHORITY_DECLINE,
    termination_reasons: AUTHORITY_TERMINATION,
    ending: EndingRule::DecideTellEnd,
    recusal: RecusalRule::SuspendAndDecide,
    recusal_law: Law::O121Art21,
    confirmation: false,
    acceptance_clock: Some("samr.accept"),
    mediation_clock: "samr.mediate",
    referred_mediation_clock: "samr.mediate",
    termination_clock: Some("samr.terminate.notice"),
};

/// The authority's own track in all but one thing: the committee's mediators preside (O121 19).
const ENTRUSTED: TrackRules = TrackRules {
    track: Track::EntrustedMediation,
    presiding: &[Role::Mediator],
    deciders_law: Law::O121Art19,
    ..ADMINISTRATIVE
};

/// What follows from a track. The whole table.
pub fn rules(track: Track) -> &'static TrackRules {
    match track {
        Track::PeopleMediation => &PEOPLE,
        Track::AdministrativeMediation => &ADMINISTRATIVE,
        Track::EntrustedMediation => &ENTRUSTED,
    }
}

/// Of articles listed people's mediation first, the authority's after it: those that count on the
/// track. All of them where the list knows only one kind.
pub fn articles(track: Track, listed: &'static [Law]) -> &'static [Law] {
    let split = listed.iter().position(|it| it.is_of_authority()).unwrap_or(listed.len());
    let (people, authority) = listed.split_at(split);
    let own = match rules(track).regime {
        Regime::PeopleMediation => people,
        Regime::MarketSupervision => authority,
    };
    if own.is_empty() { listed } else { own }
}

/// The article under which a case of this track may be declined for this reason, if any.
pub fn decline_article(track: Track, reason: DeclineReason) -> Option<Law> {
    rules(track).decline_reasons.iter().find(|(it, _)| *it == reason).map(|(_, law)| *law)
}

/// The article under which mediation on this track may be ended for this reason, if any.
pub fn termination_article(track: Track, reason: TerminationReason) -> Option<Law> {
    rules(track).termination_reasons.iter().find(|(it, _)| *it == reason).map(|(_, law)| *law)
}

/// Where a move leads from a track, if it has a place there. `last` is the case's latest move: a
/// committee can give back only what it was given.
pub fn destination(track: Track, kind: MoveKind, last: Option<MoveKind>) -> Option<Track> {
    use MoveKind::{Entrust, HandOver, Recall, Return};
    use Track::{AdministrativeMediation, EntrustedMediation, PeopleMediation};
    match (track, kind) {
        (AdministrativeMediation, Entrust) => Some(EntrustedMediation),
        (AdministrativeMediation, HandOver) => Some(PeopleMediation),
        (EntrustedMediation, Recall | Return) => Some(AdministrativeMediation),
        (PeopleMediation, Return) if last == Some(HandOver) => Some(AdministrativeMediation),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
