//! Explains how a message is read and answered: which phrases fired and where, each issue's weight
//! and why it lost, and which wordings were available.

use crate::facts;
use crate::plan::{Choice, Options, Verdict, choices};
use crate::reading::{Fired, Lost, Reading, Weighed, classify, fired, weighed};
use crate::retell::{self, Retold};
use crate::study::examples::owner_name;
use amends_inbox::message::Message;
use amends_language::index::Index;
use amends_language::phrase::{Node, Phrase};
use amends_language::words::Symbol;
use amends_phrasebook::diagnostic::Sources;
use amends_phrasebook::{Owner, Phrasebook};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use rustc_hash::FxHashSet;
use serde_json::{Value, json};
use std::fmt::Write;

/// The full explanation for one message.
#[derive(Debug)]
pub struct Explanation<'a> {
    book: &'a Phrasebook,
    sources: &'a Sources,
    message: &'a Message,
    reading: Reading,
    fired: Vec<Fired>,
    weighed: Vec<Weighed>,
    /// Rules cancelled by an `unless`.
    cancelled: FxHashSet<u32>,
    /// What could be told back; a reply has room for some of it.
    retold: Retold,
    choices: Vec<Choice>,
    stopped: Option<String>,
}

/// A phrase that would have fired but for one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub rule: u32,
    /// Where the rest of it matched.
    pub start: usize,
    pub end: usize,
    /// The words that could have filled the missing place.
    pub missing: Vec<String>,
    /// The word that would fill it, if the message has it elsewhere.
    pub apart: Option<String>,
    /// How many of its places matched.
    pub there: usize,
}

impl<'a> Explanation<'a> {
    pub fn new(book: &'a Phrasebook, sources: &'a Sources, message: &'a Message, options: &Options) -> Self {
        let reading = classify(book, message);
        let (choices, stopped) = if reading.answerable {
            choices(book, message, &reading, options)
        } else {
            (Vec::new(), reading.why_not.clone())
        };
        let retold = if reading.answerable {
            retell::retell(book, message, &reading, retell::Tried::All)
        } else {
            Retold::default()
        };
        let (fired, weighed) = (fired(book, message), weighed(book, message));
        let owners = fired.iter().map(|f| book.rules[f.rule as usize].owner);
        let cancelled =
            owners.filter_map(|o| if let Owner::Unless(rule) = o { Some(rule) } else { None }).collect();
        Self { book, sources, message, reading, fired, weighed, cancelled, retold, choices, stopped }
    }

    /// The explanation as text.
    pub fn text(&self, color: bool) -> String {
        let mut out = self.annotated(color);
        let reading = &self.reading;
        let _ = writeln!(
            out,
            "kind {}, tone {} ({:.2}), reproach {}, urgency {}, customer {}, wants {}, risks {}\n",
            reading.kind,
            reading.tone.id,
            reading.tone.score,
            reading.reproach,
            reading.urgency,
            reading.customer,
            or_none(&reading.wants.join(", ")),
            or_none(&reading.risks.join(", "))
        );
        out.push_str("Issues\n");
        if self.weighed.is_empty() {
            out.push_str("  no phrase of an issue is in it\n");
        }
        for weighed in &self.weighed {
            let _ = writeln!(
                out,
                "  {:<18} {:>5.2}  {}",
                self.book.issues[weighed.issue].id,
                weighed.sum,
                self.outcome(weighed)
            );
            for (sign, adds) in weighed.signs.iter().take(MOST_SHOWN) {
                let _ = writeln!(out, "      {adds:+.2}  \"{}\"  {}", self.words(sign), self.rule(sign.rule));
            }
            more(&mut out, "      ", weighed.signs.len());
        }
        let silent: Vec<&Fired> = self.fired.iter().filter(|f| f.force == 0.0 && self.judged(f)).collect();
        if !silent.is_empty() {
            out.push_str("\nFound, and not counted\n");
            for f in silent.iter().take(MOST_SHOWN) {
                let _ = writeln!(out, "  \"{}\"  {}: {}", self.words(f), self.rule(f.rule), self.silenced(f));
            }
            more(&mut out, "  ", silent.len());
        }
        if !self.retold.told.is_empty() || !self.retold.left.is_empty() {
            out.push_str("\nTold back\n");
        }
        for told in &self.retold.told {
            let _ = writeln!(out, "  {} ({:.2}): {}", told.role, told.core, told.turned.sentence());
        }
        for left in &self.retold.left {
            let _ = writeln!(
                out,
                "  {} not told back, as {}: \"{}\"",
                left.role,
                retell::reason(&left.why),
                left.text
            );
        }
        out.push_str("\nWordings\n");
        for choice in &self.choices {
            self.choice(choice, &mut out);
        }
        if let Some(stopped) = &self.stopped {
            let _ = writeln!(out, "  no draft: {stopped}");
        }
        out
    }

