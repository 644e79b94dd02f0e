//! How they want to be treated is found, and what sounds alike isn't.

use amends::built_in;
use amends::plan::Options;
use amends::reading::classify;
use amends::render::Templates;
use amends::reply::{Record, reply};
use amends_inbox::message::Message;

/// What they write, and the wish in it.
#[rustfmt::skip]
const WISHES: &[(&str, &str)] = &[
    ("Please don't ring me, I'm at the till all day.", "no_phone"),
    ("I am deaf, so write to me.", "no_phone"),
    ("No calls please, the baby sleeps in the day.", "no_phone"),
    ("I can't talk at work, so text or mail.", "no_phone"),
    ("Do not phone the house, my husband works nights.", "no_phone"),
    ("Dinnae phone us, just write.", "no_phone"),
    ("Please not to call me, my English in telephone is bad.", "no_phone"),
    ("I'm hard of hearing and phone calls are no good to me.", "no_phone"),
    ("And please, no voice notes.", "no_phone"),
    ("I'd rather not be called about the boiler.", "no_phone"),
    ("Never ring this number again, I won't pick up.", "no_phone"),
    ("I don't do phone calls, they make me ill.", "no_phone"),
    ("Please reply by email only.", "email_only"),
    ("E-mail me, nothing else.", "email_only"),
    ("I only want to deal with this in writing.", "email_only"),
    ("Keep it to email please.", "email_only"),
    ("I want everything about the claim by email.", "email_only"),
    ("Contact me only per mail, thanks.", "email_only"),
    ("Email is the only way to get hold of me on the rig.", "email_only"),
    ("Answer me by e-mail and not otherwise.", "email_only"),
    ("Write to me by post please, I have no computer.", "letter_only"),
    ("I don't have email, so send a letter.", "letter_only"),
    ("A letter only please, to the address above.", "letter_only"),
    ("I am not on the internet, so you'll have to write by letter.", "letter_only"),
    ("Answer on paper please, my daughter types this for me.", "letter_only"),
    ("We've nae computer, so post it.", "letter_only"),
    ("By post only, I do not read the mails.", "letter_only"),
    ("Please call me, I can't read emails any more.", "phone_only"),
    ("I'm blind, so ring me rather than write.", "phone_only"),
    ("I cannot read well, please better you call.", "phone_only"),
    ("Phone only please, I'm on the road all day.", "phone_only"),
    ("Ring me, don't write.", "phone_only"),
    ("Gie us a bell instead of writing, ma eyes are bad.", "phone_only"),
    ("Just call me, I never look at my mail.", "phone_only"),
    ("I am dyslexic and would rather be phoned.", "phone_only"),
    ("Please don't send me another form.", "no_form"),
    ("I'm not filling in any more forms.", "no_form"),
    ("No forms, no links, no portal please.", "no_form"),
    ("Don't send me to the chat bot again.", "no_form"),
    ("I will not use your portal.", "no_form"),
    ("Please no more questionnaire, I wrote all already.", "no_form"),
    ("And don't tell me to fill in the claim form online.", "no_form"),
    ("I want a human, not a bot.", "no_form"),
    ("I refuse to go through the app for this.", "no_form"),
    ("I cannae be doing with another form.", "no_form"),
    ("I don't want a voucher.", "no_voucher"),
    ("No credit note, please, I want my money.", "no_voucher"),
    ("Points are no use to me.", "no_voucher"),
    ("I want the money back and not a coupon.", "no_voucher"),
    ("Don't offer me store credit.", "no_voucher"),
    ("Keep your vouchers, I want what I paid.", "no_voucher"),
    ("I will not accept a gift card for the hotel.", "no_voucher"),
    ("Please money and no bonus points.", "no_voucher"),
    ("Cash, not a credit against the next class.", "no_voucher"),
    ("A discount on my next stay is not what I'm after.", "no_voucher"),
    ("And dinnae fob us off wi a voucher.", "no_voucher"),
    ("Please don't cancel it before the 21st, I still need it.", "not_before"),
    ("Do not collect the sofa before Monday.", "not_before"),
    ("Not before 3 June please, we're away.", "not_before"),
    ("Please leave the account open until the 30th.", "not_before"),
    ("Don't take the payment until Friday.", "not_before"),
    ("Nobody should come before Tuesday, we are in hospital.", "not_before"),
    ("Please to stop the contract but not earlier than 1 December.", "not_before"),
    ("Keep the line on till the 14th.", "not_before"),
    ("It must not be picked up before 12 December.", "not_before"),
    ("Anyone but Dean, please.", "not_person"),
    ("I don't want to deal with Karen again.", "not_person"),
    ("Please don't send Mick round again.", "not_person"),
    ("Not that fitter Baz again, please.", "not_person"),
    ("I won't speak to Mr Holt again.", "not_person"),
    ("Please someone other than Julie should answer.", "not_person"),
    ("I do not wish that Mrs Brandt handles this.", "not_person"),
    ("Keep Tony away from my house.", "not_person"),
    ("Please don't pass this to Sandra.", "not_person"),
    ("Please don't tell my wife, it is a surprise.", "private"),
    ("Don't write to my work address.", "private"),
    ("Keep this between us please.", "private"),
    ("Please do not reply to this address, my ex reads it.", "private"),
    ("Nothing by post please, my mum opens my letters.", "private"),
    ("She must not know about this.", "private"),
    ("Please not to mention it to my boss.", "private"),
    ("Please treat this as confidential.", "private"),
    ("I don't want my landlord to find out I wrote.", "private"),
    ("Don't post anything to the flat, it's a present.", "private"),
    ("No need to answer, I just wanted to say it.", "no_reply"),
    ("You don't need to reply.", "no_reply"),
    ("I don't expect an answer.", "no_reply"),
    ("Please no reply, only do it.", "no_reply"),
    ("Nae need tae write back.", "no_reply"),
    ("No reply needed.", "no_reply"),
    ("You must not answer me, I only inform.", "no_reply"),
    ("Please don't send anyone round.", "no_visit"),
    ("I don't want another engineer in my house.", "no_visit"),
    ("No visits please, I am shielding.", "no_visit"),
    ("Don't come to the flat, the dog bites.", "no_visit"),
    ("Please nobody should come to my home.", "no_visit"),
    ("Please don't send another one.", "no_resend"),
    ("I don't want a replacement.", "no_resend"),
    ("Don't bother sending a new one, I bought it elsewhere.", "no_resend"),
    ("You can keep the lamp, don't ship it again.", "no_resend"),
    ("Please not to send it a second time.", "no_resend"),
    ("No replacement please, I've had enough of that kettle.", "no_resend"),
];

