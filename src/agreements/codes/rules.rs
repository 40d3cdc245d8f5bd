//! Who is sent a code, and which code signs. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::access::Action;
use crate::entity::{agreement, signing_code};
use crate::error::Unmet;
use crate::language::Text;
use crate::law::Law;

/// So many wrong tries make a code worthless.
pub(super) const MOST_TRIES: i32 = 5;

/// So many codes go out for one party within an hour.
const MOST_CODES: usize = 3;
const HOUR: TimeDelta = TimeDelta::hours(1);

const LAW: &[Law] = &[Law::ESignature13];

fn refusal(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Unmet {
    let detail = Text::new(zh.into(), en.into());
    Unmet { code, detail, law: LAW, mend: &[Action::SendSigningCode] }
}

/// Why no further code goes out for this party now. `codes` are all of the party's.
pub(super) fn too_many(codes: &[signing_code::Model], now: DateTime<Utc>) -> Option<Unmet> {
    let mut recent: Vec<DateTime<Utc>> =
        codes.iter().map(|it| it.created_at).filter(|it| now - *it < HOUR).collect();
    recent.sort();
    let place = recent.len().checked_sub(MOST_CODES)?;
    // Whole minutes, and a minute that has begun.
    let minutes = ((recent[place] + HOUR - now).num_seconds() + 59) / 60;
    let detail = Text::new(
        format!("该当事人一小时内已发送{MOST_CODES}个签署码，请在{minutes}分钟后再发送。"),
        format!(
            "{MOST_CODES} codes went out for this party within an hour; wait {minutes} minutes."
        ),
    );
    Some(Unmet { code: "too_many_codes", detail, law: &[], mend: &[] })
}

/// The code that would sign: the last one of the party, if it was sent to this person, for this
/// text, and is still good.
pub(super) fn good_code<'a>(
    codes: &'a [signing_code::Model],
    agreement: &agreement::Model,
    agent_id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<&'a signing_code::Model, Unmet> {
    let last = codes.iter().max_by_key(|it| (it.created_at, it.id)).ok_or_else(|| {
        refusal("no_signing_code", "尚未向该当事人发送签署码。", "No code was sent to this party.")
    })?;
    if last.agreement_id != agreement.id || Some(&last.text_hash) != agreement.text_hash.as_ref() {
        return Err(refusal(
            "code_of_another_text",
            "签署码对应的是另一文本，请就现行文本重新发送。",
            "The code was sent for another text; send one for the present text.",
        ));
    }
    if last.agent_id != agent_id {
        return Err(refusal(
            "code_of_another_person",
            "最近的签署码不是发给签署人的，请向签署人重新发送。",
            "The last code was sent to somebody else; send one to who signs.",
        ));
    }
    if last.used_at.is_some() {
        return Err(refusal(
            "code_used",
            "签署码已使用，不能再次使用。",
            "The code was used already.",
        ));
    }
    if last.wrong_tries >= MOST_TRIES {
        return Err(refusal(
            "code_spent",
            format!("签署码已输错{MOST_TRIES}次，不能再用，请重新发送。"),
            format!("The code was mistaken {MOST_TRIES} times; send another."),
        ));
    }
    if last.expires_at <= now {
        return Err(refusal(
            "code_expired",
            "签署码已过期，请重新发送。",
            "The time of the code is over; send another.",
        ));
    }
    Ok(last)
}

/// That it was not the code, and how often one may still try.
pub(super) fn wrong(wrong_tries: i32) -> Unmet {
    let left = (MOST_TRIES - wrong_tries).max(0);
    refusal(
        "code_wrong",
        format!("签署码不正确，还可以再试{left}次。"),
        format!("This is not the code; {left} tries are left."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::fixture::{
        AGREEMENT, APPLICANT, HASH, LAWYER, MEDIATOR, STRANGER, at, locked,
    };

    fn code(created_at: DateTime<Utc>) -> signing_code::Model {
        signing_code::Model {
            id: Uuid::now_v7(),
            case_id: Uuid::nil(),
            agreement_id: AGREEMENT,
            party_id: APPLICANT,
            agent_id: None,
            text_hash: HASH.to_owned(),
            code_hash: String::new(),
            number_masked: "138****8000".to_owned(),
            message_id: Uuid::nil(),
            requested_by: MEDIATOR,
            created_at,
            expires_at: created_at + TimeDelta::minutes(10),
            wrong_tries: 0,
            used_at: None,
        }
    }

    fn minutes(count: i64) -> DateTime<Utc> {
        at(6, 9) + TimeDelta::minutes(count)
    }

    #[test]
    fn three_codes_go_out_within_an_hour() {
        for (sent, now, refused) in [
            (&[][..], 0, false),
            (&[0, 1][..], 2, false),
            (&[0, 1, 2], 3, true),
            (&[0, 1, 2], 59, true),
            (&[0, 1, 2], 60, false),
            (&[0, 1, 2, 60], 60, true),
            (&[0, 1, 2, 60], 61, false),
        ] {
            let codes: Vec<_> = sent.iter().map(|it| code(minutes(*it))).collect();
            let found = too_many(&codes, minutes(now));
            assert_eq!(found.is_some(), refused, "{sent:?} {now}");
        }
        let codes: Vec<_> = [0, 1, 2].map(|it| code(minutes(it))).into();
        let told = too_many(&codes, minutes(20)).unwrap();
        assert!(told.detail.en.contains("wait 40 minutes"), "{told:?}");
    }

    #[test]
    fn only_the_last_good_code_of_the_signer_signs() {
        let good = code(minutes(0));
        let later = |minute| code(minutes(minute));
        let other = |change: fn(&mut signing_code::Model)| {
            let mut it = code(minutes(0));
            change(&mut it);
            it
        };
        for (what, codes, agent_id, now, expected) in [
            ("none", vec![], None, 1, "no_signing_code"),
            ("good", vec![good.clone()], None, 1, ""),
            ("in its last moment", vec![good.clone()], None, 9, ""),
            ("over", vec![good.clone()], None, 10, "code_expired"),
            ("the last of two", vec![later(2), good.clone()], None, 11, ""),
            ("sent to the party", vec![good], Some(LAWYER), 1, "code_of_another_person"),
            (
                "sent to the agent",
                vec![other(|it| it.agent_id = Some(LAWYER))],
                None,
                1,
                "code_of_another_person",
            ),
            ("by the agent", vec![other(|it| it.agent_id = Some(LAWYER))], Some(LAWYER), 1, ""),
            (
                "of an earlier revision",
                vec![other(|it| it.agreement_id = STRANGER)],
                None,
                1,
                "code_of_another_text",
            ),
            (
                "of another text",
                vec![other(|it| it.text_hash = "0".repeat(64))],
                None,
                1,
                "code_of_another_text",
            ),
            ("used", vec![other(|it| it.used_at = Some(at(6, 9)))], None, 1, "code_used"),
            ("tried four times", vec![other(|it| it.wrong_tries = 4)], None, 1, ""),
            ("tried five times", vec![other(|it| it.wrong_tries = 5)], None, 1, "code_spent"),
        ] {
            let found = good_code(&codes, &locked(), agent_id, minutes(now));
            assert_eq!(found.map_or_else(|it| it.code, |_| ""), expected, "{what}");
        }
    }

    #[test]
    fn a_wrong_try_says_how_many_are_left() {
        for (tries, left) in [(1, "4 tries"), (4, "1 tries"), (5, "0 tries"), (9, "0 tries")] {
            assert!(wrong(tries).detail.en.contains(left), "{tries}");
        }
    }
}
