//! Rules that check a reply against the message it answers.

use super::text::Reply;
use super::{Against, Check};
use crate::facts;
use crate::plan::MOST_WANTS;
use crate::plan::calendar::MONTHS;
use amends_language::channel::of_template;
use amends_language::packed::Text;
use amends_phrasebook::word_lists::WordList;
use amends_phrasebook::{About, Group, Phrasebook, Wording};
use std::borrow::Cow;
use std::cell::LazyCell;

pub(super) fn check(check: &mut Check<'_>, reply: &Reply<'_>, against: &Against<'_>, template: &str) {
    let reading = against.reading;
    let lists = &check.book.words;
    let said = Said { text: reply.text.to_lowercase(), common: &lists.common_stems };
    // In public, and where there is room for a line, the case itself is answered elsewhere.
    let brief = of_template(template).brief;
    let risky = !reading.risks.is_empty();
    if reading.kind == "complaint" && !risky && !brief {
        points(check, against, &said);
        wants(check, against, &said);
    }
    names(check, reply, against);
    facts(check, reply, against);
    let aside = brief && (reply.text.contains('@') || said.any_of(&lists.privately));
    if risky && !aside && !said.any_of(&lists.takes_over) && !takes_over(check.book, &said) {
        let risks = reading.risks.join(", ");
        let message = format!("the message is one for a person ({risks}), and the reply names none");
        check.found("needs-a-person", 0..0, Some(message));
    }
}

/// Mentions anyone the phrasebook hands a case to: "the data protection officer".
fn takes_over(book: &Phrasebook, said: &Said<'_>) -> bool {
    let all = book.risks.iter().map(|risk| &risk.to).chain(book.holds.iter().map(|hold| &hold.to));
    all.filter_map(|to| to.split_whitespace().last()).any(|word| said.any(&[word]))
}

/// Word stems showing that a want was addressed, granted or not.
const WISHES: &[(&str, &[&str])] = &[
    ("refund", &["refund", "money", "back", "reimburse", "credit", "pay", "return", "cover"]),
    ("replacement", &["replace", "replacement", "exchange", "new", "another", "swap", "send"]),
    ("repair", &["repair", "fix", "mend", "engineer", "technician", "work", "right"]),
    ("cancellation", &["cancel", "cancellation", "close", "end", "stop", "unsubscribe", "leave"]),
    (
        "compensation",
        &[
            "compensate",
            "compensation",
            "voucher",
            "credit",
            "gesture",
            "discount",
            "make",
            "claim",
            "due",
            "fair",
        ],
    ),
    ("callback", &["call", "ring", "phone", "speak", "talk", "number"]),
];

/// Checks that each want is addressed, or an alternative offered.
fn wants(check: &mut Check<'_>, against: &Against<'_>, said: &Said<'_>) {
    let issues = || against.reading.issues.iter().map(|i| i.id.as_str());
    for want in against.reading.wants.iter().take(MOST_WANTS) {
        // What is done about the trouble is what they ask for.
        if issues().any(|id| check.book.issue(id).is_some_and(|issue| issue.covers(want))) {
            continue;
        }
        let words = WISHES.iter().find(|(id, _)| id == want).map_or(&[][..], |(_, words)| words);
        let asked = against.reading.asks_for(want).next().is_some();
        if asked && !words.is_empty() && !said.any(words) {
            check.found(
                "ignored-want",
                0..0,
                Some(format!("they ask for a {want}, and the reply does not speak of it")),
            );
        }
    }
}

/// Checks that the reply shares a word with each likely issue.
fn points(check: &mut Check<'_>, against: &Against<'_>, said: &Said<'_>) {
    const SURE: f32 = 0.74;
    /// A reply doesn't name more.
    const MOST: usize = 3;
    let issues = against.reading.issues.iter().take(MOST).enumerate();
    let sure = issues.filter(|(_, found)| found.sure && found.strength >= SURE);
    for (rank, found) in sure {
        let Some(issue) = check.book.issue(&found.id) else { continue };
        let shown = |group: &&Group| found.aspects.iter().any(|id| group.id == **id);
        let aspects = check.book.groups.iter().filter(shown).map(|group| &*group.trouble);
        let thing = against.reading.notes.thing.iter().filter(|_| rank == 0).map(|(thing, _)| &**thing);
        let mut words = [&*issue.name, &*issue.trouble, &*issue.id]
            .into_iter()
            .chain(found.evidence.iter().map(|e| &*e.text))
            .chain(aspects)
            .chain(thing);
        let speaks = words.any(|words| said.shares(words, 3, None));
        let told = against.reading.issues.iter().filter_map(|i| check.book.issue(&i.id));
        let implied = told.flat_map(|i| &i.implies).any(|id| *id == issue.id);
        if !speaks && !implied && !says_a_wording(check.book, &issue.id, said) {
            let words = found.evidence.first().map_or("", |e| e.text.as_str());
            let message =
                format!("they wrote \"{words}\" ({}), and the reply does not speak of it", issue.name);
            check.found("unanswered-point", 0..0, Some(message));
        }
    }
}

