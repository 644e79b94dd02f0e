//! The plan of a reply: which moves it makes, how each is said, and what it promises.
//!
//! The order is that of `principles.md`: acknowledge, restate, apologise, own it, feel, answer
//! each point, ask, steps with a date, power, contact, an inviting question, a name. What is
//! said depends on kind, issues, tone, customer, wants, risks, channel and the facts at hand.

use crate::calendar::{WorkingDays, spoken};
use crate::classify::{Found, Reading};
use crate::message::{Channel, Message};
use crate::phrasebook::{Issue, Phrasebook, Risk, Wording, fingerprint};
use crate::reflect::{Reflection, reflect};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the caller decides.
#[derive(Debug, Clone)]
pub struct Options {
    pub today: Date,
    /// Signs the reply; the phrasebook's agent if empty.
    pub agent: Option<String>,
    /// A template's name, if not the channel's own.
    pub template: Option<String>,
    /// Facts only the agent knows, over those of the message.
    pub set: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promise {
    #[serde(rename = "do")]
    pub todo: String,
    pub by: String,
    pub approval: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hold {
    pub reason: String,
    pub to: String,
}

/// One move, said.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub name: &'static str,
    pub text: String,
}

#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub moves: Vec<Said>,
    /// What is done about each issue and each wish, a sentence or two each.
    pub points: Vec<String>,
    pub promises: Vec<Promise>,
    pub hold: Option<Hold>,
    /// For the agent, short.
    pub notes: Vec<String>,
}

impl Plan {
    pub fn said(&self, name: &str) -> &str {
        self.moves.iter().find(|m| m.name == name).map_or("", |m| &m.text)
    }
}

/// Risks, the gravest first: the gravest decides who takes over.
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

/// Issues a reply names at most; a reader keeps no more apart.
const MOST_ISSUES: usize = 3;
const MOST_WANTS: usize = 3;

/// Facts that must not be said where others read along.
const PERSONAL: &[&str] = &["name", "order", "amount", "item", "contacts", "promised", "deadline", "person"];

/// What a wording is chosen by.
struct Situation<'a> {
    kind: &'a str,
    /// The issue now spoken of; "none" if a complaint has none.
    issue: &'a str,
    tone: &'a str,
    customers: Vec<&'a str>,
    want: &'a str,
    answer: &'a str,
    risk: &'a str,
    channel: &'a str,
    thing: &'a str,
    ours: bool,
    points: u32,
    words: u32,
    reproach: u32,
}

struct Planner<'a> {
    book: &'a Phrasebook,
    reading: &'a Reading,
    situation: Situation<'a>,
    facts: BTreeMap<&'static str, String>,
    /// Their own clauses, turned round.
    reflections: Vec<Reflection>,
    /// Facts already said; they are not said again.
    spent: Vec<String>,
    seed: u64,
    plan: Plan,
}

