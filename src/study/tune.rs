//! Learns weights from labelled messages and proposes them as a patch to the phrasebook for review.
//!
//! Only numbers change: a phrase that supports the wrong issue more often than the right one weighs a
//! little less, and vice versa. Weights follow the gradient of the labels' likelihood, with a penalty
//! for moving away from the value a person chose. It also proposes new phrases: words typical of
//! messages in which nothing was found.

use crate::reading::{Sign, signs};
use crate::study::eval::Gold;
use amends_inbox::message::Message;
use amends_phrasebook::diagnostic::File;
use amends_phrasebook::word_lists::WordList;
use amends_phrasebook::yaml::quoted;
use amends_phrasebook::{Phrasebook, Rule};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use similar::TextDiff;
use std::ops::Range;

/// The penalty for moving away from the written weight.
const PENALTY: f32 = 12.0;
/// The most a weight may move in one run.
const FURTHEST: f32 = 0.8;
/// The lowest weight; below it, a phrase is better removed by hand.
const LOWEST: f32 = 0.1;
/// Smaller changes aren't worth reviewing.
const WORTH: f32 = 0.2;
/// Phrases that fired in fewer messages stay as they are.
const LEAST_FIRED: usize = 5;
const ROUNDS: usize = 60;
/// One message in this many is held out for validation.
const ASIDE: usize = 5;

/// A candidate phrase must occur in at least this many missed messages,
const LEAST_MISSED: usize = 3;
/// and at least this share of all messages containing it must have the label.
const LEAST_RIGHT: f32 = 0.8;
/// The most candidates per issue.
const PROPOSED: usize = 5;
const LONGEST: usize = 4;

/// One labelled message, reduced to what learning needs.
#[derive(Debug)]
pub struct Lesson {
    /// The least sum with which an issue is found.
    least: f32,
    signs: Vec<Sign>,
    /// The correct issues; empty if there are none.
    right: Vec<u16>,
    words: Vec<String>,
}

/// A changed weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    pub issue: String,
    pub phrase: String,
    pub from: f32,
    pub to: f32,
    /// Messages it fired in, and how many of them have the label.
    pub fired: usize,
    pub right: usize,
    #[serde(skip)]
    at: Range<usize>,
}

/// A proposed phrase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    pub issue: String,
    pub phrase: String,
    /// Messages containing these words, with and without the label.
    pub right: usize,
    pub wrong: usize,
}

/// Correct main issues before and after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    pub messages: usize,
    pub before: usize,
    pub after: usize,
}

/// The result of tuning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    pub learned: Check,
    /// On held-out messages.
    pub unseen: Check,
    pub changes: Vec<Change>,
    pub candidates: Vec<Candidate>,
}

impl Lesson {
    /// `None` if no issue is labelled.
    pub fn new(book: &Phrasebook, message: &Message, gold: &Gold) -> Option<Self> {
        gold.issues.as_ref()?;
        let right =
            (0..book.issues.len()).filter(|&n| gold.takes(&book.issues[n].id)).map(|n| n as u16).collect();
        let words = message
            .text
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '*')
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        Some(Self { signs: signs(book, message), right, words, least: book.thresholds.least })
    }

    /// Each issue's sum under these weights.
    fn sums(&self, weights: &[f32]) -> Vec<(u16, f32)> {
        let mut sums: Vec<(u16, f32)> = Vec::new();
        for sign in &self.signs {
            let weight = weights[sign.rule as usize] * sign.share;
            match sums.iter_mut().find(|(issue, _)| *issue == sign.issue) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((sign.issue, weight)),
            }
        }
        sums
    }

    /// Whether the main issue is correct.
    fn is_met(&self, weights: &[f32]) -> bool {
        let sums = self.sums(weights);
        match sums.iter().filter(|(_, sum)| *sum >= self.least).max_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((issue, _)) => self.right.contains(issue),
            None => self.right.is_empty(),
        }
    }

    /// Adds this message's contribution to each rule's gradient.
    fn push(&self, weights: &[f32], slopes: &mut [f32]) {
        let sums = self.sums(weights);
        let none = self.least.exp();
        let whole = none + sums.iter().map(|(_, sum)| sum.exp()).sum::<f32>();
        let chance =
            |issue: u16| sums.iter().find(|(i, _)| *i == issue).map_or(0.0, |(_, s)| s.exp() / whole);
        let right: f32 = self.right.iter().map(|&issue| chance(issue)).sum();
        for sign in &self.signs {
            let own = chance(sign.issue);
            let wanted = if right > 0.0 && self.right.contains(&sign.issue) { own / right } else { 0.0 };
            slopes[sign.rule as usize] += sign.share * (wanted - own);
        }
    }
}

