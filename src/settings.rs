//! Every setting of the program, in one place: its flag, its environment variable, its key in
//! the settings file, its default. A wrong one is refused at start with a sentence.
//!
//! A flag wins over the environment, the environment over the file, the file over the default.

mod given;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use clap::CommandFactory as _;
use serde::Deserialize;

use crate::acceptance::CaseNumberPattern;
use crate::words::Category;

pub use given::GivenSettings;

/// A setting that is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Where files of evidence are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoragePlace {
    Folder(PathBuf),
    S3(S3Place),
}

/// Where messages to phones are handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageGateway {
    pub url: String,
    pub token: Option<Secret>,
}

/// A bucket and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Place {
    pub bucket: String,
    /// Without slashes at its ends; may be empty.
    pub prefix: String,
    pub endpoint: Option<String>,
    pub region: String,
    /// Key and secret; without them the machine's own role is used.
    pub keys: Option<(Secret, Secret)>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// The settings in force, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    pub data_dir: PathBuf,
    pub database_url: String,
    pub database_connections: u32,
    pub key_file: PathBuf,
    pub listen: SocketAddr,
    /// Without a slash at its end.
    pub public_url: String,
    pub body_limit: u64,
    pub import_limit: u64,
    pub storage: StoragePlace,
    /// In bytes.
    pub evidence_limit: u64,
    pub case_number_pattern: CaseNumberPattern,
    pub administrative_case_number_pattern: CaseNumberPattern,
    pub access_token_life: TimeDelta,
    pub refresh_token_life: TimeDelta,
    pub lockout_attempts: i32,
    pub lockout_time: TimeDelta,
    pub sweep_interval: std::time::Duration,
    /// None: messages do not leave.
    pub message_gateway: Option<MessageGateway>,
    pub signing_code_life: TimeDelta,
    pub performance_warning_days: u64,

    pub room_hold_life: TimeDelta,
    /// In ordinary cases.
    pub mediator_capacity: u32,
    pub fair_share_days: u32,
    pub joint_panel: JointPanelRule,
    pub cluster_applicants: usize,
    pub cluster_days: u32,
    pub log_format: LogFormat,
    pub log: String,
}

/// When a case asks for a panel of both offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointPanelRule {
    /// Claims of so much or more; None: never.
    pub from_fen: Option<i64>,
    /// So many applicants or more; None: never.
    pub from_applicants: Option<usize>,
    pub categories: Vec<Category>,
}

/// Why the program does not start: a sentence that names the setting.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongSetting(String);

impl Settings {
    /// Puts flags and environment (`given`), the file and the defaults together.
    pub fn load(given: GivenSettings) -> Result<Self, WrongSetting> {
        refuse_unknown_variables()?;
        let file = match &given.settings {
            Some(path) => read_file(path)?,
            None => GivenSettings::default(),
        };
        Self::check(given.or(file))
    }

    /// Settings for a test: everything under `data_dir`, any free port, a gateway that is not there.
    pub fn for_tests(data_dir: &Path, database_url: Option<String>) -> Self {
        let given = GivenSettings {
            data_dir: Some(data_dir.to_owned()),
            database_url,
            listen: Some("127.0.0.1:0".to_owned()),
            // Nobody answers there, and nothing leaves unless a test carries it.
            message_gateway: Some("http://127.0.0.1:9/".to_owned()),
            ..GivenSettings::default()
        };
        Self::check(given).expect("the defaults are right")
    }

