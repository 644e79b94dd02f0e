//! Generates text that a phrase matches, for testing it and suggesting examples.

use amends_language::phrase::{FactKind, Node, Row};
use amends_phrasebook::Phrasebook;

/// Generates samples of a phrasebook's phrases.
#[derive(Debug)]
pub struct Sampler<'a> {
    book: &'a Phrasebook,
    names: Vec<&'a str>,
}

impl<'a> Sampler<'a> {
    pub fn new(book: &'a Phrasebook) -> Self {
        Self { book, names: book.lexicon.names() }
    }

    /// One sample of a rule's phrase: way 0 is the shortest, others vary the words in each place.
    /// `None` for a regular expression.
    pub fn say(&self, rule: u32, way: u64) -> Option<String> {
        let mut words = Vec::new();
        self.row(&self.book.row(rule)?, &mut Dice(way), &mut words);
        Some(words.join(" "))
    }

    fn row(&self, row: &Row, dice: &mut Dice, words: &mut Vec<&'a str>) {
        for node in row {
            match node {
                Node::Word(symbols) => {
                    words.push(self.names[symbols[dice.roll(symbols.len())] as usize]);
                }
                Node::Gap => words.extend(["so", "to", "speak"].iter().take(dice.roll(3))),
                Node::Fact(kind) => words.push(match kind {
                    FactKind::Order => "order A-44192",
                    FactKind::Amount => "$20",
                    FactKind::Date => "12 March",
                    FactKind::Duration => "three weeks",
                }),
                Node::Any(rows) => self.row(&rows[dice.roll(rows.len())], dice, words),
                Node::Maybe(row) => {
                    if dice.roll(2) == 1 {
                        self.row(row, dice, words);
                    }
                }
            }
        }
    }
}

/// A seeded random generator; seed 0 always rolls 0.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        if self.0 == 0 {
            return 0;
        }
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}
