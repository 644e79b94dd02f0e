//! The decisions of a reading: by phrases and learned weights together, or by phrases alone where a
//! phrasebook has no weights.

use super::blend;
use super::heard::Heard;
use super::issues::{Candidate, distinct};
use super::learned::Learned;
use super::{ASKED, Found, LONG, Tone};
use amends_inbox::message::{Channel, Message};
use amends_phrasebook::thresholds::Thresholds;
use amends_phrasebook::weights::Model;
use amends_phrasebook::{CUSTOMERS, Phrasebook, RISKS, TONES, WANTS};

/// What a message is judged to be.
pub(super) struct Judged {
    pub(super) kind: &'static str,
    /// Whether only phrases were asked.
    pub(super) by_phrases: bool,
    /// The likely issues, the likeliest first, unless only phrases were asked.
    issues: Option<Vec<(usize, f32)>>,
    /// How likely each issue is by words, where phrases decide.
    words: Vec<f32>,
    pub(super) tone: Tone,
    pub(super) customer: &'static str,
    /// The plainest first.
    pub(super) wants: Vec<&'static str>,
    /// Each with the words that tell it.
    pub(super) risks: Vec<(String, String)>,
    /// Whether a person should take over, whatever the risks.
    pub(super) hold: bool,
    /// Whether it counts as praise, but too unsurely to be thanked.
    pub(super) doubtful: bool,
    /// How likely words make it that one should, unless they are too few to say.
    pub(super) chance: Option<f32>,
    /// The clause that weighs most for that.
    pub(super) weightiest: String,
    /// The likeliest risk, if it is likely at all.
    pub(super) seems: Option<&'static str>,
}

/// The least probability of a risk that is named as what a message seems to be about.
const SEEMS: f32 = 0.3;

/// The most wants of a message.
const MOST_WANTS: usize = 4;
/// The most issues of a message.
const MOST_ISSUES: usize = 5;

impl Judged {
    pub(super) fn new(book: &Phrasebook, message: &Message, heard: &Heard<'_>, learned: &Learned) -> Self {
        if learned.is_empty() {
            return Self::by_phrases(heard);
        }
        let least = &book.thresholds;
        let weights = &book.weights;
        let evidence = heard.evidence(book, learned, blend::classes_of_issues(book, weights));
        let kinds = evidence.kinds(weights);
        let risks = evidence.risk_chances(weights);
        let signals = evidence.hold_signals(kinds.of("complaint"), &risks);
        let seems = Some(likeliest(RISKS, &risks)).filter(|(_, p)| *p >= SEEMS).map(|(risk, _)| risk);
        let enough = if seems.is_some() { least.hold_chance } else { least.unclear_chance };
        let chance = blend::each(weights, &[signals]).first().copied();
        let hold = chance.is_some_and(|p| p >= enough);
        let weightiest = learned.top(Model::Hold, 0).map(|(c, _)| message.text[c.start..c.end].to_owned());
        let weightiest = weightiest.unwrap_or_default();
        // The words are learned from letters; a line or two, and what is no letter, phrases know better.
        let brief = heard.style.words as f32 <= least.brief;
        // Who signs writes a letter.
        let letter = is_letter(message, learned) || heard.facts.name.is_some();
        if brief || !letter {
            let judged = Self::by_phrases(heard);
            // Few words say too little to gainsay what phrases find.
            let words = if brief { Vec::new() } else { evidence.issues_by_words() };
            let kind = doubted(judged.kind, &kinds, brief, letter, least);
            return Self {
                words,
                kind,
                // Praise that phrases take for a complaint may mock.
                doubtful: kind == "praise" && judged.kind != "praise",
                hold: hold && !brief,
                chance: chance.filter(|_| !brief),
                weightiest,
                seems,
                ..judged
            };
        }
        let kind = if heard.kind == "machine" {
            "machine"
        } else if kinds.of("complaint") >= least.complaint_chance {
            "complaint"
        } else {
            let praise = |kind: &str| kind != "praise" || kinds.of("praise") >= least.praise_chance;
            let calm = kinds.iter().filter(|(kind, _)| *kind != "complaint" && praise(kind));
            calm.max_by(|a, b| a.1.total_cmp(&b.1)).map_or("other", |(kind, _)| kind)
        };
        let mut issues: Vec<(usize, f32)> =
            blend::each(weights, &evidence.issue_signals()).into_iter().enumerate().collect();
        issues.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let listed = issues.iter().take_while(|(_, p)| *p >= least.issue_chance).count();
        // What a message asks or complains about is shown even where it is anybody's guess.
        let guess = match kind {
            "complaint" => true,
            "request" | "question" => issues.first().is_some_and(|(_, p)| *p >= least.first_chance),
            _ => false,
        };
        issues.truncate(listed.max(usize::from(guess)));
        issues.truncate(MOST_ISSUES);

        let (tone, score) = likeliest(TONES, &blend::one_of(weights, &evidence.tone_signals()));
        let (customer, _) = likeliest(CUSTOMERS, &blend::one_of(weights, &evidence.customer_signals()));
        let asked = evidence.want_signals(&kinds);
        let mut wants: Vec<(&str, f32)> = WANTS.iter().copied().zip(blend::each(weights, &asked)).collect();
        wants.retain(|(want, p)| *want != "none" && *p >= least.want_chance);
        wants.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self {
            kind,
            by_phrases: false,
            issues: Some(issues),
            words: Vec::new(),
            tone: Tone { id: tone, score: (score * 100.0).round() / 100.0 },
            customer,
            wants: wants.into_iter().map(|(want, _)| want).take(MOST_WANTS).collect(),
            weightiest,
            seems,
            risks: if hold { likely_risks(book, heard, learned, &risks) } else { Vec::new() },
            hold,
            chance,
            doubtful: kind == "praise" && kinds.of(kind) < least.thanks_chance,
        }
    }

