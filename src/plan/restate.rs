//! Restates the problem calmly, and apologises for it.

use super::quotes::Quote;
use super::{Planner, Retelling, Said, list, sentence};
use crate::facts::times;
use crate::reading::Evidence;
use crate::retell::{FIT, Told, begins_with_pronoun, only_it};
use amends_language::channel::of_template;
use amends_language::packed::Text;
use amends_phrasebook::{About, Issue, Wording};
use amends_retell::Kind;
use std::ops::Range;

/// Longer clauses get a sentence of their own.
const FOLDABLE: usize = 13;
/// After "I'm sorry", other clauses about what they did would blame or pity them.
const BEFELL: &[&str] = &["you were ", "you've been ", "you haven't ", "you didn't get ", "you never got "];
/// After more sentences than these the apology comes late; a long letter has one more, a very long one two.
const MOST_SENTENCES: usize = 3;
/// From so many words on a letter is long, and very long.
const LONG: usize = 180;
const VERY_LONG: usize = 320;
/// The words more that a long letter is told back in.
const MORE_ROOM: usize = 30;
/// The words more for one sentence more.
const ROOM_FOR_ONE: usize = 25;
/// More facts than these behind what is told back read like a list.
const MOST_ALSO: usize = 2;
/// It tells what went wrong from this probability on; one whose role says so already, from a lower one.
const CORE: f32 = 0.4;
const CORE_BY_ROLE: f32 = 0.2;
/// From this probability on it tells what went wrong so surely that it may come first, whatever it leans on.
const SURE: f32 = 0.6;
/// From this probability on the thing itself is what we are sorry about.
const SURELY: f32 = 0.8;
/// So much less is it worth to tell what leans on a sentence before.
const LEANING: f32 = 0.2;
/// What it is worth to tell what went wrong, and to tell what tells it best.
const WEIGHT_CORE: f32 = 0.5;
const WEIGHT_BEST: f32 = 3.0;
/// So much more likely must a sentence tell it best for being quoted beside what is told.
const BETTER: f32 = 0.2;
/// On short channels, the longest restatement in characters.
const SHORT: usize = 70;
/// A longer name of what it is about says what went wrong, and comes first.
const SHORT_NAME: usize = 3;
/// The most clauses about the main issue.
const MOST_ASPECTS: usize = 2;

impl<'a> Planner<'a> {
    /// Sets the facts that name the subject briefly, at any stage.
    pub(super) fn matter(&mut self) {
        let issues = self.issues.clone();
        self.name_troubles("matter", &issues);
        if !self.facts.contains_key("matter") && self.reading.kind == "complaint" {
            self.facts.insert("matter", "what you wrote to us about".into());
        }
        self.name_troubles("trouble", &issues);
    }

    /// "the delay and the way you were treated".
    fn name_troubles(&mut self, fact: &'static str, issues: &[&Issue]) {
        let mut troubles: Vec<String> = Vec::new();
        for issue in issues {
            let trouble = self.trouble(issue);
            if !troubles.contains(&trouble) {
                troubles.push(trouble);
            }
        }
        let named: Vec<&str> = troubles.iter().map(String::as_str).collect();
        if named.is_empty() {
            self.facts.remove(fact);
        } else {
            self.facts.insert(fact, list(&named));
        }
    }

    /// What we apologise for: the aspect's own text, else the issue's.
    fn trouble(&self, issue: &Issue) -> String {
        let own = self.aspects_of(issue).iter().find_map(|id| {
            self.book.groups.iter().find(|a| a.id == **id).map(|a| &*a.trouble).filter(|t| !t.is_empty())
        });
        own.unwrap_or(&issue.trouble).to_owned()
    }

