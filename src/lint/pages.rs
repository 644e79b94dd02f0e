//! Rules implemented in code: what each requires, why, an example, and its source in the principles
//! of complaint handling this product is based on (P01 … P46).

use amends_phrasebook::diagnostic::Severity::{self, Error, Info, Warning};

/// A rule's documentation.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    pub id: &'static str,
    pub severity: Severity,
    pub what: &'static str,
    pub why: &'static str,
    /// Text that breaks it.
    pub example: &'static str,
    pub instead: &'static str,
    pub source: &'static str,
}

const fn page(
    id: &'static str,
    severity: Severity,
    source: &'static str,
    what: &'static str,
    why: &'static str,
    example: &'static str,
    instead: &'static str,
) -> Page {
    Page { id, severity, what, why, example, instead, source }
}

/// The rules on order, form and the customer's message.
pub const PAGES: &[Page] = &[
    page(
        "no-acknowledgement",
        Error,
        "P01, P02",
        "the reply does not begin with what happened to the customer",
        "Who feels unheard says it again, louder. The first lines belong to their problem: thanks for telling, an apology for a named thing, or the problem in their own facts.",
        "Please send us your booking reference.",
        "I'm sorry your bag didn't arrive with you.",
    ),
    page(
        "no-apology",
        Error,
        "P04, P06",
        "a complaint is answered without an apology",
        "An outright apology for a named thing calms more than any explanation, and admits no liability for what is not known yet.",
        "We are looking into your delivery.",
        "I'm sorry about the delay.",
    ),
    page(
        "late-apology",
        Warning,
        "P04, P09",
        "the apology comes late",
        "Read after four other sentences it sounds like an afterthought.",
        "… and, lastly, we are sorry about the delay.",
        "put it among the first three sentences",
    ),
    page(
        "apology-overdone",
        Warning,
        "P04",
        "sorry is said more than twice",
        "The third sorry makes the first two cheap.",
        "I'm sorry. So sorry. Again, we're really sorry.",
        "once, at most twice",
    ),
    page(
        "apology-for-praise",
        Error,
        "P30",
        "there is nothing to apologise for",
        "An apology to somebody who said thank you tells them that nobody read it.",
        "Thank you for the kind words. We're sorry about this.",
        "leave it out",
    ),
    page(
        "solution-first",
        Warning,
        "P09",
        "the solution stands before the apology",
        "A solution offered to somebody who has not been heard is turned down.",
        "I'll refund you today. Sorry about that.",
        "acknowledge and apologise first",
    ),
    page(
        "no-next-step",
        Error,
        "P19",
        "nobody says what happens next",
        "An apology without a next step is where the second complaint comes from.",
        "We're sorry about the delay. Thank you for writing.",
        "say what you are doing: \"I'm finding out where it is.\"",
    ),
    page(
        "no-date",
        Warning,
        "P19, P26",
        "nothing says by when",
        "\"Soon\" is no time. A date is kept or broken, and can be listed as a thing to do.",
        "We'll get back to you as soon as possible.",
        "\"You'll hear from me by Thursday 26 November.\"",
    ),
    page(
        "no-owner",
        Info,
        "P07, P20, P29",
        "\"we\" acts, and no person does",
        "A person who says \"I\" can be asked; a \"we\" can't.",
        "We will look into this.",
        "\"I'm looking into this.\"",
    ),
    page(
        "only-asks",
        Warning,
        "P11",
        "the reply only asks for things",
        "The customer has written once; a reply that only sets them tasks moves nothing.",
        "Please send your order number. What is your postcode?",
        "say what you do with it, and ask only for what is missing",
    ),
    page(
        "no-inviting-close",
        Warning,
        "P28",
        "the reply does not end with an open, inviting question",
        "The last sentence says whether the door is open.",
        "Is there anything else?",
        "\"What else can I do for you?\"",
    ),
    page(
        "unsigned",
        Warning,
        "P20",
        "no person's name stands below it",
        "A name is who the customer comes back to.",
        "The Customer Care Team",
        "sign with a first name",
    ),
    page(
        "shouting",
        Warning,
        "P30",
        "an exclamation mark, or words in capitals, raise the voice",
        "Cheer sounds false to somebody with a problem, and capitals shout back.",
        "Thanks for reaching out! PLEASE READ our terms.",
        "use a full stop, and small letters",
    ),
    page(
        "hole",
        Error,
        "P33",
        "something was left unfilled",
        "A placeholder tells the customer that a machine wrote, and that nobody looked.",
        "Hi {{ first_name }}, about your order [order number] …",
        "fill it in",
    ),
    page(
        "secret",
        Error,
        "P34",
        "the reply holds a card number, password or other secret",
        "What is mailed once is read by many.",
        "Your card 4111 1111 1111 1111 was charged.",
        "take it out",
    ),
    page(
        "doubled-word",
        Error,
        "P31",
        "a word stands here twice",
        "It looks pasted together.",
        "We have have found it.",
        "remove one",
    ),
    page(
        "doubled-sentence",
        Error,
        "P31",
        "a sentence stands here twice",
        "It looks pasted together.",
        "I'm on it today. Thank you. I'm on it today.",
        "remove one",
    ),
    page(
        "too-long",
        Error,
        "P24, P38",
        "the reply is longer than its channel takes",
        "What does not fit is cut off, or not read.",
        "a post of 400 characters",
        "leave out what can be said later",
    ),
    page(
        "public-details",
        Error,
        "P24",
        "details of the case stand where others read along",
        "An order number or a sum in public is somebody's private life.",
        "@ana Your order A-44192 over $149.90 is on its way.",
        "keep it general, and name a private way to write",
    ),
    page(
        "unanswered-point",
        Warning,
        "P02, P19",
        "something they wrote about is not spoken of",
        "Two problems and one answer is a second mail.",
        "an answer about the delay to a mail about the delay and a double charge",
        "a line for each, or a date by when it gets one",
    ),
    page(
        "wrong-name",
        Error,
        "P33",
        "the reply greets somebody else",
        "Nothing says louder that nobody read it.",
        "Hi Mark, (to a mail signed by Maria)",
        "use the name they signed with, or none",
    ),
    page(
        "invented-fact",
        Error,
        "P29, P34",
        "an order number, sum or date that is not in their message",
        "What a model makes up, the company is held to.",
        "Your refund of $250 (to a mail about $149.90)",
        "take it from their message, or set it as a fact you know",
    ),
    page(
        "ignored-want",
        Warning,
        "P13, P18",
        "what they ask for is not spoken of",
        "A wish passed over is a no without a reason.",
        "an apology alone, to somebody who asks for a refund",
        "grant it, decline it with the reason, or say by when they will know",
    ),
    page(
        "needs-a-person",
        Error,
        "P22, P41",
        "the message is one for a person, and the reply names none",
        "Threats of court, danger, fraud and despair are not answered by a form.",
        "\"We'll pass on your feedback.\" (to a mail about a burn)",
        "name who takes over: \"I've brought in our safety team.\"",
    ),
    page(
        "unused-suppression",
        Info,
        "P34",
        "this suppression suppresses nothing",
        "What is switched off without need hides the next fault.",
        "<!-- amends-lint off: shouting: brand voice --> in a reply that does not shout",
        "remove it",
    ),
];

/// A rule's page.
pub fn of(id: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.id == id)
}

/// A page as Markdown, with the rule's current severity.
pub fn markdown(id: &str, parts: [&str; 5], severity: &str, source: &str) -> String {
    let [what, why, example, instead, note] = parts;
    let mut out = format!("# {id}\n\n{}.\n\nSeverity: {severity}.", upper(what));
    if !source.is_empty() {
        out += &format!(" Source: {source}.");
    }
    if !why.is_empty() {
        out += &format!("\n\n## Why\n\n{why}");
    }
    if !example.is_empty() {
        out += &format!("\n\n## What breaks it\n\n> {example}");
    }
    if !instead.is_empty() {
        out += &format!("\n\n## Instead\n\n{}", upper(instead));
    }
    if !note.is_empty() {
        out += &format!("\n\n{note}");
    }
    out + "\n"
}

fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_that_is_code_has_a_page() {
        let ids: Vec<&str> = PAGES.iter().map(|page| page.id).collect();
        assert_eq!(ids, amends_phrasebook::STRUCTURAL);
    }
}
