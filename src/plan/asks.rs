//! Tells back what they ask, in their order, each ask with its answer.

use super::{Answer, Planner};
use crate::retell::{ASKS, Left, Told};
use amends_language::channel::of_template;
use amends_retell::Kind;
use std::ops::Range;

/// The most words of asks told back.
const MOST_WORDS: usize = 70;

/// The sort of what we are asked not to do, which is answered where it is told back.
const FORBID: &str = "forbid";

impl Planner<'_> {
    /// Whether something they wrote can be told back.
    pub(super) fn has_told(&self) -> bool {
        !self.retold.told.is_empty()
    }

    /// What they ask, as far as it can be told back.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Told> {
        let mut words = 0;
        // There is no room for it in a line or two.
        let told = if of_template(self.situation.channel).brief { &[] } else { self.retold.told.as_slice() };
        told.iter().filter(|told| told.turned.kind != Kind::Statement).take_while(move |told| {
            words += told.turned.text.split_whitespace().count();
            words <= MOST_WORDS
        })
    }

    /// What they ask that can't be told back and that no want answers.
    pub(super) fn open_asks(&self) -> impl Iterator<Item = &Left> {
        self.retold.left.iter().filter(|left| ASKS.contains(&left.role) && left.want.is_none())
    }

    /// One point for each want that is asked for, and one each for the questions and the wishes of no known sort.
    pub(super) fn asks(&mut self) -> Result<(), String> {
        let asked: Vec<Told> = self.asked().cloned().collect();
        let sort = |told: &Told| match (told.turned.kind, told.want) {
            (Kind::Question, _) => "information",
            (Kind::Request { negative: true }, _) => FORBID,
            (_, Some(want)) if want != "information" && want != "explanation" => want,
            _ => "none",
        };
        let mut sorts: Vec<&'static str> = Vec::new();
        for told in &asked {
            if !sorts.contains(&sort(told)) {
                sorts.push(sort(told));
            }
        }
        let before =
            (self.situation.want, self.situation.answer, self.situation.restated, self.situation.points);
        self.situation.restated = true;
        let complaint = self.reading.kind == "complaint";
        for want in sorts {
            // What the trouble's own step does needs no other answer.
            if complaint && self.covered(want) {
                continue;
            }
            let group: Vec<&Told> = asked.iter().filter(|told| sort(told) == want).collect();
            self.situation.points = group.len() as u32;
            let asks = self.told_back(&group)?;
            let answer = self.answer_to(want)?;
            for told in group {
                self.plan.answers.push(Answer {
                    ask: told.turned.sentence(),
                    from: (told.at.start, told.at.end),
                    text: answer.clone(),
                });
            }
            let point = format!("{asks} {answer}").trim().to_owned();
            if !self.plan.points.contains(&point) {
                self.plan.points.push(point);
            }
        }
        // What can't be told back is not forgotten.
        let open = self.open_asks().count();
        let asking = !matches!(self.reading.kind, "praise" | "other");
        if open > 0 && asking && !of_template(self.situation.channel).brief {
            let open_at = |at: &Range<usize>| {
                self.open_asks().any(|left| left.at.start < at.end && at.start < left.at.end)
            };
            if let Some(n) = self.quotes.iter().position(|quote| quote.is_ask() && open_at(&quote.at)) {
                self.quote(n);
                self.promise("see to what they ask", false);
            }
            self.situation.points = (open + asked.len()) as u32;
            self.situation.restated = !asked.is_empty();
            self.point("rest")?;
            self.facts.remove("quote");
        }
        let now = &mut self.situation;
        (now.want, now.answer, now.restated, now.points) = before;
        Ok(())
    }

    /// What is done about a want that has been told back.
    fn answer_to(&mut self, want: &'static str) -> Result<String, String> {
        if want == FORBID {
            return Ok(String::new());
        }
        if want == "none" || want == "information" || self.risky() {
            self.situation.want = want;
            self.promise(
                if want == "information" { "answer what they ask" } else { "see to what they ask" },
                false,
            );
            return Ok(self.take("taken_up", false)?.unwrap_or_default());
        }
        let answer = self.about_want(want);
        self.promise_want(want, answer);
        Ok(self.take("answer", false)?.unwrap_or_default())
    }

    /// A sentence for each sort of ask: "You'd like your money back. You asked when that will be."
    fn told_back(&mut self, group: &[&Told]) -> Result<String, String> {
        let mut sentences: Vec<String> = Vec::new();
        let name = |told: &Told| match told.turned.kind {
            Kind::Question => "query",
            Kind::Request { negative: true } => "forbid",
            Kind::Request { negative: false } => "request",
            Kind::Wish | Kind::Statement => "wish",
        };
        for alike in group.chunk_by(|a, b| {
            name(a) == name(b) && a.turned.condition.is_none() && b.turned.condition.is_none()
        }) {
            let joint = if name(alike[0]) == "request" { ", and to " } else { ", and " };
            let texts: Vec<&str> = alike.iter().map(|told| bare(&told.turned.text)).collect();
            self.facts.insert("ask", texts.join(joint));
            self.facts.remove("condition");
            if let Some(condition) = &alike[0].turned.condition {
                self.facts.insert("condition", condition.clone());
            }
            sentences.extend(self.take(name(alike[0]), false)?);
        }
        self.facts.remove("ask");
        self.facts.remove("condition");
        Ok(sentences.join(" "))
    }
}

/// Without the mark at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['.', '?', '!', ',', ';', ' '])
}
