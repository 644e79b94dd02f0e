//! Secrets known by what they are called: finds each label, and the value said before or after it.

use super::Kind;
use super::dates::date;
use super::labels::{GATE, Label, label_at};
use super::numbers::is_reference;
use super::values::{Chunk, after, before, identifier, is_made_up, is_random, is_typed, number};
use std::ops::Range;

/// Says that a value follows.
const COPULAS: &[&str] = &[
    "is", "was", "are", "being", "be", "would", "will", "ist", "lautet", "war", "est", "es", "era", "sind",
    "equals", "as", "als", "e", "fue", "foi", "jest", "ar", "eto", "were",
];
/// May stand between a label and its value.
const LINKS: &[&str] = &[
    "again",
    "aloud",
    "always",
    "been",
    "had",
    "has",
    "auf",
    "au",
    "dos",
    "detras",
    "atras",
    "ruckseite",
    "dem",
    "rueckseite",
    "sont",
    "son",
    "am",
    "amex",
    "app",
    "back",
    "basic",
    "bearer",
    "by",
    "card",
    "carta",
    "cartao",
    "carte",
    "code",
    "codes",
    "correct",
    "correctly",
    "credit",
    "da",
    "das",
    "de",
    "debit",
    "del",
    "della",
    "der",
    "die",
    "digits",
    "do",
    "el",
    "email",
    "entered",
    "for",
    "from",
    "gave",
    "hat",
    "he",
    "id",
    "it's",
    "its",
    "karte",
    "la",
    "le",
    "ma",
    "me",
    "mein",
    "meine",
    "meiner",
    "message",
    "mi",
    "mia",
    "mijn",
    "minha",
    "mon",
    "my",
    "n",
    "no",
    "now",
    "nr",
    "nummer",
    "num",
    "number",
    "numero",
    "of",
    "old",
    "on",
    "our",
    "recu",
    "par",
    "sent",
    "set",
    "she",
    "sms",
    "still",
    "tarjeta",
    "text",
    "texted",
    "the",
    "they",
    "to",
    "um",
    "us",
    "value",
    "via",
    "visa",
    "was",
    "we",
    "you",
    "your",
    "yours",
];
/// May stand right before a value that is further from its label.
const POINTERS: &[&str] = &[
    "and", "as", "code", "e", "enter", "entered", "es", "est", "foi", "from", "fue", "keyed", "pasted",
    "reads", "war", "is", "ist", "it's", "mean", "no", "number", "put", "said", "then", "to", "try", "tried",
    "type", "typed", "use", "used", "was", "with",
];
const TOLD: &[&str] =
    &["told", "gave", "give", "giving", "tell", "telling", "read", "dictated", "send", "sent"];
/// May stand between a value and the label after it.
const OWNERS: &[&str] = &[
    "a",
    "an",
    "another",
    "correct",
    "das",
    "der",
    "die",
    "el",
    "google",
    "her",
    "his",
    "la",
    "le",
    "mein",
    "meine",
    "mi",
    "mon",
    "my",
    "new",
    "old",
    "one",
    "our",
    "right",
    "temporary",
    "the",
    "their",
    "valid",
    "your",
    "ma",
    "wifi",
];
/// After a number: it counts something.
const UNITS: &[&str] = &[
    "attempts",
    "characters",
    "chars",
    "cents",
    "customers",
    "days",
    "digit",
    "digits",
    "dollars",
    "eur",
    "euro",
    "euros",
    "hours",
    "hrs",
    "km",
    "letters",
    "mails",
    "miles",
    "min",
    "mins",
    "minutes",
    "months",
    "people",
    "percent",
    "pounds",
    "quid",
    "seconds",
    "stores",
    "tage",
    "times",
    "tries",
    "usd",
    "gbp",
    "weeks",
    "years",
    "heures",
    "jours",
];
/// Before a year.
const SINCE: &[&str] = &["from", "in", "since", "until", "seit", "depuis", "desde", "year", "before"];
/// What a PIN code is in India: part of an address.
const PLACES: &[&str] = &[
    "address",
    "area",
    "city",
    "courier",
    "deliver",
    "district",
    "lane",
    "locat",
    "nagar",
    "parcel",
    "road",
    "serviceab",
    "street",
    "village",
];
/// What a pass may be instead of a password.
const PASSES: &[&str] = &[
    "boarding", "bus", "day", "event", "gate", "guest", "hall", "lounge", "month", "monthly", "parking",
    "press", "rail", "railway", "season", "ski", "train", "travel", "visitor", "week", "weekly",
];
/// What a pin may be instead of a number: "the pin badge no. 7".
const PINS: &[&str] = &["badge", "badges", "board", "cushion", "set", "brooch"];
/// Says that what stands before it is what follows: "7391 used to be my pin".
const SAYS_BEFORE: &[&str] = &[
    "that", "this", "which", "used", "to", "has", "always", "been", "be", "is", "was", "as", "ist", "war",
    "est", "es", "als",
];
/// Before a value that someone types or says.
const TYPES: &[&str] = &[
    "chose", "enter", "entered", "it's", "its", "it", "picked", "put", "set", "tried", "try", "type",
    "typed", "typing", "use", "used", "using", "was", "with", "is", "said",
];
/// What a word made up names other than a password.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "account", "booking", "build", "called", "code", "coupon", "device", "email", "error", "file", "handle",
    "id", "model", "name", "named", "network", "nick", "nickname", "no", "number", "order", "page", "ref",
    "reference", "release", "router", "ssid", "ticket", "tracking", "user", "userid", "username", "version",
    "voucher",
];
/// Where a card's number or code is talked of.
const CARDS: &[&str] =
    &["card", "cvv", "cvc", "exp ", "expir", "declin", "payment", "checkout", "amex", "visa", "maestro"];
