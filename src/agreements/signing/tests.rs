//! The rules of signing as tables.

use super::super::fixture::*;
use super::*;
use crate::agreements::input::Drawing;
use crate::entity::{evidence, signature};
use crate::words::{PartyKind, Track};

const GUARDIAN: Uuid = Uuid::from_u128(20);

/// The shop signs on the sixth.
fn shop_signs() -> SignAgreement {
    SignAgreement {
        signer: SignerKind::Party,
        party_id: Some(SHOP),
        agent_id: None,
        method: SignatureMethod::Pen,
        signed_at: None,
        place: "工作站".to_owned(),
        text_hash: HASH.to_owned(),
        witness: None,
        scan_evidence_id: None,
        code: None,
        drawing: None,
        wishes_confirmation: None,
    }
}

/// The shop signs by this method, with what the method asks for.
fn signs_by(method: SignatureMethod) -> SignAgreement {
    let drawing = Drawing { png: Some("iVBORw0KGgo=".to_owned()), strokes: Vec::new() };
    let wants = |told| need(method, told) == Need::Required;
    SignAgreement {
        method,
        witness: wants(Told::Witness).then(|| "周玉兰".to_owned()),
        drawing: wants(Told::Drawing).then_some(drawing),
        code: wants(Told::Code).then(|| "012345".to_owned()),
        ..shop_signs()
    }
}

const SCAN: Uuid = Uuid::from_u128(21);

/// The scan of the signed paper.
fn scan(file_type: FileType) -> evidence::Model {
    evidence::Model { file_type, ..material(SCAN) }
}

fn mediator_signs() -> SignAgreement {
    SignAgreement { signer: SignerKind::Mediator, party_id: None, ..shop_signs() }
}

fn checked(
    file: &CaseFile,
    input: &SignAgreement,
    asker: Uuid,
    signed_at: DateTime<Utc>,
) -> Vec<String> {
    said(check(file, &locked(), input, Occasion { asker, signed_at }))
}

/// The applicant as a child with a guardian.
fn file_with_minor() -> CaseFile {
    let mut file = file();
    file.parties[0].born_on = NaiveDate::from_ymd_opt(2010, 3, 7);
    file.agents.push(agent::Model {
        id: GUARDIAN,
        party_id: APPLICANT,
        kind: AgentKind::Guardian,
        power: AgentPower::General,
        ..lawyer()
    });
    file
}

/// What can be meant at all: PML 29 asks for the hand of a party or of the mediator.
#[test]
fn a_signature_says_whose_it_is() {
    let party = |party_id, agent_id| SignAgreement { party_id, agent_id, ..shop_signs() };
    for (what, input, expected) in [
        ("a party", party(Some(SHOP), None), vec![]),
        ("a party by its agent", party(Some(SHOP), Some(LAWYER)), vec![]),
        ("nobody", party(None, None), vec!["/party_id missing"]),
        ("a stranger", party(Some(STRANGER), None), vec!["/party_id unknown_reference"]),
        ("by a stranger", party(Some(SHOP), Some(STRANGER)), vec!["/agent_id unknown_reference"]),
        (
            "by the other side's agent",
            party(Some(APPLICANT), Some(LAWYER)),
            vec!["/agent_id unknown_reference"],
        ),
        (
            "blank place",
            SignAgreement { place: " ".to_owned(), ..shop_signs() },
            vec!["/place blank"],
        ),
        ("a mediator", mediator_signs(), vec![]),
        (
            "a mediator for a party",
            SignAgreement { party_id: Some(SHOP), agent_id: Some(LAWYER), ..mediator_signs() },
            vec!["/party_id not_for_mediators", "/agent_id not_for_mediators"],
        ),
    ] {
        assert_eq!(checked(&file(), &input, MEDIATOR, at(6, 9)), expected, "{what}");
    }
}

