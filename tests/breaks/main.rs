//! What must not get out, what must stay, whom a reply may go to, and what may reach a terminal.

mod addresses;
mod secrets;
mod terminal;

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// The program with its input piped in.
fn amends(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(args)
        .env("AMENDS_CACHE", "off")
        .env_remove("AMENDS_PHRASEBOOK")
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Written beside the reading, so that neither waits for the other; it may end before it has read all.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
