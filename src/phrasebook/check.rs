//! Raw phrasebook to checked phrasebook; every fault is collected before any is reported.

use super::raw::{
    OneOrMany, Phrases, RawAspect, RawBook, RawCompany, RawIssue, RawRules, RawWhen, Texts, Wordings,
};
use super::*;
use crate::diagnostic::did_you_mean;
use crate::phrase::{self, Lists, Phrase};
use crate::yaml::{self, At, Table};
use jiff::civil::Date;

/// What a phrase weighs unless it says so itself.
const STRONG: f32 = 3.0;
const PLAIN: f32 = 2.0;
const WEAK: f32 = 1.0;

pub fn check(source: &str) -> Result<Phrasebook, Vec<Diagnostic>> {
    let (raw, faults) = yaml::read::<RawBook>(source);
    if faults.iter().any(|f| f.code.starts_with("yaml")) {
        return Err(faults);
    }
    let mut checker = Checker::new(source, &raw, faults);
    let book = checker.book(&raw);
    if checker.faults.is_empty() {
        Ok(book)
    } else {
        checker.faults.sort_by_key(|f| f.at.start);
        Err(checker.faults)
    }
}

struct Checker<'a> {
    source: &'a str,
    faults: Vec<Diagnostic>,
    lexicon: Lexicon,
    lists: Lists,
    issue_ids: Vec<String>,
    thing_ids: Vec<String>,
    aspect_ids: Vec<String>,
    language_ids: Vec<String>,
    rules: Vec<Rule>,
    phrases: Vec<Phrase>,
    examples: Vec<Examples>,
    aspects: Vec<Aspect>,
}

impl<'a> Checker<'a> {
    fn new(source: &'a str, raw: &RawBook, faults: Vec<Diagnostic>) -> Self {
        let spellings =
            raw.spellings.0.iter().map(|(meant, variants)| (meant.value.clone(), variants.value.0.clone()));
        Self {
            source,
            faults,
            lexicon: Lexicon::new(spellings),
            lists: raw
                .lists
                .0
                .iter()
                .map(|(name, entries)| (name.value.clone(), plain(&entries.value)))
                .collect(),
            issue_ids: raw.issues.0.iter().map(|(id, _)| id.value.clone()).collect(),
            thing_ids: raw.things.0.iter().map(|(id, _)| id.value.clone()).collect(),
            aspect_ids: aspect_ids(raw),
            language_ids: raw.languages.0.iter().map(|(id, _)| id.value.clone()).collect(),
            rules: Vec::new(),
            phrases: Vec::new(),
            examples: Vec::new(),
            aspects: Vec::new(),
        }
    }

    fn fault(
        &mut self,
        code: &'static str,
        at: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults.push(Diagnostic::new(code, at.clone(), message, help));
    }

