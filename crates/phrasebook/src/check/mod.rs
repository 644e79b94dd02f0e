//! Checks a raw phrasebook, collecting every fault before reporting any.

mod entries;
mod known;
mod phrases;
mod wordings;

use crate::facts::{FACTS, fact};
use crate::overlay::Merged;
use crate::raw::{
    OneOrMany, Phrases, RawBook, RawCase, RawCompany, RawGroup, RawIssue, RawLint, RawRules, RawWhen, Texts,
    Wordings,
};
use crate::thresholds::Thresholds;
use crate::weights::{Model, Weights, Written};
use crate::word_lists::WordLists;
use crate::wording::{facts_of, filled};
use crate::yaml::{self, At, Table};
use crate::*;
use amends_language::packed::Text;
use amends_language::phrase::{self, Lists, Phrase};
use amends_language::suggest::{did_you_mean, nearest};
use jiff::civil::Date;
use known::ANSWERS;
pub use known::STRUCTURAL;
use phrases::group_ids;
use std::collections::{BTreeMap, HashSet};
use wordings::Belongs;
pub use wordings::tera_fault;

/// Default phrase weights.
const STRONG: f32 = 3.0;
const PLAIN: f32 = 2.0;

/// The phrasebook, as far as it could be read, and everything wrong with it.
pub fn check(mut merged: Merged) -> (Option<Phrasebook>, Sources, Vec<Diagnostic>) {
    let mut faults = std::mem::take(&mut merged.faults);
    let Some(root) = merged.root.take() else { return (None, merged.sources, faults) };
    let (raw, unfilled) = yaml::fill::<RawBook>(&root);
    faults.extend(unfilled);
    let compiled = merged.compiled.take();
    let mut checker = Checker::new(&merged, &raw, faults);
    let book = checker.book(&raw, compiled);
    let mut faults = checker.faults;
    faults.sort_by_key(|f| f.at.start);
    (Some(book), merged.sources, faults)
}

struct Checker<'a> {
    merged: &'a Merged,
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
    /// How many phrases are regular expressions.
    regexes: usize,
}

