//! Classifies single lines of mail: attributions, quoted headers, dividers, device lines,
//! disclaimers; by words in many languages, and by language-independent shape.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The verb in "On Mon, 3 Nov 2025, Ann wrote:", in mail clients' languages.
#[rustfmt::skip]
const WROTE: &[&str] = &[
    "wrote", "writes", "schrieb", "geschrieben", "écrit", "escribió", "escribió:", "ha scritto",
    "scritto", "escreveu", "va escriure", "schreef", "geschreven", "skrev", "skrifaði", "napisał",
    "napisała", "pisze", "napsal", "napísal", "írta", "a scris", "kirjoitti", "kirjutas", "rakstīja",
    "rašė", "yazdı", "napisao", "napisala", "je napisal", "έγραψε", "пишет", "писал", "написал",
    "написала", "написав", "пише", "написа", "写道", "寫道", "书写", "작성", "님이 쓴 글", "書きました", "さんは書き", "のメッセージ",
    "כתב", "כתבה", "كتب", "đã viết", "menulis", "เขียนว่า", "ने लिखा",
];
/// Their possible last bytes, as a prefilter.
const WROTE_ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let mut n = 0;
    while n < WROTE.len() {
        let verb = WROTE[n].as_bytes();
        ends[verb[verb.len() - 1] as usize] = true;
        n += 1;
    }
    ends
};

/// Openings of attributions without an address: "On …", "Am …", "Le …".
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "on", "am", "le", "el", "em", "op", "il", "den", "dnia", "w", "dne", "på", "v", "в", "на", "at", "pe",
    "ons", "vào", "pada", "a(z)", "in",
];

/// The text of "-----Original Message-----" dividers.
#[rustfmt::skip]
const DIVIDERS: &[&str] = &[
    "original message", "antwort nachricht", "original-nachricht", "original mail", "original appointment",
    "forwarded message", "forwarded mail", "forwarded by", "reply message", "reply above",
    "ursprüngliche nachricht", "ursprüngliche mitteilung", "weitergeleitete nachricht",
    "message d'origine", "message d’origine", "message original", "message initial", "message transféré",
    "message réexpédié", "courriel original", "mensaje original", "mensaje reenviado",
    "missatge original", "messaggio originale", "messaggio inoltrato", "mensagem original",
    "mensagem encaminhada", "oorspronkelijk bericht", "oorspronkelijke bericht", "doorgestuurd bericht",
    "ursprungligt meddelande", "vidarebefordrat meddelande", "oprindelig besked", "oprindelig meddelelse",
    "videresendt meddelelse", "opprinnelig melding", "videresendt melding", "alkuperäinen viesti",
    "välitetty viesti", "wiadomość oryginalna", "oryginalna wiadomość", "przekazana wiadomość",
    "wiadomość przekazana", "původní zpráva", "přeposlaná zpráva", "pôvodná správa", "eredeti üzenet",
    "továbbított üzenet", "mesaj original", "mesajul original", "mesaj redirecționat", "orijinal ileti",
    "orijinal mesaj", "iletilen ileti", "исходное сообщение", "оригинальное сообщение",
    "пересылаемое сообщение", "пересланное сообщение", "вихідне повідомлення", "оригінальне повідомлення",
    "αρχικό μήνυμα", "προωθημένο μήνυμα", "原始邮件", "原始郵件", "转发邮件", "轉寄郵件", "元のメッセージ", "転送メッセージ",
    "転送されたメッセージ", "원본 메시지", "전달된 메시지", "הודעה מקורית", "رسالة أصلية", "tin nhắn gốc", "pesan asli",
];

/// Forwarding headings without dashes.
#[rustfmt::skip]
const FORWARDS: &[&str] = &[
    "begin forwarded message", "anfang der weitergeleiteten nachricht", "début du message réexpédié",
    "début du message transféré", "inicio del mensaje reenviado", "inizio messaggio inoltrato",
    "início da mensagem reencaminhada", "início da mensagem encaminhada", "begin doorgestuurd bericht",
    "vidarebefordrat brev", "start på videresendt besked", "videresendt melding",
    "välitetty viesti alkaa", "początek przekazywanej wiadomości", "začátek přeposílané zprávy",
    "начало переадресованного сообщения", "転送されたメッセージ", "以下是转发的邮件", "下面是被转发的邮件",
];