/// Learns better weights and missing phrases from the lessons.
pub fn tune(book: &Phrasebook, lessons: &[Lesson]) -> Proposal {
    let aside = |n: usize| n % ASIDE == ASIDE - 1;
    let (unseen, learned): (Vec<_>, Vec<_>) = lessons.iter().enumerate().partition(|(n, _)| aside(*n));
    let unseen: Vec<&Lesson> = unseen.into_iter().map(|(_, lesson)| lesson).collect();
    let learned: Vec<&Lesson> = learned.into_iter().map(|(_, lesson)| lesson).collect();
    let written: Vec<f32> = book.rules.iter().map(|rule| rule.weight).collect();
    let fired = fired(&learned, book.rules.len());
    let tuned = learn(&learned, &written, &fired);
    let check = |lessons: &[&Lesson]| Check {
        messages: lessons.len(),
        before: lessons.iter().filter(|lesson| lesson.is_met(&written)).count(),
        after: lessons.iter().filter(|lesson| lesson.is_met(&tuned)).count(),
    };
    let mut changes: Vec<Change> = book
        .rules
        .iter()
        .enumerate()
        .filter(|(n, _)| tuned[*n] != written[*n])
        .map(|(n, rule)| Change {
            issue: issue_of(book, rule).to_owned(),
            phrase: rule.text.to_string(),
            from: written[n],
            to: tuned[n],
            fired: fired[n].0,
            right: fired[n].1,
            at: rule.at.clone(),
        })
        .collect();
    changes.sort_by_key(|change| change.at.start);
    Proposal {
        learned: check(&learned),
        unseen: check(&unseen),
        changes,
        candidates: candidates(book, &learned, &written),
    }
}

fn issue_of<'a>(book: &'a Phrasebook, rule: &Rule) -> &'a str {
    match rule.owner {
        amends_phrasebook::Owner::Issue(n) => &book.issues[usize::from(n)].id,
        _ => "",
    }
}

/// Per rule: messages it fired in, and how many of them are labelled with its issue.
fn fired(lessons: &[&Lesson], rules: usize) -> Vec<(usize, usize)> {
    let mut fired = vec![(0, 0); rules];
    for lesson in lessons {
        let seen: FxHashSet<(u32, u16)> = lesson.signs.iter().map(|s| (s.rule, s.issue)).collect();
        for (rule, issue) in seen {
            let (all, right) = &mut fired[rule as usize];
            *all += 1;
            *right += usize::from(lesson.right.contains(&issue));
        }
    }
    fired
}

/// Gradient ascent with a penalty for leaving the written weights.
fn learn(lessons: &[&Lesson], written: &[f32], fired: &[(usize, usize)]) -> Vec<f32> {
    let mut weights = written.to_vec();
    for _ in 0..ROUNDS {
        let mut slopes = vec![0.0; weights.len()];
        for lesson in lessons {
            lesson.push(&weights, &mut slopes);
        }
        for (n, weight) in weights.iter_mut().enumerate().filter(|(n, _)| fired[*n].0 >= LEAST_FIRED) {
            let slope = slopes[n] - PENALTY * (*weight - written[n]);
            // Each message's curvature is at most 1/4; half steps, because many weights move at once.
            let step = 0.5 * slope / (PENALTY + 0.25 * fired[n].0 as f32);
            let low = (written[n] - FURTHEST).max(LOWEST).min(written[n]);
            *weight = (*weight + step).clamp(low, written[n] + FURTHEST);
        }
    }
    let worth = |(weight, written): (f32, &f32)| {
        let rounded = (weight * 10.0).round() / 10.0;
        if (rounded - written).abs() < WORTH - 1e-3 { *written } else { rounded }
    };
    weights.into_iter().zip(written).map(worth).collect()
}

/// Words that might become a phrase of an issue.
struct Run<'a> {
    issue: u16,
    words: &'a [String],
    right: usize,
    wrong: usize,
    /// The missed messages it would catch.
    new: Vec<usize>,
}

