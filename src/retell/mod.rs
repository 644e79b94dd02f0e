//! Finds what of a message can be told back, and turns it: which sentences and clauses, in which role.
//!
//! The turning itself, and each reason to refuse it, is in `amends_retell`.

mod lists;

use crate::reading::about::{About, Things};
use crate::reading::sentences::Sentence;
use crate::reading::{Part, Reading, classify};
use amends_inbox::message::Message;
use amends_phrasebook::Phrasebook;
use amends_retell::{
    Clause, Kind, Lexicon, Reason, Refusal, Role, Turned, is_kept_back, title, turn, turn_behind,
};
use lists::List;
use std::ops::Range;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// Something they wrote that can be told back.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Byte range in the newest text.
    pub at: Range<usize>,
    pub role: &'static str,
    /// The issue it tells.
    pub issue: Option<String>,
    /// What it asks for, if that is one of the message's wants.
    pub want: Option<&'static str>,
    /// How likely its sentence tells best what went wrong, tells it at all, may be told back, and asks.
    pub best: f32,
    pub core: f32,
    pub fit: f32,
    pub asks: f32,
    /// Whether it has a word in it that the sentence before explains.
    pub leans: bool,
    /// Whether it is a line of a list of theirs, which is answered line by line.
    pub listed: bool,
    pub turned: Turned,
}

/// Something they wrote that is better not told back.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    pub at: Range<usize>,
    pub role: &'static str,
    /// What it asks for, if that is one of the message's wants.
    pub want: Option<&'static str>,
    /// As of [`Told`].
    pub core: f32,
    pub asks: f32,
    pub text: String,
    pub why: Refusal,
}

/// What can be told back and what can't, each in the order of the message.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retold {
    /// What leads into a list that is told: it says nothing else.
    pub intros: Vec<Range<usize>>,
    /// What it is about: what its subject line names, else the thing it is surely about.
    pub about: Option<About>,
    things: Things,
    pub told: Vec<Told>,
    pub left: Vec<Left>,
}

impl Retold {
    /// Forgets what it is about.
    pub fn leave_unnamed(&mut self) {
        (self.about, self.things) = (None, Things::default());
    }

    /// The sum or thing that something left untold is about, as it is named to the customer.
    pub fn named_in(&self, left: &Left) -> Option<String> {
        /// Less sure than the thing a whole message is about: it stands in what they ask.
        const SURE: f32 = 0.25;
        let bare = |word: &'_ str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let is_sum =
            |word: &String| word.starts_with(['£', '$', '€']) && word.ends_with(|c: char| c.is_ascii_digit());
        let sum = left.text.split_whitespace().map(bare).find(is_sum).map(|sum| format!("the {sum}"));
        let thing = || self.things.within(&left.text, &LEXICON).filter(|about| about.chance >= SURE);
        sum.or_else(|| thing().map(|about| about.named))
    }
}

/// The roles that say what they ask of us, the most telling first.
pub const ASKS: &[&str] = &["question", "want", "condition"];
/// The roles that say what happened, the most telling first.
const TELLS: &[&str] = &["trouble", "effect", "history", "praise", "background"];

/// A sentence may be told back from this probability on.
pub const FIT: f32 = 0.6;

/// How much of a message is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// Everything, to show why something isn't told.
    All,
    /// What they ask, and what a reply may tell.
    Needed,
}

