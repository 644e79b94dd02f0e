//! The word classes of `data/grammar.txt` as bits, and the tables of irregular verbs and of slips.
#![allow(missing_docs, reason = "each constant is a line of data/grammar.txt")]

/// The open classes, which the lexicon gives.
pub const NOUN: u64 = 1;
pub const PLURAL: u64 = 1 << 1;
pub const ADJECTIVE: u64 = 1 << 2;
pub const LEXICAL_ADVERB: u64 = 1 << 3;
pub const BASE: u64 = 1 << 4;
pub const THIRD_PERSON: u64 = 1 << 5;
pub const PAST: u64 = 1 << 6;
pub const PARTICIPLE: u64 = 1 << 7;
pub const GERUND: u64 = 1 << 8;
pub const VERBAL: u64 = BASE | THIRD_PERSON | PAST | PARTICIPLE | GERUND;

include!(concat!(env!("OUT_DIR"), "/class.rs"));