/// PML 29: what is signed is the locked text, so not before it was there.
#[test]
fn nobody_signs_before_the_lock_or_in_the_future() {
    for (signed_at, expected) in [
        (at(5, 11), vec!["/signed_at before_lock"]),
        (at(5, 12), vec![]),
        (at(10, 12), vec![]),
        (at(10, 13), vec!["/signed_at in_future"]),
    ] {
        assert_eq!(checked(&file(), &shop_signs(), MEDIATOR, signed_at), expected, "{signed_at}");
    }
}

/// PML 29; electronic signature: a changed text is another text (domain §6.10).
#[test]
fn only_the_locked_text_is_signed() {
    for input in [shop_signs(), mediator_signs()] {
        let other = SignAgreement { text_hash: "0".repeat(64), ..input };
        assert_eq!(checked(&file(), &other, MEDIATOR, at(6, 9)), ["text_changed"]);
    }
}

/// Civil Code 165: an agent who settles needs the power and a mandate that is running.
#[test]
fn an_agent_signs_within_the_mandate() {
    use AgentPower::{General, Settlement};
    for (power, from, until, expected) in [
        (Settlement, None, None, vec![]),
        (Settlement, Some(day(3, 6)), Some(day(3, 6)), vec![]),
        (General, None, None, vec!["no_power_to_settle"]),
        (Settlement, Some(day(3, 7)), None, vec!["mandate_not_valid"]),
        (Settlement, None, Some(day(3, 5)), vec!["mandate_not_valid"]),
        (General, None, Some(day(3, 5)), vec!["no_power_to_settle", "mandate_not_valid"]),
    ] {
        let mut file = file();
        file.agents[0] =
            agent::Model { power, mandate_from: from, mandate_until: until, ..lawyer() };
        let input = SignAgreement { agent_id: Some(LAWYER), ..shop_signs() };
        let found = checked(&file, &input, MEDIATOR, at(6, 9));
        assert_eq!(found, expected, "{power} {from:?} {until:?}");
    }
}

/// Civil Code 17-20 and 23: a guardian signs for whoever is under 18 on the day of signing.
#[test]
fn a_guardian_signs_for_a_minor() {
    let sixteen = NaiveDate::from_ymd_opt(2010, 3, 7);
    let of_age_today = NaiveDate::from_ymd_opt(2008, 3, 6);
    let of_age_tomorrow = NaiveDate::from_ymd_opt(2008, 3, 7);
    for (born_on, agent_id, expected) in [
        (sixteen, Some(GUARDIAN), vec![]),
        (sixteen, None, vec!["guardian_must_sign"]),
        (of_age_tomorrow, None, vec!["guardian_must_sign"]),
        (of_age_today, None, vec![]),
        (None, None, vec![]),
    ] {
        let mut file = file_with_minor();
        file.parties[0].born_on = born_on;
        let input = SignAgreement { party_id: Some(APPLICANT), agent_id, ..shop_signs() };
        let found = checked(&file, &input, MEDIATOR, at(6, 9));
        assert_eq!(found, expected, "{born_on:?} {agent_id:?}");
    }
    // An agent by mandate is no guardian.
    let mut file = file_with_minor();
    file.agents[1].kind = AgentKind::Lawyer;
    let input =
        SignAgreement { party_id: Some(APPLICANT), agent_id: Some(GUARDIAN), ..shop_signs() };
    assert_eq!(checked(&file, &input, MEDIATOR, at(6, 9)), ["guardian_must_sign"]);
}

