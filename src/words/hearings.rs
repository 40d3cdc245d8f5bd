//! Words of what hearings take up.

vocabulary! {
    /// What can be at one hearing at a time only, in the order in which a conflict is told.
    BookedResource {
        Room = "调解室",
        Mediator = "调解员",
        Party = "当事人",
    }

    /// What a party says of a time.
    TimeStance {
        /// The party could come then.
        Proposed = "提议",
        /// The party cannot come then.
        Avoided = "回避该时间",
    }
}
