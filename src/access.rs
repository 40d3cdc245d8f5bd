//! Who may do what. One table, three proofs, one direction:
//! a token makes an [`Actor`]; the table turns actor and action into [`Allowed`]; every read
//! takes the actor's [`Sight`], every write a [`Permit`]. None of them can be made elsewhere.
//!
//! Rules of the field (recusal, gates) are not permissions and do not belong here.

use std::marker::PhantomData;
use std::ops::Deref;

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::language::Text;
use crate::request::RequestFacts;
pub use crate::words::Role;

/// How far a role reaches with an action.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, poem_openapi::Enum,
)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Not at all.
    None,
    /// What is one's own: registered by oneself, or on the panel; one's own account.
    Own,
    /// What one's office handles, and what is one's own.
    Office,
    /// Everything of the station.
    Any,
}

/// Whether an operation wants to know which version of the case the caller has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guarded {
    /// `If-Match` is required.
    Versioned,
    Plain,
}

macro_rules! permissions {
    ($( $action:ident $guarded:ident [ $clerk:ident $mediator:ident $officer:ident $director:ident
        $supervisor:ident $admin:ident $auditor:ident ]; )*) => {
        /// Everything that can be done, once. An action is the permission, the operation id,
        /// the audit entry's verb and the row in the gates.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, strum::Display, strum::EnumString)]
        #[strum(serialize_all = "snake_case")]
        pub enum Action { $($action,)* }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$action,)*];

            /// How far `role` reaches with this action. The whole permission table.
            pub fn reach(self, role: Role) -> Reach {
                match self { $(Self::$action => match role {
                    Role::Clerk => Reach::$clerk,
                    Role::Mediator => Reach::$mediator,
                    Role::Officer => Reach::$officer,
                    Role::Director => Reach::$director,
                    Role::Supervisor => Reach::$supervisor,
                    Role::Admin => Reach::$admin,
                    Role::Auditor => Reach::$auditor,
                },)* }
            }

            /// Whether `If-Match` is required.
            pub fn guarded(self) -> Guarded {
                match self { $(Self::$action => Guarded::$guarded,)* }
            }
        }

        /// The actions as types, so that a handler's signature names its action.
        pub mod can {
            $(
                #[derive(Debug)]
                pub struct $action;
                impl super::Can for $action {
                    const ACTION: super::Action = super::Action::$action;
                }
            )*
        }
    };
}