    fn check(given: GivenSettings) -> Result<Self, WrongSetting> {
        let data_dir = given.data_dir.clone().unwrap_or_else(|| PathBuf::from("data"));
        let storage = storage_place(&given, &data_dir)?;
        let message_gateway = message_gateway(&given)?;
        let database_url = given
            .database_url
            .unwrap_or_else(|| format!("sqlite://{}", data_dir.join("huijie.sqlite").display()));
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|it| database_url.starts_with(it)) {
            return Err(wrong("database_url", "must start with sqlite: or postgres:"));
        }
        let listen = given.listen.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let pattern = given
            .case_number_pattern
            .unwrap_or_else(|| "（{year}）徐消人调字第{sequence:5}号".to_owned());
        Ok(Self {
            key_file: given.key_file.unwrap_or_else(|| data_dir.join("keys.json")),
            data_dir,
            database_url,
            database_connections: within(
                "database_connections",
                given.database_connections,
                8,
                1,
                500,
            )?,
            public_url: web_address("public_url", given.public_url.as_deref())?.map_or_else(
                || format!("http://{listen}"),
                |it| it.trim_end_matches('/').to_owned(),
            ),
            listen: listen.parse().map_err(|_| {
                wrong("listen", "must be an address and a port, such as 127.0.0.1:8080")
            })?,
            body_limit: bytes("body_limit", given.body_limit, 1 << 20)?,
            import_limit: bytes("import_limit", given.import_limit, 8 << 20)?,
            storage,
            evidence_limit: 1_000_000
                * u64::from(within("evidence_limit_mb", given.evidence_limit_mb, 200, 1, 10_000)?),
            case_number_pattern: pattern
                .parse()
                .map_err(|reason: &str| wrong("case_number_pattern", reason))?,
            administrative_case_number_pattern: given
                .administrative_case_number_pattern
                .unwrap_or_else(|| "（{year}）徐市监消调字第{sequence:5}号".to_owned())
                .parse()
                .map_err(|reason: &str| wrong("administrative_case_number_pattern", reason))?,
            access_token_life: TimeDelta::minutes(
                within("access_token_minutes", given.access_token_minutes, 15, 1, 60)?.into(),
            ),
            refresh_token_life: TimeDelta::days(
                within("refresh_token_days", given.refresh_token_days, 14, 1, 90)?.into(),
            ),
            sweep_interval: std::time::Duration::from_secs(
                u64::from(within("sweep_minutes", given.sweep_minutes, 5, 1, 1440)?) * 60,
            ),
            message_gateway,
            signing_code_life: TimeDelta::minutes(
                within("signing_code_minutes", given.signing_code_minutes, 10, 1, 60)?.into(),
            ),
            performance_warning_days: within(
                "performance_warning_days",
                given.performance_warning_days,
                3,
                1,
                60,
            )?
            .into(),
            lockout_attempts: i32::try_from(within(
                "lockout_attempts",
                given.lockout_attempts,
                5,
                3,
                20,
            )?)
            .map_err(|_| wrong("lockout_attempts", "is too large"))?,
            lockout_time: TimeDelta::minutes(
                within("lockout_minutes", given.lockout_minutes, 15, 1, 1440)?.into(),
            ),
            room_hold_life: TimeDelta::minutes(
                within("room_hold_minutes", given.room_hold_minutes, 15, 1, 240)?.into(),
            ),
            mediator_capacity: within("mediator_capacity", given.mediator_capacity, 40, 1, 1000)?,
            fair_share_days: within("fair_share_days", given.fair_share_days, 90, 7, 366)?,
            joint_panel: joint_panel(
                within("joint_panel_yuan", given.joint_panel_yuan, 50_000, 0, 1_000_000_000)?,
                within("joint_panel_applicants", given.joint_panel_applicants, 3, 0, 1000)?,
                given.joint_panel_categories.as_deref().unwrap_or("food_safety"),
            )?,
            cluster_applicants: within("cluster_applicants", given.cluster_applicants, 5, 2, 1000)?
                as usize,
            cluster_days: within("cluster_days", given.cluster_days, 30, 1, 366)?,
            log_format: given.log_format.unwrap_or_default(),
            log: given.log.unwrap_or_else(|| "info,sea_orm_migration=warn,poem=warn".to_owned()),
        })
    }
}

fn wrong(key: &str, reason: impl std::fmt::Display) -> WrongSetting {
    let variable = key.to_ascii_uppercase();
    WrongSetting(format!("The setting {key} (HUIJIE_{variable}) {reason}."))
}

