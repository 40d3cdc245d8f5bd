//! Words of the district: service points, enterprises, rooms, visits.

vocabulary! {
    /// A day of the week.
    Weekday {
        Monday = "星期一",
        Tuesday = "星期二",
        Wednesday = "星期三",
        Thursday = "星期四",
        Friday = "星期五",
        Saturday = "星期六",
        Sunday = "星期日",
    }

    /// What kind of place people find the station at (服务点).
    ServicePointKind {
        MainSeat = "工作站本部",
        BuildingServiceCenter = "楼宇服务中心",
        StreetPoint = "街道服务点",
    }

    /// As what an enterprise is registered.
    EnterpriseKind {
        Company = "企业",
        IndividualBusiness = "个体工商户",
        Branch = "分支机构",
        Other = "其他",
    }

    /// What an enterprise lives by.
    EnterpriseTrade {
        Retail = "零售",
        OnlineRetail = "网络零售",
        Catering = "餐饮",
        Fitness = "健身",
        Education = "教育培训",
        Beauty = "美容美发",
        Entertainment = "文化娱乐",
        Lodging = "住宿",
        Health = "医疗健康",
        Repair = "维修",
        Property = "房产物业",
        Other = "其他",
    }

    /// Whether an enterprise is still where the register has it.
    EnterpriseStatus {
        Operating = "在业",
        Suspended = "停业",
        Left = "迁出",
    }

    /// What a shared room has.
    RoomEquipment {
        Screen = "显示屏",
        VideoConference = "视频会议",
        Recorder = "录音录像",
        Printer = "打印机",
        StepFree = "无障碍通行",
    }

    /// Why an enterprise was visited.
    VisitPurpose {
        Routine = "日常走访",
        KeyEnterprise = "重点企业走访",
        FollowUp = "回访",
        LegalEducation = "普法宣传",
        Request = "企业求助",
    }

    /// Why an enterprise stands on the visit list.
    VisitReason {
        /// The day agreed on at the last visit has come.
        FollowUpDue = "约定回访日已到",
        KeyEnterprise = "重点企业",
        NeverVisited = "从未走访",
    }

    /// How an imported file was read.
    FileForm {
        #[oai(rename = "csv_utf_8")]
        #[serde(rename = "csv_utf_8")]
        #[sea_orm(string_value = "csv_utf_8")]
        CsvUtf8 = "CSV（UTF-8）",
        #[oai(rename = "csv_gb18030")]
        #[serde(rename = "csv_gb18030")]
        #[sea_orm(string_value = "csv_gb18030")]
        CsvGb18030 = "CSV（GB18030，含GBK）",
        Xlsx = "XLSX",
    }

    /// How it is known where a case belongs.
    LocalitySource {
        /// Somebody said so.
        Corrected = "人工更正",
        /// The register of enterprises knows the respondent's credit code.
        CreditCode = "按信用代码",
        Unknown = "不明",
    }
}