permissions! {
//  action                        clerk  mediator officer director supervisor admin auditor
    // One's own account.
    LogOut              Plain     [Own    Own    Own    Own    Own    Own    Own];
    ReadMe              Plain     [Own    Own    Own    Own    Own    Own    Own];
    ReadMyPermissions   Plain     [Own    Own    Own    Own    Own    Own    Own];
    ChangeMyPassword    Plain     [Own    Own    Own    Own    Own    Own    Own];
    // Accounts and offices.
    ListUsers           Plain     [None   None   None   None   None   Any    None];
    ReadUser            Plain     [None   None   None   None   None   Any    None];
    CreateUser          Plain     [None   None   None   None   None   Any    None];
    UpdateUser          Versioned [None   None   None   None   None   Any    None];
    DisableUser         Versioned [None   None   None   None   None   Any    None];
    EnableUser          Versioned [None   None   None   None   None   Any    None];
    UnlockUser          Versioned [None   None   None   None   None   Any    None];
    ResetUserPassword   Versioned [None   None   None   None   None   Any    None];
    ListOffices         Plain     [Any    Any    Any    Any    Any    Any    Any];
    CreateOffice        Plain     [None   None   None   None   None   Any    None];
    UpdateOffice        Versioned [None   None   None   None   None   Any    None];
    ListMediators       Plain     [Any    Any    Any    Any    Any    None   None];
    // Profiles and absences of mediators and officers.
    ReadMediatorProfile Plain     [Any    Any    Any    Any    Any    Any    None];
    UpdateMediatorProfile Versioned [None None   None   Any    None   Any    None];
    ListAbsences        Plain     [None   Own    Own    Any    None   None   None];
    RecordAbsence       Plain     [None   Own    Own    Any    None   None   None];
    EndAbsence          Plain     [None   Own    Own    Any    None   None   None];
    CancelAbsence       Plain     [None   Own    Own    Any    None   None   None];
    ReadCodeList        Plain     [Any    Any    Any    Any    Any    Any    Any];
    // What deadlines are counted by.
    ListCalendars       Plain     [Any    Any    Any    Any    Any    Any    Any];
    ReadCalendar        Plain     [Any    Any    Any    Any    Any    Any    Any];
    ImportCalendar      Versioned [None   None   None   None   None   Any    None];
    ListRuleSets        Plain     [Any    Any    Any    Any    Any    Any    Any];
    ReadRuleSet         Plain     [Any    Any    Any    Any    Any    Any    Any];
    CreateRuleSet       Plain     [None   None   None   None   None   Any    None];
    AssessRuleSet       Plain     [None   None   None   None   None   Any    None];
    CalculateDeadline   Plain     [Any    Any    Any    Any    Any    Any    Any];
    ReadRecount         Plain     [Any    Any    Any    Any    Any    Any    Any];
    // Calculators: about no case, nothing is written.
    CalculatePrepaidRefund Plain  [Any    Any    Any    Any    Any    Any    Any];
    CalculatePunitiveDamages Plain [Any   Any    Any    Any    Any    Any    Any];
    CalculateSevenDayReturn Plain [Any    Any    Any    Any    Any    Any    Any];
    CalculateInterest   Plain     [Any    Any    Any    Any    Any    Any    Any];
    CalculateAmountInWords Plain  [Any    Any    Any    Any    Any    Any    Any];
    // The district around the station: master data, no case content.
    LocatePlace         Plain     [Any    Any    Any    Any    Any    Any    Any];
    ListServicePoints   Plain     [Any    Any    Any    Any    Any    Any    Any];
    ReadServicePoint    Plain     [Any    Any    Any    Any    Any    Any    Any];
    CreateServicePoint  Plain     [None   None   None   Any    None   Any    None];
    UpdateServicePoint  Versioned [None   None   None   Any    None   Any    None];
    ListBuildings       Plain     [Any    Any    Any    Any    Any    Any    Any];
    ReadBuilding        Plain     [Any    Any    Any    Any    Any    Any    Any];
    CreateBuilding      Plain     [None   None   None   Any    None   Any    None];
    UpdateBuilding      Versioned [None   None   None   Any    None   Any    None];
    ListLiaisons        Plain     [Any    Any    Any    Any    Any    Any    None];
    ReadLiaison         Plain     [Any    Any    Any    Any    Any    Any    None];
    CreateLiaison       Plain     [None   None   None   Any    None   Any    None];
    UpdateLiaison       Versioned [None   None   None   Any    None   Any    None];
    ListRooms           Plain     [Any    Any    Any    Any    Any    Any    Any];
    ReadRoom            Plain     [Any    Any    Any    Any    Any    Any    Any];
    CreateRoom          Plain     [None   None   None   Any    None   Any    None];
    UpdateRoom          Versioned [None   None   None   Any    None   Any    None];
    ListEnterprises     Plain     [Any    Any    Any    Any    Any    Any    None];
    SearchEnterprises   Plain     [Any    Any    Any    Any    Any    Any    None];
    ReadEnterprise      Plain     [Any    Any    Any    Any    Any    Any    None];
    CreateEnterprise    Plain     [Any    None   Any    Any    None   Any    None];
    UpdateEnterprise    Versioned [Any    None   Any    Any    None   Any    None];
    ImportEnterprises   Plain     [Any    None   Any    Any    None   Any    None];
    ListVisits          Plain     [Any    Any    Any    Any    Any    None   None];
    ReadVisit           Plain     [Any    Any    Any    Any    Any    None   None];
    RecordVisit         Plain     [Any    None   Any    Any    None   None   None];
    SuggestVisits       Plain     [Any    Any    Any    Any    Any    None   None];
    // Rooms kept for a while.
    HoldRoom            Plain     [Any    Any    Any    Any    None   None   None];
    ReleaseRoom         Plain     [Own    Own    Own    Own    None   None   None];
    // Links to calendars: one's own, or anybody's and the rooms'.
    ListCalendarFeeds   Plain     [None   Own    Own    Any    None   None   None];
    CreateCalendarFeed  Plain     [None   Own    Own    Any    None   None   None];
    RevokeCalendarFeed  Plain     [None   Own    Own    Any    None   None   None];
    // The log.
    ListAuditEntries    Plain     [None   None   None   None   None   None   Any];
    VerifyAudit         Plain     [None   None   None   None   None   None   Any];
    // Reading a case. All rows are alike: who sees a case sees the whole of it.
    ListCases           Plain     [Office Own    Office Any    Any    None   None];
    SearchCases         Plain     [Office Own    Office Any    Any    None   None];
    ReadCase            Plain     [Office Own    Office Any    Any    None   None];
    ReadNextActions     Plain     [Office Own    Office Any    Any    None   None];
    ReadTimeline        Plain     [Office Own    Office Any    Any    None   None];
    ListParties         Plain     [Office Own    Office Any    Any    None   None];
    ListClaims          Plain     [Office Own    Office Any    Any    None   None];
    ListSupplements     Plain     [Office Own    Office Any    Any    None   None];
    ListConsents        Plain     [Office Own    Office Any    Any    None   None];
    ListRightsNotices   Plain     [Office Own    Office Any    Any    None   None];
    ListInvitations     Plain     [Office Own    Office Any    Any    None   None];
    ListAssignments     Plain     [Office Own    Office Any    Any    None   None];
    ListCaseHearings    Plain     [Office Own    Office Any    Any    None   None];
    ListHearings        Plain     [Office Own    Office Any    Any    None   None];
    ReadHearing         Plain     [Office Own    Office Any    Any    None   None];
    ReadAgreement       Plain     [Office Own    Office Any    Any    None   None];
    ReadAgreementFindings Plain   [Office Own    Office Any    Any    None   None];
    ReadSignatureDrawing Plain    [Office Own    Office Any    Any    None   None];
    // Compiled and checked, never kept: for those who negotiate the text.
    PreviewAgreement    Plain     [None   Own    Office Any    None   None   None];
    ListTrackMoves      Plain     [Office Own    Office Any    Any    None   None];
    ListDeadlines       Plain     [Office Own    Office Any    Any    None   None];
    ListCaseDeadlines   Plain     [Office Own    Office Any    Any    None   None];
    ReadDeadline        Plain     [Office Own    Office Any    Any    None   None];
    ExplainDeadline     Plain     [Office Own    Office Any    Any    None   None];
    ListSuspensions     Plain     [Office Own    Office Any    Any    None   None];
    ListExtensions      Plain     [Office Own    Office Any    Any    None   None];
    ListContacts        Plain     [Office Own    Office Any    Any    None   None];
    ListFeedbacks       Plain     [Office Own    Office Any    Any    None   None];
    ReadLocality        Plain     [Office Own    Office Any    Any    None   None];
    ReadReferral        Plain     [Office Own    Office Any    Any    None   None];
    ListEvidence        Plain     [Office Own    Office Any    Any    None   None];
    ReadEvidence        Plain     [Office Own    Office Any    Any    None   None];
    ReadEvidenceContent Plain     [Office Own    Office Any    Any    None   None];
    ReadEvidenceThumbnail Plain   [Office Own    Office Any    Any    None   None];
    ListInvestigations  Plain     [Office Own    Office Any    Any    None   None];
    // Papers. What they hold may be personal data in full.
    ListPaperForms      Plain     [Office Own    Office Any    Any    None   None];
    ListPapers          Plain     [Office Own    Office Any    Any    None   None];
    ReadPaper           Plain     [Office Own    Office Any    Any    None   None];
    ReadPaperPdf        Plain     [Office Own    Office Any    None   None   None];
    ReadPaperDocx       Plain     [Office Own    Office Any    None   None   None];
    ListVolumes         Plain     [Office Own    Office Any    Any    None   None];
    ReadVolume          Plain     [Office Own    Office Any    Any    None   None];
    ReadVolumePdf       Plain     [Office Own    Office Any    None   None   None];
    ReadVolumeZip       Plain     [Office Own    Office Any    None   None   None];
    ListRouteNotices    Plain     [Office Own    Office Any    Any    None   None];
    ListPerformances    Plain     [Office Own    Office Any    Any    None   None];
    ListRevisits        Plain     [Office Own    Office Any    Any    None   None];
    ReadCompleteness    Plain     [Office Own    Office Any    Any    None   None];
    ListCaseAudit       Plain     [None   None   None   Any    Any    None   None];
    // Reading what keeps a case clean. The facts of earlier complaints are for who decides on
    // acceptance; the register of clues is for the authority that verifies them.
    ListRecusals        Plain     [Office Own    Office Any    Any    None   None];
    CheckInterests      Plain     [Office Own    Office Any    Any    None   None];
    ListCaseClues       Plain     [Office Own    Office Any    Any    None   None];
    ReadConfirmation    Plain     [Office Own    Office Any    Any    None   None];
    ListEnforcementRoutes Plain   [Office Own    Office Any    Any    None   None];
    ReadComplaintFacts  Plain     [Office None   Office Any    None   None   None];
    ListClues           Plain     [None   None   Office Any    None   None   None];
    ReadClue            Plain     [None   None   Office Any    None   None   None];
    ListInterests       Plain     [None   Own    Own    Any    None   None   None];
    // Who is to mediate: what the parties say of it, and why somebody is suggested.
    ReadHearingCalendar Plain     [Office Own    Office Any    Any    None   None];
    ListPartyTimes      Plain     [Office Own    Office Any    Any    None   None];
    ListMediatorWishes  Plain     [Office Own    Office Any    Any    None   None];
    ListMediatorSuggestions Plain [None   None   None   Any    Any    None   None];
    ListStrandedAssignments Plain [None   None   None   Any    None   None   None];
    // What may be one dispute, and many against one respondent.
    ListProbableDuplicates Plain [Office Own   Office Any    Any    None   None];
    ListGroupMembers    Plain     [Office Own    Office Any    Any    None   None];
    ListClusters        Plain     [Office Own    Office Any    Any    None   None];
    DecideDuplicate     Versioned [Office None   Office Any    None   None   None];
    AddGroupMembers     Versioned [Office None   Office Any    None   None   None];
    // Intake.
    RegisterCase        Plain     [Office Own    Office Any    None   None   None];
    UpdateCase          Versioned [Office Own    Office Any    None   None   None];
    AddParty            Versioned [Office Own    Office Any    None   None   None];
    UpdateParty         Versioned [Office Own    Office Any    None   None   None];
    RemoveParty         Versioned [Office None   Office Any    None   None   None];
    AddAgent            Versioned [Office Own    Office Any    None   None   None];
    RemoveAgent         Versioned [Office Own    Office Any    None   None   None];
    AddClaim            Versioned [Office Own    Office Any    None   None   None];
    RemoveClaim         Versioned [Office Own    Office Any    None   None   None];
    RequestSupplement   Versioned [Office None   Office Any    None   None   None];
    AnswerSupplement    Versioned [Office None   Office Any    None   None   None];
    // Personal data in clear.
    UnmaskParty         Plain     [Office Own    Office Any    None   None   None];
    ApproveUnmasking    Plain     [None   None   None   Any    None   None   None];
    // The decision on the case.
    AcceptCase          Versioned [Office None   Office Any    None   None   None];
    DeclineCase         Versioned [Office None   Office Any    None   None   None];
    ReferCase           Versioned [Office None   Office Any    None   None   None];
    WithdrawCase        Versioned [Office Own    Office Any    None   None   None];
    AnswerReferral      Versioned [Office None   Office Any    None   None   None];
    CorrectLocality     Versioned [Office Own    Office Any    None   None   None];
    // Evidence. Adding changes nothing that was read, so it names no version.
    AddEvidence         Plain     [Office Own    Office Any    None   None   None];
    WithdrawEvidence    Versioned [Office Own    Office Any    None   None   None];
    RecordInvestigation Versioned [Office Own    Office Any    None   None   None];
    // Papers change nothing of the case.
    MakePaper           Plain     [Office Own    Office Any    None   None   None];
    MakeVolume          Plain     [Office Own    Office Any    None   None   None];
    // From one track to another.
    EntrustCase         Versioned [None   None   Office Any    None   None   None];
    RecallCase          Versioned [None   None   Office Any    None   None   None];
    HandOverCase        Versioned [None   None   Office Any    None   None   None];
    ReturnCase          Versioned [None   Own    None   Any    None   None   None];
    // What moves the clocks.
    SuspendMediation    Versioned [None   Own    Office Any    None   None   None];
    ResumeMediation     Versioned [None   Own    Office Any    None   None   None];
    ExtendMediation     Versioned [None   Own    Own    Any    None   None   None];
    RecordContact       Versioned [Office Own    Office Any    None   None   None];
    RecordFeedback      Versioned [Office Own    Office Any    None   None   None];
    // Before mediation.
    RecordConsent       Versioned [Office Own    Office Any    None   None   None];
    RecordRightsNotice  Versioned [Office Own    Office Any    None   None   None];
    InviteParticipant   Versioned [None   Own    Own    Any    None   None   None];
    RecordMediatorWish  Versioned [Office Own    Office Any    None   None   None];
    RecordPartyTime     Versioned [Office Own    Office Any    None   None   None];
    SuggestMediators    Versioned [None   None   None   Any    None   None   None];
    AssignMediator      Versioned [None   None   None   Any    None   None   None];
    RespondToAssignment Versioned [None   Own    Own    None   None   None   None];
    ReleaseMediator     Versioned [None   None   None   Any    None   None   None];
    StartMediation      Versioned [None   Own    Own    Any    None   None   None];
    // Hearings.
    ScheduleHearing     Versioned [Office Own    Own    Any    None   None   None];
    RescheduleHearing   Versioned [Office Own    Own    Any    None   None   None];
    NotifyOfHearing     Versioned [Office Own    Own    Any    None   None   None];
    RecordAttendance    Versioned [None   Own    Own    Any    None   None   None];
    RecordMinutes       Versioned [None   Own    Own    Any    None   None   None];
    AdjournHearing      Versioned [None   Own    Own    Any    None   None   None];
    CancelHearing       Versioned [Office Own    Own    Any    None   None   None];
    // Outcome.
    DraftAgreement      Versioned [None   Own    Own    Any    None   None   None];
    LockAgreement       Versioned [None   Own    Own    Any    None   None   None];
    SignAgreement       Versioned [None   Own    Own    Any    None   None   None];
    SendSigningCode     Versioned [None   Own    Own    Any    None   None   None];
    SealAgreement       Versioned [None   None   None   Any    None   None   None];
    RecordOralAgreement Versioned [None   Own    Own    Any    None   None   None];
    RecordRouteNotice   Versioned [Office Own    Own    Any    None   None   None];
    RecordSettlement    Versioned [Office Own    Own    Any    None   None   None];
    DecideTermination   Versioned [None   None   Office Any    None   None   None];
    ConcludeMediation   Versioned [None   Own    Own    Any    None   None   None];
    // After the agreement.
    RecordPerformance   Versioned [Office Own    Own    Any    None   None   None];
    RecordRevisit       Versioned [Office Own    Own    Any    None   None   None];
    CloseCase           Versioned [None   Own    Own    Any    None   None   None];
    ArchiveCase         Versioned [Office None   None   Any    None   None   None];
    // Recusal and interests.
    RequestRecusal      Versioned [Office Own    Office Any    None   None   None];
    DecideRecusal       Versioned [None   None   None   Any    None   None   None];
    DeclareInterest     Plain     [None   Own    Own    Any    None   None   None];
    EndInterest         Plain     [None   Own    Own    Any    None   None   None];
    // Clues of illegality.
    ReportClue          Versioned [Office Own    Office Any    None   None   None];
    ReceiveClue         Versioned [None   None   Office Any    None   None   None];
    ExtendClue          Versioned [None   None   None   Any    None   None   None];
    DecideClue          Versioned [None   None   Office Any    None   None   None];
    // Judicial confirmation.
    ApplyForConfirmation Versioned [Office Own   Own    Any    None   None   None];
    RecordCourtAnswer   Versioned [Office Own    Own    Any    None   None   None];
}

