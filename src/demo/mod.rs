//! A realistic district and a year of cases, made through the same service functions as
//! everybody else's, under a moving clock. Never by SQL, never over HTTP: what a room refuses,
//! the demo cannot have.

mod calendar;
mod dice;
mod disputes;
mod fates;
mod invent;
mod live;
mod people;
mod phrases;
mod places;
mod play;
mod script;
mod step;

use anyhow::{Context as _, bail};
use chrono::TimeDelta;

pub use people::Person;

use crate::app::App;
use crate::clock::Clock;
use crate::command::say;
use crate::error::Error;
use crate::identity;
use crate::settings::Settings;
use people::District;

/// What was filled in.
#[derive(Debug)]
pub struct Filled {
    /// Who can log in, all with the same password.
    pub people: Vec<Person>,
    pub cases: u32,
    /// Steps taken, each one transaction.
    pub steps: usize,
}

/// `huijie demo`: fills an empty database and says who can log in.
pub async fn run(settings: Settings, cases: u32, password: Option<String>) -> anyhow::Result<()> {
    let app = App::open(settings, Clock::at(Clock::System.now())).await?;
    refuse_if_used(&app).await?;
    let made_up = password.is_none();
    let password = match password {
        Some(password) => password,
        None => make_up_password()?,
    };
    check_password(&password)?;
    say(format_args!("Filling the station with {cases} cases of the last twelve months:"));
    let progress = |done: u32| {
        if done.is_multiple_of(50) {
            say(format_args!("  {done} of {cases} cases"));
        }
    };
    let filled = fill_and_tell(&app, cases, &password, progress).await?;
    say(format_args!("Done: {cases} cases in {} steps.\n", filled.steps));
    say("Who can log in:\n");
    say(format_args!("  {:<13}{:<12}name and office", "username", "role"));
    for person in filled.people {
        let Person { username, display_name, role, office } = person;
        let role = role.name();
        let space = "　".repeat(3_usize.saturating_sub(display_name.chars().count()));
        say(format_args!("  {username:<13}{role:<12}{display_name}{space}　{office}"));
    }
    if made_up {
        say("\nThe password of all of them; it is shown only now:\n");
        say(format_args!("  {password}"));
    } else {
        say("\nAll of them have the password that you gave.");
    }
    say("\nStart the station with `huijie serve`.");
    Ok(())
}

/// Fills an empty database with the district and `cases` cases of the twelve months before the
/// clock's present. The clock must be a manual one: it is moved, and ends where it was.
pub async fn fill(app: &App, cases: u32, password: &str) -> anyhow::Result<Filled> {
    refuse_if_used(app).await?;
    check_password(password)?;
    fill_and_tell(app, cases, password, |_| {}).await
}

async fn fill_and_tell(
    app: &App,
    cases: u32,
    password: &str,
    progress: impl FnMut(u32),
) -> anyhow::Result<Filled> {
    if matches!(app.clock, Clock::System) {
        bail!("The demo tells a year, and the machine's clock cannot be moved.");
    }
    let now = app.clock.now();
    let schedule = play::write(usize::try_from(cases)?, now);
    let steps = schedule.tasks().len();
    app.clock.set(now - play::YEAR - TimeDelta::days(7));
    let mut district = District::make(app, password).await.context("cannot set the station up")?;
    places::make(app, &mut district, schedule.shops(), cases)
        .await
        .context("cannot make the places around it")?;
    schedule.play(app, &district, progress).await?;
    app.clock.set(now);
    places::visit(app, &district).await.context("cannot record the visits")?;
    Ok(Filled { people: people::everybody(), cases, steps })
}

/// A case is always somebody's, so a database without accounts has no cases either; a set-up
/// that was begun and not finished has left neither.
async fn refuse_if_used(app: &App) -> anyhow::Result<()> {
    if identity::list_users_from_shell(app).await?.is_empty() {
        return Ok(());
    }
    bail!(
        "This database has accounts already, and the demo never mixes its people and cases with \
         real ones. Give it an empty one: another --data-dir, or another --database-url."
    )
}

/// Refuses a password that the rules of any of the accounts would refuse, before anything is
/// written.
fn check_password(password: &str) -> anyhow::Result<()> {
    for username in people::usernames() {
        if let Err(Error::Invalid(faults)) =
            identity::check_password("/password", password, username)
        {
            let lines: Vec<_> = faults.into_iter().map(|it| it.detail.en.into_owned()).collect();
            bail!("The password will not do (account {username}): {}", lines.join(" "));
        }
    }
    Ok(())
}

/// Eight syllables and four digits, such as `Kuro-lamo-Tise-nafu-4096`: more than 60 bits, and
/// it can be read out.
fn make_up_password() -> anyhow::Result<String> {
    const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
    const VOWELS: &[u8; 4] = b"aeou";
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes).map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
    let (syllables, digits) = bytes.split_at(16);
    let mut password = String::new();
    for (place, pair) in syllables.chunks(2).enumerate() {
        let consonant = char::from(CONSONANTS[usize::from(pair[0] % 16)]);
        let capital = place % 4 == 0;
        password.push(if capital { consonant.to_ascii_uppercase() } else { consonant });
        password.push(char::from(VOWELS[usize::from(pair[1] % 4)]));
        if place % 2 == 1 {
            password.push('-');
        }
    }
    password.extend(digits.iter().map(|it| char::from(b'0' + it % 10)));
    Ok(password)
}

#[cfg(test)]
mod tests;
