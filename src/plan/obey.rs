//! How they ask to be treated, kept: what is said against a wish is left out, and one sentence says so.

use super::calendar::{deadline, spoken};
use super::known::Known;
use super::{Answer, Options, Planner};
use crate::reading::wishes::{NOT_BEFORE, NOT_PERSON, kind_of, named};
use crate::reading::{Evidence, Reading};
use crate::retell::{ASKS, Retold};
use amends_inbox::message::Message;
use amends_language::channel::of_template;
use amends_phrasebook::place;
use amends_retell::Kind;
use jiff::civil::Date;
use std::ops::Range;

/// The moves that would go against a wish.
const AGAINST: &[(&str, &[&str])] = &[
    ("no_phone", &["call"]),
    ("email_only", &["call"]),
    ("letter_only", &["call"]),
    ("no_reply", &["close", "choice", "call", "open", "verify"]),
];
/// Those who wish this don't want our number.
const UNRUNG: &[&str] = &["no_phone", "email_only", "letter_only"];
/// The most wishes a draft says it keeps.
const MOST_KEPT: usize = 2;

/// Puts the date of a day they name in the wish: `not_before:2026-12-21`.
pub fn date_wishes(reading: &mut Reading, today: Date) {
    for wish in &mut reading.wishes {
        if let Some(said) = wish.strip_prefix(NOT_BEFORE).and_then(|rest| rest.strip_prefix(':'))
            && said.parse::<Date>().is_err()
            && let Some(date) = deadline(today, said)
        {
            *wish = format!("{NOT_BEFORE}:{date}");
        }
    }
}

/// Whether one of these is among the wishes.
fn wishes(reading: &Reading, kinds: &[&str]) -> bool {
    reading.wishes.iter().any(|wish| kinds.contains(&kind_of(wish)))
}

/// Takes away the facts a wish leaves no use for, and adds those it needs.
pub(super) fn keep_to(facts: &mut Known, message: &Message, reading: &Reading, options: &Options) {
    if wishes(reading, UNRUNG) && !options.set.contains_key("phone") {
        facts.remove("phone");
    }
    if let Some(day) = named(&reading.wishes, NOT_BEFORE) {
        facts.insert("not_before", day.parse().map_or_else(|_| day.to_owned(), spoken));
        facts.remove("today");
    }
    if let Some(name) = named(&reading.wishes, NOT_PERSON)
        && facts.get("owner").is_some_and(|owner| owner.contains(name))
    {
        facts.remove("owner");
    }
    if wishes(reading, &["phone_only"])
        && !facts.contains_key("callback")
        && let Some(number) = number(&message.text, &reading.facts.orders)
    {
        facts.insert("callback", number);
    }
}

/// The only telephone number of a text, as they write it.
fn number(text: &str, orders: &[String]) -> Option<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit() && !" +()-".contains(c)).map(str::trim);
    let is_number = |run: &&str| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        (9..=14).contains(&digits)
            && run.starts_with(['0', '+', '('])
            && !orders.iter().any(|order| order.contains(run))
    };
    let mut numbers = runs.filter(is_number);
    let only = numbers.next()?;
    numbers.next().is_none().then(|| only.trim_end_matches(['-', '(']).trim_end().to_owned())
}

/// Leaves out of what is told back what is only a wish that is kept anyway.
pub(super) fn leave_out(retold: &mut Retold, reading: &Reading) {
    if reading.wishes.is_empty() {
        return;
    }
    let said = |at: &Range<usize>| says_wish(reading, at);
    retold.told.retain(|told| told.turned.kind == Kind::Request { negative: true } || !said(&told.at));
    retold.left.retain(|left| !ASKS.contains(&left.role) || !said(&left.at));
}

/// Whether much of it only says a wish that is kept anyway.
fn says_wish(reading: &Reading, at: &Range<usize>) -> bool {
    covered(reading, at) * 4 >= at.len()
}

/// Whether it says a wish at all.
pub(super) fn has_wish(reading: &Reading, at: &Range<usize>) -> bool {
    covered(reading, at) > 0
}

