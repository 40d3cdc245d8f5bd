//! Calendar and rules as they count now, kept in memory: a copy is used only as long as the
//! database says that nothing has changed, so that several processes never differ.

use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::ConnectionTrait;

use super::rule_set::RuleSet;
use super::store;
use crate::calendars::{self, Calendar};
use crate::error::{Error, Result};

/// What periods are counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Almanac {
    pub calendar: Calendar,
    pub rules: RuleSet,
    /// Grows with every import of a calendar.
    pub calendar_version: i64,
    /// Grows with every change of a rule.
    pub rule_set_version: i64,
}

/// The copy of this process, and the mark it was read under.
#[derive(Debug, Default)]
pub struct AlmanacCache(RwLock<Option<(String, Arc<Almanac>)>>);

impl AlmanacCache {
    /// The almanac as `db` sees it: inside of a transaction with what that has written.
    pub(crate) async fn get(&self, db: &impl ConnectionTrait) -> Result<Arc<Almanac>> {
        let mut head = calendars::head(db).await?;
        // Read again until nothing has changed meanwhile: a copy is of one moment.
        for _ in 0..5 {
            if let Some(kept) = self.kept(&head.mark) {
                return Ok(kept);
            }
            let almanac = as_of(db, head.calendar_version, head.rule_set_version).await?;
            let again = calendars::head(db).await?;
            if again.mark == head.mark {
                let almanac = Arc::new(almanac);
                self.keep(head.mark, &almanac);
                return Ok(almanac);
            }
            head = again;
        }
        Err(Error::Unavailable("the almanac does not stand still".to_owned()))
    }

    fn kept(&self, mark: &str) -> Option<Arc<Almanac>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|it| it.0 == mark).map(|it| Arc::clone(&it.1))
    }

    fn keep(&self, mark: String, almanac: &Arc<Almanac>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((mark, Arc::clone(almanac)));
    }
}

/// Calendar and rules as they counted at those versions.
pub(super) async fn as_of(
    db: &impl ConnectionTrait,
    calendar_version: i64,
    rule_set_version: i64,
) -> Result<Almanac> {
    let years = calendars::years_as_of(db, calendar_version).await?;
    let set = store::find(db, rule_set_version).await?;
    let set = set.ok_or_else(|| Error::internal("there is no such rule set"))?;
    Ok(Almanac {
        calendar: Calendar::of(years.iter().map(|(file, revision)| (file, *revision))),
        rules: store::document_of(&set)?,
        calendar_version,
        rule_set_version,
    })
}
