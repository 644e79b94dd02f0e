//! The numbers a reading is decided by: one row each, with what it is unless a phrasebook's
//! `thresholds:` says otherwise.

use serde::{Deserialize, Serialize};

macro_rules! thresholds {
    ($($(#[$doc:meta])* $name:ident: $usual:literal,)*) => {
        /// Sums of phrase weights, unless said otherwise.
        #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
        pub struct Thresholds {
            $($(#[$doc])* pub $name: f32,)*
        }

        impl Default for Thresholds {
            fn default() -> Self {
                Self { $($name: $usual,)* }
            }
        }

        impl Thresholds {
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// Sets one by its name; a name that is none changes nothing.
            pub fn set(&mut self, name: &str, value: f32) {
                match name {
                    $(stringify!($name) => self.$name = value,)*
                    _ => {}
                }
            }
        }
    };
}

thresholds! {
    /// The least with which an issue is found.
    least: 0.9,
    /// From this weight on a phrase names an issue by itself, beside another one, too.
    plain: 1.5,
    /// Of 1: how strongly an issue must show in praise or small talk, or to be a risk.
    strong: 0.59,
    /// How far the signs of a complaint must outweigh praise and small talk.
    complaint: 0.95,
    /// Sarcasm that can't be meant otherwise.
    scorn: 3.0,
    /// Sarcasm that mocks beside any sign of trouble.
    mockery: 2.0,
    /// As much praise as manners ask for.
    manners: 2.0,
    /// More praise than one exclamation.
    much_praise: 3.5,
    /// One plain insult to us.
    insult: 3.0,
    /// The sum of phrases from which a sender is no customer.
    sender: 4.0,
    /// Messages of no more words are read by phrases alone.
    brief: 30.0,
    /// Probability by words from which a complaint isn't thanked, and is answered as one, whatever phrases say.
    overrule: 0.8,
    /// Probability by words from which a post or review is praise, whatever phrases say.
    calm_post: 0.95,
    /// The same for a line or two in a chat or letter being a question or request.
    calm_line: 0.8,
    /// Probability by words that what phrases alone say needs: an issue to be named, praise to be thanked.
    agreement: 0.2,
    /// Probability from which a message is answered as a complaint.
    complaint_chance: 0.6,
    /// Probability from which it counts as praise.
    praise_chance: 0.6,
    /// Probability from which praise is thanked: thanks for a complaint costs more than cool words for praise.
    thanks_chance: 0.9,
    /// Probability from which an issue is listed.
    issue_chance: 0.3,
    /// The same for the likeliest one in a request or question.
    first_chance: 0.03,
    /// Probability from which a reply names an issue.
    sure: 0.85,
    /// Probability from which something counts as asked for.
    want_chance: 0.45,
    /// Probability from which a risk is listed.
    risk_chance: 0.5,
    /// The same for someone who may not want to live: missing it costs more than being wrong.
    danger_chance: 0.3,
    /// Probability from which a person must take over.
    hold_chance: 0.3,
    /// The same where nothing says why.
    unclear_chance: 0.4,
}
