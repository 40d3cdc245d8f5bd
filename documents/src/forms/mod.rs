//! The forms, one struct each, in groups as the file of a case has them. A form says which words
//! and fields it has; how they look is said in `templates/`.

mod agreements;
mod applications;
mod attorney;
mod calculation;
mod confirmation;
mod notices;
mod records;
mod volume;

pub use agreements::*;
pub use applications::*;
pub use attorney::*;
pub use calculation::*;
pub use confirmation::*;
pub use notices::*;
pub use records::*;
pub use volume::*;

use crate::sheet::Sheet;

/// One official form.
pub(crate) trait Form {
    /// Counted up when words or order of this form change.
    const VERSION: u32;

    fn sheet(&self) -> Sheet;
}

/// Shared values of the examples.
pub(crate) mod sample {
    use chrono::NaiveDate;

    use crate::parts::*;

    pub const COMMITTEE: &str = "上海市徐汇区徐家汇街道消费纠纷联合人民调解委员会";
    pub const MARKET_SUPERVISION: &str = "上海市徐汇区市场监督管理局";

    pub fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the calendar")
    }

    pub fn consumer(role: &str) -> Party {
        Party {
            role: role.to_owned(),
            who: Who::Person(Person {
                name: "吉𠮷𬭎".to_owned(),
                gender: "女".to_owned(),
                ethnicity: "汉族".to_owned(),
                age: "42".to_owned(),
                occupation: "教师".to_owned(),
                contact: "138 0000 1234".to_owned(),
                address: "上海市徐汇区漕溪北路 88 号 1203 室".to_owned(),
                identity_number: Some("310104********002X".to_owned()),
            }),
            agents: vec![Agent {
                role: "委托代理人".to_owned(),
                name: "𫔄㐂（配偶）".to_owned(),
                contact: "139 0000 5678".to_owned(),
                authority: "特别授权：代为承认、放弃、变更请求，进行和解，签收文书。".to_owned(),
            }],
        }
    }

    /// A name of 120 characters, as long as registers allow.
    pub fn long_name() -> String {
        let name = format!(
            "上海汇港{}国际健身俱乐部管理有限公司",
            "环球时尚生活方式体验与专业运动康复咨询服务".repeat(6)
        );
        let name: String = name.chars().take(116).collect();
        format!("{name}有限公司")
    }

    pub fn business(role: &str) -> Party {
        Party {
            role: role.to_owned(),
            who: Who::Organisation(Organisation {
                name: long_name(),
                credit_code: "91310104MA1FR0000X".to_owned(),
                address: "上海市徐汇区虹桥路 1 号港汇恒隆广场 5 楼 502 室".to_owned(),
                contact: "021-6407 0000".to_owned(),
                representative: "欧阳淼淼".to_owned(),
                post: "执行董事".to_owned(),
            }),
            agents: Vec::new(),
        }
    }

    pub fn verification() -> Verification {
        Verification {
            address: "https://huijie.example/verify/2026-0123-7f3a9c2e".to_owned(),
            number: "2026-0123-7f3a9c2e".to_owned(),
            short_hash: "7f3a 9c2e 51d0 88b4".to_owned(),
        }
    }

    pub fn facts() -> String {
        "2026年3月8日，申请人在被申请人处购买一年期健身卡并附赠私教课10节，实付人民币5,980元。\
         9月起门店停业，申请人多次要求退款未果。\n\
         双方争议的事项为：已使用课时的计价方式，以及赠送课时是否计入。申请人主张按折后单价计算，\
         被申请人主张按门市价298元/节计算。"
            .to_owned()
    }

    pub fn terms(count: usize) -> Vec<String> {
        (1..=count)
            .map(|at| {
                format!(
                    "被申请人应于2026年12月{}日前向申请人支付第{at}期退款人民币{}元（大写：\
                     贰佰元整），汇入申请人名下中国工商银行账户；逾期按全国银行间同业拆借中心\
                     公布的一年期贷款市场报价利率支付利息。",
                    (at - 1) % 28 + 1,
                    200
                )
            })
            .collect()
    }
}