/// An action as a type.
pub trait Can: Send + Sync + 'static {
    const ACTION: Action;
}

/// A person who is logged in, as the database knows them now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    pub id: Uuid,
    pub role: Role,
    pub office_id: Uuid,
    pub session_id: Uuid,
}

/// One request of one actor for one action, which the actor's role may do in principle.
#[derive(Debug)]
pub struct Call {
    actor: Actor,
    action: Action,
    facts: RequestFacts,
}

/// Proof that the actor's role may do `A` at all. The parameter every handler and every
/// service function starts with.
#[derive(Debug)]
pub struct Allowed<A> {
    call: Call,
    action: PhantomData<fn() -> A>,
}

impl<A: Can> Allowed<A> {
    /// Asks the table. Only the bearer guard, the demo and the command line call this.
    pub fn check(actor: Actor, facts: RequestFacts) -> Result<Self> {
        let action = A::ACTION;
        if action.reach(actor.role) == Reach::None {
            return Err(Error::Forbidden(Text::new(
                format!(
                    "角色“{}”不能办理此事（{action}）。请由有权限的人员办理。",
                    actor.role.term()
                ),
                format!(
                    "The role {} may not do {action}; ask somebody whose role may.",
                    actor.role
                ),
            )));
        }
        if action.guarded() == Guarded::Versioned && facts.if_match.is_none() {
            return Err(Error::VersionRequired);
        }
        Ok(Self { call: Call { actor, action, facts }, action: PhantomData })
    }
}

