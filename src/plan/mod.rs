//! Plans a reply: its moves, their wording, and what it promises.
//!
//! The order follows `principles.md`: acknowledge, restate, apologise, take ownership, empathise,
//! answer each point, ask, steps with a date, authority, contact, an open question, a name. The
//! content depends on the kind, issues, tone, customer, wants, risks, channel, stage and known facts.

mod asks;
pub mod calendar;
mod choose;
mod held;
mod known;
mod locale;
mod obey;
pub(crate) mod past;
mod points;
mod praised;
mod public;
mod quotes;
mod restate;
mod situation;

use crate::plan::calendar::WorkingDays;
use crate::reading::sentences::Sentence;
use crate::reading::{Evidence, Found, Part, Reading};
use crate::retell::{self, Retold, Told};
use amends_inbox::message::{Channel, Message};
use amends_language::packed::Text;
use amends_ledger::Past;
use amends_phrasebook::{Glance, Issue, Owner, Phrasebook, Risk, Wording, fingerprint};
use amends_retell::Kind;
pub use choose::{Choice, Verdict};
use held::{Held, held};
use jiff::civil::Date;
use known::{Known, known};
pub use obey::date_wishes;
pub use points::MOST_WANTS;
use quotes::{Quote, Quoted, quoted_asks, quotes};
use serde::Serialize;
use situation::Situation;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the caller decides.
#[derive(Debug, Clone)]
pub struct Options {
    pub today: Date,
    /// Signs the reply; defaults to the phrasebook's agent.
    pub agent: Option<String>,
    /// Template name, if not the channel's default.
    pub template: Option<String>,
    /// The purpose of the reply: one of [`amends_phrasebook::STAGES`].
    pub stage: &'static str,
    /// Facts only the agent knows, over those of the message: `amends --help-facts`.
    pub set: BTreeMap<String, String>,
    /// What the ledger knows of the customer from before.
    pub past: Option<Past>,
}

impl Options {
    /// Defaults: a first reply on the message's own channel, signed by the phrasebook's agent.
    pub fn on(today: Date) -> Self {
        Self { today, agent: None, template: None, stage: "first", set: BTreeMap::new(), past: None }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promise {
    #[serde(rename = "do")]
    pub todo: String,
    pub by: String,
    pub approval: bool,
    /// The want it grants, if it grants one; for the ledger.
    #[serde(skip)]
    pub grants: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hold {
    pub reason: String,
    pub to: String,
}

/// A sentence that tells back what they wrote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retelling {
    pub text: String,
    /// Byte offsets in the newest text.
    pub from: (usize, usize),
    /// `clause`: their words turned round; `mention`: a fact of theirs within ours.
    pub how: &'static str,
}

/// What they ask, and what the reply says to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    pub ask: String,
    /// Byte offsets in the newest text.
    pub from: (usize, usize),
    pub text: String,
}

/// One move and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub name: &'static str,
    pub text: String,
}

#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub moves: Vec<Said>,
    /// What is done about each issue and ask: a sentence or two each.
    pub points: Vec<String>,
    /// What is told back of the message, and how.
    pub told: Vec<Retelling>,
    /// The asks told back, each with its answer.
    pub answers: Vec<Answer>,
    pub promises: Vec<Promise>,
    pub hold: Option<Hold>,
    /// The issues named in prepared words.
    pub named: Vec<String>,
    /// Gaps for the agent to fill in, shown in square brackets.
    pub holes: Vec<String>,
    /// Short notes for the agent.
    pub notes: Vec<String>,
}

impl Plan {
    pub fn said(&self, name: &str) -> &str {
        self.moves.iter().find(|m| m.name == name).map_or("", |m| &m.text)
    }
}

/// Risks, the most serious first, which decides who takes over.
const GRAVITY: &[&str] = &[
    "self_harm",
    "safety",
    "data_breach",
    "fraud",
    "discrimination",
    "vulnerable",
    "legal",
    "regulator",
    "press",
    "chargeback",
];

/// The most issues a reply names; readers can't keep track of more.
const MOST_ISSUES: usize = 3;

/// More notes than these are not read.
const MOST_NOTES: usize = 6;

/// This many points are easier to read as a list.
const LISTED: usize = 3;

