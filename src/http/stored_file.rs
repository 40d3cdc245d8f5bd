//! A stored file as the answer: whole or the part that was asked for (RFC 9110, 14), streamed,
//! and never shown by a browser as a page of ours.

use std::fmt::Write as _;
use std::ops::Range;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use poem::http::{StatusCode, header};
use poem::{Body, IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::types::Type;

const PNG: &str = "image/png";

/// What is streamed.
pub type Content = BoxStream<'static, std::io::Result<Bytes>>;

/// 200 or 206: a file, to be saved under its name.
pub struct StoredFile {
    pub media_type: &'static str,
    pub file_name: String,
    pub sha256: String,
    /// Of the whole file.
    pub size: u64,
    /// The part that is sent; None for the whole.
    pub part: Option<Range<u64>>,
    pub content: Content,
}

/// 200: a small picture.
pub struct Picture {
    pub media_type: &'static str,
    pub sha256: String,
    pub content: Content,
}

/// 200: a picture as PNG.
pub struct PngPicture {
    pub sha256: String,
    pub content: Content,
}

impl std::fmt::Debug for PngPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PngPicture").field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for StoredFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredFile").field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture").field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

/// `Content-Disposition` with the name in UTF-8 (RFC 6266, RFC 8187), and in ASCII for old
/// programs.
fn attachment(file_name: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || ".-_ ".contains(it);
    let ascii: String = file_name.chars().map(|it| if plain(it) { it } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in file_name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

impl IntoResponse for StoredFile {
    fn into_response(self) -> Response {
        let size = self.size;
        let mut response = Response::builder()
            .content_type(self.media_type)
            .header(header::ACCEPT_RANGES, "bytes")
            .header(header::ETAG, format!("\"{}\"", self.sha256))
            .header(header::CONTENT_DISPOSITION, attachment(&self.file_name));
        let length = match self.part {
            Some(Range { start, end }) => {
                let range = format!("bytes {start}-{}/{size}", end.saturating_sub(1));
                response = response
                    .status(StatusCode::PARTIAL_CONTENT)
                    .header(header::CONTENT_RANGE, range);
                end - start
            }
            None => size,
        };
        response.header(header::CONTENT_LENGTH, length).body(Body::from_bytes_stream(self.content))
    }
}

impl IntoResponse for Picture {
    fn into_response(self) -> Response {
        Response::builder()
            .content_type(self.media_type)
            .header(header::ETAG, format!("\"{}\"", self.sha256))
            .body(Body::from_bytes_stream(self.content))
    }
}

impl IntoResponse for PngPicture {
    fn into_response(self) -> Response {
        let (sha256, content) = (self.sha256, self.content);
        Picture { media_type: PNG, sha256, content }.into_response()
    }
}

fn bytes_of(content_type: &'static str) -> Vec<MetaMediaType> {
    let schema = MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")));
    vec![MetaMediaType { content_type, schema }]
}

fn text_header(name: &str, description: &str) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required: true,
        deprecated: false,
        schema: String::schema_ref(),
    }
}

fn hash_header() -> MetaHeader {
    text_header("ETag", "The SHA-256 of the content, in hexadecimal.")
}

impl ApiResponse for StoredFile {
    fn meta() -> MetaResponses {
        let one = |status, description, more: Option<MetaHeader>| {
            let mut headers = vec![
                text_header("Accept-Ranges", "`bytes`."),
                hash_header(),
                text_header("Content-Disposition", "The name to save it under (RFC 6266)."),
            ];
            headers.extend(more);
            MetaResponse {
                description,
                status: Some(status),
                status_range: None,
                content: bytes_of("*/*"),
                headers,
            }
        };
        let range = text_header("Content-Range", "Which part it is, and of how much.");
        MetaResponses {
            responses: vec![
                one(200, "The whole file.", None),
                one(206, "The part that was asked for.", Some(range)),
            ],
        }
    }

    fn register(_registry: &mut Registry) {}
}

/// A picture of this type.
fn picture(content_type: &'static str) -> MetaResponses {
    let one = MetaResponse {
        description: "The picture.",
        status: Some(200),
        status_range: None,
        content: bytes_of(content_type),
        headers: vec![hash_header()],
    };
    MetaResponses { responses: vec![one] }
}

impl ApiResponse for Picture {
    fn meta() -> MetaResponses {
        picture("image/jpeg")
    }

    fn register(_registry: &mut Registry) {}
}

impl ApiResponse for PngPicture {
    fn meta() -> MetaResponses {
        picture(PNG)
    }

    fn register(_registry: &mut Registry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_in_both_ways() {
        for (name, expected) in [
            ("a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf"),
            (
                "收据.pdf",
                "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%94%B6%E6%8D%AE.pdf",
            ),
            ("a\"b%.txt", "attachment; filename=\"a_b_.txt\"; filename*=UTF-8''a%22b%25.txt"),
        ] {
            assert_eq!(attachment(name), expected);
        }
    }
}
