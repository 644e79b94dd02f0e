//! Turns the customer's questions into reported speech: "Why was my card declined?" becomes "why your
//! card was declined".
//!
//! Only the forms below are handled, and only if every word is known; any other question is counted
//! and shown to the agent as it is.

use crate::reading::Reading;
use crate::retell::statement::{known, sayable, second_person, whole_words};
use amends_inbox::message::Message;
use amends_language::words::{Words, lower};
use amends_phrasebook::Phrasebook;
use amends_phrasebook::word_lists::WordLists;
use std::ops::Range;

/// A customer's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What follows "You asked", if it could be restated.
    pub clause: Option<String>,
    /// Byte range in the newest text.
    pub at: Range<usize>,
}

/// Length limits of a restated question, in words.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=17;

/// Every question in the newest text, in order.
pub fn questions(book: &Phrasebook, message: &Message, reading: &Reading) -> Vec<Question> {
    let (words, heat) = (&reading.notes.text, &reading.notes.heat);
    let mut out = Vec::new();
    for (n, sentence) in words.sentences.iter().enumerate() {
        if sentence.mark != '?' {
            continue;
        }
        let spans = spans(words, n);
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
        let at = first.0..last.1;
        let hot = spans.iter().any(|s| heat.contains(&(s.0 as u32)));
        let clause = |part| turned(book, &message.text, part).filter(|clause| !hot && sayable(clause));
        // Half of what they ask is told back only with the other half.
        match parts(&message.text, &spans).into_iter().map(clause).collect::<Option<Vec<String>>>() {
            Some(all) => out.extend(all.into_iter().map(|c| Question { clause: Some(c), at: at.clone() })),
            None => out.push(Question { clause: None, at }),
        }
    }
    out
}

fn spans(words: &Words, sentence: usize) -> Vec<(usize, usize)> {
    let words = &words.words[words.sentences[sentence].words.clone()];
    let mut spans: Vec<(usize, usize)> = words.iter().map(|w| (w.start as usize, w.end as usize)).collect();
    spans.dedup();
    spans
}

/// "Do you deliver there, and how long does it take?" is two questions, and so is "… and do you sell it?".
fn parts<'s>(text: &str, spans: &'s [(usize, usize)]) -> Vec<&'s [(usize, usize)]> {
    let word = |n: usize| text[spans[n].0..spans[n].1].to_lowercase();
    let asks = |n: usize| {
        let asked = |words: &[&str], n: usize| words.contains(&word(n).as_str());
        asked(WH, n) || asked(AUX, n) && asked(&["i", "we", "you", "it", "they", "there"], n + 1)
    };
    let second = (2..spans.len().saturating_sub(2)).find(|&n| word(n) == "and" && asks(n + 1));
    match second {
        Some(n) => vec![&spans[..n], &spans[n + 1..]],
        None => vec![spans],
    }
}

fn turned(book: &Phrasebook, text: &str, spans: &[(usize, usize)]) -> Option<String> {
    let lists = &book.words;
    let (first, last) = (spans.first()?.0, spans.last()?.1);
    let clean = text[first..last].chars().all(|c| c.is_alphanumeric() || " '’-,".contains(c));
    let before = text[..first].chars().next_back();
    if !clean || before.is_some_and(|c| "#@/\"“(".contains(c)) {
        return None;
    }
    // A name within the question keeps its capital and needn't be known.
    let name = |n: usize, w: &str| {
        n > 0
            && w.starts_with(|c: char| c.is_uppercase())
            && w.chars().skip(1).all(char::is_lowercase)
            && w.len() > 2
    };
    let words: Vec<String> = whole_words(text, spans)
        .iter()
        .enumerate()
        .map(|(n, w)| if name(n, w) { (*w).to_owned() } else { lower(w) })
        .collect();
    let words = expanded(&words);
    let heads = words.iter().map(String::as_str).collect::<Vec<_>>();
    let body = without_lead(lists, &heads);
    // What "for that" points at is left behind.
    let dangles = body.last().is_some_and(|w| ["that", "this", "these", "those"].contains(w));
    if !LENGTH.contains(&body.len())
        || dangles
        || asks_again(body)
        || body.iter().any(|w| lists.rhetorical.has(w) || w.contains(|c: char| c.is_ascii_digit()))
        || !body
            .iter()
            .all(|w| w.starts_with(|c: char| c.is_uppercase()) || known(lists, w) || book.lexicon.knows(w))
    {
        return None;
    }
    // "What do I do" asks for advice.
    if let ["what", "do", "i" | "we", "do"] = body {
        return Some("what to do".into());
    }
    indirect(lists, body)
}

