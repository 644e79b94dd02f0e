//! The rows of a CSV. A quote that is never closed costs its own row alone, not those after it.

use crate::formats::LARGEST;
use crate::mbox::read_to;
use csv::ByteRecord;
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// A row and the line it begins at.
#[derive(Debug)]
pub struct Row {
    pub line: usize,
    /// Its cells; of a faulty one, the line as it stands.
    pub cells: ByteRecord,
    pub fault: Option<String>,
}

/// The rows of a table, empty lines left out.
#[derive(Debug)]
pub struct Rows<R> {
    reader: R,
    delimiter: u8,
    /// The sign that ends a line: old Macs wrote `\r` alone.
    end: Option<u8>,
    line: usize,
    /// Lines to be read again.
    ahead: VecDeque<Line>,
    /// How many cells the first row has.
    width: Option<usize>,
}

#[derive(Debug)]
struct Line {
    number: usize,
    bytes: Vec<u8>,
    cut: bool,
}

const UNCLOSED: &str = "a quote in this row is opened and never closed; close it, and write a quote inside \
                        a cell twice (\"\")";

impl<R: BufRead> Rows<R> {
    pub fn new(reader: R, delimiter: u8) -> Self {
        Self { reader, delimiter, end: None, line: 0, ahead: VecDeque::new(), width: None }
    }

    /// Excel's first line, `sep=;`, says what parts the cells.
    pub fn heed_separator(&mut self) -> io::Result<()> {
        if let Some(first) = self.line()? {
            match separator(&first.bytes) {
                Some(sign) => self.delimiter = sign,
                None => self.ahead.push_front(first),
            }
        }
        Ok(())
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let end = match self.end {
            Some(end) => end,
            None => {
                let head = self.reader.fill_buf()?;
                let end = if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' };
                *self.end.insert(end)
            }
        };
        let mut bytes = Vec::new();
        let cut = read_to(&mut self.reader, &mut bytes, end, LARGEST)?;
        self.line += 1;
        Ok((!bytes.is_empty()).then_some(Line { number: self.line, bytes, cut }))
    }

    /// Whether lines that a quote holds together are rows of their own: each has all cells, one of them a code
    /// of the same kind, another some words.
    fn are_rows(&self, lines: &[Line]) -> bool {
        let Some(width) = self.width.filter(|width| *width > 1) else { return false };
        let rows: Vec<Vec<&[u8]>> = lines
            .iter()
            .map(|line| line.bytes.trim_ascii().split(|b| *b == self.delimiter).collect())
            .collect();
        let alike = |at: usize| {
            kind(rows[0][at]).is_some_and(|of| rows.iter().all(|row| kind(row[at]) == Some(of.clone())))
        };
        let is_said = |at: usize| rows.iter().all(|row| row[at].trim_ascii().contains(&b' '));
        rows.iter().all(|row| row.len() == width) && (0..width).any(alike) && (0..width).any(is_said)
    }

    fn row(&mut self) -> io::Result<Option<Row>> {
        let mut scanner = Scanner::new(self.delimiter);
        let mut taken: Vec<Line> = Vec::new();
        let mut size = 0;
        let row = loop {
            let Some(line) = self.line()? else {
                if taken.is_empty() {
                    return Ok(None);
                }
                break None;
            };
            size += line.bytes.len();
            let cut = line.cut;
            let fed = scanner.feed(&line.bytes);
            taken.push(line);
            if cut || size > LARGEST {
                break None;
            }
            match fed {
                Fed::Open => {}
                Fed::Broken => break None,
                Fed::Ended(used) => {
                    let many = taken.len() > 1;
                    let odd = self.width.is_some_and(|width| width != scanner.cells.len());
                    if many && (scanner.sloppy || odd || self.are_rows(&taken)) {
                        break None;
                    }
                    break Some(used);
                }
            }
        };
        let line = taken[0].number;
        let Some(used) = row else {
            let first = taken.remove(0);
            for line in taken.into_iter().rev() {
                self.ahead.push_front(line);
            }
            let fault = if first.cut {
                format!("the record is larger than {} MiB", LARGEST >> 20)
            } else {
                UNCLOSED.into()
            };
            return Ok(Some(Row { line, cells: ByteRecord::from(vec![first.bytes]), fault: Some(fault) }));
        };
        if let Some(last) = taken.pop().filter(|last| used < last.bytes.len()) {
            let rest = last.bytes[used..].to_vec();
            self.ahead.push_front(Line { number: last.number, bytes: rest, cut: last.cut });
        }
        Ok(Some(Row { line, cells: scanner.cells, fault: None }))
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let row = self.row().transpose()?;
            let Ok(row) = row else { return Some(row) };
            let is_blank = row.fault.is_none() && row.cells.len() == 1 && row.cells[0].is_empty();
            if is_blank {
                continue;
            }
            self.width.get_or_insert(row.cells.len());
            return Some(Ok(row));
        }
    }
}

enum State {
    Start,
    Plain,
    Quoted,
    /// After a quote in a quoted cell.
    Closing,
}

enum Fed {
    /// A quoted cell goes on in the next line.
    Open,
    /// The row ends after so many bytes of the line.
    Ended(usize),
    /// A quote begins a cell where none can: the one before was never closed.
    Broken,
}

struct Scanner {
    delimiter: u8,
    state: State,
    cells: ByteRecord,
    cell: Vec<u8>,
    /// Something follows a closing quote.
    sloppy: bool,
    lines: usize,
}

