//! A ticket as a message: the customer's latest words, and the thread as history.

use super::path::{Path, Paths, People, word};
use super::shapes::{DESKS, First, Role, Shape, role};
use crate::formats::{FIELDS, Rename, Unread, day};
use crate::html;
use crate::mail::{self, plain};
use crate::message::{Channel, Message, one_line};
use crate::newest;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz};
use serde_json::Value;

/// One of the thread's messages.
struct Comment {
    role: Role,
    text: String,
    files: bool,
    /// Only a beginning.
    cut: bool,
    at: Option<Timestamp>,
    /// The day it was where it was written.
    day: Option<Date>,
    name: Option<String>,
    email: Option<String>,
}

/// Reads a ticket of this shape; `renames` go before what the desk's own names say.
pub fn read(
    line: usize,
    shape: &Shape,
    ticket: Value,
    people: &People,
    renames: &[Rename],
    own: &[&str],
) -> Result<Message, Unread> {
    let mut thread = thread(shape, &ticket, people);
    let given = |field: &str| {
        let (_, theirs) = renames.iter().find(|(ours, _)| ours == field)?;
        Path::parse(theirs).first(&ticket, people).and_then(word)
    };
    let id = given("id").or_else(|| shape.id.word(&ticket, people)).unwrap_or_else(|| line.to_string());
    // A conversation's address ends with its id.
    let id = id.rsplit('/').next().unwrap_or(&id).to_owned();
    for (field, theirs) in renames.iter().filter(|(field, _)| FIELDS.contains(&field.as_str())) {
        if given(field).is_none() && field == "text" {
            let message = format!("this ticket has nothing at \"{}\"", one_line(theirs));
            return Err(Unread::new(&id, line, &message));
        }
    }
    let last = thread.iter().rposition(|comment| comment.role == Role::Customer);
    let author = last.map(|last| (thread[last].name.take(), thread[last].email.take()));
    let (by, from) = author.unwrap_or_default();
    let name = given("name").or_else(|| name(shape, &ticket, people)).or(by);
    let from =
        given("from").or_else(|| shape.email.word(&ticket, people).filter(|m| m.contains('@'))).or(from);
    let channel = given("channel").or_else(|| shape.channel.word(&ticket, people)).unwrap_or_default();
    let mut message = Message {
        channel: super::channel(&channel).and_then(Channel::parse).unwrap_or_default(),
        subject: given("subject").or_else(|| subject(shape, &ticket, people)),
        lang: given("lang").or_else(|| shape.lang.word(&ticket, people)),
        sent: last
            .and_then(|last| thread[last].day)
            .or_else(|| when(shape.created.first(&ticket, people)?).1),
        ..Message::default()
    };
    match given("text") {
        Some(text) => {
            message.take_text(&plain::unmarked(&text));
        }
        None => take_thread(&mut message, &thread, last),
    }
    if given("text").is_none() {
        message.history = history(&thread, last, message.history.take());
    }
    if let Some(history) = given("history") {
        message.history = Some(history);
    }
    who_writes(&mut message, name, from, &given("to").unwrap_or_default(), own);
    if let Some(date) = given("date") {
        message.sent = day(&date);
    }
    mail::judge(&mut message);
    let latest = thread.iter().rev().find(|comment| matches!(comment.role, Role::Customer | Role::Ours));
    if shape.is_spam(&ticket, people) {
        message.machine = Some(format!("{} has marked it as spam, or deleted it", shape.desk));
    } else if latest.is_some_and(|comment| comment.role == Role::Ours) && given("text").is_none() {
        message.machine = Some("the last public word in this ticket is ours".into());
    }
    message.input = carried(shape, ticket);
    message.id = id;
    message.finish();
    Ok(message)
}

/// The subject, unless it is what the desk puts for none.
fn subject(shape: &Shape, ticket: &Value, people: &People) -> Option<String> {
    let subject = plain::unmarked(&shape.subject.word(ticket, people)?);
    let none = ["no subject", "untitled", "no title"];
    let bare = subject.trim().trim_matches(['(', ')', '<', '>', '[', ']']);
    (!none.iter().any(|none| bare.eq_ignore_ascii_case(none))).then_some(subject)
}

