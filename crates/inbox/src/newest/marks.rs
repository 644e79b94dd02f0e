//! Classifies single lines of mail: attributions, dividers, device lines,
//! disclaimers; by words in many languages, and by language-independent shape.

use crate::anywhere::Anywhere;
use std::borrow::Cow;

/// The verb in "On Mon, 3 Nov 2025, Ann wrote:", in mail clients' languages.
#[rustfmt::skip]
const WROTE: &[&str] = &[
    "wrote", "writes", "schrieb", "geschrieben", "écrit", "escribió", "escribió:", "ha scritto", "scritto",
    "escreveu", "va escriure", "schreef", "geschreven", "skrev", "skrifaði", "napisał", "napisała", "pisze",
    "napsal", "napísal", "írta", "a scris", "kirjoitti", "kirjutas", "rakstīja", "rašė", "yazdı", "napisao",
    "napisala", "je napisal", "έγραψε", "пишет", "писал", "написал", "написала", "написав", "пише",
    "написа", "写道", "寫道", "书写", "작성", "님이 쓴 글", "書きました", "さんは書き", "のメッセージ",
    "כתב", "כתבה", "كتب", "كتبت", "نوشت", "đã viết", "menulis", "เขียนว่า", "ने लिखा", "schreibt", "skriver",
    "escribe", "scrive", "escreve", "schrijft", "kirjoittaa", "napsala", "napísala", "zapsal", "raksta",
    "scrie", "је написао", "је написала", "ja napisał", "shkroi", "idatzi du", "escribiu", "ysgrifennodd",
];

