//! What a declaration is about. What it opens or shuts is told by the gates.

use uuid::Uuid;

use crate::entity::invitation;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::words::ConsentSubject;

/// An invitation is named exactly when the declaration is about one, and it is one of this
/// case.
pub(super) fn check_subject(
    invitations: &[invitation::Model],
    subject: ConsentSubject,
    invitation_id: Option<Uuid>,
) -> Result<()> {
    let pointer = "/invitation_id";
    match (subject == ConsentSubject::Invitation, invitation_id) {
        (false, None) => Ok(()),
        (false, Some(_)) => Err(Error::invalid(
            pointer,
            "not_applicable",
            Text::new(
                "只有对邀请参加人表态时才写明邀请。",
                "Name an invitation only when the declaration is about one.",
            ),
        )),
        (true, None) => Err(Error::invalid(
            pointer,
            "missing",
            Text::new(
                "请写明同意或拒绝的是哪一项邀请。",
                "Name the invitation that is consented to or refused.",
            ),
        )),
        (true, Some(id)) if invitations.iter().any(|it| it.id == id) => Ok(()),
        (true, Some(id)) => Err(Error::unknown_reference(pointer, id)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::words::InvitationCapacity;

    #[test]
    fn an_invitation_is_named_exactly_when_it_is_the_subject() {
        use ConsentSubject::{Invitation, Mediation, PublicHearing};
        let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let invitations = [invitation::Model {
            id: ours,
            case_id: Uuid::nil(),
            name: "周明德".to_owned(),
            organization: None,
            capacity: InvitationCapacity::Expert,
            invited_by: Uuid::nil(),
            invited_at: DateTime::<Utc>::default(),
        }];
        for (subject, invitation_id, fault) in [
            (Mediation, None, None),
            (PublicHearing, None, None),
            (Invitation, Some(ours), None),
            (Mediation, Some(ours), Some("not_applicable")),
            (PublicHearing, Some(ours), Some("not_applicable")),
            (Invitation, None, Some("missing")),
            (Invitation, Some(theirs), Some("unknown_reference")),
        ] {
            let found = match check_subject(&invitations, subject, invitation_id) {
                Err(Error::Invalid(faults)) => Some(faults[0].code),
                other => other.map(|()| None).unwrap(),
            };
            assert_eq!(found, fault, "{subject} {invitation_id:?}");
        }
    }
}
