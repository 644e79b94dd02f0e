//! Contact forms sent on as mail: labelled fields, of which one is the message. Labels are no words of
//! the customer's; name, address and order are known from their fields.

use crate::message::one_line;
use crate::newest::{find_either, is_rule};
use crate::subject;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a form says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub name: Option<String>,
    pub address: Option<String>,
    pub subject: Option<String>,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    First,
    Last,
    Address,
    /// "Ann Lee <ann@x.example>".
    Sender,
    Order,
    Subject,
    Message,
    /// Before or behind the message.
    Other,
    /// Only behind the message, where their own words may have any label.
    Trailer,
}

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "name", "your name", "what's your name", "what is your name", "full name", "customer name",
    "contact name", "name of customer", "customer", "ihr name", "vor- und nachname", "vor- und zuname",
    "vollständiger name", "nom et prénom", "prénom et nom", "nom complet", "votre nom", "nom",
    "nombre completo", "nombre y apellidos", "nombre", "su nombre", "nome completo", "nome e cognome",
    "nome", "seu nome", "naam", "uw naam", "volledige naam", "namn", "ditt namn", "navn", "dit navn", "nimi",
    "imię i nazwisko", "jméno a příjmení", "jméno", "meno", "név", "teljes név", "nume", "ad soyad",
    "adınız", "isim", "имя", "ваше имя", "фио", "ім'я", "име", "όνομα", "ονοματεπώνυμο", "姓名", "名前", "お名前",
    "氏名", "이름", "성함", "שם", "שם מלא", "الاسم", "الاسم الكامل", "نام", "họ tên", "họ và tên", "nama", "ชื่อ",
];
#[rustfmt::skip]
const FIRST: &[&str] = &[
    "first name", "firstname", "given name", "vorname", "prénom", "nombre de pila", "voornaam", "förnamn",
    "fornavn", "etunimi", "imię", "křestní jméno", "keresztnév", "prenume", "ad", "primeiro nome",
];
#[rustfmt::skip]
const LAST: &[&str] = &[
    "last name", "lastname", "surname", "family name", "nachname", "zuname", "nom de famille", "apellido",
    "apellidos", "cognome", "sobrenome", "apelido", "achternaam", "efternamn", "efternavn", "etternavn",
    "sukunimi", "nazwisko", "příjmení", "vezetéknév", "soyad", "фамилия", "прізвище",
];
#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "e-mail", "email", "mail", "e-mail address", "email address", "your email", "your e-mail",
    "your email address", "what's your email", "what is your email", "what's your email address",
    "what is your email address", "customer email", "contact email", "e-mail-adresse", "emailadresse",
    "e-mailadresse", "email-adresse", "ihre e-mail", "ihre e-mail-adresse", "mailadresse", "adresse e-mail",
    "adresse mail", "adresse email", "courriel", "votre e-mail", "votre email", "correo",
    "correo electrónico", "su correo", "indirizzo e-mail", "indirizzo email", "endereço de e-mail",
    "seu e-mail", "e-mailadres", "uw e-mail", "uw e-mailadres", "e-post", "epost", "e-postadress",
    "e-postadresse", "din e-post", "din e-mail", "sähköposti", "adres e-mail", "e-mailová adresa",
    "e-mail cím", "e-posta", "электронная почта", "эл. почта", "почта", "ваш e-mail", "ел. пошта", "имейл",
    "邮箱", "电子邮件", "電子郵件", "メール", "メールアドレス", "이메일", "דוא\"ל", "אימייל", "البريد الإلكتروني", "ایمیل", "อีเมล",
];
/// Of a form's program that names the sender as a mail does.
const SENDERS: &[&str] = &["from", "sender", "von", "absender", "de", "da", "van", "reply-to", "reply to"];
#[rustfmt::skip]
const ORDERS: &[&str] = &[
    "order", "order number", "order no", "order no.", "order id", "order #", "your order number",
    "booking reference", "booking number", "reference number", "reference", "invoice number",
    "customer number", "bestellnummer", "bestellung", "auftragsnummer", "auftrag", "rechnungsnummer",
    "kundennummer", "numéro de commande", "n° de commande", "commande", "référence", "número de pedido",
    "n.º de pedido", "pedido", "numero d'ordine", "numero ordine", "ordine", "número do pedido",
    "bestelnummer", "ordernummer", "beställningsnummer", "ordrenummer", "ordrenr", "tilausnumero",
    "numer zamówienia", "zamówienie", "číslo objednávky", "rendelésszám", "sipariş no", "sipariş numarası",
    "номер заказа", "заказ", "номер замовлення", "订单号", "訂單編號", "注文番号", "주문번호", "주문 번호",
];
#[rustfmt::skip]
const MESSAGES: &[&str] = &[
    "message", "your message", "message body", "message text", "body", "comment", "comments",
    "comment or message", "comments or questions", "enquiry", "inquiry", "your enquiry", "question",
    "your question", "questions", "details", "description", "your comments", "how can we help",
    "how can we help you", "what can we help you with", "leave us a message", "what happened",
    "what went wrong", "what is the problem", "what's the problem", "tell us what happened", "tell us more",
    "feedback", "complaint", "nachricht", "ihre nachricht", "nachrichtentext", "mitteilung",
    "ihre mitteilung", "kommentar", "bemerkung", "anfrage", "ihre anfrage", "frage", "ihre frage",
    "anliegen", "ihr anliegen", "beschreibung", "text", "votre message", "corps du message", "commentaire",
    "commentaires", "votre demande", "demande", "mensaje", "su mensaje", "cuerpo del mensaje", "comentario",
    "comentarios", "consulta", "messaggio", "il tuo messaggio", "corpo del messaggio", "commento",
    "richiesta", "mensagem", "sua mensagem", "corpo da mensagem", "comentário", "bericht", "uw bericht",
    "berichtinhoud", "opmerking", "opmerkingen", "vraag", "uw vraag", "meddelande", "ditt meddelande",
    "besked", "din besked", "melding", "din melding", "beskjed", "viesti", "viestisi", "wiadomość",
    "treść wiadomości", "treść", "twoja wiadomość", "zpráva", "vaše zpráva", "správa", "üzenet", "mesaj",
    "mesajınız", "сообщение", "ваше сообщение", "текст сообщения", "вопрос", "комментарий", "повідомлення",
    "съобщение", "μήνυμα", "留言", "信息", "内容", "訊息", "消息", "メッセージ", "お問い合わせ内容", "お問合せ内容", "ご用件", "메시지",
    "문의 내용", "문의내용", "내용", "הודעה", "الرسالة", "رسالة", "پیام", "tin nhắn", "nội dung", "pesan", "ข้อความ",
];
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "subject", "betreff", "objet", "sujet", "asunto", "oggetto", "assunto", "onderwerp", "ämne", "emne",
    "aihe", "temat", "předmět", "konu", "тема", "件名", "主题", "주제",
];
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "topic", "thema", "reason", "category", "department", "phone", "your phone", "phone number", "telephone",
    "tel", "tel.", "mobile", "telefon", "telefonnummer", "handy", "téléphone", "teléfono", "telefono",
    "telefone", "telefoon", "telefoonnummer", "puhelin", "телефон", "電話番号", "电话", "전화번호", "company", "firma",
    "unternehmen", "société", "entreprise", "empresa", "azienda", "bedrijf", "företag", "address", "street",
    "adresse", "anschrift", "straße", "plz", "ort", "plz/ort", "postcode", "zip", "city", "town", "country",
    "land", "pays", "país", "paese", "salutation", "title", "anrede", "civilité", "product", "produkt",
    "produit", "producto", "prodotto", "model", "modell", "date of purchase", "kaufdatum", "to", "cc",
    "store", "shop", "filiale", "attachment", "attachments", "file", "anhang", "language", "sprache",
    "website", "url", "order date", "bestelldatum",
];
#[rustfmt::skip]
const TRAILERS: &[&str] = &[
    "ip", "ip address", "ip-adresse", "remote ip", "user agent", "user-agent", "browser", "page",
    "page url", "seite", "referrer", "referer", "submitted", "submitted on", "submitted at", "sent on",
    "sent from", "sent at", "time", "date/time", "form", "form name", "form id", "formular", "consent",
    "privacy policy", "datenschutz", "datenschutzerklärung", "gdpr", "newsletter", "terms", "i agree",
    "captcha", "spam score", "source", "utm_source", "entry id", "submission id", "attachments",
    "attachment", "anhang", "datum", "uhrzeit", "gesendet am", "remote host", "powered by",
];

