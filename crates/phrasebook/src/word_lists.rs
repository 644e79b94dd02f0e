//! Lists of words that the program looks up by name: one row each, filled from a phrasebook's `words:`.

use amends_language::packed::Dictionary;
use serde::{Deserialize, Serialize};

macro_rules! word_lists {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        #[derive(Debug, Default, Serialize, Deserialize)]
        #[serde(bound(deserialize = "'de: 'static"))]
        pub struct WordLists {
            $($(#[$doc])* pub $name: WordList,)*
        }

        impl WordLists {
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// The list of a name.
            pub fn list(&mut self, name: &str) -> Option<&mut WordList> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

/// Words in lower case, each at most once, in the order of the file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct WordList(Dictionary);

impl WordList {
    pub fn add(&mut self, word: &str) {
        if !self.has(word) {
            self.0.insert(word, 0);
        }
    }

    pub fn has(&self, word: &str) -> bool {
        self.0.get(word).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| word)
    }
}

word_lists! {
    /// Words that tell a trouble.
    trouble_words,
    /// Words of a sentence that asks for something.
    /// Words at which a noun phrase has ended.
    item_ends,
    /// Nouns that name no particular thing.
    vague_nouns,
    /// Nouns of people, times, places and dealings: nothing that was bought.
    no_items,
    /// Words of teams and roles: nobody's name.
    roles,
    /// Words that look like names and are none.
    no_names,
    /// Local parts of addresses that several people read.
    shared_mailboxes,
    /// Titles before a name.
    titles,
    /// Words that are first names, too: "Bill", "Rose".
    word_names,
    /// Family names that stand before the first name.
    family_first,
    /// Words a closing line begins with: "thanks", "yours".
    farewells,
    /// Letters behind a name and its comma.
    suffixes,
    /// Words at which the thing they call theirs has ended.
    topic_ends,
    /// Nouns that are nobody's matter: "day", "mother".
    no_topics,
    /// Function words of the phrasebook's own language.
    function_words,
    /// The words most texts are made of.
    common,
    /// Words for a person who takes over: "manager".
    takes_over,
    /// Words that take a conversation out of public view.
    privately,
    /// Words of people's private lives, which aren't repeated in public.
    private_life,
    /// Stems too general to show which issue a step is about.
    general_steps,
    /// Stems that say nothing about the subject of a reply.
    common_stems,
    /// Words before a date that has passed: "ordered", "sent".
    before_past_dates,
}