/// Openings of "Quoting Ann <ann@x.example>:", as webmail writes it.
#[rustfmt::skip]
const QUOTING: &[&str] = &[
    "quoting ", "zitat von ", "zitiere ", "citando a ", "citando ", "cita de ", "citation de ",
    "mensaje citado por ", "missatge citat per ", "mensaxe citada por ", "mensagem citada por ",
    "mensagem citada de ", "message cité par ", "messaggio citato da ", "en citant ", "citaat van ",
    "citeren ", "citerar ", "citat från ", "citat av ", "citat fra ", "citerer ", "siterer ", "sitat fra ",
    "lainaus ", "lainaten ", "cytowanie ", "cytat ", "cytuję ", "citát ", "cituji ", "citace ", "citujem ",
    "citácia ", "citiranje ", "citiram ", "navajam ", "tsiteerin ", "tsitaat ", "cituoju ", "citēju ",
    "aipatzen ", "цитиране на ", "idézet ", "idézés ", "citat din ", "citez pe ", "alıntı ", "цитирование ",
    "цитирую ", "цитата от ", "цитування ", "παράθεση από ", "παραθέτοντας ", "引用 ", "引述 ", "인용 ", "מצטט ",
    "اقتباس ",
];
/// "On the box is written:" names no author.
#[rustfmt::skip]
const UNAUTHORED: &[&str] = &[
    "è scritto", "era scritto", "sta scritto", "stava scritto", "est écrit", "était écrit", "sont écrits",
    "écrit noir sur blanc", "écrit en toutes lettres", "écrit en gros", "steht geschrieben",
    "stand geschrieben", "geschrieben steht", "geschrieben stand", "ist geschrieben", "war geschrieben",
    "staat geschreven", "stond geschreven", "staat er geschreven", "geschreven staat", "står skrevet",
    "står der skrevet", "står det skrevet", "stod skrevet", "stod der skrevet", "er skrevet", "написано",
    "este scris", "era scris",
];
/// Nor does what a page or a package says, "On the box you write:", which begins with one of these …
#[rustfmt::skip]
const PLACED: &[&str] = &[
    "on", "in", "at", "the", "your", "auf", "im", "am", "an", "bei", "laut", "sur", "dans", "en", "à", "le",
    "la", "sul", "sulla", "nel", "nella", "no", "na", "em", "el", "op", "på", "i", "w", "v", "ve", "в", "на",
    "pe", "în",
];
/// … and names one of these.
#[rustfmt::skip]
const CITED: &[&str] = &[
    "website", "web site", "webseite", "webshop", "homepage", "internetseite", "produktseite", "verpackung",
    "packung", "karton", "etikett", "anleitung", "handbuch", "prospekt", "katalog", "broschüre", "werbung",
    "anzeige", "vertrag", " agb", "bedingungen", "rechnung", "the page", "your page", "the box", "the label",
    "the manual", "the advert", "the leaflet", "the contract", "brochure", "emballage", "notice", "étiquette",
    "la boîte", "site web", "votre site", "annonce", "catalogue", "contrat", "facture", "página", "sitio web",
    "anuncio", "folleto", "etiqueta", "la caja", "factura", "anúncio", "folheto", "na caixa", "embalagem",
    "fatura", "pagina", " sito", "scatola", "confezione", "annuncio", "etichetta", "volantino", "verpakking",
    "de doos", "handleiding", "advertentie", "hemsida", "webbplats", "förpackning", "hjemmeside", "nettside",
    "æsken", "esken", "pakningen", "stronie", "opakowani", "pudełk", "stránk", "krabic", "cutie", "pe site",
    "сайте", "упаковке", "коробке", "этикетке", "сайті", "упаковці", "коробці",
];
/// Of whom a customer says that they are ours: what they wrote is cited.
#[rustfmt::skip]
const OURS: &[&str] = &[
    " ihr ", " ihre ", " ihrer ", " euer ", " eure ", " eurer ", " votre ", " vos ", " il vostro ",
    " la vostra ", " i vostri ", " le vostre ", " su ", " sus ", " vuestro ", " vuestra ", " seu ", " sua ",
    " o vosso ", " a vossa ", " uw ", " jullie ", " jeres ", " deres ", " wasz ", " wasza ", " wasze ",
    " váš ", " vaše ", " ваш ", " ваша ", " ваше ", " ваши ",
];
/// The last bytes that such a verb may have, as a prefilter.
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
    "ursprüngliche nachricht", "ursprüngliche mitteilung", "weitergeleitete nachricht", "message d'origine",
    "message d’origine", "message original", "message initial", "message transféré", "message réexpédié",
    "courriel original", "mensaje original", "mensaje reenviado", "missatge original", "messaggio originale",
    "messaggio inoltrato", "mensagem original", "mensagem encaminhada", "oorspronkelijk bericht",
    "oorspronkelijke bericht", "doorgestuurd bericht", "ursprungligt meddelande",
    "vidarebefordrat meddelande", "oprindelig besked", "oprindelig meddelelse", "videresendt meddelelse",
    "opprinnelig melding", "videresendt melding", "alkuperäinen viesti", "välitetty viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "przekazana wiadomość", "wiadomość przekazana",
    "původní zpráva", "přeposlaná zpráva", "pôvodná správa", "eredeti üzenet", "továbbított üzenet",
    "mesaj original", "mesajul original", "mesaj redirecționat", "orijinal ileti", "orijinal mesaj",
    "iletilen ileti", "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
    "пересланное сообщение", "вихідне повідомлення", "оригінальне повідомлення", "αρχικό μήνυμα",
    "προωθημένο μήνυμα", "原始邮件", "原始郵件", "转发邮件", "轉寄郵件", "元のメッセージ", "転送メッセージ", "転送されたメッセージ", "원본 메시지",
    "원본 메일", "전달된 메시지", "הודעה מקורית", "رسالة أصلية", "tin nhắn gốc", "pesan asli",
];

/// Forwarding headings without dashes.
#[rustfmt::skip]
const FORWARDS: &[&str] = &[
    "begin forwarded message", "anfang der weitergeleiteten nachricht", "début du message réexpédié",
    "début du message transféré", "inicio del mensaje reenviado", "inizio messaggio inoltrato",
    "início da mensagem reencaminhada", "início da mensagem encaminhada", "begin doorgestuurd bericht",
    "vidarebefordrat brev", "start på videresendt besked", "videresendt melding", "välitetty viesti alkaa",
    "początek przekazywanej wiadomości", "začátek přeposílané zprávy", "начало переадресованного сообщения",
    "początek przesyłanej wiadomości", "začiatok preposlanej správy", "továbbított levél kezdete",
    "iletilmiş mesajın başı", "începutul mesajului", "початок переадресованого", "전달된 메시지 시작",
    "תחילת ההודעה", "بدء الرسالة المعاد توجيهها", "بدأ الرسالة المحولة", "بداية الرسالة", "bắt đầu thư",
    "mulai pesan", "inici del missatge reenviat", "転送されたメッセージ", "以下是转发的邮件",
    "下面是被转发的邮件",
];