/// What a form's program says below its fields, by how the line begins.
#[rustfmt::skip]
const FOOTERS: &[&str] = &[
    "this is a notification that a contact form", "this e-mail was sent from a contact form",
    "if you think this submission is spam", "view submission", "you can edit this submission",
    "log in to view or download", "to edit your email settings", "does this submission look like spam",
];

/// Words of the subject that a form's or an exchange's program gives its mail, and whole ones.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "new submission", "form submission", "new form entry", "new entry:", "new customer message on",
    "new response for", "new message from \"", "new text message from", "new voice message",
    "new voicemail",
];
#[rustfmt::skip]
const WHOLE_TITLES: &[&str] = &[
    "contact", "contact us", "contact form", "kontakt", "kontaktformular", "formulaire de contact",
    "formulario de contacto", "modulo di contatto", "formulário de contato", "contactformulier",
    "formularz kontaktowy",
];

/// Whether a subject is the program's, which the customer has never seen.
pub fn is_title(subject: &str) -> bool {
    let subject = subject::bare(subject).to_lowercase();
    TITLES.iter().any(|words| subject.contains(words)) || WHOLE_TITLES.contains(&subject.trim())
}

/// Labels in all languages, in one lookup table; of a word with two meanings the last counts.
static LABELS: LazyLock<HashMap<&str, Field>> = LazyLock::new(|| {
    let sorts: [(&[&str], Field); 10] = [
        (SENDERS, Field::Sender),
        (TRAILERS, Field::Trailer),
        (OTHERS, Field::Other),
        (SUBJECTS, Field::Subject),
        (ORDERS, Field::Order),
        (ADDRESSES, Field::Address),
        (LAST, Field::Last),
        (FIRST, Field::First),
        (NAMES, Field::Name),
        (MESSAGES, Field::Message),
    ];
    sorts.into_iter().flat_map(|(labels, field)| labels.iter().map(move |label| (*label, field))).collect()
});

