//! The rules of a good reply that live in a draft, each by its number.

use amends::plan::Options;
use amends::render::Templates;
use amends::reply::{Record, reply};
use amends_inbox::message::{Channel, Message};
use amends_phrasebook::Phrasebook;
use jiff::civil::date;
use std::sync::LazyLock;

static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| amends::built_in::phrasebook().unwrap());
static TEMPLATES: LazyLock<Templates> = LazyLock::new(Templates::built_in);

const BOOTS: &str = "I ordered a pair of hiking boots three weeks ago (order A-44192, $149.90) and they still have not come. \
     I've called twice. I want my money back!!";

fn record_with(text: &str, channel: Channel, options: &Options) -> Record {
    let message = Message { channel, ..Message::from_text("m", text) };
    let record = reply(&BOOK, &TEMPLATES, &message, options);
    assert!(record.lint.is_empty(), "{:?}\n{:?}", record.lint, record.draft);
    record
}

fn record(text: &str) -> Record {
    record_with(text, Channel::Email, &Options::on(date(2026, 11, 23)))
}

fn body(text: &str) -> String {
    record(text).draft.unwrap_or_else(|| panic!("no draft for {text}")).body
}

fn at(text: &str, part: &str) -> usize {
    text.find(part).unwrap_or_else(|| panic!("no \"{part}\" in\n{text}"))
}

fn lacks(text: &str, parts: &[&str]) {
    let lower = text.to_lowercase();
    for part in parts {
        assert!(!lower.contains(part), "\"{part}\" in\n{text}");
    }
}

fn has_one_of(text: &str, parts: &[&str]) {
    assert!(parts.iter().any(|p| text.contains(p)), "none of {parts:?} in\n{text}");
}

#[test]
fn p01_the_first_sentence_acknowledges_this_message() {
    for (text, about) in [
        (BOOTS, "A-44192"),
        ("Nobody picks up the phone when I call your helpline.", "picks up"),
        ("The staff shouted at me in front of everybody.", "shouted at"),
    ] {
        let body = body(text);
        let first = body.split("\n\n").nth(1).unwrap().split(". ").next().unwrap().to_owned();
        assert!(first.contains(about), "{first}\n{body}");
    }
}

#[test]
fn p02_the_problem_is_restated_with_their_facts() {
    let body = body(BOOTS);
    for fact in ["hiking boots", "three weeks ago", "A-44192", "more than once"] {
        at(&body, fact);
    }
}

#[test]
fn p03_the_feeling_is_met() {
    has_one_of(&body("I am so angry, this is a disgrace! You charged me twice again!!!"), &["angry"]);
    has_one_of(
        &body("I'm really worried, my transfer of $300 has not arrived and I need it."),
        &["worries", "worry", "really sorry"],
    );
}

#[test]
fn p04_and_p05_the_apology_is_outright_and_never_aimed_at_the_customer() {
    for text in [BOOTS, "My parcel has not arrived.", "The room was filthy.", "I was overcharged again."] {
        let body = body(text);
        has_one_of(&body, &["sorry", "apologise"]);
        lacks(&body, &["sorry if", "inconvenience", "sorry that you feel", "sorry to hear", "regret"]);
    }
}

#[test]
fn p06_liability_is_not_admitted_and_a_person_takes_over() {
    let record = record("Your heater caught fire and burned my son's hand. My solicitor will write to you.");
    assert_eq!(record.hold.as_ref().map(|h| h.to.as_str()), Some("the safety lead"));
    let body = record.draft.unwrap().body;
    at(&body, "sorry about what happened");
    lacks(&body, &["our mistake", "on us", "our fault", "responsib"]);
}

#[test]
fn p07_responsibility_is_taken_where_it_is_ours() {
    let body = body("You sent me the wrong colour, I ordered blue.");
    has_one_of(&body, &["That was our mistake.", "That's on us.", "That's our responsibility."]);
}

#[test]
fn p08_no_excuse_and_no_blame() {
    lacks(
        &body("My flight was delayed for five hours because of the weather and the courier lost my bag."),
        &["weather", "courier", "unfortunately", "policy", "you should have", "out of our control"],
    );
}

#[test]
fn p09_the_solution_comes_after_the_apology() {
    let body = body(BOOTS);
    assert!(at(&body, "sorry") < at(&body, "I'm arranging"), "{body}");
}

#[test]
fn p10_a_vague_message_gets_an_open_question() {
    let record = record("I am not happy with this at all.");
    assert!(record.reading.unwrap().issues.is_empty());
    let body = record.draft.unwrap().body;
    has_one_of(
        &body,
        &["tell me what happened", "what matters most to you", "What happened?", "What was it"],
    );
    lacks(&body, &["order", "refund", "parcel"]);
}

