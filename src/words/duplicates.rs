//! Words of probable duplicates: why two cases may be one, and what a person says of it.

vocabulary! {
    /// Why two cases may be one dispute, or may not be. Each is worth points (`duplicates`).
    DuplicateReason {
        SameExternalNumber = "外部编号相同",
        SameIdNumber = "申请人证件号码相同",
        SamePhone = "申请人电话相同",
        SameApplicantName = "申请人姓名相同",
        /// One character of the name differs, is missing, or two changed places.
        SimilarApplicantName = "申请人姓名仅一字之差",
        SameCreditCode = "被申请人统一社会信用代码相同",
        SameRespondentName = "被申请人名称相同",
        /// Near enough once place, legal form and brackets are left away.
        SimilarRespondentName = "被申请人名称相近",
        SamePurchaseDay = "购买日期相同或相邻",
        NearRequests = "申请时间相近",
        SameAmount = "金额相同或相近",
        SameText = "诉求文字高度相近",
        SimilarText = "诉求文字相近",
        /// Both numbers are known, and they differ.
        OtherIdNumber = "申请人证件号码不同",
        OtherPhone = "申请人电话不同",
        OtherApplicant = "申请人不同",
        OtherRespondent = "被申请人不同",
        OtherPurchaseDay = "购买日期不同",
        OtherAmount = "金额不同",
        OtherText = "诉求文字不同",
    }

    /// Under which of its names a case is found by another. Numbers are found by their blind
    /// index, where they are kept.
    MatchKeyKind {
        CreditCode = "被申请人统一社会信用代码",
        RespondentName = "被申请人名称",
        /// The beginning of the respondent's name: a chain with or without its branch.
        RespondentBrand = "被申请人字号",
        ApplicantName = "申请人姓名",
    }

    /// What a person says of two cases that may be one.
    DuplicateDecision {
        /// They are the same dispute, or belong together.
        Linked = "关联",
        /// They have nothing to do with each other.
        Dismissed = "排除",
    }
}