pub fn plan(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    options: &Options,
) -> Result<Plan, String> {
    let issues: Vec<&Issue> =
        spoken_of(reading).filter_map(|found| book.issue(&found.id)).take(MOST_ISSUES).collect();
    let risk = GRAVITY.iter().find_map(|id| {
        reading.risks.iter().any(|r| r == id).then(|| book.risks.iter().find(|r| r.id == *id)).flatten()
    });
    let channel = channel(message, options);
    let days = WorkingDays { weekend: &book.company.weekend, holidays: &book.company.holidays };
    let by = days.after(options.today, patience(&issues, reading, risk));
    let mut planner = Planner {
        book,
        reading,
        situation: situation(reading, &issues, risk, channel),
        facts: facts(book, message, reading, options, by, risk, channel),
        reflections: reflections(book, message, reading, channel),
        spent: Vec::new(),
        seed: fingerprint(&message.text) ^ fingerprint(&message.id),
        plan: Plan { hold: hold(book, reading), ..Plan::default() },
    };
    planner.notes(message);
    match reading.kind {
        "complaint" => planner.complaint(&issues, by, channel)?,
        "praise" => {
            planner.say_all(&["greet", "thanks"])?;
            planner.point("step")?;
            planner.say_all(&["close", "sign"])?;
            planner.promise("pass the thanks on to the team", by, false);
        }
        "question" | "request" => {
            planner.say_all(&["greet", "thanks"])?;
            planner.wants(&issues, by)?;
            if planner.plan.points.is_empty() {
                planner.point("step")?;
            }
            planner.say_all(&["follow_up", "route", "contact", "close", "sign"])?;
            planner.promise(&format!("write to {} with the answer", planner.whom()), by, false);
        }
        _ => planner.say_all(&["greet", "thanks", "close", "sign"])?,
    }
    if message.secret.is_some() {
        planner.say("secret")?;
    }
    if let Some(subject) = &message.subject
        && !subject.is_empty()
    {
        planner.plan.moves.push(Said { name: "subject", text: reply_subject(subject) });
    } else {
        planner.say("subject")?;
    }
    Ok(planner.plan)
}

/// The issues a reply names: the main one if it is sure, others only if they are surer still.
/// A trouble named wrongly costs more than one named in general.
fn spoken_of(reading: &Reading) -> impl Iterator<Item = &Found> {
    reading
        .issues
        .iter()
        .enumerate()
        .filter(|(n, found)| found.strength >= if *n == 0 { 0.59 } else { 0.74 })
        .map(|(_, found)| found)
}

/// The channel a template is for; a named template decides over where the message came from.
fn channel(message: &Message, options: &Options) -> Channel {
    options.template.as_deref().and_then(Channel::parse).unwrap_or(message.channel)
}

/// Working days until we write.
fn patience(issues: &[&Issue], reading: &Reading, risk: Option<&Risk>) -> u32 {
    let usual = issues.iter().map(|i| i.policy.days).max().unwrap_or(1);
    if risk.is_some() || reading.urgency >= 4 || reading.customer == "high_roller" { 1 } else { usual.max(1) }
}

/// Where others read along, a clause with figures in it stays out.
fn reflections(book: &Phrasebook, message: &Message, reading: &Reading, channel: Channel) -> Vec<Reflection> {
    let public = matches!(channel, Channel::Social | Channel::Review);
    let mut found = reflect(book, message, reading);
    found.retain(|r| !public || !r.clause.contains(|c: char| c.is_ascii_digit()));
    found
}

fn hold(book: &Phrasebook, reading: &Reading) -> Option<Hold> {
    let reasons: Vec<String> = reading
        .notes
        .risk_words
        .iter()
        .filter(|(id, _)| reading.risks.contains(id))
        .filter_map(|(id, words)| {
            book.risks.iter().find(|r| r.id == *id).map(|r| format!("{}: \"{words}\"", r.name))
        })
        .collect();
    let gravest = GRAVITY.iter().find(|id| reading.risks.iter().any(|r| r == *id));
    if let Some(risk) = gravest.and_then(|id| book.risks.iter().find(|r| r.id == **id)) {
        return Some(Hold { reason: reasons.join("; "), to: risk.to.clone() });
    }
    (reading.notes.abuse && reading.tone.score >= 0.75)
        .then(|| Hold { reason: "abusive language".into(), to: "the manager".into() })
}

fn situation<'a>(
    reading: &'a Reading,
    issues: &[&'a Issue],
    risk: Option<&'a Risk>,
    channel: Channel,
) -> Situation<'a> {
    let mut customers = vec![reading.customer];
    if reading.notes.abuse {
        customers.push("abusive");
    }
    Situation {
        kind: reading.kind,
        issue: issues.first().map_or("none", |i| &i.id),
        tone: reading.tone.id,
        customers,
        want: "none",
        answer: "open",
        risk: risk.map_or("", |r| &r.id),
        channel: channel.name(),
        thing: reading.notes.thing.as_ref().map_or("", |(_, sort)| sort),
        // Nobody admits a fault where a person has to look first.
        ours: risk.is_none() && issues.first().is_some_and(|i| i.policy.ours),
        points: 0,
        words: reading.notes.words as u32,
        reproach: u32::from(reading.reproach),
    }
}