/// Turns each sentence of the newest text, or where that can't be done each clause of it.
pub fn retell(book: &Phrasebook, message: &Message, reading: &Reading, tried: Tried) -> Retold {
    /// Naming a wrong thing costs more than naming none.
    const SURE: f32 = 0.55;
    let things = things(book, message, reading);
    let thing = things.about(&LEXICON).filter(|about| about.chance >= SURE);
    let about = of_subject(message, thing.as_ref()).or(thing.clone());
    let mut retold = Retold { about, things, ..Retold::default() };
    // Whether the sentence before is about the thing, so that "it" is the thing.
    let mut of_thing = false;
    let listed = lists::lists(&message.text).into_iter().filter(|list| asks(list, message, reading));
    let listed: Vec<List> = listed.collect();
    // What leads into a list says only that one comes.
    let outside = |part: &Part| {
        let meets = |at: &Range<usize>| part.start < at.end && at.start < part.end;
        let leads =
            |list: &List| meets(&list.intro) && (ASKS.contains(&part.role) || part.text.ends_with(':'));
        !listed.iter().any(|list| list.items.iter().any(meets) || leads(list))
    };
    let parts: Vec<Part> = reading.parts.iter().filter(|part| outside(part)).cloned().collect();
    let sentences: Vec<&[Part]> = parts.chunk_by(|a, b| a.sentence == b.sentence).collect();
    let of_sentence = |parts: &[Part]| parts.first().and_then(|part| reading.sentences.get(part.sentence));
    let is_needed = |parts: &[Part], role: &str| {
        let fit = || of_sentence(parts).is_some_and(|sentence| sentence.fit >= FIT);
        let told = match reading.kind {
            "praise" => true,
            "complaint" => role == "praise" || fit(),
            _ => false,
        };
        tried == Tried::All || !TELLS.contains(&role) || told
    };
    for (n, parts) in sentences.iter().enumerate() {
        let text = |n: Option<usize>| n.and_then(|n| sentences.get(n)).map_or("", |p| of(&message.text, p));
        let after = text(Some(n + 1));
        let context = context(&message.text, &sentences[n.saturating_sub(2)..=n]);
        let it = of_thing && thing.as_ref().is_some_and(|thing| thing.is_one);
        of_thing = thing.as_ref().is_some_and(|thing| is_of(text(Some(n)), thing, of_thing));
        let likely = of_sentence(parts).and_then(|sentence| likely_role(sentence, parts));
        if let Some(role) = likely.filter(|role| is_needed(parts, role))
            && let Ok(told) = told(&message.text, reading, parts, role, Near { context: &context, after, it })
            && ASKS.contains(&role) == (told.turned.kind != Kind::Statement)
        {
            retold.told.push(told);
            continue;
        }
        if let Some(role) = role_of(parts).filter(|role| is_needed(parts, role)) {
            let several = parts.len() > 1;
            let whole = |context: &str| {
                let near = Near { context, after, it };
                several.then(|| told(&message.text, reading, parts, role, near).ok()).flatten()
            };
            // What leans reads better behind its sentence than with the noun of that put in.
            let both = || behind(&message.text, reading, &retold.told, parts, role, &context, after);
            if let Some(told) = whole("").or_else(both).or_else(|| whole(&context)) {
                retold.told.push(told);
                continue;
            }
        }
        for (n, part) in parts.iter().enumerate() {
            let role = likely.filter(|_| parts.len() == 1).unwrap_or(part.role);
            if !ASKS.contains(&role) && !TELLS.contains(&role) || !is_needed(parts, role) {
                continue;
            }
            let after = parts.get(n + 1).map_or(after, |part| part.text.as_str());
            let own =
                n.checked_sub(1).map(|last| context.clone() + &ended(of(&message.text, &parts[..=last])));
            let near = Near { context: own.as_ref().unwrap_or(&context), after, it: it && n == 0 };
            match told(&message.text, reading, std::slice::from_ref(part), role, near) {
                Ok(told) => retold.told.push(told),
                Err(why) => {
                    let text = part.text.split_whitespace().collect::<Vec<_>>().join(" ");
                    let (core, asks) = of_sentence(parts).map_or((0.0, 0.0), |s| (s.core, s.asks));
                    let at = part.start..part.end;
                    retold.left.push(Left { at, role, want: part.want, core, asks, text, why });
                }
            }
        }
    }
    for list in &listed {
        for at in &list.items {
            match item(message, reading, list, at) {
                Ok(told) => retold.told.push(told),
                Err(left) => retold.left.push(left),
            }
        }
    }
    retold.intros = listed.iter().map(|list| list.intro.clone()).collect();
    if !listed.is_empty() {
        retold.told.sort_by_key(|told| told.at.start);
        retold.left.sort_by_key(|left| left.at.start);
    }
    retold
}

