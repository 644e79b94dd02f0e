//! Sentences that mislead a reader of words: negation, hypotheticals, sarcasm, resolved troubles,
//! quotes, comparisons, background, mixed and misspelt ones, each with its right reading.

use amends::reading::classify;
use amends_inbox::message::Message;

/// A sentence, its kind ("" where either will do), the issue that comes first ("" for any, "none"
/// for none), an issue that must not be found, and the first wish ("" for any, "none").
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Negation.
    ("The waiter wasn't rude at all, but our food took an hour.", "complaint", "waiting", "rude_staff", ""),
    ("I don't want a refund, I want my parcel.", "complaint", "", "", "delivery"),
    ("I am not asking for my money back, just a working kettle.", "complaint", "", "", ""),
    ("Nothing was damaged, but half of the order is missing.", "complaint", "wrong_item", "damaged_item", ""),
    ("It isn't the price that bothers me, it's that nobody answers the phone.", "complaint", "", "price", ""),
    ("I have not been charged twice, I have been charged three times.", "complaint", "billing", "", ""),
    ("My parcel was not late, it never came at all.", "complaint", "", "", ""),
    ("I never had a problem with your staff, they were kind, but the room was filthy.", "complaint", "cleanliness", "rude_staff", ""),
    ("No complaints about the food, only that we waited 50 minutes for it.", "complaint", "waiting", "poor_quality", ""),
    // Hypotheticals.
    ("If my order doesn't arrive tomorrow I'll want my money back.", "", "", "damaged_item", "refund"),
    ("The boots still haven't arrived. Please refund me if they can't be here by then.", "complaint", "late_delivery", "", "refund"),
    ("No. My bag was not on the belt.", "complaint", "", "", ""),
    ("What happens if my parcel gets lost?", "question", "", "", ""),
    ("Would I get a refund if I cancelled next week?", "question", "", "", ""),
    ("Can I change the delivery address before you send it?", "", "", "damaged_item", ""),
    ("How do I return something if it doesn't fit?", "question", "", "", ""),
    ("I hope it won't be late again this time.", "", "", "lost_item", ""),
    ("Do you refund the fare when a train is cancelled?", "question", "", "", ""),
    // Sarcasm plain from its form.
    ("Great job losing my bag.", "complaint", "lost_item", "", ""),
    ("Thanks for nothing, my order is still not here.", "complaint", "late_delivery", "", ""),
    ("Oh brilliant, another cancelled train. Well done.", "complaint", "service_cancelled", "", ""),
    ("Thanks for ruining our holiday.", "complaint", "", "", ""),
    ("Love waiting two hours for a taxi that never shows up.", "complaint", "", "", ""),
    ("Wonderful customer service: forty minutes on hold and then cut off.", "complaint", "", "", ""),
    ("Fantastic. Charged twice again.", "complaint", "billing", "", ""),
    // Resolved.
    ("It was late, but it came this morning, thanks.", "", "", "lost_item", ""),
    ("My parcel was lost but you found it, thank you so much!", "praise", "", "", ""),
    ("The app crashed yesterday but it is working again now, thanks.", "praise", "", "", ""),
    ("Problem solved, thanks for the quick help.", "praise", "none", "", ""),
    ("The refund arrived today, thank you.", "praise", "", "", ""),
    ("All sorted now, your agent was lovely.", "praise", "none", "", ""),
    // What others said.
    ("Your agent said \"your parcel is lost\", but it was in the porch all along. Nobody checked.", "complaint", "", "", ""),
    ("He told me it was my fault that the chair broke.", "complaint", "", "", ""),
    ("The driver said the box was already damaged when he got it.", "complaint", "damaged_item", "", ""),
    // Comparison and background.
    ("Other shops deliver in two days; you took three weeks.", "complaint", "late_delivery", "", ""),
    ("I left my last bank because of hidden fees. With you I can't log in.", "complaint", "account_access", "", ""),
    ("I'm a nurse and work nights, so I need the delivery after noon; it came at 8 and I missed it.", "", "", "rude_staff", ""),
    ("I bought it because my old one broke. The new one arrived scratched.", "complaint", "damaged_item", "", ""),
    ("Unlike my last hotel, yours was spotless.", "praise", "none", "cleanliness", ""),
    ("I have been a customer for ten years and never waited, until today: an hour in the queue.", "complaint", "waiting", "", ""),
    // Praise, and praise with a but.
    ("The nurse was patient with me and never made me wait.", "praise", "", "waiting", ""),
    ("Lovely hotel, shame about the dirty bathroom.", "complaint", "cleanliness", "", ""),
    ("Great food but the waiter was rude to my mother.", "complaint", "rude_staff", "", ""),
    ("I can't fault your service.", "praise", "none", "poor_service", ""),
    ("Couldn't have asked for better help.", "praise", "none", "poor_service", ""),
    ("Not bad at all, would book again.", "praise", "none", "poor_quality", ""),
    ("Never had any trouble with you in five years.", "praise", "none", "", ""),
    // Questions and requests that tell of no trouble.
    ("Could you tell me your opening hours on Sunday?", "", "none", "", ""),
    ("Please send me a copy of my invoice.", "request", "", "refund", ""),
    ("What's your returns policy?", "question", "", "", ""),
    ("I would like to order two more of the blue lamps.", "request", "", "poor_quality", ""),
    // Chatter.
    ("Just watched the match, what a game!", "other", "none", "", ""),
    ("lol your new advert", "other", "none", "", ""),
    // Wishes as asked.
    ("Please don't send a replacement, just give me my money back.", "complaint", "", "", "refund"),
    ("I'd rather have it repaired than replaced.", "", "", "", "repair"),
    ("Keep your voucher, I want an apology.", "complaint", "", "", "apology"),
    ("Cancel my membership, please, I'm moving abroad.", "", "cancellation", "", "cancellation"),
    // As people type.
    ("i never recieved my pacel its been 3 weeks", "complaint", "late_delivery", "", ""),
    ("cant acess my acount it keeps saying wrong pasword", "complaint", "account_access", "", ""),
    ("u guys charged me twise want a refun", "complaint", "", "", "refund"),
    ("wheres my order?? still waitingggg", "complaint", "late_delivery", "", ""),
    ("worst. service. ever. #neveragain", "complaint", "poor_service", "", ""),
    ("my flght got canceld and noone told us", "complaint", "service_cancelled", "", ""),
    ("dissapointed, the shose fell apart after 2 wks", "complaint", "poor_quality", "", ""),
    // Two at once, the main one first.
    ("My suitcase is lost, and the woman at the desk shrugged.", "complaint", "lost_item", "", ""),
    ("The phone arrived with a cracked screen and you won't refund me.", "complaint", "damaged_item", "", ""),
    ("Someone has used my card in another country and I can't get through to you.", "complaint", "fraud", "", ""),
];

#[test]
fn hard_sentences_are_read_right() {
    let book = amends::built_in::phrasebook().unwrap();
    let mut faults = Vec::new();
    for (text, kind, first, never, want) in CASES {
        assert!(
            [kind, first, never, want].iter().any(|asked| !asked.is_empty()),
            "nothing is asked of: {text}"
        );
        let reading = classify(&book, &Message::from_text("m", text));
        let found = reading.issues.first().map_or("none", |issue| issue.id.as_str());
        let wish = reading.wants.first().copied().unwrap_or("none");
        let right = (kind.is_empty() || *kind == reading.kind)
            && (first.is_empty() || *first == found)
            && (never.is_empty() || reading.issues.iter().all(|issue| issue.id != *never))
            && (want.is_empty() || *want == wish);
        if !right {
            let issues: Vec<_> = reading
                .issues
                .iter()
                .map(|i| (i.id.as_str(), i.score, i.evidence[0].text.as_str()))
                .collect();
            faults.push(format!(
                "{text}\n    wanted {kind} {first} not {never} {want}; got {} {issues:?} {:?}",
                reading.kind, reading.wants
            ));
        }
    }
    assert!(
        CASES.len() >= 60 && faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        CASES.len(),
        faults.join("\n")
    );
}
