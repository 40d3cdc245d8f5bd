//! What is sent about agreements.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::entity::{agreement, instalment, term};
use crate::http::{EXAMPLE_ID, example_instant};
use crate::words::{DocumentWaiver, SignatureMethod, SignerKind, TermKind};

/// What a written agreement holds (PML 29).
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DraftAgreement {
    /// The main facts of the dispute.
    #[oai(validator(min_length = 1, max_length = 10000))]
    pub facts: String,
    /// What the parties disagree on.
    #[oai(validator(min_length = 1, max_length = 5000))]
    pub disputed_matters: String,
    /// What each party answers for.
    #[oai(validator(min_length = 1, max_length = 5000))]
    pub responsibilities: String,
    /// The duties that are agreed on, one each.
    #[oai(validator(min_items = 1, max_items = 50))]
    pub terms: Vec<DraftTerm>,
}

impl DraftAgreement {
    /// The content of an agreement that was drafted, as it would be sent again.
    pub(super) fn of(file: &CaseFile, it: &agreement::Model) -> Self {
        Self {
            facts: it.facts.clone(),
            disputed_matters: it.disputed_matters.clone(),
            responsibilities: it.responsibilities.clone(),
            terms: file.terms_of(it.id).map(|term| DraftTerm::of(file, term)).collect(),
        }
    }
}

impl Example for DraftAgreement {
    fn example() -> Self {
        Self {
            facts: "申请人在被申请人处购买健身年卡，使用两个月后门店停业。".to_owned(),
            disputed_matters: "剩余十个月费用是否退还，以及何时退还。".to_owned(),
            responsibilities: "被申请人未能继续提供服务，应退还未履行部分的费用。".to_owned(),
            terms: vec![DraftTerm::example(), DraftTerm::example_apology()],
        }
    }
}

/// One duty: who owes whom what, by when and how.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DraftTerm {
    /// `refund`, `compensation`, `punitive_damages` and `other_payment` are payments.
    pub kind: TermKind,
    /// The party that owes it.
    pub obligor_id: Uuid,
    /// The party it is owed to; another one than the obligor.
    pub obligee_id: Uuid,
    /// The whole sum in fen. Payments have one, other duties have none.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000")))]
    pub amount_fen: Option<i64>,
    /// The last day for it: today or later, 2100 at the latest.
    pub due_on: NaiveDate,
    /// How it is done.
    #[oai(validator(min_length = 1, max_length = 500))]
    pub manner: String,
    /// What is owed, in words.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub description: String,
    /// Payments only: the parts, earliest first. They add up to the sum, and the last is due on
    /// `due_on`.
    #[oai(default, validator(max_items = 60))]
    pub instalments: Vec<DraftInstalment>,
}

impl Example for DraftTerm {
    fn example() -> Self {
        Self {
            kind: TermKind::Refund,
            obligor_id: EXAMPLE_ID,
            obligee_id: EXAMPLE_ID,
            amount_fen: Some(358_000),
            due_on: far_day(12),
            manner: "原支付渠道退回".to_owned(),
            description: "退还健身卡剩余十个月费用。".to_owned(),
            instalments: vec![
                DraftInstalment { amount_fen: 200_000, due_on: far_day(6) },
                DraftInstalment { amount_fen: 158_000, due_on: far_day(12) },
            ],
        }
    }
}

impl DraftTerm {
    fn of(file: &CaseFile, it: &term::Model) -> Self {
        let parts = file.instalments.iter().filter(|part| part.term_id == it.id);
        let part = |it: &instalment::Model| DraftInstalment {
            amount_fen: it.amount_fen,
            due_on: it.due_on,
        };
        Self {
            kind: it.kind,
            obligor_id: it.obligor_id,
            obligee_id: it.obligee_id,
            amount_fen: it.amount_fen,
            due_on: it.due_on,
            manner: it.manner.clone(),
            description: it.description.clone(),
            instalments: parts.map(part).collect(),
        }
    }

    /// A duty for examples that is no payment.
    fn example_apology() -> Self {
        Self {
            kind: TermKind::Apology,
            obligor_id: EXAMPLE_ID,
            obligee_id: EXAMPLE_ID,
            amount_fen: None,
            due_on: far_day(6),
            manner: "当面".to_owned(),
            description: "就门店停业未提前告知表示歉意。".to_owned(),
            instalments: Vec::new(),
        }
    }
}

/// One part of a payment.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DraftInstalment {
    /// This part in fen.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000")))]
    pub amount_fen: i64,
    /// The last day for it; later than that of the part before.
    pub due_on: NaiveDate,
}

impl Example for DraftInstalment {
    fn example() -> Self {
        Self { amount_fen: 200_000, due_on: far_day(6) }
    }
}

/// The first of a month so far ahead that an example stays valid.
fn far_day(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2099, month, 1).unwrap_or_default()
}

