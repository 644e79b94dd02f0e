//! Which wording of a move is said: the most specific whose facts are known.

use super::*;
use amends_phrasebook::facts::fact as fact_of;

/// Which wordings of a move there were to say, and which was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub name: &'static str,
    /// Each by its place among the move's wordings.
    pub considered: Vec<Verdict>,
    /// What was said, its facts put in; `None` where no wording could be.
    pub said: Option<String>,
}

/// Why a wording was said, or not.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Said(u32),
    /// As fitting as the one said, and not this message's turn.
    Equal(u32),
    /// Another fits more closely.
    Looser(u32),
    /// A fact it needs is not known.
    Missing(Text),
    /// A fact it needs was told before.
    Told(Text),
    /// A condition of it does not hold.
    Unmet(&'static str),
}

impl<'a> Planner<'a> {
    pub(super) fn say_all(&mut self, names: &[&'static str]) -> Result<(), String> {
        names.iter().try_for_each(|name| self.say(name))
    }

    pub(super) fn say(&mut self, name: &'static str) -> Result<(), String> {
        if let Some(text) = self.take(name, false)? {
            self.plan.moves.push(Said { name, text });
        }
        Ok(())
    }

    pub(super) fn point(&mut self, name: &'static str) -> Result<(), String> {
        if let Some(text) = self.take(name, false)?
            && !self.plan.points.contains(&text)
        {
            self.plan.points.push(text);
        }
        Ok(())
    }

    /// How well a wording fits, or why it can't be said.
    pub(super) fn judge(&self, wording: &Wording) -> Result<u32, Verdict> {
        // A fact that restated the problem is not said again, but for names and dates of ours.
        let fit = self.situation.fit(wording).map_err(Verdict::Unmet)?;
        for fact in &wording.facts {
            if !self.facts.contains_key(&**fact) {
                return Err(Verdict::Missing(fact.clone()));
            }
            if !fact_of(fact).is_some_and(|fact| fact.lasting) && self.spent.contains(fact) {
                return Err(Verdict::Told(fact.clone()));
            }
        }
        Ok(fit + wording.facts.len() as u32 * 2)
    }

    /// The wording that fits best; of equals, the message's own turn.
    pub(super) fn best(&self, name: &str) -> Option<&'a Wording> {
        let there = Glance::at(self.situation.so(), self.facts.bits);
        let mut best = self.equals.take();
        best.clear();
        let mut height = 0;
        for wording in self.book.wordings(name).near(there) {
            let Ok(fit) = self.judge(wording) else { continue };
            if fit > height {
                height = fit;
                best.clear();
            }
            if fit == height {
                best.push(wording);
            }
        }
        let chosen = (!best.is_empty()).then(|| best[self.turn(name, best.len())]);
        self.equals.set(best);
        chosen
    }

    /// How each wording of a move fared beside the one that was taken.
    pub(super) fn choice(&self, name: &'static str, taken: Option<&Wording>, said: Option<String>) -> Choice {
        let height = taken.and_then(|w| self.judge(w).ok());
        let verdict = |w: &Wording| match self.judge(w) {
            Ok(fit) if taken.is_some_and(|t| std::ptr::eq(t, w)) => Verdict::Said(fit),
            Ok(fit) if Some(fit) == height => Verdict::Equal(fit),
            Ok(fit) => Verdict::Looser(fit),
            Err(verdict) => verdict,
        };
        Choice { name, considered: self.book.wordings(name).iter().map(verdict).collect(), said }
    }

    /// This message's choice among `of` equals.
    pub(super) fn turn(&self, name: &str, of: usize) -> usize {
        let mixed = (self.seed ^ fingerprint(name)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        mixed as usize % of
    }

    /// The best wording, said; its facts are spent if it restates.
    pub(super) fn take(&mut self, name: &'static str, spend: bool) -> Result<Option<String>, String> {
        let taken = self.best(name);
        let said = taken.map(|wording| wording.say(&self.facts)).transpose()?;
        if self.choices.is_some() {
            let choice = self.choice(name, taken, said.clone());
            self.choices.get_or_insert_default().push(choice);
        }
        if let Some(wording) = taken {
            if spend {
                self.spent.extend(wording.facts.iter().cloned());
            }
            self.plan.holes.extend(wording.holes());
        }
        Ok(said)
    }
}
