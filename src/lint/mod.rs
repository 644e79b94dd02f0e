//! Rules for a good reply, applied to every draft and to any other reply.
//!
//! Rules decided by words are phrasebook tables (`lint:`); those decided by order, form or the
//! original message are implemented here, each with its page in [`pages`]. If one of our own drafts
//! breaks a rule, that is a bug in the phrasebook.

mod against;
pub mod pages;
mod structure;
mod text;

use crate::reading::Reading;
use amends_inbox::message::Message;
use amends_inbox::secret::blot;
use amends_phrasebook::diagnostic::Severity;
use amends_phrasebook::{Owner, Phrasebook, Wording};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use text::Reply;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    pub rule: String,
    pub severity: Severity,
    /// Byte range in the reply.
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instead: String,
}

/// The reply's context: what it answers and where it appears.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The kind of message it answers.
    pub kind: &'a str,
    /// Its stage: only a later reply may leave out the apology.
    pub stage: &'a str,
    pub template: &'a str,
    /// Gaps the draft leaves for the agent.
    pub holes: &'a [String],
    pub against: Option<Against<'a>>,
}

/// The message being answered.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    pub message: &'a Message,
    pub reading: &'a Reading,
    /// Facts only the agent knows.
    pub set: &'a BTreeMap<String, String>,
}

/// Everything wrong with a reply, in text order.
pub fn lint(book: &Phrasebook, reply: &str, setting: Setting<'_>) -> Vec<Finding> {
    // Findings quote the reply, so a secret in it goes first; all places stay the same.
    let blotted = blot(reply);
    let reply = Reply::new(book, blotted.as_ref().map_or(reply, |blotted| &blotted.text));
    let mut check = Check { book, reply: reply.text, findings: Vec::new() };
    if blotted.is_some() {
        check.found("secret", 0..0, None);
    }
    check.words(&reply);
    structure::check(&mut check, &reply, &setting);
    if let Some(against) = &setting.against {
        against::check(&mut check, &reply, against, setting.template);
    }
    check.findings.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
    check.findings.truncate(MOST);
    check.findings
}

/// Cap on findings per reply.
const MOST: usize = 1000;

/// A rule that a file or record switches off for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub rule: String,
    /// Source range.
    pub at: Range<usize>,
}

/// The suppressions in a text, `<!-- amends-lint off: shouting, corporate: why -->`, and the text
/// with them blanked out, so that offsets stay valid.
pub fn suppressions(text: &str) -> (Vec<Suppression>, Cow<'_, str>) {
    const OPEN: &str = "<!-- amends-lint off:";
    if !text.contains(OPEN) {
        return (Vec::new(), Cow::Borrowed(text));
    }
    let (mut found, mut blanked, mut from) = (Vec::new(), text.to_owned(), 0);
    while let Some(start) = text[from..].find(OPEN).map(|n| from + n) {
        let Some(end) = text[start..].find("-->").map(|n| start + n + 3) else { break };
        let inside = &text[start + OPEN.len()..end - 3];
        let rules = inside.split(':').next().unwrap_or("");
        for rule in rules.split(',').map(str::trim).filter(|r| !r.is_empty()) {
            found.push(Suppression { rule: rule.to_owned(), at: start..end });
        }
        let blank: String = text[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        if blank.len() == end - start {
            blanked.replace_range(start..end, &blank);
        } else {
            // With multi-byte characters: as many spaces as bytes.
            blanked.replace_range(start..end, &" ".repeat(end - start));
        }
        from = end;
    }
    (found, Cow::Owned(blanked))
}

/// Drops suppressed findings, and reports suppressions that had no effect.
pub fn suppressed(book: &Phrasebook, findings: Vec<Finding>, suppressions: &[Suppression]) -> Vec<Finding> {
    let (off, mut left): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|f| suppressions.iter().any(|s| s.rule == f.rule));
    let mut check = Check { book, reply: "", findings: Vec::new() };
    for unused in suppressions.iter().filter(|s| !off.iter().any(|f| f.rule == s.rule)) {
        check.found(
            "unused-suppression",
            unused.at.clone(),
            Some(format!("nothing here breaks `{}`", unused.rule)),
        );
    }
    left.append(&mut check.findings);
    left.sort_by_key(|f| (f.start, f.end));
    left
}

/// Applies the safe fixes and counts them: an exclamation mark becomes a full stop, a doubled word
/// loses its copy.
pub fn mended(text: &str, find: impl Fn(&str) -> Vec<Finding>) -> (String, usize) {
    const MOST: usize = 1000;
    let (mut text, mut count) = (text.to_owned(), 0);
    while count < MOST {
        let mend = find(&text).into_iter().find_map(|f| {
            let at = f.start..f.end;
            let instead = match (f.rule.as_str(), text.get(at.clone())?) {
                ("shouting", "!") if text[at.end..].starts_with(['!', '?', '.']) => String::new(),
                ("shouting", "!") => ".".into(),
                ("hole", mark @ (" ," | " ." | ",,")) => mark[1..].to_owned(),
                ("doubled-word", words) => words.split_whitespace().next()?.to_owned(),
                _ => return None,
            };
            Some((at, instead))
        });
        let Some((at, instead)) = mend else { break };
        text.replace_range(at, &instead);
        count += 1;
    }
    (text, count)
}