    fn book(&mut self, raw: &RawBook) -> Phrasebook {
        if raw.version.value != 1 {
            self.fault(
                "version",
                &raw.version.at,
                "this phrasebook does not say which version of the format it is",
                "begin it with `version: 1`",
            );
        }
        let company = self.company(&raw.company.value);
        let language = if raw.language.value.is_empty() { "en".into() } else { raw.language.value.clone() };
        let mut languages = Vec::new();
        for (id, raw) in &raw.languages.0 {
            languages.push(Language {
                id: id.value.clone(),
                name: self.text(&raw.value.name, id, "name"),
                words: raw.value.words.iter().map(|w| w.value.to_lowercase()).collect(),
            });
        }
        let mut moves: Vec<Vec<Wording>> = MOVES.iter().map(|_| Vec::new()).collect();

        let mut issues = Vec::new();
        for (n, (id, issue)) in raw.issues.0.iter().enumerate() {
            let raw_issue = &issue.value;
            self.levels(
                Owner::Issue(n as u16),
                None,
                [&raw_issue.strong, &raw_issue.phrases, &raw_issue.weak],
            );
            issues.push(self.issue(id, raw_issue));
            for (name, wordings) in &raw_issue.say.0 {
                self.wordings(name, &wordings.value, &Belongs::Issue(&id.value), &mut moves);
            }
            self.aspects(Owner::Issue(n as u16), id, &raw_issue.aspects, &mut moves);
        }
        for (table, ids, owner) in [
            (&raw.kinds, KINDS, Owner::Kind as fn(u16) -> Owner),
            (&raw.tones, TONES, Owner::Tone),
            (&raw.customers, CUSTOMERS, Owner::Customer),
            (&raw.wants, WANTS, Owner::Want),
            (&raw.cues, CUES, Owner::Cue),
        ] {
            for (id, rules) in &table.0 {
                if let Some(n) = self.id(id, ids) {
                    self.table(owner(n as u16), &rules.value);
                    self.aspects(owner(n as u16), id, &rules.value.aspects, &mut moves);
                }
            }
        }
        const LEVELS: &[&str] = &["1", "2", "3", "4"];
        for (table, owner) in
            [(&raw.reproach, Owner::Reproach as fn(u8) -> Owner), (&raw.urgency, Owner::Urgency)]
        {
            for (id, rules) in &table.0 {
                if let Some(n) = self.id(id, LEVELS) {
                    self.table(owner(n as u8 + 1), &rules.value);
                }
            }
        }
        let mut risks = Vec::new();
        for (id, risk) in &raw.risks.0 {
            if self.id(id, RISKS).is_some() {
                let owner = Owner::Risk(risks.len() as u16);
                self.levels(owner, None, [&risk.value.strong, &risk.value.phrases, &Vec::new()]);
                self.keep_examples(owner, &risk.value.hit, &risk.value.miss);
                risks.push(Risk {
                    id: id.value.clone(),
                    name: self.text(&risk.value.name, id, "name"),
                    to: self.text(&risk.value.to, id, "to"),
                });
            }
        }
        for (n, (_, nouns)) in raw.things.0.iter().enumerate() {
            for noun in &nouns.value {
                self.phrase(Owner::Thing(n as u16), None, &noun.value, &noun.at, WEAK, Scope::Anywhere);
            }
        }
        let mut lint = Vec::new();
        for (id, rule) in &raw.lint.0 {
            let owner = Owner::Lint(lint.len() as u16);
            self.levels(owner, None, [&Vec::new(), &rule.value.phrases, &Vec::new()]);
            self.keep_examples(owner, &rule.value.hit, &rule.value.miss);
            lint.push(LintRule {
                id: id.value.clone(),
                severity: self.severity(&rule.value.severity),
                message: self.text(&rule.value.message, id, "message"),
                instead: rule.value.instead.value.clone(),
            });
        }
        for (name, wordings) in &raw.moves.0 {
            self.wordings(name, &wordings.value, &Belongs::Anything, &mut moves);
        }
        let always = |w: &Wording| w.when.is_empty() && w.facts.iter().all(|f| GIVEN.contains(&f.as_str()));
        let silent: Vec<&str> = MOVES
            .iter()
            .zip(&moves)
            .filter(|(name, wordings)| !OPTIONAL.contains(name) && !wordings.iter().any(always))
            .map(|(name, _)| *name)
            .collect();
        if !silent.is_empty() {
            let end = self.source.trim_end().len();
            self.fault(
                "empty-move",
                &(end.saturating_sub(1)..end),
                format!("these moves can end up with nothing to say: {}", silent.join(", ")),
                "give each, under `moves:`, a wording that needs no condition and no fact of the customer's",
            );
        }
        let phrases = std::mem::take(&mut self.phrases);
        let lexicon = std::mem::take(&mut self.lexicon);
        Phrasebook {
            language,
            languages,
            company,
            issues,
            aspects: std::mem::take(&mut self.aspects),
            risks,
            things: std::mem::take(&mut self.thing_ids),
            lint,
            examples: std::mem::take(&mut self.examples),
            moves,
            rules: std::mem::take(&mut self.rules),
            index: Index::new(phrases, &lexicon),
            lexicon,
            fingerprint: fingerprint(self.source),
        }
    }

    fn company(&mut self, raw: &RawCompany) -> Company {
        let mut holidays = Vec::new();
        for day in &raw.holidays {
            match day.value.parse::<Date>() {
                Ok(date) => holidays.push(date),
                Err(_) => self.fault(
                    "date",
                    &day.at,
                    format!("`{}` is not a date", day.value),
                    "write it as 2026-12-25",
                ),
            }
        }
        const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let mut weekend = Vec::new();
        for day in &raw.weekend {
            let lower = At { value: day.value.to_lowercase(), at: day.at.clone() };
            weekend.extend(self.id(&lower, DAYS).map(|n| n as i8 + 1));
        }
        if weekend.len() == 7 {
            self.fault(
                "date",
                &raw.weekend[0].at,
                "with every day a weekend no promise can have a date",
                "leave at least one working day",
            );
            weekend.clear();
        }
        for address in raw.addresses.iter().filter(|a| !a.value.contains('@')) {
            self.fault(
                "address",
                &address.at,
                format!("`{}` is no address", address.value),
                "write one as support@example.com, or a whole domain as \"@example.com\"",
            );
        }
        Company {
            name: raw.name.value.clone(),
            agent: raw.agent.value.clone(),
            email: raw.email.value.clone(),
            addresses: plain(&raw.addresses),
            phone: raw.phone.value.clone(),
            hours: raw.hours.value.clone(),
            values: plain(&raw.values),
            locale: if raw.locale.value.is_empty() { "en-GB".into() } else { raw.locale.value.clone() },
            limit: raw.limit.value,
            weekend,
            holidays,
        }
    }

