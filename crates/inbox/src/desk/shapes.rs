//! The table of what help desks export.

use super::path::{Condition, NOBODY, Path, Paths, People, Word};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// `desks.yaml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desks {
    /// Names under which a page keeps its tickets.
    pub pages: Vec<String>,
    pub people: Paths,
    /// What stands around tickets, and is none.
    frames: Vec<Condition>,
    /// Our channels, and what desks call them.
    channels: BTreeMap<String, Vec<Word>>,
    shapes: Vec<Shape>,
    pub tables: Vec<Table>,
    /// Names of what holds a message, the likeliest first.
    pub texts: Vec<String>,
}

/// The table is part of the program, and a test reads it.
pub static DESKS: LazyLock<Desks> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("desks.yaml"))
        .unwrap_or_else(|error| unreachable!("desks.yaml: {error}"))
});

/// One way a desk writes its tickets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    pub desk: String,
    has: Vec<Paths>,
    #[serde(default)]
    pub group: Option<Paths>,
    pub id: Paths,
    #[serde(default)]
    pub subject: Paths,
    #[serde(default)]
    pub created: Paths,
    #[serde(default)]
    pub name: Paths,
    #[serde(default)]
    pub surname: Paths,
    #[serde(default)]
    pub email: Paths,
    #[serde(default)]
    pub channel: Paths,
    #[serde(default)]
    pub lang: Paths,
    /// Any one of these says that it is spam, or thrown away.
    #[serde(default)]
    spam: BTreeMap<String, Spam>,
    #[serde(default)]
    pub first: Option<First>,
    pub comments: Paths,
    #[serde(default)]
    pub text: Paths,
    #[serde(default)]
    pub html: Paths,
    #[serde(default = "attachments")]
    pub files: Paths,
    #[serde(default)]
    pub name_of: Paths,
    #[serde(default)]
    pub email_of: Paths,
    pub who: Vec<Who>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Spam {
    One(Word),
    More(Vec<Word>),
}

/// A ticket's own first words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    #[serde(default)]
    pub alone: bool,
    #[serde(default)]
    pub cut: bool,
    #[serde(default)]
    pub at: Paths,
    #[serde(default)]
    pub text: Paths,
    #[serde(default)]
    pub html: Paths,
    pub who: Vec<Who>,
}

/// Whose a comment is, if the condition holds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    Customer(Condition),
    Ours(Condition),
    Note(Condition),
    Event(Condition),
}

/// Whose words a comment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Customer,
    Ours,
    /// Between agents: never shown to the customer, so never read.
    Note,
    /// What a program did.
    Event,
}

/// Whose it is; what no line speaks of is nobody's.
pub fn role(who: &[Who], comment: &Value, ticket: &Value, people: &People) -> Role {
    let held = who.iter().find_map(|who| {
        let (role, condition) = match who {
            Who::Customer(condition) => (Role::Customer, condition),
            Who::Ours(condition) => (Role::Ours, condition),
            Who::Note(condition) => (Role::Note, condition),
            Who::Event(condition) => (Role::Event, condition),
        };
        condition.holds(comment, ticket, people).then_some(role)
    });
    held.unwrap_or(Role::Event)
}

fn attachments() -> Paths {
    Paths(vec![Path::parse("attachments")])
}

impl Shape {
    pub fn is_of(&self, ticket: &Value) -> bool {
        ticket.is_object() && self.has.iter().all(|one_of| one_of.first(ticket, &NOBODY).is_some())
    }

    pub fn is_spam(&self, ticket: &Value, people: &People) -> bool {
        self.spam.iter().any(|(path, words)| {
            let words = match words {
                Spam::One(word) => std::slice::from_ref(word),
                Spam::More(words) => words,
            };
            let found = Path::parse(path).first(ticket, people).and_then(super::path::word);
            found.is_some_and(|found| words.iter().any(|word| word.0.eq_ignore_ascii_case(&found)))
        })
    }
}

impl Desks {
    /// The shape a ticket has.
    pub fn shape(&self, ticket: &Value) -> Option<&Shape> {
        self.shapes.iter().find(|shape| shape.is_of(ticket))
    }

    /// Where any desk keeps what was said.
    pub fn threads(&self) -> impl Iterator<Item = &Paths> {
        self.shapes.iter().map(|shape| &shape.comments)
    }

    pub fn is_frame(&self, value: &Value) -> bool {
        self.frames.iter().any(|frame| frame.holds(value, value, &NOBODY))
    }

    /// Our name of a desk's channel.
    pub fn channel(&self, theirs: &str) -> Option<&str> {
        let known = |words: &[Word]| words.iter().any(|word| word.0.eq_ignore_ascii_case(theirs));
        self.channels.iter().find(|(_, words)| known(words)).map(|(ours, _)| ours.as_str())
    }
}

/// A desk's table of tickets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub desk: String,
    has: Vec<Columns>,
    id: Vec<String>,
    text: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    name: Vec<String>,
    #[serde(default)]
    from: Vec<String>,
    #[serde(default)]
    date: Vec<String>,
    #[serde(default)]
    pub ours: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub private: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Columns {
    One(String),
    OneOf(Vec<String>),
}

impl Table {
    /// Whether these are its columns, all in lower case.
    pub fn is_of(&self, columns: &[String]) -> bool {
        let there = |name: &String| columns.contains(name);
        self.has.iter().all(|column| match column {
            Columns::One(name) => there(name),
            Columns::OneOf(names) => names.iter().any(there),
        })
    }

    /// Our fields, and the columns that may hold each.
    pub fn fields(&self) -> [(&'static str, &[String]); 6] {
        [
            ("text", &self.text),
            ("id", &self.id),
            ("subject", &self.subject),
            ("name", &self.name),
            ("from", &self.from),
            ("date", &self.date),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let desks = &*DESKS;
        for shape in &desks.shapes {
            assert!(!shape.text.0.is_empty() || !shape.html.0.is_empty(), "{}: no words", shape.desk);
            // A note is told before anything else, so that nobody's takes it for the customer's.
            let note = shape.who.iter().position(|who| matches!(who, Who::Note(_)));
            let words = shape.who.iter().position(|who| matches!(who, Who::Customer(_)));
            assert!(note < words && note.is_some(), "{}: notes come late", shape.desk);
        }
        for table in &desks.tables {
            let lower = |names: &[String]| names.iter().all(|name| *name == name.to_lowercase());
            assert!(table.fields().iter().all(|(_, names)| lower(names)), "{}", table.desk);
            assert!(!table.text.is_empty() && !table.id.is_empty());
        }
        assert_eq!(desks.channel("Twitter"), Some("social"));
        assert_eq!(desks.channel("email"), None);
    }
}
