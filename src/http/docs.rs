//! The page on which the document can be read and tried out. Everything it needs comes from this
//! program, and its content security policy lets it ask nobody else.

use std::collections::HashMap;
use std::sync::LazyLock;

use poem::endpoint::{BoxEndpoint, make_sync};
use poem::http::{Method, header};
use poem::{Endpoint, Response, Route};
use poem_openapi::registry::{MetaApi, Registry};
use poem_openapi::{OpenApi, OpenApiService};

/// Styles may stand inline, Swagger UI cannot do without; scripts may not.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The assets change with the program only.
const CACHE: &str = "public, max-age=3600";

const PAGE: &str = r#"<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>汇解 接口文档 · Huijie API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="ui"></div>
<script src="/docs/swagger-ui.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"#;

/// `validatorUrl: null`: the page would else show the document to a validator on the internet.
const START: &str = r#""use strict";
SwaggerUIBundle({
  domNode: document.getElementById("ui"),
  url: "/api/v1/openapi.json",
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
});
"#;

/// The page at `/docs`; to be mounted there with `nest`.
pub fn docs_page() -> impl Endpoint<Output = Response> + 'static {
    let serve = |media_type: &'static str, cache: &'static str, text: &'static str| {
        make_sync(move |_| {
            Response::builder()
                .content_type(media_type)
                .header(header::CONTENT_SECURITY_POLICY, POLICY)
                .header(header::CACHE_CONTROL, cache)
                .body(text)
        })
    };
    Route::new()
        .at("/", serve("text/html; charset=utf-8", "no-cache", PAGE))
        .at("/start.js", serve("text/javascript; charset=utf-8", CACHE, START))
        .at("/swagger-ui.js", serve("text/javascript; charset=utf-8", CACHE, ASSETS.script))
        .at("/swagger-ui.css", serve("text/css; charset=utf-8", CACHE, ASSETS.style))
}

/// The published document itself, for programs.
pub fn document(text: String) -> impl Endpoint<Output = Response> + 'static {
    let text = &*text.leak();
    make_sync(move |_| {
        Response::builder()
            .content_type("application/json")
            .header(header::CACHE_CONTROL, "no-cache")
            .body(text)
    })
}

/// Swagger UI as poem-openapi brings it.
struct Assets {
    script: &'static str,
    style: &'static str,
}

/// poem-openapi gives Swagger UI only as one page with the raw document in it. Ours shows the
/// clean document and needs no inline script, so the parts are cut out of an empty one.
static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let page = OpenApiService::new(Nothing, "", "").swagger_ui_html();
    let cut = |from: &str, to: &str| {
        let (_, rest) = page.split_once(from).expect("the page of the pinned release has it");
        let (part, _) = rest.split_once(to).expect("the page of the pinned release closes it");
        &*part.to_owned().leak()
    };
    Assets {
        style: cut("<style charset=\"UTF-8\">", "</style>"),
        script: cut("<script charset=\"UTF-8\">", "</script>"),
    }
});

/// An API without operations.
struct Nothing;

impl OpenApi for Nothing {
    fn meta() -> Vec<MetaApi> {
        Vec::new()
    }

    fn register(_registry: &mut Registry) {}

    fn add_routes(self, _table: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {}
}

#[cfg(test)]
mod tests {
    use poem::Request;

    use super::*;

    #[tokio::test]
    async fn the_page_loads_nothing_from_elsewhere() {
        let station = Route::new().nest("/docs", docs_page());
        for (path, media_type, least) in [
            ("/docs", "text/html", 300),
            ("/docs/", "text/html", 300),
            ("/docs/start.js", "text/javascript", 100),
            ("/docs/swagger-ui.js", "text/javascript", 1_000_000),
            ("/docs/swagger-ui.css", "text/css", 100_000),
        ] {
            let response = station.get_response(Request::builder().uri_str(path).finish()).await;
            assert_eq!(response.status(), 200, "{path}");
            assert!(response.content_type().is_some_and(|it| it.starts_with(media_type)), "{path}");
            assert_eq!(response.header("content-security-policy"), Some(POLICY));
            assert!(response.into_body().into_vec().await.unwrap().len() > least, "{path}");
        }
        assert!(!PAGE.contains("http") && !START.contains("http"));
    }
}
