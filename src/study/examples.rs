//! Runs a phrasebook's own tests: hits, misses, whole-message cases, and phrases no example covers.

use crate::plan::Options;
use crate::reading::wishes::kind_of;
use crate::reading::{Reading, classify, fired};
use crate::render::Templates;
use crate::reply::reply;
use crate::study::sample::Sampler;
use amends_inbox::message::{Channel, Message};
use amends_phrasebook::diagnostic::Sources;
use amends_phrasebook::yaml::At;
use amends_phrasebook::{
    CUES, CUSTOMER, CUSTOMERS, Case, KINDS, Owner, Phrasebook, REPLY, TONES, WANTS, WISHES,
};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write;
use std::ops::Range;

/// In a near miss, an issue scoring below this counts as not found.
const FOUND: f32 = 0.5;

/// The result of one example or case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Its table: `late_delivery`, `cases`.
    pub of: String,
    /// `hit`, `miss`, or a case's name.
    pub name: String,
    /// `phrasebook.yaml:12`.
    pub place: String,
    pub text: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<String>,
}

/// A phrase that no example fires.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Untried {
    pub rule: String,
    pub phrase: String,
    pub place: String,
    /// Words that would fire it, as a start for an example.
    pub try_with: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub examples: Vec<Outcome>,
    pub phrases: usize,
    pub untried: Vec<Untried>,
}

impl Report {
    pub fn failed(&self) -> usize {
        self.examples.iter().filter(|o| !o.failures.is_empty()).count()
    }

    /// Percentage of phrases fired by some example, rounded down.
    pub fn coverage(&self) -> usize {
        let tried = self.phrases - self.untried.len();
        (tried * 100).checked_div(self.phrases).unwrap_or(100)
    }
}

/// Runs the examples and cases; only phrases that are `own` count for coverage.
pub fn run(
    book: &Phrasebook,
    templates: &Templates,
    sources: &Sources,
    today: Date,
    own: impl Fn(&Range<usize>) -> bool,
) -> Report {
    let mut runner = Runner { book, sources, tried: vec![false; book.rules.len()], outcomes: Vec::new() };
    for (n, issue) in book.issues.iter().enumerate() {
        runner.examples(Owner::Issue(n as u16), &issue.id, &issue.hit, &issue.miss);
    }
    for examples in &book.examples {
        runner.examples(examples.owner, &owner_name(book, examples.owner), &examples.hit, &examples.miss);
    }
    for case in &book.cases {
        runner.case(case, templates, today);
    }
    let Runner { tried, outcomes, .. } = runner;
    let sampler = Sampler::new(book);
    let counted: Vec<usize> = (0..book.rules.len())
        .filter(|&n| {
            !matches!(book.rules[n].owner, Owner::Thing(_) | Owner::Unless(_)) && own(&book.rules[n].at)
        })
        .collect();
    let untried = counted.iter().filter(|&&n| !tried[n]).map(|&n| {
        let rule = &book.rules[n];
        Untried {
            rule: book.rule_name(rule),
            phrase: rule.text.to_string(),
            place: sources.line(rule.at.start),
            try_with: sampler.say(n as u32, 0).unwrap_or_default(),
        }
    });
    Report { examples: outcomes, phrases: counted.len(), untried: untried.collect() }
}

struct Runner<'a> {
    book: &'a Phrasebook,
    sources: &'a Sources,
    /// Per rule: whether some `hit` example fired it.
    tried: Vec<bool>,
    outcomes: Vec<Outcome>,
}

