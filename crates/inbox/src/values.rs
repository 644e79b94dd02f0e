//! JSON that is not one record a line: an array of records, or records laid out over several lines,
//! joined by commas, or by nothing. Read one by one, however many there are.

use crate::formats::{Format, LARGEST};
use crate::mbox::read_to;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// What may stand between values; arrays of records are as good as their records.
const BETWEEN: &[u8] = b" \t\r\n,[]\x1e";

/// The values of a stream: the line each begins at, and its bytes.
#[derive(Debug)]
pub struct Values<R> {
    reader: R,
    number: usize,
    /// Lines, or what is left of them, to be read again.
    ahead: VecDeque<Line>,
    /// After a broken value: how far the line is indented that begins the next.
    skip: Option<usize>,
    /// A value was not closed: whatever begins a line like it, is the next.
    wary: bool,
}

#[derive(Debug)]
struct Line {
    number: usize,
    bytes: Vec<u8>,
    /// From its beginning.
    whole: bool,
}

impl Line {
    /// How far an object that begins it is indented.
    fn object_at(&self) -> Option<usize> {
        let blanks = self.bytes.iter().take_while(|b| b" \t".contains(b)).count();
        (self.whole && self.bytes.get(blanks) == Some(&b'{')).then_some(blanks)
    }
}

impl<R: BufRead> Values<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, number: 0, ahead: VecDeque::new(), skip: None, wary: false }
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        read_to(&mut self.reader, &mut bytes, b'\n', LARGEST + 1)?;
        self.number += 1;
        Ok((!bytes.is_empty()).then_some(Line { number: self.number, bytes, whole: true }))
    }

    /// A line where a value begins, and where in it.
    fn begin(&mut self) -> io::Result<Option<(Line, usize)>> {
        while let Some(line) = self.line()? {
            if let Some(skip) = self.skip {
                if line.object_at() != Some(skip) {
                    continue;
                }
                self.skip = None;
            }
            if let Some(at) = line.bytes.iter().position(|b| !BETWEEN.contains(b)) {
                return Ok(Some((line, at)));
            }
        }
        Ok(None)
    }

    fn value(&mut self) -> io::Result<Option<(usize, Vec<u8>)>> {
        let Some((first, at)) = self.begin()? else { return Ok(None) };
        let (number, indent) = (first.number, first.object_at());
        if first.bytes[at] != b'{' {
            let end = scalar(&first.bytes[at..]) + at;
            let value = first.bytes[at..end].to_vec();
            self.put_back(first, end);
            return Ok(Some((number, value)));
        }
        let mut nesting = Nesting::default();
        let mut value = Vec::new();
        let mut taken = Vec::new();
        let (mut line, mut from) = (first, at);
        loop {
            let end = nesting.feed(&line.bytes[from..]).map(|end| from + end);
            value.extend_from_slice(&line.bytes[from..end.unwrap_or(line.bytes.len())]);
            if let Some(end) = end {
                self.put_back(line, end);
                return Ok(Some((number, value)));
            }
            taken.push(line);
            if nesting.broken {
                break;
            }
            if nesting.in_string {
                // No string goes on in the next line.
                self.skip = Some(indent.unwrap_or(usize::MAX));
                return Ok(Some((number, value)));
            }
            let next = if value.len() > LARGEST { None } else { self.line()? };
            match next {
                Some(next) if self.wary && indent.is_some() && next.object_at() == indent => {
                    self.ahead.push_front(next);
                    return Ok(Some((number, value)));
                }
                Some(next) => (line, from) = (next, 0),
                None => break,
            }
        }
        // What was taken for the inside of this value may be others.
        self.wary = true;
        let others = taken.iter().skip(1).position(|line| indent.is_some() && line.object_at() == indent);
        if let Some(others) = others {
            let own: usize = taken[1..=others].iter().map(|line| line.bytes.len()).sum();
            value.truncate(taken[0].bytes.len() - at + own);
            taken.drain(..=others);
            taken.into_iter().rev().for_each(|line| self.ahead.push_front(line));
        } else if value.len() > LARGEST {
            self.skip = Some(indent.unwrap_or(usize::MAX));
        }
        Ok(Some((number, value)))
    }

    fn put_back(&mut self, line: Line, from: usize) {
        if from < line.bytes.len() {
            let rest = line.bytes[from..].to_vec();
            self.ahead.push_front(Line { number: line.number, bytes: rest, whole: false });
        }
    }
}

