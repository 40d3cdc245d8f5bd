//! Words of the calculators.

vocabulary! {
    /// Why prepaid money is given back (法释〔2025〕4号 16, 18, 19).
    RefundCause {
        Operator = "经营者原因",
        Consumer = "消费者原因",
        /// Of neither: the law counts as without the consumer's cause, and names no rate.
        Neither = "不可归责于双方的原因",
    }

    /// A rate of interest that a rule of law points to.
    ReferenceRate {
        OneYearLpr = "一年期贷款市场报价利率",
        OneYearDeposit = "一年定期存款基准利率",
    }

    /// What punitive damages rest on.
    PunitiveBasis {
        /// Consumer Rights Protection Law 55(1).
        Fraud = "欺诈",
        /// Consumer Rights Protection Law 55(2): known defects, death or grave harm to health.
        KnownDefect = "明知缺陷致人伤亡",
        /// Food Safety Law 148(2).
        FoodBelowStandard = "食品不符合食品安全标准",
    }

    /// How goods were sold, as far as returning them without a reason depends on it.
    SaleChannel {
        Internet = "网络",
        Television = "电视",
        Telephone = "电话",
        MailOrder = "邮购",
        /// Shanghai adds it (Shanghai Regulation 39).
        DoorToDoor = "上门推销",
        InShop = "线下门店",
    }

    /// What goods are, as far as returning them without a reason depends on it.
    GoodsKind {
        Ordinary = "一般商品",
        CustomMade = "消费者定作的商品",
        Perishable = "鲜活易腐的商品",
        /// Downloaded, or recordings and software unsealed by the consumer.
        Digital = "在线下载或者消费者拆封的数字化商品",
        Periodical = "交付的报纸、期刊",
        /// Unsuitable for return by its nature; counts only if the consumer confirmed it.
        UnsuitableByNature = "根据商品性质不宜退货的商品",
    }

    /// Who bears a cost.
    CostBearer {
        Consumer = "消费者",
        Operator = "经营者",
    }
}