/// How many bytes of a range say a wish.
fn covered(reading: &Reading, at: &Range<usize>) -> usize {
    let all = reading.evidence.wishes.values().flatten().filter(|e| e.field.is_none());
    all.map(|e| overlap(e, at)).max().unwrap_or(0)
}

fn overlap(evidence: &Evidence, at: &Range<usize>) -> usize {
    evidence.end.min(at.end).saturating_sub(evidence.start.max(at.start))
}

impl Planner<'_> {
    /// Whether a move would go against a wish.
    pub(super) fn is_unwished(&self, name: &str) -> bool {
        AGAINST.iter().any(|(wish, moves)| moves.contains(&name) && self.situation.wishes.contains(wish))
    }

    /// Says that their wishes are kept, but for those told back already.
    pub(super) fn obey(&mut self) -> Result<(), String> {
        let reading = self.reading;
        if of_template(self.situation.channel).brief {
            return Ok(());
        }
        let all = std::mem::take(&mut self.situation.wishes);
        let mut kept = 0;
        for wish in &all {
            let evidence = reading.evidence.wishes.get(wish).map_or(&[][..], Vec::as_slice);
            // What we are asked not to do is told back with the promise to keep to it.
            let told = |answer: &Answer| {
                let at = answer.from.0..answer.from.1;
                answer.text.is_empty() && evidence.iter().any(|e| e.field.is_none() && overlap(e, &at) > 0)
            };
            // Who writes only by mail doesn't ring.
            let implied = *wish == "no_phone" && all.iter().any(|wish| UNRUNG[1..].contains(wish));
            let day = self.facts.get(NOT_BEFORE).filter(|_| *wish == NOT_BEFORE);
            let dated = day.is_some_and(|day| self.plan.points.iter().any(|point| point.contains(day)));
            if implied || dated || kept == MOST_KEPT || self.plan.answers.iter().any(told) {
                continue;
            }
            self.situation.wishes = vec![*wish];
            let before = self.plan.points.len();
            self.point("obey")?;
            kept += usize::from(self.plan.points.len() > before);
        }
        self.situation.wishes = all;
        Ok(())
    }

    /// Every wish, for the agent, in the words that say it.
    pub(super) fn note_wishes(&mut self) {
        let reading = self.reading;
        let words = |wish: &str| {
            let found = reading.evidence.wishes.get(kind_of(wish)).and_then(|all| all.first());
            found.map_or_else(String::new, |e| format!(" (\"{}\")", e.text))
        };
        let said: Vec<String> = reading.wishes.iter().map(|wish| format!("{wish}{}", words(wish))).collect();
        if !said.is_empty() {
            self.note(format!("their wishes: {}", said.join(", ")));
        }
        if let Some(name) = named(&reading.wishes, NOT_PERSON) {
            let theirs = self.facts.get("agent").is_some_and(|agent| agent.contains(name));
            self.note(match theirs {
                true => format!("they don't want {name}, who signs this: let someone else answer"),
                false => format!("keep {name} out of it"),
            });
        }
    }
}

/// What the agent does first, with a warning where it would go against a wish.
pub(super) fn first_step(reading: &Reading, first: &str) -> String {
    match first.contains("ring ") && wishes(reading, UNRUNG) {
        true => format!("first: {first}; but they ask not to be rung"),
        false => format!("first: {first}"),
    }
}

/// The kinds of the wishes, as the situation knows them.
pub(super) fn kinds(reading: &Reading) -> Vec<&'static str> {
    let known =
        |wish: &String| place(amends_phrasebook::WISHES, kind_of(wish)).map(|n| amends_phrasebook::WISHES[n]);
    let mut kinds: Vec<&'static str> = reading.wishes.iter().filter_map(known).collect();
    kinds.dedup();
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_telephone_number_is_found() {
        for (text, found) in [
            ("Ring me on 0161 555 0123, please.", Some("0161 555 0123")),
            ("+44 7700 900123", Some("+44 7700 900123")),
            ("My order is 0161555012 and I paid 30 pounds.", None),
            ("0161 555 0123 or 0161 555 0124", None),
            ("It cost 45.", None),
        ] {
            assert_eq!(number(text, &["0161555012".into()]).as_deref(), found, "{text}");
        }
    }
}
