//! Words of evidence.

vocabulary! {
    /// What a material of evidence is of (证据材料).
    EvidenceKind {
        Contract = "合同或者协议",
        /// Invoice, receipt, transfer, order.
        Payment = "付款凭证",
        Promotion = "宣传资料",
        Chat = "聊天记录",
        Photo = "照片",
        Recording = "录音录像",
        Appraisal = "鉴定、检测报告",
        Identity = "身份证明",
        /// Power of attorney.
        Mandate = "授权委托书",
        Other = "其他",
    }

    /// Who may be shown a material of evidence.
    EvidenceVisibility {
        /// Only who mediates.
        Panel = "仅调解组",
        /// Every party too.
        AllParties = "各方当事人",
    }

    /// The types a file of evidence may have, as its content tells.
    FileType {
        Pdf = "PDF 文档",
        Jpeg = "JPEG 图片",
        Png = "PNG 图片",
        Webp = "WebP 图片",
        Heic = "HEIC 图片",
        #[oai(rename = "mp4")]
        #[serde(rename = "mp4")]
        #[sea_orm(string_value = "mp4")]
        Mp4 = "MP4 视频",
        #[oai(rename = "mp3")]
        #[serde(rename = "mp3")]
        #[sea_orm(string_value = "mp3")]
        Mp3 = "MP3 音频",
        #[oai(rename = "m4a")]
        #[serde(rename = "m4a")]
        #[sea_orm(string_value = "m4a")]
        M4a = "M4A 音频",
        Wav = "WAV 音频",
        Docx = "Word 文档",
        Xlsx = "Excel 工作簿",
        Text = "纯文本",
    }
}
