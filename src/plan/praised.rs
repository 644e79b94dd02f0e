//! Tells back what pleased them.

use super::quotes::{Quote, meets};
use super::restate::{names_us, said};
use super::{Planner, Said};
use crate::retell::{Told, begins_with_pronoun};
use amends_language::channel::of_template;
use amends_retell::Kind;

/// More than these sentences or words would read like a report.
const MOST_SENTENCES: usize = 2;
const MOST_WORDS: usize = 45;
/// From this probability on a sentence may tell what went wrong.
const CORE: f32 = 0.5;
/// Shorter ones tell nothing of what was done.
const LEAST_WORDS: usize = 5;

impl Planner<'_> {
    /// What was done well, by us or by somebody they name, as far as there is room.
    pub(super) fn praised(&self) -> Vec<Told> {
        if of_template(self.situation.channel).brief || self.risky() {
            return Vec::new();
        }
        let length = |told: &Told| told.turned.text.split_whitespace().count();
        let good = self.retold.told.iter().filter(|told| {
            let text = &told.turned.text;
            told.role == "praise"
                && told.turned.kind == Kind::Statement
                && length(told) >= LEAST_WORDS
                && !begins_with_pronoun(text)
                && (names_us(told) || self.names_somebody(text))
                && !addresses_somebody(text)
                && !remarks(text)
                && told.core < CORE
        });
        let (mut chosen, mut words) = (Vec::<Told>::new(), 0);
        for told in good {
            let new = chosen.last().is_none_or(|last| last.at.end <= told.at.start);
            if new && chosen.len() < MOST_SENTENCES && words + length(told) <= MOST_WORDS {
                words += length(told);
                chosen.push(told.clone());
            }
        }
        chosen
    }

    /// Praise for somebody of ours that can't be told back, to be passed on as it stands.
    pub(super) fn words_of_praise(&self) -> Option<String> {
        let praises = |quote: &&Quote| {
            let text = &quote.text;
            let mut parts =
                self.reading.parts.iter().filter(|part| meets(&(part.start..part.end), &quote.at));
            let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            parts.all(|part| part.role == "praise")
                && quote.core < CORE
                && text.ends_with('.')
                && text.split_whitespace().count() >= LEAST_WORDS
                && !["I", "We", "Dear", "Hello", "Hi", "My"].contains(&first)
                && !begins_with_pronoun(text)
                && !addresses_somebody(text)
                && !remarks(text)
                && !self.denies(text)
        };
        let ours = |quote: &&Quote| {
            quote.text.split_whitespace().any(|word| word.eq_ignore_ascii_case("your"))
                || self.names_somebody(&quote.text)
        };
        let all = || self.quotes.iter().filter(praises);
        all().find(ours).map(|quote| quote.text.clone())
    }

    /// Whether a name stands in it: a capital on a word that no phrase knows.
    fn names_somebody(&self, text: &str) -> bool {
        let named = |word: &str| {
            word.starts_with(char::is_uppercase) && !self.book.lexicon.knows(&word.to_lowercase())
        };
        text.split(|c: char| !c.is_alphanumeric()).any(named)
    }

    pub(super) fn tell_praise(&mut self, praised: &[Told]) -> Result<(), String> {
        if praised.is_empty() {
            if !of_template(self.situation.channel).brief
                && let Some(words) = self.words_of_praise()
            {
                self.facts.insert("quote", words);
                self.point("passed_on")?;
                self.situation.restated = true;
                self.facts.remove("quote");
            }
            return Ok(());
        }
        self.tell(praised);
        self.situation.restated = true;
        self.plan.moves.push(Said { name: "restate", text: said(praised) });
        Ok(())
    }
}

/// "You were so patient, Mags": whoever is called by name there isn't whom we write to.
fn addresses_somebody(text: &str) -> bool {
    let mut between = text.split([',', '.']).skip(1);
    between.any(|part| {
        let mut words = part.split_whitespace();
        words.next().is_some_and(|word| word.starts_with(char::is_uppercase)) && words.next().is_none()
    })
}

/// Whether it has a "but" in it: a small remark beside the praise.
fn remarks(text: &str) -> bool {
    const REMARKS: &[&str] =
        &["only", "wants", "but", "though", "although", "except", "pity", "shame", "however", "apart", "if"];
    text.split(|c: char| !c.is_alphanumeric()).any(|word| REMARKS.contains(&word.to_lowercase().as_str()))
}
