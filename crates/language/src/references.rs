//! The nouns that stand before a reference: "booking HS-40012", "passport number …".

/// What a noun says of the number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A reference; "order 2207" needs no "number".
    Plain,
    /// Also a verb: "to order 500 cups" has none.
    Verb,
    /// A reference if a letter is in it or "number" before it.
    Coded,
    /// A number that is nobody's reference, or must not be repeated.
    Private,
}

/// A noun as customers write it, what a reply calls it, and its sort. A space is any space.
pub const NOUNS: &[(&str, &str, Sort)] = {
    use Sort::*;
    &[
        ("order", "order", Verb),
        ("purchase order", "purchase order", Plain),
        ("po", "purchase order", Plain),
        ("booking", "booking", Plain),
        ("reservation", "reservation", Plain),
        ("reference", "reference", Plain),
        ("ref", "reference", Plain),
        ("pnr", "booking", Plain),
        ("ticket", "ticket", Verb),
        ("case", "case", Coded),
        ("crime", "crime reference", Coded),
        ("invoice", "invoice", Verb),
        ("inv", "invoice", Plain),
        ("tracking", "tracking number", Plain),
        ("consignment", "consignment", Plain),
        ("confirmation", "confirmation", Plain),
        ("conf", "confirmation", Plain),
        ("policy", "policy", Plain),
        ("claim", "claim", Verb),
        ("complaint", "complaint", Plain),
        ("job", "job", Plain),
        ("job line", "job", Plain),
        ("customer", "customer number", Plain),
        ("client", "client number", Coded),
        ("membership", "membership", Plain),
        ("member", "membership", Plain),
        ("account", "account", Plain),
        ("acct", "account", Plain),
        ("acc", "account", Plain),
        ("a/c", "account", Plain),
        ("parcel", "parcel", Plain),
        ("shipment", "shipment", Plain),
        ("delivery", "delivery", Coded),
        ("contract", "contract", Plain),
        ("agreement", "agreement", Plain),
        ("tenancy", "tenancy", Plain),
        ("lease", "lease", Plain),
        ("loan", "loan", Coded),
        ("mortgage", "mortgage", Plain),
        ("credit note", "credit note", Plain),
        ("awb", "consignment", Plain),
        ("pcn", "notice", Plain),
        ("applicant", "applicant number", Coded),
        ("borrower", "membership", Coded),
        ("patron", "patron number", Coded),
        ("request", "request", Verb),
        ("incident", "incident", Plain),
        ("enquiry", "enquiry", Plain),
        ("report", "report", Verb),
        ("file", "file", Plain),
        ("log", "log", Plain),
        ("flight", "flight", Coded),
        ("meter", "meter", Coded),
        ("student", "student number", Coded),
        ("pupil", "pupil number", Coded),
        ("candidate", "candidate number", Coded),
        ("employee", "employee number", Coded),
        ("patient", "patient number", Coded),
        ("donor", "donor number", Plain),
        ("supporter", "supporter number", Plain),
        ("subscriber", "subscriber number", Plain),
        ("subscription", "subscription", Plain),
        ("user", "user number", Coded),
        ("plot", "plot", Plain),
        ("lot", "lot", Plain),
        ("locker", "locker", Plain),
        ("rental", "rental", Plain),
        ("hire", "hire", Verb),
        ("quote", "quote", Coded),
        ("quotation", "quotation", Coded),
        ("estimate", "estimate", Coded),
        ("receipt", "receipt", Plain),
        ("voucher", "voucher", Coded),
        ("certificate", "certificate", Plain),
        ("permit", "permit", Plain),
        ("application", "application", Plain),
        ("app", "application", Coded),
        ("prescription", "prescription", Plain),
        ("rx", "prescription", Plain),
        ("return", "return", Coded),
        ("rma", "return", Plain),
        ("serial", "serial number", Plain),
        ("batch", "batch", Plain),
        ("slip", "slip", Coded),
        ("tag", "tag", Coded),
        ("plan", "plan", Coded),
        ("project", "project", Coded),
        ("ra", "agreement", Coded),
        ("number", "reference", Coded),
        ("no", "reference", Coded),
        ("nr", "reference", Coded),
        ("code", "reference", Coded),
        ("passport", "", Private),
        ("licence", "", Private),
        ("license", "", Private),
        ("identity", "", Private),
        ("id card", "", Private),
        ("visa", "", Private),
        ("insurance number", "", Private),
        ("national insurance", "", Private),
        ("ni", "", Private),
        ("nino", "", Private),
        ("nhs", "", Private),
        ("hospital number", "", Private),
        ("social", "", Private),
        ("social security", "", Private),
        ("ssn", "", Private),
        ("medicare", "", Private),
        ("aadhaar", "", Private),
        ("pan", "", Private),
        ("tax", "", Private),
        ("vat", "", Private),
        ("utr", "", Private),
        ("card", "", Private),
        ("bank account", "", Private),
        ("iban", "", Private),
        ("bic", "", Private),
        ("swift", "", Private),
        ("sort code", "", Private),
        ("routing", "", Private),
        ("bsb", "", Private),
        ("phone", "", Private),
        ("telephone", "", Private),
        ("tel", "", Private),
        ("mobile", "", Private),
        ("mob", "", Private),
        ("cell", "", Private),
        ("fax", "", Private),
        ("whatsapp", "", Private),
        ("call", "", Private),
        ("ring", "", Private),
        ("landline", "", Private),
        ("extension", "", Private),
        ("ext", "", Private),
        ("born", "", Private),
        ("dob", "", Private),
        ("birth", "", Private),
        ("birthday", "", Private),
        ("postcode", "", Private),
        ("post code", "", Private),
        ("zip", "", Private),
        ("zip code", "", Private),
        ("eircode", "", Private),
        ("model", "", Private),
        ("part", "", Private),
        ("sku", "", Private),
        ("item", "", Private),
        ("type", "", Private),
        ("version", "", Private),
        ("error", "", Private),
        ("pin", "", Private),
        ("door code", "", Private),
        ("discount code", "", Private),
        ("promo code", "", Private),
        ("registration", "", Private),
        ("reg", "", Private),
        ("plate", "", Private),
        ("company number", "", Private),
        ("house number", "", Private),
        ("charity", "", Private),
        ("room", "", Private),
    ]
};

