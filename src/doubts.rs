//! What is wrong with a finished draft and would leave unnoticed: each is noted, and what would reach the customer
//! holds the draft.

use crate::facts::value;
use crate::lint::Finding;
use crate::plan::Hold;
use amends_phrasebook::Company;
use amends_phrasebook::diagnostic::Severity;
use std::collections::BTreeMap;

/// What the agent may set that is a sum of money.
const SUMS: &[&str] = &["amount", "refund", "credit"];
/// Addresses under it are nobody's: it is kept for examples.
const RESERVED: &str = ".example";
/// Who sees to what only the agent can know.
const SENDER: &str = "whoever sends it";

/// The notes for the agent, and the reason to hold the draft, if there is one.
pub fn doubts(
    company: &Company,
    set: &BTreeMap<String, String>,
    body: &str,
    lint: &[Finding],
) -> (Vec<String>, Option<Hold>) {
    let mut notes = Vec::new();
    let mut reason = None;
    let said = body.to_lowercase();
    for (name, value) in set {
        if !said.contains(value.to_lowercase().trim().trim_end_matches('.')) {
            notes.push(format!("{name} is set, but the draft doesn't say it"));
        } else if unclear(name, value) {
            reason.get_or_insert(format!("{name} is \"{value}\", a sum without a currency"));
        }
    }
    if let Some(error) = lint.iter().find(|finding| finding.severity == Severity::Error) {
        reason.get_or_insert(format!("the draft breaks a rule of a good reply: {}", error.rule));
    }
    if company.email.to_lowercase().ends_with(RESERVED) {
        notes.push(format!(
            "signed by {}, {}: an example, nobody's address; `amends phrasebook init` starts a phrasebook with \
             your own",
            company.name, company.email
        ));
    }
    (notes, reason.map(|reason| Hold { reason, to: SENDER.into() }))
}

/// Whether a sum set for the customer names no currency; a shell may have taken its `$1` away.
fn unclear(name: &str, sum: &str) -> bool {
    SUMS.contains(&name) && sum.contains(|c: char| c.is_ascii_digit()) && value(sum).is_none()
        || SUMS.contains(&name) && sum.trim() == "$"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(email: &str, set: &[(&str, &str)], body: &str) -> (Vec<String>, Option<Hold>) {
        let mut book = crate::built_in::phrasebook().unwrap();
        book.company.email = email.into();
        let set = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        doubts(&book.company, &set, body, &[])
    }

    #[test]
    fn a_sum_without_a_currency_holds_and_one_with_it_does_not() {
        let hold = |sum: &str| of("care@firm.com", &[("refund", sum)], &format!("I've sent {sum} back.")).1;
        assert!(hold("49.90").is_some() && hold(".90").is_some());
        assert_eq!(hold("$149.90"), None);
        assert_eq!(hold("149,90 €"), None);
    }

    #[test]
    fn what_is_set_and_not_said_is_noted_and_so_is_the_sample_company() {
        assert_eq!(of("care@firm.com", &[("cause", "The label came off.")], "the label came off").0, [""; 0]);
        assert!(of("care@firm.com", &[("tracking", "TR-1")], "It is on its way.").0[0].contains("tracking"));
        assert!(of("care@firm.example", &[], "Hi").0[0].contains("an example"));
    }
}
