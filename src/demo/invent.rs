//! People and shops that do not exist: numbers with right checksums under division codes that
//! no county has, telephone numbers nobody can be given, house numbers beyond the end of the
//! street.

use chrono::{Days, NaiveDate};

use super::dice::Dice;
use crate::parties::{AddAgent, AddParty};
use crate::words::{AgentKind, AgentPower, Gender, IdentityDocument, PartyKind, PartyRole};

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "韩", "冯", "曹", "彭", "曾",
    "萧", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁",
    "任", "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "贾", "夏",
    "欧阳", "诸葛", "司徒",
];
const WOMEN: &[&str] = &[
    "晓雯", "佳怡", "雨欣", "思琪", "丽华", "秀英", "婷婷", "静怡", "梦洁", "慧敏", "雅琴", "玉兰",
    "嘉宁", "若曦", "文静", "春梅", "海燕", "诗涵", "美玲", "淑芬", "悦", "琳", "颖", "蓉", "洁",
    "菁", "一诺", "可欣", "筱薇", "碧云", "凤珍", "月娥",
];
const MEN: &[&str] = &[
    "建国", "志强", "浩然", "子轩", "俊杰", "文博", "伟明", "国栋", "海涛", "宇航", "家豪", "德明",
    "永康", "立群", "晨曦", "书恒", "振华", "一鸣", "天佑", "博文", "磊", "涛", "鹏", "睿", "昊",
    "斌", "思远", "承志", "奕辰", "长根", "福林", "阿毛",
];
const STREETS: &[&str] = &[
    "天钥桥路",
    "肇嘉浜路",
    "漕溪北路",
    "虹桥路",
    "华山路",
    "衡山路",
    "宜山路",
    "零陵路",
    "斜土路",
    "裕德路",
    "辛耕路",
    "番禺路",
    "广元西路",
    "蒲汇塘路",
    "南丹东路",
    "文定路",
];
const BUILDINGS: &[&str] = &["乐在美罗", "聚在申通", "爱在建汇", "创在腾飞", "荟在港汇"];

/// Division codes that no county has: the middle pair is not given to any prefecture.
const DIVISIONS: &[&str] = &["319901", "329903", "339905", "349907", "369909", "429911"];

/// The rows of a brand name. Three of them together are no word.
const BRAND: [&[&str]; 3] = [
    &["砚", "岚", "昀", "珩", "沅", "槿", "澍", "栀", "峤", "旻", "蘅", "弈"],
    &["禾", "屿", "汀", "芷", "笙", "棠", "溪", "杉", "漪", "柚", "苓", "桐"],
    &["里", "集", "坊", "予", "木", "朵", "舍", "川", "园", "白", "山", "野"],
];

/// An identity number with the right last character (GB 11643-1999).
fn identity_number(dice: &mut Dice, born: NaiveDate, gender: Gender) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    // The last digit of the order is odd for men.
    let order = dice.between(1, 400) * 2 + i64::from(gender == Gender::Male);
    let number = format!("{}{}{order:03}", dice.pick(DIVISIONS), born.format("%Y%m%d"));
    let digits = number.chars().filter_map(|it| it.to_digit(10));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = CHECKS.into_iter().cycle().nth(sum as usize % 11).unwrap_or('0');
    format!("{number}{check}")
}

/// A unified social credit code (GB 32100-2015) of a company (91) or a sole trader (92).
fn credit_code(dice: &mut Dice, sole: bool) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let kind = if sole { "92" } else { "91" };
    let mut code = format!("{kind}{}MADEM", dice.pick(DIVISIONS));
    while code.len() < 17 {
        code.push(char::from(dice.pick(ALPHABET)));
    }
    let place = |byte| ALPHABET.iter().position(|it| *it == byte).unwrap_or(0);
    let (mut weight, mut sum) = (1, 0);
    for byte in code.bytes() {
        sum += place(byte) * weight;
        weight = weight * 3 % 31;
    }
    code.push(char::from(ALPHABET[(31 - sum % 31) % 31]));
    code
}

