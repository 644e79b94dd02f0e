//! Automatic mail by its subject and words, in many languages: notes of absence, other desks'
//! receipts, bounces. A customer may use any of these words, so one of them is never enough.

use crate::anywhere::Anywhere;

/// Subjects of automatic mail, before the subject they answer.
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response",
    "autoresponse", "automated reply", "automated response", "automatic response", "out of office",
    "out-of-office", "out of the office", "out of office autoreply", "out of office reply",
    "vacation reply", "ooo", "undeliverable", "undelivered mail", "delivery status notification",
    "delivery notification", "returned mail", "mail delivery failed", "mail delivery failure",
    "mail delivery subsystem", "mail system error", "failure notice", "read receipt", "delivery failure",
    "abwesenheitsnotiz", "abwesend", "abwesenheit", "automatische antwort", "automatische abwesenheit",
    "autoantwort", "unzustellbar", "nicht zustellbar", "außer haus", "réponse automatique",
    "absence du bureau", "message d'absence", "absent du bureau", "absence", "non remis",
    "respuesta automática", "fuera de la oficina", "fuera de oficina", "ausente de la oficina",
    "no se puede entregar", "risposta automatica", "fuori ufficio", "fuori sede", "non recapitabile",
    "resposta automática", "ausência temporária", "fora do escritório", "não é possível entregar",
    "automatisch antwoord", "automatische reactie", "automatisch bericht", "afwezigheid", "afwezig",
    "niet bezorgd", "automatiskt svar", "autosvar", "frånvarande", "frånvaro", "automatisk svar",
    "fraværsassistent", "fraværende", "ikke til stede", "automaattinen vastaus", "poissaolo",
    "odpowiedź automatyczna", "autoodpowiedź", "poza biurem", "nieobecność", "automatická odpověď",
    "automatická odpoveď", "mimo kancelář", "automatikus válasz", "házon kívül", "răspuns automat",
    "otomatik yanıt", "ofis dışında", "автоматический ответ", "автоответ", "вне офиса",
    "автоматична відповідь", "автоматичен отговор", "αυτόματη απάντηση", "εκτός γραφείου",
    "automatski odgovor", "samodejni odgovor", "automaatvastus", "automātiska atbilde",
    "automatinis atsakymas", "自动回复", "自動回覆", "自動応答", "自動返信", "不在通知", "자동 회신",
    "자동회신", "부재중", "תשובה אוטומטית", "מענה אוטומטי", "رد تلقائي", "پاسخ خودکار", "trả lời tự động",
    "balasan otomatis", "ตอบกลับอัตโนมัติ",
];
/// Single words that open other subjects too: some word of the text must bear them out.
#[rustfmt::skip]
const WEAK_SUBJECTS: &[&str] = &[
    "auto", "away", "absent", "automatic", "automated", "ausente", "assente", "holiday", "on leave",
    "urlaub", "vacation", "on holiday",
];
/// Subjects of other desks' receipts, anywhere in them: the text must bear them out.
#[rustfmt::skip]
static RECEIPTS: Anywhere = Anywhere::new(&[
    "received your", "been received", "request received", "ticket received", "ticket created",
    "has been created", "been opened", "we got your", "thank you for contacting", "thanks for contacting",
    "thank you for your e", "thank you for your message", "confirmation of receipt", "acknowledg",
    "eingangsbestätigung", "empfangsbestätigung", "ihre anfrage", "ist eingegangen", "accusé de réception",
    "accusé réception", "acuse de recibo", "hemos recibido", "conferma di ricezione", "abbiamo ricevuto",
    "confirmação de rece", "recebemos", "ontvangstbevestiging", "hebben uw", "mottagningsbekräftelse",
    "bekräftelse", "kvittering", "bekræftelse", "potwierdzenie otrzymania", "potvrzení přijetí",
    "ваше обращение", "受付", "受け付け", "접수",
]);