/// What each method asks for and refuses, row by row: scan, drawing, witness, code, time.
#[test]
fn each_method_asks_for_its_own() {
    use Need::{Allowed, Refused, Required};
    use SignatureMethod::{Fingerprint, Pen, PhoneCode, Stamp, Tablet};
    let rows = [
        (Pen, [Allowed, Refused, Allowed, Refused, Allowed]),
        (Stamp, [Allowed, Refused, Allowed, Refused, Allowed]),
        (Fingerprint, [Allowed, Refused, Required, Refused, Allowed]),
        (Tablet, [Refused, Required, Allowed, Refused, Allowed]),
        (PhoneCode, [Refused, Refused, Allowed, Required, Refused]),
    ];
    assert_eq!(rows.len(), SignatureMethod::ALL.len());
    for (method, needs) in rows {
        let told = [Told::Scan, Told::Drawing, Told::Witness, Told::Code, Told::Time];
        assert_eq!(told.map(|it| need(method, it)), needs);
        let whole = SignAgreement {
            witness: Some("周玉兰".to_owned()),
            scan_evidence_id: Some(SCAN),
            drawing: signs_by(Tablet).drawing,
            code: signs_by(PhoneCode).code,
            signed_at: Some(at(6, 9)),
            ..signs_by(method)
        };
        let bare = SignAgreement { method, ..shop_signs() };
        let file = CaseFile { evidence: vec![scan(FileType::Pdf)], ..file() };
        let pointers = ["/scan_evidence_id", "/drawing", "/witness", "/code", "/signed_at"];
        let expected = |of: Need, code: &str| -> Vec<String> {
            let told = pointers.iter().zip(needs).filter(|(_, need)| *need == of);
            told.map(|(pointer, _)| format!("{pointer} {code}")).collect()
        };
        let found = checked(&file, &bare, MEDIATOR, at(6, 9));
        assert_eq!(found, expected(Required, "missing"), "{method} with nothing");
        let found = checked(&file, &whole, MEDIATOR, at(6, 9));
        assert_eq!(found, expected(Refused, "not_for_this_method"), "{method} with everything");
        let fitting = signs_by(method);
        assert!(
            checked(&file, &fitting, MEDIATOR, at(6, 9)).is_empty(),
            "{method} as it should be"
        );
    }
}

/// A scan is a page among the evidence of the case.
#[test]
fn a_scan_is_a_page_of_this_case_that_stands() {
    use FileType::{Docx, Heic, Jpeg, Mp4, Pdf, Png, Text, Webp};
    let input = SignAgreement { scan_evidence_id: Some(SCAN), ..shop_signs() };
    let with = |scan| CaseFile { evidence: vec![scan], ..file() };
    let found = checked(&file(), &input, MEDIATOR, at(6, 9));
    assert_eq!(found, ["/scan_evidence_id unknown_reference"]);
    let withdrawn = evidence::Model { withdrawn_at: Some(at(6, 8)), ..scan(Pdf) };
    let found = checked(&with(withdrawn), &input, MEDIATOR, at(6, 9));
    assert_eq!(found, ["/scan_evidence_id evidence_withdrawn"]);
    for file_type in [Pdf, Jpeg, Png, Webp, Heic] {
        assert!(checked(&with(scan(file_type)), &input, MEDIATOR, at(6, 9)).is_empty());
    }
    for file_type in [Mp4, Docx, Text] {
        let found = checked(&with(scan(file_type)), &input, MEDIATOR, at(6, 9));
        assert_eq!(found, ["/scan_evidence_id not_a_scan"]);
    }
}

#[test]
fn a_witness_has_a_name() {
    let input =
        SignAgreement { witness: Some(" ".to_owned()), ..signs_by(SignatureMethod::Fingerprint) };
    assert_eq!(checked(&file(), &input, MEDIATOR, at(6, 9)), ["/witness blank"]);
}

/// PML 29: a party signs, seals or puts a fingerprint; the mediator signs.
#[test]
fn a_mediator_signs_by_name() {
    use SignatureMethod::{Pen, Tablet};
    for method in SignatureMethod::ALL {
        for kind in PartyKind::ALL {
            let mut file = file();
            file.parties[1].kind = *kind;
            let input = signs_by(*method);
            assert!(checked(&file, &input, MEDIATOR, at(6, 9)).is_empty(), "{kind} {method}");
        }
        let of_mediator = SignerKind::Mediator;
        let input = SignAgreement { signer: of_mediator, party_id: None, ..signs_by(*method) };
        let found = checked(&file(), &input, MEDIATOR, at(6, 9));
        assert_eq!(found.is_empty(), matches!(method, Pen | Tablet), "{method}");
    }
}

