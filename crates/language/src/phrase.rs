//! The phrase language: what a support team writes instead of a regular expression.
//!
//! ```text
//! (still|never) (arrived|received)   alternatives, each one or more words
//! waiting [for] a refund             [optional]
//! took ... to answer                 a gap of up to four words
//! deliver*                           a prefix: any ending
//! {carrier} lost it                  a named list from the phrasebook
//! charged me <amount>                a fact: <order> <amount> <date> <duration> <number> <starred>
//! /\bcase no\.? \d+/ case            a regular expression, and a word it must contain
//! ```
//!
//! A phrase is parsed to a row of [`Node`]s, which the index matches directly.

use crate::words::{Lexicon, NUMBER, STARRED, Symbol, set};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The most words a `...` may skip.
pub const GAP: u8 = 4;
/// Phrases with more gaps would match anything, slowly.
const MOST_GAPS: usize = 4;
/// Each optional part can double the ways a phrase matches.
const MOST_OPTIONAL: usize = 10;
/// The longest phrase, in bytes.
const LONGEST: usize = 20_000;
/// The most places a phrase may have, nested lists included.
const MOST_PLACES: usize = 5000;

/// A kind of fact a phrase can match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FactKind {
    Order,
    Amount,
    Date,
    Duration,
}

/// One place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Node {
    /// Any of these symbols, sorted.
    Word(Vec<Symbol>),
    Gap,
    Fact(FactKind),
    /// Any of these rows.
    Any(Vec<Row>),
    /// This row, or nothing.
    Maybe(Row),
}

pub type Row = Vec<Node>;

/// A parsed phrase, ready to index.
#[derive(Debug)]
pub enum Phrase {
    Words(Row),
    Regex { source: String, needs: Vec<Symbol> },
}

/// Every symbol a match of this row can begin with; `None` if it can begin with anything else.
pub fn first_symbols(row: &[Node]) -> Option<Vec<Symbol>> {
    let (node, rest) = row.split_first()?;
    match node {
        Node::Word(symbols) => Some(symbols.clone()),
        Node::Any(rows) => {
            let all: Option<Vec<_>> = rows.iter().map(|row| first_symbols(row)).collect();
            all.map(|all| set(all.concat()))
        }
        Node::Maybe(row) => Some(set([first_symbols(row)?, first_symbols(rest)?].concat())),
        Node::Gap | Node::Fact(_) => None,
    }
}

/// Every symbol a match of this row can end with; `None` if it can end with anything else.
pub fn last_symbols(row: &[Node]) -> Option<Vec<Symbol>> {
    let (node, rest) = row.split_last()?;
    match node {
        Node::Word(symbols) => Some(symbols.clone()),
        Node::Any(rows) => {
            let all: Option<Vec<_>> = rows.iter().map(|row| last_symbols(row)).collect();
            all.map(|all| set(all.concat()))
        }
        Node::Maybe(row) => Some(set([last_symbols(row)?, last_symbols(rest)?].concat())),
        Node::Gap | Node::Fact(_) => None,
    }
}

/// What is wrong with a phrase: where (byte range) and how to fix it.
#[derive(Debug, PartialEq, Eq)]
pub struct PhraseError {
    pub at: std::ops::Range<usize>,
    pub message: String,
    pub help: String,
}

/// Named word lists; each entry is a phrase.
pub type Lists = FxHashMap<String, Vec<String>>;

