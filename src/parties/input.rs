//! What is sent about parties, agents and claims; shared with the intake, which takes them
//! all at once.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::words::{
    AgentKind, AgentPower, ClaimKind, Gender, IdentityDocument, PartyKind, PartyRole,
};

/// A party (当事人): a person or an organization.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AddParty {
    pub role: PartyRole,
    pub kind: PartyKind,
    /// Full name as in the identity document or the business license.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    /// Persons only. Taken from the identity number where there is one.
    pub gender: Option<Gender>,
    /// Persons only. Taken from the identity number where there is one; a minor needs a
    /// guardian before mediation starts.
    pub born_on: Option<NaiveDate>,
    /// Which paper identifies the party.
    pub identity_document: Option<IdentityDocument>,
    /// Number of that paper. A resident identity number is checked by its checksum
    /// (GB 11643-1999). Stored encrypted.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub id_number: Option<String>,
    /// Whether somebody has compared the paper with the person.
    #[oai(default)]
    pub identity_verified: bool,
    /// Organizations only: unified social credit code, checked by its checksum (GB 32100-2015).
    #[oai(validator(min_length = 1, max_length = 40))]
    pub credit_code: Option<String>,
    /// Organizations only: name of the legal representative.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub legal_representative: Option<String>,
    /// Any telephone number. Stored encrypted.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub phone: Option<String>,
    /// Postal address. Stored encrypted.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub address: Option<String>,
    /// Account for refunds; only when it is needed. Stored encrypted.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub bank_account: Option<String>,
}

impl Example for AddParty {
    fn example() -> Self {
        Self {
            role: PartyRole::Applicant,
            kind: PartyKind::NaturalPerson,
            name: "陈晓雯".to_owned(),
            gender: None,
            born_on: None,
            identity_document: Some(IdentityDocument::ResidentIdCard),
            id_number: Some("11010519491231002X".to_owned()),
            identity_verified: true,
            credit_code: None,
            legal_representative: None,
            phone: Some("138 1616 8000".to_owned()),
            address: Some("上海市徐汇区天钥桥路 1 号".to_owned()),
            bank_account: None,
        }
    }
}

impl AddParty {
    /// A respondent for examples: a shop.
    pub fn example_respondent() -> Self {
        Self {
            role: PartyRole::Respondent,
            kind: PartyKind::Organization,
            name: "上海悦动健身有限公司".to_owned(),
            gender: None,
            born_on: None,
            identity_document: Some(IdentityDocument::BusinessLicense),
            id_number: None,
            identity_verified: true,
            credit_code: Some("91350100M000100Y43".to_owned()),
            legal_representative: Some("周建国".to_owned()),
            phone: Some("021-64381234".to_owned()),
            address: Some("上海市徐汇区肇嘉浜路 1111 号".to_owned()),
            bank_account: None,
        }
    }
}

/// Somebody who acts for a party: an agent by mandate (委托代理人) or a guardian (监护人).
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AddAgent {
    pub kind: AgentKind,
    /// `settlement`: may change or give up claims and settle. A guardian needs no mandate.
    pub power: AgentPower,
    /// Full name.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    /// Law firm or employer.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub organization: Option<String>,
    /// The applicant who represents this one; for a representative and nobody else. The name is
    /// then taken from the file.
    pub representative_id: Option<Uuid>,
    /// Matters and authority as the power of attorney states them; required unless guardian.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub mandate_scope: Option<String>,
    /// First day of the mandate.
    pub mandate_from: Option<NaiveDate>,
    /// Last day of the mandate.
    pub mandate_until: Option<NaiveDate>,
    /// Whether the original power of attorney was shown (O121 11); must be so unless guardian.
    #[oai(default)]
    pub mandate_seen: bool,
    /// Resident identity number. Stored encrypted.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub id_number: Option<String>,
    /// Any telephone number. Stored encrypted.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub phone: Option<String>,
}

impl Example for AddAgent {
    fn example() -> Self {
        Self {
            kind: AgentKind::Lawyer,
            power: AgentPower::Settlement,
            name: "李国栋".to_owned(),
            organization: Some("上海衡山律师事务所".to_owned()),
            representative_id: None,
            mandate_scope: Some("代为参加调解，代为承认、放弃、变更诉求，进行和解。".to_owned()),
            mandate_from: None,
            mandate_until: None,
            mandate_seen: true,
            id_number: None,
            phone: Some("13901234567".to_owned()),
        }
    }
}

/// Something that is asked for (诉求).
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AddClaim {
    pub kind: ClaimKind,
    /// Sum asked for, in fen.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000")))]
    pub amount_fen: Option<i64>,
    /// The claim in the applicant's words.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub description: String,
}

impl Example for AddClaim {
    fn example() -> Self {
        Self {
            kind: ClaimKind::Refund,
            amount_fen: Some(358_000),
            description: "退还健身卡剩余十个月费用 3580 元。".to_owned(),
        }
    }
}
