//! Whether what mediators declared touches a case: names and numbers compared, pure. A name
//! that is the same is a fact, not an identity; whoever reads it looks further.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::access::Action;
use crate::cases::file::CaseFile;
use crate::cases::gates::designation;
use crate::entity::{agent, interest, party};
use crate::error::{Error, Fault, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::personal_data::numbers::name_key;
use crate::tracks::{self, RecusalRule};
use crate::words::{InterestGround, InterestKind, Track};

/// One thing in the recorded data that ties a mediator to somebody in the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fact {
    pub mediator_id: Uuid,
    pub ground: InterestGround,
    /// The declaration it comes from; none where only the mediator's own name is the same.
    pub interest: Option<(Uuid, InterestKind)>,
    /// Who it is about, or for whom the agent acts.
    pub party_id: Uuid,
    pub agent_id: Option<Uuid>,
}

impl Fact {
    /// Whether it keeps the mediator off the panel. What was declared does; that somebody
    /// happens to have the mediator's own name is for a person to look at.
    pub fn bars(&self) -> bool {
        self.interest.is_some()
    }
}

/// Whether a declaration counts on that day: first and last day included.
pub(super) fn is_valid_on(it: &interest::Model, day: NaiveDate) -> bool {
    it.since <= day && it.until.is_none_or(|last| day <= last)
}

/// What the mediators of the standing panel have declared, as far as it touches the case today.
pub(crate) fn of_panel(file: &CaseFile) -> Vec<Fact> {
    file.panel().flat_map(|it| of_mediator(file, it.mediator_id, &file.interests)).collect()
}

/// The same of one person, who may not sit on the panel yet.
pub(crate) fn of_mediator(
    file: &CaseFile,
    mediator_id: Uuid,
    interests: &[interest::Model],
) -> Vec<Fact> {
    let mut found = Vec::new();
    let valid =
        |it: &&interest::Model| it.mediator_id == mediator_id && is_valid_on(it, file.today());
    for interest in interests.iter().filter(valid) {
        let fact = |ground, party_id, agent_id| Fact {
            mediator_id,
            ground,
            interest: Some((interest.id, interest.kind)),
            party_id,
            agent_id,
        };
        let of_party =
            |it: &party::Model| touches_party(interest, it).map(|ground| fact(ground, it.id, None));
        found.extend(file.parties.iter().filter_map(of_party));
        let agents = file.agents.iter().filter(|it| touches_agent(interest, it));
        found.extend(
            agents.map(|it| fact(InterestGround::SameNameAsAgent, it.party_id, Some(it.id))),
        );
    }
    found
}

fn touches_party(interest: &interest::Model, party: &party::Model) -> Option<InterestGround> {
    let name = name_key(&interest.counterpart_name);
    let is_named = |it: &str| name_key(it) == name;
    if interest.credit_code.is_some() && interest.credit_code == party.credit_code {
        Some(InterestGround::SameCreditCode)
    } else if is_named(&party.name) {
        Some(InterestGround::SameName)
    } else if party.legal_representative.as_deref().is_some_and(is_named) {
        Some(InterestGround::SameNameAsLegalRepresentative)
    } else {
        None
    }
}

/// The agent, or the firm the agent comes from.
fn touches_agent(interest: &interest::Model, agent: &agent::Model) -> bool {
    let name = name_key(&interest.counterpart_name);
    name_key(&agent.name) == name
        || agent.organization.as_deref().is_some_and(|it| name_key(it) == name)
}

/// Earlier roles in the dispute as far as names show them: somebody in the case has the
/// mediator's own name.
pub(super) fn same_names(file: &CaseFile, mediator_id: Uuid, name: &str) -> Vec<Fact> {
    let name = name_key(name);
    let fact = |ground, party_id, agent_id| Fact {
        mediator_id,
        ground,
        interest: None,
        party_id,
        agent_id,
    };
    let parties = file.parties.iter().filter(|it| name_key(&it.name) == name);
    let parties = parties.map(|it| fact(InterestGround::MediatorNamedLikeParty, it.id, None));
    let agents = file.agents.iter().filter(|it| name_key(&it.name) == name);
    let agents =
        agents.map(|it| fact(InterestGround::MediatorNamedLikeAgent, it.party_id, Some(it.id)));
    parties.chain(agents).collect()
}

/// What touches the case after a change of it and did not before.
pub(crate) fn newly_found(before: &CaseFile, after: &CaseFile) -> Vec<Fact> {
    let known = of_panel(before);
    of_panel(after).into_iter().filter(|it| !known.contains(it)).collect()
}

/// The articles that keep somebody with an interest off the panel of this track.
pub(super) fn law(track: Track) -> &'static [Law] {
    match tracks::rules(track).recusal {
        RecusalRule::ReplaceAtOnce => &[Law::Rules2002Art25, Law::Pml15],
        RecusalRule::SuspendAndDecide => &[Law::O121Art21],
    }
}

/// Who in the case the fact is about, without names.
pub(super) fn told(file: &CaseFile, fact: &Fact) -> Text {
    let (zh, en) = file.party(fact.party_id).map(designation).unwrap_or_default();
    let (kind_zh, kind_en) = fact.interest.map_or_else(Default::default, |(_, kind)| {
        (format!("（登记的关系：{}）", kind.term()), format!(" (declared: {kind})"))
    });
    let (ground_zh, ground_en) = (fact.ground.term(), fact.ground.name().replace('_', " "));
    Text::new(
        format!("调解员与{zh}之间：{ground_zh}{kind_zh}。"),
        format!("Between the mediator and {en}: {ground_en}{kind_en}."),
    )
}

/// What may be said of one mediator: what the data shows, and never that there is no conflict.
pub(super) fn statement(declarations: u32, facts: usize) -> Text {
    let (mut zh, mut en) = match facts {
        0 => (
            "在已登记的数据中未发现利害关系。".to_owned(),
            "No hits in the recorded data.".to_owned(),
        ),
        _ => (
            format!("在已登记的数据中发现 {facts} 项事实，请核实。"),
            format!("{facts} facts in the recorded data; look into them."),
        ),
    };
    if declarations == 0 {
        zh.push_str("该调解员没有现行有效的利害关系申报。");
        en.push_str(" The mediator has no declaration that is valid today.");
    }
    Text::new(zh, en)
}

/// An interest does not end before it begins.
pub(super) fn check_days(since: NaiveDate, until: Option<NaiveDate>) -> Option<Fault> {
    until.filter(|it| *it < since).map(|_| {
        let detail = Text::new("截止日期早于起始日期。", "The last day comes before the first.");
        Fault::new("/until", "before_start", detail)
    })
}

/// An interest ends once; a last day that has not come may still be changed.
pub(super) fn check_end(it: &interest::Model, until: NaiveDate, today: NaiveDate) -> Result<()> {
    if let Some(fault) = check_days(it.since, Some(until)) {
        return Err(Error::Invalid(vec![fault]));
    }
    if it.until.is_some_and(|last| last < today) {
        let detail = Text::new("该利害关系已经终止。", "This interest has ended already.");
        return Err(Error::refused("interest_ended", detail, &[]));
    }
    Ok(())
}

/// The fact as what stands in the way.
pub(crate) fn unmet(file: &CaseFile, fact: &Fact, mend: &'static [Action]) -> Unmet {
    let code = "interest_found";
    Unmet { code, detail: told(file, fact), law: law(file.case.track), mend }
}

#[cfg(test)]
mod tests;
