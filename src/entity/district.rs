//! The district around the station. Coordinates are millionths of a degree (WGS-84); opening
//! hours and equipment are JSON, read and written by `crate::district` only.

super::entity! {
    service_point = "service_points" {
        id: Uuid,
        kind: ServicePointKind,
        name: String,
        address: String,
        latitude_e6: i32,
        longitude_e6: i32,
        radius_m: i32,
        opening_hours: String,
        phone: Option<String>,
        office_id: Option<Uuid>,
        active: bool,
        version: i64,
        created_at: DateTime<Utc>,
    }

    building = "buildings" {
        id: Uuid,
        name: String,
        address: String,
        latitude_e6: i32,
        longitude_e6: i32,
        managing_company: Option<String>,
        active: bool,
        version: i64,
        created_at: DateTime<Utc>,
    }

    enterprise = "enterprises" {
        id: Uuid,
        credit_code: String,
        name: String,
        kind: EnterpriseKind,
        trade: EnterpriseTrade,
        building_id: Option<Uuid>,
        floor: Option<String>,
        unit: Option<String>,
        is_key: bool,
        status: EnterpriseStatus,
        phone: Option<String>,
        version: i64,
        created_at: DateTime<Utc>,
    }

    /// Who a building is spoken to through. A duty and not a person: whoever has an account at
    /// the station is named by it.
    liaison = "liaisons" {
        id: Uuid,
        building_id: Uuid,
        organization: String,
        duty: String,
        phone: Option<String>,
        user_id: Option<Uuid>,
        active: bool,
        version: i64,
        created_at: DateTime<Utc>,
    }

    /// Of a service point or lent by an enterprise: exactly one of them.
    room = "rooms" {
        id: Uuid,
        name: String,
        service_point_id: Option<Uuid>,
        enterprise_id: Option<Uuid>,
        place: Option<String>,
        capacity: i32,
        opening_hours: String,
        equipment: String,
        active: bool,
        version: i64,
        created_at: DateTime<Utc>,
    }

    visit = "visits" {
        id: Uuid,
        enterprise_id: Uuid,
        visited_on: NaiveDate,
        visited_by: Uuid,
        purpose: VisitPurpose,
        findings: String,
        follow_up_on: Option<NaiveDate>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }
}