impl Runner<'_> {
    fn examples(&mut self, owner: Owner, of: &str, hit: &[At<String>], miss: &[At<String>]) {
        for (texts, wanted) in [(hit, true), (miss, false)] {
            for text in texts {
                let message = Message::from_text("example", &text.value);
                let fires = self.try_phrases(&message, owner, wanted);
                let reading = classify(self.book, &message);
                let held = holds(self.book, owner, &reading, fires, wanted);
                let failures =
                    if held == wanted { Vec::new() } else { vec![instead(owner, &reading, wanted)] };
                self.outcomes.push(Outcome {
                    of: of.to_owned(),
                    name: if wanted { "hit" } else { "miss" }.into(),
                    place: self.sources.line(text.at.start),
                    text: text.value.clone(),
                    failures,
                });
            }
        }
    }

    /// Marks phrases that fire as covered; true if one belongs to `owner`.
    fn try_phrases(&mut self, message: &Message, owner: Owner, counts: bool) -> bool {
        let mut fires = false;
        for found in fired(self.book, message).iter().filter(|f| f.force > 0.0) {
            self.tried[found.rule as usize] |= counts;
            fires |= self.book.rules[found.rule as usize].owner == owner;
        }
        fires
    }

    fn case(&mut self, case: &Case, templates: &Templates, today: Date) {
        let message = Message {
            subject: (!case.subject.is_empty()).then(|| case.subject.clone()),
            channel: Channel::parse(&case.channel).unwrap_or(Channel::Email),
            ..Message::from_text("case", case.message.trim())
        };
        self.try_phrases(&message, Owner::Cue(0), true);
        let options = Options { stage: case.stage, ..Options::on(case.today.unwrap_or(today)) };
        let record = reply(self.book, templates, &message, &options);
        let mut failures = Vec::new();
        let mut same = |what: &str, wanted: &str, is: &str| {
            if !wanted.is_empty() && wanted != is {
                failures.push(format!("{what} is {is}, not {wanted}"));
            }
        };
        if let Some(reading) = &record.reading {
            same("the kind", &case.kind, reading.kind);
            same("the tone", &case.tone, reading.tone.id);
            same("the customer", &case.customer, reading.customer);
            let issues: Vec<&str> = reading.issues.iter().map(|i| i.id.as_str()).collect();
            if let Some([first, ..]) = case.issues.as_deref() {
                same("the first issue", first, issues.first().unwrap_or(&"none"));
            }
            let risks: Vec<&str> = reading.risks.iter().map(String::as_str).collect();
            for (what, wanted, found) in [
                ("issue", &case.issues, issues),
                ("want", &case.wants, reading.wants.clone()),
                ("risk", &case.risks, risks),
            ] {
                failures.extend(lacking(what, wanted.as_deref().unwrap_or(&[]), &found));
            }
        }
        let body = record.draft.as_ref().map_or("", |d| d.body.as_str());
        for text in case.says.iter().filter(|t| !body.contains(t.as_str())) {
            failures.push(format!("the draft does not say \"{text}\""));
        }
        for text in case.never.iter().filter(|t| body.contains(t.as_str())) {
            failures.push(format!("the draft says \"{text}\""));
        }
        if let Some(hold) = case.hold
            && hold != record.hold.is_some()
        {
            failures.push(if hold { "the draft is not on hold" } else { "the draft is on hold" }.into());
        }
        failures.extend(
            record.lint.iter().map(|f| format!("the draft breaks the rule {}: {}", f.rule, f.message)),
        );
        failures.extend(record.error.iter().map(|e| e.message.clone()));
        self.outcomes.push(Outcome {
            of: "cases".into(),
            name: case.name.clone(),
            place: self.sources.line(case.at.start),
            text: case.message.trim().to_owned(),
            failures,
        });
    }
}

/// Which items expected by a case are missing.
fn lacking(what: &str, wanted: &[String], found: &[&str]) -> Vec<String> {
    match wanted {
        [none] if none == "none" && !found.is_empty() => {
            vec![format!("{what}s were found: {}", found.join(", "))]
        }
        [none] if none == "none" => Vec::new(),
        _ => wanted
            .iter()
            .filter(|w| !found.contains(&w.as_str()))
            .map(|w| format!("the {what} {w} is not found"))
            .collect(),
    }
}

/// Whether the reading matches what the example expects.
fn holds(book: &Phrasebook, owner: Owner, reading: &Reading, fires: bool, wanted: bool) -> bool {
    match owner {
        Owner::Issue(n) => {
            let id = &book.issues[n as usize].id;
            reading.issues.iter().any(|i| i.id == *id && (wanted || i.score >= FOUND))
        }
        Owner::Kind(n) => reading.kind == KINDS[n as usize],
        Owner::Want(n) => reading.wants.contains(&WANTS[n as usize]),
        Owner::Tone(n) => reading.tone.id == TONES[n as usize],
        Owner::Customer(n) => reading.customer == CUSTOMERS[n as usize],
        Owner::Hold(n) => reading.notes.cases.iter().any(|case| case.hold == n),
        Owner::Wish(n) => reading.wishes.iter().any(|wish| kind_of(wish) == WISHES[n as usize]),
        Owner::Sender(n) => {
            book.senders[n as usize].id == CUSTOMER && fires || reading.notes.sender == Some(n)
        }
        _ => fires,
    }
}

