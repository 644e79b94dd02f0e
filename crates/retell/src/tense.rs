//! Tenses put right where it is sure: "you've took", "is broken since May", and verbs taken for nouns.

use crate::class::*;
use crate::forms;
use crate::lexicon::{classes, irregular};
use crate::tag::{before, finites};
use crate::token::{Tag, Token};

/// Puts right what is sure.
pub(crate) fn mend(tokens: &mut Vec<Token<'_>>) {
    tags(tokens);
    asked(tokens);
    participles(tokens);
    story(tokens);
    since(tokens);
}

/// Only the parts of speech.
pub(crate) fn tags(tokens: &mut [Token<'_>]) {
    nouns(tokens);
    reduced(tokens);
    named(tokens);
    behind_aside(tokens);
    verb(tokens);
}

/// "a voicemail belonging to somebody called Leanne": a participle.
fn named(tokens: &mut [Token<'_>]) {
    for at in 2..tokens.len() {
        let (word, led) = (&tokens[at], &tokens[at - 1]);
        let who = led.any(&["somebody", "someone", "something", "anybody", "anyone"]) || led.tag == Tag::Noun;
        let name = tokens.get(at + 1).is_some_and(|n| n.quoted || n.capital() && !n.is("i"));
        if word.any(&["called", "named"])
            && word.tag == Tag::Past
            && !word.quoted
            && who
            && name
            && !finites(&tokens[..at]).is_empty()
        {
            tokens[at].tag = Tag::Participle;
        }
    }
}

/// "The cards, which we'd had proofed twice, say 'Warm wished'": the verb behind what is set in.
fn behind_aside(tokens: &mut [Token<'_>]) {
    let comma = |from: usize| (from..tokens.len()).find(|&at| tokens[at].is(",") && !tokens[at].quoted);
    let Some(open) = comma(1) else { return };
    let Some(close) = comma(open + 1).filter(|&close| close + 2 < tokens.len()) else { return };
    let head = &tokens[..open];
    let subject = head[0].has(DETERMINER | POSSESSIVE)
        && head.iter().all(|t| t.tag.is_nominal() || t.tag == Tag::Preposition);
    let verb = &tokens[close + 1];
    let next = &tokens[close + 2];
    let object = next.quoted || next.has(DETERMINER | POSSESSIVE | NUMBER) || next.digit();
    let form = verb.has(BASE | THIRD_PERSON) && matches!(verb.tag, Tag::Noun | Tag::Base) && !verb.quoted;
    let relative = tokens[open + 1].any(&["which", "who"]) && !finites(&tokens[open + 1..close]).is_empty();
    if subject && relative && form && object && !tokens[close + 1..].iter().any(|t| t.is(",") && !t.quoted) {
        tokens[close + 1].tag = if tokens[close + 1].has(THIRD_PERSON) { Tag::Third } else { Tag::Past };
    }
}

/// "a gouge", "the school run", "the May invoice", "the outside wall", "have since had".
fn nouns(tokens: &mut [Token<'_>]) {
    for at in 1..tokens.len() {
        if tokens[at].quoted {
            continue;
        }
        let (word, led) = (&tokens[at], &tokens[at - 1]);
        let next = tokens.get(at + 1);
        let ends = next.is_none_or(|n| n.mark() || n.tag == Tag::Preposition || n.tag == Tag::Conjunction);
        let article = led.any(&["a", "an", "the", "my", "our", "your", "every"]);
        let base = word.tag == Tag::Base && word.has(NOUN);
        let compound = base
            && ends
            && led.tag == Tag::Noun
            && led.class & (PLURAL | STAFF | PEOPLE) == 0
            && at > 1
            && tokens[at - 2].any(&["a", "an", "the", "my", "our", "your"])
            && !finites(&tokens[..at]).is_empty();
        let open = next.is_none_or(|n| !matches!(n.tag, Tag::Noun | Tag::Name));
        let month = word.has(MONTH)
            && word.tag == Tag::Modal
            && word.capital()
            && (article || matches!(led.tag, Tag::Preposition | Tag::Number));
        let outside = word.any(&["outside", "inside"])
            && matches!(led.tag, Tag::Determiner | Tag::Possessive | Tag::Adjective)
            && next.is_some_and(|n| n.tag == Tag::Noun);
        // "with the ivy leaves round it"
        let many = word.tag == Tag::Third
            && word.has(PLURAL)
            && led.tag == Tag::Noun
            && at > 2
            && tokens[at - 2].has(DETERMINER | POSSESSIVE)
            && tokens[at - 3].any(&["with", "without"])
            && !finites(&tokens[..at]).is_empty();
        let since = word.is("since")
            && led.any(&["have", "'ve", "has", "had"])
            && next.is_some_and(|n| n.tag == Tag::Participle || n.any(&["had", "been"]) || n.has(PARTICIPLE));
        if base && article && open || compound || many {
            tokens[at].tag = Tag::Noun;
        } else if month {
            tokens[at].tag = Tag::Name;
        } else if outside {
            tokens[at].tag = Tag::Adjective;
        } else if since {
            tokens[at].tag = Tag::Adverb;
        }
    }
}

/// "asked was I the lady with the range": an if, and the order of a statement.
fn asked(tokens: &mut Vec<Token<'_>>) {
    said(tokens);
    for at in 0..tokens.len().saturating_sub(3) {
        if !tokens[at].any(&["ask", "asked", "asks", "asking", "wondered"]) || tokens[at].quoted {
            continue;
        }
        let verb = at + 1 + usize::from(tokens[at + 1].has(OBJECT) || tokens[at + 1].is("her"));
        let (Some(word), Some(subject)) = (tokens.get(verb), tokens.get(verb + 1)) else { continue };
        let turned =
            word.any(&["was", "were", "had", "would", "could", "is", "are", "am", "have", "has", "can"]);
        let named = subject.any(&["i", "we", "he", "she", "they", "it"]) && !subject.quoted;
        let more = tokens.get(verb + 2).is_some_and(|t| !t.mark());
        if turned && named && more {
            tokens.swap(verb, verb + 1);
            tokens.insert(verb, Token::own("if", Tag::Subordinator));
            return;
        }
    }
}

/// "said had I tried another browser", "told me it's closed and would I rate it": asked if I had, would.
fn said(tokens: &mut Vec<Token<'_>>) {
    for at in 2..tokens.len().saturating_sub(2) {
        let (led, word, subject) = (&tokens[at - 1], &tokens[at], &tokens[at + 1]);
        let turned = word.any(&["was", "were", "had", "would", "could"])
            && subject.any(&["i", "we", "he", "she", "they", "you"])
            && !word.quoted
            && !subject.quoted
            && !tokens[at + 2].mark();
        if !turned {
            continue;
        }
        // who asks is who said: not "I had a text to say it's done and would I rate it"
        let told =
            tokens[..at - 1].iter().enumerate().rev().find(|(_, t)| {
                !t.quoted && (t.has(SAY) || t.any(&["told", "saying", "replied", "answered"]))
            });
        let ask = match told {
            Some((at, t)) if at > 0 && tokens[at - 1].tag != Tag::To => match t.tag {
                Tag::Third => Some("asks"),
                Tag::Past | Tag::Participle => Some("asked"),
                Tag::Gerund => Some("asking"),
                _ => None,
            },
            _ => None,
        };
        let direct = led.any(&["said", "says", "saying"]) && !tokens[at - 2].any(&["i", "we"]);
        let joined = led.is("and") && !led.quoted;
        let own = |w: &[Token<'_>]| w[0].any(&["i", "we"]) && w[1].has(SAY);
        if direct {
            let ask = match &*led.low {
                "said" => "asked",
                "says" => "asks",
                _ => "asking",
            };
            tokens[at - 1].say(ask);
            return;
        }
        if let Some(ask) = ask.filter(|_| joined && !tokens[..at].windows(2).any(own)) {
            let tag = if ask == "asking" { Tag::Gerund } else { Tag::Past };
            tokens.insert(at, Token::own(ask, tag));
            return;
        }
    }
}

/// "with one lever pressed", "wants a code sent to a number": a participle, no verb of its own.
fn reduced(tokens: &mut [Token<'_>]) {
    for at in 3..tokens.len() {
        let word = &tokens[at];
        let past = word.tag == Tag::Past && word.has(PARTICIPLE) && !word.quoted;
        if !past || !matches!(tokens[at - 1].tag, Tag::Noun | Tag::Name) {
            continue;
        }
        let phrase = tokens[..at].iter().rposition(|t| !t.tag.is_nominal() || t.quoted);
        let Some(lead) = phrase.filter(|&lead| lead + 1 < at) else { continue };
        let started = finites(&tokens[..lead + 1]);
        let segment =
            tokens[..lead].iter().rposition(|t| t.mark() || t.tag == Tag::Conjunction).map_or(0, |s| s + 1);
        if !started.iter().any(|&verb| verb >= segment) {
            continue;
        }
        // "There wasn't one of your people left in the building"
        let there = tokens[0].tag == Tag::There
            && !word.has(INTRANSITIVE)
            && started.len() == 1
            && !tokens[1..at].iter().any(|t| t.mark())
            && !tokens.get(at + 1).is_some_and(|n| n.has(OBJECT | DETERMINER | POSSESSIVE));
        let with = tokens[lead].any(&["with", "without"]);
        let wants = matches!(tokens[lead].tag, Tag::Past | Tag::Base | Tag::Third | Tag::Gerund)
            || tokens[lead].any(&["for", "of"]);
        let object = wants
            && tokens[lead].class & (SAY | TAKES_CLAUSE | THINK) == 0
            && !word.has(INTRANSITIVE)
            && tokens[lead + 1].any(&["a", "an", "one", "two", "three"])
            && tokens
                .get(at + 1)
                .is_some_and(|n| n.any(&["to", "by", "in", "on", "at", "from", "for", "with"]));
        if with || object || there {
            tokens[at].tag = Tag::Participle;
        }
    }
}

/// "on Friday I get a bill": what they tell of a day that is over is told in the past.
fn story(tokens: &mut [Token<'_>]) {
    let verbs = finites(tokens);
    let Some(&at) = verbs.first() else { return };
    if at < 3 || !tokens[at - 1].any(&["i", "we"]) || tokens[at].tag != Tag::Base || tokens[at].quoted {
        return;
    }
    let lead = &tokens[..at - 1];
    let over = lead.iter().any(|t| t.class & (WEEKDAY | MONTH) != 0 || t.any(&["yesterday", "later"]))
        || lead.windows(3).any(|w| {
            w[0].is("on") && w[1].is("the") && w[2].digit()
                || (w[0].has(NUMBER) || w[0].digit())
                    && w[1].has(UNIT)
                    && w[2].any(&["before", "after", "later"])
        });
    let often = tokens.iter().any(|t| {
        t.any(&[
            "every", "each", "when", "whenever", "always", "usually", "normally", "if", "will", "'ll", "till",
        ]) || t.has(WEEKDAY) && t.low.ends_with("days")
    });
    let deed = tokens[at].any(&["get", "ring", "call", "open", "phone"]);
    let more = verbs[1..].iter().any(|&v| {
        matches!(tokens[v].tag, Tag::Base) && tokens[v - 1].any(&["i", "we", "and"])
            || tokens[v].tag == Tag::Modal
    });
    if over && deed && !often && !more {
        let past = forms::past(&tokens[at].low);
        tokens[at] = Token { tag: Tag::Past, ..Token::new(past, tokens[at].glued) };
    }
}

/// "you've took": the participle.
fn participles(tokens: &mut [Token<'_>]) {
    for at in 1..tokens.len() {
        let word = &tokens[at];
        if word.quoted || word.has(PARTICIPLE) || !word.has(PAST) {
            continue;
        }
        let from =
            at - usize::from(at > 1 && tokens[at - 1].any(&["not", "just", "also", "never", "already"]));
        let have = &tokens[from - 1];
        if !have.any(&["have", "'ve", "has", "had", "haven't", "hasn't"]) || have.quoted {
            continue;
        }
        if let Some([_, _, participle]) = VERBS.iter().find(|v| v[1] == word.low) {
            tokens[at].say(participle);
            tokens[at].tag = Tag::Participle;
        }
    }
}

/// "it is broken since May", "shows zero since 3 May": what has lasted is told in the perfect.
fn since(tokens: &mut Vec<Token<'_>>) {
    let Some(since) = tokens.iter().position(|t| t.is("since") && !t.quoted) else { return };
    let timed = tokens.get(since + 1).is_some_and(|t| {
        t.digit()
            || t.class & (WEEKDAY | MONTH) != 0
            || t.any(&["yesterday", "last", "then"])
            || t.any(&["the", "early", "mid", "about", "around"])
                && tokens.get(since + 2).is_some_and(|n| n.digit() || n.class & (WEEKDAY | MONTH | UNIT) != 0)
    });
    let from = tokens[..since]
        .iter()
        .rposition(|t| {
            !t.quoted && (t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Subordinator | Tag::Wh))
        })
        .map_or(0, |at| at + 1);
    let verbs: Vec<usize> = finites(tokens).into_iter().filter(|&at| (from..since).contains(&at)).collect();
    let [at] = verbs[..] else { return };
    let Some(subject) = before(tokens, at) else { return };
    let perfect = tokens[from..since].iter().any(|t| t.has(HAVE) || t.any(&["'d", "'ve", "ever"]));
    // "since 5 months" is no time it began
    let lasted = tokens.get(since + 1).is_some_and(|t| t.digit() || t.has(NUMBER))
        && tokens.get(since + 2).is_some_and(|t| t.has(UNIT));
    let timed = timed && !lasted;
    // "confirms it stands with you since the 10th": which verb it is that lasted; "I am trying since"
    let own = tokens[at + 1..since].iter().any(|t| t.has(SUBJECT) || t.is("it") || t.tag == Tag::Gerund);
    if !timed || perfect || own || tokens[at].quoted {
        return;
    }
    let many = tokens[subject].any(&["i", "we", "you", "they"])
        || tokens[subject].tag == Tag::Noun && tokens[subject].has(PLURAL) && !tokens[subject].has(NOUN);
    let has = if many { "have" } else { "has" };
    let next = tokens.get(at + 1);
    let be = match &*tokens[at].low {
        "is" | "are" | "am" | "'m" | "'re" => Some(false),
        "isn't" | "aren't" => Some(true),
        _ => None,
    };
    let tag = |word: &'static str, tag: Tag| Token::own(word, tag);
    if let Some(denied) = be {
        let denied = denied || next.is_some_and(|t| t.is("not"));
        let not = usize::from(next.is_some_and(|t| t.is("not")));
        let mut words = vec![tag(has, Tag::Auxiliary)];
        words.extend(denied.then(|| tag("not", Tag::Adverb)));
        words.push(tag("been", Tag::Auxiliary));
        tokens.splice(at..=at + not, words);
        return;
    }
    let denied = tokens[at].any(&["doesn't", "don't"])
        || tokens[at].any(&["does", "do"]) && next.is_some_and(|t| t.is("not"));
    let place = at
        + match (denied, tokens[at].any(&["does", "do"])) {
            (true, true) => 2,
            (true, false) => 1,
            _ => 0,
        };
    let Some(verb) = tokens.get(place) else { return };
    let base = if denied {
        (verb.tag == Tag::Base).then(|| verb.low.to_string())
    } else if verb.tag == Tag::Third {
        singular(&verb.low)
    } else {
        None
    };
    let Some(base) = base else { return };
    let participle = irregular(&base).map_or_else(|| forms::past(&base), |v| v[2].to_owned());
    let mut words = vec![tag(has, Tag::Auxiliary)];
    words.extend(denied.then(|| tag("not", Tag::Adverb)));
    words.push(Token { tag: Tag::Participle, ..Token::new(participle, false) });
    tokens.splice(at..=place, words);
}

/// The base of an -s form.
fn singular(third: &str) -> Option<String> {
    let stem = third.strip_suffix('s')?;
    let short = stem.strip_suffix('e').unwrap_or(stem);
    let with_y = stem.strip_suffix("ie").map(|s| format!("{s}y")).unwrap_or_default();
    [stem, short, &with_y]
        .into_iter()
        .find(|b| classes(b) & BASE != 0 && forms::third(b) == third)
        .map(str::to_owned)
}

/// "the left one whistles", "the invoice charges for 17 days": the only word that can be its verb is one.
fn verb(tokens: &mut [Token<'_>]) {
    if !finites(tokens).is_empty() {
        return;
    }
    let found: Vec<usize> = (1..tokens.len())
        .filter(|&at| {
            let (word, subject) = (&tokens[at], &tokens[at - 1]);
            let next = tokens.get(at + 1);
            let spent = word.tag == Tag::Participle && word.has(PAST) && next.is_some_and(|n| n.digit());
            let third = word.has(THIRD_PERSON) && word.tag == Tag::Noun || spent;
            let head = matches!(subject.tag, Tag::Noun | Tag::Name)
                && !subject.has(PLURAL)
                && !subject.low.ends_with('s')
                || subject.is("one");
            let plain = tokens[..at].iter().all(|t| t.tag.is_nominal() || t.is("one"));
            let object =
                next.is_some_and(|n| n.quoted || n.digit() || n.has(DETERMINER | POSSESSIVE | NUMBER));
            let led = (plain
                || object && tokens[..at].iter().all(|t| t.tag.is_nominal() || t.tag == Tag::Preposition))
                && tokens[0].class & (DETERMINER | POSSESSIVE) != 0
                && !tokens[0].has(NUMBER)
                && !tokens[0].any(&["no", "all", "both"]);
            let open = next.is_none_or(|n| {
                n.quoted
                    || n.digit()
                    || n.has(DETERMINER | POSSESSIVE | NUMBER | OBJECT)
                    || n.tag == Tag::Preposition && !n.is("of")
                    || n.tag == Tag::Adverb
                    || n.is(".")
            });
            third && head && led && open && !word.quoted && !word.capital()
        })
        .collect();
    if let [at] = found[..] {
        tokens[at].tag = if tokens[at].tag == Tag::Noun { Tag::Third } else { Tag::Past };
        return;
    }
    // "the name's polished off"
    let own = tokens.iter().position(|t| t.tag == Tag::Own && t.is("'s") && !t.quoted);
    if let Some(at) = own
        && at > 1
        && tokens[..at].iter().all(|t| t.tag.is_nominal())
        && tokens.get(at + 1).is_some_and(|n| n.has(PARTICIPLE) && n.class & NOUN == 0 && !n.quoted)
        && tokens.get(at + 2).is_none_or(|n| n.mark() || n.has(PARTICLE) || n.tag == Tag::Preposition)
    {
        tokens[at].tag = Tag::Auxiliary;
        tokens[at + 1].tag = Tag::Participle;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_of_s_forms() {
        for (third, base) in [("shows", "show"), ("refuses", "refuse"), ("carries", "carry"), ("goes", "go")]
        {
            assert_eq!(singular(third).as_deref(), Some(base));
        }
    }
}