/// Labels of the sender line in the headers that Outlook and others put above a quoted mail.
#[rustfmt::skip]
const FROM: &[&str] = &[
    "from", "von", "de", "da", "van", "från", "fra", "od", "de la", "mittente", "expéditeur", "remitente",
    "afzender", "avsändare", "avsender", "afsender", "nadawca", "odesílatel", "odosielateľ", "feladó",
    "lähettäjä", "gönderen", "kimden", "expeditor", "από", "от", "от кого", "від", "отправитель", "发件人",
    "寄件人", "寄件者", "差出人", "送信者", "보낸 사람", "보낸사람", "מאת", "من", "từ", "dari", "จาก",
];
/// Labels of the subject line.
#[rustfmt::skip]
const SUBJECT: &[&str] = &[
    "subject", "betreff", "objet", "sujet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne",
    "aihe", "temat", "předmět", "predmet", "tárgy", "subiect", "konu", "θέμα", "тема", "主题", "主旨", "件名",
    "제목", "נושא", "الموضوع", "chủ đề", "subjek", "perihal", "เรื่อง",
];
/// Labels of the sent line, which itineraries and forms don't have.
#[rustfmt::skip]
const SENT: &[&str] = &[
    "sent", "gesendet", "gesendet am", "envoyé", "envoyé le", "enviado", "enviado el", "enviada em",
    "enviado em", "inviato", "data di invio", "verzonden", "skickat", "sendt", "lähetetty", "wysłano",
    "odesláno", "küldve", "elküldve", "trimis", "gönderildi", "στάλθηκε", "отправлено", "надіслано",
    "发送时间", "发送日期", "寄件日期", "傳送時間", "送信日時", "보낸 날짜", "נשלח", "تاريخ الإرسال", "đã gửi", "dikirim",
];
/// The other labels.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "date", "to", "cc", "bcc", "reply-to", "reply to", "in-reply-to", "importance", "attachments",
    "datum", "an", "kopie", "antwort an", "à", "a", "copie à", "répondre à", "message du", "para",
    "fecha", "data", "risposta", "rispondi a", "aan", "till", "kopia", "til", "dato", "kopi",
    "päivämäärä", "päiväys", "vastaanottaja", "kopio", "do", "dw", "komu", "príjemca", "címzett",
    "másolat", "dátum", "către", "gönderme tarihi", "tarih", "kime", "bilgi", "ημερομηνία", "προς",
    "дата", "кому", "копия", "日期", "时间", "收件人", "抄送", "收件者", "副本", "日時", "日付", "宛先", "날짜", "받는 사람",
    "받는사람", "תאריך", "אל", "التاريخ", "إلى", "ngày", "đến", "tới", "tanggal", "kepada", "ถึง",
];

