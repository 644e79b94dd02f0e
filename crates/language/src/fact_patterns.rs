//! Fact patterns: regular expressions with ASCII classes, which `build.rs` compiles into the binary
//! because compiling one takes longer than searching a mail for it. They expect lower-case text,
//! except those that look for capitals. Repetition is bounded, so no text makes a search slow.

/// "1,299.50", "1.299,50", "8 600", "45".
const SUM: &str = r"(?:\d{1,3}(?:(?:,\d{3}){1,4}|(?:\.\d{3}){1,4}|(?:\ \d{3}){1,4})(?:[.,]\d{1,2})?|\d{1,19}(?:[.,]\d{1,2})?)";
const UNIT: &str = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|weekends?|months?|mths?|years?|yrs?)";
const COUNT: &str = r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a\ few|a\ couple(?:\ of)?|couple(?:\ of)?|half\ an?|many|fifteen|twenty|thirty|forty|fifty)";
const MONTH: &str = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";
const DAY: &str = r"(?:(?:(?:this|next)\s+)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|weekend|week)|christmas|easter|diwali|eid|thanksgiving|new\ year|tonight|the\ weekend)";
const EVENT: &str = r"(?:trip|wedding|birthday|party|event|flight|holiday|vacation|exam|interview|move)";
const MANY: &str = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|numerous|countless|a\ few)";

