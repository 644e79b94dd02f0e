//! Secrets, and what only looks like them, as people write them in complaints.

use super::{amends, shown, unescaped};
use amends_inbox::message::{Message, clean, safe};
use amends_inbox::secret::{Kind, blot};
use serde_json::{Value, json};

/// The lines of a data file under `tests/breaks`, their escapes read; lines with `#` are headings.
fn lines(name: &str) -> Vec<String> {
    let text =
        std::fs::read_to_string(format!("{}/tests/breaks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(unescaped).collect()
}

/// A line without the marks `[[…]]`, and what they mark.
fn marked(line: &str) -> (String, Vec<String>) {
    let (mut text, mut secrets) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[[") {
        let (secret, after) = after.split_once("]]").unwrap();
        text = text + before + secret;
        secrets.push(secret.to_owned());
        rest = after;
    }
    (text + rest, secrets)
}

/// Whether any letter or digit of the marked parts is left.
fn leaks(line: &str) -> bool {
    let (text, secrets) = marked(line);
    let text = clean(&text).into_owned();
    let Some(blotted) = blot(&text) else { return true };
    let mut from = 0;
    secrets.iter().any(|secret| {
        let secret = clean(secret);
        let at = from + text[from..].find(&*secret).unwrap();
        from = at + secret.len();
        blotted.text[at..from].chars().any(char::is_alphanumeric)
    })
}

#[test]
fn secrets_go() {
    let lines = lines("secrets.txt");
    assert!(lines.len() >= 300);
    let left: Vec<&String> = lines.iter().filter(|line| leaks(line)).collect();
    assert!(left.len() * 100 <= lines.len(), "{} of {} leak: {left:#?}", left.len(), lines.len());
}

#[test]
fn look_alikes_stay() {
    let lines = lines("lookalikes.txt");
    assert!(lines.len() >= 300);
    let gone: Vec<String> =
        lines.iter().filter_map(|line| blot(&clean(line))).map(|found| found.text).collect();
    assert!(gone.len() * 100 <= lines.len() * 3, "{} of {} go: {gone:#?}", gone.len(), lines.len());
}

/// Runs of letters and digits long enough to be told from other words, or from places in a text.
fn telling(secret: &str, least: usize) -> impl Iterator<Item = &str> {
    secret.split(|c: char| !c.is_alphanumeric()).filter(move |part| {
        part.len() >= least && part.chars().any(|c| c.is_ascii_digit()) && !part.starts_with("20")
    })
}

/// Every line through every command that reads messages, in text, subject, history and a field.
#[test]
fn no_command_tells_a_secret() {
    let (mut input, mut secrets) = (String::new(), Vec::new());
    for line in lines("secrets.txt").iter().filter(|line| !leaks(line)) {
        let (text, parts) = marked(line);
        secrets.extend(parts);
        let text = format!("My order is late. {text}");
        let record = json!({"text": text, "subject": text, "history": text, "note": text, "from": "Ann <ann@x.example>"});
        input += &format!("{record}\n");
    }
    for args in [
        &["draft", "--output", "jsonl"][..],
        &["classify", "--output", "jsonl"],
        &["extract", "--output", "jsonl"],
        &["explain"],
        &["draft"],
        &["eval"],
    ] {
        let said = shown(&amends(args, &input));
        assert!(said.len() > 1000, "{args:?}: {said}");
        let words: std::collections::HashSet<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
        // These tell places in the text as well.
        let least = if args.contains(&"jsonl") || args == ["explain"] { 6 } else { 4 };
        for part in secrets.iter().flat_map(|secret| telling(secret, least)) {
            assert!(
                !words.contains(part),
                "{args:?} tells {part}: {:?}",
                said.lines().find(|l| l.contains(part))
            );
        }
    }
}

#[test]
fn every_field_is_read_for_secrets() {
    const CARD: &str = "4111111111111111";
    let records = [
        json!({"id": CARD, "text": "late", "lang": CARD, "pan": CARD}),
        json!({"text": "late", "channel": CARD}),
        json!({"text": "late", CARD: "x"}),
        json!({"text": "late", "deep": {"er": [{"pan": [4111111111111111u64, "4111-1111-1111-1111"]}]}}),
        json!({"text": "late", "from": format!("{CARD} <ann@x.example>")}),
        json!({"text": "late", "name": CARD}),
        json!({"text": "late", "from": CARD}),
        json!({"text": "late", "subject": format!("Card {CARD}")}),
        json!({"text": "late", "history": format!("> {CARD}")}),
        json!({"text": format!("late\n\n-- \nAnn\n{CARD}")}),
        json!({"id": CARD}),
    ];
    let input: String = records.iter().map(|record| format!("{record}\n")).collect();
    for command in ["draft", "classify", "extract", "explain", "eval"] {
        for output in ["jsonl", "text"] {
            let said = shown(&amends(&[command, "--output", output], &input));
            assert!(!said.contains("4111"), "{command}: {said}");
        }
    }
    let said = shown(&amends(&["lint"], &format!("Hi Ann,\n\nYour card {CARD} was charged. Sorry!\n\nSam")));
    assert!(said.contains("secret") && !said.contains("4111"), "{said}");
    let said = shown(&amends(&["draft", "/dev/null/4111111111111111.eml"], ""));
    assert!(!said.contains("4111"), "{said}");
}

#[test]
fn a_field_is_read_with_its_name() {
    let record =
        json!({"text": "late", "cvv": "847", "pin": 4821, "password": "Blue-Heron-9", "order": "847"});
    let mut message = Message { text: "late".into(), ..Message::default() };
    message.input = record.as_object().unwrap().clone();
    message.finish();
    for key in ["cvv", "pin", "password"] {
        let value = message.input[key].as_str().unwrap();
        assert!(value.bytes().all(|b| b == b'*'), "{key}: {value}");
    }
    assert_eq!(message.input["order"], Value::from("847"));
}

#[test]
fn a_field_is_known_however_its_name_is_written() {
    let record = json!({
        "mot_de_passe": "Blaubeere77", "secret": "Blaubeere77", "token": "Blaubeere77", "clientSecret": "Blaubeere77",
        "userPassword": "Blaubeere77", "date_of_birth": "1990-03-14", "account_number": 31926819,
        "parts": ["4111", "1111", "1111", "1111"], "deep": {"accountNumber": "31926819", "parts": [4111, 1111, 1111, 1111]},
        "notes": "https://maria:Blaubeere77@shop.example/",
    });
    let others = json!({
        "orders": [44192, 44193, 44194], "secret_menu": "a pinch of salt", "token": "A-44192", "customer_account": "12345678",
        "sizes": ["36", "37", "38", "39", "40", "41"],
    });
    let finished = |fields: &Value| {
        let mut message = Message { text: "late".into(), ..Message::default() };
        message.input = fields.as_object().unwrap().clone();
        message.finish();
        Value::Object(message.input)
    };
    let left = finished(&record).to_string();
    for secret in ["Blaubeere77", "1990", "31926819", "1111"] {
        assert!(!left.contains(secret), "{left}");
    }
    assert_eq!(finished(&others), others);
}

#[test]
fn a_secret_is_found_over_a_break_of_lines() {
    for history in ["my password is\nBlaubeere77", "> my password is\n> Blaubeere77"] {
        assert!(!blot(history).unwrap().text.contains("Blaubeere77"), "{history}");
    }
    let blotted = blot("> > 4111 1111 1111\n> > 1111").unwrap().text;
    assert!(!blotted.contains("1111"), "{blotted}");
}

#[test]
fn the_agent_is_told_what_was_where() {
    let mut message = Message::from_text("m", "My PIN is 4821.");
    message.subject = Some("Card 4111 1111 1111 1111".into());
    message.input.insert("iban".into(), "DE89370400440532013000".into());
    message.secrets.clear();
    message.text = "My PIN is 4821.".into();
    message.finish();
    let told: Vec<(Kind, &str, bool)> =
        message.secrets.iter().map(|s| (s.kind, s.place.as_str(), s.theirs)).collect();
    assert_eq!(
        told,
        [
            (Kind::Card, "the subject", true),
            (Kind::Pin, "the text", true),
            (Kind::Account, "the field iban", false)
        ]
    );
    let record = json!({"text": "My boots are late.", "pan": "4111111111111111"});
    let said = shown(&amends(&["draft", "--output", "jsonl"], &format!("{record}\n")));
    assert!(said.contains("card number in the field pan") && !said.contains("don't send us"), "{said}");
}

#[test]
fn a_name_of_a_file_tells_none() {
    assert_eq!(safe("a/card 4111 1111 1111 1111.eml"), "a/card **** **** **** ****.eml");
}
