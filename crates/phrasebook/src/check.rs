//! Raw phrasebook to checked phrasebook; every fault is collected before any is reported.

use super::overlay::Layers;
use super::raw::{
    OneOrMany, Phrases, RawBook, RawCase, RawCompany, RawGroup, RawIssue, RawLint, RawRules, RawWhen, Texts,
    Wordings,
};
use super::wording::{facts_of, filled};
use super::*;
use crate::yaml::{self, At, Table};
use amends_language::packed::Text;
use amends_language::phrase::{self, Lists, Phrase};
use amends_language::suggest::{did_you_mean, nearest};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a phrase weighs unless it says so itself.
const STRONG: f32 = 3.0;
const PLAIN: f32 = 2.0;
const WEAK: f32 = 1.0;

/// The phrasebook, as far as it can be read, and everything wrong with it.
pub fn check(mut layers: Layers) -> (Option<Phrasebook>, Sources, Vec<Diagnostic>) {
    let mut faults = std::mem::take(&mut layers.faults);
    let Some(root) = layers.root.take() else { return (None, layers.sources, faults) };
    let (raw, unfilled) = yaml::fill::<RawBook>(&root);
    faults.extend(unfilled);
    let mut checker = Checker::new(&layers, &raw, faults);
    let book = checker.book(&raw);
    let mut faults = checker.faults;
    faults.sort_by_key(|f| f.at.start);
    (Some(book), layers.sources, faults)
}

struct Checker<'a> {
    layers: &'a Layers,
    faults: Vec<Diagnostic>,
    lexicon: Lexicon,
    lists: Lists,
    issue_ids: Vec<String>,
    thing_ids: Vec<String>,
    group_ids: Vec<String>,
    language_ids: Vec<String>,
    rules: Vec<Rule>,
    phrases: Vec<Phrase>,
    examples: Vec<Examples>,
    groups: Vec<Group>,
}

