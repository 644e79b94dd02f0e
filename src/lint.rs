//! The rules of a good reply, held against every draft before it leaves.
//!
//! Where words decide, the rule is a table of the phrasebook; where order or form decides, it
//! is here. A draft of ours that breaks one is a bug in the phrasebook.

use crate::diagnostic::Severity;
use crate::phrasebook::{Owner, Phrasebook, Wording};
use crate::render::budget;
use serde::Serialize;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    pub rule: String,
    pub severity: Severity,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instead: String,
}

/// What a reply is held against: what it answers, and where it is read.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The kind of message it answers.
    pub kind: &'a str,
    /// What it is for: only a later one may do without an apology.
    pub stage: &'a str,
    pub template: &'a str,
}

/// Everything wrong with a reply, in order of place.
pub fn lint(book: &Phrasebook, reply: &str, setting: Setting<'_>) -> Vec<Finding> {
    let mut check = Check { reply, findings: Vec::new() };
    check.words(book);
    let sentences = sentences(reply);
    if setting.kind == "complaint" {
        check.apology(&sentences, !matches!(setting.stage, "follow-up" | "cancelled"));
    } else if setting.kind != "machine" {
        check.no_apology(&sentences);
    }
    check.close(&sentences);
    check.holes();
    check.doubled(&sentences);
    check.shouting();
    check.secrets();
    let (most, _) = budget(setting.template);
    let length = reply.chars().count();
    if length > most {
        check.error(
            "too-long",
            0..reply.len().min(1),
            format!("{length} characters, and {} takes {most}", setting.template),
            "",
        );
    }
    check.findings.sort_by_key(|f| (f.start, f.end));
    check.findings
}

/// What in a wording breaks a rule that words decide, whatever stands around it.
pub fn wording_faults(book: &Phrasebook, name: &str, wording: &Wording) -> Vec<Finding> {
    let mut context = tera::Context::new();
    for fact in &wording.facts {
        context.insert(fact.clone(), "something");
    }
    let Ok(said) = wording.say(&context) else { return Vec::new() };
    let mut check = Check { reply: &said, findings: Vec::new() };
    check.words(book);
    check.holes();
    if name != "sign" {
        check.shouting();
    }
    check.findings
}

