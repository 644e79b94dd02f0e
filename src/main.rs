//! `amends`: a message in, a draft reply out. See the library's docs for the architecture.

mod program;

use clap::Parser;
use program::batch::sink;
use program::flags as cli;
use std::io::IsTerminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    let nothing_asked = std::env::args_os().len() == 1 && std::io::stdin().is_terminal();
    if nothing_asked {
        let _ = <cli::Cli as clap::CommandFactory>::command().print_help();
        return ExitCode::SUCCESS;
    }
    match program::run(cli::Cli::parse()) {
        Ok(sink::Status::Interrupted) => {
            let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
            ExitCode::FAILURE
        }
        Ok(status) => ExitCode::from(status as u8),
        Err(error) => {
            eprintln!("amends: {error:#}");
            ExitCode::from(sink::Status::Usage as u8)
        }
    }
}
