//! HTTP for the intake.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::facts::ComplaintFacts;
use super::service;
use super::views::Supplement;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::Case;
use crate::http::{Body, Created, Plain, Problem, Tag, Versioned};
use crate::parties::{AddClaim, AddParty};
use crate::words::{Category, Channel, LegalBasis, Manner, OrderKind, SubjectKind, Track};

fn people_mediation() -> Track {
    Track::PeopleMediation
}

/// A dispute as it comes in, with its parties and claims.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the case by itself")]
pub struct RegisterCase {
    /// How it reached the station.
    pub channel: Channel,
    /// On what legal footing, kept apart from the channel.
    pub legal_basis: LegalBasis,
    /// The number under which the sender knows it, such as the hotline's order.
    #[oai(validator(min_length = 1, max_length = 64))]
    pub external_number: Option<String>,
    /// The office that will handle it; the caller's own unless a director says otherwise.
    pub office_id: Option<Uuid>,
    /// The track it begins on: people's mediation, or the authority's own (then the office is
    /// one of market supervision). No case begins as entrusted.
    #[oai(default = "people_mediation")]
    pub track: Track,
    /// Of what kind the hotline's order is; with the channel `hotline_12345` only.
    pub order_kind: Option<OrderKind>,
    /// The dispute in one line, without names.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub title: String,
    /// The facts as the applicant tells them.
    #[oai(validator(min_length = 1, max_length = 5000))]
    pub facts: String,
    pub category: Category,
    pub subject_kind: SubjectKind,
    /// What was bought.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub subject_name: String,
    pub purchased_on: Option<NaiveDate>,
    /// Price in fen.
    #[oai(validator(minimum(value = "0"), maximum(value = "100000000000")))]
    pub price_fen: Option<i64>,
    #[oai(default)]
    pub bought_online: bool,
    #[oai(default)]
    pub prepaid_card: bool,
    /// Complex cases cannot be entrusted.
    #[oai(default)]
    pub complex: bool,
    /// Sensitive cases cannot be entrusted.
    #[oai(default)]
    pub sensitive: bool,
    /// When the office received it; now, if absent. Clocks of acceptance count from that day, and
    /// it can never be changed.
    pub received_at: Option<DateTime<Utc>>,
    /// When the party asked for mediation; now, if absent. It interrupts limitation and can
    /// never be changed.
    pub requested_at: Option<DateTime<Utc>>,
    /// Persons and organizations in dispute; more can be added later.
    #[oai(default, validator(max_items = 20))]
    pub parties: Vec<AddParty>,
    /// What is asked for; more can be added later.
    #[oai(default, validator(max_items = 20))]
    pub claims: Vec<AddClaim>,
}

impl Example for RegisterCase {
    fn example() -> Self {
        Self {
            channel: Channel::WalkIn,
            legal_basis: LegalBasis::Applied,
            external_number: None,
            office_id: None,
            track: Track::PeopleMediation,
            order_kind: None,
            title: "健身房停业，预付卡余额退款纠纷".to_owned(),
            facts: "申请人于 2026 年 3 月购买健身年卡，支付 4296 元。门店 5 月停业，余额未退。"
                .to_owned(),
            category: Category::PrepaidCard,
            subject_kind: SubjectKind::Service,
            subject_name: "健身年卡".to_owned(),
            purchased_on: NaiveDate::from_ymd_opt(2026, 3, 1),
            price_fen: Some(429_600),
            bought_online: false,
            prepaid_card: true,
            complex: false,
            sensitive: false,
            received_at: None,
            requested_at: None,
            parties: vec![AddParty::example(), AddParty::example_respondent()],
            claims: vec![AddClaim::example()],
        }
    }
}

/// What is corrected of a case; what is absent stays.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct UpdateCase {
    /// The dispute in one line, without names.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub title: Option<String>,
    /// The facts as the applicant tells them.
    #[oai(validator(min_length = 1, max_length = 5000))]
    pub facts: Option<String>,
    pub category: Option<Category>,
    pub subject_kind: Option<SubjectKind>,
    /// What was bought.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub subject_name: Option<String>,
    pub purchased_on: Option<NaiveDate>,
    /// Price in fen.
    #[oai(validator(minimum(value = "0"), maximum(value = "100000000000")))]
    pub price_fen: Option<i64>,
    pub bought_online: Option<bool>,
    pub prepaid_card: Option<bool>,
    /// Complex cases cannot be entrusted.
    pub complex: Option<bool>,
    /// Sensitive cases cannot be entrusted.
    pub sensitive: Option<bool>,
    /// The number under which the sender knows it.
    #[oai(validator(min_length = 1, max_length = 64))]
    pub external_number: Option<String>,
}

impl Example for UpdateCase {
    fn example() -> Self {
        Self {
            title: None,
            facts: Some("申请人补充：门店于 5 月 6 日张贴停业告示。".to_owned()),
            category: None,
            subject_kind: None,
            subject_name: None,
            purchased_on: None,
            price_fen: Some(429_600),
            bought_online: None,
            prepaid_card: None,
            complex: None,
            sensitive: None,
            external_number: None,
        }
    }
}