impl<R: BufRead> Iterator for Values<R> {
    type Item = io::Result<(usize, Vec<u8>)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.value().transpose()
    }
}

/// Where a value ends that is no object: a string, a number, or what isn't JSON at all.
fn scalar(bytes: &[u8]) -> usize {
    if bytes[0] == b'"' {
        let mut escaped = false;
        let end = bytes.iter().skip(1).position(|b| {
            let ends = *b == b'"' && !escaped;
            escaped = *b == b'\\' && !escaped;
            ends
        });
        return end.map_or(bytes.len(), |end| end + 2);
    }
    bytes.iter().position(|b| b",]\n".contains(b)).unwrap_or(bytes.len()).max(1)
}

/// How deep in brackets and strings a value is.
#[derive(Default)]
struct Nesting {
    /// The signs that close what is open.
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// Closed by another sign than it was opened with.
    broken: bool,
}

impl Nesting {
    /// Where the value ends in these bytes, if it does.
    fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                let ends = byte == b'"' && !self.escaped;
                self.escaped = byte == b'\\' && !self.escaped;
                self.in_string = !ends;
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' => self.open.push(b'}'),
                b'[' => self.open.push(b']'),
                b'}' | b']' => {
                    if self.open.pop() != Some(byte) {
                        self.broken = true;
                        return None;
                    }
                    if self.open.is_empty() {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// What kind of JSON a text begins with, if any.
pub fn shape(text: &str) -> Option<Format> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{1e}');
    if let Some(inside) = text.strip_prefix('[') {
        let inside = inside.trim_start();
        return match inside.as_bytes().first()? {
            b'{' => Some(Format::Json),
            b']' => inside[1..].trim().is_empty().then_some(Format::Json),
            b'"' => {
                let after = inside.get(scalar(inside.as_bytes())..).unwrap_or("").trim_start();
                after.starts_with([',', ']']).then_some(Format::Json)
            }
            _ => None,
        };
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let records = lines.clone().filter(|line| is_object(line)).count();
    if !text.starts_with('{') {
        // Something stands before the records: a comment, a name.
        return (records >= 2 && records * 2 > lines.count()).then_some(Format::Jsonl);
    }
    if is_object(first) {
        return Some(Format::Jsonl);
    }
    if is_object(first.trim_end_matches(',')) {
        return Some(Format::Json);
    }
    let opens = first.ends_with(['{', '[', ',', ':']);
    let key = text[1..].trim_start().starts_with(['"', '}']);
    if records > 0 && !opens {
        return Some(Format::Jsonl);
    }
    if !key {
        return (records > 0).then_some(Format::Jsonl);
    }
    // The first line is broken, too long to be seen whole, or not all of its value, or holds several.
    let is_whole = text.contains('\n');
    let mut nesting = Nesting::default();
    Some(match nesting.feed(first.as_bytes()) {
        Some(end) if first[end..].trim_start_matches([',', ' ', '\t', '\r']).starts_with('{') => Format::Json,
        Some(_) => Format::Jsonl,
        None if is_whole && !nesting.in_string => Format::Json,
        None => Format::Jsonl,
    })
}

fn is_object(line: &str) -> bool {
    line.starts_with('{') && line.ends_with('}') && serde_json::from_str::<Map<String, Value>>(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(usize, String)> {
        Values::new(text.as_bytes())
            .map(Result::unwrap)
            .map(|(line, bytes)| (line, String::from_utf8(bytes).unwrap()))
            .collect()
    }

    /// The numbers of the records that are whole, and how many are not.
    fn whole(text: &str) -> (Vec<u64>, usize) {
        let read = values(text);
        let records: Vec<u64> = read
            .iter()
            .filter_map(|(_, value)| serde_json::from_str::<Value>(value).ok()?["id"].as_u64())
            .collect();
        let broken = read.len() - records.len();
        (records, broken)
    }

    #[test]
    fn records_are_told_apart_however_they_are_laid_out() {
        for text in [
            r#"[{"id":1,"a":"]}"},{"id":2,"b":{"c":[1,{}]}},{"id":3,"d":"\"{"}]"#,
            "[\n  {\n    \"id\": 1\n  },\n  {\n    \"id\": 2,\n    \"a\": [\n      {}\n    ]\n  },\n  {\n    \"id\": 3\n  }\n]\n",
            "{\"id\":1}{\"id\":2}\r{\"id\":3}",
            "{\n\"id\":1,\n\"a\":[\n{\n}\n]\n}\n{\n\"id\":2\n}\n\n{\n\"id\":3\n}",
            "{\"id\":1},\n{\"id\":2},\n{\"id\":3}\n",
            "\u{1e}{\"id\":1}\n\u{1e}{\"id\":2}\n\u{1e}{\"id\":3}\n",
        ] {
            assert_eq!(whole(text), (vec![1, 2, 3], 0), "{text}");
        }
        assert_eq!(values("[\n\n {\"id\":1},\n\n{\"id\":2}]")[1].0, 5);
        assert_eq!(values("[]"), []);
    }

    #[test]
    fn a_broken_record_costs_itself_alone() {
        for text in [
            "[\n  {\n    \"id\": 1\n  },\n  {\n    \"id\": 2,\n    \"a\": \"open\n  },\n  {\n    \"id\": 3\n  }\n]",
            "[\n  {\n    \"id\": 1\n  },\n  {\n    \"id\": 2,\n    \"a\": {\n  },\n  {\n    \"id\": 3\n  }\n]",
            "[{\"id\":1},\n{\"id\" 2},\n{\"id\":3}]",
            "[{\"id\":1},\n{\"id\": 2, \"a\": \"open},\n{\"id\":3}]",
            "[{\"id\":1}, oops, {\"id\":3}]",
        ] {
            assert_eq!(whole(text), (vec![1, 3], 1), "{text}");
        }
    }

    #[test]
    fn the_shape_is_told_from_the_beginning() {
        for (text, expected) in [
            ("{\"text\":\"late\"}\n", Some(Format::Jsonl)),
            ("  { \"text\" : \"late\" }\n{}\n", Some(Format::Jsonl)),
            ("{ \"text\" : \"late late late", Some(Format::Jsonl)),
            ("{ \"id\":1, text: \"oops\"\n{\"id\":2}\n", Some(Format::Jsonl)),
            ("{ id: 1\n{\"id\":2}\n", Some(Format::Jsonl)),
            ("# of 3 May\n{\"id\":1}\n{\"id\":2}\n", Some(Format::Jsonl)),
            ("{\n \"text\": \"late\"\n}\n", Some(Format::Json)),
            ("{ \"id\": 1,\n \"text\": \"late\"\n}\n", Some(Format::Json)),
            ("{\"id\":1}{\"id\":2}", Some(Format::Json)),
            ("{\"id\":1},\n{\"id\":2}\n", Some(Format::Json)),
            ("[\n{\"id\":1}", Some(Format::Json)),
            ("[\"late\", \"lost\"]", Some(Format::Json)),
            ("[]\n", Some(Format::Json)),
            ("[1] My boots are late", None),
            ("[\"late\" is what you call it]", None),
            ("[HOLD for the manager]\nDear Ann", None),
            ("{ this is } a letter", None),
            ("{{ name }}, hello", None),
            ("Your API says\n{\"error\":1}\nWhy?\n", None),
            ("", None),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }
}