    /// The message with every counted phrase marked beneath its words.
    fn annotated(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut out = String::new();
        let subject = self.message.subject.as_deref().unwrap_or("");
        for (text, in_subject) in [(subject, true), (self.message.text.as_str(), false)] {
            let marks: Vec<&Fired> = self
                .fired
                .iter()
                .filter(|f| f.in_subject == in_subject && f.force > 0.0 && self.judged(f))
                .collect();
            if text.trim().is_empty() {
                continue;
            }
            let label = |f: &Fired| {
                let rule = &self.book.rules[f.rule as usize];
                let weight = rule.weight * f.force;
                let owner = owner_name(self.book, rule.owner);
                if weight > 0.0 { format!("{owner} {weight:.1}") } else { owner }
            };
            let (shown, marks) = (beginning(text), marks.into_iter());
            let mut snippet = Snippet::source(shown).fold(false);
            for mark in marks.take_while(|mark| mark.end <= shown.len()).take(MOST_MARKED) {
                snippet =
                    snippet.annotation(AnnotationKind::Primary.span(mark.start..mark.end).label(label(mark)));
            }
            let title = if in_subject { "the subject" } else { "the message" };
            out.push_str(&renderer.render(&[Level::INFO.primary_title(title).element(snippet)]));
            out.push_str(if shown.len() < text.len() { "\n… and so on\n\n" } else { "\n\n" });
        }
        out
    }

    /// Whether it affects the reading: descriptions and rules for replies don't.
    fn judged(&self, fired: &Fired) -> bool {
        let rule = &self.book.rules[fired.rule as usize];
        !self.is_noun(fired) && !rule.owner.of_replies() && !rule.describes()
    }

    fn is_noun(&self, fired: &Fired) -> bool {
        matches!(self.book.rules[fired.rule as usize].owner, Owner::Thing(_) | Owner::Unless(_))
    }

    fn outcome(&self, weighed: &Weighed) -> String {
        let id = &self.book.issues[weighed.issue].id;
        match weighed.lost {
            None => self.reading.issues.iter().position(|i| i.id == *id).map_or_else(String::new, |n| {
                format!("taken, number {}, sure {:.2}", n + 1, self.reading.issues[n].score)
            }),
            Some(Lost::Faint) => "lost: too little speaks for it (0.9 is the least)".into(),
            Some(Lost::Outweighed(floor)) => format!("lost: beside the first it needs {floor:.2}"),
            Some(Lost::WeakAlone) => "lost: only weak phrases, and another issue has stronger ones".into(),
            Some(Lost::Late) => "lost: five others come before it".into(),
            Some(Lost::SameWords) => "lost: the same words tell of an issue above".into(),
            Some(Lost::Unsure) => format!(
                "lost: in {} it takes more than this",
                if matches!(self.reading.kind, "praise" | "other") {
                    "praise or small talk"
                } else {
                    "a long message"
                }
            ),
        }
    }

