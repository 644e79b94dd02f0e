//! Tickets as help desks export them. What desks there are and how they write is told by `desks.yaml`.

mod path;
mod shapes;
mod tables;
mod ticket;
mod values;

pub(crate) use path::{NOBODY, Path};
use path::{People, word};
use shapes::{DESKS, Shape};
pub use tables::{Other, Table, likeliest, table};

use crate::formats::{self, LARGEST, Rename, Unread};
use crate::message::{Channel, Message};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::{self, BufRead};
use std::sync::Arc;
use values::{Raw, values};

/// One ticket of an export, not yet read.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Where the value it came from begins.
    pub line: usize,
    /// What it is called, if several came from one value.
    pub id: Option<String>,
    pub bytes: Vec<u8>,
    people: Arc<People>,
}

impl Ticket {
    /// `own` are our addresses, as for a mail.
    pub fn read(&self, renames: &[Rename], own: &[&str]) -> Result<Message, Unread> {
        let value: Value = serde_json::from_slice(&self.bytes)
            .map_err(|error| Unread::new(&self.line.to_string(), self.line, &error.to_string()))?;
        match DESKS.shape(&value) {
            Some(shape) => ticket::read(self.line, shape, value, &self.people, renames, own),
            None => formats::record(self.line, &self.bytes, renames, own),
        }
    }
}

/// Reads a record that is a ticket, if it is.
pub fn one(
    line: usize,
    record: &Map<String, Value>,
    renames: &[Rename],
    own: &[&str],
) -> Option<Result<Message, Unread>> {
    let value = Value::Object(record.clone());
    let shape = DESKS.shape(&value).filter(|shape| shape.group.is_none())?;
    Some(ticket::read(line, shape, value, &NOBODY, renames, own))
}

/// Our name of a desk's channel, if it has one.
pub fn channel(theirs: &str) -> Option<&str> {
    let theirs = theirs.trim();
    DESKS.channel(theirs).or_else(|| Channel::parse(&theirs.to_lowercase()).map(Channel::name))
}

/// How much of a file is looked at to tell an export.
pub const HEAD: usize = 256 << 10;

/// Whether the beginning of a file may be JSON.
pub fn may_be(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    head.starts_with(b"{") || head.starts_with(b"[")
}

/// Whether a file is a desk's export, by its beginning.
pub fn is_export(head: &[u8]) -> bool {
    if !may_be(head) {
        return false;
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let Ok(value) = serde_json::from_slice::<Value>(&values::closed(head)) else { return false };
    // A record of ours holds its words itself.
    if value.get("text").is_some_and(Value::is_string) {
        return false;
    }
    let mut found = Vec::new();
    let page = value.is_object();
    unwrap(value, 0, &mut found);
    // A page may be empty.
    found.first().map_or(page, |value| DESKS.shape(value).is_some())
}

/// The tickets of an export; messages that are kept apart are put together at its end.
pub fn tickets(reader: impl BufRead) -> impl Iterator<Item = io::Result<Result<Ticket, Unread>>> {
    let mut values = values(reader, LARGEST);
    let mut ready = Vec::new().into_iter();
    let mut groups = Groups::default();
    let mut done = false;
    std::iter::from_fn(move || {
        loop {
            if let Some(ticket) = ready.next() {
                return Some(Ok(ticket));
            }
            if done {
                return None;
            }
            let next = match values.next() {
                Some(Ok(raw)) => of_value(raw, &mut groups),
                Some(Err(error)) => {
                    done = true;
                    return Some(Err(error));
                }
                None => {
                    done = true;
                    std::mem::take(&mut groups).tickets()
                }
            };
            ready = next.into_iter();
        }
    })
}

/// The tickets of one value.
fn of_value(raw: Raw, groups: &mut Groups) -> Vec<Result<Ticket, Unread>> {
    let unread = |line: usize, message: &str| vec![Err(Unread::new(&line.to_string(), line, message))];
    if raw.cut {
        let message = format!(
            "this JSON value is larger than {} MiB; give the tickets one a line, as jq -c '.tickets[]' does",
            LARGEST >> 20
        );
        return unread(raw.line, &message);
    }
    let value = match serde_json::from_slice::<Value>(&raw.bytes) {
        Ok(value) => value,
        Err(error) => {
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text);
            let line = raw.line + error.line().saturating_sub(1);
            return unread(line, &format!("not valid JSON at column {}: {reason}", error.column()));
        }
    };
    if !value.is_object() && !value.is_array() {
        return unread(raw.line, "a ticket must be a JSON object");
    }
    let people = Arc::new(people(&value));
    let mut found = Vec::new();
    unwrap(value, 0, &mut found);
    let several = found.len() > 1;
    let mut tickets = Vec::new();
    for value in found {
        let shape = DESKS.shape(&value);
        if let Some((shape, key)) =
            shape.and_then(|shape| Some((shape, shape.group.as_ref()?.word(&value, &people)?)))
        {
            groups.add(raw.line, shape, key, value, &people);
            continue;
        }
        let id = shape.and_then(|shape| shape.id.word(&value, &people)).filter(|_| several);
        let bytes = serde_json::to_vec(&value).unwrap_or_default();
        tickets.push(Ok(Ticket { line: raw.line, id, bytes, people: people.clone() }));
    }
    tickets
}

