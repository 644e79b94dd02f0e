//! The report for a terminal.

use super::gather::{Figure, Group, Report, Standing};
use crate::program::ledger::count;
use amends_inbox::message::one_line;
use amends_ledger::{FEWEST_WEEKS, Window};
use std::fmt::Write;

/// The longest bar, in characters.
const WIDTH: u32 = 24;
/// The most rows of a group; the rest are summed up, unless they are on hold or stand out.
const MOST: usize = 8;

pub fn page(report: &Report) -> String {
    let mut out = format!("{} to {} ({})\n", report.from, report.to, count(report.days as usize, "day"));
    let _ = writeln!(out, "messages      {}", change(report.messages));
    let _ = writeln!(out, "complaints    {}", change(report.complaints));
    if let Some(wait) = report.first_draft {
        let _ = writeln!(
            out,
            "first draft   {} the same day, half within {}, the last after {}",
            wait.same_day,
            count(wait.median as usize, "day"),
            count(wait.longest as usize, "day")
        );
    }
    let promises = report.promises_due;
    let _ = writeln!(
        out,
        "promises due  {} kept, {} late, {} broken, {} overdue, {} open",
        promises.kept, promises.late, promises.broken, promises.overdue, promises.open
    );
    let _ = writeln!(out, "\nStands out");
    for line in standing(report) {
        let _ = writeln!(out, "  {line}");
    }
    for group in &report.groups {
        let _ = writeln!(out, "\n{}", group.title);
        rows(&mut out, group);
    }
    out
}

/// What stands out, or why nothing does, a line each.
pub fn standing(report: &Report) -> Vec<String> {
    match report.stands_out.weeks {
        None => vec![format!(
            "not tested: the ledger must go back {FEWEST_WEEKS} weeks before the last seven days"
        )],
        Some(weeks) if report.stands_out.waves.is_empty() => {
            vec![format!("nothing that chance does not explain, beside the {weeks} weeks before")]
        }
        Some(_) => report.stands_out.waves.iter().map(wave).collect(),
    }
}

/// "18 messages from 14 customers in 7 days, they can't get into their account (usually 5.1; by chance
/// once in 48,000)"
fn wave(standing: &Standing) -> String {
    let wave = &standing.wave;
    let time = match wave.window {
        Window::Day => "on the last day",
        Window::Week => "in 7 days",
    };
    let name = match wave.label.field {
        "issue" => one_line(&standing.name),
        field => format!("{field}: {}", one_line(&standing.name)),
    };
    format!(
        "{} from {} {time}, {name} (usually {:.1}; by chance {})",
        count(wave.n as usize, "message"),
        count(standing.customers as usize, "customer"),
        wave.expected,
        once(wave.p)
    )
}

/// "once in 48,000"
fn once(p: f64) -> String {
    if p < 1e-6 {
        return "less than once in a million".into();
    }
    let times = (1.0 / p) as u32;
    // Two figures are enough.
    let unit = 10_u32.pow(times.max(10).ilog10() - 1);
    let times = (times / unit * unit).to_string();
    match times.len() {
        0..=3 => format!("once in {times}"),
        n => format!("once in {},{}", &times[..n - 3], &times[n - 3..]),
    }
}

fn change(figure: Figure) -> String {
    format!("{} ({} in as many days before)", figure.n, figure.before)
}

fn rows(out: &mut String, group: &Group) {
    let (shown, left, messages) = group.shown(MOST);
    let widest = shown.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let most = shown.iter().map(|row| row.figure.n).max().unwrap_or(0).max(1);
    for row in shown {
        let name = one_line(&row.name);
        let bar = bar(row.figure.n, most);
        // Where all are on hold by their name, it goes without saying.
        let held = match row.held {
            0 => String::new(),
            _ if group.field == "hold" => String::new(),
            held => format!(", {held} on hold"),
        };
        let (n, before) = (row.figure.n, row.figure.before);
        let _ = writeln!(out, "  {name:<widest$}  {n:>5}  {bar} ({before} before{held})");
    }
    if left > 0 {
        let _ = writeln!(out, "  {:<widest$}  {messages:>5}", format!("{left} more"));
    }
}

/// A bar to scale, in eighths of a character.
fn bar(n: u32, most: u32) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (8 * WIDTH * n).div_ceil(most);
    let padded = format!("{}{}", "█".repeat((eighths / 8) as usize), PARTS[(eighths % 8) as usize]);
    format!("{padded:<width$}", width = WIDTH as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_to_scale() {
        assert_eq!(bar(8, 8), "█".repeat(24));
        assert_eq!(bar(4, 8).trim_end(), "█".repeat(12));
        assert_eq!(bar(1, 1000).trim_end(), "▏");
        assert_eq!(bar(0, 8).trim_end(), "");
    }

    #[test]
    fn a_chance_is_told_as_once_in_so_many() {
        for (p, said) in [
            (0.5, "once in 2"),
            (0.0031, "once in 320"),
            (2.06e-5, "once in 48,000"),
            (1e-9, "less than once in a million"),
        ] {
            assert_eq!(once(p), said);
        }
    }
}
