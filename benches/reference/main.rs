//! What `scripts/bench.sh` measures the server against, and the station it measures on.
//! Measures nothing of the server itself: that is the load generator's work.

mod ask;
mod bare;
mod clocks;
mod papers;
mod record;
mod replay;
mod station;
mod template;
mod town;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};

const USAGE: &str = "\
reference record  STATEMENTS URL               write down what the server sends to PostgreSQL
reference prepare STATION CASES STATEMENTS [URL]   make a station with people and cases
reference log-in  STATION [URL]                new access tokens for its people
reference replay  create|read STATION CONNECTIONS SECONDS STATEMENTS [URL]
                                               the same statements without HTTP and ORM
reference clocks  STATION [URL]                three open deadlines for each case
reference town    STATION CASES [URL]          a station of ten years with 200 mediators
reference ask     ADDRESS STATION PERSON WHAT TIMES
                                               one after another; WHAT is 2, 3 or 6 for a search
                                               with so many characters, suggestion, month or
                                               paper
reference paper   DIRECTORY TIMES              sets one agreement again and again; leaves it there
                                               as DOCX and as typst's templates and data
reference uploads ADDRESS STATION COUNT MEGABYTES
                                               so many files of that size at once
reference volume  ADDRESS STATION SCANS PAGES  a file of so many scans and so many pages
reference bare    ADDRESS ANSWER               poem alone, answering what `curl -i` has saved

STATION is a directory; without URL its database is an SQLite file in it.";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo bench` adds a flag for the usual test runner.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments.as_slice() {
        ["record", statements, url] => record::run(&PathBuf::from(statements), url).await,
        ["prepare", station, cases, statements, ref url @ ..] => {
            let recording = template::Recording::load(&PathBuf::from(statements))?;
            let (station, url) = (PathBuf::from(station), url.first().copied());
            let cases = cases.parse().context("CASES is a number")?;
            // A connection remembers a statement with the types it first had; ours may differ
            // from the program's, so each gets connections of its own.
            let app = station::open(&station, url).await?;
            station::make(&app).await?;
            app.database.clone().close().await?;
            let app = station::open(&station, url).await?;
            replay::fill(&app, &recording.create, cases).await?;
            app.database.clone().close().await?;
            station::write_down(&station::open(&station, url).await?).await
        }
        ["log-in", station, ref url @ ..] => {
            let app = station::open(&PathBuf::from(station), url.first().copied()).await?;
            station::write_down(&app).await
        }
        ["replay", what, station, connections, seconds, statements, ref url @ ..] => {
            let recording = template::Recording::load(&PathBuf::from(statements))?;
            let templates = if what == "create" { recording.create } else { recording.read };
            let app = station::open(&PathBuf::from(station), url.first().copied()).await?;
            let connections = connections.parse().context("CONNECTIONS is a number")?;
            let time = Duration::from_secs(seconds.parse().context("SECONDS is a number")?);
            let rate = replay::rate(&app, templates, what == "create", connections, time).await?;
            say(format_args!("{rate:.1}"));
            Ok(())
        }
        ["clocks", station, ref url @ ..] => {
            let app = station::open(&PathBuf::from(station), url.first().copied()).await?;
            say(clocks::add(&app).await?);
            Ok(())
        }
        ["town", station, cases, ref url @ ..] => {
            let app = station::open(&PathBuf::from(station), url.first().copied()).await?;
            station::make(&app).await?;
            town::fill(&app, cases.parse().context("CASES is a number")?).await?;
            station::write_down(&app).await
        }
        ["ask", address, station, person, what, times] => {
            let times = times.parse().context("TIMES is a number")?;
            say(ask::run(address, &PathBuf::from(station), person, what, times).await?);
            Ok(())
        }
        ["paper", directory, times] => {
            let times = times.parse().context("TIMES is a number")?;
            say(papers::set(&PathBuf::from(directory), times)?);
            Ok(())
        }
        ["uploads", address, station, count, megabytes] => {
            let count = count.parse().context("COUNT is a number")?;
            let size = megabytes.parse::<usize>().context("MEGABYTES is a number")? * 1_000_000;
            say(papers::upload(address, &PathBuf::from(station), count, size).await?);
            Ok(())
        }
        ["volume", address, station, scans, pages] => {
            let scans = scans.parse().context("SCANS is a number")?;
            let pages = pages.parse().context("PAGES is a number")?;
            say(papers::bind(address, &PathBuf::from(station), scans, pages).await?);
            Ok(())
        }
        ["bare", address, answer] => bare::run(address, &PathBuf::from(answer)).await,
        // `cargo bench` without arguments: nothing to measure here by itself.
        [] => {
            say(USAGE);
            Ok(())
        }
        _ => bail!("{USAGE}"),
    }
}

/// One line for the script that reads it.
fn say(line: impl std::fmt::Display) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}