#[test]
fn p11_only_what_is_missing_is_asked_for() {
    at(&body("My parcel has not arrived."), "order number");
    lacks(&body(BOOTS), &["order number"]);
    for text in [BOOTS, "My parcel has not arrived.", "I am very disappointed with you."] {
        let questions = body(text).matches('?').count();
        assert!(questions <= 3, "{}", body(text));
    }
}

#[test]
fn p11_a_number_that_stands_in_the_thread_is_not_asked_for() {
    let asks = |history: Option<&str>| {
        let message = Message {
            history: history.map(str::to_owned),
            ..Message::from_text("m", "Still nothing has arrived from the parcel and I am cross.")
        };
        let record = reply(&BOOK, &TEMPLATES, &message, &Options::on(date(2026, 11, 23)));
        record.draft.unwrap().body
    };
    has_one_of(&asks(None), &["your order number"]);
    let known = asks(Some("On 3 May Care wrote:\n> Your order 77-10234 is on its way."));
    has_one_of(&known, &["order 77-10234"]);
    lacks(&known, &["order number"]);
    has_one_of(&asks(Some("Orders 77-10234 and 77-10299 are on their way.")), &["your order number"]);
}

#[test]
fn p12_a_misunderstanding_is_cleared_up_without_being_right() {
    let body =
        body("I was told the delivery was free but now I have been charged for it. That's misleading.");
    lacks(&body, &["you are wrong", "misunderst", "as stated", "our policy"]);
}

#[test]
fn p13_p14_and_p15_a_choice_and_the_pen_are_offered() {
    at(&body("The kettle arrived broken."), "tell me which");
    has_one_of(
        &body("My parcel has not arrived."),
        &["something else", "If this doesn't work for you", "if that isn't what you need"],
    );
    has_one_of(
        &body("You are useless, nobody answers my emails, it's your fault."),
        &["What do you think would be fair?", "a fair way to settle it?", "right in your eyes?"],
    );
}

#[test]
fn p16_hardship_is_a_reason_to_ask_for_an_exception() {
    let record = record(
        "I was made redundant and can't use the course I booked. The staff were rude about it. I want my money back.",
    );
    let body = record.draft.as_ref().unwrap().body.clone();
    at(&body, "money is tight");
    assert!(record.promises.iter().any(|p| p.todo.contains("refund") && p.approval), "{:?}", record.promises);
    assert!(record.notes.iter().any(|n| n.contains("extenuating")), "{:?}", record.notes);
}

#[test]
fn p17_nothing_is_thrown_at_what_can_be_solved() {
    lacks(
        &body("The website crashed while I was paying."),
        &["discount", "voucher", "free", "credit", "compensat", "refund"],
    );
}

#[test]
fn p18_an_out_of_line_request_is_declined_with_a_reason_and_another_way() {
    let body = body("Your cashier was rude to me. I want her fired. She should lose her job.");
    let no = at(&body, "isn't something I can promise");
    assert!(no < at(&body, "because") && no < at(&body, "I'm making sure"), "{body}");
}

#[test]
fn p19_every_step_has_a_date() {
    for text in [BOOTS, "The room was dirty.", "Can you tell me when my order will arrive?"] {
        has_one_of(
            &body(text),
            &["by Tuesday 24 November", "By Tuesday 24 November", "ednesday 25 November"],
        );
    }
}

#[test]
fn p20_a_person_and_a_contact_are_named() {
    let body = body(BOOTS);
    at(&body, "care@northlane.example");
    assert!(body.trim_end().ends_with("Sam\nNorthlane\ncare@northlane.example · 555 0100"), "{body}");
}

#[test]
fn p21_a_transfer_is_told_by_its_benefit() {
    has_one_of(&body("You charged me twice for the same order."), &["specialist, who can see"]);
}

#[test]
fn p22_the_right_person_takes_over_when_it_is_time() {
    for (text, to) in [
        ("I will sue you. My lawyer will be in touch about the refund.", "legal team"),
        ("I'm going to the ombudsman about this overcharging.", "complaints officer"),
        ("I'll tell the newspapers how you treat people.", "press"),
    ] {
        let hold = record(text).hold.unwrap_or_else(|| panic!("no hold: {text}"));
        assert!(hold.to.contains(to), "{hold:?}");
    }
}

#[test]
fn p23_a_cancellation_is_done_at_once() {
    let body = body("Please cancel my subscription. I don't want a call about it.");
    at(&body, "as of today, Monday 23 November");
    at(&body, "nothing you need to do");
    lacks(&body, &["may i ask", "why", "stay", "offer", "call me", "reconsider"]);
}

