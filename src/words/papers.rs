//! Words of the papers.

vocabulary! {
    /// An official form that is filled from the record (司发通〔2010〕239号 and what is usual beside
    /// it; domain §4).
    PaperForm {
        Cover = "卷宗封面",
        Application = "申请书",
        AcceptanceRegister = "受理登记表",
        RightsNotice = "当事人权利义务告知书",
        PowerOfAttorney = "授权委托书",
        InvestigationRecord = "调查记录",
        Minutes = "调解记录",
        /// The committee's agreement or the authority's mediation document: the track decides.
        Agreement = "调解协议书或者调解书",
        OralRegister = "口头协议登记表",
        NonAcceptanceNotice = "不予受理告知书",
        TerminationNotice = "终止调解告知书",
        RevisitRecord = "回访记录",
        ConfirmationApplication = "司法确认申请书",
        ConfirmationPack = "司法确认有关材料",
        SituationNote = "卷宗情况说明",
        CalculationSheet = "计算书",
        ClosingSheet = "结案报告表",
        BackCover = "封底",
    }

    /// How far the making of a case file has come.
    VolumeStatus {
        Running = "制作中",
        Finished = "已完成",
        Failed = "未完成",
    }
}
