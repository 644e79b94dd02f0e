//! Damaged inputs: whatever is done to a file, nothing panics, every record has a place, and what wasn't
//! touched is read as before. The seeds lie in `tests/damage`.

use amends_inbox::formats::{self, Columns, Format};
use amends_inbox::table::Rows;
use amends_inbox::unpack::unpack;
use amends_inbox::values::Values;
use amends_inbox::{mail, mbox};
use proptest::prelude::*;
use serde_json::Value;
use std::io::{BufReader, Cursor};

const SEEDS: &[&[u8]] = &[
    include_bytes!("damage/records.jsonl"),
    include_bytes!("damage/array.json"),
    include_bytes!("damage/table.csv"),
    include_bytes!("damage/quoted.csv"),
    include_bytes!("damage/box.mbox"),
];
const ARRAY: &str = include_str!("damage/array.json");
const TABLE: &str = include_str!("damage/table.csv");
const RECORDS: &str = include_str!("damage/records.jsonl");

/// What breaks files.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b";",
    b"\\",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\xff",
    b"\xEF\xBB\xBF",
    b"\xff\xfe",
    b"\x1f\x8b\x08",
    b"\nFrom x\nA: b\n\n",
    b"--b--",
    b"=?utf-8?b?",
    b"sep=;\n",
    b"\x1e",
    b"\x1b",
];

#[derive(Debug, Clone)]
enum Blow {
    Cut(usize, usize),
    Put(usize, usize),
    Repeat(usize, usize),
    Flip(usize, u8),
}

fn blow() -> impl Strategy<Value = Blow> {
    prop_oneof![
        (any::<usize>(), 1..40usize).prop_map(|(at, n)| Blow::Cut(at, n)),
        (any::<usize>(), 0..PIECES.len()).prop_map(|(at, piece)| Blow::Put(at, piece)),
        (any::<usize>(), 1..200usize).prop_map(|(at, n)| Blow::Repeat(at, n)),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Blow::Flip(at, byte)),
    ]
}

fn damaged(seed: &[u8], blows: &[Blow]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for blow in blows {
        if bytes.is_empty() {
            break;
        }
        let len = bytes.len();
        match *blow {
            Blow::Cut(at, n) => drop(bytes.drain(at % len..len.min(at % len + n))),
            Blow::Put(at, piece) => drop(bytes.splice(at % len..at % len, PIECES[piece].iter().copied())),
            Blow::Repeat(at, n) => {
                let part = bytes[at % len..len.min(at % len + n)].to_vec();
                drop(bytes.splice(at % len..at % len, part));
            }
            Blow::Flip(at, byte) => bytes[at % len] = byte,
        }
    }
    bytes
}

/// Reads bytes in every way there is; the lines of what is found.
fn read_all(bytes: &[u8]) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    let lines: Vec<(usize, Vec<u8>)> = formats::lines(bytes).map(Result::unwrap).collect();
    let values: Vec<(usize, Vec<u8>)> = Values::new(bytes).map(Result::unwrap).collect();
    for records in [lines, values] {
        for (line, record) in &records {
            let _ = formats::record(*line, record, &[], &[]);
        }
        all.push(records.iter().map(|(line, _)| *line).collect());
    }
    for delimiter in [b',', b';', formats::delimiter(bytes)] {
        let mut rows = Rows::new(bytes, delimiter);
        rows.heed_separator().unwrap();
        let rows: Vec<_> = rows.map(Result::unwrap).collect();
        let columns = rows.first().and_then(|row| Columns::read(&row.cells, &[]).ok());
        for row in &rows {
            if let Some(columns) = &columns {
                let _ = formats::row(row.line, columns, &row.cells, &[]);
            }
        }
        all.push(rows.iter().map(|row| row.line).collect());
    }
    let mails: Vec<mbox::Mail> = mbox::mails(bytes, 1 << 20).map(Result::unwrap).collect();
    for mail in &mails {
        let _ = mail::read("m", &mail.bytes, &[]);
    }
    all.push(mails.iter().map(|mail| mail.line).collect());
    for format in [Format::Email, Format::Text] {
        let _ = formats::single("m", bytes, format, &[]);
    }
    let _ = formats::detect(bytes);
    if let Ok(plain) = unpack(Box::new(Cursor::new(bytes.to_vec()))) {
        let reader = BufReader::new(plain.reader);
        all.push(Values::new(reader).map_while(Result::ok).map(|(line, _)| line).collect());
    }
    all
}