/// Device and app lines, by prefix …
#[rustfmt::skip]
const SENT_FROM: &[&str] = &[
    "sent from", "this message was sent from", "this message was sent using", "this message was sent via",
    "this email was sent from", "this e-mail was sent from", "ce message a été envoyé depuis",
    "este mensaje ha sido enviado desde", "questo messaggio è stato inviato da", "sent wirelessly", "sent via", "sent with", "sent by", "sent using", "sent on the go",
    "sent through", "from my iphone", "from my ipad", "get outlook for", "get bluemail", "enviado desde",
    "enviado do", "enviado de", "enviado a partir", "enviado con", "enviado por", "obtener outlook",
    "obtenha o outlook", "obter o outlook", "envoyé de", "envoyé sans fil", "envoyé depuis",
    "envoyé à partir", "envoyé avec", "télécharger outlook", "obtenir outlook", "gesendet von",
    "gesendet mit", "gesendet über", "von meinem", "diese nachricht wurde von meinem",
    "holen sie sich outlook", "outlook für", "inviato da", "inviato dal", "inviato con", "scarica outlook",
    "ottieni outlook", "verzonden vanaf", "verzonden met", "verzonden via", "verstuurd vanaf",
    "verstuurd met", "outlook voor", "skickat från", "skickades från", "hämta outlook", "sendt fra",
    "sendt via", "hent outlook", "lähetetty", "hanki outlook", "wysłane z", "wysłano z", "pobierz outlook",
    "odesláno z", "odoslané z", "elküldve az", "küldve az", "trimis de pe", "trimis din", "iphone'umdan",
    "στάλθηκε από", "отправлено с", "отправлено из", "надіслано з", "从我的", "发自我的", "發自我的",
    "從我的", "iphoneから", "私のiphoneから", "나의 iphone", "내 iphone", "נשלח מ", "أُرسلت من",
    "dikirim dari", "được gửi từ", "đã gửi từ", "gửi từ", "ส่งจาก", "poslano s", "poslano z", "poslano sa",
    "послато са", "изпратено от", "надіслано від", "saadetud minu", "išsiųsta iš", "nosūtīts no",
    "sendt frå", "enviat des", "e-mail enviado", "mail envoyé", "dihantar dari", "ipinadala mula",
    "أرسلت من", "أُرسل من", "تم الإرسال من", "ارسال شده از", "ارسال از", "मेरे iphone", "yahoo mail for",
    "yahoo mail -", "get aol for", "sent on my", "sent thru", "sent out from", "email sent from",
    "mail sent from", "message sent from", "diese nachricht wurde gesendet von",
    "diese mail wurde von meinem", "diese e-mail wurde von meinem", "mit der gmx", "mit der web.de",
    "iphone から", "androidから", "発信元", "スマートフォンから",
];
/// … or suffix.
#[rustfmt::skip]
const SENT_FROM_ENDS: &[&str] = &[
    "gesendet", "gesendet.", "gönderildi", "から送信", "から送信されました", "传送", "傳送", "发送", "發送",
    "보냄", "보냈습니다", "küldve", "küldve.", "elküldve", "yollandı", "से भेजा गया",
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
    "informativa privacy", "yahoo mail:", "avast logo", "virenfrei", "garanti sans virus", "sans virus", "libre de virus",
    "livre de vírus", "virusvrij", "virusfri", "wolne od wirusów", "bez virů", "vírusmentes",
    "privo di virus", "mail priva di virus", "не содержит вирусов", "diese e-mail wurde von avast",
    "l'absence de virus", "el software de antivirus", "il software antivirus", "o software antivírus",
    "dit e-mailbericht is gecontroleerd", "this email was scanned", "this message was scanned",
    "denk aan het milieu", "klauzula poufności", "конфиденциальность",
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
    "auf viren", "virus", "wirus", "вирус", "vírus", "antivir", "confidential", "privileged", "intended",
    "addressee", "recipient", "vertraulich", "empfänger", "confidentiel", "destinat", "confidencial",
    "riservat", "vertrouwelijk", "geadresseerde", "konfidentiel", "fortrolig", "konfidenti", "luottamuks",
    "poufn", "adresat", "důvěrn", "gizli", "конфиденциальн", "机密", "保密", "機密",
];