/// What the applicant is asked to add.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RequestSupplement {
    /// What is missing.
    #[oai(validator(min_length = 1, max_length = 1000))]
    items: String,
    /// Until which day.
    due_on: NaiveDate,
    /// How the applicant was asked.
    manner: Manner,
}

impl Example for RequestSupplement {
    fn example() -> Self {
        Self {
            items: "购卡合同、付款凭证".to_owned(),
            due_on: NaiveDate::from_ymd_opt(2099, 12, 31).unwrap_or_default(),
            manner: Manner::Phone,
        }
    }
}

/// What came.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AnswerSupplement {
    /// What came, in words.
    #[oai(validator(min_length = 1, max_length = 1000))]
    answer: String,
}

impl Example for AnswerSupplement {
    fn example() -> Self {
        Self { answer: "已提交购卡合同和微信付款截图。".to_owned() }
    }
}

#[derive(Debug)]
pub struct IntakeApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Intake")]
impl IntakeApi {
    /// Register a case (登记)
    ///
    /// Takes the dispute with its parties and claims in one call: all of it or nothing. Every
    /// fault is named with its JSON pointer. The case begins as `registered` on the
    /// people's-mediation track, or on the authority's own if its office is one of market
    /// supervision (`wrong_office` otherwise), belongs to the caller's office, and gets its official number
    /// when it is accepted. Send an `Idempotency-Key` so that a repeat cannot register it twice.
    #[oai(path = "/", method = "post", operation_id = "register_case")]
    async fn register_case(
        &self,
        call: Allowed<can::RegisterCase>,
        body: Body<RegisterCase>,
    ) -> Result<Created<Case>, Problem> {
        Ok(service::register(&self.0, &call, body.0).await?.into())
    }

    /// Correct what was registered
    ///
    /// Until there is an agreement or an ending. The moment of the request cannot be changed.
    #[oai(path = "/:case_id", method = "patch", operation_id = "update_case")]
    async fn update_case(
        &self,
        call: Allowed<can::UpdateCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<UpdateCase>,
    ) -> Result<Versioned<Case>, Problem> {
        Ok(service::update(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Read the facts of earlier complaints
    ///
    /// How many other cases of the last twelve months have the same phone, address or identity
    /// number of the applicant, are of the same applicant, and of these against the same
    /// respondent or about the same kind of problem (O121 17). Counts only: no other case is
    /// named and nobody is labelled. They decide nothing; the decision on acceptance and its
    /// reasons are the official's.
    #[oai(
        path = "/:case_id/complaint-facts",
        method = "get",
        operation_id = "read_complaint_facts"
    )]
    async fn read_complaint_facts(
        &self,
        call: Allowed<can::ReadComplaintFacts>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Plain<ComplaintFacts>, Problem> {
        Ok(Plain(service::read_complaint_facts(&self.0, &call, case_id.0).await?))
    }

    /// List the requests for supplements
    ///
    /// Oldest first, with what came and when; those still `open` keep the case from being
    /// accepted.
    #[oai(path = "/:case_id/supplements", method = "get", operation_id = "list_supplements")]
    async fn list_supplements(
        &self,
        call: Allowed<can::ListSupplements>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Supplement>>, Problem> {
        let (version, supplements) = service::list_supplements(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, supplements))
    }

    /// Ask the applicant to add what is missing (补正)
    ///
    /// Only before acceptance; the case is not accepted while one is open.
    #[oai(path = "/:case_id/supplements", method = "post", operation_id = "request_supplement")]
    async fn request_supplement(
        &self,
        call: Allowed<can::RequestSupplement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RequestSupplement>,
    ) -> Result<Created<Supplement>, Problem> {
        let RequestSupplement { items, due_on, manner } = body.0;
        let case_id = case_id.0;
        let reply =
            service::request_supplement(&self.0, &call, case_id, items, due_on, manner).await?;
        Ok(reply.into())
    }

    /// Record that a supplement came
    ///
    /// The request becomes `answered`, once and for good (`409` when it is so already). The case
    /// can be accepted when none is open any more.
    #[oai(
        path = "/:case_id/supplements/:supplement_id/answer",
        method = "post",
        operation_id = "answer_supplement"
    )]
    async fn answer_supplement(
        &self,
        call: Allowed<can::AnswerSupplement>,
        /// The case.
        case_id: Path<Uuid>,
        /// The request for a supplement.
        supplement_id: Path<Uuid>,
        body: Body<AnswerSupplement>,
    ) -> Result<Versioned<Supplement>, Problem> {
        let (case_id, supplement_id) = (case_id.0, supplement_id.0);
        let answer = body.0.answer;
        let reply =
            service::answer_supplement(&self.0, &call, case_id, supplement_id, answer).await?;
        Ok(reply.into())
    }
}
