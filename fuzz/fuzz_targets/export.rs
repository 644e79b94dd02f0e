//! Any bytes as a help desk's export, and as Outlook's mail.
#![no_main]

use amends_inbox::desk;
use amends_inbox::formats::{self, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    desk::is_export(bytes);
    for ticket in desk::tickets(bytes).flatten().flatten() {
        let _ = ticket.read(&[], &["@northlane.example"]);
    }
    let _ = formats::single("m", bytes, Format::Email, &[]);
});
