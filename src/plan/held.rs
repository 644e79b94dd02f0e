//! Who takes over a message, why, and what they do first.

use super::{GRAVITY, Hold};
use crate::reading::Reading;
use amends_phrasebook::{HoldCase, Phrasebook, Risk};

/// A message on hold.
pub(super) struct Held<'a> {
    pub(super) hold: Hold,
    /// The agent's first step, or empty.
    pub(super) first: &'a str,
    /// What the reply tells the customer to do first, or empty.
    pub(super) say: &'a str,
    /// The risk whose wordings fit; empty where only the language calls for a person.
    pub(super) risk: &'a str,
    /// Whether phrases name that risk, not learned weights alone.
    pub(super) is_named: bool,
    /// Whether they hear from us today.
    pub(super) today: bool,
    /// Whether what it says opens the reply.
    pub(super) opens: bool,
    /// Whether the reply tells them nothing to do first.
    pub(super) quiet: bool,
}

/// The risk whose wordings fit where none is known: they hand over, and neither accuse nor admit.
const NEUTRAL: &str = "vulnerable";
/// The hold that says how a message is held that no phrase names.
const UNCLEAR: &str = "unclear";
/// The hold for abusive language.
const ABUSE: &str = "abuse";
/// The weight of a phrase that says by itself what is the matter.
const PLAIN: f32 = 2.0;
/// Who takes over where the phrasebook names nobody.
const MANAGER: &str = "the manager";
/// The most reasons given.
const MOST_REASONS: usize = 3;
/// Of a long clause so many characters are shown.
const MOST_SHOWN: usize = 120;
/// The tone's score from which abuse is certain.
const CERTAIN: f32 = 0.75;

/// One reason why a person takes over.
struct Reason<'a> {
    risk: &'a str,
    name: &'a str,
    words: &'a str,
    to: &'a str,
    first: &'a str,
    say: &'a str,
    today: bool,
    opens: bool,
    quiet: bool,
}

/// Risks that don't wait for tomorrow.
const DANGERS: &[&str] = &["self_harm", "safety"];

pub(super) fn held<'a>(book: &'a Phrasebook, reading: &'a Reading) -> Option<Held<'a>> {
    let reasons = reasons(book, reading);
    if let Some(gravest) = reasons.first() {
        let named = reasons.iter().take(MOST_REASONS).map(|r| format!("{}: \"{}\"", r.name, r.words));
        let hold = Hold { reason: named.collect::<Vec<_>>().join("; "), to: gravest.to.to_owned() };
        let risk = if gravest.risk.is_empty() { NEUTRAL } else { gravest.risk };
        let is_named = !gravest.say.is_empty() || by_phrases(reading, risk);
        let today = reasons.iter().any(|r| r.today) || is_named && DANGERS.contains(&risk);
        return Some(Held {
            hold,
            first: gravest.first,
            say: gravest.say,
            risk,
            is_named,
            today,
            opens: gravest.opens,
            quiet: gravest.quiet,
        });
    }
    if reading.notes.hold {
        return Some(unclear(book, reading));
    }
    let abuse = reading.notes.abuse && reading.tone.score >= CERTAIN;
    abuse.then(|| plain(entry(book, ABUSE), "abusive language"))
}

/// Every reason phrases or risks give, the gravest first.
fn reasons<'a>(book: &'a Phrasebook, reading: &'a Reading) -> Vec<Reason<'a>> {
    let cases = reading.notes.cases.iter().map(|case| {
        let HoldCase { name, to, first, say, risk, today, opens, quiet, .. } =
            &book.holds[usize::from(case.hold)];
        Reason { risk, name, words: &case.words, to, first, say, today: *today, opens: *opens, quiet: *quiet }
    });
    let mut all: Vec<Reason<'_>> = cases.collect();
    for (id, words) in &reading.notes.risk_words {
        let told = all.iter().any(|reason| reason.risk == id) || !reading.risks.contains(id);
        if let Some(Risk { name, to, first, .. }) = book.risks.iter().find(|r| r.id == *id && !told) {
            all.push(Reason {
                risk: id,
                name,
                words,
                to,
                first,
                say: "",
                today: false,
                opens: false,
                quiet: false,
            });
        }
    }
    all.sort_by_key(|reason| GRAVITY.iter().position(|id| *id == reason.risk).unwrap_or(GRAVITY.len()));
    all
}

/// Whether a phrase tells a risk.
fn by_phrases(reading: &Reading, risk: &str) -> bool {
    reading
        .evidence
        .risks
        .get(risk)
        .is_some_and(|all| all.iter().any(|e| e.phrase != u32::MAX && e.weight >= PLAIN))
}

/// Held by learned weights alone: the agent hears what it seems to be and the clause that weighed most; the
/// customer is answered as by any agent, as nothing said may rest on a guess.
fn unclear<'a>(book: &'a Phrasebook, reading: &'a Reading) -> Held<'a> {
    let words = &reading.notes.weightiest;
    let seems = reading.notes.seems.and_then(|id| book.risks.iter().find(|risk| risk.id == id));
    let mut held = plain(entry(book, UNCLEAR), "needs a person");
    if let Some(risk) = seems {
        held.hold.reason = format!("seems to be: {}", risk.name);
    }
    if !words.is_empty() {
        held.hold.reason.push_str(&format!(": \"{}\"", shown(words)));
    }
    held
}

/// A clause as it stands in a line: cut behind a word where it is long.
fn shown(clause: &str) -> String {
    let clause = clause.split_whitespace().collect::<Vec<_>>().join(" ");
    match clause.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => {
            let cut = clause[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &clause[..cut])
        }
        None => clause,
    }
}

fn plain<'a>(case: Option<&'a HoldCase>, reason: &str) -> Held<'a> {
    let (reason, to, first, say) = match case {
        Some(HoldCase { name, to, first, say, .. }) => {
            (name.as_str(), to.as_str(), first.as_str(), say.as_str())
        }
        None => (reason, MANAGER, "", ""),
    };
    let hold = Hold { reason: reason.to_owned(), to: to.to_owned() };
    Held { hold, first, say, risk: "", is_named: false, today: false, opens: false, quiet: false }
}

/// Who takes over what no risk names.
pub(super) fn manager(book: &Phrasebook) -> &str {
    entry(book, UNCLEAR).map_or(MANAGER, |case| &case.to)
}

fn entry<'a>(book: &'a Phrasebook, id: &str) -> Option<&'a HoldCase> {
    book.holds.iter().find(|case| case.id == id)
}