/// Word sequences typical of messages whose issue was missed.
fn candidates(book: &Phrasebook, lessons: &[&Lesson], weights: &[f32]) -> Vec<Candidate> {
    let missed: Vec<bool> = lessons
        .iter()
        .map(|lesson| {
            let sums = lesson.sums(weights);
            !lesson.right.is_empty() && !sums.iter().any(|(issue, _)| lesson.right.contains(issue))
        })
        .collect();
    // How many missed messages of an issue contain each sequence; a label with several issues counts
    // as its first.
    let mut runs: FxHashMap<(u16, &[String]), usize> = FxHashMap::default();
    for (lesson, _) in lessons.iter().zip(&missed).filter(|(_, missed)| **missed) {
        for run in distinct_runs(&lesson.words, &book.words.common) {
            *runs.entry((lesson.right[0], run)).or_default() += 1;
        }
    }
    runs.retain(|_, count| *count >= LEAST_MISSED);
    let wanted: FxHashSet<&[String]> = runs.keys().map(|(_, run)| *run).collect();
    let mut all: FxHashMap<&[String], Vec<usize>> = FxHashMap::default();
    for (n, lesson) in lessons.iter().enumerate() {
        for run in distinct_runs(&lesson.words, &book.words.common) {
            if let Some(run) = wanted.get(run) {
                all.entry(run).or_default().push(n);
            }
        }
    }
    let mut found: Vec<Run<'_>> = runs
        .keys()
        .filter_map(|&(issue, words)| {
            let places = all.get(words)?;
            let right = places.iter().filter(|&&n| lessons[n].right.contains(&issue)).count();
            let sure = right as f32 >= LEAST_RIGHT * places.len() as f32;
            let new = places.iter().copied().filter(|&n| missed[n]).collect();
            sure.then(|| Run { issue, words, right, wrong: places.len() - right, new })
        })
        .collect();
    // Those that catch the most come first; ties go to the longer.
    found.sort_by(|a, b| {
        (a.issue, b.new.len(), b.words.len(), a.words).cmp(&(b.issue, a.new.len(), a.words.len(), b.words))
    });
    let mut proposed: Vec<Candidate> = Vec::new();
    let mut covered: FxHashSet<usize> = FxHashSet::default();
    for run in found {
        let id = &book.issues[usize::from(run.issue)].id;
        let fresh = run.new.iter().filter(|n| !covered.contains(n)).count();
        let there = proposed.iter().filter(|c| c.issue == *id).count();
        if fresh >= LEAST_MISSED && there < PROPOSED {
            covered.extend(run.new);
            let phrase = run.words.join(" ");
            proposed.push(Candidate { issue: id.clone(), phrase, right: run.right, wrong: run.wrong });
        }
    }
    proposed
}

/// The distinct word sequences of a message that could be phrases.
fn distinct_runs<'a>(words: &'a [String], common: &WordList) -> FxHashSet<&'a [String]> {
    let plain = |word: &String| word.chars().all(|c| c.is_alphabetic() || c == '\'');
    let tells = |word: &String| word.len() > 3 && !common.has(word);
    let edge = |word: Option<&String>| word.is_some_and(|w| w != "and" && w != "the" && w != "a");
    (1..=LONGEST)
        .flat_map(|len| words.windows(len))
        .filter(|run| run.iter().all(plain) && run.iter().any(tells))
        .filter(|run| edge(run.first()) && edge(run.last()))
        .collect()
}

impl Proposal {
    /// Applies the changes to a phrasebook file: only affected entries are edited, and candidates are
    /// added under their issue's `phrases:` with their counts.
    pub fn applied(&self, file: &File) -> String {
        let source = file.text.as_str();
        let here = self.changes.iter().filter(|c| (file.start..file.end()).contains(&c.at.start));
        let mut edits: Vec<(Range<usize>, String)> =
            here.map(|c| weighed(source, &(c.at.start - file.start..c.at.end - file.start), c.to)).collect();
        for candidate in &self.candidates {
            if let Some((at, indent)) = phrases_of(source, &candidate.issue) {
                let all = candidate.right + candidate.wrong;
                let line = format!(
                    "{indent}- {}  # new: {} of {all} messages with it have this label\n",
                    quoted(&candidate.phrase),
                    candidate.right
                );
                edits.push((at..at, line));
            }
        }
        // From the end, so earlier offsets stay valid.
        edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
        let mut out = source.to_owned();
        for (at, text) in edits {
            out.replace_range(at, &text);
        }
        out
    }
}

