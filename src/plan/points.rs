//! Answers every point: what is done about each issue, want and question, without repetition.

use super::Planner;
use crate::facts::value;
use crate::reading::Evidence;
use amends_phrasebook::{About, Issue, Wording};
use amends_retell::Kind;

pub const MOST_WANTS: usize = 3;

impl Planner<'_> {
    pub(super) fn steps(&mut self) -> Result<(), String> {
        if self.issues.is_empty() || self.risky() {
            self.point("step")?;
        } else {
            for n in 0..self.issues.len() {
                self.about(n);
                let before = self.plan.points.len();
                let told = self.shown("step", self.aspects_of(self.issues[n]), 1)?;
                if told.is_empty() {
                    self.point("step")?;
                }
                for text in told.into_iter().filter(|t| !self.plan.points.contains(t)).collect::<Vec<_>>() {
                    self.plan.points.push(text);
                }
                if let [step] = &self.plan.points[before..] {
                    self.steps.push((self.issues[n], step.clone()));
                }
            }
            self.about(0);
        }
        for issue in self.issues.clone() {
            self.promise(&self.todo(issue), false);
        }
        Ok(())
    }

    pub(super) fn todo(&self, issue: &Issue) -> String {
        match self.reading.facts.orders.as_slice() {
            [order] => format!("{} ({order})", issue.policy.todo),
            _ => issue.policy.todo.clone(),
        }
    }

    /// Wants covered neither by any issue's own step nor by what is told back of their asks.
    pub(super) fn open_wants(&self) -> Vec<&'static str> {
        let complaint = self.reading.kind == "complaint";
        let quoted = |want: &str| self.quoted.iter().any(|quoted| quoted.want == Some(want));
        let asked = |want: &str| self.asked().any(|told| told.want == Some(want)) || quoted(want);
        let queried = self.asked().any(|told| told.turned.kind == Kind::Question);
        let answered = self.asked_at();
        // Words of theirs that are answered where they are told back show nothing else.
        let answered = |want: &&str| {
            self.reading.evidence.wants.get(*want).is_some_and(|shown| {
                let told =
                    |e: &Evidence| e.field.is_none() && answered.iter().any(|at| at.contains(&e.start));
                !shown.is_empty() && shown.iter().all(told)
            })
        };
        self.reading
            .wants
            .iter()
            .copied()
            .filter(|want| *want != "information" && !(complaint && self.covered(want)))
            .filter(|want| !(asked(want) || *want == "explanation" && queried))
            .filter(|want| *want != "correction" || self.reading.wants.len() == 1)
            .filter(|want| !answered(want))
            .take(MOST_WANTS)
            .collect()
    }

    /// Whether the step of an issue is what they want.
    pub(super) fn covered(&self, want: &str) -> bool {
        self.issues.iter().any(|issue| issue.id == want || issue.covers(want))
    }

    /// Takes the step of the issue that covers a want out of the points, as the answer to what asks for it.
    pub(super) fn covering_step(&mut self, want: &str) -> Option<String> {
        let covers = |(issue, _): &mut (&Issue, String)| issue.id == want || issue.covers(want);
        let (_, step) = self.steps.extract_if(.., covers).next()?;
        self.plan.points.retain(|point| *point != step);
        Some(step)
    }

    /// Answers every want: granted, referred for approval, looked into or declined.
    pub(super) fn wants(&mut self) -> Result<(), String> {
        self.situation.restated = false;
        for want in self.open_wants() {
            // Words alone don't show that they asked for it in so many words.
            if !self.asks_for(want) {
                self.note(format!("they may ask for this, too: {want}"));
                continue;
            }
            let mut answer = self.about_want(want);
            // Nobody is asked to approve what they may not want in the end.
            if answer == "approval" && self.reading.notes.in_case.contains(&want) {
                answer = "open";
                (self.situation.answer, self.situation.restated) = (answer, true);
            }
            self.point("answer")?;
            self.promise_want(want, answer);
            self.situation.restated = false;
        }
        Ok(())
    }

    /// Whether they say so where they ask something, and nothing that is answered already says it.
    pub(super) fn asks_for(&self, want: &str) -> bool {
        let answered = self.asked_at();
        let told = |e: &Evidence| e.field.is_none() && answered.iter().any(|at| at.contains(&e.start));
        self.reading.asks_for(want).any(|e| !told(e))
    }

    /// Says what has been answered in the same words before in others.
    pub(super) fn vary(&mut self) -> Result<(), String> {
        for n in 1..self.plan.points.len() {
            let (before, rest) = self.plan.points.split_at(n);
            let Some((_, answer)) = rest[0].rsplit_once(". ") else { continue };
            if before.iter().any(|point| point.ends_with(answer)) {
                let kept = rest[0].len() - answer.len();
                let again = self.take("again", false)?;
                // A third time would be one too many.
                let again =
                    again.filter(|again| !self.plan.points[..n].iter().any(|p| p.ends_with(&**again)));
                self.plan.points[n].replace_range(kept.., again.as_deref().unwrap_or_default());
                let length = self.plan.points[n].trim_end().len();
                self.plan.points[n].truncate(length);
            }
        }
        Ok(())
    }

    /// Makes a want the current subject.
    pub(super) fn about_want(&mut self, want: &'static str) -> &'static str {
        self.situation.want = want;
        let answer = self.answer(want);
        self.situation.answer = answer;
        answer
    }

    pub(super) fn promise_want(&mut self, want: &str, answer: &str) {
        let todo = match (want, answer) {
            (_, "declined") | ("apology", _) => return,
            ("cancellation", "in_case") => "ask whether they still want to cancel".to_owned(),
            (_, "in_case") => format!("arrange the {want} if nothing else puts it right"),
            ("cancellation", _) => "cancel as asked and confirm in writing".to_owned(),
            ("callback", _) => "call them back".to_owned(),
            (_, "offered") => format!("arrange the {want}"),
            (_, "approval") => format!("get the {want} approved or declined"),
            _ => format!("find out about the {want} and answer"),
        };
        self.promise(&todo, answer == "approval");
        if matches!(answer, "offered" | "approval")
            && let Some(promise) = self.plan.promises.iter_mut().find(|promise| promise.todo == todo)
        {
            promise.grants = Some(want.to_owned());
        }
    }

    /// The policy's answer, except for a conditional want, which is acknowledged but not granted
    /// straight away.
    fn answer(&mut self, want: &str) -> &'static str {
        let answer = self.policy(want);
        if !self.reading.notes.in_case.contains(&want)
            || !(answer == "offered" || want == "cancellation" && answer != "declined")
        {
            return answer;
        }
        self.situation.answer = "in_case";
        let sayable = |w: &Wording| w.when.asks(About::Answer).iter().any(|a| **a == *"in_case");
        if self.best("answer").is_some_and(sayable) { "in_case" } else { answer }
    }

    /// The policy's answer to a want.
    fn policy(&mut self, want: &str) -> &'static str {
        let of_aspect = self.reading.notes.aspects.iter().find_map(|id| {
            let aspect = self.book.groups.iter().find(|a| a.id == **id)?;
            (id.starts_with(want) && aspect.answer == *"declined").then_some(())
        });
        if of_aspect.is_some() {
            self.note("one thing they ask for is beyond what anyone may promise; the draft declines it");
            return "declined";
        }
        // What a person must read first is neither granted nor refused.
        if self.reading.notes.hold {
            return "open";
        }
        let first = self.issues.first();
        let lists = |list: fn(&Issue) -> &Vec<String>, issue: &Issue| list(issue).iter().any(|o| o == want);
        let any = |list: fn(&Issue) -> &Vec<String>| self.issues.iter().any(|i| lists(list, i));
        let answer = if first.is_some_and(|i| lists(|i| &i.policy.offer, i)) {
            "offered"
        } else if any(|i| &i.policy.approval) {
            "approval"
        } else if any(|i| &i.policy.offer) {
            "offered"
        } else if any(|i| &i.policy.decline) {
            "declined"
        } else {
            "open"
        };
        let limit = f64::from(self.book.company.limit);
        let money = matches!(want, "refund" | "compensation");
        let amounts = &self.reading.facts.amounts;
        // A sum nobody can read, or whose currency nobody named, may be any.
        let unclear = amounts.iter().find(|amount| value(amount).is_none());
        if let Some(unclear) = unclear.filter(|_| answer == "offered" && money && limit > 0.0) {
            self.note(format!("the {want}: \"{unclear}\" is no certain sum, so it needs approval"));
            return "approval";
        }
        let sum = amounts.iter().filter_map(|amount| value(amount)).fold(0.0, f64::max);
        if answer == "offered" && money && limit > 0.0 && sum > limit {
            self.note(format!(
                "the {want} may be above {}, the most an agent grants alone",
                self.book.company.limit
            ));
            return "approval";
        }
        // Hardship is a reason to request an exception, not to refuse.
        if self.reading.notes.hardship.is_some() && matches!(answer, "declined" | "open") && money {
            self.note(format!("exception to ask for: the {want}, for hardship"));
            return "approval";
        }
        answer
    }

    /// The outcomes set by the agent; if there are none, a gap to fill in.
    pub(super) fn outcomes(&mut self) -> Result<(), String> {
        let mut told = 0;
        for wording in self.book.wordings("outcome").iter() {
            if !wording.facts.is_empty() && self.judge(wording).is_ok() {
                let text = wording.say(&self.facts)?;
                self.spent.extend(wording.facts.clone());
                self.plan.points.push(text);
                told += 1;
            }
        }
        if told == 0 {
            self.point("outcome")?;
        }
        Ok(())
    }
}
