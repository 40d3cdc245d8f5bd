//! A file as the body of a request, read as it comes and never whole. What it is is not known
//! here.

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt as _};
use poem::http::{StatusCode, header};
use poem::{Request, RequestBody, Result};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::error::Error;
use crate::http::problem::Outline;
use crate::language::Text;

/// The only media type: what a file is, its content tells.
const BYTES: &str = "application/octet-stream";

/// How long a caller may be silent while sending.
const SILENCE: Duration = Duration::from_secs(30);

/// How much of a refused file is still read, so that who sends it gets to read the answer.
const LEFT_OVER: usize = 16 << 20;
const LEFT_OVER_TIME: Duration = Duration::from_secs(10);

/// A file that is being sent.
pub struct Upload {
    /// How long the caller says it is.
    pub announced: Option<u64>,
    /// The caller sends nothing before it is told to.
    waits: bool,
    chunks: BoxStream<'static, std::io::Result<Bytes>>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("announced", &self.announced).finish_non_exhaustive()
    }
}

impl Upload {
    /// A file that is here already.
    pub fn of(content: Vec<u8>) -> Self {
        let announced = Some(content.len() as u64);
        let chunk = futures_util::future::ready(Ok(Bytes::from(content)));
        Self { announced, waits: false, chunks: futures_util::stream::once(chunk).boxed() }
    }

    /// What comes next; None at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        self.waits = false;
        match tokio::time::timeout(SILENCE, self.chunks.next()).await {
            Ok(None) => Ok(None),
            Ok(Some(Ok(chunk))) => Ok(Some(chunk)),
            Ok(Some(Err(_))) | Err(_) => Err(Error::BrokenOff),
        }
    }

    /// Lets go of a file that is refused.
    pub async fn let_go(mut self) {
        let mut left = LEFT_OVER;
        let rest = async {
            while let Some(Ok(chunk)) = self.chunks.next().await {
                left = left.saturating_sub(chunk.len());
                if left == 0 {
                    break;
                }
            }
        };
        if !self.waits {
            // Whoever sends more than that, or slowly, is cut off.
            let _ = tokio::time::timeout(LEFT_OVER_TIME, rest).await;
        }
    }
}

impl<'a> ApiExtractor<'a> for Upload {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(_registry: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let schema =
            MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")));
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType { content_type: BYTES, schema }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let announced = request.header(header::CONTENT_LENGTH).and_then(|it| it.parse().ok());
        let waits = request.header(header::EXPECT).is_some();
        let media = request.content_type().and_then(|it| it.split(';').next()).map(str::trim);
        let upload = Self { announced, waits, chunks: body.take()?.into_bytes_stream().boxed() };
        if media.is_some_and(|it| it.eq_ignore_ascii_case(BYTES)) {
            return Ok(upload);
        }
        upload.let_go().await;
        let detail = Text::new(
            format!("请把文件本身作为请求内容，并注明 Content-Type: {BYTES}。"),
            format!("Send the file itself as the body, with Content-Type: {BYTES}."),
        );
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Err(Outline::new(status, "unsupported_media_type", detail).into())
    }
}