/// The ticket's words in the order they were written.
fn thread(shape: &Shape, ticket: &Value, people: &People) -> Vec<Comment> {
    let mut comments = shape.comments.items(ticket, people);
    comments.retain(|comment| comment.is_object());
    let mut thread: Vec<Comment> = Vec::new();
    if let Some(first) = &shape.first
        && (!first.alone || comments.is_empty())
    {
        thread.extend(first_words(shape, first, ticket, people));
    }
    thread.extend(comments.into_iter().map(|comment| {
        let (at, day) = written(comment).unwrap_or_default();
        Comment {
            role: role(&shape.who, comment, ticket, people),
            text: words(&shape.text, &shape.html, comment, people),
            files: !shape.files.items(comment, people).is_empty(),
            cut: false,
            at,
            day,
            name: shape.name_of.word(comment, people).map(|name| name_alone(&name)),
            email: shape.email_of.word(comment, people).filter(|email| email.contains('@')),
        }
    }));
    // A list may begin with the newest. Without a time for each there is no telling.
    let first = thread.iter().position(|comment| comment.at.is_some()).unwrap_or(0);
    if thread[first.min(thread.len())..].iter().all(|comment| comment.at.is_some()) {
        thread[first..].sort_by_key(|comment| comment.at);
    }
    thread
}

fn first_words(shape: &Shape, first: &First, ticket: &Value, people: &People) -> Option<Comment> {
    let at = if first.at.0.is_empty() { ticket } else { first.at.first(ticket, people)? };
    let text = words(&first.text, &first.html, at, people);
    let files = !shape.files.items(at, people).is_empty();
    if text.trim().is_empty() && !files {
        return None;
    }
    let (time, day) =
        written(at).or_else(|| shape.created.first(ticket, people).map(when)).unwrap_or_default();
    let author = at.get("author");
    let of_author = |key: &str| author.and_then(|author| author.get(key)).and_then(word);
    Some(Comment {
        role: role(&first.who, at, ticket, people),
        text,
        files,
        cut: first.cut,
        at: time,
        day,
        name: shape.name_of.word(at, people).or_else(|| of_author("name")),
        email: of_author("email").filter(|email| email.contains('@')),
    })
}

/// What a comment says: its HTML where it keeps some, since desks run the lines of the plain text together.
fn words(text: &Paths, html: &Paths, comment: &Value, people: &People) -> String {
    let marked = html.word(comment, people).map(|source| match source.contains('<') {
        true => html::to_text(&source),
        false => plain::unmarked(&source),
    });
    marked
        .filter(|text| !text.trim().is_empty())
        .or_else(|| text.word(comment, people).map(|text| plain::unmarked(&text)))
        .unwrap_or_default()
}

