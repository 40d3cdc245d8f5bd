//! HTTP for the moves between the tracks.

use chrono::NaiveDate;
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service::{self, Decision};
use super::views::TrackMove;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, EXAMPLE_ID, Problem, Tag, Versioned};
use crate::words::{MoveKind, ReturnReason};

/// That the authority entrusts a case.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EntrustCase {
    /// The day by which the committee gives it back; today or later. The authority's own clock
    /// goes on.
    return_by: Option<NaiveDate>,
    /// Why it is entrusted.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for EntrustCase {
    fn example() -> Self {
        Self {
            return_by: NaiveDate::from_ymd_opt(2099, 12, 31),
            explanation: "事实清楚、争议不大，双方同意由调解委员会调解。".to_owned(),
        }
    }
}

/// That the authority takes an entrusted case back.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecallCase {
    /// Why it is taken back.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for RecallCase {
    fn example() -> Self {
        Self { explanation: "调解中发现违法线索，收回自行处理。".to_owned() }
    }
}

/// That the authority hands a case over.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct HandOverCase {
    /// The people's mediation committee that takes it.
    office_id: Uuid,
    /// Why it is handed over.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for HandOverCase {
    fn example() -> Self {
        Self {
            office_id: EXAMPLE_ID,
            explanation: "双方希望由人民调解委员会调解并申请司法确认。".to_owned(),
        }
    }
}

/// That the committee gives a case back.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ReturnCase {
    reason: ReturnReason,
    /// The reason in words.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for ReturnCase {
    fn example() -> Self {
        Self {
            reason: ReturnReason::NoConsent,
            explanation: "被申请人表示不愿继续由调解委员会调解。".to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct TracksApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Tracks")]
impl TracksApi {
    /// List the moves between tracks
    ///
    /// Oldest first, each with both tracks and offices, who decided it, when and why.
    #[oai(path = "/:case_id/track-moves", method = "get", operation_id = "list_track_moves")]
    async fn list_track_moves(
        &self,
        call: Allowed<can::ListTrackMoves>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<TrackMove>>, Problem> {
        let (version, moves) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, moves))
    }

    /// Entrust a case to the committee (委托)
    ///
    /// From administrative to entrusted mediation: the committee's mediators mediate in the
    /// authority's name, under its clock, paper and seal (O121 19). `409` unless each party has
    /// consented to it (`consent_to_move_missing`, `move_refused`), and for a case with an open
    /// clue of illegality (`clue_open`), one marked complex or sensitive, or one that was
    /// entrusted before. The case is `accepted` again until the new panel starts.
    #[oai(path = "/:case_id/entrustment", method = "post", operation_id = "entrust_case")]
    async fn entrust_case(
        &self,
        call: Allowed<can::EntrustCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<EntrustCase>,
    ) -> Result<Created<TrackMove>, Problem> {
        let EntrustCase { return_by, explanation } = body.0;
        let kind = MoveKind::Entrust;
        let decision =
            Decision { kind, office_id: None, return_by, return_reason: None, explanation };
        Ok(service::decide(&self.0, &call, case_id.0, decision).await?.into())
    }

    /// Take an entrusted case back (收回)
    ///
    /// From entrusted to administrative mediation, at any time and without consent. The case
    /// cannot be entrusted again (`409 entrusted_before`).
    #[oai(path = "/:case_id/recall", method = "post", operation_id = "recall_case")]
    async fn recall_case(
        &self,
        call: Allowed<can::RecallCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecallCase>,
    ) -> Result<Created<TrackMove>, Problem> {
        let decision = Decision {
            kind: MoveKind::Recall,
            office_id: None,
            return_by: None,
            return_reason: None,
            explanation: body.0.explanation,
        };
        Ok(service::decide(&self.0, &call, case_id.0, decision).await?.into())
    }

    /// Hand a case over to the committee (移交)
    ///
    /// From administrative to people's mediation: the committee takes it with a number of its
    /// own, mediates in its own name with its own seal, and its own clock starts (SH-DRR 47,
    /// SH-CPR 65). `409` unless each party has consented to it, and for an office that is no
    /// people's mediation committee (`not_a_committee`).
    #[oai(path = "/:case_id/hand-over", method = "post", operation_id = "hand_over_case")]
    async fn hand_over_case(
        &self,
        call: Allowed<can::HandOverCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<HandOverCase>,
    ) -> Result<Created<TrackMove>, Problem> {
        let HandOverCase { office_id, explanation } = body.0;
        let decision = Decision {
            kind: MoveKind::HandOver,
            office_id: Some(office_id),
            return_by: None,
            return_reason: None,
            explanation,
        };
        Ok(service::decide(&self.0, &call, case_id.0, decision).await?.into())
    }

    /// Give a case back to the authority (退回)
    ///
    /// By the committee, with a reason: an entrusted case, or one that was handed over. It runs
    /// on the administrative track again, under its former number.
    #[oai(path = "/:case_id/return", method = "post", operation_id = "return_case")]
    async fn return_case(
        &self,
        call: Allowed<can::ReturnCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ReturnCase>,
    ) -> Result<Created<TrackMove>, Problem> {
        let ReturnCase { reason, explanation } = body.0;
        let decision = Decision {
            kind: MoveKind::Return,
            office_id: None,
            return_by: None,
            return_reason: Some(reason),
            explanation,
        };
        Ok(service::decide(&self.0, &call, case_id.0, decision).await?.into())
    }
}
