//! Facts stated plainly in a message: references, amounts, dates, durations, the item, number of
//! contacts, deadline, whom they spoke to, and the name to greet them by.
//!
//! Only unambiguous forms are accepted. A byte prefilter (a digit? a currency sign?) guards every
//! pattern, because compiling one costs more than reading most messages.

/// A fact pattern compiled by `build.rs`.
macro_rules! fact_pattern {
    ($name:literal) => {
        LazyLock::new(|| {
            let stored = include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"));
            postcard::from_bytes(stored).expect("what build.rs stored")
        })
    };
}

mod contact;
mod figures;
mod item;
mod money;
pub mod name;
mod people;
mod prefilter;
mod references;
mod times;

use amends_inbox::message::Message;
use amends_language::automaton::Automaton;
use amends_language::index::FactWords;
use amends_language::phrase::FactKind;
use amends_language::words::Words;
use amends_phrasebook::word_lists::WordLists;
use contact::contacts;
pub use contact::spelled;
pub use contact::times;
pub use figures::read_figures;
use figures::{figures, unnamed_sums};
use item::items;
pub use money::value;
use people::people;
use prefilter::*;
pub use references::REFERENCE;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use times::{DEADLINE, dates, deadline, durations, limit};

/// The facts of a message, as shown in the record.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Order, booking, ticket and case numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub durations: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// How often they contacted us, if they say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip)]
    pub said: Said,
}

/// Facts by role, for the reply; not part of the record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// They sign with a title, or write as to strangers.
    pub is_formal: bool,
    /// All the names they give, where `name` may be the first or the last alone.
    pub whole_name: String,
    /// How long they have been waiting.
    pub wait: Option<String>,
    /// How long ago it began.
    pub ago: Option<String>,
    /// The time they were promised.
    pub promised: Option<String>,
    /// "twice", "three times", "several times".
    pub contacts: Option<String>,
    /// The day by which they said that they need it.
    pub deadline: Option<String>,
    /// The only person they say they dealt with, in a form that leaves no doubt.
    pub person: Option<String>,
    /// What they certainly bought, in small letters: fit to be said back.
    pub items: Vec<String>,
    /// What a reply calls each of `orders`: "booking".
    pub called: Vec<&'static str>,
    /// Byte range of each fact.
    pub spans: Vec<(FactKind, Range<usize>)>,
}

impl Facts {
    /// Counts their earlier mails quoted below this one as contacts, unless they say how often.
    pub fn add_earlier(&mut self, mails: u32) {
        if mails > self.contacts.unwrap_or(0) && self.said.contacts.is_none() {
            self.contacts = Some(mails);
            self.said.contacts = times(mails);
        }
    }

    /// Adds what only the subject says; it may say what a reference of the text is called.
    fn add_of_subject(&mut self, subject: Facts) {
        for (order, called) in subject.orders.into_iter().zip(subject.said.called) {
            match self.orders.iter().position(|known| *known == order) {
                Some(at) if self.said.called[at] == REFERENCE => self.said.called[at] = called,
                Some(_) => {}
                None => {
                    self.orders.push(order);
                    self.said.called.push(called);
                }
            }
        }
        let lists = [
            (&mut self.amounts, subject.amounts),
            (&mut self.dates, subject.dates),
            (&mut self.durations, subject.durations),
        ];
        for (known, more) in lists {
            more.iter().for_each(|fact| keep(known, fact));
        }
    }
}

