//! The last look: what is grammatical enough to pass and would yet read wrong under our name. A piece cut
//! off, a cry, a sentence that hangs on a time or a thing named before.

use crate::class::*;
use crate::tag::finites;
use crate::token::{Tag, Token};
use crate::{Clause, Reason, Refusal, refuse};

/// Short forms whose full stop ends no sentence, where a clause is wrongly cut.
const SHORT: &[&str] = &[
    "no", "nos", "st", "mr", "mrs", "ms", "dr", "prof", "rev", "ref", "tel", "est", "approx", "vs", "rd",
    "ave", "inc", "ltd", "jr", "sr", "fig", "p", "rs",
];

/// What goes by a letter: "coach C".
const LETTERED: &[&str] = &[
    "coach", "seat", "flat", "block", "row", "bay", "zone", "platform", "gate", "unit", "form", "plan",
    "class", "group", "hall", "section", "vitamin", "option", "room", "desk", "door", "part", "model",
    "type", "size", "annex", "point", "a", "an", "schedule", "carriage", "terminal", "plot",
];

/// The end of a sentence wrongly found: at an initial, a short form, inside a quotation.
pub(crate) fn cut(clause: &Clause<'_>) -> Result<(), Refusal> {
    let shortened = |text: &str| {
        let words = text.trim_end().trim_end_matches('.').rsplit_once(' ');
        // "there was no coach C."
        let lettered = words
            .and_then(|(lead, _)| lead.split_whitespace().next_back())
            .is_some_and(|word| LETTERED.contains(&&*word.to_lowercase()))
            // "corridors A and C."
            || words.is_some_and(|(lead, _)| {
                let mut back = lead.split_whitespace().rev();
                back.next() == Some("and") && back.next().is_some_and(|w| w.len() == 1)
            });
        let last = text.trim_end().strip_suffix('.').and_then(|t| t.split_whitespace().next_back());
        last.is_some_and(|word| {
            let word = word.trim_start_matches(['(', '"', '\'', '“', '‘']);
            let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase()) && word != "I";
            initial && !lettered
                || SHORT.contains(&&*word.to_lowercase())
                    && word != "No"
                    && !text.trim_end().ends_with("or no.")
        })
    };
    // "it will cost 18." and "50 in all" after it
    let number = |text: &str, next: &str| {
        let ends =
            text.trim_end().strip_suffix('.').is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        ends && next.trim_start_matches('¶').starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase())
    };
    let text = clause.text;
    let open = text.matches('"').count() % 2 == 1 || text.matches('“').count() != text.matches('”').count();
    if open || shortened(text) || shortened(clause.before) {
        return refuse(Reason::Fragment, ".");
    }
    if number(text, clause.after) || number(clause.before, text) {
        return refuse(Reason::Fragment, ".");
    }
    Ok(())
}

/// A quotation that goes on in the next sentence, ended where this one does: "it said 'Nearly there!".
pub(crate) fn closed(text: &str) -> Option<String> {
    let text = text.trim_end();
    let open = open_quotation(text)?;
    let mark = text[open..].chars().next()?;
    let (lead, said) = (&text[..open], &text[open + mark.len_utf8()..]);
    let words = |text: &str| text.split_whitespace().count();
    let last = lead.trim_end().chars().next_back()?;
    // "'Better than factory', he said, and charged me": it began before
    let led = words(lead) > 1 && (last.is_alphabetic() || matches!(last, ',' | ':'));
    // "wrote 'del.": a word cut short
    let short = words(said) < 2 && said.ends_with('.') && !said.starts_with(char::is_uppercase);
    let whole =
        words(said) > 0 && !short && said.ends_with(['.', '!', '?']) && !said.contains(['"', '“', '”']);
    if !led || !whole || said.ends_with("..") {
        return None;
    }
    let said = said.strip_suffix('.').unwrap_or(said).trim_end_matches('!');
    let end = match mark {
        '“' => '”',
        '‘' => '’',
        mark => mark,
    };
    // initials end no sentence
    let whole = !said.ends_with(|c: char| c.is_uppercase()) && said.chars().any(char::is_alphabetic);
    whole.then(|| format!("{lead}{mark}{said}{end}"))
}

/// Where a quotation begins that has no end.
fn open_quotation(text: &str) -> Option<usize> {
    if text.matches('"').count() % 2 == 1 {
        return text.rfind('"');
    }
    if text.matches('“').count() > text.matches('”').count() {
        return text.rfind('“');
    }
    if text.contains(['"', '“']) {
        return None;
    }
    let begins = |at: usize| {
        let behind = text[..at].ends_with(|c: char| c.is_whitespace() || c == '(');
        behind && text[at..].chars().nth(1).is_some_and(char::is_alphanumeric)
    };
    let open = text.match_indices(['\'', '‘']).map(|(at, _)| at).rfind(|&at| begins(at))?;
    let short = ["'til", "'em", "'cos", "'cause", "'bout", "'phone", "'n", "'tis", "'twas"];
    let inside = &text[open..];
    let said = inside.trim_start_matches(['\'', '‘']);
    let ends = said.match_indices(['\'', '’']).any(|(at, found)| {
        let next = said[at + found.len()..].chars().next();
        !next.is_some_and(char::is_alphanumeric)
    });
    let apart = short.iter().any(|word| inside.to_lowercase().starts_with(word));
    let year = inside.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    (!ends && !apart && !year).then_some(open)
}

