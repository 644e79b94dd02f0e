//! Headers of older mail quoted in a text: blocks of labelled lines in many languages, the same on
//! one line, and the raw source of a mail.

use super::marks::{bare, find_either, shape};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Labels of the sender line in the headers that Outlook and others put above a quoted mail.
#[rustfmt::skip]
const FROM: &[&str] = &[
    "from", "von", "de", "da", "van", "från", "fra", "od", "de la", "mittente", "expéditeur", "remitente",
    "afzender", "avsändare", "avsender", "afsender", "nadawca", "odesílatel", "odosielateľ", "feladó",
    "lähettäjä", "gönderen", "kimden", "expeditor", "από", "от", "от кого", "від", "отправитель", "发件人",
    "寄件人", "寄件者", "差出人", "送信者", "보낸 사람", "보낸사람", "מאת", "من", "المرسل", "از", "فرستنده",
    "từ", "dari", "จาก", "nuo", "saatja", "frá", "šalje", "пошиљалац", "изпращач", "发件者", "送信元",
];
/// Labels of the subject line.
#[rustfmt::skip]
const SUBJECT: &[&str] = &[
    "subject", "betreff", "objet", "sujet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne",
    "aihe", "temat", "předmět", "predmet", "tárgy", "subiect", "konu", "θέμα", "тема", "主题", "主旨",
    "件名", "제목", "נושא", "הנדון", "الموضوع", "موضوع", "chủ đề", "subjek", "perihal", "เรื่อง", "assumpte",
    "efni", "teema", "tema", "относно", "naslov", "zadeva", "naziv", "標題", "标题", "主題",
];
/// Labels of the sent line, which itineraries and forms don't have.
#[rustfmt::skip]
const SENT: &[&str] = &[
    "sent", "gesendet", "gesendet am", "envoyé", "envoyé le", "enviado", "enviado el", "enviada em",
    "enviado em", "inviato", "data di invio", "verzonden", "skickat", "sendt", "lähetetty", "wysłano",
    "odesláno", "küldve", "elküldve", "trimis", "gönderildi", "στάλθηκε", "отправлено", "надіслано",
    "发送时间", "发送日期", "寄件日期", "傳送時間", "送信日時", "보낸 날짜", "보낸날짜", "נשלח",
    "תאריך שליחה", "تاريخ الإرسال", "تم الإرسال", "أرسل", "أُرسلت", "أرسلت", "ارسال", "ارسال شده",
    "تاریخ ارسال", "đã gửi", "gửi", "dikirim", "ส่ง", "enviat", "изпратено", "poslano", "poslato", "poslané",
    "odoslané", "saadetud", "išsiųsta", "nosūtīts", "sent on", "date sent", "sent at",
];
/// The other labels.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "date", "to", "cc", "bcc", "reply-to", "reply to", "in-reply-to", "importance", "attachments", "datum",
    "an", "kopie", "antwort an", "à", "a", "copie à", "répondre à", "message du", "para", "fecha", "data",
    "risposta", "rispondi a", "aan", "till", "kopia", "til", "dato", "kopi", "päivämäärä", "päiväys",
    "vastaanottaja", "kopio", "do", "dw", "komu", "príjemca", "címzett", "másolat", "dátum", "către",
    "gönderme tarihi", "tarih", "kime", "bilgi", "ημερομηνία", "προς", "дата", "кому", "копия", "日期",
    "时间", "收件人", "抄送", "收件者", "副本", "日時", "日付", "宛先", "날짜", "받는 사람", "받는사람",
    "참조", "תאריך", "אל", "עותק", "التاريخ", "إلى", "الى", "نسخة", "به", "تاریخ", "رونوشت", "ngày", "đến",
    "tới", "tanggal", "kepada", "ถึง", "วันที่", "สำเนา", "cc.", "sendt til", "priority", "sensitivity",
];
/// Header fields seen only in a mail's source.
#[rustfmt::skip]
const SOURCE: &[&str] = &[
    "received", "return-path", "delivered-to", "message-id", "mime-version", "content-type",
    "content-transfer-encoding", "content-language", "content-disposition", "dkim-signature",
    "domainkey-signature", "authentication-results", "received-spf", "references", "user-agent",
    "envelope-to", "sender", "precedence", "auto-submitted", "feedback-id", "thread-index", "thread-topic",
    "errors-to", "delivery-date", "organization", "accept-language",
];

/// The label of a quoted header line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Label {
    From,
    Subject,
    Sent,
    Other,
    /// Of a mail's source.
    Source,
}

/// Labels in all languages, in one lookup table.
static LABELS: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
    let of = |labels: &'static [&'static str], label| labels.iter().map(move |name| (*name, label));
    // If a word is different labels in two languages, the sender label wins.
    of(OTHER, Label::Other)
        .chain(of(SOURCE, Label::Source))
        .chain(of(SENT, Label::Sent))
        .chain(of(SUBJECT, Label::Subject))
        .chain(of(FROM, Label::From))
        .collect()
});

