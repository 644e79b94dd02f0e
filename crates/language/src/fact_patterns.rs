//! Fact patterns: regular expressions with ASCII classes, which `build.rs` compiles into the binary
//! because compiling one takes longer than searching a mail for it. They expect lower-case text,
//! except those that look for capitals. Repetition is bounded, so no text makes a search slow.

use crate::references;

/// "1,299.50", "1.299,50", "8 600", "45".
const SUM: &str = r"(?:\d{1,3}(?:(?:,\d{3}){1,4}|(?:\.\d{3}){1,4}|(?:\ \d{3}){1,4})(?:[.,]\d{1,2})?|\d{1,19}(?:[.,]\d{1,2})?)";
/// What stands behind a sum: "euros", "kr".
const MONEY: &str = r"(?:€|£|₹|zł|kč|(?:dollars?|euros?|pounds?|quid|rupees?|bucks|pence|cents|guineas?|pesos?|kroner|kronor|kr|francs?|rand|ringgit|zloty|zlotys|yen|usd|eur|gbp|sgd|inr|aed|aud|cad|nzd|chf|zar|sek|nok|dkk|pln|czk|huf|myr|php|kes|ngn|lakhs?)\b)";
/// A word of a number, and several: "nine hundred and forty".
const NUMBER_WORD: &str = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)";
const TEN: &str = r"(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)";
const ONE: &str = r"(?:one|two|three|four|five|six|seven|eight|nine)";
/// A reference behind its noun, in lower case.
const CODE: &str = r"[a-z0-9](?:[a-z0-9]|[-/_][a-z0-9]|[0-9]\.[a-z0-9]){1,30}";
const CODE_REST: &str = r"(?:[a-z0-9]|[-/_][a-z0-9]){3,24}";
const UNIT: &str = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|mornings?|afternoons?|evenings?|nights?|weeks?|wks?|weekends?|fortnights?|months?|mths?|years?|yrs?|winters?|summers?|seasons?)";
const PLAIN_COUNT: &str = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|several|a\ few|few|a\ couple(?:\ of)?|couple(?:\ of)?|half\ an?|half|many|a\ hundred)";
const ABOUT: &str = r"(?:over|more\ than|less\ than|under|nearly|almost|about|around|at\ least|well\ over|up\ to|another|a\ good|approximately|roughly|just\ over|close\ to|getting\ on\ for|(?:the\ )?(?:best|better)\ part\ of|the\ (?:past|last|whole)|a\ further|a\ whole)";
const MONTH: &str = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";
const WEEKDAY: &str = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)";
const ORDINAL: &str = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[\ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))";
const FEAST: &str = r"(?:christmas(?:\s+(?:eve|day))?|xmas(?:\s+(?:eve|day))?|boxing\s+day|easter(?:\s+(?:sunday|monday|weekend))?|good\s+friday|new\s+year(?:'?s(?:\s+(?:eve|day))?)?|whitsun|bank\s+holiday(?:\s+monday)?|may\s+day|diwali|eid|ramadan|thanksgiving|valentine'?s(?:\s+day)?|halloween|bonfire\s+night|(?:mother'?s|father'?s)\s+day|black\s+friday|(?:memorial|labou?r)\s+day)";
const PART_OF_DAY: &str = r"(?:early\s+)?(?:morning|afternoon|evening|night|lunchtime|teatime|noon)";
const DAY: &str = r"(?:(?:(?:this|next)\s+)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|weekend|week)|christmas|easter|diwali|eid|thanksgiving|new\ year|tonight|the\ weekend)";
const EVENT: &str = r"(?:trip|wedding|birthday|party|event|flight|holiday|vacation|exam|interview|move)";
const MANY: &str = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|numerous|countless|a\ few)";