fn storage_place(given: &GivenSettings, data_dir: &Path) -> Result<StoragePlace, WrongSetting> {
    let Some(named) = given.storage.as_deref() else {
        return Ok(StoragePlace::Folder(data_dir.join("evidence")));
    };
    let Some(rest) = named.strip_prefix("s3://") else {
        if named.is_empty() || named.contains("://") {
            return Err(wrong("storage", "must be a folder or s3://BUCKET/PREFIX"));
        }
        return Ok(StoragePlace::Folder(PathBuf::from(named)));
    };
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err(wrong("storage", "names no bucket; write s3://BUCKET/PREFIX"));
    }
    let keys = match (&given.s3_access_key_id, &given.s3_secret_access_key) {
        (Some(key), Some(secret)) => Some((key.clone(), secret.clone())),
        (None, None) => None,
        _ => return Err(wrong("s3_secret_access_key", "goes with s3_access_key_id: give both")),
    };
    let endpoint = given.s3_endpoint.clone();
    if endpoint.as_ref().is_some_and(|it| !it.starts_with("http")) {
        return Err(wrong("s3_endpoint", "must start with https:// or http://"));
    }
    Ok(StoragePlace::S3(S3Place {
        bucket: bucket.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint,
        region: given.s3_region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
        keys,
    }))
}

fn joint_panel(
    yuan: u32,
    applicants: u32,
    categories: &str,
) -> Result<JointPanelRule, WrongSetting> {
    let named = |name: &str| {
        Category::named(name).ok_or_else(|| {
            let all: Vec<String> = Category::ALL.iter().map(|it| it.name()).collect();
            let all = all.join(", ");
            wrong("joint_panel_categories", format_args!("knows no category {name}, only {all}"))
        })
    };
    let words = categories.split(',').map(str::trim).filter(|it| !it.is_empty());
    Ok(JointPanelRule {
        from_fen: (yuan > 0).then(|| i64::from(yuan) * 100),
        from_applicants: usize::try_from(applicants).ok().filter(|it| *it > 0),
        categories: words.map(named).collect::<Result<_, _>>()?,
    })
}

fn within(
    key: &str,
    given: Option<u32>,
    default: u32,
    low: u32,
    high: u32,
) -> Result<u32, WrongSetting> {
    let value = given.unwrap_or(default);
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(wrong(key, format_args!("must be between {low} and {high}, not {value}")))
    }
}

fn message_gateway(given: &GivenSettings) -> Result<Option<MessageGateway>, WrongSetting> {
    let token = given.message_gateway_token.clone();
    match web_address("message_gateway", given.message_gateway.as_deref())? {
        Some(url) => Ok(Some(MessageGateway { url, token })),
        None if token.is_some() => {
            Err(wrong("message_gateway_token", "goes with message_gateway: give both"))
        }
        None => Ok(None),
    }
}

/// An address on the web.
fn web_address(key: &str, given: Option<&str>) -> Result<Option<String>, WrongSetting> {
    let Some(given) = given else { return Ok(None) };
    let host = given.strip_prefix("https://").or_else(|| given.strip_prefix("http://"));
    let is_plain = |it: &str| !it.is_empty() && !it.contains(['?', '#', ' ', '<', '>', '"']);
    if host.is_some_and(is_plain) {
        return Ok(Some(given.to_owned()));
    }
    Err(wrong(key, "must start with https:// or http:// and name a host"))
}

fn bytes(key: &str, given: Option<u64>, default: u64) -> Result<u64, WrongSetting> {
    match given.unwrap_or(default) {
        limit @ 1024..=104_857_600 => Ok(limit),
        _ => Err(wrong(key, "must be between 1024 and 104857600 bytes")),
    }
}

fn read_file(path: &Path) -> Result<GivenSettings, WrongSetting> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| WrongSetting(format!("Cannot read {}: {cause}.", path.display())))?;
    toml::from_str(&text)
        .map_err(|cause| WrongSetting(format!("{} is wrong: {cause}", path.display())))
}

