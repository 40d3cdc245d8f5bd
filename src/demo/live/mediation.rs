//! The calls that prepare mediation and hold its hearings.

use chrono::{DateTime, Utc};

use super::{Caller, Live, nth};
use crate::assignment::{self, AssignMediator, RespondToAssignment};
use crate::consents::{self, InviteParticipant, RecordRightsNotice};
use crate::demo::calendar::HEARING;
use crate::demo::people::Staff;
use crate::demo::step::{Seat, Who};
use crate::error::{Error, Result};
use crate::hearings::{
    self, AdjournHearing, Attendee, CancelHearing, NotifyOfHearing, RecordAttendance,
    RecordMinutes, ScheduleHearing,
};
use crate::words::{
    AssignmentAnswer, AssignmentOrigin, HearingMode, HearingResult, Manner, PanelSeat,
};

impl Live {
    pub(super) async fn tell_rights(
        &mut self,
        by: Caller<'_>,
        party: usize,
        manner: Manner,
    ) -> Result<()> {
        let party_id = nth(&self.parties, party)?;
        let told_at = by.app.clock.now();
        let input = RecordRightsNotice { party_id, told_at, manner, acknowledged: true };
        let reply =
            consents::record_rights_notice(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn invite(&mut self, by: Caller<'_>, input: InviteParticipant) -> Result<()> {
        let reply = consents::invite(by.app, &by.call()?, self.case_id, input).await?;
        self.invitation = self.keep(reply).id;
        Ok(())
    }

    pub(super) async fn assign(
        &mut self,
        by: Caller<'_>,
        mediator: Staff,
        seat: PanelSeat,
        origin: AssignmentOrigin,
    ) -> Result<()> {
        let input = AssignMediator {
            mediator_id: by.district.id(mediator),
            seat,
            origin,
            suggestion_id: None,
            explanation: None,
        };
        let reply = assignment::assign(by.app, &by.call()?, self.case_id, input).await?;
        self.assignment = self.keep(reply).id;
        Ok(())
    }

    pub(super) async fn respond(
        &mut self,
        by: Caller<'_>,
        decline: Option<&'static str>,
    ) -> Result<()> {
        let answer = match decline {
            Some(_) => AssignmentAnswer::Decline,
            None => AssignmentAnswer::Accept,
        };
        let input = RespondToAssignment { answer, reason: decline.map(str::to_owned) };
        let reply = assignment::respond(by.app, &by.call()?, self.assignment, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn start(&mut self, by: Caller<'_>) -> Result<()> {
        let reply = assignment::start(by.app, &by.call()?, self.case_id).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn schedule(
        &mut self,
        by: Caller<'_>,
        mode: HearingMode,
        room: Option<usize>,
        starts_at: DateTime<Utc>,
    ) -> Result<()> {
        let meeting = self.case_id.simple();
        let link =
            (mode == HearingMode::Online).then(|| format!("https://meeting.example.cn/{meeting}"));
        let room_id = room.map(|it| by.district.room(it)).transpose()?;
        let ends_at = starts_at + HEARING;
        let input = ScheduleHearing { mode, room_id, place: None, link, starts_at, ends_at };
        let reply = hearings::schedule(by.app, &by.call()?, self.case_id, input).await?;
        self.hearing = self.keep(reply).id();
        Ok(())
    }

    pub(super) async fn notify(
        &mut self,
        by: Caller<'_>,
        party: usize,
        manner: Manner,
    ) -> Result<()> {
        let party_id = nth(&self.parties, party)?;
        let input = NotifyOfHearing { party_id, told_at: by.app.clock.now(), manner };
        let reply = hearings::notify(by.app, &by.call()?, self.hearing, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn adjourn(
        &mut self,
        by: Caller<'_>,
        reason: &str,
        starts_at: DateTime<Utc>,
    ) -> Result<()> {
        let input = AdjournHearing {
            reason: reason.to_owned(),
            starts_at: Some(starts_at),
            ends_at: Some(starts_at + HEARING),
        };
        let reply = hearings::adjourn(by.app, &by.call()?, self.hearing, input).await?;
        let successor = self.keep(reply).successor;
        self.hearing = successor.map(|it| it.id()).ok_or(Error::NotFound)?;
        Ok(())
    }

    pub(super) async fn cancel(&mut self, by: Caller<'_>, reason: &str) -> Result<()> {
        let input = CancelHearing { reason: reason.to_owned() };
        let reply = hearings::cancel(by.app, &by.call()?, self.hearing, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn attend(&mut self, by: Caller<'_>, seats: Vec<Seat>) -> Result<()> {
        let attendees = seats.into_iter().map(|it| self.attendee(by, it)).collect::<Result<_>>()?;
        let input = RecordAttendance { attendees };
        let reply = hearings::record_attendance(by.app, &by.call()?, self.hearing, input).await?;
        self.keep(reply);
        Ok(())
    }

    fn attendee(&self, by: Caller<'_>, seat: Seat) -> Result<Attendee> {
        let person_id = match seat.who {
            Who::Party(place) => nth(&self.parties, place)?,
            Who::Agent(place) => nth(&self.agents, place)?,
            Who::Staff(person) => by.district.id(person),
            Who::Invited => self.invitation,
        };
        Ok(Attendee {
            kind: seat.kind,
            person_id,
            present: seat.present,
            excused: false,
            absence_reason: seat.absence.map(str::to_owned),
        })
    }

    pub(super) async fn minutes(
        &mut self,
        by: Caller<'_>,
        content: String,
        result: HearingResult,
    ) -> Result<()> {
        let input = RecordMinutes { content, result, read_back: true };
        let reply = hearings::record_minutes(by.app, &by.call()?, self.hearing, input).await?;
        self.keep(reply);
        Ok(())
    }
}
