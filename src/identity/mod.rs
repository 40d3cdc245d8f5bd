//! People, passwords, sessions, tokens and keys. What a role may do stands in `access`.

mod api;
mod keys;
mod password;
mod service;
mod setup;
mod store;
mod tokens;
mod users;
mod views;

pub use api::{AuthenticationApi, MeApi, SetupApi, UsersApi};
pub use keys::{has_signing_keys, load_signing_keys, rotate_signing_key};
pub use password::{Passwords, check as check_password};
pub use service::{authenticate, log_in};
pub use setup::{SetUpStation, announce_setup, set_up};
pub(crate) use store::{all_mediators, find_user, find_users, hold_user, list_mediators};
pub use tokens::Tokens;
pub(crate) use tokens::{link_secret, secret_hash as link_hash};
pub use users::{
    CreateUser, ShellChange, change_user_from_shell, create_user, create_user_from_shell,
    list_users_from_shell,
};
