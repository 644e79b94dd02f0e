//! Signatures: device lines, disclaimers, cards with contact details, companies' footers, sign-offs.

use super::Line;
use super::marks::{
    is_closing_line, is_contact, is_device, is_disclaimer, is_name, is_postscript, is_rule, only_closes,
};
use crate::anywhere::Anywhere;

/// A signature or disclaimer lies within this many of the last lines.
const REACH: usize = 40;

pub(super) fn mark_signature(lines: &[&str], kinds: &mut [Line]) {
    mark_devices(lines, kinds);
    let mut own = own_lines(lines, kinds);
    if let Some(cut) = disclaimer_at(lines, kinds, &own) {
        kinds[own[cut]..].iter_mut().filter(|k| **k == Line::Own).for_each(|k| *k = Line::Signature);
        own.truncate(cut);
    }
    let own: Vec<usize> = own.into_iter().filter(|&n| kinds[n] == Line::Own).collect();
    mark_footers(lines, kinds, &own);
    let own: Vec<usize> = own.into_iter().filter(|&n| kinds[n] == Line::Own).collect();
    let texts: Vec<&str> = own.iter().map(|&n| lines[n]).collect();
    let apart = |place: usize| own[place] > 0 && lines[own[place] - 1].trim().is_empty();
    if let Some(cut) = signature_at(&texts, apart) {
        for &n in &own[cut..] {
            kinds[n] = Line::Signature;
        }
        keep_postscript(lines, kinds, own[cut]);
    }
    mark_sign_off(lines, kinds);
}

/// A postscript below the signature is theirs, with what it says up to the next blank line.
fn keep_postscript(lines: &[&str], kinds: &mut [Line], from: usize) {
    let signed = |n: &usize| kinds[*n] == Line::Signature;
    let Some(start) = (from..lines.len()).filter(signed).find(|&n| is_postscript(lines[n])) else { return };
    for n in start..lines.len() {
        if lines[n].trim().is_empty() || kinds[n] != Line::Signature || n > start && is_rule(lines[n]) {
            break;
        }
        kinds[n] = Line::Own;
    }
}

/// "Thanks, / Kim" at the end or above a postscript, with a role or company below, unless nothing
/// else is said.
fn mark_sign_off(lines: &[&str], kinds: &mut [Line]) {
    let mut own = own_lines(lines, kinds);
    let postscript = own.iter().skip(1).position(|&n| is_postscript(lines[n])).map_or(own.len(), |at| at + 1);
    own.truncate(postscript);
    let near = own.len().saturating_sub(CARD)..own.len();
    let Some(closing) = near.rev().find(|&at| only_closes(lines[own[at]])).filter(|&at| at > 0) else {
        return;
    };
    let [name, below @ ..] = &own[closing + 1..] else { return };
    let detail =
        |n: &usize| is_detail(lines[*n]) && !names_reference(lines[*n]) && !is_bare_number(lines[*n]);
    if is_name(without_office(lines[*name])) && below.iter().all(detail) {
        for &n in &own[closing..] {
            kinds[n] = Line::Signature;
        }
    }
}

/// A closing, a name and what stands below it have at most so many lines.
const CARD: usize = 6;

/// "i.A. Ann Lee", "Ann Lee (she/her)" as "Ann Lee".
fn without_office(line: &str) -> &str {
    #[rustfmt::skip]
    const OFFICES: &[&str] = &[
        "i.A. ", "i. A. ", "i.V. ", "i. V. ", "ppa. ", "p.p. ", "Your ", "Ihre ", "Ihr ",
    ];
    let line = line.trim().trim_start_matches(['-', '–', '—', '~', ' ']).trim_end_matches([',', '.']);
    // Other brackets hold what they tell: "(flat 52)".
    let pronouns = |inner: &str| inner.ends_with(')') && inner.contains('/') && !inner.contains(' ');
    let line = line.split_once(" (").filter(|(_, inner)| pronouns(inner)).map_or(line, |(name, _)| name);
    OFFICES.iter().find_map(|office| line.strip_prefix(office)).unwrap_or(line)
}

