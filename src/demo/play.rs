//! Plays the stories: all steps of all cases in the order of time, with one clock, each through
//! the service function of its room in the name of its own person.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::calendar::{self, Diary};
use super::dice::Dice;
use super::disputes::{self, Dispute, Template};
use super::fates::{self, Fate, Keeping, Stand};
use super::invent::{self, Shops};
use super::live::Live;
use super::people::{District, Office};
use super::script::{Cast, Script, Written};
use super::step::{Step, Task};
use crate::app::App;
use crate::error::Error;
use crate::parties::AddParty;
use crate::words::Channel;

/// How far back the first case lies.
pub(super) const YEAR: TimeDelta = TimeDelta::days(365);

/// The same district in every run.
const SEED: u64 = 20_260_415;

/// Every step of every case, in the order of time.
pub(super) struct Schedule {
    tasks: Vec<(usize, Task)>,
    shops: Shops,
}

/// Writes all stories.
pub(super) fn write(count: usize, now: DateTime<Utc>) -> Schedule {
    let templates = disputes::all();
    let mut shops = Shops::default();
    let mut diary = Diary::default();
    let mut tasks = Vec::new();
    for (place, fate) in fates::fates(count).into_iter().enumerate() {
        let mut dice = Dice::new(SEED + u64::try_from(place).unwrap_or_default());
        let story = one(&mut dice, &templates, &mut shops, &diary, (place, fate), now);
        diary.keep(story.pencilled);
        tasks.extend(story.tasks.into_iter().map(|it| (place, it)));
    }
    tasks.sort_by_key(|(place, task)| (task.at, *place));
    Schedule { tasks, shops }
}

/// Writes one story.
fn one(
    dice: &mut Dice,
    templates: &[&'static Template],
    shops: &mut Shops,
    diary: &Diary,
    (place, fate): (usize, Fate),
    now: DateTime<Utc>,
) -> Written {
    let channel = fates::channel(dice);
    let dear: Vec<_> = templates.iter().copied().filter(|it| it.worth_instalments()).collect();
    let in_parts =
        matches!(fate, Fate::Agreement(Keeping::Instalments) | Fate::Open(Stand::Performing));
    // A gym that closes over night fills the counter for three weeks.
    let gym_closes = place % 20 == 7 && !in_parts && !matches!(fate, Fate::Open(_));
    let template = match fate {
        Fate::Referred(nth) => &disputes::referral(nth).0,
        _ if gym_closes => templates[0],
        _ if in_parts => dice.pick(&dear),
        _ => dice.pick(templates),
    };
    let (shop, respondent) = if gym_closes {
        shops.first(dice, template.trade)
    } else {
        shops.pick(dice, template.trade)
    };
    let mut days = match fate {
        Fate::Open(stand) => stand.days() + dice.between(0, 3),
        _ if gym_closes => dice.between(90, 112),
        _ => dice.between(3, YEAR.num_days() - 3),
    };
    loop {
        let morning = u32::try_from(dice.between(5, 430)).unwrap_or(5);
        let day = calendar::open_day(calendar::local(now - TimeDelta::days(days)).date());
        let start = calendar::instant(day.and_time(calendar::time(9 * 60 + morning)));
        // Whoever is handed over has told it somewhere else a day or two before.
        let told_on = day - chrono::Days::new(2);
        let dispute = Dispute::new(dice, template, told_on);
        let parties = parties(dice, template, respondent.clone(), told_on);
        let office = office_of(dice, channel);
        let cast = Cast { channel, office, parties, shop, child: template.of_minors() };
        let story = Script::write(dice.clone(), diary, (start, now), fate, &dispute, cast);
        // A case that has not come in by today, or not far enough, began earlier; holidays may
        // be why.
        if start <= now && (story.arrived || days > 300) {
            debug_assert!(story.arrived, "case {place} never comes to {fate:?}");
            return story;
        }
        days += 2;
    }
}

fn parties(
    dice: &mut Dice,
    template: &Template,
    respondent: AddParty,
    today: chrono::NaiveDate,
) -> Vec<AddParty> {
    let mut parties = vec![invent::person(dice, today, template.ages)];
    if !template.of_minors() && dice.chance(5) {
        parties.push(invent::person(dice, today, (22, 70)));
    }
    let has_landlord = !template.trade.sole && dice.chance(6);
    parties.push(respondent);
    if has_landlord {
        parties.push(invent::mall(dice));
    }
    parties
}

/// The office that handles what comes in this way.
fn office_of(dice: &mut Dice, channel: Channel) -> Office {
    match channel {
        Channel::Platform12315 => Office::MARKET_SUPERVISION,
        Channel::Hotline12345 if dice.chance(50) => Office::MARKET_SUPERVISION,
        Channel::BuildingServiceCenter => Office::LEZAI_MEILUO,
        Channel::Police | Channel::Court => Office::JUDICIAL,
        Channel::Visit | Channel::OwnInitiative => Office::COMMITTEE,
        _ if dice.chance(10) => Office::JUDICIAL,
        _ => Office::COMMITTEE,
    }
}

impl Schedule {
    /// Every step, with the place of its case.
    pub fn tasks(&self) -> &[(usize, Task)] {
        &self.tasks
    }

    /// The shops that are complained about.
    pub fn shops(&self) -> &Shops {
        &self.shops
    }

    /// Takes every step. `progress` is told how many cases have come in.
    pub async fn play(
        self,
        app: &App,
        district: &District,
        mut progress: impl FnMut(u32),
    ) -> anyhow::Result<()> {
        let cases = self.tasks.iter().map(|(place, _)| place + 1).max().unwrap_or(0);
        let mut stage: Vec<Live> = Vec::new();
        stage.resize_with(cases, Live::default);
        let mut registered = 0;
        for (place, task) in self.tasks {
            app.clock.set(task.at);
            let comes_in = matches!(task.step, Step::Register(_));
            let (at, name) = (task.at, <&str>::from(&task.step));
            let taken = stage[place].take(app, district, task).await.map_err(sentence);
            taken.with_context(|| format!("case {place} at {at}, {name}"))?;
            if comes_in {
                registered += 1;
                progress(registered);
            }
        }
        Ok(())
    }
}

/// A refusal in the words a person can use.
fn sentence(error: Error) -> anyhow::Error {
    let details: Vec<String> = match error {
        Error::Invalid(faults) => {
            faults.into_iter().map(|it| format!("{}: {}", it.pointer, it.detail.en)).collect()
        }
        Error::Refused(unmet) => unmet.into_iter().map(|it| it.detail.en.into_owned()).collect(),
        other => return other.into(),
    };
    anyhow::anyhow!(details.join(" "))
}
