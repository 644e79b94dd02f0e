//! Weights that are ready for look-up, with some lines changed: what an overlay does to those it extends,
//! without reading them as text again.

use super::{BLENDS, Entry, Model, ROLES, Weights, Written, context, look_up, range};
use amends_language::features::feature;
use rustc_hash::FxHashMap;

impl Weights {
    /// What [`Written::ready`] would give for these weights as they were written, followed by the lines of
    /// `over`, in a phrasebook with these issues.
    pub fn adapted(self, issues: &[String], over: &Written) -> Self {
        let is_weighed = |id: &&String| self.issues.iter().any(|known| **known == ***id) || over.has(id);
        let own: Vec<&String> = issues.iter().filter(is_weighed).collect();
        let same = own.len() == self.issues.len() && own.iter().zip(&self.issues).all(|(a, b)| ***a == **b);
        if same && over.0.is_empty() {
            return self;
        }
        let class_of = self.new_classes(&own);
        let mut always = vec![0.0; range(Model::Matter, own.len()).end];
        for (old, new) in class_of.iter().enumerate() {
            new.iter()
                .for_each(|new| always[usize::from(*new)] = self.always.get(old).copied().unwrap_or(0.0));
        }
        let changed = over.entries(&own, &mut always);
        let mut rows: Vec<(u32, Entry)> = Vec::with_capacity(self.entries.len() + changed.len());
        for slot in self.slots.iter().filter(|slot| slot.count > 0) {
            for entry in self.entries.range(slot.first as usize..(slot.first + slot.count) as usize) {
                if let Some(Some(class)) = class_of.get(usize::from(entry.class))
                    && !changed.contains_key(&(slot.key, *class))
                {
                    rows.push((slot.key, Entry { class: *class, hundredths: entry.hundredths }));
                }
            }
        }
        rows.extend(
            changed
                .into_iter()
                .filter(|(_, hundredths)| *hundredths != 0)
                .map(|((key, class), hundredths)| (key, Entry { class, hundredths })),
        );
        rows.sort_unstable_by_key(|(key, entry)| (*key, entry.class, entry.hundredths));
        let (slots, entries) = look_up(&rows);
        Self {
            issues: own.into_iter().map(|id| id.as_str().into()).collect(),
            always,
            slots,
            entries,
            context: over.context(self.context),
            blends: over.blends(self.blends),
        }
    }

    /// Where each class now stands; `None` if its issue is gone.
    fn new_classes(&self, own: &[&String]) -> Vec<Option<u16>> {
        let mut classes = Vec::new();
        for model in Model::ALL {
            let new = range(model, own.len());
            let fixed = model.fixed();
            classes.extend((0..fixed).map(|n| Some((new.start + n) as u16)));
            let of = |id: &str| own.iter().position(|known| **known == *id);
            let issues = self.issues.iter().filter(|_| model.has_issues());
            classes.extend(issues.map(|id| of(id).map(|n| (new.start + fixed + n) as u16)));
        }
        classes
    }
}

impl Written {
    fn of(&self, table: &str, class: &str) -> impl Iterator<Item = (&String, &f32)> {
        self.0.get(table).and_then(|classes| classes.get(class)).into_iter().flatten()
    }

    fn has(&self, issue: &str) -> bool {
        self.0.get(Model::Issue.name()).is_some_and(|classes| classes.contains_key(issue))
    }

    /// What each line says of a feature and class, in hundredths; those counted always go to `always`.
    fn entries(&self, issues: &[&String], always: &mut [f32]) -> FxHashMap<(u32, u16), i16> {
        let mut entries = FxHashMap::default();
        for model in Model::ALL {
            let own = issues.iter().filter(|_| model.has_issues()).map(|id| id.as_str());
            for (n, class) in range(model, issues.len()).zip(model.classes().into_iter().chain(own)) {
                for (what, weight) in self.of(model.name(), class) {
                    let hundredths = (weight * 100.0).round() as i16;
                    if what == super::ALWAYS {
                        always[n] = f32::from(hundredths) * 0.01;
                    } else {
                        entries.insert((feature(what), n as u16), hundredths);
                    }
                }
            }
        }
        entries
    }

    fn context(&self, mut weights: Vec<f32>) -> Vec<f32> {
        let Some(roles) = self.0.get("context") else { return weights };
        let signals = context();
        weights.resize(signals.len() * ROLES.len(), 0.0);
        for (class, lines) in roles {
            let Some(role) = ROLES.iter().position(|role| role == class) else { continue };
            for (what, weight) in lines {
                if let Some(n) = signals.iter().position(|signal| signal == what) {
                    weights[n * ROLES.len() + role] = *weight;
                }
            }
        }
        weights
    }

    fn blends(&self, mut blends: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
        blends.resize(BLENDS.len(), Vec::new());
        for (weights, (name, signals)) in blends.iter_mut().zip(BLENDS) {
            weights.resize(signals.len(), 0.0);
            for (signal, weight) in self.of("blend", name) {
                if let Some(n) = signals.iter().position(|known| known == signal) {
                    weights[n] = *weight;
                }
            }
        }
        blends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(lines: &[(&str, &str, &str)]) -> Written {
        let mut written = Written::default();
        for (table, class, block) in lines {
            assert!(written.add(table, class, block).is_empty());
        }
        written
    }

    #[test]
    fn adapted_weights_are_those_of_all_lines_together() {
        let base = [
            ("issues", "late", "came 0.3\nnobody came 1.2\n(always) -0.2"),
            ("issues", "lost", "came -0.3\ngone 2"),
            ("matters", "none", "came 0.1"),
            ("kinds", "praise", "lovely 3\n(always) 0.4"),
            ("context", "hello", "first 1\nown_hello 0.5"),
            ("asked", "refund", "money 1"),
            ("blend", "issue", "words 2"),
        ];
        let over = [
            ("issues", "late", "came 0\nvan 0.7"),
            ("issues", "torn", "rip 1"),
            ("kinds", "praise", "(always) 0.1"),
            ("context", "hello", "first 0.5\nlast -1"),
            ("context", "bye", "last 1"),
            ("asked", "refund", "back 0.5"),
            ("wishes", "replacement", "again 0.4"),
            ("blend", "issue", "matter 1"),
        ];
        let all = [&base[..], &over[..]].concat();
        let before: Vec<String> = ["late", "lost"].map(str::to_owned).to_vec();
        for issues in [vec!["late", "lost", "torn", "mute"], vec!["torn", "late"], vec!["lost", "late"]] {
            let issues: Vec<String> = issues.into_iter().map(str::to_owned).collect();
            let adapted = written(&base).ready(&before).adapted(&issues, &written(&over));
            assert_eq!(format!("{adapted:?}"), format!("{:?}", written(&all).ready(&issues)), "{issues:?}");
        }
        let adapted = written(&base).ready(&before).adapted(&before, &Written::default());
        assert_eq!(format!("{adapted:?}"), format!("{:?}", written(&base).ready(&before)));
    }
}
