//! Words and phrases. Nothing here knows what a mail, a phrasebook or a complaint is.

pub mod automaton;
pub mod channel;
#[cfg(any(test, feature = "compile"))]
pub mod compile;
pub mod fact_patterns;
pub mod index;
pub mod packed;
pub mod phrase;
pub mod prefilter;
pub mod suggest;
pub mod words;