/// Whose card is meant, and not one of a shop's own.
const CARD_OWNERS: &[&str] = &[
    "a",
    "amex",
    "bank",
    "credit",
    "debit",
    "her",
    "his",
    "maestro",
    "mastercard",
    "my",
    "new",
    "old",
    "our",
    "the",
    "this",
    "to",
    "visa",
];
/// Where a bank's account is meant, and not one with us.
const BANKS: &[&str] = &["aba ", "bank", "barclays", "blz", "routing", "s/c", "sort code", "sort-code"];
/// How a password may be, without being told.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "about", "absurd", "above", "accepted", "again", "all", "always", "an", "and", "asked", "at", "available", "bad",
    "below", "blank", "blocked", "broken", "but", "by", "case", "changed", "compromised", "correct", "denied", "different",
    "down", "easy", "empty", "encrypted", "error", "expired", "exposed", "failed", "false", "falsch", "fails", "fine",
    "for", "forgotten", "from", "gone", "good", "hacked", "hard", "here", "hidden", "how", "illegal", "impossible", "in",
    "inactive", "incorrect", "incorrecta", "incorrecto", "insecure", "invalid", "just", "known", "leaked", "like",
    "locked", "long", "lost", "mandatory", "missing", "my", "needed", "never", "new", "no", "none", "nonsense", "not",
    "nothing", "now", "obsolete", "of", "off", "old", "on", "only", "open", "optional", "out", "over", "perfect",
    "public", "refused", "rejected", "required", "reset", "ridiculous", "right", "rubbish", "safe", "same", "see", "sent",
    "set", "short", "shown", "simple", "so", "somewhere", "stolen", "still", "strong", "stupid", "stuck", "such", "supposed",
    "terrible", "that", "the", "their", "there", "this", "to", "too", "true", "unchanged", "under", "unknown", "unsafe",
    "up", "useless", "valid", "visible", "weak", "what", "why", "with", "without", "wrong", "your", "yours", "oublie",
    "perdu", "vergessen", "olvidada", "gesperrt", "incorrecte", "invalide", "refuse", "bloque", "caducada",
];
/// What a code is that anyone may know, before or after it.
const OPEN_CODES: &[&str] = &[
    "area",
    "bar",
    "booking",
    "color",
    "colour",
    "country",
    "coupon",
    "discount",
    "dress",
    "error",
    "fault",
    "gift",
    "item",
    "postal",
    "postcode",
    "product",
    "promo",
    "promotion",
    "promotional",
    "qr",
    "reference",
    "referral",
    "reservation",
    "sort",
    "source",
    "status",
    "swift",
    "tracking",
    "voucher",
    "zip",
    "descuento",
    "postale",
    "reduction",
];
/// Who has or sends a code that is secret.
const CODE_OWNERS: &[&str] = &[
    "a", "code", "digit", "enter", "entered", "type", "typed", "use", "el", "le", "la", "der", "den", "dein",
    "ihr", "mein", "mi", "mon", "my", "text", "sms", "the", "this", "your", "login", "new", "email",
    "emailed", "texted",
];
/// Near a code that is secret.
const CODE_USES: &[&str] = &[
    "app", "authent", "e-mail", "email", "inbox", "log in", "log on", "login", "phone", "sign", "sms",
    "text", "verif",
];

/// Adds every named secret of folded text.
pub fn find(text: &str, found: &mut Vec<(Kind, Range<usize>)>) {
    let mut labels = Vec::new();
    let mut free = 0;
    GATE.each(text, |at, _| {
        if at >= free
            && let Some((label, end)) = label_at(text, at)
        {
            free = end;
            labels.push((label, at, end));
        }
    });
    for (label, at, end) in labels {
        Near { text, at, end, found }.read(label);
    }
}

/// A label and what is around it.
struct Near<'a, 'b> {
    text: &'a str,
    at: usize,
    end: usize,
    found: &'b mut Vec<(Kind, Range<usize>)>,
}

