//! What is dropped or mended before a clause is turned: labels of lists, openings, asides, capitals.

use crate::class::*;
use crate::lexicon::{Lexicon, list};
use crate::tag::shouted;
use crate::token::{Tag, Token};

/// "(1)", "a)", "d.", "-", "*": the label of a list's line.
pub(crate) fn labels(tokens: &mut Vec<Token<'_>>) {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    let short = |at: usize| {
        tokens.get(at).is_some_and(|t| t.text.len() <= 3 && t.text.chars().all(char::is_alphanumeric))
    };
    let asks = |at: usize| {
        tokens.get(at).is_some_and(|t| t.has(REQUEST) && t.has(BASE))
            && tokens.get(at + 1).is_some_and(|t| t.has(DETERMINER | POSSESSIVE | OBJECT) || t.is("it"))
    };
    let n = if is(0, &["("]) && short(1) && is(2, &[")"]) {
        3
    } else if short(0) && is(1, &[")"])
        || short(0) && tokens[0].text.len() < 3 && is(1, &["."]) && tokens.len() > 3
    {
        2
    } else if tokens.first().is_some_and(|t| t.digit() && t.text.len() < 3)
        && tokens
            .get(1)
            .is_some_and(|t| t.has(REQUEST) && t.has(BASE) && t.class & (NOUN | UNIT | PLURAL) == 0)
        || tokens.first().is_some_and(|t| t.digit() && t.text.len() == 1) && asks(1)
    {
        1
    } else {
        usize::from(is(0, &["-", "*", "•", "–", "—"]))
    };
    tokens.drain(..n);
}

/// The marks of a list within an ask: "(a) the log; (b) the name", "I want: the fee back".
pub(crate) fn items(tokens: &mut Vec<Token<'_>>) {
    let label = |t: &Token<'_>| {
        t.text.len() < 4
            && (t.text.len() < 3 && t.text.bytes().all(|b| b.is_ascii_digit())
                || t.any(&["a", "b", "c", "d", "e", "f", "i", "ii", "iii", "iv", "v", "vi", "vii"]))
    };
    let mut found = false;
    let mut at = 0;
    while at + 2 < tokens.len() {
        let quoted = tokens[at].quoted;
        let round = tokens[at].is("(")
            && label(&tokens[at + 1])
            && tokens[at + 2].is(")")
            && (at == 0
                || tokens[at - 1].mark()
                || tokens[at - 1].has(PRONOUN | BE | CONJUNCTION)
                || tokens.get(at + 3).is_some_and(|t| {
                    t.has(BASE | DETERMINER | POSSESSIVE | WH | SUBJECT) || t.any(&["for", "to", "that"])
                }));
        let half = label(&tokens[at])
            && tokens[at + 1].is(")")
            && tokens[at + 1].glued
            && (at == 0 || !tokens[at - 1].is("("));
        let letter =
            tokens[at].capital() && tokens[at].text.len() == 1 && (at == 0 || tokens[at - 1].is("."));
        let numbered = label(&tokens[at])
            && (tokens[at].digit() || letter)
            && tokens[at + 1].is(".")
            && tokens[at + 1].glued
            && (tokens[at + 2].has(BASE | DETERMINER | POSSESSIVE) || found && tokens[at].digit())
            && !tokens[at + 2].capital()
            && (at == 0
                || !tokens[at - 1].has(MONTH) && !tokens[at - 1].any(&["no", "at", "by", "the", "to", "of"])
                || tokens[at + 2].has(REQUEST));
        let n = if quoted {
            0
        } else if numbered {
            2
        } else if round {
            3
        } else if half {
            2
        } else {
            0
        };
        if n == 0 || n + at >= tokens.len() {
            at += 1;
            continue;
        }
        let again = found;
        found = true;
        tokens.drain(at..at + n);
        // "a) stop it b) send it"
        let deed = tokens[at].has(BASE) && tokens[at].has(REQUEST);
        let led = tokens[..at].last().is_none_or(|t| {
            t.mark()
                || !(numbered || deed && t.has(PARTICLE)) && t.has(PREPOSITION) && !(again && half)
                || t.any(&["know", "tell", "ask"])
                || t.has(BE | PRONOUN | CONJUNCTION | MODAL)
                || t.any(&["'s", "to", "now", "please", "want", "like", "need", "require"])
        });
        if !led && !tokens[at].any(&["and", "or"]) {
            tokens.insert(at, Token { tag: Tag::Mark, ..Token::new(",", true) });
            at += 1;
        }
    }
    // "if no: a loan chair", but no long list
    let commas = tokens.iter().filter(|t| t.is(",") && !t.quoted).count();
    if commas < 3
        && let [first, _, colon, _, ..] = &mut tokens[..]
        && first.is("if")
        && colon.is(":")
    {
        *colon = Token { tag: Tag::Mark, ..Token::new(",", true) };
    }
    crate::heading::drop(tokens);
    // "Four: move it"
    if let [first, colon, _, ..] = &tokens[..]
        && (colon.is(":")
            || colon.is(",")
                && (first.has(NUMBER)
                    || first.any(&["first", "second", "third", "fourth", "fifth", "sixth"]))
                && tokens.get(2).is_some_and(|t| t.has(DETERMINER | POSSESSIVE)))
        && (first.has(NUMBER)
            || first.any(&["first", "second", "third", "fourth", "fifth", "last", "also", "next"]))
    {
        tokens.drain(..2);
    }
    let semicolons = tokens.iter().filter(|t| t.is(";") && !t.quoted).count();
    if let Some(at) = tokens.iter().position(|t| t.is(":") && !t.quoted)
        && at > 0
        && at < 8
        && !tokens[at].glued | !tokens.get(at + 1).is_some_and(|t| t.glued || t.quoted)
        && !tokens[at - 1].any(&[
            "things",
            "points",
            "questions",
            "ways",
            "reasons",
            "options",
            "choices",
            "thing",
        ])
        && (found
            || semicolons > 0
            || at == 1
            || tokens[at - 1].any(&[
                "want", "need", "like", "ask", "have", "to", "please", "for", "require", "do", "is", "'s",
                "asking", "you", "me", "know",
            ]))
    {
        tokens.remove(at);
        found = true;
    }
    if found || semicolons > 1 {
        for token in tokens.iter_mut().filter(|t| t.is(";") && !t.quoted) {
            *token = Token { tag: Tag::Mark, ..Token::new(",", true) };
        }
    }
}