    fn issue(&mut self, id: &At<String>, raw: &RawIssue) -> Issue {
        if raw.strong.is_empty() && raw.phrases.is_empty() && raw.weak.is_empty() {
            self.fault(
                "no-phrase",
                &id.at,
                format!("the issue `{}` has no phrase, so it is never found", id.value),
                "add some under `phrases:`",
            );
        }
        let policy = &raw.policy.value;
        if !raw.risk.value.is_empty() {
            self.id(&raw.risk, RISKS);
        }
        for want in policy.offer.iter().chain(&policy.approval).chain(&policy.decline) {
            self.id(want, WANTS);
        }
        Issue {
            id: id.value.clone(),
            name: self.text(&raw.name, id, "name"),
            trouble: self.text(&raw.trouble, id, "trouble"),
            needs: raw.needs.value.clone(),
            risk: raw.risk.value.clone(),
            policy: Policy {
                ours: policy.ours.value,
                days: if policy.days.value == 0 { 2 } else { policy.days.value },
                owner: policy.owner.value.clone(),
                todo: self.text(&policy.todo, id, "policy: todo"),
                offer: plain(&policy.offer),
                approval: plain(&policy.approval),
                decline: plain(&policy.decline),
                root_cause: policy.root_cause.value.clone(),
            },
            hit: plain(&raw.hit),
            miss: plain(&raw.miss),
        }
    }

    fn text(&mut self, text: &At<String>, owner: &At<String>, key: &str) -> String {
        if text.value.trim().is_empty() {
            self.fault(
                "missing",
                &owner.at,
                format!("`{}` has no `{key}:`", owner.value),
                format!("add `{key}: …` under it"),
            );
        }
        text.value.clone()
    }

    fn severity(&mut self, text: &At<String>) -> Severity {
        match text.value.as_str() {
            "" | "error" => Severity::Error,
            "warning" => Severity::Warning,
            "info" => Severity::Info,
            other => {
                self.fault(
                    "severity",
                    &text.at,
                    format!("`{other}` is not a severity"),
                    "use error, warning or info",
                );
                Severity::Error
            }
        }
    }

