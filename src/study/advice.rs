//! Warnings about phrasebooks: phrases that never fire, duplicate others or fire on ordinary words;
//! half-written issues; wordings that break lint rules.

use crate::lint::wording_faults;
use crate::reading::fired;
use crate::render::TemplateFault;
use crate::study::sample::Sampler;
use amends_inbox::message::Message;
use amends_phrasebook::diagnostic::{Diagnostic, Severity, Sources};
use amends_phrasebook::overlay::Merged;
use amends_phrasebook::yaml::{self, Kind};
use amends_phrasebook::{About, MOVES, Owner, Phrasebook, Rule, TONES, tera_fault};
use std::ops::Range;

/// How many samples of a phrase are tried before calling it redundant.
const WAYS: u64 = 300;

/// Ordinary sentences with no problem or risk.
const ORDINARY: &[&str] = &[
    "Hello, I hope you are well.",
    "Thank you for your help with this.",
    "I am writing to you about my account.",
    "I bought a coat from you in May and wear it every day.",
    "Please find my address below.",
    "Could you tell me your opening hours?",
    "I will be at home on Friday from nine to five.",
    "My name is on the form, and so is my number.",
    "It is a nice shop and I was there with my sister.",
    "We have been customers of yours for many years.",
    "I would like to know more about it.",
    "You can call me or send me an email.",
    "This is the first time I have used the site.",
    "The parcel came today and all is well.",
    "I look forward to hearing from you.",
    "Do you have it in blue, and in a larger size?",
    "As you can see, it is the one on the left.",
    "They told me to write to you, so here I am.",
];

/// Checks a phrasebook: its errors or, if there are none, warnings about its own files, in order.
pub fn examine(merged: Merged) -> (Option<Phrasebook>, Sources, Vec<Diagnostic>) {
    let replaced: Vec<Diagnostic> = merged
        .replaced
        .iter()
        // A company is meant to replace our addresses and holidays.
        .filter(|(_, path, entries)| *entries > 1 && !path.starts_with("company."))
        .map(|(at, path, entries)| {
            let name = path.rsplit('.').next().unwrap_or(path);
            let message = format!("this puts aside the {entries} entries of `{path}` below");
            let help = format!("if that is meant, leave it; to add to them, write `{name}+:`");
            Diagnostic::warning("replaces", at.clone(), message, help)
        })
        .collect();
    let (book, sources, mut found) = Phrasebook::examine(merged);
    if let Some(book) = book.as_ref().filter(|_| found.is_empty()) {
        found.extend(replaced.into_iter().filter(|d| sources.is_own(d.at.start)));
        found.extend(advise(book, &sources, |at| sources.is_own(at.start)));
        found.sort_by_key(|d| d.at.start);
    }
    (book.filter(|_| found.iter().all(|d| d.severity != Severity::Error)), sources, found)
}

/// Templates with errors, each at its position.
pub fn templates(faults: Vec<TemplateFault>, sources: &mut Sources) -> Vec<Diagnostic> {
    let diagnostic = |fault: TemplateFault| {
        let start = sources.add(&fault.path, &fault.source);
        let (message, place) = tera_fault(&fault.error, &fault.source);
        let help = format!("moves a template can set: {}, points", MOVES.join(", "));
        Diagnostic::new("template", start + place..start + place + 1, message, help)
    };
    faults.into_iter().map(diagnostic).collect()
}

/// All warnings about entries that are `own`, in order.
fn advise(book: &Phrasebook, sources: &Sources, own: impl Fn(&Range<usize>) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    issues(book, &mut found);
    phrases(book, sources, &own, &mut found);
    wordings(book, &mut found);
    company(book, sources, &mut found);
    cut_short(sources, &mut found);
    found.retain(|d| own(&d.at));
    found.sort_by_key(|d| d.at.start);
    found
}

fn issues(book: &Phrasebook, found: &mut Vec<Diagnostic>) {
    for issue in &book.issues {
        let mut note = |code, missing: &str, help: &str| {
            let message = format!("the issue `{}` has no {missing}", issue.id);
            found.push(Diagnostic::warning(code, issue.at.clone(), message, help));
        };
        if !issue.says {
            note(
                "no-wording",
                "wording of its own",
                "add `say: {restate: […], step: […]}`; until then general ones serve",
            );
        }
        if issue.policy.owner.is_empty() {
            note("no-policy", "owner in its policy", "add `owner: our … team` under `policy:`");
        }
        if issue.hit.is_empty() {
            note(
                "no-example",
                "example",
                "add sentences it must be found in under `hit:`; `amends phrasebook test` runs them",
            );
        } else if issue.miss.is_empty() {
            note("no-example", "near-miss", "add sentences it must not be found in under `miss:`");
        }
    }
}