/// What was read instead.
fn instead(owner: Owner, reading: &Reading, wanted: bool) -> String {
    let found = match owner {
        Owner::Issue(_) => {
            let issues: Vec<String> =
                reading.issues.iter().map(|i| format!("{} ({:.2})", i.id, i.score)).collect();
            format!("issues: {}", if issues.is_empty() { "none".into() } else { issues.join(", ") })
        }
        Owner::Kind(_) => format!("kind: {}", reading.kind),
        Owner::Want(_) => format!("wants: {}", reading.wants.join(", ")),
        Owner::Tone(_) => format!("tone: {}", reading.tone.id),
        Owner::Customer(_) => format!("customer: {}", reading.customer),
        _ => return if wanted { "no phrase fires" } else { "a phrase fires" }.into(),
    };
    format!("{}; {found}", if wanted { "not found" } else { "found" })
}

/// The table's name: `late_delivery`, `praise`, `reproach 3`.
pub fn owner_name(book: &Phrasebook, owner: Owner) -> String {
    match owner {
        Owner::Issue(n) => book.issues[n as usize].id.clone(),
        Owner::Kind(n) => KINDS[n as usize].into(),
        Owner::Tone(n) => TONES[n as usize].into(),
        Owner::Customer(n) => CUSTOMERS[n as usize].into(),
        Owner::Want(n) => WANTS[n as usize].into(),
        Owner::Risk(n) => book.risks[n as usize].id.clone(),
        Owner::Hold(n) | Owner::Sign(n) | Owner::Beside(n) => book.holds[n as usize].id.clone(),
        Owner::Sender(n) => book.senders[n as usize].id.clone(),
        Owner::Wish(n) => WISHES[n as usize].into(),
        Owner::Reproach(n) => format!("reproach {n}"),
        Owner::Urgency(n) => format!("urgency {n}"),
        Owner::Cue(n) => CUES[n as usize].into(),
        Owner::Thing(n) => book.things[n as usize].clone(),
        Owner::Unless(_) => "unless".into(),
        Owner::Lint(n) => book.lint[n as usize].id.clone(),
        Owner::Reply(n) => REPLY[n as usize].into(),
    }
}

/// As text: failures, uncovered phrases, totals.
pub fn text(report: &Report, most: usize) -> String {
    let mut out = String::new();
    for outcome in report.examples.iter().filter(|o| !o.failures.is_empty()) {
        let _ = writeln!(out, "{}: {} {}: \"{}\"", outcome.place, outcome.of, outcome.name, outcome.text);
        for failure in &outcome.failures {
            let _ = writeln!(out, "    {failure}");
        }
    }
    if !report.untried.is_empty() {
        let _ = writeln!(out, "no example fires:");
        for phrase in report.untried.iter().take(most) {
            let _ = writeln!(out, "  {}: {}", phrase.place, phrase.phrase);
            if !phrase.try_with.is_empty() {
                let _ = writeln!(out, "      try: {}", phrase.try_with);
            }
        }
        if report.untried.len() > most {
            let _ = writeln!(out, "  … and {} more", report.untried.len() - most);
        }
    }
    let (all, failed) = (report.examples.len(), report.failed());
    let _ = writeln!(
        out,
        "{all} example{}, {failed} failed; {} of {} phrases tried ({} %)",
        if all == 1 { "" } else { "s" },
        report.phrases - report.untried.len(),
        report.phrases,
        report.coverage()
    );
    out
}

/// JUnit XML for CI.
pub fn junit(report: &Report) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (all, failed) = (report.examples.len(), report.failed());
    let _ = writeln!(out, "<testsuite name=\"phrasebook\" tests=\"{all}\" failures=\"{failed}\">");
    for outcome in &report.examples {
        let head = format!(
            "  <testcase classname=\"{}\" name=\"{}\"",
            xml(&outcome.of),
            xml(&format!("{} {}: {}", outcome.name, outcome.place, outcome.text))
        );
        if outcome.failures.is_empty() {
            let _ = writeln!(out, "{head}/>");
        } else {
            let _ = writeln!(
                out,
                "{head}><failure message=\"{}\"/></testcase>",
                xml(&outcome.failures.join("; "))
            );
        }
    }
    out + "</testsuite>\n"
}

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_is_rounded_down() {
        let untried = Untried {
            rule: String::new(),
            phrase: String::new(),
            place: String::new(),
            try_with: String::new(),
        };
        let report = Report { examples: Vec::new(), phrases: 1000, untried: vec![untried] };
        assert_eq!(report.coverage(), 99);
    }

    #[test]
    fn what_xml_can_not_hold_is_escaped_or_left_out() {
        assert_eq!(xml("a<b> & \"c\"\u{1}\n"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;");
    }
}