/// Whether a list says what they ask, not what went wrong.
fn asks(list: &List, message: &Message, reading: &Reading) -> bool {
    const ASKING: &[&str] = &[
        "like",
        "want",
        "ask",
        "asking",
        "need",
        "please",
        "request",
        "requests",
        "require",
        "demand",
        "expect",
        "questions",
        "question",
        "answer",
        "wish",
        "kindly",
        "could",
        "would",
        "know",
        "requesting",
        "demands",
        "wishes",
    ];
    const TELLING: &[&str] = &[
        "complain",
        "complaint",
        "problems",
        "faults",
        "wrong",
        "happened",
        "issues",
        "snags",
        "because",
        "found",
    ];
    const ASKED: f32 = 0.3;
    let intro = message.text[list.intro.clone()].to_lowercase();
    let has = |words: &[&str]| intro.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
    let asked = |at: &Range<usize>| {
        let inside = |s: &&Sentence| s.at.start < at.end && at.start < s.at.end;
        message.text[at.clone()].ends_with('?')
            || reading.sentences.iter().filter(inside).any(|sentence| sentence.asks >= ASKED)
    };
    // "An engineer here by Friday": what has no verb of its own is named, not told.
    const FINITE: &[&str] = &["is", "are", "was", "were", "has", "had", "did", "isn", "wasn", "hasn", "didn"];
    let bare = |at: &Range<usize>| {
        let item = message.text[at.clone()].to_lowercase();
        list.announced && !item.split(|c: char| !c.is_alphanumeric()).any(|word| FINITE.contains(&word))
    };
    let asking = list.items.iter().filter(|at| asked(at) || bare(at)).count();
    has(ASKING) && !has(TELLING) || asking * 2 >= list.items.len()
}

/// A line of a list of asks.
fn item(message: &Message, reading: &Reading, list: &List, at: &Range<usize>) -> Result<Told, Left> {
    /// A longer line that can't be turned is no name of anything.
    const LONGEST: usize = 14;
    let text = message.text[at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let question = text.ends_with('?');
    let (role, of_role) = if question { ("question", Role::Question) } else { ("want", Role::Want) };
    let before = &message.text[list.intro.clone()];
    let inside = |part: &&Part| part.start < at.end && at.start < part.end;
    let want = reading.parts.iter().filter(inside).find_map(|part| part.want);
    let turned =
        unblotted(&text).and_then(|text| turn(&LEXICON, &Clause { before, ..Clause::new(text, of_role) }));
    let turned = turned.or_else(|why| {
        let words = || text.split(|c: char| !c.is_alphanumeric());
        let person = |word: &str| {
            let word = word.to_lowercase();
            ["i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours", "it", "they", "them"]
                .contains(&word.as_str())
        };
        let plain =
            why.reason == Reason::Shape || why.reason == Reason::Fragment || why.reason == Reason::Unclear;
        let short = text.split_whitespace().count() <= LONGEST;
        // A code or a password is none of our words.
        let long_number = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 3);
        let plain = plain && !long_number && !is_kept_back(&LEXICON, &text);
        match plain && short && !question && !words().any(person) && !text.contains(['"', '!', ':']) {
            true => Ok(Turned {
                kind: Kind::Wish,
                text: text.trim_end_matches('.').to_owned(),
                condition: None,
                leans: false,
            }),
            false => Err(why),
        }
    });
    let at = at.clone();
    match turned {
        Ok(turned) if turned.kind != Kind::Statement => Ok(Told {
            at,
            role,
            issue: None,
            want,
            best: 0.0,
            core: 0.0,
            fit: 1.0,
            asks: 1.0,
            leans: false,
            listed: list.items.len() > 1,
            turned,
        }),
        Ok(_) => {
            let why = Refusal { reason: Reason::Shape, word: String::new() };
            Err(Left { at, role, want, core: 0.0, asks: 1.0, text, why })
        }
        Err(why) => Err(Left { at, role, want, core: 0.0, asks: 1.0, text, why }),
    }
}

/// Turns one sentence that stands between others; its role is read from its words.
pub fn sentence(book: &Phrasebook, before: &str, clause: &str, after: &str) -> Result<Turned, Refusal> {
    let text = format!("{before} {clause} {after}");
    let at = before.len() + 1..before.len() + 1 + clause.len();
    let reading = classify(book, &Message { text, ..Message::default() });
    let inside = |part: &&Part| part.start < at.end && at.start < part.end;
    let parts: Vec<Part> = reading.parts.iter().filter(inside).cloned().collect();
    let by_words = role_of(&parts).or_else(|| parts.first().map(|part| part.role));
    let role = by_words.map_or(Role::Background, engine_role);
    turn(&LEXICON, &Clause { before, after, ..Clause::new(clause, role) })
}

/// Praise is turned as anything else they tell.
fn engine_role(role: &str) -> Role {
    Role::named(role).unwrap_or(Role::Background)
}

