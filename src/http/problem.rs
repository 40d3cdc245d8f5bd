//! Every error leaves as `application/problem+json` (RFC 9457), in the caller's language. The
//! one `match` from [`Error`] to a status stands here; no other code decides a status of an
//! error, and nothing here decides what is an error.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use poem::error::ResponseError;
use poem::http::{HeaderName, StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};
use poem_openapi::{ApiResponse, Object};
use uuid::Uuid;

use crate::error::{Error, Fault, StoredAnswer, Stranger, Unmet};
use crate::language::{Language, Text};
use crate::law::Law;

/// The media type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Seconds to wait before trying again when the database is busy.
const BUSY_SECONDS: u64 = 2;

/// The error type of every handler.
#[derive(Debug)]
pub struct Problem(pub Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status(&self) -> StatusCode {
        match &self.0 {
            Error::Replayed(answer) => StatusCode::from_u16(answer.status).unwrap_or_default(),
            error => outline(error).status,
        }
    }

    /// Only reached where the edge is not in front; the edge knows language and trace id.
    fn as_response(&self) -> Response {
        render(&self.0, Language::default(), "")
    }
}

/// One fault in what was sent.
#[derive(Debug, Object)]
pub struct ProblemFault {
    /// JSON pointer (RFC 6901) into the body, `?name` for a parameter, empty for the whole.
    pointer: String,
    /// Stable name of the fault, for programs.
    code: String,
    /// What is wrong and what would be right, for people.
    detail: String,
}

/// An article of law that asks for what is missing.
#[derive(Debug, Object)]
pub struct ProblemLaw {
    /// Law and article, for programs.
    code: String,
    /// The citation, for people.
    citation: String,
}

/// Why a request was not done, and what to do next (RFC 9457).
#[derive(Debug, Object)]
#[oai(rename = "Problem", skip_serializing_if_is_none)]
pub struct ProblemDocument {
    /// Names the kind of problem: `urn:huijie:problem:` and the code.
    #[oai(rename = "type")]
    kind: String,
    /// The kind in a few words, in the language of the answer.
    title: String,
    /// The HTTP status once more.
    status: u16,
    /// Stable name of the problem, for programs.
    code: String,
    /// What happened and what to do next, in the language of the answer.
    detail: String,
    /// Every single fault; empty when there is nothing to point at.
    errors: Vec<ProblemFault>,
    /// The articles of law the refusal rests on; empty for a rule of the system itself.
    law: Vec<ProblemLaw>,
    /// When the room and everybody who is needed are free next, for as long as was asked: told
    /// with `room_taken`, `mediator_taken` and `party_taken`.
    next_free_at: Option<String>,
    /// What is there already: told with `same_content`.
    existing_id: Option<String>,
    /// Names the request; give it when asking for help.
    trace_id: String,
}

/// The statuses of errors with the descriptions the document gives them. Which of them an
/// operation can really answer is decided in `http::document`.
pub const STATUSES: &[(u16, &str)] = &[
    (400, "The request cannot be read."),
    (401, "Nobody is logged in, or the token is not valid any more."),
    (403, "The caller's role may not do this."),
    (404, "It does not exist, or the caller may not know that it does."),
    (409, "A rule of mediation forbids the step now, or the same entry exists already."),
    (412, "Somebody changed it since the version named by `If-Match` was read."),
    (413, "The body is too large."),
    (415, "The media type of the body is not accepted here."),
    (416, "The part that was asked for lies outside of the file."),
    (422, "The body is well formed and cannot be meant: `errors` names every fault."),
    (428, "A write on a case needs `If-Match` with the version that was read."),
    (429, "Too many failed attempts; `Retry-After` says when to try again."),
    (500, "A fault of the station; nothing was written."),
    (503, "The station is busy or being maintained; nothing was written."),
];

impl ApiResponse for Problem {
    fn meta() -> MetaResponses {
        let one = |&(status, description)| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content: vec![MetaMediaType {
                content_type: PROBLEM_JSON,
                schema: ProblemDocument::schema_ref(),
            }],
            headers: Vec::new(),
        };
        MetaResponses { responses: STATUSES.iter().map(one).collect() }
    }

    fn register(registry: &mut Registry) {
        ProblemDocument::register(registry);
    }
}

