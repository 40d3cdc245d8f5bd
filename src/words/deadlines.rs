//! Words of deadlines, their rules and calendars.

vocabulary! {
    /// What a deadline is for.
    DeadlineKind {
        AcceptanceDecision = "受理决定",
        MediationEnd = "调解期限",
        TerminationNotice = "终止告知",
        FirstContact = "首次联系",
        ReferralConfirmation = "委派确认",
        HotlineInterim = "热线阶段反馈",
        HotlineFinal = "热线办结反馈",
        ClueVerification = "线索核查",
        JudicialConfirmation = "申请司法确认",
        CourtDecision = "法院审查",
        Performance = "履行期限",
        Revisit = "回访",
        DelegationReturn = "委托回复",
        AssignmentResponse = "调解员答复",
        ReferralAnswer = "转介答复",
        Other = "其他",
    }

    /// How a deadline stands.
    DeadlineState {
        Running = "进行中",
        /// By a suspension that stops this clock.
        Paused = "中止",
        /// What it was for was done in time.
        Met = "按期完成",
        /// It ran out; with `ended_on`, what it was for was done late.
        Missed = "逾期",
        /// What it was for fell away.
        Cancelled = "取消",
    }

    /// What the station tells the hotline about an order.
    FeedbackKind {
        /// It was accepted, how it stands, when an end is expected.
        Interim = "阶段反馈",
        /// How it ended.
        Final = "办结反馈",
    }

    /// Why a mediation stands still (中止). Whether a clock stops for it is the rule's to say.
    SuspensionReason {
        /// Appraisal, testing or inspection (O121 22).
        Appraisal = "鉴定、检测、检验",
        /// A request for recusal is being decided (O121 21).
        Recusal = "回避申请待决定",
        /// A party is ill or away.
        Illness = "当事人患病或者不在",
        /// Another organ's result is waited for.
        OtherOrgan = "等待其他机关处理结果",
        Other = "其他",
    }

    /// Which days a period is made of.
    DayUnit {
        /// Days the State Council's calendar has people work on, make-up days among them.
        WorkingDays = "工作日",
        NaturalDays = "自然日",
    }

    /// What happens to the end of a period that falls on a day off.
    RollRule {
        /// It stays.
        None = "不顺延",
        /// O121 45: after a 法定节假日. Whether a plain weekend is one is open: the later date
        /// moves past it, the strict one does not.
        StatutoryHolidays = "法定节假日顺延",
        /// Civil Code 203, CPL 85: after a 法定休假日, weekends among them.
        RestDays = "法定休假日顺延",
    }

    /// Who may make a period longer.
    ExtensionBasis {
        None = "不得延长",
        ByBothParties = "双方当事人同意延长",
        ByHead = "负责人批准延长",
    }

    /// How sure it is that a rule says what its article says.
    Confidence {
        /// Read in the law's own text.
        Verified = "已核对原文",
        /// Quoted alike by several sources.
        CrossChecked = "多方转引一致",
        /// Not checked against a text.
        FromMemory = "尚待核对",
        /// The station's own rule.
        Setting = "本站设置",
    }

    /// Which version of a rule holds for a period that runs when the rule changes.
    Transition {
        /// The one in force on the day it started, to its end.
        ByStart = "以开始之日的规定为准",
    }
}
