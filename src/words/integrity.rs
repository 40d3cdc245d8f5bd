//! Words of recusal, declared interests, clues and complaint facts.

vocabulary! {
    /// Why somebody is not to mediate in a case (O121 21).
    RecusalGround {
        /// Near relative of a party.
        NearRelative = "近亲属",
        /// Has an interest in the case.
        Interest = "利害关系",
        /// Another relation that may affect fairness.
        OtherRelation = "其他可能影响公正的关系",
        /// The people's track asks for no reason (2002 rules 25).
        NoneGiven = "未说明理由",
    }

    /// What became of a recusal.
    RecusalStatus {
        /// Mediation is suspended until it is decided.
        Open = "待决定",
        /// The mediator left the panel at once.
        Replaced = "已更换",
        Upheld = "准予回避",
        Rejected = "驳回申请",
    }

    /// How a request for recusal is decided.
    RecusalDecision {
        Upheld = "准予回避",
        Rejected = "驳回申请",
    }

    /// What ties a mediator to somebody (利害关系).
    InterestKind {
        Employment = "任职或者受雇",
        NearRelative = "近亲属",
        Shareholding = "持股或者出资",
        /// Adviser, agent, witness or mediator in an earlier matter of theirs.
        EarlierRole = "曾任代理人等职务",
        Other = "其他",
    }

    /// By what a mediator and somebody in a case were found to be tied: a fact in the data.
    InterestGround {
        /// A declared interest in an organization of the same credit code.
        SameCreditCode = "统一社会信用代码相同",
        /// A declared interest in somebody of the party's name.
        SameName = "与当事人同名",
        /// A declared interest in somebody of the legal representative's name.
        SameNameAsLegalRepresentative = "与法定代表人同名",
        /// A declared interest in somebody of the agent's name.
        SameNameAsAgent = "与代理人同名",
        /// The mediator has the party's name. Shown to be looked at, bars nothing.
        MediatorNamedLikeParty = "调解员与当事人同名",
        /// The mediator has the agent's name. Shown to be looked at, bars nothing.
        MediatorNamedLikeAgent = "调解员与代理人同名",
    }

    /// Where a clue of illegality stands (O121 27).
    ClueStatus {
        Reported = "已报告",
        Received = "已接收",
        Decided = "已处理",
    }

    /// What the verification of a clue came to.
    ClueDecision {
        CaseFiled = "立案",
        NoViolation = "未发现违法",
        Transferred = "移送有管辖权的部门",
    }

    /// What a court says to an application for judicial confirmation (CPL 206; CPL-I 355-358).
    CourtAnswer {
        /// It has taken the application.
        Accepted = "受理",
        NotAccepted = "不予受理",
        /// The parties took it back before the ruling.
        Withdrawn = "准许撤回",
        /// They supplied nothing or did not answer (CPL-I 357).
        TreatedAsWithdrawn = "按撤回处理",
        Valid = "裁定确认有效",
        Rejected = "裁定驳回申请",
    }

    /// What is left to a party that wants its agreement kept (domain §6.6, §6.9).
    EnforcementRoute {
        /// The committee urges whoever is late (PML 31).
        Remind = "督促履行",
        JointConfirmation = "共同申请司法确认",
        CompulsoryEnforcement = "申请强制执行",
        NotarialDeed = "办理公证债权文书",
        PaymentOrder = "申请支付令",
        MediateAgain = "重新调解或者变更协议",
        Lawsuit = "向人民法院起诉",
    }

    /// What is counted of earlier complaints (O121 17). Facts; nothing may depend on them.
    ComplaintFactKind {
        SamePhone = "电话相同的案件",
        SameAddress = "地址相同的案件",
        SameIdNumber = "证件号码相同的案件",
        SameApplicant = "同一申请人的案件",
        SameApplicantAndRespondent = "同一申请人对同一被申请人的案件",
        SameApplicantAndCategory = "同一申请人同类问题的案件",
    }
}