#[test]
fn what_is_asked_for_in_case_is_neither_done_at_once_nor_passed_over() {
    for (text, says) in [
        (
            "My order is a week late. If it isn't here by Friday, I want a refund.",
            ["your refund", "you'd like a refund"],
        ),
        (
            "The blender came broken. Refund me if you can't send another one.",
            ["to refund you if", "your money back"],
        ),
        (
            "The internet is down again. If it's not fixed by Monday, cancel my contract.",
            ["to cancel", "do it"],
        ),
        (
            "The kettle leaks. Unless you can repair it, send me a replacement.",
            ["what it takes", "a replacement"],
        ),
    ] {
        let record = record(text);
        let body = record.draft.unwrap().body;
        has_one_of(&body, &says);
        lacks(&body, &["arranging that", "what i'm arranging", "i'm cancelling"]);
        let done = |todo: &str| {
            todo.starts_with("cancel") || ["arrange the refund", "arrange the replacement"].contains(&todo)
        };
        assert!(!record.promises.iter().any(|p| done(&p.todo)), "{body}");
    }
    // A polite "if" is no condition.
    at(&body("The blender came broken. I'd be grateful if you could refund me."), "arranging");
}

#[test]
fn p24_in_public_there_is_a_private_way_and_no_details() {
    let options = Options::on(date(2026, 11, 23));
    let body = record_with(BOOTS, Channel::Social, &options).draft.unwrap().body;
    assert!(body.chars().count() <= 280, "{body}");
    at(&body, "care@northlane.example");
    lacks(&body, &["a-44192", "149.90", "maria"]);
}

#[test]
fn p25_an_angry_writer_is_offered_a_call() {
    at(&body("This is outrageous! I'm furious. You lost my bag and nobody cares!!!"), "call");
}

#[test]
fn p26_and_p29_what_is_promised_is_listed() {
    let record = record(BOOTS);
    let body = record.draft.unwrap().body;
    at(&body, "Wednesday 25 November");
    assert!(record.promises.len() >= 3);
    assert!(record.promises.iter().all(|p| p.by == "2026-11-25"), "{:?}", record.promises);
    assert!(record.promises.iter().any(|p| p.todo.contains("refund")), "{:?}", record.promises);
}

#[test]
fn p27_a_follow_up_asks_whether_it_is_solved() {
    let options = Options { stage: "follow-up", ..Options::on(date(2026, 11, 23)) };
    let body = record_with(BOOTS, Channel::Email, &options).draft.unwrap().body;
    has_one_of(&body, &["Has it been put right", "Is it really settled"]);
}

#[test]
fn p28_the_last_sentence_invites() {
    for text in [BOOTS, "The lamp is lovely, thank you!", "Do you ship to France?", "Hello there"] {
        let body = body(text);
        let last = body.rsplit("\n\n").find(|p| p.contains('?')).unwrap().to_owned();
        assert!(last.starts_with("What") || last.starts_with("How"), "{body}");
    }
}

#[test]
fn p30_p37_and_p41_anger_and_abuse_are_not_mirrored() {
    let record = record("YOU STUPID IDIOTS LOST MY PARCEL AGAIN!!!");
    let body = record.draft.unwrap().body;
    lacks(&body, &["!", "idiot", "stupid"]);
    at(&body, "keep it civil");
    assert!(record.hold.is_some());
}

#[test]
fn p31_two_drafts_do_not_read_the_same() {
    let bodies: Vec<String> = (0..50)
        .map(|n| body(&format!("My parcel {n} has not arrived and I have waited two weeks for it.")))
        .collect();
    let mut different = bodies.clone();
    different.sort();
    different.dedup();
    assert!(different.len() >= 25, "{}", different.len());
}

#[test]
fn p32_the_tone_is_personal() {
    lacks(
        &body(BOOTS),
        &["dear", "kindly", "please be advised", "correspondence", "i am ", "we are ", "valued"],
    );
}

#[test]
fn p33_two_facts_of_theirs_come_back() {
    let body = body("Order 55-90213 came last Tuesday and I was charged $20 twice for it.");
    at(&body, "55-90213");
}

#[test]
fn p34_nothing_is_pressed_or_hidden() {
    for text in [BOOTS, "Please cancel my membership.", "Too expensive!"] {
        lacks(&body(text), &["only if", "small print", "last chance", "before you go", "special offer"]);
    }
}

#[test]
fn p35_what_cannot_wait_comes_before_questions() {
    let urgency = |text: &str| record(text).reading.unwrap().urgency;
    let question = urgency("Do you deliver to the islands?");
    let late = urgency("My parcel has not arrived and I am cross.");
    let now = urgency("There is no heating and our baby is cold. Somebody must come today, it is urgent!");
    assert!(question < late && late < now, "{question} {late} {now}");
}