/// Each pattern's name and expression; spaces are ignored.
pub fn fact_patterns() -> Vec<(&'static str, String)> {
    vec![
        // "order no. A-44192": the reference comes last; see `facts::references`.
        (
            "order",
            format!(
                r"\b(?:{})s?(?:
                    (?:\s*(?:number|numbers|no|nos|num|nr|id|code|ref|reference|conf|confirmation|line|is|was|has)\b\.?|\s*[:\#.(\[]|\s-|\s?['\x22]){{1,6}}\s*{CODE}
                  | \s+{CODE}
                  | \d{CODE_REST})",
                references::any()
            ),
        ),
        // Case-sensitive: "#10023", "A-44192", "HS-BRS-55120", "4471/B", "RR 209 441 738 PT".
        (
            "bare_order",
            r"\B\#\s?(?:[A-Z]{1,4}-?)?\d{4,14}(?:-\d{1,8}){0,3}\b
            | \b[A-Z]{2}(?:\ ?\d){9}\ ?[A-Z]{2}\b
            | \b[A-Z]{1,5}-?\d{5,14}(?:[-/][A-Z0-9]{1,10}){0,4}\b
            | \b[A-Z0-9]{1,8}(?:[-/][A-Z0-9]{1,14}){1,5}\b"
                .to_owned(),
        ),
        (
            "amount",
            format!(
                r"(?:(?:us|au|ca|nz|hk|s|a|c|r)?\$|£|€|₹|¥|₱|₦)\s?{SUM}(?:\s?(?:-|–)\s?{SUM})?(?:\s?(?:k|thousand|million|m|bn)\b)?
                | \b(?:usd|eur|gbp|inr|sgd|aud|cad|nzd|aed|myr|php|chf|sar|zar|kes|ksh|ngn|hkd|sek|nok|dkk|pln|czk|rm|rs\.?|sgd\$?)\s?{SUM}(?:\s?(?:k|lakhs?|million|m)\b)?
                | \br\s?(?:\d{{1,3}}(?:[,\ ]\d{{3}}){{1,3}}|\d{{3,7}})(?:\.\d{{2}})?\b
                | \b{SUM}\s?(?:(?:k|m|thousand|grand|million)\s?)?{MONEY}
                | \b\d{{1,3}}(?:[.,]\d{{3}})?\s?(?:k|grand)\b
                | \b\d{{1,2}}(?:\.\d)?p\b
                | \b(?:a\s+|an?\s+)?{NUMBER_WORD}(?:[\s-]+(?:and\s+)?{NUMBER_WORD}){{0,6}}[\s-]+(?:pounds?|quid|euros?|dollars?|bucks|rupees|pence|grand|guineas|pesos|kroner|kronor)\b(?:\s+{TEN}(?:[\s-]{ONE})?\b)?
                | \b(?:a|another)\s+(?:tenner|fiver)\b"
            ),
        ),
        // A sum without its currency, behind a word for paying: see `facts::figures`.
        (
            "bare_amount",
            format!(
                r"\b(?:refund(?:ed|ing)?|reimburse|paid|pay|paying|charged|charge|charging|deducted|debited|credited|owes?|owed|cost|costs|costing|deposit|fee|price|worth|balance|total|took|taken|taking|back)
                (?:\s+(?:me|us|him|her|them|my|the|of|a|another|only|was|is|for|says|to|another|extra|that|out|just|about|around|over)){{0,3}}[\s:]\s*{SUM}\b
                | \b(?:my|the|that|our)\s+{SUM}\s+(?:back|refunded|deposit)\b
                | \b\d{{1,4}}(?:[.,]\d{{2}})?\s+(?:a|per)\s+(?:month|year|head|person)\b
                | \b\d{{1,6}}[.,]\d{{2}}\b"
            ),
        ),
        (
            "duration",
            format!(
                r"\b(?:
                (?:{ABOUT}\s+)?
                (?:\d+(?:[.,]\d+)?|{TEN}(?:[\s-]{ONE})?|{PLAIN_COUNT})(?:\s*(?:-|–|to|or)\s*(?:\d+|{NUMBER_WORD}|a\ few))?(?:\s+and\s+(?:a\s+(?:half|quarter)|three\s+quarters))?\s*\+?\s*-?(?:(?:whole|full|solid|working|business|calendar|more|long|good|straight|odd)\s+)?{UNIT}\b(?:\s+and\s+(?:a\s+)?(?:half|quarter)\b|\s+(?:and\s+)?\d{{1,2}}\s?(?:minutes?|mins?)?\b)?
                | (?:{ABOUT}\s+)?(?:(?:a|the|one|another|every|last|next|this)\s+)?(?:fortnight|half[\s-]hour)\b
                | (?:{ABOUT}\s+)?(?:three|a)\s+quarters?\s+of\s+an\s+hour\b
                | (?:the\s+whole|the\s+entire)\s+(?:day|week|weekend|night|morning|afternoon|evening|month|summer|winter|year)\b
                )"
            ),
        ),
        (
            "date",
            format!(
                r"\b(?:
                  \d{{4}}-\d{{2}}-\d{{2}}
                | \d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})
                | (?:(?:{WEEKDAY}|{FEAST})(?:,?\s+(?:the\s+)?|\s*\())?(?:
                    \d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{MONTH}\b(?:,?\s+\d{{4}}|\s+(?:last|this|next)\s+year)?
                  | {MONTH}\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?
                  )
                | (?:the\s+)?{ORDINAL}\s+of\s+{MONTH}\b(?:,?\s+\d{{4}})?
                | {WEEKDAY},?\s+(?:the\s+)?\d{{1,2}}(?:(?:st|nd|rd|th)|/\d{{1,2}})?\b
                | (?:(?:last|this|next|every|each)\s+)?{WEEKDAY}s?(?:\s+(?:{PART_OF_DAY}|just\s+gone|week|last|next))?
                | (?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)
                | (?:on|from|dated|since|by|until|till|due|of|before|after)\s+\d{{1,2}}/\d{{1,2}}\b
                | (?:(?:the\s+)?(?:end|beginning|start|middle|back\s+end|first\s+week|last\s+week|week)\s+of\s+|(?:early|late|mid|last|this|next)[\s-]+)?(?:{MONTH}\b\.?(?:,?\s+\d{{4}}\b|\s+(?:last|this|next)\s+year)?|(?:this|last|next|the)\s+month\b)
                | (?:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|(?:early\s+)?(?:yesterday|tomorrow)(?:\s+{PART_OF_DAY})?|tonight|tmrw|tmw|2nite|2moro)
                | this\s+(?:morning|afternoon|evening|weekend|spring|summer|autumn|winter)
                | (?:last|next)\s+(?:night|weekend|week|month|spring|summer|autumn|winter)
                | the\s+other\s+day|over\s+the\s+weekend
                | (?:(?:last|this|next)\s+)?{FEAST}
                | (?:(?:in|since|from|until|till|of|before|after|by|to|summer|spring|autumn|winter|during)\s+)(?:19|20)\d\d
                )\b"
            ),
        ),
        // How often, after a word for contact: see `facts::contacts`.
        ("times", format!(r"\b(?:twice|thrice|{MANY}\s+(?:different\s+|separate\s+)?times)\b")),
        // How often, on its own.
        (
            "contacts",
            r"\b(?:this\ is\ (?:now\ )?(?:my|the)|for\ the)\s+(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th)\s+(?:e-?mail|call|message|complaint|letter|time\ (?:of\ )?(?:i\ am\ |i'm\ |i\ have\ |i've\ |that\ i\ )?(?:asking|writing|calling|contacting|ringing|contacted|called|written|emailed|reported))
                | \b(?:my|this|our|now)\s+(?:is\s+)?(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th)\s+(?:e-?mail|call|message|complaint|letter)\b
                | \b(?:e-?mail|call|message|complaint|letter)\s+(?:number|no\.)\s+(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b
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
            r"\b(?:ordered|bought|purchased|booked|hired|rented|returned|repaired|fitted|installed|supplied|delivered|sold|posted)\s+(?:(?:me|us|him|her|them|myself|you|back|in|off|from|for|a|an|some|my|our|the|his|their|two|three|four|five|six|[2-6]|these|this|one|1|another|new|brand)\s+){0,5}(?:pairs?\s+of\s+|sets?\s+of\s+|packs?\s+of\s+|box(?:es)?\s+of\s+)?[a-z][a-z'-]{0,30}(?:\s+[a-z][a-z'-]{0,30}){0,5}
            | \b(?:brought|sent|took|dropped)\s+(?:(?:in|back|you|off|round)\s+)?(?:my|our|his)\s+[a-z][a-z'-]{0,30}(?:\s+[a-z][a-z'-]{0,30}){0,5}
            | \b(?:refund|paid|pay|deposit|receipt|warranty|guarantee|invoice)\s+(?:for|on)\s+(?:the|my|our|a|an)\s+[a-z][a-z'-]{0,30}(?:\s+[a-z][a-z'-]{0,30}){0,5}
            | \b(?:pairs?|sets?)\s+of\s+[a-z][a-z'-]{0,30}(?:\s+[a-z][a-z'-]{0,30}){0,3}"
                .to_owned(),
        ),
        // The thing stands before its verb: "the oak frame you delivered".
        (
            "item_delivered",
            r"\b(?:the|my|our)\s+[a-z][a-z-]{1,30}(?:\s+[a-z][a-z-]{1,30}){0,2}\s+(?:that\s+)?(?:you\s+(?:delivered|sent|sold|fitted|installed|supplied|posted|shipped|repaired|made|laid|built)|(?:i|we)\s+(?:bought|ordered|purchased|hired|booked|returned|sent\s+back)|(?:arrived|came)\s+(?:broken|damaged|cracked|smashed|scratched|dented|chipped|faulty|split|torn|ripped|bent|soaked|leaking|dead|in\s+(?:bits|pieces|two)|without|with\s+(?:a|no|its)))\b"
                .to_owned(),
        ),
        // Case-sensitive: the name, with its title, comes last.
        (
            "person",
            r"\b(?:spoke\ (?:to|with)|spoken\ (?:to|with)|talked\ to|talking\ to|told\ by|served\ by|dealt\ with\ by|(?:named|called)
                | (?:[Yy]our|[Tt]he|[Aa])\ (?:driver|engineer|fitter|manager|colleague|agent|rep|adviser|advisor|technician|receptionist|installer|plumber|electrician|nurse|steward|stylist|trainer|tutor|surveyor|consultant|supervisor|man|woman|lady|girl|guy|lad|chap)(?:,|\ called|\ named)?
                )\ (?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\ )?[A-Z][a-z]{2,14}\b
            | \b(?:Mr|Mrs|Ms|Miss|Dr)\.?\ [A-Z][a-z]{1,14}\b
            | \b[A-Z][a-z]{2,14}\ (?:in|from|at|on)\ your\ [a-z]{2,14}\b"
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
