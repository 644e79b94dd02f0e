//! Telling back what a customer wrote, in their words turned round.

pub mod ask;
pub mod statement;
mod words;
