//! The gold turnings of the corpus: two thirds were tuned on, one third only measured.

use amends_retell::{Clause, Lexicon, Role, turn, turn_behind};

mod gold;

#[test]
fn turns_as_people_do() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/turnings.jsonl");
    // The crate alone, without the repository, has no corpus.
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let lexicon = Lexicon::default();
    let mut alone = [gold::Figures::default(), gold::Figures::default()];
    let mut behind = [gold::Figures::default(), gold::Figures::default()];
    for line in text.lines() {
        let row = gold::Row::of(&serde_json::from_str(line).unwrap());
        let role = Role::named(&row.role).unwrap();
        let clause =
            Clause { text: &row.clause, role, before: &row.before, after: &row.after, weekday: None };
        let helped = gold::helped(&lexicon, &clause);
        let part = usize::from(row.aside);
        alone[part].count(&row, turn(&lexicon, &clause).ok().map(|t| t.sentence()).as_deref(), helped);
        behind[part].count(
            &row,
            turn_behind(&lexicon, &clause).ok().map(|t| t.sentence()).as_deref(),
            helped,
        );
    }
    // A half of a long one told alone counts as far from the whole of the gold.
    let floors = [
        ("alone, tuned on", &alone[0], [0.94, 0.912, 0.612]),
        ("alone, set aside", &alone[1], [0.885, 0.89, 0.49]),
        ("behind, tuned on", &behind[0], [0.928, 0.908, 0.68]),
        ("behind, set aside", &behind[1], [0.853, 0.84, 0.58]),
    ];
    for (name, figures, [precision, faithful, reach]) in floors {
        println!("{name}: {figures}");
        assert!(
            figures.precision() >= precision && figures.faithful() >= faithful && figures.reach() >= reach,
            "{name}: {figures}"
        );
    }
}
