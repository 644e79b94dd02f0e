//! I becomes you, you becomes we or us, and the verbs agree.

use crate::class::*;
use crate::tag::{before, finite};
use crate::token::{Tag, Token};

/// Who is the subject of the nearest finite verb.
#[derive(Clone, Copy, PartialEq)]
enum Subject {
    Them,
    Us,
    Other,
}

/// Turns all tokens outside quotation marks.
pub(crate) fn turn(tokens: &mut [Token<'_>]) {
    let subjects: Vec<bool> =
        (0..tokens.len()).map(|at| tokens[at].is("you") && governs(tokens, at)).collect();
    let verbs: Vec<bool> = (0..tokens.len()).map(|at| finite(tokens, at)).collect();
    let mine = own(tokens);
    let mut subject = Subject::Other;
    // Whether that subject is only a relative clause's: "a fee I could not find, and was not told of".
    let mut relative = false;
    // Whether a verb here can still be the subject's: not after "the lead I had been promised".
    let mut open = false;
    for at in 0..tokens.len() {
        if tokens[at].quoted || tokens[at].mark() {
            continue;
        }
        // "Get Your Free Score" is a name.
        let named = at > 0
            && tokens[at].has(PRONOUN | POSSESSIVE)
            && tokens[at].capital()
            && tokens[at].text.len() > 1
            && (tokens[at - 1].capital() && tokens[at - 1].tag == Tag::Name
                || tokens.get(at + 1).is_some_and(|n| n.tag == Tag::Name && tokens[at].is("your")));
        if named {
            continue;
        }
        let low = tokens[at].low.to_string();
        if tokens[at].tag == Tag::Conjunction && relative && !mine {
            (subject, relative) = (Subject::Other, false);
        }
        if subject_before(tokens, at) || tokens[at].tag == Tag::Conjunction {
            open = true;
        }
        let tag = tokens[at].tag;
        match &*low {
            "i" | "we" => {
                relative = before(tokens, at)
                    .filter(|&b| tokens[b].class & (MONTH | WEEKDAY) == 0 && !year(&tokens[b]))
                    .is_some_and(|b| matches!(tokens[b].tag, Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Wh))
                    || at > 0 && tokens[at - 1].any(&["anywhere", "everywhere"]);
                subject = Subject::Them;
                tokens[at].say("you");
            }
            "me" | "us" if tag == Tag::Pronoun => {
                // "me and my friend went"
                if verbs.get(at + 1) == Some(&true) && !(at > 0 && tokens[at - 1].is("of")) {
                    subject = Subject::Them;
                }
                // "I came to register my mother and me"
                let self_too = subject == Subject::Them
                    && low == "me"
                    && at > 2
                    && tokens[at - 1].is("and")
                    && tokens[at - 3].has(POSSESSIVE)
                    && !tokens[at - 4.min(at)..at - 3]
                        .iter()
                        .any(|t| t.tag == Tag::Preposition || t.has(SAY))
                    && tokens.get(at + 1).is_none_or(|n| n.mark() || n.tag == Tag::Conjunction);
                tokens[at].say(if self_too { "yourself" } else { "you" });
            }
            // "I was told they …": nobody but us
            "they" if crate::refer::told_us(tokens, at) => {
                subject = Subject::Us;
                tokens[at].say("we");
            }
            // "go to My Plan": the name of a page
            "my" | "our"
                if at > 0
                    && tokens[at].text.starts_with(['M', 'O'])
                    && tokens.get(at + 1).is_some_and(|n| n.text.starts_with(char::is_uppercase))
                    && !tokens[at].text.chars().nth(1).is_some_and(char::is_uppercase) => {}
            "my" | "our" => tokens[at].say("your"),
            "mine" | "ours" => tokens[at].say("yours"),
            "myself" => tokens[at].say("yourself"),
            "ourselves" => tokens[at].say("yourselves"),
            "you" if at > 0 && tokens[at - 1].any(&["thank", "thanking"]) => {}
            "you" if at > 0 && tokens[at - 1].any(&["suits", "suit"]) => tokens[at].say("us"),
            "you" if subjects[at] => {
                subject = Subject::Us;
                tokens[at].say("we");
            }
            // "the help page tells you to email": anybody, and so them
            "you"
                if at > 0
                    && tokens[at - 1].tag == Tag::Third
                    && tokens[at - 1].any(&[
                        "tells", "asks", "lets", "makes", "sends", "takes", "gives", "shows", "kicks",
                        "wants", "puts",
                    ])
                    && !tokens[..at].iter().any(|t| t.any(&["your", "you"]) && t.tag == Tag::Pronoun) => {}
            "you" => tokens[at].say("us"),
            // "you said take your time"
            "your" | "yourself" if ordered(tokens, at) => {}
            "your" => tokens[at].say("our"),
            "yours" => tokens[at].say("ours"),
            // "a sorry from yourselves"
            "yourself" | "yourselves" if at > 0 && tokens[at - 1].any(&["from", "to", "with", "of"]) => {
                tokens[at].say("us")
            }
            "yourself" | "yourselves" => tokens[at].say("ourselves"),
            "am" | "was" | "'m" | "wasn't"
                if (subject == Subject::Them && open || mine && taken_up(tokens, at))
                    && !other_subject(tokens, at)
                    && !which(tokens, at) =>
            {
                tokens[at].say(match &*low {
                    "am" => "are",
                    "was" => "were",
                    "wasn't" => "weren't",
                    _ => "'re",
                })
            }
            // "I should be glad": theirs is a wish, ours would be advice
            "should"
                if subject == Subject::Them
                    && tokens.get(at + 1).is_some_and(|t| t.any(&["be", "like", "prefer", "appreciate"]))
                    && tokens[at + 1..].iter().take(4).any(|t| {
                        t.any(&[
                            "glad",
                            "like",
                            "prefer",
                            "grateful",
                            "obliged",
                            "happy",
                            "pleased",
                            "appreciate",
                        ])
                    }) =>
            {
                tokens[at].say("would")
            }
            "shan't" => tokens[at].say("won't"),
            "shall" => tokens[at].say("will"),
            _ => {
                // A new noun before a verb of its own is a new subject; "and was told" keeps the old one.
                let noun = matches!(tag, Tag::Noun | Tag::Name | Tag::Number | Tag::There)
                    || tag == Tag::Pronoun && !tokens[at].has(OBJECT)
                    || tag == Tag::Wh && tokens[at].any(&["which", "who", "that", "what"]);
                let next = (at + 1..tokens.len()).find(|&i| tokens[i].tag != Tag::Adverb);
                if noun && next.is_some_and(|n| verbs[n]) {
                    let pair = at > 1 && tokens[..at].iter().rev().take(3).any(|t| t.is("and"));
                    let also = pair
                        && !verbs[at.saturating_sub(3)..at].contains(&true)
                        && subject == Subject::Them
                        && tokens[..at].iter().rev().take(4).any(|t| t.is("you"));
                    subject = if also { Subject::Them } else { Subject::Other };
                }
            }
        }
        open &= !verbs[at];
    }
}

/// "in 2023 I rang and was told": a year, or the day of a month, is no thing of a relative clause.
fn year(token: &Token<'_>) -> bool {
    token.digit() && token.text.bytes().all(|b| b.is_ascii_digit())
}

/// A *you* that is no subject, and yet a verb follows: "the first time I wrote you said".
pub(crate) fn doubtful(tokens: &[Token<'_>]) -> bool {
    (0..tokens.len()).any(|at| {
        tokens[at].is("you")
            && !tokens[at].quoted
            && !governs(tokens, at)
            && (at > 0
                && tokens[at - 1].any(&["as", "when", "if", "because", "while", "where", "until", "till"])
                || tokens
                    .get(at + 1)
                    .is_some_and(|n| n.tag != Tag::Base && !n.any(&["'s", "is", "was", "are"]))
                    && finite(tokens, at + 1))
    })
}

/// What somebody told them to do in so many words: "said take your time", whose "your" is theirs.
fn ordered(tokens: &[Token<'_>], at: usize) -> bool {
    let from = tokens[..at].iter().rposition(|t| t.mark() || t.tag == Tag::Conjunction).map_or(0, |i| i + 1);
    tokens[from..at].windows(2).any(|w| {
        w[0].any(&["said", "say", "says"])
            && w[1].has(BASE)
            && w[1].class & (FINITE | PRONOUN | DETERMINER | PREPOSITION) == 0
            && (w[1].has(REQUEST) || crate::lexicon::first(w[1].class) == BASE)
    })
}

/// Whether the first subject is theirs: "I rang", "on 4 May, I rang".
fn own(tokens: &[Token<'_>]) -> bool {
    let Some(at) = tokens.iter().position(|t| t.any(&["i", "we"]) && !t.quoted) else { return false };
    at == 0
        || tokens[at - 1].is(",")
            && matches!(tokens[0].tag, Tag::Preposition | Tag::Adverb)
            && !(0..at).any(|i| {
                finite(tokens, i) || matches!(tokens[i].tag, Tag::Wh | Tag::Subordinator | Tag::Conjunction)
            })
}

/// "the deposit for which (£350) was paid": the verb is the thing's.
fn which(tokens: &[Token<'_>], at: usize) -> bool {
    let from =
        (0..at).rev().find(|&i| finite(tokens, i) || tokens[i].any(&["i", "we", "and"]) && !tokens[i].quoted);
    let between = &tokens[from.map_or(0, |from| from + 1)..at];
    between
        .iter()
        .position(|t| t.tag == Tag::Wh && t.is("which") && !t.quoted)
        .is_some_and(|wh| !between[wh..].iter().any(|t| t.is("you")))
}

/// "I complained on the form, which isn't readable, and was told": the subject is taken up again.
fn taken_up(tokens: &[Token<'_>], at: usize) -> bool {
    // "and was again directed"
    let next = tokens[at + 1..].iter().find(|t| t.tag != Tag::Adverb);
    // "and both times was thanked"
    let times = at > 2
        && tokens[at - 1].any(&["times", "time"])
        && tokens[at - 2].any(&["both", "each"])
        && tokens[at - 3].is("and");
    let thanked = times && next.is_some_and(|t| t.tag == Tag::Participle);
    thanked
        || at > 0
            && (tokens[at - 1].is("and") || times)
            && next.is_some_and(|t| {
                t.any(&[
                    "directed",
                    "instructed",
                    "redirected",
                    "denied",
                    "forced",
                    "notified",
                    "disconnected",
                    "told",
                    "asked",
                    "informed",
                    "given",
                    "promised",
                    "offered",
                    "passed",
                    "put",
                    "sent",
                    "charged",
                    "quoted",
                    "assured",
                    "advised",
                    "referred",
                    "refused",
                    "transferred",
                ])
            })
}

/// "and the answer to both was": a subject of its own stands behind the last "and".
fn other_subject(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(and) = tokens[..at].iter().rposition(|t| t.tag == Tag::Conjunction && !t.quoted) else {
        return false;
    };
    let between = &tokens[and + 1..at];
    // "and both times was thanked"
    if matches!(between, [both, times] if both.any(&["both", "each"]) && times.any(&["times", "time"])) {
        return false;
    }
    between.first().is_some_and(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive))
        && !between.iter().any(|t| t.mark() || t.any(&["i", "we", "you", "me"]) || t.has(FINITE))
}

/// Whether the word before is a subject pronoun, adverbs apart.
fn subject_before(tokens: &[Token<'_>], at: usize) -> bool {
    before(tokens, at).is_some_and(|b| {
        // "I, for one, was told"
        let apart = tokens[b].is(",") && tokens.get(1).is_some_and(|t| t.is(","));
        tokens[b].tag == Tag::Pronoun || apart
    })
}

/// Whether the "you" at `at` is the subject of a verb.
pub(crate) fn governs(tokens: &[Token<'_>], at: usize) -> bool {
    // "since you no longer care for cheques"
    if tokens.get(at + 1).is_some_and(|t| t.is("no")) && tokens.get(at + 2).is_some_and(|t| t.is("longer")) {
        return true;
    }
    let next = (at + 1..tokens.len()).find(|&i| {
        let longer = tokens[i].is("no") && tokens.get(i + 1).is_some_and(|t| t.is("longer"))
            || tokens[i].is("longer") && tokens[i - 1].is("no");
        tokens[i].tag != Tag::Adverb && !longer && !tokens[i].any(&["yourself", "yourselves"])
    });
    // "have you seen", "could you"
    let inverted = at > 0
        && tokens[at - 1].class & FINITE != 0
        && (at == 1
            || tokens[at - 2].mark()
            || matches!(tokens[at - 2].tag, Tag::Wh | Tag::Conjunction | Tag::Adverb)
            || at > 1 && matches!(tokens[at - 2].tag, Tag::Noun));
    if inverted {
        return true;
    }
    let verbal =
        next.is_some_and(|n| finite(tokens, n) || tokens[n].tag == Tag::Base && tokens[n - 1].tag != Tag::To);
    // "for when you 'improve'"
    let quoted = next.is_some_and(|n| tokens[n].quoted)
        && at > 0
        && matches!(tokens[at - 1].tag, Tag::Wh | Tag::Subordinator);
    if quoted {
        return true;
    }
    if !verbal {
        return false;
    }
    let Some(previous) = before(tokens, at) else { return true };
    let previous = &tokens[previous];
    match previous.tag {
        Tag::Preposition => {
            previous.any(&["before", "after", "until", "till", "since", "as", "than", "because", "like"])
        }
        Tag::Participle if previous.is("told") => true,
        Tag::Past | Tag::Base | Tag::Third | Tag::Gerund | Tag::Participle => {
            previous.has(TAKES_CLAUSE) && !previous.any(&["asked", "ask", "told", "tell", "wrote"])
                || next.is_some_and(|n| tokens[n].has(FINITE))
        }
        Tag::To => false,
        _ => true,
    }
}
