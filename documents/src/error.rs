//! What can keep a paper from being made.

use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenderError {
    /// A box would be printed; the paper is refused instead.
    #[error("no font has the character {character} (U+{:04X})", *.character as u32)]
    MissingCharacter { character: char },

    /// A drawn signature that is not a picture.
    #[error("the signature at {label} is not a readable PNG: {reason}")]
    Signature { label: String, reason: String },

    /// One item of a case file cannot be put in.
    #[error("item {number} of the case file ({title}): {reason}")]
    Item { number: usize, title: String, reason: ItemError },

    /// A case file is bounded.
    #[error("{count} {what} in one file; {limit} are possible")]
    TooMany { what: &'static str, count: usize, limit: usize },

    /// The template did not compile or the file could not be written: a fault of this crate.
    #[error("the paper could not be set: {message}")]
    Setting { message: String },
}

/// Why an item of a case file cannot be put in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ItemError {
    #[error("the PDF needs a password")]
    Encrypted,
    #[error("the PDF cannot be read")]
    BrokenPdf,
    #[error("the PDF has no pages")]
    NoPages,
    #[error("the picture cannot be read: {0}")]
    BrokenPicture(String),
    #[error("neither PNG, JPEG nor WebP")]
    UnknownPicture,
    #[error("{0}")]
    Paper(Box<RenderError>),
}