struct Planner<'a> {
    book: &'a Phrasebook,
    reading: &'a Reading,
    /// The issues the reply mentions.
    issues: Vec<&'a Issue>,
    situation: Situation<'a>,
    facts: Known,
    /// What they wrote, turned to the second person.
    retold: Retold,
    /// Of the rest, the asks that are quoted, and what else may be.
    quoted: Vec<Quoted>,
    quotes: Vec<Quote>,
    /// The lines of a list of theirs that have been answered: where each begins, and its want.
    lines: Vec<(usize, &'static str)>,
    /// The step of each issue that has one of its own among the points.
    steps: Vec<(&'a Issue, String)>,
    /// Facts already stated, so not repeated.
    spent: Vec<Text>,
    by: Date,
    /// The ledger knows that they wrote about the same before, which a short apology would leave out.
    again: bool,
    seed: u64,
    held: Option<Held<'a>>,
    plan: Plan,
    /// A log of wording choices, if requested.
    choices: Option<Vec<Choice>>,
    /// Scratch buffer for the best-fitting wordings, reused between choices.
    equals: Cell<Vec<&'a Wording>>,
}

pub fn plan(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    options: &Options,
) -> Result<Plan, String> {
    let mut planner = Planner::new(book, message, reading, options);
    planner.make(message, options)?;
    let named = planner.issues.iter().map(|issue| issue.id.clone());
    planner.plan.named = if reading.lang == book.language { named.collect() } else { Vec::new() };
    Ok(planner.plan)
}

/// Every choice made for a plan, in order; the error says why planning stopped.
pub fn choices(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    options: &Options,
) -> (Vec<Choice>, Option<String>) {
    let mut planner = Planner::new(book, message, reading, options);
    planner.choices = Some(Vec::new());
    let stopped = planner.make(message, options).err();
    (planner.choices.unwrap_or_default(), stopped)
}

/// The issues a reply mentions, the main one first.
fn issues_of<'a>(book: &'a Phrasebook, reading: &Reading) -> Vec<&'a Issue> {
    let mut issues: Vec<&Issue> =
        spoken_of(reading).filter_map(|found| book.issue(&found.id)).take(MOST_ISSUES).collect();
    // What is lost is late as well: one trouble, one answer.
    let implied: Vec<&String> = issues.iter().flat_map(|issue| &issue.implies).collect();
    issues.retain(|issue| !implied.contains(&&issue.id));
    issues
}

/// The issues a reply names: naming a wrong problem costs more than staying general.
fn spoken_of(reading: &Reading) -> impl Iterator<Item = &Found> {
    // In praise, only a "but" lets a problem be named.
    let praise = reading.kind == "praise";
    reading.issues.iter().filter(move |found| found.sure && (!praise || reading.notes.contrast))
}

/// The reply's channel; a named template overrides the message's channel.
fn channel(message: &Message, options: &Options) -> Channel {
    options.template.as_deref().and_then(Channel::parse).unwrap_or(message.channel)
}

/// Working days until we write.
fn patience(issues: &[&Issue], reading: &Reading, risk: Option<&Risk>) -> u32 {
    let usual = issues.iter().map(|i| i.policy.days).max().unwrap_or(1);
    if risk.is_some() || reading.urgency >= 4 || reading.customer == "high_roller" { 1 } else { usual.max(1) }
}

/// Whether they ask for something today.
fn asks_today(message: &Message, reading: &Reading) -> bool {
    const ASKS: f32 = 0.6;
    let today = |sentence: &Sentence| {
        let said = message.text.get(sentence.at.clone()).unwrap_or_default();
        let mut words = said.split(|c: char| !c.is_alphanumeric());
        words.any(|word| ["today", "tonight"].iter().any(|day| day.eq_ignore_ascii_case(word)))
    };
    reading.sentences.iter().any(|sentence| sentence.asks >= ASKS && today(sentence))
}

/// The day they set; "within 10 days" only where they ask for something, else it is what we once promised.
fn deadline<'r>(message: &Message, reading: &'r Reading) -> Option<&'r str> {
    const SETS: f32 = 0.1;
    let said = reading.facts.deadline.as_deref()?;
    let at = message.text.find(said);
    let is_in = |range: &Range<usize>| at.is_some_and(|at| range.contains(&at));
    let asks = reading.sentences.iter().find(|sentence| is_in(&sentence.at)).is_none_or(|s| s.asks >= SETS);
    let sets =
        |part: &Part| ["threat", "condition", "want"].contains(&part.role) && is_in(&(part.start..part.end));
    let lasts = said.to_lowercase().starts_with("within");
    (!lasts || asks || reading.parts.iter().any(sets)).then_some(said)
}

