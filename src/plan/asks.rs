//! Tells back what they ask, in their order, each ask with its answer.

use super::quotes::{Quoted, meets};
use super::{Answer, Planner, Retelling, is_fit, list};
use crate::retell::{ASKS, Left, Told};
use amends_language::channel::of_template;
use amends_retell::{Kind, Turned};
use std::ops::Range;

/// The most words of asks told back.
const MOST_WORDS: usize = 140;

/// What a sentence must have at least to count as asking for something; less where it begins as a request does.
const ASKED: f32 = 0.3;
const REQUESTED: f32 = 0.2;
/// What it must have to be promised an answer unnamed.
const SURELY_ASKED: f32 = 0.5;
/// Fewer words ask for nothing.
const FEWEST_WORDS: usize = 3;

/// How many asks are more than both.
const MANY: u32 = 3;
/// The most asks that are named by their noun.
const MOST_NAMED: usize = 3;
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
        let asks = |told: &&Told| match told.turned.kind {
            Kind::Statement => false,
            Kind::Request { .. } => told.asks >= REQUESTED,
            Kind::Wish | Kind::Question => told.asks >= ASKED,
        };
        told.iter().filter(asks).take_while(move |told| {
            words += told.turned.text.split_whitespace().count();
            words <= MOST_WORDS
        })
    }

    /// What they ask that can't be told back and that no want answers.
    pub(super) fn open_asks(&self) -> impl Iterator<Item = &Left> {
        let quoted = |left: &Left| self.quoted.iter().any(|quoted| meets(&quoted.quote.at, &left.at));
        let answered =
            |left: &Left| left.want.is_some_and(|want| !matches!(want, "information" | "explanation"));
        // "Saffron?" is no question to answer.
        let whole = |left: &Left| left.text.split_whitespace().count() >= FEWEST_WORDS;
        let asks = move |left: &&Left| {
            ASKS.contains(&left.role) && !answered(left) && left.asks >= ASKED && whole(left)
        };
        self.retold.left.iter().filter(asks).filter(move |left| !quoted(left))
    }

    /// All that is answered where it is told back or quoted, in their order.
    fn answered(&self) -> Vec<Ask> {
        let turned = self.asked().cloned().map(Ask::Turned);
        let mut all: Vec<Ask> = turned.chain(self.quoted.iter().cloned().map(Ask::Quoted)).collect();
        all.sort_by_key(|ask| ask.at().start);
        all
    }

    /// Where in their text stands what is answered.
    pub(super) fn asked_at(&self) -> Vec<Range<usize>> {
        self.answered().iter().map(|ask| ask.at().clone()).collect()
    }

    /// What they ask for first, by what is told back or else by what was read.
    pub(super) fn first_want(&self) -> Option<&'static str> {
        let asked = self.answered();
        let told = asked.iter().map(Ask::sort).find(|sort| !matches!(*sort, "none" | FORBID));
        told.or_else(|| self.open_wants().first().copied())
    }

    /// One point for each want that is asked for, and one each for the questions and the wishes of no known sort.
    pub(super) fn asks(&mut self) -> Result<(), String> {
        let asked = self.answered();
        // Whoever takes over answers all of it.
        let sort = |ask: &Ask| match ask.sort() {
            FORBID => FORBID,
            _ if self.risky() => "none",
            sort => sort,
        };
        let mut groups: Vec<(&'static str, Vec<Ask>)> = Vec::new();
        for ask in &asked {
            let sort = sort(ask);
            let same = |(known, group): &&mut (&'static str, Vec<Ask>)| {
                *known == sort && !ask.is_listed() && !group[0].is_listed()
            };
            match groups.iter_mut().find(same) {
                Some((_, group)) => group.push(ask.clone()),
                None => groups.push((sort, vec![ask.clone()])),
            }
        }
        let before =
            (self.situation.want, self.situation.answer, self.situation.restated, self.situation.points);
        self.situation.restated = true;
        let complaint = self.reading.kind == "complaint";
        for (want, group) in groups {
            if let [ask] = group.as_slice()
                && ask.is_listed()
            {
                self.line(ask, want)?;
                continue;
            }
            // "Both" is said only of two that are plainly one each.
            let several = group.len() > 1 && group.iter().any(|ask| ask.bare().contains(" and "));
            self.situation.points = if several { MANY } else { group.len() as u32 };
            let asks = self.told_back(&group)?;
            // What the trouble's own step does needs no other answer.
            let step = if complaint && self.covered(want) { self.covering_step(want) } else { None };
            let answer = match (step, group.as_slice()) {
                (Some(step), _) => step,
                (None, [ask]) if ask.is_choice() => self.choice_answer()?,
                (None, _) => self.answer_to(want)?,
            };
            for ask in group {
                let from = (ask.at().start, ask.at().end);
                if let Ask::Quoted(quoted) = &ask {
                    let text = quoted.quote.text.clone();
                    self.plan.told.push(Retelling { text, from, how: "quote" });
                }
                self.plan.answers.push(Answer { ask: ask.sentence(), from, text: answer.clone() });
            }
            let point = format!("{asks} {answer}").trim().to_owned();
            if !self.plan.points.contains(&point) {
                self.plan.points.push(point);
            }
        }
        let now = &mut self.situation;
        (now.want, now.answer, now.restated, now.points) = before;
        Ok(())
    }

    /// What is said to "either this or that": neither is promised.
    fn choice_answer(&mut self) -> Result<String, String> {
        self.promise_to_answer("none");
        Ok(self.take("either", false)?.unwrap_or_default())
    }

    /// Promises what is done about an ask of no known want.
    fn promise_to_answer(&mut self, want: &str) {
        let todo = if want == "information" { "answer what they ask" } else { "see to what they ask" };
        self.promise(todo, false);
    }

    /// A line of their own list, with its answer.
    fn line(&mut self, ask: &Ask, want: &'static str) -> Result<(), String> {
        let same = |answer: &&Answer| self.lines.contains(&(answer.from.0, want));
        self.situation.points = 1 + self.plan.answers.iter().filter(same).count() as u32;
        self.situation.want = want;
        let named = self.name_of(ask)?;
        self.facts.insert("ask", named);
        if matches!(want, "none" | "information") || want == FORBID || self.risky() {
            self.promise_to_answer(want);
        } else {
            let answer = self.answer_to(want)?;
            self.facts.insert("answer", answer);
        }
        let text = self.take("line", false)?.unwrap_or_default();
        self.facts.remove("ask");
        self.facts.remove("answer");
        let from = (ask.at().start, ask.at().end);
        self.lines.push((from.0, want));
        self.plan.answers.push(Answer { ask: ask.sentence(), from, text: text.clone() });
        self.plan.points.push(text);
        Ok(())
    }

    /// A line of theirs by its noun, or else as a sentence: "A refund of the £40", "You've asked us to ring you".
    fn name_of(&mut self, ask: &Ask) -> Result<String, String> {
        let bare = ask.bare();
        let starts = |starts: &[&str]| starts.iter().any(|start| bare.to_lowercase().starts_with(start));
        let is_noun = ask.joins()
            && match ask.wording() {
                "query" => true,
                "wish" => !starts(&["to ", "us to ", "it ", "that ", "this ", "them ", "if "]),
                _ => false,
            };
        if is_noun {
            let mut chars = bare.chars();
            return Ok(chars
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect()));
        }
        let sentence = self.told_back(std::slice::from_ref(ask))?;
        Ok(sentence.trim_end_matches('.').to_owned())
    }

    /// What can't be told back, and that no want stands for, is not forgotten.
    pub(super) fn rest(&mut self) -> Result<(), String> {
        let by_wants = match self.risky() {
            true => 0,
            false => self.open_wants().into_iter().filter(|want| self.asks_for(want)).count(),
        };
        let surely = |left: &&Left| left.asks >= SURELY_ASKED || left.text.ends_with('?');
        let (open, asked) = (self.open_asks().filter(surely).count(), self.answered().len());
        if open <= by_wants || of_template(self.situation.channel).brief {
            return Ok(());
        }
        let before = (self.situation.restated, self.situation.points);
        self.situation.points = (open + asked) as u32;
        self.situation.restated = asked > 0;
        // Each by its noun, where all of them have one.
        let mut named: Vec<String> =
            self.open_asks().filter(surely).filter_map(|left| self.retold.named_in(left)).collect();
        let all = named.len() == open && named.iter().all(|name| is_fit(self.book, name));
        let mut known: Vec<String> = Vec::new();
        named.retain(|name| {
            let is_new = !known.contains(name);
            known.push(name.clone());
            is_new
        });
        if all && named.len() <= MOST_NAMED {
            let named: Vec<&str> = named.iter().map(String::as_str).collect();
            self.facts.insert("ask", list(&named));
        }
        self.point("rest")?;
        self.facts.remove("ask");
        (self.situation.restated, self.situation.points) = before;
        Ok(())
    }

    /// What is done about a want that has been told back.
    fn answer_to(&mut self, want: &'static str) -> Result<String, String> {
        if want == FORBID {
            return Ok(String::new());
        }
        if want == "none" || want == "information" || self.risky() {
            self.situation.want = want;
            self.promise_to_answer(want);
            return Ok(self.take("taken_up", false)?.unwrap_or_default());
        }
        let answer = self.about_want(want);
        self.promise_want(want, answer);
        Ok(self.take("answer", false)?.unwrap_or_default())
    }

    /// A sentence for each sort of ask: "You'd like your money back. You asked when that will be."
    fn told_back(&mut self, group: &[Ask]) -> Result<String, String> {
        let mut sentences: Vec<String> = Vec::new();
        for alike in group.chunk_by(|a, b| a.wording() == b.wording() && a.joins() && b.joins()) {
            let wording = alike[0].wording();
            let joint = match wording {
                "request" => ", and to ",
                "quoted" => "\" and \"",
                _ => ", and ",
            };
            // "You'd like a call, and to have it in writing".
            let joined = |(n, ask): (usize, &Ask)| match ask.bare() {
                text if n > 0 && wording == "wish" && text.starts_with("it ") => format!("to have {text}"),
                text => text.to_owned(),
            };
            let texts: Vec<String> = alike.iter().enumerate().map(joined).collect();
            let fact = if matches!(alike[0], Ask::Quoted(_)) { "quote" } else { "ask" };
            let said = texts.join(joint);
            // "You asked whether …", also where the question began the sentence.
            let said = if wording == "query" { small(&said) } else { said };
            self.facts.insert(fact, said);
            if let Ask::Turned(Told { turned: Turned { condition: Some(condition), .. }, .. }) = &alike[0] {
                self.facts.insert("condition", condition.clone());
            }
            sentences.extend(self.take(wording, false)?);
            for fact in ["ask", "quote", "condition"] {
                self.facts.remove(fact);
            }
        }
        Ok(sentences.join(" "))
    }
}

