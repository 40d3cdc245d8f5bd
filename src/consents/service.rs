//! Recording what parties declare and are told, and inviting others.

use uuid::Uuid;

use super::input::{InviteParticipant, RecordConsent, RecordRightsNotice};
use super::views::{Consent, Invitation, RightsNotice};
use super::{rules, store};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::{consent, invitation, rights_notice};
use crate::error::Result;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListConsents>,
    case_id: Uuid,
) -> Result<(i64, Vec<Consent>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.consents.into_iter().map(Consent::from).collect()))
}

/// Records a declaration. A refusal of mediation shuts the gates of every later step (PML 17);
/// a later declaration takes the place of an earlier one.
pub(crate) async fn record(
    app: &App,
    call: &Allowed<can::RecordConsent>,
    case_id: Uuid,
    input: RecordConsent,
) -> Result<Reply<Consent>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    cases::named_party(&file, "/party_id", input.party_id)?;
    cases::not_in_future("/declared_at", input.declared_at, work.now())?;
    rules::check_subject(&file.invitations, input.subject, input.invitation_id)?;
    let consent = consent::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id: input.party_id,
        subject: input.subject,
        invitation_id: input.invitation_id,
        decision: input.decision,
        declared_at: input.declared_at,
        manner: input.manner,
        note: input.note,
        recorded_by: permit.actor_id(),
    };
    store::insert_consent(work.db(), consent.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("consent.recorded", &file.case, &case);
    let location = format!("{}/consents", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, consent.into())).await
}

pub(super) async fn list_rights_notices(
    app: &App,
    call: &Allowed<can::ListRightsNotices>,
    case_id: Uuid,
) -> Result<(i64, Vec<RightsNotice>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.rights_notices.into_iter().map(RightsNotice::from).collect()))
}

pub(crate) async fn record_rights_notice(
    app: &App,
    call: &Allowed<can::RecordRightsNotice>,
    case_id: Uuid,
    input: RecordRightsNotice,
) -> Result<Reply<RightsNotice>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    cases::named_party(&file, "/party_id", input.party_id)?;
    cases::not_in_future("/told_at", input.told_at, work.now())?;
    let notice = rights_notice::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id: input.party_id,
        told_at: input.told_at,
        manner: input.manner,
        acknowledged: input.acknowledged,
        recorded_by: permit.actor_id(),
    };
    store::insert_rights_notice(work.db(), notice.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("rights_notice.recorded", &file.case, &case);
    let location = format!("{}/rights-notices", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, notice.into())).await
}

pub(super) async fn list_invitations(
    app: &App,
    call: &Allowed<can::ListInvitations>,
    case_id: Uuid,
) -> Result<(i64, Vec<Invitation>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.invitations.into_iter().map(Invitation::from).collect()))
}

/// Invites somebody. Whether the person may sit in is up to the parties (PML 20): their
/// consents are asked for when attendance is recorded.
pub(crate) async fn invite(
    app: &App,
    call: &Allowed<can::InviteParticipant>,
    case_id: Uuid,
    input: InviteParticipant,
) -> Result<Reply<Invitation>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let invitation = invitation::Model {
        id: Uuid::now_v7(),
        case_id,
        name: input.name,
        organization: input.organization,
        capacity: input.capacity,
        invited_by: permit.actor_id(),
        invited_at: work.now(),
    };
    store::insert_invitation(work.db(), invitation.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("participant.invited", &file.case, &case);
    let location = format!("{}/invitations", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, invitation.into())).await
}
