//! Queries of papers that were made, and of case files.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::{paper, volume};
use crate::error::Result;
use crate::evidence::Kept;
use crate::words::PaperForm;

pub(super) async fn of_case(db: &impl ConnectionTrait, case_id: Uuid) -> Result<Vec<paper::Model>> {
    let rows = paper::Entity::find().filter(paper::Column::CaseId.eq(case_id));
    Ok(rows.order_by_asc(paper::Column::Id).all(db).await?)
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    id: Uuid,
) -> Result<Option<paper::Model>> {
    let row = paper::Entity::find_by_id(id).filter(paper::Column::CaseId.eq(case_id));
    Ok(row.one(db).await?)
}

/// The paper that was made of the same data with the same template.
pub(super) async fn same(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    form: PaperForm,
    data_hash: &str,
    template_version: &str,
) -> Result<Option<paper::Model>> {
    let same = paper::Entity::find()
        .filter(paper::Column::CaseId.eq(case_id))
        .filter(paper::Column::Form.eq(form))
        .filter(paper::Column::DataHash.eq(data_hash))
        .filter(paper::Column::TemplateVersion.eq(template_version));
    Ok(same.one(db).await?)
}

pub(super) async fn insert_paper(db: &impl ConnectionTrait, row: paper::Model) -> Result<()> {
    insert(db, row).await
}

/// The objects of some papers and case files, by id, after `after`.
pub(crate) async fn kept(db: &impl ConnectionTrait, after: Uuid, limit: u64) -> Result<Vec<Kept>> {
    let papers = paper::Entity::find()
        .filter(paper::Column::Id.gt(after))
        .order_by_asc(paper::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let of_paper = |it: paper::Model| {
        let kept = |key, sha256, size| Kept {
            case_id: it.case_id,
            noun: "paper",
            id: it.id,
            key,
            sha256,
            size: u64::try_from(size).ok(),
        };
        [
            kept(it.pdf_key, it.pdf_sha256, it.pdf_size),
            kept(it.docx_key, it.docx_sha256, it.docx_size),
        ]
    };
    Ok(papers.into_iter().flat_map(of_paper).collect())
}

/// The objects of all finished case files.
pub(crate) async fn kept_volumes(db: &impl ConnectionTrait) -> Result<Vec<Kept>> {
    let volumes = volume::Entity::find()
        .filter(volume::Column::PdfKey.is_not_null())
        .order_by_asc(volume::Column::Id)
        .all(db)
        .await?;
    let of_volume = |it: volume::Model| {
        let both =
            [(it.pdf_key, it.pdf_sha256, it.pdf_size), (it.zip_key, it.zip_sha256, it.zip_size)];
        both.into_iter().filter_map(move |(key, sha256, size)| {
            Some(Kept {
                case_id: it.case_id,
                noun: "volume",
                id: it.id,
                key: key?,
                sha256: sha256?,
                size: size.and_then(|it| u64::try_from(it).ok()),
            })
        })
    };
    Ok(volumes.into_iter().flat_map(of_volume).collect())
}

/// Those of the keys that a paper or a case file speaks of.
pub(crate) async fn spoken_of(
    db: &impl ConnectionTrait,
    keys: &[String],
) -> Result<BTreeSet<String>> {
    let keys = || keys.iter().cloned();
    let of_papers = Condition::any()
        .add(paper::Column::PdfKey.is_in(keys()))
        .add(paper::Column::DocxKey.is_in(keys()));
    let papers = paper::Entity::find().filter(of_papers).all(db).await?;
    let of_volumes = Condition::any()
        .add(volume::Column::PdfKey.is_in(keys()))
        .add(volume::Column::ZipKey.is_in(keys()));
    let volumes = volume::Entity::find().filter(of_volumes).all(db).await?;
    let papers = papers.into_iter().flat_map(|it| [Some(it.pdf_key), Some(it.docx_key)]);
    let volumes = volumes.into_iter().flat_map(|it| [it.pdf_key, it.zip_key]);
    Ok(papers.chain(volumes).flatten().collect())
}
