//! An ask that can't be turned in one: two asks are turned one by one and joined; a reason or a remark
//! before or behind it is left out.

use crate::class::*;
use crate::tag::{finite, tag};
use crate::token::{Tag, Token};
use crate::{Kind, Reason, Refusal, Turned, opening, question};
use std::cell::Cell;
use std::ops::Range;

/// Turns one piece.
pub(crate) type One<'f, 'a> = &'f dyn Fn(&[Token<'a>]) -> Result<Turned, Refusal>;

/// Tells a reason as a statement.
pub(crate) type Tell<'f, 'a> = &'f dyn Fn(&[Token<'a>]) -> Option<String>;

/// Whether the words speak of what they may do to us.
pub(crate) type Threat<'f, 'a> = &'f dyn Fn(&[Token<'a>]) -> bool;

/// Whether an ask refused for this may be told without a remark. Mockery colours all of it; and what may
/// harm somebody or was told in confidence is no thing for rules.
pub(crate) fn may(why: &Refusal) -> bool {
    !matches!(why.reason, Reason::Sarcasm | Reason::DangerNeedsCare | Reason::Secret)
}

/// Where one piece ends and another begins.
#[derive(Clone, Copy)]
struct Cut {
    end: usize,
    start: usize,
}

/// Turns the pieces of an ask.
pub(crate) fn turn<'a>(
    tokens: &[Token<'a>],
    depth: u8,
    one: One<'_, 'a>,
    tell: Tell<'_, 'a>,
    threat: Threat<'_, 'a>,
) -> Option<Turned> {
    let mut tagged = tokens.to_vec();
    tag(&mut tagged);
    let cuts: Vec<Cut> = (1..tokens.len().saturating_sub(1)).filter_map(|at| cut(&tagged, at)).collect();
    // a question keeps its mark where what stands behind it goes
    let mark = tokens.last().filter(|t| t.is("?") && !t.quoted);
    let turns = |piece: &[Token<'a>]| match mark.filter(|_| piece.last().is_some_and(|t| !t.mark())) {
        Some(mark) if question::begins(bare(piece)) => one(&[piece, std::slice::from_ref(mark)].concat()),
        _ => one(piece),
    };
    let told = |piece: &[Token<'a>]| {
        let turned = match begged(piece) {
            Some(plain) => turns(&plain).or_else(|_| turns(piece)),
            None => turns(piece),
        };
        // "I don't want the box, we've split up"
        let unwanted = |t: &Turned| {
            t.condition.is_none()
                && ["you don't want ", "you do not want "].iter().any(|w| t.text.starts_with(w))
        };
        turned.ok().filter(|t| t.kind != Kind::Statement || unwanted(t))
    };
    // "keep everything: e-mails, diary, notes"
    for cut in cuts.iter().filter(|cut| tagged[cut.end].is(":")) {
        let list = &tagged[cut.start..];
        let bare = !(0..list.len()).any(|at| finite(list, at)) && !asks(list) && !asks_later(list);
        let head = &tagged[..cut.end];
        let whole = !head[head.len() - 1].any(&[
            "things",
            "following",
            "this",
            "these",
            "are",
            "is",
            "points",
            "ways",
        ]);
        if bare
            && whole
            && !list.iter().any(|t| t.has(NEGATIVE) || t.tag == Tag::Base)
            && let Some(turned) = told(&tokens[..cut.end])
            && (turned.kind != Kind::Wish || turned.text.starts_with("to "))
        {
            return Some(turned);
        }
    }
    // a remark behind it: as little as can be is left out
    for cut in cuts.iter().rev() {
        // "if you'd call it fair, I'm listening": what follows is no remark on a condition
        let left = bare(&tagged[..cut.end]);
        let condition = left.first().is_some_and(|t| t.any(&["if", "unless", "when", "should"]))
            && !left.iter().any(|t| t.is("then") || t.mark() && !t.quoted);
        // "the £1,300 the van and the storage run to": the subject of what belongs to the thing before
        let inside = !tagged[cut.end].mark() && {
            let run = tagged[..cut.end].iter().rev().take_while(|t| t.tag.is_nominal()).count();
            let run = &tagged[cut.end - run..cut.end];
            run.iter().skip(1).any(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive))
        };
        // "because until I know, she's not coming": a clause that leans on what would go
        let leans = tagged[..cut.end].windows(2).any(|w| {
            w[0].any(&["because", "since", "as", "but", "cos", "so", "and", "that"])
                && w[1].any(&["until", "till", "when", "if", "unless", "while", "once", "although"])
        });
        let threatens = || {
            let tail = &tagged[cut.end..];
            let plain = tail.iter().find(|t| !t.mark() && !t.is("and"));
            plain.is_some_and(|t| {
                t.any(&[
                    "if",
                    "or",
                    "in",
                    "otherwise",
                    "failing",
                    "after",
                    "i",
                    "we",
                    "our",
                    "my",
                    "because",
                    "as",
                    "then",
                    "so",
                    "until",
                    "till",
                    "unless",
                ])
            }) && !tail.iter().any(|t| t.is("?"))
                && !asks(bare(tail))
                && !tail
                    .iter()
                    .find(|t| !t.mark() && !t.any(&["and", "or", "else", "otherwise", "then"]))
                    .is_some_and(|t| t.has(BASE) && !t.has(FINITE))
                && !asks_later(tail)
                // "and until I have that I'll not be paying"
                && (threat(tail)
                    || plain.is_some_and(|t| t.any(&["until", "till", "unless"]))
                        && tail.windows(2).any(|w| w[0].any(&["i", "we"]) && w[1].any(&["'ll", "will", "shall", "won't"])))
        };
        // ", so my bookkeeper": its verb would go
        let from = tagged[..cut.end].iter().rposition(|t| t.mark() && !t.quoted).map_or(0, |at| at + 1);
        let leans = leans
            || from > 0
                && from < cut.end
                && tagged[from].any(&["so", "because", "since"])
                && !(from..cut.end).any(|at| finite(&tagged, at));
        // ", and my insurers and our agent will be in touch": one subject of two
        let subject = !tagged[cut.end].mark()
            && tagged[cut.end].is("and")
            && from > 0
            && from < cut.end
            && !(from..cut.end).any(|at| finite(&tagged, at))
            && bare(&tagged[from..cut.end]).iter().all(|t| t.tag.is_nominal())
            && tagged[cut.end + 1..].first().is_some_and(|t| t.has(DETERMINER | POSSESSIVE));
        // ", and if you say it's mine": what then would go
        let supposed = from > 0
            && from < cut.end
            && bare(&tagged[from..cut.end]).first().is_some_and(|t| t.any(&["if", "unless", "when", "once"]))
            && tagged[from..cut.end].first().is_some_and(|t| t.any(&["and", "but", "or"]));
        let leans = leans || subject || supposed;
        // ", he has asked for it, by 8 January": the day belongs to the ask
        let day = tagged[cut.start..].iter().rposition(|t| t.is(",") && !t.quoted).map(|at| cut.start + at);
        let day = day.filter(|&at| {
            let tail = &tagged[at + 1..];
            tail.first().is_some_and(|t| t.any(&["by", "before", "until", "till", "within"]))
                && tail.len() < 8
                && tail.iter().any(|t| t.digit() || t.class & (WEEKDAY | MONTH | UNIT | NUMBER) != 0)
                && !(0..tail.len()).any(|v| finite(tail, v))
        });
        if let Some(at) = day {
            let whole = [&tokens[..cut.end], &tokens[at..]].concat();
            if droppable(&tagged[cut.end..at])
                && !condition
                && !inside
                && !leans
                && let Some(turned) = told(&whole)
            {
                return Some(turned);
            }
            continue;
        }
        if (droppable(&tagged[cut.end..]) || threatens())
            && !leans
            && !inside
            && let Some(turned) = told(&tokens[..cut.end]).filter(|t| !condition || t.condition.is_some())
        {
            return Some(match reason(&tokens[cut.start..], tell) {
                Some(why) => Turned { text: format!("{}, {why}", turned.text), ..turned },
                None => turned,
            });
        }
    }
    // "the insurance starts at exchange, is that right?"
    for cut in &cuts {
        if let Some(word) = right(&tagged[cut.start..])
            && let Some(fact) = tell(&tokens[..cut.end])
        {
            let text = format!("whether it is {word} that {}", lowered(fact, &tagged[0]));
            return Some(Turned { kind: Kind::Question, text, condition: None, leans: false });
        }
    }
    // a remark before it
    for cut in &cuts {
        // "I've never banked with you and I'd like it explained": a sentence of its own
        let own = opening::opening(bare(&tagged[cut.start..]))
            .is_some_and(|_| bare(&tagged[cut.start..])[0].any(&["i", "we"]));
        let joined = !tagged[cut.end].mark()
            && !own
            && tagged[cut.start].any(&["and", "but"])
            && tagged[..cut.end].iter().any(|t| t.has(NEGATIVE));
        // "it'll be torn up, but if there's a rule I'd like to see it"
        let supposed =
            bare(&tagged[cut.start..]).first().is_some_and(|t| t.is("if")) && tagged[cut.end].is(",");
        if introduces(&tagged[..cut.end])
            && !joined
            && (supposed || asks(&tagged[cut.start..]))
            && !goes_on(&tagged[cut.start..])
            && let Some(turned) = told(&tokens[cut.start..]).or_else(|| {
                (depth > 0).then(|| turn(&tokens[cut.start..], depth - 1, one, tell, threat)).flatten()
            })
        {
            return Some(turned);
        }
    }
    // "or, failing that, the money back"
    for cut in &cuts {
        if let Some(n) = fallback(&tagged[cut.end..])
            && cut.end + n < tokens.len()
            && let Some(first) = told(&tokens[..cut.end])
            && let Some(second) = told(&tokens[cut.end + n..])
            && let Some(both) = either(&first, &second)
        {
            return Some(both);
        }
    }
    // two asks
    for cut in &cuts {
        let (left, right) = (&tokens[..cut.end], &tokens[cut.start..]);
        let further = asks(&tagged[cut.start..]) || unwanted(&tagged[cut.start..]);
        let stop = tokens[cut.end - 1].is(".") || tokens.get(cut.end).is_some_and(|t| t.is(";"));
        let item = !further && thing(&tagged[cut.start..], stop);
        // "I rehearse until six and don't look at messages" has one subject
        let from = tagged[..cut.end].iter().rposition(|t| t.mark() && !t.quoted).map_or(0, |at| at + 1);
        let told_before = |piece: &[Token<'_>]| remark(piece) && !asks(piece);
        // "if you send the pins and put it back I'd be obliged", "…, and if you can't, then …"
        let supposed =
            bare(&tagged[from..cut.end]).first().is_some_and(|t| t.any(&["if", "unless", "when", "should"]));
        // "for the lost weeks, please propose something"
        let about = bare(&tagged[..cut.end]).first().is_some_and(|t| t.is("for")) && further;
        // "for I must come and bring him soup": a deed of the reason's
        let why = bare(&tagged[from..cut.end]).first().is_some_and(|t| t.any(&["for", "because", "since"]))
            && from > 0
            && tagged[from + 1..cut.end].first().is_some_and(|t| t.has(SUBJECT))
            && !tagged[cut.end].mark()
            && further;
        // "the difference between the goose and the crown"
        let between = tagged[from..cut.end].iter().any(|t| t.is("between"))
            && !tagged[cut.end].mark()
            && !tagged[from..cut.end].iter().any(|t| t.is("and"));
        // "if it's found, please post it; if it isn't, I want the form"
        let other = bare(&tagged[cut.start..]).first().is_some_and(|t| t.is("if"))
            && bare(&tagged).first().is_some_and(|t| t.any(&["if", "should"]));
        if other
            && let Some(first) = told(left).filter(|t| t.kind != Kind::Statement)
            && let Some(both) = otherwise(&first, right, &tagged[cut.start..], &told)
        {
            return Some(both);
        }
        if supposed || about || why || between {
            continue;
        }
        if !(further || item) || told_before(&tagged[..cut.end]) || told_before(&tagged[from..cut.end]) {
            continue;
        }
        let within = || (depth > 0 && further).then(|| turn(left, depth - 1, one, tell, threat)).flatten();
        let Some(first) = told(left).or_else(within) else { continue };
        // ", and you will receive our charge for the crane and the drill": no thing of theirs
        let told_of =
            from > 0 && (from..cut.end).any(|at| finite(&tagged, at) && tagged[at].tag != Tag::Past);
        if item && (first.kind != Kind::Wish || told_of) {
            continue;
        }
        // "can you tell me honestly, is it open?"
        let tells = ["tell you", "let you know"].iter().any(|end| first.text.ends_with(end));
        let begs = tells && first.text.split(' ').count() < 6;
        let second =
            told(right).or_else(|| (depth > 0).then(|| turn(right, depth - 1, one, tell, threat)).flatten());
        let begun = bare(&tagged[cut.start..]);
        let please = tagged[cut.start..tagged.len() - begun.len()].iter().any(|t| t.is("please"));
        let deed = !please && begun.first().is_some_and(|t| t.has(BASE) && !t.has(PRONOUN));
        let begged = second.as_ref().filter(|second| begs && second.kind == Kind::Question);
        if begged.is_some() {
            return second;
        }
        if let Some(both) = second.and_then(|second| join(&first, &second, deed)) {
            return Some(both);
        }
    }
    // both a remark and a further ask: without the remark, once more
    if depth > 0 {
        for cut in cuts.iter().rev() {
            if droppable(&tagged[cut.end..])
                && let Some(turned) = turn(&tokens[..cut.end], depth - 1, one, tell, threat)
            {
                return Some(turned);
            }
        }
    }
    // more of them, with remarks in between
    let series = Series { tokens, tagged: &tagged, cuts: &cuts, told: &told, tries: Cell::new(60) };
    let listed = tagged.iter().any(|t| t.any(&["(", ":", "either"]) && !t.quoted);
    (depth > 1 && cuts.len() > 1 && !listed).then(|| series.from(0, None, true)).flatten()
}

