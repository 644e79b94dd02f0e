//! Who takes over which message, with what reason and first step; and what looks alike but is answered.

use amends::built_in;
use amends::plan::Options;
use amends::render::Templates;
use amends::reply::{Record, reply};
use amends_inbox::message::Message;

fn read(text: &str) -> Record {
    let book = built_in::phrasebook().unwrap();
    let options = Options::on("2026-11-25".parse().unwrap());
    reply(&book, &Templates::built_in(), &Message::from_text("m", text), &options)
}

/// What a message says, who takes over, what the reason names, and words of it that are quoted.
type Held = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const HELD: &[Held] = &[
    ("I don't see much point any more. Please just close the account.", "the safeguarding lead", "someone may not want to live", "see much point"),
    ("Your fitter put his hand on my leg twice.", "the safeguarding lead", "touched, followed or attacked", "hand on my leg"),
    ("Your bus dropped my six-year-old at the gate and drove off.", "the safeguarding lead", "a child was left alone", "six-year-old"),
    ("I can smell gas since your man left on Tuesday.", "the safety lead", "gas, fumes or carbon monoxide", "smell gas"),
    ("The charger caught fire on my desk.", "the safety lead", "fire, smoke or electric shock", "caught fire"),
    ("I cut my hand on the broken shelf and needed four stitches.", "the safety lead", "someone was hurt", "cut my hand"),
    ("The brownie was labelled nut free but my lips went and I used my pen.", "the safety lead", "an allergen", "lips went"),
    ("The bag had somebody else's tablets in it.", "the clinical lead", "a medicine is wrong", "somebody else's tablets"),
    ("The rail of our balcony is coming away on one side.", "the safety lead", "a place or product is unsafe", "coming away"),
    ("Please do not ring, he checks my phone and he found me.", "the safeguarding lead", "at risk from a person they know", "he"),
    ("The stairlift has stopped halfway and my mum is upstairs.", "the duty manager", "a frail person is in need", "stairlift has stopped"),
    ("I am stranded at the station with two kids.", "the duty manager", "stranded", "stranded at"),
    ("My husband died in April and another letter came addressed to him.", "the bereavement team", "a bereavement", "died"),
    ("I can see someone else's bill in my account.", "the data protection officer", "someone else saw personal data", "someone else's bill"),
    ("Your driver made racist remarks to my wife.", "the head of customer care", "discrimination", "racist"),
    ("There is a loan in my name I never took out.", "the fraud team", "fraud", "in my name"),
    ("My solicitor will be in touch about the deposit.", "the legal team", "legal", "My solicitor will"),
    ("Trading Standards have the photos of your scales.", "the complaints officer", "a regulator", "Trading Standards"),
    ("The clip goes up tonight on my channel.", "the press office", "going public", "clip goes up"),
    ("The money isn't back, so I'm doing a chargeback with the bank.", "the payments team", "a chargeback", "a chargeback"),
    ("There is water running down behind the socket.", "the safety lead", "fire, smoke", "behind the socket"),
    ("My wife had a shock off the cooker you fitted.", "the safety lead", "fire, smoke", "shock off"),
    ("I got an electric shock from the tap in the bathroom.", "the safety lead", "fire, smoke", "electric shock"),
    ("The extractor pipe is hanging loose over the hob.", "the safety lead", "unsafe", "hanging loose"),
    ("The oven is hanging out of the wall by its cable.", "the safety lead", "unsafe", "hanging out of"),
    ("There is a cable at neck height across the path.", "the safety lead", "unsafe", "neck height"),
    ("I pressed my mother's pendant alarm and nobody answered.", "the safety lead", "unsafe", "nobody answered"),
    ("Your driver's dog bit my leg.", "the safety lead", "someone was hurt", "bit my leg"),
    ("I was bitten by the dog at your yard.", "the safety lead", "someone was hurt", "bitten by the dog"),
    ("I told them about my nut allergy and there were nuts in it.", "the safety lead", "an allergen", "nut allergy"),
    ("My dialysis has been cancelled twice this week.", "the clinical lead", "a medicine", "dialysis"),
    ("I was given double my usual dose.", "the clinical lead", "a medicine", "double my usual dose"),
    ("A letter for another patient was in my envelope with her results.", "the data protection officer", "someone else saw", "letter for another patient"),
    ("In my envelope was a stranger's statement with his account number.", "the data protection officer", "someone else saw", "stranger's statement"),
];

