//! Sums of money: "£1,299.50", "sixty pounds", "23 bucks"; and sums whose currency nobody named.

use super::*;

static AMOUNT: LazyLock<Automaton> = fact_pattern!("amount");
static BARE_AMOUNT: LazyLock<Automaton> = fact_pattern!("bare_amount");

pub(super) fn amounts(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in AMOUNT.find_iter(lower) {
        let said = text[found.clone()].trim_end_matches([',', '.']);
        if is_sum(text, lower, &found) {
            take(found.start..found.start + said.len(), text, facts, taken);
        }
    }
}

/// Sums without a currency: "refund the 65.98", "14.99 has come out of my account".
pub(super) fn bare_amounts(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    let mut from = 0;
    while let Some(found) = BARE_AMOUNT.find_at(lower, from) {
        from = found.end;
        let paid = !lower[found.clone()].starts_with(|c: char| c.is_ascii_digit());
        let figure = |c: char| c.is_ascii_digit();
        let start = found.start + lower[found.clone()].find(figure).unwrap_or(0);
        let end = found.start + lower[found.clone()].rfind(figure).map_or(0, |at| at + 1);
        let (sum, after) = (start..end, &lower[end..]);
        let said = &lower[sum.clone()];
        let cents = said.len() > 3 && [b'.', b','].contains(&said.as_bytes()[said.len() - 3]);
        let beside = |c: char| c.is_alphanumeric() || "%°/:£$€".contains(c);
        let longer = after.starts_with(['.', ',']) && after[1..].starts_with(figure);
        let joined = longer
            || after.trim_start_matches(' ').starts_with(['%', '°'])
            || after.starts_with(beside)
            || lower[..start].ends_with(|c: char| beside(c) || ".,#-".contains(c));
        let paid = paid || end < found.end;
        let sure = if cents {
            // "At 14.30"; "a rate of 4.64".
            paid || !is_time(said) && (said.len() > 4 || after.starts_with(" each"))
        } else {
            (end < found.end || paid && ends_a_sum(after)) && !is_year(said) && said.len() > 1
        };
        if !joined && sure && !counts_things(after) && free(taken, &sum) {
            take(sum, text, facts, taken);
        }
    }
}

fn take(sum: Range<usize>, text: &str, facts: &mut Facts, taken: &mut Taken) {
    if !free(taken, &sum) {
        return;
    }
    keep(&mut facts.amounts, &text[sum.clone()]);
    facts.said.spans.push((FactKind::Amount, sum.clone()));
    taken.insert(sum.start, sum.end);
}

/// Whether what has the form of a sum is one.
fn is_sum(text: &str, lower: &str, found: &Range<usize>) -> bool {
    let (said, after) = (&lower[found.clone()], &lower[found.end..]);
    let figure = |c: char| c.is_ascii_digit();
    // Rand are written "R450"; "r450" and "R2024" are names.
    if let Some(rand) = said.strip_prefix('r').map(str::trim_start).filter(|rest| rest.starts_with(figure)) {
        return text[found.clone()].starts_with('R') && !is_year(rand);
    }
    // "Four pounds of potatoes".
    let weight = !said.contains(figure) && said.ends_with("pounds") && after.starts_with(" of ");
    // "A 10k run", "5k".
    let thousands = said.starts_with(figure) && said.ends_with('k');
    let loose = thousands && (said.len() < 3 || !ends_a_sum(after));
    !weight && !loose
}

/// "14.30" may be a time of day.
fn is_time(said: &str) -> bool {
    let (hour, minute) = said.split_at(said.len() - 3);
    hour.len() <= 2
        && hour.parse::<u32>().is_ok_and(|n| n < 24)
        && minute[1..].parse::<u32>().is_ok_and(|n| n < 60)
}

fn is_year(said: &str) -> bool {
    said.len() == 4 && (said.starts_with("19") || said.starts_with("20"))
}

/// Whether a sum without currency may end here: "paid 165 for it", "refund the 236."
fn ends_a_sum(after: &str) -> bool {
    const BEHIND: &[&str] = &[
        "for",
        "back",
        "on",
        "in",
        "and",
        "but",
        "already",
        "per",
        "plus",
        "deposit",
        "to",
        "extra",
        "when",
        "as",
        "is",
        "which",
        "that",
        "if",
        "so",
        "because",
        "i",
        "we",
        "you",
        "not",
        "instead",
        "more",
        "off",
        "out",
        "from",
        "by",
        "at",
        "each",
        "altogether",
        "total",
        "all",
        "upfront",
    ];
    let word = after.trim_start_matches(' ');
    let next = word.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    word.is_empty() || word.starts_with(['.', ',', '!', '?', ';', ')', '\n']) || BEHIND.contains(&next)
}

