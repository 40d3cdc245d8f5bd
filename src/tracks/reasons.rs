//! Whether a reason belongs to the track. Pure.

use super::table::{Regime, decline_article, rules, termination_article};
use crate::error::{Error, Result};
use crate::language::Text;
use crate::law::Law;
use crate::words::{DeclineReason, TerminationReason, Track};

fn refusal(
    track: Track,
    own: impl Iterator<Item = (String, &'static str)>,
    people: &'static [Law],
    authority: &'static [Law],
) -> Error {
    let (codes, terms): (Vec<_>, Vec<_>) = own.unzip();
    let detail = Text::new(
        format!("{}程序没有此项理由；可用的理由：{}。", track.term(), terms.join("；")),
        format!("This is no reason on {track}; its reasons are {}.", codes.join(", ")),
    );
    let law = match rules(track).regime {
        Regime::PeopleMediation => people,
        Regime::MarketSupervision => authority,
    };
    Error::refused("reason_not_of_this_track", detail, law)
}

/// Each track declines for its own reasons (2002 rules 22; O121 16).
pub(crate) fn check_decline_reason(track: Track, reason: DeclineReason) -> Result<()> {
    if decline_article(track, reason).is_some() {
        return Ok(());
    }
    let own = rules(track).decline_reasons.iter().map(|(it, _)| (it.name(), it.term()));
    Err(refusal(track, own, &[Law::Rules2002Art22], &[Law::O121Art16]))
}

/// Each track ends mediation for its own reasons (PML 17, 23, 26; O121 23).
pub(crate) fn check_termination_reason(track: Track, reason: TerminationReason) -> Result<()> {
    if termination_article(track, reason).is_some() {
        return Ok(());
    }
    let own = rules(track).termination_reasons.iter().map(|(it, _)| (it.name(), it.term()));
    Err(refusal(track, own, &[Law::Pml26], &[Law::O121Art23]))
}
