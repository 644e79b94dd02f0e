//! Each pitfall once seen.

use amends_retell::{Clause, Kind, Lexicon, Reason, Role, Weekday, turn};

fn said(role: Role, text: &str) -> Result<String, Reason> {
    turn(&Lexicon::default(), &Clause::new(text, role)).map(|t| t.sentence()).map_err(|r| r.reason)
}

#[track_caller]
fn turns(role: Role, text: &str, to: &str) {
    assert_eq!(said(role, text).as_deref(), Ok(to), "{text}");
}

#[track_caller]
fn refuses(role: Role, text: &str, why: Reason) {
    assert_eq!(said(role, text), Err(why), "{text}");
}

#[test]
fn persons_are_turned() {
    turns(Role::Trouble, "I ordered the oak frame on the 19th", "You ordered the oak frame on the 19th.");
    turns(
        Role::History,
        "I rang your office on 4 May and was told my order had gone.",
        "You rang our office on 4 May and were told your order had gone.",
    );
    turns(
        Role::Trouble,
        "The coffee machine I bought from you in January leaks from underneath.",
        "The coffee machine you bought from us in January leaks from underneath.",
    );
    turns(Role::Trouble, "You charged me twice in March.", "We charged you twice in March.");
    turns(Role::Trouble, "I'm still waiting for my refund.", "You're still waiting for your refund.");
}

#[test]
fn nothing_inside_quotation_marks_turns() {
    turns(
        Role::History,
        "Your driver told me \"I can't find your house\".",
        "Our driver told you \"I can't find your house\".",
    );
    turns(
        Role::Trouble,
        "The page says 'your account is closed'.",
        "The page says 'your account is closed'.",
    );
}

#[test]
fn slips_are_mended_and_openings_dropped() {
    turns(Role::Trouble, "and also i cant log in to my account", "You can't log in to your account.");
    turns(Role::History, "Rang on Monday and was told to wait", "You rang on Monday and were told to wait.");
    turns(Role::Trouble, "Mum's parcel never came on Friday", "Your mum's parcel never came on Friday.");
}

#[test]
fn dates_get_their_on_and_relative_days_their_name() {
    turns(Role::History, "6 Dec I was told to wait ten days.", "On 6 Dec you were told to wait ten days.");
    let clause = Clause {
        weekday: Some(Weekday::Wednesday),
        ..Clause::new("Your courier left the parcel in the rain yesterday.", Role::Trouble)
    };
    let turned = turn(&Lexicon::default(), &clause).unwrap();
    assert_eq!(turned.sentence(), "Our courier left the parcel in the rain on Tuesday.");
}

#[test]
fn wants_and_questions() {
    turns(Role::Want, "I'd like my £64 back", "You'd like your £64 back.");
    turns(Role::Want, "I want you to call me before noon.", "You'd like us to call you before noon.");
    turns(
        Role::Want,
        "Please send the invoice to my office.",
        "You've asked us to send the invoice to your office.",
    );
    turns(
        Role::Want,
        "Please don't send anybody before Friday",
        "You've asked us not to send anybody before Friday.",
    );
    turns(Role::Want, "our names off every list", "You'd like your names off every list.");
    turns(Role::Question, "Do you do swaps by post?", "You asked whether we do swaps by post.");
    turns(Role::Question, "Does the desk open on Sundays?", "You asked whether the desk opens on Sundays.");
    turns(Role::Question, "When did you send my parcel?", "You asked when we sent your parcel.");
    turns(
        Role::Question,
        "Can a person look at the meter?",
        "You asked whether a person can look at the meter.",
    );
    turns(
        Role::Question,
        "What are you going to do about it tonight?",
        "You asked what we are going to do about it tonight.",
    );
    turns(
        Role::Question,
        "Have you had pest control in this year, and could I see the record?",
        "You asked whether we have had pest control in this year, and whether you could see the record.",
    );
}

#[test]
fn wording_is_left_to_the_caller() {
    let turn = |text| turn(&Lexicon::default(), &Clause::new(text, Role::Want)).unwrap();
    let turned = turn("please cancel the order or change the address");
    assert_eq!(
        (turned.kind, &*turned.text),
        (Kind::Request { negative: false }, "cancel the order or change the address")
    );
    assert_eq!(turned.choices(), Some(("cancel the order", "change the address")));
    assert_eq!(turn("I want a new chair").text, "a new chair");
}

#[test]
fn conditions() {
    turns(
        Role::Condition,
        "If the oak isn't in stock, please send the ash table.",
        "If the oak isn't in stock, you've asked us to send the ash table.",
    );
    refuses(Role::Condition, "If I hear nothing by Friday I'll go to the ombudsman.", Reason::Threat);
    refuses(Role::Condition, "Otherwise I'll ask for the deposit back", Reason::Threat);
}

#[test]
fn refusals_nobody_made_and_blame() {
    refuses(Role::Trouble, "You won't refund me", Reason::BlamesThem);
    refuses(Role::Trouble, "There wasn't enough money in my account", Reason::BlamesThem);
    refuses(Role::History, "The girl said I should have checked the confirmation.", Reason::BlamesThem);
}

#[test]
fn heat_sarcasm_opinion() {
    refuses(Role::Trouble, "The box was empty, you clowns", Reason::Heat);
    refuses(Role::Trouble, "THE BOX WAS EMPTY AGAIN", Reason::Heat);
    refuses(Role::Trouble, "I nearly dropped the whole box on the stairs", Reason::Unclear);
    refuses(Role::Trouble, "I think the box was empty", Reason::Opinion);
    refuses(Role::Trouble, "The box came on Friday, didn't it", Reason::Sarcasm);
    refuses(Role::Question, "Do you think I'm made of money?", Reason::Sarcasm);
}

#[test]
fn secrets_private_matters_and_danger() {
    refuses(Role::Background, "My password is swordfish.", Reason::Secret);
    refuses(Role::Effect, "My wife has started her chemo this week.", Reason::Private);
    refuses(Role::Trouble, "The kitchen was full of smoke at nine.", Reason::DangerNeedsCare);
}

#[test]
fn lost_nouns() {
    refuses(Role::Trouble, "He never came on Monday", Reason::LostReference);
    refuses(Role::Trouble, "It went to the wrong house", Reason::LostReference);
    refuses(Role::Trouble, "I opened three, all of them furry", Reason::LostReference);
    refuses(Role::History, "I told them on Friday", Reason::LostReference);
    refuses(Role::Trouble, "Your driver told him on the doorstep", Reason::LostReference);
    turns(Role::Trouble, "The driver said he had no key.", "The driver said he had no key.");
}

#[test]
fn generic_you_and_reported_we() {
    refuses(Role::Trouble, "You can never get a person on the line.", Reason::GenericYou);
    refuses(Role::History, "Your agent explained we have already sent the cheque", Reason::ReportedInside);
}

#[test]
fn no_whole_sentence() {
    refuses(Role::Trouble, "because the lift was broken", Reason::LostReference);
    refuses(Role::Trouble, "which arrived on Friday", Reason::Fragment);
    refuses(Role::Trouble, "is wrong on your label", Reason::NoSubject);
    refuses(Role::Trouble, "The box dated Oct 20", Reason::Fragment);
    refuses(Role::Trouble, "The parcel it say delivered", Reason::Shape);
    refuses(Role::Trouble, "My xqzzt was left in the rain", Reason::Unclear);
}