/// They are away, in the first person.
#[rustfmt::skip]
static AWAY: Anywhere = Anywhere::new(&[
    "i am out of", "i'm out of", "i’m out of", "i will be out of", "i'll be out of", "am currently out of",
    "i am currently away", "i am away", "i'm away", "i will be away", "currently out of the office",
    "i am on annual leave", "i'm on annual leave", "i’m on annual leave", "on annual leave",
    "on maternity leave", "on paternity leave", "on parental leave", "on sick leave", "i am on leave",
    "i'm on leave", "i am on holiday", "i'm on holiday", "i am on vacation", "i'm on vacation",
    "on vacation until", "i am not in the office", "i'm not in the office", "currently not in the office",
    "i am currently not", "i am travelling", "out of office until", "i am no longer with",
    "i no longer work", "no longer work for", "nicht im büro", "nicht im haus", "außer haus",
    "bin ich nicht erreichbar", "bin nicht erreichbar", "nicht am arbeitsplatz", "ich bin abwesend",
    "bin ich abwesend", "derzeit abwesend", "zurzeit abwesend", "ich bin im urlaub", "bin ich im urlaub",
    "ich befinde mich im urlaub", "in elternzeit", "im mutterschutz", "wieder im büro", "wieder für sie",
    "je suis absent", "je suis actuellement absent", "je suis en congé", "actuellement en congé",
    "je suis en vacances", "absent du bureau", "absente du bureau", "je serai absent", "hors du bureau",
    "fuera de la oficina", "fuera de oficina", "estoy de vacaciones", "me encuentro de vacaciones",
    "estaré ausente", "estoy ausente", "me encuentro ausente", "fuori ufficio", "sono in ferie",
    "sono assente", "sarò assente", "fuori sede", "fora do escritório", "estou de férias", "estarei ausente",
    "estou ausente", "ausente do escritório", "niet op kantoor", "ben ik afwezig", "ik ben afwezig",
    "ik ben met vakantie", "ik ben op vakantie", "afwezig", "jag är på semester", "har semester",
    "jag är inte på kontoret", "jag är borta", "på tjänsteresa", "är frånvarande", "föräldraledig",
    "ikke på kontoret", "jeg er på ferie", "holder ferie", "ikke til stede", "jeg er bortrejst",
    "jeg er fraværende", "på ferie", "en ole toimistolla", "olen lomalla", "olen vuosilomalla",
    "poissa toimistolta", "olen poissa", "poza biurem", "jestem na urlopie", "przebywam na urlopie",
    "jestem nieobecn", "nie ma mnie", "mimo kancelář", "jsem na dovolené", "čerpám dovolenou",
    "nejsem v kanceláři", "nejsem přítom", "mimo kancelárie", "som na dovolenke", "nem vagyok az irodában",
    "szabadságon vagyok", "házon kívül", "nu sunt la birou", "sunt în concediu", "mă aflu în concediu",
    "sunt plecat", "ofis dışında", "ofiste değilim", "izindeyim", "yıllık izin", "меня нет в офисе",
    "я в отпуске", "нахожусь в отпуске", "буду отсутствовать", "отсутствую", "вне офиса", "я у відпустці",
    "перебуваю у відпустці", "мене немає в офісі", "в отпуска съм", "извън офиса", "извън офис",
    "εκτός γραφείου", "σε άδεια", "λείπω", "na godišnjem odmoru", "nisam u uredu", "na dopustu", "不在にして",
    "不在です", "休暇をいただ", "休暇中", "不在办公室", "不在辦公室", "休假", "出差", "부재중", "휴가 중", "휴가중", "자리를 비", "לא במשרד",
    "בחופשה", "خارج المكتب", "في إجازة", "مرخصی", "không có mặt tại văn phòng", "nghỉ phép", "sedang cuti",
    "di luar kantor", "ไม่อยู่ที่สำนักงาน", "ลาพักร้อน",
]);
/// Thanks for a mail, as machines begin.
#[rustfmt::skip]
static THANKS: Anywhere = Anywhere::new(&[
    "thank you for your e", "thanks for your e", "thank you for your message", "thanks for your message",
    "thank you for contacting", "thanks for contacting", "thank you for getting in touch",
    "thanks for getting in touch", "thank you for reaching", "thanks for reaching", "thank you for writing",
    "thank you for your mail", "thank you for your inquiry", "thank you for your enquiry", "dank für ihre",
    "danke für ihre", "danke für deine", "dank für deine", "dank für die nachricht", "merci pour votre",
    "merci de votre", "merci de nous avoir contact", "vous remercions de votre",
    "vous remercions pour votre", "gracias por su", "gracias por tu", "gracias por contactar",
    "gracias por el correo", "gracias por escribir", "grazie per la", "grazie per il", "grazie per aver",
    "grazie della", "obrigado pel", "obrigada pel", "obrigado por", "obrigada por", "agradecemos",
    "bedankt voor", "dank voor uw", "dank voor je", "tack för ditt", "tack för din", "tack för att",
    "tak for din", "tak for dit", "takk for din", "takk for at", "kiitos viest", "kiitos sähköpost",
    "kiitos yhteyden", "dziękuję za", "dziękujemy za", "děkuji za", "děkujeme za", "ďakujem za",
    "ďakujeme za", "köszönöm", "köszönjük", "mulțumesc pentru", "mulțumim pentru", "için teşekkür",
    "спасибо за", "благодарю за", "благодарим", "дякую за", "дякуємо за", "благодаря за", "ευχαριστ",
    "hvala na", "hvala vam", "ありがとうございます", "感谢您", "感謝您", "谢谢您的", "您好", "감사합니다",
    "תודה על", "תודה שפנית", "شكرا", "شكراً", "متشکر", "cảm ơn", "terima kasih", "ขอบคุณ",
]);
/// Somebody else is to be asked.
#[rustfmt::skip]
static ELSEWHERE: Anywhere = Anywhere::new(&[
    "please contact", "urgent matters", "urgent cases", "if urgent", "if it is urgent", "urgent queries",
    "for urgent", "in urgent", "in my absence", "during my absence", "dringenden fällen", "dringende fälle",
    "in dringend", "wenden sie sich", "meine vertretung", "vertritt mich", "en cas d'urgence",
    "en cas d’urgence", "pour toute urgence", "veuillez contacter", "en mon absence", "contactez",
    "caso de urgencia", "asuntos urgentes", "en mi ausencia", "póngase en contacto", "contacte con",
    "in caso di urgenza", "per urgenze", "in mia assenza", "urgenti", "casos urgentes",
    "em caso de urgência", "assuntos urgentes", "na minha ausência", "entre em contato", "dringende zaken",
    "dringende gevallen", "neem contact op", "neemt u contact", "kunt u contact", "brådskande", "kontakta",
    "vid akuta", "hastende", "haster", "kontakt venligst", "kontakte", "kiireelli", "ota yhteyttä",
    "pilnych", "proszę o kontakt", "naléhav", "urgentních", "prosím kontaktujte", "kontaktujte", "sürgős",
    "kérem forduljon", "urgențe", "contactați", "acil durum", "acil konular", "срочным вопросам",
    "срочных случаях", "обращайтесь", "обратитесь", "термінових", "звертайтеся", "спешни", "επείγ",
    "hitnim", "nujnih", "急用", "緊急", "紧急", "お急ぎ", "급한", "긴급", "דחוף", "العاجلة", "للضرورة",
    "ضروری", "khẩn cấp", "mendesak", "เร่งด่วน",
]);
/// This mail is not read, or not now.
#[rustfmt::skip]
static UNREAD: Anywhere = Anywhere::new(&[
    "no access to", "limited access to", "without access", "not have access", "access to email",
    "access to my email", "access to e-mail", "not be checking", "not checking", "not be monitored",
    "not monitored", "will not be forwarded", "not be forwarded", "will respond when i return",
    "reply when i return", "respond upon my return", "as soon as i return", "when i am back",
    "upon my return", "on my return", "nicht weitergeleitet", "nicht automatisch weitergeleitet",
    "werden nicht gelesen", "nach meiner rückkehr", "pas transféré", "pas redirigé", "à mon retour",
    "dès mon retour", "accès limité", "no será reenviado", "a mi regreso", "a mi vuelta", "acceso limitado",
    "sin acceso", "accesso limitato", "non verrà inoltrat", "al mio rientro", "al mio ritorno",
    "acesso limitado", "sem acesso", "no meu retorno", "no meu regresso", "não será encaminhad",
    "niet doorgestuurd", "niet doorgezonden", "beperkt toegang", "na mijn terugkomst", "bij terugkomst",
    "läser inte", "begränsad", "vidarebefordras inte", "när jag är tillbaka", "ikke videresendt",
    "bliver ikke læst", "læser ikke", "leser ikke", "når jeg er tilbake", "når jeg er tilbage", "palattuani",
    "rajoitetusti", "en lue sähköposti", "enkä lue sähköposti", "ograniczony dostęp", "nie mam dostępu",
    "po powrocie", "nie zostanie przekazan", "po návratu", "omezený přístup", "nebude přeposlán",
    "po mém návratu", "visszatérésem", "acces limitat", "după întoarcere", "la întoarcere", "dönüşümde",
    "döndüğümde", "по возвращении", "ограниченный доступ", "після повернення", "након повратка",
    "με την επιστροφή", "戻り次第", "回来后", "回來後", "复귀", "복귀", "עם שובי", "عند عودتي", "trở lại", "sekembali",
]);
/// The same in German, where the days may stand between: "Ich bin vom 1. bis 15. Dezember …
const ICH_BIN: &[&str] = &["ich bin ", "bin ich "];
/// … nicht erreichbar", …
#[rustfmt::skip]
const AWAY_GERMAN: &[&str] = &[
    "nicht erreichbar", "nicht zu erreichen", "im urlaub", "abwesend", "nicht im büro", "nicht im haus",
    "außer haus", "nicht am platz", "nicht im dienst", "auf dienstreise", "in elternzeit", "nicht da",
];
/// … "E-Mails werden in dieser Zeit …
const MAILS_GERMAN: &[&str] = &["mail", "nachricht"];
/// … nicht gelesen".
#[rustfmt::skip]
const UNREAD_GERMAN: &[&str] = &[
    "nicht gelesen", "nicht bearbeitet", "nicht beantwortet", "nicht weitergeleitet", "nicht abgerufen",
    "nur sporadisch", "nur unregelmäßig", "nur eingeschränkt",
];
/// The mail says of itself that a program wrote it, or that nobody reads answers.
#[rustfmt::skip]
static AUTOMATIC: Anywhere = Anywhere::new(&[
    "automatically generated", "automatically-generated", "auto-generated", "autogenerated",
    "this is an automated", "this is an automatic re", "this is an automatic me", "this is an automatic e",
    "this is an auto-", "this is an autor", "do not reply to this", "do not respond to this",
    "don't reply to this", "not reply to this", "sent automatically", "automatisch generiert",
    "automatisch erstellt", "automatisch versendet", "automatische antwort",
    "automatische eingangsbestätigung", "antworten sie nicht auf", "bitte antworten sie nicht",
    "bitte nicht antworten", "nicht auf diese e-mail", "réponse automatique", "message automatique",
    "envoyé automatiquement", "généré automatiquement", "ne pas répondre", "respuesta automática",
    "mensaje automático", "generado automáticamente", "correo automático", "no responda a este",
    "no responder a este", "risposta automatica", "messaggio automatico", "generata automaticamente",
    "generato automaticamente", "non rispondere a quest", "resposta automática", "mensagem automática",
    "gerada automaticamente", "gerado automaticamente", "não responda", "automatisch gegenereerd",
    "automatisch bericht", "automatisch verzonden", "automatische ontvangst", "niet op deze e-mail",
    "niet te beantwoorden", "automatiskt svar", "automatiskt meddel", "automatiskt genererat",
    "automatisk svar", "automatisk gener", "automatisk besked", "automatisk melding",
    "automaattinen vastaus", "automaattinen viesti", "wygenerowana automatycznie",
    "automatycznie wygenerowan", "automatyczna odpowiedź", "nie odpowiadać na", "automaticky generovan",
    "automatická odpověď", "neodpovídejte", "automatikus válasz", "automatikus üzenet",
    "automatikusan gener", "mesaj automat", "răspuns automat", "generat automat", "otomatik yanıt",
    "otomatik mesaj", "otomatik olarak gönder", "создано автоматически", "сформировано автоматически",
    "отправлено автоматически", "автоматическое сообщение", "автоматическое уведомление",
    "автоматический ответ", "автоматична відповідь", "автоматичне повідомлення", "не отвечайте на",
    "αυτόματη απάντηση", "αυτόματο μήνυμα", "automatski odgovor", "automatska poruka", "自動送信",
    "自動返信", "自動配信", "自动回复", "自动发送", "自動回覆", "자동 발송", "자동발송", "자동 응답",
    "הודעה אוטומטית", "מענה אוטומטי", "رد تلقائي", "رسالة تلقائية", "پاسخ خودکار", "thư tự động",
    "trả lời tự động", "pesan otomatis", "balasan otomatis", "ข้อความอัตโนมัติ", "ตอบกลับอัตโนมัติ",
]);
/// A sentence in which a mail says of itself that a program wrote it begins so.
#[rustfmt::skip]
const DECLARES: &[&str] = &[
    "this is an automat", "this is an auto-", "this is an auto ", "this is an autor",
    "this message was sent autom", "this message is automat", "this message has been automat",
    "this message was automat", "this e-mail was automat", "this email was automat", "this email is automat",
    "you have received this automat", "dies ist eine automat", "das ist eine automat", "dies ist eine autom.",
    "hierbei handelt es sich um eine automat", "dies ist ein automat", "diese nachricht wurde automat",
    "diese e-mail wurde automat", "diese mail wurde automat", "diese antwort wurde automat",
    "diese nachricht wird automat", "ceci est une réponse automat", "ceci est un message automat",
    "ceci est un e-mail automat", "ceci est un courriel automat", "ce message est automat",
    "ce message est généré automat", "ce message a été envoyé automat", "ce message a été généré automat",
    "cette réponse est automat", "cet e-mail a été généré automat", "este es un mensaje automát",
    "esta es una respuesta automát", "este es un correo automát", "este mensaje se ha generado automát",
    "este mensaje ha sido generado automát", "este correo se ha generado automát",
    "se trata de una respuesta automát", "questa è una risposta automat", "questo è un messaggio automat",
    "questa è un'e-mail automat", "questa e-mail è stata generata automat",
    "questo messaggio è stato generato automat", "il presente messaggio è automat",
    "esta é uma resposta automát", "esta é uma mensagem automát", "este é um e-mail automát",
    "esta mensagem foi gerada automat", "dit is een automat", "dit bericht is automat",
    "deze e-mail is automat", "det här är ett automat", "detta är ett automat", "detta meddelande är automat",
    "dette er en automat", "dette er et automat", "denne besked er automat", "denne meldingen er automat",
    "tämä on automaat", "tämä viesti on automaat", "to jest automat",
    "to jest wiadomość wygenerowana automat", "ta wiadomość została wygenerowana automat",
    "wiadomość wygenerowana automat", "toto je automat", "tato zpráva byla vygenerována automat",
    "tato zpráva je automat", "táto správa bola vygenerovaná automat", "ez egy automat", "ez automat",
    "ezt az üzenetet automat", "acesta este un mesaj automat", "acesta este un răspuns automat",
    "bu otomatik", "bu mesaj otomatik", "bu e-posta otomatik", "это автоматич",
    "данное сообщение сформировано автомат", "это сообщение создано автомат",
    "это письмо сформировано автомат", "це автоматич", "αυτό είναι αυτόματο", "ovo je automat",
    "to je automat", "това е автомат", "これは自動", "このメールは自動", "本メールは自動", "这是自动", "这是一封自动", "本邮件为自动", "此邮件为自动",
    "這是自動", "본 메일은 자동", "이 메일은 자동", "זוהי הודעה אוטומטית", "זהו מענה אוטומטי", "هذه رسالة تلقائية",
    "هذا رد تلقائي",
];
/// What it calls itself in it.
#[rustfmt::skip]
const MAILS: &[&str] = &[
    "antwort", "nachricht", "mail", "mitteilung", "benachrichtigung", "rückmeldung", "bestätigung", "reply",
    "response", "message", "notification", "notice", "acknowledg", "answer", "réponse", "courriel", "accusé",
    "mensaje", "respuesta", "correo", "aviso", "risposta", "messaggio", "resposta", "mensagem", "antwoord",
    "bericht", "reactie", "svar", "meddel", "besked", "melding", "viesti", "vastaus", "wiadomość",
    "odpowiedź", "zpráv", "odpověď", "správ", "odpoveď", "válasz", "üzenet", "mesaj", "răspuns", "yanıt",
    "ileti", "posta", "ответ", "сообщ", "письм", "увед", "відпов", "повідом", "отговор", "απάντ", "μήνυμα",
    "odgovor", "poruka", "返信", "送信", "配信", "応答", "メール", "回复", "邮件", "回覆", "메일", "응답", "발송",
    "הודעה", "מענה", "رسالة", "رد",
];
/// A shop, practice or office is shut, …
#[rustfmt::skip]
static SHUT: Anywhere = Anywhere::new(&[
    "closed", "shut down for", "geschlossen", "betriebsferien", "betriebsurlaub", "praxisurlaub",
    "praxisferien", "werksferien", "betriebsruhe", "fermé", "fermeture", "cerrad", "chius", "fechad",
    "encerrad", "gesloten", "stängt", "semesterstängt", "lukket", "stengt", "suljettu", "zamknięt",
    "nieczynn", "zavřen", "zatvoren", "zárva", "închis", "kapalı", "закрыт", "не работает", "зачинен",
    "затворен", "κλειστ", "休業", "休診", "休み", "休息", "放假", "휴무", "휴업", "סגור", "مغلق",
]);
/// … and it is the writer's.
#[rustfmt::skip]
const OURS: &[&str] = &[
    "our", "we", "we're", "we’re", "unser", "unsere", "unseren", "unserer", "wir", "notre", "nos", "nous",
    "nuestra", "nuestro", "nuestras", "nuestros", "estamos", "permanecemos", "nostro", "nostra", "nostri",
    "siamo", "saremo", "nosso", "nossa", "nossos", "estaremos", "ons", "onze", "wij", "vår", "vårt", "våra",
    "vi", "vores", "våre", "meidän", "olemme", "toimistomme", "nasz", "nasza", "nasze", "jesteśmy", "naše",
    "náš", "jsme", "sme", "irodánk", "noastră", "noastre", "nostru", "suntem", "ofisimiz", "наш", "наша",
    "мы", "ми", "είμαστε",
];
/// Words that say so within others, or that only the owner uses.
#[rustfmt::skip]
const OURS_ALONE: &[&str] = &[
    "betriebsferien", "betriebsurlaub", "praxisurlaub", "praxisferien", "werksferien", "弊社", "当社", "当院",
    "休業させて", "休業いた", "休診", "我们", "我們", "저희", "당사",
];
/// They ask the reader for something; programs ask only that nobody answers.
#[rustfmt::skip]
static REQUESTS: Anywhere = Anywhere::new(&[
    "please", "bitte", "s'il vous pla", "s’il vous pla", "merci de ", "por favor", "per favore",
    "cortesemente", "alstublieft", "graag ", "snälla", "vänligen", "venligst", "vennligst", "proszę",
    "prosím", "kérem", "vă rog", "lütfen", "пожалуйста", "будь ласка", "παρακαλώ", "ください", "请",
    "請", "주세요",
]);
/// "Contact me" sends nobody elsewhere.
#[rustfmt::skip]
const TO_ME: &[&str] = &[
    "please contact me", "please contact us", "contactez-moi", "contactez moi", "contactez-nous",
    "veuillez me contacter", "contacte conmigo", "póngase en contacto conmigo", "entre em contato comigo",
    "neem contact op met mij", "neem contact met mij op", "neem contact op met me", "kontakta mig",
    "kontakt venligst mig", "kontakte meg", "ota yhteyttä minuun", "proszę o kontakt ze mną",
    "proszę o kontakt tel", "proszę o kontakt mail", "proszę o kontakt.", "kontaktujte mě", "kontaktujte mne",
    "kontaktujte ma", "contactați-mă", "wenden sie sich an mich",
];
/// A person tells of an automatic answer that they got.
#[rustfmt::skip]
static GOT: Anywhere = Anywhere::new(&[
    "i got", "i get", "i only", "i have", "i've", "i just", "ich habe", "ich bekomme", "ich erhalte",
    "j'ai", "je reçois", "he recibido", "recibo", "recibí", "ho ricevuto", "ricevo", "recebi", "ik heb",
    "ik krijg", "jag har", "jag får", "jeg har", "jeg får", "dostaję", "dostałem", "dostałam", "я получ",
]);
/// A desk says that it has the mail, …
#[rustfmt::skip]
static RECEIVED: Anywhere = Anywhere::new(&[
    "we have received your", "we've received your", "we’ve received your", "we received your",
    "has been received", "have successfully received", "your request (", "your ticket has been",
    "a ticket has been", "a case has been", "a new ticket has", "a new ticket was", "your case has been",
    "your enquiry has been", "your inquiry has been", "your request has been", "your message has been",
    "your email has been", "haben ihre anfrage erhalten", "haben ihre nachricht erhalten",
    "haben ihre e-mail erhalten", "anfrage ist bei uns eingegangen", "nachricht ist bei uns eingegangen",
    "ist bei uns eingegangen", "wurde ein ticket", "bien reçu votre", "avons reçu votre",
    "votre demande a été", "votre demande a bien", "hemos recibido su", "hemos recibido tu",
    "su solicitud ha sido", "abbiamo ricevuto la", "la sua richiesta è", "la tua richiesta è",
    "recebemos sua", "recebemos a sua", "recebemos seu", "recebemos o seu", "sua solicitação",
    "hebben uw bericht", "hebben uw vraag", "hebben je bericht", "hebben uw e-mail", "uw bericht is",
    "har mottagit ditt", "har tagit emot", "har fått ditt", "har modtaget din", "har mottatt din",
    "olemme vastaanottaneet", "otrzymaliśmy", "zostało zarejestrowane", "obdrželi jsme", "váš požadavek byl",
    "megkaptuk", "am primit", "talebiniz alın", "mesajınız alın", "ваше обращение", "мы получили ваш",
    "ваш запрос", "заявка зарегистрирована", "ваше звернення", "受け付けました", "受付いたしました", "お問い合わせを受", "承りました",
    "已收到您", "已收到你", "접수되었", "פנייתך התקבלה", "استلمنا", "تم استلام", "đã nhận được", "telah kami terima",
]);
/// … and that somebody will see to it.
#[rustfmt::skip]
static WILL: Anywhere = Anywhere::new(&[
    "will get back to you", "get back to you as soon", "will respond", "will reply", "will be in touch",
    "be in touch with you", "being reviewed", "support staff", "support team will", "a member of our",
    "one of our", "business days", "working days", "within 24", "within 48", "ticket number", "ticket id",
    "reference number", "case number", "assigned", "schnellstmöglich", "so schnell wie möglich", "werktag",
    "ticketnummer", "vorgangsnummer", "bearbeiten", "melden uns", "dans les plus brefs délais",
    "jours ouvr", "reviendrons vers vous", "numéro de ticket", "numéro de dossier", "a la mayor brevedad",
    "lo antes posible", "días hábiles", "número de ticket", "número de caso", "il prima possibile",
    "giorni lavorativi", "numero di ticket", "o mais breve", "assim que possível", "dias úteis",
    "número do chamado", "protocolo", "zo snel mogelijk", "werkdagen", "så snart", "arbetsdagar",
    "hurtigst muligt", "hverdage", "så raskt", "virkedager", "mahdollisimman pian", "arkipäiv",
    "najszybciej", "dni robocz", "numer zgłoszenia", "co nejdříve", "pracovních dn", "číslo požadavku",
    "a lehető leghamarabb", "munkanap", "cât mai curând", "zile lucrătoare", "en kısa sürede", "iş günü",
    "в ближайшее время", "рабочих дн", "номер обращения", "найближчим часом", "担当者", "営業日", "順次",
    "尽快", "工作日", "儘快", "담당자", "영업일", "בהקדם", "أقرب وقت", "sớm nhất", "secepatnya",
]);
/// A mail system says that it could not deliver.
#[rustfmt::skip]
static BOUNCES: Anywhere = Anywhere::new(&[
    "message could not be delivered", "mail could not be delivered", "message was not delivered",
    "message wasn't delivered", "message has not been delivered", "message cannot be delivered",
    "message can't be delivered", "deliver your message", "deliver the message", "delivering your message",
    "delivery of your message", "message to the following", "addresses had", "had delivery problems",
    "ihre nachricht konnte nicht", "nachricht konnte nicht zugestellt", "e-mail konnte nicht zugestellt",
    "votre message n'a pas", "su mensaje no", "mensaje no se pudo entregar", "messaggio non",
    "messaggio non è stato recapitato", "mensagem não pôde", "mensagem não foi", "bericht kon niet",
    "meddelande kunde inte", "meddelelse kunne ikke", "wiadomość nie", "zprávu nelze", "ваше сообщение не",
    "сообщение не доставлено", "сообщение не удалось", "failed recipient", "failed addresses",
    "host not found", "smtp error", "remote server", "mail server", "relay access denied",
    "unknown address", "invalid recipient", "account is disabled", "mailbox not found",
    "transcript of session", "reporting-mta", "final-recipient", "diagnostic-code", "status: 5.",
    "status: 4.", "quota exceeded", "giving up on it", "this is a permanent error", "retry timeout",
    "delivery to the following", "delivery failed to", "following recipient", "user unknown",
    "no such user", "unknown user", "mailbox full", "mailbox unavailable", "mailbox is full", "over quota",
    "mail system at host", "permanent error", "permanent fatal errors", "address not found",
    "recipient address rejected", "host unknown", "550 ", "5.1.1", "配信できませんでした", "无法投递",
    "投递失败", "전달하지 못했습니다",
]);

