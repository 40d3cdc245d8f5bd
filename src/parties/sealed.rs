//! Personal values as they are stored: sealed for their place, found by a blind index. Nothing
//! but this file writes or opens them.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Database, insert};
use crate::entity::{case, idempotency_key, party, sealed_value, signing_key};
use crate::error::Result;
use crate::intake::{Shared, SharedValue};
use crate::personal_data::{Sensitive, Vault};
use crate::words::{Category, PartyRole};

/// Which value of its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    IdNumber,
    Phone,
    Address,
    BankAccount,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Self::IdNumber => "id_number",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::BankAccount => "bank_account",
        }
    }
}

fn place(owner_id: Uuid, field: &str) -> String {
    format!("sealed_values.{field}:{owner_id}")
}

/// Stores a value of a party or an agent; None takes it away.
pub(super) async fn put(
    db: &impl ConnectionTrait,
    vault: &Vault,
    case_id: Uuid,
    owner_id: Uuid,
    field: Field,
    plain: Option<&str>,
) -> Result<()> {
    sealed_value::Entity::delete_many()
        .filter(sealed_value::Column::OwnerId.eq(owner_id))
        .filter(sealed_value::Column::Field.eq(field.name()))
        .exec(db)
        .await?;
    let Some(plain) = plain else { return Ok(()) };
    let row = sealed_value::Model {
        id: Uuid::now_v7(),
        owner_id,
        case_id,
        field: field.name().to_owned(),
        sealed: vault.seal(&place(owner_id, field.name()), plain),
        blind_index: vault.blind(field.name(), plain),
    };
    insert(db, row).await
}

/// The values of one owner in clear.
#[derive(Debug, Default)]
pub(super) struct Opened {
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub bank_account: Option<String>,
}

/// Opens all values of an owner.
pub(super) async fn open(
    db: &impl ConnectionTrait,
    vault: &Vault,
    owner_id: Uuid,
) -> Result<Opened> {
    let rows = sealed_value::Entity::find()
        .filter(sealed_value::Column::OwnerId.eq(owner_id))
        .all(db)
        .await?;
    let mut opened = Opened::default();
    for row in rows {
        let plain = Some(vault.open(&place(owner_id, &row.field), &row.sealed)?);
        match row.field.as_str() {
            "id_number" => opened.id_number = plain,
            "phone" => opened.phone = plain,
            "address" => opened.address = plain,
            _ => opened.bank_account = plain,
        }
    }
    Ok(opened)
}

/// The phone of a party or an agent: for a message to that person, and nothing else.
pub(crate) async fn phone_of(
    db: &impl ConnectionTrait,
    vault: &Vault,
    owner_id: Uuid,
) -> Result<Option<Sensitive>> {
    let field = Field::Phone.name();
    let row = sealed_value::Entity::find()
        .filter(sealed_value::Column::OwnerId.eq(owner_id))
        .filter(sealed_value::Column::Field.eq(field))
        .one(db)
        .await?;
    let open = |it: sealed_value::Model| vault.open(&place(owner_id, field), &it.sealed);
    Ok(row.map(open).transpose()?.map(Sensitive::new))
}

/// The applicants of other cases, requested from `since` on, whose phone, address or identity
/// number is also one of these applicants'. Found by blind index; nothing is opened.
pub(crate) async fn shared_by_applicants(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    applicants: &[Uuid],
    since: DateTime<Utc>,
) -> Result<Vec<Shared>> {
    let own = sealed_value::Entity::find()
        .filter(sealed_value::Column::OwnerId.is_in(applicants.iter().copied()))
        .all(db)
        .await?;
    let mut found = Vec::new();
    for value in own {
        let Some(kind) = shared_value(&value.field) else { continue };
        let same: Vec<(Uuid, Category, String)> = sealed_value::Entity::find()
            .select_only()
            .column(sealed_value::Column::CaseId)
            .column(case::Column::Category)
            .column(party::Column::Name)
            .join_rev(
                JoinType::InnerJoin,
                party::Entity::belongs_to(sealed_value::Entity)
                    .from(party::Column::Id)
                    .to(sealed_value::Column::OwnerId)
                    .into(),
            )
            .join_rev(
                JoinType::InnerJoin,
                case::Entity::belongs_to(sealed_value::Entity)
                    .from(case::Column::Id)
                    .to(sealed_value::Column::CaseId)
                    .into(),
            )
            .filter(sealed_value::Column::Field.eq(&value.field))
            .filter(sealed_value::Column::BlindIndex.eq(&value.blind_index))
            .filter(sealed_value::Column::CaseId.ne(case_id))
            .filter(party::Column::Role.eq(PartyRole::Applicant))
            .filter(case::Column::RequestedAt.gte(since))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(same.into_iter().map(|(case_id, category, name)| Shared {
            case_id,
            category,
            name,
            value: kind,
        }));
    }
    Ok(found)
}

fn shared_value(field: &str) -> Option<SharedValue> {
    match field {
        "id_number" => Some(SharedValue::IdNumber),
        "phone" => Some(SharedValue::Phone),
        "address" => Some(SharedValue::Address),
        _ => None,
    }
}

