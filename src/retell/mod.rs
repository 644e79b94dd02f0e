//! Restates what a customer wrote, in their own words.

pub mod question;
pub mod statement;
mod words;