/// Whether a customer's clause is free of words our replies must avoid.
fn is_fit(book: &Phrasebook, clause: &str) -> bool {
    let found = book.reply_index.find(clause, &book.lexicon.read(clause), &[]);
    !found.iter().any(|hit| matches!(book.rules[hit.rule as usize].owner, Owner::Lint(_)))
}

/// What can be told back of a message, fit for a reply; in public, nothing with figures.
fn retold(book: &Phrasebook, message: &Message, reading: &Reading, channel: Channel) -> Retold {
    if reading.lang != book.language {
        return Retold::default();
    }
    let mut retold = retell::retell(book, message, reading, retell::Tried::Needed);
    // Others read along.
    if channel.is_public() {
        retold.leave_unnamed();
    }
    if public::keeps_quiet(book, message, channel.is_public()) {
        retold.told.clear();
    }
    let figures = |told: &Told| told.turned.text.contains(|c: char| c.is_ascii_digit());
    // A doubled word would look like a slip of ours.
    let doubled = |told: &Told| {
        let words: Vec<&str> = told.turned.text.split_whitespace().collect();
        words.windows(2).any(|two| two[0].eq_ignore_ascii_case(two[1]))
    };
    // What they say in anger or mockery isn't what happened.
    let hot = |told: &Told| {
        let heated = reading.notes.heat.iter().any(|at| told.at.contains(&(*at as usize)));
        told.turned.kind == Kind::Statement && heated
    };
    retold.told.retain(|told| {
        let unfit = channel.is_public() && figures(told) || doubled(told) || hot(told);
        !unfit && is_fit(book, &told.turned.text)
    });
    // Who signs on the same line isn't addressed by us.
    if let Some(name) = &reading.facts.name {
        let own = name.split(' ').next().unwrap_or(name);
        for told in &mut retold.told {
            let text = told.turned.text.trim_end_matches(['.', '?', '!']);
            if let Some(rest) = text.strip_suffix(own).and_then(|rest| rest.strip_suffix(", ")) {
                told.turned.text = rest.to_owned();
            }
        }
    }
    // Words that say outright what is wanted are surer than the rest of the clause.
    let outright = |at: &Range<usize>| {
        let inside = |e: &Evidence| e.field.is_none() && at.start <= e.start && e.end <= at.end;
        reading
            .wants
            .iter()
            .copied()
            .find(|want| reading.evidence.wants.get(want).is_some_and(|found| found.iter().any(inside)))
    };
    for told in &mut retold.told {
        told.want = outright(&told.at).or(told.want);
    }
    for left in &mut retold.left {
        left.want = outright(&left.at).or(left.want);
    }
    // Who says a thing twice is told it once.
    let mut said: Vec<String> = Vec::new();
    retold.told.retain(|told| {
        let new = !said.contains(&told.turned.text);
        said.push(told.turned.text.clone());
        new
    });
    retold
}

