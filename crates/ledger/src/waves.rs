//! What stands out: a test that says how often chance alone would do the same.
//!
//! Each label's last day is held against the same weekday of up to eight weeks before, and its last seven
//! days against those weeks. If complaints come as a Poisson process at a steady rate, then of the `n` in
//! both times together the recent ones are binomial with share `1 / (weeks + 1)`: an exact test that
//! needs no estimate of the rate (Przyborowski and Wilenski 1940). With all labels and both windows
//! tested at once, Benjamini and Hochberg (1995) keep the share of chance findings below the level.

use crate::labels::Label;
use crate::tally::Daily;
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The weeks compared with, if there are so many.
pub const MOST_WEEKS: u32 = 8;
/// With fewer nothing is tested.
pub const FEWEST_WEEKS: u32 = 4;
/// The share of findings that may be chance.
pub const LEVEL: f64 = 0.01;
/// Fewer messages are no wave, however rare they were before.
const FEWEST: u32 = 5;
/// The fields that are tested: what went wrong, why, and with what.
const TESTED: &[&str] = &["issue", "cause", "thing"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    Day,
    Week,
}

impl Window {
    pub fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// A label with more messages than chance explains.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wave {
    #[serde(flatten)]
    pub label: Label,
    pub window: Window,
    /// Messages in the window.
    pub n: u32,
    /// What the weeks before would make one expect.
    pub expected: f64,
    /// How often chance would bring as many or more.
    pub p: f64,
}

/// What stands out on a day, the least likely first: one window a label. `first` is the first day of the
/// ledger. Also how many weeks were compared with; `None` if they are too few.
pub fn waves(daily: &[Daily], first: Date, to: Date) -> Option<(Vec<Wave>, u32)> {
    let age = (to - first).get_days().max(0) as u32;
    let weeks = (age.saturating_sub(6) / 7).min(MOST_WEEKS);
    if weeks < FEWEST_WEEKS {
        return None;
    }
    // By label: how many on each day, counted back from `to`.
    let mut series: BTreeMap<&Label, Vec<u32>> = BTreeMap::new();
    let length = 7 * (weeks as usize + 1);
    for one in daily.iter().filter(|one| TESTED.contains(&one.label.field)) {
        let back = (to - one.day).get_days();
        if let Some(day) = usize::try_from(back).ok().filter(|day| *day < length) {
            series.entry(&one.label).or_insert_with(|| vec![0; length])[day] += one.n;
        }
    }
    let mut tests = Vec::with_capacity(2 * series.len());
    for (label, days) in series {
        for window in [Window::Day, Window::Week] {
            let (n, before) = match window {
                Window::Day => (days[0], days.iter().step_by(7).skip(1).sum::<u32>()),
                Window::Week => (days[..7].iter().sum(), days[7..].iter().sum()),
            };
            let p = chance(n, n + before, 1.0 / f64::from(weeks + 1));
            let expected = f64::from(before) / f64::from(weeks);
            tests.push(Wave { label: label.clone(), window, n, expected, p });
        }
    }
    Some((surprising(tests), weeks))
}

/// Benjamini and Hochberg: the tests up to the last whose `p` lies below its place's share of the level.
fn surprising(mut tests: Vec<Wave>) -> Vec<Wave> {
    let place = |label: &Label| TESTED.iter().position(|field| *field == label.field);
    tests.sort_by(|a, b| {
        a.p.total_cmp(&b.p).then_with(|| (place(&a.label), &a.label).cmp(&(place(&b.label), &b.label)))
    });
    let all = tests.len() as f64;
    let last = tests.iter().enumerate().rposition(|(n, test)| test.p <= LEVEL * (n + 1) as f64 / all);
    tests.truncate(last.map_or(0, |last| last + 1));
    tests.retain(|test| test.n >= FEWEST);
    let mut seen: Vec<Label> = Vec::new();
    tests.retain(|test| {
        let is_new = !seen.contains(&test.label);
        seen.push(test.label.clone());
        is_new
    });
    tests
}

/// How likely at least `k` of `n` are, each with this share: the binomial's upper tail.
pub fn chance(k: u32, n: u32, share: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    let factorial = |n: u32| (2..=n).map(|i| f64::from(i).ln()).sum::<f64>();
    let ways = factorial(n) - factorial(k) - factorial(n - k);
    let mut term = (ways + f64::from(k) * share.ln() + f64::from(n - k) * (1.0 - share).ln()).exp();
    let mut sum = 0.0;
    for i in k..=n {
        sum += term;
        term *= f64::from(n - i) / f64::from(i + 1) * share / (1.0 - share);
    }
    sum.min(1.0)
}

