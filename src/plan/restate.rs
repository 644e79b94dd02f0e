//! Their problem in our calm words, and the apology for it.

use super::{Planner, Said, list, sentence};
use crate::phrasebook::Issue;

/// Longer clauses stand in a sentence of their own.
const FOLDABLE: usize = 13;
/// After "I'm sorry" these would be sorry about the customer.
const THEIRS: &[&str] = &["you'd ", "you're ", "you can't ", "you couldn't ", "you feel ", "you say ", "you asked "];
/// Clauses about the main issue at most.
const MOST_ASPECTS: usize = 2;

impl<'a> Planner<'a> {
    /// What the reply is about, in a few words, whatever the stage.
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

    /// What we say sorry for: the aspect's own words for it, else the issue's.
    fn trouble(&self, issue: &Issue) -> String {
        let aspects = self.aspects_of(issue);
        let own = aspects.iter().find_map(|id| {
            self.book.aspects.iter().find(|a| a.id == *id).map(|a| &a.trouble).filter(|t| !t.is_empty())
        });
        own.unwrap_or(&issue.trouble).clone()
    }

    /// The ways an issue shows, the surest first.
    fn aspects_of(&self, issue: &Issue) -> Vec<&'a str> {
        let found = self.reading.issues.iter().find(|f| f.id == issue.id);
        found.map(|f| f.aspects.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    /// Speaks of an issue from here on. The thing belongs to the main issue alone.
    pub(super) fn about(&mut self, n: usize) {
        let (reading, issue) = (self.reading, self.issues[n]);
        let found = reading.issues.iter().find(|f| f.id == issue.id);
        let aspects = found.iter().flat_map(|f| &f.aspects).chain(&reading.notes.aspects);
        self.situation.issue = &issue.id;
        self.situation.aspects = aspects.map(String::as_str).collect();
        self.situation.thing =
            if n == 0 { reading.notes.thing.as_ref().map_or("", |(_, sort)| sort) } else { "" };
    }

    /// Their facts in our words, a clause an issue, then what else they told us; and the apology,
    /// which takes a short clause in: "I'm sorry nobody picked up when you called."
    pub(super) fn restate(&mut self) -> Result<(), String> {
        if self.issues.is_empty() || self.risky() {
            // Nothing is known for sure, or nothing must be conceded: say no more than that.
            return self.say("sorry");
        }
        let mut clauses: Vec<String> = Vec::new();
        let mut unnamed = Vec::new();
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
        self.about(0);
        for _ in 0..3 {
            clauses.extend(self.take("also", true)?);
        }
        self.name_troubles("trouble", &unnamed);
        if let [clause] = clauses.as_slice()
            && unnamed.is_empty()
            && clause.split_whitespace().count() <= FOLDABLE
            && !THEIRS.iter().any(|start| clause.starts_with(start))
            && self.turn("fold", 2) == 0
        {
            self.facts.insert("clause", clause.clone());
            return self.say("sorry");
        }
        if !clauses.is_empty() {
            self.plan.moves.push(Said { name: "restate", text: sentence(&clauses) });
            self.situation.restated = true;
        }
        self.say("sorry")
    }

    /// What pleased them is spoken of, whatever else they named.
    pub(super) fn about_praise(&mut self) {
        self.situation.issue = "none";
        self.situation.aspects = self.reading.notes.aspects.iter().map(String::as_str).collect();
    }

    /// A trouble told beside praise, and what is done about it.
    pub(super) fn aside(&mut self) -> Result<(), String> {
        self.about(0);
        let told = self.clauses(0)?;
        if let [clause, ..] = told.as_slice() {
            self.facts.insert("clause", clause.clone());
        }
        self.point("aside")?;
        self.point("step")?;
        self.promise(&self.todo(self.issues[0]), false);
        Ok(())
    }

    /// What is told of one issue: a wording that holds two facts says most; then their own
    /// clause turned round; then the ways it shows; then a wording with a fact.
    fn clauses(&mut self, n: usize) -> Result<Vec<String>, String> {
        let issue = self.issues[n];
        let reflected = self.reflections.iter().find(|r| r.issue == issue.id).map(|r| r.clause.clone());
        let rich = self.best("restate").is_some_and(|w| w.facts.len() > 1);
        if let Some(clause) = reflected
            && !rich
        {
            self.spend_said(&clause);
            return Ok(vec![clause]);
        }
        let mut told = Vec::new();
        let shown = std::mem::take(&mut self.situation.aspects);
        for aspect in self.aspects_of(issue) {
            if told.len() == if n == 0 { MOST_ASPECTS } else { 1 } {
                break;
            }
            self.situation.aspects = vec![aspect];
            if self.best("restate").is_some_and(|w| !w.when.aspect.is_empty()) {
                told.extend(self.take("restate", true)?);
            }
        }
        self.situation.aspects = shown;
        // A wording without a fact of theirs says no more than the apology will.
        if told.is_empty() && self.best("restate").is_some_and(|w| !w.facts.is_empty()) {
            told.extend(self.take("restate", true)?);
        }
        Ok(told)
    }

    /// Facts a reflected clause has said are not said again.
    fn spend_said(&mut self, clause: &str) {
        let said = self.facts.iter().filter(|(_, value)| clause.contains(&value.to_lowercase()));
        let names: Vec<String> = said.map(|(name, _)| (*name).to_owned()).collect();
        self.spent.extend(names);
    }
}
