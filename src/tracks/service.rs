//! Entrusting, recalling, handing over, giving back. Whether a move has its place and who must
//! have agreed stands in the gates; here it is written down.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::views::TrackMove;
use super::{destination, rules, store};
use crate::acceptance;
use crate::access::{Allowed, Call, can};
use crate::agreements;
use crate::app::App;
use crate::cases::{self, Step};
use crate::clock::shanghai_day;
use crate::database::Reply;
use crate::entity::track_move;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::law::Law;
use crate::offices;
use crate::words::{MoveKind, ReturnReason};

/// The case's moves, oldest first, and its version.
pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListTrackMoves>,
    case_id: Uuid,
) -> Result<(i64, Vec<TrackMove>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.track_moves.into_iter().map(TrackMove::from).collect()))
}

/// What is decided about a case.
#[derive(Debug)]
pub(crate) struct Decision {
    pub kind: MoveKind,
    /// The committee that takes a case that is handed over.
    pub office_id: Option<Uuid>,
    pub return_by: Option<NaiveDate>,
    pub return_reason: Option<ReturnReason>,
    pub explanation: String,
}

/// Moves the case to the track that the decision leads to: an agreement that never took effect
/// is superseded (another paper, another seal), the panel of the new track begins anew, and a
/// case that changes hands gets the number of whoever handles it now.
pub(crate) async fn decide(
    app: &App,
    call: &Call,
    case_id: Uuid,
    decision: Decision,
) -> Result<Reply<TrackMove>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let case = &file.case;
    let last = file.track_moves.last();
    let to_track = destination(case.track, decision.kind, last.map(|it| it.kind))
        .ok_or_else(|| Error::internal("a gate let a move through that leads nowhere"))?;
    check_return_by(decision.return_by, file.today())?;
    let to_office_id = match (decision.kind, decision.office_id) {
        (MoveKind::HandOver, Some(office_id)) => committee(&work, office_id).await?,
        (MoveKind::Return, _) => last
            .filter(|it| it.kind == MoveKind::HandOver)
            .map_or(case.office_id, |it| it.from_office_id),
        _ => case.office_id,
    };
    let changes_hands = to_office_id != case.office_id;
    let number = if changes_hands {
        let known = last.filter(|_| decision.kind == MoveKind::Return);
        if let Some(former) = known.and_then(|it| it.former_number.clone()) {
            Some(former)
        } else {
            let year = shanghai_day(work.now()).year();
            Some(acceptance::next_number(&work, to_track, year).await?)
        }
    } else {
        case.case_number.clone()
    };
    agreements::supersede_unfinished(&work, &file).await?;
    let moved = track_move::Model {
        id: Uuid::now_v7(),
        case_id,
        kind: decision.kind,
        from_track: case.track,
        to_track,
        from_office_id: case.office_id,
        to_office_id,
        former_number: case.case_number.clone().filter(|_| changes_hands),
        return_by: decision.return_by,
        return_reason: decision.return_reason,
        explanation: decision.explanation,
        decided_by: permit.actor_id(),
        decided_at: work.now(),
    };
    store::insert_track_move(work.db(), moved.clone()).await?;
    let next = cases::advance(&work, &permit, case, |case| {
        case.track = to_track;
        case.office_id = to_office_id;
        case.case_number = number;
    })
    .await?;
    let kind = match decision.kind {
        MoveKind::Entrust => "case.entrusted",
        MoveKind::Recall => "case.recalled",
        MoveKind::HandOver => "case.handed_over",
        MoveKind::Return => "case.returned",
    };
    let record = cases::record(kind, case, &next);
    let location = format!("{}/track-moves", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, next.version, moved.into())).await
}

/// A case is handed over to a people's mediation committee and to nobody else.
async fn committee(work: &crate::database::Work, office_id: Uuid) -> Result<Uuid> {
    let office = offices::find(work.db(), office_id)
        .await?
        .ok_or_else(|| Error::unknown_reference("/office_id", office_id))?;
    let seal = rules(crate::words::Track::PeopleMediation).seal;
    if office.kind == seal {
        return Ok(office_id);
    }
    let detail = Text::new(
        format!("只能移交给人民调解委员会，“{}”不是。", office.name),
        format!(
            "Cases are handed over to a people's mediation committee; {} is none.",
            office.name
        ),
    );
    Err(Error::refused("not_a_committee", detail, &[Law::ShDrr47, Law::ShCpr65]))
}

fn check_return_by(return_by: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    if return_by.is_none_or(|it| it >= today) {
        return Ok(());
    }
    let detail = Text::new("交回期限早于今天。", "The day to give it back by has passed.");
    Err(Error::invalid("/return_by", "in_past", detail))
}