/// An expression for any of the nouns.
pub(crate) fn any() -> String {
    NOUNS.iter().map(|(noun, ..)| noun.replace(' ', r"\s+")).collect::<Vec<_>>().join("|")
}

/// The longest noun that `lower` begins with.
pub fn noun_at(lower: &str) -> Option<&'static (&'static str, &'static str, Sort)> {
    let begins = |noun: &str| {
        let mut at = 0;
        for word in noun.split(' ') {
            let rest = lower.get(at..)?;
            let skipped = rest.len() - rest.trim_start().len();
            rest.trim_start().starts_with(word).then_some(())?;
            at += skipped + word.len();
        }
        let rest = lower[at..].strip_prefix('s').unwrap_or(&lower[at..]);
        (!rest.starts_with(|c: char| c.is_ascii_lowercase())).then_some(at)
    };
    let first = lower.trim_start().as_bytes().first()?;
    let alike = NOUNS.iter().filter(|(noun, ..)| noun.as_bytes()[0] == *first);
    alike.filter(|(noun, ..)| begins(noun).is_some()).max_by_key(|(noun, ..)| noun.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_noun_counts() {
        let name = |text| noun_at(text).map(|(noun, ..)| *noun);
        assert_eq!(name("orders 4471"), Some("order"));
        assert_eq!(name("purchase  order 4471"), Some("purchase order"));
        assert_eq!(name("ref44192"), Some("ref"));
        assert_eq!(name("reference: 1"), Some("reference"));
        assert_eq!(name("bank account 1"), Some("bank account"));
        assert_eq!(name("orderly"), None);
        assert_eq!(name("taxes"), None);
    }
}