    /// An issue's aspects, the most certain first.
    pub(super) fn aspects_of(&self, issue: &Issue) -> &'a [String] {
        let found = self.reading.issues.iter().find(|f| f.id == issue.id);
        found.map_or(&[], |f| &f.aspects)
    }

    /// Makes an issue the current subject. Only the main issue gets the noun.
    pub(super) fn about(&mut self, n: usize) {
        let (reading, issue) = (self.reading, self.issues[n]);
        let found = reading.issues.iter().find(|f| f.id == issue.id);
        let aspects = found.iter().flat_map(|f| &f.aspects).chain(&reading.notes.aspects);
        self.situation.issue = &issue.id;
        self.situation.aspects = aspects.map(String::as_str).collect();
        self.situation.thing =
            if n == 0 { reading.notes.thing.as_ref().map_or("", |(_, sort)| sort) } else { "" };
    }

    /// Thanks them, naming what it is about where the sentences behind need it; else the apology names it.
    pub(super) fn lead_in(&mut self, chosen: &[Told]) -> Result<(), String> {
        if let (Some(about), [first, .., last] | [first @ last]) = (self.facts.get("about").cloned(), chosen)
        {
            let of = self.retold.about.as_ref();
            let head = of.map_or("", |about| &*about.head);
            let names = |told: &Told| told.turned.text.to_lowercase().contains(head);
            let all: Vec<&Told> = chosen.iter().collect();
            let plain =
                !about.contains(['.', '£', '$', '€']) && !head.ends_with(|c: char| c.is_ascii_digit());
            let sure = of.is_some_and(|about| about.chance >= SURELY);
            let short = about.split(' ').count() <= SHORT_NAME;
            let numbered = self.facts.contains_key("reference") && !self.tells_number(first);
            let moved = plain && sure && short && !numbered && hanging(&all, false).is_none();
            if names(first) || moved {
                self.facts.remove("about");
            }
            // Said a moment ago, "that" is enough.
            if plain && sure && (names(first) || moved) && !(names(last) && self.is_trouble(last)) {
                self.facts.insert("sorry_about", about);
            }
        }
        // A number the first sentence tells is not said in front of it.
        if chosen.first().is_some_and(|first| self.tells_number(first)) {
            self.spent.extend(["reference".into(), "order".into()]);
        }
        self.thank(true)
    }

    /// Tells back what happened, in their words turned round or else in the phrasebook's; then apologises.
    pub(super) fn restate(&mut self, chosen: &[Told]) -> Result<(), String> {
        if self.risky() {
            self.as_described(chosen)?;
            return self.say("sorry");
        }
        // A line or two has room for the trouble alone, which the phrasebook says shortest.
        let brief = of_template(self.situation.channel).brief && !self.issues.is_empty();
        if brief || chosen.is_empty() {
            self.in_our_words()?;
            if !brief && self.plan.said("restate").is_empty() && !self.facts.contains_key("clause") {
                self.in_their_words()?;
            }
            return self.say("sorry");
        }
        self.tell(chosen);
        let found = |issue: &Issue| self.reading.issues.iter().find(|found| found.id == issue.id);
        let tells = |issue: &Issue| {
            let shown = found(issue).map_or(&[][..], |found| &found.evidence);
            chosen.iter().any(|told| {
                let inside =
                    |e: &Evidence| e.field.is_none() && told.at.start < e.end && e.start < told.at.end;
                told.issue.as_ref() == Some(&issue.id) || shown.iter().any(inside)
            })
        };
        // "That" is what was told last; where it is no trouble, the apology names it.
        let that = chosen.last().is_some_and(|last| self.is_trouble(last) && last.core >= CORE);
        let untold: Vec<&Issue> =
            self.issues.iter().copied().filter(|issue| !that || !tells(issue)).collect();
        self.name_troubles("trouble", &untold);
        if let [told] = chosen
            && untold.is_empty()
            && !self.again
            && self.foldable(told)
        {
            self.facts.insert("clause", told.turned.text.trim_end_matches('.').to_owned());
            self.facts.remove("topic");
            return self.say("sorry");
        }
        self.situation.restated = that;
        let mut text = said(chosen);
        if let Some((before, quoted)) = self.untold_best(chosen)? {
            text =
                format!("{} {quoted} {}", said(&chosen[..before]), said(&chosen[before..])).trim().to_owned();
        }
        // How often they wrote, by when they need it: what the sentences leave out.
        for clause in (0..MOST_ALSO).filter_map(|_| self.take("also", true).transpose()) {
            text = format!("{text} {}", sentence(&[clause?]));
        }
        self.plan.moves.push(Said { name: "restate", text });
        self.say("sorry")
    }

    /// Records what is told back; its facts are not said again.
    pub(super) fn tell(&mut self, chosen: &[Told]) {
        for told in chosen {
            self.spend_said(&told.turned.text);
            let (text, from) = (told.turned.sentence(), (told.at.start, told.at.end));
            self.plan.told.push(Retelling { text, from, how: "clause" });
        }
    }

    /// The sentences that tell what happened, in their order: those that tell most, as far as there is room.
    pub(super) fn chosen(&self) -> Vec<Told> {
        let channel = of_template(self.situation.channel);
        let short = |told: &Told| !channel.brief || told.turned.text.chars().count() <= SHORT;
        let mut left: Vec<&Told> = self
            .retold
            .told
            .iter()
            .filter(|told| told.turned.kind == Kind::Statement && told.role != "praise")
            .filter(|told| told.fit >= FIT && short(told))
            .collect();
        // What would hang on something untold makes room for others.
        loop {
            let chosen = self.telling(&left);
            match hanging(&chosen, self.names_it()) {
                Some(hangs) => left.retain(|told| told.at != chosen[hangs].at),
                None => return chosen.into_iter().cloned().collect(),
            }
        }
    }

    /// Whether the thing that may be called "it" is named in front.
    fn names_it(&self) -> bool {
        self.facts.contains_key("about") && self.retold.about.as_ref().is_some_and(|about| about.is_one)
    }

    /// Of some sentences those that tell most, in their order; one more where nothing need be said before them.
    fn telling<'t>(&self, of: &[&'t Told]) -> Vec<&'t Told> {
        let more = self.told_in(of, 1);
        let numbered = more.first().is_some_and(|first| self.tells_number(first));
        let named = ["reference", "about"].iter().any(|fact| self.facts.contains_key(*fact));
        let thanked = self.risky() || named && !numbered;
        if thanked { self.told_in(of, 0) } else { more }
    }

    /// Whether a sentence tells one of their numbers.
    fn tells_number(&self, told: &Told) -> bool {
        self.reading.facts.orders.iter().any(|code| told.turned.text.contains(&**code))
    }

    /// The same with so many sentences more than usual, each of which must tell surely what went wrong.
    fn told_in<'t>(&self, of: &[&'t Told], more: usize) -> Vec<&'t Told> {
        let spans = &self.reading.facts.said.spans;
        let new_facts = |told: &Told, known: &[Range<usize>]| {
            let inside = |at: &&Range<usize>| told.at.start <= at.start && at.end <= told.at.end;
            spans.iter().map(|(_, at)| at).filter(inside).filter(|at| !known.contains(at)).count()
        };
        let mut left = of.to_vec();
        if !left.iter().any(|told| self.is_trouble(told)) {
            return setting(of);
        }
        // A long letter has more to tell back.
        let length = self.reading.notes.length;
        let usual = MOST_SENTENCES + usize::from(length > LONG) + usize::from(length > VERY_LONG);
        let most = usual.max(MOST_SENTENCES + more);
        let room = of_template(self.situation.channel).retold + usize::from(length > LONG) * MORE_ROOM;
        let (mut chosen, mut words, mut known) = (Vec::<&Told>::new(), 0, Vec::new());
        while chosen.len() < most {
            // What went wrong comes first; the rest is told for the facts in it.
            let worth = |told: &Told| {
                let facts = new_facts(told, &known).min(2) as f32;
                let worth = if self.is_trouble(told) {
                    1.0 + WEIGHT_BEST * told.best + WEIGHT_CORE * told.core + 0.1 * facts
                } else {
                    0.3 * facts
                };
                // What leans on another sentence is clear only behind it.
                if told.leans { worth - LEANING } else { worth }
            };
            let length = |told: &Told| told.turned.text.split_whitespace().count();
            let sure = |told: &Told| chosen.len() < usual || told.core >= SURE && self.is_trouble(told);
            let room = if chosen.len() < usual { room } else { room + ROOM_FOR_ONE };
            left.retain(|told| worth(told) > 0.0 && words + length(told) <= room && sure(told));
            // The first of those that are worth the same.
            let Some(best) = left.iter().copied().rev().max_by(|a, b| worth(a).total_cmp(&worth(b))) else {
                break;
            };
            words += length(best);
            known.extend(spans.iter().map(|(_, at)| at.clone()).filter(|at| best.at.contains(&at.start)));
            left.retain(|told| told.at.end <= best.at.start || best.at.end <= told.at.start);
            chosen.push(best);
        }
        if !chosen.iter().any(|told| self.is_trouble(told)) {
            chosen.clear();
        }
        chosen.sort_by_key(|told| told.at.start);
        chosen
    }

    /// What can only be quoted and tells it better than all that is told: it, and how many stand before it.
    fn untold_best(&mut self, chosen: &[Told]) -> Result<Option<(usize, String)>, String> {
        let told = chosen.iter().map(|told| told.best).fold(0.0, f32::max);
        let Some(n) = self.best_quote().filter(|n| self.quotes[*n].best >= told + BETTER) else {
            return Ok(None);
        };
        let before = chosen.iter().filter(|told| told.at.start < self.quotes[n].at.start).count();
        Ok(self.quoted(n)?.map(|text| (before, text)))
    }

    /// Which of what may be quoted tells best what went wrong.
    fn best_quote(&self) -> Option<usize> {
        let troubles = self.quotes.iter().enumerate().filter(|(_, quote)| quote.is_trouble());
        troubles.max_by(|(_, a), (_, b)| a.best.total_cmp(&b.best)).map(|(n, _)| n)
    }

    /// One of what may be quoted, as it is said.
    fn quoted(&mut self, n: usize) -> Result<Option<String>, String> {
        let Quote { text: quote, at, .. } = self.quotes.remove(n);
        self.facts.insert("quote", quote.clone());
        let text = self.take("quoted", false)?;
        self.facts.remove("quote");
        if text.is_some() {
            self.plan.told.push(Retelling { text: quote, from: (at.start, at.end), how: "quote" });
        }
        Ok(text)
    }

    /// The sentence that tells it best, quoted, where nothing can be told in ours.
    fn in_their_words(&mut self) -> Result<(), String> {
        let Some(n) = self.best_quote() else { return Ok(()) };
        if let Some(text) = self.quoted(n)? {
            self.plan.moves.push(Said { name: "restate", text });
            self.situation.restated = true;
        }
        Ok(())
    }

    /// The phrasebook's wordings for what happened, one clause per issue.
    fn in_our_words(&mut self) -> Result<(), String> {
        let mut clauses: Vec<String> = Vec::new();
        let mut unnamed = Vec::new();
        if self.issues.is_empty() {
            clauses.extend(self.shown("restate", &self.reading.notes.aspects, 1)?);
        }
        for n in 0..self.issues.len() {
            self.about(n);
            let told = self.clauses(n)?;
            if told.is_empty() {
                unnamed.push(self.issues[n]);
            }
            for clause in told {
                if !clauses.contains(&clause) {
                    clauses.push(clause);
                }
            }
        }
        if !self.issues.is_empty() {
            self.about(0);
        }
        // By when they need it says nothing of what went wrong.
        self.situation.restated = !clauses.is_empty();
        for _ in 0..3 {
            clauses.extend(self.take("also", true)?);
        }
        self.situation.restated = false;
        if of_template(self.situation.channel).brief {
            clauses.truncate(1);
            if clauses.first().is_some_and(|c| c.chars().count() > SHORT) {
                clauses.clear();
                unnamed = self.issues.clone();
            }
            unnamed.truncate(usize::from(clauses.is_empty()));
        }
        self.name_troubles("trouble", &unnamed);
        if let [clause] = clauses.as_slice()
            && unnamed.is_empty()
            && clause.split_whitespace().count() <= FOLDABLE
            && (!clause.starts_with("you") || BEFELL.iter().any(|start| clause.starts_with(start)))
            && self.turn("fold", 2) == 0
        {
            self.facts.insert("clause", clause.clone());
            self.facts.remove("topic");
        } else if !clauses.is_empty() {
            self.plan.moves.push(Said { name: "restate", text: sentence(&clauses) });
            self.situation.restated = true;
        }
        Ok(())
    }

    /// What they say of us is theirs to say: nothing is conceded before a person has looked.
    fn as_described(&mut self, chosen: &[Told]) -> Result<(), String> {
        if of_template(self.situation.channel).brief {
            return Ok(());
        }
        let [first, others @ ..] = chosen else { return Ok(()) };
        let mut text = first.turned.sentence();
        // "You've told us that you told us"
        let tells = ["you told us", "you have told us", "you've told us", "we've written", "we have written"];
        let doubled = tells.iter().any(|start| text.to_lowercase().starts_with(start));
        if chosen.iter().any(names_us) && !doubled {
            self.facts.insert("clause", inner(first.turned.text.trim_end_matches('.')));
            let described = self.take("described", false)?;
            self.facts.remove("clause");
            // Without a wording for it, only what they say of themselves is told.
            let Some(described) = described else {
                let theirs: Vec<Told> = chosen.iter().filter(|told| !names_us(told)).cloned().collect();
                return self.as_described(&theirs);
            };
            text = described;
        }
        self.tell(chosen);
        self.plan
            .moves
            .push(Said { name: "restate", text: format!("{text} {}", said(others)).trim().to_owned() });
        Ok(())
    }

    /// Mentions what pleased them, whatever else they raised.
    pub(super) fn about_praise(&mut self) {
        self.situation.issue = "none";
        self.situation.aspects = self.reading.notes.aspects.iter().map(String::as_str).collect();
    }

    /// A problem raised alongside praise, and what is done about it.
    pub(super) fn aside(&mut self) -> Result<(), String> {
        self.about(0);
        self.situation.aspects = self.aspects_of(self.issues[0]).iter().map(String::as_str).collect();
        let told = self.clauses(0)?;
        if let [clause, ..] = told.as_slice() {
            self.facts.insert("clause", clause.clone());
        }
        self.point("aside")?;
        self.point("step")?;
        self.about_praise();
        self.promise(&self.todo(self.issues[0]), false);
        Ok(())
    }

    /// Wordings for one issue: its aspects', else the best with a fact.
    fn clauses(&mut self, n: usize) -> Result<Vec<String>, String> {
        let issue = self.issues[n];
        let aspects = self.aspects_of(issue);
        let mut told = self.shown("restate", aspects, if n == 0 { MOST_ASPECTS } else { 1 })?;
        // A wording without facts adds nothing to the apology, unless the phrasebook has no aspects
        // for this issue.
        let of_it = |w: &Wording| {
            w.when.asks(About::Issue).iter().any(|id| **id == *issue.id) && !self.has_aspects(issue)
        };
        if told.is_empty() && self.best("restate").is_some_and(|w| !w.facts.is_empty() || of_it(w)) {
            told.extend(self.take("restate", true)?);
        }
        Ok(told)
    }

    fn has_aspects(&self, issue: &Issue) -> bool {
        let of_it = |id: &str| id.strip_prefix(issue.id.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.book.groups.iter().any(|group| group.is_aspect && of_it(&group.id))
    }

    /// Wordings for the aspects, at most `most`.
    pub(super) fn shown(
        &mut self,
        name: &'static str,
        aspects: &'a [String],
        most: usize,
    ) -> Result<Vec<String>, String> {
        let before = std::mem::take(&mut self.situation.aspects);
        let mut told = Vec::new();
        for aspect in aspects {
            self.situation.aspects = vec![aspect];
            if told.len() < most && self.best(name).is_some_and(|w| !w.when.asks(About::Aspect).is_empty()) {
                told.extend(self.take(name, name == "restate")?);
            }
        }
        self.situation.aspects = before;
        Ok(told)
    }

    /// Marks the facts in a restated clause as stated.
    fn spend_said(&mut self, clause: &str) {
        let said = self.facts.iter().filter(|(_, value)| clause.contains(&value.to_lowercase()));
        let names: Vec<Text> = said.map(|(name, _)| (*name).into()).collect();
        self.spent.extend(names);
        // How often they wrote is said less exactly than they say it.
        if self.reading.facts.contacts.and_then(times).is_some_and(|times| clause.contains(&times)) {
            self.spent.push("contacts".into());
        }
    }

    /// Whether a clause tells what went wrong.
    fn is_trouble(&self, told: &Told) -> bool {
        let least = if matches!(told.role, "trouble" | "history") { CORE_BY_ROLE } else { CORE };
        told.fit >= FIT && told.core >= least
    }

    pub(super) fn denies(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
        words.any(|word| word.ends_with("n't") || self.book.words.trouble_words.has(word))
    }

    /// Whether a clause can follow "I'm sorry".
    fn foldable(&self, told: &Told) -> bool {
        let text = told.turned.text.to_lowercase();
        matches!(told.role, "trouble" | "background")
            && text.split_whitespace().count() <= FOLDABLE
            && self.denies(&told.turned.text)
            && !text.contains(['.', ';', ':', ','])
            && (!text.starts_with("you") || BEFELL.iter().any(|start| text.starts_with(start)))
    }
}