/// PML 29: the mediator who presides, in person.
#[test]
fn only_the_presiding_mediator_signs_as_mediator() {
    assert_eq!(checked(&file(), &mediator_signs(), STRANGER, at(6, 9)), ["not_presiding"]);
    let nobody = CaseFile { assignments: Vec::new(), ..file() };
    assert_eq!(checked(&nobody, &mediator_signs(), MEDIATOR, at(6, 9)), ["not_presiding"]);
}

/// PML 29: one hand each; a signature under an earlier revision is under another text.
#[test]
fn nobody_signs_twice() {
    let with = |signature: signature::Model| CaseFile { signatures: vec![signature], ..file() };
    let shop = signed_by_party(SHOP, at(6, 8));
    let mediator = signed_by_mediator(MEDIATOR, at(6, 8));
    let earlier = |it: &signature::Model| signature::Model { agreement_id: STRANGER, ..it.clone() };
    for (file, input, expected) in [
        (with(shop.clone()), shop_signs(), vec!["already_signed"]),
        (with(earlier(&shop)), shop_signs(), vec![]),
        (with(signed_by_party(APPLICANT, at(6, 8))), shop_signs(), vec![]),
        (with(mediator.clone()), mediator_signs(), vec!["already_signed"]),
        (with(earlier(&mediator)), mediator_signs(), vec![]),
        (with(mediator), shop_signs(), vec![]),
    ] {
        assert_eq!(checked(&file, &input, MEDIATOR, at(6, 9)), expected);
    }
}

/// PML 33, CPL 205: a party may say that it wants a court asked; a mediator has nothing to say of
/// it, and on the authority's tracks nobody asks.
#[test]
fn a_party_says_whether_a_court_shall_be_asked() {
    for wishes in [true, false] {
        let with = |input| SignAgreement { wishes_confirmation: Some(wishes), ..input };
        assert!(checked(&file(), &with(shop_signs()), MEDIATOR, at(6, 9)).is_empty());
        let found = checked(&file(), &with(mediator_signs()), MEDIATOR, at(6, 9));
        assert_eq!(found, ["/wishes_confirmation not_for_mediators"]);
        for track in [Track::AdministrativeMediation, Track::EntrustedMediation] {
            let mut file = file();
            file.case.track = track;
            let found = checked(&file, &with(shop_signs()), MEDIATOR, at(6, 9));
            assert_eq!(found, ["confirmation_not_offered"], "{track}");
        }
    }
}

/// Before a code is sent it is asked whether this person could sign.
#[test]
fn a_code_goes_to_nobody_who_could_not_sign() {
    let ask = |file: &CaseFile, party_id, agent_id| {
        said(check_signer(file, &locked(), party_id, agent_id))
    };
    let mut signed = file();
    signed.signatures.push(signed_by_party(SHOP, at(6, 8)));
    let minor = file_with_minor();
    for (what, file, party_id, agent_id, expected) in [
        ("the shop", &file(), SHOP, None, vec![]),
        ("its lawyer", &file(), SHOP, Some(LAWYER), vec![]),
        ("a stranger", &file(), STRANGER, None, vec!["/party_id unknown_reference"]),
        ("another's lawyer", &file(), APPLICANT, Some(LAWYER), vec!["/agent_id unknown_reference"]),
        ("who has signed", &signed, SHOP, None, vec!["already_signed"]),
        ("a child", &minor, APPLICANT, None, vec!["guardian_must_sign"]),
        ("its guardian", &minor, APPLICANT, Some(GUARDIAN), vec![]),
    ] {
        assert_eq!(ask(file, party_id, agent_id), expected, "{what}");
    }
}
