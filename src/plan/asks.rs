//! Tells back what they ask, in their order, each ask with its answer.

use super::quotes::{Quoted, meets};
use super::{Answer, Planner, Retelling};
use crate::retell::{ASKS, Left, Told};
use amends_language::channel::of_template;
use amends_retell::Kind;

/// The most words of asks told back.
const MOST_WORDS: usize = 70;

/// What a sentence must have at least to count as asking for something.
const ASKED: f32 = 0.3;

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
        let quoted = |left: &Left| self.quoted.iter().any(|quoted| meets(&quoted.quote.at, &left.at));
        let asks = |left: &&Left| ASKS.contains(&left.role) && left.want.is_none() && left.asks >= ASKED;
        self.retold.left.iter().filter(asks).filter(move |left| !quoted(left))
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
        for n in 0..self.quoted.len() {
            self.quoted_ask(n)?;
        }
        // What can't be told back is not forgotten.
        let open = self.open_asks().count();
        let asking = !matches!(self.reading.kind, "praise" | "other");
        if open > 0 && asking && !of_template(self.situation.channel).brief {
            let told = asked.len() + self.quoted.len();
            self.situation.points = (open + told) as u32;
            self.situation.restated = told > 0;
            self.point("rest")?;
        }
        let now = &mut self.situation;
        (now.want, now.answer, now.restated, now.points) = before;
        Ok(())
    }

    /// One point for an ask that is quoted.
    fn quoted_ask(&mut self, n: usize) -> Result<(), String> {
        let Quoted { quote, want } = &self.quoted[n];
        let (text, from) = (quote.text.clone(), (quote.at.start, quote.at.end));
        let want = want.unwrap_or(if text.ends_with('?') { "information" } else { "none" });
        self.situation.points = 1;
        self.facts.insert("quote", text.clone());
        let asks = self.take("quoted", false)?;
        self.facts.remove("quote");
        if let Some(asks) = asks {
            let answer = self.answer_to(want)?;
            self.plan.told.push(Retelling { text: text.clone(), from, how: "quote" });
            self.plan.points.push(format!("{asks} {answer}").trim().to_owned());
            self.plan.answers.push(Answer { ask: text, from, text: answer });
        }
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