#[test]
fn each_hold_goes_to_its_own_person_for_its_own_reason() {
    let mut faults = Vec::new();
    for (text, to, reason, words) in HELD {
        let record = read(text);
        let told = record.notes.iter().any(|note| note.starts_with("first: "));
        match &record.hold {
            Some(hold)
                if hold.to == *to && hold.reason.contains(reason) && hold.reason.contains(words) && told => {}
            other => faults.push(format!("{text}\n    {other:?} {:?}", record.notes)),
        }
    }
    assert!(HELD.len() >= 20 && faults.is_empty(), "{}", faults.join("\n"));
}

/// Words of danger, law and grief that mean nothing of the kind.
const LOOK_ALIKES: &[&str] = &[
    "We live at Marlow Court and the parcel never came.",
    "You're killing me with these queues.",
    "I cut the label off before I sent it back.",
    "I could have died of embarrassment when the card was declined.",
    "Please fire the manager who designed this form.",
    "The dress is to die for but it came in the wrong size.",
    "Shoot me an email when it is ready.",
    "My gas bill is wrong again.",
    "My solicitor's office ordered a chair and the wheels squeak.",
    "I press the button and nothing happens.",
    "I was charged the full fare for a child's ticket.",
    "You disabled the account by mistake.",
    "There were no injuries, only a bent rim.",
    "Nobody was hurt when the shelf arrived late.",
    "I am not going to sue anybody, I want my money.",
    "I was ten minutes late, sorry, and the shop was shut.",
    "The battery died after a week.",
    "My phone died while I was in your queue.",
    "The food court was busy and the table was dirty.",
    "The smoked fish was bad.",
    "Sue at the desk lost my key.",
    "Your customer service is a joke and the fonts are ugly.",
    "We impressed the kids with the tent, but a pole is missing.",
    "I applied for a refund in May and heard nothing.",
    "I cut the box open and the mug was grey, not blue.",
    "My daughter nearly died of embarrassment.",
    "We nearly died laughing at the photo but the frame is cracked.",
    "I almost died of boredom in your queue.",
    "The smoked salmon never came.",
    "Smoking is not allowed on the balcony, your sign says, but ours had an ashtray.",
    "I got a shock when I opened the bill.",
    "It was a shock to see the price double.",
    "We were shocked by the state of the room.",
    "The electric bike has a flat tyre.",
    "The bottle of water by the socket wrench set was leaking.",
    "The water bill and the electric bill came to the wrong flat.",
    "The plug socket adapter is the wrong type for Spain.",
    "The water bottle does not fit in the pocket.",
    "The extractor fan cover is a different colour from the one I ordered.",
    "Please could someone hang the oven door on the other side.",
    "The curtains are hanging too low.",
    "The lamp hangs a bit crooked.",
    "The cable is two metres too short.",
    "The neck of the jumper is too tight at that height.",
    "The cable car was shut when we came.",
    "I have an allergy to your hold music.",
    "Do you have a menu for allergies?",
    "Is the cake nut free?",
    "My dog bites through every lead you sell, and this one lasted a week.",
    "The dog food bites are stale.",
    "We bit the bullet and paid.",
    "The pendant on the necklace has come off.",
    "The alarm clock does not ring.",
    "The pendant lamp is the wrong size.",
    "The dosing cap on the detergent is missing.",
    "I need a second dose of patience to use your app.",
    "Someone else's turn came before mine in the queue.",
    "Your letter has the wrong date on it.",
    "I was dying to wear the dress on Saturday.",
    "The printer died on Tuesday.",
    "The gate of the parcel locker was open and the parcel was wet.",
    "The shower runs cold near the end.",
    "I ordered a gas hob and got an electric one.",
];

#[test]
fn look_alikes_are_not_held() {
    let held: Vec<String> = LOOK_ALIKES
        .iter()
        .filter_map(|text| read(text).hold.map(|hold| format!("{text}\n    {}", hold.reason)))
        .collect();
    assert!(held.is_empty(), "{}", held.join("\n"));
}