/// What they write that only sounds like a wish.
#[rustfmt::skip]
const ALIKE: &[&str] = &[
    "Please put it in writing that I owe nothing.",
    "Please don't tell me it's the courier.",
    "The list is confidential, you said.",
    "I've yet to hear from anyone other than Poppy.",
    "I'll wait until the 16th and then I go to court.",
    "If it can't be before Monday, say so.",
    "I rang and rang and nobody picked up.",
    "You don't ring back.",
    "Nobody called me.",
    "I can't phone while abroad but will next week.",
    "The driver didn't ring the bell.",
    "Why did nobody phone before coming?",
    "My phone doesn't ring since the update.",
    "You said you would call and did not.",
    "Please call me on Monday.",
    "The deaf alarm you fitted doesn't work.",
    "Your phone line is dead.",
    "I don't get calls on the new SIM.",
    "I only got an email from you after two weeks.",
    "I sent an email and heard nothing.",
    "The only email I had was a bill.",
    "Please email me the invoice.",
    "Your letter came late.",
    "The letter only arrived on Friday.",
    "I posted it back to you in May.",
    "I can't read the label on the bottle.",
    "The print is so small I can't read it.",
    "The blind fell off the window.",
    "You said phone only and then nobody answered.",
    "No form arrived.",
    "I filled in the form three times.",
    "Your portal doesn't work.",
    "The chat bot sent me round in circles.",
    "The app won't open.",
    "Please send me the claim form.",
    "There was no form in the box.",
    "The voucher did not work.",
    "I never got the voucher you promised.",
    "My points are gone.",
    "The shop would not accept my gift card.",
    "No voucher came with the order.",
    "Can I have a voucher instead?",
    "My store credit is missing.",
    "It was not delivered before Monday.",
    "Nobody came before Tuesday.",
    "The parcel didn't arrive until the 21st.",
    "I didn't get paid until Friday.",
    "I told Dean about it.",
    "Dean didn't come.",
    "I spoke to Karen again and she was kind.",
    "You didn't send Mick.",
    "Nobody but Dean helped me.",
    "Julie never answered.",
    "My wife told me you had shut.",
    "Nobody told my wife the price.",
    "You sent my letters to my work by mistake.",
    "The confidential file was open on the desk.",
    "There was no reply.",
    "Nobody replied.",
    "I still have no answer.",
    "You didn't need to shout at me.",
    "I expected an answer by Friday.",
    "Nobody came to the flat.",
    "The engineer didn't come.",
    "The replacement did not arrive.",
    "You didn't send another one.",
    "You never sent the new one.",
    "I want a replacement, not a repair.",
];