/// Words of a company's register entry and tax number, which the law wants below its mails.
#[rustfmt::skip]
static REGISTER: Anywhere = Anywhere::new(&[
    "amtsgericht", "registergericht", "handelsregister", "hrb ", "hrb:", "hra ", "ust-id", "ust.-id",
    "ust-idnr", "umsatzsteuer-id", "steuernummer", "geschäftsführer", "geschäftsführung:", "vorstand:",
    "aufsichtsrat", "sitz:", "sitz der gesellschaft", "firmenbuch", "registered in england",
    "registered in scotland", "registered in ireland", "registered in wales", "registered office",
    "company number", "company no", "company reg", "registration number", "reg. no", "registered number",
    "vat no", "vat reg", "vat number", "vat:", "vat id", "vat gb", "abn ", "abn:", "acn ", "ein ", "rcs ",
    "r.c.s", "siret", "siren", "n° tva", "tva intra", "tva fr", "tva :", "au capital de", "p. iva", "p.iva",
    "partita iva", "sede legale", "codice fiscale", "c.f.", "capitale sociale", "rea ", "kvk", "btw",
    "kamer van koophandel", "registro mercantil", "cif ", "cif:", "c.i.f", "nif ", "nif:",
    "domicilio social", "cnpj", "capital social", "nipc", "org.nr", "org. nr", "orgnr",
    "organisationsnummer", "momsreg", "cvr", "y-tunnus", "nip ", "nip:", "regon", "krs", "ič:", "ičo",
    "dič", "cégjegyzék", "adószám", "огрн", "инн", "кпп", "єдрпоу", "mersis", "vergi no", "ticaret sicil",
    "uid-nr", "che-", "numéro de tva",
]);
/// The forms of companies.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "gmbh", "ag", "kg", "ug", "ohg", "ltd", "limited", "llc", "inc", "plc", "llp", "sarl", "sas", "sa",
    "srl", "spa", "bv", "nv", "ab", "as", "aps", "oy", "oyj", "sl", "lda", "ltda", "kft", "zrt", "sro",
    "ооо", "spzoo", "kk", "pty", "eurl",
];
/// Words with which somebody speaks: no footer has them.
#[rustfmt::skip]
const SPOKEN: &[&str] = &[
    "i", "we", "you", "please", "my", "our", "is", "ich", "wir", "bitte", "unsere", "meine", "ist",
    "lautet", "je", "nous", "notre", "est", "voici", "es", "nuestro", "mi", "è", "nostra", "é", "nosso",
    "nossa", "wij", "ons", "onze",
];

/// Companies' footers: paragraphs, or lines, near the end, below words of their own.
fn mark_footers(lines: &[&str], kinds: &mut [Line], own: &[usize]) {
    for place in (1..own.len()).skip(own.len().saturating_sub(REACH)) {
        let n = own[place];
        if kinds[n] != Line::Own {
            continue;
        }
        let above = lines[own[place - 1]].trim_end();
        let said = own[..place].iter().any(|&n| !is_greeting(lines[n]));
        let apart = lines[n - 1].trim().is_empty();
        let text = if apart { paragraph(lines, n) } else { lines[n].to_owned() };
        if said && !above.ends_with([':', '：', ',']) && is_footer(&text, apart) {
            for &m in own[place..].iter().take_while(|&&m| lines[n..=m].iter().all(|l| !l.trim().is_empty()))
            {
                kinds[m] = Line::Signature;
            }
        }
    }
}

/// "Hello Ann": what is below it is their answer.
pub(super) fn is_greeting(line: &str) -> bool {
    #[rustfmt::skip]
    const GREETINGS: &[&str] = &[
        "hi", "hello", "dear", "hey", "good", "hallo", "guten", "sehr", "liebe", "lieber", "bonjour",
        "salut", "cher", "chère", "madame", "monsieur", "hola", "buenos", "buenas", "estimado", "estimada",
        "estimados", "ciao", "buongiorno", "gentile", "gentili", "salve", "olá", "oi", "bom", "boa",
        "prezado", "prezada", "dag", "beste", "geachte", "hej", "hei", "kära", "kære", "kjære", "cześć",
        "dzień", "szanowni", "witam", "dobrý", "ahoj", "vážený", "tisztelt", "kedves", "bună", "merhaba",
        "sayın", "здравствуйте", "добрый", "уважаемые", "вітаю", "добрий",
    ];
    let first =
        line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("").to_lowercase();
    GREETINGS.contains(&first.as_str()) && line.split_whitespace().count() <= 5
}