/// A problem before it is put into a language. It travels as an error of poem where the fault is
/// one of HTTP itself and has no name among the errors of the field.
#[derive(Debug, Clone)]
pub struct Outline {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: Text,
    pub errors: Vec<Fault>,
    pub law: Vec<Law>,
    pub next_free_at: Option<DateTime<Utc>>,
    pub existing_id: Option<Uuid>,
    pub header: Option<(HeaderName, String)>,
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail.en)
    }
}

impl std::error::Error for Outline {}

impl ResponseError for Outline {
    fn status(&self) -> StatusCode {
        self.status
    }

    fn as_response(&self) -> Response {
        self.clone().into_response(Language::default(), "")
    }
}

impl Outline {
    pub fn new(status: StatusCode, code: &'static str, detail: Text) -> Self {
        let (errors, law) = (Vec::new(), Vec::new());
        let (next_free_at, existing_id, header) = (None, None, None);
        Self { status, code, detail, errors, law, next_free_at, existing_id, header }
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.header = Some((name, value.into()));
        self
    }

    #[must_use]
    pub fn errors(mut self, errors: Vec<Fault>) -> Self {
        self.errors = errors;
        self
    }

    /// Writes the answer in `language`.
    pub fn into_response(self, language: Language, trace_id: &str) -> Response {
        let said = |text: &Text| text.in_language(language).to_owned();
        let document = ProblemDocument {
            kind: format!("urn:huijie:problem:{}", self.code),
            title: said(&title(self.status)),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: said(&self.detail),
            errors: self
                .errors
                .into_iter()
                .map(|it| ProblemFault {
                    detail: said(&it.detail),
                    code: it.code.to_owned(),
                    pointer: it.pointer,
                })
                .collect(),
            law: self
                .law
                .iter()
                .map(|it| ProblemLaw { code: it.code().to_owned(), citation: said(&it.citation()) })
                .collect(),
            next_free_at: self
                .next_free_at
                .map(|it| it.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            existing_id: self.existing_id.map(|it| it.to_string()),
            trace_id: trace_id.to_owned(),
        };
        let mut answer = Response::builder()
            .status(self.status)
            .content_type(PROBLEM_JSON)
            .header(header::CONTENT_LANGUAGE, language.tag());
        if let Some((name, value)) = self.header {
            answer = answer.header(name, value);
        }
        answer.body(document.to_json_string())
    }
}

/// The answer to an error. A fault of ours is logged here, once, and its text stays here.
pub fn render(error: &Error, language: Language, trace_id: &str) -> Response {
    match error {
        Error::Replayed(answer) => return replay(answer),
        Error::Internal(cause) => tracing::error!(trace_id, cause, "internal error"),
        Error::Unavailable(cause) => tracing::warn!(trace_id, cause, "unavailable"),
        _ => {}
    }
    outline(error).into_response(language, trace_id)
}

/// The whole table of statuses. A new error does not compile until it has one.
fn outline(error: &Error) -> Outline {
    use StatusCode as S;
    match error {
        Error::Unauthenticated(why) => stranger(*why),
        Error::Locked { retry_after } => Outline::new(
            S::TOO_MANY_REQUESTS,
            "locked",
            Text::new(
                format!("失败次数过多，请在 {retry_after} 秒后重试。"),
                format!("Too many failed attempts; try again in {retry_after} seconds."),
            ),
        )
        .header(header::RETRY_AFTER, retry_after.to_string()),
        Error::Forbidden(detail) => Outline::new(S::FORBIDDEN, "forbidden", detail.clone()),
        Error::NotFound => Outline::new(
            S::NOT_FOUND,
            "not_found",
            Text::new(
                "没有您可以查看的这项内容，请核对编号。",
                "Nothing you may see has this id; check the id.",
            ),
        ),
        Error::Invalid(faults) => invalid(faults),
        Error::Refused(unmet) => refused(unmet),
        Error::NoMediator(unmet) => Outline {
            code: "no_mediator_available",
            detail: Text::new(
                "没有可以指派的调解员；各人的原因见 errors，已排除的人不会再被选入。",
                "No mediator can be assigned; `errors` says why of each, and nobody excluded \
                 comes back.",
            ),
            ..refused(unmet)
        },
        // The first names the problem: the room before people.
        Error::Taken { unmet, next_free_at } => Outline {
            code: unmet.first().map_or("taken", |it| it.code),
            next_free_at: *next_free_at,
            ..refused(unmet)
        },
        Error::SameContent(_)
        | Error::FileTooLarge { .. }
        | Error::BrokenOff
        | Error::Withheld
        | Error::NoThumbnail
        | Error::OutOfRange { .. } => about_a_file(error),
        Error::Duplicate(detail) => Outline::new(S::CONFLICT, "duplicate", detail.clone()),
        Error::VersionRequired => Outline::new(
            S::PRECONDITION_REQUIRED,
            "version_required",
            Text::new(
                "请先读取最新内容，并把其 ETag 放入 If-Match 请求头后重新提交。",
                "Read it first and send its ETag in the header If-Match.",
            ),
        ),
        Error::Stale => Outline::new(
            S::PRECONDITION_FAILED,
            "stale",
            Text::new(
                "内容已被他人更新。请重新读取，确认后再提交。",
                "It was changed since you read it; read it again, then decide again.",
            ),
        ),
        Error::KeyReused => Outline::new(
            S::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            Text::new(
                "该 Idempotency-Key 已用于另一个请求，请为新请求换一个新值。",
                "This Idempotency-Key was used with another request; take a new one.",
            ),
        ),
        // Rendered as the stored answer before this table is asked.
        Error::Replayed(_) => internal(),
        Error::Unavailable(_) => Outline::new(
            S::SERVICE_UNAVAILABLE,
            "unavailable",
            Text::new(
                "系统繁忙，本次未写入任何内容，请稍后重试。",
                "The station is busy and nothing was written; try again shortly.",
            ),
        )
        .header(header::RETRY_AFTER, BUSY_SECONDS.to_string()),
        Error::Internal(_) => internal(),
    }
}

/// What goes wrong with files alone.
fn about_a_file(error: &Error) -> Outline {
    use StatusCode as S;
    match error {
        Error::SameContent(id) => Outline {
            existing_id: Some(*id),
            ..Outline::new(
                S::CONFLICT,
                "same_content",
                Text::new(
                    format!("本案已有内容相同的材料（{id}），无需重复提交。"),
                    format!("The case has the same content already, as {id}; once is enough."),
                ),
            )
        },
        Error::FileTooLarge { limit } => {
            let megabytes = limit / 1_000_000;
            Outline::new(
                S::PAYLOAD_TOO_LARGE,
                "file_too_large",
                Text::new(
                    format!("文件超过 {megabytes} MB，请压缩或者分段后重新上传。"),
                    format!(
                        "The file is larger than {megabytes} MB; make it smaller or divide it."
                    ),
                ),
            )
        }
        Error::BrokenOff => Outline::new(
            S::BAD_REQUEST,
            "upload_broken_off",
            Text::new(
                "上传中断，未保存任何内容，请重新上传。",
                "The upload broke off and nothing of it was kept; send it again.",
            ),
        ),
        Error::Withheld => Outline::new(
            S::FORBIDDEN,
            "evidence_withheld",
            Text::new(
                "该证据材料已撤回，其内容仅站长和监督员可以查看。",
                "This evidence is withdrawn; only a director or a supervisor may look into it.",
            ),
        ),
        Error::NoThumbnail => Outline::new(
            S::NOT_FOUND,
            "no_thumbnail",
            Text::new(
                "该文件没有缩略图：仅 JPEG、PNG、WebP 图片有。",
                "There is no thumbnail of this file; JPEG, PNG and WebP pictures have one.",
            ),
        ),
        Error::OutOfRange { size } => Outline::new(
            S::RANGE_NOT_SATISFIABLE,
            "range_not_satisfiable",
            Text::new(
                format!("请求的范围超出文件（共 {size} 字节）。"),
                format!("The part asked for lies outside of the {size} bytes of the file."),
            ),
        )
        .header(header::CONTENT_RANGE, format!("bytes */{size}")),
        _ => internal(),
    }
}

/// A fault of ours says nothing of itself; the log has it under the trace id.
pub(crate) fn internal() -> Outline {
    Outline::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        Text::new(
            "系统发生故障，本次未写入任何内容。请稍后重试；若仍失败，请把 trace_id 告知管理员。",
            "A fault on our side; nothing was written. Try again, and if it stays give the \
             trace_id to the administrator.",
        ),
    )
}

