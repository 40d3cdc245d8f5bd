//! The gates of performance, revisit and closing (PML 31).

use super::Requirement;
use crate::cases::file::CaseFile;
use crate::error::Unmet;
use crate::words::PerformanceKind;

impl Requirement {
    pub(super) fn about_performance(self, file: &CaseFile) -> Vec<Unmet> {
        let duties = file.duties();
        let open = || {
            duties.iter().filter(|it| file.performance(**it) != Some(PerformanceKind::Performed))
        };
        match self {
            Self::DutyOpen => self.when(
                open().next().is_none(),
                "no_duty_open",
                "协议各项均已履行。",
                "Every duty of the agreement is performed.",
            ),
            Self::DutiesSettled => open()
                .filter(|it| file.performance(**it).is_none())
                .map(|it| {
                    self.missing(
                        "duty_open",
                        format!(
                            "协议第{}项（{}到期）尚无履行或未履行的记录。",
                            it.ordinal, it.due_on
                        ),
                        format!(
                            "Neither performance nor default is recorded for term {} due on {}.",
                            it.ordinal, it.due_on
                        ),
                    )
                })
                .collect(),
            _ => self.when(
                file.revisits.is_empty(),
                "no_revisit",
                "尚无回访记录。",
                "No revisit is recorded.",
            ),
        }
    }
}
