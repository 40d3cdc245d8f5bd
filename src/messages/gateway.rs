//! The gateway that turns a message into a text on a phone: one POST of JSON for each, with the id
//! of the message as `Idempotency-Key`. What it answered is told in words that hold nothing of the
//! message.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use serde::Serialize;
use uuid::Uuid;

use crate::settings::MessageGateway;

/// How long the gateway may take for one message.
const PATIENCE: Duration = Duration::from_secs(10);

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The way to the gateway.
pub(crate) struct Gateway {
    client: Client,
    place: MessageGateway,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway")
    }
}

/// What the gateway is sent.
#[derive(Serialize)]
struct Sent<'a> {
    id: Uuid,
    to: &'a str,
    text: &'a str,
}

impl Gateway {
    /// Nothing is asked of it yet. No proxy of the surroundings stands between.
    pub fn new(place: MessageGateway) -> anyhow::Result<Self> {
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!("huijie/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, place })
    }

    /// Hands a message over; else why not.
    pub(super) async fn send(&self, id: Uuid, to: &str, text: &str) -> Result<(), String> {
        let key = HeaderValue::from_str(&id.to_string()).map_err(|it| it.to_string())?;
        let mut request = self.client.post(&self.place.url).header(IDEMPOTENCY_KEY, key);
        if let Some(token) = &self.place.token {
            request = request.bearer_auth(token.reveal());
        }
        match request.json(&Sent { id, to, text }).send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(refused(answer.status())),
            Err(error) if error.is_timeout() => {
                Err("the gateway did not answer in time".to_owned())
            }
            Err(error) if error.is_connect() => Err("the gateway cannot be reached".to_owned()),
            Err(_) => Err("the message could not be handed over".to_owned()),
        }
    }
}

fn refused(status: StatusCode) -> String {
    format!("the gateway answered {}", status.as_u16())
}