/// Device names, for lines recognised only by their suffix.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "iphone", "ipad", "android", "mobil", "handy", "smartphone", "outlook", "mail", "app", "samsung",
    "galaxy", "tablet", "blackberry", "我", "手机", "手機", "スマホ", "携帯", "telefon", "huawei", "xiaomi",
];
/// What such a line apologises for.
#[rustfmt::skip]
const EXCUSES: &[&str] = &[
    "typo", "excuse", "pardon", "brevity", "brief", "auto-correct", "autocorrect", "tippfehler", "kürze",
];

/// Where a help desk's line asks for the reply …
#[rustfmt::skip]
static ABOVE_THIS: Anywhere = Anywhere::new(&[
    "above this line", "above the line", "reply above", "over this line", "oberhalb dieser",
    "über dieser linie", "au-dessus de cette ligne", "au dessus de cette ligne", "encima de esta línea",
    "por encima de esta", "sopra questa riga", "sopra questa linea", "acima desta linha",
    "boven deze regel", "boven deze lijn", "ovanför den här", "ovanför denna", "over denne linje",
    "over denne linjen", "powyżej tej linii", "nad tímto řádkem", "выше этой строки", "bu satırın üst",
    "oberhalb von dieser", "oberhalb der linie", "über dieser zeile", "au-dessus de la ligne",
    "arriba de esta línea", "sobre esta línea", "encima de la línea", "al di sopra di questa",
    "acima dessa linha", "acima da linha", "boven deze streep", "ovanför denna rad", "ovanför raden",
    "over linjen", "tämän rivin yläpuolel", "powyżej tego wiersza", "nad tą linią", "powyżej tej linijki",
    "nad touto čárou", "nad tento řádek", "nad týmto riadkom", "nad ovom linijom", "e sor fölé",
    "a vonal fölé", "deasupra acestei linii", "над этой строкой", "над этой чертой", "вище цього рядка",
    "над този ред", "πάνω από αυτή", "この行より上", "この行の上", "この線より上", "この線の上", "此行上方",
    "此行之上", "此行以上", "這一行上方", "此線上方", "这一行上方", "이 줄 위", "이 선 위", "מעל שורה זו",
    "מעל קו זה", "فوق هذا السطر", "فوق هذا الخط", "بالای این خط", "phía trên dòng này", "trên dòng này",
    "di atas baris ini", "เหนือบรรทัดนี้", "dessus de ce trait", "above this text",
]);
/// … and the verb it uses.
#[rustfmt::skip]
const REPLY: &[&str] = &[
    "reply", "type", "write", "respond", "antwort", "répon", "respon", "escrib", "rispo", "scriv", "escrev",
    "antwoord", "typ", "skriv", "svar", "odpow", "odpov", "ответ", "yanıt", "schreib", "digit", "saisi",
    "inseri", "ingres", "vastau", "kirjoit", "wpisz", "válasz", "răspun", "scrieți", "відповід", "пишите",
    "напишите", "отговор", "απάντ", "返信", "返事", "記入", "入力", "回复", "回覆", "答复", "输入", "輸入",
    "회신", "답장", "입력", "השב", "הקלד", "תשוב", "الرد", "رد", "اكتب", "پاسخ", "trả lời", "balas",
    "ketik", "ตอบ", "besvar", "повідомл",
];

/// Closings before a name.
#[rustfmt::skip]
const CLOSINGS: &[&str] = &[
    "thanks", "thank you", "thx", "thanking you", "thanks in advance", "regards", "wishes", "best", "yours",
    "sincerely", "faithfully", "truly", "respectfully", "cheers", "grüßen", "grüße", "gruß", "cordialement",
    "salutations", "saludos", "atentamente", "saluti", "atenciosamente", "abraços", "groet", "groeten",
    "hälsningar", "hilsen", "terveisin", "pozdrawiam", "pozdravem", "уважением", "повагою", "poważaniem",
    "hälsning", "mvh", "mfg", "grüssen", "grüsse", "gruss", "hochachtungsvoll", "saludo", "cumprimentos",
    "distinguées", "saygılarımla", "üdvözlettel", "stimă", "εκτίμηση", "tisztelettel",
];