/// Parses a phrase and adds its words to the lexicon.
pub fn parse(text: &str, lexicon: &mut Lexicon, lists: &Lists) -> Result<Phrase, PhraseError> {
    if text.len() > LONGEST {
        return Err(PhraseError {
            at: 0..1,
            message: format!("this phrase is longer than {LONGEST} bytes"),
            help: "divide it into several phrases, or name a list".into(),
        });
    }
    if let Some(rest) = text.trim().strip_prefix('/') {
        return parse_regex(text, rest, lexicon);
    }
    let mut places = 0;
    let mut parser = Parser { text, at: 0, lexicon, lists, depth: 0, places: &mut places };
    let rows = parser.alternatives()?;
    if parser.at < text.len() {
        return Err(parser.error(
            1,
            format!("`{}` closes nothing", &text[parser.at..=parser.at]),
            "remove it, or open the group it should close",
        ));
    }
    let whole = |message: &str, help: &str| PhraseError {
        at: 0..text.len(),
        message: message.into(),
        help: help.into(),
    };
    let mut row = match rows {
        rows if rows.len() == 1 => rows.into_iter().next().unwrap_or_default(),
        rows => vec![Node::Any(rows)],
    };
    while row.last() == Some(&Node::Gap) {
        row.pop();
    }
    while row.first() == Some(&Node::Gap) {
        row.remove(0);
    }
    if row.iter().filter(|n| **n == Node::Gap).count() > MOST_GAPS {
        return Err(whole(
            "this phrase has too many gaps",
            "keep at most four `...`, or write several phrases",
        ));
    }
    if optional(&row) > MOST_OPTIONAL {
        return Err(whole(
            &format!("this phrase has more than {MOST_OPTIONAL} parts that may be missing"),
            "write it as several phrases, or put the parts that stand together in one [bracket]",
        ));
    }
    if !(0..row.len()).any(|n| anchor(&row[n..]).is_some()) {
        return Err(whole(
            "this phrase can match without a single word",
            "keep at least one plain word outside [brackets]",
        ));
    }
    Ok(Phrase::Words(row))
}

/// The most optional parts on any path through a row.
fn optional(row: &[Node]) -> usize {
    let parts = row.iter().map(|node| match node {
        Node::Any(rows) => rows.iter().map(|row| optional(row)).max().unwrap_or(0),
        Node::Maybe(row) => 1 + optional(row),
        Node::Word(_) | Node::Gap | Node::Fact(_) => 0,
    });
    parts.sum()
}

/// The symbols this row must begin with, if its first place can't be empty.
pub fn anchor(row: &[Node]) -> Option<Vec<Symbol>> {
    match row.first()? {
        Node::Word(_) | Node::Any(_) => first_symbols(&row[..1]),
        Node::Gap | Node::Fact(_) | Node::Maybe(_) => None,
    }
}

fn parse_regex(whole: &str, rest: &str, lexicon: &mut Lexicon) -> Result<Phrase, PhraseError> {
    let error = |message: &str, help: &str| PhraseError {
        at: 0..whole.len(),
        message: message.into(),
        help: help.into(),
    };
    let close = rest.rfind('/').ok_or_else(|| {
        error(
            "a regular expression needs a closing `/`",
            "write /pattern/ word, with a word the pattern can't match without",
        )
    })?;
    let (source, words) = (&rest[..close], rest[close + 1..].trim());
    if words.is_empty() {
        return Err(error(
            "a regular expression needs a plain word after it",
            "write /pattern/ word: only messages with that word are tried, which keeps reading fast",
        ));
    }
    let needs =
        words.split(['|', ' ']).filter(|w| !w.is_empty()).flat_map(|w| lexicon.intern(w).to_vec()).collect();
    Ok(Phrase::Regex { source: source.to_owned(), needs })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    lexicon: &'a mut Lexicon,
    lists: &'a Lists,
    depth: usize,
    /// Places used so far.
    places: &'a mut usize,
}

