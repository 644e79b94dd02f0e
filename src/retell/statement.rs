//! Restates the customer's own clauses: "my oven was left in the rain" becomes "your oven was left in
//! the rain".
//!
//! Only clauses with evidence for an issue are tried, and only those that could pass for our own
//! words are kept: a complete, short, calm statement with a subject and a verb, every word known,
//! with no accusation, mockery or command. Everything else is left to the phrasebook's wordings.

use super::words::BEFELL;
use crate::reading::{Part, Reading};
use amends_inbox::message::Message;
use amends_language::words::{Word, Words, lower};
use amends_phrasebook::Phrasebook;
use amends_phrasebook::word_lists::{WordList, WordLists};

/// Length limits of a clause, in words.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=16;

/// A clause about an issue, in the second person, with no capital or full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// The issue, if a phrase supports it.
    pub issue: Option<String>,
    pub clause: String,
}

/// At most one clause per issue, in the order of the issues.
pub fn reflect(book: &Phrasebook, message: &Message, reading: &Reading) -> Vec<Reflection> {
    let words = &reading.notes.text;
    let mut taken: Vec<(u32, u32)> = Vec::new();
    let mut out = Vec::new();
    for issue in reading.issues.iter().filter(|i| i.strength >= 0.59) {
        let mut evidence: Vec<_> =
            issue.evidence.iter().filter(|e| e.field.is_none() && e.weight >= 2.0).collect();
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let found = evidence.into_iter().find_map(|e| {
            let first = words.words.partition_point(|w| (w.end as usize) <= e.start);
            let word = words.words.get(first)?;
            let at = (word.sentence, word.clause);
            if taken.contains(&at) || words.sentences[word.sentence as usize].mark == '?' {
                return None;
            }
            let clause = clause(words, first);
            let inside = clause.iter().any(|w| w.end as usize >= e.end);
            let hot = clause.iter().any(|w| reading.notes.heat.contains(&w.start));
            (inside && !hot)
                .then(|| turn(book, &message.text, clause, reading))
                .flatten()
                .filter(|text| sayable(text))
                .map(|text| (at, text))
        });
        if let Some((at, clause)) = found {
            taken.push(at);
            out.push(Reflection { issue: Some(issue.id.clone()), clause });
        }
    }
    if out.is_empty() && reading.kind == "complaint" {
        out.extend(any_trouble(book, message, reading));
    }
    out
}

/// Fallback when no evidence can be restated: the first clause about any problem.
fn any_trouble(book: &Phrasebook, message: &Message, reading: &Reading) -> Option<Reflection> {
    let lists = &book.words;
    let (words, heat) = (&reading.notes.text, &reading.notes.heat);
    let mut at = 0;
    while at < words.words.len() {
        let clause = clause(words, at);
        let asked = words.sentences[words.words[at].sentence as usize].mark == '?';
        let calm = !clause.iter().any(|w| {
            let said = &message.text[w.start as usize..w.end as usize];
            heat.contains(&w.start) || lists.vague_phrases.has(&said.to_lowercase())
        });
        if calm
            && !asked
            && tells_trouble(reading, words.words[at].start as usize)
            && let Some(clause) = turn(book, &message.text, clause, reading).filter(|text| sayable(text))
        {
            return Some(Reflection { issue: None, clause });
        }
        at += clause.len().max(1);
    }
    None
}

/// Whether a clause that begins here tells what went wrong, as far as the parts of the message are known.
fn tells_trouble(reading: &Reading, at: usize) -> bool {
    let tells = |part: &Part| part.role == "trouble" && part.issue.is_some();
    reading.parts.is_empty() || reading.parts.iter().any(|p| tells(p) && (p.start..p.end).contains(&at))
}

/// About something that happened to them, not something they did.
fn befell(words: &[String]) -> bool {
    let Some(first) = words.first() else { return false };
    if !["i", "we"].contains(&first.split('\'').next().unwrap_or(first)) {
        return true;
    }
    let as_one = |w: &str| match w {
        "we" => "i".to_owned(),
        "we've" => "i've".to_owned(),
        "we're" => "i'm".to_owned(),
        other => other.to_owned(),
    };
    let said: Vec<String> = words.iter().take(5).map(|w| as_one(w)).collect();
    let begins = |start: &&[&str]| words.len() > start.len() && start.iter().zip(&said).all(|(s, w)| w == s);
    // "I was not giving any": something they were doing.
    let doing = said
        .iter()
        .any(|w| w.ends_with("ing") && !["being", "waiting", "getting", "sitting"].contains(&w.as_str()));
    let done_to_them = !doing || said.iter().any(|w| w == "been");
    done_to_them && BEFELL.iter().any(begins)
}

