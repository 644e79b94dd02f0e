//! Labelled messages and clauses to learn from, as in this project's `corpus/`.

use amends_inbox::formats;
use amends_inbox::message::{Message, one_line};
use amends_language::suggest::did_you_mean;
use amends_phrasebook::compiled::fingerprint;
use amends_phrasebook::weights::ROLES;
use amends_phrasebook::{CUSTOMERS, KINDS, Phrasebook, RISKS, TONES, WANTS};
use serde::Deserialize;

/// One labelled message. One cut into parts teaches the clauses too.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Labelled {
    pub id: String,
    /// File and line.
    #[serde(skip)]
    place: String,
    channel: Option<String>,
    from: Option<String>,
    pub subject: Option<String>,
    text: String,
    /// Role, issue, and text; `¶` begins a new line.
    parts: Vec<(String, Option<String>, String)>,
    pub kind: Option<String>,
    pub issues: Option<Vec<String>>,
    pub tone: Option<String>,
    pub customer: Option<String>,
    pub wants: Option<Vec<String>>,
    pub risks: Option<Vec<String>>,
    pub hold: Option<bool>,
    facts: Facts,
    /// What its sentences are to a reply, from another file.
    #[serde(skip)]
    pub sentences: Vec<LabelledSentence>,
}

/// The facts of a message that are learned from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Facts {
    /// The things it is about, the first the most.
    items: Vec<String>,
}

/// What each sentence of a message is to a reply.
#[derive(Debug, Clone, Deserialize)]
struct Sentences {
    #[serde(skip)]
    place: String,
    id: String,
    sentences: Vec<LabelledSentence>,
}

/// Where a sentence begins and ends in bytes, and its [`SENTENCES`]: more than one, if it does more.
#[derive(Debug, Clone, Deserialize)]
pub struct LabelledSentence(pub usize, pub usize, pub String);

/// What a sentence can be to a reply.
pub const SENTENCES: &[&str] = &["best", "core", "useful", "never", "ask", "rule", "other"];

impl LabelledSentence {
    /// Whether it has one of these labels.
    pub fn is(&self, labels: &[&str]) -> bool {
        self.2.split('+').any(|label| labels.contains(&label))
    }
}

/// One labelled clause.
#[derive(Debug, Clone, Deserialize)]
pub struct LabelledClause {
    #[serde(skip)]
    place: String,
    pub text: String,
    pub role: String,
    pub label: Option<String>,
}

/// A part of a message, and where it stands in its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    pub role: &'a str,
    pub issue: Option<&'a str>,
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
}

/// Everything there is to learn from, and a fingerprint of it.
#[derive(Debug, Default)]
pub struct Corpus {
    pub messages: Vec<Labelled>,
    pub clauses: Vec<LabelledClause>,
    sentences: Vec<Sentences>,
    pub fingerprint: u64,
}

/// One in this many is set aside, to measure on.
const ASIDE: u64 = 4;

/// Whether a message or clause is set aside, by its id or text.
pub fn is_aside(id: &str) -> bool {
    fingerprint(id.as_bytes()).is_multiple_of(ASIDE)
}

impl Labelled {
    /// Its parts, placed in its text.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut length = 0;
        let mut parts = Vec::new();
        for (role, issue, said) in &self.parts {
            let text = said.trim_start_matches('¶').trim();
            length += usize::from(length > 0);
            parts.push(Part { role, issue: issue.as_deref(), text, start: length, end: length + text.len() });
            length += text.len();
        }
        parts
    }

    /// The things it is about, as it names them.
    pub fn items(&self) -> &[String] {
        &self.facts.items
    }

    pub fn text(&self) -> String {
        if self.parts.is_empty() {
            return self.text.clone();
        }
        let mut text = String::new();
        for (_, _, said) in &self.parts {
            if !text.is_empty() {
                text.push(if said.starts_with('¶') { '\n' } else { ' ' });
            }
            text.push_str(said.trim_start_matches('¶').trim());
        }
        text
    }

    /// As the program would read it from a record.
    pub fn message(&self) -> anyhow::Result<Message> {
        let mut record = serde_json::json!({"id": self.id, "text": self.text()});
        for (name, value) in [("subject", &self.subject), ("from", &self.from), ("channel", &self.channel)] {
            if let Some(value) = value {
                record[name] = value.as_str().into();
            }
        }
        let bytes = serde_json::to_vec(&record)?;
        formats::record(0, &bytes, &[], &[])
            .map_err(|unread| anyhow::anyhow!("{}: {}", self.id, unread.message))
    }
}

