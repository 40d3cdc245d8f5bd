//! The settings as they may be given: what each is called as a flag, in the environment and in the
//! file, and what it is when nobody says. Checked elsewhere.

use std::path::PathBuf;

use serde::Deserialize;

use super::{LogFormat, Secret};

/// The settings as they may be given; what is missing has its default.
#[derive(Debug, Default, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenSettings {
    /// Settings file (TOML with the names of the flags, `_` for `-`).
    #[arg(long, env = "HUIJIE_SETTINGS", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub settings: Option<PathBuf>,

    /// Directory for the SQLite file and the key file [default: data].
    #[arg(long, env = "HUIJIE_DATA_DIR", value_name = "DIRECTORY", global = true)]
    pub data_dir: Option<PathBuf>,

    /// `postgres://…` or `sqlite://FILE` [default: a SQLite file in the data directory].
    #[arg(
        long,
        env = "HUIJIE_DATABASE_URL",
        value_name = "URL",
        global = true,
        hide_env_values = true
    )]
    pub database_url: Option<String>,

    /// Database connections for reading (SQLite) or in all (PostgreSQL) [default: 8].
    #[arg(long, env = "HUIJIE_DATABASE_CONNECTIONS", value_name = "NUMBER", global = true)]
    pub database_connections: Option<u32>,

    /// File with the keys that seal personal data [default: keys.json in the data directory].
    /// All processes on one database need the same file.
    #[arg(long, env = "HUIJIE_KEY_FILE", value_name = "FILE", global = true)]
    pub key_file: Option<PathBuf>,

    /// Address to listen on [default: 127.0.0.1:8080].
    #[arg(long, env = "HUIJIE_LISTEN", value_name = "ADDRESS", global = true)]
    pub listen: Option<String>,

    /// Where others reach the station, for addresses on paper, such as `https://huijie.example.cn`
    /// [default: http:// and the address to listen on].
    #[arg(long, env = "HUIJIE_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,

    /// Largest request body in bytes [default: 1048576].
    #[arg(long, env = "HUIJIE_BODY_LIMIT", value_name = "BYTES", global = true)]
    pub body_limit: Option<u64>,

    /// Largest imported file in bytes [default: 8388608].
    #[arg(long, env = "HUIJIE_IMPORT_LIMIT", value_name = "BYTES", global = true)]
    pub import_limit: Option<u64>,

    /// Where files of evidence are kept: a folder, or `s3://BUCKET/PREFIX`
    /// [default: evidence in the data directory].
    #[arg(long, env = "HUIJIE_STORAGE", value_name = "FOLDER_OR_S3", global = true)]
    pub storage: Option<String>,

    /// Address of the S3 server, if it is not Amazon's.
    #[arg(long, env = "HUIJIE_S3_ENDPOINT", value_name = "URL", global = true)]
    pub s3_endpoint: Option<String>,

    /// Region of the S3 bucket [default: us-east-1].
    #[arg(long, env = "HUIJIE_S3_REGION", value_name = "REGION", global = true)]
    pub s3_region: Option<String>,

    /// Access key of the S3 bucket; without one the machine's own role is used.
    #[arg(
        long,
        env = "HUIJIE_S3_ACCESS_KEY_ID",
        value_name = "KEY",
        global = true,
        hide_env_values = true
    )]
    pub s3_access_key_id: Option<Secret>,

    /// The secret of that key; better in the environment than as a flag.
    #[arg(
        long,
        env = "HUIJIE_S3_SECRET_ACCESS_KEY",
        value_name = "SECRET",
        global = true,
        hide_env_values = true
    )]
    pub s3_secret_access_key: Option<Secret>,

    /// Largest file of evidence in megabytes of 1,000,000 bytes [default: 200].
    #[arg(long, env = "HUIJIE_EVIDENCE_LIMIT_MB", value_name = "MEGABYTES", global = true)]
    pub evidence_limit_mb: Option<u32>,

    /// Pattern of the case number, with {year} and {sequence} or {sequence:5}
    /// [default: （{year}）徐消人调字第{sequence:5}号].
    #[arg(long, env = "HUIJIE_CASE_NUMBER_PATTERN", value_name = "PATTERN", global = true)]
    pub case_number_pattern: Option<String>,

    /// The same for the numbers of the market-supervision authority's own mediation
    /// [default: （{year}）徐市监消调字第{sequence:5}号].
    #[arg(
        long,
        env = "HUIJIE_ADMINISTRATIVE_CASE_NUMBER_PATTERN",
        value_name = "PATTERN",
        global = true
    )]
    pub administrative_case_number_pattern: Option<String>,

    /// Life of an access token in minutes [default: 15].
    #[arg(long, env = "HUIJIE_ACCESS_TOKEN_MINUTES", value_name = "MINUTES", global = true)]
    pub access_token_minutes: Option<u32>,

    /// Life of an unused refresh token in days [default: 14].
    #[arg(long, env = "HUIJIE_REFRESH_TOKEN_DAYS", value_name = "DAYS", global = true)]
    pub refresh_token_days: Option<u32>,

    /// Failed logins in a row that lock an account [default: 5].
    #[arg(long, env = "HUIJIE_LOCKOUT_ATTEMPTS", value_name = "NUMBER", global = true)]
    pub lockout_attempts: Option<u32>,

    /// How long an account stays locked, in minutes [default: 15].
    #[arg(long, env = "HUIJIE_LOCKOUT_MINUTES", value_name = "MINUTES", global = true)]
    pub lockout_minutes: Option<u32>,

    /// How often running servers look for deadlines that come due, in minutes [default: 5].
    #[arg(long, env = "HUIJIE_SWEEP_MINUTES", value_name = "MINUTES", global = true)]
    pub sweep_minutes: Option<u32>,

    /// Where messages to phones are handed over: POST of JSON {id, to, text}. Without it nobody
    /// signs by a code.
    #[arg(long, env = "HUIJIE_MESSAGE_GATEWAY", value_name = "URL", global = true)]
    pub message_gateway: Option<String>,

    /// Sent to the gateway as a bearer token; better in the environment than as a flag.
    #[arg(
        long,
        env = "HUIJIE_MESSAGE_GATEWAY_TOKEN",
        value_name = "TOKEN",
        global = true,
        hide_env_values = true
    )]
    pub message_gateway_token: Option<Secret>,

    /// How long a code for signing is good, in minutes [default: 10].
    #[arg(long, env = "HUIJIE_SIGNING_CODE_MINUTES", value_name = "MINUTES", global = true)]
    pub signing_code_minutes: Option<u32>,

    /// How many days before its day a duty of an agreement is reminded of [default: 3].
    #[arg(long, env = "HUIJIE_PERFORMANCE_WARNING_DAYS", value_name = "DAYS", global = true)]
    pub performance_warning_days: Option<u32>,

    /// How long a room is held before it is booked, in minutes [default: 15].
    #[arg(long, env = "HUIJIE_ROOM_HOLD_MINUTES", value_name = "MINUTES", global = true)]
    pub room_hold_minutes: Option<u32>,

    /// How many ordinary cases a mediator without a profile may have open [default: 40].
    #[arg(long, env = "HUIJIE_MEDIATOR_CAPACITY", value_name = "CASES", global = true)]
    pub mediator_capacity: Option<u32>,

    /// Over how many days the load of mediators is compared [default: 90].
    #[arg(long, env = "HUIJIE_FAIR_SHARE_DAYS", value_name = "DAYS", global = true)]
    pub fair_share_days: Option<u32>,

    /// Claims of so many yuan ask for a panel of both offices; 0: never [default: 50000].
    #[arg(long, env = "HUIJIE_JOINT_PANEL_YUAN", value_name = "YUAN", global = true)]
    pub joint_panel_yuan: Option<u32>,

    /// So many applicants ask for a panel of both offices; 0: never [default: 3].
    #[arg(long, env = "HUIJIE_JOINT_PANEL_APPLICANTS", value_name = "NUMBER", global = true)]
    pub joint_panel_applicants: Option<u32>,

    /// Categories that ask for a panel of both offices, with commas; empty: none
    /// [default: `food_safety`].
    #[arg(long, env = "HUIJIE_JOINT_PANEL_CATEGORIES", value_name = "CATEGORIES", global = true)]
    pub joint_panel_categories: Option<String>,

    /// So many applicants against one respondent are a cluster [default: 5].
    #[arg(long, env = "HUIJIE_CLUSTER_APPLICANTS", value_name = "NUMBER", global = true)]
    pub cluster_applicants: Option<u32>,

    /// Within so many days [default: 30].
    #[arg(long, env = "HUIJIE_CLUSTER_DAYS", value_name = "DAYS", global = true)]
    pub cluster_days: Option<u32>,

    /// `text` or `json` [default: text].
    #[arg(long, env = "HUIJIE_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<LogFormat>,

    /// What to log, as `info` or `huijie=debug,warn`
    /// [default: info, libraries: warn].
    #[arg(long, env = "HUIJIE_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
}

macro_rules! first_given {
    ($one:ident, $other:ident, $($field:ident),*) => {
        GivenSettings { $($field: $one.$field.or($other.$field),)* }
    };
}

impl GivenSettings {
    pub(super) fn or(self, other: Self) -> Self {
        first_given!(
            self,
            other,
            settings,
            data_dir,
            database_url,
            database_connections,
            key_file,
            listen,
            public_url,
            body_limit,
            import_limit,
            storage,
            s3_endpoint,
            s3_region,
            s3_access_key_id,
            s3_secret_access_key,
            evidence_limit_mb,
            case_number_pattern,
            administrative_case_number_pattern,
            access_token_minutes,
            refresh_token_days,
            lockout_attempts,
            lockout_minutes,
            sweep_minutes,
            message_gateway,
            message_gateway_token,
            signing_code_minutes,
            performance_warning_days,
            room_hold_minutes,
            mediator_capacity,
            fair_share_days,
            joint_panel_yuan,
            joint_panel_applicants,
            joint_panel_categories,
            cluster_applicants,
            cluster_days,
            log_format,
            log
        )
    }
}