/// "could it be mended, please": "I'd like it to be mended".
fn begged<'a>(piece: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let begs = piece.iter().any(|t| t.is("please") && !t.quoted) && !piece.iter().any(|t| t.is("or"));
    let from = piece.len() - bare(piece).len();
    let own = piece.get(from + 1).is_some_and(|t| t.any(&["i", "we", "you"]));
    if !begs || own || !piece.get(from).is_some_and(|t| t.any(&["could", "can", "might", "may"])) {
        return None;
    }
    let mut all = piece[from..].to_vec();
    while let Some(at) = all.iter().position(|t| t.is("please") && !t.quoted) {
        let comma = usize::from(all[at - 1].is(","));
        all.drain(at - comma..=at);
    }
    while all.last().is_some_and(|t| t.mark() && !t.quoted) {
        all.pop();
    }
    tag(&mut all);
    crate::condition::asked_for(&all)
}

/// Asks and remarks one after the other.
struct Series<'s, 'a> {
    tokens: &'s [Token<'a>],
    tagged: &'s [Token<'a>],
    cuts: &'s [Cut],
    told: &'s dyn Fn(&[Token<'a>]) -> Option<Turned>,
    /// How many pieces may still be tried.
    tries: Cell<u32>,
}

impl Series<'_, '_> {
    /// The asks from the piece behind the `n`th cut on, joined to those `before`; `next` to them or behind
    /// a remark.
    fn from(&self, n: usize, before: Option<Turned>, next: bool) -> Option<Turned> {
        let whole = self.tokens.len();
        let (mark, start) = if n == 0 { (0, 0) } else { (self.cuts[n - 1].end, self.cuts[n - 1].start) };
        let ends = || (n..=self.cuts.len()).map(|to| (to, self.cuts.get(to).map_or(whole, |cut| cut.end)));
        for (to, end) in ends().rev().filter(|&(_, end)| end > start) {
            if end < whole && severed(&self.tagged[..end], &self.tagged[end..]) {
                continue;
            }
            if n > 0 && !self.goes_with(before.as_ref(), next, mark..end, start) {
                continue;
            }
            self.tries.set(self.tries.get().checked_sub(1)?);
            let Some(turned) = (self.told)(&self.tokens[start..end]) else { continue };
            let joined = match &before {
                Some(before) => join(before, &turned, false),
                None => Some(turned),
            };
            let Some(joined) = joined else { continue };
            if end == whole {
                return Some(joined);
            }
            if let Some(all) = self.from(to + 1, Some(joined), true) {
                return Some(all);
            }
        }
        for (to, end) in ends().filter(|&(_, end)| end > start) {
            let piece = &self.tagged[mark..end];
            let goes = if n == 0 { introduces(piece) } else { droppable(piece) };
            if !goes || end < whole && severed(&self.tagged[..end], &self.tagged[end..]) {
                continue;
            }
            if end == whole {
                return before;
            }
            if let Some(all) = self.from(to + 1, before.clone(), false) {
                return Some(all);
            }
        }
        None
    }

