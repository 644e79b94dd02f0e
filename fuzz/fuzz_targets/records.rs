//! Any bytes as JSON Lines, JSON in any layout, a table, a packed file.
#![no_main]

use amends_inbox::formats::{self, Columns};
use amends_inbox::table::Rows;
use amends_inbox::unpack::unpack;
use amends_inbox::values::Values;
use libfuzzer_sys::fuzz_target;
use std::io::{BufReader, Cursor};

fuzz_target!(|bytes: &[u8]| {
    let Ok(plain) = unpack(Box::new(Cursor::new(bytes.to_vec()))) else { return };
    let values = Values::new(BufReader::new(plain.reader)).map_while(Result::ok);
    let lines = formats::lines(bytes).map_while(Result::ok);
    for (line, record) in values.chain(lines) {
        let _ = formats::record(line, &record, &[], &[]);
    }
    let mut rows = Rows::new(bytes, formats::delimiter(bytes));
    if rows.heed_separator().is_ok()
        && let Some(Ok(head)) = rows.next()
        && let Ok(columns) = Columns::read(&head.cells, &[])
    {
        for row in rows.map_while(Result::ok) {
            let _ = formats::row(row.line, &columns, &row.cells, &[]);
        }
    }
    formats::detect(bytes);
});