impl Corpus {
    /// Adds a file of labelled messages; the name is for errors.
    pub fn add_messages(&mut self, name: &str, source: &str) -> anyhow::Result<()> {
        self.note(source);
        rows(name, source, &mut self.messages, |row: &mut Labelled, place| row.place = place)
    }

    /// Adds a file of labelled clauses.
    pub fn add_clauses(&mut self, name: &str, source: &str) -> anyhow::Result<()> {
        self.note(source);
        rows(name, source, &mut self.clauses, |row: &mut LabelledClause, place| row.place = place)
    }

    /// Adds a file of labelled sentences of the messages added before.
    pub fn add_sentences(&mut self, name: &str, source: &str) -> anyhow::Result<()> {
        self.note(source);
        let first = self.sentences.len();
        rows(name, source, &mut self.sentences, |row: &mut Sentences, place| row.place = place)?;
        for row in &self.sentences[first..] {
            if let Some(message) = self.messages.iter_mut().find(|message| message.id == row.id) {
                message.sentences.clone_from(&row.sentences);
            }
        }
        Ok(())
    }

    fn note(&mut self, source: &str) {
        self.fingerprint = self.fingerprint.rotate_left(1) ^ fingerprint(source.as_bytes());
    }

    /// Labels that the phrasebook doesn't know, each with its place.
    pub fn faults(&self, book: &Phrasebook) -> Vec<String> {
        let issues: Vec<&str> = book.issues.iter().map(|issue| issue.id.as_str()).collect();
        let told = [&issues[..], RISKS].concat();
        let any = [&issues[..], RISKS, WANTS, TONES].concat();
        let mut faults = Vec::new();
        let mut check = |place: &str, field: &str, known: &[&str], id: Option<&str>| {
            if let Some(id) = id.filter(|id| !known.contains(id)) {
                let help = did_you_mean(id, known.iter().copied())
                    .unwrap_or_else(|| format!("known are {}", known.join(", ")));
                faults.push(format!("{place}: `{field}` has the unknown id \"{}\"; {help}", one_line(id)));
            }
        };
        for row in &self.messages {
            check(&row.place, "kind", KINDS, row.kind.as_deref());
            check(&row.place, "tone", TONES, row.tone.as_deref());
            check(&row.place, "customer", CUSTOMERS, row.customer.as_deref());
            for (field, known, ids) in [
                ("issues", &issues[..], &row.issues),
                ("wants", WANTS, &row.wants),
                ("risks", RISKS, &row.risks),
            ] {
                ids.iter().flatten().for_each(|id| check(&row.place, field, known, Some(id)));
            }
            for (role, told_by, _) in &row.parts {
                check(&row.place, "parts", ROLES, Some(role));
                check(&row.place, "parts", &told, told_by.as_deref());
            }
        }
        for row in &self.sentences {
            let ids: Vec<&str> = self.messages.iter().map(|message| message.id.as_str()).collect();
            check(&row.place, "id", &ids, Some(&row.id));
            let labels = row.sentences.iter().flat_map(|sentence| sentence.2.split('+'));
            labels.for_each(|label| check(&row.place, "sentences", SENTENCES, Some(label)));
        }
        for row in &self.clauses {
            check(&row.place, "role", ROLES, Some(&row.role));
            check(&row.place, "label", &any, row.label.as_deref());
        }
        faults
    }

    /// Those to learn from, or those set aside.
    pub fn messages(&self, aside: bool) -> impl Iterator<Item = &Labelled> {
        self.messages.iter().filter(move |message| is_aside(&message.id) == aside)
    }

    /// The clauses to learn from.
    pub fn taught(&self) -> impl Iterator<Item = &LabelledClause> {
        self.clauses.iter().filter(|clause| !is_aside(&clause.text))
    }
}

fn rows<T: for<'de> Deserialize<'de>>(
    name: &str,
    source: &str,
    rows: &mut Vec<T>,
    put: impl Fn(&mut T, String),
) -> anyhow::Result<()> {
    for (n, line) in source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{name}:{}", n + 1);
        let mut row = serde_json::from_str(line).map_err(|e| {
            let text = e.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text);
            anyhow::anyhow!("{place}: not a labelled row, at column {}: {reason}", e.column())
        })?;
        put(&mut row, place);
        rows.push(row);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_the_text_has_them() {
        let row = r#"{"id":"a","parts":[["hello",null,"Hi,"],["trouble","late_delivery","¶It is late"],["bye",null,"¶ Ann"]]}"#;
        let labelled: Labelled = serde_json::from_str(row).unwrap();
        let text = labelled.text();
        assert_eq!(text, "Hi,\nIt is late\nAnn");
        for part in labelled.parts() {
            assert_eq!(&text[part.start..part.end], part.text);
        }
    }
}
