//! Figures over the gold turnings.

use amends_retell::{Clause, Lexicon, Reason, turn};
use serde_json::Value;
use std::fmt;

pub struct Row {
    pub clause: String,
    pub role: String,
    pub before: String,
    pub after: String,
    pub turn: Option<String>,
    pub also: Vec<String>,
    pub why: String,
    /// One in three is set aside from tuning.
    pub aside: bool,
}

impl Row {
    pub fn of(row: &Value) -> Self {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Self {
            clause: text("clause"),
            role: text("role"),
            before: text("before"),
            after: text("after"),
            why: text("why"),
            turn: row["turn"].as_str().map(str::to_owned),
            also: row["also"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|a| a.as_str())
                .map(str::to_owned)
                .collect(),
            aside: xxhash_rust::xxh3::xxh3_64(text("id").as_bytes()).is_multiple_of(3),
        }
    }
}

#[derive(Default)]
pub struct Figures {
    pub gold: u32,
    pub turned: u32,
    /// Turned, and in the gold too.
    pub right: u32,
    /// Of those, word for word but for two.
    pub near: u32,
    /// Turned by means of the sentence before, where the gold, which looks at the clause alone, has none for
    /// just that reason: neither right nor wrong.
    pub leaning: u32,
    /// By role: turned, right, near, gold.
    pub roles: std::collections::BTreeMap<String, [u32; 4]>,
}

impl Figures {
    /// Counts one; how many words it differs from the nearest gold turning.
    pub fn count(&mut self, row: &Row, said: Option<&str>, helped: bool) -> usize {
        let role = self.roles.entry(row.role.clone()).or_default();
        self.gold += u32::from(row.turn.is_some());
        role[3] += u32::from(row.turn.is_some());
        let Some(said) = said else { return 0 };
        // What an ask points at they know; the gold looks at it alone.
        let ask = matches!(&*row.role, "want" | "condition" | "question");
        if (helped || ask) && row.turn.is_none() && row.why == "lost-reference" {
            self.leaning += 1;
            return 0;
        }
        self.turned += 1;
        role[0] += 1;
        let Some(gold) = &row.turn else { return usize::MAX };
        self.right += 1;
        role[1] += 1;
        let nearest = std::iter::once(gold).chain(&row.also).map(|g| distance(said, g)).min().unwrap_or(0);
        self.near += u32::from(nearest <= 2);
        role[2] += u32::from(nearest <= 2);
        nearest
    }

    /// Of what is turned, the share that the gold turns too.
    pub fn precision(&self) -> f64 {
        f64::from(self.right) / f64::from(self.turned.max(1))
    }

    /// Of what is turned, the share within two words of the gold.
    pub fn exact(&self) -> f64 {
        f64::from(self.near) / f64::from(self.turned.max(1))
    }

    /// Of what is turned and in the gold too, the share within two words of it.
    pub fn faithful(&self) -> f64 {
        f64::from(self.near) / f64::from(self.right.max(1))
    }

    /// Of the gold turnings, the share that is turned at all.
    pub fn reach(&self) -> f64 {
        f64::from(self.right) / f64::from(self.gold.max(1))
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "turned {} (and {} by the sentence before), in the gold too {:.3}, within two words {:.3} ({:.3} of those), gold reached {:.3}; by role turned/right/near/gold {:?}",
            self.turned,
            self.leaning,
            self.precision(),
            self.exact(),
            self.faithful(),
            self.reach(),
            self.roles
        )
    }
}

/// Words to change, leave out or put in; case and punctuation don't count.
fn distance(one: &str, other: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(|w| w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
            .filter(|w: &String| !w.is_empty())
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// Whether it took the sentence before to turn it.
pub fn helped(lexicon: &Lexicon, clause: &Clause<'_>) -> bool {
    turn(lexicon, &Clause { before: "", ..*clause })
        .is_err_and(|why| matches!(why.reason, Reason::LostReference | Reason::Unclear))
}
