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
