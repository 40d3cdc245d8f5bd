//! The page behind the code on the paper of an agreement: whether it is in force, and nothing
//! else. Holds no script and nothing of what was asked.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};
use sha2::{Digest as _, Sha256};

use super::Problem;
use crate::agreements::checks;
use crate::app::App;

const STYLE: &str = "body{margin:2rem auto;max-width:36rem;padding:0 1rem;\
                     font:1.1rem/1.7 system-ui,sans-serif;color:#1d2129}\
                     h1{font-size:1.4rem}strong{font-size:1.2rem}hr{margin:2rem 0;border:0;\
                     border-top:1px solid #c9cdd4}p{margin:.6rem 0}";

/// Only this style, and nothing that does anything.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
});

/// One of two pages.
#[handler]
pub async fn page(
    Data(app): Data<&App>,
    Path((number, hash)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let is_in_force = checks::is_in_force(app, &number, &hash).await?;
    Ok(Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, POLICY.as_str())
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
        .body(text(is_in_force)))
}

fn text(is_in_force: bool) -> String {
    let (zh, en) = if is_in_force {
        (
            "<strong>有效。</strong>该编号与文本摘要对应的调解协议已经生效。",
            "<strong>In force.</strong> The agreement of this number and this text is in force.",
        )
    } else {
        (
            "<strong>未查到。</strong>没有与该编号和文本摘要都相符的、已经生效的调解协议。\
             请核对纸面上的编号和摘要。",
            "<strong>Not found.</strong> No agreement in force has both this number and this \
             text. Compare them with what is printed on the paper.",
        )
    };
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>调解协议核验 · Agreement check</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>调解协议核验</h1>\n<p>{zh}</p>\n\
         <p>本页只核对编号与文本摘要，不显示当事人和协议内容。</p>\n<hr>\n\
         <div lang=\"en\">\n<h1>Agreement check</h1>\n<p>{en}</p>\n\
         <p>This page compares the number and the hash of the text only; it shows neither the \
         parties nor the content.</p>\n</div>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_does_nothing_and_loads_nothing() {
        for shown in [text(true), text(false)] {
            for name in ["<script", "http", "src=", "href=", "url(", " onload"] {
                assert!(!shown.contains(name), "{name}: {shown}");
            }
            assert!(
                shown.find("调解协议核验").unwrap() < shown.find("Agreement check</h1>").unwrap()
            );
        }
        assert_ne!(text(true), text(false));
    }
}
