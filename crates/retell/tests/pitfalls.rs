//! Each pitfall once seen.

use amends_retell::{Clause, Kind, Lexicon, Reason, Role, Turned, Weekday, turn, turn_behind};

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
fn a_contracted_has_is_no_is() {
    turns(Role::Question, "How long's it been wrong?", "You asked how long it has been wrong.");
    turns(Role::Question, "Where's my parcel?", "You asked where your parcel is.");
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
    assert_eq!(turn("Either refund me or send a new one").choices(), Some(("refund you", "send a new one")));
    assert_eq!(turn("I want a new chair").text, "a new chair");
}

#[test]
fn conditions() {
    turns(
        Role::Condition,
        "If the oak isn't in stock, please send the ash table.",
        "If the oak isn't in stock, you'd like us to send the ash table.",
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
    refuses(Role::Trouble, "Your driver told him on the doorstep", Reason::Unclear);
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

fn after(before: &str, role: Role, text: &str) -> [Result<Turned, Reason>; 2] {
    let lexicon = Lexicon::default();
    let clause = Clause { before, ..Clause::new(text, role) };
    [turn(&lexicon, &clause), turn_behind(&lexicon, &clause)].map(|t| t.map_err(|why| why.reason))
}

#[test]
fn a_noun_of_the_sentence_before_is_put_in() {
    let [alone, _] = after("I collected the oven on Friday.", Role::Trouble, "It has a crack in the door.");
    let turned = alone.unwrap();
    assert_eq!(turned.sentence(), "The oven has a crack in the door.");
    assert!(!turned.leans);
    let [alone, _] =
        after("Our driver rang. Your fitters came on Friday.", Role::Trouble, "They broke the lock.");
    assert_eq!(alone.unwrap().sentence(), "Our fitters broke the lock.");
}

#[test]
fn where_two_may_be_meant_it_leans() {
    let before = "I sent the kettle back and the toaster arrived.";
    let [alone, behind] = after(before, Role::Trouble, "It was broken at the base.");
    assert_eq!(alone, Err(Reason::LostReference));
    let behind = behind.unwrap();
    assert_eq!(behind.sentence(), "It was broken at the base.");
    assert!(behind.leans);
}

#[test]
fn who_an_unnamed_he_was_is_no_thing_for_rules() {
    let [_, behind] =
        after("On the 24th he was in your car park.", Role::Effect, "He was leaning on my car.");
    assert_eq!(behind, Err(Reason::LostReference));
    let [alone, behind] = after("I was on the bus with my son.", Role::Trouble, "He held the door shut.");
    assert_eq!((alone, behind), (Err(Reason::LostReference), Err(Reason::LostReference)));
    let [_, behind] = after("There was no word at all.", Role::Trouble, "It went to the wrong house.");
    assert_eq!(behind, Err(Reason::LostReference));
}

#[test]
fn conditions_of_more_shapes() {
    let order = "I ordered the oak table on Monday.";
    let [alone, _] = after(order, Role::Condition, "if it isn't here by Friday I want my money back");
    assert_eq!(
        alone.unwrap().sentence(),
        "If the oak table isn't with you by Friday, you'd like your money back."
    );
    turns(
        Role::Condition,
        "Please refund the fee unless the lock can be mended.",
        "You've asked us to refund the fee unless the lock can be mended.",
    );
    turns(
        Role::Want,
        "If there's a fee please tell me and I will pay.",
        "If there's a fee, you'd like us to tell you.",
    );
    let [alone, behind] = after(order, Role::Condition, "If not, please send the ash one.");
    assert_eq!(alone, Err(Reason::LostReference));
    assert_eq!(behind.unwrap().sentence(), "If not, you'd like us to send the ash one.");
    refuses(
        Role::Condition,
        "If the lock isn't mended by Friday I'm getting it done at your cost",
        Reason::Threat,
    );
}

#[test]
fn wants_of_more_shapes() {
    turns(
        Role::Want,
        "Either refund me or send a new one",
        "You've asked us to either refund you or send a new one.",
    );
    turns(Role::Want, "All I want is my deposit back", "You'd like your deposit back.");
    turns(Role::Want, "Can someone please clear the invoice?", "You'd like somebody to clear the invoice.");
    turns(Role::Want, "Just pay me the £40.", "You've asked us to pay you the £40.");
    turns(
        Role::Want,
        "I'd like to know why my order was cancelled",
        "You'd like to know why your order was cancelled.",
    );
    turns(
        Role::Want,
        "tell me when will the parcel come",
        "You've asked us to tell you when the parcel will come.",
    );
    turns(Role::Want, "I'd be grateful if the bag could be found", "You'd like the bag to be found.");
    turns(Role::Want, "money back please", "You'd like your money back.");
    turns(
        Role::Want,
        "I want the fee back, and I'd like an apology from the manager",
        "You'd like the fee back, and an apology from the manager.",
    );
    turns(
        Role::Want,
        "Refund the fee, 2. cancel the contract.",
        "You've asked us to refund the fee, and cancel the contract.",
    );
    turns(
        Role::Want,
        "Don't send those, ring the bell and tell Rita.",
        "You'd like us not to send those, and to ring the bell and tell Rita.",
    );
}

#[test]
fn questions_of_more_shapes() {
    turns(
        Role::Question,
        "What I wanted to ask is whether you are open on Sundays",
        "You asked whether we are open on Sundays.",
    );
    turns(
        Role::Question,
        "If there's a fee, can I pay it in June?",
        "You asked whether you can pay it in June if there's a fee.",
    );
    turns(
        Role::Question,
        "Is there a fee? And when do you close?",
        "You asked whether there is a fee, and when we close.",
    );
    turns(Role::Question, "Why have I two invoices?", "You asked why you have two invoices.");
    refuses(Role::Question, "Would you pay £40 for a lid?", Reason::Sarcasm);
}

#[test]
fn jests_and_comparisons_are_cut() {
    turns(
        Role::Trouble,
        "There was a hole in the shed you could post a letter through.",
        "There was a hole in the shed.",
    );
    turns(
        Role::Trouble,
        "Your agent told me to delete the letter, as if it were a typo.",
        "Our agent told you to delete the letter.",
    );
}

#[test]
fn words_said_to_them_are_theirs() {
    turns(Role::Trouble, "The help page tells you to email.", "The help page tells you to email.");
    refuses(
        Role::Trouble,
        "On Monday I got an email saying congratulations on your new lease.",
        Reason::ReportedInside,
    );
    refuses(Role::Trouble, "The first time I wrote you said nothing was wrong.", Reason::Unclear);
}

#[test]
fn a_password_is_named_but_not_given() {
    turns(Role::History, "I reset the password twice.", "You reset the password twice.");
    refuses(Role::History, "I typed the password hunter22x twice.", Reason::Secret);
}

#[test]
fn what_was_missing_and_where_they_are() {
    turns(Role::Trouble, "No reply since 6 March.", "There has been no reply since 6 March.");
    turns(
        Role::Trouble,
        "Not one word on the website or the receipt",
        "There was not one word on the website or the receipt.",
    );
    turns(Role::Effect, "There's no bus here.", "There's no bus where you are.");
    turns(Role::Trouble, "The parcel isn't here yet.", "The parcel isn't with you yet.");
}

#[test]
fn a_wish_holds_no_clause_of_its_own() {
    refuses(Role::Want, "I'd like you cannot book the test", Reason::Fragment);
    refuses(Role::Want, "I want trying to cancel", Reason::Fragment);
    refuses(Role::Want, "I'd like the new card come with same mistake", Reason::Shape);
    refuses(Role::Want, "I'd like the insurance want it before the renewal", Reason::Shape);
    refuses(Role::Want, "I want either find me a shade or refund me", Reason::Fragment);
    refuses(Role::Want, "I'd like somebody senior needs to phone me today", Reason::Shape);
    refuses(
        Role::Want,
        "I'd like a letter or an email, Mr Hart, the telephone being no use to me",
        Reason::Shape,
    );
    turns(
        Role::Want,
        "I'd like someone to speak to your man, my teacher's happy to come",
        "You'd like someone to speak to our man.",
    );
    refuses(Role::Want, "I come late to work every morning", Reason::Opinion);
    refuses(Role::Want, "Please lift the block, review what you like afterwards", Reason::Shape);
    turns(
        Role::Want,
        "Please mend the lock before you sell me a car",
        "You've asked us to mend the lock before we sell you a car.",
    );
    turns(Role::Want, "I want the fee taken off", "You'd like the fee taken off.");
    turns(Role::Want, "I'd like you to collect the bed", "You'd like us to collect the bed.");
    turns(
        Role::Want,
        "Please stop the plan, return £117.",
        "You've asked us to stop the plan, and return £117.",
    );
}

#[test]
fn mock_praise_and_sayings_stay_theirs() {
    refuses(Role::Trouble, "I scarcely know how to contain my gratitude", Reason::Sarcasm);
    refuses(Role::Trouble, "You slugged me $1,980 for the hail", Reason::Sarcasm);
    refuses(Role::Background, "My father is not one for sitting", Reason::Sarcasm);
    refuses(Role::Background, "You translated it very well on the 3rd", Reason::Unclear);
    refuses(Role::Background, "You translated the letter very well", Reason::Sarcasm);
    refuses(Role::Background, "This isn't what I paid £40 for", Reason::LostReference);
    refuses(Role::Background, "Bees have formed a choir and sing of an evening", Reason::ThirdParty);
}

#[test]
fn what_is_cut_off_is_not_told() {
    refuses(Role::Trouble, "Five to seven banking days', wrote Melanie.", Reason::Fragment);
    refuses(Role::Trouble, "My dog was seen by mine on the 8th", Reason::LostReference);
    refuses(Role::Trouble, "Something for the fact that your van was late", Reason::Fragment);
    refuses(Role::Trouble, "Second, put the two boxes on an aeroplane", Reason::Fragment);
    refuses(Role::Trouble, "The phone number belongs to a Marcus J.", Reason::Fragment);
    refuses(Role::Trouble, "I wrote to your office in St.", Reason::Fragment);
    refuses(Role::Trouble, "You billed me for order no.", Reason::Fragment);
    refuses(Role::Trouble, "Chairs designed by someone in your office", Reason::Fragment);
    refuses(Role::Trouble, "28 euros at the desk which your page swore was included.", Reason::Fragment);
    refuses(Role::Background, "Saturday, garden centre, I strapped Nina in", Reason::Fragment);
    turns(
        Role::History,
        "Your boy with the van said 'it is on the site', it isn't on the site, or I couldn't find it",
        "Our boy with the van said 'it is on the site'. It isn't on the site, or you couldn't find it.",
    );
    turns(
        Role::Background,
        "I'm in all week bar Wednesday, chiropodist",
        "You're in all week bar Wednesday.",
    );
}

#[test]
fn times_that_lean_on_what_went_before() {
    for text in [
        "By then I was sitting on a train.",
        "The next morning your driver left a card.",
        "An hour later your office rang me.",
    ] {
        refuses(Role::Trouble, text, Reason::LostReference);
    }
    turns(Role::Trouble, "Then I rang your office on the 4th.", "You rang our office on the 4th.");
    turns(Role::Trouble, "In the meantime I paid the £40.", "You paid the £40.");
    turns(Role::Trouble, "Now the boiler is off again.", "The boiler is off again.");
    turns(
        Role::Trouble,
        "It's the 12th of April now and there's no sign of the £214.60",
        "There's no sign of the £214.60.",
    );
    let [alone, behind] =
        after("I rang your office on Monday.", Role::Trouble, "By then I was sitting on a train.");
    assert_eq!(alone, Err(Reason::LostReference));
    assert!(behind.unwrap().leans);
    refuses(Role::Trouble, "The second was grey", Reason::LostReference);
    refuses(Role::Trouble, "One of them was on my step", Reason::LostReference);
    refuses(Role::Trouble, "I was sent the same", Reason::LostReference);
    turns(
        Role::Trouble,
        "I ordered two frames and the second was grey",
        "You ordered two frames and the second was grey.",
    );
}

#[test]
fn slips_would_read_as_ours() {
    refuses(Role::Background, "I lease the cargo model since February", Reason::Shape);
    refuses(Role::Trouble, "The two children are in the car park since seven", Reason::Shape);
    refuses(Role::Trouble, "On 19 October you have confirmed the refund", Reason::Shape);
    refuses(Role::Trouble, "You explained me the fee on Monday", Reason::Shape);
    refuses(Role::Trouble, "Your card came with same mistake", Reason::Shape);
    refuses(Role::Trouble, "I have the machine from three months", Reason::Shape);
    refuses(Role::Background, "My son he is eight", Reason::Shape);
    refuses(Role::Trouble, "Yesterday a Mrs Fearon comes in and asks for the list", Reason::Shape);
    refuses(Role::Trouble, "I cannae get your page to open", Reason::Unclear);
    turns(Role::Trouble, "I have leased the van since February", "You have leased the van since February.");
    turns(Role::Trouble, "I've called twice since Monday", "You've called twice since Monday.");
}

#[test]
fn what_they_mean_to_do_is_no_fact() {
    refuses(Role::Effect, "I'm not paying the jar", Reason::Opinion);
    refuses(Role::Effect, "I keep the dog and the bowl", Reason::Opinion);
    refuses(Role::Background, "I'm not after money", Reason::Opinion);
    refuses(Role::Want, "I don't want my £31 back", Reason::Opinion);
    turns(Role::Background, "We rent the flat above your shop", "You rent the flat above our shop.");
}

#[test]
fn questions_keep_their_verb() {
    refuses(Role::Question, "Is either of those available, and who can approve it?", Reason::Shape);
    refuses(Role::Question, "Is the excess £75 each time or once in the year?", Reason::Shape);
    refuses(Role::Want, "Can I ask you two things?", Reason::NotWorth);
}

#[test]
fn an_ask_may_point_at_what_they_know() {
    turns(Role::Want, "Please take it off today.", "You've asked us to take it off today.");
    turns(Role::Want, "I want his name off everything", "You'd like his name off everything.");
    turns(Role::Want, "Could you send mine by post?", "You've asked us to send yours by post.");
    turns(
        Role::Want,
        "Send the tablets here by Friday.",
        "You've asked us to send the tablets there by Friday.",
    );
    refuses(Role::Question, "Does he see my address on there still?", Reason::LostReference);
    refuses(Role::Trouble, "It was late on Friday.", Reason::LostReference);
}

#[test]
fn a_remark_goes_and_the_ask_stays() {
    turns(
        Role::Want,
        "Open me the account, please, and keep us any box, I'm not difficult.",
        "You've asked us to open you the account and keep you any box.",
    );
    turns(
        Role::Want,
        "I've fourteen more animals booked, so please send the report.",
        "You've asked us to send the report.",
    );
    turns(
        Role::Question,
        "Is the lift back in use by then, since the stairs and I have parted company?",
        "You asked whether the lift is back in use by then.",
    );
    turns(Role::Want, "I don't want another one, I would like a full refund.", "You'd like a full refund.");
    // no ask is a remark, and "please" or a denial before it isn't either
    turns(
        Role::Question,
        "Where do I ask, is it you or the council?",
        "You asked where you should ask, and whether it is us or the council.",
    );
    turns(
        Role::Want,
        "Please ring me, don't email, and don't leave a voicemail.",
        "You'd like us to ring you, and not to email, and not to leave a voicemail.",
    );
    refuses(Role::Want, "Could you not do one round on a Thursday", Reason::Unclear);
    refuses(
        Role::Condition,
        "No answer by the 15th and I'll cancel it and come for my files",
        Reason::Threat,
    );
}

#[test]
fn asks_of_several_sorts_in_one() {
    turns(
        Role::Want,
        "£25 back please and fix the listing.",
        "You'd like £25 back, and us to fix the listing.",
    );
    turns(
        Role::Want,
        "I ask: (i) for your notes of the 6th; (ii) the £640; (iii) an answer from a trustee.",
        "You'd like our notes of the 6th, the £640, an answer from a trustee.",
    );
    turns(
        Role::Want,
        "a) take the charge off b) send me your log for that sailing",
        "You've asked us to take the charge off, and send you our log for that sailing.",
    );
    turns(
        Role::Question,
        "Who keeps sending the texts, is it a person or a machine?",
        "You asked who keeps sending the texts, and whether it is a person or a machine.",
    );
}

#[test]
fn wishes_said_in_a_roundabout_way() {
    for (text, to) in [
        ("The late fee should be struck out.", "You'd like the late fee to be struck out."),
        ("The £84 needs taking off.", "You'd like the £84 to be taken off."),
        ("A bit off the £168 would be decent.", "You'd like a bit off the £168."),
        ("The least you could do is ring me.", "You've asked us to ring you."),
        ("I'd rather you wrote to me.", "You've asked us to write to you."),
        ("I'd be thankful if you took the page down today.", "You've asked us to take the page down today."),
        ("If the fee could be taken off I would be grateful.", "You'd like the fee to be taken off."),
        ("Perhaps the banner could come down.", "You'd like the banner to come down."),
        ("I don't want to be sent to a portal.", "You'd like not to be sent to a portal."),
        ("You will reimburse the £412.", "You've asked us to reimburse the £412."),
        ("Kindly do the needful and refund £641.", "You've asked us to refund £641."),
        ("By 3 pm today: a call from the owner.", "You'd like a call from the owner by 3 pm today."),
        ("I need the deposit returned.", "You'd like the deposit returned."),
        ("A replacement, please.", "You'd like a replacement."),
        ("Any chance of moving it to June?", "You asked whether there is any chance of moving it to June."),
        (
            "My insurer wants a statement from you on who has the code, by the 12th please",
            "Your insurer wants a statement from us on who has the code, by the 12th.",
        ),
    ] {
        turns(Role::Want, text, to);
    }
}

#[test]
fn what_they_want_in_a_case() {
    turns(
        Role::Condition,
        "If they can't be found by the weekend, please pay for a new suit, £460",
        "If they can't be found by the weekend, you'd like us to pay for a new suit, £460.",
    );
    turns(
        Role::Condition,
        "If it's still no, then find us a place.",
        "If it's still no, you'd like us to find you a place.",
    );
    turns(
        Role::Question,
        "If I go to the €45 plan do I keep the number?",
        "You asked whether you keep the number if you go to the €45 plan.",
    );
    refuses(Role::Condition, "My bank is ready to reverse them if I don't hear from you.", Reason::Threat);
    refuses(Role::Condition, "If wages fail, I'll be moving to the people across the road.", Reason::Threat);
}

#[test]
fn clauses_strung_on_become_sentences() {
    turns(
        Role::History,
        "I went into your Bangor shop on Monday and the five owls on the stand all had a hole, and I turned them over, nobody came.",
        "You went into our Bangor shop on Monday and the five owls on the stand all had a hole, and you turned them over. Nobody came.",
    );
    turns(
        Role::Trouble,
        "People went in before me, because, I was told, they had no booking.",
        "People went in before you, because, you were told, they had no booking.",
    );
}

#[test]
fn words_nobody_lists_are_told_where_they_are_plain() {
    for (text, to) in [
        ("I want the orangery repainted.", "You'd like the orangery repainted."),
        ("Please keep all the aubergines.", "You've asked us to keep all the aubergines."),
        ("Please send me the unretouched picture.", "You've asked us to send you the unretouched picture."),
    ] {
        turns(Role::Want, text, to);
    }
    refuses(Role::Want, "Please open my acount.", Reason::Unclear);
    refuses(Role::Trouble, "I'm told that I'm a clocker.", Reason::Unclear);
}

#[test]
fn what_is_announced_behind_a_colon() {
    for (text, to) in [
        (
            "What I need, and quickly: the stop notice sent to my employer, and the £867 back.",
            "You'd like the stop notice sent to your employer, and the £867 back.",
        ),
        (
            "I would ask you for two things: where to send it, and whether you mean to recall it.",
            "You'd like to know where to send it, and whether we mean to recall it.",
        ),
        ("Kindly do the needful: close the plan.", "You've asked us to close the plan."),
        ("We demand, by Friday 13 June: the roof closed.", "You'd like the roof closed, by Friday 13 June."),
        ("Keep everything: emails, diary, phone notes.", "You've asked us to keep everything."),
    ] {
        turns(Role::Want, text, to);
    }
    // an offer within the list would go, and what follows it
    refuses(
        Role::Want,
        "What I want: half of it returned, and I'll give it away; a letter to my aunt.",
        Reason::Threat,
    );
}

#[test]
fn wants_put_in_many_ways() {
    for (text, to) in [
        ("Kindly do the transfer by the 30th.", "You've asked us to do the transfer by the 30th."),
        ("The £60 is to be returned.", "You'd like the £60 to be returned."),
        ("The mark's to come off.", "You'd like the mark to come off."),
        ("I'd be obliged if you simply didn't renew me.", "You've asked us not to renew you."),
        (
            "Can a human switch the plan back to my old one?",
            "You'd like a human to switch the plan back to your old one.",
        ),
        (
            "Can somebody other than Annelies look at it?",
            "You'd like somebody other than Annelies to look at it.",
        ),
        ("Box needs fetching back.", "You'd like the box to be fetched back."),
        ("I want the bill doing again.", "You'd like the bill done again."),
        ("I would like refund for the fish.", "You'd like a refund for the fish."),
        ("Please tell me is Terry all right.", "You've asked us to tell you whether Terry is all right."),
        ("Please telephone me yourself.", "You've asked us to telephone you ourselves."),
        ("I'd like to know by Friday what triggered it.", "You'd like to know by Friday what triggered it."),
        ("By Friday I need to know what triggered it.", "You'd like to know by Friday what triggered it."),
        (
            "Before the board sits on the 24th I need the switch replaced.",
            "You'd like the switch replaced before the board sits on the 24th.",
        ),
        ("I don't want that same dealer to touch it.", "You'd like that same dealer not to touch it."),
        ("I shall want the 23 fees back.", "You'd like the 23 fees back."),
        (
            "Please take those off sale until you know.",
            "You've asked us to take those off sale until we know.",
        ),
    ] {
        turns(Role::Want, text, to);
    }
}

#[test]
fn closing_words_and_names_go() {
    turns(
        Role::Want,
        "I'd like it all put back, with thanks, Siobhan Rattigan",
        "You'd like it all put back.",
    );
    turns(Role::Want, "Please pick round it, Gav.", "You've asked us to pick round it.");
    turns(
        Role::Want,
        "Send it to my office in Hull, Yorkshire.",
        "You've asked us to send it to your office in Hull, Yorkshire.",
    );
}

#[test]
fn a_threat_behind_an_ask_is_cut_off() {
    turns(
        Role::Want,
        "Refund it this week, or tell me that you won't, in which case I'll go to the ombudsman.",
        "You've asked us to refund it this week, or tell you that we won't.",
    );
    turns(
        Role::Want,
        "Return the difference, or else refund the lot.",
        "You've asked us to return the difference, or else refund the lot.",
    );
    refuses(Role::Want, "Tell your man to look behind him at the bus stop.", Reason::Threat);
    refuses(Role::Want, "REVERT IT.", Reason::Heat);
    refuses(Role::Want, "Don't escalate me.", Reason::Unclear);
}

#[test]
fn no_ask_is_lost_with_a_remark() {
    for (text, to) in [
        (
            "I want the £175 returned and the mandate stopped and I want to know who filled in that sheet.",
            "You'd like the £175 returned and the mandate stopped, and to know who filled in that sheet.",
        ),
        (
            "I demand the right box and that you pay the return.",
            "You'd like the right box, and us to pay the return.",
        ),
        (
            "Send my $150 back by Friday, and I want an apology from the man himself.",
            "You'd like us to send your $150 back by Friday, and an apology from the man himself.",
        ),
    ] {
        turns(Role::Want, text, to);
    }
    refuses(
        Role::Want,
        "I'd like to be told who ticked that box, because until I know, she's not coming.",
        Reason::Shape,
    );
}

#[test]
fn conditions_that_threaten_nothing() {
    turns(
        Role::Condition,
        "If a morning is possible, I'm in every day but Thursday.",
        "If a morning is possible, you're in every day but Thursday.",
    );
    turns(
        Role::Condition,
        "If the paper isn't good enough would you kindly say which is.",
        "If the paper isn't good enough, you'd like us to say which is.",
    );
    turns(
        Role::Condition,
        "If the 24th isn't feasible say so today and I'll find someone.",
        "If the 24th isn't feasible, you'd like us to say so today.",
    );
    refuses(Role::Condition, "If so I'd gladly send it back.", Reason::LostReference);
}

#[test]
fn questions_joined_and_opened_in_other_ways() {
    for (text, to) in [
        (
            "May I ask who is going to take them, and could we see a plan?",
            "You asked who is going to take them, and whether you could see a plan.",
        ),
        (
            "Perhaps there's a way of doing it by post?",
            "You asked whether there's a way of doing it by post.",
        ),
        (
            "Is there someone there who deals with lace?",
            "You asked whether there is someone who deals with lace.",
        ),
        ("Has the roaster changed hands or something?", "You asked whether the roaster has changed hands."),
        (
            "And who checks these, because presumably there's a dog on half rations?",
            "You asked who checks these.",
        ),
    ] {
        turns(Role::Question, text, to);
    }
    refuses(Role::Question, "Will what she's lost come back?", Reason::Shape);
}

#[test]
fn long_ones_are_told_in_halves() {
    for (text, to) in [
        // who does what is kept, what hangs on goes
        (
            "Your chap did the stairs on Thursday and the third tread from the top is loose, you can get your toe under it",
            "Our man did the stairs on Thursday and the third tread from the top is loose.",
        ),
        (
            "I did the sum: I paid for 6 tins and I had 4 tins",
            "You did the sum: you paid for 6 tins and you had 4 tins.",
        ),
        ("I live at 80, your letter went to 8, and I think that's a disgraceful idea of yours", ""),
        (
            "Thursday was called off for wind, fair enough, but the lifts were turning on Friday",
            "Thursday was called off for wind, but the lifts were turning on Friday.",
        ),
        (
            "The broker rang, a bit embarrassed, to say there's a default on my file from you",
            "The broker rang to say there's a default on your file from us.",
        ),
        // what was said stays said
        (
            "Your Mr Lomax told me that the old form was withdrawn, Angie had been moved, and any phone orders are £45 each",
            "Our Mr Lomax told you that the old form was withdrawn, Angie had been moved, and any phone orders are £45 each.",
        ),
        (
            "Nobody rang, the box was left on the step in the rain",
            "Nobody rang, and the box was left on the step in the rain.",
        ),
        (
            "I paid on 3 January with my card and portal says declined",
            "You paid on 3 January with your card and the portal says declined.",
        ),
        (
            "Attempt 3, 5 Feb: your Callum told me the account was closed",
            "On 5 Feb our Callum told you the account was closed.",
        ),
        (
            "Hello Wayne, your two lads chipped the front edge of the worktop",
            "Our two lads chipped the front edge of the worktop.",
        ),
        (
            "Your system says delivered on the 18th, signed by FALCON",
            "Our system says delivered on the 18th, signed by FALCON.",
        ),
    ] {
        match to {
            "" => refuses(Role::Trouble, text, Reason::Heat),
            _ => turns(Role::Trouble, text, to),
        }
    }
    refuses(Role::Trouble, "Sharps not collected on 4 February", Reason::Fragment);
    refuses(Role::History, "On 15 October I receive a mail from your shop", Reason::Shape);
    refuses(Role::History, "I have wrote to you on 15 October", Reason::Shape);
}

#[test]
fn inside_they_know_whom_they_mean() {
    let [alone, behind] = after(
        "Your driver came on Monday.",
        Role::Trouble,
        "I asked him about the lamp and he said it was lost.",
    );
    let told = "You asked our driver about the lamp and he said it was lost.";
    assert_eq!((alone.unwrap().sentence(), behind.unwrap().sentence()), (told.to_owned(), told.to_owned()));
    let [_, behind] = after("There was nobody there.", Role::Trouble, "I rang about it twice on the 4th.");
    assert_eq!(behind.unwrap().sentence(), "You rang about it twice on the 4th.");
    let [_, behind] = after("He rang on Friday.", Role::Trouble, "On Monday he held my hand in the van.");
    assert_eq!(behind, Err(Reason::LostReference));
}

#[test]
fn a_deed_stays_with_who_is_to_do_it() {
    for (text, to) in [
        (
            "I would like to come in and speak with you, and I want to know what will be done about it",
            "You'd like to come in and speak with us, and to know what will be done about it.",
        ),
        (
            "I would like someone to look at the morning run and tell me what will change, I would like the £38 back",
            "You'd like someone to look at the morning run and tell you what will change, and the £38 back.",
        ),
        (
            "Would you take the £60 off, and perhaps somebody might feed the machine some paper",
            "You'd like us to take the £60 off, and somebody to feed the machine some paper.",
        ),
        (
            "No vouchers please, put it back on the card I paid with",
            "You'd like no vouchers, and us to put it back on the card you paid with.",
        ),
        ("A refund, please send it to my card", "You'd like a refund, and us to send it to your card."),
        ("I want us moved somewhere dry", "You'd like to be moved somewhere dry."),
        ("I would like us to be registered this week", "You'd like to be registered this week."),
    ] {
        turns(Role::Want, text, to);
    }
    for text in ["and our tenancy ends on the 21st", "so the next letter you see about it may be from them"] {
        assert!(said(Role::Want, text).is_err(), "{text}");
    }
}

#[test]
fn what_begs_to_be_heard_says_nothing() {
    for (text, to) in [
        (
            "Give them a prod, would you, and let me know what they say",
            "You've asked us to give them a prod and let you know what they say.",
        ),
        ("Pop the rest in the post to me would you", "You've asked us to pop the rest in the post to you."),
        ("Secondly please tell me when it comes", "You've asked us to tell you when it comes."),
        ("And after that I'd like my money back", "You'd like your money back."),
        ("First, send me the label", "You've asked us to send you the label."),
        (
            "And please, whatever else you do, take my father's name off your list",
            "You've asked us to take your father's name off our list.",
        ),
        ("The £240 I'd like you to have a think about", "You'd like us to have a think about the £240."),
        (
            "I'd be glad if you would either change them for another make or take them back",
            "You've asked us to either change them for another make or take them back.",
        ),
        (
            "Perhaps you'd send me the lamp and let us have the difference",
            "You've asked us to send you the lamp and let you have the difference.",
        ),
        ("I'd like either a new lamp or a refund", "You'd like either a new lamp or a refund."),
        (
            "Either do the walls or give me the money",
            "You've asked us to either do the walls or give you the money.",
        ),
        ("Even a copy of the recordings would do", "You'd like a copy of the recordings."),
        ("I don't want a call from the team", "You don't want a call from the team."),
        ("I should need to hear by Thursday evening", "You'd like to hear by Thursday evening."),
        (
            "Email or text only, please, it's no use ringing me",
            "You'd like to be reached by email or text only.",
        ),
        ("Only by e-mail please, I'm on shift until seven", "You'd like to be reached only by e-mail."),
        ("I must have a full written account by Monday", "You'd like a full written account by Monday."),
    ] {
        turns(Role::Want, text, to);
    }
    refuses(Role::Want, "Please either let the group go on", Reason::Shape);
}

#[test]
fn questions_with_more_behind_them() {
    for (text, to) in [
        (
            "Can you tell me when it went, and if it never went, send it?",
            "You'd like us to tell you when it went and, if it never went, to send it.",
        ),
        (
            "What would you like me to do with the list?",
            "You asked what we would like you to do with the list.",
        ),
        ("Does the guarantee cover the plastic?", "You asked whether the guarantee covers the plastic."),
        ("Were copies of ours sent to anyone?", "You asked whether copies of yours were sent to anyone."),
        ("Ought I to oil anything?", "You asked whether you ought to oil anything."),
        ("Has somebody else got mine?", "You asked whether somebody else has got yours."),
        ("How many more of them did you send?", "You asked how many more of them we sent."),
    ] {
        turns(Role::Want, text, to);
    }
    turns(
        Role::Question,
        "Are you insured, have you got the tags?",
        "You asked whether we are insured, and whether we have got the tags.",
    );
    assert!(said(Role::Question, "and I know what time he comes").is_err());
    assert!(said(Role::Question, "When all is good I'll pay the £800 in your hand").is_err());
}

#[test]
fn conditions_end_where_the_ask_begins() {
    for (text, to) in [
        (
            "If you can get the frame back by the 24th, ring me at any hour",
            "If we can get the frame back by the 24th, you'd like us to ring you at any hour.",
        ),
        (
            "If there's no firm date by then, cancel the order",
            "If there's no firm date by then, you'd like us to cancel the order.",
        ),
        ("If it can't be sealed, I should like a new one", "If it can't be sealed, you'd like a new one."),
        (
            "If it hasn't been found by Friday I'll want the claim form",
            "If it hasn't been found by Friday, you'd like the claim form.",
        ),
        (
            "If the door can't be mended, then please give me the number of somebody who can",
            "If the door can't be mended, you'd like us to give you the number of somebody who can.",
        ),
    ] {
        turns(Role::Condition, text, to);
    }
    for text in [
        "and if you could text before half eight it would help a lot",
        "If the cost is inside the rate, in what way is it the real one?",
        "I want the £640, and if it's not agreed in 21 days my lawyer will write",
    ] {
        assert!(
            !said(Role::Want, text).is_ok_and(|said| said.contains("help a lot")
                || said.contains("lawyer")
                || said.ends_with(", in.")),
            "{text}"
        );
    }
}

#[test]
fn a_learners_order_is_not_ours() {
    for text in [
        "The chat robot sends me always back to the form",
        "I paid also the instructor £76 for this morning",
        "The bus should come 6.15 at the services",
        "Nothing arrived to my card",
        "Money is not come",
        "In July your letter come that the money was paid on 8 July",
        "I bought in your shop on Broad Street the blue suit for £310",
        "On the invoice stands that the label is made 'with one click'",
        "Your boy stood on my radiator for to reach the cable",
        "Rang Saturday, put down on me",
        "The vet has been on Tuesday, £218",
        "I am trying since 27 October to book the follow-up for my daughter and your website does not let me",
    ] {
        refuses(Role::Trouble, text, Reason::Shape);
    }
    turns(
        Role::Trouble,
        "But my bank shows the £25 gone two times, on 4 and 5 September",
        "Your bank shows the £25 gone twice, on 4 and 5 September.",
    );
}

#[test]
fn what_says_nothing_by_itself() {
    refuses(Role::History, "I told you the same day", Reason::Fragment);
    refuses(Role::History, "When I came to look round in August you told me", Reason::Fragment);
    refuses(Role::History, "At the parents' evening I asked Mr Dwyer in person", Reason::Fragment);
    refuses(Role::Trouble, "A list headed 'recalls overdue', with about forty names", Reason::Fragment);
    refuses(Role::Trouble, "Then the doorbell as told by a second helper", Reason::Fragment);
    refuses(
        Role::Trouble,
        "There's a chip on the rim the size of a pea which catches your nail",
        Reason::GenericYou,
    );
    refuses(Role::Trouble, "Your wife has taken five of the messages for me", Reason::ThirdParty);
    let said = "I used the report button and it said thanks, your report will be reviewed by our moderators";
    refuses(Role::Trouble, said, Reason::ReportedInside);
}

#[test]
fn who_was_told_agrees_behind_a_date() {
    for (text, to) in [
        (
            "On 17 November I rang and was told that a spent card is like spent cash",
            "On 17 November you rang and were told that a spent card is like spent cash.",
        ),
        (
            "I've sent two messages, on Sunday and on Tuesday, and the answer to both was a link to a page",
            "You've sent two messages, on Sunday and on Tuesday, and the answer to both was a link to a page.",
        ),
        (
            "On Friday the money I paid came back and was sent again",
            "On Friday the money you paid came back and was sent again.",
        ),
        ("I rang and was cut off, rang again", "You rang and were cut off, and rang again."),
        ("I came back on Saturday, waited 35 minutes", "You came back on Saturday and waited 35 minutes."),
        ("By June it was brown and when I lifted it, I found it had been potted with the string on", ""),
        (
            "The young man said I could make the letters as big as I please",
            "The young man said you could make the letters as big as you please.",
        ),
    ] {
        match to {
            "" => refuses(Role::Trouble, text, Reason::Unclear),
            _ => turns(Role::Trouble, text, to),
        }
    }
}

#[test]
fn plain_ones_that_looked_odd() {
    for (text, to) in [
        ("There has been no van", "There has been no van."),
        ("On Tuesday a fee was taken for a bike", "On Tuesday a fee was taken for a bike."),
        ("When the train came in there was no coach C.", "When the train came in there was no coach C."),
        (
            "The scooter I paid for on 3 October (order RM-40718, £1,895) has still not been delivered",
            "The scooter you paid for on 3 October (order RM-40718, £1,895) has still not been delivered.",
        ),
        (
            "The new edition, which arrived on Saturday, has me as 'Munro Pet Control'",
            "The new edition, which arrived on Saturday, has you as 'Munro Pet Control'.",
        ),
        (
            "Each time a pleasant person asked me to pay again and be refunded afterwards",
            "Each time a pleasant person asked you to pay again and be refunded afterwards.",
        ),
        (
            "Since last Wednesday I can't get into the exam area",
            "Since last Wednesday you can't get into the exam area.",
        ),
        (
            "You are charging me for two lines and I have one",
            "We are charging you for two lines and you have one.",
        ),
        (
            "Your contract has four cleans at £1,040, and the porter's book shows two",
            "Our contract has four cleans at £1,040, and the porter's book shows two.",
        ),
        (
            "Person two, on the 24th, said there was no request, and opened one",
            "Person two, on the 24th, said there was no request, and opened one.",
        ),
    ] {
        turns(Role::Trouble, text, to);
    }
    // what was told stays told
    refuses(Role::History, "On 19 November you have offered me 5,000 coins in place of money", Reason::Shape);
}

#[test]
fn what_is_still_turned_round_is_refused() {
    refuses(Role::Question, "When do the slots for the week before Christmas open?", Reason::Shape);
    refuses(Role::Question, "When does your next evening course start?", Reason::Shape);
    turns(
        Role::Want,
        "Please send it on Friday if that suits you better.",
        "You've asked us to send it on Friday if that suits us better.",
    );
    refuses(Role::Question, "When the insurance pays, I'll come for the same one.", Reason::Shape);
    refuses(Role::Trouble, "When we spoke on 29 October I said, twice.", Reason::NotWorth);
    refuses(Role::Want, "The chip van could do with a second fryer.", Reason::Opinion);
    refuses(Role::Trouble, "There was a text: your journey has been withdrawn.", Reason::ReportedInside);
}

#[test]
fn what_hangs_without_a_pronoun() {
    for text in [
        "The first lady said the account holder has to ring",
        "I rang and a different person told me it can't be changed",
        "On opening the first twelve my men found that the holes are out by 4 mm",
        "The £1,900 still isn't back",
        "Both times I had the same letter back",
        "Of those 121, 30 or so have somebody else's card in",
        "When I asked I was told that entries closed on Friday",
        "I rang the same afternoon and spoke to a man called Tom",
        "I wrote at once and had no answer from anybody",
        "The barley, however, is in ear now",
        "648 came off the card on Monday",
        "and your stamp is on my copy of the form",
        "I rang your Mr Dacre,",
        "The sandwich bar to which your notice was sending me was shut",
    ] {
        refuses(Role::Trouble, text, Reason::Unclear);
    }
    // what is dated, or said by somebody, stands by itself
    turns(
        Role::Trouble,
        "On Monday I rang and wrote the same day.",
        "On Monday you rang and wrote the same day.",
    );
    turns(Role::Trouble, "and the manager said the room was taken", "The manager said the room was taken.");
    turns(Role::Trouble, "I asked at the desk on 4 May.", "You asked at the desk on 4 May.");
    refuses(Role::Trouble, "The sticker says 455", Reason::NotWorth);
    refuses(Role::Trouble, "Your line opens at nine and it's twenty past seven", Reason::NotWorth);
    refuses(Role::Background, "Kind regards, Moira Hale", Reason::NotWorth);
    refuses(Role::Trouble, "sent me a label for the post", Reason::NoSubject);
    refuses(Role::Trouble, "when you shut the tap off there's a bang in the wall", Reason::GenericYou);
}

#[test]
fn what_hangs_may_be_told_behind_its_sentence() {
    let before = "I came to your office on Monday.";
    let [alone, behind] = after(before, Role::Trouble, "The first lady said the account holder has to ring.");
    assert_eq!(alone, Err(Reason::Unclear));
    assert!(behind.unwrap().leans);
    let [_, behind] = after(before, Role::Trouble, "Few days later I got a letter from my bank.");
    assert_eq!(behind.unwrap().sentence(), "A few days later you got a letter from your bank.");
}

#[test]
fn a_pronoun_far_from_its_noun_is_refused_alone() {
    refuses(
        Role::Trouble,
        "When I opened it on Saturday there were droppings on every shelf",
        Reason::Unclear,
    );
    refuses(Role::Trouble, "I waited nine weeks for this", Reason::Unclear);
    refuses(Role::Trouble, "On Friday your clerk sent him the offer", Reason::Unclear);
    refuses(Role::Trouble, "Keiran on the phone found that it was a free trial", Reason::Unclear);
}

#[test]
fn remarks_are_put_right() {
    for (text, to) in [
        ("Your receptionist was very civil and said that she'd ask", "Our receptionist said that she'd ask."),
        ("In your kind letter the sum was £40", "In our letter the sum was £40."),
        (
            "I tested the lock twice, like children with a toy, and the light went out",
            "You tested the lock twice, and the light went out.",
        ),
        (
            "The shower won't fire up so I'm bathing at lunchtime like Cleopatra",
            "The shower won't fire up so you're bathing at lunchtime.",
        ),
        (
            "Your reply, a whole paragraph, says 'insufficient packaging'",
            "Our reply says 'insufficient packaging'.",
        ),
        ("I wrote an email on 3 October, no answer", "You wrote an email on 3 October and had no answer."),
        ("On 16 July I wrote, and nothing", "On 16 July you wrote and had no reply."),
        ("Your shop said me to send the box back", "Our shop told you to send the box back."),
        (
            "Your page shows everything green, what is not true",
            "Our page shows everything green, which is not true.",
        ),
        ("I'd a message from your shop on the 11th", "You had a message from our shop on the 11th."),
        (
            "The class was for eight students and we are fifteen",
            "The class was for eight students and there are fifteen of you.",
        ),
        ("Lastly you have sent the bill for April", "We have sent the bill for April."),
        (
            "There was one lad on the ramp, one on the phone",
            "There was one lad on the ramp and one on the phone.",
        ),
        ("I paid £40 on Monday, which was mortifying", "You paid £40 on Monday."),
    ] {
        turns(Role::Trouble, text, to);
    }
    turns(Role::Question, "Is it the transformer maybe?", "You asked whether it is the transformer.");
    turns(
        Role::Question,
        "Are you by any chance open on Sunday?",
        "You asked whether we are open on Sunday.",
    );
}

#[test]
fn courtesy_is_put_plainly() {
    turns(Role::Want, "Could you see your way to posting the lid?", "You've asked us to post the lid.");
    turns(Role::Want, "I'd take it kindly if you'd send a new lid", "You've asked us to send a new lid.");
    turns(Role::Want, "I wouldn't say no to a new lid", "You'd like a new lid.");
    turns(
        Role::Want,
        "It might be an idea to tell people that the shop has shut",
        "You've asked us to tell people that the shop has shut.",
    );
    turns(
        Role::Question,
        "Is it not possible to be put first?",
        "You asked whether it is possible to be put first.",
    );
    turns(Role::Want, "Send the lid by van if need be", "You've asked us to send the lid by van if need be.");
    // their own preference is no courtesy of ours
    refuses(Role::Want, "I want that he says sorry, or that somebody says it", Reason::Fragment);
}

#[test]
fn what_comes_otherwise_is_cut_but_no_choice() {
    turns(
        Role::Want,
        "I need a new lid by Thursday, otherwise I'll be asking for the deposit back",
        "You'd like a new lid by Thursday.",
    );
    turns(
        Role::Want,
        "Supply the name of your insurer within 14 days, failing which our solicitor will proceed",
        "You've asked us to supply the name of our insurer within 14 days.",
    );
    turns(
        Role::Question,
        "Is it the postage or something for the clock's owner?",
        "You asked whether it is the postage or something for the clock's owner.",
    );
}

#[test]
fn the_part_that_stands_by_itself_is_told() {
    for (text, told) in [
        (
            "Your loan form insists upon an ISBN, thirteen digits, with a red star",
            "Our loan form insists upon an ISBN, thirteen digits.",
        ),
        (
            "My daughter was turned away at the till on Tuesday because the lunch account was £2.10 under",
            "Your daughter was turned away at the till on Tuesday.",
        ),
        (
            "At twenty to ten we were given a van, which is a nice thing for a surfboard, and told the big one was out",
            "At twenty to ten you were given a van and told the big one was out.",
        ),
        (
            "The tonearm is in two pieces and the dust cover is more like a puzzle",
            "The tonearm is in two pieces.",
        ),
        (
            "The lady on the phone, she was quite pleasant, said I have to wait until May",
            "The lady on the phone said you have to wait until May.",
        ),
    ] {
        turns(Role::Trouble, text, told);
    }
    // what is asked, denied or only supposed is not told by halves
    for text in [
        "Nobody is using it to rob me, I don't think so",
        "I want the £25 and the £312 cancelled and my deposit back without the four weeks of notice, says my aunt",
        "A second bottle was brought only when Mr Hayashi, who imports wine, asked for it",
    ] {
        assert!(turn(&Lexicon::default(), &Clause::new(text, Role::Trouble)).is_err(), "{text}");
    }
}

#[test]
fn words_in_their_plain_sense_are_told() {
    for (text, told) in [
        (
            "The shelf came off on Sunday with no screw in it",
            "The shelf came off on Sunday with no screw in it.",
        ),
        ("The bracket was never screwed in properly", "The bracket was never screwed in properly."),
        ("The line went dead when I was put through", "The line went dead when you were put through."),
        (
            "There was a speaker tower between us and half the stage",
            "There was a speaker tower between you and half the stage.",
        ),
        (
            "It then wanted a date of birth for each child",
            "The form then wanted a date of birth for each child.",
        ),
    ] {
        let lexicon = Lexicon::default();
        let clause = Clause { before: "The form opened.", ..Clause::new(text, Role::Trouble) };
        let turned = turn(&lexicon, &clause).or_else(|_| turn_behind(&lexicon, &clause));
        assert_eq!(turned.map(|t| t.sentence()).map_err(|e| e.reason), Ok(told.to_owned()), "{text}");
    }
    refuses(Role::Trouble, "You screwed me over on the price", Reason::Heat);
    refuses(Role::Trouble, "Your man was lying in his letter of the 4th", Reason::Heat);
    refuses(Role::Trouble, "My date of birth is 4 May 1961", Reason::Secret);
}

#[test]
fn tenses_are_put_right_where_it_is_sure() {
    for (text, told) in [
        ("Then you've took another £11.40 off my card", "We've taken another £11.40 off your card."),
        ("The inverter shows zero since 29 September", "The inverter has shown zero since 29 September."),
        ("I am banned since 12 October", "You have been banned since 12 October."),
        ("Your web shop is not reachable since Monday", "Our web shop has not been reachable since Monday."),
        (
            "Friday at ten to five I get a text saying the booking has been closed",
            "On Friday at ten to five you got a text saying the booking has been closed.",
        ),
        (
            "On Monday the girl asked was I the lady with the range",
            "On Monday the girl asked if you were the lady with the range.",
        ),
        ("The invoice charges for all 17 days", "The invoice charges for all 17 days."),
        (
            "The cards, which we'd had proofed twice, say 'Warm wished'",
            "The cards, which you'd had proofed twice, say 'Warm wished'.",
        ),
        (
            "I rang the number on Monday and it went to a voicemail belonging to somebody called Leanne",
            "You rang the number on Monday and it went to a voicemail belonging to somebody called Leanne.",
        ),
    ] {
        turns(Role::Trouble, text, told);
    }
}

#[test]
fn what_they_see_or_begin_with_goes() {
    for (text, told) in [
        ("I see now the full £312 was taken on the 4th", "The full £312 was taken on the 4th."),
        ("It now turns out I have signed a loan of £17,900", "You have signed a loan of £17,900."),
        (
            "Good evening, Mrs Demir, My black dress came back yesterday with a hole",
            "Your black dress came back yesterday with a hole.",
        ),
        ("To change the number I must log in", "To change the number you must log in."),
        ("Three lots of glass all over my hall", "There were three lots of glass all over your hall."),
        ("I then sent the paper by courier", "You then sent the paper by courier."),
    ] {
        turns(Role::Trouble, text, told);
    }
}

#[test]
fn things_without_an_article() {
    turns(
        Role::Want,
        "Access restored on every account, not just the current",
        "You'd like access restored on every account, not just the current.",
    );
    turns(Role::Want, "Flag off", "You'd like the flag off.");
    turns(Role::Want, "Something for the paving", "You'd like something for the paving.");
    turns(Role::Want, "refund of the £40", "You'd like a refund of the £40.");
}

#[test]
fn what_they_think_fair() {
    turns(Role::Want, "Half of the hire back seems about fair to me", "You'd like half of the hire back.");
    turns(
        Role::Want,
        "A plain reply would be appreciated before I fly on the 20th",
        "You'd like a plain reply before you fly on the 20th.",
    );
    turns(
        Role::Want,
        "The two payments need lifting out and putting where they belong",
        "You'd like the two payments to be lifted out and put where they belong.",
    );
    turns(
        Role::Want,
        "I ask that somebody comes and puts the stairs right",
        "You'd like somebody to come and put the stairs right.",
    );
}

#[test]
fn further_questions() {
    turns(
        Role::Question,
        "Has it been approved, and if so when was it sent?",
        "You asked whether it has been approved, and if so when it was sent.",
    );
    turns(
        Role::Question,
        "Is there some cutoff that I missed, or did the button not work?",
        "You asked whether there is some cutoff that you missed, or whether the button did not work.",
    );
    turns(Role::Question, "Do I sign the form or don't I?", "You asked whether you should sign the form.");
    turns(
        Role::Question,
        "Would it be possible to have somebody else?",
        "You asked whether it would be possible to have somebody else.",
    );
}

#[test]
fn deeds_with_commas_only() {
    turns(
        Role::Want,
        "Sign it, scan it, send it, copy me in",
        "You've asked us to sign it, scan it, send it, and copy you in.",
    );
}

#[test]
fn the_subject_of_a_question_is_whole() {
    turns(Role::Question, "How loud is the outside unit?", "You asked how loud the outside unit is.");
    turns(
        Role::Question,
        "Is the leak behind the wall going to be looked at?",
        "You asked whether the leak behind the wall is going to be looked at.",
    );
    turns(
        Role::Question,
        "Is the leak behind the wall urgent?",
        "You asked whether the leak behind the wall is urgent.",
    );
    turns(Role::Question, "What is the least you can order?", "You asked what the least we can order is.");
    turns(
        Role::Question,
        "What is this fee for transferring money?",
        "You asked what this fee for transferring money is.",
    );
    turns(
        Role::Question,
        "Is the man from the council coming?",
        "You asked whether the man from the council is coming.",
    );
    turns(Role::Question, "Is the parcel on the van now?", "You asked whether the parcel is on the van now.");
    turns(
        Role::Question,
        "What is the charge on my bill for?",
        "You asked what the charge on your bill is for.",
    );
    turns(Role::Question, "When comes the second payment?", "You asked when the second payment comes.");
    turns(Role::Question, "What is in the box?", "You asked what is in the box.");
    refuses(Role::Question, "what the is least you can order?", Reason::Shape);
    refuses(Role::Question, "What do I want?", Reason::NotWorth);
}

#[test]
fn an_aside_in_a_question_cuts_nothing() {
    turns(
        Role::Question,
        "What would your insurance pay if, heaven forbid, it were dropped?",
        "You asked what our insurance would pay if it were dropped.",
    );
    turns(
        Role::Question,
        "If there was ever a fire, would I need proof it had been swept, and how often do you want it swept?",
        "You asked whether, if there was ever a fire, you would need proof it had been swept, and how often we want it swept.",
    );
    turns(
        Role::Question,
        "The third is do you take back unopened bags?",
        "You asked whether we take back unopened bags.",
    );
}

#[test]
fn a_wish_has_no_verb_of_its_own() {
    refuses(
        Role::Want,
        "I would like the account opened in my name caused my score to drop at least 40 points.",
        Reason::Shape,
    );
    refuses(Role::Want, "I would take that in place of my money back, and come to it.", Reason::Shape);
    refuses(
        Role::Want,
        "I want the deposit back, and the twelve we talked about for next year go to the other firm.",
        Reason::Shape,
    );
    turns(
        Role::Want,
        "I'd be grateful for a refund of the £40, and for a reply by Friday.",
        "You'd like a refund of the £40, and a reply by Friday.",
    );
    turns(Role::Want, "I'd like a copy sent me by Friday.", "You'd like a copy sent to you by Friday.");
    turns(
        Role::Want,
        "Please trace the reference above with your bank.",
        "You've asked us to trace the reference with our bank.",
    );
}

#[test]
fn nothing_is_cut_off_inside_a_clause() {
    turns(
        Role::History,
        "Upon arrival at the office located in Ames, I was told that the clerk needed to take pictures of my car.",
        "Upon arrival at the office located in Ames, you were told that the clerk needed to take pictures of your car.",
    );
    let told = turn_behind(
        &Lexicon::default(),
        &Clause {
            before: "Now I've had a letter about the meter.",
            ..Clause::new(
                "I rang on Monday, it was my fifth call, and was told my case was closed.",
                Role::History,
            )
        },
    );
    assert!(told.is_err() || !told.unwrap().sentence().contains(". It was"));
}

#[test]
fn verbs_keep_their_own_subject() {
    turns(
        Role::Background,
        "The Committee met on Monday and I am asked to write to you again about the lunch, the deposit for which was paid in February.",
        "The Committee met on Monday and you are asked to write to us again about the lunch, the deposit for which was paid in February.",
    );
    turns(
        Role::History,
        "On 4 May, I rang the bank and spoke to a clerk there, and was again directed to you.",
        "On 4 May, you rang the bank and spoke to a clerk there, and were again directed to us.",
    );
}

#[test]
fn what_somebody_said_keeps_its_place_and_its_your() {
    turns(
        Role::Background,
        "I couldn't get the words out and you said take your time.",
        "You couldn't get the words out and we said take your time.",
    );
    turns(
        Role::Trouble,
        "I went to the post office and the clerk said it was not here.",
        "You went to the post office and the clerk said it was not there.",
    );
    turns(
        Role::Question,
        "Would you agree that a mattress with a spring coming out of it has reached its 35 years?",
        "You asked whether we would agree that a mattress with a spring coming out of it has reached its 35 years.",
    );
}

#[test]
fn what_is_no_sentence_of_theirs_is_refused() {
    refuses(Role::Trouble, "You've got us by the ears, in a manner of speaking.", Reason::Sarcasm);
    refuses(Role::Trouble, "25 November, your Ewan again: the feet are in Hull.", Reason::ReportedInside);
    refuses(
        Role::Trouble,
        "Code 1692d A debt collector may not engage in any conduct of that kind.",
        Reason::ThirdParty,
    );
    refuses(
        Role::Trouble,
        "The manager no longer works there when I went back to ask about it please help me with this.",
        Reason::Shape,
    );
    turns(
        Role::Want,
        "I'd like something for the eleven days too if you've any shame",
        "You'd like something for the eleven days too.",
    );
}

#[test]
fn what_points_back_at_nothing_goes() {
    turns(
        Role::Trouble,
        "You have also got my employer as my landlord and my landlord as a dependant.",
        "We have got your employer as your landlord and your landlord as a dependant.",
    );
    turns(
        Role::Question,
        "Had the boiler been serviced this year, can you say honestly?",
        "You asked whether the boiler had been serviced this year.",
    );
    turns(Role::Want, "I want that $468 back.", "You'd like the $468 back.");
    turns(
        Role::Trouble,
        "Fast forward two weeks, the payment never came out of my account.",
        "The payment never came out of your account.",
    );
    refuses(Role::Question, "What was the reason?", Reason::LostReference);
    refuses(
        Role::History,
        "I was transferred to a supervisor who told me the same thing.",
        Reason::LostReference,
    );
}

#[test]
fn a_name_at_the_end_is_theirs() {
    turns(
        Role::Want,
        "I'd like a full refund by card today Simon",
        "You'd like a full refund by card today.",
    );
    turns(Role::Want, "I'd like a bed for my dog Max", "You'd like a bed for your dog Max.");
}

#[test]
fn what_is_counted_or_may_be_somebody_elses_is_not_cut() {
    let counted = said(Role::History, "We've phoned you, Pat counted, thirteen times.");
    assert!(counted.is_err() || counted.unwrap().contains("thirteen times"));
    let whose = "I took it to your fire safety lead, Ms Pruett, who thanked me, and wrote back that the contractor \
                 had been told.";
    assert!(!said(Role::History, whose).is_ok_and(|told| told.contains("You wrote")));
}

#[test]
fn a_page_called_my_something_keeps_its_name() {
    turns(
        Role::History,
        "The website told me to go to My Plan and press Manage.",
        "The website told you to go to My Plan and press Manage.",
    );
}

#[test]
fn what_only_announces_asks_is_none() {
    refuses(Role::Want, "I ask two things please.", Reason::NotWorth);
    refuses(Role::Want, "I'd like three things.", Reason::NotWorth);
}

#[test]
fn several_who_are_greeted_are_left_out() {
    turns(
        Role::Want,
        "Hi both, could you stop our veg box for two weeks please?",
        "You've asked us to stop your veg box for two weeks.",
    );
}

#[test]
fn what_they_are_to_do_is_asked_with_should() {
    turns(
        Role::Question,
        "Do I put it through his door or send it back to you?",
        "You asked whether you should put it through his door or send it back to us.",
    );
    turns(Role::Question, "Do I need to send a form?", "You asked whether you need to send a form.");
}

#[test]
fn what_somebody_did_is_no_wish() {
    let said = said(Role::Want, "and my own father bought that ring from him, on instalments, in 1948.");
    assert!(!said.as_ref().is_ok_and(|told| told.starts_with("You'd like")), "{said:?}");
    turns(Role::Want, "I'd like the ring mended.", "You'd like the ring mended.");
}

#[test]
fn what_is_to_be_done_at_a_price_is_a_wish() {
    turns(
        Role::Want,
        "I'd like the order reinstated at the price you agreed.",
        "You'd like the order reinstated at the price we agreed.",
    );
}

/// What is told by itself of a sentence behind another, or why it isn't.
fn alone(before: &str, text: &str) -> Result<String, Reason> {
    after(before, Role::Trouble, text)[0].clone().map(|told| told.sentence())
}

#[test]
fn who_is_meant_is_named_where_only_one_can_be() {
    for (before, text, to) in [
        (
            "Your driver came on Monday.",
            "He left the parcel in the rain and said he'd be back.",
            "Our driver left the parcel in the rain and said he'd be back.",
        ),
        (
            "I went back to your shop. I had a girl called Brooke, who I think is a trainee.",
            "She didn't do a patch test.",
            "Brooke didn't do a patch test.",
        ),
        (
            "On the 6th your young man Toby came to tune it.",
            "He was put down for ten and turned up at twenty to three.",
            "Toby was put down for ten and turned up at twenty to three.",
        ),
        (
            "The caretaker, Neil, stood in the door. The hall was cold.",
            "He told me the boiler had been off since May.",
            "Neil told you the boiler had been off since May.",
        ),
        (
            "My mother ordered 500 litres on the 2nd.",
            "She was told five working days on the phone.",
            "Your mother was told five working days on the phone.",
        ),
        (
            "A man came about the oven and my wife let him in.",
            "I showed him the crack and he took two pictures.",
            "You showed the man the crack and he took two pictures.",
        ),
        (
            "A chap rang on Friday. The line was bad.",
            "He'd taken my number on Monday and never rang.",
            "The man had taken your number on Monday and never rang.",
        ),
        (
            "I asked Mr Lomas about the crack and my mother asked Mrs Lomas.",
            "He said the crack was wear and tear.",
            "Mr Lomas said the crack was wear and tear.",
        ),
    ] {
        assert_eq!(alone(before, text).as_deref(), Ok(to), "{text}");
    }
}

#[test]
fn who_is_meant_stays_open_where_two_can_be() {
    for (before, text) in [
        // two of them, or one who was named further up
        ("Your driver came and the engineer helped.", "He broke the lock on the gate."),
        ("He was in Year 2. Your driver put them off at the wrong stop.", "He walked along the road alone."),
        ("She got six lessons. I rang and spoke with Lorna.", "On Friday he said that the booking was gone."),
        ("The nurse asked what he's fed.", "I looked at his profile on your site and it says 21 kg."),
        ("The driver made her stand at the front.", "She wrote to your office on Friday."),
        ("Your vet looked at the cat.", "He was given the wrong food on Friday."),
        (
            "The cover is still taped where my son taped it.",
            "The sheet he left says that the flue was tested.",
        ),
        // the one named is somebody else
        ("Your driver rang on Friday.", "He was let down on a road when the driver stopped at the gate."),
        ("Your driver rang on Friday.", "Next door joined in May and he's on £29 for the lot."),
        ("Your driver rang on Friday.", "The housekeeper came and he told us about the room."),
        // a vocative, a brand, and what nobody should be told of
        ("Dear Miss Kemble I hope you are well.", "She polished the table with something that left it pink."),
        ("£1,640 left for something called QuikCrypt.", "On Monday he knew what the price was."),
        ("My dad died in August. He had a phone with you.", "He has had his seventh letter from you."),
        // he's: he is or he has
        ("Your driver brought a parcel on the 2nd.", "He's knocked on the 5th, the 9th and the 10th."),
    ] {
        assert!(alone(before, text).is_err(), "{text}: {:?}", alone(before, text));
    }
}

#[test]
fn which_thing_is_meant_is_named_where_only_one_can_be() {
    for (before, text, to) in [
        (
            "Your man brought my vase on Friday at two.",
            "It is in seven pieces.",
            "Your vase is in seven pieces.",
        ),
        (
            "The heron lamp came on Tuesday. It doesn't light.",
            "I have tried it in the bedroom and on the landing.",
            "You have tried the heron lamp in the bedroom and on the landing.",
        ),
    ] {
        assert_eq!(alone(before, text).as_deref(), Ok(to), "{text}");
    }
    for (before, text) in [
        ("I sent the invoice back on Friday.", "I raised it with Karl on Monday and again on Tuesday."),
        ("The Tuesday box got here on Thursday.", "It's the third week out of five with you."),
        ("With twins there's not much choice.", "It has stopped squeaking since we moved here."),
        (
            "I would rather not put my full name to this. I left my phone and wrote it down.",
            "When I got it back I rang you.",
        ),
    ] {
        assert!(alone(before, text).is_err(), "{text}: {:?}", alone(before, text));
    }
}

#[test]
fn a_word_is_harmless_in_its_phrase_or_as_a_name() {
    turns(
        Role::Trouble,
        "I wrote on the 2nd and I got back a free bet.",
        "You wrote on the 2nd and you got back a free bet.",
    );
    turns(
        Role::Trouble,
        "I was refused the wheelchair space I had booked on the 16:03.",
        "You were refused the wheelchair space you had booked on the 16:03.",
    );
    turns(
        Role::Trouble,
        "You took the Great reeds away on Monday.",
        "We took the Great reeds away on Monday.",
    );
    turns(
        Role::Trouble,
        "Since Sunday my password doesn't work on your site.",
        "Since Sunday your password doesn't work on our site.",
    );
    turns(Role::Trouble, "Your line died at 18.40 on Saturday.", "Our line died at 18.40 on Saturday.");
    refuses(Role::Trouble, "My husband died at 18.40 on Saturday.", Reason::Private);
    refuses(Role::Trouble, "My password is banana on your site.", Reason::Secret);
    refuses(Role::Trouble, "I put a password on it as my husband uses the old account.", Reason::Secret);
    refuses(Role::Trouble, "I am Deaf and my first language is BSL.", Reason::Private);
    refuses(Role::Trouble, "I bet it was great fun for your driver.", Reason::Opinion);
}

#[test]
fn a_quotation_cut_off_ends_with_its_sentence() {
    turns(
        Role::Trouble,
        "I asked by email on the 2nd and got 'yes he's on the list!",
        "You asked by email on the 2nd and got 'yes he's on the list'.",
    );
    turns(
        Role::History,
        "Your colleague Mr Corrie answered, \"Any time you like, Miss Bowen.",
        "Our colleague Mr Corrie answered, \"Any time you like, Miss Bowen\".",
    );
    refuses(Role::Trouble, "The docket on the box says it is for \"Mr A.", Reason::Fragment);
    refuses(Role::Trouble, "Your lad on the counter wrote 'del.", Reason::Unclear);
    refuses(Role::Trouble, "Better than factory', he said, and charged me £12.", Reason::Fragment);
}

#[test]
fn whom_it_is_for_and_how_it_was_learned_go() {
    turns(
        Role::Trouble,
        "To the fraud team or whoever reads this, eleven refunds were put through on our terminal.",
        "Eleven refunds were put through on your terminal.",
    );
    turns(Role::Trouble, "Dear water company, I had a bill of £612.", "You had a bill of £612.");
    turns(Role::Trouble, "Turns out the parcel was never sent.", "The parcel was never sent.");
    turns(
        Role::Trouble,
        "I now learn that the renewal goes from £4.25 to £5.60 an issue.",
        "The renewal goes from £4.25 to £5.60 an issue.",
    );
    refuses(Role::Trouble, "To my two letters you answered with the same PDF.", Reason::Fragment);
}

#[test]
fn a_question_told_is_what_was_asked() {
    turns(
        Role::History,
        "The manager came and said had I been looking where I was going.",
        "The manager came and asked if you had been looking where you were going.",
    );
    turns(
        Role::History,
        "Your colleague told me on Friday that there was no refund and would I like November.",
        "Our colleague told you on Friday that there was no refund and asked if you would like November.",
    );
    turns(
        Role::History,
        "I wrote on 3 October and 24 October and both times was told to wait.",
        "You wrote on 3 October and 24 October and both times were told to wait.",
    );
    refuses(
        Role::History,
        "I had a text to say it's resolved and would I rate it out of ten.",
        Reason::Shape,
    );
}

#[test]
fn what_was_said_about_an_if_is_no_threat() {
    turns(
        Role::History,
        "Your clerk said the flat was gone and that if we wanted number 32 we would have to pay more.",
        "Our clerk said the flat was gone and that if you wanted number 32 you would have to pay more.",
    );
    turns(
        Role::History,
        "I asked on Monday and on Wednesday if the order was on track.",
        "You asked on Monday and on Wednesday if the order was on track.",
    );
    refuses(Role::Trouble, "I told your clerk that if the van comes late I will leave.", Reason::Threat);
}

#[test]
fn what_we_do_by_trade_is_told() {
    turns(
        Role::Trouble,
        "You now want £46.80 for the same eleven letters.",
        "We now want £46.80 for the same eleven letters.",
    );
    refuses(Role::Trouble, "The tap is where you want it.", Reason::GenericYou);
}

#[test]
fn the_present_of_what_lasts_is_no_story() {
    turns(
        Role::Trouble,
        "Since the update on Tuesday the television asks me for a code.",
        "Since the update on Tuesday the television asks you for a code.",
    );
    refuses(Role::Trouble, "On Tuesday a man comes to my door and wants £40.", Reason::Shape);
}

#[test]
fn a_word_is_tagged_by_its_place() {
    turns(Role::Trouble, "The housing split right down the seam.", "The housing split right down the seam.");
    turns(
        Role::History,
        "I'd rung after the first visit and a man promised a refund.",
        "You'd rung after the first visit and a man promised a refund.",
    );
    turns(
        Role::Trouble,
        "The living room has not been above 16 degrees since the clocks changed.",
        "The living room has not been above 16 degrees since the clocks changed.",
    );
}

#[test]
fn the_we_of_what_was_told_indirectly_is_theirs() {
    turns(
        Role::History,
        "The captain said we'd be let off in ten minutes.",
        "The captain said you'd be let off in ten minutes.",
    );
    turns(
        Role::History,
        "Your clerk told us that we weren't eligible because we'd taken the flight.",
        "Our clerk told you that you weren't eligible because you'd taken the flight.",
    );
    refuses(Role::History, "Your hotline says we do not fly to Bergen.", Reason::ReportedInside);
    refuses(
        Role::History,
        "Your steward said we had trouble with your crowd before.",
        Reason::ReportedInside,
    );
}

#[test]
fn notes_get_what_they_leave_out() {
    turns(Role::Trouble, "Nine days of nobody ringing.", "It has been nine days of nobody ringing.");
    turns(
        Role::Trouble,
        "Sixteen days now without a flicker out of the modem.",
        "It has been sixteen days without a flicker out of the modem.",
    );
    turns(
        Role::Trouble,
        "Day nine with no hot water or heating.",
        "It is day nine with no hot water or heating.",
    );
    turns(
        Role::History,
        "Monday 10 June, a letter from head office which refers to 'your son'.",
        "On Monday 10 June there was a letter from head office which refers to 'your son'.",
    );
    turns(Role::Trouble, "Tracking says \"awaiting stock\".", "The tracking says \"awaiting stock\".");
    turns(
        Role::Trouble,
        "August: there was no answer from your office at all.",
        "In August there was no answer from our office at all.",
    );
    refuses(Role::Trouble, "Third fitting, 19 April: the dress zips at the front.", Reason::Fragment);
    refuses(Role::Trouble, "Ninety chairs for a hundred and thirty.", Reason::Fragment);
}

#[test]
fn what_is_counted_of_the_sentence_before_leans_on_it() {
    let before = "She offered me three months free, and I turned it down.";
    let clause = Clause { before, ..Clause::new("That was sixteen days ago.", Role::Trouble) };
    assert_eq!(turn(&Lexicon::default(), &clause).map_err(|r| r.reason), Err(Reason::LostReference));
    let turned = turn_behind(&Lexicon::default(), &clause).unwrap();
    assert!(turned.leans);
    assert_eq!(turned.sentence(), "That was sixteen days ago.");
    let clause = Clause { before, ..Clause::new("That's me told.", Role::Trouble) };
    assert!(turn_behind(&Lexicon::default(), &clause).is_err());
}

#[test]
fn a_long_one_is_told_in_three() {
    turns(
        Role::Trouble,
        "The flow never gets over 41 degrees, the landing sits at 16, and the outdoor unit goes into defrost \
         every 35 minutes with a noise like a tipper lorry.",
        "The flow never gets over 41 degrees. The landing sits at 16, and the outdoor unit goes into defrost \
         every 35 minutes with a noise like a tipper lorry.",
    );
    turns(
        Role::History,
        "Rang Tuesday: the person who'd know is off.",
        "You rang Tuesday: the person who'd know is off.",
    );
}

#[test]
fn letters_and_loose_words_are_known() {
    turns(
        Role::Trouble,
        "Your desk answered the man with the z on 3 May.",
        "Our desk answered the man with the z on 3 May.",
    );
    turns(
        Role::History,
        "The lass at your desk said lane 2 was shut.",
        "The woman at our desk said lane 2 was shut.",
    );
    turns(
        Role::Trouble,
        "Your clerk showed me the wee print at the desk.",
        "Our clerk showed you the small print at the desk.",
    );
}

#[test]
fn asks_with_remarks_between_them_are_all_told() {
    turns(
        Role::Want,
        "Find the heron, and someone please ring me, I don't feel right having it.",
        "You'd like us to find the heron, and someone to ring you.",
    );
    turns(
        Role::Want,
        "I want to know who employs that man, because I gather it's an agency, and I want a letter sent to my uncle.",
        "You'd like to know who employs that man, and a letter sent to your uncle.",
    );
    turns(
        Role::Want,
        "I want that man told, I want the leaflet made plain, and I'd like one line for Joe that I can read to him.",
        "You'd like that man told, and the leaflet made plain, and one line for Joe that you can read to him.",
    );
    turns(
        Role::Want,
        "I want that person to ring me today, and I don't want him on poolside with anybody's child.",
        "You'd like that person to ring you today, and not to have him on poolside with anybody's child.",
    );
    // what only goes on from a remark is no ask
    for text in [
        "Please write me until Friday, for I must else come myself and bring him soup.",
        "We require your own report with root cause, and you will receive our charge for the crane and the drill, of \
         about £7,900, which is high.",
    ] {
        let told = said(Role::Want, text);
        assert!(!told.as_ref().is_ok_and(|t| t.contains("soup") || t.contains("drill,")), "{told:?}");
    }
    // nor is one dropped as a remark
    let told = said(
        Role::Want,
        "I want the €200 back, something off the holiday, and to know why, because it was cold.",
    );
    assert!(
        told.as_ref().is_ok_and(|t| t.contains("something off the holiday")) || told.is_err(),
        "{told:?}"
    );
}

#[test]
fn one_case_and_the_other() {
    turns(
        Role::Want,
        "If it's found, please send it on overnight; if it isn't, I want the claim form and the £119 back.",
        "If it's found, you'd like us to send it on overnight and, if it isn't, the claim form and the £119 back.",
    );
    turns(
        Role::Want,
        "Can you find me anything before the 2nd, and if not, then can you carry the theory over till the 11th?",
        "You've asked us to find you anything before the 2nd or, failing that, carry the theory over till the 11th.",
    );
    turns(
        Role::Want,
        "I'd like it wrapped and sent, or else I'd like a straight answer why not.",
        "You'd like it wrapped and sent or, failing that, a straight answer why not.",
    );
    let told = said(Role::Want, "I'd like the money by Friday, or else I'll go to the papers.");
    assert!(!told.as_ref().is_ok_and(|t| t.contains("papers")), "{told:?}");
    refuses(Role::Want, "If you can't do it I'll take my custom to Hartley's.", Reason::Threat);
}

#[test]
fn the_day_of_an_ask_stays_with_it() {
    turns(
        Role::Want,
        "I need by noon on Thursday the GPS trace.",
        "You'd like the GPS trace by noon on Thursday.",
    );
    turns(
        Role::Want,
        "I require within one month a copy of every note, the name of whoever authorised it, and a letter to my bank.",
        "You'd like a copy of every note, the name of whoever authorised it, and a letter to your bank, all within one \
         month.",
    );
    turns(
        Role::Want,
        "Before the board sits on the 24th I need the switch replaced, and the credits worked out.",
        "You'd like the switch replaced, and the credits worked out, before the board sits on the 24th.",
    );
}

#[test]
fn courtesy_of_more_sorts() {
    turns(
        Role::Want,
        "If you could see your way to giving some of it back I'd be grateful.",
        "You've asked us to give some of it back.",
    );
    turns(
        Role::Want,
        "Please refund the £8 if you can see your way to it.",
        "You've asked us to refund the £8 if we can.",
    );
    turns(
        Role::Want,
        "I think a fair settlement would be a full refund on the case.",
        "You'd like a full refund on the case.",
    );
    turns(
        Role::Want,
        "An answer by Thursday would make this week's page.",
        "You'd like an answer by Thursday.",
    );
    turns(
        Role::Want,
        "A third of the ticket would be about right, if anyone's asking.",
        "You'd like a third of the ticket.",
    );
    turns(
        Role::Question,
        "May I ask you for what reason your pilots need more room?",
        "You asked why our pilots need more room.",
    );
    turns(
        Role::Want,
        "If somebody could look in the pile that's all I ask honestly.",
        "You'd like somebody to look in the pile.",
    );
    turns(
        Role::Want,
        "I'd like whoever trains your screeners to read this.",
        "You'd like whoever trains our screeners to read this.",
    );
    turns(
        Role::Want,
        "And what exactly happened on the packing table I would also like to hear.",
        "You'd like to know what exactly happened on the packing table.",
    );
    assert!(said(Role::Want, "I think you know where the money went.").is_err());
}

#[test]
fn questions_that_beg_or_suppose() {
    turns(Role::Question, "Would you let me know by Easter?", "You've asked us to let you know by Easter.");
    turns(
        Role::Question,
        "Can't you just post it to my daughter?",
        "You asked whether we could post it to your daughter.",
    );
    turns(
        Role::Question,
        "I suppose there's some way of doing it by post?",
        "You asked whether there's some way of doing it by post.",
    );
    turns(
        Role::Question,
        "It's still under guarantee, isn't it?",
        "You asked whether it's still under guarantee.",
    );
    turns(Role::Question, "Do you know whether it's in stock?", "You asked whether it's in stock.");
    turns(
        Role::Question,
        "Does your guarantee, which is on the box in gold, cover it?",
        "You asked whether our guarantee covers it.",
    );
    turns(
        Role::Question,
        "Morning, quick question for you, is the 5540982 order in two boxes or one?",
        "You asked whether the 5540982 order is in two boxes or one.",
    );
    for text in [
        "Do you think I'm made of money?",
        "Do you know who I am?",
        "Would you say that's as good as it gets?",
        "Can't you read?",
        "You think I'm made of money, don't you?",
        "That's a bit steep, isn't it?",
        "Don't you people ever answer the phone?",
    ] {
        assert!(said(Role::Question, text).is_err(), "{text} {:?}", said(Role::Question, text));
    }
}

#[test]
fn what_an_ask_points_at_stays_a_pronoun() {
    for told in
        after("I've had to see the physio twice.", Role::Want, "Come and fetch it and give us the £599 back.")
    {
        let text = told.expect("told").sentence();
        assert_eq!(text, "You've asked us to come and fetch it and give you the £599 back.");
    }
}

#[test]
fn labels_in_a_row_and_what_would_be_are_no_statements() {
    for text in [
        "SB 0447, five shirts weekly, £14.75, collected Tuesdays from the concierge at Lyle Wharf.",
        "Fourth, 28 March: an engineer would come on 9 April.",
    ] {
        assert!(turn(&Lexicon::default(), &Clause::new(text, Role::Trouble)).is_err(), "{text}");
    }
    turns(
        Role::Trouble,
        "The four people ahead of me, all of them in a hurry, paid in and walked out.",
        "The four people ahead of you, all of them in a hurry, paid in and walked out.",
    );
    turns(
        Role::Trouble,
        "You said an engineer would come on 9 April.",
        "We said an engineer would come on 9 April.",
    );
}

#[test]
fn a_whole_sentence_is_no_wish() {
    let wish = |text: &str| {
        turn(&Lexicon::default(), &Clause::new(text, Role::Want)).map(|turned| turned.sentence())
    };
    assert!(wish("Any day before the end of January is perfectly fine.").is_err());
    assert_eq!(
        wish("I want the refund we were promised.").as_deref(),
        Ok("You'd like the refund you were promised.")
    );
}