    /// Whether a piece is one more ask: a further one, or one more thing of a list. What only goes on from a
    /// remark ("and bring him soup", "the crane and the drill") is none.
    fn goes_with(&self, before: Option<&Turned>, next: bool, piece: Range<usize>, start: usize) -> bool {
        let (mark, end) = (piece.start, piece.end);
        let whole = &self.tagged[mark..end];
        let stop = self.tagged[mark].is(";") || self.tagged[mark - 1].is(".");
        let comma = self.tagged[mark].is(",");
        // "…, for I must come myself and bring him soup"
        let from = self.tagged[..mark].iter().rposition(|t| t.mark() && !t.quoted).map_or(0, |at| at + 1);
        let last = bare(&self.tagged[from..mark]);
        let last =
            last.get(usize::from(last.first().is_some_and(|t| t.any(&["for", "because", "as", "since"])))..);
        let clause = from > 0
            && self.tagged[mark].is("and")
            && last.is_some_and(|last| {
                last.first().is_some_and(|t| t.has(SUBJECT) || t.is("it"))
                    && !asks(last)
                    && (0..last.len()).any(|at| finite(last, at))
            });
        if asks(whole) {
            return next && !clause || !goes_on(whole) || !self.tagged[mark].is("and");
        }
        let wished = before.is_some_and(|t| t.kind == Kind::Wish);
        let piece = &self.tagged[start..end];
        // ", the red ones collected": what is to become of one more thing
        let run = piece.iter().take_while(|t| t.tag.is_nominal()).count();
        let done = next
            && comma
            && run > 1
            && matches!(piece[0].tag, Tag::Determiner | Tag::Possessive | Tag::Number)
            && piece.get(run).is_some_and(|t| {
                t.has(PARTICIPLE) && matches!(t.tag, Tag::Past | Tag::Participle) || t.any(&["back", "off"])
            })
            && (run + 1..piece.len()).all(|at| !finite(piece, at) || piece[at].has(PARTICIPLE));
        unwanted(piece) || wished && (next || comma) && (stop || comma) && (done || thing(piece, stop))
    }
}

