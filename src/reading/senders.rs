//! Who writes but is no customer: pitches, applicants, suppliers, notices. Never at the price of silencing
//! a customer: what speaks for one counts against all others.

use super::evidence::Scan;
use amends_phrasebook::{CUSTOMER, Owner, Phrasebook};

/// The sender the phrases speak for, as an index into the phrasebook's senders; each phrase counts once.
/// Beside a case for a person, twice as much must speak for it.
pub(super) fn sender(book: &Phrasebook, scans: &[&Scan<'_>; 2], is_case: bool) -> Option<u16> {
    let mut sums = vec![0.0; book.senders.len()];
    let mut counted: Vec<u32> = Vec::new();
    for scan in scans {
        for (hit, rule) in scan.live() {
            if let Owner::Sender(n) = rule.owner
                && !counted.contains(&hit.rule)
            {
                counted.push(hit.rule);
                sums[usize::from(n)] += rule.weight;
            }
        }
    }
    let is_customer = |n: &usize| book.senders[*n].id == CUSTOMER;
    let customer: f32 = (0..sums.len()).filter(is_customer).map(|n| sums[n]).sum();
    let others = (0..sums.len()).filter(|n| !is_customer(n));
    let best = others.max_by(|a, b| sums[*a].total_cmp(&sums[*b]).then(b.cmp(a)))?;
    let least = book.thresholds.sender * if is_case { 2.0 } else { 1.0 };
    (sums[best] >= least && sums[best] > 2.0 * customer).then_some(best as u16)
}
