//! A station of many years: cases whose texts and names differ as real ones do, two hundred
//! mediators with something in hand, and the hearings of a month. What search, suggestions and
//! calendars are measured on. Written table by table; the index of search is left to
//! `huijie search rebuild`.

use chrono::{DateTime, TimeDelta, Utc};
use huijie::app::App;
use huijie::entity::{assignment, case, case_member, hearing, party, user};
use huijie::words::{
    AssignmentOrigin, AssignmentStatus, CaseStatus, Category, Channel, Gender, HearingMode,
    HearingStatus, LegalBasis, Outcome, PanelSeat, PartyKind, PartyRole, Role, SubjectKind, Track,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::station;

/// How many people may mediate.
const MEDIATORS: usize = 200;
/// How many cases are written by one statement.
const BATCH: usize = 200;
/// One of so many cases has a hearing within the month.
const HEARD: usize = 50;

const SURNAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "高", "林", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
    "肖", "田", "董", "袁", "潘", "于", "蒋", "蔡",
];
const GIVEN: [&str; 50] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉", "兰", "红", "梅", "鹏", "辉", "雪", "琳",
    "晨", "欣", "怡", "佳", "宇", "浩", "轩", "博", "文", "思", "雨", "梦", "晓", "雯", "建", "国",
    "志", "成",
];
const BRANDS: [&str; 30] = [
    "悦动", "乐活", "星辰", "美琳", "康瑞", "卓越", "千禧", "优学", "童趣", "丽人", "百味", "鲜果",
    "万家", "新禾", "启航", "天域", "华彩", "东湖", "西岸", "南风", "北斗", "云端", "极光", "橙子",
    "蓝海", "青禾", "金桥", "银杏", "白鹭", "朱雀",
];
const TRADES: [&str; 10] =
    ["健身", "美容", "餐饮", "教育培训", "食品", "家电维修", "口腔", "网络科技", "家居", "旅行社"];
const GOODS: [&str; 12] = [
    "健身年卡",
    "美容套餐",
    "英语课程",
    "扫地机器人",
    "婚宴预订",
    "生鲜礼盒",
    "儿童早教课",
    "智能手机",
    "沙发定制",
    "洗牙套餐",
    "境外跟团游",
    "二手相机",
];
const FACTS: [&str; 12] = [
    "申请人在店内办理预付卡后不久门店停业，联系不到负责人。",
    "销售人员承诺随时可退，实际拒绝退款并要求扣除高额手续费。",
    "商品到货后发现与宣传不符，商家以拆封为由不予退换。",
    "多次维修后故障依旧，申请人要求更换同型号新品。",
    "广告宣称疗效显著，使用后出现过敏，商家否认存在虚假宣传。",
    "合同约定的课时未能安排，老师频繁更换，申请人要求解除合同。",
    "结账时被收取未事先告知的服务费和餐具费。",
    "网上下单后迟迟不发货，客服反复推诿。",
    "食品在保质期内变质，申请人保留了小票和照片。",
    "押金应在七日内退还，至今已逾两个月。",
    "商家更换经营主体后不认可原有会员权益。",
    "定制家具尺寸有误，安装后留有明显缝隙。",
];

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.next(from.len())]
    }

    fn person(&mut self) -> String {
        let second = if self.next(3) == 0 { "" } else { self.pick(&GIVEN) };
        format!("{}{}{second}", self.pick(&SURNAMES), self.pick(&GIVEN))
    }
}