    fn id(&mut self, id: &At<String>, known: &[&str]) -> Option<usize> {
        let found = known.iter().position(|k| *k == id.value);
        if found.is_none() {
            let help = did_you_mean(&id.value, known.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            self.fault("unknown-id", &id.at, format!("there is no `{}`", id.value), help);
        }
        found
    }

    fn table(&mut self, owner: Owner, rules: &RawRules) {
        self.levels(owner, None, [&rules.strong, &rules.phrases, &rules.weak]);
        self.keep_examples(owner, &rules.hit, &rules.miss);
    }

    fn keep_examples(&mut self, owner: Owner, hit: &Texts, miss: &Texts) {
        if !hit.is_empty() || !miss.is_empty() {
            self.examples.push(Examples { owner, hit: plain(hit), miss: plain(miss) });
        }
    }

    /// The ways an issue shows, or a praise: groups of its phrases with wordings of their own.
    fn aspects(
        &mut self,
        owner: Owner,
        of: &At<String>,
        aspects: &Table<RawAspect>,
        moves: &mut [Vec<Wording>],
    ) {
        for (id, raw) in &aspects.0 {
            let full = format!("{}/{}", of.value, id.value);
            let aspect = self.aspects.len() as u16;
            let raw = &raw.value;
            if raw.phrases.is_empty() {
                self.fault(
                    "no-phrase",
                    &id.at,
                    format!("the aspect `{full}` has no phrase, so it is never found"),
                    "add some under `phrases:`",
                );
            }
            if !raw.answer.value.is_empty() {
                self.id(&raw.answer, ANSWERS);
            }
            self.aspects.push(Aspect {
                id: full.clone(),
                trouble: raw.trouble.value.clone(),
                answer: raw.answer.value.clone(),
            });
            self.levels(owner, Some(aspect), [&Vec::new(), &raw.phrases, &Vec::new()]);
            for (name, wordings) in &raw.say.0 {
                let want = matches!(owner, Owner::Want(_)).then_some(of.value.as_str());
                self.wordings(name, &wordings.value, &Belongs::Aspect(&full, want), moves);
            }
        }
    }

    fn levels(&mut self, owner: Owner, aspect: Option<u16>, lists: [&Phrases; 3]) {
        // An aspect describes a trouble that other phrases have found, unless it is given a weight.
        let describes = aspect.is_some() && !matches!(owner, Owner::Cue(_));
        let defaults = if describes { [0.0; 3] } else { [STRONG, PLAIN, WEAK] };
        for (list, default) in lists.into_iter().zip(defaults) {
            for raw in list {
                let scope = match raw.value.scope.as_deref() {
                    None => Scope::Anywhere,
                    Some("subject") => Scope::Subject,
                    Some("question") => Scope::Question,
                    Some(other) => {
                        self.fault(
                            "scope",
                            &raw.at,
                            format!("`{other}` is not a scope"),
                            "use subject or question, or leave it out",
                        );
                        continue;
                    }
                };
                let weight = raw.value.weight.unwrap_or(default);
                if !(0.0..=10.0).contains(&weight) {
                    self.fault(
                        "weight",
                        &raw.at,
                        format!("a weight of {weight} is out of range"),
                        "use a number from 0 to 10; 2 is usual",
                    );
                }
                let rule = self.rules.len() as u32;
                if self.phrase(owner, aspect, &raw.value.phrase, &raw.at, weight, scope) {
                    for unless in &raw.value.unless {
                        self.phrase(Owner::Unless(rule), None, unless, &raw.at, 0.0, Scope::Anywhere);
                    }
                }
            }
        }
    }

    fn phrase(
        &mut self,
        owner: Owner,
        aspect: Option<u16>,
        text: &str,
        at: &Range<usize>,
        weight: f32,
        scope: Scope,
    ) -> bool {
        match phrase::parse(text, &mut self.lexicon, &self.lists) {
            Ok(Phrase::Regex { source, .. }) if crate::index::compile(&source).is_err() => {
                let reason = crate::index::compile(&source).err().map(|e| e.to_string()).unwrap_or_default();
                let reason =
                    reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                self.fault(
                    "regex",
                    at,
                    format!("this regular expression does not compile: {reason}"),
                    "look-around and back-references are not known here; write two phrases, or use `unless`",
                );
                false
            }
            Ok(parsed) => {
                self.phrases.push(parsed);
                let negative = says_no(text);
                self.rules.push(Rule {
                    owner,
                    text: text.to_owned(),
                    weight,
                    scope,
                    negative,
                    aspect,
                    at: at.clone(),
                });
                true
            }
            Err(error) => {
                let inside = self
                    .source
                    .get(at.clone())
                    .and_then(|raw| raw.find(text))
                    .map_or(at.clone(), |n| at.start + n + error.at.start..at.start + n + error.at.end);
                self.fault("phrase", &inside, error.message, error.help);
                false
            }
        }
    }

    fn wordings(
        &mut self,
        name: &At<String>,
        wordings: &Wordings,
        belongs: &Belongs<'_>,
        moves: &mut [Vec<Wording>],
    ) {
        let Some(place) = self.id(name, MOVES) else { return };
        for raw in wordings {
            let mut when = self.when(&raw.value.when, &raw.at);
            match belongs {
                Belongs::Anything => {}
                Belongs::Issue(id) => when.issue.push((*id).to_owned()),
                Belongs::Aspect(id, want) => {
                    when.aspect.push((*id).to_owned());
                    when.want.extend(want.map(str::to_owned));
                }
            }
            if raw.value.text.trim().is_empty() {
                self.fault(
                    "empty-wording",
                    &raw.at,
                    "this wording says nothing",
                    "write its text, or remove it",
                );
                continue;
            }
            for fact in facts_of(&raw.value.text) {
                self.id(&At { value: fact, at: raw.at.clone() }, FACTS);
            }
            moves[place].push(Wording::new(raw.value.text.clone(), when, raw.at.clone()));
        }
    }

    fn when(&mut self, raw: &RawWhen, at: &Range<usize>) -> When {
        let issues: Vec<String> = self.issue_ids.clone();
        // `none`: a complaint in which no issue was found.
        let issues: Vec<&str> = issues.iter().map(String::as_str).chain(["none"]).collect();
        let things: Vec<String> = self.thing_ids.clone();
        let things: Vec<&str> = things.iter().map(String::as_str).collect();
        let aspects: Vec<String> = self.aspect_ids.clone();
        let aspects: Vec<&str> = aspects.iter().map(String::as_str).collect();
        let languages: Vec<String> = self.language_ids.clone();
        let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
        let mut ids = |list: &OneOrMany, known: &[&str]| {
            for id in &list.0 {
                self.id(&At { value: id.clone(), at: at.clone() }, known);
            }
            list.0.clone()
        };
        When {
            kind: ids(&raw.kind, KINDS),
            issue: ids(&raw.issue, &issues),
            tone: ids(&raw.tone, TONES),
            customer: ids(&raw.customer, &[CUSTOMERS, &["abusive"]].concat()),
            want: ids(&raw.want, WANTS),
            risk: ids(&raw.risk, RISKS),
            channel: ids(&raw.channel, CHANNELS),
            thing: ids(&raw.thing, &things),
            answer: ids(&raw.answer, ANSWERS),
            aspect: ids(&raw.aspect, &aspects),
            stage: ids(&raw.stage, STAGES),
            locale: raw.locale.0.clone(),
            lang: ids(&raw.lang, &languages),
            ours: ids(&raw.ours, &["true", "false"]).first().map(|v| v == "true"),
            restated: ids(&raw.restated, &["true", "false"]).first().map(|v| v == "true"),
            points: raw.points.value,
            words: raw.words.value,
            reproach: raw.reproach.value,
        }
    }
}

impl When {
    /// Asks for nothing: the wording can always be said.
    pub fn is_empty(&self) -> bool {
        self.lists().iter().all(|l| l.is_empty())
            && self.ours.is_none()
            && self.restated.is_none()
            && self.points == 0
            && self.reproach == 0
    }

