//! How much of a personal value is shown to those who need not see all of it (common practice;
//! no binding standard is known). What is too short or not understood is hidden altogether.
//!
//! Names of organizations and their credit codes are public record: do not mask them. Whether
//! a reader sees the masked or the whole value is decided in `crate::access`, never here.

use super::numbers::plain;
use super::phones::{Phone, PhoneKind, area_code};

/// Shown instead of what is hidden when even its length should not be told.
const HIDDEN: &str = "****";

/// The surnames of two characters that are still in use.
const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "司空",
    "夏侯", "闻人", "赫连", "澹台", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "轩辕",
    "钟离", "宇文", "长孙", "鲜于", "闾丘", "司寇", "子车", "颛孙", "端木", "巫马", "公西", "漆雕",
    "乐正", "壤驷", "公良", "拓跋", "夹谷", "宰父", "谷梁", "百里", "东郭", "南门", "呼延", "左丘",
    "西门", "南宫", "第五", "独孤", "万俟", "公冶", "完颜", "纳兰", "叶赫", "东门", "歐陽", "司馬",
];

/// The name of a natural person: the surname and a star for each other character (`张**`,
/// `欧阳*`). Other names, such as foreign ones, show their first character (`J***`).
pub fn name(name: &str) -> String {
    let name = name.trim();
    let length = name.chars().count();
    if length < 2 {
        return "*".repeat(length);
    }
    let compound = length > 2 && COMPOUND_SURNAMES.iter().any(|it| name.starts_with(it));
    let shown: String = name.chars().take(if compound { 2 } else { 1 }).collect();
    let hidden = length - shown.chars().count();
    if name.chars().all(is_han) && hidden <= 3 {
        shown + &"*".repeat(hidden)
    } else {
        name.chars().take(1).chain("***".chars()).collect()
    }
}

/// A telephone number: `138****8000`, `021****9988`, `****8820`; an extension is not shown.
/// At least four digits stay hidden.
pub fn phone(phone: &str) -> String {
    let Ok(phone) = Phone::parse(phone) else { return HIDDEN.to_owned() };
    let number = phone.without_extension().trim_start_matches('+');
    let (head, rest) = match phone.kind() {
        PhoneKind::Mobile => number.split_at(3),
        PhoneKind::Landline => number.split_at(area_code(number).len()),
        _ => ("", number),
    };
    let shown = rest.len().saturating_sub(4).min(4);
    format!("{head}{HIDDEN}{}", &rest[rest.len() - shown..])
}

/// The number of an identity document. A resident identity number keeps its first six and last
/// four characters (`110105********002X`), which still tell region and gender; of any other
/// document (passport, permit) only the last four are shown.
pub fn identity_number(number: &str) -> String {
    let number = plain(number);
    if number.len() == 18 && number.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return format!("{}********{}", &number[..6], &number[14..]);
    }
    format!("{HIDDEN}{}", last_four(&number))
}

/// A bank account or card: `**** 1234`.
pub fn bank_account(account: &str) -> String {
    match last_four(&plain(account)) {
        "" => HIDDEN.to_owned(),
        last => format!("{HIDDEN} {last}"),
    }
}

/// An e-mail address: its first character and its domain (`z***@x.cn`).
pub fn email(address: &str) -> String {
    let Some((user, domain)) = address.trim().rsplit_once('@') else { return HIDDEN.to_owned() };
    let shown: String =
        if user.chars().count() > 1 { user.chars().take(1).collect() } else { String::new() };
    format!("{shown}***@{domain}")
}

/// An address: down to its district (`上海市徐汇区***`), or to its town where a city has no
/// districts (`广东省东莞市虎门镇***`); nothing of an address of another form.
pub fn address(address: &str) -> String {
    let address = address.trim();
    if address.is_empty() {
        return String::new();
    }
    let mut shown = 0;
    let mut deepest = Level::Nothing;
    while deepest < Level::District {
        match next_division(&address[shown..], deepest) {
            Some((length, level)) => {
                shown += length;
                deepest = level;
            }
            None => break,
        }
    }
    format!("{}***", &address[..shown])
}