pub(crate) fn stranger(why: Stranger) -> Outline {
    let bad_token =
        matches!(why, Stranger::BadToken | Stranger::ExpiredToken | Stranger::EndedSession);
    let (code, zh, en) = match why {
        Stranger::NoToken => (
            "no_token",
            "请先登录，并在 Authorization 请求头中携带访问令牌。",
            "Log in and send the access token in the header Authorization.",
        ),
        Stranger::BadToken => (
            "invalid_token",
            "访问令牌无效，请重新登录。",
            "The access token is not valid; log in again.",
        ),
        Stranger::ExpiredToken => (
            "expired_token",
            "访问令牌已过期，请用刷新令牌换取新的令牌。",
            "The access token has run out; use the refresh token to get a new one.",
        ),
        Stranger::EndedSession => (
            "session_ended",
            "会话已结束或账号已停用，请重新登录或联系管理员。",
            "The session was ended or the account disabled; log in again or ask the administrator.",
        ),
        Stranger::WrongPassword => (
            "wrong_credentials",
            "用户名或密码不正确，请核对后重试。",
            "The user name or the password is wrong; check both and try again.",
        ),
        Stranger::BadRefreshToken => (
            "invalid_refresh_token",
            "刷新令牌无效或已使用，请重新登录。",
            "The refresh token is not valid or was used before; log in again.",
        ),
        Stranger::BadSetupSecret => (
            "invalid_setup_secret",
            "初始化口令不正确，或系统已完成初始化。请查看服务器启动日志，或直接登录。",
            "The set-up secret is wrong or the station is set up already; look at the start-up \
             log or log in.",
        ),
    };
    let challenge = if bad_token {
        "Bearer realm=\"huijie\", error=\"invalid_token\""
    } else {
        "Bearer realm=\"huijie\""
    };
    Outline::new(StatusCode::UNAUTHORIZED, code, Text::new(zh, en))
        .header(header::WWW_AUTHENTICATE, challenge)
}