/// Whether a cut takes apart what belongs together.
fn severed(left: &[Token<'_>], right: &[Token<'_>]) -> bool {
    let from = left.iter().rposition(|t| t.mark() && !t.quoted).map_or(0, |at| at + 1);
    let last = &left[from..];
    let begun = bare(last);
    let supposes = |t: &Token<'_>| t.any(&["if", "unless", "when", "once", "should"]);
    // "if you say it's mine | …", "and until I know | …"
    let supposed = begun.first().is_some_and(supposes)
        || last.windows(2).any(|w| {
            w[0].any(&["because", "since", "as", "but", "cos", "so", "and", "that"])
                && (supposes(&w[1]) || w[1].any(&["until", "till", "while", "although"]))
        });
    // "the £1,300 | the van runs to", "the van and | the storage"
    let inside = !right[0].mark() && {
        let run = left.iter().rev().take_while(|t| t.tag.is_nominal()).count();
        let run = &left[left.len() - run..];
        run.iter().skip(1).any(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive))
    };
    let joined = !right[0].mark()
        && right[0].is("and")
        && from > 0
        && !begun.is_empty()
        && !(0..begun.len()).any(|at| finite(begun, at))
        && begun.iter().all(|t| t.tag.is_nominal())
        && right.get(1).is_some_and(|t| t.has(DETERMINER | POSSESSIVE));
    supposed || inside || joined
}

/// A mark between clauses, or a word that begins a reason.
fn cut(tokens: &[Token<'_>], at: usize) -> Option<Cut> {
    let token = &tokens[at];
    if token.quoted {
        return None;
    }
    let spaced = token.any(&["-", "–", "—"]) && !token.glued;
    if token.mark() && (token.any(&[",", ";", ":", "…", "..."]) || spaced) {
        return Some(Cut { end: at, start: at + 1 });
    }
    let initial = tokens[at - 1].capital() && tokens[at - 1].text.len() == 1 && !tokens[at - 1].is("i");
    if token.mark() && token.any(&[".", "?"]) && !initial && tokens.get(at + 1).is_some_and(|t| !t.glued) {
        return Some(Cut { end: at + 1, start: at + 1 });
    }
    let after = !tokens[at - 1].mark();
    // "just as it is", "as you said"
    let manner = token.is("as")
        && (tokens[at - 1].any(&["just", "exactly", "same", "such"])
            || tokens[at - 1].tag == Tag::Adverb
            || tokens[at + 2..].first().is_some_and(|t| {
                t.any(&[
                    "is", "was", "were", "are", "'s", "said", "asked", "agreed", "promised", "did", "wish",
                    "like", "please",
                ])
            }));
    if manner {
        return None;
    }
    // "so don't shut me off", "so please ring me"
    let so = token.is("so")
        && tokens[at + 1].any(&["don't", "please", "kindly", "can", "could", "do"])
        && after
        && at > 1;
    if so {
        return Some(Cut { end: at, start: at });
    }
    // "nobody came can someone ring me", "it's broken please send a new one": no mark between
    let closed = |t: &Token<'_>| {
        t.has(WH | SUBORDINATOR | CONJUNCTION | PRONOUN | DETERMINER | PREPOSITION | MODAL | BE | DO)
            || t.mark()
    };
    let begs = token.any(&["can", "could", "would"]) && tokens[at + 1].any(&["you", "someone", "somebody"])
        || token.is("please") && tokens[at + 1].has(BASE) && tokens[at + 1].has(REQUEST);
    let tied = tokens[at - 1].any(&["then", "so", "and", "just", "also", "or", "but"]);
    if begs && at > 3 && !tied && !closed(&tokens[at - 1]) && (1..at).any(|v| finite(tokens, v)) {
        return Some(Cut { end: at, start: at });
    }
    let reason = (token.any(&["because", "since", "as", "so", "cos", "and", "but"])
        || token.is("for") && tokens[at + 1].has(SUBJECT))
        && at > 1
        && after;
    (reason && (token.is("for") || tokens[at].tag != Tag::Preposition && tokens[at].tag != Tag::Adverb))
        .then_some(Cut { end: at, start: at })
}