/// Each pattern's name and expression; spaces are ignored.
pub fn fact_patterns() -> Vec<(&'static str, String)> {
    vec![
        // "order no. A-44192": the reference comes last.
        (
            "order",
            r"\b(?:order|booking|reservation|reference|ref|ticket|case|invoice|tracking|confirmation|policy|claim|complaint|job|customer|membership|account|parcel|shipment|contract|request|incident)
            (?:\s+(?:number|no|num|id|code|ref|reference|is|was|has)\b\.?|\s*[:\#.]){0,5}\s*[:\#]?\s*
            [a-z0-9](?:[a-z0-9]|[-/_][a-z0-9]){3,24}"
                .to_owned(),
        ),
        // Case-sensitive: "#10023", "A-44192".
        (
            "bare_order",
            r"\B\#\s?\d{4,14}\b|\b(?:[A-Z]{1,5}-?\d{5,14}|[A-Z]{1,4}-\d{3,14}(?:-\d{2,8}){0,4})\b".to_owned(),
        ),
        (
            "amount",
            format!(
                r"(?:(?:us|au|ca|nz|hk|s|a|c)?\$|£|€|₹|¥|₱|₦|r\$)\s?{SUM}(?:\s?(?:k|million|m)\b)?
                | \b(?:usd|eur|gbp|inr|sgd|aud|cad|nzd|aed|myr|php|chf|sar|zar|kes|ngn|hkd|rm|rs\.?|sgd\$?)\s?{SUM}\b
                | \b{SUM}\s?(?:(?:k|m)\s?)?(?:€|£|₹|(?:dollars?|euros?|pounds|quid|rupees|bucks|pence|cents|kr|usd|eur|gbp|sgd|inr|aed|lakhs?)\b)"
            ),
        ),
        (
            "duration",
            format!(
                r"\b(?:(?:over|more\ than|nearly|almost|about|around|at\ least|well\ over|up\ to|another|a\ good|approximately|roughly|just\ over|the\ (?:past|last))\s+)?
                {COUNT}(?:\s*(?:-|–|to|or)\s*(?:\d+|two|three|four|five|six|seven|ten|a\ few))?\s*\+?\s*-?(?:(?:whole|full|working|business|more|solid|long)\s+)?{UNIT}\b"
            ),
        ),
        (
            "date",
            format!(
                r"\b(?:
                  \d{{4}}-\d{{2}}-\d{{2}}
                | \d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})
                | \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\b(?:,?\s+\d{{4}})?
                | {MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?
                | (?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)
                )\b"
            ),
        ),
        // How often, after a word for contact: see `facts::contacts`.
        ("times", format!(r"\b(?:twice|thrice|{MANY}\s+(?:different\s+|separate\s+)?times)\b")),
        // How often, on its own.
        (
            "contacts",
            r"\b(?:this\ is\ (?:now\ )?(?:my|the)|for\ the)\s+(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th)\s+(?:e-?mail|call|message|complaint|letter|time\ (?:of\ )?(?:i\ am\ |i'm\ |i\ have\ |i've\ |that\ i\ )?(?:asking|writing|calling|contacting|ringing|contacted|called|written|emailed|reported))
                | \b(?:i\ have\ |i've\ |i\ )twice\s+(?:called|rung|rang|phoned|emailed|messaged|written|contacted)
                | \b(?:made|sent|sending|after|had\ to\ make)\s+(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|several|multiple|numerous|countless)\s+(?:different\s+|separate\s+|phone\s+)?(?:e-?mails|calls|messages|phone\ calls|tweets|letters)\b"
                .to_owned(),
        ),
        // The day or event comes last, apart from a trailing "please" and the like.
        (
            "deadline",
            format!(
                r"\b(?:
                  (?:
                    need(?:s|ed)?\s+(?:it|them|this|that|these|my\ \w{{1,30}}|the\ \w{{1,30}})?\s*(?:\w{{1,30}}\s+)?(?:by|before|for|on|until)
                  | (?:my|our|his|her|the)\s+(?:{EVENT}|travel|funeral|graduation|anniversary)\s+(?:is|starts|begins)(?:\s+on)?
                  | (?:i|we)\s*(?:'m|am|'re|are)?\s*(?:leave|leaving|fly|flying|travel|travelling|traveling|move|moving)(?:\s+on)?
                  )\s+{DAY}\b
                | (?:by|before)\s+{DAY}\s+(?:please|at\ the\ latest|or\ else)
                | before\s+(?:my|our)\s+{EVENT}\b)"
            ),
        ),
        (
            "item",
            r"\b(?:ordered|bought|purchased)\s+(?:(?:a|an|some|my|the|two|three|2|3|these|this|one|1)\s+)?(?:new\s+|brand\ new\s+)?(?:pairs?\s+of\s+|sets?\s+of\s+|packs?\s+of\s+|box(?:es)?\s+of\s+)?[a-z][a-z'-]{0,30}(?:\s+[a-z][a-z'-]{0,30}){0,5}"
                .to_owned(),
        ),
        // Case-sensitive: the name is the last word.
        (
            "person",
            r"\b(?:spoke\ (?:to|with)|spoken\ (?:to|with)|talked\ to|talking\ to|told\ by|served\ by|dealt\ with\ by|a\ (?:man|woman|lady|guy|rep|manager|lad)\ (?:called|named)|(?:named|called))\ [A-Z][a-z]{2,14}\b"
                .to_owned(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::fact_patterns;
    use crate::automaton::Automaton;
    use crate::compile::compile;
    use proptest::prelude::*;
    use regex::bytes::{Regex, RegexBuilder};
    use std::sync::LazyLock;

    /// Building blocks of texts with facts.
    const PARTS: &[&str] = &[
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "order",
        "ref",
        "reference",
        "account",
        "number",
        "no",
        "is",
        ".",
        ":",
        "#",
        "-",
        "/",
        "_",
        "a-44192",
        "12345",
        "4",
        "12",
        "2026",
        "1,299",
        ".50",
        "$",
        "us$",
        "£",
        "₹",
        "rs",
        "usd",
        "dollars",
        "k",
        "a",
        "an",
        "a few",
        "couple of",
        "three",
        "over",
        "more than",
        "to",
        "or",
        "+",
        "working",
        "days",
        "weeks",
        "hrs",
        "of",
        "may",
        "march",
        "st",
        "th",
        "12/3/2026",
        "the",
        "called",
        "twice",
        "times",
        "different",
        "this is",
        "now",
        "my",
        "second",
        "email",
        "i've",
        "made",
        "calls",
        "need",
        "it",
        "by",
        "before",
        "saturday",
        "next",
        "trip",
        "please",
        "we",
        "'re",
        "flying",
        "on",
        "christmas",
        "ordered",
        "new",
        "pair of",
        "boots",
        "spoke to",
        "Dean",
        "A",
        "#10023",
        "é",
        "é-",
        "x",
    ];

    static PATTERNS: LazyLock<Vec<(&str, Automaton, Regex)>> = LazyLock::new(|| {
        let regex =
            |source: &str| RegexBuilder::new(source).unicode(false).ignore_whitespace(true).build().unwrap();
        fact_patterns().into_iter().map(|(name, source)| (name, compile(&source), regex(&source))).collect()
    });

    proptest! {
        #[test]
        fn an_automaton_finds_what_its_expression_finds(
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..14)
        ) {
            let text = parts.concat();
            for (name, form, regex) in PATTERNS.iter() {
                let expected: Vec<_> = regex.find_iter(text.as_bytes()).map(|m| m.range()).collect();
                prop_assert_eq!(form.find_iter(&text).collect::<Vec<_>>(), expected, "{} in {:?}", name, text);
            }
        }
    }
}