    /// Why a phrase that matched doesn't count.
    fn silenced(&self, fired: &Fired) -> &'static str {
        let rule = &self.book.rules[fired.rule as usize];
        if self.cancelled.contains(&fired.rule) {
            "its `unless` is in the same sentence"
        } else if rule.scope != amends_phrasebook::Scope::Anywhere {
            "it counts only in the subject, or only in a question"
        } else {
            "a \"not\" stands before it"
        }
    }

    fn words(&self, fired: &Fired) -> &str {
        let text =
            if fired.in_subject { self.message.subject.as_deref().unwrap_or("") } else { &self.message.text };
        text.get(fired.start..fired.end).unwrap_or("")
    }

    fn rule(&self, rule: u32) -> String {
        let at = self.book.rules[rule as usize].at.start;
        format!("{}  {}", self.book.rule_name(&self.book.rules[rule as usize]), self.sources.line(at))
    }

    fn choice(&self, choice: &Choice, out: &mut String) {
        let Some(said) = &choice.said else {
            if !choice.considered.is_empty() {
                let _ = writeln!(out, "  {}: nothing; of {} none fits", choice.name, choice.considered.len());
            }
            return;
        };
        let _ = writeln!(out, "  {}: {said}", choice.name);
        let wordings = self.book.wordings(choice.name);
        let mut unmet = 0;
        for (wording, verdict) in wordings.iter().zip(&choice.considered) {
            let why = match verdict {
                Verdict::Said(fit) => format!("said, fit {fit}"),
                Verdict::Equal(fit) => format!("fit {fit} too; another message's turn"),
                Verdict::Looser(fit) => format!("fit {fit}"),
                Verdict::Missing(fact) => format!("`{fact}` is not known"),
                Verdict::Told(fact) => format!("`{fact}` was told before"),
                Verdict::Unmet(_) => {
                    unmet += 1;
                    continue;
                }
            };
            let _ = writeln!(
                out,
                "      {why}: {}  {}",
                wording.text.trim(),
                self.sources.line(wording.at.start)
            );
        }
        if unmet > 0 {
            let _ = writeln!(out, "      {unmet} for other cases");
        }
    }

    /// The explanation as JSON.
    pub fn json(&self) -> Value {
        let hit = |f: &Fired| {
            let rule = &self.book.rules[f.rule as usize];
            json!({
                "rule": self.book.rule_name(rule), "phrase": &*rule.text, "place": self.sources.line(rule.at.start),
                "of": owner_name(self.book, rule.owner), "start": f.start, "end": f.end,
                "field": if f.in_subject { "subject" } else { "text" },
                "text": self.words(f), "weight": rule.weight, "force": f.force,
                "silenced_by": if f.force == 0.0 { Some(self.silenced(f)) } else { None },
            })
        };
        let issue = |w: &Weighed| {
            json!({
                "id": self.book.issues[w.issue].id, "sum": w.sum, "taken": w.lost.is_none(), "why": self.outcome(w),
                "signs": w.signs.iter().map(|(f, adds)| json!({"hit": hit(f), "adds": adds})).collect::<Vec<_>>(),
            })
        };
        let choice = |c: &Choice| {
            let wordings = self.book.wordings(c.name);
            let considered = wordings.iter().zip(&c.considered).map(|(w, v)| {
                let (verdict, fit, because) = match v {
                    Verdict::Said(fit) => ("said", Some(*fit), None),
                    Verdict::Equal(fit) => ("equal", Some(*fit), None),
                    Verdict::Looser(fit) => ("looser", Some(*fit), None),
                    Verdict::Missing(fact) => ("missing", None, Some(&**fact)),
                    Verdict::Told(fact) => ("told", None, Some(&**fact)),
                    Verdict::Unmet(condition) => ("unmet", None, Some(*condition)),
                };
                json!({"text": w.text, "place": self.sources.line(w.at.start), "verdict": verdict, "fit": fit, "because": because})
            });
            json!({"move": c.name, "said": c.said, "wordings": considered.collect::<Vec<_>>()})
        };
        json!({
            "id": self.reading.id,
            "reading": self.reading,
            "hits": self.fired.iter().filter(|f| !self.is_noun(f)).map(hit).collect::<Vec<_>>(),
            "issues": self.weighed.iter().map(issue).collect::<Vec<_>>(),
            "told": self.retold.told.iter().map(|told| json!({
                "role": told.role, "start": told.at.start, "end": told.at.end, "turn": told.turned.sentence(),
                "leans": told.leans, "best": rounded(told.best), "core": rounded(told.core), "fit": rounded(told.fit), "asks": rounded(told.asks),
            })).chain(self.retold.left.iter().map(|left| json!({
                "role": left.role, "start": left.at.start, "end": left.at.end, "turn": null,
                "why": retell::reason(&left.why), "core": rounded(left.core), "asks": rounded(left.asks),
            }))).collect::<Vec<_>>(),
            "moves": self.choices.iter().map(choice).collect::<Vec<_>>(),
            "stopped": self.stopped,
        })
    }

    /// Why an issue was not found: what happened to it, or the phrases that came closest.
    pub fn why_not(&self, id: &str) -> Option<String> {
        let issue = self.book.issues.iter().position(|i| i.id == id)?;
        let mut out = String::new();
        if let Some(weighed) = self.weighed.iter().find(|w| w.issue == issue) {
            let _ = writeln!(out, "{id} sums to {:.2}: {}", weighed.sum, self.outcome(weighed));
            for (sign, adds) in &weighed.signs {
                let _ = writeln!(out, "  {adds:+.2}  \"{}\"  {}", self.words(sign), self.rule(sign.rule));
            }
        } else {
            let _ = writeln!(out, "no phrase of {id} counts in it");
        }
        let near = near(self.book, self.message, Owner::Issue(issue as u16));
        if !near.is_empty() {
            out.push_str("nearest:\n");
        }
        for n in near.iter().take(NEAREST) {
            let rule = &self.book.rules[n.rule as usize];
            let lacks = match &n.apart {
                Some(word) => {
                    format!(" and \"{word}\", but too far apart; `...` lets up to four words stand between")
                }
                None => format!(", missing {}", some(&n.missing)),
            };
            let _ = writeln!(
                out,
                "  {}  {}\n      found \"{}\"{lacks}",
                rule.text,
                self.sources.line(rule.at.start),
                self.message.text.get(n.start..n.end).unwrap_or("")
            );
        }
        Some(out)
    }
}

