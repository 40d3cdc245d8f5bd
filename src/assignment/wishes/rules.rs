//! What counts of the parties' wishes, and what is no wish but a recusal. Pure.

use uuid::Uuid;

use crate::access::Action;
use crate::cases::file::CaseFile;
use crate::entity::mediator_wish;
use crate::error::{Error, Result, Unmet};
use crate::language::Text;
use crate::tracks::{self, RecusalRule};
use crate::words::{MediatorStance, Track};

fn last<'a>(
    wishes: impl Iterator<Item = &'a mediator_wish::Model>,
) -> Option<&'a mediator_wish::Model> {
    wishes.max_by_key(|it| (it.declared_at, it.id))
}

/// Parties whose choice this mediator is: chosen last of all, and not refused since.
pub(in crate::assignment) fn chosen_by(
    wishes: &[mediator_wish::Model],
    parties: &[Uuid],
    mediator_id: Uuid,
) -> Vec<Uuid> {
    let chose = |party_id: &&Uuid| {
        let own = || wishes.iter().filter(|it| it.party_id == **party_id);
        let choice = last(own().filter(|it| it.stance == MediatorStance::Chosen));
        let stance = last(own().filter(|it| it.mediator_id == mediator_id));
        choice.is_some_and(|it| it.mediator_id == mediator_id)
            && stance.is_none_or(|it| it.stance != MediatorStance::Refused)
    };
    parties.iter().filter(chose).copied().collect()
}

/// The wish by which a party refuses this mediator, where the track lets a bare wish decide
/// (2002 rules 25).
pub(in crate::assignment) fn refusal_of(
    track: Track,
    wishes: &[mediator_wish::Model],
    mediator_id: Uuid,
) -> Option<&mediator_wish::Model> {
    if tracks::rules(track).recusal != RecusalRule::ReplaceAtOnce {
        return None;
    }
    let of_mediator = || wishes.iter().filter(|it| it.mediator_id == mediator_id);
    of_mediator().find(|it| {
        let own = last(of_mediator().filter(|other| other.party_id == it.party_id));
        it.stance == MediatorStance::Refused && own.is_some_and(|own| own.id == it.id)
    })
}

/// Accepted is who sits on the panel; refused without more is who does not, where the track lets
/// it. Everything else against a mediator is a recusal.
pub(super) fn check_stance(
    file: &CaseFile,
    mediator_id: Uuid,
    stance: MediatorStance,
) -> Result<()> {
    let sits = file.panel().any(|it| it.mediator_id == mediator_id);
    let rules = tracks::rules(file.case.track);
    let law = std::slice::from_ref(&rules.recusal_law);
    let unmet = match stance {
        MediatorStance::Accepted if !sits => Unmet {
            code: "not_on_panel",
            detail: Text::new(
                "此人不在本案调解组中；尚未指派的，可以记录为“选择”。",
                "This person does not sit on the panel; record a choice of whoever is not assigned yet.",
            ),
            law: &[],
            mend: &[Action::AssignMediator],
        },
        MediatorStance::Refused if sits || rules.recusal == RecusalRule::SuspendAndDecide => {
            Unmet {
                code: "recusal_needed",
                detail: Text::new(
                    "对已在调解组的人，以及在行政调解程序中，不接受应当作为回避申请提出。",
                    "Against a member of the panel, and on the authority's tracks, request a recusal.",
                ),
                law,
                mend: &[Action::RequestRecusal],
            }
        }
        _ => return Ok(()),
    };
    Err(Error::Refused(vec![unmet]))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::words::Manner;

    const CONSUMER: Uuid = Uuid::from_u128(11);
    const SHOP: Uuid = Uuid::from_u128(12);
    const WANG: Uuid = Uuid::from_u128(1);
    const LI: Uuid = Uuid::from_u128(2);

    fn said(list: &[(Uuid, Uuid, MediatorStance)]) -> Vec<mediator_wish::Model> {
        let wish =
            |(hour, &(party_id, mediator_id, stance)): (i64, &(Uuid, Uuid, MediatorStance))| {
                mediator_wish::Model {
                    id: Uuid::now_v7(),
                    case_id: Uuid::nil(),
                    party_id,
                    mediator_id,
                    stance,
                    declared_at: DateTime::<Utc>::default() + TimeDelta::hours(hour),
                    manner: Manner::Phone,
                    recorded_by: Uuid::nil(),
                }
            };
        (0..).zip(list).map(wish).collect()
    }

    #[test]
    fn the_last_choice_of_a_party_counts() {
        use MediatorStance::{Accepted, Chosen, Refused};
        let both = [CONSUMER, SHOP];
        for (wishes, mediator, expected) in [
            (vec![], WANG, vec![]),
            (vec![(CONSUMER, WANG, Chosen)], WANG, vec![CONSUMER]),
            (vec![(CONSUMER, WANG, Chosen), (SHOP, WANG, Chosen)], WANG, both.to_vec()),
            (vec![(CONSUMER, WANG, Chosen), (CONSUMER, LI, Chosen)], WANG, vec![]),
            (vec![(CONSUMER, WANG, Chosen), (CONSUMER, WANG, Refused)], WANG, vec![]),
            (vec![(CONSUMER, WANG, Refused), (CONSUMER, WANG, Chosen)], WANG, vec![CONSUMER]),
            (vec![(CONSUMER, WANG, Chosen), (CONSUMER, WANG, Accepted)], WANG, vec![CONSUMER]),
            (vec![(CONSUMER, WANG, Accepted)], WANG, vec![]),
        ] {
            assert_eq!(chosen_by(&said(&wishes), &both, mediator), expected, "{wishes:?}");
        }
    }

    #[test]
    fn a_bare_wish_refuses_on_the_peoples_track_only() {
        use MediatorStance::{Chosen, Refused};
        use Track::{AdministrativeMediation, EntrustedMediation, PeopleMediation};
        for (track, wishes, refused) in [
            (PeopleMediation, vec![(SHOP, WANG, Refused)], true),
            (PeopleMediation, vec![(SHOP, LI, Refused)], false),
            (PeopleMediation, vec![(SHOP, WANG, Refused), (SHOP, WANG, Chosen)], false),
            (PeopleMediation, vec![(SHOP, WANG, Refused), (CONSUMER, WANG, Chosen)], true),
            (AdministrativeMediation, vec![(SHOP, WANG, Refused)], false),
            (EntrustedMediation, vec![(SHOP, WANG, Refused)], false),
        ] {
            let found = refusal_of(track, &said(&wishes), WANG).is_some();
            assert_eq!(found, refused, "{track} {wishes:?}");
        }
    }
}