/// Subjects of bounces, anywhere in them: the text must bear them out.
#[rustfmt::skip]
static UNDELIVERED: Anywhere = Anywhere::new(&[
    "undeliver", "delivery fail", "delivery status", "delivery problem", "delivery report",
    "delivery error", "delivery notification", "delivery has failed", "failed delivery", "mail delivery",
    "message delivery", "returned mail", "returned to sender", "returning message", "mail system",
    "failure notice", "mail error", "mail failure", "nondeliverable", "non-deliver", "not deliver",
    "could not be delivered", "couldn't be delivered", "unable to deliver", "message status",
    "unzustellbar", "zustell", "non remis", "échec de la remise", "no entregado", "no se pudo entregar",
    "mancato recapito", "não entregue", "niet bezorgd", "onbestelbaar", "kan inte levereras",
    "nie dostarczono", "nedoručiteln", "не доставлено", "недоставлен", "配信不能", "配信エラー", "退信",
    "投递失败", "전송 실패", "반송",
]);

/// The rule, if the words are a program's.
pub fn rule(subject: &str, text: &str) -> Option<String> {
    /// No program writes more, and what a person writes at length they mean.
    const MOST: usize = 1500;
    let lower = text.get(..MOST).unwrap_or(text).to_lowercase();
    let says = |words: &Anywhere| words.is_in(&lower);
    // Programs ask nothing.
    let asks = lower.contains(['?', '？', '؟']);
    let whole = text.len() <= MOST && !asks;
    let elsewhere = || {
        says(&ELSEWHERE) && {
            let others = TO_ME.iter().fold(lower.clone(), |text, words| text.replace(words, ""));
            ELSEWHERE.is_in(&others)
        }
    };
    let (mark, alone) = marked(&subject.trim().to_lowercase());
    if let Some((mark, weak)) = mark {
        let borne_out = says(&AWAY) || says(&RECEIVED) || says(&BOUNCES) || says(&AUTOMATIC) && !says(&GOT);
        let enough = if alone || weak { whole && borne_out } else { true };
        if enough {
            return Some(format!("the subject says \"{mark}\""));
        }
    }
    let of_people = ["my ", "where is"].iter().any(|words| lower.contains(words));
    if !of_people && says(&BOUNCES) && UNDELIVERED.is_in(&subject.to_lowercase()) {
        return Some("it reads like a bounce".into());
    }
    if !whole {
        return None;
    }
    let away = says(&AWAY) || together(&lower, ICH_BIN, AWAY_GERMAN);
    let unread = says(&UNREAD) || together(&lower, MAILS_GERMAN, UNREAD_GERMAN);
    if away && (unread || says(&THANKS) || says(&AUTOMATIC) || elsewhere()) {
        return Some("it reads like an absence note".into());
    }
    let shut = is_shut(&lower);
    if declares(&lower) {
        if shut || away {
            return Some("it reads like an absence note".into());
        }
        if unread || [&THANKS, &WILL, &RECEIVED].into_iter().any(says) || !of_people && says(&AUTOMATIC) {
            return Some("it reads like an automatic reply".into());
        }
    }
    if shut {
        let sure = [unread, says(&AUTOMATIC), elsewhere()].into_iter().filter(|said| *said).count();
        let polite = [says(&THANKS), says(&WILL)].into_iter().filter(|said| *said).count();
        if sure + polite > 1 && (sure > 0 || !says(&REQUESTS)) {
            return Some("it reads like an absence note".into());
        }
    }
    let receipt = RECEIPTS.is_in(&subject.to_lowercase());
    let (received, will, automatic) = (says(&RECEIVED), says(&WILL), says(&AUTOMATIC));
    let polite = !of_people && (will || says(&THANKS));
    if received && (polite || automatic || receipt) || automatic && (will || receipt) {
        return Some("it reads like a help desk's automatic receipt".into());
    }
    None
}