fn invalid(faults: &[Fault]) -> Outline {
    let count = faults.len();
    Outline::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "invalid",
        Text::new(
            format!("提交的内容有 {count} 处错误，请按 errors 逐项更正后重新提交。"),
            format!("{count} fault(s) in what was sent; mend what `errors` names and send again."),
        ),
    )
    .errors(faults.to_vec())
}

fn refused(unmet: &[Unmet]) -> Outline {
    let (code, detail) = match unmet {
        [one] => (one.code, one.detail.clone()),
        _ => (
            "step_refused",
            Text::new(
                format!("尚有 {} 项条件未满足，请按 errors 逐项办理。", unmet.len()),
                format!("{} conditions are not met; settle what `errors` names.", unmet.len()),
            ),
        ),
    };
    let mut law: Vec<Law> = Vec::new();
    for article in unmet.iter().flat_map(|it| it.law) {
        if !law.contains(article) {
            law.push(*article);
        }
    }
    let errors = unmet.iter().map(|it| Fault::new("", it.code, it.detail.clone())).collect();
    let mut outline = Outline::new(StatusCode::CONFLICT, code, detail).errors(errors);
    outline.law = law;
    outline
}

fn replay(answer: &StoredAnswer) -> Response {
    let mut response = Response::builder()
        .status(StatusCode::from_u16(answer.status).unwrap_or_default())
        .header("idempotency-replayed", "true");
    if let Some(location) = &answer.location {
        response = response.header(header::LOCATION, location);
    }
    if let Some(etag) = &answer.etag {
        response = response.header(header::ETAG, etag);
    }
    if answer.body.is_empty() {
        return response.finish();
    }
    response.content_type("application/json").body(answer.body.clone())
}