/// Has no doubled word.
pub(crate) fn sayable(clause: &str) -> bool {
    let words = || clause.split_whitespace();
    !words().zip(words().skip(1)).any(|(word, next)| word == next)
}

/// The clause containing word `n`.
fn clause(words: &Words, n: usize) -> &[Word] {
    let same = |w: &Word| w.sentence == words.words[n].sentence && w.clause == words.words[n].clause;
    let start = words.words[..n].iter().rposition(|w| !same(w)).map_or(0, |i| i + 1);
    let end = words.words[n..].iter().position(|w| !same(w)).map_or(words.words.len(), |i| n + i);
    &words.words[start..end]
}

/// The clause in the second person, if it passes every check.
fn turn(book: &Phrasebook, text: &str, clause: &[Word], reading: &Reading) -> Option<String> {
    let lists = &book.words;
    let mut spans: Vec<(usize, usize)> = clause.iter().map(|w| (w.start as usize, w.end as usize)).collect();
    spans.dedup();
    let first = spans.first()?.0;
    let last = spans.last()?.1;
    if !may_begin(lists, spans.iter().map(|&(start, end)| &text[start..end])) {
        return None;
    }
    let raw = whole_words(text, &spans);
    // Only spaces and simple punctuation inside: no tags, links, brackets, emoji.
    if text[first..last].chars().any(|c| !c.is_alphanumeric() && !" '’-$£€.,\n".contains(c)) {
        return None;
    }
    let before = text[..first].chars().next_back();
    if before.is_some_and(|c| "#@/\"“(".contains(c)) {
        return None;
    }
    // "It didn't arrive until noon": cutting it short would change the meaning.
    const GOES_ON: &[&str] = &["until", "till", "unless", "except", "before"];
    let behind = text[last..].split(['.', '!', '?', '\n']).next().unwrap_or("");
    let next = behind.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    if next.is_some_and(|word| GOES_ON.iter().any(|on| on.eq_ignore_ascii_case(word))) {
        return None;
    }
    let mut words: Vec<String> = raw.iter().map(|w| tidy(lower(w))).collect();
    while words.first().is_some_and(|w| lists.openers.has(w)) {
        words.remove(0);
    }
    words.retain(|w| !lists.fillers.has(w));
    if words.last().is_some_and(|w| w == "too") {
        words.pop();
    }
    if words.last().is_some_and(|w| {
        lists.openers.has(w)
            || lists.dependent.has(w)
            || [
                "the", "a", "my", "i", "is", "was", "of", "in", "on", "at", "by", "from", "been", "be",
                "worse",
            ]
            .contains(&w.as_str())
    }) {
        return None;
    }
    if !is_plain_trouble(lists, &words) {
        return None;
    }
    // Figures must be certain facts.
    let facts = &reading.facts;
    let sure: String = [&facts.orders, &facts.amounts, &facts.durations, &facts.dates]
        .into_iter()
        .flatten()
        .map(|f| f.to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    if words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()) && !sure.contains(w.as_str())) {
        return None;
    }
    if !words.iter().all(|w| known(lists, w) || book.lexicon.knows(w))
        || verb_at(lists, &words).is_none_or(|at| at > 4 || at == 0 && !words[0].contains('\''))
    {
        return None;
    }
    let turned = second_person(lists, &words);
    // Without "you" or "your", a clause in our reply is about nobody in particular.
    let about_them =
        turned.iter().any(|w| ["you", "your", "you've", "you're", "yours"].contains(&w.as_str()));
    about_them.then(|| turned.iter().map(|w| written(w)).collect::<Vec<_>>().join(" "))
}