/// The things a message names.
fn things(book: &Phrasebook, message: &Message, reading: &Reading) -> Things {
    let sentences = reading.sentences.iter().filter_map(|sentence| message.text.get(sentence.at.clone()));
    let sentences: Vec<&str> = sentences.collect();
    Things::of(&book.weights, message.subject.as_deref(), &sentences)
}

/// What its subject line names; "it" only where that is the thing itself.
fn of_subject(message: &Message, thing: Option<&About>) -> Option<About> {
    let line = message.subject.as_deref()?;
    let bare = amends_inbox::subject::bare(line);
    let title = title(&LEXICON, unblotted(bare).ok()?, &message.text)?;
    // The line they answer may be ours, and its "you" the customer.
    let ours = bare.len() < line.trim().len();
    let persons = ["you", "your", "we", "us", "our"];
    if ours && title.named.split(' ').any(|word| persons.contains(&word)) {
        return None;
    }
    let is_one = thing.is_some_and(|thing| thing.is_one && thing.head == title.head);
    Some(About { named: title.named, head: title.head, is_one, chance: 1.0 })
}

/// Why something is not told back, for a person.
pub fn reason(why: &Refusal) -> String {
    let text = match why.reason {
        Reason::Heat => "it is heated",
        Reason::Sarcasm => "it is said in mockery",
        Reason::Threat => "it says what they will do otherwise",
        Reason::Secret => "it is not to be repeated",
        Reason::Private => "it is a private matter",
        Reason::BlamesThem => "it would sound as if we blamed or refused them",
        Reason::NoSubject => "it isn't certain who did it",
        Reason::LostReference => "it points at something outside it",
        Reason::Fragment => "it is no whole sentence",
        Reason::Opinion => "it is what they think or feel",
        Reason::GenericYou => "its \"you\" may be anybody",
        Reason::ThirdParty => "it is about somebody else",
        Reason::ReportedInside => "it has somebody else's words in it",
        Reason::Unclear => "it isn't clear who or what is meant",
        Reason::DangerNeedsCare => "somebody may come to harm",
        Reason::NotWorth => "it tells nothing",
        Reason::Shape => "it would make no good sentence",
    };
    if why.word.is_empty() { text.to_owned() } else { format!("{text} (\"{}\")", why.word) }
}

/// The words of some parts that follow each other.
fn of<'t>(text: &'t str, parts: &[Part]) -> &'t str {
    let range = parts.first().zip(parts.last()).map(|(first, last)| first.start..last.end);
    range.and_then(|range| text.get(range)).unwrap_or("")
}

/// The text, unless something was blotted out of it: the rest may make a sentence without its sense.
fn unblotted(text: &str) -> Result<&str, Refusal> {
    match text.contains("**") {
        true => Err(Refusal { reason: Reason::Secret, word: String::new() }),
        false => Ok(text),
    }
}

/// Without a line of a few words that stands above it.
fn below_greeting(said: &str) -> &str {
    const MOST_WORDS: usize = 4;
    match said.split_once('\n') {
        Some((line, rest))
            if line.split_whitespace().count() <= MOST_WORDS
                && rest.trim_start().starts_with(char::is_uppercase) =>
        {
            rest.trim_start()
        }
        _ => said,
    }
}

/// Whether a sentence is about the thing: it names it, or goes on about "it" and names nothing else first.
fn is_of(sentence: &str, about: &About, was: bool) -> bool {
    let low = sentence.to_lowercase();
    let mut words = low.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.clone().any(|word| word == about.head) || was && words.any(|word| IT.contains(&word))
}

/// The words for a thing that has been named.
const IT: &[&str] = &["it", "it's", "it’s", "it'd", "it’d"];

/// What stands round a sentence or clause.
#[derive(Clone, Copy)]
struct Near<'t> {
    /// The one or two sentences before.
    context: &'t str,
    after: &'t str,
    /// Whether an "it" is the thing it is all about.
    it: bool,
}

/// What stands before the last of some sentences, as far as nothing else stands between.
fn context(text: &str, sentences: &[&[Part]]) -> String {
    let [before @ .., _] = sentences else { return String::new() };
    let follows = |pair: &[&[Part]]| {
        let gap =
            pair[0].last().zip(pair[1].first()).and_then(|(last, first)| text.get(last.end..first.start));
        gap.is_some_and(|gap| gap.trim().is_empty())
    };
    let from = sentences.windows(2).rposition(|pair| !follows(pair)).map_or(0, |n| n + 1);
    before.iter().skip(from).map(|parts| ended(of(text, parts))).collect()
}

