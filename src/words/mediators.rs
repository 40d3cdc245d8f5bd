//! Words of mediators' profiles, absences, and the choice of a panel.

vocabulary! {
    /// On what footing somebody mediates (PML 13, 14).
    MediatorKind {
        /// Member of the mediation committee.
        CommitteeMember = "调解委员会委员",
        /// Engaged by the committee, full-time.
        FullTime = "专职人民调解员",
        /// Engaged by the committee, part-time.
        PartTime = "兼职人民调解员",
        /// Officer of market supervision.
        Officer = "市场监管干部",
    }

    /// Whether somebody stands on the public roster (名册).
    RosterState {
        Listed = "在册",
        Suspended = "暂停",
        Removed = "除名",
    }

    /// In which language somebody can mediate.
    SpokenLanguage {
        Mandarin = "普通话",
        Shanghainese = "上海话",
        Cantonese = "粤语",
        SignLanguage = "手语",
        English = "英语",
        Japanese = "日语",
        Korean = "韩语",
        French = "法语",
        Other = "其他语言",
    }

    /// Why somebody is away. Nothing more is kept of it.
    AbsenceReason {
        Leave = "休假",
        Sickness = "病假",
        Training = "培训",
        OtherDuty = "其他公务",
    }

    /// What a party says of a mediator.
    MediatorStance {
        /// Chooses this person (PML 19).
        Chosen = "选择",
        /// Accepts whoever was proposed.
        Accepted = "接受",
        /// Does not want this person, who is not on the panel.
        Refused = "不接受",
    }

    /// Why somebody cannot be assigned to a case.
    ExclusionGround {
        AccountDisabled = "账户停用",
        OffRoster = "不在名册",
        NotEngaged = "不在聘期",
        Absent = "不在岗",
        OverCapacity = "在办案件已满",
        MayNotPreside = "不得主持本程序的调解",
        LanguageMissing = "不通所需语言",
        NotSpecialist = "无所需专长",
        InterestFound = "有利害关系",
        Recused = "已在本案回避",
        RecusalOpen = "回避申请待决定",
        RefusedByParty = "当事人不接受",
        LeftPanel = "已谢绝或者退出本案",
        OnPanel = "已在本案调解组",
    }

    /// What asks for a panel of both offices.
    JointGround {
        Amount = "金额较大",
        Applicants = "申请人较多",
        Category = "类别要求",
    }

    /// From which of the two offices somebody comes to a joint panel.
    PanelSide {
        Committee = "人民调解委员会",
        Authority = "市场监督管理部门",
    }
}
