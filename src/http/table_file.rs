//! A table as the body of a request: CSV or XLSX, as bytes. What stands in it is not known here.

use poem::http::StatusCode;
use poem::{Request, RequestBody, Result};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::http::problem::Outline;
use crate::language::Text;

const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What the caller says the bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableMedia {
    /// With the `charset` that was named, if one was.
    Csv(Option<String>),
    Xlsx,
}

/// A table that was sent.
#[derive(Debug)]
pub struct TableFile {
    pub media: TableMedia,
    pub bytes: Vec<u8>,
}

impl TableMedia {
    fn of(content_type: &str) -> Option<Self> {
        let mut parts = content_type.split(';').map(str::trim);
        let media = parts.next()?;
        if media.eq_ignore_ascii_case(XLSX) {
            return Some(Self::Xlsx);
        }
        let charset = parts.filter_map(|it| it.split_once('=')).find_map(|(name, value)| {
            let named = name.trim().eq_ignore_ascii_case("charset");
            named.then(|| value.trim().trim_matches('"').to_owned())
        });
        media.eq_ignore_ascii_case(CSV).then_some(Self::Csv(charset))
    }
}

fn schema() -> MetaSchemaRef {
    MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")))
}

impl<'a> ApiExtractor<'a> for TableFile {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(_registry: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let media = |content_type| MetaMediaType { content_type, schema: schema() };
        Some(MetaRequest {
            description: None,
            content: vec![media(CSV), media(XLSX)],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let bytes = body.take()?.into_bytes().await?;
        if bytes.is_empty() {
            let detail = Text::new(
                "请求内容为空，请提交 CSV 或 XLSX 文件。",
                "The body is empty; send a CSV or XLSX file.",
            );
            return Err(Outline::new(StatusCode::BAD_REQUEST, "empty_body", detail).into());
        }
        let Some(media) = request.content_type().and_then(TableMedia::of) else {
            let detail = Text::new(
                format!("此处只接受 {CSV} 或 {XLSX}，请在 Content-Type 请求头中注明。"),
                format!("Send {CSV} or {XLSX}, and name it in Content-Type."),
            );
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Outline::new(status, "unsupported_media_type", detail).into());
        };
        Ok(Self { media, bytes: bytes.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_csv_or_xlsx() {
        let csv = |charset: Option<&str>| Some(TableMedia::Csv(charset.map(str::to_owned)));
        for (content_type, expected) in [
            ("text/csv", csv(None)),
            ("Text/CSV; header=present; Charset=\"GBK\"", csv(Some("GBK"))),
            (XLSX, Some(TableMedia::Xlsx)),
            ("application/vnd.ms-excel", None),
            ("application/json", None),
            ("", None),
        ] {
            assert_eq!(TableMedia::of(content_type), expected, "{content_type}");
        }
    }
}