/// Whether the words are one calm statement of something that happened to them.
fn is_plain_trouble(lists: &WordLists, words: &[String]) -> bool {
    let opener = words.first().map_or("", String::as_str);
    let subject = opener.split('\'').next().unwrap_or(opener);
    if !LENGTH.contains(&words.len())
        || lists.dependent.has(subject)
        || !(lists.subjects.has(subject) || subject == "no")
    {
        return false;
    }
    if words
        .iter()
        .any(|w| lists.refused.has(w) || w.contains("'d") || w.contains("'ll") || w.contains("let's"))
    {
        return false;
    }
    // "You won't refund me": told back it would be our refusal.
    const REFUSALS: &[&str] = &[
        "won't", "wont", "will", "can't", "cannot", "cant", "refuse", "refused", "wouldn't", "don't", "not",
        "deny", "denied", "declined",
    ];
    if words.windows(2).any(|w| w[0] == "you" && REFUSALS.contains(&w[1].as_str())) {
        return false;
    }
    // "My card for was declined": a word is missing.
    const PREPOSITIONS: &[&str] = &["for", "of", "to", "from", "with", "at", "on", "by"];
    if words.windows(2).any(|w| PREPOSITIONS.contains(&w[0].as_str()) && lists.finite.has(&w[1])) {
        return false;
    }
    let finite = |w: &&String| lists.finite.has(w) || w.ends_with("'ve");
    if words.iter().filter(finite).count() > 1
        || words.windows(2).any(|w| w[0] == "the" && w[1] == "way" || w[0] == "right" && w[1] == "to")
    {
        return false;
    }
    if subject == "the" && words.get(1).is_none_or(|w| verb_at(lists, std::slice::from_ref(w)).is_some()) {
        return false;
    }
    // "the account I paid from": a relative clause makes the subject too long.
    if ["the", "all", "this"].contains(&subject)
        && words.iter().any(|w| ["i", "we", "you", "i've", "you've"].contains(&w.as_str()))
    {
        return false;
    }
    if !befell(words) {
        return false;
    }
    if !words.iter().any(|w| lists.trouble_words.has(w) || w.ends_with("n't")) {
        return false;
    }
    true
}

/// Prefilter, before copying any word: whether the clause's opening is allowed.
fn may_begin<'t>(lists: &WordLists, words: impl Iterator<Item = &'t str>) -> bool {
    let is = |list: &WordList, word: &str| list.has(&lower(word));
    let mut words =
        words.skip_while(|word| is(&lists.openers, word)).skip_while(|word| is(&lists.fillers, word));
    let subject = words.next().and_then(|word| word.split(['\'', '’']).next());
    subject.is_some_and(|subject| {
        is(&lists.subjects, subject) || ["no", "ive"].contains(&lower(subject).as_str())
    })
}

/// Restores missing apostrophes in contractions.
fn tidy(word: String) -> String {
    const BARE: &[&str] = &[
        "hasnt", "havent", "hadnt", "didnt", "doesnt", "dont", "cant", "couldnt", "wont", "wouldnt", "isnt",
        "arent", "wasnt", "werent",
    ];
    match word.as_str() {
        "ive" => "i've".to_owned(),
        bare if BARE.contains(&bare) => format!("{}'t", &bare[..bare.len() - 1]),
        _ => word,
    }
}

/// Restores capitals: "ATM", not "atm".
fn written(word: &str) -> String {
    const CAPITALS: &[&str] = &[
        "atm", "pin", "tv", "id", "ac", "usb", "sim", "vat", "apr", "aed", "usd", "gbp", "eur", "inr", "sgd",
        "uk", "uae", "gps",
    ];
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
        "english",
    ];
    if CAPITALS.contains(&word) {
        return word.to_uppercase();
    }
    match word.chars().next() {
        Some(first) if DAYS.contains(&word) => first.to_uppercase().to_string() + &word[first.len_utf8()..],
        _ => word.to_owned(),
    }
}

/// Words as typed: a currency sign stays with its amount; "A-44192" and "check-in" stay whole.
pub(crate) fn whole_words<'t>(text: &'t str, spans: &[(usize, usize)]) -> Vec<&'t str> {
    let mut whole: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in spans {
        let sign =
            text[..start].chars().next_back().filter(|c| "$£€₹".contains(*c)).map_or(0, char::len_utf8);
        match whole.last_mut() {
            Some(last) if text.get(last.1..start) == Some("-") => last.1 = end,
            _ => whole.push((start - sign, end)),
        }
    }
    whole.into_iter().filter_map(|(start, end)| text.get(start..end)).collect()
}