fn facts(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    options: &Options,
    by: Date,
    risk: Option<&Risk>,
    channel: Channel,
) -> BTreeMap<&'static str, String> {
    let found = &reading.facts;
    let company = &book.company;
    let only = |list: &[String]| match list {
        [one] => Some(one.clone()),
        _ => None,
    };
    let owner = match risk {
        Some(risk) => risk.to.strip_prefix("the ").map_or(risk.to.clone(), |who| format!("our {who}")),
        None => reading
            .issues
            .first()
            .and_then(|f| book.issue(&f.id))
            .map_or_else(String::new, |i| i.policy.owner.clone()),
    };
    let all: [(&'static str, Option<String>); 18] = [
        ("name", found.name.clone()),
        ("order", only(&found.orders)),
        ("item", only(&found.items)),
        ("amount", only(&found.amounts).filter(|amount| amount_is_near(message, reading, amount))),
        ("wait", found.said.wait.clone()),
        ("ago", found.said.ago.clone()),
        ("promised", found.said.promised.clone()),
        ("contacts", found.said.contacts.clone()),
        (
            "deadline",
            found
                .deadline
                .as_ref()
                .map(|d| if d.starts_with("your ") { format!("before {d}") } else { format!("by {d}") }),
        ),
        ("person", only(&found.people)),
        ("thing", reading.notes.thing.as_ref().map(|(word, _)| word.clone())),
        ("by", Some(spoken(by))),
        ("today", Some(spoken(options.today))),
        ("agent", Some(options.agent.clone().unwrap_or_else(|| company.agent.clone()))),
        ("company", Some(company.name.clone())),
        ("email", Some(company.email.clone())),
        ("phone", Some(company.phone.clone())),
        ("owner", Some(owner)),
    ];
    let public = matches!(channel, Channel::Social | Channel::Review);
    all.into_iter()
        .map(|(name, value)| (name, options.set.get(name).cloned().or(value)))
        .filter(|(name, _)| !(public && PERSONAL.contains(name)))
        .filter_map(|(name, value)| value.filter(|v| !v.is_empty()).map(|v| (name, v)))
        .collect()
}

/// An amount is what the issue is about only if it stands in the words that showed the issue,
/// or right beside them.
fn amount_is_near(message: &Message, reading: &Reading, amount: &str) -> bool {
    let Some(start) = message.text.find(amount) else { return false };
    let end = start + amount.len();
    let beside =
        |e: &crate::classify::Evidence| e.field.is_none() && start <= e.end + 8 && e.start <= end + 8;
    reading.issues.first().is_some_and(|i| i.evidence.iter().any(beside))
}

/// One `Re:`, whatever stood there before.
pub fn reply_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let lower = rest.to_lowercase();
        let prefix = ["re:", "aw:", "sv:", "antw:", "vs:", "fwd:", "fw:", "wg:", "tr:", "rv:"]
            .into_iter()
            .find(|p| lower.starts_with(p));
        match prefix {
            Some(prefix) => rest = rest.get(prefix.len()..).unwrap_or("").trim_start(),
            None => return format!("Re: {rest}").trim_end().to_owned(),
        }
    }
}