impl<'a> Planner<'a> {
    fn new(book: &'a Phrasebook, message: &Message, reading: &'a Reading, options: &Options) -> Self {
        let issues = issues_of(book, reading);
        let held = held(book, reading);
        let over = held.as_ref().filter(|held| !held.risk.is_empty());
        let to = over.map(|held| held.hold.to.as_str());
        let risk = over.and_then(|held| book.risks.iter().find(|risk| risk.id == held.risk));
        let channel = channel(message, options);
        let locale = locale::of(&book.company, message, reading);
        let days = WorkingDays { weekend: &book.company.weekend, holidays: &book.company.holidays };
        let by = days.after(options.today, patience(&issues, reading, risk));
        // Never behind the day they need it.
        let theirs = deadline(message, reading).and_then(|said| calendar::deadline(options.today, said));
        let by = theirs.map_or(by, |theirs| by.min(theirs));
        // Nor a day behind danger, or behind what they ask for today.
        let by = if held.as_ref().is_some_and(|held| held.today) || asks_today(message, reading) {
            by.min(options.today)
        } else {
            by
        };
        let mut facts = known(book, message, reading, options, by, to, channel);
        // Where we answer sooner, the reply says what happens if their day can't be kept.
        if let Some(day) = theirs.filter(|day| by < *day && !channel.is_public()) {
            facts.insert("their_day", calendar::spoken(day));
        }
        obey::keep_to(&mut facts, message, reading, options);
        let mut retold = retold(book, message, reading, channel);
        // The thing is named in the first line of a letter.
        if let Some(about) = &retold.about
            && !channel.row().brief
            && !channel.is_public()
            && is_fit(book, &about.named)
        {
            facts.insert("about", about.named.clone());
        }
        obey::leave_out(&mut retold, reading);
        let mut quotes = quotes(book, message, reading, &retold, channel);
        let quoted = quoted_asks(&mut quotes, &retold, channel);
        Self {
            book,
            reading,
            situation: Situation::new(book, reading, &issues, risk, channel, options.stage, locale),
            issues,
            facts,
            retold,
            quoted,
            quotes,
            lines: Vec::new(),
            steps: Vec::new(),
            spent: Vec::new(),
            by,
            again: options.past.as_ref().is_some_and(|past| past::contacts(past, reading).is_some()),
            seed: fingerprint(&message.text) ^ fingerprint(&message.id),
            plan: Plan { hold: held.as_ref().map(|held| held.hold.clone()), ..Plan::default() },
            held,
            choices: None,
            equals: Cell::default(),
        }
    }

    fn make(&mut self, message: &Message, options: &Options) -> Result<(), String> {
        self.matter();
        match (options.stage, self.reading.kind) {
            _ if self.reading.lang != self.book.language => self.receipt()?,
            ("first", "complaint") => self.complaint()?,
            ("first", "praise") if self.reading.notes.doubtful => self.doubtful()?,
            ("first", "praise") => self.praise()?,
            ("first", "question" | "request") => self.question()?,
            ("first", _) if self.reading.notes.sender.is_some() => self.routed()?,
            ("first", _) => self.small_talk()?,
            (stage, _) => self.later(stage)?,
        }
        self.notes(message);
        if let Some(past) = &options.past {
            self.plan.notes.extend(past::notes(past, &self.issues));
            self.plan.hold = self.plan.hold.take().or_else(|| past::hold(past, held::manager(self.book)));
        }
        if message.secrets.iter().any(|secret| secret.theirs && secret.kind.is_key())
            && self.reading.lang == self.book.language
        {
            self.say("secret")?;
        }
        match message.subject.as_deref().filter(|subject| !subject.is_empty()) {
            Some(subject) => {
                self.plan.moves.push(Said { name: "subject", text: amends_inbox::subject::reply(subject) });
                Ok(())
            }
            None => self.say("subject"),
        }
    }

    fn complaint(&mut self) -> Result<(), String> {
        let risky = self.risky();
        self.situation.points = (self.issues.len() + self.open_wants().len()) as u32;
        self.say("greet")?;
        let chosen = self.chosen();
        self.lead_in(&chosen)?;
        self.restate(&chosen)?;
        // A hardship may be one they quote; whoever takes over reads of it in the notes.
        if !risky {
            self.say("care")?;
        }
        self.say("limit")?;
        if !risky {
            self.say("own")?;
            // A feeling is named only where they show it.
            if self.reading.tone.score > 0.6 && !self.reading.evidence.tone.is_empty() {
                self.say("feel")?;
            }
        }
        self.first_step()?;
        self.steps()?;
        self.asks()?;
        if !risky {
            self.wants()?;
        }
        self.rest()?;
        self.vary()?;
        self.lead(LISTED)?;
        self.situation.points = self.plan.points.len() as u32;
        self.obey()?;
        self.say("follow_up")?;
        self.promise(&self.follow_up_promise(), false);
        // Only who has told nothing is asked what happened.
        if self.reading.issues.is_empty() && !risky && !self.has_told() {
            self.say("open")?;
        }
        if !risky && self.lacks_order() {
            self.say("ask")?;
        }
        // High-value customers prefer brevity.
        let brief = self.reading.customer == "high_roller";
        let leaves = self.leaves() || brief;
        let told =
            self.asked().next().is_some() || !self.quoted.is_empty() || self.open_asks().next().is_some();
        let asks = told || !self.reading.wants.is_empty();
        if !asks && !risky && !leaves && !self.issues.is_empty() {
            self.say("choice")?;
        }
        if !risky && !leaves && self.situation.channel != "chat" {
            self.say("call")?;
            // Don't repeat the phone number.
            if self.facts.get("phone").is_some_and(|phone| self.plan.said("call").contains(phone)) {
                self.facts.remove("phone");
            }
        }
        // The closing question fits what they asked for first.
        if let Some(want) = self.first_want() {
            self.about_want(want);
        }
        self.say_all(&["contact", "route", "close", "sign"])
    }