impl<'a> Checker<'a> {
    fn new(merged: &'a Merged, raw: &RawBook, faults: Vec<Diagnostic>) -> Self {
        let spellings =
            raw.spellings.0.iter().map(|(meant, variants)| (meant.value.clone(), plain(&variants.value.0)));
        Self {
            merged,
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
            regexes: 0,
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

    /// No list may contain itself, be it through others.
    fn lists(&mut self, raw: &RawBook) {
        for (name, _) in &raw.lists.0 {
            let (mut within, mut seen) = (vec![name.value.as_str()], HashSet::new());
            while let Some(list) = within.pop() {
                let entries = raw.lists.0.iter().filter(|(name, _)| name.value == list);
                let texts = entries.flat_map(|(_, entries)| &entries.value).map(|entry| entry.value.as_str());
                let named =
                    texts.flat_map(|text| text.split('{').skip(1)).filter_map(|rest| rest.split_once('}'));
                within.extend(named.map(|(inner, _)| inner).filter(|inner| seen.insert(*inner)));
            }
            if seen.contains(name.value.as_str()) {
                let message = format!("the list `{}` contains itself", name.value);
                self.fault("list", &name.at, message, "a list may use other lists, not itself");
            }
        }
    }

    fn book(&mut self, raw: &RawBook, compiled: Option<Weights>) -> Phrasebook {
        let version = self.merged.sources.text(&raw.version.at);
        let is_number = version.parse::<u32>().is_ok();
        // What is no number has been reported.
        if raw.version.value != 1 && (version.is_empty() || is_number) {
            let message = match raw.version.at.is_empty() {
                true => "this phrasebook does not say which version of the format it is".to_owned(),
                false => format!("there is no version {} of the format", raw.version.value),
            };
            self.fault("version", &raw.version.at, message, "begin it with `version: 1`");
        }
        self.lists(raw);
        let company = self.company(&raw.company.value);
        let ledger = raw.ledger.as_ref().map(|raw| self.ledger(&raw.value));
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

        let issues = self.issues(raw, &mut moves);
        self.tables(raw, &mut moves);
        let risks = self.risks(raw, &mut moves);
        let (holds, senders) = (self.holds(raw), self.senders(raw));
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
        self.silent(&moves);
        // Any group a wording refers to is an aspect, whichever entry the wording belongs to.
        let asked: Vec<&Text> =
            moves.iter().flatten().flat_map(|wording| wording.when.asks(About::Aspect)).collect();
        for group in &mut self.groups {
            group.is_aspect |= asked.iter().any(|id| **id == group.id);
        }
        let mut words = WordLists::default();
        for (name, entries) in &raw.words.0 {
            self.id(name, WordLists::NAMES);
            if let Some(list) = words.list(&name.value) {
                entries.value.iter().for_each(|word| list.add(&word.value.to_lowercase()));
            }
        }
        let mut thresholds = Thresholds::default();
        for (name, value) in &raw.thresholds.0 {
            self.id(name, Thresholds::NAMES);
            if !(0.0..=1000.0).contains(&value.value) {
                let message = format!("a threshold of {} is out of range", value.value);
                self.fault("threshold", &value.at, message, "use a number from 0 to 1000");
            }
            thresholds.set(&name.value, value.value);
        }
        let weights = self.learned(&raw.weights, compiled);
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
            ledger,
            issues,
            groups: std::mem::take(&mut self.groups),
            risks,
            holds,
            senders,
            things: std::mem::take(&mut self.thing_ids),
            lint: Later::now(lint),
            examples: std::mem::take(&mut self.examples),
            moves: moves.into_iter().map(|wordings| Later::now(wordings.into())).collect(),
            rules: std::mem::take(&mut self.rules).into(),
            index: Index::new(phrases, &lexicon),
            reply_index: Index::new(of_replies, &lexicon),
            lexicon,
            cases,
            thresholds,
            weights,
            words,
            fingerprint: self
                .merged
                .sources
                .files()
                .iter()
                .fold(0, |all: u64, file| all.rotate_left(1) ^ fingerprint(&file.text)),
        }
    }

    fn learned(&mut self, raw: &Table<Table<String>>, compiled: Option<Weights>) -> Weights {
        let mut written = Written::default();
        for (table, classes) in &raw.0 {
            let Some(known) = Written::known(&table.value, &self.issue_ids) else {
                let tables: Vec<&str> = Model::ALL.iter().map(|model| model.name()).collect();
                self.id(table, &[&tables[..], &["context", "blend"]].concat());
                continue;
            };
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            for (class, block) in &classes.value.0 {
                // Weights of an issue that an overlay has taken out go with it.
                if !self.merged.removed.contains(&class.value) {
                    self.id(class, &known);
                }
                for line in written.add(&table.value, &class.value, &block.value) {
                    self.fault(
                        "weight",
                        &block.at,
                        format!("the line `{line}` has no weight"),
                        "write the word or word pair, a space, and a number, as in `nobody came 1.62`",
                    );
                }
            }
        }
        match compiled {
            Some(weights) => weights.adapted(&self.issue_ids, &written),
            None => written.ready(&self.issue_ids),
        }
    }

    fn issues(&mut self, raw: &RawBook, moves: &mut [Vec<Wording>]) -> Vec<Issue> {
        let mut issues = Vec::new();
        for (n, (id, issue)) in raw.issues.0.iter().enumerate() {
            let raw_issue = &issue.value;
            self.levels(Owner::Issue(n as u16), [&raw_issue.strong, &raw_issue.phrases, &raw_issue.weak]);
            issues.push(self.issue(id, raw_issue));
            for (name, wordings) in &raw_issue.say.0 {
                self.wordings(name, &wordings.value, &Belongs::Issue(&id.value), moves);
            }
            self.groups(Owner::Issue(n as u16), id, &raw_issue.groups, PLAIN, moves);
            self.groups(Owner::Issue(n as u16), id, &raw_issue.aspects, 0.0, moves);
        }
        issues
    }

    /// Tables whose ids are fixed by the program.
    fn tables(&mut self, raw: &RawBook, moves: &mut [Vec<Wording>]) {
        for (table, ids, owner) in [
            (&raw.kinds, KINDS, Owner::Kind as fn(u16) -> Owner),
            (&raw.tones, TONES, Owner::Tone),
            (&raw.customers, CUSTOMERS, Owner::Customer),
            (&raw.wants, WANTS, Owner::Want),
            (&raw.cues, CUES, Owner::Cue),
            (&raw.wishes, WISHES, Owner::Wish),
            (&raw.reply, REPLY, Owner::Reply),
        ] {
            for (id, rules) in &table.0 {
                if let Some(n) = self.id(id, ids) {
                    self.table(owner(n as u16), &rules.value);
                    // A cue's aspects modify other hits, so they keep a weight.
                    let aspects = if matches!(owner(n as u16), Owner::Cue(_)) { PLAIN } else { 0.0 };
                    self.groups(owner(n as u16), id, &rules.value.groups, PLAIN, moves);
                    self.groups(owner(n as u16), id, &rules.value.aspects, aspects, moves);
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
        for (n, (_, nouns)) in raw.things.0.iter().enumerate() {
            for noun in &nouns.value {
                self.phrase(Owner::Thing(n as u16), None, &noun.value, &noun.at, WEAK, Scope::Anywhere);
            }
        }
    }

    fn risks(&mut self, raw: &RawBook, moves: &mut [Vec<Wording>]) -> Vec<Risk> {
        let mut risks = Vec::new();
        for (id, risk) in &raw.risks.0 {
            if self.id(id, RISKS).is_some() {
                let owner = Owner::Risk(risks.len() as u16);
                self.levels(owner, [&risk.value.strong, &risk.value.phrases, &Vec::new()]);
                self.keep_examples(owner, &risk.value.hit, &risk.value.miss);
                self.groups(owner, id, &risk.value.groups, PLAIN, moves);
                risks.push(Risk {
                    id: id.value.clone(),
                    name: self.text(&risk.value.name, id, "name"),
                    to: self.text(&risk.value.to, id, "to"),
                    first: risk.value.first.value.clone(),
                });
            }
        }
        risks
    }

    fn holds(&mut self, raw: &RawBook) -> Vec<HoldCase> {
        let mut holds = Vec::new();
        for (id, hold) in &raw.holds.0 {
            let (n, hold) = (holds.len() as u16, &hold.value);
            let owner = Owner::Hold(n);
            for (owner, phrases) in
                [(owner, &hold.phrases), (Owner::Sign(n), &hold.signs), (Owner::Beside(n), &hold.beside)]
            {
                self.list(owner, None, phrases, PLAIN);
            }
            self.keep_examples(owner, &hold.hit, &hold.miss);
            if !hold.risk.value.is_empty() {
                self.id(&hold.risk, RISKS);
            }
            holds.push(HoldCase {
                id: id.value.clone(),
                name: self.text(&hold.name, id, "name"),
                to: self.text(&hold.to, id, "to"),
                first: self.text(&hold.first, id, "first"),
                say: hold.say.value.clone(),
                risk: hold.risk.value.clone(),
                today: hold.today.value,
                opens: hold.opens.value,
                quiet: hold.quiet.value,
                chance: self.chance(&hold.chance),
            });
        }
        holds
    }

    fn chance(&mut self, chance: &At<f32>) -> f32 {
        if !(0.0..=1.0).contains(&chance.value) {
            let message = format!("a chance of {} is out of range", chance.value);
            self.fault("threshold", &chance.at, message, "use a number from 0 to 1");
        }
        chance.value
    }

    fn senders(&mut self, raw: &RawBook) -> Vec<Sender> {
        let mut senders = Vec::new();
        for (id, sender) in &raw.senders.0 {
            let (owner, sender) = (Owner::Sender(senders.len() as u16), &sender.value);
            self.levels(owner, [&sender.strong, &sender.phrases, &sender.weak]);
            self.keep_examples(owner, &sender.hit, &sender.miss);
            let why = match id.value.as_str() {
                CUSTOMER => String::new(),
                _ => self.text(&sender.why, id, "why"),
            };
            senders.push(Sender { id: id.value.clone(), why, route: sender.route.value.clone() });
        }
        senders
    }

    /// Checks that every required move always has something to say.
    fn silent(&mut self, moves: &[Vec<Wording>]) {
        let always =
            |w: &Wording| w.when.is_empty() && w.facts.iter().all(|f| fact(f).is_some_and(|fact| fact.given));
        let silent: Vec<&str> = MOVE_TABLE
            .iter()
            .zip(moves)
            .filter(|((_, required), wordings)| *required && !wordings.iter().any(always))
            .map(|((name, _), _)| *name)
            .collect();
        if !silent.is_empty() {
            let end = self.merged.sources.files().first().map_or(0, |f| f.text.trim_end().len());
            self.fault(
                "empty-move",
                &(end.saturating_sub(1)..end),
                format!("these moves can end up with nothing to say: {}", silent.join(", ")),
                "give each, under `moves:`, a wording that needs no condition and no fact of the customer's",
            );
        }
    }

    fn id(&mut self, id: &At<String>, known: &[&str]) -> Option<usize> {
        let found = known.iter().position(|k| *k == id.value);
        if found.is_none() {
            let help = did_you_mean(&id.value, known.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            let fault =
                Diagnostic::new("unknown-id", id.at.clone(), format!("there is no `{}`", id.value), help);
            // Only if the range covers just the word.
            let alone = self.merged.sources.text(&id.at) == id.value;
            self.faults.push(match nearest(&id.value, known.iter().copied()).filter(|_| alone) {
                Some(near) => fault.fixed_by(id.at.clone(), near),
                None => fault,
            });
        }
        found
    }

    /// The ids in a list; `None` if an overlay removed all of them.
    fn ids(&mut self, list: &At<OneOrMany>, known: &[&str]) -> Option<Vec<String>> {
        let mut ids = Vec::new();
        for id in &list.value.0 {
            let of_removed = |r: &String| *r == id.value || id.value.starts_with(&format!("{r}/"));
            if !known.contains(&id.value.as_str()) && self.merged.removed.iter().any(of_removed) {
                continue;
            }
            let at = if id.at.is_empty() { &list.at } else { &id.at };
            self.id(&At { value: id.value.clone(), at: at.clone() }, known);
            ids.push(id.value.clone());
        }
        (!ids.is_empty() || list.value.0.is_empty()).then_some(ids)
    }
}

fn plain(texts: &Texts) -> Vec<String> {
    texts.iter().map(|t| t.value.clone()).collect()
}

/// FNV-1a: the same on every machine and with every Rust version.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn channel_names() -> Vec<&'static str> {
    amends_language::channel::CHANNELS.iter().map(|row| row.name).collect()
}
