//! What a wording is chosen by, and how closely one fits.

use crate::classify::Reading;
use crate::message::Channel;
use crate::phrasebook::{Issue, Phrasebook, Risk, Wording};

/// Where the reply stands: the message, the stage, and what is spoken of right now.
pub(super) struct Situation<'a> {
    pub(super) kind: &'a str,
    /// The issue now spoken of; "none" if a complaint has none.
    pub(super) issue: &'a str,
    /// The ways it shows.
    pub(super) aspects: Vec<&'a str>,
    pub(super) tone: &'a str,
    pub(super) customers: Vec<&'a str>,
    pub(super) want: &'a str,
    pub(super) answer: &'a str,
    pub(super) risk: &'a str,
    pub(super) channel: &'a str,
    pub(super) stage: &'a str,
    pub(super) locale: &'a str,
    /// The language to answer in, if not the phrasebook's; else empty.
    pub(super) lang: &'a str,
    pub(super) thing: &'a str,
    pub(super) ours: bool,
    /// A sentence before has told what went wrong.
    pub(super) restated: bool,
    pub(super) points: u32,
    pub(super) words: u32,
    pub(super) reproach: u32,
}

impl<'a> Situation<'a> {
    pub(super) fn new(
        book: &'a Phrasebook,
        reading: &'a Reading,
        issues: &[&'a Issue],
        risk: Option<&'a Risk>,
        channel: Channel,
        stage: &'a str,
    ) -> Self {
        let mut customers = vec![reading.customer];
        if reading.notes.abuse {
            customers.push("abusive");
        }
        Self {
            kind: reading.kind,
            issue: issues.first().map_or("none", |i| &i.id),
            aspects: reading.notes.aspects.iter().map(String::as_str).collect(),
            tone: reading.tone.id,
            customers,
            want: "none",
            answer: "open",
            risk: risk.map_or("", |r| &r.id),
            channel: channel.name(),
            stage,
            locale: &book.company.locale,
            lang: if reading.lang == book.language { "" } else { &reading.lang },
            thing: reading.notes.thing.as_ref().map_or("", |(_, sort)| sort),
            // Nobody admits a fault where a person has to look first.
            ours: risk.is_none() && issues.first().is_some_and(|i| i.policy.ours),
            restated: false,
            points: 0,
            words: reading.notes.words as u32,
            reproach: u32::from(reading.reproach),
        }
    }

    /// How closely a wording's conditions fit; `None` if one does not hold.
    pub(super) fn fit(&self, wording: &Wording) -> Option<u32> {
        let when = &wording.when;
        let mut fit = 0;
        let mut ask = |list: &[String], is: &[&str], worth: u32| {
            if list.is_empty() {
                return true;
            }
            fit += worth;
            list.iter().any(|l| is.contains(&l.as_str()))
        };
        let in_language = if self.lang.is_empty() {
            when.lang.is_empty()
        } else {
            ask(&when.lang, &[self.lang], 0) && !when.lang.is_empty()
        };
        let holds = in_language
            && ask(&when.risk, &[self.risk], 16)
            && ask(&when.stage, &[self.stage], 8)
            && ask(&when.aspect, &self.aspects, 7)
            && ask(&when.channel, &[self.channel], 4)
            && ask(&when.issue, &[self.issue], 3)
            && ask(&when.customer, &self.customers, 3)
            && ask(&when.tone, &[self.tone], 2)
            && ask(&when.want, &[self.want], 2)
            && ask(&when.thing, &[self.thing], 2)
            && ask(&when.locale, &[self.locale], 1)
            && ask(&when.kind, &[self.kind], 1)
            && ask(&when.answer, &[self.answer], 1);
        let same = |asked: Option<bool>, is: bool| asked.is_none_or(|asked| asked == is);
        fit += 3 * u32::from(when.points > 0)
            + u32::from(when.reproach > 0)
            + u32::from(when.words > 0)
            + u32::from(when.restated.is_some());
        (holds
            && same(when.ours, self.ours)
            && same(when.restated, self.restated)
            && self.words >= when.words
            && self.points >= when.points
            && self.reproach >= when.reproach)
            .then_some(fit)
    }
}
