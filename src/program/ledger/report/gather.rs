//! Reads a report's figures from the ledger.

use crate::program::ledger::Opened;
use amends_ledger::{Daily, LEVEL, MOST_WEEKS, Promises, Wave, waves};
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is counted, in this order, with its heading.
const GROUPS: &[(&str, &str)] = &[
    ("issue", "What went wrong"),
    ("cause", "Why"),
    ("thing", "With what"),
    ("tone", "Tone"),
    ("channel", "Channel"),
    ("customer", "Who writes"),
    ("want", "What they want"),
    ("risk", "Risks"),
    ("hold", "Taken over by"),
    ("concession", "Concessions"),
    ("value", "Allowed by"),
    ("apart", "Counted apart: no failure of ours"),
];

#[derive(Debug, Serialize)]
pub struct Report {
    pub company: String,
    pub from: Date,
    pub to: Date,
    pub days: u32,
    /// All messages; `before` is the same number of days before these.
    pub messages: Figure,
    pub complaints: Figure,
    /// Complaints a day, for the chart.
    pub daily: Vec<u32>,
    pub stands_out: StandsOut,
    pub groups: Vec<Group>,
    /// Of those that fell due in these days.
    pub promises_due: Promises,
    pub first_draft: Option<Wait>,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Figure {
    pub n: u32,
    pub before: u32,
}

#[derive(Debug, Serialize)]
pub struct Group {
    pub field: &'static str,
    pub title: &'static str,
    pub rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub value: String,
    pub name: String,
    #[serde(flatten)]
    pub figure: Figure,
    /// How many of these days' are on hold.
    pub held: u32,
    pub stands_out: bool,
}

impl Group {
    /// The most frequent rows, and behind them whatever is on hold or stands out, however rare; how many
    /// rows are left over, and how many messages they have.
    pub fn shown(&self, most: usize) -> (Vec<&Row>, usize, u32) {
        let is_common = |row: &Row| row.held == 0 && !row.stands_out;
        let left = self.rows.iter().skip(most).filter(|row| is_common(row)).count();
        // A single row takes no more room than saying that there is one more.
        let is_left = |n: usize, row: &Row| left > 1 && n >= most && is_common(row);
        let (rest, shown): (Vec<_>, Vec<_>) =
            self.rows.iter().enumerate().partition(|(n, row)| is_left(*n, row));
        let messages = rest.iter().map(|(_, row)| row.figure.n).sum();
        (shown.into_iter().map(|(_, row)| row).collect(), rest.len(), messages)
    }
}

/// What chance does not explain on the last day.
#[derive(Debug, Serialize)]
pub struct StandsOut {
    /// The weeks compared with; none if the ledger is too young.
    pub weeks: Option<u32>,
    /// The share of findings that may be chance.
    pub level: f64,
    pub waves: Vec<Standing>,
}

impl StandsOut {
    fn has(&self, field: &str, value: &str) -> bool {
        self.waves.iter().any(|one| one.wave.label.field == field && one.wave.label.value == value)
    }
}

#[derive(Debug, Serialize)]
pub struct Standing {
    pub name: String,
    pub customers: u32,
    #[serde(flatten)]
    pub wave: Wave,
}

/// Days from a message to its first draft.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Wait {
    pub same_day: u32,
    pub median: u32,
    pub longest: u32,
}

