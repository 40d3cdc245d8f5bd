//! The articles this system cites when it refuses or asks for something. Names and numbers
//! only; what a rule demands stands in the gates and tables that cite it.

use crate::language::Text;

macro_rules! laws {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal; )*) => {
        /// An article of law.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Law { $( $(#[$doc])* $name, )* }

        impl Law {
            /// Every article cited anywhere.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Stable short name: law and article, for programs.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Whether it is of the market-supervision authority's own procedure (order 121).
            pub fn is_of_authority(self) -> bool {
                self.code().starts_with("O121-")
            }

            /// The citation as it is printed.
            pub fn citation(self) -> Text {
                match self { $(Self::$name => Text::new($zh, $en),)* }
            }
        }
    };
}

laws! {
    Pml3 = "PML-3", "《中华人民共和国人民调解法》第三条", "People's Mediation Law, art. 3";
    Pml13 = "PML-13", "《中华人民共和国人民调解法》第十三条", "People's Mediation Law, art. 13";
    /// What mediators must not do: side with a party, disclose privacy or secrets.
    Pml15 = "PML-15", "《中华人民共和国人民调解法》第十五条", "People's Mediation Law, art. 15";
    Pml17 = "PML-17", "《中华人民共和国人民调解法》第十七条", "People's Mediation Law, art. 17";
    Pml19 = "PML-19", "《中华人民共和国人民调解法》第十九条", "People's Mediation Law, art. 19";
    Pml20 = "PML-20", "《中华人民共和国人民调解法》第二十条", "People's Mediation Law, art. 20";
    Pml23 = "PML-23", "《中华人民共和国人民调解法》第二十三条", "People's Mediation Law, art. 23";
    Pml26 = "PML-26", "《中华人民共和国人民调解法》第二十六条", "People's Mediation Law, art. 26";
    Pml27 = "PML-27", "《中华人民共和国人民调解法》第二十七条", "People's Mediation Law, art. 27";
    Pml28 = "PML-28", "《中华人民共和国人民调解法》第二十八条", "People's Mediation Law, art. 28";
    Pml29 = "PML-29", "《中华人民共和国人民调解法》第二十九条", "People's Mediation Law, art. 29";
    Pml30 = "PML-30", "《中华人民共和国人民调解法》第三十条", "People's Mediation Law, art. 30";
    Pml31 = "PML-31", "《中华人民共和国人民调解法》第三十一条", "People's Mediation Law, art. 31";
    /// Several provisions on people's mediation work (2002): told before mediation.
    Rules2002Art30 = "RULES2002-30", "《人民调解工作若干规定》第三十条",
        "Several Provisions on People's Mediation Work (2002), art. 30";
    Pml33 = "PML-33", "《中华人民共和国人民调解法》第三十三条", "People's Mediation Law, art. 33";
    /// What a committee must not take on.
    Rules2002Art22 = "RULES2002-22", "《人民调解工作若干规定》第二十二条",
        "Several Provisions on People's Mediation Work (2002), art. 22";
    /// The presiding mediator; replaced when a party asks for it.
    Rules2002Art25 = "RULES2002-25", "《人民调解工作若干规定》第二十五条",
        "Several Provisions on People's Mediation Work (2002), art. 25";
    /// In general within one month.
    Rules2002Art33 = "RULES2002-33", "《人民调解工作若干规定》第三十三条",
        "Several Provisions on People's Mediation Work (2002), art. 33";
    O121Art9 = "O121-9", "《市场监督管理投诉举报处理办法》第九条", "SAMR Order 121, art. 9";
    O121Art15 = "O121-15", "《市场监督管理投诉举报处理办法》第十五条", "SAMR Order 121, art. 15";
    O121Art16 = "O121-16", "《市场监督管理投诉举报处理办法》第十六条", "SAMR Order 121, art. 16";
    O121Art17 = "O121-17", "《市场监督管理投诉举报处理办法》第十七条", "SAMR Order 121, art. 17";
    O121Art19 = "O121-19", "《市场监督管理投诉举报处理办法》第十九条", "SAMR Order 121, art. 19";
    O121Art22 = "O121-22", "《市场监督管理投诉举报处理办法》第二十二条", "SAMR Order 121, art. 22";
    O121Art23 = "O121-23", "《市场监督管理投诉举报处理办法》第二十三条", "SAMR Order 121, art. 23";
    O121Art24 = "O121-24", "《市场监督管理投诉举报处理办法》第二十四条", "SAMR Order 121, art. 24";
    O121Art27 = "O121-27", "《市场监督管理投诉举报处理办法》第二十七条", "SAMR Order 121, art. 27";
    /// Authorities may entrust or hand over to people's mediation.
    ShDrr47 = "SH-DRR-47", "《上海市促进多元化解矛盾纠纷条例》第四十七条",
        "Shanghai Regulation on Diversified Dispute Resolution, art. 47";
    ShCpr65 = "SH-CPR-65", "《上海市消费者权益保护条例》第六十五条",
        "Shanghai Regulation on Consumer Rights Protection, art. 65";
    /// Judicial confirmation: which court, jointly, within 30 days.
    Cpl205 = "CPL-205", "《中华人民共和国民事诉讼法》第二百零五条", "Civil Procedure Law, art. 205";
    /// A ruling that an agreement is valid is enforceable; a rejection leaves mediation or suit.
    Cpl206 = "CPL-206", "《中华人民共和国民事诉讼法》第二百零六条", "Civil Procedure Law, art. 206";
    /// Payment orders.
    Cpl225 = "CPL-225", "《中华人民共和国民事诉讼法》第二百二十五条", "Civil Procedure Law, art. 225";
    /// Two years to apply for enforcement.
    Cpl250 = "CPL-250", "《中华人民共和国民事诉讼法》第二百五十条", "Civil Procedure Law, art. 250";
    /// Notarial deeds and payment orders for agreements with money duties.
    ShDrr53 = "SH-DRR-53", "《上海市促进多元化解矛盾纠纷条例》第五十三条",
        "Shanghai Regulation on Diversified Dispute Resolution, art. 53";
    Notary37 = "NOTARY-37", "《中华人民共和国公证法》第三十七条", "Notary Law, art. 37";
    /// A party may sue over the performance or content of the agreement.
    Pml32 = "PML-32", "《中华人民共和国人民调解法》第三十二条", "People's Mediation Law, art. 32";
    /// Court-referred mediation: 30 days, extensible by both.
    Invited27 = "SPC-INVITED-27", "《最高人民法院关于人民法院特邀调解的规定》第二十七条",
        "SPC Provisions on Invited Mediation, art. 27";
    Online12 = "SPC-ONLINE-12", "《人民法院在线调解规则》第十二条",
        "SPC Online Mediation Rules, art. 12";
    O121Art10 = "O121-10", "《市场监督管理投诉举报处理办法》第十条", "SAMR Order 121, art. 10";
    O121Art11 = "O121-11", "《市场监督管理投诉举报处理办法》第十一条", "SAMR Order 121, art. 11";
    O121Art12 = "O121-12", "《市场监督管理投诉举报处理办法》第十二条", "SAMR Order 121, art. 12";
    O121Art18 = "O121-18", "《市场监督管理投诉举报处理办法》第十八条", "SAMR Order 121, art. 18";
    O121Art20 = "O121-20", "《市场监督管理投诉举报处理办法》第二十条", "SAMR Order 121, art. 20";
    O121Art21 = "O121-21", "《市场监督管理投诉举报处理办法》第二十一条", "SAMR Order 121, art. 21";
    O121Art25 = "O121-25", "《市场监督管理投诉举报处理办法》第二十五条", "SAMR Order 121, art. 25";
    Crpl39 = "CRPL-39", "《中华人民共和国消费者权益保护法》第三十九条",
        "Consumer Rights Protection Law, art. 39";
    /// Guardians are the legal agents of persons without full capacity.
    CivilCode23 = "CC-23", "《中华人民共和国民法典》第二十三条", "Civil Code, art. 23";
    CivilCode17 = "CC-17", "《中华人民共和国民法典》第十七条至第二十条", "Civil Code, arts. 17-20";
    CivilCode165 = "CC-165", "《中华人民共和国民法典》第一百六十五条", "Civil Code, art. 165";
    CivilCode188 = "CC-188", "《中华人民共和国民法典》第一百八十八条", "Civil Code, art. 188";
    /// Minors' data: access only with approval.
    MinorsNetwork36 = "MINORS-NET-36", "《未成年人网络保护条例》第三十六条",
        "Regulation on the Protection of Minors in Cyberspace, art. 36";
    Pipl28 = "PIPL-28", "《中华人民共和国个人信息保护法》第二十八条",
        "Personal Information Protection Law, art. 28";
    /// Distance selling: seven days to return without a reason.
    Crpl25 = "CRPL-25", "《中华人民共和国消费者权益保护法》第二十五条",
        "Consumer Rights Protection Law, art. 25";
    Crpl53 = "CRPL-53", "《中华人民共和国消费者权益保护法》第五十三条",
        "Consumer Rights Protection Law, art. 53";
    /// Fraud: three times the price; known defects: up to twice the losses.
    Crpl55 = "CRPL-55", "《中华人民共和国消费者权益保护法》第五十五条",
        "Consumer Rights Protection Law, art. 55";
    CrplIr12 = "CRPL-IR-12", "《中华人民共和国消费者权益保护法实施条例》第十二条",
        "Implementing Regulation of the Consumer Rights Protection Law, art. 12";
    CrplIr19 = "CRPL-IR-19", "《中华人民共和国消费者权益保护法实施条例》第十九条",
        "Implementing Regulation of the Consumer Rights Protection Law, art. 19";
    /// No punitive damages for flaws that mislead nobody, nor for faked facts.
    CrplIr49 = "CRPL-IR-49", "《中华人民共和国消费者权益保护法实施条例》第四十九条",
        "Implementing Regulation of the Consumer Rights Protection Law, art. 49";
    ShCpr39 = "SH-CPR-39", "《上海市消费者权益保护条例》第三十九条",
        "Shanghai Regulation on Consumer Rights Protection, art. 39";
    /// Food below standard: ten times the price or three times the losses.
    FoodSafety148 = "FSL-148", "《中华人民共和国食品安全法》第一百四十八条",
        "Food Safety Law, art. 148";
    FoodDamages1 = "SPC-FOOD-2024-1",
        "《最高人民法院关于审理食品药品惩罚性赔偿纠纷案件适用法律若干问题的解释》（法释〔2024〕9号）第一条",
        "SPC Interpretation on Punitive Damages for Food and Drugs (2024), art. 1";
    /// Label flaws that give no right to punitive damages.
    FoodDamages8 = "SPC-FOOD-2024-6-8",
        "《最高人民法院关于审理食品药品惩罚性赔偿纠纷案件适用法律若干问题的解释》（法释〔2024〕9号）第六条至第八条",
        "SPC Interpretation on Punitive Damages for Food and Drugs (2024), arts. 6-8";
    /// Who buys knowingly: within reasonable living needs only.
    FoodDamages12 = "SPC-FOOD-2024-12-14",
        "《最高人民法院关于审理食品药品惩罚性赔偿纠纷案件适用法律若干问题的解释》（法释〔2024〕9号）第十二条至第十四条",
        "SPC Interpretation on Punitive Damages for Food and Drugs (2024), arts. 12-14";
    /// Seven days from payment.
    Prepaid14 = "SPC-PREPAID-14", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第十四条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 14";
    Prepaid15 = "SPC-PREPAID-15", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第十五条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 15";
    Prepaid16 = "SPC-PREPAID-16", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第十六条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 16";
    Prepaid17 = "SPC-PREPAID-17", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第十七条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 17";
    Prepaid18 = "SPC-PREPAID-18", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第十八条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 18";
    Prepaid19 = "SPC-PREPAID-19", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第十九条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 19";
    Prepaid20 = "SPC-PREPAID-20", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第二十条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 20";
    Prepaid22 = "SPC-PREPAID-22", "《最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释》（法释〔2025〕4号）第二十二条",
        "SPC Interpretation on Prepaid Consumption (2025), art. 22";
    CivilCode203 = "CC-201-203", "《中华人民共和国民法典》第二百零一条至第二百零三条",
        "Civil Code, arts. 201-203";
    /// A reliable electronic signature is as good as one by hand.
    ESignature13 = "ESL-13", "《中华人民共和国电子签名法》第十三条、第十四条",
        "Electronic Signature Law, arts. 13-14";
    /// No fee of any kind.
    Pml4 = "PML-4", "《中华人民共和国人民调解法》第四条", "People's Mediation Law, art. 4";
    /// What a court does not take up for confirmation.
    CplInterpretation355 = "CPL-I-355", "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十五条",
        "SPC Interpretation of the Civil Procedure Law, art. 355";
    /// What a court refuses to confirm after review.
    CplInterpretation358 = "CPL-I-358", "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十八条",
        "SPC Interpretation of the Civil Procedure Law, art. 358";
}