/// A mobile number of a block that no operator has.
fn phone(dice: &mut Dice) -> String {
    format!("{}{:08}", dice.pick(&["154", "160"]), dice.between(10_000_000, 99_999_999))
}

fn home(dice: &mut Dice) -> String {
    let street = dice.pick(STREETS);
    let (lane, house) = (dice.between(9001, 9399), dice.between(1, 60));
    let (floor, room) = (dice.between(1, 24), dice.between(1, 6));
    format!("上海市徐汇区{street} {lane} 弄 {house} 号 {floor}{room:02} 室")
}

fn given_name(dice: &mut Dice) -> (Gender, &'static str) {
    // Women complain a little more often.
    if dice.chance(56) {
        (Gender::Female, dice.pick(WOMEN))
    } else {
        (Gender::Male, dice.pick(MEN))
    }
}

/// A grown-up's full name.
pub(super) fn name(dice: &mut Dice) -> String {
    let (_, given) = given_name(dice);
    format!("{}{given}", dice.pick(SURNAMES))
}

/// A person who was never born.
pub(super) fn person(dice: &mut Dice, today: NaiveDate, ages: (i64, i64)) -> AddParty {
    let (gender, given) = given_name(dice);
    let days = dice.between(ages.0 * 366, ages.1 * 365);
    let born = today - Days::new(days.unsigned_abs());
    let surname = dice.pick(SURNAMES);
    let mut party = AddParty {
        role: PartyRole::Applicant,
        kind: PartyKind::NaturalPerson,
        name: format!("{surname}{given}"),
        gender: Some(gender),
        born_on: Some(born),
        identity_document: Some(IdentityDocument::ResidentIdCard),
        id_number: Some(identity_number(dice, born, gender)),
        identity_verified: true,
        credit_code: None,
        legal_representative: None,
        phone: Some(phone(dice)),
        address: Some(home(dice)),
        bank_account: None,
    };
    if ages.0 >= 18 && dice.chance(2) {
        let name = dice.pick(&["安娜·米勒", "马库斯·林德", "佐藤美咲", "金秀妍", "伊莎贝尔·罗西"]);
        name.clone_into(&mut party.name);
        party.identity_document = Some(IdentityDocument::Passport);
        party.id_number = Some(format!("XX{:07}", dice.between(1_000_000, 9_999_999)));
    }
    if dice.chance(6) {
        party.bank_account = Some(format!("99000000{:011}", dice.between(1, 99_999_999_999)));
    }
    party
}

/// The parent who acts for a minor.
pub(super) fn guardian(dice: &mut Dice, child: &AddParty, today: NaiveDate) -> AddAgent {
    let parent = person(dice, today, (34, 50));
    let (gender, given) = given_name(dice);
    let surname = SURNAMES.iter().rev().find(|it| child.name.starts_with(**it));
    let surname = surname.copied().unwrap_or_default();
    let born = parent.born_on.unwrap_or(today);
    AddAgent {
        kind: AgentKind::Guardian,
        power: AgentPower::Settlement,
        name: format!("{surname}{given}"),
        organization: None,
        representative_id: None,
        mandate_scope: None,
        mandate_from: None,
        mandate_until: None,
        mandate_seen: false,
        id_number: Some(identity_number(dice, born, gender)),
        phone: parent.phone,
    }
}

/// Somebody who acts for a party by mandate.
pub(super) fn agent(
    dice: &mut Dice,
    kind: AgentKind,
    organization: Option<String>,
    today: NaiveDate,
) -> AddAgent {
    let days = dice.chance(70).then_some(Days::new(365));
    AddAgent {
        kind,
        power: AgentPower::Settlement,
        name: name(dice),
        organization,
        representative_id: None,
        mandate_scope: Some(
            "代为参加调解，代为承认、放弃、变更诉求，进行和解，签收有关文书。".to_owned(),
        ),
        mandate_from: Some(today),
        mandate_until: days.map(|it| today + it),
        mandate_seen: true,
        id_number: None,
        phone: Some(phone(dice)),
    }
}