    /// Thanks them, or says first what must come first.
    fn thank(&mut self, spend: bool) -> Result<(), String> {
        let opens = self.held.as_ref().filter(|held| held.opens);
        let text = match opens.map(|held| self.as_public(held.say)) {
            Some(say) => Some(say),
            None => self.take("thanks", spend)?,
        };
        self.plan.moves.extend(text.map(|text| Said { name: "thanks", text }));
        Ok(())
    }

    /// In public the first sentence names nothing private.
    fn as_public(&self, say: &str) -> String {
        let is_tight = matches!(self.situation.channel, "social" | "review" | "sms");
        let say = if is_tight { say.split_inclusive(". ").next().unwrap_or_default() } else { say };
        say.trim_end().to_owned()
    }

    /// What the customer does first, where a person takes over.
    fn first_step(&mut self) -> Result<(), String> {
        match &self.held {
            Some(held) if held.opens || held.quiet => Ok(()),
            Some(held) if !held.say.is_empty() => {
                let text = self.as_public(held.say);
                self.plan.moves.push(Said { name: "safety", text });
                Ok(())
            }
            // Advice for a danger nobody named is more likely to hurt than to help.
            Some(held) if !held.is_named && held.risk != "self_harm" => Ok(()),
            _ => self.say("safety"),
        }
    }

    /// One line to someone who is no customer: where their message went.
    fn routed(&mut self) -> Result<(), String> {
        self.say("greet")?;
        if let Some(sender) = self.reading.notes.sender {
            let sender = &self.book.senders[usize::from(sender)];
            self.plan.moves.push(Said { name: "thanks", text: sender.route.clone() });
            self.note(format!("no customer: {}", sender.why));
        }
        self.say("sign")
    }

    fn praise(&mut self) -> Result<(), String> {
        self.about_praise();
        // Beside praise only what plainly asks is answered.
        self.quoted.retain(|quoted| quoted.quote.text.ends_with('?'));
        let praised = self.praised();
        // Their own words say what pleased them, and a death leaves no room for glad words.
        let is_hard = |id: &&str| id.starts_with("hardship/") || *id == "praise/death";
        let hard: Vec<&str> = self.situation.aspects.iter().copied().filter(is_hard).collect();
        // Who asks for something and tells nothing that pleased them only has good manners.
        if praised.is_empty() && hard.is_empty() && self.issues.is_empty() && self.asked().next().is_some() {
            self.situation.kind = "request";
            return self.question();
        }
        if !praised.is_empty() || !hard.is_empty() {
            self.situation.aspects = hard;
        }
        self.say("greet")?;
        self.thank(false)?;
        self.first_step()?;
        self.say("care")?;
        self.tell_praise(&praised)?;
        self.asks()?;
        if self.plan.points.is_empty() {
            self.point("step")?;
        }
        self.vary()?;
        // Praise with a "but": thank them first, but still address the problem.
        if !self.issues.is_empty() {
            self.aside()?;
        }
        self.obey()?;
        self.say_all(&["close", "sign"])?;
        self.promise("pass the thanks on to the team", false);
        Ok(())
    }

    /// Neither thanked nor apologised to, until somebody has read it.
    fn doubtful(&mut self) -> Result<(), String> {
        self.say_all(&["greet", "thanks", "care"])?;
        if !self.risky() {
            self.asks()?;
        }
        self.say_all(&["close", "sign"])?;
        self.note("reads like praise, but may complain; read it before sending");
        self.promise("pass it on to the people it's about", false);
        Ok(())
    }