fn wishes(text: &str) -> Vec<String> {
    let book = built_in::phrasebook().unwrap();
    classify(&book, &Message::from_text("m", text)).wishes
}

fn is_of(wish: &str, id: &str) -> bool {
    wish.split(':').next() == Some(id)
}

#[test]
fn wishes_are_found() {
    let missed: Vec<_> = WISHES
        .iter()
        .map(|(text, wanted)| (text, wanted, wishes(text)))
        .filter(|(_, wanted, found)| !found.iter().any(|wish| is_of(wish, wanted)))
        .collect();
    let found = WISHES.len() - missed.len();
    assert!(found * 10 >= WISHES.len() * 9, "{found} of {}: {missed:#?}", WISHES.len());
}

#[test]
fn what_sounds_alike_is_no_wish() {
    let taken: Vec<_> =
        ALIKE.iter().map(|text| (text, wishes(text))).filter(|(_, found)| !found.is_empty()).collect();
    assert!(taken.len() * 100 <= ALIKE.len() * 3, "{taken:#?}");
}

fn drafted(text: &str) -> Record {
    let book = built_in::phrasebook().unwrap();
    let options = Options::on("2026-11-26".parse().unwrap());
    reply(&book, &Templates::built_in(), &Message::from_text("m", text), &options)
}

/// What they write, what the draft says, and what it doesn't.
#[rustfmt::skip]
const KEPT: &[(&str, &str, &[&str])] = &[
    ("I was charged twice and I'm furious. Reply by email only, please.", "We'll keep to e-mail and won't ring you.", &["555 0100", "call"]),
    ("You charged me twice. I am deaf, so write.", "Nobody will ring you; we'll write instead.", &["555 0100", "call you"]),
    ("Please don't ring me. My parcel hasn't arrived.", "not to ring you, and I'll keep to that.", &["555 0100", "Nobody will ring"]),
    ("My parcel hasn't come. Ring me on 0161 555 0123, don't write.", "I'll ring you on 0161 555 0123 by", &["I'll write"]),
    ("My parcel hasn't come. Ring me, don't write.", "tell me the number that reaches you best", &["I'll write"]),
    ("The lamp came broken. I don't want a replacement.", "You won't be sent another one.", &["replaced"]),
    ("Please cancel my contract, but not before the 21st.", "nothing happens before Monday 21 December", &["as of today"]),
    ("My parcel hasn't come. No need to answer.", "Sam", &["What else", "How else"]),
    ("The sofa is torn. Answer by post only please.", "A letter from me will be on its way", &["555 0100"]),
];

#[test]
fn drafts_keep_to_the_wishes() {
    let mut faults = Vec::new();
    for (text, says, never) in KEPT {
        let record = drafted(text);
        let body = record.draft.map_or_else(String::new, |draft| draft.body);
        let once = says.len() < 10 || body.matches(says).count() == 1;
        if !body.contains(says) || !once || never.iter().any(|words| body.contains(words)) {
            faults.push(format!("{text}\n{body}"));
        }
        if !record.notes.iter().any(|note| note.starts_with("their wishes: ")) {
            faults.push(format!("{text}: no note"));
        }
        if record.lint.iter().any(|finding| finding.rule == "no-inviting-close") {
            faults.push(format!("{text}: asked something"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_day_is_no_deadline_but_a_date() {
    let record = drafted("Please don't collect the sofa before the 21st. The leg is broken.");
    let reading = record.reading.unwrap();
    assert_eq!(reading.wishes, ["not_before:2026-12-21"]);
    assert_eq!(reading.facts.deadline, None);
    assert_eq!(wishes("Please don't collect it before the 21st."), ["not_before:the 21st"]);
    assert_eq!(wishes("Anyone but Mr Holt, please."), ["not_person:Mr Holt"]);
    assert_eq!(wishes("Please don't send anyone round before Monday."), ["not_before:Monday"]);
}