/// A law firm that is none.
pub(super) fn law_firm(dice: &mut Dice) -> String {
    format!("上海{}律师事务所", brand(dice))
}

/// An enterprise that nobody complains about: its name and code.
pub(super) fn neighbour(dice: &mut Dice) -> (String, String) {
    const SUFFIXES: &[&str] = &[
        "商贸有限公司",
        "餐饮管理有限公司",
        "文化传播有限公司",
        "信息科技有限公司",
        "美容美发有限公司",
        "教育科技有限公司",
        "健身服务有限公司",
    ];
    let name = format!("上海{}{}", brand(dice), dice.pick(SUFFIXES));
    (name, credit_code(dice, false))
}

pub(super) fn brand(dice: &mut Dice) -> String {
    BRAND.iter().map(|it| dice.pick(it)).collect()
}

/// What a shop does, as it stands at the end of its name; sole traders are named by the
/// district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trade {
    pub suffix: &'static str,
    pub sole: bool,
}

/// The shops that people complain about. Some are complained about again and again.
#[derive(Debug, Default)]
pub(super) struct Shops(Vec<(Trade, AddParty)>);

impl Shops {
    /// A shop of this trade: its place in the list, and the respondent.
    pub fn pick(&mut self, dice: &mut Dice, trade: Trade) -> (usize, AddParty) {
        let known = self.of(trade);
        if known.is_empty() || (known.len() < 4 && dice.chance(40)) {
            self.0.push((trade, shop(dice, trade)));
            let last = self.0.len() - 1;
            return (last, self.0[last].1.clone());
        }
        let place = dice.pick(&known);
        (place, self.0[place].1.clone())
    }

    /// The first shop of this trade.
    pub fn first(&mut self, dice: &mut Dice, trade: Trade) -> (usize, AddParty) {
        let Some(place) = self.of(trade).first().copied() else { return self.pick(dice, trade) };
        (place, self.0[place].1.clone())
    }

    /// Each with its credit code.
    pub fn names_and_codes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(_, it)| Some((it.name.as_str(), it.credit_code.as_deref()?)))
    }

    fn of(&self, trade: Trade) -> Vec<usize> {
        (0..self.0.len()).filter(|it| self.0[*it].0 == trade).collect()
    }
}

fn shop(dice: &mut Dice, trade: Trade) -> AddParty {
    let place = if trade.sole { "徐汇区" } else { "上海" };
    let address = if dice.chance(60) {
        let (building, floor) = (dice.pick(BUILDINGS), dice.between(1, 8));
        format!("上海市徐汇区{building}楼宇 {floor} 层 {floor}{:02} 铺", dice.between(1, 40))
    } else {
        format!("上海市徐汇区{} {} 号", dice.pick(STREETS), dice.between(9001, 9399))
    };
    let name = format!("{place}{}{}", brand(dice), trade.suffix);
    organization(dice, PartyRole::Respondent, trade.sole, name, address)
}

fn organization(
    dice: &mut Dice,
    role: PartyRole,
    sole: bool,
    name: String,
    address: String,
) -> AddParty {
    AddParty {
        role,
        kind: PartyKind::Organization,
        name,
        gender: None,
        born_on: None,
        identity_document: Some(IdentityDocument::BusinessLicense),
        id_number: None,
        identity_verified: true,
        credit_code: Some(credit_code(dice, sole)),
        legal_representative: Some(self::name(dice)),
        phone: Some(phone(dice)),
        address: Some(address),
        bank_account: None,
    }
}

/// The mall that lets the shop its space: a third party.
pub(super) fn mall(dice: &mut Dice) -> AddParty {
    let name = format!("上海{}商业管理有限公司", brand(dice));
    let address = format!("上海市徐汇区{}楼宇管理处", dice.pick(BUILDINGS));
    organization(dice, PartyRole::ThirdParty, false, name, address)
}
