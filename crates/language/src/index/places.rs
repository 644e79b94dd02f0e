//! The places of all phrases, flattened into a few tables.

use super::*;
use crate::phrase::FactKind;
use rustc_hash::FxHashMap;

/// A flattened [`Node`]: its parts are indexes into the shared tables.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Word(Symbol),
    /// Start and length in `symbols`, sorted; the mask's two halves come just before.
    Words(u32, u32),
    Gap,
    Fact(FactKind),
    /// Start and length in `rows`.
    Any(u32, u32),
    /// Index in `rows`.
    Maybe(u32),
}

pub(super) const FACTS: [FactKind; 4] =
    [FactKind::Order, FactKind::Amount, FactKind::Date, FactKind::Duration];

impl Plain for Place {
    const NUMBERS: usize = 2;

    fn put(&self, out: &mut Numbers<'_>) {
        let (sort, len, from) = match *self {
            Self::Word(symbol) => (0, 0, symbol),
            Self::Words(from, len) => (1, len, from),
            Self::Gap => (2, 0, 0),
            Self::Fact(kind) => (3, 0, FACTS.iter().position(|k| *k == kind).unwrap_or(0) as u32),
            Self::Any(from, len) => (4, len, from),
            Self::Maybe(row) => (5, 0, row),
        };
        [sort | len << 3, from].into_iter().for_each(|n| out.put(n));
    }

    fn take(row: &[u8]) -> Self {
        let (sort, from) = (number(row, 0), number(row, 1));
        let len = sort >> 3;
        match sort & 7 {
            0 => Self::Word(from),
            1 => Self::Words(from, len),
            2 => Self::Gap,
            3 => Self::Fact(FACTS[from as usize % FACTS.len()]),
            4 => Self::Any(from, len),
            _ => Self::Maybe(from),
        }
    }
}

/// A row of places, with half-masks of the words it can begin and end with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) from: u32,
    pub(super) len: u32,
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Plain for Line {
    const NUMBERS: usize = 4;

    fn put(&self, out: &mut Numbers<'_>) {
        [self.from, self.len, self.first, self.last].into_iter().for_each(|n| out.put(n));
    }

    fn take(row: &[u8]) -> Self {
        let [from, len, first, last] = std::array::from_fn(|n| number(row, n));
        Self { from, len, first, last }
    }
}

impl Line {
    pub(super) fn places(&self) -> Range<u32> {
        self.from..self.from + self.len
    }
}

/// The places of all phrases.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Places {
    places: Table<Place>,
    lines: Table<Line>,
    symbols: Table<u32>,
    /// What was laid down before, to be used again: phrases share their lists.
    #[serde(skip)]
    known: Known,
}

/// Shorter alternatives are laid down each time: looking them up costs more than it saves.
const WORTH_SHARING: usize = 4;

#[derive(Debug, Default)]
struct Known {
    symbols: FxHashMap<Vec<Symbol>, u32>,
    /// The first line of several.
    lines: FxHashMap<Vec<Row>, u32>,
}

/// A contiguous run of places, as they are stored.
#[derive(Clone, Copy)]
pub(super) struct Slice<'a>(&'a [[u8; 4 * Place::NUMBERS]]);

impl Slice<'_> {
    pub(super) fn split_first(self) -> Option<(Place, Self)> {
        self.0.split_first().map(|(place, rest)| (Place::take(place), Self(rest)))
    }

    pub(super) fn split_last(self) -> Option<(Place, Self)> {
        self.0.split_last().map(|(place, rest)| (Place::take(place), Self(rest)))
    }

    pub(super) fn split_at(self, n: u32) -> (Self, Self) {
        let (front, back) = self.0.split_at(n as usize);
        (Self(front), Self(back))
    }
}

impl Places {
    /// Appends a row.
    pub(super) fn add(&mut self, row: &[Node]) -> u32 {
        let line = self.lay_down(row);
        self.lines.push(&line);
        self.lines.len() as u32 - 1
    }

    /// All phrases are laid down: what was kept to share their lists is given back.
    pub(super) fn finish(&mut self) {
        self.known = Known::default();
    }