pub fn report(opened: &Opened, from: Date, to: Date) -> anyhow::Result<Report> {
    let days = (to - from).get_days().unsigned_abs() + 1;
    let back = |day: Date, n: u32| day.saturating_sub(Span::new().days(i64::from(n)));
    let (before, tested) = (back(from, days), back(to, 7 * (MOST_WEEKS + 1)));
    let all = opened.ledger.daily(before.min(tested), to)?;
    let first = opened.ledger.first_day()?.unwrap_or(to);
    let sums = sums(&all, before, from, to);
    let figure = |field: &str, value: &str| sums.get(&(field, value)).copied().unwrap_or_default();
    let held = opened.ledger.held(from, to)?;
    let stands_out = standing(opened, &all, first, to)?;
    let groups = GROUPS.iter().map(|(field, title)| {
        let of_field = sums.iter().filter(|((of, _), figure)| of == field && figure.n + figure.before > 0);
        let row = |((_, value), figure): (&(&str, &str), &Figure)| Row {
            value: (*value).to_owned(),
            name: name(opened, field, value),
            figure: *figure,
            held: held.get(&((*field).to_owned(), (*value).to_owned())).copied().unwrap_or(0),
            stands_out: stands_out.has(field, value),
        };
        // The most frequent first.
        let mut rows: Vec<Row> = of_field.map(row).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.figure.n, row.figure.before)));
        Group { field, title, rows }
    });
    let complaint =
        |one: &&Daily| one.label.field == "kind" && one.label.value == "complaint" && one.day >= from;
    let mut daily = vec![0; days as usize];
    for one in all.iter().filter(complaint) {
        daily[(one.day - from).get_days() as usize] += one.n;
    }
    Ok(Report {
        company: opened.book.company.name.clone(),
        from,
        to,
        days,
        messages: figure("all", ""),
        complaints: figure("kind", "complaint"),
        daily,
        groups: groups.filter(|group| !group.rows.is_empty()).collect(),
        stands_out,
        promises_due: opened.ledger.promises(from, to, opened.today)?,
        first_draft: wait(&all, from),
    })
}

type Sums<'a> = BTreeMap<(&'a str, &'a str), Figure>;

fn sums(all: &[Daily], before: Date, from: Date, to: Date) -> Sums<'_> {
    let mut sums = Sums::new();
    for one in all.iter().filter(|one| one.day >= before && one.day <= to) {
        let figure = sums.entry((one.label.field, &*one.label.value)).or_default();
        *(if one.day >= from { &mut figure.n } else { &mut figure.before }) += one.n;
    }
    sums
}

/// As a reader calls it.
fn name(opened: &Opened, field: &str, value: &str) -> String {
    let of_issue = opened.book.issue(value).filter(|_| field == "issue");
    of_issue.map_or_else(|| value.replace('_', " "), |issue| issue.name.clone())
}

fn standing(opened: &Opened, all: &[Daily], first: Date, to: Date) -> anyhow::Result<StandsOut> {
    let found = waves(all, first, to);
    let weeks = found.as_ref().map(|(_, weeks)| *weeks);
    let standing = |wave: Wave| -> anyhow::Result<Standing> {
        let customers = opened.ledger.customers(&wave.label, wave.from(to), to)?;
        Ok(Standing { name: name(opened, wave.label.field, &wave.label.value), customers, wave })
    };
    let waves = found.into_iter().flat_map(|(waves, _)| waves).map(standing).collect::<Result<_, _>>()?;
    Ok(StandsOut { weeks, level: LEVEL, waves })
}

fn wait(all: &[Daily], from: Date) -> Option<Wait> {
    let mut by_days: BTreeMap<u32, u32> = BTreeMap::new();
    for one in all.iter().filter(|one| one.label.field == "wait" && one.day >= from) {
        *by_days.entry(one.label.value.parse().ok()?).or_default() += one.n;
    }
    let total: u32 = by_days.values().sum();
    let mut seen = 0;
    let median = by_days.iter().find_map(|(days, n)| {
        seen += n;
        (2 * seen >= total).then_some(*days)
    })?;
    Some(Wait {
        same_day: by_days.get(&0).copied().unwrap_or(0),
        median,
        longest: by_days.last_key_value().map_or(0, |(days, _)| *days),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_hold_or_stands_out_is_never_summed_up() {
        let row = |n: u32| {
            let figure = Figure { n: 20 - n, before: 0 };
            Row { value: n.to_string(), name: n.to_string(), figure, held: 0, stands_out: false }
        };
        let mut group = Group { field: "issue", title: "", rows: (0..7).map(row).collect() };
        let shown = |group: &Group| -> (String, usize, u32) {
            let (shown, left, messages) = group.shown(3);
            (shown.iter().map(|row| &*row.value).collect(), left, messages)
        };
        assert_eq!(shown(&group), ("012".into(), 4, 17 + 16 + 15 + 14));
        group.rows[4].held = 1;
        group.rows[6].stands_out = true;
        assert_eq!(shown(&group), ("01246".into(), 2, 17 + 15));
        // Nor is a single row.
        group.rows[5].held = 1;
        assert_eq!(shown(&group), ("0123456".into(), 0, 0));
    }
}
