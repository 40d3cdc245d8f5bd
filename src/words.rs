//! The field's closed vocabularies. Each word is at once a database value, an API value and a
//! row in a rule table, always spelled the same. No rule lives here.

/// Declares vocabularies: text in the database, `snake_case` in the API.
macro_rules! vocabulary {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$word_doc:meta])* $word:ident = $zh:literal, )* } )*) => { $(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            sea_orm::EnumIter, sea_orm::DeriveActiveEnum, poem_openapi::Enum,
            serde::Serialize, serde::Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
        #[oai(rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $( $(#[$word_doc])* $word, )* }

        impl $name {
            /// Every word, in the order of the field.
            pub const ALL: &'static [Self] = &[$(Self::$word,)*];

            /// The statute's or the station's own Chinese term.
            pub fn term(self) -> &'static str {
                match self { $(Self::$word => $zh,)* }
            }

            /// The word as it stands in the database and in the API.
            pub fn name(self) -> String {
                sea_orm::ActiveEnum::to_value(&self)
            }

            /// The word of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.name())
            }
        }
    )* };
}

mod calculators;
mod deadlines;
mod district;
mod duplicates;
mod evidence;
mod hearings;
mod integrity;
mod mediators;
mod messages;
mod papers;
mod search;
mod tracks;

pub use calculators::*;
pub use deadlines::*;
pub use district::*;
pub use duplicates::*;
pub use evidence::*;
pub use hearings::*;
pub use integrity::*;
pub use mediators::*;
pub use messages::*;
pub use papers::*;
pub use search::*;
pub use tracks::*;

