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
    ("Whoever packed this should be put down like a dog.", "the duty manager", "a threat to staff", "like a dog"),
    ("I know your office is the brick building by the canal, so tell him to look behind him at the bus stop.", "the duty manager", "a threat to staff", "the bus stop"),
    ("You want to be careful walking home, I've seen which bus you get.", "the duty manager", "a threat to staff", "careful walking home"),
    ("Tell your manager I know what car she drives and it burns easily.", "the duty manager", "a threat to staff", "car she drives"),
    ("Take that driver round the back and I'll sort him out myself.", "the duty manager", "a threat to staff", "him out myself"),
    ("Next time your fitter sets foot here he leaves in an ambulance.", "the duty manager", "a threat to staff", "in an ambulance"),
    ("My son took an overdose after your letter.", "the safeguarding lead", "someone may not want to live", "after your letter"),
    ("It would be easier on everyone if I just went to sleep for good.", "the safeguarding lead", "someone may not want to live", "sleep for good"),
    ("I've written my goodbye letters, so close the account.", "the safeguarding lead", "someone may not want to live", "close the account"),
    ("I stood on the bridge last night and thought about it for a long time.", "the safeguarding lead", "someone may not want to live", "bridge last night"),
    ("Nobody would miss me if I was gone.", "the safeguarding lead", "someone may not want to live", "I was gone"),
    ("Mum can't get up to her bed since the lift broke, she's 88 and sleeps in a chair.", "the duty manager", "a frail person is in need", "she's 88"),
    ("My husband needs his oxygen machine and the power has been off since noon.", "the duty manager", "a frail person is in need", "his oxygen machine"),
    ("We have a newborn and no hot water for nine days.", "the duty manager", "a frail person is in need", "have a newborn"),
    ("We get evicted on Friday if the payment isn't there.", "the duty manager", "a frail person is in need", "payment isn't there"),
    ("I am registered blind and your courier left the cane upstairs in the flat next door.", "the head of customer care", "discrimination is alleged", "your courier left"),
    ("The minibus went off without my daughter and no one rang.", "the safeguarding lead", "a child was left alone or handed to a stranger", "without my daughter"),
    ("My four-year-old was found on her own in the car park by another parent.", "the safeguarding lead", "a child was left alone or handed to a stranger", "by another parent"),
    ("Nobody at the club could tell me where my son was.", "the safeguarding lead", "a child was left alone or handed to a stranger", "my son was"),
    ("He's five and he had been shut in the changing room by himself for an hour.", "the safety lead", "a place or product is unsafe", "for an hour"),
    ("The nursery let her out with a man who isn't on our list.", "the safeguarding lead", "a child was left alone or handed to a stranger", "on our list"),
    ("My heart tablets never came and I took the last one yesterday.", "the clinical lead", "a medicine is wrong, missing or late", "tablets never came"),
    ("The pharmacy gave Dad somebody else's dose.", "the clinical lead", "a medicine is wrong, missing or late", "somebody else's dose"),
    ("My scan results were lost and nobody will tell me why.", "the clinical lead", "a medicine is wrong, missing or late", "results were lost"),
    ("They sent him home from the ward without his oxygen.", "the clinical lead", "a medicine is wrong, missing or late", "without his oxygen"),
    ("There was egg in it and he is severely allergic.", "the safety lead", "an allergen, or a reaction to one", "is severely allergic"),
    ("The waiter swore it was nut free and her lips swelled up.", "the safety lead", "someone was hurt", "lips swelled up"),
    ("My daughter is coeliac and you served her ordinary bread.", "the safety lead", "an allergen, or a reaction to one", "daughter is coeliac"),
    ("Milk is not listed on the label but it is in there.", "the safety lead", "an allergen, or a reaction to one", "on the label"),
    ("She went into anaphylactic shock at table six.", "the safety lead", "an allergen, or a reaction to one", "at table six"),
    ("The kitchen has smelled of gas since your man left.", "the safety lead", "gas, fumes or carbon monoxide", "your man left"),
    ("The carbon monoxide alarm keeps going off.", "the safety lead", "gas, fumes or carbon monoxide", "keeps going off"),
    ("The boiler flame is yellow and there is soot on the wall.", "the safety lead", "gas, fumes or carbon monoxide", "flame is yellow"),
    ("The hairdryer spat sparks at me.", "the safety lead", "fire, smoke or electric shock", "sparks at me"),
    ("Smoke came out of the back of the tumble dryer.", "the safety lead", "fire, smoke or electric shock", "the tumble dryer"),
    ("My e-bike battery is swollen and hot.", "the safety lead", "fire, smoke or electric shock", "battery is swollen"),
    ("I slipped on your wet floor and broke my wrist.", "the safety lead", "someone was hurt", "your wet floor"),
    ("The step gave way and she's on crutches now.", "the safety lead", "a place or product is unsafe", "step gave way"),
    ("A shelf fell on my foot and two toes are broken.", "the safety lead", "someone was hurt", "on my foot"),
    ("We were both sick all night after the oysters.", "the safety lead", "someone was hurt", "after the oysters"),
    ("The treadmill threw me off and I have six stitches.", "the safety lead", "someone was hurt", "have six stitches"),
    ("My hair came out in clumps after the dye.", "the safety lead", "someone was hurt", "after the dye"),
    ("Our cat died the day after your groomer had her.", "the duty manager", "an animal came to harm", "groomer had her"),
    ("The vet says the treats poisoned him.", "the duty manager", "an animal came to harm", "treats poisoned him"),
    ("We have lost four hens since we switched to your feed.", "the duty manager", "an animal came to harm", "to your feed"),
    ("I can see another patient's blood results when I log in.", "the data protection officer", "someone else saw personal data", "patient's blood results"),
    ("You emailed my payslip to the whole office.", "the data protection officer", "someone else saw personal data", "the whole office"),
    ("A bank statement for a Mr Hollis was in with mine.", "the data protection officer", "someone else saw personal data", "in with mine"),
    ("Who else has seen my file?", "the data protection officer", "someone else saw personal data", "seen my file"),
    ("My wife died in May and you keep writing to her.", "the bereavement team", "a bereavement, and a grievance about it", "died in May"),
    ("Dad's ashes came back in the wrong urn.", "the bereavement team", "a bereavement, and a grievance about it", "the wrong urn"),
    ("You spelt my brother's name wrong on the headstone.", "the bereavement team", "a bereavement, and a grievance about it", "on the headstone"),
    ("We buried our baby and you sent us a birth card.", "the bereavement team", "a bereavement, and a grievance about it", "buried our baby"),
    ("They wouldn't let my guide dog in the cab.", "the head of customer care", "discrimination or a racist word", "in the cab"),
    ("She laughed at my stammer in front of the queue.", "the head of customer care", "discrimination or a racist word", "of the queue"),
    ("He said people like us always make trouble.", "the head of customer care", "discrimination or a racist word", "always make trouble"),
    ("I was told to take my headscarf off to be served.", "the head of customer care", "discrimination or a racist word", "to be served"),
    ("Your masseur put his hand up my skirt.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "up my skirt"),
    ("The instructor keeps texting my daughter at night.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "daughter at night"),
    ("Your plumber asked me if I live alone and stroked my arm.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "I live alone"),
    ("The driver followed me to my door.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "to my door"),
    ("One of your lads called my wife a slag.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "wife a slag"),
    ("My solicitor has the file now.", "the legal team", "legal steps", "the file now"),
    ("I have issued proceedings.", "the legal team", "legal steps", "have issued proceedings"),
    ("My barrister will be writing to your directors.", "the legal team", "legal steps", "to your directors"),
    ("I hold you liable for the damage and my insurer will recover it.", "the legal team", "legal steps", "for the damage"),
    ("I have reported this to the ombudsman.", "the complaints officer", "a regulator or official body", "to the ombudsman"),
    ("The Charity Commission has a copy.", "the complaints officer", "a regulator or official body", "has a copy"),
    ("Environmental Health are coming on Tuesday.", "the complaints officer", "a regulator or official body", "coming on Tuesday"),
    ("A reporter from the Herald wants to talk to me.", "the press office", "someone is going public", "talk to me"),
    ("It will be in Saturday's paper.", "the press office", "someone is going public", "in Saturday's paper"),
    ("I've sent the film to the BBC.", "the press office", "someone is going public", "to the BBC"),
    ("I have asked my bank for a chargeback.", "the payments team", "a chargeback is announced", "for a chargeback"),
    ("My card company is reversing the payment.", "the payments team", "a chargeback is announced", "reversing the payment"),
    ("There are bruises on my mother's arms and she flinches.", "the safeguarding lead", "someone in care may have come to harm", "my mother's arms"),
    ("Dad was left in a wet bed all night.", "the safeguarding lead", "someone in care may have come to harm", "bed all night"),
    ("Nobody answered her call bell for two hours.", "the safeguarding lead", "someone in care may have come to harm", "for two hours"),
    ("The bailiffs are at the door over a bill that isn't mine.", "the fraud team", "fraud or theft is reported", "that isn't mine"),
    ("We are sleeping in the car because of your mistake.", "the duty manager", "a frail person is in need", "in the car"),
    ("Somebody has got into my account and spent £600.", "the fraud team", "fraud or theft is reported", "into my account"),
    ("A man rang saying he was from your fraud team and I gave him the code.", "the fraud team", "fraud or theft is reported", "him the code"),
    ("My rings have gone from the bedside drawer since your carer came.", "the fraud team", "fraud or theft is reported", "your carer came"),
    ("Cash went missing from our room while housekeeping was in.", "the fraud team", "fraud or theft is reported", "from our room"),
    ("Please don't write to the house, he reads everything.", "the safeguarding lead", "someone may be at risk from a person they know", "he reads everything"),
    ("There's a court order and you gave him my new address.", "the safeguarding lead", "someone may be at risk from a person they know", "my new address"),
    ("I've a good mind to come down and knock the smirk off your receptionist.", "the duty manager", "a threat to staff", "off your receptionist"),
    ("One more letter like that and I'm putting a brick through your window.", "the duty manager", "a threat to staff", "through your window"),
    ("He'd better not show his face round here or he'll lose his teeth.", "the duty manager", "a threat to staff", "lose his teeth"),
    ("Since she left there's nothing to get up for.", "the safeguarding lead", "someone may not want to live", "get up for"),
    ("My daughter has started cutting herself again because of the comments on your app.", "the safeguarding lead", "someone may not want to live", "cutting herself again"),
    ("He has told me he'll end it if the house goes.", "the safeguarding lead", "someone may not want to live", "the house goes"),
    ("My mother is on the floor above with no lift and she is due at dialysis.", "the duty manager", "a frail person is in need", "due at dialysis"),
    ("I've MS and the scooter you mended died halfway home in the rain.", "the duty manager", "someone depends on it now", "in the rain"),
    ("There's no money for the meter until Monday and the baby is six weeks.", "the duty manager", "someone depends on it now", "for the meter"),
    ("She can't feed herself and the carers didn't turn up twice today.", "the duty manager", "a frail person is in need", "up twice today"),
    ("My dad has dementia and your salesman talked him into a £4,000 bed.", "the duty manager", "a frail person is in need", "dad has dementia"),
    ("They put my seven-year-old off the bus three miles from home.", "the safeguarding lead", "a child was left alone or handed to a stranger", "miles from home"),
    ("The pool had no lifeguard and my little boy went under.", "the safety lead", "a place or product is unsafe", "had no lifeguard"),
    ("The chemist has run out and she has had no epilepsy medicine for two days.", "the clinical lead", "a medicine is wrong, missing or late", "for two days"),
    ("You gave my father the other patient's tablets and he took them.", "the clinical lead", "a medicine is wrong, missing or late", "other patient's tablets"),
    ("The nurse never came to do his injection.", "the clinical lead", "a medicine is wrong, missing or late", "do his injection"),
    ("I told you twice about the sesame and my throat closed up.", "the safety lead", "an allergen, or a reaction to one", "throat closed up"),
    ("The toaster went up in flames on the worktop.", "the safety lead", "fire, smoke or electric shock", "on the worktop"),
    ("I got a belt off the shower switch that threw me back.", "the safety lead", "fire, smoke or electric shock", "threw me back"),
    ("A pane came out of the door and went through my husband's foot.", "the safety lead", "someone was hurt", "my husband's foot"),
    ("Grandma went over on the loose mat in your entrance and they had to call an ambulance.", "the safety lead", "someone was hurt", "in your entrance"),
    ("There was a screw in the baby's porridge.", "the safety lead", "someone was hurt", "the baby's porridge"),
    ("I have chemical burns on my scalp from the dye.", "the safety lead", "someone was hurt", "from the dye"),
    ("The collar shocked our spaniel and burnt her neck.", "the safety lead", "someone was hurt", "burnt her neck"),
    ("The receptionist told my sister-in-law what I came in for.", "the data protection officer", "someone else saw personal data", "came in for"),
    ("Our son's name is missing from the memorial.", "the bereavement team", "a bereavement, and a grievance about it", "from the memorial"),
    ("Your guard only checks the bags of the black lads.", "the head of customer care", "discrimination or a racist word", "the black lads"),
    ("I was told the flat had gone once they heard my accent.", "the head of customer care", "discrimination or a racist word", "heard my accent"),
    ("The delivery man rubbed up against me in the lift.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "in the lift"),
    ("The swimming coach has asked my son to keep their chats secret.", "the safeguarding lead", "someone was touched, followed or attacked by staff", "their chats secret"),
    ("I've filled in the small claims form.", "the legal team", "legal steps", "small claims form"),
    ("My next letter goes to Ofcom.", "the complaints officer", "a regulator or official body", "goes to Ofcom"),
    ("The local radio are running it on Thursday.", "the press office", "someone is going public", "it on Thursday"),
    ("I've disputed it with Visa.", "the payments team", "a chargeback is announced", "it with Visa"),
    ("Mum has lost two stone and nobody can tell me when she last ate.", "the safeguarding lead", "someone in care may have come to harm", "lost two stone"),
    ("He had the same clothes on for five days and smelled of urine.", "the safeguarding lead", "someone in care may have come to harm", "for five days"),
    ("The man who came wasn't one of yours and took £300 off my mum.", "the fraud team", "fraud or theft is reported", "one of yours"),
    ("Your cleaner is the only one with a key and my mother's brooch is gone.", "the fraud team", "fraud or theft is reported", "with a key"),
    ("I'm hiding from my husband and your parcel had my name on the gate.", "the safeguarding lead", "someone may be at risk from a person they know", "from my husband"),
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
    assert!(HELD.len() >= 100 && faults.is_empty(), "{}", faults.join("\n"));
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
    "I know your office closes at five, so I'll come on Monday.",
    "Tell him to look behind the shed for the parcel.",
    "If I see him again I'll buy him a pint.",
    "You will regret the colour, my wife said, and I do.",
    "I'll wait for the driver outside the gate.",
    "I want to smash my targets with your app but it crashes.",
    "The cushions could do with a good beating to get the dust out.",
    "I know where you keep the spare leaflets, but they were out.",
    "An accident happened to the parcel.",
    "The puppet has its name on a bat.",
    "What's the point of a tracking page that never moves?",
    "I saved up for the tablet and it is scratched.",
    "We said goodbye to the old kitchen and the new one is late.",
    "I'm so tired of these emails.",
    "If I did not wake up at five I would never get a slot.",
    "Nobody would notice if I left the second sock out.",
    "My mum is 88 and loves the chair, but a castor is missing.",
    "The nurse's outfit for the school play came in the wrong size.",
    "The hospital car park machine ate my pound.",
    "We're having a baby shower and the balloons never came.",
    "The oven door opens the wrong way.",
    "There are two bottles left and I ordered six.",
    "The only way to see the invoice is to log in.",
    "My daughter was standing at the till and nobody served her.",
    "The toy was found by itself at the bottom of the box.",
    "My son could not find the join button.",
    "Kids eat free, says the board, and we were charged.",
    "The pram was left on its own at the depot.",
    "My niece dropped her ice cream at the gate.",
    "The tablet case does not fit the tablet.",
    "I asked for a referral bonus and never got it.",
    "The right leg of the table is shorter than the left.",
    "The pump on the airbed is broken.",
    "The monitor shows wrong colours and reads HDMI 2.",
    "The stage 2 show was moved instead of stage 1.",
    "The egg cups are not listed on the packing slip.",
    "The nuts and bolts are not in the pack.",
    "Milk was not on the receipt, but I paid for it.",
    "Is the bread vegan?",
    "The smell of the candle is not what I ordered.",
    "The gas bill has my old name on it.",
    "The hissing sound effect in the game is too loud.",
    "The gas barbecue came without a lid.",
    "The pipe is a shade too short.",
    "The fire pit arrived with a dent.",
    "The plug is the wrong colour.",
    "My phone slid off the table and your case cracked.",
    "The film cut out before the end.",
    "The base of the lamp has gone brown in the sun.",
    "The doll's arm is in plaster instead of wood.",
    "My back garden is full of your leaflets.",
    "The bug bites the player in level two and the game freezes.",
    "The vet says the collar is a good fit, but the buckle is stiff.",
    "The box came down the stairs and the vase is cracked.",
    "The barrier came down in price and then up again.",
    "The dog loved the bed and the cat hates it.",
    "We lost two chickens from the plush set.",
    "The dog ate the chocolate-coloured label.",
    "Your rabbit hutch came without nails.",
    "The vet's bill was higher than the quote.",
    "A letter for the flat below came in the post.",
    "Who else has the blue one in stock?",
    "Take it down a size, please.",
    "The names and addresses field does not save.",
    "You rang the wrong number twice.",
    "The photo of my daughter on the mug is blurred.",
    "The battery is dead again.",
    "The urn is the wrong colour for the tea.",
    "The stone of the worktop is chipped.",
    "We lost two days to the move.",
    "The late train cost me a taxi.",
    "The plot of the film was thin and the seats were hard.",
    "The wheelchair cushion is the wrong size.",
    "Could somebody at home look at the order for me?",
    "You lot are the best, but the lid is loose.",
    "The scarf lost its colour.",
    "I felt like a fool when the code was refused.",
    "Do you have it in black?",
    "The fitter put his hand on the wall and left a mark.",
    "The desk was against the door when it came and we could not open it.",
    "The driver texted me at night that the parcel was on its way.",
    "Your receptionist was short with me.",
    "The model in the photo stares at my cat.",
    "Court shoes, size 6, came in size 8.",
    "My sister is a judge at the baking show and liked the cake.",
    "The county show is on Friday and the tent is not here.",
    "The insurance for the parcel was not needed.",
    "I kept the receipt and the box as evidence.",
    "The water authority closed the road, so nobody came.",
    "I work for the council and ordered 40 chairs.",
    "The commission on the sale was too high.",
    "The inspector gadget toy does not talk.",
    "Is there a form for the board game club?",
    "The Times was not delivered on Sunday.",
    "I do a weekly shop and half of it was missing.",
    "The printer goes to print and stops.",
    "The Post Office was shut.",
    "An echo on the line made it hard to hear.",
    "You asked me for a quote for the fence and I sent it.",
    "The charger is back to front.",
    "My bank holiday order is late.",
    "Please reverse the order of names.",
    "My card declined twice.",
    "I dispute the size you give.",
    "There are marks on the arm of the chair.",
    "The bell on the bike is too quiet.",
    "I rang the bell and left after five minutes.",
    "The jumper was moved around roughly in the wash.",
    "The plant lost a stone from its pot.",
    "The warrant card in the toy set is bent.",
    "We slept in the tent and a pole broke.",
    "I'm at 31 weeks of the 52-week course and it froze.",
    "The fake fur is lovely, but a button is missing.",
    "I gave the driver the code for the gate.",
    "Did you ring me about the sofa?",
    "The card is in the envelope but the gift isn't.",
    "Someone got hold of the last ticket before me.",
    "My watch strap is missing a pin.",
    "The ring is gone from the key fob.",
    "Please don't ring before nine.",
    "He lives at number four and signed for it.",
    "We moved because of the noise, so the address is new.",
    "Your left-hand glove has gone missing from the pack.",
    "Is it safe to assume it comes on Friday?",
    "The safe won't open with the code.",
    "I spent ten minutes with your manager and he was no help.",
    "The comb has lost its teeth.",
    "The clock does not show its face in the dark.",
    "There's no money-off voucher in the pack.",
    "The scooter's light is too dim.",
    "The nurse doll never came.",
    "We were put off by the price of the bus tour.",
    "I brushed up the crumbs and the dustpan snapped.",
    "Keep the lid on tight, it says, but it leaks.",
    "The glass in the door of the dresser is cracked.",
    "The cat flap is the wrong size.",
    "Page four is missing from the guide to stone.",
    "I heard my name called twice and nobody was at the desk.",
    "The radio is running on flat batteries.",
    "I disputed the colour with my wife and she was right.",
    "The chairs smell of paint.",
    "The same clothes have two prices on your site.",
    "One of yours is bigger than mine.",
    "The hiding place for the key is too small.",
    "The cutting board is split.",
    "A draught goes through the back door you fitted.",
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
        ("My husband died in April and another letter came addressed to him.", "sorry for your loss"),
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
    ("This week only: 20 percent off all sofas. Shop now. Unsubscribe here.", "an advertisement"),
    ("FLASH SALE at Roomy: 25% off everything. Order today. Reply STOP to opt out.", "an advertisement"),
];

#[test]
fn senders_who_are_no_customers_get_no_draft_and_the_agent_is_told_why() {
    for (text, why) in NO_CUSTOMERS {
        let record = read(text);
        let reading = record.reading.unwrap();
        assert!(record.draft.is_none() && !reading.answerable, "{text}\n{:?}", record.draft);
        assert!(reading.why_not.as_deref().is_some_and(|told| told.contains(why)), "{:?}", reading.why_not);
        assert!(reading.issues.is_empty() && reading.wants.is_empty(), "{text}\n{:?}", reading.issues);
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
    "You said this week only and 20 percent off all sofas, and your shop now charges full price.",
    "I pressed unsubscribe at the foot of your mail four times and still get them.",
    "Please unsubscribe me from your newsletter, I get three a day.",
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