/// A misspelt variable would otherwise be silently without effect.
fn refuse_unknown_variables() -> Result<(), WrongSetting> {
    #[derive(clap::Parser)]
    struct Names {
        #[command(flatten)]
        _given: GivenSettings,
    }
    let command = Names::command();
    let known: Vec<&std::ffi::OsStr> =
        command.get_arguments().filter_map(clap::Arg::get_env).collect();
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("HUIJIE_")
            && !text.starts_with("HUIJIE_TEST_")
            && !known.contains(&name.as_os_str())
        {
            return Err(WrongSetting(format!(
                "The environment variable {text} is not a setting; see `huijie help serve`."
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(change: impl FnOnce(&mut GivenSettings)) -> Result<Settings, WrongSetting> {
        let mut given = GivenSettings::default();
        change(&mut given);
        Settings::check(given)
    }

    #[test]
    fn a_wrong_setting_is_refused_with_its_name() {
        let wrong: [(&str, fn(&mut GivenSettings)); 19] = [
            ("listen", |it| it.listen = Some("8080".to_owned())),
            ("public_url", |it| it.public_url = Some("huijie.example.cn".to_owned())),
            ("public_url", |it| it.public_url = Some("https://".to_owned())),
            ("message_gateway", |it| it.message_gateway = Some("sms.example.cn".to_owned())),
            ("message_gateway_token", |it| it.message_gateway_token = Some("t".into())),
            ("signing_code_minutes", |it| it.signing_code_minutes = Some(61)),
            ("performance_warning_days", |it| it.performance_warning_days = Some(0)),
            ("database_url", |it| it.database_url = Some("mysql://x".to_owned())),
            ("database_connections", |it| it.database_connections = Some(0)),
            ("body_limit", |it| it.body_limit = Some(1)),
            ("import_limit", |it| it.import_limit = Some(1 << 30)),
            ("case_number_pattern", |it| it.case_number_pattern = Some("第1号".to_owned())),
            ("access_token_minutes", |it| it.access_token_minutes = Some(0)),
            ("storage", |it| it.storage = Some("ftp://x".to_owned())),
            ("storage", |it| it.storage = Some("s3:///x".to_owned())),
            ("s3_secret_access_key", |it| {
                it.storage = Some("s3://x".to_owned());
                it.s3_access_key_id = Some("k".into());
            }),
            ("evidence_limit_mb", |it| it.evidence_limit_mb = Some(0)),
            ("fair_share_days", |it| it.fair_share_days = Some(367)),
            ("joint_panel_categories", |it| {
                it.joint_panel_categories = Some("food_safety, fod_safety".to_owned());
            }),
        ];
        for (key, change) in wrong {
            let sentence = given(change).unwrap_err().to_string();
            assert!(sentence.contains(key), "{sentence}");
        }
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let flag = GivenSettings { listen: Some("127.0.0.1:1".to_owned()), ..Default::default() };
        let file: GivenSettings =
            toml::from_str("listen = \"127.0.0.1:2\"\nlockout_minutes = 30").unwrap();
        let settings = Settings::check(flag.or(file)).unwrap();
        assert_eq!(settings.listen.port(), 1);
        assert_eq!(settings.lockout_time, TimeDelta::minutes(30));
    }

    #[test]
    fn the_address_for_others_is_that_of_the_listener_unless_said() {
        for (given_url, expected) in [
            (None, "http://127.0.0.1:8080"),
            (Some("https://huijie.example.cn/"), "https://huijie.example.cn"),
        ] {
            let settings = given(|it| it.public_url = given_url.map(str::to_owned)).unwrap();
            assert_eq!(settings.public_url, expected);
        }
    }

    #[test]
    fn files_are_kept_where_one_setting_says() {
        for (storage, expected) in [
            (None, StoragePlace::Folder(PathBuf::from("data/evidence"))),
            (Some("/mnt/files"), StoragePlace::Folder(PathBuf::from("/mnt/files"))),
        ] {
            let settings = given(|it| it.storage = storage.map(str::to_owned)).unwrap();
            assert_eq!(settings.storage, expected, "{storage:?}");
        }
        let settings = given(|it| {
            it.storage = Some("s3://station/evidence/2026/".to_owned());
            it.s3_access_key_id = Some("the key".into());
            it.s3_secret_access_key = Some("the secret".into());
        });
        let settings = settings.unwrap();
        let shown = format!("{settings:?}");
        assert!(!shown.contains("the key") && !shown.contains("the secret"), "{shown}");
        let StoragePlace::S3(place) = settings.storage else { panic!("{shown}") };
        assert_eq!((place.bucket.as_str(), place.prefix.as_str()), ("station", "evidence/2026"));
    }

    #[test]
    fn an_unknown_key_in_the_file_is_refused() {
        assert!(toml::from_str::<GivenSettings>("listne = \"x\"").is_err());
    }
}