/// The sentences of a text, roughly.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.split(['\n', '!', '。', '！']) {
        let mut from = 0;
        for (at, _) in line.match_indices(". ") {
            // The point of a date ends none.
            if !line[..at].ends_with(|c: char| c.is_ascii_digit()) {
                found.push(line[from..at].trim());
                from = at + 1;
            }
        }
        found.push(line[from..].trim());
    }
    found
}

/// Whether a sentence has one of each.
fn together(text: &str, some: &[&str], others: &[&str]) -> bool {
    let has = |sentence: &str, words: &[&str]| words.iter().any(|words| sentence.contains(words));
    has(text, some) && has(text, others) && sentences(text).iter().any(|s| has(s, some) && has(s, others))
}

/// "This is an automatic reply": as a sentence of its own, in small letters.
fn declares(text: &str) -> bool {
    const LONGEST: usize = 16;
    sentences(text).iter().any(|sentence| {
        let bare = sentence.trim_start_matches(['*', '-', '=', '_', '#', '(', '[', ' ']);
        DECLARES.iter().any(|words| bare.starts_with(words))
            && MAILS.iter().any(|word| bare.contains(word))
            && bare.split_whitespace().count() <= LONGEST
    })
}

/// "Our office is closed from 21 December": in one sentence, in small letters.
fn is_shut(text: &str) -> bool {
    let ours = |sentence: &str| {
        let mut words = sentence.split(|c: char| !(c.is_alphanumeric() || "'’".contains(c)));
        words.any(|word| OURS.contains(&word)) || OURS_ALONE.iter().any(|words| sentence.contains(words))
    };
    SHUT.is_in(text) && sentences(text).iter().any(|sentence| SHUT.is_in(sentence) && ours(sentence))
}

