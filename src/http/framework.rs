//! What poem and poem-openapi say when they refuse a request, in our words. Their texts are for
//! programmers and in one language; none of them reaches a caller.

use poem::error::{
    MethodNotAllowedError, NotFoundError, ParsePathError as NoPath, ReadBodyError, SizedLimitError,
};
use poem::http::{StatusCode, header};
use poem_openapi::error::{
    AuthorizationError, ContentTypeError, ParseMultipartError, ParseParamError, ParsePathError,
    ParseRequestPayloadError,
};

use crate::error::Fault;
use crate::http::problem::{self, Outline};
use crate::http::routes::Route;
use crate::language::Text;

/// Our words for an error that is not a `Problem`. `route` is the matched path, if any.
pub fn outline(error: &poem::Error, route: Option<&Route>) -> Outline {
    if let Some(it) = error.downcast_ref::<Outline>() {
        return it.clone();
    }
    if let Some(it) = error.downcast_ref::<ParseParamError>() {
        return parameter(it.name, &it.reason);
    }
    if let Some(it) = error.downcast_ref::<ParsePathError>() {
        return parameter(route.and_then(|route| route.parameter(it.name)).unwrap_or("id"), "");
    }
    if let Some(it) = error.downcast_ref::<ContentTypeError>() {
        return media_type(matches!(it, ContentTypeError::NotSupported { .. }));
    }
    if error.is::<MethodNotAllowedError>() {
        return method(route);
    }
    if let Some(ReadBodyError::Io(_)) = error.downcast_ref::<ReadBodyError>() {
        return unreadable();
    }
    if error.is::<ParseRequestPayloadError>() || error.is::<ParseMultipartError>() {
        return unreadable();
    }
    let status = if error.is::<NotFoundError>() || error.is::<NoPath>() {
        StatusCode::NOT_FOUND
    } else if error.is::<AuthorizationError>() {
        StatusCode::UNAUTHORIZED
    } else if let Some(SizedLimitError::PayloadTooLarge) = error.downcast_ref() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        error.status()
    };
    by_status(status)
}

/// Our words for a bare status.
pub fn by_status(status: StatusCode) -> Outline {
    let (code, zh, en) = match status.as_u16() {
        401 => {
            return problem::stranger(crate::error::Stranger::NoToken);
        }
        403 => ("forbidden", "您无权进行此操作。", "You may not do this."),
        404 => (
            "no_such_route",
            "没有这个地址，请对照 /docs 中的接口文档。",
            "There is no such address; see the document at /docs.",
        ),
        405 => return method(None),
        413 => (
            "too_large",
            "请求内容超过大小限制，请减小后重试。",
            "The body is larger than allowed; send less.",
        ),
        415 => return media_type(true),
        429 => {
            ("too_many_requests", "请求过于频繁，请稍后重试。", "Too many requests; wait a little.")
        }
        503 => ("unavailable", "系统繁忙，请稍后重试。", "The station is busy; try again shortly."),
        408 => {
            ("timeout", "请求内容发送过慢，请重试。", "The body came too slowly; send it again.")
        }
        400..500 => (
            "bad_request",
            "请求无法识别，请对照 /docs 中的接口文档。",
            "The request cannot be read; see the document at /docs.",
        ),
        _ => return problem::internal(),
    };
    Outline::new(status, code, Text::new(zh, en))
}

/// A parameter that does not parse or is out of bounds.
fn parameter(name: &str, reason: &str) -> Outline {
    let (code, detail) = if let Some(rule) = reason.strip_prefix("verification failed. ") {
        (
            "out_of_range",
            Text::new(
                format!("参数 {name} 超出允许范围：{rule}。"),
                format!("The parameter {name} is out of bounds: {rule}."),
            ),
        )
    } else if reason.contains("expects an input value") {
        (
            "missing",
            Text::new(
                format!("缺少参数 {name}，请补充。"),
                format!("The parameter {name} is missing; add it."),
            ),
        )
    } else {
        (
            "wrong_type",
            Text::new(
                format!("参数 {name} 的写法不正确，请对照 /docs 中的接口文档。"),
                format!("The parameter {name} cannot be read; see its type at /docs."),
            ),
        )
    };
    let fault = Fault::new(format!("?{name}"), code, detail.clone());
    Outline::new(StatusCode::BAD_REQUEST, "invalid_parameter", detail).errors(vec![fault])
}

/// The media type of the body is another one, or was not `named` at all.
pub fn media_type(named: bool) -> Outline {
    let (zh, en) = if named {
        (
            "此处不接受该内容格式，通常应为 application/json。",
            "This media type is not accepted here; send application/json.",
        )
    } else {
        (
            "请在 Content-Type 请求头中注明内容格式，通常为 application/json。",
            "Name the media type in Content-Type, usually application/json.",
        )
    };
    Outline::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", Text::new(zh, en))
}

fn method(route: Option<&Route>) -> Outline {
    let outline = Outline::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        Text::new(
            "此地址不支持该方法，可用方法见 Allow 响应头。",
            "This address does not know the method; the header Allow names those it knows.",
        ),
    );
    match route {
        Some(route) => outline.header(header::ALLOW, route.allow()),
        None => outline,
    }
}

fn unreadable() -> Outline {
    Outline::new(
        StatusCode::BAD_REQUEST,
        "unreadable_body",
        Text::new(
            "请求内容无法读取，请检查格式后重新提交。",
            "The body cannot be read; check its form and send it again.",
        ),
    )
}
