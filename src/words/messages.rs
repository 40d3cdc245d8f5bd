//! Words of messages.

vocabulary! {
    /// What a message that leaves the station is for.
    MessageKind {
        /// The code by which somebody signs an agreement.
        SigningCode = "签署码",
    }
}