/// The most sentences a form's program puts above its fields.
const ABOVE: usize = 3;

/// A sentence, or part of one; a title is neither.
fn is_sentence(line: &str) -> bool {
    const TITLE: usize = 40;
    let line = line.trim_end();
    line.len() > TITLE || line.ends_with(['.', '!', '?', ','])
}

/// The form a text is, if it is one: a message, and a name or an address.
pub fn read(text: &str) -> Option<Form> {
    by_fields(text, field).or_else(|| {
        // A table without colons; the address leaves no doubt.
        let addressed = |line: &str| {
            line.contains('@') && spaced(line).is_some_and(|(field, ..)| field == Field::Address)
        };
        text.lines().take(ABOVE * 4).any(addressed).then(|| by_fields(text, spaced)).flatten()
    })
}

/// How a line is taken apart into field, label and value.
type Split = fn(&str) -> Option<(Field, &str, &str)>;

fn by_fields(text: &str, field: Split) -> Option<Form> {
    /// No form has its message further down.
    const LAST: usize = 60;
    let text = above_footer(text);
    if !text.lines().take(LAST).any(|line| field(line).is_some_and(|(field, ..)| field == Field::Message)) {
        return None;
    }
    // Behind the last unlabelled line there is nothing of the message.
    let labelled = |line: &str| line.trim().is_empty() || field(line).is_some() || is_rule(line);
    let end = text.lines().take_while(|line| line.trim() != "--").enumerate();
    let last = end.filter(|(_, line)| !labelled(line)).last().map_or(0, |(at, _)| at);
    let mut fields: Vec<(Field, String, String)> = Vec::new();
    let (mut open, mut above) = (false, 0);
    for (at, line) in text.lines().enumerate() {
        let message = fields.iter().position(|(field, ..)| *field == Field::Message);
        let known = |of: Field| fields.iter().any(|(field, ..)| *field == of);
        let next = field(line).filter(|(field, ..)| match (message, field) {
            (None, field) => *field != Field::Trailer,
            (Some(_), Field::Trailer) => true,
            (Some(0), Field::Name | Field::Address | Field::First) if !known(*field) => true,
            _ => at > last && *field != Field::Message,
        });
        if let Some((field, label, value)) = next {
            fields.push((field, label.to_owned(), value.to_owned()));
            open = true;
            continue;
        }
        let Some((field, _, value)) = fields.last_mut().filter(|_| open) else {
            above += usize::from(fields.is_empty() && is_sentence(line) && !labelled(line));
            if above > ABOVE {
                return None;
            }
            continue;
        };
        if *field == Field::Message {
            if is_rule(line) || line.trim() == "--" {
                break;
            }
            value.push('\n');
            value.push_str(line);
        } else if line.trim().is_empty() {
            open = value.is_empty();
        } else if value.is_empty() || matches!(*field, Field::Other | Field::Subject) {
            value.push_str(if value.is_empty() { "" } else { " " });
            value.push_str(line.trim());
        } else {
            open = false;
        }
    }
    form(&fields)
}