impl<'a> Near<'a, '_> {
    fn read(&mut self, label: Label) {
        match label {
            Label::Password => self.password(),
            Label::Pass => {
                let veto = self.previous().is_some_and(|word| PASSES.contains(&&*word));
                if !veto && self.link().is_some() {
                    self.pass();
                }
            }
            Label::Passwords => self.typed(),
            Label::Phrase => self.phrase(),
            Label::Answer => self.answer(),
            Label::Login => self.login(),
            Label::Digits(kind, least, most) => self.digits(kind, least.into(), most.into()),
            Label::Code => self.code(),
            Label::Purpose => self.purpose(),
            Label::Recovery => {
                self.digits(Kind::OneTime, 4, 10);
                self.recovery();
            }
            Label::Token => self.token(),
            Label::Social => self.social(),
            Label::Shown => self.shown(),
            Label::Back => self.back(),
            Label::Card => self.card(),
            Label::Bank => {
                let around = self.around();
                if BANKS.iter().any(|word| around.contains(word)) || has_sort_code(&around) {
                    self.bank_account();
                }
            }
            Label::BankAccount => self.bank_account(),
            Label::Sort => self.sort_code(),
            Label::Voucher => self.voucher(),
            Label::Key => self.key(),
            Label::Identity(kind) => self.identity(kind),
            Label::Birth => self.birth(),
            Label::Born => self.born(),
            Label::Account => self.account(),
            Label::Block => self.block(),
            Label::Prefix(least) => self.prefix(least.into()),
            Label::Webhook => self.webhook(),
        }
    }

    fn cover(&mut self, kind: Kind, range: Range<usize>) {
        self.found.push((kind, range));
    }

    /// The text around the label, in lower case.
    fn around(&self) -> String {
        const FAR: usize = 300;
        let start = self.text.floor_char_boundary(self.at.saturating_sub(FAR));
        let end = self.text.ceil_char_boundary((self.end + FAR).min(self.text.len()));
        self.text[start..end].to_ascii_lowercase()
    }

    fn after(&self) -> impl Iterator<Item = Chunk<'a>> + use<'a> {
        after(self.text, self.end)
    }

    /// The word before the label, if nothing but a space parts them.
    fn previous(&self) -> Option<String> {
        before(self.text, self.at).first().filter(|c| c.tail.is_empty() || c.tail == "-").map(Chunk::lower)
    }

    /// The sign or verb right after the label that says its value follows.
    fn link(&self) -> Option<char> {
        let rest = self.text[self.end..].trim_start_matches([' ', '"', '\'']);
        match rest.chars().next()? {
            sign @ (':' | '=') => Some(sign),
            '-' if rest[1..].starts_with([' ', '>']) => Some('-'),
            _ => {
                let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next()?.to_ascii_lowercase();
                (word != "as" && COPULAS.contains(&&*word)).then_some('w')
            }
        }
    }

    /// The words between label and value: whether all are such as link them.
    fn linked<'c>(&self, chunks: impl Iterator<Item = &'c Chunk<'c>>) -> bool {
        chunks.into_iter().all(|c| {
            let word = c.lower();
            word.is_empty() || COPULAS.contains(&&*word) || LINKS.contains(&&*word)
        })
    }

    /// The value said before the label, as in "847 is the cvv", "2284 (my pin)", "it's 2284, my pin".
    fn value_before(&self) -> Option<Chunk<'a>> {
        let words = before(self.text, self.at);
        let owners =
            words.iter().take(4).take_while(|c| c.tail.is_empty() && OWNERS.contains(&&*c.lower())).count();
        let own = owners.checked_sub(1).map(|last| &words[last]);
        let next = words.get(owners)?;
        let saying = words[owners..]
            .iter()
            .take_while(|c| c.tail.is_empty() && SAYS_BEFORE.contains(&&*c.lower()))
            .count();
        let copula = |c: &Chunk<'_>| !matches!(&*c.lower(), "that" | "this" | "which" | "to" | "used");
        if next.core.is_empty() {
            return words.get(owners + 1).cloned();
        }
        if words[owners..owners + saying].iter().any(copula) {
            return words.get(owners + saying).cloned();
        }
        // "I keyed in 417 for the CVC."
        let typed =
            |n: usize| words.get(n).is_some_and(|c| c.lower() == "in" || TYPES.contains(&&*c.lower()));
        if next.lower() == "for" && typed(owners + 2) {
            return words.get(owners + 1).cloned();
        }
        let bracket = self.text[..self.at].ends_with('(') || own.is_some_and(|c| c.lead.ends_with('('));
        (bracket
            || owners == 0 && next.tail.is_empty()
            || next.tail == "," && owners > 0 && typed(owners + 1))
        .then(|| next.clone())
    }

    fn digits(&mut self, kind: Kind, least: usize, most: usize) {
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        let (mut near, mut any) = (true, false);
        if kind == Kind::Pin && self.after().next().is_some_and(|c| PINS.contains(&&*c.lower())) {
            return;
        }
        for chunk in self.after().take(10) {
            if chunk.first_of_line && !passed.is_empty() {
                break;
            }
            if let Some(value) = number(self.text, &chunk, least, most)
                && (near || is_pointed_at(&chunk, &passed))
                && !self.counts(&value, &passed, &chunk)
                && !(kind == Kind::Pin && self.is_postal(&value))
            {
                self.cover(kind, value);
                any = true;
                passed.push(chunk.clone());
                if chunk.ends_sentence() {
                    break;
                }
                continue;
            }
            near &= self.linked(std::iter::once(&chunk));
            let ends = chunk.ends_sentence();
            passed.push(chunk);
            if ends {
                break;
            }
        }
        if any {
            return;
        }
        let value = self.value_before().and_then(|chunk| {
            // "4 pin" is a plug; a code that is only set beside its label must fill it.
            number(self.text, &chunk, least, most).filter(|value| value.len() >= least)
        });
        if let Some(value) = value
            && !(kind == Kind::Pin && self.is_postal(&value))
        {
            self.cover(kind, value);
        }
    }

    /// Whether a number counts something or is a year.
    fn counts(&self, value: &Range<usize>, passed: &[Chunk<'_>], chunk: &Chunk<'_>) -> bool {
        let next = after(self.text, value.end).next();
        let unit = chunk.tail.is_empty() && next.is_some_and(|c| UNITS.contains(&&*c.lower()));
        let number = &self.text[value.clone()];
        let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
        unit || year && passed.last().is_some_and(|c| SINCE.contains(&&*c.lower()))
    }

    /// Whether six digits called a pincode, or beside words of an address, are an Indian postal code.
    fn is_postal(&self, value: &Range<usize>) -> bool {
        value.len() == 6 && self.text.as_bytes()[value.start] != b'0' && {
            let around = self.around();
            let called = self.text[self.at..self.end].eq_ignore_ascii_case("pincode");
            called || PLACES.iter().any(|word| around.contains(word))
        }
    }

    fn code(&mut self) {
        let open = |word: &str| OPEN_CODES.contains(&word);
        let before = before(self.text, self.at);
        let previous = before.first().map(Chunk::lower).unwrap_or_default();
        let next: Vec<String> = self.after().take(2).map(|c| c.lower()).collect();
        let owned = CODE_OWNERS.contains(&&*previous)
            || previous.ends_with("-digit")
            || self.text[self.at..].starts_with("confirm");
        if open(&previous) || next.iter().any(|word| open(word)) || !owned {
            return;
        }
        let around = self.around();
        let used = CODE_USES.iter().any(|word| around.contains(word));
        let mine = matches!(&*previous, "my" | "mein" | "mon" | "mi")
            && (self.link().is_some() || around.contains(" card"));
        let least = if mine || used && previous != "a" { 4 } else { 6 };
        if self.text[self.at..].starts_with("confirm") && !used {
            return;
        }
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        let mut any = false;
        for chunk in self.after().take(8) {
            if let Some(value) = number(self.text, &chunk, least, 8)
                && !self.counts(&value, &passed, &chunk)
                && (!any && self.linked(passed.iter())
                    || (any || used) && is_pointed_at(&chunk, &passed)
                    || is_told(&passed))
            {
                self.cover(Kind::OneTime, value);
                any = true;
            }
            let ends = chunk.ends_sentence();
            passed.push(chunk);
            if ends {
                break;
            }
        }
        if !any && let Some(value) = self.value_before().and_then(|chunk| number(self.text, &chunk, 6, 8)) {
            self.cover(Kind::OneTime, value);
        }
    }

    /// "Use 519034 to sign in."
    fn purpose(&mut self) {
        if let [to, value, ..] = &before(self.text, self.at)[..]
            && to.lower() == "to"
            && let Some(value) = number(self.text, value, 5, 8)
        {
            self.cover(Kind::OneTime, value);
        }
    }

    /// "K7QM-2XPA-99TD"
    fn recovery(&mut self) {
        let chunks: Vec<_> = self.after().take(6).collect();
        let at = chunks.iter().position(|c| c.core.bytes().any(|b| b.is_ascii_digit()));
        if let Some(at) = at.filter(|at| self.linked(chunks[..*at].iter()))
            && is_random(chunks[at].core, 8)
        {
            self.cover(Kind::OneTime, chunks[at].start..chunks[at].end);
        }
    }

    /// "The app shows 482913", "I typed 482913 from the text".
    fn shown(&mut self) {
        const FROM: &[&str] =
            &["i", "it", "the", "as", "from", "code", "number", "say", "says", "saying", "said", "shows"];
        let is_code =
            |c: &Chunk<'_>| number(self.text, c, 6, 8).filter(|value| !is_reference(self.text, value.start));
        let after: Vec<_> = self.after().take(8).collect();
        let ends = after.iter().position(Chunk::ends_sentence).map_or(after.len(), |at| at + 1);
        let shows = |at: usize| {
            self.linked(after[..at].iter())
                || is_pointed_at(&after[at], &after[..at])
                || after[at - 1].lower().starts_with("show")
                || after[at - 1].lower().starts_with("say")
        };
        let value = (0..ends).find_map(|at| is_code(&after[at]).filter(|_| shows(at))).or_else(|| {
            let words = before(self.text, self.at);
            let at = words.iter().take(3).position(|c| c.is_digits())?;
            let typed = words.get(at + 1).is_none_or(|c| {
                let word = c.lower();
                TYPES.contains(&&*word) || FROM.contains(&&*word)
            });
            is_code(&words[at]).filter(|_| typed)
        });
        if let Some(value) = value {
            self.cover(Kind::OneTime, value);
        }
    }

    /// "847 on the back", "the code on the back of my card, 847".
    fn back(&mut self) {
        let around = self.around();
        if !CARDS.iter().any(|word| around.contains(word)) {
            return;
        }
        let after: Vec<_> = self.after().take(5).collect();
        let follows =
            |at: &usize| self.linked(after[..*at].iter()) && !after[..*at].iter().any(Chunk::ends_sentence);
        let value = (0..after.len()).take_while(follows).find_map(|at| number(self.text, &after[at], 3, 4));
        let value = value.or_else(|| {
            let words = before(self.text, self.at);
            let near = words.iter().take(4).take_while(|c| c.is_digits() || self.linked([*c].into_iter()));
            near.filter(|c| c.is_digits()).find_map(|c| number(self.text, c, 3, 4))
        });
        if let Some(value) = value {
            self.cover(Kind::Security, value);
        }
    }

    /// A number called a card's, even if its check digit is wrong.
    fn card(&mut self) {
        if self.previous().is_some_and(|word| !CARD_OWNERS.contains(&&*word)) {
            return;
        }
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        for chunk in self.after().take(5) {
            if chunk.core.starts_with(['3', '4', '5', '6'])
                && let Some(value) = number(self.text, &chunk, 15, 16)
            {
                return self.cover(Kind::Card, value);
            }
            passed.push(chunk);
            if !self.linked(passed.iter()) {
                return;
            }
        }
    }

    /// An account's number at a bank.
    fn bank_account(&mut self) {
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        for chunk in self.after().take(6) {
            if let Some(value) = number(self.text, &chunk, 7, 12) {
                if self.linked(passed.iter()) || is_pointed_at(&chunk, &passed) {
                    self.cover(Kind::Account, value);
                }
                return;
            }
            if chunk.ends_sentence() {
                return;
            }
            passed.push(chunk);
        }
    }

    /// The number of a bank's branch, where an account is named as well.
    fn sort_code(&mut self) {
        let around = self.around();
        if !["acc", "a/c", "konto"].iter().any(|word| around.contains(word)) {
            return;
        }
        let chunks: Vec<_> = self.after().take(4).collect();
        let value = (0..chunks.len())
            .take_while(|at| self.linked(chunks[..*at].iter()))
            .find_map(|at| number(self.text, &chunks[at], 6, 8));
        // A branch alone is nobody's account.
        if let Some(value) = value
            && around.bytes().filter(u8::is_ascii_digit).count() >= 13
        {
            self.cover(Kind::Account, value);
        }
    }

    /// "XK9F-22QP-LM7D-88TZ": groups in capitals that a till takes for money.
    fn voucher(&mut self) {
        let chunks: Vec<_> = self.after().take(10).collect();
        let is_group = |c: &Chunk<'_>| {
            !c.core.is_empty()
                && c.core.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        };
        let count = |c: &Chunk<'_>, of: fn(&u8) -> bool| c.core.bytes().filter(of).count();
        for at in 0..chunks.len() {
            let mut run: Vec<&Chunk<'_>> = Vec::new();
            for chunk in chunks[at..].iter().take_while(|c| is_group(c) && c.core.len() >= 3) {
                // Groups set apart are of one length.
                if run.last().is_some_and(|last| !last.tail.is_empty() || last.core.len() != chunk.core.len())
                {
                    break;
                }
                run.push(chunk);
            }
            let of = |of: fn(&u8) -> bool| run.iter().map(|c| count(c, of)).sum::<usize>();
            let (letters, digits) = (of(u8::is_ascii_uppercase), of(u8::is_ascii_digit));
            let groups = run.iter().map(|c| c.core.split('-').count()).sum::<usize>();
            let mixed =
                letters >= 2 && digits >= 2 && (groups >= 3 || run.len() == 1 && letters + digits >= 14);
            if letters + digits >= 12 && mixed || letters == 0 && (16..=19).contains(&digits) {
                return self.cover(Kind::Voucher, run[0].start..run[run.len() - 1].end);
            }
            if chunks[at].ends_sentence() {
                return;
            }
        }
    }

    /// "The key you issued, 9f8e7d6c…": too long for a lock, and no word.
    fn key(&mut self) {
        const LEAST: usize = 24;
        let is_long = |c: &Chunk<'_>| {
            is_random(c.core, LEAST)
                && !c.core.contains('/')
                && c.core.bytes().filter(u8::is_ascii_digit).count() >= 4
        };
        let mut words: Vec<Chunk<'_>> = Vec::new();
        for chunk in self.after().take(8) {
            let ends = chunk.ends_sentence();
            words.push(chunk);
            if ends {
                break;
            }
        }
        if let Some(chunk) = words.iter().find(|c| is_long(c)) {
            self.cover(Kind::Token, chunk.start..chunk.end);
        }
    }

    fn password(&mut self) {
        // "password set to", "changed my password to": what follows "to" or "auf" is it.
        let given = |word: &str| {
            [
                "set",
                "changed",
                "change",
                "reset",
                "updated",
                "switched",
                "geandert",
                "gesetzt",
                "geaendert",
                "it",
            ]
            .contains(&word)
        };
        let before = before(self.text, self.at);
        let verb = before.iter().any(|c| given(&c.lower()));
        let mut link = match self.link() {
            Some('w') | None => None,
            sign => sign,
        };
        if self.text[self.end..].starts_with("'s ") {
            self.end += 2;
            link = Some('w');
        }
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        let mut near = true;
        for chunk in self.after().take(10) {
            let goes_on = |c: &Chunk<'_>| c.core.is_empty() || COPULAS.contains(&&*c.lower());
            if chunk.first_of_line && !passed.iter().all(goes_on) {
                break;
            }
            let word = chunk.lower();
            if word.is_empty() {
                if chunk.tail.contains(['-', '=', ':', '>']) || chunk.lead.contains(['-', '=', ':', '>']) {
                    link = link.or(Some('-'));
                }
                passed.push(chunk);
                continue;
            }
            // The label's own quote may be closed right after it.
            if let Some(value) = self.quoted(&chunk)
                && (near || is_pointed_at(&chunk, &passed))
            {
                return self.cover(Kind::Password, value);
            }
            if COPULAS.contains(&&*word) && !chunk.points() {
                link = link.or(near.then_some('w'));
                passed.push(chunk);
                continue;
            }
            let previous = passed.last().map(Chunk::lower).unwrap_or_default();
            let to =
                previous == "auf" || previous == "to" && (verb || passed.iter().any(|c| given(&c.lower())));
            let said = matches!(&*previous, "is" | "was" | "just" | "");
            if self.is_password(&chunk, link, near, to, said, is_pointed_at(&chunk, &passed)) {
                return self.cover_password(&chunk);
            }
            let fills = matches!(
                &*word,
                "to" | "auf"
                    | "set"
                    | "changed"
                    | "now"
                    | "for"
                    | "the"
                    | "has"
                    | "always"
                    | "been"
                    | "still"
                    | "just"
                    | "of"
            );
            if near && !fills {
                near = false;
                link = None;
            }
            let ends = chunk.ends_sentence();
            passed.push(chunk);
            if ends {
                break;
            }
        }
        // "Summer#99 is my password", "I've tried Daisy1960 as the password".
        if let Some(value) = self.value_before()
            && is_made_up(value.core)
        {
            return self.cover_password(&value);
        }
        if let Some(value) = self.set_before(&before).or_else(|| self.used_before(&before)) {
            return self.cover(Kind::Password, value);
        }
        self.typed();
    }

    /// "I used sunshine for the password."
    fn used_before(&self, before: &[Chunk<'_>]) -> Option<Range<usize>> {
        let owners = before.iter().take_while(|c| OWNERS.contains(&&*c.lower())).count();
        let [link, value, verb, ..] = &before[owners..] else { return None };
        let word = value.lower();
        let plain = word.len() >= 5 && word.bytes().all(|b| b.is_ascii_alphabetic());
        let other = STATES.contains(&&*word)
            || ["something", "another", "letters", "numbers", "capitals", "symbols", "google", "facebook"]
                .contains(&&*word);
        let ends = self.after().next().is_none_or(|c| {
            c.core.is_empty() || matches!(&*c.lower(), "and" | "but" | "which" | "on" | "there")
        });
        (matches!(&*link.lower(), "for" | "as") && TYPES.contains(&&*verb.lower()) && plain && !other && ends)
            .then_some(value.start..value.end)
    }

    /// Every word of the sentence that is plainly made up to be typed; in the next one, the first, or
    /// what it says something is.
    fn typed(&mut self) {
        let mut words = before(self.text, self.at);
        words.reverse();
        let mut next = usize::MAX;
        for chunk in self.after().take(16) {
            let ends = chunk.ends_sentence();
            words.push(chunk);
            if ends && next != usize::MAX {
                break;
            }
            if ends {
                next = words.len();
            }
        }
        let told = |at: usize| at <= next || COPULAS.contains(&&*words[at - 1].lower());
        for (at, word) in words.iter().enumerate().filter(|(at, c)| is_typed(c.core) && told(*at)) {
            let named = words[..at]
                .iter()
                .rev()
                .map(Chunk::lower)
                .find(|word| !word.is_empty() && !COPULAS.contains(&&**word))
                .is_some_and(|word| NAMED.contains(&&*word));
            if !named {
                self.cover_password(word);
            }
        }
    }

    /// "I reset it to Hello123 and it says wrong password."
    fn set_before(&self, before: &[Chunk<'_>]) -> Option<Range<usize>> {
        let at = before.windows(2).find(|pair| pair[1].lower() == "to" && is_made_up(pair[0].core));
        let far = || {
            let line = self.text[..self.at].rfind('\n').map_or(0, |n| n + 1);
            let words: Vec<Chunk<'_>> = after(self.text, line).take_while(|c| c.end <= self.at).collect();
            let set = |n: usize| {
                words[..n].iter().rev().take(3).any(|c| matches!(&*c.lower(), "set" | "reset" | "changed"))
            };
            (1..words.len())
                .find(|n| words[n - 1].lower() == "to" && is_made_up(words[*n].core) && set(*n))
                .map(|n| {
                    let word = &words[n];
                    word.start..word.end
                })
        };
        at.map(|pair| pair[0].start..pair[0].end).or_else(far)
    }

    fn is_password(
        &self,
        chunk: &Chunk<'_>,
        link: Option<char>,
        near: bool,
        to: bool,
        said: bool,
        pointed: bool,
    ) -> bool {
        let word = chunk.lower();
        let made_up = is_made_up(chunk.core) && !is_order(chunk.core);
        let number = chunk.is_digits() && chunk.core.len() >= 4;
        let counted =
            number && after(self.text, chunk.end).next().is_some_and(|c| UNITS.contains(&&*c.lower()));
        let state = STATES.contains(&&*word);
        let long = chunk.core.chars().count() >= 3;
        match link {
            Some(':' | '=') if near => long && !state && !chunk.core.contains('@') || made_up,
            Some('w') if near => made_up || number && !counted || !state && said && self.is_said(chunk),
            _ if to => made_up || number && !counted,
            Some(_) if near => made_up || number && !counted,
            _ if near => (is_made_up(chunk.core) || number) && !counted,
            _ => pointed && made_up,
        }
    }

    /// "My password is sunshine and …": a plain word that the sentence ends with or goes on from.
    fn is_said(&self, chunk: &Chunk<'_>) -> bool {
        let word = chunk.core;
        let plain = word.chars().all(char::is_alphanumeric) && word.len() >= 5;
        let state = ["ed", "ing", "ly", "able", "ous", "ful", "less", "ible", "ive", "ent", "ant"]
            .iter()
            .any(|end| word.to_ascii_lowercase().ends_with(end));
        let next = after(self.text, chunk.end).next();
        let ends = !chunk.tail.is_empty()
            || next.is_none_or(|c| matches!(&*c.lower(), "and" | "but" | "und" | "et" | "y"));
        plain && !state && ends
    }

    fn cover_password(&mut self, chunk: &Chunk<'_>) {
        // The signs at its ends may be its own.
        let tail = chunk.tail.trim_end_matches([',', '.', ';', ':', ')', '"', '\'']);
        self.cover(Kind::Password, chunk.start..chunk.end + tail.len());
    }

    /// What is in quotes from this word on, if it is short.
    fn quoted(&self, chunk: &Chunk<'_>) -> Option<Range<usize>> {
        let quote = chunk.lead.chars().last().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let rest = &self.text[chunk.start..];
        let end = rest.find(quote).filter(|end| (3..=48).contains(end) && !rest[..*end].contains('\n'))?;
        let value = &rest[..end];
        let single = !value.contains(' ');
        (!STATES.contains(&&*value.to_ascii_lowercase()) && (single || value.split(' ').count() <= 8))
            .then(|| chunk.start..chunk.start + end)
    }

    fn pass(&mut self) {
        let value = self.after().take(3).find(|c| !c.core.is_empty() && !COPULAS.contains(&&*c.lower()));
        if let Some(chunk) = value.filter(|c| c.core.len() >= 5 && is_made_up(c.core) && !is_order(c.core)) {
            self.cover_password(&chunk);
        }
    }

    fn phrase(&mut self) {
        if self.link().is_none() {
            return;
        }
        let words: Vec<_> = self
            .after()
            .skip_while(|c| c.core.is_empty() || COPULAS.contains(&&*c.lower()))
            .take(24)
            .collect();
        let Some(first) = words.first() else { return };
        if let Some(value) = self.quoted(first) {
            return self.cover(Kind::Password, value);
        }
        let stop =
            words.iter().position(|c| c.tail.contains(['.', ',', '!', '?', ';'])).unwrap_or(words.len() - 1);
        let line = words.iter().skip(1).position(|c| c.first_of_line).unwrap_or(words.len());
        let last = stop.min(line);
        if last > 0 || is_made_up(first.core) {
            self.cover(Kind::Password, first.start..words[last].end);
        }
    }

    fn answer(&mut self) {
        let made_up = self.after().next().is_some_and(|c| is_made_up(c.core));
        if self.link().is_none() && !made_up {
            return;
        }
        let word = self.after().find(|c| !c.core.is_empty() && !COPULAS.contains(&&*c.lower()));
        if let Some(chunk) = word
            && chunk.core.len() >= 3
            && !STATES.contains(&&*chunk.lower())
            && (chunk.core.starts_with(|c: char| c.is_uppercase())
                || self.is_said(&chunk)
                || is_made_up(chunk.core))
        {
            self.cover(Kind::Password, chunk.start..chunk.end);
        }
    }

    /// "Login: ann@x.example / Rosebud1942"
    fn login(&mut self) {
        let chunks: Vec<_> = self.after().take(6).collect();
        let pair = chunks.iter().take(2).find_map(|c| Some((c, c.core.rfind('/')?)));
        if let Some((chunk, at)) = pair
            && is_made_up(&chunk.core[at + 1..])
        {
            return self.cover(Kind::Password, chunk.start + at + 1..chunk.end);
        }
        let slash =
            chunks.iter().position(|c| c.core.is_empty() && (c.lead.contains('/') || c.tail.contains('/')));
        if let Some(value) = slash.and_then(|at| chunks.get(at + 1)).filter(|c| is_made_up(c.core)) {
            self.cover_password(&value.clone());
        }
    }

    fn token(&mut self) {
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        for chunk in self.after().take(6) {
            let core = chunk.core.split(['&', '"', '\'', ',']).next().unwrap_or("");
            if is_random(core, 12) {
                if self.linked(passed.iter()) || is_pointed_at(&chunk, &passed) {
                    self.cover(Kind::Token, chunk.start..chunk.start + core.len());
                }
                return;
            }
            // "secret: Blaubeere77"
            if passed.iter().all(|c| c.core.is_empty())
                && matches!(self.link(), Some(':' | '='))
                && is_typed(chunk.core)
            {
                return self.cover_password(&chunk);
            }
            if chunk.ends_sentence() {
                return;
            }
            passed.push(chunk);
        }
        if let Some(value) = self.value_before().filter(|c| is_random(c.core, 16)) {
            self.cover(Kind::Token, value.start..value.end);
        }
    }

    fn social(&mut self) {
        let chunks: Vec<_> = self.after().take(8).collect();
        let nine = |at: usize| {
            let value = number(self.text, &chunks[at], 9, 9)?;
            (self.linked(chunks[..at].iter()) || is_pointed_at(&chunks[at], &chunks[..at])).then_some(value)
        };
        if let Some(value) = (0..chunks.len()).find_map(nine) {
            return self.cover(Kind::SocialSecurity, value);
        }
        // "The last four of my social are 4471."
        let words: Vec<String> = before(self.text, self.at).iter().map(Chunk::lower).collect();
        let four = words.windows(2).any(|pair| pair[1] == "last" && matches!(&*pair[0], "four" | "4"));
        let value =
            (0..chunks.len()).find_map(|at| number(self.text, &chunks[at], 4, 4).map(|value| (at, value)));
        if let Some((at, value)) = value.filter(|_| four)
            && self.linked(chunks[..at].iter())
        {
            return self.cover(Kind::SocialSecurity, value);
        }
        if let Some(value) = self.value_before().and_then(|c| number(self.text, &c, 9, 9)) {
            self.cover(Kind::SocialSecurity, value);
        }
    }

    fn identity(&mut self, kind: Kind) {
        let chunks: Vec<_> = self.after().take(12).collect();
        for at in 0..chunks.len().min(6) {
            let phone = chunks[at].core.starts_with("0800") || chunks[at].lead.ends_with('+');
            if let Some(value) = identifier(&chunks[at..], 5).filter(|_| !phone) {
                return self.cover(kind, value);
            }
            let ends = chunks[at].ends_sentence() || chunks[at].first_of_line && at > 0;
            if ends || !(self.linked(chunks[at..=at].iter()) || at == 0 && chunks[at].tail == ":") {
                break;
            }
        }
        if let Some(value) = self.value_before() {
            // Said in groups, it is read from its first group on.
            let groups: Vec<_> = before(self.text, value.end)
                .into_iter()
                .take_while(|c| c.core.bytes().any(|b| b.is_ascii_digit()))
                .collect();
            let start = groups.last().map_or(value.start, |c| c.start);
            let chunks: Vec<_> = after(self.text, start).take_while(|c| c.end <= value.end).collect();
            if let Some(value) = identifier(&chunks, 5) {
                self.cover(kind, value);
            }
        }
    }

    fn account(&mut self) {
        let chunks: Vec<_> = self.after().take(12).collect();
        for at in 0..chunks.len().min(6) {
            let country = chunks[at].core.as_bytes();
            if matches!(country, [a, b, c, d, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit())
                && let Some(value) = identifier(&chunks[at..], 10)
            {
                return self.cover(Kind::Account, value);
            }
            if !self.linked(chunks[at..=at].iter()) {
                return;
            }
        }
    }

    fn birth(&mut self) {
        let mut passed: Vec<Chunk<'_>> = Vec::new();
        for chunk in self.after().take(9) {
            let near = self.linked(passed.iter());
            if let Some(length) = date(&self.text[chunk.start..], near)
                && (near || is_pointed_at(&chunk, &passed))
            {
                return self.cover(Kind::Birth, chunk.start..chunk.start + length);
            }
            let ends = chunk.ends_sentence() || chunk.first_of_line && !passed.is_empty();
            passed.push(chunk);
            if ends {
                break;
            }
        }
        self.date_before(&["is", "was", "as"]);
    }

    fn born(&mut self) {
        for chunk in self.after().take(2) {
            if let Some(length) = date(&self.text[chunk.start..], false) {
                return self.cover(Kind::Birth, chunk.start..chunk.start + length);
            }
            if !matches!(&*chunk.lower(), "on" | "am" | "the" | "") {
                break;
            }
        }
        if self.text[self.at..].get(..7).is_some_and(|word| word.eq_ignore_ascii_case("geboren")) {
            self.date_before(&[]);
        }
    }

    /// A date that nothing but one of these words and an owner parts from the label.
    fn date_before(&mut self, copulas: &[&str]) {
        for chunk in before(self.text, self.at) {
            let Some(length) = date(&self.text[chunk.start..], false) else { continue };
            let between = self.text.get(chunk.start + length..self.at).unwrap_or("");
            let mut words =
                between.split_whitespace().map(|w| w.trim_matches([',', '(', '-']).to_ascii_lowercase());
            if words.all(|w| w.is_empty() || copulas.contains(&&*w) || OWNERS.contains(&&*w)) {
                return self.cover(Kind::Birth, chunk.start..chunk.start + length);
            }
        }
    }

    /// A private key, to the line that ends it.
    fn block(&mut self) {
        const HEAD: &str = "PRIVATE KEY";
        const DASHES: &str = "-----";
        let rest = &self.text[self.end..];
        let Some(head) = rest.find(HEAD).filter(|at| *at < 40 && self.text[..self.at].ends_with('-')) else {
            return;
        };
        let Some(start) = rest[head..].find(DASHES).map(|n| head + n + DASHES.len()) else { return };
        let end = rest[start..].find("-----END").map_or(rest.len(), |n| start + n);
        self.cover(Kind::Token, self.end + start..self.end + end);
    }

    /// A token known by how it begins.
    fn prefix(&mut self, least: usize) {
        let tail = &self.text.as_bytes()[self.end..];
        let goes_on = |at: usize| {
            let byte = tail[at];
            // A token may be broken after its dots.
            let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
            is_part(&byte)
                || b"\n ".contains(&byte)
                    && at > 0
                    && tail[at - 1] == b'.'
                    && tail[at + 1..].iter().take_while(|b| is_part(b)).count() >= 16
        };
        let length = (0..tail.len()).take_while(|at| goes_on(*at)).count();
        let token = self.text[self.at..self.end + length].trim_end_matches('.');
        if length >= least
            && token.bytes().any(|b| b.is_ascii_digit() || b == b'_')
            && is_random(&token.replace(['\n', ' '], ""), least)
        {
            self.cover(Kind::Token, self.at..self.at + token.len());
        }
    }

    /// "https://hooks.slack.com/services/T0/B0/…"
    fn webhook(&mut self) {
        let path = self.text[self.end..].bytes();
        let length = path.take_while(|b| b.is_ascii_alphanumeric() || *b == b'/').count();
        self.cover(Kind::Token, self.end..self.end + length);
    }
}

/// Adds the passwords of links: `https://ann:secret@host`.
pub fn links(text: &str, found: &mut Vec<(Kind, Range<usize>)>) {
    for (at, _) in text.match_indices("://") {
        let host = text[at + 3..].split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        if let Some((login, _)) = host.rsplit_once('@')
            && let Some((name, secret)) = login.split_once(':')
        {
            let start = at + 3 + name.len() + 1;
            found.push((Kind::Password, start..start + secret.len()));
        }
    }
}

/// Adds the passwords beside addresses: "ann@x.example / Rosebud1942".
pub fn logins(text: &str, found: &mut Vec<(Kind, Range<usize>)>) {
    /// As far as a password can be from its address.
    const FAR: usize = 120;
    for (at, _) in text.match_indices('@') {
        let domain = text[at + 1..].bytes();
        let length = domain.take_while(|b| b.is_ascii_alphanumeric() || b"-.".contains(b)).count();
        let end = at + 1 + length;
        if !text[at..end].contains('.') || text[at..end].ends_with('.') {
            continue;
        }
        let near = &text[..text.ceil_char_boundary((end + FAR).min(text.len()))];
        let value = after(near, end)
            .take(3)
            .find(|c| !c.core.is_empty() && !matches!(&*c.lower(), "and" | "with" | "und" | "et"));
        if let Some(value) = value.filter(|c| is_typed(c.core)) {
            found.push((Kind::Password, value.start..value.end));
        }
    }
}

/// Whether someone was told what comes next: "I gave him", "told her".
fn is_told(passed: &[Chunk<'_>]) -> bool {
    matches!(passed, [.., verb, person] if TOLD.contains(&&*verb.lower()) && is_person(person))
}

fn is_person(chunk: &Chunk<'_>) -> bool {
    matches!(&*chunk.lower(), "me" | "him" | "her" | "them" | "us" | "you")
}

/// "60-16-13", which no word calls a day.
fn has_sort_code(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).any(|n| {
        let word = words[n].trim_matches(|c: char| !c.is_ascii_digit());
        let parts: Vec<&str> = word.split('-').collect();
        let dated =
            n > 0 && matches!(words[n - 1], "on" | "dated" | "since" | "from" | "of" | "by" | "until");
        parts.len() == 3
            && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
            && !dated
    })
}

/// Whether what comes right before a value announces it: "me, 6642", "(204)", "told her 651".
fn is_pointed_at(chunk: &Chunk<'_>, passed: &[Chunk<'_>]) -> bool {
    if chunk.lead.contains(['(', '"', '\'', ':', '=']) {
        return true;
    }
    let Some(last) = passed.last() else { return true };
    last.points() || POINTERS.contains(&&*last.lower()) || is_told(passed)
}

/// "A-44192": how orders are numbered, and passwords seldom.
fn is_order(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = word[letters..].trim_start_matches(['-', '#']);
    letters > 0 && letters <= 4 && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}
