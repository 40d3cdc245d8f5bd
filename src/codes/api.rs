//! HTTP for code lists.

use poem_openapi::param::Path;
use poem_openapi::{Enum, Object, OpenApi};

use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Plain, Problem, Tag};
use crate::words;

/// Declares the lists: name in the path and vocabulary behind it.
macro_rules! code_lists {
    ($($list:ident => $vocabulary:ident,)*) => {
        /// The code lists there are.
        #[derive(Debug, Clone, Copy, Enum)]
        #[oai(rename_all = "snake_case")]
        pub enum CodeList { $($list,)* }

        fn codes(list: CodeList) -> Vec<Code> {
            match list {
                $(CodeList::$list => words::$vocabulary::ALL
                    .iter()
                    .map(|it| Code { code: it.name(), term: it.term().to_owned() })
                    .collect(),)*
            }
        }
    };
}

code_lists! {
    OfficeKinds => OfficeKind,
    Roles => Role,
    Channels => Channel,
    LegalBases => LegalBasis,
    Tracks => Track,
    CaseStatuses => CaseStatus,
    Outcomes => Outcome,
    Categories => Category,
    IdentityDocuments => IdentityDocument,
    AgentKinds => AgentKind,
    ClaimKinds => ClaimKind,
    DeclineReasons => DeclineReason,
    TerminationReasons => TerminationReason,
    Manners => Manner,
    InvitationCapacities => InvitationCapacity,
    HearingModes => HearingMode,
    HearingResults => HearingResult,
    TermKinds => TermKind,
    SignatureMethods => SignatureMethod,
    Retentions => Retention,
    RecusalGrounds => RecusalGround,
    InterestKinds => InterestKind,
    ClueDecisions => ClueDecision,
    MediatorKinds => MediatorKind,
    RosterStates => RosterState,
    SpokenLanguages => SpokenLanguage,
    AbsenceReasons => AbsenceReason,
    MediatorStances => MediatorStance,
    ExclusionGrounds => ExclusionGround,
    DeadlineKinds => DeadlineKind,
    SuspensionReasons => SuspensionReason,
    DayUnits => DayUnit,
    RollRules => RollRule,
    ExtensionBases => ExtensionBasis,
    Confidences => Confidence,
    Weekdays => Weekday,
    ServicePointKinds => ServicePointKind,
    EnterpriseKinds => EnterpriseKind,
    EnterpriseTrades => EnterpriseTrade,
    EnterpriseStatuses => EnterpriseStatus,
    RoomEquipments => RoomEquipment,
    VisitPurposes => VisitPurpose,
    VisitReasons => VisitReason,
    TimeStances => TimeStance,
    DuplicateReasons => DuplicateReason,
    DuplicateDecisions => DuplicateDecision,
    RefundCauses => RefundCause,
    ReferenceRates => ReferenceRate,
    PunitiveBases => PunitiveBasis,
    SaleChannels => SaleChannel,
    GoodsKinds => GoodsKind,
    EvidenceKinds => EvidenceKind,
    EvidenceVisibilities => EvidenceVisibility,
    PaperForms => PaperForm,
    VolumeStatuses => VolumeStatus,
    FileTypes => FileType,
}

/// One code.
#[derive(Debug, Object)]
pub struct Code {
    /// The value in requests and answers.
    code: String,
    /// The statute's or the station's own Chinese term.
    term: String,
}

#[derive(Debug)]
pub struct CodesApi(pub App);

#[OpenApi(prefix_path = "/code-lists", tag = "Tag::Administration")]
impl CodesApi {
    /// Read a code list
    ///
    /// The codes of one vocabulary with their Chinese terms, in the order of the field.
    #[oai(path = "/:name", method = "get", operation_id = "read_code_list")]
    #[expect(clippy::unused_async, reason = "a handler is asynchronous")]
    async fn read_code_list(
        &self,
        _call: Allowed<can::ReadCodeList>,
        /// Which list.
        name: Path<CodeList>,
    ) -> Result<Plain<Vec<Code>>, Problem> {
        Ok(Plain(codes(name.0)))
    }
}
