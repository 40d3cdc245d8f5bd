//! The standard text, as the parties read it.

use super::super::fixture::{APPLICANT, STRANGER, file, locked};
use super::*;

/// Domain §4.8, the official form: number, parties, facts and dispute, duties with manner and
/// time, copies.
#[test]
fn the_text_has_the_official_form() {
    let expected = "\
人民调解协议书
编号：（2026）徐消人调字第00001号
文本：第1版
当事人
申请人（第1位当事人），编号 00000000-0000-0000-0000-000000000001
被申请人（第2位当事人），编号 00000000-0000-0000-0000-000000000002
一、纠纷主要事实
申请人购买健身年卡后门店停业。
二、争议事项
剩余费用如何退还。
三、各方责任
被申请人未能继续提供服务。
四、经调解，自愿达成如下协议，履行方式、时限如下
第1项（退款）：被申请人（第2位当事人）应于2026年5月1日前（含当日）向申请人（第1位当事人）支付人民币3,580.00元（大写：人民币叁仟伍佰捌拾元整）。内容：退款。方式：银行转账。
　　第1期：2026年4月1日前（含当日）人民币2,000.00元（大写：人民币贰仟元整）。
　　第2期：2026年5月1日前（含当日）人民币1,580.00元（大写：人民币壹仟伍佰捌拾元整）。
第2项（赔礼道歉）：被申请人（第2位当事人）应于2026年5月1日前（含当日）向申请人（第1位当事人）履行。内容：赔礼道歉。方式：银行转账。
五、本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效。
本协议一式3份，当事人、人民调解委员会各持一份。
";
    assert_eq!(compile(&file(), &locked()), expected);
}

/// PIPL 51: nobody is named, reached or identified by the text.
#[test]
fn the_text_holds_no_personal_data() {
    let text = compile(&file(), &locked());
    for personal in ["陈晓雯", "李国栋", "138****8000"] {
        assert!(!text.contains(personal), "{personal}");
    }
}

/// PML 29; domain §6.10: whatever is agreed, and between whom, changes the hash.
#[test]
fn every_change_of_content_changes_the_hash() {
    let whole = hash(&compile(&file(), &locked()));
    let changes: [(&str, fn(&mut CaseFile)); 10] = [
        ("facts", |it| it.agreements[0].facts.push('！')),
        ("disputed matters", |it| it.agreements[0].disputed_matters.push('！')),
        ("responsibilities", |it| it.agreements[0].responsibilities.push('！')),
        ("revision", |it| it.agreements[0].revision = 2),
        ("amount", |it| it.terms[0].amount_fen = Some(358_001)),
        ("day", |it| it.terms[1].due_on += chrono::TimeDelta::days(1)),
        ("manner", |it| it.terms[1].manner.push('！')),
        ("sides", |it| it.terms[1].obligor_id = APPLICANT),
        ("instalment", |it| it.instalments[0].amount_fen += 1),
        ("another person in the place", |it| it.parties[1].id = STRANGER),
    ];
    for (what, change) in changes {
        let mut file = file();
        change(&mut file);
        assert_ne!(hash(&compile(&file, &file.agreements[0])), whole, "{what}");
    }
    assert_eq!(whole.len(), 64);
}

#[test]
fn amounts_are_written_in_yuan() {
    for (fen, expected) in [
        (1, "人民币0.01元"),
        (100, "人民币1.00元"),
        (99_999, "人民币999.99元"),
        (100_000, "人民币1,000.00元"),
        (123_456, "人民币1,234.56元"),
        (12_345_678, "人民币123,456.78元"),
        (100_000_000_000, "人民币1,000,000,000.00元"),
    ] {
        assert_eq!(figures(fen), expected);
    }
    assert_eq!(yuan(123_456), "人民币1,234.56元（大写：人民币壹仟贰佰叁拾肆元伍角陆分）");
}