    fn by_phrases(heard: &Heard<'_>) -> Self {
        let mut wants: Vec<(f32, &str)> =
            heard.wants.iter().zip(WANTS).filter(|(s, _)| **s >= ASKED).map(|(s, w)| (*s, *w)).collect();
        wants.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self {
            kind: heard.kind,
            by_phrases: true,
            issues: None,
            words: Vec::new(),
            tone: heard.tone.clone(),
            customer: heard.customer,
            wants: wants.into_iter().map(|(_, w)| w).filter(|w| *w != "none").take(MOST_WANTS).collect(),
            risks: heard.risks.clone(),
            hold: false,
            chance: None,
            doubtful: false,
            weightiest: String::new(),
            seems: None,
        }
    }

    /// The issues for the record, each with its evidence.
    pub(super) fn found(
        &self,
        book: &Phrasebook,
        heard: &Heard<'_>,
        learned: &Learned,
        message: &Message,
        kind: &str,
    ) -> Vec<Found> {
        let Some(likely) = &self.issues else { return by_phrases(book, heard, &self.words, kind) };
        if kind == "machine" {
            return Vec::new();
        }
        let nothing = |issue: usize| Candidate { issue, sum: 0.0, hits: Vec::new() };
        let found = |&(issue, p): &(usize, f32)| {
            let said = heard.gathered.iter().find(|candidate| candidate.issue == issue);
            let candidate = said.cloned().unwrap_or_else(|| nothing(issue));
            let mut found = candidate.shown(book, &heard.scans());
            found.score = (p * 100.0).round() / 100.0;
            found.strength = p;
            found.sure = p >= book.thresholds.sure;
            if found.evidence.is_empty() {
                found.evidence.extend(learned.evidence(book, &message.text, issue));
            }
            found
        };
        likely.iter().map(found).collect()
    }
}

/// Whether a message has a subject, is a chat or letter, or plainly greets: no review or post.
fn is_letter(message: &Message, learned: &Learned) -> bool {
    const PLAINLY: f32 = 0.97;
    message.subject.is_some()
        || message.signature.is_some()
        || matches!(message.channel, Channel::Chat | Channel::Letter | Channel::Sms)
        || learned.clauses.first().is_some_and(|clause| learned.role(clause, "hello") >= PLAINLY)
}

