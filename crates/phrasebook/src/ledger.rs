//! What a phrasebook says about the ledger.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Empty for the user's own.
    pub file: String,
    pub keep_text: bool,
    pub retain: Option<Retain>,
}

/// How long records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retain {
    n: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// The units by what is written.
const UNITS: &[(&str, Unit)] =
    &[("d", Unit::Days), ("w", Unit::Weeks), ("mo", Unit::Months), ("y", Unit::Years)];

impl Retain {
    pub const HELP: &str = "write a number and d, w, mo or y: 24mo";

    /// The first day still kept.
    pub fn since(self, today: Date) -> Date {
        let n = i64::from(self.n);
        let span = match self.unit {
            Unit::Days => Span::new().days(n),
            Unit::Weeks => Span::new().weeks(n),
            Unit::Months => Span::new().months(n),
            Unit::Years => Span::new().years(n.min(9998)),
        };
        today.saturating_sub(span)
    }
}

impl FromStr for Retain {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (n, unit) = text.split_at(end);
        let unit = UNITS.iter().find(|(name, _)| *name == unit.trim());
        match (n.parse(), unit) {
            (Ok(n), Some((_, unit))) if n > 0 => Ok(Self { n, unit: *unit }),
            _ => Err(format!("`{text}` is no time to keep records for")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_to_keep_is_a_number_and_a_unit() {
        let today = Date::constant(2026, 11, 30);
        for (text, since) in [
            ("24mo", "2024-11-30"),
            ("9mo", "2026-02-28"),
            ("90d", "2026-09-01"),
            ("2w", "2026-11-16"),
            ("1y", "2025-11-30"),
        ] {
            assert_eq!(text.parse::<Retain>().unwrap().since(today).to_string(), since);
        }
        for text in ["", "24", "mo", "0d", "24 months", "-3d", "99999d"] {
            assert!(text.parse::<Retain>().is_err(), "{text}");
        }
        assert!(
            "60000y".parse::<Retain>().unwrap().since(today)
                < "60000d".parse::<Retain>().unwrap().since(today)
        );
    }
}
