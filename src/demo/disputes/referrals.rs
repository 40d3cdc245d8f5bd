//! Matters that come to the station and are not for it, with the desk that is right.

use super::{SERVICE, Template, company, sole_trader};
use crate::demo::people::Office;
use crate::words::{Category, ClaimKind};

/// A matter, where it belongs, and why there.
pub(in crate::demo) type Referral = (Template, Office, &'static str);

const OTHER: Template =
    Template { category: Category::Other, claim: ClaimKind::Other, price: (300, 6000), ..SERVICE };

pub(super) const REFERRALS: &[Referral] = &[
    (
        Template {
            trade: company("服饰有限公司"),
            title: "专柜促销员销售提成拖欠纠纷",
            subject: "销售提成",
            wish: "支付拖欠的销售提成 {sum}。",
            facts: "申请人自 {date}起在商场专柜做促销员，公司口头约定提成，离职时尚有 {price}未付。\
                    申请人认为是在商场发生的纠纷，来站请求调解。",
            reply: "提成须待总部核算。",
            matter: "提成数额。",
            duty: "属于劳动争议。",
            ..OTHER
        },
        Office::LABOR,
        "双方系劳动关系，属于劳动争议，转送劳动人事争议调解组织处理，已告知申请人联系方式。",
    ),
    (
        Template {
            trade: sole_trader("食品超市"),
            title: "举报超市更改生产日期",
            subject: "散装熟食",
            category: Category::FoodSafety,
            wish: "请求查处更改生产日期的行为。",
            facts: "申请人于 {date}在超市看到店员把前一天的熟食重新打印标签，本人购买 {price}。\
                    申请人不要求赔偿，只要求查处。",
            reply: "标签由系统自动打印。",
            matter: "是否更改生产日期。",
            duty: "属于违法线索。",
            ..OTHER
        },
        Office::MARKET_SUPERVISION,
        "反映的是违法线索而非民事争议，转送市场监督管理所按举报程序核查。",
    ),
    (
        Template {
            trade: company("健康科技有限公司"),
            title: "外省直播间购物维权咨询",
            subject: "养生茶",
            online: true,
            wish: "协助向外省商家退款 {sum}。",
            facts: "申请人于 {date}在外省直播间购买养生茶，支付 {price}。商家注册地和平台均不在本市，\
                    商家表示不接受异地调解。",
            reply: "不接受异地调解。",
            matter: "是否退款。",
            duty: "由有管辖权的组织处理。",
            ..OTHER
        },
        Office::CONSUMER_COUNCIL,
        "商家和平台均在外省，转送消保委联络点通过异地协作渠道处理。",
    ),
    (
        Template {
            trade: company("建筑装饰工程有限公司"),
            title: "装修合同纠纷申请人已向法院起诉",
            subject: "住宅装修",
            category: Category::Contract,
            wish: "请求继续协商退还工程款 {sum}。",
            facts: "申请人于 {date}签订装修合同，支付 {price}，因质量问题已向法院提交起诉材料，现希望\
                    在立案前调解。",
            reply: "等待法院处理。",
            matter: "工程款。",
            duty: "由诉调对接中心处理。",
            ..OTHER
        },
        Office::COURT,
        "申请人已向法院递交诉状，转送法院诉调对接中心统一安排先行调解。",
    ),
    (
        Template {
            trade: sole_trader("烧烤店"),
            title: "烧烤店油烟扰民投诉",
            subject: "餐饮油烟",
            wish: "请求有关部门处理油烟和噪声扰民。",
            facts: "申请人住在商铺楼上，自 {date}起多次反映烧烤店油烟和深夜噪声，并自费 {price}安装\
                    隔音窗。",
            reply: "已安装净化设备。",
            matter: "油烟和噪声。",
            duty: "属于城市管理事项。",
            ..OTHER
        },
        Office::HOTLINE,
        "属于城市管理事项，不是消费纠纷，转送街道城运中心派单处理。",
    ),
];
