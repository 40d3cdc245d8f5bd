//! What deadlines are counted by: calendars, rule sets, the head of both.

super::entity! {
    calendar_year = "calendar_years" {
        id: Uuid,
        year: i32,
        revision: i64,
        calendar_version: i64,
        papers: String,
        days: String,
        loaded_by: Option<Uuid>,
        loaded_at: DateTime<Utc>,
    }

    rule_set = "rule_sets" {
        id: Uuid,
        version: i64,
        note: String,
        source: String,
        document: String,
        created_by: Option<Uuid>,
        created_at: DateTime<Utc>,
    }

    /// One row: which versions count now. The mark is new with every change.
    almanac_head = "almanac_heads" {
        id: i32,
        calendar_version: i64,
        rule_set_version: i64,
        mark: String,
    }
}