impl<A> Allowed<A> {
    /// The same call, once the body that it streams has been read: a repeat of it is one only
    /// with the same content.
    #[must_use]
    pub fn having_read(mut self, content: &str) -> Self {
        self.call.facts.idempotency = self.call.facts.idempotency.map(|it| it.with(content));
        self
    }
}

impl<A> Deref for Allowed<A> {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}

/// Whether people of this role sit on panels: those who answer when they are assigned.
pub fn sits_on_panels(role: Role) -> bool {
    Action::RespondToAssignment.reach(role) != Reach::None
}

/// Which cases an actor can see. What is out of sight does not exist: 404, never 403.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight(Scope);

/// The filter that a sight puts on every query of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Office(Uuid),
    /// What the office handles or what is the person's own: panels are joined across offices.
    OfficeOrMember(Uuid, Uuid),
    Member(Uuid),
    Nothing,
}

impl Sight {
    /// What the store filters by.
    pub fn scope(self) -> Scope {
        self.0
    }
}

/// To whom a case belongs: the office that handles it and the people it is one's own for.
#[derive(Debug, Clone, Copy)]
pub struct Ownership<'a> {
    pub office_id: Uuid,
    /// The registering person and everybody on the panel.
    pub members: &'a [Uuid],
}

/// Proof that this actor may do this action to this subject. Spent by the commit it allows.
#[derive(Debug)]
pub struct Permit {
    actor_id: Uuid,
    action: Action,
    subject: Subject,
}

