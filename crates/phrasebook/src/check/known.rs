//! Names a phrasebook may use.

/// How a want is answered.
pub const ANSWERS: &[&str] = &["offered", "in_case", "approval", "open", "declined"];

/// Lint rules implemented in code: `lint::pages`.
pub const STRUCTURAL: &[&str] = &[
    "no-acknowledgement",
    "no-apology",
    "late-apology",
    "apology-overdone",
    "apology-for-praise",
    "solution-first",
    "no-next-step",
    "no-date",
    "no-owner",
    "only-asks",
    "no-inviting-close",
    "unsigned",
    "shouting",
    "hole",
    "secret",
    "doubled-word",
    "doubled-sentence",
    "too-long",
    "public-details",
    "unanswered-point",
    "wrong-name",
    "invented-fact",
    "ignored-want",
    "needs-a-person",
    "unused-suppression",
];
