//! What wording choice depends on, and how closely a wording fits.

use super::obey::kinds;
use crate::reading::Reading;
use amends_inbox::message::Channel;
use amends_phrasebook::{About, DOUBTFUL, Glance, Issue, Phrasebook, Risk, Wording};

/// The current state of the reply: message, stage and current subject.
pub(super) struct Situation<'a> {
    pub(super) kind: &'a str,
    /// The current issue; "none" for a complaint without one.
    pub(super) issue: &'a str,
    /// Its aspects.
    pub(super) aspects: Vec<&'a str>,
    pub(super) tone: &'a str,
    pub(super) customers: Vec<&'a str>,
    pub(super) want: &'a str,
    pub(super) answer: &'a str,
    pub(super) risk: &'a str,
    pub(super) channel: &'a str,
    pub(super) stage: &'a str,
    pub(super) locale: &'a str,
    /// The language to answer in; empty for the phrasebook's own.
    pub(super) lang: &'a str,
    pub(super) thing: &'a str,
    /// How they ask to be treated.
    pub(super) wishes: Vec<&'static str>,
    pub(super) ours: bool,
    /// An earlier sentence has restated the problem.
    pub(super) restated: bool,
    pub(super) points: u32,
    pub(super) words: u32,
    pub(super) reproach: u32,
    /// Bits that hold for the whole reply, for the wording prefilter.
    always: u64,
}

impl<'a> Situation<'a> {
    pub(super) fn new(
        book: &'a Phrasebook,
        reading: &'a Reading,
        issues: &[&'a Issue],
        risk: Option<&'a Risk>,
        channel: Channel,
        stage: &'a str,
        locale: &'a str,
    ) -> Self {
        let mut customers = vec![reading.customer];
        if reading.notes.abuse {
            customers.push("abusive");
        }
        let risk_id = risk.map_or("", |r| &r.id);
        let lang = if reading.lang == book.language { "" } else { reading.lang.as_str() };
        // What pleased them isn't told back, either.
        let (kind, aspects) = match reading.notes.doubtful {
            true => (DOUBTFUL, Vec::new()),
            false => (reading.kind, reading.notes.aspects.iter().map(String::as_str).collect()),
        };
        let always = [
            (About::Kind, kind),
            (About::Tone, reading.tone.id),
            (About::Risk, risk_id),
            (About::Channel, channel.name()),
            (About::Stage, stage),
            (About::Locale, locale),
            (About::Lang, lang),
        ];
        let always = always.into_iter().chain(customers.iter().map(|id| (About::Customer, *id)));
        let always = always.fold(0, |bits, (about, id)| bits | Glance::so(about, id));
        Self {
            kind,
            issue: issues.first().map_or("none", |i| &i.id),
            aspects,
            tone: reading.tone.id,
            customers,
            want: "none",
            answer: "open",
            risk: risk_id,
            channel: channel.name(),
            stage,
            locale,
            lang,
            thing: reading.notes.thing.as_ref().map_or("", |(_, sort)| sort),
            wishes: kinds(reading),
            // We never admit fault on a case that a person must look at first.
            ours: risk.is_none() && !reading.notes.hold && issues.first().is_some_and(|i| i.policy.ours),
            restated: false,
            points: 0,
            words: reading.notes.length as u32,
            reproach: u32::from(reading.reproach),
            always,
        }
    }

    /// Everything that currently holds, as bits for the wording prefilter.
    pub(super) fn so(&self) -> u64 {
        let now = [
            (About::Issue, self.issue),
            (About::Want, self.want),
            (About::Thing, self.thing),
            (About::Answer, self.answer),
        ];
        let aspects = self.aspects.iter().map(|id| (About::Aspect, *id));
        let wishes = self.wishes.iter().map(|id| (About::Wish, *id));
        now.into_iter()
            .chain(aspects)
            .chain(wishes)
            .fold(self.always, |bits, (about, id)| bits | Glance::so(about, id))
    }

    /// How closely a wording's conditions fit; the error names one that doesn't hold.
    pub(super) fn fit(&self, wording: &Wording) -> Result<u32, &'static str> {
        let when = &wording.when;
        if !self.lang.is_empty() && when.asks(About::Lang).is_empty() {
            return Err("lang");
        }
        let mut fit = 0;
        for (about, asked) in &when.one_of {
            let one = |is: &str| asked.iter().any(|a| *a == *is);
            let any = |are: &[&str]| are.iter().any(|is| one(is));
            let (holds, worth) = match about {
                About::Lang => (!self.lang.is_empty() && one(self.lang), 0),
                About::Risk => (one(self.risk), 16),
                About::Stage => (one(self.stage), 8),
                About::Wish => (any(&self.wishes), 7),
                About::Aspect => (any(&self.aspects), 7),
                About::Channel => (one(self.channel), 4),
                About::Issue => (one(self.issue), 3),
                About::Customer => (any(&self.customers), 3),
                About::Tone => (one(self.tone), 2),
                About::Want => (one(self.want), 2),
                About::Thing => (one(self.thing), 2),
                About::Locale => (one(self.locale), 1),
                About::Kind => (one(self.kind), 1),
                About::Answer => (one(self.answer), 1),
            };
            if !holds {
                return Err(about.name());
            }
            fit += worth;
        }
        if when.unless_wish.iter().any(|wish| self.wishes.iter().any(|is| **wish == **is)) {
            return Err("unless_wish");
        }
        let same = |asked: Option<bool>, is: bool| asked.is_none_or(|asked| asked == is);
        let others: [(&str, bool, u32); 5] = [
            ("ours", same(when.ours, self.ours), 0),
            ("restated", same(when.restated, self.restated), 4 * u32::from(when.restated.is_some())),
            ("words", self.words >= when.words, u32::from(when.words > 0)),
            ("points", self.points >= when.points, 3 * u32::from(when.points > 0)),
            ("reproach", self.reproach >= when.reproach, u32::from(when.reproach > 0)),
        ];
        for (name, holds, worth) in others {
            if !holds {
                return Err(name);
            }
            fit += worth;
        }
        Ok(fit)
    }
}