fn name(shape: &Shape, ticket: &Value, people: &People) -> Option<String> {
    let first = shape.name.word(ticket, people);
    let last = shape.surname.word(ticket, people);
    let name = [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = name_alone(&name);
    // Desks put the address where they know no name.
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

/// `Ann Lee` of `Ann Lee <ann@x.example>`.
fn name_alone(name: &str) -> String {
    one_line(name.split('<').next().unwrap_or("")).trim_matches(['"', ' ']).to_owned()
}

/// When a comment was written.
fn written(comment: &Value) -> Option<(Option<Timestamp>, Option<Date>)> {
    const KEYS: &[&str] =
        &["created_at", "createdAt", "created_datetime", "created", "sent_datetime", "posted_at"];
    KEYS.iter().find_map(|key| comment.get(key)).map(when)
}

/// When, and the day it was there: a date, or seconds since 1970.
fn when(value: &Value) -> (Option<Timestamp>, Option<Date>) {
    let seconds = |seconds: f64| {
        // Thousandths are in use too.
        let seconds = if seconds > 1e11 { seconds / 1e3 } else { seconds };
        let at = Timestamp::from_second(seconds as i64).ok();
        (at, at.map(|at| at.to_zoned(tz::TimeZone::UTC).date()))
    };
    match value {
        Value::Number(number) => number.as_f64().map_or((None, None), seconds),
        Value::String(text) if text.len() > 8 && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().map_or((None, None), seconds)
        }
        Value::String(text) => {
            let text = text.trim();
            let spaced = || text.replacen(' ', "T", 1).parse::<DateTime>().ok();
            let civil = || spaced().and_then(|time| time.to_zoned(tz::TimeZone::UTC).ok());
            let at = text.parse().ok().or_else(|| civil().map(|zoned| zoned.timestamp()));
            (at, day(text))
        }
        _ => (None, None),
    }
}

/// Their words since our last answer, the newest with its signature and quotes taken apart.
fn take_thread(message: &mut Message, thread: &[Comment], last: Option<usize>) {
    let Some(last) = last else {
        message.unreadable = Some("the ticket has nothing from the customer".into());
        return;
    };
    let (before, newest) = (open(thread, last), &thread[last]);
    message.take_text(&newest.text);
    let earlier: Vec<String> = before
        .iter()
        .map(|&at| newest::split(&thread[at].text).newest)
        .filter(|text| !text.is_empty() && *text != message.text)
        .collect();
    if !earlier.is_empty() {
        let all = earlier.iter().map(String::as_str).chain([message.text.as_str()]);
        message.text = all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
    if message.text.trim().is_empty() && message.unreadable.is_none() {
        let why =
            if newest.files { "the message has attachments and no text" } else { "the message has no text" };
        message.unreadable = Some(why.into());
    }
    if newest.cut {
        message
            .warnings
            .push("the export has only the beginning of this message; read the rest in the help desk".into());
    }
    // What they wrote the same day, before anyone answered, is the same going to us.
    let again = |at: usize| {
        let comment = &thread[at];
        comment.role == Role::Customer
            && !comment.text.trim().is_empty()
            && (!before.contains(&at) || comment.day.is_some() && comment.day != newest.day)
    };
    message.earlier = (0..last).filter(|at| again(*at)).count() as u32;
}

/// The customer's messages before the last that nobody has answered.
fn open(thread: &[Comment], last: usize) -> Vec<usize> {
    let since = thread[..last].iter().rposition(|comment| comment.role == Role::Ours).map_or(0, |at| at + 1);
    (since..last).filter(|&at| thread[at].role == Role::Customer).collect()
}

/// What was said before, the newest first as mails quote it, or what the last message quotes itself.
fn history(thread: &[Comment], last: Option<usize>, quoted: Option<String>) -> Option<String> {
    let open = last.map_or_else(Vec::new, |last| open(thread, last));
    let said = thread.iter().enumerate().rev().filter(|(at, comment)| {
        Some(*at) != last
            && !open.contains(at)
            && matches!(comment.role, Role::Customer | Role::Ours)
            && !comment.text.trim().is_empty()
    });
    let mut parts: Vec<String> = said
        .map(|(_, comment)| {
            let who = if comment.role == Role::Ours { "we" } else { "they" };
            let head =
                comment.day.map_or_else(|| format!("{who} wrote:"), |day| format!("On {day}, {who} wrote:"));
            let quoted: Vec<String> = comment.text.trim().lines().map(|line| format!("> {line}")).collect();
            format!("{head}\n{}", quoted.join("\n"))
        })
        .collect();
    // Where the thread is known, what the last message quotes of it says nothing new.
    parts.extend(quoted.filter(|_| parts.is_empty()));
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Sets the sender, and what follows from it, as of a mail.
fn who_writes(message: &mut Message, name: Option<String>, from: Option<String>, to: &str, own: &[&str]) {
    let name = name.map(|name| one_line(&name)).filter(|name| !name.is_empty());
    let Some(from) = from else {
        if let Some(name) = name {
            let address = message.from.take().and_then(|from| from.address);
            message.from = Some(crate::message::Mailbox { name: Some(name), address });
        }
        return;
    };
    mail::sender(&from, to, own, message);
    if name.is_some() {
        let address = message.from.take().and_then(|from| from.address);
        message.from = Some(crate::message::Mailbox { name, address });
    }
}

/// The ticket without its thread, whose private notes go nowhere.
fn carried(shape: &Shape, ticket: Value) -> serde_json::Map<String, Value> {
    let Value::Object(mut fields) = ticket else { return serde_json::Map::new() };
    // A thread put together of messages has no fields but theirs.
    if shape.group.is_some() {
        return serde_json::Map::new();
    }
    let first = shape.first.as_ref();
    let own =
        first.map(|first| if first.at.0.is_empty() { [&first.text, &first.html] } else { [&first.at; 2] });
    let words = own.into_iter().flatten();
    let places = [&shape.id, &shape.subject, &shape.lang].into_iter().chain(DESKS.threads());
    for path in places.chain(words).flat_map(|paths| &paths.0) {
        if let Some(head) = path.head().filter(|head| *head != "properties") {
            fields.shift_remove(head);
        }
    }
    fields
}