#[test]
fn the_customer_is_told_what_to_do_first_and_nothing_is_promised() {
    for (text, says) in [
        ("I can smell gas since your man left on Tuesday.", "leave the building"),
        ("The charger caught fire on my desk.", "unplug it"),
        ("I don't see much point any more. Please just close the account.", "local emergency number"),
        ("My husband died in April and another letter came addressed to him.", "sad to read of your loss"),
    ] {
        let body = read(text).draft.unwrap().body;
        assert!(body.contains(says), "{text}\n{body}");
        for promise in ["refund", "replacement", "We should have", "compensat"] {
            assert!(!body.contains(promise), "{text}\n{body}");
        }
    }
}

/// Mail of those who are no customers, and what the agent is told of it.
const NO_CUSTOMERS: &[(&str, &str)] = &[
    (
        "Hey there, I was on your site this morning and spotted 14 errors that hide you from Google. We've helped \
         300+ businesses reach page 1 of Google. Book a quick call this week? Reply STOP to unsubscribe.",
        "a sales pitch",
    ),
    (
        "Dear Purchasing Manager, glad to know you are in the market of umbrella. We are a professional factory \
         since 2006, OEM welcome, MOQ 500 pcs, factory price.",
        "a sales pitch",
    ),
    (
        "Hello, I'm a final-year student and my dissertation looks at reverse logistics. Would you fill in a short \
         survey? It is an anonymous questionnaire.",
        "a survey",
    ),
    (
        "Dear accounts, our invoice 70081 is still showing open despite two reminders. Please remit within 7 days.",
        "a supplier's invoice",
    ),
    (
        "Dear neighbours, please note that Church Street will be closed to vehicles on Saturday for the duck race.",
        "a notice",
    ),
    (
        "Light this candle and send it on to nine people you love before midnight. Do not break it.",
        "a chain letter",
    ),
    (
        "Dear user, your mailbox has reached 99% and 14 incoming messages are held. Verify your password now.",
        "a scam",
    ),
    ("FOR IMMEDIATE RELEASE. Press pack attached, interviews and images available.", "a press release"),
];

#[test]
fn senders_who_are_no_customers_get_no_draft_and_the_agent_is_told_why() {
    for (text, why) in NO_CUSTOMERS {
        let record = read(text);
        let reading = record.reading.unwrap();
        assert!(record.draft.is_none() && !reading.answerable, "{text}\n{:?}", record.draft);
        assert!(reading.why_not.as_deref().is_some_and(|told| told.contains(why)), "{:?}", reading.why_not);
    }
}

#[test]
fn an_applicant_gets_one_line_that_routes() {
    let record = read(
        "Dear Hiring Team, I would like to apply for the position of technician. Please find attached my CV. I am 19.",
    );
    let body = record.draft.unwrap().body;
    assert!(body.contains("the people who hire") && !body.contains("sorry"), "{body}");
    assert!(record.promises.is_empty(), "{:?}", record.promises);
}

/// Customers who mention what the others write about.
const CUSTOMERS: &[&str] = &[
    "I filled in your survey three weeks ago and the voucher never came.",
    "You sent me an invoice for 88 pounds that I have already paid.",
    "Your SEO course cost me $300 and the videos don't load.",
    "I found your shop on page 1 of Google, ordered a lamp, and it never came.",
    "My application for a new card was refused and nobody tells me why.",
    "The free trial charged my card after I cancelled it.",
    "Your press release says you deliver in a day; mine took nine.",
    "Dear accounts, your invoice 3319 has the cabinet on it twice. Please send a new one.",
    "I was on your site to change my booking and it crashed.",
    "Your notice says the pool will be closed on the day I booked, so I want my money back.",
    "I got an order meant for someone else.",
    "Did you know that your driver left my parcel in the rain?",
    "My job starts at six, so please deliver before.",
    "I did a work placement in your shop and was never paid my fares.",
];

#[test]
fn no_customer_is_silenced() {
    for text in CUSTOMERS {
        let record = read(text);
        assert!(record.draft.is_some(), "{text}\n{:?}", record.reading.unwrap().why_not);
        assert!(!record.notes.iter().any(|note| note.starts_with("no customer")), "{text}");
    }
}
