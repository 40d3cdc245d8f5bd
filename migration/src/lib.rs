//! The schema, one dated step after another, the same on SQLite and PostgreSQL.
//!
//! A step is never edited once it has been released: add another. Each has its `down`.
//! `migration/README.md` tells how to add one and which test catches which mistake.

use sea_orm_migration::prelude::*;

mod columns;
mod m20261123_000001_identity;
mod m20261123_000002_trail;
mod m20261123_000003_cases;
mod m20261123_000004_mediation;
mod m20261123_000005_outcomes;
mod m20261123_000006_tracks;
mod m20261123_000007_calendars_and_rules;
mod m20261123_000008_integrity;
mod m20261123_000009_deadlines;
mod m20261123_000010_district;
mod m20261123_000011_mediators;
mod m20261123_000012_hearings;
mod m20261123_000013_duplicates;
mod m20261123_000014_localities;
mod m20261123_000015_search;
mod m20261123_000016_evidence;
mod m20261123_000017_court_answers;
mod m20261123_000018_signing;
mod m20261123_000019_papers;
mod m20261123_000020_recent_assignments;

pub use sea_orm_migration::MigratorTrait;

/// Every step, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_identity::Migration),
            Box::new(m20261123_000002_trail::Migration),
            Box::new(m20261123_000003_cases::Migration),
            Box::new(m20261123_000004_mediation::Migration),
            Box::new(m20261123_000005_outcomes::Migration),
            Box::new(m20261123_000006_tracks::Migration),
            Box::new(m20261123_000007_calendars_and_rules::Migration),
            Box::new(m20261123_000008_integrity::Migration),
            Box::new(m20261123_000009_deadlines::Migration),
            Box::new(m20261123_000010_district::Migration),
            Box::new(m20261123_000011_mediators::Migration),
            Box::new(m20261123_000012_hearings::Migration),
            Box::new(m20261123_000013_duplicates::Migration),
            Box::new(m20261123_000014_localities::Migration),
            Box::new(m20261123_000015_search::Migration),
            Box::new(m20261123_000016_evidence::Migration),
            Box::new(m20261123_000017_court_answers::Migration),
            Box::new(m20261123_000018_signing::Migration),
            Box::new(m20261123_000019_papers::Migration),
            Box::new(m20261123_000020_recent_assignments::Migration),
        ]
    }
}
