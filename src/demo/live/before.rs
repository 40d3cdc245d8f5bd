//! The calls from registration to acceptance, and the endings on the way.

use chrono::NaiveDate;

use super::{Caller, Live, Told, nth};
use crate::acceptance;
use crate::consents::{self, RecordConsent};
use crate::contacts::{self, RecordContact};
use crate::demo::people::{Office, Staff};
use crate::demo::phrases;
use crate::demo::step::Declaration;
use crate::error::Result;
use crate::feedbacks::{self, RecordFeedback};
use crate::intake::{self, RegisterCase};
use crate::parties::{self, AddAgent, AddClaim, AddParty};
use crate::words::{Channel, ConsentSubject, DeclineReason, FeedbackKind, Manner};

impl Live {
    pub(super) async fn register(&mut self, by: Caller<'_>, input: RegisterCase) -> Result<()> {
        let reply = intake::register(by.app, &by.call()?, input).await?;
        let case = self.keep(reply);
        self.case_id = case.id;
        self.hotline = case.channel == Channel::Hotline12345;
        self.parties = case.parties.iter().map(|it| it.id).collect();
        Ok(())
    }

    pub(super) async fn add_agent(
        &mut self,
        by: Caller<'_>,
        party: usize,
        agent: AddAgent,
    ) -> Result<()> {
        let party_id = nth(&self.parties, party)?;
        let reply = parties::add_agent(by.app, &by.call()?, self.case_id, party_id, agent).await?;
        let agent = self.keep(reply);
        self.agents.push(agent.id);
        Ok(())
    }

    pub(super) async fn add_claim(&mut self, by: Caller<'_>, claim: AddClaim) -> Result<()> {
        let reply = parties::add_claim(by.app, &by.call()?, self.case_id, claim).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn update_party(
        &mut self,
        by: Caller<'_>,
        party: usize,
        input: AddParty,
    ) -> Result<()> {
        let party_id = nth(&self.parties, party)?;
        let reply = parties::update(by.app, &by.call()?, self.case_id, party_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn unmask(
        &mut self,
        by: Caller<'_>,
        party: usize,
        purpose: &str,
    ) -> Result<()> {
        let party_id = nth(&self.parties, party)?;
        let reply = parties::unmask(by.app, &by.call()?, self.case_id, party_id, purpose).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn approve_unmasking(
        &mut self,
        by: Caller<'_>,
        party: usize,
        reader: Staff,
        purpose: &str,
    ) -> Result<()> {
        let (party_id, reader) = (nth(&self.parties, party)?, by.district.id(reader));
        let (call, case_id, purpose) = (by.call()?, self.case_id, purpose.to_owned());
        let hours = 8;
        let reply =
            parties::approve_unmasking(by.app, &call, case_id, party_id, reader, purpose, hours)
                .await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn ask_supplement(
        &mut self,
        by: Caller<'_>,
        items: &str,
        due_on: NaiveDate,
    ) -> Result<()> {
        let (call, items) = (by.call()?, items.to_owned());
        let reply =
            intake::request_supplement(by.app, &call, self.case_id, items, due_on, Manner::Phone)
                .await?;
        self.supplement = self.keep(reply).id;
        Ok(())
    }

    pub(super) async fn answer_supplement(&mut self, by: Caller<'_>, answer: &str) -> Result<()> {
        let (call, answer) = (by.call()?, answer.to_owned());
        let reply =
            intake::answer_supplement(by.app, &call, self.case_id, self.supplement, answer).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn consent(&mut self, by: Caller<'_>, it: Declaration) -> Result<()> {
        let subject =
            if it.to_invitation { ConsentSubject::Invitation } else { ConsentSubject::Mediation };
        let input = RecordConsent {
            party_id: nth(&self.parties, it.party)?,
            subject,
            invitation_id: it.to_invitation.then_some(self.invitation),
            decision: it.decision,
            declared_at: by.app.clock.now(),
            manner: it.manner,
            note: it.note.map(str::to_owned),
        };
        let reply = consents::record(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    /// The applicant of an order is called back, the hotline is told how it stands and how it
    /// ended.
    pub(super) async fn tell(&mut self, by: Caller<'_>, told: Told) -> Result<()> {
        let now = by.app.clock.now();
        let (kind, content) = match told {
            Told::Applicant => {
                let contact = RecordContact {
                    party_id: nth(&self.parties, 0)?,
                    tried_at: now,
                    manner: Manner::Phone,
                    reached: true,
                    note: Some("已联系诉求人，核对诉求。".to_owned()),
                };
                let reply = contacts::record(by.app, &by.call()?, self.case_id, contact).await?;
                self.keep(reply);
                return Ok(());
            }
            Told::Interim => (FeedbackKind::Interim, "已受理，正在组织双方调解。"),
            Told::Final => (FeedbackKind::Final, "已办结，结果已告知诉求人。"),
        };
        let feedback = RecordFeedback { kind, content: content.to_owned(), given_at: now };
        let reply = feedbacks::record(by.app, &by.call()?, self.case_id, feedback).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn accept(&mut self, by: Caller<'_>) -> Result<()> {
        let reply = acceptance::accept(by.app, &by.call()?, self.case_id).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn decline(&mut self, by: Caller<'_>, reason: DeclineReason) -> Result<()> {
        let input = acceptance::Decline {
            reason,
            explanation: phrases::declined(reason).to_owned(),
            told_at: by.app.clock.now(),
            manner: Manner::Phone,
        };
        let reply = acceptance::decline(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn refer(
        &mut self,
        by: Caller<'_>,
        to: Office,
        explanation: &str,
    ) -> Result<()> {
        let (call, to, explanation) = (by.call()?, by.district.office(to), explanation.to_owned());
        let reply = acceptance::refer(by.app, &call, self.case_id, to, explanation).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn withdraw(&mut self, by: Caller<'_>, explanation: &str) -> Result<()> {
        let explanation = explanation.to_owned();
        let reply = acceptance::withdraw(by.app, &by.call()?, self.case_id, explanation).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn settle(&mut self, by: Caller<'_>, explanation: &str) -> Result<()> {
        let explanation = explanation.to_owned();
        let reply = acceptance::settle(by.app, &by.call()?, self.case_id, explanation).await?;
        self.keep(reply);
        Ok(())
    }
}
