//! What a message is: which kind, which issues, what tone, who writes, what they want, and
//! what makes it one for a person. Every answer comes with the words it was read from.

use crate::facts::{self, Facts};
use crate::index::Hit;
use crate::message::Message;
use crate::phrasebook::{CUES, CUSTOMERS, KINDS, Owner, Phrasebook, Rule, Scope, TONES, WANTS};
use crate::words::{FIRST_WORD, Sentence, Words};
use serde::Serialize;

/// Where and by which phrase something was found. Offsets are bytes of the newest text, or of
/// the subject where `field` says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    pub rule: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    #[serde(skip)]
    pub weight: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    pub id: String,
    pub score: f32,
    pub evidence: Vec<Evidence>,
}

impl Found {
    /// How many different phrases speak for it.
    fn signs(&self) -> usize {
        let mut rules: Vec<&str> = self.evidence.iter().map(|e| e.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        rules.len()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tone {
    pub id: &'static str,
    pub score: f32,
}

/// The reading of one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    pub id: String,
    pub kind: &'static str,
    pub lang: String,
    pub issues: Vec<Found>,
    pub tone: Tone,
    /// 1 no explicit reproach, 2 disapproval, 3 accusation, 4 blame.
    pub reproach: u8,
    /// 1 whenever … 4 today.
    pub urgency: u8,
    pub customer: &'static str,
    pub wants: Vec<&'static str>,
    pub facts: Facts,
    pub risks: Vec<String>,
    pub answerable: bool,
    pub why_not: Option<String>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub input: serde_json::Map<String, serde_json::Value>,
    /// For the plan; not part of the record.
    #[serde(skip)]
    pub notes: Notes,
}

/// What the plan needs beyond the record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    /// The noun the main issue is about ("flight"), and its sort.
    pub thing: Option<(String, String)>,
    /// Words that set each risk off.
    pub risk_words: Vec<(String, String)>,
    pub resolved: bool,
    pub hardship: Option<String>,
    /// Swearing or insults: a person may want to set a limit.
    pub abuse: bool,
    /// Words in the message.
    pub words: usize,
}

/// Reads a message against the phrasebook.
pub fn classify(book: &Phrasebook, message: &Message) -> Reading {
    let mut facts = facts::read(message, &book.company.name);
    let text = Layer::new(book, &message.text, Some(&facts), None);
    let subject = Layer::new(book, message.subject.as_deref().unwrap_or(""), None, Some("subject"));
    let layers = [&text, &subject];
    let form = Form::of(&message.text, &text.words);

    let issues = issues(book, &layers);
    let tone_sums =
        table(&layers, TONES.len(), |o| if let Owner::Tone(n) = o { Some(n as usize) } else { None });
    let kind_sums =
        table(&layers, KINDS.len(), |o| if let Owner::Kind(n) = o { Some(n as usize) } else { None });
    let customer_sums =
        table(&layers, CUSTOMERS.len(), |o| if let Owner::Customer(n) = o { Some(n as usize) } else { None });
    let resolved = text.cue("resolved");
    let hardship = text.cue_words("hardship");

    let tone = tone(&tone_sums, &form);
    let level = |owner: fn(Owner) -> Option<u8>| {
        layers.iter().flat_map(|l| l.live()).filter_map(|(_, r)| owner(r.owner)).max()
    };
    let reproach = level(|o| if let Owner::Reproach(n) = o { Some(n) } else { None }).unwrap_or(1);
    let wants = wants(&layers);

    let weigh = Weigh {
        kinds: &kind_sums,
        issues: &issues,
        tones: &tone_sums,
        form: &form,
        layers: &layers,
        reproach,
        wants: wants.len(),
        contacts: facts.contacts.unwrap_or(0),
        resolved,
        meek: customer_sums[0] >= 2.0,
    };
    let mut kind = weigh.kind();
    let lang = message.lang.clone().unwrap_or_else(|| language(&message.text, &text.words, book));
    let (mut answerable, mut why_not) = (true, None);
    if let Some(rule) = &message.machine {
        (kind, answerable, why_not) = ("machine", false, Some(rule.clone()));
    } else if message.unreadable.is_some() || text.words.words.is_empty() && subject.words.words.is_empty() {
        (kind, answerable) = ("other", false);
        why_not = Some(message.unreadable.clone().unwrap_or_else(|| "the message has no words".into()));
    } else if kind == "machine" {
        (answerable, why_not) = (false, Some("its words are those of an automatic answer".into()));
    }

    let mut risks = Vec::new();
    let mut risk_words = Vec::new();
    for layer in layers {
        for (hit, rule) in layer.live() {
            if let Owner::Risk(n) = rule.owner {
                let id = &book.risks[n as usize].id;
                if !risks.contains(id) {
                    risks.push(id.clone());
                    risk_words.push((id.clone(), layer.text_of(hit).to_owned()));
                }
            }
        }
    }
    for candidate in issues.iter().filter(|c| c.score() >= 0.6) {
        let risk = &book.issues[candidate.issue].risk;
        if !risk.is_empty() && !risks.contains(risk) {
            risks.push(risk.clone());
            let words = candidate.hits.first().map_or("", |&(l, n)| layers[l].text_of(&layers[l].hits[n]));
            risk_words.push((risk.clone(), words.to_owned()));
        }
    }
    if kind == "praise" || kind == "machine" {
        risks.retain(|r| r == "self_harm");
    }
    let calm_kind = matches!(kind, "praise" | "machine" | "other");
    // Praise with a "but" may name a trouble; a word alone that could mean one does not count there.
    let least = match kind {
        "machine" => f32::INFINITY,
        "praise" => SURE,
        _ => 0.0,
    };
    let mut found: Vec<Found> = issues
        .iter()
        .filter(|i| kind != "praise" || book.issues[i.issue].risk.is_empty())
        .map(|i| i.found(book, &layers))
        .filter(|found| found.score >= least)
        .collect();
    // A long story brushes many things: a second trouble needs more than one sign there.
    if form.words > LONG {
        let mut first = true;
        found.retain(|found| std::mem::take(&mut first) || found.signs() > 1);
    }
    // A thread tells how often they wrote, and nothing else: what it says is no part of this mail.
    if kind == "complaint" {
        facts.add_earlier(message.earlier);
    }
    let customer = customer(&customer_sums, &form, &tone_sums, facts.contacts.unwrap_or(0));
    let urgency = {
        let said = level(|o| if let Owner::Urgency(n) = o { Some(n) } else { None }).unwrap_or(0);
        let base = match kind {
            "complaint" => 2,
            _ => 1,
        };
        let pressed = u8::from(
            kind == "complaint"
                && (facts.deadline.is_some()
                    || facts.contacts.unwrap_or(0) >= 2
                    || tone.id == "angry"
                    || tone.id == "abusive"),
        );
        let danger = if risks
            .iter()
            .any(|r| ["safety", "self_harm", "fraud", "data_breach", "vulnerable"].contains(&r.as_str()))
        {
            4
        } else {
            0
        };
        let said = if calm_kind { said.min(1) } else { said };
        (base + pressed).max(said).max(danger).clamp(1, 4)
    };
    let thing = thing(book, &text, &issues);
    if message.unreadable.is_some() {
        facts = Facts { name: facts.name.take(), ..Facts::default() };
    }
    let abuse = tone.id == "abusive";
    let reproach = match kind {
        "complaint" => reproach.max(implied_reproach(&tone, &form, !issues.is_empty())),
        _ => 1,
    };
    Reading {
        id: message.id.clone(),
        kind,
        lang,
        issues: found,
        tone,
        reproach,
        urgency,
        customer: if calm_kind { "none" } else { customer },
        wants: if calm_kind { Vec::new() } else { wants },
        facts,
        risks,
        answerable,
        why_not,
        input: message.input.clone(),
        notes: Notes { thing, risk_words, resolved, hardship, abuse, words: form.words },
    }
}

/// One text with all that was found in it.
struct Layer<'a> {
    text: &'a str,
    words: Words,
    rules: &'a [Rule],
    hits: Vec<Hit>,
    /// For each hit: 0 dropped, 1 counts fully, between for hypotheticals and comparisons.
    force: Vec<f32>,
    field: Option<&'static str>,
}

