//! From the record of a case to the data of a form. Pure: what is printed comes from the case
//! file, from names that were looked up before, and from what was sent along. An empty field
//! stays a blank to be filled by hand.

mod agreements;
mod notices;
mod people;
mod records;
mod volume;

use std::collections::HashMap;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use chrono_tz::Asia::Shanghai;
use documents::{CalculationSheet, Mediation, Paper, SealBox, Verification};
use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::clock::shanghai_day;
use crate::error::{Error, Result};
use crate::tracks::{self, Regime};
use crate::words::PaperForm;

pub(super) use volume::{back_cover, closing_cover, divider};

/// What is known when a paper is filled.
#[derive(Debug)]
pub(super) struct Known {
    pub file: CaseFile,
    /// In whose name the case is handled, as it is printed: the office whose seal it would bear.
    pub office: String,
    /// Where the parties can turn to: address and phone; empty where nobody wrote it down.
    pub contact: String,
    /// What the people of the station are called.
    pub people: HashMap<Uuid, String>,
    /// Personal values as they are printed, by party or agent; of whom there are none they
    /// appear masked.
    pub values: HashMap<Uuid, Values>,
    /// Drawn signatures, by signature.
    pub drawings: HashMap<Uuid, Vec<u8>>,
    /// What lets a stranger check the agreement.
    pub verification: Option<Verification>,
    /// Who makes the paper.
    pub made_by: Uuid,
}

/// Personal values of one party or agent in clear.
#[derive(Debug, Default, Clone)]
pub(super) struct Values {
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

/// What is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    pub form: PaperForm,
    pub subject: Uuid,
    /// The words of a situation note, or advice on a notice.
    pub text: String,
    pub court: String,
    pub calculation: Option<CalculationSheet>,
}

/// Fills a form.
pub(super) fn fill(known: &Known, asked: &Asked) -> Result<Paper> {
    let Asked { form, subject, .. } = asked;
    let paper = match form {
        PaperForm::Cover => Some(volume::cover(known).into()),
        PaperForm::Application => Some(people::application(known).into()),
        PaperForm::AcceptanceRegister => Some(records::acceptance(known).into()),
        PaperForm::RightsNotice => Some(notices::rights(known).into()),
        PaperForm::PowerOfAttorney => people::mandate(known, *subject).map(Paper::from),
        PaperForm::InvestigationRecord => records::investigation(known, *subject).map(Paper::from),
        PaperForm::Minutes => records::minutes(known, *subject).map(Paper::from),
        PaperForm::Agreement | PaperForm::OralRegister => agreements::of(known, *subject),
        PaperForm::NonAcceptanceNotice => Some(notices::declined(known, &asked.text).into()),
        PaperForm::TerminationNotice => Some(notices::terminated(known).into()),
        PaperForm::RevisitRecord => records::revisit(known, *subject).map(Paper::from),
        PaperForm::ConfirmationApplication => {
            agreements::application(known, &asked.court).map(Paper::from)
        }
        PaperForm::ConfirmationPack => Some(agreements::pack(known, &asked.court).into()),
        PaperForm::SituationNote => Some(volume::situation(known, &asked.text).into()),
        PaperForm::CalculationSheet => {
            asked.calculation.clone().map(|it| records::calculation(known, it).into())
        }
        PaperForm::ClosingSheet => Some(volume::closing(known).into()),
        PaperForm::BackCover => Some(back_cover(known).into()),
    };
    paper.ok_or_else(|| Error::internal("a form was let through that has nothing to be made of"))
}

impl Known {
    fn mediation(&self) -> Mediation {
        match tracks::rules(self.file.case.track).regime {
            Regime::PeopleMediation => Mediation::People,
            Regime::MarketSupervision => Mediation::Administrative,
        }
    }

    fn number(&self) -> String {
        self.file.case.case_number.clone().unwrap_or_default()
    }

    fn seal(&self) -> SealBox {
        SealBox { name: self.office.clone() }
    }

    fn today(&self) -> NaiveDate {
        self.file.today()
    }

    fn person(&self, id: Uuid) -> String {
        self.people.get(&id).cloned().unwrap_or_default()
    }
}

fn day_of(at: Option<DateTime<Utc>>) -> Option<NaiveDate> {
    at.map(shanghai_day)
}

/// `2026年11月23日`.
fn day(it: NaiveDate) -> String {
    format!("{}年{}月{}日", it.year(), it.month(), it.day())
}

/// `2026年11月25日 9:30`.
fn minute(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&Shanghai);
    format!("{} {}:{:02}", day(at.date_naive()), at.hour(), at.minute())
}

/// `2026年11月25日 9:30至12:00`, or both days where they differ.
fn span(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let end = until.with_timezone(&Shanghai);
    if shanghai_day(from) == shanghai_day(until) {
        format!("{}至{}:{:02}", minute(from), end.hour(), end.minute())
    } else {
        format!("{}至{}", minute(from), minute(until))
    }
}

/// `1,234.56元`.
fn yuan(fen: i64) -> String {
    format!("{}元", crate::calculators::yuan(fen))
}