/// The most bytes of a message shown with marks.
const LONGEST: usize = 16_000;
/// The most marks shown.
const MOST_MARKED: usize = 400;
/// The most phrases listed per category.
const MOST_SHOWN: usize = 200;

/// The part of a long text that is shown.
fn beginning(text: &str) -> &str {
    match text.get(..text.floor_char_boundary(LONGEST)) {
        Some(head) if head.len() < text.len() => head.rfind('\n').map_or(head, |line| &head[..line]),
        _ => text,
    }
}

fn more(out: &mut String, indent: &str, all: usize) {
    if all > MOST_SHOWN {
        let _ = writeln!(out, "{indent}… and {} more", all - MOST_SHOWN);
    }
}

/// How many near misses are shown.
const NEAREST: usize = 5;

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

/// "one of: arrived, received, delivered …".
fn some(words: &[String]) -> String {
    match words {
        [word] => format!("\"{word}\""),
        _ => {
            let shown: Vec<&str> = words.iter().take(8).map(String::as_str).collect();
            format!("one of: {}{}", shown.join(", "), if words.len() > 8 { " …" } else { "" })
        }
    }
}

/// Phrases of `owner` that miss by one place, the closest first.
///
/// Each phrase is tried with each of its places removed in turn, using the ordinary index.
pub fn near(book: &Phrasebook, message: &Message, owner: Owner) -> Vec<Near> {
    let mut tried: Vec<Tried> = Vec::new();
    let mut phrases = Vec::new();
    for (rule, _) in book.rules.iter().enumerate().filter(|(_, r)| r.owner == owner && !r.describes()) {
        let Some(row) = book.row(rule as u32) else { continue };
        let solid = |row: &[Node]| row.iter().filter(|n| !matches!(n, Node::Gap | Node::Maybe(_))).count();
        for place in 0..row.len() {
            if matches!(row[place], Node::Gap | Node::Maybe(_)) || solid(&row) < 2 {
                continue;
            }
            let mut rest = row.clone();
            // The missing word may have been any other.
            let missing = std::mem::replace(&mut rest[place], Node::Gap);
            while rest.first() == Some(&Node::Gap) {
                rest.remove(0);
            }
            while rest.last() == Some(&Node::Gap) {
                rest.pop();
            }
            if solid(&rest) > 0
                && (0..rest.len()).any(|n| amends_language::phrase::anchor(&rest[n..]).is_some())
            {
                let (first, last) = (solid(&row[..place]) == 0, solid(&row[place + 1..]) == 0);
                tried.push(Tried { rule: rule as u32, missing, first, last, there: solid(&rest) });
                phrases.push(Phrase::Words(rest));
            }
        }
    }
    let index = Index::new((0..).zip(phrases).collect(), &book.lexicon);
    let words = book.lexicon.read(&message.text);
    let facts = facts::read(message, &book.company.name, &book.words);
    let hits = index.find(&message.text, &words, &facts::by_words(&facts, &words));
    let whole = book.index.find(&message.text, &words, &facts::by_words(&facts, &words));
    let names = book.lexicon.names();
    let mut near: Vec<Near> = Vec::new();
    for hit in hits {
        let Tried { rule, missing, first, last, there } = &tried[hit.rule as usize];
        if whole.iter().any(|h| h.rule == *rule) || near.iter().any(|n| n.rule == *rule && n.there >= *there)
        {
            continue;
        }
        near.retain(|n| n.rule != *rule);
        let mut fitting = Vec::new();
        symbols(missing, &mut fitting);
        let before = words.words[..hit.first as usize].iter().rev().filter(|_| !last);
        let after = words.words[hit.last as usize + 1..].iter().filter(|_| !first);
        let apart = after.chain(before).find(|word| fitting.iter().any(|symbol| word.is(*symbol)));
        near.push(Near {
            rule: *rule,
            start: words.words[hit.first as usize].start as usize,
            end: words.words[hit.last as usize].end as usize,
            missing: alternatives(missing, &names),
            apart: apart.map(|word| message.text[word.start as usize..word.end as usize].to_owned()),
            there: *there,
        });
    }
    // Most places matched first, then the heaviest.
    let weight = |n: &Near| book.rules[n.rule as usize].weight;
    near.sort_by(|a, b| {
        b.there.cmp(&a.there).then(weight(b).total_cmp(&weight(a))).then(a.rule.cmp(&b.rule))
    });
    near
}