vocabulary! {
    /// What kind of organization an office of the network is (机构).
    OfficeKind {
        JudicialOffice = "司法所",
        MarketSupervisionOffice = "市场监管所",
        MediationCommittee = "人民调解委员会",
        ConsumerCouncil = "消费者权益保护委员会",
        BuildingServiceCenter = "楼宇服务中心",
        Mall = "商场",
        Court = "人民法院",
        Hotline = "12345 热线",
        Other = "其他",
    }

    /// What a person does at the station. One person has one role (三员分立).
    Role {
        /// Intake clerk.
        Clerk = "受理员",
        /// People's mediator.
        Mediator = "人民调解员",
        /// Officer of market supervision.
        Officer = "市场监管干部",
        /// Director of the station or of the committee.
        Director = "站长",
        /// Supervising bureau; reads, masked.
        Supervisor = "监督员",
        /// Accounts and settings; never case content.
        Admin = "系统管理员",
        /// The audit log; never case content.
        Auditor = "安全审计员",
    }

    /// Whether an account may be used.
    UserStatus {
        Active = "在用",
        Disabled = "停用",
    }

    /// How a dispute reached the station (渠道).
    Channel {
        WalkIn = "来访",
        Phone = "来电",
        Wechat = "微信",
        Web = "网上",
        #[oai(rename = "hotline_12345")]
        #[serde(rename = "hotline_12345")]
        #[sea_orm(string_value = "hotline_12345")]
        Hotline12345 = "12345 热线",
        #[oai(rename = "platform_12315")]
        #[serde(rename = "platform_12315")]
        #[sea_orm(string_value = "platform_12315")]
        Platform12315 = "12315 平台",
        ConsumerCouncil = "消保委",
        Court = "法院",
        Police = "公安",
        Mall = "商场",
        BuildingServiceCenter = "楼宇服务中心",
        Visit = "走访发现",
        OwnInitiative = "主动调解",
    }

    /// On what legal footing the station deals with it; kept apart from the channel.
    LegalBasis {
        /// A party applied (PML 17).
        Applied = "当事人申请",
        /// The committee acts on its own initiative (PML 17).
        OwnInitiative = "主动调解",
        /// Market supervision entrusted it (O121 19).
        Entrusted = "委托",
        /// Another body handed it over with the parties' consent.
        HandedOver = "移交",
        /// A court sent it.
        CourtReferred = "法院委派",
    }

    /// In whose name and under which law the case runs (程序).
    Track {
        PeopleMediation = "人民调解",
        AdministrativeMediation = "行政调解",
        EntrustedMediation = "委托调解",
    }

    /// Where the case stands in its life.
    CaseStatus {
        Registered = "已登记",
        Accepted = "已受理",
        Mediating = "调解中",
        Performing = "履行中",
        Closed = "已结案",
        Archived = "已归档",
    }

    /// What ended the mediation (结果).
    Outcome {
        Declined = "不予受理",
        Referred = "转送",
        Withdrawn = "撤回",
        SettledPrivately = "自行和解",
        Agreement = "书面协议",
        OralAgreement = "口头协议",
        Failed = "调解不成",
        Terminated = "终止调解",
    }

    /// What the dispute is about, by nature (投诉问题类别; local list with open ends).
    Category {
        Quality = "质量",
        Safety = "安全",
        Price = "价格",
        Measurement = "计量",
        FalseAdvertising = "虚假宣传",
        Counterfeit = "假冒",
        Contract = "合同",
        AfterSales = "售后服务",
        Dignity = "人格尊严",
        FoodSafety = "食品安全",
        PrepaidCard = "预付卡",
        PersonalInformation = "个人信息",
        UnlicensedTrade = "无照经营",
        Other = "其他",
    }

    /// Whether goods or a service were bought.
    SubjectKind {
        Goods = "商品",
        Service = "服务",
    }

    /// On which side a party stands.
    PartyRole {
        Applicant = "申请人",
        Respondent = "被申请人",
        ThirdParty = "第三人",
    }

    /// Whether a party is a human being.
    PartyKind {
        NaturalPerson = "自然人",
        Organization = "法人或其他组织",
    }

    /// Gender as it stands in the person's document.
    Gender {
        Male = "男",
        Female = "女",
        Unknown = "未说明",
    }

    /// Which paper identifies a party.
    IdentityDocument {
        ResidentIdCard = "居民身份证",
        ResidencePermit = "港澳台居民居住证",
        Passport = "护照",
        ForeignerPermit = "外国人永久居留身份证",
        BusinessLicense = "营业执照",
        Other = "其他证件",
    }

    /// Why somebody acts for a party.
    AgentKind {
        Lawyer = "律师",
        LegalWorker = "基层法律服务工作者",
        Employee = "工作人员",
        CloseRelative = "近亲属",
        Citizen = "公民",
        /// Guardian: the legal agent of a minor (民法典 23).
        Guardian = "监护人",
        /// One of several applicants, chosen by the others in writing (O121 12).
        Representative = "代表人",
    }

    /// How far an agent may go (民法典 165).
    AgentPower {
        /// May speak, not dispose of the claim.
        General = "一般授权",
        /// May change or give up claims and settle.
        Settlement = "特别授权",
    }

    /// What a claim asks for (诉求).
    ClaimKind {
        Refund = "退款",
        Repair = "修理",
        Exchange = "更换",
        PriceReduction = "减价",
        Compensation = "赔偿损失",
        PunitiveDamages = "惩罚性赔偿",
        Apology = "赔礼道歉",
        Other = "其他",
    }

    /// Whether a request for supplements was answered.
    SupplementStatus {
        Open = "待补正",
        Answered = "已补正",
    }

    /// Why a case is not taken on. Which reasons a track knows stands in `tracks`.
    DeclineReason {
        /// A party clearly refuses mediation (PML 17).
        PartyRefuses = "当事人明确拒绝调解",
        /// Reserved to a special organ or forbidden to be mediated (2002 rules 22).
        ReservedToOtherOrgan = "依法由专门机关管辖处理或禁止采用调解方式",
        /// Already taken or decided by a court, the police or another organ (2002 rules 22).
        HandledElsewhere = "人民法院、公安机关或其他行政机关已经受理或者解决",
        /// No civil dispute, or the respondent cannot be determined.
        NoDispute = "不属于民间纠纷或没有明确的被申请人",
        /// Supplements asked for were not given.
        MaterialsMissing = "未按要求补正材料",
        Other = "其他",
        /// Not within the authority's duties or competence (O121 16(1)).
        OutsideCompetence = "不属于市场监督管理部门职责或者本机构无处理权限",
        /// A court, arbitral body, authority or the consumer council has taken or handled the same
        /// dispute (O121 16(2)); a people's mediation committee is no bar any more.
        SameDisputeHandled = "法院、仲裁机构、行政机关或者消费者协会已受理或处理同一纠纷",
        /// Not for living consumption, or no consumer dispute with the respondent shown (O121 16(3)).
        NotLivingConsumption = "不是为生活消费需要或者不能证明存在消费者权益争议",
        /// More than three years since the complainant knew or should have known (O121 16(4)).
        OlderThanThreeYears = "自知道或者应当知道权益受侵害之日起超过三年",
        /// Materials of O121 10(1) or 11 not given, or false (O121 16(5)).
        MaterialsMissingOrFalse = "未提供规定材料或者提供虚假材料",
        /// Another's name used, or verification of identity refused (O121 16(6)).
        IdentityNotVerified = "冒用他人名义或者拒不配合核验真实身份",
        /// Other cases by law, regulation or rule (O121 16(7)).
        OtherByLaw = "法律、法规、规章规定的其他情形",
    }

    /// Why mediation was ended without an agreement. Which reasons a track knows stands in `tracks`.
    TerminationReason {
        /// Any party may end it at any stage (PML 23).
        PartyEnds = "当事人要求终止调解",
        /// A party clearly refuses (PML 17).
        PartyRefuses = "当事人明确拒绝调解",
        /// Absent without good reason.
        PartyAbsent = "当事人无正当理由不到场",
        /// No agreement can be reached (PML 26).
        NoAgreement = "调解不成",
        /// The time agreed has run out.
        TimeExpired = "超过调解期限",
        /// A party died or ceased to exist.
        PartyLost = "当事人死亡或者主体资格消灭",
        /// It turned out that the case could not be taken on.
        NotMediable = "发现不属于人民调解范围",
        Other = "其他",
        /// No agreement on who bears the cost of appraisal or testing (O121 23(1)(4)).
        AppraisalCostDisputed = "不能就鉴定、检测费用的承担达成一致",
        /// After acceptance a case of O121 16 or 42 is found (O121 23(1)(6)).
        NotAcceptable = "受理后发现存在不予受理或者牟取不正当利益的情形",
        /// Other cases by law (O121 23(1)(8)).
        OtherByLaw = "法律、法规、规章规定的其他情形",
    }

    /// How people were reached or a declaration was made.
    Manner {
        InPerson = "当面",
        Phone = "电话",
        Wechat = "微信",
        Sms = "短信",
        Post = "邮寄",
        Email = "电子邮件",
        Written = "书面",
    }

    /// What a party consents to or refuses.
    ConsentSubject {
        /// That the dispute is mediated at all (PML 17).
        Mediation = "接受调解",
        /// That a person is invited to take part (PML 20).
        Invitation = "邀请参加人",
        /// That the hearing is public (PML 23).
        PublicHearing = "公开调解",
        /// That the authority entrusts the case to the committee (O121 19).
        Entrustment = "委托调解",
        /// That the authority hands the case over to the committee (SH-DRR 47).
        HandOver = "移交人民调解",
        /// That mediation takes longer than its time.
        Extension = "延长调解期限",
        /// That a representative settles, withdraws or gives up claims for the party (O121 12).
        Settlement = "和解、撤回或者放弃诉求",
        /// That a court is asked, together with the other side, to confirm the agreement (PML 33).
        Confirmation = "共同申请司法确认",
    }

    /// What a party said when asked.
    ConsentDecision {
        Given = "同意",
        Refused = "拒绝",
    }

    /// A mediator's seat on the panel (调解组).
    PanelSeat {
        Presiding = "主持人",
        Member = "调解员",
    }

    /// How a mediator came to a case (PML 19).
    AssignmentOrigin {
        Designated = "指定",
        ChosenByParties = "当事人选择",
    }

    /// Where an assignment stands.
    AssignmentStatus {
        Proposed = "待接受",
        Accepted = "已接受",
        Declined = "已谢绝",
        Released = "已更换",
    }

    /// What a mediator answers.
    AssignmentAnswer {
        Accept = "接受",
        Decline = "谢绝",
    }

    /// Why somebody else is invited to a hearing (PML 20).
    InvitationCapacity {
        Relative = "亲属",
        Neighbor = "邻里",
        Colleague = "同事",
        Expert = "有专门知识的人",
        SocialOrganization = "社会组织人员",
    }

    /// How a hearing is held.
    HearingMode {
        OnSite = "现场",
        Online = "视频",
        Phone = "电话",
    }

    /// Where a hearing stands.
    HearingStatus {
        Scheduled = "已安排",
        Held = "已召开",
        Adjourned = "已延期",
        Cancelled = "已取消",
    }

    /// As what somebody attends a hearing.
    AttendeeKind {
        Party = "当事人",
        Agent = "代理人",
        Mediator = "调解员",
        Invited = "受邀参加人",
    }

    /// What a hearing came to.
    HearingResult {
        Agreement = "达成协议",
        NoAgreement = "未达成协议",
        Continue = "有待继续调解",
    }

    /// Written or oral (PML 28).
    AgreementForm {
        Written = "书面协议",
        Oral = "口头协议",
    }

    /// Where an agreement stands.
    AgreementStatus {
        /// May still be changed.
        Draft = "草稿",
        /// The text is fixed by its hash and waits for signatures and the seal.
        Locked = "定稿",
        InForce = "已生效",
        /// A later revision took its place.
        Superseded = "已被替代",
    }

    /// One duty in an agreement: what is owed.
    TermKind {
        Refund = "退款",
        Compensation = "赔偿",
        PunitiveDamages = "惩罚性赔偿",
        OtherPayment = "其他款项",
        Repair = "修理",
        Exchange = "更换",
        ReturnGoods = "退还商品",
        Apology = "赔礼道歉",
        Other = "其他",
    }

    /// Whose hand is under the agreement.
    SignerKind {
        Party = "当事人",
        Mediator = "调解员",
    }

    /// How somebody signed.
    SignatureMethod {
        Pen = "签名",
        Stamp = "盖章",
        Fingerprint = "按指印",
        Tablet = "电子手写",
        /// Told a code that was sent to the signer's phone.
        PhoneCode = "手机签署码",
    }

    /// Whether a duty was done.
    PerformanceKind {
        Performed = "已履行",
        Defaulted = "未履行",
    }

    /// How long a case file is kept (set at filing; domain §3.9).
    Retention {
        TenYears = "10年",
        ThirtyYears = "30年",
        Permanent = "永久",
    }
}
impl AssignmentStatus {
    /// The states in which a seat is held: proposed to somebody, or accepted.
    pub const HELD: [Self; 2] = [Self::Proposed, Self::Accepted];

    /// Whether the seat is held.
    pub fn is_held(self) -> bool {
        Self::HELD.contains(&self)
    }
}