/// Device and app lines, by prefix …
#[rustfmt::skip]
const SENT_FROM: &[&str] = &[
    "sent from", "sent wirelessly", "sent via", "sent with", "sent by", "sent using", "sent on the go", "sent through",
    "from my iphone", "from my ipad", "get outlook for", "get bluemail", "enviado desde", "enviado do",
    "enviado de", "enviado a partir", "enviado con", "enviado por", "obtener outlook",
    "obtenha o outlook", "obter o outlook", "envoyé de", "envoyé sans fil", "envoyé depuis", "envoyé à partir",
    "envoyé avec", "télécharger outlook", "obtenir outlook", "gesendet von", "gesendet mit",
    "gesendet über", "von meinem", "diese nachricht wurde von meinem", "holen sie sich outlook",
    "outlook für", "inviato da", "inviato dal", "inviato con", "scarica outlook", "ottieni outlook",
    "verzonden vanaf", "verzonden met", "verzonden via", "verstuurd vanaf", "verstuurd met",
    "outlook voor", "skickat från", "skickades från", "hämta outlook", "sendt fra", "sendt via",
    "hent outlook", "lähetetty", "hanki outlook", "wysłane z", "wysłano z", "pobierz outlook",
    "odesláno z", "odoslané z", "elküldve az", "küldve az", "trimis de pe", "trimis din", "iphone'umdan",
    "στάλθηκε από", "отправлено с", "отправлено из", "надіслано з", "从我的", "发自我的", "發自我的", "從我的",
    "iphoneから", "私のiphoneから", "나의 iphone", "내 iphone", "נשלח מ", "أُرسلت من", "dikirim dari",
    "được gửi từ", "đã gửi từ",
];
/// … or suffix.
#[rustfmt::skip]
const SENT_FROM_ENDS: &[&str] = &[
    "gesendet", "gesendet.", "gönderildi", "から送信", "传送", "傳送", "보냄",
];

/// Openings of legal disclaimers.
#[rustfmt::skip]
const DISCLAIMER_HEADS: &[&str] = &[
    "confidentiality", "confidential notice", "disclaimer", "legal notice", "legal disclaimer",
    "privacy notice", "important notice", "important: this e", "notice: this", "warning: this e",
    "note: this e", "please consider the environment", "think before you print", "before printing",
    "save paper", "this email has been scanned", "this email has been checked",
    "this e-mail has been scanned", "this message has been scanned", "virus-free", "scanned by",
    "checked by avg", "caution: this email", "caution: external", "external email", "haftungsausschluss",
    "vertraulichkeit", "rechtlicher hinweis", "avis de confidentialité", "avis important",
    "pensez à l'environnement", "aviso de confidencialidad", "aviso legal", "antes de imprimir",
    "aviso de confidencialidade", "questo messaggio e' stato analizzato", "avvertenza",
    "informativa privacy", "denk aan het milieu", "klauzula poufności", "конфиденциальность",
];
/// A paragraph about the mail itself …
#[rustfmt::skip]
const ABOUT_THIS_MAIL: &[&str] = &[
    "this e-mail", "this email", "this mail", "this message", "this communication", "this transmission",
    "the information", "the content", "the contents", "any views", "the views", "unless otherwise stated",
    "if you are not the", "if you have received this", "diese e-mail", "diese mail", "diese nachricht",
    "der inhalt dieser", "die information", "ce message", "ce courriel", "cet e-mail", "ce mail",
    "le contenu de ce", "este mensaje", "este correo", "la información", "esta mensagem", "este e-mail",
    "este email", "questo messaggio", "questa e-mail", "la presente", "le informazioni", "dit bericht",
    "deze e-mail", "de informatie", "detta meddelande", "detta e-post", "denne e-mail", "denne e-post",
    "denne mail", "denne meddelelse", "tämä viesti", "tämä sähköposti", "ta wiadomość",
    "niniejsza wiadomość", "treść tej", "tato zpráva", "tento e-mail", "bu e-posta", "bu mesaj",
    "это сообщение", "данное сообщение", "本邮件", "此邮件", "本郵件", "このメール", "本メール",
];
/// … that asks for confidentiality.
#[rustfmt::skip]
const CONFIDENTIAL: &[&str] = &[
    "confidential", "privileged", "intended", "addressee", "recipient", "vertraulich", "empfänger",
    "confidentiel", "destinat", "confidencial", "riservat", "vertrouwelijk", "geadresseerde",
    "konfidentiel", "fortrolig", "konfidenti", "luottamuks", "poufn", "adresat", "důvěrn", "gizli",
    "конфиденциальн", "机密", "保密", "機密",
];

