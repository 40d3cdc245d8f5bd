//! A calendar as the body of an answer: iCalendar (RFC 5545). What stands in it is not known here.

use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{
    MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};

const ICALENDAR: &str = "text/calendar";

/// 200: a calendar to be opened or subscribed to.
#[derive(Debug)]
pub struct CalendarFile(pub String);

impl IntoResponse for CalendarFile {
    fn into_response(self) -> Response {
        Response::builder().content_type("text/calendar; charset=utf-8").body(self.0)
    }
}

impl ApiResponse for CalendarFile {
    fn meta() -> MetaResponses {
        let schema = MetaSchemaRef::Inline(Box::new(MetaSchema::new("string")));
        let one = MetaResponse {
            description: "The calendar (RFC 5545), with the zone Asia/Shanghai.",
            status: Some(200),
            status_range: None,
            content: vec![MetaMediaType { content_type: ICALENDAR, schema }],
            headers: Vec::new(),
        };
        MetaResponses { responses: vec![one] }
    }

    fn register(_registry: &mut Registry) {}
}