/// Words of lines that do nothing but close: "With kind regards,".
#[rustfmt::skip]
const CLOSING_WORDS: &[&str] = &[
    "thanks", "thank", "you", "thx", "many", "much", "again", "in", "advance", "and", "und", "et", "y", "e",
    "en", "with", "kind", "kindest", "best", "warm", "warmest", "regards", "wishes", "yours", "your",
    "sincerely", "faithfully", "truly", "respectfully", "cheers", "sincere", "thanking", "ever", "very",
    "all", "the", "mit", "freundlichem", "freundlichen", "freundliche", "viele", "vielen", "liebe",
    "lieben", "herzliche", "herzlichen", "beste", "besten", "schöne", "schönen", "grüße", "grüßen",
    "grüsse", "grüssen", "gruß", "gruss", "dank", "danke", "hochachtungsvoll", "mfg", "lg", "vg",
    "cordialement", "bien", "salutations", "distinguées", "sincères", "meilleures", "merci", "à", "vous",
    "sentiments", "saludos", "un", "saludo", "cordial", "cordiales", "atentamente", "muchas", "gracias",
    "saluti", "cordiali", "distinti", "grazie", "mille", "atenciosamente", "obrigado", "obrigada",
    "abraços", "cumprimentos", "melhores", "com", "os", "met", "vriendelijke", "hartelijke", "groet",
    "groeten", "mvg", "alvast", "bedankt", "hälsningar", "vänliga", "med", "vänlig", "hälsning", "mvh",
    "venlig", "venlige", "vennlig", "hilsen", "hilsener", "terveisin", "ystävällisin", "pozdrawiam",
    "pozdrowieniami", "z", "poważaniem", "dziękuję", "s", "pozdravem", "pozdrav", "děkuji", "с",
    "уважением", "спасибо", "заранее", "з", "повагою", "üdvözlettel", "köszönettel", "saygılarımla",
    "teşekkürler", "με", "εκτίμηση", "ευχαριστώ", "tisztelettel", "cu", "stimă", "mulțumesc",
];
/// What opens a postscript.
#[rustfmt::skip]
const POSTSCRIPTS: &[&str] = &[
    "ps", "p.s", "p. s", "p s", "pps", "p.p.s", "p.-s", "ps.", "pd", "p.d", "п.с", "з.ы", "追伸", "附",
];

/// Where an ASCII sign or a wide one first stands.
pub fn find_either(text: &str, sign: u8, wide: char) -> Option<usize> {
    let first = wide.encode_utf8(&mut [0; 4]).as_bytes()[0];
    let is_wide = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(wide));
    memchr::memchr2_iter(sign, first, text.as_bytes()).find(|at| text.as_bytes()[*at] == sign || is_wide(*at))
}

/// Strips markers of quoting, emphasis and lists.
pub fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['>', '*', '_', '|', ' ']).trim_end_matches(['*', ' '])
}

/// Begins with a quote mark, or with initials and one: `AL> `.
pub fn is_quote(line: &str) -> bool {
    unquoted(line).is_some()
}

/// What is behind the quote mark.
pub fn unquoted(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let initials = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let marked = match initials {
        // "A> 40" compares.
        1 if line[1..].starts_with("> ") && line[3..].starts_with(char::is_alphabetic) => &line[1..],
        2..=4 => &line[initials..],
        _ => line,
    };
    // ">>> www.x.example <<<" is no quote.
    marked.strip_prefix('>').filter(|_| !line.trim_end().ends_with("<<<"))
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
    ABOVE_THIS.is_in(&line) && REPLY.iter().any(|verb| line.contains(verb))
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

/// The elements of an attribution.
pub struct Shape {
    pub date: bool,
    pub time: bool,
    pub address: bool,
}

pub fn shape(text: &str) -> Shape {
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
    let line = &*with_plain_digits(line);
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
    if colon && quotes_someone(&text) && (shape.address || quoted) {
        return true;
    }
    let author = shape.address || shape.date && shape.time;
    if !author && UNAUTHORED.iter().any(|words| text.contains(words)) {
        return false;
    }
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
            || quoted && colon && !of_us && text.split_whitespace().count() <= 24 && !is_citation(&text);
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

/// Arabic and Persian digits as 0 to 9.
fn with_plain_digits(text: &str) -> Cow<'_, str> {
    let value = |c: char| match c {
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => None,
    };
    // All of them begin with one of two bytes.
    if memchr::memchr2(0xd9, 0xdb, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| value(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c)).collect())
}

