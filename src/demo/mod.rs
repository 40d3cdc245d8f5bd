//! A realistic district and a year of cases, made through the same service functions as
//! everybody else's, under a moving clock.

use crate::settings::Settings;

/// Fills an empty database.
pub async fn run(
    _settings: Settings,
    _cases: u32,
    _password: Option<String>,
) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
