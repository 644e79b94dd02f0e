//! Tools for studying a phrasebook or a reading.

pub mod advice;
pub mod diff;
pub mod eval;
pub mod examples;
pub mod fit;
pub mod explain;
pub mod sample;
pub mod tune;