/// What is asked of search, with so many characters.
pub fn questions(characters: usize, many: usize) -> Vec<String> {
    let mut dice = Dice(7);
    let question = |dice: &mut Dice| match (characters, dice.next(4)) {
        (2, 0) => dice.pick(&BRANDS).to_owned(),
        (2, 1) => dice.pick(&["退款", "押金", "停业", "过敏"]).to_owned(),
        (2, _) => format!("{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN)),
        (3, 0) => dice.pick(&["预付卡", "小票和", "虚假宣", "服务费"]).to_owned(),
        (3, _) => format!("{}{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN), dice.pick(&GIVEN)),
        (_, 0) => dice.pick(&["扫地机器人 故障", "存在虚假宣传", "境外跟团游"]).to_owned(),
        (_, _) => format!("上海{}健身", dice.pick(&BRANDS)),
    };
    (0..many).map(|_| question(&mut dice)).collect()
}

/// Fills a station that [`station::make`] has set up.
pub async fn fill(app: &App, cases: usize) -> anyhow::Result<()> {
    let now = app.clock.now();
    let offices = station::all_offices(app).await?;
    let template = station::user(app, "mediator0").await?;
    let mediators: Vec<Uuid> = (0..MEDIATORS).map(|_| Uuid::now_v7()).collect();
    let rows = mediators.iter().enumerate().map(|(number, id)| user::Model {
        id: *id,
        username: format!("panel{number}"),
        display_name: format!("调解员{number}"),
        office_id: offices[number % offices.len()],
        ..template.clone()
    });
    write(app, rows.collect()).await?;
    let mut clerks = Vec::new();
    for number in 0..offices.len() {
        clerks.push(station::user(app, &format!("clerk{number}")).await?.id);
    }

    let mut dice = Dice(42);
    let mut done = 0;
    while done < cases {
        let many = BATCH.min(cases - done);
        let (mut own, mut members, mut parties) = (Vec::new(), Vec::new(), Vec::new());
        let (mut assigned, mut heard) = (Vec::new(), Vec::new());
        for number in done..done + many {
            let place = number % offices.len();
            // From the oldest to the newest, over ten years.
            let age = TimeDelta::minutes(
                5_256_000 / i64::try_from(cases)? * i64::try_from(cases - number)?,
            );
            let mediator = mediators[dice.next(MEDIATORS)];
            let left = cases - number;
            let is_new = left <= 1000;
            let status = match left {
                0..=1000 => CaseStatus::Accepted,
                1001..=3000 => CaseStatus::Mediating,
                _ => CaseStatus::Closed,
            };
            let case = case(&mut dice, number, (offices[place], clerks[place]), now - age, status);
            for (ordinal, user_id) in [clerks[place], mediator].into_iter().enumerate() {
                if ordinal == 0 || !is_new {
                    members.push(case_member::Model {
                        id: format!("{}/{user_id}", case.id),
                        case_id: case.id,
                        user_id,
                    });
                }
            }
            parties.push(applicant(&mut dice, &case));
            parties.push(respondent(&mut dice, &case));
            if !is_new {
                assigned.push(seat(&case, mediator, clerks[place]));
            }
            if number % HEARD == 0 {
                heard.push(hearing(&mut dice, &case, now));
            }
            own.push(case);
        }
        write(app, own).await?;
        write(app, members).await?;
        write(app, parties).await?;
        write(app, assigned).await?;
        write(app, heard).await?;
        done += many;
    }
    if app.database.backend() != sea_orm::DbBackend::Sqlite {
        use sea_orm::ConnectionTrait as _;
        app.database.writer().execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

async fn write<M, A>(app: &App, rows: Vec<M>) -> anyhow::Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    if !rows.is_empty() {
        let rows: Vec<A> = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
        A::Entity::insert_many(rows).exec_without_returning(app.database.writer()).await?;
    }
    Ok(())
}

fn case(
    dice: &mut Dice,
    number: usize,
    (office_id, registered_by): (Uuid, Uuid),
    at: DateTime<Utc>,
    status: CaseStatus,
) -> case::Model {
    let ended = (status == CaseStatus::Closed).then_some(at);
    let goods = dice.pick(&GOODS);
    let facts = (0..4).map(|_| dice.pick(&FACTS)).collect::<String>();
    case::Model {
        id: Uuid::now_v7(),
        case_number: Some(format!("沪徐消调〔{}〕{number}号", at.format("%Y"))),
        office_id,
        registered_by,
        channel: Channel::WalkIn,
        legal_basis: LegalBasis::Applied,
        external_number: None,
        track: Track::PeopleMediation,
        status,
        outcome: ended.map(|_| Outcome::Agreement),
        outcome_reason: None,
        outcome_explanation: None,
        title: format!("{goods}{}", dice.pick(&["退款纠纷", "质量纠纷", "服务纠纷", "押金纠纷"])),
        facts,
        category: Category::PrepaidCard,
        subject_kind: SubjectKind::Service,
        subject_name: goods.to_owned(),
        purchased_on: None,
        price_fen: Some(358_000),
        bought_online: false,
        prepaid_card: true,
        complex: false,
        sensitive: false,
        order_kind: None,
        requested_at: at,
        received_at: at,
        accepted_at: Some(at),
        mediation_started_at: (status != CaseStatus::Accepted).then_some(at),
        termination_decided_at: None,
        termination_reason: None,
        termination_explanation: None,
        ended_at: ended,
        closed_at: ended,
        archived_at: None,
        retention: None,
        page_count: None,
        file_hash: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn applicant(dice: &mut Dice, case: &case::Model) -> party::Model {
    party::Model {
        id: Uuid::now_v7(),
        case_id: case.id,
        ordinal: 1,
        role: PartyRole::Applicant,
        kind: PartyKind::NaturalPerson,
        name: dice.person(),
        gender: Gender::Unknown,
        born_on: None,
        identity_document: None,
        identity_verified: true,
        credit_code: None,
        legal_representative: None,
        id_number_masked: None,
        phone_masked: None,
        address_masked: None,
        bank_account_masked: None,
        created_at: case.created_at,
    }
}

fn respondent(dice: &mut Dice, case: &case::Model) -> party::Model {
    party::Model {
        id: Uuid::now_v7(),
        ordinal: 2,
        role: PartyRole::Respondent,
        kind: PartyKind::Organization,
        name: format!("上海{}{}有限公司", dice.pick(&BRANDS), dice.pick(&TRADES)),
        ..applicant(dice, case)
    }
}

fn seat(case: &case::Model, mediator_id: Uuid, assigned_by: Uuid) -> assignment::Model {
    assignment::Model {
        id: Uuid::now_v7(),
        case_id: case.id,
        mediator_id,
        mediator_role: Role::Mediator,
        seat: PanelSeat::Presiding,
        origin: AssignmentOrigin::Designated,
        status: AssignmentStatus::Accepted,
        assigned_by,
        assigned_at: case.created_at,
        responded_at: Some(case.created_at),
        reason: None,
        suggestion_id: None,
        explanation: None,
    }
}

fn hearing(dice: &mut Dice, case: &case::Model, now: DateTime<Utc>) -> hearing::Model {
    let starts_at = now + TimeDelta::minutes(i64::try_from(dice.next(30 * 24 * 60)).unwrap_or(0));
    hearing::Model {
        id: Uuid::now_v7(),
        case_id: case.id,
        ordinal: 1,
        mode: HearingMode::OnSite,
        room_id: None,
        place: Some("徐家汇消费纠纷联合人民调解工作站".to_owned()),
        link: None,
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(90),
        status: HearingStatus::Scheduled,
        reason: None,
        minutes: None,
        minutes_read_back: None,
        result: None,
        recorder_id: None,
    }
}