/// What an action was done to, for the audit entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The table noun, singular.
    pub kind: &'static str,
    pub id: Uuid,
    /// The case it belongs to, if any.
    pub case_id: Option<Uuid>,
}

impl Subject {
    pub fn case(id: Uuid) -> Self {
        Self { kind: "case", id, case_id: Some(id) }
    }
    pub fn user(id: Uuid) -> Self {
        Self { kind: "user", id, case_id: None }
    }
    pub fn office(id: Uuid) -> Self {
        Self { kind: "office", id, case_id: None }
    }
    pub fn mediator(id: Uuid) -> Self {
        Self { kind: "mediator", id, case_id: None }
    }
    pub fn absence(id: Uuid) -> Self {
        Self { kind: "absence", id, case_id: None }
    }
    pub fn suggestion(id: Uuid, case_id: Uuid) -> Self {
        Self { kind: "suggestion", id, case_id: Some(case_id) }
    }
    pub fn evidence(id: Uuid, case_id: Uuid) -> Self {
        Self { kind: "evidence", id, case_id: Some(case_id) }
    }
    pub fn paper(id: Uuid, case_id: Uuid) -> Self {
        Self { kind: "paper", id, case_id: Some(case_id) }
    }
    pub fn volume(id: Uuid, case_id: Uuid) -> Self {
        Self { kind: "volume", id, case_id: Some(case_id) }
    }
    pub fn interest(id: Uuid) -> Self {
        Self { kind: "interest", id, case_id: None }
    }
    /// Many against one respondent; of no single case.
    pub fn cluster(id: Uuid) -> Self {
        Self { kind: "cluster", id, case_id: None }
    }
    /// A deadline of a case, or of a clue.
    pub fn deadline(id: Uuid, case_id: Option<Uuid>) -> Self {
        Self { kind: "deadline", id, case_id }
    }
    /// A clue in its own register, which knows no case.
    pub fn clue(id: Uuid) -> Self {
        Self { kind: "clue", id, case_id: None }
    }
}

