//! Exports of help desks, in `desks/`, made up after what each documents; `desks/read.txt` is what is read
//! from them. `UPDATE_DESKS=1` writes it anew.

use amends_inbox::desk;
use amends_inbox::formats::{self, Columns, Unread};
use amends_inbox::message::Message;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

const OWN: &[&str] = &["@northlane.example"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/desks")
}

/// The exports, by name.
fn exports() -> Vec<(String, Vec<u8>)> {
    [files("json"), files("jsonl")].concat()
}

fn files(ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == ending));
    files.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

fn read(bytes: &[u8]) -> Vec<Result<Message, Unread>> {
    let tickets = desk::tickets(bytes).map(Result::unwrap);
    tickets.map(|ticket| ticket.and_then(|ticket| ticket.read(&[], OWN))).collect()
}

fn shown(message: &Message) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name:<9}{}", value.trim_end().replace('\n', "\n         "));
        }
    };
    let from = message.from.clone().unwrap_or_default();
    line("id", Some(&message.id));
    line("name", from.name.as_deref());
    line("from", from.address.as_deref());
    line("subject", message.subject.as_deref());
    line("channel", Some(message.channel.name()));
    line("sent", message.sent.map(|day| day.to_string()).as_deref());
    line("text", Some(&message.text).filter(|text| !text.is_empty()).map(String::as_str));
    line("signed", message.signature.as_deref());
    line("earlier", Some(message.earlier).filter(|n| *n > 0).map(|n| n.to_string()).as_deref());
    line("history", message.history.as_deref());
    line("machine", message.machine.as_deref());
    line("nothing", message.unreadable.as_deref());
    message.warnings.iter().for_each(|warning| line("warning", Some(warning)));
    let carried: Vec<&str> = message.input.keys().map(String::as_str).collect();
    line("carried", Some(&carried.join(" ")));
    out
}

/// The rows of a table.
fn rows(bytes: &[u8]) -> Result<Vec<Result<Message, Unread>>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut rows = reader.byte_records().map(Result::unwrap);
    let columns = Columns::read(&rows.next().unwrap(), &[])?;
    Ok(rows.enumerate().map(|(n, row)| formats::row(n + 2, &columns, &row, OWN)).collect())
}

#[test]
fn what_is_read_of_each_export() {
    let mut all = String::new();
    let tables = files("csv").into_iter().filter(|(name, _)| !name.ends_with("-list.csv"));
    let exports = exports().into_iter().map(|(name, bytes)| (name, read(&bytes)));
    for (name, messages) in exports.chain(tables.map(|(name, bytes)| (name, rows(&bytes).unwrap()))) {
        let _ = writeln!(all, "== {name}");
        for message in messages {
            let _ =
                writeln!(all, "{}", shown(&message.unwrap_or_else(|unread| panic!("{name}: {unread:?}"))));
        }
    }
    let path = folder().join("read.txt");
    if std::env::var_os("UPDATE_DESKS").is_some() {
        fs::write(&path, &all).unwrap();
    }
    assert_eq!(all, fs::read_to_string(path).unwrap());
}

/// Words of private notes, drafts and programs in the exports.
const PRIVATE: &[&str] = &[
    "chargeback",
    "Private:",
    "Secret note",
    "Warehouse lost",
    "still have these",
    "may be a reseller",
    "we are back at 9",
    "legal?",
    "number 3 in the queue",
    "nobody sent",
    "check IBAN",
    "warranty is over",
    "bad batch",
    "careful",
    "has been received",
    "see memo",
    "no lift",
];

#[test]
fn what_is_private_goes_nowhere() {
    let tables = files("csv").into_iter().map(|(name, bytes)| (name, rows(&bytes).unwrap_or_default()));
    let messages = exports().into_iter().map(|(name, bytes)| (name, read(&bytes)));
    let all: String = [exports(), files("csv")]
        .concat()
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for words in PRIVATE {
        assert!(all.contains(words), "no export has {words:?}");
    }
    for (name, messages) in messages.chain(tables) {
        for message in messages {
            let message = message.unwrap();
            let whole = format!("{message:?} {}", serde_json::to_string(&message.input).unwrap());
            let told = PRIVATE.iter().find(|words| whole.contains(**words));
            assert_eq!(told, None, "{name}: {whole}");
        }
    }
}

#[test]
fn a_table_without_messages_is_told_by_its_desk() {
    for desk in ["Zendesk", "Zammad"] {
        let bytes = fs::read(folder().join(format!("{}-list.csv", desk.to_lowercase()))).unwrap();
        let why = rows(&bytes).unwrap_err();
        assert!(why.contains(&format!("{desk}'s list of tickets")) && why.contains("as JSON"), "{why}");
    }
}

#[test]
fn an_export_is_told_by_its_beginning() {
    for (name, bytes) in exports() {
        assert!(desk::is_export(&bytes), "{name}");
        // A pipe gives only so much at a time.
        let head = &bytes[..bytes.len().min(4096)];
        assert!(desk::is_export(head), "{name}: its first {} bytes", head.len());
    }
    assert!(desk::is_export(b"{\"tickets\": [], \"count\": 0}"));
    for other in [
        "{\"text\": \"late\", \"comments\": [], \"requester_id\": 1, \"id\": 1}",
        "[{\"text\": \"late\"}]",
        "{\"id\": 1}",
        "[1, 2]",
        "[",
        "[]",
        "{ this is } a letter",
        "",
    ] {
        assert!(!desk::is_export(other.as_bytes()), "{other}");
    }
}