/// Whether numbers are the same, without what they are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fingerprints {
    pub phone: Option<String>,
    pub id_number: Option<String>,
}

/// How many cases with one number are looked at, the newest.
const SAME_NUMBER: u64 = 200;

/// The blind indexes of these parties' phones and identity numbers. Nothing is opened.
pub(crate) async fn fingerprints_of(
    db: &impl ConnectionTrait,
    owners: Vec<Uuid>,
) -> Result<HashMap<Uuid, Fingerprints>> {
    let mut found: HashMap<Uuid, Fingerprints> = HashMap::new();
    // A statement takes only so many values.
    for some in owners.chunks(500) {
        let rows: Vec<(Uuid, String, String)> = sealed_value::Entity::find()
            .select_only()
            .column(sealed_value::Column::OwnerId)
            .column(sealed_value::Column::Field)
            .column(sealed_value::Column::BlindIndex)
            .filter(sealed_value::Column::OwnerId.is_in(some.iter().copied()))
            .filter(sealed_value::Column::Field.is_in(numbers()))
            .into_tuple()
            .all(db)
            .await?;
        for (owner_id, field, index) in rows {
            let known = found.entry(owner_id).or_default();
            if field == Field::Phone.name() {
                known.phone = Some(index);
            } else {
                known.id_number = Some(index);
            }
        }
    }
    Ok(found)
}

/// What people are told apart by.
fn numbers() -> [&'static str; 2] {
    [Field::Phone.name(), Field::IdNumber.name()]
}

/// Other cases in which somebody has a phone or an identity number of these parties'.
pub(crate) async fn cases_with_same_numbers(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    owners: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let mut found = BTreeSet::new();
    let own = fingerprints_of(db, owners.to_vec()).await?;
    for known in own.into_values() {
        for (field, index) in [(Field::Phone, known.phone), (Field::IdNumber, known.id_number)] {
            let Some(index) = index else { continue };
            let same: Vec<Uuid> = sealed_value::Entity::find()
                .select_only()
                .column(sealed_value::Column::CaseId)
                .filter(sealed_value::Column::Field.eq(field.name()))
                .filter(sealed_value::Column::BlindIndex.eq(index))
                .filter(sealed_value::Column::CaseId.ne(case_id))
                .order_by_desc(sealed_value::Column::CaseId)
                .limit(SAME_NUMBER)
                .into_tuple()
                .all(db)
                .await?;
            found.extend(same);
        }
    }
    Ok(found)
}

/// Takes away every value of an owner.
pub(super) async fn remove(db: &impl ConnectionTrait, owner_id: Uuid) -> Result<()> {
    sealed_value::Entity::delete_many()
        .filter(sealed_value::Column::OwnerId.eq(owner_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Seals everything again that an older key sealed, in small transactions, and tells how many
/// values were rewritten. `progress` hears the number so far.
pub(crate) async fn reseal(
    database: &Database,
    vault: &Vault,
    mut progress: impl FnMut(u64),
) -> Result<u64> {
    let db = database.writer();
    let mut done = 0;
    let mut after = Uuid::nil();
    loop {
        let rows = sealed_value::Entity::find()
            .filter(sealed_value::Column::Id.gt(after))
            .order_by_asc(sealed_value::Column::Id)
            .limit(500)
            .all(db)
            .await?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        for row in rows.into_iter().filter(|it| vault.needs_reseal(&it.sealed)) {
            let place = place(row.owner_id, &row.field);
            let sealed = vault.seal(&place, &vault.open(&place, &row.sealed)?);
            // Only over what was read: a value changed meanwhile is sealed with the new key.
            sealed_value::Entity::update_many()
                .col_expr(sealed_value::Column::Sealed, Expr::value(sealed))
                .filter(sealed_value::Column::Id.eq(row.id))
                .filter(sealed_value::Column::Sealed.eq(row.sealed))
                .exec(db)
                .await?;
            done += 1;
        }
        progress(done);
    }
    for row in signing_key::Entity::find().all(db).await? {
        let place = format!("signing_keys.private_key:{}", row.kid);
        if vault.needs_reseal(&row.private_key) {
            let sealed = vault.seal_bytes(&place, &vault.open_bytes(&place, &row.private_key)?);
            signing_key::Entity::update_many()
                .col_expr(signing_key::Column::PrivateKey, Expr::value(sealed))
                .filter(signing_key::Column::Kid.eq(row.kid))
                .exec(db)
                .await?;
            done += 1;
        }
    }
    let answered = idempotency_key::Entity::find()
        .filter(idempotency_key::Column::Answer.is_not_null())
        .all(db)
        .await?;
    for row in answered {
        let place = format!("idempotency_keys.answer:{}", row.id);
        let Some(answer) = row.answer.filter(|it| vault.needs_reseal(it)) else { continue };
        let sealed = vault.seal_bytes(&place, &vault.open_bytes(&place, &answer)?);
        idempotency_key::Entity::update_many()
            .col_expr(idempotency_key::Column::Answer, Expr::value(sealed))
            .filter(idempotency_key::Column::Id.eq(row.id))
            .exec(db)
            .await?;
        done += 1;
    }
    progress(done);
    Ok(done)
}
