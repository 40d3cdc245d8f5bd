//! The document as poem-openapi writes it, without a running station: only the types of the
//! rooms are asked.

use std::collections::HashMap;
use std::marker::PhantomData;

use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem_openapi::registry::{MetaApi, Registry};
use poem_openapi::{ContactObject, LicenseObject, OpenApi, OpenApiService};

use crate::http::document::SERVER;

const DESCRIPTION: &str = "\
The interface of a consumer-dispute joint people's mediation workstation (消费纠纷联合人民调解工作站).

A case runs from `registered` over `accepted`, `mediating` and `performing` to `closed` and \
`archived`. `GET /cases/{case_id}/next-actions` tells at every moment what the caller can do with \
it and what is still missing, under which article.

- Log in with `POST /auth/login` and send the access token as `Authorization: Bearer …`. Its \
public keys are at `/.well-known/jwks.json`.
- JSON in `snake_case`; ids are UUIDs; instants are RFC 3339 with offset; days are `YYYY-MM-DD` \
of Asia/Shanghai; money is whole fen.
- Every error is `application/problem+json` (RFC 9457) with a stable `code`, every fault with its \
JSON pointer, and the articles where a rule of law refused; texts are Chinese, or English with \
`Accept-Language: en`. What the caller may not see is 404.
- Lists have `limit` and `cursor`; take `next_cursor` to the next page until it is absent.
- Writes on a case need `If-Match` with the `ETag` that was read: 428 without it, 412 when stale.
- Every `POST` takes an `Idempotency-Key`; a repeat gets the first answer.
- Members and parameters nobody knows are refused.
- Personal data is masked; reading it in clear is an action with a purpose, on the audit log.
- `X-Request-Id` is echoed, or made, and stands in every problem as `trace_id`.";

/// What [`super::document`] cleans.
pub fn raw<T: OpenApi>() -> String {
    let license = LicenseObject::new("MIT OR Apache-2.0")
        .identifier("MIT OR Apache-2.0")
        .url("https://spdx.org/licenses/");
    OpenApiService::new(Described::<T>(PhantomData), "Huijie 汇解", env!("CARGO_PKG_VERSION"))
        .summary("Case management of a mediation workstation")
        .description(DESCRIPTION)
        .contact(ContactObject::new().name("The station's administrator"))
        .license(license)
        .server(SERVER)
        .spec()
}

/// The types of an API without its values.
struct Described<T>(PhantomData<T>);

impl<T: OpenApi> OpenApi for Described<T> {
    fn meta() -> Vec<MetaApi> {
        T::meta()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn add_routes(self, _table: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {}
}
