//! From the first word to acceptance, and the endings on the way.

use chrono::TimeDelta;

use super::{Script, clerk_of};
use crate::demo::disputes::{self, Remedy};
use crate::demo::fates::{Fate, Stage, Stand};
use crate::demo::invent;
use crate::demo::people::Staff;
use crate::demo::phrases;
use crate::demo::step::{Declaration, Exhibit, Step};
use crate::intake::RegisterCase;
use crate::parties::{AddClaim, AddParty};
use crate::words::{
    AgentKind, Category, Channel, ClaimKind, ConsentDecision, DeclineReason, LegalBasis, Manner,
    OrderKind, PaperForm, PartyKind, Retention, TerminationReason, Track,
};

/// Below this nobody pays for a lawyer.
const WORTH_A_LAWYER: i64 = 500_000;

impl Script<'_> {
    /// The dispute is told and written down; what is missing is asked for.
    pub(super) fn register(&mut self) -> Option<()> {
        let input = self.registration();
        self.task(self.registrar, Step::Register(Box::new(input)));
        let today = self.today();
        if self.cast.child {
            let guardian = invent::guardian(&mut self.dice, &self.cast.parties[0], today);
            self.agents.push(0);
            self.task(self.clerk, Step::AddAgent { party: 0, agent: Box::new(guardian) });
        } else if self.dispute.claimed_fen > WORTH_A_LAWYER && self.dice.chance(15) {
            let firm = invent::law_firm(&mut self.dice);
            let lawyer = invent::agent(&mut self.dice, AgentKind::Lawyer, Some(firm), today);
            self.agents.push(0);
            self.task(self.clerk, Step::AddAgent { party: 0, agent: Box::new(lawyer) });
        }
        self.pause(Stand::Registered)?;
        self.materials();
        let declined = Fate::Declined(DeclineReason::MaterialsMissing);
        let must_ask = self.fate == Fate::Open(Stand::SupplementOpen) || self.fate == declined;
        if must_ask || (self.dice.chance(12) && !matches!(self.fate, Fate::Referred(_))) {
            let (items, answer) = self.dice.pick(phrases::SUPPLEMENTS);
            self.minutes(10, 60);
            let due_on = self.in_days(5, 10);
            self.task(self.clerk, Step::AskSupplement { items, due_on });
            self.pause(Stand::SupplementOpen)?;
            if self.fate != declined {
                self.days(1, 5);
                self.task(self.clerk, Step::AnswerSupplement(answer));
            }
        }
        Some(())
    }

    /// What the applicant has brought along.
    fn materials(&mut self) {
        let (dispute, template) = (self.dispute, self.dispute.template);
        if self.dice.chance(25) {
            let printed_on = dispute.bought_on;
            let shop = self.cast.parties[self.respondent()].name.clone();
            let (day, price) =
                (disputes::chinese_day(printed_on), disputes::yuan(dispute.price_fen));
            let lines =
                format!("商品或者服务：{}\n实收：{price}\n日期：{day}\n谢谢惠顾", template.subject);
            let receipt = Exhibit::Receipt { shop, lines, printed_on };
            self.task(self.clerk, Step::HandIn(receipt));
        }
        if self.dice.chance(25) {
            let said = format!(
                "申请人：{}\n商家：{}\n申请人：{}\n",
                dispute.tell(template.facts),
                dispute.tell(template.reply),
                dispute.tell(template.wish),
            );
            self.task(self.clerk, Step::HandIn(Exhibit::Chat(said)));
        }
    }

    fn registration(&mut self) -> RegisterCase {
        let (dispute, template) = (self.dispute, self.dispute.template);
        let channel = self.cast.channel;
        let mut facts = dispute.tell(template.facts);
        facts.push_str(self.dice.pick(&[
            "申请人保留了付款凭证和聊天记录。",
            "申请人曾与商家协商两次，未有结果。",
            "申请人希望工作站协助尽快解决。",
            "",
        ]));
        let by_phone = matches!(
            channel,
            Channel::Phone | Channel::Wechat | Channel::Web | Channel::Hotline12345
        );
        if by_phone {
            // Whoever does not come in person shows the card later.
            for party in
                self.cast.parties.iter_mut().filter(|it| it.kind == PartyKind::NaturalPerson)
            {
                party.identity_verified = false;
            }
        }
        let mut parties: Vec<AddParty> = self.cast.parties.clone();
        if by_phone && !self.cast.child && self.dice.chance(60) {
            for party in parties.iter_mut().filter(|it| it.kind == PartyKind::NaturalPerson) {
                party.identity_document = None;
                party.id_number = None;
            }
        }
        let handed_over = matches!(
            channel,
            Channel::Hotline12345
                | Channel::Platform12315
                | Channel::ConsumerCouncil
                | Channel::Police
                | Channel::Mall
        );
        let requested = if handed_over { self.dice.between(4, 40) } else { 0 };
        RegisterCase {
            channel,
            legal_basis: match channel {
                Channel::Court => LegalBasis::CourtReferred,
                Channel::Visit | Channel::OwnInitiative => LegalBasis::OwnInitiative,
                _ if handed_over => LegalBasis::HandedOver,
                _ => LegalBasis::Applied,
            },
            external_number: self.external_number(channel),
            office_id: None,
            track: Track::PeopleMediation,
            order_kind: (channel == Channel::Hotline12345).then_some(OrderKind::Ordinary),
            title: template.title.to_owned(),
            facts,
            category: template.category,
            subject_kind: template.kind,
            subject_name: template.subject.to_owned(),
            purchased_on: Some(dispute.bought_on),
            price_fen: Some(dispute.price_fen),
            bought_online: template.online,
            prepaid_card: template.prepaid,
            complex: false,
            sensitive: false,
            received_at: None,
            requested_at: (requested > 0).then(|| self.at - TimeDelta::hours(requested)),
            parties,
            claims: self.claims(),
        }
    }

    fn claims(&mut self) -> Vec<AddClaim> {
        let template = self.dispute.template;
        let amount_fen = match template.claim {
            ClaimKind::Apology | ClaimKind::Other => None,
            _ => Some(self.dispute.claimed_fen),
        };
        let description = self.dispute.tell(template.wish);
        let mut claims = vec![AddClaim { kind: template.claim, amount_fen, description }];
        let punitive = template.remedy == Remedy::RefundAndPunitive;
        if punitive && template.claim != ClaimKind::PunitiveDamages {
            // Three times the price and 500 yuan at least (CRPL 55); of bad food ten times and
            // 1,000 at least (Food Safety Law 148).
            let food = template.category == Category::FoodSafety;
            let (times, least) = if food { (10, 100_000) } else { (3, 50_000) };
            claims.push(AddClaim {
                kind: ClaimKind::PunitiveDamages,
                amount_fen: Some((self.dispute.price_fen * times).max(least)),
                description: "依法支付惩罚性赔偿。".to_owned(),
            });
        }
        if template.claim != ClaimKind::Apology && self.dice.chance(18) {
            claims.push(AddClaim {
                kind: ClaimKind::Apology,
                amount_fen: None,
                description: "要求商家就处理态度赔礼道歉。".to_owned(),
            });
        }
        claims
    }

    /// The number under which the sender knows it.
    fn external_number(&mut self, channel: Channel) -> Option<String> {
        let day = self.today().format("%Y%m%d");
        let year = self.today().format("%Y");
        let number = self.dice.between(1, 99_999);
        Some(match channel {
            Channel::Hotline12345 => format!("SH{day}{number:06}"),
            Channel::Platform12315 => format!("1319901{day}{number:05}"),
            Channel::ConsumerCouncil => format!("消转〔{year}〕{number:05}号"),
            Channel::Court => format!("（{year}）沪0199诉前调{number}号"),
            Channel::Police => format!("警调〔{year}〕{number:05}号"),
            Channel::BuildingServiceCenter => format!("LY-{day}-{:03}", number % 1000),
            _ => return None,
        })
    }

    fn manner(&self) -> Manner {
        match self.cast.channel {
            Channel::Phone | Channel::Hotline12345 | Channel::Platform12315 => Manner::Phone,
            Channel::Wechat | Channel::Web => Manner::Wechat,
            _ => Manner::InPerson,
        }
    }

    /// What a party says to being mediated at all.
    pub(super) fn consent(&mut self, party: usize, decision: ConsentDecision, manner: Manner) {
        let notes = match decision {
            ConsentDecision::Given => phrases::CONSENT_NOTES,
            ConsentDecision::Refused => phrases::REFUSAL_NOTES,
        };
        let note = match party {
            0 => None,
            _ => Some(self.dice.pick(notes)),
        };
        let declaration = Declaration { party, to_invitation: false, decision, manner, note };
        self.task(self.clerk, Step::Consent(declaration));
    }

    /// The applicants want it mediated: that is why they came.
    pub(super) fn consents(&mut self) {
        let manner = self.manner();
        for party in 0..self.respondent() {
            self.consent(party, ConsentDecision::Given, manner);
        }
    }

    /// The counter calls the other side.
    pub(super) fn respondent_consents(&mut self) {
        self.days(0, 2);
        if self.dice.chance(15) {
            let purpose = self.dice.pick(phrases::PURPOSES);
            let party = self.respondent();
            self.task(self.clerk, Step::Unmask { party, purpose });
        }
        if self.fate == Fate::Terminated(TerminationReason::PartyRefuses) {
            return; // It is reached only after acceptance.
        }
        for party in self.respondent()..self.cast.parties.len() {
            let manner = self.dice.pick(&[Manner::Phone, Manner::Phone, Manner::InPerson]);
            self.consent(party, ConsentDecision::Given, manner);
        }
    }

    pub(super) fn accept(&mut self) {
        if self.dice.chance(6) {
            let claim = AddClaim {
                kind: ClaimKind::Compensation,
                amount_fen: Some(self.dice.between(3, 40) * 1000),
                description: "赔偿交通费、误工费等合理损失。".to_owned(),
            };
            self.task(self.clerk, Step::AddClaim(claim));
        }
        self.days(0, 1);
        let by = if self.dice.chance(85) { self.clerk } else { self.director };
        self.task(by, Step::Accept);
        self.print(by, PaperForm::AcceptanceRegister);
    }

    pub(super) fn decline(&mut self, reason: DeclineReason) -> Option<()> {
        match reason {
            DeclineReason::PartyRefuses => {
                self.consents();
                self.days(1, 2);
                let party = self.respondent();
                self.consent(party, ConsentDecision::Refused, Manner::Phone);
                self.minutes(20, 90);
            }
            DeclineReason::MaterialsMissing => self.days(11, 16),
            _ => self.days(1, 4),
        }
        let by = if self.dice.chance(60) { self.clerk } else { self.director };
        self.task(by, Step::Decline(reason));
        self.archive(55)
    }

    pub(super) fn refer(&mut self, place: usize) -> Option<()> {
        let (_, to, explanation) = disputes::referral(place);
        self.days(0, 2);
        self.task(self.clerk, Step::Refer { to: *to, explanation });
        self.archive(50)
    }

    /// The parties end it by themselves, if they do so at this stage: None when they have.
    pub(super) fn end_early(&mut self, fate: Fate, stage: Stage) -> Option<()> {
        let step = match fate {
            Fate::Withdrawn(then) if then == stage => {
                Step::Withdraw(self.dice.pick(phrases::WITHDRAWALS))
            }
            Fate::Settled(then) if then == stage => {
                Step::Settle(self.dice.pick(phrases::SETTLEMENTS))
            }
            _ => return Some(()),
        };
        self.days(1, 4);
        let by = if stage == Stage::Mediating { self.presiding } else { self.clerk };
        self.task(by, step);
        self.archive(55);
        None
    }

    /// The file is put away; some wait for it still.
    pub(super) fn archive(&mut self, percent: u64) -> Option<()> {
        self.pause(Stand::NotArchived)?;
        if self.dice.chance(percent) {
            self.days(8, 45);
            let retention = match self.dispute.claimed_fen {
                0..2_000_000 => Retention::TenYears,
                _ => Retention::ThirtyYears,
            };
            let pages = i32::try_from(self.dice.between(9, 46)).unwrap_or(9);
            let clerk = clerk_of(self.cast.office);
            let by = if self.dice.chance(90) { clerk } else { Staff::DIRECTOR };
            self.task(by, Step::Archive { retention, pages });
        }
        Some(())
    }

    /// Rights are told, papers shown, agents named.
    pub(super) fn tell_rights(&mut self) {
        let manner = self.manner();
        for party in 0..self.cast.parties.len() {
            if !self.cast.parties[party].identity_verified {
                self.cast.parties[party].identity_verified = true;
                let input = Box::new(self.cast.parties[party].clone());
                self.task(self.clerk, Step::UpdateParty { party, input });
            }
            let manner = if party < self.respondent() { manner } else { Manner::Phone };
            self.task(self.clerk, Step::TellRights { party, manner });
            if self.is_shop(party) && self.dice.chance(60) {
                let today = self.today();
                let name = self.cast.parties[party].name.clone();
                let dear = self.dispute.claimed_fen > WORTH_A_LAWYER;
                let (kind, organization) = if dear && self.dice.chance(30) {
                    (AgentKind::Lawyer, invent::law_firm(&mut self.dice))
                } else {
                    (AgentKind::Employee, name)
                };
                let agent = invent::agent(&mut self.dice, kind, Some(organization), today);
                self.agents.push(party);
                self.task(self.clerk, Step::AddAgent { party, agent: Box::new(agent) });
            }
        }
    }
}