/// Device names, for lines recognised only by their suffix.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "iphone", "ipad", "android", "mobil", "handy", "smartphone", "outlook", "mail", "app", "samsung", "galaxy",
    "tablet", "blackberry", "我",
];
/// What such a line apologises for.
#[rustfmt::skip]
const EXCUSES: &[&str] = &[
    "typo", "excuse", "pardon", "brevity", "brief", "auto-correct", "autocorrect", "tippfehler", "kürze",
];

/// Where a help desk's line asks for the reply …
#[rustfmt::skip]
const ABOVE_THIS: &[&str] = &[
    "above this line", "above the line", "reply above", "over this line", "oberhalb dieser", "über dieser linie",
    "au-dessus de cette ligne", "au dessus de cette ligne", "encima de esta línea", "por encima de esta",
    "sopra questa riga", "sopra questa linea", "acima desta linha", "boven deze regel", "boven deze lijn",
    "ovanför den här", "ovanför denna", "over denne linje", "over denne linjen", "powyżej tej linii",
    "nad tímto řádkem", "выше этой строки", "bu satırın üst",
];
/// … and the verb it uses.
#[rustfmt::skip]
const REPLY: &[&str] = &[
    "reply", "type", "write", "respond", "antwort", "répon", "respon", "escrib", "rispo", "scriv", "escrev",
    "antwoord", "typ", "skriv", "svar", "odpow", "odpov", "ответ", "yanıt",
];

/// Closings before a name.
#[rustfmt::skip]
const CLOSINGS: &[&str] = &[
    "thanks", "thank you", "thx", "thanking you", "thanks in advance", "regards", "wishes", "best", "yours", "sincerely",
    "faithfully", "truly", "respectfully", "cheers", "grüßen", "grüße", "gruß", "cordialement", "salutations", "saludos",
    "atentamente", "saluti", "atenciosamente", "abraços", "groet", "groeten", "hälsningar", "hilsen", "terveisin",
    "pozdrawiam", "pozdravem", "уважением",
];

/// Strips markers of quoting, emphasis and lists.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['>', '*', '_', '|', ' ']).trim_end_matches(['*', ' '])
}

/// Begins with a quote mark.
pub fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// A line of punctuation only: `-----`, `____`, `***`, or the signature's `--`.
pub fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let mut signs = line.chars();
    let first = signs.next().unwrap_or(' ');
    // Gmail add-ons leave a lone "ᐧ" as a tracking mark.
    line == "ᐧ"
        || line.chars().count() >= 2 && "-_=*#~+—–─━·".contains(first) && signs.all(|sign| sign == first)
}

/// A help desk's "reply above this line".
pub fn is_ticket_line(line: &str) -> bool {
    let line = line.trim().trim_matches(['#', '-', '_', '=', '*', '~', '<', '>', ' ']);
    if line.len() >= 120 {
        return false;
    }
    let line = line.to_lowercase();
    ABOVE_THIS.iter().any(|words| line.contains(words)) && REPLY.iter().any(|verb| line.contains(verb))
}

/// A divider with words: "-----Original Message-----" and the like.
pub fn is_divider(line: &str) -> bool {
    let line = line.trim();
    let words = line.trim_matches(|c: char| "-_=*<>─—– :：".contains(c));
    let rule = line.chars().take_while(|c| "-_=*<─—–".contains(*c)).count() >= 2;
    let short = words.len() < 60;
    if line.len() >= 200 || !rule && !short {
        return false;
    }
    let words = words.to_lowercase();
    rule && DIVIDERS.iter().any(|d| words.starts_with(d))
        || short && FORWARDS.iter().any(|f| words.starts_with(f))
}

/// The label of a quoted header line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Label {
    From,
    Subject,
    Sent,
    Other,
}

/// Labels in all languages, in one lookup table.
static LABELS: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
    let of = |labels: &'static [&'static str], label| labels.iter().map(move |name| (*name, label));
    // If a word is different labels in two languages, the sender label wins.
    of(OTHER, Label::Other)
        .chain(of(SENT, Label::Sent))
        .chain(of(SUBJECT, Label::Subject))
        .chain(of(FROM, Label::From))
        .collect()
});