fn phrases(
    book: &Phrasebook,
    sources: &Sources,
    own: impl Fn(&Range<usize>) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    let sampler = Sampler::new(book);
    let reads: Vec<(&str, Vec<u32>)> = ORDINARY
        .iter()
        .map(|text| {
            (
                *text,
                fired(book, &Message::from_text("", text))
                    .iter()
                    .filter(|f| f.force > 0.0)
                    .map(|f| f.rule)
                    .collect(),
            )
        })
        .collect();
    let guarded: Vec<u32> = book
        .rules
        .iter()
        .filter_map(|r| if let Owner::Unless(n) = r.owner { Some(n) } else { None })
        .collect();
    // Of two duplicates, the later one should go.
    let mut order: Vec<usize> = (0..book.rules.len()).filter(|&n| own(&book.rules[n].at)).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(book.rules[n].at.start));
    let mut gone = vec![false; book.rules.len()];
    for n in order {
        let rule = &book.rules[n];
        if matches!(rule.owner, Owner::Thing(_)) {
            continue;
        }
        dots(rule, sources, found);
        if matches!(rule.owner, Owner::Unless(_)) {
            continue;
        }
        let trial = Trial { book, sampler: &sampler, guarded: &guarded, gone: &gone, rule: n as u32 };
        if !trial.can_match() {
            found.push(Diagnostic::warning(
                "never-matches",
                rule.at.clone(),
                format!("`{}` can never be found", rule.text),
                "say the words as a customer would; `amends explain` shows what was found in a text",
            ));
            continue;
        }
        if let Some(other) = trial.covered_by() {
            gone[n] = true;
            let by = &book.rules[other as usize];
            let warning = Diagnostic::warning(
                "redundant",
                rule.at.clone(),
                format!("`{}` finds nothing that `{}` does not find", rule.text, by.text),
                format!("remove it; the other stands in {}", sources.line(by.at.start)),
            );
            found.push(match whole_item(sources, &rule.at) {
                Some(line) => warning.fixed_by(line, ""),
                None => warning,
            });
        }
        found.extend(ordinary(book, rule, n as u32, &sampler, &reads));
    }
}

/// Warns of a phrase that fires on ordinary text.
fn ordinary(
    book: &Phrasebook,
    rule: &Rule,
    n: u32,
    sampler: &Sampler<'_>,
    reads: &[(&str, Vec<u32>)],
) -> Option<Diagnostic> {
    let weighty = match rule.owner {
        Owner::Issue(_) => rule.weight >= 1.5,
        Owner::Risk(_) => true,
        Owner::Tone(n) => TONES[n as usize] != "calm" && rule.weight >= 2.0,
        _ => false,
    };
    if weighty && !rule.describes() {
        let way = sampler.say(n, 0).unwrap_or_default();
        let plain = !way.is_empty()
            && way.split_whitespace().all(|w| book.words.common.has(w))
            && way.split_whitespace().count() <= 3;
        let fires = reads.iter().find(|(_, rules)| rules.contains(&n)).map(|(text, _)| *text);
        if plain || fires.is_some() {
            let on = fires.unwrap_or(&way);
            return Some(Diagnostic::warning(
                "ordinary",
                rule.at.clone(),
                format!("`{}` fires on ordinary words: \"{on}\"", rule.text),
                "add a word that only this trouble has, put it under `weak:`, or give it an `unless`",
            ));
        }
    }
    None
}

/// Tests a phrase against samples generated from it.
struct Trial<'a> {
    book: &'a Phrasebook,
    sampler: &'a Sampler<'a>,
    guarded: &'a [u32],
    gone: &'a [bool],
    rule: u32,
}

impl Trial<'_> {
    fn can_match(&self) -> bool {
        (0..24).any(|way| {
            self.sampler.say(self.rule, way).is_none_or(|text| {
                // A phrase scoped to questions is tested as one.
                let message =
                    Message { subject: Some(text.clone()), ..Message::from_text("", &format!("{text}?")) };
                fired(self.book, &message).iter().any(|f| f.rule == self.rule && f.force > 0.0)
            })
        })
    }

    /// A rule of the same owner that fires wherever this one does, with at least its weight.
    fn covered_by(&self) -> Option<u32> {
        let rule = &self.book.rules[self.rule as usize];
        let may = |other: u32| {
            let by = &self.book.rules[other as usize];
            other != self.rule
                && by.owner == rule.owner
                && self.book.aspect(by) == self.book.aspect(rule)
                && by.weight >= rule.weight
                && by.scope == rule.scope
                && !self.gone[other as usize]
                && !self.guarded.contains(&other)
        };
        let mut left: Option<Vec<u32>> = None;
        for way in 0..WAYS {
            let text = self.sampler.say(self.rule, way)?;
            let hits = fired(self.book, &Message::from_text("", &text));
            let own = hits.iter().find(|f| f.rule == self.rule)?;
            let covers = |f: &&crate::reading::Fired| {
                may(f.rule) && f.force >= own.force && f.start <= own.start && f.end >= own.end
            };
            let these: Vec<u32> = hits.iter().filter(covers).map(|f| f.rule).collect();
            let mut rest = left.unwrap_or_else(|| these.clone());
            rest.retain(|other| these.contains(other));
            if rest.is_empty() {
                return None;
            }
            left = Some(rest);
        }
        left?.first().copied()
    }
}