fn above_footer(text: &str) -> &str {
    let begins = |line: &str, start: &str| {
        line.trim_start().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if FOOTERS.iter().any(|start| begins(line, start)) {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

fn form(fields: &[(Field, String, String)]) -> Option<Form> {
    let of = |wanted: Field| {
        fields
            .iter()
            .find(|(field, _, value)| *field == wanted && !value.trim().is_empty())
            .map(|(_, _, v)| v.trim())
    };
    let words = of(Field::Message)?;
    let address_in =
        |value: &str| value.split(['<', '>', ' ', '(']).find(|part| part.contains('@')).map(str::to_owned);
    let sent_by = of(Field::Sender).and_then(address_in);
    // "Ann Lee <ann@x.example>", with or without the brackets.
    let sender = of(Field::Sender).zip(sent_by.as_deref()).and_then(|(value, by)| value.split(by).next());
    let sender = sender.map(|name| name.trim_matches(['<', '(', '"', ' ']));
    let address = of(Field::Address).and_then(address_in).or_else(|| sent_by.clone());
    // "Nome" beside "Cognome" is the first name alone.
    let first = of(Field::First).or_else(|| of(Field::Last).and(of(Field::Name)));
    let parts = match (first, of(Field::Last).or(of(Field::Name))) {
        (Some(whole), Some(last)) if whole.ends_with(last) => Some(whole.to_owned()),
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (first, last) => first.or(last).or(sender).map(str::to_owned),
    };
    let name =
        parts.filter(|name| !name.is_empty() && name.split_whitespace().count() <= 5 && !name.contains('@'));
    if name.is_none() && address.is_none() || fields.len() < 2 {
        return None;
    }
    let mut message = words.to_owned();
    // The order is a fact of theirs that the message may leave out.
    if let Some((_, label, order)) = fields.iter().find(|(field, ..)| *field == Field::Order)
        && order.bytes().any(|b| b.is_ascii_digit())
        && !message.contains(order.trim())
    {
        message = format!("{message}\n\n{label}: {}", order.trim());
    }
    Some(Form { name, address, subject: of(Field::Subject).map(one_line), message })
}

/// The field a line opens: "Name: Ann", or a label alone.
fn field(line: &str) -> Option<(Field, &str, &str)> {
    const LONGEST: usize = 48;
    let line = line.trim().trim_start_matches(['*', '-', '•', '>', ' ']);
    let colon = find_either(line, b':', '：').unwrap_or(line.len());
    let tab = line[..colon].find('\t');
    let (label, value) = line.split_at(tab.unwrap_or(colon));
    let mut value = value.chars();
    value.next();
    let value = value.as_str();
    if label.is_empty() || label.len() > LONGEST {
        return None;
    }
    let label = label.trim_matches(['*', ' ', '\u{a0}', '_']);
    let lower = label.to_lowercase().replace('’', "'");
    let name = lower.trim_end_matches("(required)").trim_end_matches(['*', ' ', '\u{a0}']);
    let field = *LABELS.get(name).or_else(|| LABELS.get(name.trim_end_matches(['?', '.', '…', ' '])))?;
    let value = value.trim().trim_start_matches(['*', ' ']).trim();
    let right = match field {
        Field::Sender => value.contains('@'),
        Field::Address => value.is_empty() || value.contains('@'),
        _ => true,
    };
    right.then_some((field, label, value))
}

/// "E-Mail ann@x.example": cells of a table, the label first.
fn spaced(line: &str) -> Option<(Field, &str, &str)> {
    let line = line.trim();
    let ends = line.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|at| {
        let (label, value) = (&line[..at], line[at..].trim());
        let field = *LABELS.get(label.to_lowercase().as_str())?;
        let right = field != Field::Sender && (field != Field::Address || value.contains('@'));
        (right && label.starts_with(char::is_uppercase)).then_some((field, label, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, address: &str, message: &str) -> Option<Form> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Some(Form { name: some(name), address: some(address), subject: None, message: message.into() })
    }

    #[test]
    fn fields_are_known_by_their_labels() {
        assert_eq!(
            read("Name: Ann Lee\nE-Mail: ann@x.example\nMessage: Late.\nOrder: 7"),
            form("Ann Lee", "ann@x.example", "Late.\n\nOrder: 7")
        );
        assert_eq!(
            read("Vorname: Ann\nNachname: Lee\n\nNachricht:\nSpät.\n\nSehr.\nIP: 10.0.0.1"),
            form("Ann Lee", "", "Spät.\n\nSehr.")
        );
        assert_eq!(
            read("Name\nAnn Lee\n\nOrder number\n55120\n\nComments\nLate."),
            form("Ann Lee", "", "Late.\n\nOrder number: 55120")
        );
        assert_eq!(
            read("Name Ann Lee\nE-Mail ann@x.example\nNachricht Spät."),
            form("Ann Lee", "ann@x.example", "Spät.")
        );
        assert_eq!(
            read("From: Ann <ann@x.example>\nSubject: Late\n\nMessage Body:\nLate."),
            form("Ann", "ann@x.example", "Late.").map(|f| Form { subject: Some("Late".into()), ..f })
        );
    }

    #[test]
    fn words_with_colons_are_no_form() {
        for text in [
            "Name: the kettle\nPrice: 40\nIt broke.",
            "I got this message: no refund.\nMy name: Ann",
            "Message: no refund. Why?",
            "Name is Ann.\nMessage me at ann@x.example",
            "One.\nTwo.\nThree.\nFour.\nName: Ann\nMessage: x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