impl Wave {
    /// The first day of its window.
    pub fn from(&self, to: Date) -> Date {
        to.checked_sub(Span::new().days(i64::from(self.window.days()) - 1)).unwrap_or(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source of chance with a seed (splitmix64), so that the tests are the same each time.
    struct Dice(u64);

    impl Dice {
        fn share(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ (z >> 31)) as f64 / u64::MAX as f64
        }

        /// Knuth's Poisson numbers.
        fn poisson(&mut self, rate: f64) -> u32 {
            let (limit, mut product, mut n) = ((-rate).exp(), self.share(), 0);
            while product > limit {
                product *= self.share();
                n += 1;
            }
            n
        }
    }

    const LABELS: usize = 60;
    const DAYS: usize = 160;

    fn first() -> Date {
        "2026-01-01".parse().unwrap()
    }

    fn on(day: usize) -> Date {
        first().checked_add(Span::new().days(day as i64)).unwrap()
    }

    /// Quiet months: each label at a rate of its own, Mondays busy and weekends slow.
    fn quiet(seed: u64) -> Vec<Vec<u32>> {
        let mut dice = Dice(seed);
        (0..LABELS)
            .map(|label| {
                let rate = 12.0 / (label as f64 + 1.0);
                let week = [1.6, 1.2, 1.0, 1.0, 0.9, 0.4, 0.3];
                (0..DAYS).map(|day| dice.poisson(rate * week[day % 7])).collect()
            })
            .collect()
    }

    fn daily(counts: &[Vec<u32>]) -> Vec<Daily> {
        let mut all = Vec::new();
        for (label, days) in counts.iter().enumerate() {
            for (day, n) in days.iter().enumerate().filter(|(_, n)| **n > 0) {
                all.push(Daily { label: Label::new("issue", format!("{label:02}")), day: on(day), n: *n });
            }
        }
        all
    }

    #[test]
    fn the_tail_of_the_binomial_is_exact() {
        assert_eq!(chance(0, 9, 0.1), 1.0);
        assert!((chance(1, 2, 0.5) - 0.75).abs() < 1e-12);
        assert!((chance(3, 3, 0.1) - 0.001).abs() < 1e-12);
        // 1 - P(0) - P(1) of 20 at 1/9
        let (p, q): (f64, f64) = (1.0 / 9.0, 8.0 / 9.0);
        let rest = q.powi(20) + 20.0 * p * q.powi(19);
        assert!((chance(2, 20, p) - (1.0 - rest)).abs() < 1e-12);
        assert!(chance(4000, 9000, 1.0 / 9.0) < 1e-300);
    }

    #[test]
    fn quiet_quarters_have_no_more_findings_than_stated() {
        let (mut reports, mut findings) = (0, 0);
        for seed in 0..20 {
            let daily = daily(&quiet(seed));
            for day in 70..DAYS {
                reports += 1;
                findings += usize::from(!waves(&daily, first(), on(day)).unwrap().0.is_empty());
            }
        }
        let share = findings as f64 / reports as f64;
        assert!(share <= LEVEL, "{findings} of {reports} reports find what is only chance");
    }

    #[test]
    fn each_wave_is_found_within_a_day_of_its_start() {
        for (seed, label) in (100..110).zip([0, 1, 2, 4, 8, 15, 20, 30, 40, 59]) {
            let mut counts = quiet(seed);
            let begins = 90 + seed as usize % 7;
            let usual = 12.0 / (label as f64 + 1.0);
            for n in &mut counts[label][begins..begins + 5] {
                *n += (8.0 + 2.5 * usual) as u32;
            }
            let daily = daily(&counts);
            let found = (begins..begins + 2).find(|day| {
                let (waves, weeks) = waves(&daily, first(), on(*day)).unwrap();
                weeks == MOST_WEEKS && waves.first().is_some_and(|w| w.label.value == format!("{label:02}"))
            });
            assert!(found.is_some(), "label {label}");
        }
    }

    #[test]
    fn a_young_ledger_is_not_tested() {
        let daily = daily(&quiet(1));
        assert_eq!(waves(&daily, on(0), on(33)), None);
        assert_eq!(waves(&daily, on(0), on(34)).unwrap().1, FEWEST_WEEKS);
    }
}