impl Scanner {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            state: State::Start,
            cells: ByteRecord::new(),
            cell: Vec::new(),
            sloppy: false,
            lines: 0,
        }
    }

    fn feed(&mut self, line: &[u8]) -> Fed {
        self.lines += 1;
        for (at, &byte) in line.iter().enumerate() {
            let ends = byte == b'\n' || byte == b'\r';
            match self.state {
                State::Quoted if byte == b'"' => self.state = State::Closing,
                State::Quoted => self.cell.push(byte),
                State::Start if byte == b'"' => self.state = State::Quoted,
                State::Closing if byte == b'"' => {
                    self.cell.push(byte);
                    self.state = State::Quoted;
                }
                _ if byte == self.delimiter => {
                    self.end_cell();
                    self.state = State::Start;
                }
                _ if ends => {
                    self.end_cell();
                    let both = line[at..].starts_with(b"\r\n");
                    return Fed::Ended(at + 1 + usize::from(both));
                }
                State::Closing => {
                    let before = at.checked_sub(2).map_or(b'\n', |before| line[before]);
                    if self.lines > 1 && (before == self.delimiter || before == b'\n') {
                        return Fed::Broken;
                    }
                    self.sloppy = true;
                    self.cell.push(byte);
                    self.state = State::Plain;
                }
                State::Start | State::Plain => {
                    self.cell.push(byte);
                    self.state = State::Plain;
                }
            }
        }
        if matches!(self.state, State::Quoted) {
            return Fed::Open;
        }
        self.end_cell();
        Fed::Ended(line.len())
    }

    fn end_cell(&mut self) {
        self.cells.push_field(&self.cell);
        self.cell.clear();
    }
}

/// What a code looks like, `A-9` for "B-22222"; `None` of what has no digit, or a space.
fn kind(cell: &[u8]) -> Option<Vec<u8>> {
    let class = |b: &u8| match b {
        b'0'..=b'9' => b'9',
        b'a'..=b'z' | b'A'..=b'Z' => b'A',
        other => *other,
    };
    let mut kind: Vec<u8> = cell.iter().map(class).collect();
    kind.dedup();
    (kind.contains(&b'9') && !kind.contains(&b' ')).then_some(kind)
}

/// The sign that `sep=;` names.
fn separator(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', sign] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => Some(*sign),
        _ => None,
    }
}

/// Names of columns that only a table of messages has in its first line.
const COLUMNS: &[&str] = &[
    "agent",
    "assignee",
    "body",
    "channel",
    "comment",
    "comments",
    "content",
    "created",
    "created at",
    "created date",
    "created_at",
    "createdat",
    "customer",
    "customer email",
    "customer_email",
    "date",
    "description",
    "email",
    "from",
    "id",
    "lang",
    "message",
    "name",
    "order",
    "order id",
    "order_id",
    "priority",
    "requester",
    "status",
    "subject",
    "tags",
    "text",
    "ticket",
    "ticket id",
    "ticket_id",
    "to",
    "updated",
    "updated_at",
];

/// Those of them that hold what somebody wrote.
const WORDS: &[&str] = &["body", "comment", "comments", "content", "description", "message", "text"];

/// Whether a text without a telling name is a table: several short cells in its first line, more than
/// one of them a name that columns have, and as many cells in the second.
pub fn is_table(head: &[u8]) -> bool {
    let delimiter = crate::formats::delimiter(head);
    let mut rows = Rows::new(head, delimiter);
    if separator(head.split(|b| *b == b'\n').next().unwrap_or_default()).is_some() {
        return true;
    }
    let mut next = || rows.next().and_then(Result::ok);
    let Some(first) = next() else { return false };
    let names: Vec<String> =
        first.cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect();
    let known = names.iter().filter(|name| COLUMNS.contains(&name.as_str())).count();
    let short = names.iter().all(|name| !name.is_empty() && name.len() <= 40);
    // Named by nothing else, columns may have rows of any length.
    let is_head = known == names.len()
        && names.iter().any(|name| WORDS.contains(&name.as_str()))
        && !first.cells.iter().any(|cell| cell.starts_with(b" "));
    known >= 2
        && short
        && next().is_some_and(|row| {
            row.fault.is_some() || row.cells.len() == names.len() || is_head && row.cells.len() > 1
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>, bool)> {
        let rows = Rows::new(text.as_bytes(), b',').map(Result::unwrap);
        let cells = |row: &Row| row.cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        rows.map(|row| (row.line, cells(&row), row.fault.is_some())).collect()
    }

    #[test]
    fn whole_rows_are_read_as_ever() {
        let text = "id,text\r\n1,\"late, and\nbroken \"\"twice\"\"\"\n\n2,plain \"quoted\" word\n3,\n4,\"\"";
        let read = rows(text);
        let cells: Vec<&[String]> = read.iter().map(|row| row.1.as_slice()).collect();
        assert_eq!(
            cells,
            [
                ["id", "text"],
                ["1", "late, and\nbroken \"twice\""],
                ["2", "plain \"quoted\" word"],
                ["3", ""],
                ["4", ""]
            ]
        );
        assert_eq!(read.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 5, 6, 7]);
        let mac = rows("id,text\r1,late\r2,lost");
        assert_eq!(mac.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn a_table_is_told_from_a_letter() {
        for text in [
            "id,text\n1,late\n",
            "Ticket ID;Subject;Body\n1;a;b\n",
            "sep=;\na;b\n",
            "\"From\"\t\"Text\"\na\tb\n",
        ] {
            assert!(is_table(text.as_bytes()), "{text}");
        }
        for text in [
            "Dear Sir, Madam,\nmy boots are late, and wet\n",
            "To whom it may concern, hello\nI wait, still\n",
            "Name, date\n\nmy order is late\n",
            "text",
            "",
        ] {
            assert!(!is_table(text.as_bytes()), "{text}");
        }
    }
}
