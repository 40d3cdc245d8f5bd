//! The list of all forms.

use serde::{Deserialize, Serialize};

use crate::forms::*;
use crate::sheet::Sheet;

/// Counted up when `templates/` change what every paper looks like.
const LOOK: u32 = 1;

macro_rules! papers {
    ($($(#[doc = $doc:literal])* $form:ident as $name:literal,)*) => {
        /// One official form with its data.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "form", rename_all = "snake_case")]
        pub enum Paper {
            $($(#[doc = $doc])* $form($form),)*
        }

        impl Paper {
            /// The name of the form, as it is in serialised data.
            pub fn form(&self) -> &'static str {
                match self { $(Self::$form(_) => $name,)* }
            }

            /// Form, version of its words, version of the look: `agreement/1.1`.
            pub fn template_version(&self) -> String {
                let version = match self { $(Self::$form(_) => $form::VERSION,)* };
                format!("{}/{version}.{LOOK}", self.form())
            }

            pub(crate) fn sheet(&self) -> Sheet {
                match self { $(Self::$form(it) => it.sheet(),)* }
            }

            /// Every form with plausible data, rare characters and long names in it.
            pub fn examples() -> Vec<Self> {
                vec![$(Self::$form($form::example()),)*]
            }
        }

        $(impl From<$form> for Paper {
            fn from(it: $form) -> Self {
                Self::$form(it)
            }
        })*
    };
}

papers! {
    /// 卷宗封面
    Cover as "cover",
    /// 卷内目录
    Contents as "contents",
    /// 人民调解申请书
    Application as "application",
    /// 人民调解受理登记表
    AcceptanceRegister as "acceptance_register",
    /// 当事人权利义务告知书
    RightsNotice as "rights_notice",
    /// 授权委托书
    PowerOfAttorney as "power_of_attorney",
    /// 人民调解调查记录
    InvestigationRecord as "investigation_record",
    /// 人民调解记录
    Minutes as "minutes",
    /// 人民调解协议书
    Agreement as "agreement",
    /// 人民调解口头协议登记表
    OralRegister as "oral_register",
    /// 行政调解书
    MediationDocument as "mediation_document",
    /// 不予受理告知书
    NonAcceptanceNotice as "non_acceptance_notice",
    /// 终止调解告知书
    TerminationNotice as "termination_notice",
    /// 人民调解回访记录
    RevisitRecord as "revisit_record",
    /// 司法确认申请书
    ConfirmationApplication as "confirmation_application",
    /// 司法确认有关材料
    ConfirmationPack as "confirmation_pack",
    /// 卷宗情况说明
    SituationNote as "situation_note",
    /// 封底
    BackCover as "back_cover",
    /// 结案报告表
    ClosingSheet as "closing_sheet",
    /// 计算书
    CalculationSheet as "calculation_sheet",
    /// 隔页
    DividerPage as "divider_page",
}

impl Paper {
    /// What is printed as its title.
    pub fn title(&self) -> String {
        self.sheet().title
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use typst::utils::hash128;

    use super::*;

    /// A line changes exactly when what is printed may change: then its version has to.
    #[test]
    fn versions_change_with_what_is_printed() {
        let mut snapshot = String::new();
        let look = hash128(&(
            include_str!("../templates/paper.typ"),
            include_str!("../templates/sheet.typ"),
            include_str!("../templates/case_file.typ"),
        ));
        writeln!(snapshot, "{:<32}{look:032x}", format!("look/{LOOK}")).unwrap();
        for paper in Paper::examples() {
            let sheet = serde_json::to_string(&paper.sheet()).unwrap();
            writeln!(snapshot, "{:<32}{:032x}", paper.template_version(), hash128(&sheet)).unwrap();
        }
        expectorate::assert_contents("src/snapshots/templates.txt", &snapshot);
    }
}