/// A phrase without one of its places.
struct Tried {
    rule: u32,
    missing: Node,
    /// Whether the place is the phrase's first, or its last.
    first: bool,
    last: bool,
    there: usize,
}

/// The single words that could fill a place.
fn symbols(node: &Node, found: &mut Vec<Symbol>) {
    match node {
        Node::Word(symbols) => found.extend(symbols),
        Node::Any(rows) => rows.iter().for_each(|row| {
            if let [one] = row.as_slice() {
                symbols(one, found);
            }
        }),
        Node::Fact(_) | Node::Gap | Node::Maybe(_) => {}
    }
}

/// What could fill a place, as words.
fn alternatives(node: &Node, names: &[&str]) -> Vec<String> {
    match node {
        Node::Word(symbols) => symbols.iter().map(|&s| names[s as usize].to_owned()).collect(),
        Node::Any(rows) => rows
            .iter()
            .map(|row| {
                row.iter()
                    .filter_map(|n| alternatives(n, names).into_iter().next())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect(),
        Node::Fact(kind) => vec![format!("<{kind:?}>").to_lowercase()],
        Node::Gap | Node::Maybe(_) => Vec::new(),
    }
}
/// A chance as it is printed.
fn rounded(chance: f32) -> f64 {
    (f64::from(chance) * 100.0).round() / 100.0
}
