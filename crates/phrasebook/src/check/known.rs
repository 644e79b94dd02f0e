//! Names a phrasebook may use.

/// How a want is answered.
pub const ANSWERS: &[&str] = &["offered", "in_case", "approval", "open", "declined"];

/// Moves a reply can do without, so all their wordings may be conditional.
pub const OPTIONAL: &[&str] = &[
    "thanks",
    "tell",
    "also",
    "own",
    "feel",
    "care",
    "limit",
    "safety",
    "answer",
    "lead",
    "aside",
    "question",
    "news",
    "outcome",
    "reason",
    "alternative",
    "verify",
    "choice",
    "call",
    "secret",
];

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
