//! Sentences of theirs that only their form keeps from being told back, fit to be quoted.

use super::is_fit;
use super::obey::has_wish;
use crate::reading::Reading;
use crate::reading::sentences::Sentence;
use crate::retell::Retold;
use amends_inbox::message::{Channel, Message};
use amends_language::channel::of_template;
use amends_phrasebook::Phrasebook;
use amends_retell::Reason;
use std::ops::Range;

/// A whole sentence in their own words.
#[derive(Clone)]
pub(super) struct Quote {
    /// Byte range in the newest text.
    pub at: Range<usize>,
    pub text: String,
    /// As of [`Sentence`].
    pub best: f32,
    pub core: f32,
    pub fit: f32,
    pub asks: f32,
}

/// An ask that is quoted, and what it asks for.
#[derive(Clone)]
pub(super) struct Quoted {
    pub quote: Quote,
    pub want: Option<&'static str>,
}

/// More asks than these are not quoted; it would read like a transcript.
const MOST_ASKS: usize = 4;
/// A longer sentence is not quoted, nor a shorter one.
const MOST_WORDS: usize = 36;
const LEAST_WORDS: usize = 4;

/// All that may be quoted, in the order of the message.
pub(super) fn quotes(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    retold: &Retold,
    channel: Channel,
) -> Vec<Quote> {
    if reading.lang != book.language || channel.is_public() {
        return Vec::new();
    }
    // What is private may be said again where they ask about it.
    let calm = matches!(reading.kind, "question" | "request");
    let quote = |sentence: &Sentence| {
        let asking = calm && sentence.asks >= ASKS;
        let at = &sentence.at;
        let heated = reading.notes.heat.iter().any(|heat| at.contains(&(*heat as usize)));
        let told = retold.told.iter().any(|told| meets(&told.at, at))
            || retold.intros.iter().any(|intro| meets(intro, at));
        let mut why = retold.left.iter().filter(|left| meets(&left.at, at)).map(|left| left.why.reason);
        let text = spaced(message.text.get(at.clone())?);
        // Quotations inside the quotation.
        let text = text.replace(['"', '“', '”'], "'");
        (!heated
            && !told
            && !has_wish(reading, at)
            && why.all(|why| by_form(why) || asking && why == Reason::Private)
            && is_plain(&text)
            && is_fit(book, &text))
        .then(|| Quote {
            at: at.clone(),
            text,
            best: sentence.best,
            core: sentence.core,
            fit: sentence.fit,
            asks: sentence.asks,
        })
    };
    // Who says a thing twice is quoted once, and not at all where it is told.
    let mut said: Vec<String> =
        retold.told.iter().filter_map(|told| Some(spaced(message.text.get(told.at.clone())?))).collect();
    let mut quotes: Vec<Quote> = reading.sentences.iter().filter_map(quote).collect();
    quotes.retain(|quote| {
        let new = !said.contains(&quote.text);
        said.push(quote.text.clone());
        new
    });
    quotes
}

/// With single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the asks out of what may be quoted.
pub(super) fn quoted_asks(quotes: &mut Vec<Quote>, retold: &Retold, channel: Channel) -> Vec<Quoted> {
    if of_template(channel.name()).brief {
        return Vec::new();
    }
    let want = |quote: &Quote| {
        retold.left.iter().filter(|left| meets(&left.at, &quote.at)).find_map(|left| left.want)
    };
    let asks: Vec<Quote> = quotes.extract_if(.., |quote| quote.is_ask()).collect();
    asks.into_iter().take(MOST_ASKS).map(|quote| Quoted { want: want(&quote), quote }).collect()
}

/// Whether two ranges share anything.
pub(super) fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether something is only unfit to be turned round, not to be said again.
fn by_form(why: Reason) -> bool {
    matches!(
        why,
        Reason::LostReference
            | Reason::Shape
            | Reason::Unclear
            | Reason::Fragment
            | Reason::NoSubject
            | Reason::ThirdParty
            | Reason::ReportedInside
            | Reason::GenericYou
            | Reason::Opinion
            | Reason::NotWorth
    )
}

/// A whole sentence without marks that would not stand well in a quotation.
fn is_plain(text: &str) -> bool {
    let whole = text.starts_with(char::is_uppercase) && text.ends_with(['.', '?']);
    let inner = text.trim_end_matches(['.', '?']);
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    whole
        && !words.windows(2).any(|two| two[0].eq_ignore_ascii_case(two[1]))
        && text.chars().all(|c| c.is_alphanumeric() || " .,;:'’‘-–—£$€%/&()+?".contains(c))
        && !inner.contains('?')
        && !inner.ends_with("Mr")
        && !inner.ends_with("Mrs")
        && (LEAST_WORDS..=MOST_WORDS).contains(&text.split_whitespace().count())
}

impl Quote {
    /// Whether it asks for something that can be answered where it is quoted.
    fn is_ask(&self) -> bool {
        let lower = self.text.to_lowercase();
        let first = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or("");
        // "If not, I want …" leans on what stands before.
        let leans = ["if", "then", "otherwise", "or", "failing"].contains(&first);
        // "You may ring me at any hour" and "I can send you the film" offer something.
        let offers =
            ["i can ", "i could ", "i'll ", "i will ", "we can ", "we could ", "you may ", "you can "]
                .iter()
                .any(|start| lower.starts_with(start))
                && !lower.ends_with('?');
        !leans && !offers && self.asks >= if self.text.ends_with('?') { QUESTIONS } else { ASKS }
    }

    /// Whether it tells what went wrong, and may be told.
    pub(super) fn is_trouble(&self) -> bool {
        self.core >= CORE && self.fit >= FIT && !self.text.ends_with('?')
    }
}

/// Questions may scold: they must be surer.
const QUESTIONS: f32 = 0.8;
/// From these probabilities on a sentence asks, tells what went wrong, and may be told.
const ASKS: f32 = 0.6;
const CORE: f32 = 0.6;
const FIT: f32 = 0.75;