fn is_footer(text: &str, apart: bool) -> bool {
    const LONGEST: usize = 700;
    if text.len() > LONGEST || text.contains(['?', '!']) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let text = format!("{} ", text.to_lowercase());
    if !REGISTER.is_in(&text) {
        return false;
    }
    let is_entry = |words: &&&str| {
        text.match_indices(**words).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
    };
    let entries = REGISTER.words().iter().filter(is_entry).count();
    if entries == 0 {
        return false;
    }
    let compact: Vec<String> = text
        .split(|c: char| c.is_whitespace() || ",|;:–-()".contains(c))
        .map(|word| word.replace('.', ""))
        .collect();
    let any = |list: &[&str]| compact.iter().any(|word| list.contains(&word.as_str()));
    let form = any(FORMS);
    (entries > 1 || form && apart) && !any(SPOKEN)
}

fn own_lines(lines: &[&str], kinds: &[Line]) -> Vec<usize> {
    (0..lines.len()).filter(|&n| kinds[n] == Line::Own && !lines[n].trim().is_empty()).collect()
}

/// "Sent from my iPhone". Phones put it right above the quote, whether or not that is marked.
fn mark_devices(lines: &[&str], kinds: &mut [Line]) {
    let own = own_lines(lines, kinds);
    let mut written = false;
    for (place, &n) in own.iter().enumerate() {
        if !is_device(lines[n]) {
            written = true;
            continue;
        }
        kinds[n] = Line::Signature;
        let next = own.get(place + 1).map_or("", |&m| lines[m].trim_start());
        if written && !is_device(next) && !is_postscript(next) {
            for &m in &own[place + 1..] {
                kinds[m] = Line::History;
            }
            return;
        }
    }
}

/// Where a disclaimer begins: a paragraph near the end; everything below belongs to it.
fn disclaimer_at(lines: &[&str], kinds: &[Line], own: &[usize]) -> Option<usize> {
    (1..own.len()).skip(own.len().saturating_sub(REACH)).find(|&place| {
        let n = own[place];
        let opens = lines[n - 1].trim().is_empty() || is_rule(lines[n - 1]) || kinds[n - 1] != Line::Own;
        (opens || place + 12 > own.len()) && is_disclaimer(&paragraph(lines, n))
    })
}

/// Where a signature begins; `apart(n)`: a blank line precedes line `n`.
fn signature_at(texts: &[&str], apart: impl Fn(usize) -> bool) -> Option<usize> {
    let first = texts.iter().position(|line| !is_rule(line))? + 1;
    let near_end = first.max(texts.len().saturating_sub(REACH))..texts.len();
    let begins = near_end.clone().find_map(|place| {
        let (above, line, below) = (texts[place - 1], texts[place], &texts[place + 1..]);
        let alone = apart(place) && !leads_on(above);
        let mark = line == "-- " || line.trim_end() == "--" || line.trim() == "—";
        let whole = mark && below.len() <= 15
            || line.trim() == "–" && (reads_as_signature(below) || is_card_below(below))
            || is_rule(line)
                && (below.iter().all(|l| is_rule(l))
                    || reads_as_signature(below)
                    || below.len() == 1 && is_name(below[0]))
            || below.is_empty() && is_dashed_name(line, above)
            || alone && is_card_in_line(line, below)
            || is_closing_line(above) && below.len() <= 10 && starts_card(line, below);
        // A name stays in the text; the contact details below don't.
        whole.then_some(place).or_else(|| (alone && is_card(line, below)).then_some(place + 1))
    });
    let named = |place: &usize| {
        apart(*place) && !leads_on(texts[*place - 1]) && is_card_of(texts[*place], &texts[*place + 1..])
    };
    begins.or_else(|| near_end.clone().find(named).map(|place| place + 1)).or_else(|| {
        near_end.rev().find_map(|place| {
            let below = &texts[place + 1..];
            (is_closing_line(texts[place - 1]) && !below.is_empty() && reads_as_signature(below))
                .then_some(place + 1)
        })
    })
}

/// "-Ann" as the last line, unless it is a list item.
fn is_dashed_name(line: &str, above: &str) -> bool {
    let above = above.trim();
    line.trim().strip_prefix(['-', '–', '—']).is_some_and(|name| is_name(name) && name.len() < 30)
        && !above.starts_with(['-', '–', '—', '*', '•'])
        && !above.ends_with(':')
}

