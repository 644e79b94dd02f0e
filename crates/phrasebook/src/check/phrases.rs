//! Phrases, their weights and groups.

use super::*;

/// Each is compiled whenever the phrasebook is, and kept in memory.
const MOST_REGEXES: usize = 200;

impl<'a> Checker<'a> {
    pub(super) fn table(&mut self, owner: Owner, rules: &RawRules) {
        self.levels(owner, [&rules.strong, &rules.phrases, &rules.weak]);
        self.keep_examples(owner, &rules.hit, &rules.miss);
    }

    pub(super) fn keep_examples(&mut self, owner: Owner, hit: &Texts, miss: &Texts) {
        if !hit.is_empty() || !miss.is_empty() {
            self.examples.push(Examples { owner, hit: hit.clone(), miss: miss.clone() });
        }
    }

    /// Groups of phrases, with their examples and wordings.
    pub(super) fn groups(
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
            // An overlay may have removed the last phrase.
            if raw.phrases.is_empty() && self.merged.removed.is_empty() {
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
            // An issue keeps its own.
            if !matches!(owner, Owner::Issue(_)) {
                self.keep_examples(owner, &raw.hit, &raw.miss);
            }
            for (name, wordings) in &raw.say.0 {
                let want = matches!(owner, Owner::Want(_)).then_some(of.value.as_str());
                self.wordings(name, &wordings.value, &Belongs::Aspect(&full, want), moves);
            }
        }
    }

    /// A weight, if valid.
    pub(super) fn weight(&mut self, weight: &At<f32>) -> f32 {
        if !(0.0..=10.0).contains(&weight.value) {
            let message = format!("a weight of {} is out of range", weight.value);
            self.fault("weight", &weight.at, message, "use a number from 0 to 10; 2 is usual");
        }
        weight.value
    }

    pub(super) fn levels(&mut self, owner: Owner, lists: [&Phrases; 3]) {
        for (list, weight) in lists.into_iter().zip([STRONG, PLAIN, WEAK]) {
            self.list(owner, None, list, weight);
        }
    }

    pub(super) fn list(&mut self, owner: Owner, group: Option<u16>, list: &Phrases, usual: f32) {
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

    pub(super) fn phrase(
        &mut self,
        owner: Owner,
        group: Option<u16>,
        text: &str,
        at: &Range<usize>,
        weight: f32,
        scope: Scope,
    ) -> bool {
        let parsed = phrase::parse(text, &mut self.lexicon, &self.lists);
        if matches!(parsed, Ok(Phrase::Regex { .. })) {
            self.regexes += 1;
            if self.regexes > MOST_REGEXES {
                if self.regexes == MOST_REGEXES + 1 {
                    let message = format!("there are more than {MOST_REGEXES} regular expressions");
                    self.fault("regex", at, message, "say most of them in words: (a|b) [maybe] ... word*");
                }
                return false;
            }
        }
        match parsed {
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
                let written = self.merged.sources.text(at).find(text).map(|n| at.start + n);
                let inside = written.map_or(at.clone(), |start| start + error.at.start..start + error.at.end);
                self.fault("phrase", &inside, error.message, error.help);
                false
            }
        }
    }
}

/// Group ids of all tables that have groups: `poor_service/no-reply`.
pub(super) fn group_ids(raw: &RawBook) -> Vec<String> {
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

/// Whether a phrase contains a negation.
pub(super) fn says_no(phrase: &str) -> bool {
    const NO: &[&str] = &[
        "not", "no", "never", "none", "nothing", "nobody", "noone", "neither", "nor", "without", "hardly",
        "barely", "nowhere", "cannot", "cant", "wont",
    ];
    phrase
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|w| NO.contains(&w) || w.ends_with("n't"))
}
