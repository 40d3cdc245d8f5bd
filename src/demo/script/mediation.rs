//! From acceptance to an outcome: the panel, the hearings, the agreement or its failure.

use chrono::{DateTime, TimeDelta, Utc};

use super::Script;
use crate::consents::InviteParticipant;
use crate::demo::calendar::Busy;
use crate::demo::fates::{Fate, Keeping, Stage, Stand};
use crate::demo::people::Staff;
use crate::demo::phrases;
use crate::demo::places::ROOMS;
use crate::demo::step::{Declaration, Hand, Seat, Step, Visit, Who};
use crate::words::{
    AssignmentOrigin, AttendeeKind, ConsentDecision, HearingMode, HearingResult,
    InvitationCapacity, Manner, PanelSeat, PaperForm, SignatureMethod, TerminationReason,
};

impl Script<'_> {
    /// Rights are told and a panel is found, which starts.
    pub(super) fn prepare(&mut self) -> Option<()> {
        if self.fate == Fate::Terminated(TerminationReason::PartyRefuses) {
            self.days(1, 3);
            self.consent(self.respondent(), ConsentDecision::Refused, Manner::Phone);
            self.conclude(self.director, false, TerminationReason::PartyRefuses);
            return None;
        }
        self.minutes(15, 120);
        self.tell_rights();
        self.days(0, 1);
        let origin = if self.dice.chance(25) {
            AssignmentOrigin::ChosenByParties
        } else {
            AssignmentOrigin::Designated
        };
        if self.dice.chance(8) {
            let refused = self.dice.pick(&Staff::MEDIATORS);
            let reason = self.dice.pick(phrases::ASSIGNMENT_REFUSALS);
            if refused != self.presiding && Some(refused) != self.member {
                self.seat(refused, PanelSeat::Presiding, AssignmentOrigin::Designated);
                self.days(0, 1);
                self.task(refused, Step::Respond { decline: Some(reason) });
                self.minutes(30, 200);
            }
        }
        self.seat(self.presiding, PanelSeat::Presiding, origin);
        self.pause(Stand::PanelProposed)?;
        self.minutes(30, 300);
        self.task(self.presiding, Step::Respond { decline: None });
        if let Some(member) = self.member {
            self.seat(member, PanelSeat::Member, AssignmentOrigin::Designated);
            self.minutes(20, 200);
            self.task(member, Step::Respond { decline: None });
        }
        self.pause(Stand::NotStarted)?;
        if self.cast.child && self.dice.chance(50) {
            let purpose = "联系监护人核实情况";
            let step = Step::ApproveUnmasking { party: 0, reader: self.presiding, purpose };
            self.task(self.director, step);
            self.minutes(10, 60);
            self.task(self.presiding, Step::Unmask { party: 0, purpose });
        }
        self.days(0, 1);
        self.task(self.presiding, Step::Start);
        Some(())
    }

    fn seat(&mut self, mediator: Staff, seat: PanelSeat, origin: AssignmentOrigin) {
        self.task(self.director, Step::Assign { mediator, seat, origin });
    }

    pub(super) fn mediate(&mut self) -> Option<()> {
        match self.fate {
            Fate::Withdrawn(Stage::Mediating) | Fate::Settled(Stage::Mediating) => self.call_off(),
            Fate::Failed => {
                if self.dice.chance(45) {
                    self.hearing(HearingResult::Continue, false)?;
                }
                self.hearing(HearingResult::NoAgreement, false)?;
                self.conclude(self.presiding, true, TerminationReason::NoAgreement);
                self.archive(60)
            }
            Fate::Terminated(reason) => self.terminate(reason),
            Fate::Oral => {
                self.hearing(HearingResult::Agreement, false)?;
                let accord = self.accord(Keeping::AtOnce);
                self.minutes(3, 15);
                self.task(self.presiding, Step::Oral(Box::new(accord.clone())));
                self.aftercare(&accord, Keeping::AtOnce)
            }
            Fate::Open(stand) => {
                if stand == Stand::NextHearingAhead || self.dice.chance(15) {
                    self.hearing(HearingResult::Continue, false)?;
                }
                self.hearing(HearingResult::Agreement, stand == Stand::NextHearingAhead)?;
                let keeping = match stand {
                    Stand::Performing => Keeping::Instalments,
                    _ => Keeping::OnTime,
                };
                self.write_agreement(keeping)
            }
            Fate::Agreement(keeping) => {
                if self.dice.chance(22) {
                    self.hearing(HearingResult::Continue, false)?;
                }
                self.hearing(HearingResult::Agreement, false)?;
                self.write_agreement(keeping)
            }
            Fate::Withdrawn(_) | Fate::Settled(_) | Fate::Declined(_) | Fate::Referred(_) => None,
        }
    }

    /// The parties end it before the hearing that was fixed.
    fn call_off(&mut self) -> Option<()> {
        let start = self.schedule(Stand::HearingAhead)?;
        self.eve_of(start);
        let settled = matches!(self.fate, Fate::Settled(_));
        let reason = phrases::CANCELLATIONS[usize::from(!settled)];
        self.task(self.presiding, Step::Cancel(reason));
        self.end_early(self.fate, Stage::Mediating)
    }

    fn terminate(&mut self, reason: TerminationReason) -> Option<()> {
        use TerminationReason::*;
        match reason {
            PartyAbsent => {
                self.hearing(HearingResult::Continue, false)?;
                self.hearing(HearingResult::NoAgreement, false)?;
            }
            PartyEnds | Other => self.hearing(HearingResult::Continue, false)?,
            TimeExpired => {
                self.hearing(HearingResult::Continue, false)?;
                self.hearing(HearingResult::NoAgreement, false)?;
                self.days(14, 20);
            }
            _ => self.days(3, 9),
        }
        self.conclude(self.presiding, false, reason);
        self.archive(60)
    }

    /// Everybody is told of the other routes, and it ends without an agreement.
    fn conclude(&mut self, by: Staff, failed: bool, reason: TerminationReason) {
        self.minutes(5, 40);
        for party in 0..self.cast.parties.len() {
            let manner = self.dice.pick(&[Manner::InPerson, Manner::Phone, Manner::Written]);
            self.task(by, Step::TellRoutes { party, manner });
        }
        self.task(by, Step::Conclude { failed, reason });
        if self.dice.chance(25) {
            self.days(20, 40);
            let (findings, satisfaction) = self.dice.pick(phrases::REVISITS_WITHOUT_AGREEMENT);
            let (party, manner) = (Some(0), Manner::Phone);
            let visit = Visit { party, manner, findings, satisfaction };
            self.task(self.clerk, Step::Revisit(visit));
        }
    }

    /// A hearing is fixed and announced; answers its start.
    fn schedule(&mut self, stand: Stand) -> Option<DateTime<Utc>> {
        let ahead = self.fate == Fate::Open(stand);
        let days = self.dice.between(2, 7);
        let mut earliest = self.at + TimeDelta::days(days);
        if ahead {
            earliest = earliest.max(self.now + TimeDelta::days(1));
        }
        let room = self.dice.index(ROOMS);
        let mode = match self.dice.between(1, 100) {
            1..=76 => HearingMode::OnSite,
            77..=88 => HearingMode::Online,
            _ => HearingMode::Phone,
        };
        self.remote = mode != HearingMode::OnSite;
        let mut busy = vec![Busy::Person(self.presiding), Busy::Shop(self.cast.shop)];
        busy.extend(self.member.map(Busy::Person));
        if mode == HearingMode::OnSite {
            busy.push(Busy::Room(room));
        }
        let starts_at = self.diary.free(&self.pencilled, earliest, &busy);
        self.pencilled.extend(busy.iter().map(|it| (starts_at, *it)));
        let by = self.either(60);
        let room = (mode == HearingMode::OnSite).then_some(room);
        self.task(by, Step::Schedule { mode, room, starts_at });
        self.announce(by);
        if self.dice.chance(9) && !ahead {
            let starts_at = self.put_off(starts_at, &busy);
            self.announce(by);
            return Some(starts_at);
        }
        self.pause(stand)?;
        Some(starts_at)
    }

    /// One of them cannot come, and asks for another day.
    fn put_off(&mut self, starts_at: DateTime<Utc>, busy: &[Busy]) -> DateTime<Utc> {
        self.eve_of(starts_at);
        let days = self.dice.between(4, 9);
        let later = starts_at + TimeDelta::days(days);
        let next = self.diary.free(&self.pencilled, later, busy);
        self.pencilled.extend(busy.iter().map(|it| (next, *it)));
        let reason = self.dice.pick(phrases::ADJOURNMENTS);
        self.task(self.presiding, Step::Adjourn { reason, starts_at: next });
        next
    }

    fn announce(&mut self, by: Staff) {
        for party in 0..self.cast.parties.len() {
            let manner = self.dice.pick(&[Manner::Phone, Manner::Sms, Manner::Wechat]);
            self.task(by, Step::Notify { party, manner });
        }
    }

    /// A hearing from its fixing to its minutes. `next` is the second one of a case that waits
    /// for it.
    fn hearing(&mut self, result: HearingResult, next: bool) -> Option<()> {
        if self.heard() > 0 {
            self.days(1, 3);
        } else {
            self.days(0, 1);
        }
        let stand = if next { Stand::NextHearingAhead } else { Stand::HearingAhead };
        let invited = self.dice.chance(5);
        if invited {
            self.invite();
        }
        let starts_at = self.schedule(stand)?;
        let late = self.dice.between(60, 500);
        self.at = starts_at + TimeDelta::seconds(late);
        let absent = self.fate == Fate::Terminated(TerminationReason::PartyAbsent);
        let seats = self.seats(absent, invited);
        self.task(self.presiding, Step::Attend(seats));
        self.pause(Stand::MinutesOpen)?;
        let length = self.dice.between(50, 85);
        self.at = starts_at + TimeDelta::minutes(length);
        let content = self.protocol(result, absent);
        self.task(self.presiding, Step::Minutes { content, result });
        Some(())
    }

    /// How many hearings there have been.
    fn heard(&self) -> usize {
        self.tasks.iter().filter(|it| matches!(it.step, Step::Minutes { .. })).count()
    }

    fn invite(&mut self) {
        let name = crate::demo::invent::name(&mut self.dice);
        let (capacity, organization) = self.dice.pick(&[
            (InvitationCapacity::Expert, "消费品质量检测机构"),
            (InvitationCapacity::SocialOrganization, "徐家汇商圈企业联合会"),
            (InvitationCapacity::Expert, "公益法律服务团"),
        ]);
        let organization = Some(organization.to_owned());
        let input = InviteParticipant { name, organization, capacity };
        self.task(self.presiding, Step::Invite(input));
        for party in 0..self.cast.parties.len() {
            let (decision, manner) = (ConsentDecision::Given, Manner::Phone);
            let note = None;
            let declaration = Declaration { party, to_invitation: true, decision, manner, note };
            self.task(self.presiding, Step::Consent(declaration));
        }
    }

    /// Who is there. An agent may come instead of a shop, a guardian speaks for a minor.
    fn seats(&mut self, absent: bool, invited: bool) -> Vec<Seat> {
        let mut seats = Vec::new();
        for party in 0..self.cast.parties.len() {
            let stays_away = absent && party == self.respondent();
            let agent = self.agent_of(party).filter(|_| !stays_away);
            let present = match agent {
                Some(_) if self.is_shop(party) => self.dice.chance(20),
                Some(_) => !self.cast.child || self.dice.chance(40),
                None => !stays_away,
            };
            let absence = (!present && agent.is_none()).then(|| self.dice.pick(phrases::ABSENCES));
            let kind = AttendeeKind::Party;
            seats.push(Seat { kind, who: Who::Party(party), present, absence });
            seats.extend(agent.map(|it| seat(AttendeeKind::Agent, Who::Agent(it))));
        }
        let panel = std::iter::once(self.presiding).chain(self.member);
        seats.extend(panel.map(|it| seat(AttendeeKind::Mediator, Who::Staff(it))));
        if invited {
            seats.push(seat(AttendeeKind::Invited, Who::Invited));
        }
        seats
    }

    /// The text of the minutes.
    fn protocol(&mut self, result: HearingResult, absent: bool) -> String {
        let (dispute, template) = (self.dispute, self.dispute.template);
        if absent {
            return format!(
                "调解员核对到场人员。申请人到场，被申请人未到场，电话无人接听。\n申请人陈述：{}\n\
                 调解员告知申请人将另行安排时间；再次无正当理由不到场的，调解将终止。",
                dispute.tell(template.wish)
            );
        }
        let course = self.dice.pick(phrases::COURSE);
        let heard = self.heard();
        let end = match result {
            HearingResult::Agreement => "经调解，双方自愿达成一致意见，内容见调解协议。",
            HearingResult::NoAgreement => self.dice.pick(phrases::NO_AGREEMENT),
            HearingResult::Continue => self.dice.pick(phrases::TO_BE_CONTINUED),
        };
        if heard > 0 {
            let (wish, matter) = (dispute.tell(template.wish), dispute.tell(template.matter));
            return format!(
                "本次为第{}次调解会。调解员核对到场人员，宣读上次笔录，双方对已核实的事实没有异议。\n\
                 申请人坚持请求：{wish}\n仍有争议的是：{matter}\n{course}\n{end}",
                heard + 1
            );
        }
        format!(
            "调解员核对双方身份，告知人民调解的性质、原则、效力和双方的权利义务，询问是否要求更换调解员，\
             双方均表示不要求。\n申请人陈述：{}请求：{}\n被申请人陈述：{}\n调解员归纳争议焦点：{}\n\
             调解员指出：{}\n{course}\n{end}",
            dispute.tell(template.facts),
            dispute.tell(template.wish),
            dispute.tell(template.reply),
            dispute.tell(template.matter),
            dispute.tell(template.duty),
        )
    }

    /// The agreement is drafted, locked, signed and sealed.
    fn write_agreement(&mut self, keeping: Keeping) -> Option<()> {
        let mut accord = self.accord(keeping);
        self.minutes(5, 20);
        self.task(self.presiding, Step::Draft(Box::new(accord.clone())));
        if self.dice.chance(10) {
            // Read aloud, and mended.
            accord.duties.push_str("双方确认上述事实无争议。");
            self.task(self.presiding, Step::Draft(Box::new(accord.clone())));
        }
        self.pause(Stand::Drafted)?;
        self.task(self.presiding, Step::Lock);
        self.print(self.presiding, PaperForm::Agreement);
        self.signatures()?;
        self.pause(Stand::Unsealed)?;
        if self.dice.chance(30) {
            self.days(1, 1);
        } else {
            self.minutes(5, 30);
        }
        self.task(self.director, Step::Seal);
        self.aftercare(&accord, keeping)
    }

    fn signatures(&mut self) -> Option<()> {
        let room = self.dice.pick(&["工作站第一调解室", "工作站第二调解室", "司法所调解室"]);
        let place = if self.remote { "线上签署" } else { room };
        for party in 0..self.cast.parties.len() {
            let agent = self.agent_of(party);
            let method = match agent {
                _ if self.remote => SignatureMethod::Tablet,
                None if self.is_shop(party) => SignatureMethod::Stamp,
                None if self.dice.chance(12) => SignatureMethod::Fingerprint,
                _ if self.dice.chance(25) => SignatureMethod::Tablet,
                _ => SignatureMethod::Pen,
            };
            let hand = Hand { party: Some(party), agent, method, place };
            self.task(self.presiding, Step::Sign(hand));
            if party == 0 {
                self.pause(Stand::Unsigned)?;
            }
        }
        let method = if self.remote { SignatureMethod::Tablet } else { SignatureMethod::Pen };
        let hand = Hand { party: None, agent: None, method, place };
        self.task(self.presiding, Step::Sign(hand));
        Some(())
    }
}

fn seat(kind: AttendeeKind, who: Who) -> Seat {
    Seat { kind, who, present: true, absence: None }
}
