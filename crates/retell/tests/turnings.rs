//! The gold turnings of the corpus: two thirds were tuned on, one third only measured.

use amends_retell::{Clause, Lexicon, Role, turn};

mod gold;

#[test]
fn turns_as_people_do() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/turnings.jsonl");
    // The crate alone, without the repository, has no corpus.
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let lexicon = Lexicon::default();
    let mut figures = [gold::Figures::default(), gold::Figures::default()];
    for line in text.lines() {
        let row = gold::Row::of(&serde_json::from_str(line).unwrap());
        let role = Role::named(&row.role).unwrap();
        let clause =
            Clause { text: &row.clause, role, before: &row.before, after: &row.after, weekday: None };
        let said = turn(&lexicon, &clause).ok().map(|t| t.sentence());
        figures[usize::from(row.aside)].count(&row, said.as_deref());
    }
    let [tuned, aside] = &figures;
    println!("tuned on:  {tuned}\nset aside: {aside}");
    assert!(tuned.precision() >= 0.925 && tuned.faithful() >= 0.93 && tuned.reach() >= 0.42, "{tuned}");
    assert!(aside.precision() >= 0.865 && aside.faithful() >= 0.85 && aside.reach() >= 0.37, "{aside}");
}