pub fn header(line: &str) -> Option<Label> {
    let (name, _) = bare(line).split_once([':', '：'])?;
    if name.len() > 40 {
        return None;
    }
    let name = name.trim_matches(['*', ' ', '\t', '\u{a0}']).to_lowercase();
    LABELS.get(name.as_str()).copied()
}

/// The length in lines of a quoted header block at the start; 0 if there is none. An itinerary,
/// "From: … To: … Date: …", has neither subject nor address.
pub fn header_block(lines: &[&str]) -> usize {
    if lines.first().is_none_or(|l| header(l).is_none()) {
        return 0;
    }
    let mut labels = Vec::new();
    let (mut address, mut dated, mut unlabelled, mut end) = (false, false, 0, 0);
    for (n, line) in lines.iter().enumerate().take(16) {
        if line.trim().is_empty() {
            // Some clients put a blank line between headers.
            if lines.get(n + 1).is_some_and(|next| header(next).is_some()) && labels.len() < 6 {
                continue;
            }
            break;
        }
        if let Some(label) = header(line) {
            labels.push(label);
            unlabelled = 0;
            end = n + 1;
        } else {
            // Long subjects and address lists wrap.
            unlabelled += 1;
            let goes_on =
                labels.contains(&Label::Subject) || line.contains('@') || line.starts_with([' ', '\t']);
            if unlabelled > 2 || !goes_on {
                break;
            }
            if line.contains('@') {
                end = n + 1;
            }
        }
    }
    if labels.len() < 2 {
        return 0;
    }
    for line in &lines[..end] {
        let shape = shape(line);
        address |= shape.address;
        dated |= shape.date && shape.time;
    }
    let has = |label| labels.contains(&label);
    let proven = match labels.len() {
        0 | 1 => false,
        2 => address && (has(Label::Subject) || dated),
        _ => has(Label::Subject) || address || has(Label::Sent) && dated,
    };
    if proven && (has(Label::From) || address && dated) { end } else { 0 }
}

/// The elements of an attribution.
struct Shape {
    date: bool,
    time: bool,
    address: bool,
}

fn shape(text: &str) -> Shape {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut date, mut time) = (false, false);
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) {
            at += 1;
        }
        let run = &text[start..at];
        let next = bytes.get(at).copied().unwrap_or(b' ');
        if run.len() == 4 && (run.starts_with("19") || run.starts_with("20")) {
            date = true;
        } else if run.len() <= 2 && b"/.-".contains(&next) && digit(at + 1) {
            // 3/11/25, 03.11.2025; 20.42 is a time.
            let mut end = at + 1;
            while digit(end) {
                end += 1;
            }
            if bytes.get(end) == Some(&next) && digit(end + 1) {
                date = true;
                at = end;
            } else if next == b'.' && end == at + 3 {
                time = true;
            }
        } else if run.len() <= 2 && (next == b':' || next == b'h') && digit(at + 1) && digit(at + 2) {
            time = true;
            at += 3;
        }
    }
    Shape { date, time, address: has_address(text) }
}

fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let before =
            text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "._+-".contains(c));
        before && text[at + 1..].chars().next().is_some_and(char::is_alphanumeric)
    })
}