/// Whether the reply shares a distinctive word with the phrasebook's wordings for an issue.
fn says_a_wording(book: &Phrasebook, id: &str, said: &Said<'_>) -> bool {
    let of_it = |w: &&Wording| {
        let aspect = |a: &Text| a.strip_prefix(id).is_some_and(|rest| rest.starts_with('/'));
        w.when.asks(About::Issue).iter().any(|i| **i == *id) || w.when.asks(About::Aspect).iter().any(aspect)
    };
    let says = |name: &str, general: Option<&WordList>| {
        book.wordings(name).iter().filter(of_it).any(|w| said.shares(&w.text, 4, general))
    };
    says("restate", None) || says("step", Some(&book.words.general_steps))
}

/// Checks that the reply greets the sender.
fn names(check: &mut Check<'_>, reply: &Reply<'_>, against: &Against<'_>) {
    let Some(name) = against.set.get("name").or(against.reading.facts.name.as_ref()) else { return };
    let titles = &check.book.words.titles;
    let Some((greeted, at)) = greeted(titles, reply.text) else { return };
    let lower = greeted.to_lowercase();
    let full = against.message.from.as_ref().and_then(|m| m.name.as_deref()).unwrap_or("");
    let theirs = format!("{name} {full} {}", against.reading.facts.said.whole_name).to_lowercase();
    if !theirs.split(|c: char| !c.is_alphabetic()).any(|part| part == lower) {
        check.found("wrong-name", at, Some(format!("the reply greets {greeted}, and {name} wrote")));
    }
}

/// "Hi Maria,": the name and its position.
fn greeted(titles: &WordList, text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let line = text.lines().find(|l| !l.trim().is_empty())?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    if line.split_whitespace().next().is_some_and(|first| first.ends_with([',', '!', '.'])) {
        return None;
    }
    let mut words = line.split_inclusive(char::is_whitespace).scan(start, |at, word| {
        let here = *at;
        *at += word.len();
        Some((here, word.trim()))
    });
    let (_, first) = words.next()?;
    if !["hi", "hello", "hey", "dear"].contains(&first.trim_end_matches(',').to_lowercase().as_str()) {
        return None;
    }
    let is_title = |word: &str| {
        let word = word.trim_end_matches(['.', ',']).to_lowercase();
        titles.has(&word) || word == "madam"
    };
    let (at, name) = words.find(|(_, w)| !is_title(w))?;
    let bare = name.trim_end_matches(|c: char| !c.is_alphabetic());
    // "Hi there", "Hi again" and "Dear customer" contain no name.
    let is_name =
        bare.chars().next().is_some_and(char::is_uppercase) && bare.chars().skip(1).all(char::is_alphabetic);
    const NOBODY: &[&str] = &["There", "Again", "All", "Customer", "Guest", "Friend", "Everyone", "Team"];
    (is_name && !NOBODY.contains(&bare)).then(|| (bare.to_owned(), at..at + bare.len()))
}

/// Checks that orders, sums and past dates come from the message, the agent or us.
fn facts(check: &mut Check<'_>, reply: &Reply<'_>, against: &Against<'_>) {
    if !reply.text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let told = facts::read_figures(reply.text);
    let dates = past_dates(reply, &check.book.words.before_past_dates);
    if told.orders.is_empty() && told.amounts.is_empty() && dates.is_empty() {
        return;
    }
    let company = &check.book.company;
    let message = against.message;
    let mut known = [&message.subject, &message.history, &message.signature]
        .into_iter()
        .flatten()
        .fold(message.text.clone(), |all, more| all + "\n" + more);
    for more in against.set.values().chain([&company.phone, &company.email, &company.hours, &company.name]) {
        known.push('\n');
        known.push_str(more);
    }
    let digits = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
    };
    let bare = LazyCell::new(|| digits(&known));
    for order in told.orders.iter().filter(|o| !bare.contains(&digits(o))) {
        let at = reply.text.find(order.as_str()).map_or(0..0, |n| n..n + order.len());
        check.found("invented-fact", at, Some(format!("the order number {order} is not in their message")));
    }
    let is_known = |figure: &Cow<'_, str>| figures(&known).any(|known| known == *figure);
    for amount in told.amounts.iter().filter(|a| !figures(a).all(|figure| is_known(&figure))) {
        let at = reply.text.find(amount.as_str()).map_or(0..0, |n| n..n + amount.len());
        check.found("invented-fact", at, Some(format!("the sum {amount} is not in their message")));
    }
    for (at, date) in dates {
        if !bare.contains(&digits(&date)) {
            check.found("invented-fact", at, Some(format!("the date {date} is not in their message")));
        }
    }
}

