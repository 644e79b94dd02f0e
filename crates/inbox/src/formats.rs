//! Input formats: detection, and one message or error per record.

use crate::desk::{self, NOBODY, Other, Path};
pub use crate::foreign::refused;
use crate::message::{Channel, Mailbox, Message, one_line, safe};
use crate::several;
use crate::unpack::unseen;
use crate::{charset, mail, mbox, msg, table, values};
use amends_language::channel;
use jiff::civil::Date;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// Values of `--input` that are a single byte stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Email,
    Text,
    Jsonl,
    /// JSON values that are not one a line.
    Json,
    Csv,
    Mbox,
    /// A help desk's export.
    Tickets,
}

/// An unreadable record and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub id: String,
    pub line: usize,
    pub message: String,
}

impl Unread {
    /// Its words may quote the message, so no secret and no control character goes along.
    pub fn new(id: &str, line: usize, message: &str) -> Self {
        Self { id: safe(id), line, message: safe(message) }
    }
}

/// Larger records are refused, to bound memory.
pub const LARGEST: usize = 25 << 20;

/// Detects the format from the first bytes. CSV is told from text by the names of its columns alone.
pub fn detect(head: &[u8]) -> Format {
    if msg::is_compound(head) {
        return Format::Email;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if mbox::begins(text) {
        return Format::Mbox;
    }
    if mail::looks_like_mail(head) {
        // "From : ann@x.example" is a header.
        let line = text.strip_prefix("From ").is_some_and(|rest| !rest.trim_start().starts_with(':'));
        return if line { Format::Mbox } else { Format::Email };
    }
    let table = || if table::is_table(head) { Format::Csv } else { Format::Text };
    values::shape(text).unwrap_or_else(table)
}

/// Why a text isn't one message, if it doesn't look like one.
pub fn several(bytes: &[u8]) -> Option<String> {
    several::refused(&String::from_utf8_lossy(&bytes[..bytes.len().min(several::HEAD)]))
}

/// Whether text is really binary: a NUL, or more control bytes than anyone types.
pub fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return false;
    }
    let odd = head.iter().filter(|b| **b < 32 && !b"\t\n\r\x0b\x0c\x1b\x07\x08".contains(b)).count();
    head.contains(&0) || odd * 20 > head.len()
}

/// Reads a file that is a single message.
pub fn single(id: &str, bytes: &[u8], format: Format, own: &[&str]) -> Result<Message, Unread> {
    let unread = |message: String| Unread::new(id, 1, &message);
    if bytes.len() > LARGEST {
        return Err(unread(format!("the message is larger than {} MiB", LARGEST >> 20)));
    }
    if msg::is_compound(bytes) {
        let mail = msg::as_mail(bytes).map_err(unread)?;
        return mail::read(id, &mail, own).map_err(unread);
    }
    if format == Format::Email {
        return mail::read(id, bytes, own).map_err(unread);
    }
    if is_binary(bytes) {
        return Err(unread("this is not text: it holds binary data; pipe in the message itself, or an e-mail with --input email".into()));
    }
    let mut message = Message { id: id.to_owned(), channel: Channel::Email, ..Message::default() };
    message.take_text(&mail::plain::untagged(&charset::decode(bytes, None)));
    mail::judge(&mut message);
    message.finish();
    Ok(message)
}

