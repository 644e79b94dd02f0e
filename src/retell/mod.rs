//! Telling back what a customer wrote, in their words turned round.

pub mod question;
pub mod statement;
mod words;