#[test]
fn p36_a_meek_writer_is_drawn_out() {
    let body = body("Sorry to bother you, I'm sure you're busy. It wasn't quite what I hoped for.");
    at(&body, "I'm glad you did");
    has_one_of(&body, &["As much or as little detail", "what matters most to you"]);
}

#[test]
fn p38_a_high_roller_hears_sooner() {
    let text =
        "We are on your enterprise plan with 400 seats and the dashboard has been down since this morning.";
    let record = record(text);
    assert_eq!(record.reading.as_ref().unwrap().customer, "high_roller");
    assert!(record.promises.iter().all(|p| p.by == "2026-11-24"), "{:?}", record.promises);
    at(&record.draft.unwrap().body, "I own this from here on");
}

#[test]
fn p39_a_chronic_writer_is_told_the_cause_is_looked_for() {
    let body = body(
        "This is the fifth time I've had to complain about the same thing: my bill is wrong again, as it was last month.",
    );
    has_one_of(&body, &["what keeps causing it", "isn't the first time"]);
}

#[test]
fn p40_a_barnacle_gets_no_more_than_the_policy() {
    let record = record(
        "I want a full refund, compensation and a free upgrade for life, or I will leave bad reviews everywhere.",
    );
    lacks(&record.draft.unwrap().body, &["i'm arranging", "voucher"]);
}

#[test]
fn p46_a_concession_names_the_value_that_allows_it() {
    let record =
        record("My husband died in May and you still charge me for his phone. I want the money back.");
    assert!(record.notes.iter().any(|n| n.contains("our value:")), "{:?}", record.notes);
}

#[test]
fn p26_promised_dates_are_working_days() {
    for (today, by) in
        [("2026-12-24", "2026-12-30"), ("2026-11-27", "2026-12-01"), ("2026-11-28", "2026-12-01")]
    {
        let options = Options::on(today.parse().unwrap());
        let record = record_with("My parcel has not arrived.", Channel::Email, &options);
        assert!(record.promises.iter().all(|p| p.by == by), "{today}: {:?}", record.promises);
        let day: jiff::civil::Date = by.parse().unwrap();
        at(&record.draft.unwrap().body, &amends::plan::calendar::spoken(day));
    }
}

/// The default phrasebook with more wordings under some of its moves.
fn with_wordings(more: &[(&str, &str)]) -> Phrasebook {
    let wordings: String =
        more.iter().map(|(name, wording)| format!("  {name}+:\n    - {wording}\n")).collect();
    amends::built_in::parse("more.yaml", &format!("extends: default\nmoves:\n{wordings}")).unwrap()
}

#[test]
fn a_language_with_wordings_gets_a_receipt_and_one_without_a_hold() {
    const GERMAN: &str = "Wo ist mein Paket? Ich warte seit zwei Wochen und niemand antwortet mir.";
    let held = record(GERMAN);
    assert!(held.draft.is_none());
    assert_eq!(held.hold.unwrap().reason, "the message is in German");

    let book = with_wordings(&[
        ("greet", "{text: \"Guten Tag,\", when: {lang: de}}"),
        ("thanks", "{text: \"danke für Ihre Nachricht, sie ist bei uns angekommen.\", when: {lang: de}}"),
        ("follow_up", "{text: \"Ich antworte Ihnen bis zum {{ by_date }}.\", when: {lang: de}}"),
        ("close", "{text: \"Was kann ich sonst für Sie tun?\", when: {lang: de}}"),
        ("sign", "{text: \"{{ agent }}\", when: {lang: de}}"),
    ]);
    let message = Message::from_text("m", GERMAN);
    let record = reply(&book, &TEMPLATES, &message, &Options::on(date(2026, 11, 23)));
    let draft = record.draft.unwrap();
    assert_eq!(
        draft.body,
        "Guten Tag,\n\ndanke für Ihre Nachricht, sie ist bei uns angekommen.\n\nIch antworte Ihnen bis zum 2026-11-24.\n\nWas kann ich sonst für Sie tun?\n\nSam\n"
    );
    assert_eq!((draft.lang.as_str(), record.hold, record.promises.len()), ("de", None, 1));
}

#[test]
fn a_letter_opens_and_closes_as_its_country_does() {
    let letter = |book: &Phrasebook| {
        let options = Options { template: Some("letter".into()), ..Options::on(date(2026, 11, 23)) };
        reply(book, &TEMPLATES, &Message::from_text("m", BOOTS), &options).draft.unwrap().body
    };
    at(&letter(&BOOK), "\n\nYours sincerely,\n\nSam\nNorthlane");
    let american = "extends: default\ncompany: {locale: en-US}\n";
    let book = amends::built_in::parse("american.yaml", american).unwrap();
    at(&letter(&book), "\n\nSincerely,\n\nSam\nNorthlane");
}