    /// What tells no trouble, from anybody; what it asks is passed on.
    fn small_talk(&mut self) -> Result<(), String> {
        // A quotation would repeat whatever it is: an advertisement, a joke. What asks nothing of us as a
        // customer does, is promised nothing.
        self.quoted.clear();
        if self.reading.wants.is_empty() && !self.risky() {
            self.retold.told.clear();
            self.retold.left.clear();
        }
        self.situation.restated = !self.asked_at().is_empty();
        self.say("greet")?;
        self.thank(false)?;
        if self.facts.get("by").is_some_and(|by| self.plan.said("thanks").contains(by)) {
            self.promise(&self.follow_up_promise(), false);
        }
        self.say("care")?;
        self.first_step()?;
        if self.risky() {
            self.point("step")?;
            self.say("follow_up")?;
        }
        self.asks()?;
        self.vary()?;
        self.obey()?;
        self.say_all(&["close", "sign"])
    }

    fn question(&mut self) -> Result<(), String> {
        self.situation.aspects = self.reading.notes.aspects.iter().map(String::as_str).collect();
        self.say("greet")?;
        self.thank(false)?;
        self.say("care")?;
        self.first_step()?;
        if self.risky() {
            self.point("step")?;
        }
        self.asks()?;
        if self.held.is_none() {
            self.wants()?;
        }
        self.rest()?;
        if self.plan.points.is_empty() {
            self.point("step")?;
        }
        self.lead(LISTED)?;
        self.obey()?;
        self.say_all(&["follow_up", "route", "contact", "close", "sign"])?;
        self.promise(&format!("write to {} with the answer", self.whom()), false);
        Ok(())
    }

    /// A message in another language only gets an acknowledgement: its content isn't read.
    fn receipt(&mut self) -> Result<(), String> {
        self.say_all(&["greet", "thanks", "follow_up", "close", "sign"])?;
        self.note(format!(
            "the message is in {}; the draft only confirms that it came",
            self.book.language_name(&self.reading.lang)
        ));
        self.promise(&self.follow_up_promise(), false);
        Ok(())
    }

    /// Replies after the first: they give news instead of asking or promising again.
    fn later(&mut self, stage: &str) -> Result<(), String> {
        self.say_all(&["greet", "news"])?;
        if self.reading.kind == "complaint" {
            self.say("sorry")?;
            // A promise not kept is owned up to.
            if self.facts.contains_key("missed") && !self.risky() {
                self.say("own")?;
            }
        }
        match stage {
            "holding" => {
                self.outcomes()?;
                self.say("follow_up")?;
                self.promise(&self.follow_up_promise(), false);
            }
            "resolved" | "cancelled" => {
                self.outcomes()?;
                self.lead(LISTED + 1)?;
            }
            "decline" => {
                for name in ["outcome", "reason", "alternative"] {
                    self.point(name)?;
                }
            }
            _ => {}
        }
        self.say_all(&["verify", "contact", "route", "close", "sign"])
    }

    /// Adds a lead-in if there are enough points for a list.
    fn lead(&mut self, listed: usize) -> Result<(), String> {
        if self.plan.points.len() >= listed { self.say("lead") } else { Ok(()) }
    }

    /// Whether a person judges first: nothing is granted, owned up to or asked for before.
    fn risky(&self) -> bool {
        !self.situation.risk.is_empty()
    }

    fn leaves(&self) -> bool {
        self.issues.iter().any(|i| i.id == "cancellation")
    }

    /// Only asks for an order number if nobody can act without one.
    fn lacks_order(&self) -> bool {
        self.issues.iter().any(|i| i.needs == "order")
            && self.reading.facts.orders.is_empty()
            && !self.facts.contains_key("reference")
            && matches!(self.situation.thing, "" | "parcel" | "product")
            && self.reading.notes.thing.is_some()
    }

    fn whom(&self) -> String {
        self.reading.facts.name.clone().unwrap_or_else(|| "them".into())
    }

    fn follow_up_promise(&self) -> String {
        let about = match self.reading.facts.orders.as_slice() {
            [order] => format!(" about {order}"),
            _ => String::new(),
        };
        let how = if self.situation.wishes.contains(&"phone_only") { "ring" } else { "write to" };
        format!("{how} {}{about}", self.whom())
    }