/// What they'd like in one case and in the other: "…; and if it isn't, the form".
fn otherwise<'a>(
    first: &Turned,
    tokens: &[Token<'a>],
    tagged: &[Token<'a>],
    told: &dyn Fn(&[Token<'a>]) -> Option<Turned>,
) -> Option<Turned> {
    let rest = bare(tagged);
    let from = tagged.len() - rest.len();
    // "if it isn't, …" says it of what was said before
    let short = match rest {
        [_, not, ..] if not.any(&["not", "so"]) => Some(2),
        [_, it, is, ..]
            if it.any(&["it", "they", "there", "that", "you"]) && is.has(BE | HAVE | DO | MODAL) =>
        {
            Some(if rest.get(3).is_some_and(|t| t.is("not")) { 4 } else { 3 })
        }
        _ => None,
    };
    let short = short.filter(|&n| {
        let next = rest.get(n);
        next.is_some_and(|t| t.any(&[",", "then", "please"]) || t.any(&["i", "we"]) && n > 1)
    });
    let (condition, second) = match short {
        Some(n) => {
            let mut condition = rest[1..n].to_vec();
            condition[0].glued = false;
            crate::person::turn(&mut condition);
            let main = n + usize::from(rest[n].any(&[",", "then"]));
            (crate::token::text(&condition), told(&tokens[from + main..])?)
        }
        None => {
            let turned = told(tokens)?;
            (turned.condition.clone()?, Turned { condition: None, ..turned })
        }
    };
    if second.condition.is_some() || condition.len() > 60 {
        return None;
    }
    let (one, other) = (wish(first)?, wish(&second)?);
    let text = format!("{one} and, if {condition}, {other}");
    Some(Turned {
        kind: Kind::Wish,
        text,
        condition: first.condition.clone(),
        leans: first.leans || second.leans,
    })
}

/// "and I don't want him on the poolside".
fn unwanted(tokens: &[Token<'_>]) -> bool {
    matches!(bare(tokens), [own, not, want, what, ..] if own.any(&["i", "we"])
        && not.is("don't")
        && want.is("want")
        && !what.any(&["to", "another", "any", "money"]))
}

/// How many words begin what they'd take otherwise.
fn fallback(tokens: &[Token<'_>]) -> Option<usize> {
    const WAYS: [&str; 4] = [
        "?, ?; ?. or|and ?, failing that|this|which ?,",
        "?, ?; ?. failing that|this|which ?,",
        "?, ?; ?. or|and ?, if not|impossible ?, ?then",
        "?, ?; ?. or else",
    ];
    let n = WAYS.iter().find_map(|way| opening::fits(way, tokens))?;
    // "or else I'll go to the papers"
    let own = matches!(&tokens[n..], [own, will, ..] if own.any(&["i", "we"]) && will.any(&["will", "'ll", "shall"]));
    (!own).then_some(n)
}

/// The one or, failing that, the other.
fn either(one: &Turned, other: &Turned) -> Option<Turned> {
    if one.condition.is_some() || other.condition.is_some() || one.text.contains(" or ") {
        return None;
    }
    let leans = one.leans || other.leans;
    let request = Kind::Request { negative: false };
    // "…, and if not, can you carry it over?"
    let deed = ["whether we can ", "whether we could "].iter().find_map(|w| other.text.strip_prefix(w));
    let begged = deed.filter(|_| one.kind == request && other.kind == Kind::Question);
    let begged = begged.map(|deed| Turned { kind: request, text: deed.to_owned(), ..other.clone() });
    let other = begged.as_ref().unwrap_or(other);
    if one.kind == request && other.kind == request {
        return Some(Turned {
            text: format!("{} or, failing that, {}", one.text, other.text),
            leans,
            ..one.clone()
        });
    }
    let (first, second) = (wish(one)?, wish(other)?);
    let plain = second.strip_prefix("us ").filter(|_| first.starts_with("us ")).unwrap_or(&second);
    let text = format!("{first} or, failing that, {plain}");
    Some(Turned { kind: Kind::Wish, text, condition: None, leans })
}

/// Without the words that only tie it to what stands before.
fn bare<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let lead = tokens
        .iter()
        .take_while(|t| {
            t.mark() && !t.quoted || t.any(&["and", "but", "also", "then", "so", "plus", "please", "just"])
        })
        .count();
    &tokens[lead..]
}

/// Whether an ask begins here.
fn asks(tokens: &[Token<'_>]) -> bool {
    let rest = bare(tokens);
    let begged =
        tokens.len() > rest.len() && tokens[..tokens.len() - rest.len()].iter().any(|t| t.is("please"));
    let Some(first) = rest.first() else { return false };
    let deed = first.has(BASE)
        && !first.has(PREPOSITION | PARTICLE)
        && !first.has(FAMILY)
        && (!first.has(FINITE) || first.any(&["do", "don't", "have"]))
        && rest.get(1).is_some_and(|t| {
            t.has(OBJECT | DETERMINER | POSSESSIVE) && !t.has(SUBJECT)
                || t.any(&["it", "to"])
                || t.digit()
                || first.tag == Tag::Base && first.has(REQUEST) && t.has(PREPOSITION | PARTICLE)
        })
        && (first.tag != Tag::Noun || first.has(REQUEST));
    // ", call it £200"
    let deed = deed && !(first.is("call") && rest.get(1).is_some_and(|t| t.is("it")));
    // "the 27th, when my mother's over" asks nothing
    let word = first.tag == Tag::Wh && !first.has(FINITE);
    let inverted = rest
        .iter()
        .skip(1)
        .take(if first.is("what") { 4 } else { 2 })
        .any(|t| t.has(FINITE) || t.is("'s") && t.tag == Tag::Auxiliary);
    let asked = question::begins(rest)
        && (!word || inverted)
        && (rest.iter().any(|t| t.is("?") && !t.quoted)
            || first.has(FINITE) && rest.get(2).is_some_and(|t| !t.mark()));
    // "and if it's remade is it charged?"
    let supposed = first.is("if") && rest.iter().any(|t| t.is("?") && !t.quoted);
    // "and that you pay the return"
    let that = first.is("that")
        && tokens.len() > rest.len()
        && rest
            .get(1)
            .is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.any(&["you", "somebody", "someone"]));
    // "and perhaps somebody might look in"
    let perhaps = first.any(&["perhaps", "maybe"])
        && rest.get(1).is_some_and(|t| t.any(&["somebody", "someone", "you"]))
        && rest.get(2).is_some_and(|t| t.any(&["could", "might", "would", "can"]));
    if that || perhaps {
        return true;
    }
    // "and someone please ring me"
    let somebody = first.any(&["someone", "somebody"])
        && rest.get(1).is_some_and(|t| t.any(&["please", "kindly"]))
        && rest.get(2).is_some_and(|t| t.has(BASE));
    if somebody {
        return true;
    }
    let forbids = first.is("do") && rest.get(1).is_some_and(|t| t.is("not"));
    opening::opens(rest) || asked || supposed || deed || forbids || begged && first.has(BASE)
}

/// Whether an ask begins anywhere within.
fn asks_later(tokens: &[Token<'_>]) -> bool {
    // "…, since half of them give up sugar?": the mark is that of the question before
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    let tokens = &tokens[..end];
    let wants = |t: &[Token<'_>]| opening::opening(t).is_some() || t[0].is("please");
    // ", and for a proper light": a thing of a list
    let item = |at: usize| {
        let rest = bare(&tokens[at..]);
        let end = rest.iter().position(|t| t.mark() && !t.quoted).unwrap_or(rest.len());
        let begun = rest.first().is_some_and(|t| {
            matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number | Tag::To)
                || t.any(&["for", "somebody", "someone"])
        });
        let led = tokens[at].is(",") && tokens.get(at + 1).is_some_and(|t| t.is("and"));
        led && begun && !(0..end).any(|v| finite(rest, v) && rest[v].tag != Tag::Past)
    };
    (0..tokens.len()).any(|at| {
        wants(&tokens[at..])
            || item(at)
            || tokens[at].is("and") && tokens.get(at + 1).is_some_and(|t| t.is("if"))
            || tokens[at].any(&["expecting", "appreciate", "grateful", "failing"])
            || tokens[at].is("?")
            || (tokens[at].mark() || tokens[at].any(&["and", "but", "so"])) && asks(&tokens[at..])
    })
}

/// A thing they'd like, for all that is seen: "and the late fee back".
fn thing(tokens: &[Token<'_>], stop: bool) -> bool {
    let rest = bare(tokens);
    rest.first().is_some_and(|t| {
        matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number)
            || t.any(&["someone", "somebody", "something", "no", "to"])
    }) && !(rest[0].any(&["all", "both", "each"]) && rest.get(1).is_some_and(|t| t.is("of")))
        && (stop || tokens[..tokens.len() - rest.len()].iter().any(|t| t.is("and")))
}

/// "and come round for my files": after a statement its verb may have the same subject.
fn goes_on(tokens: &[Token<'_>]) -> bool {
    let rest = bare(tokens);
    let lead = &tokens[..tokens.len() - rest.len()];
    let please = lead.iter().any(|t| t.any(&["please", "so"]));
    lead.iter().any(|t| t.any(&["and", "but"]))
        && !please
        && rest.first().is_some_and(|t| t.has(BASE) && !t.any(&["i", "we"]))
}

/// A statement, which asks for nothing and takes nothing back.
fn remark(tokens: &[Token<'_>]) -> bool {
    let lead = tokens
        .iter()
        .take_while(|t| {
            t.mark() && !t.quoted && !t.is("(")
                || t.any(&[
                    "also",
                    "plus",
                    "now",
                    "anyway",
                    "well",
                    "and",
                    "but",
                    "because",
                    "since",
                    "as",
                    "so",
                    "for",
                    "cos",
                    "that",
                    "or",
                    "otherwise",
                    "else",
                    "given",
                    "considering",
                    "seeing",
                    "presumably",
                    "obviously",
                    "clearly",
                    "honestly",
                    "apparently",
                    "sadly",
                    "frankly",
                ])
        })
        .count();
    let told = |word: &str| tokens[..lead].iter().any(|t| t.is(word));
    let rest = &tokens[lead..];
    let Some(first) = rest.first() else { return true };
    if told("and") && told("that") && !first.has(FINITE) {
        return false;
    }
    // ", that completion has moved": what is said, known or usual
    if tokens.iter().find(|t| !t.mark()).is_some_and(|t| t.is("that")) && !first.has(FINITE) && !first.glued {
        return false;
    }
    // "don't mind which", "doesn't have to be today"
    if first.any(&["don't", "doesn't", "dont", "doesnt"])
        && rest.get(1).is_some_and(|t| t.any(&["mind", "care", "matter", "have"]))
    {
        return true;
    }
    let own = first.any(&["i", "we"]);
    if (told("or") || told("otherwise"))
        && !(own
            && rest
                .get(1)
                .is_some_and(|t| t.any(&["'ll", "will", "shall", "'m", "am", "go", "would", "'d", "have"])))
    {
        return false;
    }
    let led = first.any(&[
        "if", "unless", "until", "till", "before", "after", "when", "while", "which", "who", "where",
        "whether", "not", "only", "except", "instead", "rather", "that", "once", "whatever",
    ]) && !first.is("that");
    let named = matches!(
        first.tag,
        Tag::Pronoun
            | Tag::There
            | Tag::Determiner
            | Tag::Possessive
            | Tag::Noun
            | Tag::Name
            | Tag::Adjective
            | Tag::Number
    ) || first.is("there");
    // "because when I am nervous my English goes"
    if (told("because") || told("as") || told("since"))
        && first.any(&["if", "when"])
        && rest.iter().any(|t| t.any(&["i", "my", "we"]))
        && !rest.iter().any(|t| t.any(&["you", "your"]))
    {
        return true;
    }
    if led || !named || asks(rest) {
        return false;
    }
    let verb = (1..rest.len().min(9)).find(|&at| finite(rest, at));
    // "our solicitor, Ms Fane, will write"
    let apposed = matches!(first.tag, Tag::Possessive | Tag::Determiner)
        && rest.iter().take(9).filter(|t| t.is(",")).count() == 2
        && rest.iter().take(9).skip_while(|t| !t.is(",")).nth(1).is_some_and(|t| t.capital());
    let whole =
        |t: &Token<'_>| (!t.mark() || apposed && t.is(",")) && !matches!(t.tag, Tag::Subordinator | Tag::Wh);
    let Some(verb) = verb.filter(|&v| rest[..v].iter().all(whole)) else { return false };
    // "the rate you'd have given us": a thing and a clause about it
    let own_verb = (0..verb).rev().find(|&at| rest[at].tag != Tag::Adverb).unwrap_or(0);
    let related = own_verb > 0
        && (matches!(first.tag, Tag::Determiner | Tag::Possessive | Tag::Number) || first.is("half"))
        && rest[own_verb].any(&["i", "we", "you", "he", "she", "it", "they"])
        && (matches!(rest[own_verb - 1].tag, Tag::Noun | Tag::Name) || rest[own_verb - 1].digit());
    if related {
        return false;
    }
    // "the fee taken off": no verb of a sentence
    let either = rest[verb].has(BASE)
        || !rest[verb].has(INTRANSITIVE)
        // "the credits worked out flat by flat"
        || rest.get(verb + 1).is_some_and(|t| t.any(&["out", "off", "back", "good", "right"]));
    // "because my neighbour bought one", "our neighbour bought one"
    let bought = ["because", "since", "cos", "for"].iter().any(|word| told(word))
        || rest[..verb].last().is_some_and(|t| t.class & (FAMILY | PEOPLE) != 0)
            && rest.get(verb + 1).is_some_and(|t| t.has(OBJECT | DETERMINER | POSSESSIVE | NUMBER));
    if rest[verb].tag == Tag::Past && rest[verb].has(PARTICIPLE) && !first.has(SUBJECT) && either && !bought {
        return false;
    }
    // "something towards the tank would be decent"
    let decent = !own
        && !first.any(&["it", "that", "this", "there"])
        && rest
            .windows(2)
            .any(|w| w[0].any(&["would", "might", "'d"]) && w[1].any(&["be", "come", "do", "help", "go"]));
    if decent {
        return false;
    }
    // "it has to come down", "something off the holiday for the pool we chose it for"
    let has_to = !own && rest[verb].any(&["has", "have"]) && rest.get(verb + 1).is_some_and(|t| t.is("to"));
    let some = first.is("something")
        && rest[1].any(&["for", "off", "towards", "toward", "back", "extra", "on", "in"]);
    if has_to || some {
        return false;
    }
    // what we are to do after all
    let ours = rest.windows(2).any(|w| {
        w[0].is("you") && w[1].any(&["must", "should", "need", "ought", "will", "'ll", "have", "may"])
    });
    let because = told("because") || told("cos");
    let takes_back = !because
        && rest.iter().any(|t| {
            t.any(&["instead", "except", "unless", "should", "must", "only", "ought", "rather", "prefer"])
        });
    // "I'd rather not do this again in October"
    let again = matches!(rest, [_, would, rather, not, ..] if would.any(&["'d", "would"]) && rather.is("rather") && not.is("not"));
    if own && again && rest.iter().any(|t| t.is("again")) {
        return true;
    }
    // "I don't want another": a reason for the money back
    if own
        && rest.get(1).is_some_and(|t| t.is("don't"))
        && rest.get(2).is_some_and(|t| t.is("want"))
        && rest.get(3).is_some_and(|t| t.is("another"))
    {
        return true;
    }
    let wants = own
        && rest.iter().take(4).any(|t| {
            t.any(&[
                "want",
                "need",
                "like",
                "expect",
                "ask",
                "hope",
                "appreciate",
                "insist",
                "prefer",
                "suggest",
                "propose",
                "invite",
                "recommend",
                "trust",
                "request",
                "beg",
                "demand",
                "require",
                "urge",
            ])
        });
    let wants = wants
        || own
            && rest.windows(2).take(6).any(|w| w[0].is("to") && w[1].any(&["know", "see", "hear", "have"]));
    // "I think the £145 is yours"
    let fair = |t: &Token<'_>| t.digit() || t.any(&["would", "should", "ought", "could", "might"]);
    let wants = wants || own && rest[1].has(THINK) && rest.iter().any(fair);
    // "the head wants to go out to tender" is a plan of hers
    let plan = rest[verb].is("wants")
        && matches!(&rest[verb + 1..], [to, deed, ..] if to.is("to")
            && !deed.any(&["be", "know", "hear", "speak", "have", "see", "get", "talk", "meet"]));
    let needs = !plan && rest[verb].any(&["needs", "wants", "want", "need"]);
    !ours && !takes_back && !wants && !needs
}

/// What may be left out behind an ask. What is joined on with an "and" and denies something is not.
fn droppable(tokens: &[Token<'_>]) -> bool {
    // "and so does the videographer"
    let lead = tokens.iter().take_while(|t| t.mark()).count();
    if let [and, so, verb, ..] = &tokens[lead..]
        && and.is("and")
        && so.is("so")
        && verb.has(BE | DO | HAVE)
    {
        return !asks_later(&tokens[lead + 1..]);
    }
    // ", though I know you're busy"
    if let [comma, though, own, ..] = tokens
        && comma.is(",")
        && though.any(&["though", "although"])
        && (own.has(SUBJECT) || own.is("it"))
        && !tokens.iter().any(|t| t.digit() || t.any(&["you", "not", "if", "only"]) || t.has(NEGATIVE))
    {
        return !asks_later(&tokens[2..]);
    }
    let will =
        matches!(tokens, [_, own, will, ..] if own.any(&["i", "we"]) && will.any(&["will", "'ll", "shall"]));
    let joined = tokens[0].any(&["and", "but"]) && !will && tokens.iter().any(|t| t.has(NEGATIVE));
    remark(tokens) && !joined && !asks_later(tokens)
}

/// What may go before an ask: a statement, a reason, "one more thing:".
fn introduces(tokens: &[Token<'_>]) -> bool {
    let Some(last) = tokens.last() else { return false };
    let words = tokens.iter().filter(|t| !t.mark()).count();
    let heading = words < 7
        && last.any(&[
            "thing",
            "things",
            "question",
            "questions",
            "query",
            "favour",
            "favor",
            "point",
            "mind",
            "hi",
            "hello",
        ]);
    let begs = words < 7
        && tokens.iter().any(|t| t.any(&["tell", "know", "wondering", "wondered", "ask"]))
        && last.any(&["me", "us", "know", "wondering", "wondered", "ask"])
        && asks(tokens);
    // "I don't want another, I'd like a refund"
    let unwanted = tokens[0].any(&["i", "we"])
        && tokens.iter().take(4).any(|t| t.has(NEGATIVE))
        && tokens
            .iter()
            .take(5)
            .any(|t| t.any(&["want", "need", "after", "asking", "looking", "expect", "expecting", "wish"]))
        && !tokens.iter().any(|t| t.any(&["you", "to"]));
    // "and the mandate stopped": one more thing of theirs
    let run = bare(tokens).iter().take_while(|t| t.tag.is_nominal()).count();
    let done = tokens[0].any(&["and", ","])
        && run > 1
        && bare(tokens).get(run).is_some_and(|t| t.has(PARTICIPLE) && !t.has(BE | HAVE | DO));
    if done {
        return false;
    }
    let quick = words < 7
        && tokens.iter().any(|t| t.any(&["question", "questions", "query"]))
        && last.any(&["you", "please", "all", "team"]);
    heading
        || quick
        || begs
        || unwanted
        || remark(tokens) && !asks_later(tokens) && !tokens[0].any(&["or", "otherwise"])
}

/// The reason behind an ask, where it can be told: "because you didn't do it".
fn reason<'a>(tokens: &[Token<'a>], tell: Tell<'_, 'a>) -> Option<String> {
    let word = match &*tokens.first()?.low {
        "because" | "cos" | "coz" => "because",
        "since" => "since",
        "as" => "as",
        _ => return None,
    };
    let rest = tokens.get(1..)?;
    if rest.len() > 16 || rest.len() < 3 || rest.iter().any(|t| t.any(&[";", ":"])) {
        return None;
    }
    let text = lowered(tell(rest)?, &rest[0]);
    Some(format!("{word} {text}"))
}

/// "is that right?": whether what was said before is.
fn right(tokens: &[Token<'_>]) -> Option<&'static str> {
    const ALL: [&str; 9] =
        ["right", "true", "correct", "normal", "usual", "possible", "allowed", "so", "okay"];
    let words: Vec<_> = bare(tokens).iter().filter(|t| !t.mark()).collect();
    match words[..] {
        [is, that, word] if is.is("is") && that.any(&["that", "this", "it"]) => {
            ALL.into_iter().find(|w| word.is(w))
        }
        _ => None,
    }
}

/// A statement as it goes on within a sentence; `start` is the word it began with.
fn lowered(text: String, start: &Token<'_>) -> String {
    let lower = start.has(PRONOUN | DETERMINER | POSSESSIVE) || !start.capital();
    let own = ["You", "Your", "We", "Our", "The"].iter().any(|w| text.split(' ').next() == Some(w));
    if !(own && lower) {
        return text;
    }
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    first + chars.as_str()
}

/// Two asks in one; the second may be only a further `deed`: "and have it mended".
fn join(one: &Turned, other: &Turned, deed: bool) -> Option<Turned> {
    // "to know when it went and, if it never went, us to send it"
    if let (None, Some(condition)) = (&one.condition, &other.condition)
        && condition.len() < 60
        && !one.text.contains(" if ")
    {
        let (first, second) = (wish(one)?, wish(other)?);
        let plain = second.strip_prefix("us ").filter(|_| first.starts_with("us "));
        let text = format!("{first} and, if {condition}, {}", plain.unwrap_or(&second));
        return Some(Turned { kind: Kind::Wish, text, condition: None, leans: one.leans || other.leans });
    }
    if one.condition.is_some() || other.condition.is_some() {
        return None;
    }
    let leans = one.leans || other.leans;
    let negative = Kind::Request { negative: true };
    // "the deposit back, and to have it put in plain English"
    // "to know who it was, and to have her brought to the gate"
    let done = |pronoun: &str| {
        other.text.strip_prefix(pronoun).is_some_and(|rest| {
            crate::lexicon::classes(rest.split(' ').next().unwrap_or("")) & PARTICIPLE != 0
        })
    };
    if one.kind == Kind::Wish
        && other.kind == Kind::Wish
        && (other.text.starts_with("it ") || ["her ", "him ", "them "].into_iter().any(done))
    {
        return Some(Turned {
            text: format!("{}, and to have {}", one.text, other.text),
            leans,
            ..one.clone()
        });
    }
    // "a person to ring the carrier and have it mended"
    let same = deed
        && one.kind == Kind::Wish
        && (one.text.contains(" to ") && !one.text.contains(',') || one.text.starts_with("to "));
    // "to come in and speak with you, and I want to know …": the deed is theirs, whatever is joined to it
    if same && other.text.starts_with("us ") {
        return None;
    }
    if one.kind == other.kind && one.kind != negative {
        return Some(Turned { text: format!("{}, and {}", one.text, other.text), leans, ..one.clone() });
    }
    let text = match other.kind {
        Kind::Request { negative: false } if same => format!("{} and {}", one.text, other.text),
        _ => {
            let (first, second) = (wish(one)?, wish(other)?);
            // "us to close it, and not to write again"
            let plain =
                second.strip_prefix("us ").filter(|_| first.starts_with("us ") && !first.contains(", and"));
            format!("{first}, and {}", plain.unwrap_or(&second))
        }
    };
    Some(Turned { kind: Kind::Wish, text, condition: None, leans })
}

/// As a thing they'd like: "us to cancel it", "to know whether it is open".
fn wish(turned: &Turned) -> Option<String> {
    Some(match turned.kind {
        Kind::Wish => turned.text.clone(),
        Kind::Request { negative: false } => format!("us to {}", turned.text),
        Kind::Request { negative: true } => format!("us not to {}", turned.text),
        Kind::Question => format!("to know {}", turned.text),
        // "you don't want him on the poolside"
        Kind::Statement => {
            let unwanted = ["you don't want ", "you do not want "];
            let thing = unwanted.iter().find_map(|no| turned.text.strip_prefix(no))?;
            format!("not to have {thing}")
        }
    })
}
