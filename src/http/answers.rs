//! The answers of handlers that went well. They carry plain values; what HTTP makes of them,
//! status and headers, stands here once.

use poem::http::{StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchemaRef, Registry,
};
use poem_openapi::types::{ParseFromJSON, ToJSON, Type};
use poem_openapi::{ApiResponse, Object};

use crate::database::{self, Reply};

/// The media type of every answer that is not a problem or a file.
const JSON: &str = "application/json";

/// 201: something new, to be read at `location`.
#[derive(Debug)]
pub struct Created<T> {
    pub location: Option<String>,
    pub version: Option<i64>,
    pub body: T,
}

/// 202: begun, and going on beside the request; how far it is says `location`.
#[derive(Debug)]
pub struct Begun<T> {
    pub location: Option<String>,
    pub body: T,
}

/// 200 with the version of what is shown, for the `If-Match` of the next write.
#[derive(Debug)]
pub struct Versioned<T> {
    pub version: Option<i64>,
    pub body: T,
}

/// 200 without a version.
#[derive(Debug)]
pub struct Plain<T>(pub T);

/// 204: done, and nothing to say about it.
#[derive(Debug)]
pub struct Done;

/// One page of a list.
#[derive(Debug, Object)]
pub struct Page<T: ParseFromJSON + ToJSON> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Send it as `cursor` to get the next page; absent on the last one.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
}

/// The entity tag of a version.
pub fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

impl<T> Versioned<T> {
    /// What stands now, at this version.
    pub fn new(version: i64, body: T) -> Self {
        Self { version: Some(version), body }
    }
}

impl<T> From<Reply<T>> for Created<T> {
    fn from(reply: Reply<T>) -> Self {
        Self { location: reply.location, version: reply.version, body: reply.body }
    }
}

impl<T> From<Reply<T>> for Begun<T> {
    fn from(reply: Reply<T>) -> Self {
        Self { location: reply.location, body: reply.body }
    }
}

impl<T> From<Reply<T>> for Versioned<T> {
    fn from(reply: Reply<T>) -> Self {
        Self { version: reply.version, body: reply.body }
    }
}

impl<T, U> From<database::Page<U>> for Page<T>
where
    T: ParseFromJSON + ToJSON + From<U>,
{
    fn from(page: database::Page<U>) -> Self {
        Self { items: page.items.into_iter().map(T::from).collect(), next_cursor: page.next_cursor }
    }
}

fn json(
    status: StatusCode,
    body: &impl ToJSON,
    location: Option<String>,
    version: Option<i64>,
) -> Response {
    let mut response = Response::builder().status(status).content_type(JSON);
    if let Some(location) = location {
        response = response.header(header::LOCATION, location);
    }
    if let Some(version) = version {
        response = response.header(header::ETAG, etag(version));
    }
    response.body(body.to_json_string())
}

impl<T: ToJSON> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        json(StatusCode::CREATED, &self.body, self.location, self.version)
    }
}

impl<T: ToJSON> IntoResponse for Begun<T> {
    fn into_response(self) -> Response {
        json(StatusCode::ACCEPTED, &self.body, self.location, None)
    }
}

impl<T: ToJSON> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.body, None, self.version)
    }
}

impl<T: ToJSON> IntoResponse for Plain<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.0, None, None)
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

fn text_header(name: &str, description: &str, required: bool) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required,
        deprecated: false,
        schema: String::schema_ref(),
    }
}

fn etag_header() -> MetaHeader {
    text_header("ETag", "The version, for the header `If-Match` of the next write.", false)
}

fn described(
    status: u16,
    description: &'static str,
    body: Option<MetaSchemaRef>,
    headers: Vec<MetaHeader>,
) -> MetaResponses {
    let content =
        body.map(|schema| MetaMediaType { content_type: JSON, schema }).into_iter().collect();
    let one =
        MetaResponse { description, status: Some(status), status_range: None, content, headers };
    MetaResponses { responses: vec![one] }
}

impl<T: ToJSON> ApiResponse for Created<T> {
    fn meta() -> MetaResponses {
        let location = text_header("Location", "Where it can be read.", true);
        described(201, "Created.", Some(T::schema_ref()), vec![location, etag_header()])
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ToJSON> ApiResponse for Begun<T> {
    fn meta() -> MetaResponses {
        let location = text_header("Location", "Where to ask how far it is.", true);
        described(202, "Begun.", Some(T::schema_ref()), vec![location])
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ToJSON> ApiResponse for Versioned<T> {
    fn meta() -> MetaResponses {
        described(
            200,
            "Done; this is how it stands now.",
            Some(T::schema_ref()),
            vec![etag_header()],
        )
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ToJSON> ApiResponse for Plain<T> {
    fn meta() -> MetaResponses {
        described(200, "What was asked for.", Some(T::schema_ref()), Vec::new())
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl ApiResponse for Done {
    fn meta() -> MetaResponses {
        described(204, "Done.", None, Vec::new())
    }

    fn register(_registry: &mut Registry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_new_says_where_it_is_and_which_version() {
        let reply = Reply {
            status: 201,
            location: Some("/api/v1/cases/7".to_owned()),
            version: Some(3),
            body: "case".to_owned(),
        };
        let response = Created::from(reply).into_response();
        assert_eq!(response.status(), 201);
        assert_eq!(response.header("location"), Some("/api/v1/cases/7"));
        assert_eq!(response.header("etag"), Some("\"3\""));
        assert_eq!(response.into_body().into_string().await.unwrap(), "\"case\"");
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        let page = Page::<String> { items: vec!["a".to_owned()], next_cursor: None };
        assert_eq!(page.to_json_string(), "{\"items\":[\"a\"]}");
    }
}