/// A sentence with its full stop.
fn ended(sentence: &str) -> String {
    let sentence = sentence.trim();
    let stop = if sentence.is_empty() || sentence.ends_with(['.', '?', '!', ';']) { "" } else { "." };
    format!("{sentence}{stop} ")
}

/// Turns a sentence or clause by itself: a pronoun gets its noun only where that is sure, and may stay for the
/// "it" of the thing it is all about.
fn told(
    text: &str,
    reading: &Reading,
    parts: &[Part],
    role: &'static str,
    near: Near<'_>,
) -> Result<Told, Refusal> {
    let Near { context, after, it: of_thing } = near;
    let said = below_greeting(of(text, parts)).split_whitespace().collect::<Vec<_>>().join(" ");
    let clause = Clause { after, ..Clause::new(unblotted(&said)?, engine_role(role)) };
    let mut turned = turn(&LEXICON, &clause).or_else(|why| match why.reason {
        // Inside a sentence an "it" is clear to who wrote it.
        Reason::LostReference | Reason::Unclear => {
            let clause = Clause { before: context, ..clause };
            if let (false, Ok(turned)) = (context.is_empty(), turn(&LEXICON, &clause)) {
                return Ok(turned);
            }
            let leaning = turn_behind(&LEXICON, &clause)?;
            let known = of_thing && only_it(&leaning.text)
                || why.reason == Reason::LostReference && !begins_with_pronoun(&leaning.text);
            if leaning.leans && known { Ok(leaning) } else { Err(why) }
        }
        _ => Err(why),
    })?;
    let leans = std::mem::take(&mut turned.leans);
    let sentence = reading.sentences.get(parts[0].sentence);
    let likely = |of: fn(&Sentence) -> f32| sentence.map_or(0.0, of);
    Ok(Told {
        at: parts[0].start..parts[parts.len() - 1].end,
        role,
        issue: parts.iter().find_map(|part| part.issue.clone()),
        want: parts.iter().find_map(|part| part.want),
        best: likely(|s| s.best),
        core: likely(|s| s.core),
        fit: likely(|s| s.fit),
        asks: likely(|s| s.asks),
        leans,
        listed: false,
        turned,
    })
}

/// Whether "it" is the only word of a sentence that another one explains.
pub fn only_it(text: &str) -> bool {
    const OTHERS: &[&str] =
        &["he", "she", "him", "her", "his", "they", "them", "their", "one", "ones", "those"];
    let low = text.to_lowercase();
    let mut words = low.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.clone().any(|word| IT.contains(&word)) && !words.any(|word| OTHERS.contains(&word))
}

/// Whether it begins with what only another sentence explains.
pub fn begins_with_pronoun(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    ["it", "its", "they", "their", "he", "she", "his", "her", "this", "that", "these", "those", "one"]
        .contains(&first.as_str())
}

/// Whether pronouns of more than one sort are in it.
fn leans_on_several(text: &str) -> bool {
    const SORTS: &[&[&str]] = &[&["he", "him"], &["she", "her"], &["they", "them"]];
    let low = text.to_lowercase();
    let words: Vec<&str> = low.split(|c: char| !c.is_alphanumeric()).collect();
    SORTS.iter().filter(|sort| sort.iter().any(|word| words.contains(word))).count() > 1
}

/// A sentence that points at the one before it, told with that one.
fn behind(
    text: &str,
    reading: &Reading,
    told: &[Told],
    parts: &[Part],
    role: &'static str,
    before: &str,
    after: &str,
) -> Option<Told> {
    let first = told.last().filter(|told| told.turned.kind == Kind::Statement)?;
    let next = text.get(first.at.end..parts[0].start).is_some_and(|gap| gap.trim().is_empty());
    if !next || !TELLS.contains(&role) {
        return None;
    }
    let said = of(text, parts).split_whitespace().collect::<Vec<_>>().join(" ");
    let clause = Clause { before, after, ..Clause::new(unblotted(&said).ok()?, engine_role(role)) };
    let second = turn_behind(&LEXICON, &clause).ok().filter(|turned| turned.leans)?;
    // "She asked what they were for": one of the two is not of the sentence before.
    if leans_on_several(&second.text) {
        return None;
    }
    let mut both = first.clone();
    both.at.end = parts[parts.len() - 1].end;
    both.turned.text = format!("{} {}", first.turned.sentence(), second.sentence());
    both.turned.leans = false;
    let own = reading.sentences.get(parts[0].sentence)?;
    both.best = first.best.max(own.best);
    both.core = first.core.max(own.core);
    both.fit = first.fit.min(own.fit);
    both.issue = both.issue.or_else(|| parts.iter().find_map(|part| part.issue.clone()));
    both.role = TELLS.iter().copied().find(|one| [first.role, role].contains(one))?;
    Some(both)
}

