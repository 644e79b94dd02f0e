//! The default phrasebook does what it says: its examples hit and miss, its wordings render.

use amends::classify::classify;
use amends::intake;
use amends::message::Message;
use amends::phrasebook::{Owner, Phrasebook};

fn fires(book: &Phrasebook, owner: Owner, text: &str) -> bool {
    let words = book.lexicon.read(text);
    book.index.find(text, &words, &[]).iter().any(|h| book.rules[h.rule as usize].owner == owner)
}

#[test]
fn every_issue_is_found_in_its_examples_and_not_in_its_near_misses() {
    let book = Phrasebook::built_in().unwrap();
    let mut faults = Vec::new();
    for issue in &book.issues {
        assert!(!issue.hit.is_empty() && !issue.miss.is_empty(), "{} has no examples", issue.id);
        for (texts, wanted) in [(&issue.hit, true), (&issue.miss, false)] {
            for text in texts {
                let reading = classify(&book, &Message::from_text("m", text));
                let found = reading.issues.iter().any(|i| i.id == issue.id && i.score >= 0.5);
                if found != wanted {
                    let got: Vec<_> = reading.issues.iter().map(|i| (&i.id, i.score)).collect();
                    faults.push(format!(
                        "{}: {} {text:?}: {got:?}",
                        issue.id,
                        if wanted { "missed in" } else { "found in" }
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_table_fires_on_its_examples_and_not_on_its_near_misses() {
    let book = Phrasebook::built_in().unwrap();
    let mut faults = Vec::new();
    for example in &book.examples {
        for text in &example.hit {
            if !fires(&book, example.owner, text) {
                faults.push(format!("{:?} misses {text:?}", example.owner));
            }
        }
        // Tables of signs weigh up; one that must stay silent on its near-miss is a risk or a lint rule.
        if matches!(example.owner, Owner::Risk(_) | Owner::Lint(_)) {
            for text in &example.miss {
                if fires(&book, example.owner, text) {
                    faults.push(format!("{:?} fires on {text:?}", example.owner));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn kinds_wants_and_tones_read_their_examples_as_themselves() {
    let book = Phrasebook::built_in().unwrap();
    let read = |text: &str| classify(&book, &Message::from_text("m", text));
    let mut faults = Vec::new();
    for example in &book.examples {
        for (texts, wanted) in [(&example.hit, true), (&example.miss, false)] {
            for text in texts {
                let reading = read(text);
                let held = match example.owner {
                    Owner::Kind(n) => reading.kind == amends::phrasebook::KINDS[n as usize],
                    Owner::Want(n) => reading.wants.contains(&amends::phrasebook::WANTS[n as usize]),
                    Owner::Tone(n) => reading.tone.id == amends::phrasebook::TONES[n as usize],
                    Owner::Customer(n) => reading.customer == amends::phrasebook::CUSTOMERS[n as usize],
                    _ => continue,
                };
                if held != wanted {
                    faults.push(format!(
                        "{:?} {} {text:?}: {} {} {} {:?}",
                        example.owner,
                        if wanted { "misses" } else { "holds for" },
                        reading.kind,
                        reading.tone.id,
                        reading.customer,
                        reading.wants
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn there_are_phrases_enough() {
    let book = Phrasebook::built_in().unwrap();
    let phrases = book
        .rules
        .iter()
        .filter(|r| !matches!(r.owner, Owner::Thing(_) | Owner::Unless(_) | Owner::Lint(_)))
        .count();
    assert!(phrases >= 1200, "{phrases}");
}

#[test]
fn every_regular_expression_compiles_and_every_wording_parses() {
    let book = Phrasebook::built_in().unwrap();
    for name in amends::phrasebook::MOVES {
        for wording in book.wordings(name) {
            let mut context = tera::Context::new();
            for fact in &wording.facts {
                context.insert(fact.clone(), "a fact");
            }
            let said = wording.say(&context).unwrap_or_else(|e| panic!("{name}: {}: {e}", wording.text));
            assert!(!said.trim().is_empty() && !said.contains("{{"), "{name}: {said}");
        }
    }
}

#[test]
fn the_first_complaint_is_read_as_promised() {
    let book = Phrasebook::built_in().unwrap();
    let text = "I ordered boots three weeks ago (order A-44192, $149.90) and they still have not come. I called twice. I want my money back!!";
    let reading = classify(&book, &intake::single("m", text.as_bytes(), intake::Format::Text, &[]).unwrap());
    assert_eq!((reading.kind, reading.issues[0].id.as_str()), ("complaint", "late_delivery"));
    assert_eq!(reading.wants, ["refund"]);
    assert_eq!(
        (reading.facts.contacts, reading.facts.orders.as_slice(), reading.facts.amounts.as_slice()),
        (Some(2), &["A-44192".to_owned()][..], &["$149.90".to_owned()][..])
    );
}

#[test]
fn every_wording_keeps_the_rules_of_a_good_reply() {
    let book = Phrasebook::built_in().unwrap();
    let mut faults = Vec::new();
    for name in amends::phrasebook::MOVES {
        for wording in book.wordings(name) {
            let mut context = tera::Context::new();
            for fact in &wording.facts {
                context.insert(fact.clone(), "something");
            }
            let said = wording.say(&context).unwrap();
            let words = book.lexicon.read(&said);
            for hit in book.index.find(&said, &words, &[]) {
                if let Owner::Lint(n) = book.rules[hit.rule as usize].owner {
                    faults.push(format!("{name}: {}: {said}", book.lint[n as usize].id));
                }
            }
            if *name != "sign" && (said.contains('!') || said.contains("  ") || said.ends_with(' ')) {
                faults.push(format!("{name}: {said}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