/// The ids of the records that are whole, and how many are not.
fn ids(records: impl Iterator<Item = Vec<u8>>) -> (Vec<String>, usize) {
    let (mut ids, mut broken) = (Vec::new(), 0);
    for record in records {
        match formats::record(1, &record, &[], &[]) {
            Ok(message) => ids.push(message.id),
            Err(_) => broken += 1,
        }
    }
    (ids, broken)
}

/// Which element of the seed a byte lies in, by the ids that begin before it.
fn element(seed: &str, at: usize) -> usize {
    seed[..at].matches("\n  {").count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_damage_breaks_a_reader(seed in 0..SEEDS.len(), blows in prop::collection::vec(blow(), 0..6)) {
        let bytes = damaged(SEEDS[seed], &blows);
        for lines in read_all(&bytes) {
            prop_assert!(lines.is_sorted(), "{lines:?}");
            prop_assert!(lines.iter().all(|line| *line >= 1 && *line <= bytes.len() + 1), "{lines:?}");
        }
    }

    #[test]
    fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_all(&bytes);
    }

    #[test]
    fn a_lost_byte_costs_no_other_element(at in 3..ARRAY.len() - 3) {
        prop_assume!(ARRAY.is_char_boundary(at) && ARRAY.is_char_boundary(at + 1));
        let own = element(ARRAY, at);
        let text = [&ARRAY[..at], &ARRAY[at + 1..]].concat();
        let (ids, _) = ids(Values::new(text.as_bytes()).map(|value| value.unwrap().1));
        for n in (1..=5).filter(|n| *n != own && *n != own + 1) {
            prop_assert!(ids.contains(&n.to_string()), "{n} of {ids:?} in {text}");
        }
    }

    #[test]
    fn a_quote_too_many_costs_its_row_alone(line in 1..6usize, at in 0..200usize) {
        let mut lines: Vec<String> = TABLE.lines().map(str::to_owned).collect();
        let places: Vec<usize> = lines[line].char_indices().map(|(n, _)| n).collect();
        lines[line].insert(places[at % places.len()], '"');
        let text = lines.join("\n") + "\n";
        let rows: Vec<_> = Rows::new(text.as_bytes(), b',').map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 6);
        for (n, row) in rows.iter().enumerate().filter(|(n, _)| *n != line) {
            let cells: Vec<_> = row.cells.iter().map(|cell| String::from_utf8_lossy(cell)).collect();
            prop_assert_eq!(cells.join(","), lines[n].as_str());
        }
    }

    #[test]
    fn a_broken_line_costs_its_record_alone(line in 0..5usize, blows in prop::collection::vec(blow(), 1..4)) {
        let mut lines: Vec<Vec<u8>> = RECORDS.lines().map(|line| line.as_bytes().to_vec()).collect();
        lines[line] = damaged(&lines[line], &blows);
        lines[line].retain(|byte| *byte != b'\n');
        let text = lines.join(&b'\n');
        let (ids, _) = ids(formats::lines(text.as_slice()).map(|line| line.unwrap().1));
        for n in (0..5).filter(|n| *n != line) {
            prop_assert!(ids.contains(&(n + 1).to_string()));
        }
    }

    #[test]
    fn records_are_the_same_in_any_layout(texts in prop::collection::vec("\\PC{0,30}", 1..8), pretty in any::<bool>()) {
        let records: Vec<Value> = texts.iter().enumerate().map(|(n, text)| serde_json::json!({"id": n, "text": text})).collect();
        let all = Value::Array(records.clone());
        let text = if pretty { serde_json::to_string_pretty(&all) } else { serde_json::to_string(&all) }.unwrap();
        let read: Vec<Value> =
            Values::new(text.as_bytes()).map(|value| serde_json::from_slice(&value.unwrap().1).unwrap()).collect();
        prop_assert_eq!(&read, &records);
        prop_assert_eq!(formats::detect(text.as_bytes()), Format::Json);
    }
}
