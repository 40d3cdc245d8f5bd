//! What every part of the district asks of what is sent. Pure.

use uuid::Uuid;

use crate::access::Subject;
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::personal_data::phones::{Phone, PhoneKind};
use crate::request::RequestFacts;

/// What was sent, being checked: every fault is told at once.
#[derive(Debug, Default)]
pub(super) struct Check(Vec<Fault>);

impl Check {
    /// Text without the blanks around it, and never only blanks.
    pub fn filled(&mut self, pointer: &str, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            let detail = Text::new("不能为空白。", "It must not be blank.");
            self.0.push(Fault::new(pointer, "blank", detail));
        }
        text.to_owned()
    }

    /// The same of what may be left out.
    pub fn filled_if_given(&mut self, pointer: &str, text: Option<&str>) -> Option<String> {
        text.map(|it| self.filled(pointer, it))
    }

    /// A telephone number that is anybody's to know.
    pub fn phone(&mut self, raw: Option<&str>) -> Option<String> {
        match public_phone(raw?) {
            Ok(phone) => Some(phone),
            Err((code, detail)) => {
                self.0.push(Fault::new("/phone", code, detail));
                None
            }
        }
    }

    /// The value, or its faults and None.
    pub fn take<T>(&mut self, outcome: Result<T, Vec<Fault>>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(faults) => {
                self.0.extend(faults);
                None
            }
        }
    }

    pub fn add(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.0.extend(faults);
    }

    pub fn end(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

/// A landline or service number in the spelling that is stored. A mobile belongs to a person and
/// is not kept in the open: it is given with the party of a case, where it is sealed.
pub(super) fn public_phone(raw: &str) -> Result<String, (&'static str, Text)> {
    let phone = Phone::parse(raw).map_err(|fault| (fault.code, fault.detail))?;
    match phone.kind() {
        PhoneKind::Landline | PhoneKind::LocalLandline | PhoneKind::ServiceLine => {
            Ok(phone.reveal().to_owned())
        }
        PhoneKind::Mobile | PhoneKind::Abroad | PhoneKind::Unusual => Err((
            "not_a_public_phone",
            Text::new(
                "此处只登记对外公开的固定电话、400/800电话或者服务短号，不登记个人手机。",
                "Only a public landline, a 400 or 800 line or a short number is kept here, never \
                 a person's mobile.",
            ),
        )),
    }
}

/// Written over the version that was read, or not at all.
pub(super) fn expect_version(facts: &RequestFacts, version: i64) -> Result<()> {
    let named = facts.if_match.map(|it| it.version);
    if named == Some(version) { Ok(()) } else { Err(Error::Stale) }
}

/// Something of the district, for the log.
pub(super) fn subject(kind: &'static str, id: Uuid) -> Subject {
    Subject { kind, id, case_id: None }
}

/// A room is of a service point or lent by an enterprise.
pub(super) fn one_owner(
    service_point_id: Option<Uuid>,
    enterprise_id: Option<Uuid>,
) -> Option<Fault> {
    (service_point_id.is_some() == enterprise_id.is_some()).then(|| {
        let detail = Text::new(
            "调解室应属于一个服务点，或者由一家企业提供，二者择一。",
            "A room is of one service point or lent by one enterprise: name one of them.",
        );
        Fault::new("/service_point_id", "one_owner", detail)
    })
}

/// Somebody else has the name.
pub(super) fn name_taken() -> Error {
    Error::Duplicate(Text::new(
        "已有同名的记录，请换一个名称。",
        "There is one of that name already; choose another.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_phones_are_kept() {
        for (raw, expected) in [
            ("021-6426 1234", Ok("02164261234")),
            ("64261234", Ok("64261234")),
            ("400-820-8820", Ok("4008208820")),
            ("12315", Ok("12315")),
            ("13816168000", Err("not_a_public_phone")),
            ("+86 138 1616 8000", Err("not_a_public_phone")),
            ("+44 20 7946 0000", Err("not_a_public_phone")),
            ("前台", Err("wrong_character")),
            ("1", Err("wrong_length")),
        ] {
            let found = public_phone(raw);
            assert_eq!(found.as_deref().map_err(|it| it.0), expected, "{raw}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let mut check = Check::default();
        assert_eq!(check.filled("/name", "  汇金 "), "汇金");
        check.filled("/address", "\u{3000} ");
        check.phone(Some("13816168000"));
        let Err(Error::Invalid(faults)) = check.end() else { panic!("two faults") };
        let found: Vec<_> = faults.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
        assert_eq!(found, [("/address", "blank"), ("/phone", "not_a_public_phone")]);
    }
}
