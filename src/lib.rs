//! A complaint goes in, a draft of a reply comes out.
//!
//! # The way of a message
//!
//! ```text
//! bytes ─ intake ─ mail ─ newest ─ facts ─ classify ─ reflect ─ plan ─ render ─ lint ─ output
//!         records  MIME   quotes,  names,  issues,    their     moves, Tera     rules  text,
//!         of a     who    signa-   dates,  tone, who, clauses   dates  channel  held   JSON,
//!         format,  html   tures    sums    wants,     turned           and      against .eml
//!         mbox                             risks      round            length   it
//! ```
//!
//! One module a stage, in this order; each uses only those above it in the list below, and a
//! test says so. Under them lie what all share: words with their byte offsets ([`words`]), the
//! phrase language ([`phrase`]) and its index ([`index`]), and errors with a place
//! ([`diagnostic`]). What is known and said is the [`phrasebook`]'s: raw YAML with spans becomes
//! checked tables in one step, and every fault is reported.
//!
//! The library reads no clock, file or stream (a template directory is the exception, named by
//! the caller): the day, the agent and the message come in as arguments, so the same call gives
//! the same bytes. The program around it is `app.rs`.
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
pub mod reply;
pub mod record;

// What is asked of a phrasebook, and of a reading.
pub mod study;