/// Numbers in a text, normalised: "1,299.00" → "1299".
fn figures(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c: char| !c.is_ascii_digit() && !".,".contains(c))
        .filter(|n| n.bytes().any(|b| b.is_ascii_digit()))
        .map(|number| {
            let number = number.trim_matches(['.', ',']);
            let number = number.strip_suffix(".00").unwrap_or(number);
            if number.contains(',') { number.replace(',', "").into() } else { number.into() }
        })
}

/// "on 12 March", if in the past: preceded by "ordered", "sent", "was" or the like.
fn past_dates(reply: &Reply<'_>, leads: &WordList) -> Vec<(std::ops::Range<usize>, String)> {
    let text = reply.text;
    let is_month = |word: &str| {
        (3..=9).contains(&word.len()) && MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
    };
    let day = |word: &&str| word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let months = reply.words.words.iter().map(|w| w.start as usize..w.end as usize);
    let mut found = Vec::new();
    for month in months.filter(|at| is_month(&text[at.clone()])) {
        let before: Vec<&str> = words(&text[..month.start]).rev().take(5).collect();
        let after = words(&text[month.end..]).next().filter(day);
        let (start, end) = match (before.first().copied().filter(|word| day(word)), after) {
            (Some(day), _) => (at(day), month.end),
            (None, Some(day)) => (month.start, at(day) + day.len()),
            (None, None) => continue,
        };
        // A future date is a promise.
        let near = before.iter().take_while(|word| {
            let end = at(word) + word.len();
            !text[end..start.max(end)].contains(['.', '?', '!', '\n'])
        });
        let near: Vec<String> = near.map(|word| word.to_lowercase()).collect();
        let promised = |w: &String| ["by", "until", "before", "within", "ll", "will"].contains(&w.as_str());
        if near.iter().any(|w| leads.has(w)) && !near.iter().any(promised) {
            found.push((start..end, text[start..end].to_owned()));
        }
    }
    found
}

/// Splits a text into alphanumeric words.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The lower-cased reply, searched by word stem.
struct Said<'a> {
    text: String,
    /// Stems that say nothing about the subject.
    common: &'a WordList,
}

impl Said<'_> {
    fn has(&self, stem: &str) -> bool {
        let begins = |at: usize| !self.text[..at].ends_with(char::is_alphanumeric);
        let word = |at: usize| words(&self.text[at..]).next();
        self.text
            .match_indices(stem)
            .any(|(at, _)| begins(at) && word(at).is_some_and(|word| stem_of(word) == stem))
    }

    /// Whether it contains any of these lower-case words.
    fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| stems(word).any(|stem| self.has(stem)))
    }

    fn any_of(&self, words: &WordList) -> bool {
        words.iter().any(|word| stems(word).any(|stem| self.has(stem)))
    }

    /// Whether it shares a word stem with `text`, of at least `letters` letters and not in `general`.
    fn shares(&self, text: &str, letters: usize, general: Option<&WordList>) -> bool {
        let telling = |stem: &str| {
            stem.len() >= letters
                && !self.common.has(stem)
                && !general.is_some_and(|general| general.has(stem))
                && self.has(stem)
        };
        stems(&text.to_lowercase()).any(telling)
    }
}

/// Lower-case word stems: "delayed" and "delays" are the same.
fn stems(lower: &str) -> impl Iterator<Item = &str> {
    words(lower).map(stem_of)
}

fn stem_of(word: &str) -> &str {
    const ENDINGS: [&str; 12] =
        ["ations", "ation", "ing", "ies", "ed", "es", "er", "ly", "al", "s", "e", "y"];
    let mut stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.find(|stem| stem.chars().nth(2).is_some()).unwrap_or(word)
}
