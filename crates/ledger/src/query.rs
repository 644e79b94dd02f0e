//! A search as typed: words, and `field:value`.

use crate::error::{Error, Result};
use crate::labels::{APART_ISSUE, FIELDS};
use jiff::civil::Date;

/// Fields that are no label.
pub(crate) const MORE_FIELDS: &[(&str, &str)] = &[
    ("from", "the customer's address"),
    ("id", "the message's id"),
    ("since", "the first day it came, 2026-11-01"),
    ("until", "the last day"),
    ("promise", "open, overdue, kept, late, broken or withdrawn"),
];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) words: Vec<String>,
    pub(crate) filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    Label { fields: Vec<&'static str>, value: String },
    Held,
    From(String),
    Id(String),
    Number(i64),
    Since(Date),
    Until(Date),
    Promise(&'static str),
}

/// How a state of promises is found; `?` is today.
pub(crate) const STATES: &[(&str, &str)] = &[
    ("open", "state = 0 AND due >= ?"),
    ("overdue", "state = 0 AND due < ?"),
    ("kept", "state = 1 AND ended <= due AND ? = ?"),
    ("late", "state = 1 AND ended > due AND ? = ?"),
    ("broken", "state = 2 AND ? = ?"),
    ("withdrawn", "state = 3 AND ? = ?"),
];

impl Query {
    /// Of the arguments as typed; each is a word, a phrase, or `field:value`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut query = Self::default();
        for argument in arguments {
            match argument.split_once(':') {
                Some((field, value)) if is_field_name(field) => {
                    query.filters.push(filter(field, value.trim())?)
                }
                _ => query.words.extend(argument.split_whitespace().map(str::to_owned)),
            }
        }
        // Marks alone are no words to the index.
        query.words.retain(|word| word.chars().any(char::is_alphanumeric));
        if query == Self::default() {
            return Err(Error::Query(
                "there is nothing to look for; name a word, or issue:late_delivery".into(),
            ));
        }
        Ok(query)
    }

    /// One message, by its number here.
    pub(crate) fn of_number(number: i64) -> Self {
        Self { filters: vec![Filter::Number(number)], ..Self::default() }
    }

    /// In the index's own language: every word, each taken as it stands.
    pub(crate) fn words(&self) -> String {
        let quoted = |word: &String| match word.strip_suffix('*') {
            Some(stem) => format!("\"{}\"*", stem.replace('"', "\"\"")),
            None => format!("\"{}\"", word.replace('"', "\"\"")),
        };
        self.words.iter().map(quoted).collect::<Vec<_>>().join(" ")
    }
}

/// "issue", but not the "10" of "10:30" or the "https" of an address.
fn is_field_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase())
        && !["http", "https", "mailto"].contains(&name)
}

fn filter(field: &str, value: &str) -> Result<Filter> {
    if value.is_empty() {
        return Err(Error::Query(format!(
            "{field}: has no value; write it as {field}:VALUE, without a space"
        )));
    }
    let date = || {
        let wrong = || Error::Query(format!("{field}: takes a day, as {field}:2026-11-23"));
        value.parse::<Date>().map_err(|_| wrong())
    };
    Ok(match field {
        "from" => Filter::From(value.to_owned()),
        "id" => Filter::Id(value.to_owned()),
        "since" => Filter::Since(date()?),
        "until" => Filter::Until(date()?),
        "promise" => match STATES.iter().find(|(state, _)| *state == value) {
            Some((_, sql)) => Filter::Promise(sql),
            None => {
                let states: Vec<&str> = STATES.iter().map(|(state, _)| *state).collect();
                return Err(Error::Query(format!("promise: takes one of {}", states.join(", "))));
            }
        },
        "hold" if value == "yes" => Filter::Held,
        "issue" => Filter::Label { fields: vec!["issue", APART_ISSUE], value: value.to_owned() },
        _ => match FIELDS.iter().find(|(name, _)| *name == field) {
            Some((name, _)) => Filter::Label { fields: vec![name], value: value.to_owned() },
            None => {
                let known: Vec<&str> = FIELDS.iter().chain(MORE_FIELDS).map(|(name, _)| *name).collect();
                return Err(Error::Query(format!(
                    "there is no field \"{field}\"; choose from {}, or leave out the colon",
                    known.join(", ")
                )));
            }
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[&str]) -> Result<Query> {
        Query::parse(&text.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn words_and_fields_are_told_apart() {
        let query =
            parse(&["late boots", "10:30", "issue:refund", "since:2026-11-01", "A-44*", "--"]).unwrap();
        assert_eq!(query.words(), r#""late" "boots" "10:30" "A-44"*"#);
        assert_eq!(
            query.filters,
            [
                Filter::Label { fields: vec!["issue", APART_ISSUE], value: "refund".into() },
                Filter::Since("2026-11-01".parse().unwrap())
            ]
        );
        assert_eq!(parse(&["say \"hi\""]).unwrap().words(), r#""say" """hi""""#);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (text, why) in [
            (&["issues:refund"][..], "no field \"issues\"; choose from issue, cause"),
            (&["since:May"], "since:2026-11-23"),
            (&["tone:"], "without a space"),
            (&["promise:held"], "open, overdue, kept, late, broken, withdrawn"),
            (&["?!"], "nothing to look for"),
            (&[], "nothing to look for"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
