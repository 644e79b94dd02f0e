//! The facts a wording may use, as `{{ name }}`: one row each. Where the value of one that the agent
//! doesn't set comes from stands in `plan::known`. `name` is whom to greet, `called` or `formal` the same
//! for one who signs familiarly ("Maria") or formally ("Mrs Tabb").

/// A fact, and how it is treated.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    pub name: &'static str,
    /// What the agent may set with `--set name=value`: its meaning, and an example.
    pub set: Option<&'static str>,
    /// Every reply has it.
    pub given: bool,
    /// It may be said more than once.
    pub lasting: bool,
    /// It must not be said where others read along.
    pub personal: bool,
    /// A fact that says the same: once either is said, so is the other.
    pub twin: &'static str,
}

const NONE: Fact = Fact { name: "", set: None, given: false, lasting: false, personal: false, twin: "" };

#[rustfmt::skip]
pub const FACTS: &[Fact] = &[
    Fact { name: "name", lasting: true, personal: true, set: Some("whom to greet: Maria"), ..NONE },
    Fact { name: "called", lasting: true, personal: true, ..NONE },
    Fact { name: "formal", lasting: true, personal: true, ..NONE },
    Fact { name: "order", personal: true, twin: "reference", set: Some("the order, booking or case number: A-44192"), ..NONE },
    Fact { name: "reference", personal: true, twin: "order", ..NONE },
    Fact { name: "item", personal: true, set: Some("what it is about: hiking boots"), ..NONE },
    Fact { name: "amount", personal: true, set: Some("the sum it is about: $149.90"), ..NONE },
    Fact { name: "wait", set: Some("how long they have been waiting: three weeks"), ..NONE },
    Fact { name: "ago", set: Some("how long ago it began: three weeks"), ..NONE },
    Fact { name: "promised", personal: true, set: Some("the time they were promised: 3-5 days"), ..NONE },
    Fact { name: "thing", ..NONE },
    Fact { name: "deadline", personal: true, set: Some("by when they need it: by Saturday"), ..NONE },
    Fact { name: "their_day", lasting: true, personal: true, ..NONE },
    Fact { name: "not_before", lasting: true, ..NONE },
    Fact { name: "callback", lasting: true, personal: true, set: Some("the number to ring them on"), ..NONE },
    Fact { name: "contacts", personal: true, ..NONE },
    Fact { name: "missed", personal: true, ..NONE },
    Fact { name: "person", personal: true, ..NONE },
    Fact { name: "trouble", lasting: true, ..NONE },
    Fact { name: "matter", lasting: true, ..NONE },
    Fact { name: "topic", ..NONE },
    Fact { name: "about", personal: true, ..NONE },
    Fact { name: "sorry_about", lasting: true, personal: true, ..NONE },
    Fact { name: "clause", ..NONE },
    Fact { name: "ask", lasting: true, ..NONE },
    Fact { name: "answer", lasting: true, ..NONE },
    Fact { name: "condition", lasting: true, ..NONE },
    Fact { name: "quote", lasting: true, personal: true, ..NONE },
    Fact { name: "by", given: true, lasting: true, ..NONE },
    Fact { name: "by_date", given: true, lasting: true, ..NONE },
    Fact { name: "today", given: true, lasting: true, ..NONE },
    Fact { name: "agent", given: true, lasting: true, ..NONE },
    Fact { name: "company", given: true, lasting: true, ..NONE },
    Fact { name: "email", given: true, lasting: true, set: Some("where to reach you, if not at the company's address"), ..NONE },
    Fact { name: "phone", lasting: true, set: Some("where to call you"), ..NONE },
    Fact { name: "owner", lasting: true, set: Some("who takes over: our billing specialist"), ..NONE },
    Fact { name: "progress", set: Some("holding: where it stands, a sentence: The parcel has been found in the depot."), ..NONE },
    Fact { name: "done", set: Some("resolved: what you did, a sentence: I've had the lid replaced."), ..NONE },
    Fact { name: "refund", set: Some("resolved, cancelled: the sum sent back: $149.90"), ..NONE },
    Fact { name: "credit", set: Some("resolved: the sum put on their account: $20"), ..NONE },
    Fact { name: "replacement", set: Some("resolved: what is on its way: a new pair of boots"), ..NONE },
    Fact { name: "tracking", set: Some("resolved: the number to follow the parcel by"), ..NONE },
    Fact { name: "arrives", set: Some("resolved: when it will be with them: Thursday 26 November"), ..NONE },
    Fact { name: "cause", set: Some("resolved: what had gone wrong, a sentence: The label had come off."), ..NONE },
    Fact { name: "request", set: Some("decline: what they asked for: a refund of the whole year"), ..NONE },
    Fact { name: "reason", set: Some("decline: why not, a sentence: The offer ended on 1 November."), ..NONE },
    Fact { name: "alternative", set: Some("decline: what you can do instead: take 20% off your next order"), ..NONE },
    Fact { name: "effective", set: Some("cancelled: the day it ends: Monday 30 November"), ..NONE },
];

/// The fact of a name.
pub fn fact(name: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.name == name)
}

/// Facts the agent may set, with what each is.
pub fn settable() -> impl Iterator<Item = (&'static str, &'static str)> {
    FACTS.iter().filter_map(|fact| fact.set.map(|what| (fact.name, what)))
}
