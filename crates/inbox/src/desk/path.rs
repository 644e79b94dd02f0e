//! Places in a ticket and what must stand there, as `desks.yaml` writes them.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The people of a page, by id.
pub type People = HashMap<String, Value>;

/// Where there are none.
pub static NOBODY: LazyLock<People> = LazyLock::new(People::new);

/// `requester.email`, `comments.*.body`, `messages.-1.text`, `author_id->name`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A field, or an item of a list by its number.
    Key(String),
    Each,
    /// From an id to the person.
    Person,
}

impl Path {
    pub fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        for (n, part) in text.split("->").enumerate() {
            if n > 0 {
                steps.push(Step::Person);
            }
            steps.extend(part.split('.').filter(|key| !key.is_empty()).map(|key| match key {
                "*" => Step::Each,
                key => Step::Key(key.to_owned()),
            }));
        }
        Self(steps)
    }

    /// The first value there that isn't null.
    pub fn first<'a>(&self, value: &'a Value, people: &'a People) -> Option<&'a Value> {
        first(&self.0, value, people)
    }

    /// The same, of a record's fields.
    pub fn of_fields<'a>(&self, fields: &'a Map<String, Value>) -> Option<&'a Value> {
        let (begin, rest) = self.0.split_first()?;
        match begin {
            Step::Key(key) => first(rest, fields.get(key)?, &NOBODY),
            _ => None,
        }
    }

    /// Every value there; the items of a list that ends the path.
    pub fn items<'a>(&self, value: &'a Value, people: &'a People) -> Vec<&'a Value> {
        let mut found = Vec::new();
        all(&self.0, value, people, &mut found);
        match found.as_slice() {
            [Value::Array(items)] => items.iter().collect(),
            _ => found,
        }
    }

    /// The field of the ticket it begins with.
    pub fn head(&self) -> Option<&str> {
        match self.0.first() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        }
    }
}

fn key<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields.get(key),
        Value::Array(items) => {
            let at: isize = key.parse().ok()?;
            let at = if at < 0 { items.len().checked_add_signed(at)? } else { at as usize };
            items.get(at)
        }
        _ => None,
    }
}

fn person<'a>(value: &Value, people: &'a People) -> Option<&'a Value> {
    people.get(&word(value)?)
}

fn first<'a>(steps: &[Step], value: &'a Value, people: &'a People) -> Option<&'a Value> {
    let Some((step, rest)) = steps.split_first() else { return Some(value).filter(|v| !v.is_null()) };
    match step {
        Step::Key(name) => first(rest, key(value, name)?, people),
        Step::Person => first(rest, person(value, people)?, people),
        Step::Each => match value {
            Value::Array(items) => items.iter().find_map(|item| first(rest, item, people)),
            Value::Object(fields) => fields.values().find_map(|item| first(rest, item, people)),
            _ => None,
        },
    }
}

fn all<'a>(steps: &[Step], value: &'a Value, people: &'a People, found: &mut Vec<&'a Value>) {
    let Some((step, rest)) = steps.split_first() else {
        found.extend(Some(value).filter(|v| !v.is_null()));
        return;
    };
    match (step, value) {
        (Step::Key(name), _) => key(value, name).into_iter().for_each(|v| all(rest, v, people, found)),
        (Step::Person, _) => person(value, people).into_iter().for_each(|v| all(rest, v, people, found)),
        (Step::Each, Value::Array(items)) => items.iter().for_each(|v| all(rest, v, people, found)),
        (Step::Each, Value::Object(fields)) => fields.values().for_each(|v| all(rest, v, people, found)),
        (Step::Each, _) => {}
    }
}

/// A value as one word to compare, or to be shown: what is a list or a map is none.
pub fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self::parse(&text))
    }
}

/// One of several paths, each of which may do.
#[derive(Debug, Clone, Default)]
pub struct Paths(pub Vec<Path>);

impl Paths {
    pub fn first<'a>(&self, value: &'a Value, people: &'a People) -> Option<&'a Value> {
        self.0.iter().find_map(|path| path.first(value, people))
    }