/// "On Mon, 3 Nov 2025 at 10:12, Ann <ann@x.example> wrote:", on one line or several joined, in any
/// language. `quoted`: quote marks follow.
pub fn is_attribution(line: &str, quoted: bool) -> bool {
    let line = line.trim().trim_start_matches(['>', '|', ' ']);
    if !(6..=420).contains(&line.len()) {
        return false;
    }
    let dashes = line.len() - line.trim_start_matches('-').len();
    let text = line.trim_matches(['-', '*', '_', ' ', '\u{a0}']);
    let colon = text.ends_with([':', '：']);
    let text = text.trim_end_matches([':', '：', ' ', '*', '_']);
    let end = text.floor_char_boundary(text.len().saturating_sub(24));
    let tail = text[end..].to_lowercase();
    let last = tail.as_bytes().last().copied().unwrap_or(0);
    let ends_wrote = WROTE_ENDS[usize::from(last)] && WROTE.iter().any(|verb| tail.ends_with(verb))
        || tail.ends_with("(a)");
    if !colon && !ends_wrote && !text.ends_with('>') && !starts_with_year(text) {
        return false;
    }
    let text = text.to_lowercase();
    let shape = shape(&text);
    let wrote = ends_wrote || WROTE.iter().any(|verb| text.contains(verb));
    let opens =
        text.split_whitespace().next().is_some_and(|first| OPENINGS.contains(&first.trim_end_matches(',')));
    let of_us =
        ["your ", "you ", " i ", "my "].iter().any(|w| text.contains(w)) && !text.ends_with("you wrote");
    // The date or sender comes near the start.
    let early = text
        .char_indices()
        .take_while(|(n, _)| *n < 48)
        .any(|(_, c)| c.is_ascii_digit() || c == '<' || c == '@');
    if wrote && (colon || ends_wrote) {
        let dashed_off = line.ends_with("---");
        if dashes >= 3 && ends_wrote && (colon || shape.date || dashed_off) {
            return true;
        }
        return early && shape.address && (colon || shape.date || shape.time)
            || early && !of_us && shape.date && shape.time
            || !of_us && opens && shape.date && text.split_whitespace().count() <= 14
            || quoted && colon && text.split_whitespace().count() <= 24;
    }
    if colon {
        // With everything else present, no verb is needed: this covers unlisted languages.
        return early && shape.address && shape.date && (shape.time || quoted);
    }
    // "2025-11-03 10:12 GMT+01:00 Ann <ann@x.example>" ends with the address or name.
    starts_with_year(&text)
        && (text.ends_with('>') && shape.address
            || shape.time
                && (text.contains("gmt") || text.contains("utc"))
                && text.split_whitespace().count() <= 8)
}

/// Prefilter on the last line of a possible attribution. Not for those starting with a year, which
/// may end in anything.
pub fn may_end_attribution(line: &str) -> bool {
    let marks = ['-', '*', '_', ' ', '\u{a0}'];
    let text = line.trim().trim_end_matches(marks);
    let bare = text.trim_end_matches([':', '：']).trim_end_matches(marks);
    let last = bare.as_bytes().last().map_or(b' ', u8::to_ascii_lowercase);
    bare.is_empty()
        || bare.len() < text.len()
        || matches!(last, b'>' | b')')
        || !last.is_ascii()
        || WROTE_ENDS[usize::from(last)]
}

/// Contains a date or a time of day.
pub fn is_dated(line: &str) -> bool {
    let shape = shape(line);
    shape.date || shape.time
}

fn starts_with_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 8
        && (bytes.starts_with(b"19") || bytes.starts_with(b"20"))
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && b"-/.".contains(&bytes[4])
        && bytes[5].is_ascii_digit()
}

/// "Sent from my iPhone": a line of its own, not a sentence.
pub fn is_device(line: &str) -> bool {
    if line.len() > 140 && !line.contains("http") {
        return false;
    }
    let line = without_links(line);
    let line = line.trim().trim_matches(['<', '>', '(', ')', '[', ']', '*', '_', '-', ' ', '!']);
    let words = line.split_whitespace().take(17).count();
    if line.len() > 140 || words > 16 || line.is_empty() {
        return false;
    }
    let line = line.to_lowercase();
    if SENT_FROM_ENDS.iter().any(|end| line.ends_with(end)) && words <= 12 && !line.contains(['?', '!']) {
        return DEVICES.iter().any(|device| line.contains(device));
    }
    let Some(head) = SENT_FROM.iter().find(|head| line.starts_with(**head)) else { return false };
    let excuse = EXCUSES.iter().any(|word| line.contains(word));
    let rest = line[head.len()..].trim();
    let sentence = rest.contains(", ")
        || rest.trim_end_matches('.').contains(". ")
        || rest.contains(['?', '!'])
        || words > 10;
    !rest.is_empty() && (excuse || !sentence)
}

