//! Words and phrases. Knows nothing of mail, phrasebooks or complaints.

pub mod automaton;
pub mod channel;
#[cfg(any(test, feature = "compile"))]
pub mod compile;
pub mod fact_patterns;
pub mod features;
pub mod index;
pub mod packed;
pub mod phrase;
pub mod prefilter;
pub mod references;
pub mod suggest;
pub mod words;