pub fn header(line: &str) -> Option<Label> {
    let line = bare(line);
    let name = &line[..find_either(line, b':', '：')?];
    if name.len() > 40 {
        return None;
    }
    let name = name.trim_matches(['*', ' ', '\t', '\u{a0}']).to_lowercase();
    LABELS.get(name.as_str()).copied().or_else(|| {
        let extended = ["x-", "arc-", "list-"].iter().any(|start| name.starts_with(start));
        (extended && !name.contains(' ')).then_some(Label::Source)
    })
}

/// What the labelled lines of a block have shown.
#[derive(Default)]
struct Seen {
    labels: Vec<Label>,
    address: bool,
    dated: bool,
}

impl Seen {
    fn has(&self, label: Label) -> bool {
        self.labels.contains(&label)
    }

    fn note(&mut self, line: &str) {
        let shape = shape(line);
        self.address |= shape.address;
        self.dated |= shape.date && shape.time;
    }

    /// Whether these are a mail's headers. An itinerary, "From: … To: … Date: …", has neither subject
    /// nor address.
    fn proves(&self) -> bool {
        let sources = self.labels.iter().filter(|label| **label == Label::Source).count();
        let proven = match self.labels.len() {
            0 | 1 => false,
            2 => self.address && (self.has(Label::Subject) || self.dated),
            _ => self.has(Label::Subject) || self.address || self.has(Label::Sent) && self.dated,
        };
        proven && (self.has(Label::From) || self.address && self.dated || sources > 1)
    }
}

/// The length in lines of a quoted header block at the start; 0 if there is none.
pub fn header_block(lines: &[&str]) -> usize {
    /// Headers of a client, and of a mail's source.
    const LONGEST: usize = 16;
    const LONGEST_SOURCE: usize = 120;
    let Some(first) = lines.first().filter(|line| header(line).is_some()) else { return 0 };
    if is_header_line(first) {
        return 1;
    }
    let mut seen = Seen::default();
    let (mut unlabelled, mut end) = (0, 0);
    for (n, line) in lines.iter().enumerate().take(LONGEST_SOURCE) {
        let source = seen.has(Label::Source);
        if !source && n >= LONGEST {
            break;
        }
        if line.trim().is_empty() {
            // Some clients put a blank line between headers.
            if !source && lines.get(n + 1).is_some_and(|next| header(next).is_some()) && seen.labels.len() < 6
            {
                continue;
            }
            break;
        }
        let folded = line.starts_with([' ', '\t']);
        if let Some(label) = header(line).filter(|_| !(source && folded)) {
            seen.labels.push(label);
            unlabelled = 0;
            end = n + 1;
        } else {
            // Long subjects and address lists wrap.
            unlabelled += usize::from(!(source && folded));
            let goes_on = seen.has(Label::Subject) || line.contains('@') || folded;
            if unlabelled > 2 || !goes_on {
                break;
            }
            if line.contains('@') || source && folded {
                end = n + 1;
            }
        }
    }
    lines[..end].iter().for_each(|line| seen.note(line));
    if seen.proves() { end } else { 0 }
}

/// The labels within a line, with where each begins.
fn labels_within(line: &str) -> impl Iterator<Item = (usize, Label)> {
    line.match_indices([':', '：']).filter_map(move |(colon, _)| {
        let before = line[..colon].trim_end_matches([' ', '\u{a0}', '*']);
        // The longest label has two words.
        let starts = before.rmatch_indices([' ', '*']).map(|(at, sign)| at + sign.len());
        let found: Vec<(usize, Label)> = starts
            .chain([0])
            .take(2)
            .filter_map(|at| {
                let name = before[at..].trim().to_lowercase();
                LABELS.get(name.as_str()).map(|label| (at, *label))
            })
            .collect();
        found.last().copied()
    })
}

/// "From: … Sent: … To: … Subject: …" in one line, as flattened HTML has it.
fn is_header_line(line: &str) -> bool {
    const SHORTEST: usize = 30;
    if line.len() < SHORTEST || line.matches([':', '：']).take(3).count() < 3 {
        return false;
    }
    let mut seen = Seen::default();
    seen.labels.extend(labels_within(bare(line)).map(|(_, label)| label));
    seen.note(line);
    seen.labels.first() == Some(&Label::From)
        && seen.labels.len() > 2
        && (seen.has(Label::Sent) || seen.dated)
        && (seen.has(Label::Subject) || seen.address)
}

/// Where such headers begin behind own words in the same line.
pub fn header_within(line: &str) -> Option<usize> {
    if line.matches([':', '：']).take(3).count() < 3 || !line.contains('@') {
        return None;
    }
    labels_within(line)
        .filter(|(at, label)| *label == Label::From && line[..*at].contains(char::is_alphanumeric))
        .map(|(at, _)| at)
        .find(|&at| is_header_line(&line[at..]))
}