/// Whether a figure counts something other than money: "for 12.50 hours", "6.30 pm", "2.15 kg".
fn counts_things(after: &str) -> bool {
    const THINGS: &[&str] = &[
        "am",
        "pm",
        "a.m",
        "p.m",
        "o'clock",
        "hours",
        "hour",
        "hrs",
        "minutes",
        "mins",
        "min",
        "seconds",
        "days",
        "weeks",
        "months",
        "years",
        "nights",
        "times",
        "people",
        "kg",
        "g",
        "kilos",
        "km",
        "miles",
        "mile",
        "cm",
        "mm",
        "m",
        "metres",
        "meters",
        "litres",
        "l",
        "ml",
        "kwh",
        "kw",
        "percent",
        "per cent",
        "points",
        "stars",
        "degrees",
        "inch",
        "inches",
        "feet",
        "ft",
        "bar",
        "volts",
        "amps",
        "mb",
        "gb",
        "mbps",
        "train",
        "bus",
        "flight",
        "boat",
        "ferry",
        "to",
        "till",
        "until",
        "screening",
        "showing",
        "appointment",
        "slot",
        "class",
    ];
    let word = after.trim_start_matches([' ', '-']);
    let next = word
        .split(|c: char| c.is_whitespace() || ",;!?)".contains(c))
        .next()
        .unwrap_or("")
        .trim_end_matches('.');
    THINGS.contains(&next)
}

/// The number of a sum whose currency is named, in its main unit; `None` if it can't be read with certainty.
pub fn value(amount: &str) -> Option<f64> {
    let lower = amount.trim().to_lowercase();
    if !lower.contains(|c: char| c.is_alphabetic() || "$£€₹¥₱₦".contains(c)) {
        return None;
    }
    let number =
        if lower.contains(|c: char| c.is_ascii_digit()) { of_figures(&lower) } else { of_words(&lower) }?;
    let small = ["p", "pence", "cent", "cents"].iter().any(|unit| lower.ends_with(unit));
    Some(if small { number / 100.0 } else { number })
}

/// "1.299,50 €", "$5k"; the larger of "£20-30".
fn of_figures(lower: &str) -> Option<f64> {
    let number = lower.trim_matches(|c: char| !c.is_ascii_digit());
    let behind = lower[lower.find(number)? + number.len()..].trim();
    let times = match behind {
        b if b.starts_with("thousand")
            || b.starts_with("grand")
            || b.starts_with('k') && !b.starts_with("kr") && !b.starts_with("kč") =>
        {
            1e3
        }
        b if b == "m" || b.starts_with("mi") || b.starts_with("m ") || b.starts_with("m€") => 1e6,
        b if b.starts_with("bn") => 1e9,
        b if b.starts_with("lakh") => 1e5,
        _ => 1.0,
    };
    let parts = number.split(['-', '–']).map(str::trim);
    let numbers = parts.map(|part| {
        // One or two figures behind the last sign are cents; any other sign parts thousands.
        let cents = part.rfind(['.', ',']).filter(|n| part.len() - n <= 3);
        let (whole, cents) = part.split_at(cents.unwrap_or(part.len()));
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        format!("{whole}{}", cents.replace(',', ".")).parse::<f64>().ok()
    });
    numbers.reduce(|a, b| Some(a?.max(b?)))?.map(|n| n * times)
}

/// "nine hundred and forty pounds", "a tenner".
fn of_words(lower: &str) -> Option<f64> {
    const UNITS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] =
        &["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let (mut whole, mut part, mut cents, mut unit) = (0.0, 0.0, 0.0, false);
    for word in lower.split(|c: char| c.is_whitespace() || c == '-') {
        let word = if word == "fourty" { "forty" } else { word };
        let of = |list: &[&str]| list.iter().position(|w| *w == word && !w.is_empty()).map(|n| n as f64);
        let number = of(UNITS).or_else(|| of(TENS).map(|n| n * 10.0));
        match word {
            "and" => {}
            "a" | "an" | "another" => part = 1.0,
            "tenner" => return Some(10.0),
            "fiver" => return Some(5.0),
            "hundred" => part = f64::max(part, 1.0) * 100.0,
            "thousand" | "grand" => {
                whole += f64::max(part, 1.0) * 1000.0;
                part = 0.0;
                unit |= word == "grand";
            }
            _ => match number {
                Some(n) if unit => cents += n,
                // "A nineteen pounds": the article counts nothing.
                Some(n) => {
                    part = if part == 1.0 && lower.starts_with('a') && whole == 0.0 { n } else { part + n }
                }
                None => unit = true,
            },
        }
    }
    let sum = whole + part + cents / 100.0;
    (unit && sum > 0.0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_numbers() {
        for (text, number) in [
            ("$149.90", Some(149.9)),
            ("1,240 pounds", Some(1240.0)),
            ("$5k", Some(5000.0)),
            ("£1.2m", Some(1_200_000.0)),
            ("Rs.", None),
            ("65.98", None),
            ("165", None),
            ("€1.299,50", Some(1299.5)),
            ("1.299,50 €", Some(1299.5)),
            ("45,90 €", Some(45.9)),
            ("8 600 kr", Some(8600.0)),
            ("30p", Some(0.3)),
            ("£20-30", Some(30.0)),
            ("sixty pounds", Some(60.0)),
            ("nine hundred and forty pounds", Some(940.0)),
            ("thirty nine pounds sixty", Some(39.6)),
            ("a hundred and five euros", Some(105.0)),
            ("nine grand", Some(9000.0)),
            ("a tenner", Some(10.0)),
        ] {
            assert_eq!(value(text), number, "{text}");
        }
    }
}
