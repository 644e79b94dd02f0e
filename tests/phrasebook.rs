//! The default phrasebook does what it says: its examples hit and miss, its wordings render.

use amends::built_in;
use amends::reading::classify;
use amends::render::Templates;
use amends::study::{advice, examples};
use amends_inbox::formats;
use amends_phrasebook::diagnostic::{Sources, render};
use amends_phrasebook::overlay::Merged;
use amends_phrasebook::{Owner, Phrasebook};

/// The default phrasebook with its places, as `amends phrasebook test` reads it.
fn default() -> (Phrasebook, Sources) {
    let (path, source) = built_in::manifest();
    let merged = Merged::gather(&path, &source, &mut |from, name| built_in::fetch(from, name).unwrap());
    let (book, sources, faults) = advice::examine(merged);
    assert!(faults.is_empty(), "{}", render(&sources, &faults, false));
    (book.unwrap(), sources)
}

#[test]
fn nothing_is_worth_a_look_and_every_phrase_has_an_example() {
    let (book, sources) = default();
    let today = "2026-11-23".parse().unwrap();
    let report = examples::run(&book, &Templates::built_in(), &sources, today, |_| true);
    assert!(report.failed() == 0 && report.coverage() == 100, "{}", examples::text(&report, 50));
}

#[test]
fn every_issue_has_examples_and_near_misses() {
    let (book, _) = default();
    for issue in &book.issues {
        assert!(!issue.hit.is_empty() && !issue.miss.is_empty(), "{} has no examples", issue.id);
    }
}

#[test]
fn there_are_phrases_enough() {
    let book = built_in::phrasebook().unwrap();
    let phrases = book
        .rules
        .iter()
        .filter(|r| !matches!(r.owner, Owner::Thing(_) | Owner::Unless(_) | Owner::Lint(_)))
        .count();
    assert!(phrases >= 1200, "{phrases}");
}

#[test]
fn every_regular_expression_compiles_and_every_wording_parses() {
    let book = built_in::phrasebook().unwrap();
    for name in amends_phrasebook::MOVES {
        for wording in book.wordings(name).iter() {
            let facts = wording.facts.iter().map(|fact| (&**fact, "a fact".to_owned())).collect();
            let said = wording.say(&facts).unwrap_or_else(|e| panic!("{name}: {}: {e}", wording.text));
            assert!(!said.trim().is_empty() && !said.contains("{{"), "{name}: {said}");
        }
    }
}

#[test]
fn the_first_complaint_is_read_as_promised() {
    let book = built_in::phrasebook().unwrap();
    let text = "I ordered boots three weeks ago (order A-44192, $149.90) and they still have not come. I called twice. I want my money back!!";
    let reading =
        classify(&book, &formats::single("m", text.as_bytes(), formats::Format::Text, &[]).unwrap());
    assert_eq!((reading.kind, reading.issues[0].id.as_str()), ("complaint", "late_delivery"));
    assert_eq!(reading.wants, ["refund"]);
    assert_eq!(
        (reading.facts.contacts, reading.facts.orders.as_slice(), reading.facts.amounts.as_slice()),
        (Some(2), &["A-44192".to_owned()][..], &["$149.90".to_owned()][..])
    );
}