/// The first word that makes it a statement.
fn verb_at(lists: &WordLists, words: &[String]) -> Option<usize> {
    words.iter().position(|w| {
        let bare = w.strip_suffix("n't").unwrap_or(w);
        let contracted =
            w.ends_with("'ve") || w.ends_with("'re") || w == "i'm" || w == "it's" || w == "there's";
        contracted
            || lists.verbs.has(w)
            || lists.verbs.has(bare)
            || ["wo", "ca"].contains(&bare) && w.ends_with("n't")
            || w.len() > 4 && w.ends_with("ed")
    })
}

/// Whether a word's stem is among the commonest in complaints.
pub(crate) fn known(lists: &WordLists, word: &str) -> bool {
    if word.contains('-') && !word.contains(|c: char| c.is_ascii_digit()) {
        return word.split('-').all(|part| known(lists, part));
    }
    let (base, tail) = word.split_once('\'').unwrap_or((word, ""));
    // Figures have already been checked against the facts.
    if base.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if tail == "t" {
        return base
            .strip_suffix('n')
            .is_some_and(|verb| lists.verbs.has(verb) || ["ca", "wo", "could", "would"].contains(&verb));
    }
    let stems = [
        base,
        base.strip_suffix('s').unwrap_or(base),
        base.strip_suffix("es").unwrap_or(base),
        base.strip_suffix("ed").unwrap_or(base),
        base.strip_suffix('d').unwrap_or(base),
    ];
    let ing = base.strip_suffix("ing").filter(|stem| !stem.ends_with('e'));
    ["", "s", "ve", "m", "re"].contains(&tail) && stems.into_iter().chain(ing).any(|s| lists.known.has(s))
}

/// I → you, my → your, you → we or us, your → our.
pub(crate) fn second_person(lists: &WordLists, words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut after_you = false;
    for (n, word) in words.iter().enumerate() {
        let next = words.get(n + 1).map_or("", String::as_str);
        let turned = match word.as_str() {
            "i" | "we" | "me" | "us" => "you",
            "i'm" | "we're" => "you're",
            "i've" | "we've" => "you've",
            "my" | "our" => "your",
            "mine" | "ours" => "yours",
            "myself" | "ourselves" => "yourself",
            "your" => "our",
            "yours" => "ours",
            "you've" => "we've",
            "you're" => "we're",
            "you" => {
                let subject = verb_at(lists, std::slice::from_ref(&next.to_owned())).is_some() || n == 0;
                if subject { "we" } else { "us" }
            }
            "am" => "are",
            "was" if after_you => "were",
            "wasn't" if after_you => "weren't",
            other => other,
        };
        after_you = matches!(word.as_str(), "i" | "we")
            || after_you && ["still", "also", "already", "only"].contains(&word.as_str());
        out.push(turned.to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(text: &str) -> Option<String> {
        let book = crate::built_in::phrasebook().unwrap();
        let message = Message::from_text("m", text);
        let reading = crate::reading::classify(&book, &message);
        reflect(&book, &message, &reading).first().map(|r| r.clause.clone())
    }

    #[test]
    fn clauses_are_turned_round() {
        for (text, clause) in [
            ("My parcel has not arrived.", "your parcel has not arrived"),
            ("I've been on hold for 90 minutes!!", "you've been on hold for 90 minutes"),
            ("You charged me twice.", "we charged you twice"),
            (
                "My card was declined at the shop, and it was embarrassing.",
                "your card was declined at the shop",
            ),
            ("I was overcharged.", "you were overcharged"),
        ] {
            assert_eq!(turned(text).as_deref(), Some(clause), "{text}");
        }
    }

    #[test]
    fn what_is_not_plainly_a_calm_statement_stays_theirs() {
        for text in [
            "Where is my parcel?",
            "My soup did not arrive until an hour later.",
            "You lost my bag you idiots",
            "Great job losing my bag again",
            "If my parcel has not arrived by Friday I will sue.",
            "They lost my parcel.",
            "my prcl hasnt arived at teh hose",
        ] {
            assert_eq!(turned(text), None, "{text}");
        }
    }
}