impl<'a> Checker<'a> {
    fn new(layers: &'a Layers, raw: &RawBook, faults: Vec<Diagnostic>) -> Self {
        let spellings =
            raw.spellings.0.iter().map(|(meant, variants)| (meant.value.clone(), plain(&variants.value.0)));
        Self {
            layers,
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
            group_ids: group_ids(raw),
            language_ids: raw.languages.0.iter().map(|(id, _)| id.value.clone()).collect(),
            rules: Vec::new(),
            phrases: Vec::new(),
            examples: Vec::new(),
            groups: Vec::new(),
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
        let mut function_words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (n, (id, raw)) in raw.languages.0.iter().enumerate() {
            languages.push(Language { id: id.value.clone(), name: self.text(&raw.value.name, id, "name") });
            for word in &raw.value.words {
                let of = function_words.entry(word.value.to_lowercase()).or_default();
                of.push(n as u32);
                of.dedup();
            }
        }
        let mut moves: Vec<Vec<Wording>> = MOVES.iter().map(|_| Vec::new()).collect();

        let mut issues = Vec::new();
        for (n, (id, issue)) in raw.issues.0.iter().enumerate() {
            let raw_issue = &issue.value;
            self.levels(Owner::Issue(n as u16), [&raw_issue.strong, &raw_issue.phrases, &raw_issue.weak]);
            issues.push(self.issue(id, raw_issue));
            for (name, wordings) in &raw_issue.say.0 {
                self.wordings(name, &wordings.value, &Belongs::Issue(&id.value), &mut moves);
            }
            self.groups(Owner::Issue(n as u16), id, &raw_issue.groups, PLAIN, &mut moves);
            self.groups(Owner::Issue(n as u16), id, &raw_issue.aspects, 0.0, &mut moves);
        }
        for (table, ids, owner) in [
            (&raw.kinds, KINDS, Owner::Kind as fn(u16) -> Owner),
            (&raw.tones, TONES, Owner::Tone),
            (&raw.customers, CUSTOMERS, Owner::Customer),
            (&raw.wants, WANTS, Owner::Want),
            (&raw.cues, CUES, Owner::Cue),
            (&raw.reply, REPLY, Owner::Reply),
        ] {
            for (id, rules) in &table.0 {
                if let Some(n) = self.id(id, ids) {
                    self.table(owner(n as u16), &rules.value);
                    // A cue turns what others find, whatever its phrases are for.
                    let aspects = if matches!(owner(n as u16), Owner::Cue(_)) { PLAIN } else { 0.0 };
                    self.groups(owner(n as u16), id, &rules.value.groups, PLAIN, &mut moves);
                    self.groups(owner(n as u16), id, &rules.value.aspects, aspects, &mut moves);
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
                self.levels(owner, [&risk.value.strong, &risk.value.phrases, &Vec::new()]);
                self.keep_examples(owner, &risk.value.hit, &risk.value.miss);
                self.groups(owner, id, &risk.value.groups, PLAIN, &mut moves);
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
            self.levels(owner, [&Vec::new(), &rule.value.phrases, &Vec::new()]);
            self.keep_examples(owner, &rule.value.hit, &rule.value.miss);
            lint.push(self.lint_rule(id, &rule.value));
        }
        for (name, wordings) in &raw.moves.0 {
            self.wordings(name, &wordings.value, &Belongs::Anything, &mut moves);
        }
        let always = |w: &Wording| w.when.is_empty() && w.facts.iter().all(|f| GIVEN.contains(&&**f));
        let silent: Vec<&str> = MOVES
            .iter()
            .zip(&moves)
            .filter(|(name, wordings)| !OPTIONAL.contains(name) && !wordings.iter().any(always))
            .map(|(name, _)| *name)
            .collect();
        if !silent.is_empty() {
            let end = self.layers.sources.files().first().map_or(0, |f| f.text.trim_end().len());
            self.fault(
                "empty-move",
                &(end.saturating_sub(1)..end),
                format!("these moves can end up with nothing to say: {}", silent.join(", ")),
                "give each, under `moves:`, a wording that needs no condition and no fact of the customer's",
            );
        }
        // What a wording asks for by name is an aspect, whoever's wording it is.
        let asked: Vec<&Text> =
            moves.iter().flatten().flat_map(|wording| wording.when.asks(About::Aspect)).collect();
        for group in &mut self.groups {
            group.is_aspect |= asked.iter().any(|id| **id == group.id);
        }
        let cases = raw.cases.iter().map(|case| self.case(&case.value, &case.at)).collect();
        let lexicon = std::mem::take(&mut self.lexicon);
        let numbered = std::mem::take(&mut self.phrases).into_iter().enumerate().map(|(n, p)| (n as u32, p));
        let (of_replies, phrases): (Vec<_>, Vec<_>) =
            numbered.partition(|(n, _)| self.rules[*n as usize].owner.of_replies());
        Phrasebook {
            language,
            languages,
            function_words: function_words.into_iter().collect(),
            company,
            issues,
            groups: std::mem::take(&mut self.groups),
            risks,
            things: std::mem::take(&mut self.thing_ids),
            lint: Later::now(lint),
            examples: std::mem::take(&mut self.examples),
            moves: moves.into_iter().map(|wordings| Later::now(wordings.into())).collect(),
            rules: std::mem::take(&mut self.rules).into(),
            index: Index::new(phrases, &lexicon),
            reply_index: Index::new(of_replies, &lexicon),
            lexicon,
            cases,
            fingerprint: self
                .layers
                .sources
                .files()
                .iter()
                .fold(0, |all: u64, file| all.rotate_left(1) ^ fingerprint(&file.text)),
        }
    }

    fn case(&mut self, raw: &RawCase, at: &Range<usize>) -> Case {
        if raw.message.value.trim().is_empty() {
            self.fault("missing", at, "this case has no `message:`", "add the customer's words");
        }
        let issues = self.issue_ids.clone();
        let issues: Vec<&str> = issues.iter().map(String::as_str).chain(["none"]).collect();
        let mut one = |text: &At<String>, known: &[&str]| {
            if !text.value.is_empty() {
                self.id(text, known);
            }
            text.value.clone()
        };
        let (kind, tone) = (one(&raw.kind, KINDS), one(&raw.tone, TONES));
        let (customer, channel) = (one(&raw.customer, CUSTOMERS), one(&raw.channel, CHANNELS));
        let stage = one(&raw.stage, STAGES);
        let today = (!raw.today.value.is_empty()).then(|| self.date(&raw.today)).flatten();
        let mut many = |list: &At<OneOrMany>, known: &[&str]| {
            let ids = self.ids(list, known).unwrap_or_default();
            (!list.value.0.is_empty()).then_some(ids)
        };
        Case {
            at: at.clone(),
            name: raw.name.value.clone(),
            message: raw.message.value.clone(),
            subject: raw.subject.value.clone(),
            channel,
            today,
            stage: STAGES.iter().find(|s| **s == stage).copied().unwrap_or("first"),
            kind,
            issues: many(&raw.issues, &issues),
            tone,
            customer,
            wants: many(&raw.wants, WANTS),
            risks: many(&raw.risks, &[RISKS, &["none"]].concat()),
            says: plain(&raw.says),
            never: plain(&raw.never),
            hold: raw.hold.as_ref().map(|hold| hold.value),
        }
    }

    fn date(&mut self, day: &At<String>) -> Option<Date> {
        let date = day.value.parse().ok();
        if date.is_none() {
            self.fault("date", &day.at, format!("`{}` is not a date", day.value), "write it as 2026-12-25");
        }
        date
    }

    fn company(&mut self, raw: &RawCompany) -> Company {
        let holidays = raw.holidays.iter().filter_map(|day| self.date(day)).collect();
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
            at: id.at.clone(),
            says: raw.say.0.iter().any(|(_, wordings)| !wordings.value.is_empty()),
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
            hit: raw.hit.clone(),
            miss: raw.miss.clone(),
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

    fn lint_rule(&mut self, id: &At<String>, raw: &RawLint) -> LintRule {
        // A rule without phrases changes one of those that are code.
        let words = !raw.phrases.is_empty();
        if !words && !STRUCTURAL.contains(&id.value.as_str()) {
            let help = did_you_mean(&id.value, STRUCTURAL.iter().copied()).unwrap_or_else(|| {
                "give it `phrases:`, or name a rule that `amends lint --rules` lists".into()
            });
            let message = format!("the rule `{}` has no phrase, and none of ours is called so", id.value);
            self.fault("no-phrase", &id.at, message, help);
        }
        let severity = match raw.severity.value.as_str() {
            "" | "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            "off" => {
                if raw.reason.value.is_empty() {
                    let message = format!("`{}` is switched off, and nothing says why", id.value);
                    self.fault("no-reason", &raw.severity.at, message, "add `reason: …` beside it");
                }
                None
            }
            other => {
                let message = format!("`{other}` is not a severity");
                self.fault("severity", &raw.severity.at, message, "use error, warning, info or off");
                Some(Severity::Error)
            }
        };
        LintRule {
            id: id.value.clone(),
            severity,
            message: if words && severity.is_some() {
                self.text(&raw.message, id, "message")
            } else {
                raw.message.value.clone()
            },
            why: raw.why.value.clone(),
            instead: raw.instead.value.clone(),
            source: raw.source.value.clone(),
            reason: raw.reason.value.clone(),
            example: raw.hit.first().map_or_else(String::new, |hit| hit.value.clone()),
        }
    }

    fn id(&mut self, id: &At<String>, known: &[&str]) -> Option<usize> {
        let found = known.iter().position(|k| *k == id.value);
        if found.is_none() {
            let help = did_you_mean(&id.value, known.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            let fault =
                Diagnostic::new("unknown-id", id.at.clone(), format!("there is no `{}`", id.value), help);
            // Only where the place is the word alone.
            let alone = self.layers.sources.text(&id.at) == id.value;
            self.faults.push(match nearest(&id.value, known.iter().copied()).filter(|_| alone) {
                Some(near) => fault.fixed_by(id.at.clone(), near),
                None => fault,
            });
        }
        found
    }

    /// The ids of a list; `None` where an overlay took away all that it names.
    fn ids(&mut self, list: &At<OneOrMany>, known: &[&str]) -> Option<Vec<String>> {
        let mut ids = Vec::new();
        for id in &list.value.0 {
            let of_removed = |r: &String| *r == id.value || id.value.starts_with(&format!("{r}/"));
            if !known.contains(&id.value.as_str()) && self.layers.removed.iter().any(of_removed) {
                continue;
            }
            let at = if id.at.is_empty() { &list.at } else { &id.at };
            self.id(&At { value: id.value.clone(), at: at.clone() }, known);
            ids.push(id.value.clone());
        }
        (!ids.is_empty() || list.value.0.is_empty()).then_some(ids)
    }

    fn table(&mut self, owner: Owner, rules: &RawRules) {
        self.levels(owner, [&rules.strong, &rules.phrases, &rules.weak]);
        self.keep_examples(owner, &rules.hit, &rules.miss);
    }

    fn keep_examples(&mut self, owner: Owner, hit: &Texts, miss: &Texts) {
        if !hit.is_empty() || !miss.is_empty() {
            self.examples.push(Examples { owner, hit: hit.clone(), miss: miss.clone() });
        }
    }

    /// Phrases with their examples, and what we say where one of them is found.
    fn groups(
        &mut self,
        owner: Owner,
        of: &At<String>,
        groups: &Table<RawGroup>,
        usual: f32,
        moves: &mut [Vec<Wording>],
    ) {
        for (id, raw) in &groups.0 {
            let full = format!("{}/{}", of.value, id.value);
            let raw = &raw.value;
            if raw.phrases.is_empty() {
                self.fault(
                    "no-phrase",
                    &id.at,
                    format!("the group `{full}` has no phrase, so it is never found"),
                    "add some under `phrases:`",
                );
            }
            if !raw.answer.value.is_empty() {
                self.id(&raw.answer, ANSWERS);
            }
            let group = self.groups.len() as u16;
            let says = raw.say.0.iter().any(|(_, wordings)| !wordings.value.is_empty());
            self.groups.push(Group {
                is_aspect: says || !raw.trouble.value.is_empty() || !raw.answer.value.is_empty(),
                id: full.clone().into(),
                trouble: raw.trouble.value.clone().into(),
                answer: raw.answer.value.clone().into(),
            });
            let weight = raw.weight.as_ref().map_or(usual, |weight| self.weight(weight));
            self.list(owner, Some(group), &raw.phrases, weight);
            self.keep_examples(owner, &raw.hit, &raw.miss);
            for (name, wordings) in &raw.say.0 {
                let want = matches!(owner, Owner::Want(_)).then_some(of.value.as_str());
                self.wordings(name, &wordings.value, &Belongs::Aspect(&full, want), moves);
            }
        }
    }

    /// A weight, if it is one.
    fn weight(&mut self, weight: &At<f32>) -> f32 {
        if !(0.0..=10.0).contains(&weight.value) {
            let message = format!("a weight of {} is out of range", weight.value);
            self.fault("weight", &weight.at, message, "use a number from 0 to 10; 2 is usual");
        }
        weight.value
    }

    fn levels(&mut self, owner: Owner, lists: [&Phrases; 3]) {
        for (list, weight) in lists.into_iter().zip([STRONG, PLAIN, WEAK]) {
            self.list(owner, None, list, weight);
        }
    }

    fn list(&mut self, owner: Owner, group: Option<u16>, list: &Phrases, usual: f32) {
        for raw in list {
            let phrase = &raw.value.0;
            let scope = match phrase.scope.as_ref().map(|s| (s.value.as_str(), &s.at)) {
                None => Scope::Anywhere,
                Some(("subject", _)) => Scope::Subject,
                Some(("question", _)) => Scope::Question,
                Some((other, at)) => {
                    let help = did_you_mean(other, ["subject", "question"])
                        .unwrap_or_else(|| "use subject or question, or leave it out".into());
                    self.fault("scope", at, format!("`{other}` is not a scope"), help);
                    continue;
                }
            };
            let weight = phrase.weight.as_ref().map_or(usual, |weight| self.weight(weight));
            let rule = self.rules.len() as u32;
            if phrase.phrase.0.trim().is_empty() {
                self.fault("missing", &raw.at, "this entry has no `phrase`", "write its words, or remove it");
            } else if self.phrase(owner, group, &phrase.phrase.0, &raw.at, weight, scope) {
                for unless in &phrase.unless.value.0 {
                    let at = if unless.at.is_empty() { &phrase.unless.at } else { &unless.at };
                    self.phrase(Owner::Unless(rule), None, &unless.value, at, 0.0, Scope::Anywhere);
                }
            }
        }
    }

    fn phrase(
        &mut self,
        owner: Owner,
        group: Option<u16>,
        text: &str,
        at: &Range<usize>,
        weight: f32,
        scope: Scope,
    ) -> bool {
        match phrase::parse(text, &mut self.lexicon, &self.lists) {
            Ok(Phrase::Regex { source, .. }) if amends_language::index::compile(&source).is_err() => {
                let reason =
                    amends_language::index::compile(&source).err().map(|e| e.to_string()).unwrap_or_default();
                let reason =
                    reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                let help = if reason.contains("look-around") || reason.contains("backreference") {
                    "write the phrase without it; what must not stand beside it goes under `unless:`"
                } else {
                    "mend the pattern, or say it in words: (a|b) [maybe] ... word*"
                };
                self.fault("regex", at, format!("this regular expression does not compile: {reason}"), help);
                false
            }
            Ok(parsed) => {
                self.phrases.push(parsed);
                let negative = says_no(text);
                self.rules.push(Rule {
                    owner,
                    text: text.into(),
                    weight,
                    scope,
                    negative,
                    group,
                    at: at.clone(),
                });
                true
            }
            Err(error) => {
                let written = self.layers.sources.text(at).find(text).map(|n| at.start + n);
                let inside = written.map_or(at.clone(), |start| start + error.at.start..start + error.at.end);
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
            let wording = &raw.value.0;
            let Some(mut when) = self.when(&wording.when) else { continue };
            match belongs {
                Belongs::Anything => {}
                Belongs::Issue(id) => asks_also(&mut when, About::Issue, id),
                Belongs::Aspect(id, want) => {
                    asks_also(&mut when, About::Aspect, id);
                    want.iter().for_each(|want| asks_also(&mut when, About::Want, want));
                }
            }
            if wording.text.trim().is_empty() {
                self.fault(
                    "empty-wording",
                    &raw.at,
                    "this wording says nothing",
                    "write its text, or remove it",
                );
                continue;
            }
            self.template(&wording.text, &raw.at);
            moves[place].push(Wording::new(wording.text.clone(), when, raw.at.clone()));
        }
    }

    /// A wording's facts are known ones, and Tera reads it.
    fn template(&mut self, text: &str, at: &Range<usize>) {
        let start = self.layers.sources.text(at).find(text).map(|n| at.start + n);
        for fact in facts_of(text) {
            let here = text.match_indices("{{").find_map(|(n, _)| {
                let name = text[n + 2..].trim_start();
                name.starts_with(&fact).then(|| text.len() - name.len())
            });
            let spot = start.zip(here).map(|(start, n)| start + n..start + n + fact.len());
            self.id(&At { value: fact, at: spot.unwrap_or_else(|| at.clone()) }, FACTS);
        }
        if !plainly_filled(text) {
            let mut tera = tera::Tera::new();
            if let Err(error) = tera.add_raw_template("wording.txt", text) {
                let (message, place) = tera_fault(&error.to_string(), text);
                let spot = start.map_or_else(|| at.clone(), |start| start + place..start + place + 1);
                self.fault(
                    "template",
                    &spot,
                    format!("this wording does not parse: {message}"),
                    "a fact is {{ name }}, with two braces on each side; nothing else is needed here",
                );
            }
        }
    }

    /// `None` where an overlay took away all that a condition names.
    fn when(&mut self, raw: &RawWhen) -> Option<When> {
        let issues: Vec<String> = self.issue_ids.clone();
        // `none`: a complaint in which no issue was found.
        let issues: Vec<&str> = issues.iter().map(String::as_str).chain(["none"]).collect();
        let things: Vec<String> = self.thing_ids.clone();
        let things: Vec<&str> = things.iter().map(String::as_str).collect();
        let aspects: Vec<String> = self.group_ids.clone();
        let aspects: Vec<&str> = aspects.iter().map(String::as_str).collect();
        let languages: Vec<String> = self.language_ids.clone();
        let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
        let yes = |ids: Vec<String>| ids.first().map(|v| v == "true");
        const YES_NO: &[&str] = &["true", "false"];
        let customers = [CUSTOMERS, &["abusive"]].concat();
        // In the order in which they are judged.
        let lists: [(About, &At<OneOrMany>, &[&str]); 12] = [
            (About::Lang, &raw.lang, &languages),
            (About::Risk, &raw.risk, RISKS),
            (About::Stage, &raw.stage, STAGES),
            (About::Aspect, &raw.aspect, &aspects),
            (About::Channel, &raw.channel, CHANNELS),
            (About::Issue, &raw.issue, &issues),
            (About::Customer, &raw.customer, &customers),
            (About::Tone, &raw.tone, TONES),
            (About::Want, &raw.want, WANTS),
            (About::Thing, &raw.thing, &things),
            (About::Kind, &raw.kind, KINDS),
            (About::Answer, &raw.answer, ANSWERS),
        ];
        let mut one_of = vec![(About::Locale, plain(&raw.locale.value.0))];
        for (about, asked, known) in lists {
            one_of.push((about, self.ids(asked, known)?));
        }
        one_of.retain(|(_, ids)| !ids.is_empty());
        let text = |(about, ids): (About, Vec<String>)| (about, ids.into_iter().map(Text::from).collect());
        Some(When {
            one_of: one_of.into_iter().map(text).collect(),
            ours: yes(self.ids(&raw.ours, YES_NO)?),
            restated: yes(self.ids(&raw.restated, YES_NO)?),
            points: raw.points.value,
            words: raw.words.value,
            reproach: raw.reproach.value,
        })
    }
}

fn asks_also(when: &mut When, about: About, id: &str) {
    match when.one_of.iter_mut().find(|(a, _)| *a == about) {
        Some((_, ids)) => ids.push(id.into()),
        None => when.one_of.push((about, vec![id.into()])),
    }
}

/// All that is to be filled in is `{{ name }}`: Tera need not say whether that parses.
fn plainly_filled(text: &str) -> bool {
    let name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    filled(text, |fact| name(fact).then_some("")).is_some()
}

/// What Tera says is wrong, in one line, and the byte of the text it points at.
pub fn tera_fault(error: &str, text: &str) -> (String, usize) {
    let place = error.lines().find_map(|l| {
        let (_, place) = l.trim().strip_prefix("--> ")?.split_once(':')?;
        let (line, column) = place.split_once(':')?;
        Some((line.trim().parse::<usize>().ok()?, column.trim().parse::<usize>().ok()?))
    });
    let byte = place.map_or(0, |(line, column)| {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or("");
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(n, _)| n)
    });
    let said = error.lines().next().unwrap_or("").trim_start_matches("error: ").trim();
    (said.to_owned(), byte.min(text.len().saturating_sub(1)))
}

/// `poor_service/no-reply`, of every table that has groups.
fn group_ids(raw: &RawBook) -> Vec<String> {
    let mut ids = Vec::new();
    let mut join = |of: &At<String>, groups: [&Table<RawGroup>; 2]| {
        let all = groups.into_iter().flat_map(|table| &table.0);
        ids.extend(all.map(|(id, _)| format!("{}/{}", of.value, id.value)));
    };
    for (of, issue) in &raw.issues.0 {
        join(of, [&issue.value.groups, &issue.value.aspects]);
    }
    for (of, rules) in [&raw.kinds, &raw.customers, &raw.wants, &raw.cues].into_iter().flat_map(|t| &t.0) {
        join(of, [&rules.value.groups, &rules.value.aspects]);
    }
    ids
}

/// Whose wordings they are: those of an issue or an aspect need it.
enum Belongs<'a> {
    Anything,
    Issue(&'a str),
    /// The aspect, and the want it is of.
    Aspect(&'a str, Option<&'a str>),
}

/// How a wish is met: granted, with a yes from above, not yet known, or not.
const ANSWERS: &[&str] = &["offered", "in_case", "approval", "open", "declined"];

/// Moves a reply can do without, so they may have only conditional wordings.
pub const OPTIONAL: &[&str] = &[
    "thanks",
    "tell",
    "also",
    "own",
    "feel",
    "care",
    "limit",
    "safety",
    "answer",
    "lead",
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

/// The rules for replies that are code: `lint::pages`.
pub const STRUCTURAL: &[&str] = &[
    "no-acknowledgement",
    "no-apology",
    "late-apology",
    "apology-overdone",
    "apology-for-praise",
    "solution-first",
    "no-next-step",
    "no-date",
    "no-owner",
    "only-asks",
    "no-inviting-close",
    "unsigned",
    "shouting",
    "hole",
    "secret",
    "doubled-word",
    "doubled-sentence",
    "too-long",
    "public-details",
    "unanswered-point",
    "wrong-name",
    "invented-fact",
    "ignored-want",
    "needs-a-person",
    "unused-suppression",
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
