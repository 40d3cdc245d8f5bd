//! Which characters can be printed. What no font has is an error with its name; what nobody can
//! see is taken out.

use crate::error::RenderError;

/// In a case file: the number of all numbered pages.
pub(crate) const TOTAL: char = '\u{E000}';

/// In a case file: the pages of the item whose index follows.
pub(crate) const PAGES_OF: char = '\u{E001}';

/// Text as it is printed: tabs are spaces; marks without width, which come along with text from
/// web pages and could turn its direction, are gone.
pub(crate) fn cleaned(text: &str) -> String {
    text.chars().filter(|it| !invisible(*it)).map(|it| if it == '\t' { ' ' } else { it }).collect()
}

fn invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}' | '\r'
    )
}

/// The first character that cannot be printed.
pub(crate) fn check<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    covered: impl Fn(char) -> bool,
) -> Result<(), RenderError> {
    for character in texts.into_iter().flat_map(str::chars) {
        if !covered(character) {
            return Err(RenderError::MissingCharacter { character });
        }
    }
    Ok(())
}
