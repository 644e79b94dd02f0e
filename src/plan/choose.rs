//! Picks the wording of a move: the most specific one whose facts are known.

use super::*;
use amends_phrasebook::facts::fact as fact_of;

/// The wordings considered for a move, and the one chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub name: &'static str,
    /// In the order of the move's wordings.
    pub considered: Vec<Verdict>,
    /// The chosen text with its facts filled in; `None` if no wording was usable.
    pub said: Option<String>,
}

/// Why a wording was or wasn't chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Said(u32),
    /// Fits equally well, but this message's turn fell on another.
    Equal(u32),
    /// Another is more specific.
    Looser(u32),
    /// A required fact is unknown.
    Missing(Text),
    /// A required fact has already been stated.
    Told(Text),
    /// A condition doesn't hold.
    Unmet(&'static str),
}

impl<'a> Planner<'a> {
    pub(super) fn say_all(&mut self, names: &[&'static str]) -> Result<(), String> {
        names.iter().try_for_each(|name| self.say(name))
    }

    pub(super) fn say(&mut self, name: &'static str) -> Result<(), String> {
        if self.is_unwished(name) {
            return Ok(());
        }
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

    /// How well a wording fits, or why it can't be used.
    pub(super) fn judge(&self, wording: &Wording) -> Result<u32, Verdict> {
        // A fact that restated the problem is not said again, but for names and dates of ours.
        let fit = self.situation.fit(wording).map_err(Verdict::Unmet)?;
        for fact in &wording.facts {
            if !self.facts.contains_key(&**fact) {
                return Err(Verdict::Missing(fact.clone()));
            }
            if self.spent.is_empty() {
                continue;
            }
            let row = fact_of(fact);
            let said = |name: &str| self.spent.iter().any(|spent| **spent == *name);
            if !row.is_some_and(|row| row.lasting) && (said(fact) || row.is_some_and(|row| said(row.twin))) {
                return Err(Verdict::Told(fact.clone()));
            }
        }
        Ok(fit + wording.facts.len() as u32 * 2)
    }

    /// The best-fitting wording; ties are broken by message.
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

    /// How each wording compared with the chosen one.
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

    /// Picks one of `of` equal wordings for this message, deterministically.
    pub(super) fn turn(&self, name: &str, of: usize) -> usize {
        let mixed = (self.seed ^ fingerprint(name)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        mixed as usize % of
    }

    /// Renders the best wording; if `spend` is set, its facts count as stated.
    pub(super) fn take(&mut self, name: &'static str, spend: bool) -> Result<Option<String>, String> {
        let taken = self.best(name);
        let mut said = taken.map(|wording| wording.say(&self.facts)).transpose()?;
        if self.situation.locale == locale::AMERICAN {
            said = said.map(|said| locale::american(&said));
        }
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