/// Every rule with its severity in this phrasebook, built-in rules first.
pub fn rules(book: &Phrasebook) -> Vec<(String, Option<Severity>, String)> {
    let code = pages::PAGES.iter().map(|page| {
        let own = book.lint.iter().find(|r| r.id == page.id);
        (page.id.to_owned(), own.map_or(Some(page.severity), |r| r.severity), page.what.to_owned())
    });
    let words = book.lint.iter().filter(|r| pages::of(&r.id).is_none());
    code.chain(words.map(|r| (r.id.clone(), r.severity, r.message.clone()))).collect()
}

/// A rule's page as Markdown.
pub fn page(book: &Phrasebook, id: &str) -> Option<String> {
    let (_, severity, what) = rules(book).into_iter().find(|(rule, _, _)| rule == id)?;
    let severity = severity.map_or("off", Severity::name);
    let own = book.lint.iter().find(|r| r.id == id);
    let note = own
        .filter(|r| !r.reason.is_empty())
        .map_or(String::new(), |r| format!("In this phrasebook: {}.", r.reason));
    Some(match (pages::of(id), own) {
        (Some(page), _) => {
            pages::markdown(id, [&what, page.why, page.example, page.instead, &note], severity, page.source)
        }
        (None, Some(rule)) => {
            let words = format!("Its words stand in the phrasebook, under `lint: {id}:`.\n{note}");
            pages::markdown(
                id,
                [&what, &rule.why, &rule.example, &rule.instead, words.trim_end()],
                severity,
                &rule.source,
            )
        }
        (None, None) => return None,
    })
}

/// Rules that a wording breaks by itself, whatever the context.
pub fn wording_faults(book: &Phrasebook, name: &str, wording: &Wording) -> Vec<Finding> {
    let facts = wording.facts.iter().map(|fact| (&**fact, "something".to_owned())).collect();
    let Ok(said) = wording.say(&facts) else { return Vec::new() };
    let reply = Reply::new(book, &said);
    let mut check = Check { book, reply: &said, findings: Vec::new() };
    check.words(&reply);
    structure::form(&mut check, &reply, &wording.holes(), name == "sign");
    check.findings
}

struct Check<'a> {
    book: &'a Phrasebook,
    reply: &'a str,
    findings: Vec<Finding>,
}

impl Check<'_> {
    /// Reports a broken rule from [`pages`], with the phrasebook's severity.
    fn found(&mut self, rule: &str, at: Range<usize>, message: Option<String>) {
        let Some(page) = pages::of(rule) else { return };
        let own = self.book.lint.iter().find(|r| r.id == rule);
        let severity = match own {
            Some(own) => own.severity,
            None => Some(page.severity),
        };
        let Some(severity) = severity else { return };
        self.findings.push(Finding {
            rule: rule.into(),
            severity,
            start: at.start,
            end: at.end,
            text: self.reply.get(at).unwrap_or("").to_owned(),
            message: message.unwrap_or_else(|| page.what.into()),
            instead: page.instead.into(),
        });
    }

    /// Applies the phrase-based rules.
    fn words(&mut self, reply: &Reply<'_>) {
        for hit in &reply.hits {
            let Owner::Lint(n) = self.book.rules[hit.rule as usize].owner else { continue };
            let rule = &self.book.lint[n as usize];
            let Some(severity) = rule.severity else { continue };
            let words = &reply.words.words;
            let (start, end) =
                (words[hit.first as usize].start as usize, words[hit.last as usize].end as usize);
            // Overlapping hits of one rule are one finding.
            let told = |f: &Finding| f.rule == rule.id && f.start < end && start < f.end;
            if self.findings.iter().any(told) {
                continue;
            }
            self.findings.push(Finding {
                rule: rule.id.clone(),
                severity,
                start,
                end,
                text: self.reply[start..end].to_owned(),
                message: rule.message.clone(),
                instead: rule.instead.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suppression_keeps_every_other_byte_in_its_place() {
        let text = "Hi!\n<!-- amends-lint off: shouting, corporate: our voice -->\nSo é.";
        let (found, blanked) = suppressions(text);
        assert_eq!(found.iter().map(|s| s.rule.as_str()).collect::<Vec<_>>(), ["shouting", "corporate"]);
        assert_eq!((blanked.len(), blanked.find("So é.")), (text.len(), text.find("So é.")));
    }

    #[test]
    fn what_has_one_mend_is_mended() {
        let book = crate::built_in::phrasebook().unwrap();
        let find = |text: &str| lint(&book, text, Setting { template: "email", ..Setting::default() });
        let (text, count) = mended("We have have found it!! Your order , which we sent, is here!", find);
        assert_eq!(text, "We have found it. Your order, which we sent, is here.");
        assert_eq!(count, 5);
    }
}