/// Extracts the facts of a message. `own` is the company's name, never the customer's.
pub fn read(message: &Message, own: &str, lists: &WordLists) -> Facts {
    let text = message.text.as_str();
    let lower = text.to_ascii_lowercase();
    let sorts = PREFILTER.sorts(text);
    let mut facts = Facts::default();
    if let Some(greeting) = name::greeting(lists, message, own) {
        facts.name = Some(greeting.name);
        facts.said.is_formal = greeting.is_formal;
        facts.said.whole_name = greeting.whole;
    }
    written(text, &lower, sorts, &mut facts);
    if let Some(subject) = &message.subject {
        let mut more = Facts::default();
        written(subject, &subject.to_ascii_lowercase(), PREFILTER.sorts(subject), &mut more);
        facts.add_of_subject(more);
    }
    if sorts & HOW_OFTEN != 0 && sorts & CONTACTED != 0 {
        contacts(&lower, &mut facts);
    }
    if sorts & DEADLINE_DAY != 0
        && let Some(found) = DEADLINE.find_at(&lower, 0)
    {
        facts.said.deadline = deadline(&lower, &lower[found]);
        facts.deadline = facts.said.deadline.clone();
    }
    if facts.deadline.is_none() {
        facts.deadline = limit(text, &lower, &facts.said.spans);
    }
    if sorts & BOUGHT != 0 {
        items(lists, text, &lower, &mut facts);
    }
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        people(lists, text, &mut facts);
    }
    facts
}

/// References, sums, durations and dates, in the order in which one takes a place from the next.
fn written(text: &str, lower: &str, sorts: u32, facts: &mut Facts) {
    let mut taken = Taken::new();
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    if has_digit || sorts & MONEY != 0 {
        figures(text, lower, sorts, facts, &mut taken);
    }
    if sorts & TIME_UNIT != 0 {
        durations(text, lower, facts, &mut taken);
    }
    dates(text, lower, sorts, facts, &mut taken);
    if has_digit {
        unnamed_sums(text, lower, sorts, facts, &mut taken);
    }
}

/// The facts as word ranges, for the phrase index.
pub fn by_words(facts: &Facts, words: &Words) -> Vec<FactWords> {
    let mut found: Vec<FactWords> = facts
        .said
        .spans
        .iter()
        .filter_map(|(kind, span)| {
            let first = words.words.partition_point(|w| (w.end as usize) <= span.start);
            let last = words.words.partition_point(|w| (w.start as usize) < span.end).checked_sub(1)?;
            (first <= last).then_some(FactWords { kind: *kind, first: first as u32, last: last as u32 })
        })
        .collect();
    found.sort_by_key(|fact| fact.first);
    found
}

/// The most facts of a kind.
const MOST: usize = 24;

/// Byte ranges already claimed by facts: start → end, non-overlapping.
type Taken = BTreeMap<usize, usize>;

fn free(taken: &Taken, span: &Range<usize>) -> bool {
    taken.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start)
}

