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
    /// Words a clause that is told back may hold, by their stems.
    known,
    /// Words that open a clause and are left out: "and", "so".
    openers,
    /// Words that make a clause depend on another: "which", "because".
    dependent,
    /// Words that say nothing: "just", "really".
    fillers,
    /// What a clause told back may begin with: "my", "it".
    subjects,
    /// Words never told back: heat, threats, private matters.
    refused,
    /// Verbs, by which a clause is known to have one.
    verbs,
    /// Words that tell a trouble.
    trouble_words,
    /// Finite verbs of which a clause told back has one.
    finite,
    /// Phrases too vague to be told back.
    vague_phrases,
    /// Words of questions asked to scold, not to know.
    rhetorical,
    /// Words at the start of a question that say nothing.
    question_fillers,
    /// Verbs in their base form, as they stand behind "did" and "can".
    base_verbs,
    /// Words at which the subject of a question has ended.
    subject_ends,
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
    /// Stems too general to show which issue a step is about.
    general_steps,
    /// Stems that say nothing about the subject of a reply.
    common_stems,
    /// Words before a date that has passed: "ordered", "sent".
    before_past_dates,
}
