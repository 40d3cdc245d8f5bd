//! Goods that were bad, late, or not what they were sold for.

use super::{Remedy, SERVICE, Template, company, sole_trader};
use crate::words::{Category, ClaimKind, SubjectKind};

pub(super) const GOODS_SOLD: Template = Template {
    kind: SubjectKind::Goods,
    category: Category::Quality,
    share: (95, 100),
    remedy: Remedy::RefundAndReturn,
    ..SERVICE
};

pub(super) const GOODS: &[Template] = &[
    Template {
        trade: sole_trader("通讯设备经营部"),
        title: "新手机反复死机拒绝退换纠纷",
        subject: "智能手机",
        category: Category::AfterSales,
        price: (1800, 8999),
        ago: (5, 28),
        wish: "退还购机款 {sum}。",
        facts: "申请人于 {date}购买手机一台，支付 {price}。使用第五天起反复死机，店家重装系统后仍未解决。\
                申请人要求退换，店家称须先寄回厂家检测，至少一个月。",
        reply: "店里只负责销售，是否换机由厂家决定，检测报告没出来之前不能退换。",
        matter: "出现性能故障时销售者是否应当先行退换。",
        duty: "自购买之日起七日内出现性能故障的，消费者可以选择退货、换货或者修理，销售者不得推诿。",
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("通讯设备经营部"),
        title: "以翻新机冒充全新手机纠纷",
        subject: "智能手机",
        category: Category::FalseAdvertising,
        price: (2600, 7600),
        ago: (3, 60),
        wish: "退还货款 {sum}，并按价款三倍赔偿。",
        facts: "申请人于 {date}购买“全新未拆封”手机，支付 {price}。升级系统时发现激活日期早于购买日期\
                八个月，官方客服查询显示该机曾经返修。",
        reply: "手机从正规渠道进货，激活日期可能是渠道商演示所致，愿意退货退款。",
        matter: "是否构成欺诈，是否适用三倍赔偿。",
        duty: "以翻新机充当新机销售的，构成欺诈，应当退款并增加赔偿，双方可以就数额协商。",
        remedy: Remedy::RefundAndPunitive,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("通讯设备经营部"),
        title: "未成年人自行购买手机退货纠纷",
        subject: "智能手机",
        category: Category::Contract,
        ages: (8, 17),
        price: (2200, 6800),
        ago: (1, 10),
        wish: "确认购买行为无效，退机退款 {sum}。",
        facts: "未成年的申请人于 {date}用压岁钱到店购买手机，支付 {price}，监护人不知情也不同意。监护人\
                第二天带着手机和小票要求退货，店家以已经拆封激活为由拒绝。",
        reply: "购买时孩子自称已满十八岁，手机激活后无法二次销售，退货损失很大。",
        matter: "未成年人购买行为的效力，折旧损失由谁承担。",
        duty: "限制民事行为能力人实施的与其年龄不相适应的购买行为，监护人不追认的无效，双方应当相互返还。",
        ..GOODS_SOLD
    },
    Template {
        trade: company("电子商务有限公司"),
        title: "网购服装七日无理由退货被拒纠纷",
        subject: "连衣裙",
        category: Category::AfterSales,
        online: true,
        price: (180, 1280),
        ago: (4, 12),
        wish: "办理退货并退还货款 {sum}。",
        facts: "申请人于 {date}网购连衣裙，支付 {price}，收货次日申请七日无理由退货。商家称吊牌已剪、\
                影响二次销售而拒收。申请人称吊牌完好，有开箱照片。",
        reply: "仓库收到时吊牌线断开，属影响二次销售，平台也支持商家。",
        matter: "商品是否完好。",
        duty: "为检查、试用而拆封，不影响商品本身的，视为商品完好，应当自收到退回商品七日内退款。",
        ..GOODS_SOLD
    },
    Template {
        trade: company("电子商务有限公司"),
        title: "网购家电与页面描述不符纠纷",
        subject: "空气炸锅",
        category: Category::FalseAdvertising,
        online: true,
        price: (199, 899),
        ago: (4, 20),
        wish: "退还货款 {sum}，运费由商家承担。",
        facts: "申请人于 {date}网购空气炸锅，支付 {price}。页面标注容量 6 升、可视窗口，收到的产品容量不足\
                4 升且没有窗口。客服称实物以收到为准。",
        reply: "页面图片为系列图，规格表写明了该款容量，愿意补偿 50 元。",
        matter: "页面描述与实物不符的责任，退货运费的承担。",
        duty: "商品与页面描述不符的，经营者应当退货退款并承担运费。",
        ..GOODS_SOLD
    },
    Template {
        trade: company("珠宝首饰有限公司"),
        title: "直播间购买玉镯鉴定不符纠纷",
        subject: "翡翠手镯",
        category: Category::Counterfeit,
        online: true,
        price: (1280, 18_800),
        ago: (7, 60),
        wish: "退货退款 {sum}，承担鉴定费，并依法赔偿。",
        facts: "申请人于 {date}在直播间购买“天然 A 货”翡翠手镯，支付 {price}。送检机构出具结论为经过充填\
                处理。主播已将直播回放删除，申请人保存了录屏。",
        reply: "手镯附有证书，怀疑送检的不是同一只，可以退货但不同意赔偿。",
        matter: "送检手镯是否为所购手镯，是否构成欺诈。",
        duty: "经营者应当证明所售商品与宣传一致；充填处理未作说明的，应当退款并承担赔偿责任。",
        remedy: Remedy::RefundAndPunitive,
        ..GOODS_SOLD
    },
    Template {
        trade: company("珠宝首饰有限公司"),
        title: "黄金首饰克重不足纠纷",
        subject: "黄金项链",
        category: Category::Measurement,
        price: (3800, 26_800),
        share: (5, 15),
        ago: (2, 40),
        claim: ClaimKind::Compensation,
        wish: "补足克重差额 {sum}，并作出说明。",
        facts: "申请人于 {date}购买黄金项链，支付 {price}，标签重量 18.62 克。在另一家店清洗时称重为\
                17.9 克，自行到计量站复称结果一致。",
        reply: "称重误差可能来自清洗磨损，可以免费复称并赠送清洗服务。",
        matter: "克重差异的原因和补偿。",
        duty: "商品量短缺超过允许偏差的，经营者应当补足差额并承担相应责任。",
        remedy: Remedy::CompensationAndApology,
        ..GOODS_SOLD
    },
    Template {
        trade: company("珠宝首饰有限公司"),
        title: "定制钻戒交付延期退款纠纷",
        ages: (23, 38),
        subject: "定制钻戒",
        category: Category::Contract,
        price: (8800, 46_000),
        ago: (60, 150),
        wish: "解除定制合同，退还货款 {sum}。",
        facts: "申请人于 {date}定制钻戒，支付 {price}，约定四十五天交付。因婚期临近多次催促，门店一再\
                推迟。申请人另购戒指后要求退款，门店称定制商品不退。",
        reply: "裸石从境外调货清关延误，戒指已经镶嵌完成，随时可以取货。",
        matter: "延期交付是否导致合同目的不能实现。",
        duty: "迟延交付经催告后在合理期限内仍未履行的，买受人可以解除合同。",
        remedy: Remedy::Refund,
        ..GOODS_SOLD
    },
    Template {
        trade: company("家居有限公司"),
        title: "定制橱柜延期交付纠纷",
        subject: "定制橱柜",
        category: Category::Contract,
        price: (9800, 48_000),
        share: (8, 20),
        ago: (70, 180),
        claim: ClaimKind::Compensation,
        wish: "立即安装并支付逾期违约金 {sum}。",
        facts: "申请人于 {date}签订橱柜定制合同，支付 {price}，约定六十天安装。至今台面仍未到货，厨房无法\
                使用，申请人在外就餐已有一个多月。",
        reply: "石材供应紧张，台面下周可到，违约金按合同每日万分之三计算。",
        matter: "安装日期和违约金的计算。",
        duty: "经营者逾期交付的应当承担违约责任；约定的违约金低于实际损失的，可以适当增加。",
        remedy: Remedy::Compensation,
        ..GOODS_SOLD
    },
    Template {
        trade: company("家居有限公司"),
        title: "布艺沙发异味退货纠纷",
        subject: "布艺沙发",
        price: (2600, 12_800),
        ago: (5, 50),
        wish: "退货退款 {sum}。",
        facts: "申请人于 {date}购买布艺沙发，支付 {price}。送货后室内刺鼻气味一个月不散，家中老人头晕。\
                申请人自行检测甲醛超标，商家只认可其指定机构的报告。",
        reply: "沙发有出厂合格证，异味多通风即可，自测结果不作数，可以更换沙发套。",
        matter: "沙发有害物质是否超标，由谁负责检测。",
        duty: "耐用商品自接受之日起六个月内发现瑕疵的，由经营者承担举证责任；检测费由责任方承担。",
        ..GOODS_SOLD
    },
    Template {
        trade: company("家用电器有限公司"),
        title: "空调安装乱收费纠纷",
        subject: "家用空调",
        category: Category::Price,
        price: (2600, 9800),
        share: (8, 25),
        ago: (3, 30),
        wish: "退还不合理的安装材料费 {sum}。",
        facts: "申请人于 {date}购买空调两台，支付 {price}，宣传“免费安装”。安装师傅到场后收取支架、加长管、\
                打孔、高空作业费，没有价目表。申请人付款后发现比公示价高一倍。",
        reply: "材料费由安装服务商收取，与商店无关，可以协助联系退差价。",
        matter: "“免费安装”的范围和材料费标准。",
        duty: "宣传免费安装的，收费项目应当事先明示；高于公示标准的部分应当退还。",
        remedy: Remedy::Refund,
        ..GOODS_SOLD
    },
    Template {
        trade: company("家用电器有限公司"),
        title: "洗衣机三次维修未修好换机纠纷",
        subject: "滚筒洗衣机",
        category: Category::AfterSales,
        price: (2800, 7800),
        ago: (60, 300),
        claim: ClaimKind::Exchange,
        wish: "更换同型号新机；无货的退还货款 {sum}。",
        facts: "申请人于 {date}购买洗衣机，支付 {price}。保修期内因漏水先后维修三次，更换门封和排水泵后\
                仍然漏水，地板已被泡坏。售后表示还可以再修。",
        reply: "前两次为不同故障，不符合换机条件，愿意再次上门检修。",
        matter: "维修次数如何认定，是否符合换机条件。",
        duty: "保修期内两次维修仍不能正常使用的，经营者应当负责更换或者退货。",
        remedy: Remedy::Exchange,
        ..GOODS_SOLD
    },
    Template {
        trade: company("化妆品有限公司"),
        title: "使用化妆品过敏赔偿纠纷",
        subject: "面部精华液",
        category: Category::Safety,
        price: (280, 2680),
        ago: (3, 30),
        claim: ClaimKind::Compensation,
        wish: "退还货款 {sum}，赔偿医药费和误工费。",
        facts: "申请人于 {date}在专柜购买精华液，支付 {price}，使用两天后面部红肿脱皮。医院诊断为接触性\
                皮炎。专柜称需要提供由产品引起的鉴定。",
        reply: "产品备案齐全，个人体质不同，愿意退货，医药费需要凭鉴定报告。",
        matter: "过敏与产品的因果关系，费用承担。",
        duty: "经营者应当对产品的使用方法和过敏风险作出提示，未提示造成损害的应当承担相应责任。",
        remedy: Remedy::Compensation,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("宠物用品店"),
        title: "购买幼犬七日内死亡纠纷",
        subject: "宠物犬",
        price: (1200, 6800),
        ago: (4, 20),
        wish: "退还购犬款 {sum}，并承担治疗费。",
        facts: "申请人于 {date}购买一只柯基幼犬，支付 {price}，店家保证健康。第三天幼犬出现呕吐拉稀，宠物\
                医院确诊犬细小病毒，治疗四天后死亡。",
        reply: "售出时精神良好，协议写明离店后概不负责，可以半价再购一只。",
        matter: "幼犬发病是否在交付前已经存在，“离店概不负责”是否有效。",
        duty: "病毒潜伏期长于购买后的发病时间，可以认定交付前已感染；概不负责的条款无效。",
        remedy: Remedy::Refund,
        ..GOODS_SOLD
    },
    Template {
        trade: company("健康科技有限公司"),
        title: "老年人购买保健品虚假宣传纠纷",
        ages: (70, 86),
        subject: "保健食品",
        category: Category::FalseAdvertising,
        price: (2980, 28_800),
        share: (70, 100),
        ago: (5, 60),
        wish: "退货退款 {sum}。",
        facts: "申请人已年过七旬，于 {date}参加“免费体检”讲座，被告知血管堵塞严重，当场购买保健品，支付\
                {price}。子女发现产品只是普通食品，讲座宣称可以替代降压药。",
        reply: "讲座由合作方主办，产品手续齐全，已拆封的不能退。",
        matter: "宣传是否虚假，已拆封部分能否退款。",
        duty: "保健食品不得宣传疾病预防、治疗功能；以虚假宣传诱导老年人购买的，应当退货退款。",
        remedy: Remedy::RefundAndApology,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("眼镜店"),
        title: "配镜度数错误退换纠纷",
        subject: "近视眼镜",
        price: (480, 2800),
        ago: (3, 30),
        claim: ClaimKind::Exchange,
        wish: "免费重新配镜；配不好的退还 {sum}。",
        facts: "申请人于 {date}配眼镜一副，支付 {price}。佩戴后头晕恶心，到医院验光发现左眼度数偏高一百度、\
                轴位错误。店家称镜片为定制，不能退换。",
        reply: "验光时申请人自己确认清晰，镜片定制成本高，可以五折重配。",
        matter: "度数错误的责任。",
        duty: "经营者应当保证配镜参数准确，参数错误的应当免费重做或者退款。",
        remedy: Remedy::Exchange,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("玩具店"),
        title: "儿童玩具零件脱落安全纠纷",
        ages: (26, 45),
        subject: "电动玩具车",
        category: Category::Safety,
        price: (128, 880),
        ago: (1, 15),
        wish: "退货退款 {sum}。",
        facts: "申请人于 {date}购买电动玩具车，支付 {price}。玩了两天车轮螺丝脱落，孩子险些吞下。包装上\
                没有强制性认证标志。店主称玩具拆封不退。",
        reply: "玩具是正规厂家生产，标志印在内盒，螺丝可以免费加固。",
        matter: "玩具是否符合安全要求，拆封后能否退货。",
        duty: "不符合保障人身安全要求的商品，消费者可以要求退货，经营者并应停止销售。",
        ..GOODS_SOLD
    },
    Template {
        trade: company("汽车销售服务有限公司"),
        title: "新车订金不退纠纷",
        subject: "家用轿车",
        category: Category::Contract,
        price: (2000, 20_000),
        ago: (10, 60),
        wish: "退还订金 {sum}。",
        facts: "申请人于 {date}预订新车，支付订金 {price}，销售口头承诺贷款不批可退。贷款未获批准，申请人\
                要求退款，4S 店称收据写的是“定金”，不退。",
        reply: "收据和订单都写明定金，销售个人承诺不代表公司。",
        matter: "款项性质为订金还是定金，口头承诺是否有效。",
        duty: "销售人员的承诺属职务行为；因贷款未获批准不能订立合同，不可归责于消费者，应当退还。",
        remedy: Remedy::Refund,
        ..GOODS_SOLD
    },
    Template {
        trade: company("服饰有限公司"),
        title: "皮鞋开胶三包纠纷",
        subject: "男士皮鞋",
        category: Category::AfterSales,
        price: (380, 1980),
        ago: (10, 80),
        claim: ClaimKind::Repair,
        wish: "修复皮鞋；修不好的退还 {sum}。",
        facts: "申请人于 {date}在商场购买皮鞋，支付 {price}。穿了不到一个月鞋底开胶，专柜修过一次后再次\
                开裂。专柜称打折商品不享受三包。",
        reply: "该款为换季特价，购物小票注明不退不换。",
        matter: "打折商品是否享受三包。",
        duty: "打折不免除质量责任，标明的“不退不换”对质量问题无效。",
        remedy: Remedy::RepairAndCompensation,
        ..GOODS_SOLD
    },
    Template {
        trade: company("服饰有限公司"),
        title: "店员要求检查随身物品致歉纠纷",
        subject: "女装",
        category: Category::Dignity,
        price: (200, 1600),
        ago: (0, 5),
        claim: ClaimKind::Apology,
        wish: "当面赔礼道歉，并赔偿精神损失。",
        facts: "申请人于 {date}购买女装，支付 {price}，离店时防盗门报警。店员当众要求打开手提包逐件检查，\
                引来路人围观，最后查明是收银时漏消磁。",
        reply: "店员按流程询问，没有强行翻包，愿意口头道歉。",
        matter: "是否侵害人格尊严，道歉的方式。",
        duty: "经营者不得搜查消费者的身体及其携带的物品，侵害人格尊严的应当赔礼道歉、赔偿损失。",
        remedy: Remedy::CompensationAndApology,
        ..GOODS_SOLD
    },
    Template {
        trade: sole_trader("电动车行"),
        title: "电动自行车续航虚标纠纷",
        subject: "电动自行车",
        category: Category::FalseAdvertising,
        price: (2600, 5600),
        ago: (5, 60),
        claim: ClaimKind::Exchange,
        wish: "更换电池；换不了的退车退款 {sum}。",
        facts: "申请人于 {date}购买电动自行车，支付 {price}，宣传续航 80 公里。实际充满电只能骑 35 公里，\
                店家检测后称天冷属正常衰减。",
        reply: "续航数据为厂家理想工况，冬季衰减属正常，可以免费保养。",
        matter: "续航与宣传的差距是否合理。",
        duty: "宣传的性能应当真实，明显低于宣传的，应当更换、退货或者赔偿。",
        remedy: Remedy::Exchange,
        ..GOODS_SOLD
    },
    Template {
        trade: company("商业管理有限公司"),
        title: "商场停车券核销失败多收费纠纷",
        subject: "商场停车",
        kind: SubjectKind::Service,
        category: Category::Other,
        price: (60, 240),
        share: (50, 100),
        ago: (0, 6),
        wish: "退还多收的停车费 {sum}。",
        facts: "申请人于 {date}在商场消费后领取停车券，系统核销失败，出口仍按全额收取 {price}。现场工作人员\
                让其线上申诉，三天没有回音。",
        reply: "停车场由第三方运营，商场已经转交，会督促退款。",
        matter: "停车费由谁退还。",
        duty: "停车优惠为商场作出的承诺，商场应当负责落实，不得以第三方运营推托。",
        remedy: Remedy::Refund,
        ..GOODS_SOLD
    },
];