impl Permit {
    pub fn actor_id(&self) -> Uuid {
        self.actor_id
    }
    pub fn action(&self) -> Action {
        self.action
    }
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// The same permission, spent on a part of its case that the log must name.
    #[must_use]
    pub fn about(self, part: Subject) -> Self {
        debug_assert_eq!(part.case_id, self.subject.case_id);
        Self { subject: part, ..self }
    }
}

impl Call {
    pub fn actor(&self) -> Actor {
        self.actor
    }
    pub fn action(&self) -> Action {
        self.action
    }
    pub fn facts(&self) -> &RequestFacts {
        &self.facts
    }

    /// The cases this caller can see.
    pub fn sight(&self) -> Sight {
        let Actor { id, role, office_id, .. } = self.actor;
        Sight(match Action::ReadCase.reach(role) {
            Reach::Any => Scope::Everything,
            Reach::Office if sits_on_panels(role) => Scope::OfficeOrMember(office_id, id),
            Reach::Office => Scope::Office(office_id),
            Reach::Own => Scope::Member(id),
            Reach::None => Scope::Nothing,
        })
    }

    /// Whether this caller reaches a case of that ownership with `action`.
    pub fn reaches(&self, action: Action, whose: Ownership<'_>) -> bool {
        match action.reach(self.actor.role) {
            Reach::Any => true,
            Reach::Office => {
                whose.office_id == self.actor.office_id || whose.members.contains(&self.actor.id)
            }
            Reach::Own => whose.members.contains(&self.actor.id),
            Reach::None => false,
        }
    }

