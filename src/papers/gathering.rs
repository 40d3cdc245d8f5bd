//! What a paper is filled from: the case file, names, and personal values where they are asked
//! for in full. Reads only.

use std::collections::HashMap;

use bytes::Bytes;
use documents::Verification;
use futures_util::TryStreamExt as _;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::filling::{Known, Values};
use crate::access::Call;
use crate::app::App;
use crate::cases::file::CaseFile;
use crate::error::{Error, Result};
use crate::personal_data::mask;
use crate::words::{AgreementStatus, PartyKind};
use crate::{agreements, district, identity, offices, parties, tracks};

/// Looks up everything that a paper of this case may need; personal values only when they are
/// printed in full.
pub(super) async fn gather(
    app: &App,
    call: &Call,
    mut file: CaseFile,
    in_full: bool,
) -> Result<Known> {
    let db = app.database.reader();
    let made_by = call.actor().id;
    let office = sealing_office(db, &file).await?;
    let contact = district::point_of_office(db, file.case.office_id).await?;
    let contact = contact.map_or_else(String::new, |it| {
        let phone = it.phone.map(|it| format!("，{it}")).unwrap_or_default();
        format!("{}{phone}", it.address)
    });
    let people = identity::find_users(db, &mentioned(&file, made_by)).await?;
    let people = people.into_iter().map(|it| (it.id, it.display_name)).collect();
    let mut values = HashMap::new();
    if in_full {
        for it in parties::open_all(app, db, call, &file).await? {
            let parties::Opened { owner_id, id_number, phone, address } = it;
            values.insert(owner_id, Values { id_number, phone, address });
        }
    } else {
        mask_names(&mut file);
    }
    let drawings = drawings(app, &file).await?;
    let agreement = file.agreement();
    let check = agreement.and_then(|it| agreements::check_address(&app.settings, it));
    let verification = check.map(|it| Verification {
        address: it.address,
        number: it.number,
        short_hash: it.short_hash,
    });
    Ok(Known { file, office, contact, people, values, drawings, verification, made_by })
}

/// People are called as in every answer: a paper without a purpose shows no more.
fn mask_names(file: &mut CaseFile) {
    for it in &mut file.parties {
        if it.kind == PartyKind::NaturalPerson {
            it.name = mask::name(&it.name);
        }
        it.legal_representative = it.legal_representative.as_deref().map(mask::name);
    }
    for it in &mut file.agents {
        it.name = mask::name(&it.name);
    }
}

/// The signatures that were drawn, as pictures.
async fn drawings(app: &App, file: &CaseFile) -> Result<HashMap<Uuid, Vec<u8>>> {
    let mut found = HashMap::new();
    for it in &file.signatures {
        let Some(key) = &it.drawing_key else { continue };
        let content = app.storage.read(key, None).await?;
        let content =
            content.ok_or_else(|| Error::internal(format!("the object {key} is missing")))?;
        let picture: Vec<Bytes> = content.try_collect().await.map_err(Error::internal)?;
        found.insert(it.id, picture.concat());
    }
    Ok(found)
}

/// Whose name stands on the papers: who has sealed the agreement, the office that handles the
/// case where its seal is the one of the track, or else the station's office of that kind.
async fn sealing_office(db: &impl ConnectionTrait, file: &CaseFile) -> Result<String> {
    let sealed = file.agreement().filter(|it| it.status != AgreementStatus::Draft);
    if let Some(id) = sealed.and_then(|it| it.seal_office_id)
        && let Some(office) = offices::find(db, id).await?
    {
        return Ok(office.name);
    }
    let kind = tracks::rules(file.case.track).seal;
    let own = offices::find(db, file.case.office_id).await?;
    if let Some(office) = own.as_ref().filter(|it| it.kind == kind) {
        return Ok(office.name.clone());
    }
    let first = offices::first_of_kind(db, kind).await?;
    Ok(first.or(own).map(|it| it.name).unwrap_or_default())
}

/// Everybody of the station whose name may be printed.
fn mentioned(file: &CaseFile, made_by: Uuid) -> Vec<Uuid> {
    let mut ids = vec![made_by, file.case.registered_by];
    ids.extend(file.assignments.iter().map(|it| it.mediator_id));
    ids.extend(file.hearings.iter().filter_map(|it| it.recorder_id));
    ids.extend(file.revisits.iter().map(|it| it.visited_by));
    ids.extend(file.investigations.iter().flat_map(|it| [it.investigated_by, it.recorded_by]));
    ids.sort_unstable();
    ids.dedup();
    ids
}
