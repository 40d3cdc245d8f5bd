//! What people eat: restaurants, deliveries, supermarkets.

use super::goods::GOODS_SOLD;
use super::{Remedy, SERVICE, Template, company, sole_trader};
use crate::words::{Category, ClaimKind};

pub(super) const FOOD: &[Template] = &[
    Template {
        trade: company("餐饮管理有限公司"),
        title: "餐厅菜品中吃出异物赔偿纠纷",
        subject: "堂食餐饮",
        category: Category::FoodSafety,
        price: (160, 980),
        share: (95, 100),
        ago: (0, 3),
        wish: "退还餐费 {sum}，并依法支付惩罚性赔偿。",
        facts: "申请人一家于 {date}在餐厅用餐，消费 {price}。用餐过半在汤中发现一段金属清洁丝，当场\
                拍照并叫来经理。餐厅只愿意免掉这道菜，申请人不接受。",
        reply: "异物来源不能确定，愿意免单并赠送代金券，不同意按十倍赔偿。",
        matter: "异物是否由餐厅造成，是否适用惩罚性赔偿。",
        duty: "餐厅未能保证食品安全，应当退还餐费；食品不符合安全标准的，消费者可以要求支付价款十倍的赔偿。",
        remedy: Remedy::RefundAndPunitive,
        ..SERVICE
    },
    Template {
        trade: company("餐饮管理有限公司"),
        title: "包间最低消费和服务费纠纷",
        subject: "包间用餐",
        category: Category::Price,
        price: (1200, 6800),
        share: (10, 30),
        ago: (0, 5),
        wish: "退还未事先告知的包间服务费 {sum}。",
        facts: "申请人于 {date}在餐厅包间宴请，结账 {price}，账单中列有百分之十五的服务费和餐位费。\
                预订电话和菜单上都没有说明。申请人当场要求取消，餐厅拒绝。",
        reply: "服务费标准写在包间门口的立牌上，所有顾客一视同仁。",
        matter: "服务费是否事先明示。",
        duty: "收费项目应当事先以显著方式告知并取得同意，未告知的服务费应予退还。",
        ..SERVICE
    },
    Template {
        trade: company("餐饮管理有限公司"),
        title: "外卖食品变质致腹泻赔偿纠纷",
        subject: "外卖套餐",
        category: Category::FoodSafety,
        online: true,
        price: (35, 160),
        share: (95, 100),
        ago: (0, 3),
        claim: ClaimKind::Compensation,
        wish: "退还餐费并赔偿医药费和惩罚性赔偿，其中餐费 {sum}。",
        facts: "申请人于 {date}通过外卖平台订餐，支付 {price}。食用后两小时腹泻，到医院急诊诊断为急性\
                肠胃炎。剩余食物有明显酸味，申请人保留了照片和病历。",
        reply: "当日同批菜品没有其他投诉，不排除配送时间过长，愿意承担部分医药费。",
        matter: "腹泻与外卖食品有无因果关系，赔偿数额。",
        duty: "经营者对食品安全负首责，不能证明食品合格的，应当赔偿损失，赔偿金不足一千元的按一千元计。",
        remedy: Remedy::RefundAndPunitive,
        ..SERVICE
    },
    Template {
        trade: sole_trader("食品超市"),
        title: "超市购买过期食品赔偿纠纷",
        subject: "低温酸奶",
        category: Category::FoodSafety,
        price: (18, 96),
        ago: (0, 3),
        claim: ClaimKind::PunitiveDamages,
        wish: "退还货款并支付不低于一千元的赔偿，货款 {sum}。",
        facts: "申请人于 {date}在超市购买酸奶一组，支付 {price}。到家后发现其中两瓶已过保质期三天，当晚\
                返回超市交涉，店长只同意退货。申请人保留了小票和商品。",
        reply: "当天清点时未发现过期商品，不排除顾客自行调换，愿意退货并赠购物券。",
        matter: "过期商品是否由该店售出，赔偿数额。",
        duty: "销售超过保质期的食品，消费者可以要求支付价款十倍的赔偿，不足一千元的为一千元。",
        remedy: Remedy::RefundAndPunitive,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("食品超市"),
        title: "进口零食无中文标签纠纷",
        subject: "进口饼干",
        category: Category::FoodSafety,
        price: (46, 260),
        ago: (0, 10),
        wish: "退还货款 {sum}并赔偿。",
        facts: "申请人于 {date}购买进口饼干三盒，支付 {price}。外包装没有中文标签，孩子食用后起疹，医生\
                怀疑坚果过敏。申请人认为没有中文配料表导致无法识别。",
        reply: "商品由供应商供货，标签可能运输中脱落，愿意退款并承担门诊费。",
        matter: "缺少中文标签与过敏的关系，赔偿数额。",
        duty: "进口预包装食品应当有中文标签，没有的不得销售，经营者应当退款并赔偿损失。",
        remedy: Remedy::RefundAndPunitive,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("果品店"),
        title: "水果礼盒缺斤短两纠纷",
        subject: "水果礼盒",
        category: Category::Measurement,
        price: (128, 468),
        share: (30, 100),
        ago: (0, 4),
        wish: "退还差额 {sum}，赔偿五百元。",
        facts: "申请人于 {date}购买水果礼盒两箱，支付 {price}，标注净重 5 公斤。送人前称重发现连箱只有\
                4.1 公斤，下层还有烂果。店主称箱子是供货商封好的。",
        reply: "礼盒按箱销售，重量为约数，可以补两斤水果。",
        matter: "礼盒重量不足的责任。",
        duty: "商品净含量与标注不符的，经营者应当补足或者退还差额，构成欺诈的最低赔偿五百元。",
        remedy: Remedy::RefundAndPunitive,
        ..GOODS_SOLD
    },
];