/// What only looks like a statement: labels in a row ("SB 0447, five shirts weekly, collected Tuesdays"), and
/// what somebody said would be, without who said it ("an engineer would come on 9 April").
pub(crate) fn scrap(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    const SAID: &[&str] =
        &["if", "that", "who", "which", "whether", "unless", "when", "as", "so", "because", "why", "what"];
    let places = finites(tokens);
    let first = places.first().copied().unwrap_or(0);
    let labelled = first > 0
        && tokens[first].tag == Tag::Past
        && tokens[first - 1].is(",")
        && tokens[..first].iter().filter(|t| t.is(",")).count() > 2
        && !tokens[..first].iter().any(|t| t.has(SUBJECT));
    if labelled {
        return refuse(Reason::Fragment, &tokens[first].text);
    }
    let would = tokens.iter().position(|t| t.is("would") && !t.quoted);
    let told = |at: usize| {
        tokens.iter().enumerate().any(|(n, t)| t.any(SAID) || t.has(SAY) || n < at && t.has(THINK))
            || tokens.get(at + 1).is_some_and(|t| t.is("not"))
            || places.iter().any(|place| *place < at)
    };
    match would.filter(|at| *at > 0 && !tokens[at - 1].has(SUBJECT | PRONOUN) && !told(*at)) {
        Some(at) => refuse(Reason::NoSubject, &tokens[at].text),
        None => Ok(()),
    }
}

