# The daily commands. `just` lists them; each is plain cargo, so none needs `just`.

# What must pass before a change lands.
default: fmt lint test

fmt:
    cargo fmt
    cargo run --quiet -- phrasebook fmt --phrasebook phrasebook.yaml

lint:
    cargo clippy --workspace --all-targets -- -D warnings

test:
    cargo test

# Rewrite what the tests compare with: transcripts and the phrasebook's schema. Read the diff.
bless:
    TRYCMD=overwrite cargo test --test cli
    UPDATE_SCHEMA=1 cargo test -p amends-phrasebook --lib schema

# The API pages, every warning an error.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Licences, advisories and doubled crates.
deny:
    cargo deny check

# Time one mail, a batch, and texts made to be slow; keep the output in benches/runs.
bench:
    cargo bench --bench drafts
    benches/start.sh
    benches/slow-texts.sh

# A minute on each fuzz target, from the fixtures on; needs cargo-fuzz and a nightly compiler.
fuzz seconds="60": (fuzz-one "mail" "tests/letters crates/inbox/tests/mails" seconds) (fuzz-one "records" "crates/inbox/tests/damage" seconds) (fuzz-one "export" "crates/inbox/tests/desks" seconds) (fuzz-one "yaml" "phrasebook" seconds) (fuzz-one "phrase" "fuzz/seeds/phrase" seconds)

# No leaks are looked for: what a phrasebook is read from is never freed.
fuzz-one target seeds seconds="60":
    mkdir -p fuzz/corpus/{{target}}
    cargo +nightly fuzz run {{target}} fuzz/corpus/{{target}} {{seeds}} -- -max_total_time={{seconds}} -detect_leaks=0