//! The door: a bearer token becomes an [`Actor`](crate::access::Actor), and the handler's type
//! says which action it is for. Because [`Allowed`] is the first parameter of a handler, a
//! stranger is turned away before anything else of the request is looked at.

use std::collections::HashMap;
use std::sync::OnceLock;

use poem::http::header;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::registry::{MetaParamIn, MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, OpenApi};
use uuid::Uuid;

use super::Problem;
use super::document::refuse_unknown_parameters;
use crate::access::{Action, Allowed, Can};
use crate::app::App;
use crate::error::{Error, Result};
use crate::identity;
use crate::request::RequestFacts;

/// The name of the security scheme in the document.
pub const BEARER: &str = "bearer";

impl<'a, A: Can> ApiExtractor<'a> for Allowed<A> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(
            BEARER,
            MetaSecurityScheme {
                ty: "http",
                description: Some(
                    "The access token of `POST /auth/login`, as `Authorization: Bearer …`.",
                ),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: Some("JWT"),
                flows: None,
                openid_connect_url: None,
            },
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(admit(request).await.map_err(Problem)?)
    }
}

async fn admit<A: Can>(request: &Request) -> Result<Allowed<A>> {
    let app = request.data::<App>().ok_or_else(|| Error::internal("no app in the request"))?;
    let actor = identity::authenticate(app, bearer_token(request)).await?;
    let allowed = Allowed::check(actor, facts_of(request)?)?;
    let known = operation(A::ACTION).map_or(&[][..], |it| &it.query);
    refuse_unknown_parameters(request, known)?;
    Ok(allowed)
}

fn bearer_token(request: &Request) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn facts_of(request: &Request) -> Result<RequestFacts> {
    request
        .extensions()
        .get::<RequestFacts>()
        .cloned()
        .ok_or_else(|| Error::internal("a request without its facts"))
}

/// How an action is called over HTTP.
#[derive(Debug)]
pub struct Operation {
    pub method: String,
    /// With `{name}` for parameters.
    pub path: String,
    /// Names of the query parameters.
    pub query: Vec<String>,
}

fn operation(action: Action) -> Option<&'static Operation> {
    static OPERATIONS: OnceLock<HashMap<String, Operation>> = OnceLock::new();
    let operations = OPERATIONS.get_or_init(|| {
        let paths = super::AllRooms::meta().into_iter().flat_map(|it| it.paths);
        let operations = paths.flat_map(|path| {
            path.operations.into_iter().filter_map(move |it| {
                let query = it.params.iter().filter(|it| it.in_type == MetaParamIn::Query);
                let operation = Operation {
                    method: it.method.to_string(),
                    path: path.path.clone(),
                    query: query.map(|it| it.name.clone()).collect(),
                };
                Some((it.operation_id?.to_owned(), operation))
            })
        });
        operations.collect()
    });
    operations.get(&action.to_string())
}

/// Method and address of an action on a case. Members of the path that are not known stay in
/// braces.
pub fn href_of(action: Action, case_id: Uuid, target: Option<Uuid>) -> (String, String) {
    let Some(operation) = operation(action) else { return (String::new(), String::new()) };
    let mut path = operation.path.replace("{case_id}", &case_id.to_string());
    if let (Some(target), Some(begin)) = (target, path.find('{'))
        && let Some(length) = path[begin..].find('}')
    {
        path.replace_range(begin..=begin + length, &target.to_string());
    }
    (operation.method.clone(), format!("/api/v1{path}"))
}

/// What is known about a request that needs no login.
#[derive(Debug)]
pub struct Facts(pub RequestFacts);

impl<'a> FromRequest<'a> for Facts {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(facts_of(request).map_err(Problem)?))
    }
}