/// The edit that gives the entry at `at` a weight.
fn weighed(source: &str, at: &Range<usize>, weight: f32) -> (Range<usize>, String) {
    let entry = source.get(at.clone()).unwrap_or("");
    let line_end = source[at.start..].find('\n').map_or(source.len(), |n| at.start + n);
    // If the entry is already a table, in braces or over several lines.
    let table = if entry.starts_with('{') || source[at.start..line_end].starts_with('{') {
        Some(at.start..at.start + closing_brace(&source[at.start..]).unwrap_or(line_end - at.start))
    } else if source[at.start..].starts_with("phrase:") {
        let indent = at.start - source[..at.start].rfind('\n').map_or(0, |n| n + 1);
        let rest = &source[line_end..];
        let more: usize = rest
            .split_inclusive('\n')
            .skip(1)
            .take_while(|line| line.len() - line.trim_start().len() >= indent && !line.trim().is_empty())
            .map(str::len)
            .sum();
        Some(at.start..(line_end + 1 + more).min(source.len()))
    } else {
        None
    };
    let Some(table) = table else {
        let text = entry.trim();
        let phrase = if text.starts_with(['"', '\'']) { text.to_owned() } else { quoted(text) };
        return (at.clone(), format!("{{phrase: {phrase}, weight: {weight}}}"));
    };
    let text = &source[table.clone()];
    if let Some(n) = text.find("weight:") {
        let from = table.start + n + "weight:".len();
        let len = source[from..].find([',', '}', '\n', '#']).unwrap_or(0);
        let number = source[from..from + len].trim_end().len();
        return (from..from + number, format!(" {weight}"));
    }
    if text.starts_with('{') {
        let end = table.end - 1;
        return (end..end, format!(", weight: {weight}"));
    }
    let indent = " ".repeat(at.start - source[..at.start].rfind('\n').map_or(0, |n| n + 1));
    (line_end..line_end, format!("\n{indent}weight: {weight}"))
}

