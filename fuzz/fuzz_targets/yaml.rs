//! Any text as a phrasebook that extends the default one, and laid out.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let _ = amends::built_in::parse("p.yaml", source);
    if let Ok(once) = amends_phrasebook::fmt::format(source) {
        assert_eq!(amends_phrasebook::fmt::format(&once).unwrap(), once);
    }
});