/// Where nothing that went wrong can be told: what it is about, so that they know their own matter again.
fn setting<'t>(of: &[&'t Told]) -> Vec<&'t Told> {
    const FIT: f32 = 0.75;
    const LIKELY: f32 = 0.15;
    const MOST: usize = 2;
    const ROOM: usize = 45;
    let mut found: Vec<&Told> =
        of.iter().copied().filter(|told| told.fit >= FIT && told.core >= LIKELY && !told.leans).collect();
    found.sort_by(|a, b| b.core.total_cmp(&a.core));
    found.truncate(MOST);
    let length = |told: &Told| told.turned.text.split_whitespace().count();
    if found.iter().map(|told| length(told)).sum::<usize>() > ROOM {
        found.truncate(1);
    }
    found.retain(|told| length(told) <= ROOM);
    found.sort_by_key(|told| told.at.start);
    found.dedup_by(|later, first| later.at.start < first.at.end);
    found
}

/// The first sentence that points back at what isn't told right before it; where the thing has been named,
/// "it" is clear.
fn hanging(chosen: &[&Told], named: bool) -> Option<usize> {
    /// What stands between two sentences that follow each other.
    const GAP: usize = 3;
    chosen.iter().enumerate().position(|(n, told)| {
        let before = n.checked_sub(1).map(|n| chosen[n]);
        let follows = before.is_some_and(|before| told.at.start.saturating_sub(before.at.end) <= GAP);
        let text = &told.turned.text;
        let is_it = named && only_it(text);
        let points = points_back(text) || told.leans && told.core < SURE;
        !is_it && points && before.is_none()
            || !follows && (begins_with_person(text, named) || !is_it && told.leans && told.core < SURE)
    })
}