    /// Permission to do the called action to a case that is in sight.
    pub fn permit(&self, case_id: Uuid, whose: Ownership<'_>) -> Result<Permit> {
        if !self.reaches(self.action, whose) {
            return Err(Error::Forbidden(Text::new(
                format!("本案不由您或您的机构办理，您不能办理此事（{}）。", self.action),
                format!(
                    "This case is not yours or your office's; you may not do {} to it.",
                    self.action
                ),
            )));
        }
        Ok(self.permit_for(Subject::case(case_id)))
    }

    /// Permission for what is not about a case: the table has been asked already.
    pub fn permit_here(&self, subject: Subject) -> Permit {
        debug_assert!(subject.case_id.is_none() || self.action == Action::RegisterCase);
        self.permit_for(subject)
    }

    fn permit_for(&self, subject: Subject) -> Permit {
        Permit { actor_id: self.actor.id, action: self.action, subject }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 三员分立: administration and audit never meet case content.
    #[test]
    fn admin_and_auditor_never_reach_a_case() {
        for action in Action::ALL.iter().skip_while(|it| **it != Action::ListCases) {
            for role in [Role::Admin, Role::Auditor] {
                assert_eq!(action.reach(role), Reach::None, "{action} {role}");
            }
        }
    }

    #[test]
    fn a_supervisor_changes_nothing() {
        let after_reading = Action::ALL.iter().skip_while(|it| **it != Action::RegisterCase);
        for action in after_reading {
            assert_eq!(action.reach(Role::Supervisor), Reach::None, "{action}");
        }
    }

    /// Nobody writes further than they see.
    #[test]
    fn no_action_reaches_further_than_sight() {
        for role in Role::ALL {
            let sight = Action::ReadCase.reach(*role);
            for action in Action::ALL.iter().skip_while(|it| **it != Action::ListCases) {
                assert!(action.reach(*role) <= sight, "{action} {role}");
            }
        }
    }
}
