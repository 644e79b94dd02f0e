//! `amends`: a message in, a draft reply out. See the library's docs for the architecture.

mod program;

use clap::Parser;
use program::batch::sink;
use program::flags as cli;
use program::terminal::{self, say};
use std::io::{ErrorKind, IsTerminal};
use std::process::ExitCode;

fn main() -> ExitCode {
    let nothing_asked = std::env::args_os().len() == 1 && std::io::stdin().is_terminal();
    if nothing_asked {
        let _ = <cli::Cli as clap::CommandFactory>::command().print_help();
        return ExitCode::SUCCESS;
    }
    // What a panic says may quote a message.
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(at) => say!("amends: internal error at {at}; please report it"),
        None => say!("amends: internal error; please report it"),
    }));
    let cli = match cli::Cli::try_parse().map_err(program::slips::explained) {
        Ok(cli) => cli,
        // A flag's value can hold anything.
        Err(error) if error.use_stderr() && std::env::args_os().any(|arg| drives(&arg.to_string_lossy())) => {
            say!("{}", error.render().to_string().trim_end());
            return ExitCode::from(sink::Status::Usage as u8);
        }
        Err(error) => {
            // Help and errors in the flags; whoever asked for help and can't be given it is told.
            let status = error.exit_code() as u8;
            return match error.print() {
                Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
                    say!("amends: can't write the output: {}", program::input::reason(&fault));
                    ExitCode::from(sink::Status::Usage as u8)
                }
                _ => ExitCode::from(status),
            };
        }
    };
    match program::run(cli) {
        Ok(sink::Status::Interrupted) => {
            let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
            ExitCode::FAILURE
        }
        Ok(status) => ExitCode::from(status as u8),
        Err(error) => {
            say!("amends: {error:#}");
            ExitCode::from(sink::Status::Usage as u8)
        }
    }
}

/// Whether text could drive a terminal.
fn drives(text: &str) -> bool {
    *terminal::safe(text) != *text || text.contains(['\n', '\t'])
}