/// What phrases alone make of a message, unless words gainsay it.
fn doubted(
    kind: &'static str,
    kinds: &blend::Kinds,
    brief: bool,
    letter: bool,
    least: &Thresholds,
) -> &'static str {
    let complains = kinds.of("complaint") >= least.overrule;
    // Words are learned from letters: of a post they know praise alone, of a line or two only in a letter.
    let calm = match (brief, letter) {
        (false, _) => kinds.iter().find(|(kind, p)| *kind == "praise" && *p >= least.calm_post),
        (true, true) => {
            kinds.iter().find(|(kind, p)| matches!(*kind, "question" | "request") && *p >= least.calm_line)
        }
        (true, false) => None,
    };
    match kind {
        "complaint" => calm.map_or(kind, |(calm, _)| calm),
        // Either may be wrong: it is neither thanked nor apologised to.
        "praise" if !brief && (complains || kinds.of("praise") < least.agreement) => "other",
        "request" | "question" | "other" if complains => "complaint",
        _ => kind,
    }
}

/// The issues by phrases; a reply names one only if the words, if there are any weights, agree.
fn by_phrases(book: &Phrasebook, heard: &Heard<'_>, words: &[f32], kind: &str) -> Vec<Found> {
    // Praise with a "but" may name a problem, but an ambiguous word alone isn't enough.
    let least = match kind {
        "machine" => f32::INFINITY,
        "praise" | "other" => book.thresholds.strong,
        _ => 0.0,
    };
    let counted: Vec<&Candidate> = heard
        .accepted
        .iter()
        .filter(|i| kind != "praise" || book.issues[i.issue].risk.is_empty())
        .filter(|i| i.strength() >= least)
        .collect();
    let mut found = distinct(book, &heard.scans(), &counted);
    // Long stories touch on many things: a second issue needs more than one sign.
    if heard.style.words > LONG {
        let mut first = true;
        found.retain(|found| std::mem::take(&mut first) || found.signs() > 1);
    }
    for (n, found) in found.iter_mut().enumerate() {
        // Naming a wrong problem costs more than staying general.
        let strong = found.strength >= if n == 0 && kind != "praise" { book.thresholds.strong } else { 0.74 };
        let place = book.issues.iter().position(|issue| issue.id == found.id);
        let by_words = place.and_then(|n| words.get(n)).copied();
        found.sure = strong && by_words.is_none_or(|p| p >= book.thresholds.agreement);
    }
    found
}

/// Each likely risk of a message to be held, with the words that tell it: those of a phrase, or the clause
/// most like it.
fn likely_risks(
    book: &Phrasebook,
    heard: &Heard<'_>,
    learned: &Learned,
    likely: &[f32],
) -> Vec<(String, String)> {
    let known = |n: &usize| book.risks.iter().any(|risk| risk.id == RISKS[*n]);
    let least = |n: usize| match RISKS[n] {
        // Missing it costs more than being wrong.
        "self_harm" => book.thresholds.danger_chance,
        _ => book.thresholds.risk_chance,
    };
    let risks = (0..RISKS.len()).filter(known).filter(|n| likely[*n] >= least(*n));
    let words = |n: usize| {
        let named = heard.risks.iter().find(|(risk, _)| *risk == RISKS[n]).map(|(_, words)| words.clone());
        let clause = || learned.top(Model::Risk, n + 1).map(|(clause, _)| clause);
        named.or_else(|| clause().map(|c| heard.text.text[c.start..c.end].to_owned())).unwrap_or_default()
    };
    risks.map(|n| (RISKS[n].to_owned(), words(n))).collect()
}

/// The likeliest of some ids, and how likely it is.
fn likeliest(ids: &'static [&'static str], likely: &[f32]) -> (&'static str, f32) {
    let best = ids.iter().zip(likely).max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(("none", 0.0), |(id, p)| (id, *p))
}