struct Check<'a> {
    reply: &'a str,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn error(&mut self, rule: &str, at: Range<usize>, message: impl Into<String>, instead: &str) {
        let text = self.reply.get(at.clone()).unwrap_or("").to_owned();
        self.findings.push(Finding {
            rule: rule.into(),
            severity: Severity::Error,
            start: at.start,
            end: at.end,
            text,
            message: message.into(),
            instead: instead.into(),
        });
    }

    /// The rules that are phrases.
    fn words(&mut self, book: &Phrasebook) {
        let words = book.lexicon.read(self.reply);
        for hit in book.index.find(self.reply, &words, &[]) {
            if let Owner::Lint(n) = book.rules[hit.rule as usize].owner {
                let rule = &book.lint[n as usize];
                let (start, end) = (
                    words.words[hit.first as usize].start as usize,
                    words.words[hit.last as usize].end as usize,
                );
                let text = self.reply[start..end].to_owned();
                self.findings.push(Finding {
                    rule: rule.id.clone(),
                    severity: rule.severity,
                    start,
                    end,
                    text,
                    message: rule.message.clone(),
                    instead: rule.instead.clone(),
                });
            }
        }
    }

    fn apology(&mut self, sentences: &[Range<usize>], needed: bool) {
        let apology = sentences.iter().position(|s| is_apology(&self.reply[s.clone()]));
        let solution = sentences.iter().position(|s| is_solution(&self.reply[s.clone()]));
        match (apology, solution) {
            (None, _) if needed => self.error(
                "no-apology",
                0..0,
                "a complaint is answered without an apology",
                "say sorry for a named thing, early",
            ),
            (Some(a), Some(s)) if s < a => self.error(
                "solution-first",
                sentences[s].clone(),
                "the solution stands before the apology",
                "acknowledge and apologise first",
            ),
            (Some(a), _) if a > 4 => self.error(
                "late-apology",
                sentences[a].clone(),
                "the apology comes late",
                "put it among the first three sentences",
            ),
            _ => {}
        }
        let sorry = sentences.iter().filter(|s| is_apology(&self.reply[(*s).clone()])).count();
        if sorry > 2 {
            self.error(
                "apology-overdone",
                0..0,
                format!("sorry is said {sorry} times"),
                "once, at most twice",
            );
        }
    }

    fn no_apology(&mut self, sentences: &[Range<usize>]) {
        if let Some(s) = sentences.iter().find(|s| is_apology(&self.reply[(*s).clone()])) {
            self.error("apology-for-praise", s.clone(), "there is nothing to apologise for", "leave it out");
        }
    }

    /// The last question asks openly, and nothing but a name stands below it.
    fn close(&mut self, sentences: &[Range<usize>]) {
        let question = sentences.iter().rposition(|s| self.reply[s.clone()].trim_end().ends_with('?'));
        let inviting = question.is_some_and(|q| {
            let text = self.reply[sentences[q].clone()].trim_start();
            let below = self.reply[sentences[q].end..].trim();
            (text.starts_with("What") || text.starts_with("How"))
                && below.lines().count() <= 4
                && below.len() < 100
                && !below.contains('?')
        });
        if !inviting {
            self.error(
                "no-inviting-close",
                self.reply.len()..self.reply.len(),
                "the reply does not end with an open, inviting question",
                "\"What else can I do for you?\"",
            );
        }
    }

    fn holes(&mut self) {
        for mark in [
            "{{",
            "}}",
            "{%",
            "%}",
            "[name]",
            "[Name]",
            "<name>",
            "XXX",
            "TODO",
            "undefined",
            " ,",
            " .",
            "  ",
            "..",
            ",,",
        ] {
            if let Some(at) = self.reply.find(mark) {
                self.error("hole", at..at + mark.len(), "something was left unfilled", "fill it in");
            }
        }
    }

    fn doubled(&mut self, sentences: &[Range<usize>]) {
        let mut last: Option<(usize, String)> = None;
        let mut at = 0;
        for part in self.reply.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if !word.is_empty() {
                if let Some((start, before)) = &last
                    && *before == word
                    && word.chars().all(char::is_alphabetic)
                    && self.reply[*start + before.len()..at].trim().is_empty()
                    && !self.reply[*start..at].contains('\n')
                    && !["that", "had"].contains(&word.as_str())
                {
                    let range = *start..at + word.len();
                    self.error("doubled-word", range, "a word stands here twice", "remove one");
                }
                last = Some((at, word));
            }
            at += part.len();
        }
        let mut seen: Vec<&str> = Vec::new();
        for s in sentences {
            let text = self.reply[s.clone()].trim();
            if text.len() > 12 && seen.contains(&text) {
                self.error("doubled-sentence", s.clone(), "a sentence stands here twice", "remove one");
                return;
            }
            seen.push(text);
        }
    }

    fn shouting(&mut self) {
        if let Some(at) = self.reply.find('!') {
            self.error("shouting", at..at + 1, "an exclamation mark raises the voice", "use a full stop");
        }
    }

    fn secrets(&mut self) {
        if crate::secret::blot(self.reply).1.is_some() {
            self.error(
                "secret",
                0..0,
                "the reply holds a card number, password or other secret",
                "take it out",
            );
        }
    }
}

fn is_apology(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    lower.contains("sorry") || lower.contains("apologise") || lower.contains("apologize")
}

/// A sentence that says what will be done.
fn is_solution(sentence: &str) -> bool {
    let lower = sentence.trim_start_matches(['-', ' ']).to_lowercase();
    (lower.starts_with("i'm ") || lower.starts_with("i'll ") || lower.starts_with("i'd "))
        && !is_apology(&lower)
}

/// Sentences with their end marks; a line break ends one too.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        let closes =
            c == '\n' || ".?!".contains(c) && text[end..].chars().next().is_none_or(char::is_whitespace);
        if closes {
            if !text[start..end].trim().is_empty() {
                out.push(start..end);
            }
            start = end;
        }
    }
    if !text[start..].trim().is_empty() {
        out.push(start..text.len());
    }
    out
}