fn keep(list: &mut Vec<String>, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !list.contains(&text) && list.len() < MOST {
        list.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::Phrasebook;

    static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| crate::built_in::phrasebook().unwrap());

    fn facts(text: &str) -> Facts {
        read(&Message::from_text("m", text), "Northlane", &BOOK.words)
    }

    #[test]
    fn the_first_complaint_of_the_readme() {
        let f = facts(
            "I ordered a pair of hiking boots three weeks ago (order A-44192, $149.90). Your site said 3-5 days. I've called twice. My trip is this Saturday!!",
        );
        assert_eq!(f.orders, ["A-44192"]);
        assert_eq!(f.amounts, ["$149.90"]);
        assert_eq!(f.durations, ["three weeks", "3-5 days"]);
        assert_eq!(
            (f.said.ago.as_deref(), f.said.promised.as_deref()),
            (Some("three weeks"), Some("3-5 days"))
        );
        assert_eq!((f.contacts, f.said.contacts.as_deref()), (Some(2), Some("more than once")));
        assert_eq!(f.items, ["hiking boots"]);
        assert_eq!(f.deadline.as_deref(), Some("Saturday"));
    }

    #[test]
    fn references_are_not_years_phones_or_prices() {
        assert_eq!(facts("order number is 88-12345, case no. 5521").orders, ["88-12345", "5521"]);
        assert_eq!(facts("booking ref: QX7K9P2 and #10023").orders, ["QX7K9P2", "10023"]);
        assert!(
            facts("in 2019 I paid $4500, call +441632960961, order placed, account closed").orders.is_empty()
        );
    }

    #[test]
    fn waits_are_told_from_other_times() {
        assert_eq!(facts("I have been on hold for over 2hrs").said.wait.as_deref(), Some("over 2 hours"));
        assert_eq!(facts("my train was 40 mins late").said.wait.as_deref(), Some("40 minutes"));
        assert_eq!(facts("I've been a customer for 20 years").said.wait, None);
    }

    #[test]
    fn what_only_looks_like_a_fact_is_none() {
        assert!(facts("This is the 3rd time I write. It is my 2nd email.").dates.is_empty());
        assert_eq!(facts("It was due on the 3rd and on the 14th.").dates, ["the 3rd", "the 14th"]);
        assert_eq!(facts("My plate stood there for 40 minutes").said.wait, None);
        assert_eq!(facts("It came 3 hours later").said.wait, None);
    }

    #[test]
    fn sums_in_every_usual_form() {
        for sum in
            ["€1.299,50", "1.299,50 €", "45 €", "€45,90", "$5k", "8 600 kr", "1,299.50 pounds", "23 bucks"]
        {
            assert_eq!(facts(&format!("I paid {sum} for it.")).amounts, [sum], "{sum}");
        }
    }

    #[test]
    fn how_often_they_wrote() {
        for (text, n) in [
            ("I emailed you three times", Some(3)),
            ("this is my third email", Some(3)),
            ("I have twice called", Some(2)),
            ("after 4 calls", Some(4)),
            ("It broke two times", None),
        ] {
            assert_eq!(facts(text).contacts, n, "{text}");
        }
        assert_eq!(facts("I called several times").said.contacts.as_deref(), Some("several times"));
    }

    #[test]
    fn references_are_read_whole_with_their_noun() {
        for (text, code, called) in [
            ("My booking (HS-BRS-55120) is gone.", "HS-BRS-55120", "booking"),
            ("Policy 88-441 has lapsed.", "88-441", "policy"),
            ("Invoice no. KV/20873 is wrong.", "KV/20873", "invoice"),
            ("About membership K-5561, please.", "K-5561", "membership"),
            ("We were on flight LX418.", "LX418", "flight"),
            ("The flight number was LX 418.", "LX 418", "flight"),
            ("It is INC-88142 again.", "INC-88142", REFERENCE),
            ("Nothing came. #20417", "20417", REFERENCE),
            ("ref 9920-4417, third try", "9920-4417", "reference"),
            ("It was posted, RR 209 441 738 PT.", "RR 209 441 738 PT", "tracking number"),
            ("parcel 0447 1190 62, still nothing", "0447 1190 62", "parcel"),
            ("student number 24-0618", "24-0618", "student number"),
            ("Plot C/1184 is overgrown", "C/1184", "plot"),
            ("my ticket, number 40716, is void", "40716", REFERENCE),
            ("meter no. E6 40718 is stuck", "E6 40718", "meter"),
            ("crime number 4471/B", "4471/B", "crime reference"),
            ("order no: 551902", "551902", "order"),
            ("see case 88-0147.", "88-0147", "case"),
            ("account 5-882-140", "5-882-140", "account"),
        ] {
            let found = facts(text);
            assert_eq!(found.orders, [code], "{text}");
            assert_eq!(found.said.called, [called], "{text}");
        }
        assert_eq!(facts("orders 90411, 90412 and 90413").orders, ["90411", "90412", "90413"]);
        assert_eq!(facts("booking A-44192 and job 7731-2").said.called, ["booking", "job"]);
    }

    #[test]
    fn the_subject_has_facts_too() {
        let mut message = Message::from_text("m", "Still nothing. It is K-55120.");
        message.subject = Some("Booking K-55120, due 3 May".into());
        let found = read(&message, "Northlane", &BOOK.words);
        assert_eq!((found.orders, found.said.called), (vec!["K-55120".to_owned()], vec!["booking"]));
        assert_eq!(found.dates, ["3 May"]);
    }

    #[test]
    fn other_numbers_are_no_references() {
        let texts = [
            "my passport number is N8841203",
            "Passport: N8841203",
            "my passport (N-8841203) is in the bag",
            "driving licence MORGA-657054",
            "licence number AB-551203",
            "National Insurance number QQ 123456 C",
            "NI no. QQ-123456",
            "NHS number 943 476 5919",
            "my social is 12-3456789",
            "card number 4417-1234",
            "card ending 8840",
            "my bank account number 31926819",
            "account 31926819, sort code 20-30-40",
            "sort code 20-30-40",
            "IBAN is DE44-500105",
            "call me on 07700 900733",
            "phone 01632 960961",
            "my number is 07700900733",
            "tel. 01632-960961",
            "mobile: 07700900733",
            "born 12-03-1961",
            "date of birth 12/03/1961",
            "postcode BS1-4DJ",
            "model DW-600",
            "model number WM-12001",
            "part no. 651-0093",
            "a KF-310 kettle",
            "the DW-600 is out of stock",
            "in 2019 it worked",
            "case of 2024",
            "order in 2025",
            "I want to order 500 cups",
            "can I claim 450 back",
            "please order 2000 leaflets",
            "booking at 14.30",
            "appointment 14:30",
            "invoice 12/03/2026",
            "the invoice was 450 in all",
            "order 250g of flour",
            "job was 270mm wide",
            "a lot 1000 times over",
            "flight 1430 hours",
            "case 24 bottles",
            "vat number DE811907446",
            "tax reference 551/20417",
            "error E-40412",
            "room 2140",
            "we live at number 1182",
            "version 20.4.1182",
            "10AM-12PM",
            "128GB-256GB",
            "plan 500 miles ahead",
            "2020-2021",
            "24/7/365",
            "COVID-19",
            "PIN 4821",
        ];
        let read: Vec<_> = texts.iter().filter(|text| !facts(text).orders.is_empty()).collect();
        assert!(read.is_empty(), "{read:?}");
    }

    #[test]
    fn more_sums() {
        for (text, sum) in [
            ("It was £1.2m in all", "£1.2m"),
            ("that is 40 quid gone", "40 quid"),
            ("you owe me sixty pounds", "sixty pounds"),
            ("nine hundred and forty pounds gone", "nine hundred and forty pounds"),
            ("it was thirty nine pounds sixty", "thirty nine pounds sixty"),
            ("£12 a month", "£12"),
            ("give me the 65.98 back", "65.98"),
            ("I paid 165 for it", "165"),
            ("want my 85 back", "85"),
            ("it is Rs 2,499 now", "Rs 2,499"),
            ("1,299.50 USD", "1,299.50 USD"),
            ("it went up by 30p", "30p"),
            ("only 45 cents", "45 cents"),
            ("AUD 75 a week", "AUD 75"),
            ("R2 300 the pair", "R2 300"),
            ("between £20-30", "£20-30"),
            ("that is a tenner", "a tenner"),
        ] {
            assert_eq!(facts(text).amounts, [sum], "{text}");
        }
        assert_eq!(facts("from £20-£30").amounts, ["£20", "£30"]);
    }

    #[test]
    fn other_figures_are_no_sums() {
        for text in [
            "we paid 3 times",
            "pay in 12 months",
            "charged at 14.30",
            "they took 45 minutes",
            "back in 2019",
            "a 10k run",
            "version 2.15",
            "it weighs 14.75 kg",
            "four pounds of potatoes",
            "call 0.75 km away",
            "at 9.45 the train left",
            "the price of 2 adults",
            "page 12, line 30",
            "deposit on 12 May",
            "costs 15% more",
            "up by 4.64 %",
            "r450 is a name",
            "took 30 people",
        ] {
            assert!(facts(text).amounts.is_empty(), "{text}: {:?}", facts(text).amounts);
        }
    }

    #[test]
    fn durations_and_dates_in_every_usual_form() {
        for (text, said) in [
            ("I waited a fortnight", "a fortnight"),
            ("an hour and a half on hold", "an hour and a half"),
            ("for the best part of a year", "the best part of a year"),
            ("nearly two months now", "nearly two months"),
            ("twenty-four hours", "twenty-four hours"),
            ("it took two and a half hours", "two and a half hours"),
            ("thirteen days late", "thirteen days"),
            ("waited for a week", "a week"),
        ] {
            assert_eq!(facts(text).durations, [said], "{text}");
        }
        for (text, said) in [
            ("since Tuesday", "Tuesday"),
            ("it came yesterday", "yesterday"),
            ("it is Oct 20 now", "Oct 20"),
            ("due on 3/11", "3/11"),
            ("on Saturday, 31st May", "Saturday, 31st May"),
            ("sent in January", "January"),
            ("bought in 2021", "2021"),
            ("due the first of April", "the first of April"),
            ("broken since this morning", "this morning"),
            ("it came last Friday", "last Friday"),
            ("we met on the 17th that month", "the 17th"),
        ] {
            assert_eq!(facts(text).dates, [said], "{text}");
        }
        for text in [
            "£9 a month",
            "once a week",
            "a second chance",
            "he is 7 years old",
            "15 calls a day",
            "how many days",
            "good day",
        ] {
            assert!(facts(text).durations.is_empty(), "{text}");
        }
        for text in [
            "you may go",
            "we march on",
            "I sat down",
            "at 14:30",
            "my father's 80th",
            "24/7 support",
            "copies of 2000 books",
            "the sun shone",
            "12.30 train",
            "this is the 2nd email",
        ] {
            assert!(facts(text).dates.is_empty(), "{text}: {:?}", facts(text).dates);
        }
    }

    #[test]
    fn items_people_and_deadlines() {
        for (text, item) in [
            ("I bought an oak frame for the hall", Some("oak frame")),
            ("we booked a river cruise with you", Some("river cruise")),
            ("the walking boots you sent are odd", Some("walking boots")),
            ("the lamp arrived broken", Some("lamp")),
            ("a refund for the garden bench, please", Some("garden bench")),
            ("I booked a week off", None),
            ("I ordered it twice", None),
            ("the driver came with a friend", None),
            ("I paid for the damage", None),
            ("we ordered recently", None),
        ] {
            assert_eq!(facts(text).items.first().map(String::as_str), item, "{text}");
        }
        for (text, who) in [
            ("I spoke to Dean", Some("Dean")),
            ("a lady called Priya rang", Some("Priya")),
            ("your driver Marek left it", Some("Marek")),
            ("Mrs Fane was kind", Some("Mrs Fane")),
            ("Priya in your claims team", Some("Priya")),
            ("I spoke to Someone", None),
            ("the driver left", None),
        ] {
            assert_eq!(facts(text).people.first().map(String::as_str), who, "{text}");
        }
        assert_eq!(facts("Mrs Fane was kind").said.person, None);
        for (text, day) in [
            ("Please answer by the 28th.", Some("by the 28th")),
            ("Send it before 30 November.", Some("before 30 November")),
            ("Refund it within 14 days.", Some("within 14 days")),
            ("It was due by Friday.", None),
            ("You said by the 3rd.", None),
        ] {
            assert_eq!(facts(text).deadline.as_deref(), day, "{text}");
        }
    }

    const PIECES: &[&str] = &[
        " ",
        " ",
        "\n",
        "order ",
        "no. ",
        "A-44192",
        "(",
        ")",
        "RR 209 441 738 PT",
        "£",
        "12",
        ".50",
        "sixty pounds",
        "the ",
        "my ",
        "bought ",
        "oak frame",
        " arrived broken",
        "Mr Fane",
        "spoke to Dean",
        "3/11",
        " May",
        "by ",
        "Friday",
        "two weeks",
        " a month",
        "é",
        "—",
        "#4417",
        "account ",
        "paid ",
        "in ",
        "2021",
        "’",
        ",",
        " and ",
        "90411",
    ];

    proptest::proptest! {
        #[test]
        fn a_fact_stands_in_the_message(parts in proptest::collection::vec(proptest::sample::select(PIECES), 0..16)) {
            let text = parts.concat();
            let found = facts(&text);
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let all = [found.orders, found.amounts, found.dates, found.durations, found.items, found.people];
            for fact in all.iter().flatten() {
                proptest::prop_assert!(plain(&text).contains(fact.as_str()), "{fact:?} in {text:?}");
            }
        }
    }
}