/// What they ask, as it is told back.
#[derive(Clone)]
enum Ask {
    Turned(Told),
    Quoted(Quoted),
}

impl Ask {
    fn at(&self) -> &Range<usize> {
        match self {
            Self::Turned(told) => &told.at,
            Self::Quoted(quoted) => &quoted.quote.at,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Turned(told) => told.turned.sentence(),
            Self::Quoted(quoted) => quoted.quote.text.clone(),
        }
    }

    /// The want that decides the answer.
    fn sort(&self) -> &'static str {
        let (question, want) = match self {
            Self::Turned(told) if told.turned.kind == (Kind::Request { negative: true }) => return FORBID,
            Self::Turned(told) => (told.turned.kind == Kind::Question, told.want),
            Self::Quoted(quoted) => (quoted.quote.text.ends_with('?'), quoted.want),
        };
        // One answer can't stand for several things asked at once.
        let several = self.bare().contains(" and ");
        match want.filter(|want| !question && !matches!(*want, "information" | "explanation")) {
            Some(want) if !several => want,
            _ if question || self.is_listed() && self.is_explanation(want) => "information",
            _ => "none",
        }
    }

    /// The move that tells it back.
    fn wording(&self) -> &'static str {
        match self {
            Self::Quoted(_) => "quoted",
            Self::Turned(told) => match told.turned.kind {
                Kind::Question => "query",
                Kind::Request { negative: true } => "forbid",
                Kind::Request { negative: false } => "request",
                Kind::Wish | Kind::Statement => "wish",
            },
        }
    }

    /// Whether it can share a sentence with another.
    fn joins(&self) -> bool {
        matches!(self, Self::Quoted(_))
            || matches!(self, Self::Turned(told) if told.turned.condition.is_none())
    }

    /// Whether it asks why.
    fn is_explanation(&self, want: Option<&str>) -> bool {
        let starts = ["an explanation", "the reason", "a reason", "the explanation", "reasons"];
        let text = self.bare().to_lowercase();
        matches!(want, Some("explanation" | "information"))
            || starts.iter().any(|start| text.starts_with(start))
    }

    /// Whether it leaves us a choice of two.
    fn is_choice(&self) -> bool {
        let Self::Turned(told) = self else { return false };
        let text = told.turned.text.to_lowercase();
        told.turned.kind != Kind::Question
            && text.split_once("either ").is_some_and(|(_, both)| both.matches(" or ").count() == 1)
    }

    /// Whether it is a line of a list of theirs.
    fn is_listed(&self) -> bool {
        matches!(self, Self::Turned(told) if told.listed)
    }

    /// As it is put into a wording.
    fn bare(&self) -> &str {
        match self {
            Self::Turned(told) => bare(&told.turned.text),
            Self::Quoted(quoted) => &quoted.quote.text,
        }
    }
}

fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Without the mark at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['.', '?', '!', ',', ';', ' '])
}