/// A status in a few words.
fn title(status: StatusCode) -> Text {
    let (zh, en) = match status.as_u16() {
        400 => ("请求无法识别", "The request cannot be read"),
        401 => ("未能识别身份", "The caller is not known"),
        403 => ("无权办理", "Not allowed"),
        404 => ("未找到", "Not found"),
        405 => ("方法不适用", "The method does not apply"),
        409 => ("现在不能办理", "Not possible now"),
        412 => ("内容已被更新", "Changed since it was read"),
        413 => ("请求过大", "Too large"),
        415 => ("格式不受支持", "The media type is not accepted"),
        416 => ("范围无效", "The range is not satisfiable"),
        422 => ("内容有误", "The content is not valid"),
        428 => ("缺少版本", "A version is required"),
        429 => ("尝试次数过多", "Too many attempts"),
        503 => ("暂时不可用", "Unavailable for now"),
        500.. => ("系统故障", "A fault of ours"),
        _ => ("请求未被接受", "The request was not accepted"),
    };
    Text::new(zh, en)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.as_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shown(error: Error, language: Language) -> (Response, serde_json::Value) {
        let mut response = render(&error, language, "t-1");
        let body = response.take_body().into_string().await.unwrap();
        let value = serde_json::from_str(&body).unwrap_or_default();
        (response, value)
    }

    #[tokio::test]
    async fn a_refusal_names_its_rule_and_its_law() {
        let one = |code, detail, law| Unmet { code, detail, law, mend: &[] };
        let unmet = || {
            vec![
                one("no_consent", Text::new("甲", "a"), &[Law::Pml17]),
                one("no_notice", Text::new("乙", "b"), &[Law::Pml17, Law::Pml23]),
            ]
        };
        let (response, body) = shown(Error::Refused(unmet()), Language::English).await;
        assert_eq!(response.status(), 409);
        assert_eq!(response.content_type(), Some(PROBLEM_JSON));
        assert_eq!(body["code"], "step_refused");
        assert_eq!(body["type"], "urn:huijie:problem:step_refused");
        assert_eq!(body["errors"][1]["detail"], "b");
        assert_eq!(body["law"].as_array().map(Vec::len), Some(2));
        assert_eq!(body["trace_id"], "t-1");

        let one = unmet().drain(..1).collect();
        let (_, body) = shown(Error::Refused(one), Language::Chinese).await;
        assert_eq!((&body["code"], &body["detail"]), (&"no_consent".into(), &"甲".into()));
    }

    #[tokio::test]
    async fn an_internal_error_keeps_its_cause_to_itself() {
        let (response, body) = shown(Error::internal("password=secret"), Language::English).await;
        assert_eq!(response.status(), 500);
        assert!(!body.to_string().contains("secret"));
    }

    #[tokio::test]
    async fn a_stranger_is_told_what_kind_of_token_is_wanted() {
        for (why, challenge) in [
            (Stranger::NoToken, "Bearer realm=\"huijie\""),
            (Stranger::ExpiredToken, "Bearer realm=\"huijie\", error=\"invalid_token\""),
        ] {
            let (response, _) = shown(Error::Unauthenticated(why), Language::Chinese).await;
            assert_eq!(response.status(), 401);
            assert_eq!(response.header("www-authenticate"), Some(challenge));
        }
    }

    #[tokio::test]
    async fn a_repeat_gets_the_first_answer() {
        let answer = StoredAnswer {
            status: 201,
            location: Some("/api/v1/cases/1".to_owned()),
            etag: Some("\"1\"".to_owned()),
            body: "{\"id\":1}".to_owned(),
        };
        let (response, body) = shown(Error::Replayed(Box::new(answer)), Language::Chinese).await;
        assert_eq!(response.status(), 201);
        assert_eq!(response.header("idempotency-replayed"), Some("true"));
        assert_eq!(response.header("etag"), Some("\"1\""));
        assert_eq!(body["id"], 1);
    }

    #[tokio::test]
    async fn what_is_busy_says_when_to_come_back() {
        let (response, _) = shown(Error::Unavailable("pool".into()), Language::Chinese).await;
        assert_eq!(response.status(), 503);
        assert_eq!(response.header("retry-after"), Some("2"));
        let (response, _) = shown(Error::Locked { retry_after: 90 }, Language::Chinese).await;
        assert_eq!((response.status().as_u16(), response.header("retry-after")), (429, Some("90")));
    }
}