impl Planner<'_> {
    fn complaint(&mut self, issues: &[&Issue], by: Date, channel: Channel) -> Result<(), String> {
        self.situation.points = (issues.len() + self.open_wants(issues).len()) as u32;
        self.troubles(issues);
        self.say("greet")?;
        self.say("thanks")?;
        self.restate(issues)?;
        self.say_all(&["sorry", "limit"])?;
        let risky = !self.situation.risk.is_empty();
        if !risky {
            self.say("own")?;
            if self.reading.tone.score > 0.6 {
                self.say("feel")?;
            }
        }
        self.say("safety")?;
        self.steps(issues, by)?;
        if !risky {
            self.wants(issues, by)?;
        }
        self.situation.points = self.plan.points.len() as u32;
        self.say("follow_up")?;
        self.promise(&self.follow_up_promise(), by, false);
        if issues.is_empty() && !risky {
            self.say("open")?;
        }
        let needs_order = issues.iter().any(|i| i.needs == "order");
        if needs_order
            && self.reading.facts.orders.is_empty()
            && !risky
            && matches!(self.situation.thing, "" | "parcel" | "product")
            && self.reading.notes.thing.is_some()
        {
            self.say("ask")?;
        }
        let leaves = issues.iter().any(|i| i.id == "cancellation");
        if self.reading.wants.is_empty() && !risky && !leaves && !issues.is_empty() {
            self.say("choice")?;
        }
        if !risky && !leaves && !matches!(channel, Channel::Chat) {
            self.say("call")?;
        }
        self.say_all(&["contact", "route", "close", "sign"])
    }

    /// "the delay and the way you were treated".
    fn troubles(&mut self, issues: &[&Issue]) {
        let mut troubles: Vec<&str> = Vec::new();
        for issue in issues.iter().take(3) {
            if !troubles.contains(&issue.trouble.as_str()) {
                troubles.push(&issue.trouble);
            }
        }
        if !troubles.is_empty() {
            self.facts.insert("trouble", list(&troubles));
        }
    }

    /// Their facts in our words: a clause an issue, then what else they told us.
    ///
    /// A wording that holds two facts says most; then their own clause turned round; then
    /// whatever wording fits.
    fn restate(&mut self, issues: &[&Issue]) -> Result<(), String> {
        let mut clauses = Vec::new();
        if issues.is_empty() || !self.situation.risk.is_empty() {
            // Nothing is known for sure, or nothing must be conceded: say no more than that.
            return Ok(());
        }
        for (n, issue) in issues.iter().take(3).enumerate() {
            self.about(issue, n == 0);
            let reflected = self.reflections.iter().find(|r| r.issue == issue.id).map(|r| r.clause.clone());
            let rich = self.best("restate").is_some_and(|w| w.facts.len() > 1);
            match reflected {
                Some(clause) if !rich => {
                    self.spend_said(&clause);
                    clauses.push(clause);
                }
                // A wording without a fact of theirs says no more than the apology will.
                _ if self.best("restate").is_some_and(|w| w.facts.is_empty()) => {}
                _ => clauses.extend(self.take("restate", true)?),
            }
        }
        self.about(issues[0], true);
        for _ in 0..3 {
            clauses.extend(self.take("also", true)?);
        }
        clauses.dedup();
        if !clauses.is_empty() {
            let sentence = sentence(&clauses);
            self.plan.moves.push(Said { name: "restate", text: sentence });
        }
        Ok(())
    }

    /// Facts a reflected clause has said are not said again.
    fn spend_said(&mut self, clause: &str) {
        let said = self.facts.iter().filter(|(_, value)| clause.contains(&value.to_lowercase()));
        let names: Vec<String> = said.map(|(name, _)| (*name).to_owned()).collect();
        self.spent.extend(names);
    }

    /// Speaks of `issue` from here on. The thing belongs to the main issue alone.
    fn about(&mut self, issue: &Issue, main: bool) {
        self.situation.issue = self.book.issue(&issue.id).map_or("none", |i| &i.id);
        self.situation.thing =
            if main { self.reading.notes.thing.as_ref().map_or("", |(_, sort)| sort) } else { "" };
    }

    fn steps(&mut self, issues: &[&Issue], by: Date) -> Result<(), String> {
        if issues.is_empty() || !self.situation.risk.is_empty() {
            self.point("step")?;
            for issue in issues {
                self.promise(&self.todo(issue), by, false);
            }
            return Ok(());
        }
        for (n, issue) in issues.iter().enumerate() {
            self.about(issue, n == 0);
            self.point("step")?;
            self.promise(&self.todo(issue), by, false);
        }
        self.about(issues[0], true);
        Ok(())
    }

    fn todo(&self, issue: &Issue) -> String {
        match self.reading.facts.orders.as_slice() {
            [order] => format!("{} ({order})", issue.policy.todo),
            _ => issue.policy.todo.clone(),
        }
    }

    /// Wishes that no issue's own step answers: those are not answered twice.
    fn open_wants(&self, issues: &[&Issue]) -> Vec<&'static str> {
        const COVERED: &[(&str, &str)] = &[
            ("record_error", "correction"),
            ("billing", "correction"),
            ("outage", "repair"),
            ("late_delivery", "delivery"),
            ("lost_item", "delivery"),
            ("wrong_item", "delivery"),
            ("misled", "explanation"),
            ("poor_service", "callback"),
        ];
        let covered =
            |want: &str| issues.iter().any(|i| i.id == want || COVERED.contains(&(i.id.as_str(), want)));
        let complaint = self.reading.kind == "complaint";
        self.reading
            .wants
            .iter()
            .copied()
            .filter(|want| *want != "information" && !(complaint && covered(want)))
            .take(MOST_WANTS)
            .collect()
    }

    /// Each wish is granted, put up for approval, or looked into: never left unsaid.
    fn wants(&mut self, issues: &[&Issue], by: Date) -> Result<(), String> {
        for want in self.open_wants(issues) {
            let answer = if issues.first().is_some_and(|i| i.policy.offer.iter().any(|o| o == want)) {
                "offered"
            } else if issues.iter().any(|i| i.policy.approval.iter().any(|o| o == want)) {
                "approval"
            } else if issues.iter().any(|i| i.policy.offer.iter().any(|o| o == want)) {
                "offered"
            } else {
                "open"
            };
            self.situation.want = want;
            self.situation.answer = answer;
            self.point("answer")?;
            let todo = match (want, answer) {
                ("cancellation", _) => "cancel as asked and confirm in writing".to_owned(),
                ("callback", _) => "call them back".to_owned(),
                ("apology", _) => continue,
                (_, "offered") => format!("arrange the {want}"),
                (_, "approval") => format!("get the {want} approved or declined"),
                _ => format!("find out about the {want} and answer"),
            };
            self.promise(&todo, by, answer == "approval");
        }
        Ok(())
    }

    fn whom(&self) -> String {
        self.reading.facts.name.clone().unwrap_or_else(|| "them".into())
    }

    fn follow_up_promise(&self) -> String {
        let about = match self.reading.facts.orders.as_slice() {
            [order] => format!(" about {order}"),
            _ => String::new(),
        };
        format!("write to {}{about}", self.whom())
    }

    fn promise(&mut self, todo: &str, by: Date, approval: bool) {
        let promise = Promise { todo: todo.to_owned(), by: by.to_string(), approval };
        if !self.plan.promises.contains(&promise) {
            self.plan.promises.push(promise);
        }
    }

    fn notes(&mut self, message: &Message) {
        let reading = self.reading;
        if reading.customer != "none" {
            self.plan.notes.push(format!("the writer reads as {}", reading.customer.replace('_', " ")));
        }
        if let Some(hardship) = &reading.notes.hardship {
            self.plan.notes.push(format!("extenuating: \"{hardship}\""));
        }
        if reading.notes.resolved && reading.kind == "complaint" {
            self.plan.notes.push("they may say it has been sorted out since; check before sending".into());
        }
        if let Some(sort) = message.secret {
            self.plan.notes.push(format!("the message held a {sort}; it was blotted out"));
        }
        self.plan.notes.extend(message.warnings.iter().cloned());
    }

    fn say_all(&mut self, names: &[&'static str]) -> Result<(), String> {
        names.iter().try_for_each(|name| self.say(name))
    }

    fn say(&mut self, name: &'static str) -> Result<(), String> {
        if let Some(text) = self.take(name, false)? {
            self.plan.moves.push(Said { name, text });
        }
        Ok(())
    }

    fn point(&mut self, name: &'static str) -> Result<(), String> {
        if let Some(text) = self.take(name, false)?
            && !self.plan.points.contains(&text)
        {
            self.plan.points.push(text);
        }
        Ok(())
    }

    /// The wording that fits best; of equals, the message's own turn.
    fn best(&self, name: &str) -> Option<&Wording> {
        // A fact that restated the problem is not said again, but for names and dates of ours.
        const LASTING: &[&str] =
            &["name", "by", "today", "agent", "company", "email", "phone", "owner", "trouble"];
        let known = |fact: &String| {
            self.facts.contains_key(fact.as_str())
                && (LASTING.contains(&fact.as_str()) || !self.spent.contains(fact))
        };
        let fits: Vec<(u32, &Wording)> = self
            .book
            .wordings(name)
            .iter()
            .filter(|w| w.facts.iter().all(known))
            .filter_map(|w| self.situation.fit(w).map(|fit| (fit + w.facts.len() as u32 * 2, w)))
            .collect();
        let height = fits.iter().map(|(fit, _)| *fit).max()?;
        let best: Vec<&Wording> =
            fits.into_iter().filter(|(fit, _)| *fit == height).map(|(_, w)| w).collect();
        let turn = (self.seed ^ fingerprint(name)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        Some(best[turn as usize % best.len()])
    }

    /// The best wording, said; its facts are spent if it restates.
    fn take(&mut self, name: &'static str, spend: bool) -> Result<Option<String>, String> {
        let Some(wording) = self.best(name) else { return Ok(None) };
        let mut context = tera::Context::new();
        for (name, value) in &self.facts {
            context.insert(*name, value);
        }
        let said = wording.say(&context)?;
        if spend {
            let facts = wording.facts.clone();
            self.spent.extend(facts);
        }
        Ok(Some(said))
    }
}

impl Situation<'_> {
    /// How closely a wording's conditions fit; `None` if one does not hold.
    fn fit(&self, wording: &Wording) -> Option<u32> {
        let when = &wording.when;
        let mut fit = 0;
        let mut ask = |list: &[String], is: &[&str], worth: u32| {
            if list.is_empty() {
                return true;
            }
            fit += worth;
            list.iter().any(|l| is.contains(&l.as_str()))
        };
        let holds = ask(&when.risk, &[self.risk], 16)
            && ask(&when.issue, &[self.issue], 3)
            && ask(&when.kind, &[self.kind], 1)
            && ask(&when.tone, &[self.tone], 2)
            && ask(&when.customer, &self.customers, 3)
            && ask(&when.want, &[self.want], 2)
            && ask(&when.answer, &[self.answer], 1)
            && ask(&when.channel, &[self.channel], 4)
            && ask(&when.thing, &[self.thing], 2);
        if when.points > 0 {
            fit += 3;
        }
        if when.reproach > 0 {
            fit += 1;
        }
        let ours = when.ours.is_none_or(|ours| ours == self.ours);
        if when.words > 0 {
            fit += 1;
        }
        (holds
            && ours
            && self.words >= when.words
            && self.points >= when.points
            && self.reproach >= when.reproach)
            .then_some(fit)
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

/// Clauses as one sentence.
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
    fn one_re_whatever_was_there() {
        for (subject, reply) in [
            ("Late order", "Re: Late order"),
            ("RE: re: Late", "Re: Late"),
            ("AW: WG: Spät", "Re: Spät"),
            ("Ready to order", "Re: Ready to order"),
            ("Re:", "Re:"),
        ] {
            assert_eq!(reply_subject(subject), reply);
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
