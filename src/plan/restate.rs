//! Restates the problem calmly, and apologises for it.

use super::{Planner, Said, list, sentence};
use amends_language::channel::of_template;
use amends_language::packed::Text;
use amends_phrasebook::{About, Issue, Wording};

/// Longer clauses get a sentence of their own.
const FOLDABLE: usize = 13;
/// After "I'm sorry", these openings would blame or pity the customer.
const THEIRS: &[&str] = &[
    "you'd ",
    "you're ",
    "you ordered ",
    "you can't ",
    "you couldn't ",
    "you feel ",
    "you say ",
    "you asked ",
];
/// On short channels, the longest restatement in characters.
const SHORT: usize = 70;
/// From this many words, a message counts as a story.
const STORY: u32 = 40;
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

    /// Restates the facts, one clause per issue, then anything else they told us; then apologises. A
    /// short clause goes into the apology: "I'm sorry nobody picked up when you called."
    pub(super) fn restate(&mut self) -> Result<(), String> {
        if self.risky() {
            self.as_told()?;
            return self.say("sorry");
        }
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
        if clauses.is_empty()
            && let Some(told) = self.reflections.iter().find(|r| r.issue.is_none()).map(|r| r.clause.clone())
        {
            self.spend_said(&told);
            clauses.push(told);
            // In a short message the clause is about the same problem; a story has room for another.
            if self.situation.words < STORY {
                unnamed.clear();
            }
        }
        if !self.issues.is_empty() {
            self.about(0);
        }
        for _ in 0..3 {
            clauses.extend(self.take("also", true)?);
        }
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
            && !THEIRS.iter().any(|start| clause.starts_with(start))
            && self.turn("fold", 2) == 0
        {
            self.facts.insert("clause", clause.clone());
            self.facts.remove("topic");
            return self.say("sorry");
        }
        if !clauses.is_empty() {
            self.plan.moves.push(Said { name: "restate", text: sentence(&clauses) });
            self.situation.restated = true;
        }
        self.say("sorry")
    }

    /// Attributes the account to the customer: nothing is conceded before a person has looked.
    fn as_told(&mut self) -> Result<(), String> {
        let mut clauses: Vec<String> = Vec::new();
        for n in 0..self.issues.len() {
            let told = self.shown("restate", self.aspects_of(self.issues[n]), 1)?;
            clauses.extend(told.into_iter().filter(|t| !clauses.contains(t)).collect::<Vec<_>>());
        }
        if !clauses.is_empty() {
            let clauses: Vec<&str> = clauses.iter().map(String::as_str).collect();
            self.facts.insert("clause", list(&clauses));
            self.say("tell")?;
        }
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

    /// Clauses for one issue, in order of preference: a wording with two facts, their own clause
    /// restated, aspects, a wording with one fact.
    fn clauses(&mut self, n: usize) -> Result<Vec<String>, String> {
        let issue = self.issues[n];
        let reflected =
            self.reflections.iter().find(|r| r.issue.as_ref() == Some(&issue.id)).map(|r| r.clause.clone());
        let rich = self.best("restate").is_some_and(|w| w.facts.len() > 1);
        if let Some(clause) = reflected
            && !rich
        {
            self.spend_said(&clause);
            return Ok(vec![clause]);
        }
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
    }
}