    /// The first word there that isn't blank.
    pub fn word(&self, value: &Value, people: &People) -> Option<String> {
        let words = self.0.iter().filter_map(|path| word(path.first(value, people)?));
        words.map(|word| word.trim().to_owned()).find(|word| !word.is_empty())
    }

    /// The items of the first of them that has any.
    pub fn items<'a>(&self, value: &'a Value, people: &'a People) -> Vec<&'a Value> {
        self.0
            .iter()
            .map(|path| path.items(value, people))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(match OneOrMore::deserialize(from)? {
            OneOrMore::One(one) => vec![Path::parse(&one.0)],
            OneOrMore::More(more) => more.iter().map(|text| Path::parse(&text.0)).collect(),
        }))
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Word),
    More(Vec<Word>),
}

/// A string, number or truth value, as one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(pub String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Any {
            Truth(bool),
            Number(i64),
            Text(String),
        }
        Ok(Self(match Option::<Any>::deserialize(from)? {
            None => "~".into(),
            Some(Any::Truth(truth)) => truth.to_string(),
            Some(Any::Number(number)) => number.to_string(),
            Some(Any::Text(text)) => text,
        }))
    }
}

/// What must hold of a record, all of it: a place, and the values that will do there.
#[derive(Debug, Clone, Default)]
pub struct Condition(Vec<(Path, Vec<Wanted>)>);

#[derive(Debug, Clone)]
enum Wanted {
    Nothing,
    Anything,
    /// What stands at this place of the ticket.
    Same(Path),
    Word(String),
}

impl Condition {
    pub fn holds(&self, record: &Value, ticket: &Value, people: &People) -> bool {
        self.0.iter().all(|(path, wanted)| {
            let found = path.first(record, people);
            wanted.iter().any(|wanted| match wanted {
                Wanted::Nothing => found.is_none_or(is_blank),
                Wanted::Anything => found.is_some_and(|value| !is_blank(value)),
                Wanted::Same(of) => {
                    let same = of.first(ticket, people).and_then(word);
                    same.is_some() && same == found.and_then(word)
                }
                Wanted::Word(this) => {
                    found.and_then(word).is_some_and(|word| word.eq_ignore_ascii_case(this))
                }
            })
        })
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Null => true,
        _ => false,
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let table = BTreeMap::<String, Option<OneOrMore>>::deserialize(from)?;
        let wanted = |word: Word| match word.0.as_str() {
            "~" => Wanted::Nothing,
            "any" => Wanted::Anything,
            text => match text.strip_prefix('=') {
                Some(path) => Wanted::Same(Path::parse(path)),
                None => Wanted::Word(word.0),
            },
        };
        let places = table.into_iter().map(|(path, values)| {
            let values = match values {
                None => vec![Wanted::Nothing],
                Some(OneOrMore::One(one)) => vec![wanted(one)],
                Some(OneOrMore::More(more)) => more.into_iter().map(wanted).collect(),
            };
            (Path::parse(&path), values)
        });
        Ok(Self(places.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_finds_its_place() {
        let people = People::from([("7".to_owned(), json!({"name": "Ann"}))]);
        let ticket = json!({"by": 7, "to": [{"a": null}, {"a": "x"}], "map": {"1": {"b": 2}}});
        let at = |path: &str| Path::parse(path).first(&ticket, &people).and_then(word);
        for (path, found) in [
            ("by->name", Some("Ann")),
            ("to.*.a", Some("x")),
            ("to.1.a", Some("x")),
            ("to.-1.a", Some("x")),
            ("to.0.a", None),
            ("to.-3.a", None),
            ("map.*.b", Some("2")),
            ("by.name", None),
        ] {
            assert_eq!(at(path).as_deref(), found, "{path}");
        }
        assert_eq!(Path::parse("to").items(&ticket, &people).len(), 2);
        assert_eq!(Path::parse("map.*").items(&ticket, &people).len(), 1);
    }
}