/// Whether a pronoun is among its first words, with no noun that it could stand for.
fn begins_with_person(text: &str, named: bool) -> bool {
    const FIRST: usize = 4;
    text.split_whitespace().take(FIRST).any(|word| {
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ["he", "she", "they", "him", "them"].contains(&word.as_str()) || !named && word == "it"
    })
}

/// Whether it begins with what only another sentence explains.
fn points_back(text: &str) -> bool {
    const BACK: &[&str] = &["since then ", "after that ", "then ", "in the meantime ", "in between "];
    let text = text.to_lowercase();
    begins_with_pronoun(&text) || BACK.iter().any(|start| text.starts_with(start))
}

/// Whether it has a part of ours in it.
pub(super) fn names_us(told: &Told) -> bool {
    let text = told.turned.text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| ["we", "us", "our", "ours"].contains(&word))
}

/// As it reads inside a sentence: only words that never are names lose their capital.
fn inner(text: &str) -> String {
    const SMALL: &[&str] = &[
        "You", "You're", "You've", "You'd", "Your", "We", "We've", "We'd", "We're", "Our", "The", "A", "An",
        "There", "This", "That", "It", "Its", "In", "On", "At", "When", "Each", "Every", "All", "No",
        "Nobody", "Nothing", "After", "Before", "Since", "From", "For", "With", "What", "One", "Two",
        "Three", "Both", "Last", "Only", "If", "They", "By", "Because", "While", "As", "Your", "Some",
        "Somebody", "Someone", "Another", "Even", "Now", "Four", "Five", "Six", "Seven", "Eight", "Nine",
        "Ten", "Half", "Several", "Neither", "Other", "Then", "Here", "Here's", "It's", "There's", "He",
        "She", "To",
    ];
    let first = text.split_whitespace().next().unwrap_or("");
    match SMALL.contains(&first) {
        true => format!("{}{}", first.to_lowercase(), &text[first.len()..]),
        false => text.to_owned(),
    }
}

/// One sentence after the other.
pub(super) fn said(told: &[Told]) -> String {
    told.iter().map(|told| told.turned.sentence()).collect::<Vec<_>>().join(" ")
}