#[test]
fn the_same_tickets_come_of_a_page_a_list_and_lines() {
    for (name, bytes) in exports().into_iter().filter(|(name, _)| name.starts_with("freshdesk")) {
        let whole: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        let lines: String = whole.iter().map(|ticket| format!("{ticket}\n")).collect();
        let page = serde_json::json!({ "tickets": whole }).to_string();
        let ids = |bytes: &[u8]| read(bytes).into_iter().map(|m| m.unwrap().id).collect::<Vec<_>>();
        assert!(ids(lines.as_bytes()) == ids(&bytes) && ids(page.as_bytes()) == ids(&bytes), "{name}");
    }
}

#[test]
fn what_is_broken_is_told_with_its_line_and_the_rest_is_read() {
    let bytes = fs::read(folder().join("zendesk.jsonl")).unwrap();
    let mut lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
    lines[1] = &lines[1][..lines[1].len() - 40];
    let found = read(&lines.join(&b'\n'));
    assert_eq!(found.len(), 3);
    let unread = found[1].as_ref().unwrap_err();
    assert!(unread.line == 2 && unread.message.starts_with("not valid JSON at column"), "{unread:?}");
    assert!(found[0].is_ok() && found[2].is_ok());
    let listed = fs::read_to_string(folder().join("freshdesk.json")).unwrap();
    let broken = listed.replacen("\"subject\": \"Invoice\"", "\"subject\": \"Invoice", 1);
    let place = 1 + broken[..broken.find("Invoice").unwrap()].matches('\n').count();
    let found = read(broken.as_bytes());
    assert_eq!((found.len(), found.iter().filter(|one| one.is_ok()).count()), (3, 2));
    assert!(found.iter().flatten().all(|message| message.id != "2202"));
    assert_eq!(found[1].as_ref().unwrap_err().line, place);
}

#[test]
fn a_field_named_goes_before_what_the_desk_calls_it() {
    let bytes = fs::read(folder().join("zendesk.jsonl")).unwrap();
    let renames =
        [("text".to_owned(), "comments.0.body".to_owned()), ("name".to_owned(), "assignee.name".to_owned())];
    let first = desk::tickets(&bytes[..]).next().unwrap().unwrap().unwrap().read(&renames, OWN).unwrap();
    assert!(first.text.starts_with("Hello,") && first.machine.is_none());
    assert_eq!(first.from.unwrap().name.as_deref(), Some("Dean Ross"));
    let nowhere = [("text".to_owned(), "comments.9.body".to_owned())];
    let unread = desk::tickets(&bytes[..]).next().unwrap().unwrap().unwrap().read(&nowhere, OWN).unwrap_err();
    assert!(unread.message.contains("comments.9.body"), "{unread:?}");
}

/// What may happen to a file.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Drop(usize, usize),
    Put(usize, u8),
    Swap(usize, usize),
    Twice(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..20_000_usize;
    let sign = prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:\\\n0n ".to_vec())];
    prop_oneof![
        at.clone().prop_map(Damage::Cut),
        (at.clone(), 1..200_usize).prop_map(|(at, len)| Damage::Drop(at, len)),
        (at.clone(), sign).prop_map(|(at, byte)| Damage::Put(at, byte)),
        (at.clone(), at.clone()).prop_map(|(one, other)| Damage::Swap(one, other)),
        (at, 1..500_usize).prop_map(|(at, len)| Damage::Twice(at, len)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let len = bytes.len().max(1);
        match *damage {
            _ if bytes.is_empty() => {}
            Damage::Cut(at) => bytes.truncate(at % len),
            Damage::Drop(at, many) => {
                bytes.drain(at % len..(at % len + many).min(len));
            }
            Damage::Put(at, byte) => bytes[at % len] = byte,
            Damage::Swap(one, other) => bytes.swap(one % len, other % len),
            Damage::Twice(at, many) => {
                let piece = bytes[at % len..(at % len + many).min(len)].to_vec();
                bytes.splice(at % len..at % len, piece);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_is_told_or_does_no_harm(which in any::<prop::sample::Index>(), damages in prop::collection::vec(damage(), 1..4)) {
        let exports = exports();
        let (name, bytes) = which.get(&exports);
        let bytes = damaged(bytes.clone(), &damages);
        let _ = desk::is_export(&bytes);
        let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
        for one in read(&bytes) {
            match one {
                Ok(message) => prop_assert!(!message.id.is_empty() && message.text.len() <= bytes.len()),
                Err(unread) => prop_assert!(
                    (1..=lines).contains(&unread.line) && !unread.message.is_empty(),
                    "{}: {:?}", name, unread
                ),
            }
        }
    }

    #[test]
    fn a_damaged_mail_of_outlooks_is_told_or_does_no_harm(damages in prop::collection::vec(damage(), 1..6)) {
        let bytes = damaged(fs::read(folder().join("kettle.msg")).unwrap(), &damages);
        match formats::single("m", &bytes, formats::Format::Email, OWN) {
            Ok(message) => prop_assert!(message.text.len() <= bytes.len() * 2),
            Err(unread) => prop_assert!(!unread.message.is_empty()),
        }
    }

    #[test]
    fn any_bytes_are_values_or_errors(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:\\\n10a ".to_vec())], 0..200)) {
        let _ = desk::is_export(&bytes);
        for one in read(&bytes) {
            prop_assert!(one.is_ok() || one.is_err_and(|unread| !unread.message.is_empty()));
        }
    }
}
