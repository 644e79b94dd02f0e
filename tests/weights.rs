//! The learned weights: that they are those of the corpus, and how well a reading with them does on the
//! messages set aside.

use amends::built_in;
use amends::reading::classify;
use amends::study::fit::corpus::Corpus;
use std::path::Path;

fn corpus() -> Corpus {
    let mut corpus = Corpus::default();
    for part in ["messages", "clauses", "sentences"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(part);
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let source = std::fs::read_to_string(&path).unwrap();
            let name = path.display().to_string();
            match part {
                "messages" => corpus.add_messages(&name, &source).unwrap(),
                "clauses" => corpus.add_clauses(&name, &source).unwrap(),
                _ => corpus.add_sentences(&name, &source).unwrap(),
            }
        }
    }
    corpus
}

#[test]
fn the_weights_are_learned_from_the_corpus_as_it_is() {
    let fingerprint = format!("{:016x}", corpus().fingerprint);
    let tables = [
        "roles",
        "context",
        "issues",
        "matters",
        "kinds",
        "tones",
        "customers",
        "wants",
        "asked",
        "wishes",
        "risks",
        "hold",
        "blend",
    ];
    for table in tables {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("phrasebook/weights/{table}.yaml"));
        let source = std::fs::read_to_string(&path).unwrap();
        assert!(
            source.contains(&fingerprint),
            "{table}.yaml is stale: run `amends phrasebook tune corpus/` and commit what it writes"
        );
    }
}

/// The floors lie a little under what is measured, so that a change that reads worse is noticed.
#[test]
fn the_messages_set_aside_are_read_as_well_as_before() {
    let book = built_in::phrasebook().unwrap();
    let (mut all, mut kinds, mut with_issue, mut first, mut thanked) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut held, mut to_hold) = (0.0, 0.0);
    for labelled in corpus().messages(true) {
        let reading = classify(&book, &labelled.message().unwrap());
        all += 1.0;
        let kind = labelled.kind.as_deref().unwrap();
        kinds += f64::from(u8::from(kind == reading.kind));
        thanked += f64::from(u8::from(kind == "complaint" && reading.kind == "praise"));
        let issues = labelled.issues.as_deref().unwrap_or_default();
        if !issues.is_empty() {
            with_issue += 1.0;
            first += f64::from(u8::from(reading.issues.first().is_some_and(|i| issues.contains(&i.id))));
        }
        if labelled.hold == Some(true) {
            to_hold += 1.0;
            held += f64::from(u8::from(reading.notes.hold || !reading.risks.is_empty()));
        }
    }
    let figures = format!(
        "kind {:.3}, thanked {:.3}, first issue {:.3}, held {:.3} of {all} messages",
        kinds / all,
        thanked / all,
        first / with_issue,
        held / to_hold
    );
    assert!(kinds / all >= 0.85 && first / with_issue >= 0.63, "{figures}");
    assert!(thanked / all <= 0.02 && held / to_hold >= 0.70, "{figures}");
}
