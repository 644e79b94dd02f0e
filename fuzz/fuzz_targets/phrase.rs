//! Any text as a phrase, tried on any other.
#![no_main]

use amends_language::index::Index;
use amends_language::phrase::{Lists, parse};
use amends_language::words::Lexicon;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let mut lexicon = Lexicon::new([]);
    let lists = Lists::from_iter([("list".to_owned(), vec!["a".to_owned(), "b c".to_owned()])]);
    if let Ok(phrase) = parse(texts.0, &mut lexicon, &lists) {
        let index = Index::new(vec![(0, phrase)], &lexicon);
        index.find(texts.1, &lexicon.read(texts.1), &[]);
    }
});
