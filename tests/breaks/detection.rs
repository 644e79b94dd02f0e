//! Whatever comes in is read as what it is, or refused by name; never several customers in one draft.

use super::{amends_on, repeated, unescaped};
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::io::Write;

struct Case {
    name: String,
    bytes: Vec<u8>,
    expected: String,
}

fn cases() -> Vec<Case> {
    let path = format!("{}/tests/breaks/inputs.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let cases = text.split("\n== ").skip(1).map(|case| {
        let (head, body) = case.split_once('\n').unwrap();
        let [name, packing, expected]: [&str; 3] =
            head.splitn(3, '|').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
        let text = repeated(&body.lines().map(|line| unescaped(line) + "\n").collect::<String>());
        let bytes = packing.split(' ').fold(text.into_bytes(), packed);
        Case { name: name.into(), bytes, expected: expected.into() }
    });
    cases.collect()
}

fn packed(bytes: Vec<u8>, how: &str) -> Vec<u8> {
    let text = || String::from_utf8(bytes.clone()).unwrap();
    match how {
        "utf16le" => text().encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf16be" => text().encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf32" => format!("\u{feff}{}", text()).chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
        // Which one it is, is seen from where the zeros are.
        "mark" if bytes[0] == 0 => [b"\xFE\xFF", bytes.as_slice()].concat(),
        "mark" => [b"\xFF\xFE", bytes.as_slice()].concat(),
        "gzip" => {
            let mut out = GzEncoder::new(Vec::new(), Compression::fast());
            out.write_all(&bytes).unwrap();
            out.finish().unwrap()
        }
        _ => bytes,
    }
}

/// What was read, written as in the cases.
fn read(output: &std::process::Output) -> String {
    let records = String::from_utf8_lossy(&output.stdout);
    let records = records.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let one = |record: Value| match record["error"]["message"].as_str() {
        None => record["id"].as_str().unwrap().to_owned(),
        Some(message) => {
            let inside = message.split_once("in line ").map(|(_, rest)| rest.split(':').next().unwrap());
            format!("!{}", inside.map_or_else(|| record["error"]["line"].to_string(), str::to_owned))
        }
    };
    records.map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_input_is_read_as_what_it_is() {
    let cases = cases();
    assert!(cases.len() >= 50);
    let dir = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for Case { name, bytes, expected } in &cases {
        // A name with an ending counts; the others come through a pipe.
        let path = dir.path().join(name);
        let args = ["extract", "--output", "jsonl"];
        let output = if name.contains('.') {
            std::fs::write(&path, bytes).unwrap();
            amends_on(&[&args[..], &[path.to_str().unwrap()]].concat(), b"")
        } else {
            amends_on(&args, bytes)
        };
        let said = super::shown(&output);
        let right = match expected.strip_prefix("~ ") {
            Some(words) => said.contains(&words.replace('"', "\\\"")) || said.contains(words),
            None => read(&output) == *expected,
        };
        if !right {
            wrong.push(format!("{name}: {} instead of {expected}\n{said}", read(&output)));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn what_came_before_a_damage_is_read() {
    let lines: String = (0..3000).map(|n| format!("{{\"id\":\"m{n}\",\"text\":\"Late {n}.\"}}\n")).collect();
    let whole = packed(lines.into_bytes(), "gzip");
    for (bytes, why) in [
        (whole[..whole.len() - 60].to_vec(), "the gzip file is cut off"),
        ([&whole[..], b"\x1f\x8b\x08rubbish after it, which is no gzip at all"].concat(), "the gzip file is"),
    ] {
        let output = amends_on(&["extract", "--output", "jsonl"], &bytes);
        assert_eq!(output.status.code(), Some(4), "{why}");
        let text = String::from_utf8_lossy(&output.stdout);
        let (last, before) =
            text.lines().collect::<Vec<_>>().split_last().map(|(l, b)| (l.to_string(), b.len())).unwrap();
        assert!(before > 1000 && last.contains(why), "{before} {last}");
    }
}

#[test]
fn a_quote_unclosed_at_the_top_of_a_long_table_costs_no_time() {
    let mut table = "id,text\n0,\"My boots are late\n".to_owned();
    table.extend((1..20_000).map(|n| format!("{n},You charged me twice ({n})\n")));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.csv");
    std::fs::write(&path, table).unwrap();
    let output = amends_on(&["extract", "--output", "jsonl", path.to_str().unwrap()], b"");
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text.lines().count(), 20_000);
    assert_eq!(text.lines().filter(|line| line.contains("\"error\":{")).count(), 1);
    assert!(text.lines().next().unwrap().contains("\"line\":2"), "{}", text.lines().next().unwrap());
}