/// Unlinks "[Outlook](https://…)" and "Outlook<https://…>" to "Outlook".
fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("http") {
        out.push_str(rest[..at].trim_end_matches(['<', '(']));
        let end = rest[at..].find(['>', ')', ' ']).map_or(rest.len(), |n| at + n);
        rest = rest[end..].trim_start_matches(['>', ')']);
    }
    out.push_str(rest);
    out.retain(|c| !"[]".contains(c));
    out
}

/// A notice about confidentiality, viruses or saving paper.
pub fn is_disclaimer(paragraph: &str) -> bool {
    let text = paragraph.trim_start_matches(['*', '_', '>', ' ', '-', '=', '#', '"', '\n']);
    let head: String = text.chars().take(400).collect::<String>().to_lowercase();
    DISCLAIMER_HEADS.iter().any(|start| head.starts_with(start))
        || ABOUT_THIS_MAIL.iter().any(|start| head.starts_with(start))
            && CONFIDENTIAL.iter().filter(|word| head.contains(**word)).count() >= 1
            && head.len() >= 60
}

/// A contact line: phone number, web or email address.
pub fn is_contact(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    has_address(&lower)
        || ["www.", "http://", "https://"].iter().any(|web| lower.contains(web))
        || digits >= 7
            && lower.chars().all(|c| c.is_ascii_digit() || " +-().:/|tphonemobileclfaxdirectw".contains(c))
        || [
            "tel:", "tel.", "tel ", "phone:", "phone ", "mobile:", "mob:", "cell:", "fax:", "t:", "m:", "p:",
            "f:", "e:", "w:", "telefon:", "tél",
        ]
        .iter()
        .any(|label| lower.starts_with(label) && digits >= 5)
}

/// Ends with a closing such as "Kind regards,", in any supported language.
pub fn closes(text: &str) -> bool {
    /// Enough bytes for the longest closing and what precedes it.
    const END: usize = 80;
    let text = text.trim().trim_end_matches([',', '.', '!', ' ']);
    let text = text[text.floor_char_boundary(text.len().saturating_sub(END))..].to_lowercase();
    CLOSINGS.iter().any(|words| {
        text.strip_suffix(words).is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

/// Is nothing but a closing.
pub fn is_closing_line(line: &str) -> bool {
    line.trim().len() <= 48 && line.split_whitespace().count() <= 6 && closes(line)
}

/// One to three words that look like names.
pub fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.trim().trim_end_matches('.').split_whitespace().collect();
    (1..=3).contains(&words.len())
        && words.iter().all(|w| {
            w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PARTS: &[&str] = &[
        "On Mon, 3 Nov 2025 at 10:12",
        "Am 03.11.2025 um 10:12",
        "Le 3 nov. 2025",
        "2025-11-03 10:12",
        " GMT+01:00 ",
        "Ann ",
        "<ann@x.example>",
        "wrote",
        "WROTE",
        "schrieb",
        "a écrit",
        "napisał(a)",
        "написал",
        "さんは書き",
        "the bag is torn",
        " ",
        "-",
        "---",
        "*",
        "_",
        ">",
        "|",
        ":",
        "：",
        " :",
        "\u{a0}",
        ".",
        ")",
        "(a)",
    ];

    proptest! {
        #[test]
        fn no_attribution_is_passed_over(
            lines in prop::collection::vec(prop::collection::vec(prop::sample::select(PARTS), 1..5), 1..4),
            quoted: bool,
        ) {
            let lines: Vec<String> = lines.iter().map(|parts| parts.concat().trim().to_owned()).collect();
            let joined = lines.join(" ");
            let year = joined.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(['1', '2']);
            let last = lines.last().unwrap();
            prop_assume!(!last.is_empty());
            if is_attribution(&joined, quoted) {
                prop_assert!(year || may_end_attribution(last), "{:?}", joined);
            }
        }
    }
}