/// Whose hand came under which text, when, where and how.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SignAgreement {
    /// A party, or the presiding mediator who sends this.
    pub signer: SignerKind,
    /// The party; required for a party, absent for the mediator.
    pub party_id: Option<Uuid>,
    /// The agent or guardian who signed for the party.
    pub agent_id: Option<Uuid>,
    pub method: SignatureMethod,
    /// When it was signed, not before the text was locked; now unless given. By a code it is now.
    pub signed_at: Option<DateTime<Utc>>,
    /// Where it was signed.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub place: String,
    /// `text_hash` of the agreement that was read and signed.
    #[oai(validator(pattern = "^[0-9a-f]{64}$"))]
    pub text_hash: String,
    /// Who stood by. A fingerprint needs somebody.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub witness: Option<String>,
    /// The scan of the signed paper, among the evidence of the case: a PDF or a picture. For
    /// what is done on paper.
    pub scan_evidence_id: Option<Uuid>,
    /// The code that was sent to the signer's phone; with the method `phone_code`, and required
    /// then.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    pub code: Option<String>,
    /// What was drawn; with the method `tablet`, and required then.
    pub drawing: Option<Drawing>,
    /// Whether this party wants a court to confirm the agreement, together with the others: said
    /// now, nobody has to come again for it. Absent when it has said nothing.
    pub wishes_confirmation: Option<bool>,
}

/// A signature that was drawn, as a picture or as strokes: one of them.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Drawing {
    /// A PNG in base64: at most 256 KB, 20 to 4000 pixels a side, not blank.
    #[oai(validator(min_length = 1, max_length = 400000))]
    pub png: Option<String>,
    /// Where the pen went while it was down, in the order of drawing; at most 10000 points in
    /// all. The station draws the picture.
    #[oai(default, validator(max_items = 500))]
    pub strokes: Vec<Stroke>,
}

/// One way of the pen.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Stroke {
    #[oai(validator(min_items = 1, max_items = 10000))]
    pub points: Vec<Point>,
}

/// A place in a square of 10000 by 10000, from its upper left corner.
#[derive(Debug, Clone, Copy, Object)]
#[oai(deny_unknown_fields)]
pub struct Point {
    /// From the left.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000")))]
    pub x: i32,
    /// From above.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000")))]
    pub y: i32,
}

impl Example for SignAgreement {
    fn example() -> Self {
        Self {
            signer: SignerKind::Party,
            party_id: Some(EXAMPLE_ID),
            agent_id: None,
            method: SignatureMethod::Pen,
            signed_at: None,
            place: "工作站第一调解室".to_owned(),
            text_hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                .to_owned(),
            witness: None,
            scan_evidence_id: None,
            code: None,
            drawing: None,
            wishes_confirmation: Some(true),
        }
    }
}

/// Who is to sign by a code.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SendSigningCode {
    pub party_id: Uuid,
    /// The agent or guardian who signs for the party; the code goes to that phone.
    pub agent_id: Option<Uuid>,
}

impl Example for SendSigningCode {
    fn example() -> Self {
        Self { party_id: EXAMPLE_ID, agent_id: None }
    }
}

/// What was agreed on by word of mouth (PML 28, 30).
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordOralAgreement {
    /// The main facts of the dispute.
    #[oai(validator(min_length = 1, max_length = 10000))]
    facts: String,
    /// What the parties disagreed on.
    #[oai(validator(min_length = 1, max_length = 5000))]
    disputed_matters: String,
    /// What each party answers for.
    #[oai(validator(min_length = 1, max_length = 5000))]
    responsibilities: String,
    /// The duties that are agreed on, one each.
    #[oai(validator(min_items = 1, max_items = 50))]
    terms: Vec<DraftTerm>,
    /// When the parties reached it; it is in force from that day.
    reached_at: DateTime<Utc>,
    /// On the authority's tracks: why there is no mediation document. Absent on the people's.
    document_waiver: Option<DocumentWaiver>,
}

impl RecordOralAgreement {
    /// What was agreed, when, and why there is no document.
    pub(super) fn into_parts(self) -> (DraftAgreement, DateTime<Utc>, Option<DocumentWaiver>) {
        let Self { facts, disputed_matters, responsibilities, terms, reached_at, document_waiver } =
            self;
        let content = DraftAgreement { facts, disputed_matters, responsibilities, terms };
        (content, reached_at, document_waiver)
    }
}

impl Example for RecordOralAgreement {
    fn example() -> Self {
        let DraftAgreement { facts, disputed_matters, responsibilities, terms } =
            DraftAgreement::example();
        Self {
            facts,
            disputed_matters,
            responsibilities,
            terms,
            reached_at: example_instant(),
            document_waiver: None,
        }
    }
}

/// Whose seal goes on the agreement.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SealAgreement {
    /// The office whose seal it is: a people's mediation committee on the people's track, the
    /// authority's own office on its tracks.
    pub office_id: Uuid,
}

impl Example for SealAgreement {
    fn example() -> Self {
        Self { office_id: EXAMPLE_ID }
    }
}