    fn lay_down(&mut self, row: &[Node]) -> Line {
        let places: Vec<Place> = row.iter().map(|node| self.place(node)).collect();
        let (from, len) = (self.places.len() as u32, places.len() as u32);
        self.places.extend(places);
        let mask = |symbols: Option<Vec<Symbol>>| symbols.map_or(u32::MAX, |symbols| half(mask_of(&symbols)));
        let (first, last) = (mask(phrase::first_symbols(row)), mask(phrase::last_symbols(row)));
        Line { from, len, first, last }
    }

    fn place(&mut self, node: &Node) -> Place {
        match node {
            Node::Word(symbols) if symbols.len() == 1 => Place::Word(symbols[0]),
            Node::Word(symbols) => {
                let len = symbols.len() as u32;
                if symbols.len() >= WORTH_SHARING
                    && let Some(from) = self.known.symbols.get(symbols)
                {
                    return Place::Words(*from, len);
                }
                let mask = mask_of(symbols);
                self.symbols.extend([mask as u32, (mask >> 32) as u32]);
                let from = self.symbols.len() as u32;
                self.symbols.extend(symbols.iter().copied());
                if symbols.len() >= WORTH_SHARING {
                    self.known.symbols.insert(symbols.clone(), from);
                }
                Place::Words(from, len)
            }
            Node::Gap => Place::Gap,
            Node::Fact(kind) => Place::Fact(*kind),
            Node::Any(rows) => {
                let len = rows.len() as u32;
                if rows.len() >= WORTH_SHARING
                    && let Some(from) = self.known.lines.get(rows)
                {
                    return Place::Any(*from, len);
                }
                let lines: Vec<Line> = rows.iter().map(|row| self.lay_down(row)).collect();
                let from = self.lines.len() as u32;
                self.lines.extend(lines);
                if rows.len() >= WORTH_SHARING {
                    self.known.lines.insert(rows.clone(), from);
                }
                Place::Any(from, len)
            }
            Node::Maybe(row) => Place::Maybe(self.add(row)),
        }
    }

    pub(super) fn row(&self, row: Range<u32>) -> Slice<'_> {
        Slice(&self.places.rows()[row.start as usize..row.end as usize])
    }

    pub(super) fn line(&self, n: u32) -> Line {
        self.lines.get(n as usize)
    }

    pub(super) fn lines(&self, from: u32, len: u32) -> impl Iterator<Item = Line> + '_ {
        self.lines.range(from as usize..(from + len) as usize)
    }

    /// The mask of the symbols starting at `from`.
    pub(super) fn mask(&self, from: u32) -> u64 {
        let number = |n: u32| u64::from(self.symbols.get((from - n) as usize));
        number(2) | number(1) << 32
    }

    /// Whether `symbol` is among the `len` symbols starting at `from`.
    pub(super) fn has(&self, from: u32, len: u32, symbol: Symbol) -> bool {
        let symbols = &self.symbols.rows()[from as usize..(from + len) as usize];
        symbols.binary_search_by_key(&symbol, |row| u32::from_le_bytes(*row)).is_ok()
    }

    /// Rebuilds a row.
    pub(super) fn nodes(&self, row: Range<u32>) -> Row {
        let node = |n: u32| match self.places.get(n as usize) {
            Place::Word(symbol) => Node::Word(vec![symbol]),
            Place::Words(from, len) => {
                Node::Word((from..from + len).map(|n| self.symbols.get(n as usize)).collect())
            }
            Place::Gap => Node::Gap,
            Place::Fact(kind) => Node::Fact(kind),
            Place::Any(from, len) => {
                Node::Any(self.lines(from, len).map(|line| self.nodes(line.places())).collect())
            }
            Place::Maybe(line) => Node::Maybe(self.nodes(self.line(line).places())),
        };
        row.map(node).collect()
    }
}

/// Folds a mask to 32 bits, to save space.
pub(super) fn half(mask: u64) -> u32 {
    (mask | mask >> 32) as u32
}