/// "@FernlineCoach", pictures: nothing to tell.
pub(crate) fn handles(tokens: &mut Vec<Token<'_>>) {
    let plain = |c: char| c.is_alphanumeric() || c.is_ascii() || "£€₹₦¥’‘“”–—…§°".contains(c);
    for at in (0..tokens.len()).rev() {
        if !tokens[at].text.chars().any(plain) {
            tokens.remove(at);
            if let Some(next) = tokens.get_mut(at).filter(|t| !t.mark()) {
                next.glued = false;
            }
        }
    }
    let mut at = 0;
    while at + 1 < tokens.len() {
        let edge = at == 0 || at + 2 >= tokens.len() || tokens[at + 2].mark();
        let led = at > 0 && tokens[at - 1].has(PREPOSITION);
        if tokens[at].is("@") && tokens[at + 1].glued && edge && !led {
            tokens.drain(at..at + 2);
            if at > 0 && tokens[at - 1].is(",") {
                tokens.remove(at - 1);
            }
        } else {
            at += 1;
        }
    }
}

/// Cuts asides where commas or the ends set them off, and fillers anywhere.
pub(crate) fn asides(lexicon: &Lexicon, tokens: &mut Vec<Token<'_>>) {
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].quoted || tokens[at].mark() {
            at += 1;
            continue;
        }
        let comma =
            |i: Option<usize>| i.is_none_or(|i| tokens.get(i).is_none_or(|t| t.any(&[",", ".", "!", ";"])));
        let words = lexicon
            .lists
            .at(&tokens[at].low, |k| {
                tokens.get(at + k).filter(|t| !t.glued || t.low.starts_with('\'')).map(|t| &*t.low)
            })
            .or_else(|| clitic(lexicon, tokens, at));
        if let Some((n, lists)) = words
            && lists & list::DROP != 0
            && comma(at.checked_sub(1))
            && comma(Some(at + n))
            && (at + n < tokens.len() || at > 0)
        {
            let mut from = at;
            let mut to = at + n;
            if from > 0 && tokens[from - 1].is(",") {
                from -= 1;
                // "which, I think, is" loses both commas; "late, I think, and wet" keeps none either
            }
            // ", that's all, I'm not asking for more" keeps one
            let ends =
                tokens[at].any(&["that", "please", "thanks", "thank", "cheers", "ta", "mate", "love", "pls"]);
            let clause = ends
                && from < at
                && tokens.get(to + 1).is_some_and(|t| {
                    let subject = t.has(SUBJECT | DETERMINER | POSSESSIVE) || t.any(&["it", "you", "there"]);
                    subject && tokens[to + 2..].iter().take(4).any(|t| t.has(FINITE) || t.glued && t.is("'s"))
                });
            // "find it, please, my son under the chicken"
            let thing = tokens[at].any(&["please", "pls"])
                && from < at
                && from > 1
                && tokens.get(to + 1).is_some_and(|t| t.has(POSSESSIVE | DETERMINER))
                && tokens[from - 1].any(&["it", "them", "that", "this"]);
            if tokens.get(to).is_some_and(|t| t.is(",")) && (from < at || at == 0) && !clause && !thing {
                to += 1;
            }
            tokens.drain(from..to);
            if let Some(token) = tokens.get_mut(from)
                && !token.mark()
                && !token.low.starts_with('\'')
            {
                token.glued = false;
            }
            at = from;
            continue;
        }
        let before = at.checked_sub(1).map(|i| &tokens[i]);
        let next = tokens.get(at + 1);
        let kept = before.is_some_and(|b| {
            b.any(&["only", "had", "'d", "not", "n't", "but", "the", "very", "so", "most", "quite", "or"])
        }) || next.is_some_and(|n| {
            n.any(&["before", "after", "as", "under", "over", "what", "the", "past", "about", "in", "now"])
        });
        // "as big as I please"
        let pleased = tokens[at].is("please")
            && before.is_some_and(|b| b.has(SUBJECT) || b.is("you"))
            && tokens[..at].iter().rev().take(4).any(|b| b.any(&["as", "how", "what", "when", "where"]))
            && next.is_none_or(Token::mark);
        // "can he simply pay": without formalities
        let simply = tokens[at].is("simply")
            && at > 1
            && tokens[at - 2].has(MODAL | DO)
            && next.is_some_and(|n| n.has(BASE) && !n.any(&["want", "need", "like"]));
        if tokens[at].has(FILLER) && !kept && !pleased && !simply {
            let glued = tokens[at].glued;
            tokens.remove(at);
            if at == 0
                && let Some(token) = tokens.first_mut()
            {
                token.glued = glued;
            }
            continue;
        }
        at += 1;
    }
}

