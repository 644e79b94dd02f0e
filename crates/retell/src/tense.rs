//! Tenses put right where it is sure: "you've took", "is broken since May", and verbs taken for nouns.

use crate::class::*;
use crate::forms;
use crate::lexicon::{classes, irregular};
use crate::tag::{before, finites};
use crate::token::{Tag, Token};

/// Puts right what is sure.
pub(crate) fn mend(tokens: &mut Vec<Token<'_>>) {
    participles(tokens);
    since(tokens);
    verb(tokens);
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
            let third = word.has(THIRD_PERSON) && word.tag == Tag::Noun;
            let head = matches!(subject.tag, Tag::Noun | Tag::Name)
                && !subject.has(PLURAL)
                && !subject.low.ends_with('s')
                || subject.is("one");
            let led = tokens[..at].iter().all(|t| t.tag.is_nominal() || t.is("one"))
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
        tokens[at].tag = Tag::Third;
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