/// How deep a page may lie in others.
const DEEPEST: usize = 4;

/// The tickets of a page, or the one ticket it is.
fn unwrap(value: Value, depth: usize, found: &mut Vec<Value>) {
    if DESKS.shape(&value).is_some() {
        found.push(value);
        return;
    }
    match value {
        Value::Array(items) if depth < DEEPEST => {
            items.into_iter().for_each(|item| unwrap(item, depth + 1, found));
        }
        frame if DESKS.is_frame(&frame) => {}
        Value::Object(mut fields) if depth < DEEPEST => {
            if let Some(tickets) = of_assets(&mut fields) {
                found.extend(tickets);
                return;
            }
            let page = DESKS
                .pages
                .iter()
                .find(|page| fields.get(*page).is_some_and(|v| v.is_array() || v.is_object()));
            match page.and_then(|page| fields.shift_remove(page).map(|inner| (page, inner))) {
                Some((_, mut inner)) => {
                    if let Value::Object(ticket) = &mut inner {
                        join(ticket, fields);
                    }
                    unwrap(inner, depth + 1, found);
                }
                None => found.push(Value::Object(fields)),
            }
        }
        Value::Object(fields) => found.push(Value::Object(fields)),
        _ => {}
    }
}

/// A ticket beside its comments: `{"ticket": {…}, "comments": […]}`.
fn join(ticket: &mut Map<String, Value>, beside: Map<String, Value>) {
    for (name, value) in beside {
        if matches!(
            name.as_str(),
            "comments" | "conversations" | "messages" | "articles" | "article" | "thread"
        ) {
            ticket.entry(name).or_insert(value);
        }
    }
}

/// Zammad's tickets as `all=true` gives them: by id, with articles and people beside them.
fn of_assets(page: &mut Map<String, Value>) -> Option<Vec<Value>> {
    let assets = page.get_mut("assets")?.as_object_mut()?;
    let articles = assets.get("TicketArticle").and_then(Value::as_object).cloned().unwrap_or_default();
    let Value::Object(tickets) = assets.get("Ticket")?.clone() else { return None };
    let asked = page.get("ticket_id").or_else(|| page.get("id")).and_then(word);
    let tickets = tickets.into_iter().filter(|(id, _)| asked.as_ref().is_none_or(|asked| asked == id));
    let whole = tickets.filter_map(|(id, ticket)| {
        let Value::Object(mut ticket) = ticket else { return None };
        let of_it = |article: &&Value| article.get("ticket_id").and_then(word).as_ref() == Some(&id);
        ticket.insert("articles".into(), articles.values().filter(of_it).cloned().collect());
        Some(Value::Object(ticket))
    });
    Some(whole.collect())
}

/// The people of a page by their ids.
fn people(page: &Value) -> People {
    let mut people = People::new();
    for person in DESKS.people.0.iter().flat_map(|path| path.items(page, &NOBODY)) {
        if let Some(id) = person.get("id").and_then(word) {
            people.entry(id).or_insert_with(|| person.clone());
        }
    }
    people
}

/// Messages put together as their tickets, in the order these came.
#[derive(Default)]
struct Groups {
    places: HashMap<String, usize>,
    tickets: Vec<Group>,
}

struct Group {
    line: usize,
    id: String,
    messages: Vec<Value>,
    people: Arc<People>,
}

impl Groups {
    fn add(&mut self, line: usize, shape: &Shape, key: String, message: Value, people: &Arc<People>) {
        let id = key.rsplit('/').next().unwrap_or(&key).to_owned();
        let at = *self.places.entry(format!("{} {id}", shape.desk)).or_insert(self.tickets.len());
        if at == self.tickets.len() {
            self.tickets.push(Group { line, id, messages: Vec::new(), people: people.clone() });
        }
        self.tickets[at].messages.push(message);
    }

    fn tickets(self) -> Vec<Result<Ticket, Unread>> {
        let ticket = |group: Group| {
            let Group { line, id, messages, people } = group;
            // So shaped, the messages are known again as what they are.
            let mut whole = messages.first().and_then(Value::as_object).cloned().unwrap_or_default();
            whole.insert("id".into(), id.clone().into());
            whole.insert("messages".into(), messages.into());
            let bytes = serde_json::to_vec(&whole).unwrap_or_default();
            Ok(Ticket { line, id: Some(id), bytes, people })
        };
        self.tickets.into_iter().map(ticket).collect()
    }
}
