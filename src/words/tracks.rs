//! Words of the three tracks and the moves between them.

vocabulary! {
    /// The paper an agreement is written on.
    Paper {
        /// In the committee's name, with its seal (PML 28, 29).
        MediationAgreement = "人民调解协议书",
        /// In the authority's name, with its seal (O121 24).
        MediationDocument = "调解书",
    }

    /// How a case comes from one track to another.
    MoveKind {
        /// The authority lets the committee mediate in the authority's name (O121 19).
        Entrust = "委托",
        /// The authority takes an entrusted case back.
        Recall = "收回",
        /// The authority gives the dispute to the committee, which works in its own name.
        HandOver = "移交",
        /// The committee gives it back with a reason.
        Return = "退回",
    }

    /// Why a committee gives a case back.
    ReturnReason {
        NoConsent = "当事人不同意",
        NotConsumerDispute = "不属于消费纠纷",
        IllegalityClue = "发现违法线索",
        OutsideArea = "不属于本辖区",
        Duplicate = "重复转来",
        Other = "其他",
    }

    /// Of what kind an order of the 12345 hotline is; the kind decides its clock.
    OrderKind {
        Consultation = "咨询建议",
        Supervised = "督办复核",
        Ordinary = "一般求助投诉",
        Complex = "复杂疑难",
    }

    /// Why an agreement on the authority's tracks has no mediation document (O121 24).
    DocumentWaiver {
        PerformedAtOnce = "当场履行完毕",
        BothAgreed = "双方同意不制作",
    }
}
