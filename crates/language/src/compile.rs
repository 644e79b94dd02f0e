//! Compiles regular expressions to [`Automaton`]s, for build scripts.

use crate::automaton::Automaton;
use std::collections::HashMap;

/// Compiles an expression with ASCII classes; spaces in it are ignored.
pub fn compile(form: &str) -> Automaton {
    use regex_automata::dfa::{Automaton as _, StartKind, dense};
    use regex_automata::nfa::thompson;
    use regex_automata::util::syntax;
    use regex_automata::{Anchored, Input};
    let dense = dense::Builder::new()
        .configure(dense::Config::new().minimize(true).start_kind(StartKind::Both).accelerate(false))
        .syntax(syntax::Config::new().unicode(false).utf8(false).ignore_whitespace(true))
        .thompson(thompson::Config::new().utf8(false))
        .build(form)
        .expect("a fixed form");
    let start = |before: Option<u8>, anchored| {
        let text = before.map_or(Vec::new(), |byte| vec![byte]);
        let input = Input::new(&text).range(text.len()..).anchored(anchored);
        dense.start_state_forward(&input).expect("it can begin anywhere")
    };
    let before = || (0..=u8::MAX).map(Some).chain([None]);
    let starts: Vec<_> = [Anchored::No, Anchored::Yes]
        .into_iter()
        .flat_map(|anchored| before().map(move |byte| (byte, anchored)))
        .map(|(byte, anchored)| start(byte, anchored))
        .collect();
    // Bytes with the same transitions everywhere share a column.
    let classes = dense.byte_classes();
    let columns: Vec<u8> = (0..classes.alphabet_len() - 1)
        .map(|class| {
            (0..=u8::MAX).find(|byte| usize::from(classes.get(*byte)) == class).expect("a byte of it")
        })
        .collect();
    let mut number = HashMap::new();
    let mut states = Vec::new();
    let width = columns.len() as u32 + 1;
    let mut steps = vec![0; width as usize];
    // A state is known by where its row of steps begins.
    let mut place = |state, states: &mut Vec<_>| {
        if dense.is_dead_state(state) {
            return 0;
        }
        *number.entry(state).or_insert_with(|| {
            states.push(state);
            states.len() as u32 * width
        })
    };
    let starts = starts.into_iter().map(|state| place(state, &mut states)).collect();
    let mut done = 0;
    while let Some(&state) = states.get(done) {
        done += 1;
        let next =
            columns.iter().map(|byte| dense.next_state(state, *byte)).chain([dense.next_eoi_state(state)]);
        for next in next {
            steps.push(2 * place(next, &mut states) + u32::from(dense.is_match_state(next)));
        }
    }
    Automaton {
        classes: (0..=u8::MAX).map(|byte| u32::from(classes.get(byte))).collect(),
        width,
        starts,
        steps: steps.into_iter().collect(),
    }
}
