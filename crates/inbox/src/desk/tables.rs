//! The tables of tickets that desks export, and which column of any table holds the message.

use super::shapes::{DESKS, Table as OfDesk};
use crate::formats::FIELDS;
use std::collections::BTreeMap;

/// What the columns of a desk's table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub desk: &'static str,
    /// Our fields and the numbers of their columns.
    pub fields: Vec<(&'static str, usize)>,
    /// The cells by which a row isn't the customer's.
    others: Vec<(Other, usize, &'static [String])>,
}

/// Whose a row is, if not the customer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    Ours,
    /// A private note.
    Private,
}

impl Table {
    pub fn other(&self, cell: impl Fn(usize) -> String) -> Option<Other> {
        let found = self.others.iter().find(|(_, at, words)| words.contains(&plain(&cell(*at))));
        found.map(|(other, ..)| *other)
    }
}

/// The desk's table that has these columns.
pub fn table(columns: &[String]) -> Option<Table> {
    let lower: Vec<String> = columns.iter().map(|name| plain(name)).collect();
    let table: &'static OfDesk = DESKS.tables.iter().find(|table| table.is_of(&lower))?;
    let at = |names: &[String]| names.iter().find_map(|name| lower.iter().position(|column| column == name));
    let fields = table.fields().into_iter().filter_map(|(field, names)| Some((field, at(names)?))).collect();
    let of = |other: Other, cells: &'static BTreeMap<String, Vec<String>>| {
        let column = |name: &String| lower.iter().position(|column| column == name);
        cells
            .iter()
            .filter_map(|(name, words)| Some((other, column(name)?, words.as_slice())))
            .collect::<Vec<_>>()
    };
    let others = [of(Other::Private, &table.private), of(Other::Ours, &table.ours)].concat();
    Some(Table { desk: &table.desk, fields, others })
}

/// `Created_At` as "created at".
fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(['_', '-', '.'], " ");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name that most likely stands for the message: by what it is called, else by the words it holds, of
/// which there are so many.
pub fn likeliest<'a>(names: impl IntoIterator<Item = (&'a str, usize)>) -> Option<&'a str> {
    /// What holds fewer is a name or a label.
    const FEWEST: usize = 3;
    let rank = |name: &str, words: usize| {
        let name = plain(name);
        let of_whole = DESKS.texts.iter().position(|text| *text == name);
        let within = || DESKS.texts.iter().position(|text| name.split(' ').any(|word| word == text));
        // "Message ID" has no message.
        of_whole.or_else(|| within().filter(|_| words >= FEWEST).map(|at| at + DESKS.texts.len()))
    };
    // Not what has another meaning here.
    let other = |name: &str| FIELDS.contains(&plain(name).as_str());
    let ranked = names.into_iter().filter_map(|(name, words)| {
        let rank = rank(name, words).or_else(|| (words >= FEWEST && !other(name)).then_some(usize::MAX))?;
        (words > 0).then_some((rank, usize::MAX - words, name))
    });
    ranked.min().map(|(_, _, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_of_the_message_is_told() {
        for (columns, likely) in [
            ([("Ticket", 4), ("Body", 60), ("Shop", 3)], Some("Body")),
            ([("id", 4), ("Customer comment", 60), ("Shop name", 90)], Some("Customer comment")),
            ([("a", 4), ("b", 60), ("c", 3)], Some("b")),
            ([("Body", 0), ("b", 60), ("c", 3)], Some("b")),
            ([("Subject", 5), ("Message ID", 1), ("c", 1)], None),
            ([("", 0), ("", 0), ("", 0)], None),
        ] {
            assert_eq!(likeliest(columns), likely);
        }
    }

    #[test]
    fn a_desk_is_told_by_its_columns() {
        let of = |columns: &str| table(&columns.split(',').map(str::to_owned).collect::<Vec<_>>());
        let found = of("Ticket ID,Subject,Description,Status,Full name,Email").unwrap();
        assert_eq!(found.desk, "Freshdesk");
        assert_eq!(found.fields, [("text", 2), ("id", 0), ("subject", 1), ("name", 4), ("from", 5)]);
        assert_eq!(of("Ticket,Body,Customer,Shop"), None);
    }
}