/// The levels of an address that may be shown, from wide to narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Nothing,
    Province,
    City,
    /// District, county, banner, city at county level; or a town right below a city.
    District,
}

/// The length in bytes of the next administrative division, and its level.
fn next_division(rest: &str, above: Level) -> Option<(usize, Level)> {
    /// Room for levels run together (`浙江杭州西湖区`); the few longer names stay hidden.
    const LONGEST: usize = 11;
    for (index, (at, it)) in rest.char_indices().take(LONGEST).enumerate() {
        // What stands behind a road or a house number is not a division any more.
        let road = matches!(it, '路' | '弄' | '号' | '栋' | '楼' | '室' | '村' | '巷') && index > 0;
        if road || !is_han(it) {
            return None;
        }
        let end = at + it.len_utf8();
        if index > 0
            && let Some(level) = level_of(&rest[..end], &rest[end..], above)
        {
            return Some((end, level));
        }
    }
    None
}

fn level_of(division: &str, behind: &str, above: Level) -> Option<Level> {
    let ends = |endings: &[&str]| endings.iter().any(|it| division.ends_with(it));
    if ends(&["小区", "园区", "社区", "校区", "厂区", "库区", "景区", "超市", "菜市", "夜市"])
    {
        return None;
    }
    let level = if ends(&["省", "自治区"]) {
        Level::Province
    } else if ends(&["市"]) && behind.starts_with('场') {
        return None;
    } else if ends(&["地区", "自治州", "盟"]) || (ends(&["市"]) && above < Level::City) {
        Level::City
    } else if ends(&["区", "县", "旗", "市"])
        || (ends(&["镇", "乡", "街道"]) && above == Level::City)
    {
        Level::District
    } else {
        return None;
    };
    (level > above).then_some(level)
}

/// The last four characters, if at least four more stay hidden and all are of ASCII.
fn last_four(text: &str) -> &str {
    if text.len() >= 8 && text.bytes().all(|it| it.is_ascii_alphanumeric()) {
        &text[text.len() - 4..]
    } else {
        ""
    }
}

fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_show_the_surname() {
        for (whole, masked) in [
            ("", ""),
            ("张", "*"),
            ("张三", "张*"),
            (" 张三丰 ", "张**"),
            ("欧阳", "欧*"),
            ("欧阳修", "欧阳*"),
            ("司马相如", "司马**"),
            ("上官婉儿", "上官**"),
            ("诸葛亮", "诸葛*"),
            ("王欧阳", "王**"),
            ("爱新觉罗溥仪", "爱***"),
            ("买买提·吐尔逊", "买***"),
            ("𠮷田", "𠮷*"),
            ("John Smith", "J***"),
            ("张三（法定代理人）", "张***"),
            ("é", "*"),
            ("👩‍👩‍👧", "👩***"),
        ] {
            assert_eq!(name(whole), masked, "{whole}");
        }
    }

    #[test]
    fn phones_hide_at_least_four_digits() {
        for (whole, masked) in [
            ("13800138000", "138****8000"),
            ("+86 138-0013-8000", "138****8000"),
            ("021-63219988", "021****9988"),
            ("021-63219988-801", "021****9988"),
            ("0571-85012345", "0571****2345"),
            ("0515-8501234", "0515****234"),
            ("63219988", "****9988"),
            ("6321998", "****998"),
            ("400-820-8820", "****8820"),
            ("+44 20 7946 0000", "****0000"),
            ("12315", "****5"),
            ("110", "****"),
            ("", "****"),
            ("微信号 abc", "****"),
        ] {
            assert_eq!(phone(whole), masked, "{whole}");
        }
    }

    #[test]
    fn documents_and_accounts_show_their_end() {
        for (whole, masked) in [
            ("11010519491231002x", "110105********002X"),
            ("110105491231002", "****1002"),
            ("E12345678", "****5678"),
            ("H1234567", "****4567"),
            ("1234567", "****"),
            ("护照E12345678", "****"),
            ("", "****"),
        ] {
            assert_eq!(identity_number(whole), masked, "{whole}");
        }
        for (whole, masked) in [
            ("6222 0212 3456 1234", "**** 1234"),
            ("1234567", "****"),
            ("", "****"),
            ("账号", "****"),
        ] {
            assert_eq!(bank_account(whole), masked, "{whole}");
        }
        for (whole, masked) in [
            ("zhang@x.cn", "z***@x.cn"),
            ("z@x.cn", "***@x.cn"),
            ("张三@x.cn", "张***@x.cn"),
            ("a@b@x.cn", "a***@x.cn"),
            ("nobody", "****"),
        ] {
            assert_eq!(email(whole), masked, "{whole}");
        }
    }

    #[test]
    fn addresses_end_at_the_district() {
        for (whole, masked) in [
            ("", ""),
            ("上海市徐汇区漕溪北路100号", "上海市徐汇区***"),
            ("上海市徐汇区", "上海市徐汇区***"),
            ("上海市浦东新区世纪大道1号", "上海市浦东新区***"),
            ("浙江省杭州市西湖区文三路1号", "浙江省杭州市西湖区***"),
            ("浙江杭州西湖区文三路1号", "浙江杭州西湖区***"),
            ("江苏省苏州市昆山市玉山镇", "江苏省苏州市昆山市***"),
            ("广东省东莞市虎门镇太沙路", "广东省东莞市虎门镇***"),
            ("浙江省台州市路桥区路南街道", "浙江省台州市路桥区***"),
            ("内蒙古自治区锡林郭勒盟正蓝旗上都镇", "内蒙古自治区锡林郭勒盟正蓝旗***"),
            ("湖南省湘西土家族苗族自治州凤凰县", "湖南省湘西土家族苗族自治州凤凰县***"),
            ("新疆维吾尔自治区喀什地区疏附县", "新疆维吾尔自治区喀什地区疏附县***"),
            ("香港特别行政区中西区", "香港特别行政区***"),
            ("云南省临沧市双江拉祜族佤族布朗族傣族自治县", "云南省临沧市***"),
            ("徐汇区漕溪北路100号", "徐汇区***"),
            ("上海市中山公园市场旁", "上海市***"),
            ("阳光小区5号楼", "***"),
            ("漕溪北路100号幸福区", "***"),
            ("221B Baker Street", "***"),
            ("深圳市12号区", "深圳市***"),
            ("区", "***"),
        ] {
            assert_eq!(address(whole), masked, "{whole}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_mask_panic(text: String, han in "[张欧阳省市区县路号镇街道0-9A-z@+-]{0,24}") {
            for it in [text, han] {
                for mask in [name, phone, identity_number, bank_account, email, address] {
                    mask(&it);
                }
                prop_assert!(!address(&it).chars().any(|it| it.is_ascii_alphanumeric()));
            }
        }

        #[test]
        fn the_middle_digits_are_gone(mobile in "1[3-9][0-9]{9}", account in "[0-9]{10,30}", id in "[0-9]{17}[0-9X]") {
            prop_assert_eq!(phone(&mobile), format!("{}****{}", &mobile[..3], &mobile[7..]));
            prop_assert_eq!(bank_account(&account), format!("**** {}", &account[account.len() - 4..]));
            prop_assert_eq!(identity_number(&id), format!("{}********{}", &id[..6], &id[14..]));
        }

        #[test]
        fn a_phone_never_shows_more_than_all_but_four_digits(raw in "[+]?[0-9]{3,20}") {
            if let Ok(whole) = Phone::parse(&raw) {
                let digits = |it: &str| it.bytes().filter(u8::is_ascii_digit).count();
                let (all, shown) = (digits(whole.reveal()), digits(&phone(&raw)));
                prop_assert!(shown <= all.saturating_sub(4), "{} of {}", shown, all);
            }
        }
    }
}
