//! Looking an agreement up by the number on its paper.

use super::number::{is_hash, read};
use crate::agreements::store;
use crate::app::App;
use crate::error::Result;
use crate::words::AgreementStatus;

/// Whether there is an agreement in force of this number and this text. A number nobody has, an
/// earlier revision, another text and an agreement that is not in force are all the same.
pub(crate) async fn is_in_force(app: &App, number: &str, hash: &str) -> Result<bool> {
    let Some(number) = read(number) else { return Ok(false) };
    let found = store::find_by_number(app.database.reader(), &number).await?;
    Ok(found.is_some_and(|it| {
        let same_text = it.text_hash.as_deref().is_some_and(|text| is_hash(hash, text));
        it.status == AgreementStatus::InForce && same_text
    }))
}