/// Whether a second question follows within: "… or is it easier by tram", "if there is do you come".
fn asks_again(words: &[&str]) -> bool {
    const WHO: &[&str] = &["i", "we", "you", "they", "there", "he", "she", "somebody", "someone"];
    (2..words.len()).any(|n| {
        let joined = ["and", "or", "but", "by"].contains(&words[n - 1]);
        let who = words.get(n + 1).is_some_and(|next| WHO.contains(next));
        joined && (AUX.contains(&words[n]) || WH.contains(&words[n]))
            || n > 4 && AUX.contains(&words[n]) && who
    })
}

/// Splits "what's" in two, so the verb can be moved.
fn expanded(words: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for (n, word) in words.iter().enumerate() {
        match word.strip_suffix("'s") {
            Some(head) if n < 3 && (WH.contains(&head) || ["it", "that", "there"].contains(&head)) => {
                out.push(head.to_owned());
                out.push("is".to_owned());
            }
            _ => out.push(word.clone()),
        }
    }
    out
}

const AUX: &[&str] = &[
    "do", "does", "did", "is", "are", "was", "were", "am", "will", "can", "could", "should", "would", "has",
    "have", "had",
];
const WH: &[&str] = &["what", "when", "where", "why", "how", "which", "who"];

/// Drops lead-ins such as "hi, could you please tell me".
fn without_lead<'a>(lists: &WordLists, words: &'a [&'a str]) -> &'a [&'a str] {
    const ASKS: &[&[&str]] = &[
        &["can", "you", "tell", "me"],
        &["could", "you", "tell", "me"],
        &["can", "you", "please", "tell", "me"],
        &["could", "you", "please", "tell", "me"],
        &["please", "tell", "me"],
        &["can", "you", "let", "me", "know"],
        &["could", "you", "let", "me", "know"],
        &["can", "you", "please", "let", "me", "know"],
        &["could", "you", "please", "let", "me", "know"],
        &["can", "you", "explain"],
        &["could", "you", "explain"],
        &["can", "you", "please", "explain"],
        &["can", "you", "confirm"],
        &["could", "you", "confirm"],
        &["can", "you", "advise"],
        &["could", "you", "advise"],
        &["do", "you", "know"],
        &["any", "idea"],
        &["i", "was", "wondering"],
        &["i", "would", "like", "to", "know"],
        &["i", "want", "to", "know"],
    ];
    let mut rest = words;
    loop {
        let lead = ASKS.iter().find(|lead| rest.starts_with(lead)).map(|lead| lead.len());
        match (lead, rest.first()) {
            (Some(n), _) => rest = &rest[n..],
            (None, Some(word)) if lists.question_fillers.has(word) && rest.len() > 3 => rest = &rest[1..],
            _ => return rest,
        }
    }
}

/// The question as a clause.
fn indirect(lists: &WordLists, words: &[&str]) -> Option<String> {
    if let ["any" | "an", "update" | "updates" | "news", "on" | "about" | "regarding", rest @ ..] = words
        && !rest.is_empty()
    {
        return Some(format!("for news of {}", said(lists, rest)));
    }
    let first = *words.first()?;
    if WH.contains(&first) {
        wh(lists, words)
    } else if ["if", "whether"].contains(&first) {
        subject(lists, &words[1..], true)?;
        Some(format!("whether {}", said(lists, &words[1..])))
    } else {
        // "Could you send it?" is a request.
        let deed = ["can", "could", "will", "would"].contains(&first) && words.get(1) == Some(&"you");
        let (moved, verbless) = moved(lists, first, &words[1..]).filter(|_| !deed)?;
        (!verbless).then(|| format!("whether {moved}"))
    }
}

fn wh(lists: &WordLists, words: &[&str]) -> Option<String> {
    let at = words.iter().position(|w| AUX.contains(w)).filter(|at| (1..=4).contains(at));
    let Some(at) = at.filter(|at| words.get(at + 1).is_some_and(|w| *w != "to")) else {
        // "when my order will arrive", after "could you tell me"; or the question word is the subject.
        return subject(lists, &words[1..], true).map(|_| said(lists, words));
    };
    // "how my order is doing": the subject already precedes the verb.
    if at > 1 && subject(lists, &words[1..at], true).is_some() {
        return Some(said(lists, words));
    }
    let (head, aux, rest) = (words[..at].join(" "), words[at], &words[at + 1..]);
    let open = ["how", "where", "who", "when"].contains(&head.as_str());
    if open
        && ["do", "can", "could", "should", "would"].contains(&aux)
        && matches!(rest.first(), Some(&"i" | &"we"))
        && rest.get(1).is_some_and(|w| lists.base_verbs.has(w))
    {
        return Some(format!("{head} to {}", said(lists, &rest[1..])));
    }
    let (moved, verbless) = moved(lists, aux, rest)?;
    // "what is the fee" may end in its verb, "why is the card" can't.
    if verbless && !["what", "where", "who", "how", "when"].contains(&words[0]) {
        return None;
    }
    Some(format!("{head} {moved}"))
}

/// Puts the subject before the verb; also returns whether nothing follows the subject.
fn moved(lists: &WordLists, aux: &str, rest: &[&str]) -> Option<(String, bool)> {
    let acts = ["do", "does", "did", "will", "can", "could", "should", "would"].contains(&aux);
    let length = subject(lists, rest, acts)?;
    let (subject, tail) = rest.split_at(length);
    let who = if subject == ["you"] { "we".to_owned() } else { said(lists, subject) };
    let you = who == "you";
    let tail_said = said(lists, tail);
    let clause = match aux {
        "do" => {
            lists.base_verbs.has(tail.first()?).then_some(())?;
            format!("{who} {tail_said}")
        }
        "does" => {
            lists.base_verbs.has(tail.first()?).then_some(())?;
            let (verb, after) = tail_said.split_once(' ').unwrap_or((&tail_said, ""));
            format!("{who} {} {after}", third(verb))
        }
        "did" => {
            let first = tail.first()?;
            let (_, past) = PAST.iter().find(|(base, _)| base == first)?;
            format!("{who} {past} {}", said(lists, &tail[1..]))
        }
        "am" | "are" | "were" | "is" | "was" | "will" | "can" | "could" | "should" | "would" | "has"
        | "have" => {
            let modal = ["will", "can", "could", "should", "would"].contains(&aux);
            if modal
                && !tail
                    .first()
                    .is_some_and(|w| lists.base_verbs.has(w) || ["be", "still", "also"].contains(w))
            {
                return None;
            }
            let verb = match aux {
                "am" | "is" if you => "are",
                "was" if you => "were",
                "has" if you => "have",
                other => other,
            };
            format!("{who} {verb} {tail_said}")
        }
        _ => return None,
    };
    Some((clause.trim_end().to_owned(), tail.is_empty()))
}

/// The subject's length in words: a pronoun, or an article and its noun phrase. If a verb must follow
/// (`acts`), it ends there.
fn subject(lists: &WordLists, words: &[&str], acts: bool) -> Option<usize> {
    match *words.first()? {
        "i" | "we" | "you" | "it" | "this" | "that" | "there" => Some(1),
        "my" | "the" | "your" | "our" | "a" | "an" | "these" => {
            let ends =
                |w: &str| lists.subject_ends.has(w) || participle(w) || acts && lists.base_verbs.has(w);
            // The noun may look like a verb: "the charge", "my order".
            let length = 2 + words.iter().skip(2).take_while(|w| !ends(w)).count();
            (words.len() >= 2 && length <= 6).then_some(length)
        }
        _ => None,
    }
}

fn participle(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"))
}

const PAST: &[(&str, &str)] = &[
    ("arrive", "arrived"),
    ("cancel", "cancelled"),
    ("change", "changed"),
    ("charge", "charged"),
    ("close", "closed"),
    ("come", "came"),
    ("get", "got"),
    ("go", "went"),
    ("happen", "happened"),
    ("increase", "increased"),
    ("make", "made"),
    ("receive", "received"),
    ("remove", "removed"),
    ("send", "sent"),
    ("start", "started"),
    ("stop", "stopped"),
    ("take", "took"),
    ("work", "worked"),
];

/// "takes", "goes", "applies".
fn third(verb: &str) -> String {
    match verb {
        "have" => "has".into(),
        "do" | "go" => format!("{verb}es"),
        _ if verb.strip_suffix('y').is_some_and(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) => {
            format!("{}ies", &verb[..verb.len() - 1])
        }
        _ if verb.ends_with("ss") || verb.ends_with("ch") || verb.ends_with("sh") || verb.ends_with('x') => {
            format!("{verb}es")
        }
        _ => format!("{verb}s"),
    }
}

fn said(lists: &WordLists, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
    second_person(lists, &words).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::classify;

    fn clause(text: &str) -> Option<String> {
        let book = crate::built_in::phrasebook().unwrap();
        let message = Message::from_text("m", text);
        questions(&book, &message, &classify(&book, &message)).first().and_then(|a| a.clause.clone())
    }

    #[test]
    fn questions_are_turned_round() {
        for (question, told) in [
            ("Why was my card declined?", "why your card was declined"),
            ("When will my order arrive?", "when your order will arrive"),
            ("Hi, could you please tell me when my order will arrive?", "when your order will arrive"),
            ("Where is my refund?", "where your refund is"),
            ("How do I change my address?", "how to change your address"),
            ("How long does a transfer take?", "how long a transfer takes"),
            ("Do you ship to the office?", "whether we ship to the office"),
            ("Can I return the boots without a box?", "whether you can return the boots without a box"),
            ("What documents do I need?", "what documents you need"),
            ("Is it possible to change my booking?", "whether it is possible to change your booking"),
            ("Am I able to use my card in the shop?", "whether you are able to use your card in the shop"),
            ("Why did you charge me twice?", "why we charged you twice"),
            (
                "Do you deliver to Northern Ireland, and how long does it take?",
                "whether we deliver to Northern Ireland",
            ),
            ("What does it cost and do you sell the key?", "what it costs"),
            ("Any update on my order?", "for news of your order"),
            ("What's the fee for a transfer?", "what the fee for a transfer is"),
        ] {
            assert_eq!(clause(question).as_deref(), Some(told), "{question}");
        }
    }

    #[test]
    fn what_cannot_be_turned_safely_is_left() {
        for question in [
            "Are you kidding me?",
            "Why do you people even bother?",
            "What the hell is wrong with you?",
            "Could you send me the form?",
            "What do you charge for that?",
            "Is there parking or is it easier by tram?",
            "Is there a step at the office and if there is do you come to the house?",
            "Really?",
            "Why is it that every time I come here the queue is longer and nobody at the desk seems to know why?",
        ] {
            assert_eq!(clause(question), None, "{question}");
        }
    }
}
