//! How a result came about: each step with its numbers, what was taken for granted, and what
//! the result leaves open. Pure.

use crate::language::Text;
use crate::law::Law;

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// What is worked out.
    pub label: Text,
    /// The same in numbers; sums in yuan.
    pub formula: String,
    /// What it comes to, where that is a sum.
    pub amount_fen: Option<i64>,
    pub law: &'static [Law],
}

/// Everything that is needed to check a result by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Working {
    pub steps: Vec<Step>,
    /// What the answer rests on although nobody said so.
    pub assumed: Vec<Text>,
    /// What the law leaves to the parties or to a court.
    pub undecided: Vec<Text>,
}

impl Working {
    /// A step that comes to a sum.
    pub fn sum(&mut self, label: Text, formula: String, fen: i64, law: &'static [Law]) {
        self.steps.push(Step { label, formula, amount_fen: Some(fen), law });
    }

    /// A step that comes to something else.
    pub fn fact(&mut self, label: Text, formula: impl Into<String>, law: &'static [Law]) {
        self.steps.push(Step { label, formula: formula.into(), amount_fen: None, law });
    }

    pub fn assume(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.assumed.push(Text::new(zh.into(), en.into()));
    }

    pub fn leave_open(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.undecided.push(Text::new(zh.into(), en.into()));
    }

    /// The articles of all steps in their order, each once.
    pub fn law(&self) -> Vec<Law> {
        let mut all = Vec::new();
        for law in self.steps.iter().flat_map(|it| it.law) {
            if !all.contains(law) {
                all.push(*law);
            }
        }
        all
    }
}
