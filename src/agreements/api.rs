//! HTTP for agreements, written and oral.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::codes::{self, SigningCode};
use super::input::{
    DraftAgreement, RecordOralAgreement, SealAgreement, SendSigningCode, SignAgreement,
};
use super::service;
use super::views::{Agreement, AgreementFindings, AgreementPreview};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Plain, PngPicture, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct AgreementsApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Outcome")]
impl AgreementsApi {
    /// Read the agreement
    ///
    /// The latest revision with its terms, its text and hash, the signatures, the seal, and
    /// what is missing until it is in force (PML 29). `404` when there is none.
    #[oai(path = "/:case_id/agreement", method = "get", operation_id = "read_agreement")]
    async fn read_agreement(
        &self,
        call: Allowed<can::ReadAgreement>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Agreement>, Problem> {
        let (version, agreement) = service::read(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, agreement))
    }

    /// Draft the written agreement
    ///
    /// Makes the first revision, or replaces the draft. When the text is locked and not yet in
    /// force, it is superseded by a new draft, and its signatures and seal count no more. The
    /// case must be `mediating`. Every fault of the content is named at once (`422`): parties
    /// of the case only, a sum for payments and for nothing else, days from today to 2100,
    /// instalments that add up and end on the last day.
    #[oai(path = "/:case_id/agreement", method = "put", operation_id = "draft_agreement")]
    async fn draft_agreement(
        &self,
        call: Allowed<can::DraftAgreement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<DraftAgreement>,
    ) -> Result<Versioned<Agreement>, Problem> {
        Ok(service::draft(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Preview an agreement without keeping it
    ///
    /// The same body as drafting: answers the standard text as locking would make it, and
    /// everything that stands against asking a court to confirm it. Faults of the content are
    /// findings here and no refusal; only what is no draft at all is `422`. Nothing is written.
    #[oai(
        path = "/:case_id/agreement/preview",
        method = "post",
        operation_id = "preview_agreement"
    )]
    async fn preview_agreement(
        &self,
        call: Allowed<can::PreviewAgreement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<DraftAgreement>,
    ) -> Result<Plain<AgreementPreview>, Problem> {
        Ok(Plain(service::preview(&self.0, &call, case_id.0, body.0).await?))
    }

    /// Check an agreement for what a court would refuse
    ///
    /// The draft, or the locked text that is not yet in force, against what a court does not take
    /// up or refuses (CPL-I 355, 358): sums and days that do not fit, unclear words, relations of
    /// identity, ownership, the public interest, minors and agents, each with its place and its
    /// article. `ready_for_confirmation` is whether nothing is blocking; nothing else depends on
    /// it. `404` when there is no such text.
    #[oai(
        path = "/:case_id/agreement/findings",
        method = "get",
        operation_id = "read_agreement_findings"
    )]
    async fn read_agreement_findings(
        &self,
        call: Allowed<can::ReadAgreementFindings>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Plain<AgreementFindings>, Problem> {
        Ok(Plain(service::findings(&self.0, &call, case_id.0).await?))
    }

    /// Lock the text of the agreement (定稿)
    ///
    /// Makes the standard text from the draft and fixes it by its SHA-256; parties stand in it
    /// by side and place, without names. Needs a draft, a hearing that was held, all minutes,
    /// no hearing still scheduled, verified identities, a guardian for every minor, a complete
    /// panel, and nobody who clearly refuses mediation (PML 17, 19, 27 to 29).
    #[oai(path = "/:case_id/agreement/lock", method = "post", operation_id = "lock_agreement")]
    async fn lock_agreement(
        &self,
        call: Allowed<can::LockAgreement>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Agreement>, Problem> {
        Ok(service::lock(&self.0, &call, case_id.0).await?.into())
    }

    /// Record a signature under the agreement
    ///
    /// Needs a locked text and its hash (`409 text_changed` for another one, PML 29). A party
    /// signs itself or through an agent with power to settle and a mandate that covers the day
    /// (`no_power_to_settle`, `mandate_not_valid`, Civil Code 165); a minor through a guardian
    /// (`guardian_must_sign`). The mediator's signature is that of the caller, who presides
    /// (`not_presiding`). Nobody signs twice (`already_signed`). When nothing is missing any
    /// more, the agreement is in force on the day of its latest act, and the case becomes
    /// `performing` with the outcome `agreement`.
    ///
    /// Each signer by another method: `pen` and `stamp`, with the scan of the paper among the
    /// evidence; `fingerprint`, with a witness; `tablet`, with what was drawn, which is kept and
    /// hashed; `phone_code`, with the code of `…/signing-codes`. What a method asks for (`missing`) and what it refuses (`not_for_this_method`) is
    /// told with everything at once (`422`). Of a code `409`: `no_signing_code`,
    /// `code_wrong`, which is counted, `code_spent` after five of them, `code_expired`,
    /// `code_used`, `code_of_another_text`, `code_of_another_person`.
    ///
    /// With its signature a party may say whether it wants a court to confirm the agreement
    /// (PML 33): it stands among the consents, and when all say yes nobody has to be asked again.
    #[oai(
        path = "/:case_id/agreement/signatures",
        method = "post",
        operation_id = "sign_agreement"
    )]
    async fn sign_agreement(
        &self,
        call: Allowed<can::SignAgreement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<SignAgreement>,
    ) -> Result<Created<Agreement>, Problem> {
        Ok(service::sign(&self.0, call, case_id.0, body.0).await?.into())
    }

    /// Send a code for signing to a phone (签署码)
    ///
    /// Six digits to the recorded phone of the party, or of the agent or guardian who signs for
    /// it. Good for ten minutes unless the station says otherwise, for five tries and for the
    /// present text; a later code takes its place. `409`: `no_message_gateway` where the station
    /// has no way to send, `no_phone_number`, `no_mobile_number`, `too_many_codes` after three
    /// within an hour, and whatever would keep this person from signing.
    #[oai(
        path = "/:case_id/agreement/signing-codes",
        method = "post",
        operation_id = "send_signing_code"
    )]
    async fn send_signing_code(
        &self,
        call: Allowed<can::SendSigningCode>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<SendSigningCode>,
    ) -> Result<Created<SigningCode>, Problem> {
        Ok(codes::send(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Read a drawn signature
    ///
    /// The PNG that was drawn, with the method `tablet`; under whatever revision. The `ETag` is
    /// its SHA-256. `404` for a signature that was not drawn.
    #[oai(
        path = "/:case_id/agreement/signatures/:signature_id/drawing",
        method = "get",
        operation_id = "read_signature_drawing"
    )]
    async fn read_signature_drawing(
        &self,
        call: Allowed<can::ReadSignatureDrawing>,
        /// The case.
        case_id: Path<Uuid>,
        /// The signature.
        signature_id: Path<Uuid>,
    ) -> Result<PngPicture, Problem> {
        Ok(service::drawing(&self.0, &call, case_id.0, signature_id.0).await?)
    }

    /// Put the seal on the agreement
    ///
    /// The committee's on the people's track (PML 29), the authority's own on its tracks (O121
    /// 24): `409 wrong_seal` for another office's. Needs a locked text without a seal
    /// (`already_sealed`). Before or after the signatures: whichever act comes last puts the
    /// agreement in force.
    #[oai(path = "/:case_id/agreement/seal", method = "post", operation_id = "seal_agreement")]
    async fn seal_agreement(
        &self,
        call: Allowed<can::SealAgreement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<SealAgreement>,
    ) -> Result<Versioned<Agreement>, Problem> {
        Ok(service::seal(&self.0, &call, case_id.0, body.0.office_id).await?.into())
    }

    /// Record an oral agreement (口头协议)
    ///
    /// For parties who need no paper: the mediator records what was agreed (PML 28), and it is
    /// in force on the day it was reached (PML 30). The case becomes `performing` with the
    /// outcome `oral_agreement`; a draft is superseded. Wants what locking a text wants, and
    /// that no text is locked. The content is checked like that of a draft. On the authority's
    /// tracks it must say why there is no document (`409 mediation_document_required`, O121 24).
    #[oai(
        path = "/:case_id/oral-agreement",
        method = "post",
        operation_id = "record_oral_agreement"
    )]
    async fn record_oral_agreement(
        &self,
        call: Allowed<can::RecordOralAgreement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordOralAgreement>,
    ) -> Result<Created<Agreement>, Problem> {
        let (content, reached_at, waiver) = body.0.into_parts();
        let recorded =
            service::record_oral(&self.0, &call, case_id.0, content, reached_at, waiver).await?;
        Ok(recorded.into())
    }
}
