//! What is left to who wants an agreement kept, and until when (domain §6.6, §6.9). Pure: it
//! shows, and decides nothing.

use chrono::{Months, NaiveDate};

use super::rules;
use crate::cases::file::{CaseFile, Duty};
use crate::language::Text;
use crate::law::Law;
use crate::tracks;
use crate::words::{AgreementStatus, CourtAnswer, EnforcementRoute, PerformanceKind};

/// One way, whether it can be taken today, and its last day.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub way: EnforcementRoute,
    pub open: bool,
    /// Both parties must take it together.
    pub joint: bool,
    /// Every party has said already that it wants it.
    pub agreed: bool,
    pub last_day: Option<NaiveDate>,
    pub detail: Text,
    pub law: &'static [Law],
}

/// Years to apply for enforcement (CPL 250) and to sue (Civil Code 188), in months.
const ENFORCEMENT: Months = Months::new(24);
const LIMITATION: Months = Months::new(36);

/// Whether something is owed that was defaulted or whose day has passed.
fn is_late(file: &CaseFile, duties: &[Duty]) -> bool {
    duties.iter().any(|it| match file.performance(*it) {
        Some(PerformanceKind::Performed) => false,
        Some(PerformanceKind::Defaulted) => true,
        None => it.due_on < file.today(),
    })
}

/// Every way there is with this agreement; none without one in force.
pub(super) fn of(file: &CaseFile) -> Vec<Route> {
    if file.agreement().is_none_or(|it| it.status != AgreementStatus::InForce) {
        return Vec::new();
    }
    let today = file.today();
    let result = file.standing_application().and_then(|it| file.court_result(it.id));
    let is_valid = result.is_some_and(|it| it.answer == CourtAnswer::Valid);
    let duties = file.duties();
    let owes_money = duties.iter().any(|it| it.amount_fen.is_some());
    let last_due = duties.iter().map(|it| it.due_on).max();
    let after = |months| last_due.and_then(|it| it.checked_add_months(months));
    let in_time = |last: Option<NaiveDate>| last.is_none_or(|it| today <= it);
    let window = rules::last_day(file);
    let may_confirm = tracks::rules(file.case.track).confirmation
        && file.standing_application().is_none()
        && window.is_some_and(|it| today <= it);
    let (enforcement, limitation) = (after(ENFORCEMENT), after(LIMITATION));
    vec![
        Route {
            way: EnforcementRoute::Remind,
            open: is_late(file, &duties) && file.case.archived_at.is_none(),
            joint: false,
            agreed: false,
            last_day: None,
            detail: Text::new(
                "调解组织了解原因，督促义务人尽快履行，并记录告知的内容。",
                "The mediators ask why, urge whoever owes to perform, and record what they said.",
            ),
            law: &[Law::Pml31],
        },
        Route {
            way: EnforcementRoute::JointConfirmation,
            open: may_confirm,
            joint: true,
            agreed: file.all_wish_confirmation(),
            last_day: window,
            detail: Text::new(
                "双方自协议生效之日起三十日内共同向人民法院申请；不收费。",
                "Both parties ask a court within thirty days of the agreement's effect; it is free.",
            ),
            law: &[Law::Pml33, Law::Cpl205],
        },
        Route {
            way: EnforcementRoute::CompulsoryEnforcement,
            open: is_valid && in_time(enforcement),
            joint: false,
            agreed: false,
            last_day: enforcement.filter(|_| is_valid),
            detail: Text::new(
                "裁定确认有效后，一方拒绝履行或者未全部履行的，对方可以申请执行；\
                 期间二年，自最后履行期限届满之日起算，分期的自各期届满之日起算。",
                "Once a ruling says that it is valid, and one side does not keep it: within two \
                 years of the last day to perform, of each instalment from its own.",
            ),
            law: &[Law::Cpl206, Law::Cpl250],
        },
        Route {
            way: EnforcementRoute::NotarialDeed,
            open: owes_money && !is_valid,
            joint: true,
            agreed: false,
            last_day: None,
            detail: Text::new(
                "有给付内容、债权明确且债务人愿意接受强制执行的，双方可以办理赋予强制执行效力的公证。",
                "For a clear money duty, if the debtor accepts enforcement: both parties before a \
                 notary.",
            ),
            law: &[Law::Notary37, Law::ShDrr53],
        },
        Route {
            way: EnforcementRoute::PaymentOrder,
            open: owes_money && !is_valid,
            joint: false,
            agreed: false,
            last_day: None,
            detail: Text::new(
                "给付金钱、双方无其他债务纠纷且能够送达的，债权人可以向基层人民法院申请支付令。",
                "For money, without other debts between the parties, and if it can be served: the \
                 creditor alone.",
            ),
            law: &[Law::Cpl225, Law::ShDrr53],
        },
        Route {
            way: EnforcementRoute::MediateAgain,
            open: !is_valid && file.case.archived_at.is_none(),
            joint: true,
            agreed: false,
            last_day: None,
            detail: Text::new(
                "双方可以通过调解变更原协议或者达成新的协议；法院驳回确认申请的亦同。",
                "Both may change the agreement or make a new one by mediation, also after a court \
                 has rejected it.",
            ),
            law: &[Law::Cpl206],
        },
        Route {
            way: EnforcementRoute::Lawsuit,
            open: !is_valid && in_time(limitation),
            joint: false,
            agreed: false,
            last_day: limitation.filter(|_| !is_valid),
            detail: Text::new(
                "就协议的履行或者内容发生争议的，一方可以起诉；诉讼时效一般为三年。",
                "Over the performance or the content of the agreement; in general within three \
                 years.",
            ),
            law: &[Law::Pml32, Law::CivilCode188],
        },
    ]
}
