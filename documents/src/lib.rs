#![doc = include_str!("../README.md")]

mod case_file;
mod characters;
mod docx;
mod engine;
mod error;
mod forms;
mod numerals;
mod paper;
mod parts;
mod sheet;
mod verification;

pub use case_file::{CaseFile, CaseFileData, Content, Item, ItemPages, Progress, Stage, case_file};
pub use engine::Engine;
pub use error::{ItemError, RenderError};
pub use forms::*;
pub use numerals::{day_in_figures, day_in_words, in_words};
pub use paper::Paper;
pub use parts::*;
