//! Turns complaints into draft replies.
//!
//! # How a message flows
//!
//! ```text
//! bytes ─ intake ─ mail ─ newest ─ facts ─ classify ─ retell ── plan ─ render ─ lint ─ output
//!         records  MIME   quotes,  names,  issues,    their     moves, Tera     rules  text,
//!         of a     who    signa-   dates,  tone, who, clauses   dates  channel  held   JSON,
//!         format,  html   tures    sums    wants,     turned           and      against .eml
//!         mbox                             risks      round            length   it
//! ```
//!
//! One module per stage, in this order; each uses only those above it in the list below, which a
//! test enforces. All stages share the tokeniser ([`words`]), the phrase language ([`phrase`]) and its
//! index ([`index`]), and errors with source positions ([`diagnostic`]). What the program knows and
//! says comes from the [`phrasebook`]: raw YAML with spans becomes checked tables in one step, and
//! every fault is reported.
//!
//! What is recorded of a draft, if anything, is gathered in [`ledger`]; the file itself is the crate
//! `amends-ledger`'s, and only the program opens it.
//!
//! The library reads no clock, file or stream (except a template directory named by the caller): the
//! date, agent and message are arguments, so the same call gives the same bytes. The program around
//! it is in `src/program`.
//!
//! ```
//! use amends::{built_in, inbox::message::Message, plan::Options, render::Templates, reply::reply};
//!
//! let book = built_in::phrasebook()?;
//! let message = Message::from_text("1", "My parcel has not arrived. Where is it?");
//! let options = Options::on("2026-11-23".parse().unwrap());
//! let record = reply(&book, &Templates::built_in(), &message, &options);
//! assert!(record.draft.unwrap().body.contains("I'm sorry"));
//! # Ok::<(), amends::phrasebook::Rejected>(())
//! ```

pub use amends_inbox as inbox;
pub use amends_language as language;
pub use amends_phrasebook as phrasebook;

// The stages, in order.
pub mod built_in;
pub mod facts;
pub mod reading;
pub mod retell;
pub mod plan;
pub mod render;
pub mod lint;
mod doubts;
pub mod reply;
pub mod record;
pub mod ledger;

// Tools for studying a phrasebook or a reading.
pub mod study;
