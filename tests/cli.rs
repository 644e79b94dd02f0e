//! The program as a terminal shows it: the README's examples and every error message.

#[test]
fn transcripts() {
    let cases = trycmd::TestCases::new();
    cases.case("README.md").case("docs/*.md").case("tests/cmd/*.md").case("tests/cmd/*.toml");
    // Neither a user's own phrasebook nor colour may change what is compared.
    cases.env("XDG_CONFIG_HOME", "/nonexistent").env("AMENDS_CACHE", "off").env("NO_COLOR", "1");
}