/// The mark of automatic mail that opens a subject, whether it is a weak one, and whether it is all
/// of the subject. A customer may well write "Out of office hours nobody picks up".
fn marked(subject: &str) -> (Option<(&'static str, bool)>, bool) {
    let plain = subject.trim_start_matches(['[', '(', '*', '{', '<', ' ', '【']);
    let bracketed = plain.len() < subject.len();
    let of = |list: &'static [&'static str]| {
        list.iter().filter_map(|words| Some((*words, plain.strip_prefix(words)?.trim_start()))).find(
            |(_, rest)| {
                rest.is_empty()
                    || rest.starts_with([':', '：', '-', '–', '—', '('])
                    || bracketed && rest.starts_with([']', ')', '*', '}', '>', '】'])
                    || ["re:", "aw:", "returned to sender", "(failure)"]
                        .iter()
                        .any(|next| rest.starts_with(next))
            },
        )
    };
    let strong = of(SUBJECTS).map(|(words, rest)| (words, rest, false));
    let Some((words, rest, weak)) =
        strong.or_else(|| of(WEAK_SUBJECTS).map(|(words, rest)| (words, rest, true)))
    else {
        return (None, false);
    };
    let dashed = rest.starts_with(['-', '–', '—', '(']) && !bracketed;
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    // Behind a dash people go on with what it is about.
    (Some((words, weak || dashed)), rest.is_empty() && !bracketed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_is_never_enough() {
        for text in [
            "I am away until 12 December, please deliver it afterwards.",
            "We have received your parcel and the lid is missing.",
            "Please contact me about order 55120.",
            "I'm on holiday and the room is dirty. I want to move.",
            "You said it was sent automatically. It was not.",
        ] {
            assert_eq!(rule("Re: Order", text), None, "{text}");
        }
    }

    #[test]
    fn a_mark_before_another_subject_is() {
        assert!(rule("Automatic reply: Order", "I am away.").is_some());
        assert!(rule("[OOO] Order", "x").is_some());
        assert_eq!(rule("Out of office hours nobody picks up", "Why."), None);
        assert_eq!(rule("Re: Automatic reply: Order", "I got this weeks ago."), None);
    }
}