/// A leading or trailing `...` has no effect.
fn dots(rule: &Rule, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let text = rule.text.trim();
    let bare = text.trim_start_matches("...").trim_end_matches("...").trim();
    if bare == text {
        return;
    }
    let written = sources.text(&rule.at).find(&*rule.text).map(|n| rule.at.start + n);
    let warning = Diagnostic::warning(
        "dots",
        rule.at.clone(),
        "dots at the end of a phrase stand for nothing",
        "remove them, or write the word they lead to",
    );
    found.push(match written {
        Some(start) => warning.fixed_by(start..start + rule.text.len(), bare),
        None => warning,
    });
}

/// The line of a list item, if it has one to itself.
fn whole_item(sources: &Sources, at: &Range<usize>) -> Option<Range<usize>> {
    let file = sources.file(at.start)?;
    let (start, end) = (at.start - file.start, (at.end - file.start).min(file.text.len()));
    let line = file.text[..start].rfind('\n').map_or(0, |n| n + 1);
    let next = file.text[end..].find('\n').map_or(file.text.len(), |n| end + n + 1);
    let dash = file.text[line..start].trim().trim_matches('"').trim();
    let rest = file.text[end..next].trim().trim_matches('"');
    let alone = dash == "-" && (rest.is_empty() || rest.starts_with('#'));
    alone.then_some(file.start + line..file.start + next)
}

fn wordings(book: &Phrasebook, found: &mut Vec<Diagnostic>) {
    for name in MOVES {
        for wording in book.wordings(name).iter() {
            if wording.text.starts_with(['“', '”', '‘', '„']) {
                found.push(Diagnostic::warning(
                    "quotes",
                    wording.at.clone(),
                    "curly quotes are part of the text, and would be sent",
                    "put the text in straight double quotes",
                ));
            }
            // Other languages need rules of their own.
            for fault in if wording.when.asks(About::Lang).is_empty() {
                wording_faults(book, name, wording)
            } else {
                Vec::new()
            } {
                let message = format!("this wording breaks the rule `{}`: {}", fault.rule, fault.message);
                let help = if fault.instead.is_empty() {
                    format!("\"{}\"", fault.text)
                } else {
                    format!("\"{}\"; instead: {}", fault.text, fault.instead)
                };
                found.push(Diagnostic::warning("lint", wording.at.clone(), message, help));
            }
        }
    }
}

/// Warns of texts without quotes that end at a ` #` which looks like one of their words: "Order #4471".
fn cut_short(sources: &Sources, found: &mut Vec<Diagnostic>) {
    for file in sources.own() {
        let Ok(root) = yaml::tree(&file.text, file.start) else { continue };
        let mut left = vec![&root];
        while let Some(node) = left.pop() {
            match &node.kind {
                Kind::Null => {}
                Kind::List(items) => left.extend(items),
                Kind::Map(entries) => left.extend(entries.iter().map(|(_, value)| value)),
                Kind::Scalar(_) => {
                    let end = node.at.end - file.start;
                    let after = file
                        .text
                        .get(end..)
                        .filter(|_| !sources.text(&node.at).starts_with(['"', '\'', '|', '>']));
                    let line = after.and_then(|after| after.lines().next()).unwrap_or_default();
                    let cut = line.strip_prefix(" #").filter(|cut| {
                        let word = cut.strip_prefix(' ').map_or(*cut, |apart| {
                            if apart.starts_with(|c: char| c.is_ascii_digit()) { apart } else { "" }
                        });
                        word.starts_with(char::is_alphanumeric)
                    });
                    if cut.is_some() {
                        found.push(Diagnostic::warning(
                            "cut-short",
                            node.at.end + 1..node.at.end + line.trim_end().len(),
                            "YAML takes this for a comment, so it is left out",
                            "put the whole text in double quotes; if it is a comment, begin it with `# `",
                        ));
                    }
                }
            }
        }
    }
}

fn company(book: &Phrasebook, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let company = &book.company;
    for (key, value) in [("name", &company.name), ("agent", &company.agent), ("email", &company.email)] {
        if value.is_empty() {
            let help = format!("add `{key}: …` under `company:`");
            found.push(Diagnostic::warning("company", 0..0, format!("the company has no {key}"), help));
        }
    }
    let ours = sources.files().first().is_some_and(|file| crate::built_in::is_inside(&file.path));
    if !ours && company.email.ends_with("@northlane.example") {
        found.push(Diagnostic::warning(
            "company",
            0..0,
            format!("the company's address is still the example's: {}", company.email),
            "give name, agent, email and phone of your own under `company:`",
        ));
    }
}