/// Half a quotation, a cry, a thing named only by whose it is.
/// In an `ask` they know what a "that form" points at; elsewhere it may `lean` on the sentence before.
pub(crate) fn words(tokens: &[Token<'_>], ask: bool, lean: &dyn Fn() -> bool) -> Result<(), Refusal> {
    // "with a green dot and everything"
    let tail = matches!(tokens, [.., and, last] if and.any(&["and", "or"])
        && last.any(&["everything", "all", "that", "something", "anything", "such", "so", "suchlike"]));
    if let Some(last) = tokens.last()
        && (tail || !ask && !last.quoted && last.any(&["likewise", "itself", "only"]))
    {
        return refuse(Reason::Fragment, &last.text);
    }
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        if token.quoted {
            continue;
        }
        let plural = at > 0
            && token.glued
            && tokens[at - 1].low.ends_with('s')
            && next.is_some_and(|n| nominal(n) || n.digit());
        if token.mark() && token.any(&["'", "’", "‘"]) && !plural {
            return refuse(Reason::Fragment, &token.text);
        }
        if token.any(&["this", "that", "these", "those"]) && next.is_some_and(|n| n.is("other")) {
            return refuse(Reason::LostReference, &token.text);
        }
        // "you 'never share details'": we or us
        let whom = at > 0
            && (tokens[at - 1].has(SAY) || tokens[at - 1].any(&["ask", "asked", "gave", "wrote", "sent"]));
        let says = at > 0 && tokens[at - 1].any(&["say", "says", "said"]);
        if token.is("you") && next.is_some_and(|n| n.quoted) && (!whom || says) {
            return refuse(Reason::Unclear, &token.text);
        }
        // "with that music": which was it
        let shown = at > 0
            && tokens[at - 1].tag == Tag::Preposition
            && token.any(&["that", "those", "this", "these"])
            && next.is_some_and(|n| {
                n.tag == Tag::Noun
                    && n.class & (UNIT | WEEKDAY) == 0
                    && !n.any(&[
                        "time", "date", "point", "address", "number", "email", "message", "letter", "matter",
                        "basis",
                    ])
                    && !tokens[..at].iter().any(|t| t.low == n.low)
            });
        // "paid those 4 payments", "nine of these fourteen nights": which they were is said before
        let counted = token.any(&["those", "these"])
            && next.is_some_and(|n| n.digit() && n.low.len() < 4 || n.has(NUMBER))
            && tokens.get(at + 2).is_some_and(|n| n.tag == Tag::Noun)
            && at > 0
            && (tokens[at - 1].is("of") || matches!(tokens[at - 1].tag, Tag::Past | Tag::Participle));
        if (shown || counted) && !ask && !lean() {
            return refuse(Reason::LostReference, &token.text);
        }
        if token.is("+") && !next.is_some_and(Token::digit) {
            return refuse(Reason::Shape, "+");
        }
        // "sewn like you mean it"
        let wished = ask && tokens[..at].iter().rev().take(3).any(|t| t.any(&["'d", "would", "should"]));
        if token.is("like")
            && !wished
            && at > 0
            && !tokens[at - 1].any(&["'d", "would", "should", "i", "we"])
            && next.is_some_and(|n| n.any(&["i", "we", "you", "they", "he", "she", "it"]))
            && tokens.get(at + 2).is_some_and(|t| t.class & VERBAL != 0 || t.has(FINITE))
        {
            return refuse(Reason::Sarcasm, &token.text);
        }
        if token.is("(")
            && let close = tokens[at..].iter().position(|t| t.is(")")).map_or(tokens.len(), |n| at + n)
            && !finites(&tokens[at..close]).is_empty()
        {
            return refuse(Reason::Shape, "(");
        }
        if token.any(&["oh", "ah", "eh", "wow", "ugh", "huh", "hmm", "tsk", "whoa", "ooh", "aye", "hooray"]) {
            return refuse(Reason::Sarcasm, &token.text);
        }
        // "found by mine on the 8th", "and his are lead"
        let owned = token.any(&["mine", "ours", "theirs", "hers"])
            || token.is("his") && !next.is_some_and(|n| nominal(n) || n.digit() || n.quoted);
        let owned = owned || token.is("yours") && at > 0 && tokens[at - 1].is("by");
        // "a buttonhole that matched mine"
        let named = token.any(&["mine", "ours"])
            && at > 1
            && !tokens[at - 1].is("by")
            && tokens[..at].iter().any(|t| t.tag == Tag::Noun && t.class & (UNIT | FAMILY) == 0);
        let owned = owned && !named;
        let of = at > 0 && tokens[at - 1].is("of");
        let is = at > 0 && (tokens[at - 1].has(BE) || tokens[at - 1].is("'s"));
        let named = of || is || ask;
        if owned && !named && (at < 2 || !lean()) {
            return refuse(Reason::LostReference, &token.text);
        }
        // "the second was grey", "the other half": of what was named before
        let pointing = token.any(&[
            "other", "same", "latter", "former", "next", "third", "fourth", "fifth", "sixth", "rest",
            "others",
        ]) || token.any(&["first", "second"]) && !next.is_some_and(|n| n.has(UNIT));
        let dated = next.is_some_and(|n| n.is("of")) && tokens.get(at + 2).is_some_and(|t| t.has(MONTH));
        let compared = dated || token.is("same") && next.is_some_and(|n| n.any(&["as", "the"]));
        let alone =
            !compared && !next.is_some_and(|n| nominal(n) && !n.any(&["half", "one", "two"]) || n.digit());
        let led = at > 0 && tokens[at - 1].any(&["the", "a"]);
        let named = tokens[..at]
            .iter()
            .any(|t| t.has(PLURAL) && t.tag == Tag::Noun || t.tag == Tag::Number || t.digit());
        let one_of = at < 2
            && token.any(&[
                "one", "some", "both", "none", "most", "neither", "either", "half", "two", "three", "part",
            ])
            && next.is_some_and(|n| n.is("of"))
            && tokens.get(at + 2).is_some_and(|t| t.any(&["them", "it", "which", "these", "those"]));
        let inside = at > 3 && pointing || one_of && token.is("one");
        if (pointing && led && alone && !named || one_of) && !ask && !(inside && lean()) {
            return refuse(Reason::LostReference, &token.text);
        }
    }
    Ok(())
}

/// Whether it tells when by what was told before: "then", "by then", "the next morning", "in the meantime".
pub(crate) fn afterwards(tokens: &[Token<'_>]) -> bool {
    let start = tokens.iter().position(|t| !t.mark() && !t.any(&["and", "but", "so", "also", "plus"]));
    let Some(tokens) = start.map(|at| &tokens[at..]) else { return false };
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    let time = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| t.has(UNIT | WEEKDAY) || t.any(&["time", "point", "stage", "moment", "date"]))
    };
    // "an hour later", "two days after that"
    let later = tokens.iter().take(5).position(|t| t.any(&["later", "afterwards", "earlier"]));
    is(0, &["again", "next"])
        || is(0, &["by", "since", "until", "from", "before", "after"])
            && is(1, &["then", "that", "this", "there"])
        || is(0, &["in", "at", "on", "by", "from", "during", "for", "up"])
            && (is(1, &["the"])
                && is(2, &["meantime", "meanwhile", "interim", "time", "same", "next", "following"])
                || is(1, &["that", "this"]) && time(2))
        || is(0, &["that"]) && time(1) && !is(1, &["day"]) | !is(2, &["is", "was"])
        || is(0, &["the"]) && is(1, &["next", "following", "same", "other"]) && time(2)
        || is(0, &["the"]) && time(1) && is(2, &["after", "before", "following"])
        || later
            .is_some_and(|at| at > 0 && !tokens[..at].iter().any(|t| t.tag == Tag::Pronoun || t.has(FINITE)))
}

pub(crate) fn nominal(token: &Token<'_>) -> bool {
    matches!(token.tag, Tag::Noun | Tag::Adjective | Tag::Number | Tag::Name | Tag::Gerund | Tag::Participle)
        || token.is("own")
}
