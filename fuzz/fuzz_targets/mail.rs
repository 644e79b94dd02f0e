//! Any bytes as a mail: read, drafted and written as a mail again.
#![no_main]

use amends::{built_in, plan::Options, render::Templates, reply::reply};
use amends_inbox::formats::{self, Format};
use amends_phrasebook::Phrasebook;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| built_in::phrasebook().unwrap());
static TEMPLATES: LazyLock<Templates> = LazyLock::new(Templates::built_in);

fuzz_target!(|bytes: &[u8]| {
    if let Ok(message) = formats::single("m", bytes, Format::Email, &[]) {
        reply(&BOOK, &TEMPLATES, &message, &Options::on(jiff::civil::date(2026, 11, 23)));
    }
});
