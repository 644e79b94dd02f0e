//! One mail and a batch, stage by stage. `cargo bench`; nothing here is asserted.

use amends::plan::Options;
use amends::reading::classify;
use amends::render::Templates;
use amends::reply::reply;
use amends_inbox::formats::{self, Format};
use amends_inbox::message::Message;
use divan::counter::{BytesCount, ItemsCount};
use jiff::civil::date;

fn main() {
    divan::main();
}

const MAIL: &[u8] = include_bytes!("../tests/letters/late-boots.eml");

/// Complaints of several lengths and kinds.
fn batch() -> Vec<Message> {
    let texts = [
        "Where is my parcel?",
        "You charged me twice for order 55-90213 and nobody answers my emails. I want a refund.",
        "Thank you so much, the lamp is lovely and it came a day early!",
        "I've been on hold for 90 minutes. This is the third time this week. I was told somebody would call me back and nobody did. Your app says the site is down, and my account has been locked since Monday. I need this sorted by Friday.",
    ];
    (0..400)
        .map(|n| Message::from_text(n.to_string(), &format!("{} ({n})", texts[n % texts.len()])))
        .collect()
}

fn options() -> Options {
    Options::on(date(2026, 11, 23))
}

#[divan::bench]
fn load_the_phrasebook(bencher: divan::Bencher<'_, '_>) {
    let (path, source) = amends::built_in::manifest();
    bencher.bench(|| amends::built_in::parse(&path, divan::black_box(&source)).is_ok());
}

#[divan::bench]
fn one_mail(bencher: divan::Bencher<'_, '_>) {
    let (book, templates) =
        (amends::built_in::phrasebook().expect("the built-in phrasebook"), Templates::built_in());
    bencher.counter(BytesCount::of_slice(MAIL)).bench(|| {
        let message = formats::single("m", divan::black_box(MAIL), Format::Email, &[]).expect("a mail");
        reply(&book, &templates, &message, &options())
    });
}

#[divan::bench]
fn classify_a_batch(bencher: divan::Bencher<'_, '_>) {
    let (book, batch) = (amends::built_in::phrasebook().expect("the built-in phrasebook"), batch());
    let bytes: usize = batch.iter().map(|m| m.text.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| batch.iter().map(|m| classify(&book, m).issues.len()).sum::<usize>());
}

#[divan::bench]
fn draft_a_batch(bencher: divan::Bencher<'_, '_>) {
    let (book, templates, batch) =
        (amends::built_in::phrasebook().expect("the built-in phrasebook"), Templates::built_in(), batch());
    bencher
        .counter(ItemsCount::new(batch.len()))
        .bench(|| batch.iter().filter(|m| reply(&book, &templates, m, &options()).draft.is_some()).count());
}
