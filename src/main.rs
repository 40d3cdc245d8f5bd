//! The binary: reads the command line and runs it.

use clap::Parser as _;
use huijie::command::{Arguments, run};

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("huijie: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
