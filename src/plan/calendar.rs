//! Working days, and dates as people write them.

use jiff::civil::{Date, Weekday};

/// English month names.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days nobody works.
#[derive(Debug, Clone, Copy)]
pub struct WorkingDays<'a> {
    /// 1 Monday … 7 Sunday.
    pub weekend: &'a [i8],
    pub holidays: &'a [Date],
}

impl WorkingDays<'_> {
    pub fn is_working(&self, date: Date) -> bool {
        !self.weekend.contains(&date.weekday().to_monday_one_offset()) && !self.holidays.contains(&date)
    }

    /// The date `days` working days after `from`, not counting `from` itself.
    pub fn after(&self, from: Date, days: u32) -> Date {
        let mut date = from;
        let mut left = days;
        // The check rejects phrasebooks without working days; the limit is a safeguard.
        for _ in 0..3660 {
            if left == 0 {
                break;
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            if self.is_working(date) {
                left -= 1;
            }
        }
        date
    }
}

/// The last day that keeps a customer's deadline: of "before the 28th" the 27th.
pub fn deadline(today: Date, said: &str) -> Option<Date> {
    let day = day_of(today, said)?;
    let before = said.trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("before "));
    if before && day > today { day.yesterday().ok() } else { Some(day) }
}

/// Nobody sets a deadline more days ahead.
const AHEAD: usize = 200;

/// The day somebody names, the soonest it can mean: "tomorrow", "Saturday", "the 28th", "3 June".
fn day_of(today: Date, said: &str) -> Option<Date> {
    let lower = said.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let ahead = |days: i64| today.checked_add(jiff::Span::new().days(days)).ok();
    if has(&["today", "tonight", "now", "immediately", "hour"]) {
        return Some(today);
    }
    if has(&["tomorrow"]) {
        return ahead(1);
    }
    if let Some(days) = within(&words) {
        return ahead(days);
    }
    if has(&["end"]) && has(&["month"]) {
        return Some(today.last_of_month());
    }
    if has(&["week"]) && has(&["this", "end"]) {
        return days_from(today).find(|date| date.weekday() == Weekday::Friday);
    }
    let of_month = |word: &&str| {
        let begins = |month: &str| word.len() >= 3 && month.to_lowercase().starts_with(*word);
        MONTHS.iter().position(|month| begins(month)).map(|n| n as i8 + 1)
    };
    let month = words.iter().find_map(of_month);
    // "By 5" is an hour as likely as a day.
    let number = |word: &&str| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        let is_day = match &word[digits.len()..] {
            "" => month.is_some(),
            ending => ["st", "nd", "rd", "th"].contains(&ending),
        };
        is_day.then(|| digits.parse::<i8>().ok()).flatten()
    };
    let day = words.iter().find_map(number).filter(|day| (1..=31).contains(day));
    if let Some(day) = day {
        // The day may be one of next month, or of next year; one so far ahead is a day past, of this year.
        let mut dates = days_from(today).take(AHEAD);
        let weekday = |date: &Date| weekday(date.weekday()).to_lowercase();
        let named =
            days_from(today).take(7).map(|date| weekday(&date)).find(|name| words.contains(&name.as_str()));
        let found = dates.find(|date| date.day() == day && month.is_none_or(|month| date.month() == month));
        // "Wednesday 5 February", where that is a Friday, is of another year.
        return found.filter(|date| named.as_ref().is_none_or(|name| *name == weekday(date)));
    }
    let named = |date: &Date| {
        let name = weekday(date.weekday()).to_lowercase();
        words.iter().any(|word| *word == name || word.len() >= 3 && name.starts_with(word))
    };
    // "Next Wednesday", said on one, isn't today, and "Friday week" is a week behind Friday.
    let first = if has(&["next"]) { ahead(1)? } else { today };
    let found = days_from(first).take(7).find(named)?;
    let later = if has(&["week"]) { 7 } else { 0 };
    found.checked_add(jiff::Span::new().days(later)).ok()
}

/// A day and those after it.
fn days_from(first: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.tomorrow().ok())
}

/// The days of "within 14 days", "in the next two weeks", "48 hours".
fn within(words: &[&str]) -> Option<i64> {
    let at =
        words.iter().position(|word| ["hours", "days", "day", "weeks", "week", "month"].contains(word))?;
    let before = words.get(at.checked_sub(1)?)?;
    // "Ten working days" are ten days at least.
    let before = if *before == "working" { words.get(at.checked_sub(2)?)? } else { before };
    let number = match *before {
        "a" | "one" => 1,
        word => word.parse().ok().or_else(|| amends_language::words::number_word(word).map(i64::from))?,
    };
    Some(match words[at] {
        "hours" => number / 24,
        "days" | "day" => number,
        "month" => number * 28,
        _ => number * 7,
    })
}

/// "Tuesday 24 November".
pub fn spoken(date: Date) -> String {
    format!("{} {} {}", weekday(date.weekday()), date.day(), month(date.month()))
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month(month: i8) -> &'static str {
    MONTHS[(month - 1).clamp(0, 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_the_soonest_day_it_can_mean() {
        let today = Date::constant(2026, 11, 25);
        for (said, day) in [
            ("Saturday", "2026-11-28"),
            ("by Wed", "2026-11-25"),
            ("next Wednesday", "2026-12-02"),
            ("by Friday week", "2026-12-04"),
            ("within 14 days", "2026-12-09"),
            ("before the 28th", "2026-11-27"),
            ("before Friday", "2026-11-26"),
            ("within 48 hours", "2026-11-27"),
            ("two weeks", "2026-12-09"),
            ("the end of the month", "2026-11-30"),
            ("this week", "2026-11-27"),
            ("4pm Thursday", "2026-11-26"),
            ("tomorrow noon", "2026-11-26"),
            ("tonight", "2026-11-25"),
            ("the 28th", "2026-11-28"),
            ("before the 3rd", "2026-12-02"),
            ("3 June", "2027-06-03"),
            ("Dec 1", "2026-12-01"),
        ] {
            assert_eq!(deadline(today, said).map(|date| date.to_string()).as_deref(), Some(day), "{said}");
        }
        assert_eq!(deadline(today, "my wedding"), None);
    }
    use jiff::civil::date;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let holidays = [date(2026, 12, 25)];
        let days = WorkingDays { weekend: &[6, 7], holidays: &holidays };
        assert_eq!(days.after(date(2026, 11, 23), 2), date(2026, 11, 25));
        assert_eq!(days.after(date(2026, 11, 20), 1), date(2026, 11, 23));
        assert_eq!(days.after(date(2026, 12, 24), 1), date(2026, 12, 28));
        assert_eq!(spoken(date(2026, 11, 25)), "Wednesday 25 November");
    }
}
