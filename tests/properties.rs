//! Whatever comes in: no panic, no secret out, one record out for one in, nothing unfilled.

use amends::plan::Options;
use amends::render::Templates;
use amends::reply::{Record, reply};
use amends_inbox::formats::{self, Format};
use amends_inbox::message::Message;
use amends_inbox::{mbox, newest};
use amends_phrasebook::Phrasebook;
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;

static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| amends::built_in::phrasebook().unwrap());
static TEMPLATES: LazyLock<Templates> = LazyLock::new(Templates::built_in);

fn draft(message: &Message) -> Record {
    let options = Options::on(date(2026, 11, 23));
    reply(&BOOK, &TEMPLATES, message, &options)
}

/// Text as customers type it, mixed with what breaks programs.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("I ordered a pair of boots three weeks ago".to_owned()),
        Just("they STILL have not arrived!!".to_owned()),
        Just("order A-44192, $149.90".to_owned()),
        Just("I've called you twice, you charged me £20 twice".to_owned()),
        Just("{{ name }} {% if x %} {# c #}".to_owned()),
        Just("my solicitor will sue you idiots".to_owned()),
        Just("\u{1b}[31mred\u{200b}und\u{202e}\r\n.\r\nFrom: x".to_owned()),
        Just("card 4111 1111 1111 1111 cvv 123".to_owned()),
        Just("\n> quoted\n\nOn Mon, 3 Nov 2025, a@b.example wrote:\n".to_owned()),
        Just("\n-----Original Message-----\nFrom: a\n".to_owned()),
        Just("\nFrom: a@b.example\nSent: Monday\nSubject: x\n\n".to_owned()),
        Just("\nSent from my iPhone\n".to_owned()),
        Just("\n-- \nAnn\n".to_owned()),
        Just("Thanks, Tom".to_owned()),
        Just("#myheadset is broken, #mybad".to_owned()),
        Just("Where is my".to_owned()),
        Just("Why was my new phone case not sent? Can I get one?".to_owned()),
        "(did|does|do|is|are|can|will|why|what|how|when|where) ?(you|i|it|my|the|do|long)?( [a-z]{1,8}){0,4}( charge| take| my)?\\?",
        "(my|i|we|it|you) (was|not|can't|have|never|card)?( [a-z]{1,8}){0,4}",
        "\\PC{0,40}",
        "[a-z]{1,9}( [a-z']{1,9}){0,8}[.!?]?",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|parts| parts.join(" "))
}

fn fine(record: &Record) {
    let shown = serde_json::to_string(record).unwrap();
    assert!(!shown.contains("4111 1111"), "{shown}");
    let Some(draft) = &record.draft else { return };
    for text in [&draft.subject, &draft.body] {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.chars().any(|c| ('\u{202a}'..='\u{202e}').contains(&c)), "{text:?}");
    }
    assert!(!draft.subject.contains('\n'));
    let faults: Vec<_> =
        record.lint.iter().filter(|f| f.rule != "hole" || !draft.body.contains("{{ name")).collect();
    assert!(faults.is_empty(), "{faults:?}\n{}", draft.body);
    assert!(!draft.body.contains("{{") && !draft.body.contains("{%"), "{}", draft.body);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_a_clean_record(text in messy(), subject in prop::option::of(messy()), name in prop::option::of("\\PC{0,20}")) {
        let mut message = Message { subject, ..Message::default() };
        message.id = "m".into();
        message.text = text;
        message.from = name.map(|name| amends_inbox::message::Mailbox { name: Some(name), address: None });
        message.finish();
        fine(&draft(&message));
    }

    #[test]
    fn any_bytes_are_a_message_or_a_clear_error(bytes in prop::collection::vec(any::<u8>(), 0..400), head in prop::bool::ANY) {
        let mut input = if head { b"From: Ann <ann@x.example>\nSubject: hi\n\n".to_vec() } else { Vec::new() };
        input.extend(&bytes);
        for format in [Format::Email, Format::Text] {
            match formats::single("m", &input, format, &[]) {
                Ok(message) => fine(&draft(&message)),
                Err(unread) => prop_assert!(unread.message.len() > 10),
            }
        }
        let _ = formats::record(1, &input, &[], &[]);
    }

    #[test]
    fn one_record_out_for_one_in(texts in prop::collection::vec(messy(), 1..12)) {
        let lines: String = texts.iter().enumerate().map(|(n, t)| serde_json::json!({"id": n, "text": t}).to_string() + "\n").collect();
        let read: Vec<_> = formats::lines(lines.as_bytes()).map(|l| { let (n, bytes) = l.unwrap(); formats::record(n, &bytes, &[], &[]).unwrap() }).collect();
        prop_assert_eq!(read.iter().map(|m| m.id.clone()).collect::<Vec<_>>(), (0..texts.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_cut_off_is_kept(text in messy()) {
        let parts = newest::split(&text);
        let letters = |text: &str| { let mut l: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect(); l.sort_unstable(); l };
        let kept = [Some(parts.newest.clone()), parts.signature, parts.history].into_iter().flatten().collect::<String>();
        prop_assert_eq!(letters(&text), letters(&kept));
        prop_assert!(!parts.newest.trim().is_empty() || text.trim().is_empty());
    }

    #[test]
    fn any_mbox_gives_back_its_bytes(pieces in prop::collection::vec("(From |>From |From: |x| |\n){0,12}\n?", 0..12)) {
        let mbox = pieces.concat();
        let mails: Vec<mbox::Mail> = mbox::mails(mbox.as_bytes(), 10_000).map(Result::unwrap).collect();
        let letters = |bytes: &[u8]| bytes.iter().filter(|b| **b == b'x').count();
        let separators: usize = mbox.lines().filter(|l| l.starts_with("From ")).map(|l| letters(l.as_bytes())).sum();
        let read: usize = mails.iter().map(|m| letters(&m.bytes)).sum();
        prop_assert!(read <= letters(mbox.as_bytes()) && read + separators >= letters(mbox.as_bytes()));
        let ranges = mbox::concatenated(mbox.as_bytes());
        prop_assert_eq!(ranges.iter().map(|r| r.len()).sum::<usize>(), mbox.len());
    }

    #[test]
    fn the_same_message_gets_the_same_draft(text in messy()) {
        let message = Message::from_text("m", &text);
        prop_assert_eq!(serde_json::to_string(&draft(&message)).unwrap(), serde_json::to_string(&draft(&message)).unwrap());
    }

    #[test]
    fn any_phrasebook_is_read_or_refused(source in "[a-z:\\-\\[\\]{}\"'# \n|()*.<>]{0,200}") {
        if let Err(rejected) = amends::built_in::parse("p.yaml", &source) {
            prop_assert!(!rejected.diagnostics.is_empty());
            prop_assert!(rejected.to_string().contains("p.yaml"));
        }
    }
}