/// "look, really look", "the van, the van": said twice over.
pub(crate) fn doubled(tokens: &mut Vec<Token<'_>>) {
    let mut at = 0;
    while at + 2 < tokens.len() {
        let same = tokens[at].low == tokens[at + 2].low && tokens[at].text.chars().all(char::is_alphabetic);
        if same && tokens[at + 1].is(",") && !tokens[at].quoted && tokens[at].has(BASE) {
            tokens.drain(at + 1..at + 3);
        } else {
            at += 1;
        }
    }
}

/// Phrases of the lists are written with clitics joined on ("i'm afraid").
fn clitic(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> Option<(usize, u16)> {
    let next = tokens.get(at + 1).filter(|t| t.low.starts_with('\'') && t.glued)?;
    let first = format!("{}{}", tokens[at].low, next.low);
    lexicon.lists.at(&first, |k| tokens.get(at + 1 + k).map(|t| &*t.low)).map(|(n, l)| (n + 1, l))
}

/// Capitals shouted, dots and stars.
pub(crate) fn mend(tokens: &mut Vec<Token<'_>>) {
    tokens.retain(|t| t.quoted || !t.any(&["...", "…", "*", "~", "_", "^"]));
    // "Mrs P. Okonkwo": the full stop is the initial's
    let mut at = 0;
    while at + 2 < tokens.len() {
        let initial =
            tokens[at].capital() && tokens[at].text.chars().count() == 1 && tokens[at].text.is_ascii();
        let led =
            at > 0 && (tokens[at - 1].has(TITLE | DETERMINER | PREPOSITION) || tokens[at - 1].capital());
        if initial && led && tokens[at + 1].is(".") && tokens[at + 1].glued && tokens[at + 2].capital() {
            let whole = format!("{}.", tokens[at].text);
            tokens[at] = Token { class: 0, ..Token::new(whole, tokens[at].glued) };
            tokens.remove(at + 1);
        }
        at += 1;
    }
    // "(1) cancel it": the number of a list's item
    let mut at = 0;
    while at + 3 < tokens.len() {
        let label = tokens[at].is("(")
            && tokens[at + 2].is(")")
            && tokens[at + 1].text.len() < 4
            && (tokens[at + 1].digit()
                || tokens[at + 1].any(&["a", "b", "c", "d", "e", "i", "ii", "iii", "iv"]));
        if label && at > 0 && tokens[at + 3].has(BASE | DETERMINER) {
            tokens.drain(at..at + 3);
        }
        at += 1;
    }
    // "refund it, 2. cancel the order": the numbers of further items
    let mut at = 2;
    while at + 2 < tokens.len() {
        let label = tokens[at].digit()
            && tokens[at].text.len() == 1
            && tokens[at + 1].any(&[".", ")"])
            && tokens[at - 1].any(&[",", ";"])
            && tokens[at + 2].has(BASE);
        if label {
            tokens.drain(at..at + 2);
        }
        at += 1;
    }
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if token.quoted {
            continue;
        }
        if token.is("&")
            && at > 0
            && !token.glued
            && tokens.get(at + 1).is_some_and(|next| !next.glued)
            && !(tokens[at - 1].capital() && tokens.get(at + 1).is_some_and(Token::capital))
        {
            let glued = token.glued;
            tokens[at] = Token::new("and", glued);
            continue;
        }
        let closed = PRONOUN
            | POSSESSIVE
            | DETERMINER
            | PREPOSITION
            | CONJUNCTION
            | FINITE
            | WH
            | ADVERB
            | BE
            | SUBORDINATOR
            | NEGATIVE;
        let loud = shouted(token)
            && !token.any(&["i", "am", "pm"])
            && !(token.is("us") && at > 0 && !shouted(&tokens[at - 1]));
        // "signed by FALCON", "a notice reading CAUTION": a name, or what stood there
        let named = at > 0
            && !token.has(closed)
            && (tokens[at - 1].any(&[
                "by", "reading", "read", "reads", "saying", "says", "said", "marked", "called", "named",
                "stamped", "headed", "labelled", "had", "has",
            ]) || tokens[at - 1].digit());
        if loud
            && !named
            && token.text.chars().all(|c| c.is_alphabetic() || c == '\'')
            && (token.has(closed)
                && !(at > 0 && shouted(&tokens[at - 1])
                    || tokens.get(at + 1).is_some_and(|n| shouted(n) && !n.is("i")))
                || token.is("to")
                || token.text.len() > 5
                    && token.class != 0
                    && !(at > 0 && shouted(&tokens[at - 1]))
                    && !tokens.get(at + 1).is_some_and(shouted))
        {
            let low = token.low.to_string();
            let first = at == 0;
            tokens[at].text = low.into();
            if first {
                continue;
            }
        }
        // "before 3 an tell me"
        if tokens[at].is("an")
            && tokens
                .get(at + 1)
                .is_some_and(|n| n.has(BASE) && !n.low.starts_with(['a', 'e', 'i', 'o', 'u', 'h']))
        {
            tokens[at].say("and");
        }
        // "its the 19th"
        let next = tokens.get(at + 1);
        // "has reached its 35"
        let owned = at > 0
            && next.is_some_and(|n| n.digit() || n.has(NUMBER))
            && tokens[at - 1].class & (PAST | PARTICIPLE | PREPOSITION) != 0
            && tokens[at - 1].class & (SAY | TAKES_CLAUSE | SUBORDINATOR) == 0;
        if tokens[at].is("its")
            && !owned
            && next.is_some_and(|n| {
                n.has(DETERMINER | NUMBER)
                    || n.any(&["my", "your", "our"])
                    || n.any(&[
                        "not", "been", "now", "just", "only", "still", "on", "in", "for", "from", "about",
                        "me", "you", "like", "always", "never", "already", "really", "fine", "nothing",
                        "with", "lost", "gone", "late", "broken", "off",
                    ])
                    || n.digit()
                    || n.capital() && at > 0
            })
        {
            tokens[at].say("it");
            tokens.insert(at + 1, Token::new("'s", true));
        }
        let day = tokens[at].class & (WEEKDAY | MONTH) != 0
            && tokens[at].class & VERBAL == 0
            && !tokens[at].any(&["may", "sun", "sat", "wed", "mar", "second"]);
        let dated = tokens[at].has(MONTH)
            && (at > 0 && tokens[at - 1].digit() || tokens.get(at + 1).is_some_and(Token::digit));
        if (day || dated) && !tokens[at].capital() {
            let mut chars = tokens[at].text.chars();
            let capital: String =
                chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
            tokens[at].text = capital.into();
        }
    }
}