impl<'a> Layer<'a> {
    fn new(book: &'a Phrasebook, text: &'a str, facts: Option<&Facts>, field: Option<&'static str>) -> Self {
        let words = book.lexicon.read(text);
        let by_words = facts.map(|f| facts::by_words(f, &words)).unwrap_or_default();
        let hits = book.index.find(text, &words, &by_words);
        let mut layer = Self { text, words, rules: &book.rules, force: vec![1.0; hits.len()], hits, field };
        layer.judge();
        layer
    }

    fn rule(&self, hit: &Hit) -> &'a Rule {
        &self.rules[hit.rule as usize]
    }

    fn sentence(&self, hit: &Hit) -> usize {
        usize::from(self.words.words[hit.first as usize].sentence)
    }

    fn clause(&self, hit: &Hit) -> u16 {
        self.words.words[hit.first as usize].clause
    }

    fn text_of(&self, hit: &Hit) -> &'a str {
        let (start, end) = self.bytes(hit);
        &self.text[start..end]
    }

    fn bytes(&self, hit: &Hit) -> (usize, usize) {
        (
            self.words.words[hit.first as usize].start as usize,
            self.words.words[hit.last as usize].end as usize,
        )
    }

    fn is_cue(&self, hit: &Hit, name: &str) -> bool {
        matches!(self.rule(hit).owner, Owner::Cue(n) if CUES[n as usize] == name)
    }

    fn cue(&self, name: &str) -> bool {
        self.live().any(|(h, _)| self.is_cue(h, name))
    }

    fn cue_words(&self, name: &str) -> Option<String> {
        self.live().find(|(h, _)| self.is_cue(h, name)).map(|(h, _)| self.text_of(h).to_owned())
    }

    /// Hits that count at all.
    fn live(&self) -> impl Iterator<Item = (&Hit, &'a Rule)> {
        self.hits.iter().zip(&self.force).filter(|(_, f)| **f > 0.0).map(|(h, _)| (h, self.rule(h)))
    }

    fn weight(&self, n: usize) -> f32 {
        self.rule(&self.hits[n]).weight * self.force[n]
    }

    /// Drops and weakens hits: scope, `unless`, negation, hypotheticals, comparisons.
    fn judge(&mut self) {
        let cues: Vec<(Hit, &'static str)> = self
            .hits
            .iter()
            .filter_map(|h| {
                if let Owner::Cue(n) = self.rule(h).owner { Some((*h, CUES[n as usize])) } else { None }
            })
            .collect();
        let cancels: Vec<(u32, usize)> = self
            .hits
            .iter()
            .filter_map(|h| {
                if let Owner::Unless(rule) = self.rule(h).owner {
                    Some((rule, self.sentence(h)))
                } else {
                    None
                }
            })
            .collect();
        for n in 0..self.hits.len() {
            let hit = self.hits[n];
            let rule = self.rule(&hit);
            let sentence = self.sentence(&hit);
            let question = self.words.sentences[sentence].mark == '?';
            let scoped_out = match rule.scope {
                Scope::Anywhere => false,
                Scope::Subject => self.field.is_none(),
                Scope::Question => !question,
            };
            let cancelled = cancels.contains(&(hit.rule, sentence));
            // Risks err on the side of a person's eyes; cues are what judges.
            let guarded = matches!(
                rule.owner,
                Owner::Issue(_)
                    | Owner::Tone(_)
                    | Owner::Kind(_)
                    | Owner::Want(_)
                    | Owner::Reproach(_)
                    | Owner::Customer(_)
            );
            let resolves = self.is_cue(&hit, "resolved");
            let force = if scoped_out || cancelled || (guarded || resolves) && self.negated(&hit, &cues) {
                0.0
            } else if matches!(rule.owner, Owner::Issue(_) | Owner::Tone(_)) {
                let near = |name: &str| {
                    cues.iter().any(|(c, cue)| {
                        *cue == name && self.sentence(c) == sentence && !self.turns_to_you(c, &hit)
                    })
                };
                let supposed = cues.iter().any(|(c, cue)| {
                    *cue == "hypothetical"
                        && self.sentence(c) == sentence
                        && c.last < hit.first
                        && hit.first - c.last < 9
                });
                if supposed && !question {
                    0.35
                } else if near("elsewhere") || near("background") {
                    0.4
                } else {
                    1.0
                }
            } else {
                1.0
            };
            self.force[n] = force;
        }
    }

    /// "Other shops take two days; you took three weeks": from the cue to the hit it comes to us.
    fn turns_to_you(&self, cue: &Hit, hit: &Hit) -> bool {
        let between = self.words.words.get(cue.last as usize + 1..=hit.first as usize).unwrap_or_default();
        between.iter().any(|word| {
            let text = &self.text[word.start as usize..word.end as usize];
            text.eq_ignore_ascii_case("you") || text.eq_ignore_ascii_case("your")
        })
    }

    /// A "not" shortly before, in the same clause, or in a gap of a phrase that has none itself.
    fn negated(&self, hit: &Hit, cues: &[(Hit, &'static str)]) -> bool {
        let says_no = self.rule(hit).negative;
        cues.iter().filter(|(_, name)| *name == "negation").any(|(cue, _)| {
            let before = cue.last < hit.first && hit.first - cue.last <= 4;
            let inside = cue.first > hit.first && cue.last <= hit.last && !says_no;
            inside
                || before && self.sentence(cue) == self.sentence(hit) && self.clause(cue) == self.clause(hit)
        })
    }
}

/// Summed weights of a table's entries over all layers. Of overlapping hits the heaviest counts.
fn table(layers: &[&Layer<'_>; 2], entries: usize, entry: impl Fn(Owner) -> Option<usize>) -> Vec<f32> {
    let mut hits: Vec<(usize, usize, f32, Hit)> = Vec::new();
    for (l, layer) in layers.iter().enumerate() {
        for (n, hit) in layer.hits.iter().enumerate().filter(|(n, _)| layer.force[*n] > 0.0) {
            hits.extend(entry(layer.rule(hit).owner).map(|e| (e, l, layer.weight(n), *hit)));
        }
    }
    hits.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    let mut sums = vec![0.0; entries];
    let mut kept: Vec<(usize, usize, Hit)> = Vec::new();
    for (entry, layer, weight, hit) in hits {
        let mut same = kept.iter().rev().take_while(|(e, l, _)| (*e, *l) == (entry, layer));
        if !same.any(|(_, _, k)| k.first <= hit.last && hit.first <= k.last) {
            sums[entry] += weight;
            kept.push((entry, layer, hit));
        }
    }
    sums
}

/// An issue's evidence, before it becomes part of the record.
struct Candidate {
    issue: usize,
    sum: f32,
    /// (layer, hit number), strongest first.
    hits: Vec<(usize, usize)>,
}

impl Candidate {
    /// Of 1: how sure. A plain phrase alone gives .6, two strong ones .94.
    fn score(&self) -> f32 {
        let score = 1.0 - (-self.sum / 2.2).exp();
        (score * 100.0).round() / 100.0
    }

    fn found(&self, book: &Phrasebook, layers: &[&Layer<'_>; 2]) -> Found {
        let mut evidence: Vec<Evidence> = self
            .hits
            .iter()
            .take(6)
            .map(|&(layer, n)| {
                let layer = layers[layer];
                let hit = &layer.hits[n];
                let (start, end) = layer.bytes(hit);
                Evidence {
                    rule: book.rule_name(layer.rule(hit)),
                    start,
                    end,
                    text: layer.text_of(hit).to_owned(),
                    field: layer.field,
                    weight: layer.weight(n),
                }
            })
            .collect();
        evidence.sort_by_key(|e| (e.field, e.start));
        Found { id: book.issues[self.issue].id.clone(), score: self.score(), evidence }
    }
}

/// The issues that hold, the main one first.
fn issues(book: &Phrasebook, layers: &[&Layer<'_>; 2]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> =
        (0..book.issues.len()).map(|issue| Candidate { issue, sum: 0.0, hits: Vec::new() }).collect();
    for (l, layer) in layers.iter().enumerate() {
        for (n, hit) in layer.hits.iter().enumerate() {
            if let Owner::Issue(issue) = layer.rule(hit).owner
                && layer.force[n] > 0.0
            {
                all[issue as usize].hits.push((l, n));
            }
        }
    }
    for candidate in &mut all {
        let weight = |&(l, n): &(usize, usize)| layers[l].weight(n);
        candidate.hits.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        let mut kept: Vec<(usize, usize)> = Vec::new();
        for &(l, n) in &candidate.hits {
            let hit = layers[l].hits[n];
            let overlaps = kept.iter().any(|&(k, m)| {
                k == l && layers[k].hits[m].first <= hit.last && hit.first <= layers[k].hits[m].last
            });
            if !overlaps {
                let again = kept.iter().any(|&(k, m)| layers[k].hits[m].rule == hit.rule);
                candidate.sum += weight(&(l, n)) * if again { 0.4 } else { 1.0 };
                kept.push((l, n));
            }
        }
        candidate.hits = kept;
    }
    all.retain(|c| c.sum > 0.0);
    all.sort_by(|a, b| b.sum.total_cmp(&a.sum).then(a.first(layers).cmp(&b.first(layers))));
    let top = all.first().map_or(0.0, |c| c.sum);
    let floor = (top * 0.4).max(if top >= 2.0 { 2.0 } else { 0.9 });
    let mut rank = 0;
    all.retain(|c| {
        rank += 1;
        // A weak phrase stands only where there is nothing better.
        (rank == 1 && c.sum >= 0.9 || c.sum >= floor && top >= 2.0) && rank <= 5
    });
    all
}

impl Candidate {
    fn first(&self, layers: &[&Layer<'_>; 2]) -> (usize, u32) {
        self.hits.iter().map(|&(l, n)| (l, layers[l].hits[n].first)).min().unwrap_or((9, 0))
    }
}

/// How the message is typed.
struct Form {
    shouted: f32,
    exclaims: usize,
    words: usize,
    starred: usize,
    asks: bool,
    /// Speaks to us, not about us.
    says_you: bool,
}

impl Form {
    fn of(text: &str, words: &Words) -> Self {
        let long = words.words.iter().filter(|w| w.end - w.start > 2).count();
        let shouted = words.words.iter().filter(|w| w.shouted && w.end - w.start > 3).count();
        Self {
            shouted: if long == 0 { 0.0 } else { shouted as f32 / long as f32 },
            exclaims: text.matches('!').count(),
            words: words.words.len(),
            starred: words.words.iter().filter(|w| w.is(crate::words::STARRED)).count(),
            asks: text.contains('?'),
            says_you: words.words.iter().any(|w| {
                let word = text.get(w.start as usize..w.end as usize).unwrap_or("");
                word.len() <= 6
                    && ["you", "your", "u", "ur", "you're", "youre"]
                        .iter()
                        .any(|y| word.eq_ignore_ascii_case(y))
            }),
        }
    }

    /// Mostly capitals, in more than a word or two.
    fn shouts(&self) -> bool {
        self.words >= 6 && self.shouted > 0.5
    }
}

fn tone(sums: &[f32], form: &Form) -> Tone {
    let mut sums = sums.to_vec();
    let at = |id: &str| TONES.iter().position(|t| *t == id).unwrap_or(0);
    let heat = f32::from(u8::from(form.shouts())) * 2.0
        + (form.exclaims.min(4) as f32) * 0.25
        + form.starred.min(2) as f32;
    let negative: f32 = sums.iter().enumerate().filter(|(i, _)| *i != at("calm")).map(|(_, s)| s).sum();
    if negative > 0.0 || form.shouts() {
        sums[at("angry")] += heat;
    }
    let calm = sums[at("calm")];
    let (best, sum) = sums
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at("calm"))
        .max_by(|a, b| a.1.total_cmp(b.1))
        .unwrap_or((0, &0.0));
    let (id, sum) = if *sum < 1.0 || calm > *sum * 2.0 { ("calm", 1.5) } else { (TONES[best], *sum) };
    let score = 1.0 - (-sum / 2.0).exp();
    Tone { id, score: (score * 100.0).round() / 100.0 }
}

/// The reproach that lies in how it is said, in the steps of Trosborg (1995): to name a trouble as
/// one is disapproval, anger an accusation, and anger at "you" blame. A question may only hint.
fn implied_reproach(tone: &Tone, form: &Form, trouble: bool) -> u8 {
    match tone.id {
        "angry" | "abusive" if form.says_you => 4,
        "angry" | "abusive" => 3,
        "calm" if !trouble || form.asks => 1,
        _ => 2,
    }
}

fn customer(sums: &[f32], form: &Form, tones: &[f32], contacts: u32) -> &'static str {
    let at = |id: &str| CUSTOMERS.iter().position(|t| *t == id).unwrap_or(0);
    let tone = |id: &str| TONES.iter().position(|t| *t == id).map_or(0.0, |i| tones[i]);
    let mut sums = sums.to_vec();
    if form.shouts() {
        sums[at("aggressive")] += 2.0;
    }
    if tone("abusive") >= 2.0 {
        sums[at("aggressive")] += 1.0;
    }
    if contacts >= 4 {
        sums[at("chronic")] += 1.0;
    }
    if sums[at("aggressive")] > 0.0 {
        sums[at("meek")] = 0.0;
    }
    let (best, sum) = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap_or((0, &0.0));
    if *sum >= 2.0 { CUSTOMERS[best] } else { "none" }
}

/// What they ask for, the most plainly asked first.
fn wants(layers: &[&Layer<'_>; 2]) -> Vec<&'static str> {
    let sums = table(layers, WANTS.len(), |o| if let Owner::Want(n) = o { Some(n as usize) } else { None });
    let mut found: Vec<(f32, &str)> =
        sums.iter().zip(WANTS).filter(|(s, _)| **s >= 2.0).map(|(s, w)| (*s, *w)).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, w)| w).filter(|w| *w != "none").take(4).collect()
}

/// Words from which a text is a story.
const LONG: usize = 60;

/// The score from which an issue counts in praise: one usual phrase.
const SURE: f32 = 0.6;

/// How far the signs of a complaint must outweigh praise and chatter.
const BAR: f32 = 1.0;

/// More praise than one exclamation.
const MUCH_PRAISE: f32 = 3.5;

/// What decides whether a message is a complaint.
struct Weigh<'a> {
    kinds: &'a [f32],
    issues: &'a [Candidate],
    tones: &'a [f32],
    form: &'a Form,
    layers: &'a [&'a Layer<'a>; 2],
    reproach: u8,
    wants: usize,
    contacts: u32,
    resolved: bool,
    /// Hedges as people do who have something to complain of.
    meek: bool,
}

impl Weigh<'_> {
    fn said(&self, kind: &str) -> f32 {
        KINDS.iter().position(|k| *k == kind).map_or(0.0, |i| self.kinds[i])
    }

    fn kind(&self) -> &'static str {
        let calm = TONES.iter().position(|t| *t == "calm").unwrap_or(0);
        let feeling: f32 = self.tones.iter().enumerate().filter(|(i, _)| *i != calm).map(|(_, s)| s).sum();
        let trouble: f32 = self
            .issues
            .iter()
            .enumerate()
            .map(|(i, c)| c.sum.min(5.0) * if i == 0 { 0.8 } else { 0.4 })
            .sum();
        let praise = self.said("praise");
        // A trouble asked about ("what if it comes late?") still tells of one, if less surely.
        // "I'd like to change my address" names no trouble, only a wish.
        let only_wish = self.said("request") >= 2.0 && feeling == 0.0 && self.said("complaint") < 1.0;
        let trouble = trouble.min(5.0)
            * if only_wish {
                0.6
            } else if self.asks_what_holds() && feeling == 0.0 && self.reproach == 1 {
                0.2
            } else if self.all_asked() {
                0.8
            } else {
                1.0
            };
        let said = self.said("complaint").min(8.0) * if self.asks_what_holds() { 0.3 } else { 1.0 };
        let mut complaint = said * 0.6
            + trouble * 0.7
            + feeling.min(6.0) * 0.15
            + f32::from(self.reproach - 1) * 0.15
            + self.contacts.min(3) as f32 * 0.35
            + f32::from(u8::from(self.wants > 0)) * 0.2
            + f32::from(u8::from(self.form.shouts())) * 0.8
            + f32::from(u8::from(self.meek)) * 1.2;
        if self.resolved {
            complaint *= 0.5;
        }
        if self.said("machine") >= 3.0 && self.said("machine") > complaint {
            return "machine";
        }
        let praise = if self.mocks(praise) { 0.0 } else { praise };
        let lean = complaint - praise.min(10.0) * 0.55 - self.said("other").min(5.0) * 0.45;
        if lean >= BAR || self.but() {
            "complaint"
        } else if praise >= 1.0 && praise > complaint * 0.8 && !(praise < 3.0 && self.said("question") >= 2.0)
        {
            "praise"
        } else if self.said("other") >= 2.0
            && self.said("other") >= self.said("request").max(self.said("question"))
        {
            "other"
        } else if self.said("request") > self.said("question") && self.said("request") >= 1.0 {
            "request"
        } else if self.said("question") >= 1.0 || self.layers[0].words.sentences.iter().any(|s| s.mark == '?')
        {
            "question"
        } else if self.said("request") >= 1.0 || self.wants > 0 {
            "request"
        } else {
            "other"
        }
    }

    /// Praise with a "but": a plain trouble told after a word of contrast.
    fn but(&self) -> bool {
        let layer = self.layers[0];
        // "nothing but praise" contrasts nothing.
        let none_before =
            |at: u32| layer.live().any(|(h, _)| layer.is_cue(h, "negation") && h.last + 1 == at);
        let contrast = layer
            .live()
            .filter(|(h, _)| layer.is_cue(h, "contrast") && !none_before(h.first))
            .map(|(h, _)| h.first)
            .min();
        contrast.is_some_and(|at| {
            let mut hits = self.issues.iter().flat_map(|c| &c.hits).filter(|(l, _)| *l == 0);
            !self.resolved
                && hits.any(|&(_, n)| {
                    layer.weight(n) >= 3.0 || layer.hits[n].first > at && layer.weight(n) >= 2.0
                })
        })
    }

    /// "Fantastic. Charged twice again.": a word of praise, and a plain trouble in a sentence of its own.
    fn mocks(&self, praise: f32) -> bool {
        let layer = self.layers[0];
        let praises = |sentence: usize| {
            let kind =
                |h: &Hit| matches!(layer.rule(h).owner, Owner::Kind(n) if KINDS[n as usize] == "praise");
            layer.live().any(|(h, _)| layer.sentence(h) == sentence && kind(h))
        };
        let mut hits = self.issues.iter().flat_map(|c| &c.hits).filter(|(l, _)| *l == 0);
        !self.resolved
            && praise < MUCH_PRAISE
            && hits.any(|&(_, n)| layer.weight(n) >= 3.0 && !praises(layer.sentence(&layer.hits[n])))
    }

    /// Every sentence that names a trouble asks what would hold: "do you refund late trains?"
    fn asks_what_holds(&self) -> bool {
        let layer = self.layers[0];
        let asks = |sentence: usize| {
            layer.live().any(|(h, _)| layer.is_cue(h, "policy") && layer.sentence(h) == sentence)
        };
        layer.cue("policy")
            && (0..layer.words.sentences.len())
                .all(|n| layer.words.sentences[n].mark == '?' && asks(n) || !self.troubles(n))
    }

    /// Whether a sentence names an issue.
    fn troubles(&self, sentence: usize) -> bool {
        let layer = self.layers[0];
        let mut hits = self.issues.iter().flat_map(|c| &c.hits).filter(|(l, _)| *l == 0);
        hits.any(|&(_, n)| layer.sentence(&layer.hits[n]) == sentence)
    }

    /// All the trouble stands in questions: "what if my parcel is late?"
    fn all_asked(&self) -> bool {
        let mut hits = self.issues.iter().flat_map(|c| &c.hits).peekable();
        hits.peek().is_some()
            && hits.all(|&(l, n)| {
                let layer = self.layers[l];
                let sentence: &Sentence = &layer.words.sentences[layer.sentence(&layer.hits[n])];
                sentence.mark == '?'
            })
    }
}

/// The noun nearest to the main issue's first evidence, in its sentence or the one before.
fn thing(book: &Phrasebook, layer: &Layer<'_>, issues: &[Candidate]) -> Option<(String, String)> {
    let anchor = issues.first().and_then(|c| {
        c.hits.iter().filter(|(l, _)| *l == 0).map(|&(_, n)| layer.hits[n]).min_by_key(|h| h.first)
    });
    let things = layer
        .hits
        .iter()
        .filter_map(|h| if let Owner::Thing(n) = layer.rule(h).owner { Some((h, n)) } else { None });
    let near =
        things.filter(|(h, _)| anchor.is_none_or(|a| layer.sentence(h).abs_diff(layer.sentence(&a)) <= 1));
    let (hit, sort) = near.min_by_key(|(h, _)| anchor.map_or(h.first, |a| a.first.abs_diff(h.first)))?;
    let sort = book.things[sort as usize].clone();
    // The phrasebook's noun, not the spelling it was typed in.
    Some((layer.rule(hit).text.clone(), sort))
}

/// The function words no English text of some length does without.
const ENGLISH: &[&str] = &[
    "the", "a", "i", "to", "and", "is", "my", "of", "in", "you", "it", "for", "on", "not", "was", "have",
    "this", "that", "your", "with", "be", "are", "me", "we", "at", "no", "what", "why", "how", "do", "so",
    "from", "but", "they", "can", "u", "an", "has", "just", "still", "will", "been", "very", "good", "bad",
    "please", "pls", "refund", "order", "when", "after", "had", "were", "got", "get", "all", "too", "never",
    "if", "as", "by", "or", "he", "she", "their", "would",
];

/// `en`, or `und` where the words are not English and nobody said what they are.
fn language(text: &str, words: &Words, book: &Phrasebook) -> String {
    // Where most words are in the phrases, the text is in their language.
    let in_phrases = words.words.iter().filter(|w| w.symbols[0] >= FIRST_WORD).count();
    if in_phrases * 2 > words.words.len() && text.is_ascii() {
        return "en".into();
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text
        .chars()
        .filter(|c| c.is_alphabetic() && (c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(c)))
        .count();
    if letters > 3 && latin * 2 < letters {
        return "und".into();
    }
    let mut seen = rustc_hash::FxHashSet::default();
    let raw: Vec<String> = words
        .words
        .iter()
        .filter(|w| seen.insert(w.start))
        .map(|w| text[w.start as usize..w.end as usize].to_lowercase())
        .collect();
    let counted: Vec<&String> = raw.iter().filter(|w| w.chars().all(char::is_alphabetic)).collect();
    let english = counted.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    let known = counted.iter().filter(|w| book.lexicon.knows(w)).count();
    if counted.len() >= 6 && english * 12 < counted.len() && known * 4 < counted.len() {
        "und".into()
    } else {
        "en".into()
    }
}