/// The records of a JSONL stream: line number and raw bytes, truncated just past [`LARGEST`]. Blank
/// lines are skipped.
pub fn lines(mut reader: impl BufRead) -> impl Iterator<Item = io::Result<(usize, Vec<u8>)>> {
    let mut number = 0;
    let mut ready = VecDeque::new();
    std::iter::from_fn(move || {
        loop {
            if let Some(record) = ready.pop_front() {
                return Some(Ok(record));
            }
            let mut line = Vec::new();
            match mbox::read_line(&mut reader, &mut line, LARGEST + 1) {
                Ok(_) if line.is_empty() => return None,
                Ok(_) => {
                    number += 1;
                    ready.extend(run_together(line).into_iter().map(|record| (number, record)));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    })
}

/// The records of a line, which has one, unless a line end was lost or it is blank.
fn run_together(line: Vec<u8>) -> Vec<Vec<u8>> {
    if line.trim_ascii().is_empty() {
        return Vec::new();
    }
    // Between the values of one object there is a comma.
    let parts =
        memchr::memchr_iter(b'}', &line).any(|at| line[at + 1..].trim_ascii_start().starts_with(b"{"));
    if !parts {
        return vec![line];
    }
    let text = &line[unseen(&line)..];
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    let mut records = Vec::new();
    let mut from = 0;
    while let Some(value) = values.next() {
        if value.is_err() {
            return vec![line];
        }
        records.push(text[from..values.byte_offset()].to_vec());
        from = values.byte_offset();
    }
    records
}

/// A field name of ours and the record's name for it: `("text", "Body")`.
pub type Rename = (String, String);

/// Record fields with a meaning here.
pub const FIELDS: &[&str] =
    &["text", "id", "subject", "from", "to", "date", "channel", "name", "lang", "history"];

/// Reads one JSONL record. `own` are our addresses, as for a mail.
pub fn record(line: usize, bytes: &[u8], renames: &[Rename], own: &[&str]) -> Result<Message, Unread> {
    let bytes = &bytes[unseen(bytes)..];
    // RFC 7464 begins each record with this.
    let bytes = bytes.strip_prefix(b"\x1e").unwrap_or(bytes);
    let unread = |message: String| Unread::new(&line.to_string(), line, &message);
    if bytes.len() > LARGEST {
        return Err(unread(format!("the record is larger than {} MiB", LARGEST >> 20)));
    }
    let value: Value = serde_json::from_slice(bytes.trim_ascii_end()).map_err(|e| {
        let text = e.to_string();
        let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
        match e.line() {
            0 | 1 => unread(format!("not valid JSON at column {}: {reason}", e.column())),
            further => unread(format!("not valid JSON in line {}: {reason}", line + further - 1)),
        }
    })?;
    let Value::Object(mut fields) = value else {
        return Err(unread("a record must be a JSON object with a \"text\"".into()));
    };
    if !fields.get("text").is_some_and(Value::is_string)
        && let Some(message) = desk::one(line, &fields, renames, own)
    {
        return message;
    }
    for (field, theirs) in renames {
        let own = fields.shift_remove(theirs);
        if let Some(value) = own.or_else(|| Path::parse(theirs).of_fields(&fields).cloned()) {
            fields.insert(field.clone(), value);
        }
    }
    from_fields(line, fields, own)
}

/// A CSV header: column names, with renames applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    names: Vec<String>,
    /// The desk whose table it is.
    desk: Option<desk::Table>,
}

impl Columns {
    /// Reads the header row. A "text" column is required, in any case, or a desk's own name for it.
    pub fn read(row: &csv::ByteRecord, renames: &[Rename]) -> Result<Self, String> {
        Self::read_with(row, renames, Vec::new)
    }

    /// The same; `sample` gives some rows, to say which column may be the one that is missing.
    pub fn read_with(
        row: &csv::ByteRecord,
        renames: &[Rename],
        sample: impl FnOnce() -> Vec<csv::ByteRecord>,
    ) -> Result<Self, String> {
        let theirs: Vec<String> = row.iter().map(|cell| one_line(&charset::decode(cell, None))).collect();
        let mut names: Vec<String> = theirs
            .iter()
            .map(|name| {
                let lower = name.to_lowercase();
                match renames.iter().find(|(_, theirs)| theirs == name) {
                    Some((field, _)) => field.clone(),
                    None if FIELDS.contains(&lower.as_str()) => lower,
                    None => name.clone(),
                }
            })
            .collect();
        if names.iter().any(|name| name == "text") && renames.iter().all(|(field, _)| field != "text") {
            return Ok(Self { names, desk: None });
        }
        let of_desk = desk::table(&theirs);
        for (field, at) in of_desk.iter().flat_map(|table| &table.fields) {
            if renames.iter().any(|(ours, theirs_is)| ours == field || *theirs_is == theirs[*at]) {
                continue;
            }
            // What is called as ours is may be another's there: a row's own id beside the ticket's.
            names.iter_mut().zip(&theirs).filter(|(name, _)| name == field).for_each(|(name, theirs)| {
                *name = if theirs == field { format!("row {theirs}") } else { theirs.clone() };
            });
            names[*at] = (*field).to_owned();
        }
        if names.iter().any(|name| name == "text") {
            return Ok(Self { names, desk: of_desk });
        }
        if let Some(table) = of_desk {
            return Err(format!(
                "this is {}'s list of tickets, which leaves out what the customers wrote; export the tickets \
                 with their messages as JSON{}",
                table.desk,
                likeliest(&theirs, &sample()).map_or_else(String::new, |column| {
                    format!(", or say which column holds the message, as in --field text={column}")
                })
            ));
        }
        let there: Vec<String> = theirs.iter().map(|name| format!("\"{name}\"")).collect();
        Err(format!(
            "no column is called \"text\"; there are {}; say which holds the message, as in --field text={}",
            there.join(", "),
            likeliest(&theirs, &sample()).unwrap_or_else(|| "Body".into())
        ))
    }
}

/// The column that most likely holds the message, as a shell takes it.
fn likeliest(columns: &[String], rows: &[csv::ByteRecord]) -> Option<String> {
    let words = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let words: usize =
            cells.map(|cell| cell.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).count()).sum();
        words.div_ceil(rows.len().max(1))
    };
    // Of a table without rows only the names tell.
    let words = |at| if rows.is_empty() { 1 } else { words(at) };
    desk::likeliest(columns.iter().enumerate().map(|(at, name)| (name.as_str(), words(at)))).map(quoted)
}

fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    if plain { name.to_owned() } else { format!("'{name}'") }
}

/// Guesses the CSV delimiter: the most frequent candidate on the first line.
pub fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(b"");
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| sign == byte && !quoted) {
            *count += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

/// Reads one CSV row.
pub fn row(line: usize, columns: &Columns, row: &csv::ByteRecord, own: &[&str]) -> Result<Message, Unread> {
    let unread = |message: String| Unread::new(&line.to_string(), line, &message);
    if row.as_slice().len() > LARGEST {
        return Err(unread(format!("the record is larger than {} MiB", LARGEST >> 20)));
    }
    if row.len() != columns.names.len() {
        return Err(unread(format!(
            "this row has {} cells where the first has {}; a quote may be missing",
            row.len(),
            columns.names.len()
        )));
    }
    let mut fields = serde_json::Map::new();
    for (name, cell) in columns.names.iter().zip(row) {
        let text = charset::decode(cell, None);
        // An empty cell means the field is absent, unless the field is unknown.
        if !(text.trim().is_empty() && name != "text" && FIELDS.contains(&name.as_str())) {
            fields.entry(name.clone()).or_insert(Value::String(text));
        }
    }
    let other = columns.desk.as_ref().and_then(|table| {
        table.other(|at| row.get(at).map_or_else(String::new, |cell| charset::decode(cell, None)))
    });
    // A desk's channels have names of its own.
    if columns.desk.is_some()
        && let Some(Value::String(theirs)) = fields.shift_remove("channel")
        && let Some(ours) = desk::channel(&theirs)
    {
        fields.insert("channel".into(), ours.into());
    }
    if other == Some(Other::Private) {
        fields.insert("text".into(), Value::String(String::new()));
    }
    let mut message = from_fields(line, fields, own)?;
    message.machine = match other {
        Some(Other::Private) => Some("this is a private note of ours".into()),
        Some(Other::Ours) => Some("this message is ours".into()),
        None => message.machine,
    };
    Ok(message)
}

/// Why one of our own records is refused.
const OUR_DRAFT: &str = "this is the record of a draft, not a message; name the file of messages it was made \
    from (with --record and that day's --today, the same drafts are made again and recorded)";

fn from_fields(
    line: usize,
    mut fields: serde_json::Map<String, Value>,
    own: &[&str],
) -> Result<Message, Unread> {
    let unread = |id: &str, message: String| Unread::new(id, line, &message);
    let mut take = |key: &str| match fields.shift_remove(key) {
        Some(Value::String(text)) => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let id = take("id").unwrap_or_else(|| line.to_string());
    let Some(text) = take("text") else {
        if fields.contains_key("reading") && fields.contains_key("promises") {
            return Err(unread(&id, OUR_DRAFT.into()));
        }
        let mut places = Vec::new();
        texts(&fields, "", &mut places);
        let likely = desk::likeliest(places.iter().map(|(place, size)| (place.as_str(), *size)));
        let hint = likely.map(|place| match list_of(&fields, place) {
            Some((list, many)) => {
                format!(", but a list of {many}; give them one a line, as jq -c '{list}' does")
            }
            None => format!(
                "; say which field holds the message, as in --field text={}",
                quoted(&one_line(place))
            ),
        });
        return Err(unread(&id, format!("the record has no \"text\"{}", hint.unwrap_or_default())));
    };
    let channel = match take("channel") {
        None => Channel::Email,
        Some(name) => Channel::parse(&name).ok_or_else(|| {
            unread(
                &id,
                format!("there is no channel \"{}\"; there are {}", one_line(&name), channel::names()),
            )
        })?,
    };
    let (from, to, name) = (take("from"), take("to").unwrap_or_default(), take("name"));
    let mut message = Message { channel, subject: take("subject"), lang: take("lang"), ..Message::default() };
    let given_history = take("history");
    message.sent = take("date").and_then(|date| day(&date));
    match from {
        Some(from) if has_address(&from) => mail::sender(&from, &to, own, &mut message),
        // A bare name; a handle, "@ann", is none.
        Some(name) if !name.contains('@') => message.from = Some(Mailbox { name: Some(name), address: None }),
        _ => {}
    }
    if name.is_some() {
        message.from = Some(Mailbox { name, address: message.from.and_then(|from| from.address) });
    }
    message.take_text(&mail::plain::untagged(&text));
    mail::judge(&mut message);
    message.history = given_history.or(message.history);
    message.input = fields;
    message.id = id;
    message.finish();
    Ok(message)
}

/// The list of records that a text is in, as jq writes it, and how many have one. What has an id, or is
/// written by other names than ours, may be the thread of one customer.
fn list_of(fields: &serde_json::Map<String, Value>, place: &str) -> Option<(String, usize)> {
    if fields.contains_key("id") {
        return None;
    }
    let whole = Value::Object(fields.clone());
    let is_record = |item: &Value| item.get("id").or_else(|| item.get("text")).is_some();
    let keys: Vec<&str> = place.split('.').collect();
    (0..keys.len() - 1).find_map(|depth| {
        let list = Path::parse(&keys[..depth].join(".")).first(&whole, &NOBODY)?;
        let text = Path::parse(&keys[depth + 1..].join("."));
        let has_text = |item: &&Value| text.first(item, &NOBODY).is_some_and(Value::is_string);
        let many = match list {
            Value::Array(items) if items.iter().all(is_record) => items.iter().filter(has_text).count(),
            // By their ids.
            Value::Object(items)
                if items
                    .iter()
                    .all(|(id, item)| id.contains(|c: char| c.is_ascii_digit()) && has_text(&item)) =>
            {
                items.len()
            }
            _ => 0,
        };
        let step = |key: &&str| match key.parse::<usize>() {
            Ok(number) => format!("[{number}]"),
            Err(_) if quoted(key) == **key => format!(".{key}"),
            Err(_) => format!("[{}]", Value::from(one_line(key))),
        };
        let steps: String = keys[..depth].iter().map(step).collect();
        let root = if steps.starts_with('.') { "" } else { "." };
        (many > 1).then(|| (format!("{root}{steps}[]"), many))
    })
}

/// The texts of a record: where they are, and how many words they have.
fn texts(fields: &serde_json::Map<String, Value>, within: &str, found: &mut Vec<(String, usize)>) {
    /// Deeper ones, and more, are no help to anyone.
    const DEEPEST: usize = 4;
    const MOST: usize = 200;
    for (name, value) in fields {
        let place = format!("{within}{name}");
        match value {
            _ if found.len() >= MOST => return,
            Value::String(text) => found.push((place, text.split_whitespace().count())),
            Value::Object(inner) if within.matches('.').count() < DEEPEST => {
                texts(inner, &format!("{place}."), found);
            }
            Value::Array(items) => {
                if let Some(Value::Object(first)) = items.first()
                    && within.matches('.').count() < DEEPEST
                {
                    texts(first, &format!("{place}.0."), found);
                }
            }
            _ => {}
        }
    }
}

/// The day of a record's date: "2026-11-23", "2026-11-23T09:12:00Z", or as in a mail's header.
pub(crate) fn day(date: &str) -> Option<Date> {
    let date = date.trim();
    let first = date.split(['T', ' ']).next().unwrap_or("");
    first.parse().ok().or_else(|| jiff::fmt::rfc2822::parse(date).ok().map(|zoned| zoned.date()))
}

/// Whether there is something on both sides of an "@".
fn has_address(from: &str) -> bool {
    from.as_bytes()
        .windows(3)
        .any(|w| w[1] == b'@' && !w[0].is_ascii_whitespace() && !w[2].is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_from_the_first_bytes() {
        assert_eq!(detect(b"From: a@x\nSubject: hi\n\nHello"), Format::Email);
        assert_eq!(detect(b"From a@x Mon Nov  3 10:00:00 2025\nFrom: a@x\nTo: b@x\n\nHello"), Format::Mbox);
        assert_eq!(detect(b"From the start it was late.\nReally."), Format::Text);
        assert_eq!(detect(b"{\"text\":\"hi\"}\n"), Format::Jsonl);
        assert_eq!(detect(b"{\"text\":\"broken"), Format::Jsonl);
        assert_eq!(detect(b"To be honest: I am cross.\nReally."), Format::Text);
        assert_eq!(detect(b"{ this is } a letter"), Format::Text);
    }

    #[test]
    fn a_record_keeps_its_unknown_fields_and_its_id() {
        let m =
            record(3, br#"{"id": 7, "text": "late", "brand": "x", "from": "Ann <a@x.example>"}"#, &[], &[])
                .unwrap();
        assert_eq!((m.id.as_str(), m.input["brand"].as_str()), ("7", Some("x")));
        assert_eq!(m.from.unwrap().address.as_deref(), Some("a@x.example"));
        assert_eq!(record(3, br#"{"text": "late"}"#, &[], &[]).unwrap().id, "3");
    }

    #[test]
    fn a_record_keeps_the_day_it_was_sent() {
        let sent = |date: &str| {
            let line = format!(r#"{{"text": "late", "date": "{date}"}}"#);
            record(1, line.as_bytes(), &[], &[]).unwrap().sent.map(|day| day.to_string())
        };
        for date in
            ["2026-11-03", "2026-11-03T23:59:00+02:00", "2026-11-03 08:00", "Tue, 3 Nov 2026 23:59:00 -0800"]
        {
            assert_eq!(sent(date).as_deref(), Some("2026-11-03"), "{date}");
        }
        assert_eq!(sent("last May"), None);
    }

    #[test]
    fn a_record_without_headers_is_judged_by_its_words() {
        let machine = |subject: &str, text: &str| {
            let line = serde_json::json!({ "subject": subject, "text": text }).to_string();
            record(1, line.as_bytes(), &[], &[]).unwrap().machine
        };
        let receipt = "Thanks for your message. We have received it and will come back to you.";
        assert_eq!(
            machine("Automatic reply: Order 5512", receipt).as_deref(),
            Some("the subject says \"automatic reply\"")
        );
        assert!(
            machine("Your order", "I am out of office until Monday, with limited access to mail.").is_some()
        );
        assert_eq!(machine("Auto reply", "I only ever get your auto reply. Where is my parcel?"), None);
        assert_eq!(machine("Order 5512", "I'm out of office next week, so please deliver it today."), None);
    }

    fn csv_rows(text: &str, renames: &[(&str, &str)]) -> Result<Vec<Result<Message, Unread>>, String> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text.as_bytes()))
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let renames: Vec<Rename> = renames.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        let mut rows = reader.byte_records().map(Result::unwrap);
        let columns = Columns::read(&rows.next().unwrap(), &renames)?;
        Ok(rows.enumerate().map(|(n, r)| row(n + 2, &columns, &r, &[])).collect())
    }

    #[test]
    fn csv_columns_are_known_by_name() {
        let rows =
            csv_rows("ID;Body;Shop\n7;\"late; very\nlate\";Ely\n8;only two\n", &[("text", "Body")]).unwrap();
        let first = rows[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str()), ("7", "late; very\nlate"));
        assert_eq!(first.input["Shop"].as_str(), Some("Ely"));
        assert!(
            rows[1].as_ref().unwrap_err().message.starts_with("this row has 2 cells where the first has 3")
        );
        let error = csv_rows("id,body\n1,x\n", &[]).unwrap_err();
        assert!(error.contains("there are \"id\", \"body\""), "{error}");
        assert_eq!(
            (delimiter(b"a\tb,\tc\n"), delimiter(b"\"a;b;c\",d\n"), delimiter(b"text\n")),
            (b'\t', b',', b',')
        );
    }

    #[test]
    fn a_bad_record_says_where_and_why() {
        let error = |bytes: &[u8]| record(17, bytes, &[], &[]).unwrap_err().message;
        assert!(error(b"{\"text\": ").starts_with("not valid JSON at column"));
        assert_eq!(error(b"[1]"), "a record must be a JSON object with a \"text\"");
        assert!(
            error(b"{\"body\": \"x\", \"shop\": \"Ely, Cambridgeshire\"}").ends_with("--field text=body")
        );
        assert!(
            error(b"{\"it\": {\"notes\": [{\"words\": \"it is late\"}]}}")
                .ends_with("--field text=it.notes.0.words")
        );
        for (record, list) in [
            (&br#"{"messages": [{"text": "it is late and cold"}, {"text": "d"}]}"#[..], "'.messages[]'"),
            (
                br#"{"data": {"my items": [{"id": 1, "text": "it is late and cold"}, {"text": "a"}]}}"#,
                "'.data[\"my items\"][]'",
            ),
            (br#"{"1": {"text": "it is late and cold"}, "2": {"text": "d"}}"#, "'.[]'"),
        ] {
            assert!(
                error(record).contains(&format!("a list of 2; give them one a line, as jq -c {list}")),
                "{}",
                error(record)
            );
        }
        assert_eq!(error(b"{\"id\": 1}"), "the record has no \"text\"");
        assert_eq!(error(b"{\"id\": \"1\", \"reading\": {}, \"draft\": null, \"promises\": []}"), OUR_DRAFT);
        assert!(error(b"{\"text\": \"x\", \"channel\": \"fax\"}").contains("there is no channel \"fax\""));
    }

    #[test]
    fn records_that_ran_together_are_parted() {
        let read = |text: &str| -> Vec<(usize, String)> {
            let line = |(line, bytes)| (line, String::from_utf8(bytes).unwrap());
            lines(text.as_bytes()).map(|record| line(record.unwrap())).collect()
        };
        assert_eq!(
            read("{\"a\":\"}{\"}{\"b\":{}} {}\n\n{\"a\":\"}{\"}"),
            [(1, "{\"a\":\"}{\"}"), (1, "{\"b\":{}}"), (1, " {}"), (3, "{\"a\":\"}{\"}")]
                .map(|(line, record)| (line, record.to_owned()))
        );
        assert_eq!(read("{\"a\":1}{\"b\":\n").len(), 1);
    }

    #[test]
    fn binary_is_told_from_text() {
        assert!(is_binary(b"\x7fELF\x00\x01"));
        assert!(!is_binary("Grüße".as_bytes()));
    }
}
