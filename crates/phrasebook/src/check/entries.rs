//! The company, issues, rules for replies and cases.

use super::*;
use crate::ledger::{Ledger, Retain};
use crate::raw::RawLedger;

/// The kinds of English that read differently here, and what else people call them.
const LOCALES: &[(&str, &[&str])] = &[
    ("en-GB", &["en", "en-uk", "gb", "uk", "english", "british", "british english", "uk english"]),
    ("en-US", &["us", "usa", "american", "american english", "us english"]),
    ("en-CA", &["ca", "canadian", "canadian english"]),
];

impl<'a> Checker<'a> {
    pub(super) fn case(&mut self, raw: &RawCase, at: &Range<usize>) -> Case {
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
        let (customer, channel) = (one(&raw.customer, CUSTOMERS), one(&raw.channel, &channel_names()));
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

    pub(super) fn date(&mut self, day: &At<String>) -> Option<Date> {
        let date = day.value.parse().ok();
        if date.is_none() {
            self.fault("date", &day.at, format!("`{}` is not a date", day.value), "write it as 2026-12-25");
        }
        date
    }

    pub(super) fn company(&mut self, raw: &RawCompany) -> Company {
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
                format!("`{}` isn't an address", address.value),
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
            locale: self.company_locale(&raw.locale),
            limit: raw.limit.value,
            weekend,
            holidays,
        }
    }

    fn company_locale(&mut self, locale: &At<String>) -> String {
        match locale.value.as_str() {
            "" => "en-GB".into(),
            "auto" => "auto".into(),
            _ => {
                self.locale(locale, "`auto`, or ");
                locale.value.clone()
            }
        }
    }

    /// Checks a locale: a language and a country. `other` is what may be written as well.
    pub(super) fn locale(&mut self, locale: &At<String>, other: &str) {
        let is_part = |part: &str, of: fn(&u8) -> bool| part.len() == 2 && part.bytes().all(|b| of(&b));
        let is_locale = locale.value.split_once('-').is_some_and(|(language, country)| {
            is_part(language, u8::is_ascii_lowercase) && is_part(country, u8::is_ascii_uppercase)
        });
        let said = locale.value.replace('_', "-").to_lowercase();
        let meant = LOCALES
            .iter()
            .find(|(ours, theirs)| said == ours.to_lowercase() || theirs.contains(&said.as_str()));
        if is_locale && meant.is_none_or(|(ours, _)| *ours == locale.value) {
            return;
        }
        let known: Vec<&str> = LOCALES.iter().map(|(ours, _)| *ours).collect();
        let known = format!("write {other}a language and a country, as in {}", known.join(", "));
        let message = format!("`{}` is not a locale", locale.value);
        self.faults.push(match meant {
            Some((ours, _)) => Diagnostic::new(
                "locale",
                locale.at.clone(),
                message,
                format!("did you mean `{ours}`? {known}"),
            )
            .fixed_by(locale.at.clone(), *ours),
            None => Diagnostic::new("locale", locale.at.clone(), message, known),
        });
    }

    pub(super) fn ledger(&mut self, raw: &RawLedger) -> Ledger {
        let retain = Some(&raw.retain).filter(|retain| !retain.value.is_empty());
        let retain = retain.and_then(|retain| {
            retain.value.parse().map_err(|why: String| self.fault("time", &retain.at, why, Retain::HELP)).ok()
        });
        Ledger { file: raw.file.value.clone(), keep_text: raw.keep_text.value, retain }
    }

    pub(super) fn issue(&mut self, id: &At<String>, raw: &RawIssue) -> Issue {
        let policy = &raw.policy.value;
        // Nothing an issue needs is given: it adds to one that isn't there.
        let is_addition =
            [&raw.name, &raw.trouble, &policy.todo].iter().all(|text| text.value.trim().is_empty());
        if is_addition {
            let others: Vec<String> =
                self.issue_ids.iter().filter(|other| **other != id.value).cloned().collect();
            let near = did_you_mean(&id.value, others.iter().map(String::as_str));
            let help = "a new one needs `name:`, `trouble:`, `policy: {todo: …}` and `phrases:`";
            self.fault(
                "unknown-id",
                &id.at,
                format!("there is no issue `{}` to change", id.value),
                near.map_or_else(|| help.to_owned(), |near| format!("{near} {help}")),
            );
        }
        let grouped = raw.groups.0.iter().any(|(_, group)| !group.value.phrases.is_empty());
        if raw.strong.is_empty() && raw.phrases.is_empty() && raw.weak.is_empty() && !grouped && !is_addition
        {
            self.fault(
                "no-phrase",
                &id.at,
                format!("the issue `{}` has no phrase, so it is never found", id.value),
                "add some under `phrases:`",
            );
        }
        if !raw.risk.value.is_empty() {
            self.id(&raw.risk, RISKS);
        }
        let ids = self.issue_ids.clone();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let implies = self.known_issues(&raw.implies, &ids);
        for want in policy.offer.iter().chain(&policy.approval).chain(&policy.decline).chain(&policy.covers) {
            self.id(want, WANTS);
        }
        let mut needed = |text: &At<String>, key: &str| match is_addition {
            true => String::new(),
            false => self.text(text, id, key),
        };
        Issue {
            at: id.at.clone(),
            says: raw.say.0.iter().any(|(_, wordings)| !wordings.value.is_empty()),
            id: id.value.clone(),
            name: needed(&raw.name, "name"),
            trouble: needed(&raw.trouble, "trouble"),
            needs: raw.needs.value.clone(),
            risk: raw.risk.value.clone(),
            policy: Policy {
                ours: policy.ours.value,
                days: if policy.days.value == 0 { 2 } else { policy.days.value },
                owner: policy.owner.value.clone(),
                todo: needed(&policy.todo, "policy: todo"),
                offer: plain(&policy.offer),
                approval: plain(&policy.approval),
                decline: plain(&policy.decline),
                covers: plain(&policy.covers),
                root_cause: policy.root_cause.value.clone(),
                apart: policy.apart.value.clone(),
                value: policy.value.value.clone(),
            },
            implies,
            hit: all_examples(raw, &raw.hit, |group| &group.hit),
            miss: all_examples(raw, &raw.miss, |group| &group.miss),
        }
    }

    /// The issues of a list that an overlay has not taken out.
    fn known_issues(&mut self, list: &Texts, known: &[&str]) -> Vec<String> {
        let removed = &self.merged.removed;
        let there: Vec<At<String>> = list.iter().filter(|id| !removed.contains(&id.value)).cloned().collect();
        there.iter().filter(|id| self.id(id, known).is_some()).map(|id| id.value.clone()).collect()
    }

    pub(super) fn text(&mut self, text: &At<String>, owner: &At<String>, key: &str) -> String {
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

    pub(super) fn lint_rule(&mut self, id: &At<String>, raw: &RawLint) -> LintRule {
        // A rule without phrases modifies one implemented in code.
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
}

/// An issue's own examples and its groups'.
fn all_examples(raw: &RawIssue, own: &Texts, of: fn(&RawGroup) -> &Texts) -> Texts {
    let groups = raw.groups.0.iter().chain(&raw.aspects.0).map(|(_, group)| &group.value);
    own.iter().chain(groups.flat_map(of)).cloned().collect()
}