/// The length of a table in braces, ignoring braces in quotes.
fn closing_brace(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    let mut depth = 0;
    for (n, c) in text.char_indices() {
        match (quote, c) {
            (Some('"'), '\\') => escaped = !escaped,
            (Some(q), c) if c == q && !escaped => quote = None,
            (Some(_), _) => escaped = false,
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(n + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where an issue's `phrases:` (or the nearest thing to it) begins, and its entries' indentation.
fn phrases_of(source: &str, issue: &str) -> Option<(usize, String)> {
    let mut at = 0;
    let mut inside = (false, false);
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start().len();
        let key = line.trim_end();
        if indent == 0 && !key.is_empty() && !key.starts_with('#') {
            inside = (key == "issues:", false);
        } else if inside.0 && indent == 2 && !key.trim_start().starts_with('#') {
            inside.1 = key.trim() == format!("{issue}:");
        } else if inside == (true, true) && ["phrases:", "strong:", "weak:"].contains(&key.trim()) {
            let next = source[at..].lines().find(|l| l.trim_start().starts_with("- "))?;
            let wide = next.len() - next.trim_start().len();
            if key.trim() == "phrases:" {
                return Some((at, " ".repeat(wide)));
            }
            // If there is no `phrases:` yet, it is added.
            if !source[at..].lines().take_while(|l| l.starts_with("    ")).any(|l| l.trim() == "phrases:") {
                return Some((start, " ".repeat(wide)))
                    .map(|(start, wide)| (start, format!("    phrases:\n{wide}")));
            }
        }
    }
    None
}

/// A line diff, like `diff -U0`.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(0).header(path, path).to_string()
}

/// The proposal as text, to go with the diff.
pub fn text(proposal: &Proposal) -> String {
    let Proposal { learned, unseen, changes, candidates } = proposal;
    let line = |name: &str, check: &Check| {
        format!("  {name:<18}{:>6} of {} right before, {} after\n", check.before, check.messages, check.after)
    };
    let mut out = "main issue\n".to_owned() + &line("learned from", learned) + &line("kept aside", unseen);
    if unseen.after < unseen.before {
        out += "the messages kept aside are read worse with these weights: better leave them\n";
    } else if unseen.after == unseen.before && !changes.is_empty() {
        out += "the messages kept aside are read no better with these weights\n";
    }
    let some = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (weights, phrases) = (some(changes.len(), "changed weight"), some(candidates.len(), "phrase"));
    out += &format!("{weights}, {phrases} to consider\n");
    for change in changes {
        out += &format!(
            "  {} {} -> {}  {}  (fired in {}, right in {})\n",
            change.issue, change.from, change.to, change.phrase, change.fired, change.right
        );
    }
    for candidate in candidates {
        out += &format!(
            "  {} + {}  ({} of {} messages with it have this label)\n",
            candidate.issue,
            candidate.phrase,
            candidate.right,
            candidate.right + candidate.wrong
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::diagnostic::Sources;
    use serde_json::json;

    const BOOK: &str = r#"version: 1
company: {name: Shop, agent: Sam, email: a@shop.example, phone: "1"}
issues:
  late:
    name: late
    trouble: the delay
    policy: {todo: find it}
    phrases:
      - never came  # the plain case
      - {phrase: "box", weight: 2}
  bill:
    name: a bill
    trouble: the bill
    policy: {todo: check it}
    weak:
      - charged
"#;

    /// The phrasebook above, plus the moves every phrasebook needs.
    fn source() -> String {
        let moves: String =
            amends_phrasebook::required_moves().map(|name| format!("  {name}: [x]\n")).collect();
        format!("{BOOK}moves:\n{moves}")
    }

    fn lessons(book: &Phrasebook, rows: &[(&str, &str)]) -> Vec<Lesson> {
        rows.iter()
            .enumerate()
            .map(|(n, (text, issue))| {
                let message = Message::from_text(n.to_string(), text);
                let labels = json!({"issue": issue});
                let gold = Gold::read(labels.as_object().unwrap(), book).unwrap();
                Lesson::new(book, &message, &gold).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_phrase_that_misleads_weighs_less_and_missing_words_are_proposed() {
        let source = source();
        let book = Phrasebook::parse("p.yaml", &source).unwrap();
        let rows: Vec<(&str, &str)> = (0..100)
            .map(|n| match n % 4 {
                0 => ("it never came", "late"),
                1 => ("the box was charged", "bill"),
                2 => ("I was charged", "bill"),
                _ => ("your invoice is nonsense", "bill"),
            })
            .collect();
        let proposal = tune(&book, &lessons(&book, &rows));
        let moved = |phrase: &str| proposal.changes.iter().find(|c| c.phrase == phrase).map(|c| c.to);
        assert!(moved("box").unwrap() < 2.0 && moved("charged").unwrap() > 1.0, "{proposal:?}");
        assert!(proposal.unseen.after >= proposal.unseen.before, "{proposal:?}");
        assert!(proposal.candidates.iter().any(|c| c.issue == "bill" && c.phrase.contains("invoice")));

        let file = Sources::new("p.yaml", &source);
        let new = proposal.applied(&file.files()[0]);
        assert!(new.contains("- never came  # the plain case") || moved("never came").is_some());
        assert!(new.contains("- {phrase: \"charged\", weight: "), "{new}");
        assert!(new.contains("    phrases:\n      - \"") && new.contains("# new: "), "{new}");
        let tuned = Phrasebook::parse("p.yaml", &new).unwrap();
        assert!(tuned.rules.iter().any(|r| &*r.text == "box" && r.weight < 2.0));
        let diff = unified("p.yaml", &source, &new);
        assert!(diff.contains("\n-      - charged\n") && !diff.contains("moves:"), "{diff}");
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        let book = Phrasebook::parse("p.yaml", &source()).unwrap();
        let rows = vec![("it never came", "late"); 3];
        assert_eq!(tune(&book, &lessons(&book, &rows)).changes, []);
    }

    #[test]
    fn a_weight_is_written_into_whatever_form_an_entry_has() {
        let entry = |source: &str, part: &str| {
            let at = source.find(part).unwrap();
            let (range, text) = weighed(source, &(at..at + part.len()), 1.4);
            let mut out = source.to_owned();
            out.replace_range(range, &text);
            out
        };
        assert_eq!(entry("  - a b # why\n", "a b"), "  - {phrase: \"a b\", weight: 1.4} # why\n");
        assert_eq!(entry("  - \"(a|b)\"\n", "\"(a|b)\""), "  - {phrase: \"(a|b)\", weight: 1.4}\n");
        assert_eq!(
            entry("  - {phrase: \"{x} a\", unless: b}\n", "{phrase: \"{x} a\", unless: b}"),
            "  - {phrase: \"{x} a\", unless: b, weight: 1.4}\n"
        );
        assert_eq!(entry("  - {weight: 2, phrase: a}\n", "{weight"), "  - {weight: 1.4, phrase: a}\n");
        assert_eq!(
            entry("  - phrase: a\n    unless: b\n  - c\n", "phrase: a"),
            "  - phrase: a\n    weight: 1.4\n    unless: b\n  - c\n"
        );
        assert_eq!(
            entry("  - phrase: a\n    weight: 3 # so\n", "phrase: a"),
            "  - phrase: a\n    weight: 1.4 # so\n"
        );
    }
}
