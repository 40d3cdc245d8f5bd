//! Words of search: where what was asked stands.

vocabulary! {
    /// Where a case holds what was asked.
    CaseSearchField {
        CaseNumber = "案件编号",
        ExternalNumber = "外部编号",
        /// The name of a party; of a person it is compared in full and shown masked.
        Party = "当事人",
        CreditCode = "统一社会信用代码",
        Agent = "代理人",
        Title = "案件标题",
        Subject = "商品或者服务",
        Facts = "纠纷事实",
        Claim = "诉求",
    }

    /// Where an enterprise holds what was asked.
    EnterpriseSearchField {
        Name = "名称",
        CreditCode = "统一社会信用代码",
    }
}