/// The role of a whole sentence; `None` if it does more than one thing.
fn role_of(parts: &[Part]) -> Option<&'static str> {
    let one_of = |roles: &[&'static str]| {
        let all = parts.iter().all(|part| roles.contains(&part.role));
        let first = || roles.iter().copied().find(|role| parts.iter().any(|part| part.role == *role));
        all.then(first).flatten()
    };
    one_of(ASKS).or_else(|| asks_all(parts).then_some("question")).or_else(|| one_of(TELLS))
}

/// What a sentence surely does as a whole, where its clauses alone were taken for something else.
fn likely_role(sentence: &Sentence, parts: &[Part]) -> Option<&'static str> {
    const ASKING: f32 = 0.6;
    const TELLING: f32 = 0.5;
    let all = |roles: &[&str]| parts.iter().all(|part| roles.contains(&part.role));
    let any = |roles: &[&str]| parts.iter().any(|part| roles.contains(&part.role));
    if sentence.asks >= ASKING && !any(ASKS) {
        let is_question = parts.last().is_some_and(|part| part.text.ends_with('?'));
        return Some(if is_question { "question" } else { "want" });
    }
    (sentence.core >= TELLING && !all(TELLS) && !any(ASKS)).then_some("trouble")
}

/// Whether a sentence asks from its first word to its question mark, whatever its clauses were taken for alone.
fn asks_all(parts: &[Part]) -> bool {
    const OPENERS: &[&str] = &[
        "am", "are", "is", "was", "were", "do", "does", "did", "have", "has", "had", "can", "could", "will",
        "would", "should", "may", "might", "what", "when", "where", "who", "why", "how", "which", "whose",
    ];
    let [first, .., last] = parts else { return false };
    let opener = first.text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    last.role == "question"
        && last.text.ends_with('?')
        && opener.is_some_and(|word| OPENERS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retold(text: &str) -> Vec<String> {
        let book = crate::built_in::phrasebook().unwrap();
        let message = Message::from_text("t", text);
        let reading = classify(&book, &message);
        retell(&book, &message, &reading, Tried::All).told.iter().map(|told| told.turned.sentence()).collect()
    }

    #[test]
    fn what_happened_and_what_they_ask_is_turned() {
        let text = "I ordered an oak table from you on 3 March. It has not arrived, and nobody answers the phone. \
                    Please send me the table this week. When will it be here?";
        let all = retold(text).join(" ");
        assert!(all.contains("You ordered an oak table from us on 3 March."), "{all}");
        assert!(all.contains("You've asked us to send you the table this week."), "{all}");
    }

    #[test]
    fn who_is_meant_is_named_where_the_sentence_before_is_not_told() {
        let all = retold("Your man Toby was a clown. He left the parcel at number nine on Monday.").join(" ");
        assert!(all.contains("Toby left the parcel at number nine on Monday."), "{all}");
        let all = retold("Your driver came on Monday. He left the parcel at number nine.").join(" ");
        assert!(all.contains("Our driver came on Monday. He left the parcel at number nine."), "{all}");
    }

    #[test]
    fn a_question_in_two_halves_is_asked_whole() {
        let all =
            retold("We come on 4 December with a camper. Are you open then, and can we plug in?").join(" ");
        assert!(all.contains("You asked whether we are open then, and whether you can plug in."), "{all}");
    }

    #[test]
    fn what_is_heated_or_pointless_stays_theirs() {
        assert_eq!(retold("You absolute clowns. My lawyer will write to you."), Vec::<String>::new());
        assert_eq!(retold(""), Vec::<String>::new());
    }
}
