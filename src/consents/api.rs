//! HTTP for consents, rights notices and invitations.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::{InviteParticipant, RecordConsent, RecordRightsNotice};
use super::service;
use super::views::{Consent, Invitation, RightsNotice};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct ConsentsApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Preparation")]
impl ConsentsApi {
    /// List what the parties consented to or refused
    ///
    /// Every declaration in the order of its recording. Of several by the same party on the
    /// same subject the one declared last counts.
    #[oai(path = "/:case_id/consents", method = "get", operation_id = "list_consents")]
    async fn list_consents(
        &self,
        call: Allowed<can::ListConsents>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Consent>>, Problem> {
        let (version, consents) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, consents))
    }

    /// Record what a party consents to or refuses (同意)
    ///
    /// That the dispute is mediated at all (PML 17), that an invited person takes part
    /// (PML 20), that the hearing is public (PML 23), or that a court confirms the agreement
    /// (PML 33), which is said best with the signature. Mediation starts only when every party
    /// has consented; a party that refuses it shuts every further step of mediation. A later
    /// declaration takes the place of an earlier one, which stays on record. `409` once the
    /// mediation has ended; `422` for a party or an invitation of another case, an invitation
    /// that is missing or out of place, and a declaration in the future.
    #[oai(path = "/:case_id/consents", method = "post", operation_id = "record_consent")]
    async fn record_consent(
        &self,
        call: Allowed<can::RecordConsent>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordConsent>,
    ) -> Result<Created<Consent>, Problem> {
        Ok(service::record(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// List when the parties were told their rights and duties
    ///
    /// Every notice in the order of its recording.
    #[oai(path = "/:case_id/rights-notices", method = "get", operation_id = "list_rights_notices")]
    async fn list_rights_notices(
        &self,
        call: Allowed<can::ListRightsNotices>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<RightsNotice>>, Problem> {
        let (version, notices) = service::list_rights_notices(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, notices))
    }

    /// Record that a party was told its rights and duties (权利义务告知)
    ///
    /// Before mediation each party is told its rights and duties (PML 23 and 24; 2002 rules
    /// 30). Mediation starts only when each party has acknowledged a notice; one without
    /// acknowledgement is kept but opens nothing. `409` unless the case is accepted or in
    /// mediation; `422` for a party of another case or a notice in the future.
    #[oai(
        path = "/:case_id/rights-notices",
        method = "post",
        operation_id = "record_rights_notice"
    )]
    async fn record_rights_notice(
        &self,
        call: Allowed<can::RecordRightsNotice>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordRightsNotice>,
    ) -> Result<Created<RightsNotice>, Problem> {
        Ok(service::record_rights_notice(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// List who was invited to take part
    ///
    /// Names are masked. Whether the parties agree to a person stands in the consents.
    #[oai(path = "/:case_id/invitations", method = "get", operation_id = "list_invitations")]
    async fn list_invitations(
        &self,
        call: Allowed<can::ListInvitations>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Invitation>>, Problem> {
        let (version, invitations) = service::list_invitations(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, invitations))
    }

    /// Invite somebody to take part
    ///
    /// Relatives, neighbors, colleagues, experts or people of social organizations may take
    /// part with the consent of the parties (PML 20): record each party's consent to this
    /// invitation before the hearing, or attendance is refused there. `409` unless the case is
    /// accepted or in mediation.
    #[oai(path = "/:case_id/invitations", method = "post", operation_id = "invite_participant")]
    async fn invite_participant(
        &self,
        call: Allowed<can::InviteParticipant>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<InviteParticipant>,
    ) -> Result<Created<Invitation>, Problem> {
        Ok(service::invite(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