impl Parser<'_> {
    fn error(&self, len: usize, message: impl Into<String>, help: impl Into<String>) -> PhraseError {
        PhraseError {
            at: self.at..(self.at + len).min(self.text.len()),
            message: message.into(),
            help: help.into(),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// `a b|c d`, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Result<Vec<Row>, PhraseError> {
        let mut rows: Vec<Row> = Vec::new();
        // Fast path: nearly all alternatives are single words.
        let mut single: Vec<Symbol> = Vec::new();
        loop {
            if let Some(symbol) = self.lone_word() {
                single.push(symbol);
                if self.peek() == Some('|') {
                    self.at += 1;
                    continue;
                }
                rows.push(vec![Node::Word(set(single))]);
                return Ok(merge_single_words(rows));
            }
            let start = self.at;
            let row = self.sequence()?;
            if row.is_empty() {
                self.at = start;
                return Err(self.error(
                    1,
                    "there is nothing between these marks",
                    "write a word there, or use [brackets] for what may be missing",
                ));
            }
            rows.push(row);
            if self.peek() == Some('|') {
                self.at += 1;
            } else {
                if !single.is_empty() {
                    rows.push(vec![Node::Word(set(single))]);
                }
                return Ok(merge_single_words(rows));
            }
        }
    }

    /// The symbol of an alternative that is one plain word; consumes nothing otherwise.
    fn lone_word(&mut self) -> Option<Symbol> {
        let bytes = self.text.as_bytes();
        let len = bytes[self.at..].iter().position(|b| !b.is_ascii_alphanumeric())?;
        let ends = matches!(bytes[self.at + len], b'|' | b')' | b']');
        if len == 0 || !ends {
            return None;
        }
        match *self.lexicon.intern(&self.text[self.at..self.at + len]) {
            [symbol] => {
                self.at += len;
                Some(symbol)
            }
            _ => None,
        }
    }

    fn sequence(&mut self) -> Result<Row, PhraseError> {
        let mut row = Row::new();
        while let Some(c) = self.peek() {
            *self.places += 1;
            if *self.places > MOST_PLACES {
                return Err(self.error(
                    1,
                    format!("this phrase comes to more than {MOST_PLACES} places with all its lists"),
                    "use shorter lists, or lists that name fewer other lists",
                ));
            }
            match c {
                _ if c.is_whitespace() => self.at += c.len_utf8(),
                '|' | ')' | ']' => break,
                '(' | '[' => row.push(self.group(c)?),
                '{' => row.push(any(self.list()?)),
                '<' => row.push(self.fact()?),
                '.' if self.text[self.at..].starts_with("...") => {
                    self.at += 3;
                    row.push(Node::Gap);
                }
                _ => row.extend(self.word(c)?),
            }
        }
        Ok(row)
    }

    fn group(&mut self, open: char) -> Result<Node, PhraseError> {
        let start = self.at;
        self.depth += 1;
        if self.depth > 8 {
            return Err(self.error(1, "groups are nested too deep", "write it as several phrases"));
        }
        self.at += 1;
        let rows = self.alternatives()?;
        let close = if open == '(' { ')' } else { ']' };
        if self.peek() != Some(close) {
            self.at = start;
            return Err(self.error(1, format!("`{open}` is never closed"), format!("add the `{close}`")));
        }
        self.at += 1;
        self.depth -= 1;
        let node = any(rows);
        Ok(if open == '[' { Node::Maybe(vec![node]) } else { node })
    }

    fn name(&mut self, close: char) -> Result<String, PhraseError> {
        let rest = &self.text[self.at + 1..];
        match rest.find(close) {
            Some(end) => Ok(rest[..end].trim().to_owned()),
            None => Err(self.error(
                1,
                format!("`{}` is never closed", &self.text[self.at..=self.at]),
                format!("add the `{close}`"),
            )),
        }
    }

    fn list(&mut self) -> Result<Vec<Row>, PhraseError> {
        let name = self.name('}')?;
        let lists = self.lists;
        let Some(entries) = lists.get(&name) else {
            let help = crate::suggest::did_you_mean(&name, lists.keys().map(String::as_str))
                .unwrap_or_else(|| "add it under `lists:`".into());
            return Err(self.error(name.len() + 2, format!("there is no list named `{name}`"), help));
        };
        self.at += name.len() + 2;
        if self.depth > 6 {
            return Err(self.error(
                1,
                format!("the list `{name}` names itself"),
                "a list may use other lists, not itself",
            ));
        }
        let mut rows = Vec::new();
        for entry in entries {
            *self.places += 1;
            let (depth, places) = (self.depth + 1, &mut *self.places);
            let mut inner = Parser { text: entry, at: 0, lexicon: self.lexicon, lists, depth, places };
            rows.extend(inner.alternatives()?);
        }
        Ok(merge_single_words(rows))
    }

    fn fact(&mut self) -> Result<Node, PhraseError> {
        let name = self.name('>')?;
        let slot = match name.as_str() {
            "order" => Node::Fact(FactKind::Order),
            "amount" => Node::Fact(FactKind::Amount),
            "date" => Node::Fact(FactKind::Date),
            "duration" => Node::Fact(FactKind::Duration),
            "number" => Node::Word(vec![NUMBER]),
            "starred" => Node::Word(vec![STARRED]),
            _ => {
                let known = ["order", "amount", "date", "duration", "number", "starred"];
                let help = crate::suggest::did_you_mean(&name, known).unwrap_or_else(|| {
                    "facts are <order> <amount> <date> <duration> <number> <starred>".into()
                });
                return Err(self.error(name.len() + 2, format!("there is no fact named `{name}`"), help));
            }
        };
        self.at += name.len() + 2;
        Ok(slot)
    }

    fn word(&mut self, c: char) -> Result<Row, PhraseError> {
        let rest = &self.text[self.at..];
        if !c.is_alphanumeric() {
            if c.is_ascii() || ('\u{2010}'..='\u{2027}').contains(&c) {
                return Err(self.error(
                    c.len_utf8(),
                    format!("`{c}` is never part of a word, so this phrase can't match"),
                    "leave punctuation out: it is ignored in messages too",
                ));
            }
            self.at += c.len_utf8();
            return Ok(self
                .lexicon
                .intern(&rest[..c.len_utf8()])
                .iter()
                .map(|&s| Node::Word(vec![s]))
                .collect());
        }
        let len = rest.find(|c: char| !c.is_alphanumeric() && !"'’.".contains(c)).unwrap_or(rest.len());
        let word = rest[..len].trim_end_matches('.');
        let len = word.len();
        if rest[len..].starts_with('*') {
            if len < 2 {
                return Err(self.error(
                    len + 1,
                    format!("`{word}*` would match almost any word"),
                    "give at least two letters before the `*`",
                ));
            }
            self.at += len + 1;
            return Ok(vec![Node::Word(vec![self.lexicon.intern_prefix(word)])]);
        }
        self.at += len;
        Ok(self.lexicon.intern(word).iter().map(|&s| Node::Word(vec![s])).collect())
    }
}

