//! What is asked of a paper.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::calculators::Calculation;
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::words::PaperForm;

/// Which paper is wanted.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MakePaper {
    pub form: PaperForm,
    /// The agent, investigation, hearing, agreement or revisit that it is made of; may be left
    /// out where there is but one.
    pub subject_id: Option<Uuid>,
    /// Of a `situation_note`, and required there: what is missing or special about the file. Of a
    /// `non_acceptance_notice`: advice beyond the five ways of CRPL 39.
    #[oai(validator(min_length = 1, max_length = 10000))]
    pub text: Option<String>,
    /// Of the papers of confirmation: the court; the one that was applied to, where it is left
    /// out.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub court: Option<String>,
    /// Of a `calculation_sheet`, and required there: what is calculated.
    pub calculation: Option<Calculation>,
    /// Why names of people, phones, addresses and identity numbers are printed in full. Without
    /// it they are printed masked. It goes on the audit record, for each party.
    #[oai(validator(min_length = 2, max_length = 200))]
    pub purpose: Option<String>,
}

impl Example for MakePaper {
    fn example() -> Self {
        Self {
            form: PaperForm::Application,
            subject_id: None,
            text: None,
            court: None,
            calculation: None,
            purpose: Some("打印申请书交当事人签名".to_owned()),
        }
    }
}

impl MakePaper {
    /// What cannot be meant: a field that the form has no place for, or one that it needs.
    pub(super) fn check(&self) -> Result<()> {
        use PaperForm::{
            CalculationSheet, ConfirmationApplication, ConfirmationPack, NonAcceptanceNotice,
            SituationNote,
        };
        let form = self.form;
        let fields = [
            ("/text", self.text.is_some(), [SituationNote, NonAcceptanceNotice]),
            ("/court", self.court.is_some(), [ConfirmationApplication, ConfirmationPack]),
            ("/calculation", self.calculation.is_some(), [CalculationSheet, CalculationSheet]),
        ];
        let mut faults = Vec::new();
        for (pointer, given, forms) in fields {
            if given && !forms.contains(&form) {
                let detail = Text::new(
                    format!("{}没有此项内容，请删去。", form.term()),
                    "This form has no place for it; leave it out.",
                );
                faults.push(Fault::new(pointer, "not_of_this_form", detail));
            }
        }
        for (pointer, missing) in [
            ("/text", form == SituationNote && self.text.is_none()),
            ("/calculation", form == CalculationSheet && self.calculation.is_none()),
        ] {
            if missing {
                let detail = Text::new(
                    format!("{}需要此项内容。", form.term()),
                    "This form cannot be made without it.",
                );
                faults.push(Fault::new(pointer, "missing", detail));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}