/// Whether it begins with a word that hangs it on the sentence before: a "so" of few words, a "because".
pub(crate) fn hangs(tokens: &[Token<'_>]) -> bool {
    let words = tokens.iter().filter(|t| !t.mark()).count();
    let Some(at) = tokens.iter().position(|t| !t.mark()) else { return false };
    let of = tokens.get(at + 1).is_some_and(|t| t.is("of"));
    tokens[at].is("or") || tokens[at].is("because") && !of || tokens[at].is("so") && words < 8
}

/// Whether it is only the other half of a choice: "or a new one".
pub(crate) fn other(tokens: &[Token<'_>]) -> bool {
    tokens.iter().find(|t| !t.mark()).is_some_and(|t| t.is("or"))
}

/// "here" is where they are: "it hasn't arrived here" becomes "with me"; "I have it here" needs none.
pub(crate) fn here(tokens: &mut Vec<Token<'_>>) {
    let mut at = 1;
    while at < tokens.len() {
        if !tokens[at].is("here") || tokens[at].quoted {
            at += 1;
            continue;
        }
        let next = tokens.get(at + 1);
        let ends = next.is_none_or(|n| {
            n.mark() || n.has(PREPOSITION | CONJUNCTION | ADVERB | SUBORDINATOR) || n.any(&["today", "yet"])
        });
        let start =
            tokens[..at].iter().rposition(|t| t.mark() || t.tag == Tag::Conjunction).map_or(0, |s| s + 1);
        let mine = tokens[start..at].iter().any(|t| t.any(&["i", "we"]));
        let has = mine
            && tokens[start..at].iter().any(|t| t.any(&["have", "'ve", "got"]))
            && tokens[at - 1].tag != Tag::Participle;
        // "there's no bus here"
        let place = tokens[start..at].iter().any(|t| t.tag == Tag::There);
        let reached = !mine
            && (tokens[at - 1].has(BE)
                || tokens[at - 1].is("not") && at > 1 && (tokens[at - 2].has(BE) || tokens[at - 2].glued)
                || tokens[at - 1].any(&[
                    "'s", "arrived", "arrive", "arrives", "come", "came", "got", "get", "gets", "n't",
                    "isn't", "wasn't",
                ]));
        let stuck = mine
            && tokens[at - 1]
                .any(&["sat", "stuck", "standing", "stood", "waiting", "sitting", "stranded", "left"]);
        // "nobody was here": no thing that came to them
        let nobody = tokens[start..at].iter().any(|t| t.any(&["nobody", "somebody", "someone"]))
            && tokens[at - 1].any(&["was", "wasn't", "is"]);
        // "the man looked and said it is not here": where he was
        let yours = tokens[..at].windows(2).any(|w| {
            w[0].is("your")
                && w[1].any(&["shop", "store", "branch", "office", "counter", "depot", "place", "desk"])
        });
        let told = tokens[start..at].iter().position(|t| t.has(SAY)).is_some_and(|said| {
            // "the man looked on a shelf and said"
            let said = start + said;
            let from = tokens[..said]
                .iter()
                .rposition(|t| {
                    t.any(&["i", "we", "you", "he", "she", "they"]) || t.has(DETERMINER | POSSESSIVE | STAFF)
                })
                .filter(|&from| !tokens[from].any(&["i", "we", "you", "your", "my", "our"]));
            let staff = tokens[..said].iter().rev().take(10).any(|t| {
                t.has(STAFF | PEOPLE)
                    || t.any(&["man", "woman", "lady", "girl", "clerk", "he", "she", "they", "driver"])
            });
            from.is_some() && staff && !tokens[..said].iter().rev().take(4).any(|t| t.any(&["your", "you"]))
        });
        let told = told
            && (tokens[at - 1].has(BE) || tokens[at - 1].is("not"))
            && !tokens[..at]
                .iter()
                .rev()
                .take_while(|t| !t.has(SAY))
                .any(|t| t.has(SUBORDINATOR | CONJUNCTION));
        if ends && reached && told && yours {
            tokens[at] = Token { tag: Tag::Preposition, ..Token::new("with", false) };
            tokens.insert(at + 1, Token { tag: Tag::Pronoun, ..Token::new("you", false) });
            at += 2;
            continue;
        }
        if ends && (stuck || nobody || told && reached) {
            tokens[at] = Token { tag: Tag::Adverb, excused: true, ..Token::new("there", false) };
            at += 1;
        } else if ends && place && !mine {
            let at_home = [
                Token { tag: Tag::Wh, ..Token::new("where", false) },
                Token { tag: Tag::Pronoun, ..Token::new("I", false) },
                Token { tag: Tag::Auxiliary, ..Token::new("am", false) },
            ];
            tokens.splice(at..=at, at_home);
            at += 3;
        } else if ends && has {
            tokens.remove(at);
        } else if ends && reached {
            tokens[at] = Token { tag: Tag::Preposition, ..Token::new("with", false) };
            tokens.insert(at + 1, Token { tag: Tag::Pronoun, ..Token::new("me", false) });
            at += 2;
        } else {
            at += 1;
        }
    }
}

/// What only ties a sentence to the one before.
const LATER: &[&str] = &[
    "however",
    "meanwhile",
    "afterwards",
    "later",
    "thereafter",
    "subsequently",
    "nevertheless",
    "nonetheless",
    "yet",
];

/// "since then I have had two notices", "in the meantime the fee went out": the perfect tells as much.
fn since(tokens: &[Token<'_>]) -> Option<usize> {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    let n = if is(0, &["since"]) && is(1, &["then"]) {
        2
    } else if is(0, &["in"]) && is(1, &["the"]) && is(2, &["meantime", "meanwhile", "interim"]) {
        3
    } else {
        return None;
    };
    let n = n + usize::from(is(n, &[","]));
    let had = is(n, &["i", "we"]) && is(n + 1, &["have", "'ve", "haven't", "had"]);
    (had || n > 2 && tokens.get(n).is_some_and(|t| t.has(DETERMINER | POSSESSIVE | SUBJECT))).then_some(n)
}

/// "Hello Hazel, the tool is a beauty": who is greeted.
fn greeting(tokens: &[Token<'_>]) -> Option<usize> {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    // "Good day, at check-in", "Dear Sirs The lift"
    let day = usize::from(is(0, &["good"]) && is(1, &["day", "morning", "afternoon", "evening"]));
    if day > 0 && is(2, &[","]) {
        // "good evening, Mrs Demir, my dress came back"
        let end = tokens.iter().skip(3).take(4).position(|t| t.is(",")).map_or(0, |n| n + 3);
        let named = end > 3 && end + 4 < tokens.len() && tokens[3..end].iter().all(Token::capital);
        return Some(if named { end + 1 } else { 3 });
    }
    let hail = day > 0 || tokens[0].any(&["hi", "hello", "hey", "dear", "hiya", "morning", "afternoon"]);
    let whom = ["sirs", "sir", "madam", "all", "team", "there", "support", "everyone", "both", "again"];
    let next = tokens.get(day + 2);
    let begins = |t: &Token<'_>| t.capital() || t.has(SUBJECT | DETERMINER | POSSESSIVE) || t.is("it");
    if hail && is(day + 1, &whom) && !is(day + 2, &["and", "or"]) && next.is_some_and(begins) {
        return Some(day + 2);
    }
    // "hi Colin so you've taken"
    let begins = |t: &Token<'_>| t.has(SUBJECT) || t.any(&["it", "so", "your", "my", "the"]);
    let named = tokens.get(day + 1).is_some_and(|t| t.capital() && t.class & (WEEKDAY | MONTH) == 0);
    if hail && named && !is(0, &["morning", "afternoon"]) && next.is_some_and(|t| begins(t) && !t.capital()) {
        return Some(day + 2);
    }
    // "Dear Mr Sooty you did our flue"
    let titled =
        tokens.get(day + 1).is_some_and(|t| t.has(TITLE)) && tokens.get(day + 2).is_some_and(Token::capital);
    if hail && titled && tokens.get(day + 3).is_some_and(|t| t.has(SUBJECT) || t.is("you")) {
        return Some(day + 3);
    }
    // "it's Lorna Tweddle again, the transaction is back"
    let own = is(0, &["it"]) && is(1, &["'s"]);
    let end = tokens.iter().take(8).position(|t| t.is(","));
    if let Some(end) = end
        && own
        && end > 2
        && tokens.len() > end + 4
        && tokens[2..end].iter().all(|t| t.capital() || t.any(&["again", "here", "me"]))
        && !tokens[2..end].iter().any(|t| t.class & (WEEKDAY | MONTH) != 0)
    {
        return Some(end + 1);
    }
    let end = tokens.iter().take(7).position(|t| t.is(",")).filter(|&at| at > 1 && hail)?;
    let named = tokens[day + 1..end].iter().all(|t| {
        t.capital()
            || t.any(&["there", "all", "everyone", "team", "support", "folks", "sir", "madam", "or", "and"])
            || t.any(&["both", "again", "guys", "ladies", "gentlemen", "lads", "people", "everybody"])
    });
    // "Dear water company, I receive a bill"
    let whom = !matches!(tokens[0].low.as_ref(), "morning" | "afternoon")
        && tokens[day + 1..end]
            .iter()
            .all(|t| !t.mark() && !t.digit() && t.class & (FINITE | SUBJECT | NEGATIVE | WH) == 0);
    ((named || whom) && tokens.len() > end + 3).then_some(end + 1)
}

/// "To the fraud team or whoever reads this first, last night …": whom it is for.
fn addressed(tokens: &[Token<'_>]) -> Option<usize> {
    const WHOM: [&str; 12] = [
        "team",
        "department",
        "dept",
        "division",
        "desk",
        "office",
        "whom",
        "whoever",
        "manager",
        "directors",
        "committee",
        "complaints",
    ];
    let end = tokens.iter().take(14).position(|t| t.is(",") && !t.quoted)?;
    let head = &tokens[..end];
    let led = head.first()?.is("to") && head.get(1)?.any(&["the", "your", "whom", "whoever", "all"]);
    let whom = led && head.iter().any(|t| t.any(&WHOM)) && !head.iter().any(|t| t.digit() || t.has(NEGATIVE));
    (whom && tokens.len() > end + 4).then_some(end + 1)
}

/// "It now turns out I have signed a loan", "to go back to the beginning: the lamp came": what follows is meant.
fn announced(tokens: &[Token<'_>]) -> Option<usize> {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    let clause = |at: usize| {
        tokens.get(at).is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.any(&["i", "we", "you", "there"]))
            && (at + 1..tokens.len().min(at + 8)).any(|at| crate::tag::finite(tokens, at))
    };
    if is(0, &["it"]) {
        let now = usize::from(is(1, &["now", "then", "also"]));
        let out = is(1 + now, &["turns", "turned"]) && is(2 + now, &["out"]);
        let at = 3 + now + usize::from(is(3 + now, &["that"]));
        return (out && clause(at)).then_some(at);
    }
    // "Turns out it was never sent"
    if is(0, &["turns", "turned"]) && is(1, &["out"]) {
        let at = 2 + usize::from(is(2, &["that"]));
        return clause(at).then_some(at);
    }
    let colon = tokens.iter().take(9).position(|t| t.is(":") && !t.quoted)?;
    (is(0, &["to"]) && tokens[0].tag == Tag::To && clause(colon + 1)).then_some(colon + 1)
}

/// "I see now the full £312 was taken", "I see from the website that": what they see is so.
fn seen(tokens: &[Token<'_>]) -> Option<usize> {
    let i = usize::from(tokens.first()?.any(&["and", "now", "also", "today"]));
    if !tokens.get(i)?.any(&["i", "we"]) {
        return None;
    }
    let also = usize::from(tokens.get(i + 1)?.any(&["also", "now", "then", "can", "today", "just", "only"]));
    let see = i + 1 + also;
    let learned = also > 0 && tokens[i + 1].any(&["now", "then", "just"]);
    if !(tokens.get(see)?.any(&["see", "note", "notice"])
        || learned && tokens[see].any(&["learn", "realise", "find", "discover"]))
    {
        return None;
    }
    let mut at = see + 1;
    at += usize::from(tokens.get(at)?.is("further"));
    // "from the card in the window that"
    if tokens.get(at)?.any(&["from", "on", "by"]) {
        at = (at..tokens.len().min(at + 9)).find(|&at| tokens[at].is("that") && !tokens[at].quoted)?;
    }
    at += usize::from(tokens.get(at)?.any(&["now", "also", "today"]));
    at += usize::from(tokens.get(at)?.is("that"));
    let next = tokens.get(at)?;
    let subject = next.has(DETERMINER | POSSESSIVE)
        || next.any(&["i", "we", "you", "there", "they"])
        || learned && next.tag == Tag::Name;
    let clause = (at + 1..tokens.len().min(at + 8)).any(|at| crate::tag::finite(tokens, at));
    (subject && clause).then_some(at)
}

/// Openings that say nothing: and, but, so, also, then, well, "right,".
pub(crate) fn lead(tokens: &mut Vec<Token<'_>>) {
    loop {
        let Some(first) = tokens.first() else { return };
        let next = tokens.get(1);
        let comma = next.is_some_and(|n| n.is(","));
        let is = |at: usize, word: &str| tokens.get(at).is_some_and(|t| t.is(word));
        let n = if first.mark() && !first.quoted && !first.is("(") {
            1
        } else if let Some(n) = seen(tokens).or_else(|| announced(tokens)) {
            n
        } else if is(0, "what") && is(1, "happened") && is(2, "was") {
            3 + usize::from(is(3, "that") || is(3, ","))
        } else if is(0, "that")
            && tokens.get(1).is_some_and(|n| n.any(&["the", "i", "we", "my", "your", "our", "it", "there"]))
        {
            1
        } else if let Some(n) = greeting(tokens).or_else(|| addressed(tokens)) {
            n
        } else if comma && (first.has(LEAD) || first.any(LATER)) {
            2
        } else if first.any(LATER)
            && next.is_some_and(|n| n.tag == Tag::Pronoun || n.has(DETERMINER | POSSESSIVE))
        {
            1
        } else if let Some(n) = since(tokens) {
            n
        } else if first.any(&[
            "and",
            "but",
            "so",
            "also",
            "plus",
            "well",
            "anyway",
            "meanwhile",
            "oh",
            "ok",
            "yes",
            "or",
        ]) && next
            .is_some_and(|n| !n.any(&["far", "much", "many", "that", "long", "as", "for", "else"]))
            || first.is("then") && next.is_some_and(|n| !n.mark() && n.tag != Tag::Preposition)
            || first.is("now")
                && next.is_some_and(|n| n.tag == Tag::Pronoun || n.has(DETERMINER | POSSESSIVE))
            || first.is("meanwhile")
            || first.is("please")
        {
            1
        } else {
            return;
        };
        let n = n.min(tokens.len());
        tokens.drain(..n);
        if let Some(first) = tokens.first_mut() {
            first.glued = false;
        }
    }
}

/// Drops the marks at the end; whether one of them was a question mark.
pub(crate) fn ending(tokens: &mut Vec<Token<'_>>) -> bool {
    let mut asked = false;
    // ", how bourgeois"
    if let [.., comma, how, what] = &tokens[..]
        && comma.is(",")
        && how.is("how")
        && what.class & ADJECTIVE != 0
    {
        tokens.truncate(tokens.len() - 3);
    }
    while let Some(last) = tokens.last() {
        if last.mark() && !last.any(&["\"", "”", "'", "’", ")", "%", "€", "£", "$"])
            || last.mark() && !last.quoted && !last.any(&[")", "%", "€", "£", "$"])
        {
            asked |= last.is("?");
            tokens.pop();
        } else if tokens.len() > 4
            && (last.any(&["something", "anything", "what", "whatever"])
                && asked
                && tokens[tokens.len() - 2].is("or")
                || last.any(&["though", "however", "too", "then"]) && tokens[tokens.len() - 2].is(","))
        {
            tokens.truncate(tokens.len() - 2);
        } else {
            break;
        }
    }
    asked
}

/// A name called to at the end, and thanks with a name: ", Gav", ", with thanks, Siobhan Rattigan".
pub(crate) fn farewell(tokens: &mut Vec<Token<'_>>) {
    const THANKS: [&str; 13] = [
        "thanks",
        "thank",
        "regards",
        "wishes",
        "sincerely",
        "faithfully",
        "cheers",
        "gratitude",
        "thanku",
        "thx",
        "ta",
        "respectfully",
        "cordially",
    ];
    const ROUND: [&str; 26] = [
        "with", "many", "kind", "kindest", "best", "warm", "warmest", "yours", "you", "very", "much", "so",
        "a", "lot", "million", "mil", "in", "advance", "and", "again", "all", "mr", "mrs", "ms", "my", "dr",
    ];
    let end = |tokens: &[Token<'_>]| tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    let from = (3..tokens.len()).find(|&at| {
        let rest = &tokens[at..];
        let told = rest.iter().any(|t| t.any(&THANKS));
        let begins = tokens[at - 1].mark() && !tokens[at - 1].quoted && !tokens[at].mark()
            || tokens[at].any(&["thanks", "thx", "cheers"])
                && !tokens[at - 1]
                    .any(&["of", "with", "my", "our", "many", "a", "no", "the", "and", "say", "with"]);
        begins
            && told
            && rest.iter().all(|t| {
                t.mark() && !t.any(&["?", "\""])
                    || t.any(&THANKS)
                    || t.any(&ROUND)
                    || t.capital() && !t.is("i")
            })
    });
    if let Some(from) = from {
        tokens.truncate(from);
        while tokens.last().is_some_and(|t| t.any(&[",", "-", "–", "—", "("])) {
            tokens.pop();
        }
        return;
    }
    let last = end(tokens);
    if last < 4 || !tokens[last - 2].is(",") {
        return;
    }
    let name = &tokens[last - 1];
    let called = name.capital()
        && !shouted(name)
        && (name.class == 0 || name.has(GIVEN | FAMILY) || name.any(&["sir", "madam"]))
        && name.class & (WEEKDAY | MONTH) == 0
        && !name.quoted
        && !name.digit();
    let before = &tokens[last - 3];
    let list = tokens[..last - 2].iter().any(|t| t.any(&[",", "not", ":"]));
    let place =
        tokens[..last - 2].iter().rev().take(4).any(|t| t.any(&["at", "in", "to", "from", "via", "near"]));
    if called && !before.capital() && !before.digit() && !list && !place {
        let marks = tokens.split_off(last);
        tokens.truncate(last - 2);
        tokens.extend(marks);
    }
}

/// ", would you,", ", don't you?": what only begs to be heard.
pub(crate) fn tags(tokens: &mut Vec<Token<'_>>) {
    let found = (3..tokens.len().saturating_sub(1)).find(|&at| {
        tokens[at].any(&["would", "could", "will", "can"])
            && tokens[at + 1].is("you")
            && tokens.get(at + 2).is_none_or(|t| t.mark() && !t.quoted)
            && (tokens[at - 1].is(",") || !tokens[0].has(FINITE) && tokens[0].has(BASE))
            && !tokens[at - 1].has(PRONOUN) | tokens[at - 1].has(OBJECT)
    });
    if let Some(at) = found {
        let led = tokens[at - 1].is(",");
        let from = at - usize::from(led);
        let to = at + 2 + usize::from(led && tokens.get(at + 2).is_some_and(|t| t.is(",")));
        tokens.drain(from..to);
    }
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    if end > 5
        && tokens[0].any(&["i", "we"])
        && tokens[end - 3].is(",")
        && tokens[end - 2].any(&["don't", "do", "wouldn't", "won't"])
        && tokens[end - 1].is("you")
    {
        tokens.truncate(end - 3);
    }
}

/// "Is there someone there who deals with this": where is clear.
pub(crate) fn there(tokens: &mut Vec<Token<'_>>) {
    if let Some(at) = (1..tokens.len().saturating_sub(1)).find(|&at| {
        tokens[at].is("there")
            && tokens[at - 1].any(&["someone", "somebody", "anyone", "anybody", "person", "human"])
            && !tokens[at + 1].has(BE | MODAL)
    }) {
        tokens.remove(at);
    }
}
