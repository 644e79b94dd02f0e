//! What must not get out, what must stay, whom a reply may go to, and what may reach a terminal.

mod addresses;
mod detection;
mod loader;
mod outputs;
mod public;
mod secrets;
mod terminal;

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// The program with its input piped in.
fn amends(args: &[&str], input: &str) -> Output {
    amends_on(args, input.as_bytes())
}

fn amends_on(args: &[&str], input: &[u8]) -> Output {
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
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// `\n`, `\r`, `\t` and `\u{200b}` as in Rust.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        rest = match after.chars().next().unwrap() {
            'n' => {
                out.push('\n');
                &after[1..]
            }
            'r' => {
                out.push('\r');
                &after[1..]
            }
            't' => {
                out.push('\t');
                &after[1..]
            }
            'u' => {
                let (code, after) = after[2..].split_once('}').unwrap();
                out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap());
                after
            }
            // As it stands in JSON.
            other => {
                out.push('\\');
                out.push(other);
                &after[other.len_utf8()..]
            }
        };
    }
    out + rest
}

/// `«late*9000»` written out.
fn repeated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('«') {
        let (inside, after) = after.split_once('»').unwrap();
        let (what, times) = inside.rsplit_once('*').unwrap();
        out.push_str(before);
        out.push_str(&what.repeat(times.parse().unwrap()));
        rest = after;
    }
    out + rest
}