    fn promise(&mut self, todo: &str, approval: bool) {
        let promise = Promise { todo: todo.to_owned(), by: self.by.to_string(), approval, grants: None };
        if !self.plan.promises.contains(&promise) {
            self.plan.promises.push(promise);
        }
    }

    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.plan.notes.contains(&note) {
            self.plan.notes.push(note);
        }
    }

    fn notes(&mut self, message: &Message) {
        let reading = self.reading;
        if let Some(first) = self.held.as_ref().map(|held| held.first).filter(|first| !first.is_empty()) {
            self.note(obey::first_step(reading, first));
        }
        self.note_wishes();
        if reading.customer != "none" {
            self.note(format!("the writer reads as {}", reading.customer.replace('_', " ")));
        }
        if let Some(first) = reading.issues.first()
            && reading.kind == "complaint"
            && self.issues.is_empty()
        {
            self.note(format!(
                "unsure what it is about; nearest: {} ({:.2})",
                self.book.issue(&first.id).map_or(first.id.as_str(), |i| &i.name),
                first.score
            ));
        }
        if let Some(deadline) = &reading.facts.deadline {
            self.note(format!("they name a day: \"{deadline}\""));
        }
        if let Some(hardship) = &reading.notes.hardship {
            let value =
                self.book.company.values.first().map(|v| format!("; our value: {v}")).unwrap_or_default();
            self.note(format!("extenuating: \"{hardship}\"{value}"));
        }
        if reading.notes.resolved && reading.kind == "complaint" {
            self.note("they may say it has been sorted out since; check before sending");
        }
        let blotted: Vec<String> = message
            .secrets
            .iter()
            .map(|secret| format!("{} in {}", secret.kind.name(), secret.place))
            .collect();
        if !blotted.is_empty() {
            self.note(format!("blotted out: {}", blotted.join(", ")));
        }
        for left in self.open_asks().cloned().collect::<Vec<_>>() {
            if reading.kind != "praise" && self.plan.notes.len() < MOST_NOTES {
                self.plan.notes.push(format!("they ask: \"{}\"", left.text));
            }
        }
        self.plan.notes.extend(message.warnings.iter().cloned());
    }
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Joins clauses into one sentence.
fn sentence(clauses: &[String]) -> String {
    let joined = match clauses {
        [] => String::new(),
        [one] => one.clone(),
        [a, b] => format!("{a}, and {b}"),
        [head @ .., last] => format!("{}, and {last}", head.join(", ")),
    };
    let mut chars = joined.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_look_passes_over_nothing_that_can_be_said() {
        let book = crate::built_in::phrasebook().unwrap();
        let today = Date::constant(2026, 11, 20);
        for (n, text) in [
            "Hi, I'm Ana. Order A-44192 was due three weeks ago and has not arrived. I want a refund!",
            "You charged me $49.99 twice, and nobody picks up the phone. I have called three times.",
            "The lid came broken. Can you tell me when a new one will be sent?",
            "Thank you so much, Dean was lovely and very quick!",
            "How do I change my delivery address?",
            "The heater caught fire and my daughter was hurt. My lawyer will write to you.",
            "Cancel my contract. I lost my job and can't pay the fee.",
            "Wo bleibt mein Paket? Ich warte seit drei Wochen und niemand antwortet mir auf meine Mails.",
            "ok",
        ]
        .into_iter()
        .enumerate()
        {
            let mut message = Message::from_text(n.to_string(), text);
            message.channel = [Channel::Email, Channel::Social, Channel::Chat][n % 3];
            let reading = crate::reading::classify(&book, &message);
            for stage in amends_phrasebook::STAGES {
                let mut options = Options::on(today);
                options.stage = stage;
                let mut planner = Planner::new(&book, &message, &reading, &options);
                for _ in 0..2 {
                    let there = Glance::at(planner.situation.so(), planner.facts.bits);
                    for name in amends_phrasebook::MOVES {
                        let wordings = book.wordings(name);
                        let near: Vec<&Wording> = wordings.near(there).collect();
                        for wording in wordings.iter().filter(|w| planner.judge(w).is_ok()) {
                            assert!(
                                near.iter().any(|n| std::ptr::eq(*n, wording)),
                                "{text}: {}",
                                wording.text
                            );
                        }
                    }
                    // Checked again at the end of the reply, when more is known and said.
                    let _ = planner.make(&message, &options);
                }
            }
        }
    }

    #[test]
    fn clauses_become_one_sentence() {
        let clauses = [
            "you ordered boots".to_owned(),
            "you were told 3 days".to_owned(),
            "you've had to call".to_owned(),
        ];
        assert_eq!(sentence(&clauses), "You ordered boots, you were told 3 days, and you've had to call.");
        assert_eq!(list(&["the delay", "the damage"]), "the delay and the damage");
    }
}