/// Merges one-word rows into one place; the others stay as rows.
fn merge_single_words(rows: Vec<Row>) -> Vec<Row> {
    let mut symbols = Vec::new();
    let mut merged = Vec::new();
    for row in rows {
        match row.as_slice() {
            [Node::Word(these)] => symbols.extend(these),
            _ => merged.push(row),
        }
    }
    if !symbols.is_empty() {
        merged.insert(0, vec![Node::Word(set(symbols))]);
    }
    merged
}

/// One place that matches any of these rows.
fn any(mut rows: Vec<Row>) -> Node {
    match rows.as_mut_slice() {
        [row] if row.len() == 1 => row.pop().unwrap_or(Node::Gap),
        _ => Node::Any(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Row {
        match parse(text, &mut Lexicon::new([]), &Lists::default()) {
            Ok(Phrase::Words(row)) => row,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn error(text: &str) -> String {
        parse(text, &mut Lexicon::new([]), &Lists::default()).unwrap_err().message
    }

    #[test]
    fn single_words_share_a_place_and_longer_ones_get_a_row() {
        assert!(
            matches!(row("(still|never) (arrived|received)").as_slice(), [Node::Word(a), Node::Word(b)] if a.len() == 2 && b.len() == 2)
        );
        assert!(
            matches!(row("(still|not yet) arrived").as_slice(), [Node::Any(rows), Node::Word(_)] if rows.len() == 2)
        );
        assert!(matches!(
            row("waiting [for] it ...").as_slice(),
            [Node::Word(_), Node::Maybe(_), Node::Word(_)]
        ));
        assert_eq!(row("hasn't").len(), 2);
    }

    #[test]
    fn slips_are_named() {
        assert_eq!(error("(still|never arrived"), "`(` is never closed");
        assert_eq!(error("where is it?"), "`?` is never part of a word, so this phrase can't match");
        assert_eq!(error("a ... b ... c ... d ... e ... f"), "this phrase has too many gaps");
        assert_eq!(error("[maybe]"), "this phrase can match without a single word");
        assert_eq!(error("x*"), "`x*` would match almost any word");
        assert_eq!(error("<oder> late"), "there is no fact named `oder`");
        assert_eq!(error("{carrier} late"), "there is no list named `carrier`");
        assert_eq!(error("/late/"), "a regular expression needs a plain word after it");
        assert_eq!(error("a (|b)"), "there is nothing between these marks");
    }

    #[test]
    fn what_would_take_too_long_to_match_is_named() {
        let many = format!("start {} end", "[a] ".repeat(30));
        assert_eq!(error(&many), "this phrase has more than 10 parts that may be missing");
        let mut lists = Lists::from_iter([("l0".to_owned(), vec!["word".to_owned(); 20])]);
        for n in 1..5 {
            lists.insert(format!("l{n}"), vec![format!("{{l{}}} x", n - 1); 20]);
        }
        let fault = parse("{l4} late", &mut Lexicon::new([]), &lists).unwrap_err();
        assert_eq!(fault.message, "this phrase comes to more than 5000 places with all its lists");
    }
}