    fn lists(&self) -> [&Vec<String>; 13] {
        [
            &self.kind,
            &self.issue,
            &self.tone,
            &self.customer,
            &self.want,
            &self.risk,
            &self.channel,
            &self.thing,
            &self.answer,
            &self.aspect,
            &self.stage,
            &self.locale,
            &self.lang,
        ]
    }
}

/// `poor_service/no-reply`, of every table that has aspects.
fn aspect_ids(raw: &RawBook) -> Vec<String> {
    let join = |of: &str, aspects: &Table<RawAspect>| -> Vec<String> {
        aspects.0.iter().map(|(id, _)| format!("{of}/{}", id.value)).collect()
    };
    let tables = [&raw.kinds, &raw.tones, &raw.customers, &raw.wants, &raw.cues];
    let of_tables =
        tables.iter().flat_map(|t| &t.0).flat_map(|(id, rules)| join(&id.value, &rules.value.aspects));
    let of_issues = raw.issues.0.iter().flat_map(|(id, issue)| join(&id.value, &issue.value.aspects));
    of_issues.chain(of_tables).collect()
}

/// Whose wordings they are: those of an issue or an aspect need it.
enum Belongs<'a> {
    Anything,
    Issue(&'a str),
    /// The aspect, and the want it is of.
    Aspect(&'a str, Option<&'a str>),
}

/// How a wish is met: granted, with a yes from above, not yet known, or not.
const ANSWERS: &[&str] = &["offered", "approval", "open", "declined"];

/// Moves a reply can do without, so they may have only conditional wordings.
const OPTIONAL: &[&str] = &[
    "thanks",
    "tell",
    "also",
    "own",
    "feel",
    "care",
    "limit",
    "safety",
    "answer",
    "aside",
    "question",
    "news",
    "outcome",
    "reason",
    "alternative",
    "verify",
    "choice",
    "call",
    "secret",
];

/// Facts every reply has.
const GIVEN: &[&str] = &["by", "by_date", "today", "agent", "company", "email"];

/// The facts a wording may use.
pub const FACTS: &[&str] = &[
    "name",
    "order",
    "item",
    "amount",
    "wait",
    "ago",
    "promised",
    "thing",
    "deadline",
    "contacts",
    "person",
    "trouble",
    "matter",
    "topic",
    "clause",
    "question",
    "by",
    "by_date",
    "today",
    "agent",
    "company",
    "email",
    "phone",
    "owner",
    "progress",
    "done",
    "refund",
    "credit",
    "replacement",
    "tracking",
    "arrives",
    "cause",
    "request",
    "reason",
    "alternative",
    "effective",
];

/// Whether a phrase has a word of negation in it.
fn says_no(phrase: &str) -> bool {
    const NO: &[&str] = &[
        "not", "no", "never", "none", "nothing", "nobody", "noone", "neither", "nor", "without", "hardly",
        "barely", "nowhere", "cannot", "cant", "wont",
    ];
    phrase
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|w| NO.contains(&w) || w.ends_with("n't"))
}

fn plain(texts: &Texts) -> Vec<String> {
    texts.iter().map(|t| t.value.clone()).collect()
}

/// FNV-1a: the same on every machine and in every version of the standard library.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