/// "Kim Reed", "María José de la Fuente", above the lines of a card.
fn is_signatory(line: &str) -> bool {
    #[rustfmt::skip]
    const PARTICLES: &[&str] = &[
        "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "las", "los", "le", "van", "der",
        "den", "ter", "ten", "von", "zu", "af", "av", "y", "e", "i",
    ];
    let words: Vec<&str> = line.split_whitespace().collect();
    let names: Vec<&str> = words.iter().copied().filter(|word| !PARTICLES.contains(word)).collect();
    is_name(line)
        || (2..=4).contains(&names.len())
            && words.len() <= 6
            && words.first() == names.first()
            && words.last() == names.last()
            && names.iter().all(|name| is_name(name))
}

/// A name followed by at least two contact lines, at the end.
fn is_card(line: &str, below: &[&str]) -> bool {
    is_signatory(line) && below.iter().filter(|l| is_contact(l)).count() >= 2 && reads_as_signature(below)
}

/// A name, and below it a role, a company, an address, with at least one contact line, to the end.
fn is_card_of(name: &str, below: &[&str]) -> bool {
    is_signatory(name)
        && (2..=8).contains(&below.len())
        && reads_as_signature(below)
        && below.iter().all(|l| is_contact(l) || is_detail(l))
        && below.iter().any(|l| is_contact(l) && !is_bare_number(l))
}

/// May be their account's.
fn is_bare_number(line: &str) -> bool {
    line.trim().bytes().all(|b| b.is_ascii_digit())
}

/// "Ann Lee | Buyer | Acme", with a contact line in it or below.
fn is_card_in_line(line: &str, below: &[&str]) -> bool {
    let mut parts = line.split([',', '|', '·', '•', '/']).map(str::trim).filter(|part| !part.is_empty());
    let named = parts.next().is_some_and(|name| is_name(name) && name.contains(' '));
    let details: Vec<&str> = parts.collect();
    let card = |below: &[&str]| below.len() <= 6 && below.iter().all(|l| is_contact(l) || is_detail(l));
    let contact = is_contact(line) || details.iter().chain(below).any(|l| is_contact(l));
    named
        && !details.is_empty()
        && details.iter().all(|part| is_detail(part) || is_contact(part))
        && contact
        && card(below)
}

/// Such a card in the first of these lines.
fn is_card_below(below: &[&str]) -> bool {
    below.split_first().is_some_and(|(line, below)| is_card_in_line(line, below))
}

/// A role, a company, a street: a few words with a capital or number first, and no sentence.
fn is_detail(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    line.chars().count() <= 60
        && (1..=7).contains(&words)
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with(['?', '!', ':', ','])
        && (!line.ends_with('.') || words <= 4)
}

/// A line that leads up to a name and address they give: "Please send it to".
fn leads_on(above: &str) -> bool {
    #[rustfmt::skip]
    const LEADS: &[&str] = &[
        "to", "at", "by", "from", "is", "with", "an", "von", "bei", "ist", "à", "chez", "de", "a", "en",
        "op", "aan", "für", "for", "da", "por",
    ];
    let above = above.trim_end();
    above.ends_with([':', '：'])
        || above
            .split_whitespace()
            .next_back()
            .is_some_and(|last| LEADS.contains(&last.to_lowercase().as_str()))
}

/// Contact details right below the closing, with no name between.
fn starts_card(line: &str, below: &[&str]) -> bool {
    is_contact(line) && below.iter().all(|l| l.len() <= 80 && !l.trim_end().ends_with(['?', '!']))
}

fn paragraph(lines: &[&str], at: usize) -> String {
    lines[at..].iter().take_while(|l| !l.trim().is_empty()).take(12).copied().collect::<Vec<_>>().join(" ")
}

/// Begins with what they quote of ours: "Order 55120".
fn names_reference(line: &str) -> bool {
    #[rustfmt::skip]
    const REFERENCES: &[&str] = &[
        "order", "booking", "account", "invoice", "reference", "ref", "customer no", "case", "ticket",
        "policy", "bestell", "kunden", "auftrag", "rechnung", "commande", "pedido", "ordine", "zamówienie",
    ];
    let lower = line.trim().to_lowercase();
    REFERENCES.iter().any(|word| lower.starts_with(word))
}

/// Short lines, one of them a contact line, none a sentence or reference.
fn reads_as_signature(lines: &[&str]) -> bool {
    lines.len() <= 10
        && lines.iter().any(|l| is_contact(l))
        && !lines.iter().any(|l| {
            let line = l.trim();
            line.chars().count() > 90
                || line.ends_with(['?', '!'])
                || line.ends_with('.') && line.split_whitespace().count() > 6
                || names_reference(line)
        })
}