/// "Auf der Packung schreibt ihr", "Votre conseiller a écrit": the customer's own words lead up to a
/// quote. In small letters.
fn is_citation(text: &str) -> bool {
    let padded = format!(" {text} ");
    let first = text.split_whitespace().next().unwrap_or("");
    PLACED.contains(&first) && CITED.iter().any(|place| text.contains(place))
        || OURS.iter().any(|words| padded.contains(words))
}

/// "Quoting Ann <ann@x.example>".
fn quotes_someone(text: &str) -> bool {
    QUOTING.iter().any(|opening| text.starts_with(opening)) && text.split_whitespace().count() <= 12
}

/// The first word of an attribution that may go on in the next line: "On …", "Am …", "Quoting …".
pub fn opens_attribution(line: &str) -> bool {
    let line = line.trim_start_matches(['>', '|', '-', ' ']).to_lowercase();
    line.split_whitespace().next().is_some_and(|first| OPENINGS.contains(&first.trim_end_matches(',')))
        || quotes_someone(&line)
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
    let last = line.as_bytes()[line.len() - 1];
    let mut ends = SENT_FROM_ENDS.iter().filter(|end| end.as_bytes()[end.len() - 1] == last);
    if ends.any(|end| line.ends_with(end)) && words <= 12 && !line.contains(['?', '!']) {
        return DEVICES.iter().any(|device| line.contains(device));
    }
    let first = line.as_bytes()[0];
    let mut heads = SENT_FROM.iter().filter(|head| head.as_bytes()[0] == first);
    let Some(head) = heads.find(|head| line.starts_with(**head)) else { return false };
    let excuse = EXCUSES.iter().any(|word| line.contains(word));
    let rest = line[head.len()..].trim();
    // "my Verizon, Samsung Galaxy smartphone"
    let names = |part: &str| {
        part.split_whitespace().count() <= 5 && DEVICES.iter().any(|device| part.contains(device))
    };
    let listed = rest.rsplit_once(", ").map(|(_, last)| names(last));
    let longest = if listed == Some(true) { 14 } else { 10 };
    let sentence = listed == Some(false)
        || rest.trim_end_matches('.').contains(". ")
        || rest.contains(['?', '!'])
        || words > longest;
    !rest.is_empty() && (excuse || !sentence)
}

/// Unlinks "[Outlook](https://…)" and "Outlook<https://…>" to "Outlook".
fn without_links(line: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'[', b']', line.as_bytes()).is_none() && !line.contains("http") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("http") {
        out.push_str(rest[..at].trim_end_matches(['<', '(']));
        let end = rest[at..].find(['>', ')', ' ']).map_or(rest.len(), |n| at + n);
        rest = rest[end..].trim_start_matches(['>', ')']);
    }
    out.push_str(rest);
    out.retain(|c| !"[]".contains(c));
    Cow::Owned(out)
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

/// A closing and nothing more, unlike "It came, thanks".
pub fn only_closes(line: &str) -> bool {
    is_closing_line(line)
        && line
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| CLOSING_WORDS.contains(&word.to_lowercase().as_str()))
}

/// "P.S. …": own words, wherever they stand.
pub fn is_postscript(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    POSTSCRIPTS.iter().any(|start| {
        line.strip_prefix(start).is_some_and(|rest| {
            let colon = rest.trim_start().starts_with([':', '：', '-', '–', ',']);
            rest.starts_with('.')
                || colon
                || start.len() > 2 && rest.starts_with(' ')
                || *start == "ps" && rest.starts_with(' ')
        })
    })
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

    #[rustfmt::skip]
    const PARTS: &[&str] = &[
        "On Mon, 3 Nov 2025 at 10:12", "Am 03.11.2025 um 10:12", "Le 3 nov. 2025", "2025-11-03 10:12",
        " GMT+01:00 ", "Ann ", "<ann@x.example>", "wrote", "WROTE", "schrieb", "a écrit", "napisał(a)",
        "написал", "さんは書き", "the bag is torn", " ", "-", "---", "*", "_", ">", "|", ":", "：", " :",
        "\u{a0}", ".", ")", "(a)",
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
