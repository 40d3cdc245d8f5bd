//! Case management of a consumer-dispute joint people's mediation workstation.
//!
//! The rooms below are declared in the order in which a case walks through them. The map of the
//! whole stands in `ARCHITECTURE.md`.

// What every room stands on.
pub mod access;
pub mod app;
pub mod clock;
pub mod database;
pub mod entity;
pub mod error;
mod idempotency;
pub mod language;
pub mod law;
pub mod personal_data;
pub mod request;
pub mod settings;
pub mod words;

// The life of a case.
pub mod acceptance;
pub mod agreements;
pub mod archive;
pub mod assignment;
pub mod cases;
pub mod clues;
pub mod confirmation;
pub mod consents;
pub mod contacts;
pub mod duplicates;
pub mod evidence;
pub mod feedbacks;
pub mod hearings;
pub mod intake;
pub mod interests;
pub mod investigations;
pub mod localities;
pub mod mediators;
pub mod outcomes;
pub mod papers;
pub mod parties;
pub mod performance;
pub mod recusals;
pub mod referrals;
pub mod suspensions;
pub mod tracks;

// The station itself.
pub mod audit;
pub mod calculators;
pub mod calendars;
pub mod codes;
pub mod deadlines;
pub mod district;
pub mod events;
pub mod identity;
pub mod messages;
pub mod offices;
pub mod search;

// Doors.
pub mod command;
pub mod demo;
pub mod http;
pub mod operations;
