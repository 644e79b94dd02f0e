//! Lines put into a mail by programs on its way: gateways' banners, help desks' thread tokens, marks
//! of pictures.

use super::marks::find_either;
use crate::anywhere::Anywhere;
use std::borrow::Cow;

/// What a gateway says of a mail from outside, anywhere in its banner.
#[rustfmt::skip]
static BANNERS: Anywhere = Anywhere::new(&[
    "originated from outside", "originated outside", "originates from outside", "originates outside",
    "sent from outside", "was sent from an external", "from outside of the organi",
    "from outside the organi", "from outside our organi", "from outside of our organi",
    "from outside your organi", "from outside of your organi", "from outside the company",
    "came from outside", "comes from outside", "coming from outside", "received from outside",
    "is from outside", "from an external sender", "from an external source", "from an external e",
    "this is an external e", "external sender:", "this email is from an external", "external to the organi",
    "unless you recogni", "unless you know the content is safe", "do not click links or open attachments",
    "don't click links or open attachments", "exercise caution when opening", "use caution when opening",
    "use caution with links", "use caution before", "don't often get email from",
    "don’t often get email from", "do not often get email from", "don't often get mail from",
    "this sender is not in your", "first-time sender", "this could be a phishing",
    "von einem externen absender", "von einem externen konto", "von extern",
    "von außerhalb der organisation", "von außerhalb ihrer organisation", "von außerhalb unserer",
    "von außerhalb des unternehmens", "externer absender", "externe e-mail:", "sie erhalten nicht oft",
    "sie erhalten nicht häufig", "du erhältst nicht oft", "ne recevez pas souvent", "no recibe a menudo",
    "não recebe e-mails de", "ontvang niet vaak", "ontvangt niet vaak", "modtager ikke ofte",
    "mottar ikke ofte", "et saa usein sähköpostia", "často e-maily nedostáváte",
    "受け取ることはあまりありません", "あまりメールを受け取って", "通常不会收到来自", "通常不會收到來自",
    "메일을 자주 받지 않", "нечасто получаете", "sık sık e-posta almıyorsunuz", "zjqcmqryfpfpt",
    "erhalten nicht oft e-mails von", "erhalten nicht häufig e-mails von", "expéditeur externe",
    "de l'extérieur de l", "de l’extérieur de l", "extérieur à l'organisation", "externe à l'organisation",
    "externe à votre organisation", "en dehors de l'organisation", "pas souvent de courriers",
    "pas souvent d'e-mails de", "pas souvent d’e-mails de", "pas souvent de messages de",
    "fuera de la organización", "fuera de su organización", "fuera de nuestra organización",
    "remitente externo", "externo a la organización", "no suele recibir correos", "no suele recibir correo",
    "no recibe correo electrónico a menudo", "mittente esterno", "esterno all'organizzazione",
    "esterna all'organizzazione", "all'esterno dell'organizzazione", "dall'esterno dell",
    "non si ricevono spesso", "non ricevi spesso", "fora da organização", "de fora da sua organização",
    "fora da empresa", "remetente externo", "externo à organização", "não costuma receber",
    "não recebe com frequência", "van buiten de organisatie", "van buiten onze organisatie",
    "externe afzender", "buiten uw organisatie", "utanför organisationen", "extern avsändare",
    "får inte ofta e-post", "uden for organisationen", "ekstern afsender", "får ikke ofte mails",
    "utenfor organisasjonen", "ekstern avsender", "får ikke ofte e-post", "organisaation ulkopuolel",
    "ulkoinen lähettäjä", "spoza organizacji", "nadawca zewnętrzny", "zewnętrznego nadawcy",
    "nie otrzymujesz często", "mimo organizaci", "externího odesílatele", "mimo organizácie",
    "szervezeten kívül", "külső feladó", "din afara organizației", "expeditor extern", "kuruluş dışından",
    "kurum dışından", "harici gönderen", "извне организации", "внешний отправитель",
    "от внешнего отправителя", "ззовні організації", "εκτός του οργανισμού", "εξωτερικό αποστολέα",
    "組織外", "社外からの", "外部からのメール", "外部送信者", "来自外部", "来自组织外部", "外部邮件",
    "來自外部", "외부에서 보낸", "외부 발신자", "외부 메일", "מחוץ לארגון", "שולח חיצוני",
    "من خارج المؤسسة", "من خارج المنظمة", "مرسل خارجي", "từ bên ngoài tổ chức", "dari luar organisasi",
]);
/// Marks that are a banner on their own, or in brackets before the first words.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "external", "external email", "external e-mail", "external mail", "external message", "external sender",
    "ext", "extern", "externe", "externe e-mail", "externe mail", "externe nachricht", "message externe",
    "courriel externe", "e-mail externe", "expéditeur externe", "externo", "correo externo",
    "mensaje externo", "e-mail externo", "esterno", "email esterna", "mittente esterno", "extern e-post",
    "ekstern mail", "ekstern", "zewnętrzny", "внешнее", "внешнее письмо", "caution", "caution external",
    "caution external email", "warning external email", "warning: external email",
    "caution: external email", "external email: use caution", "外部", "外部メール", "社外メール", "외부",
];

/// The lines of gateways' banners at the start; 0 if there are none.
pub fn banner(lines: &[&str]) -> usize {
    /// Banners come before this many other lines.
    const LAST: usize = 4;
    // What stands alone is no banner.
    if lines.iter().filter(|line| !line.trim().is_empty()).take(2).count() < 2 {
        return 0;
    }
    let mut end = 0;
    let mut at = 0;
    while at < lines.len() && at < end + LAST {
        let line = lines[at].trim();
        // Above a banner stands nothing but rules.
        if line.is_empty() || super::marks::is_rule(line) && end + LAST > at {
            at += 1;
            continue;
        }
        let len = banner_at(&lines[at..]);
        if len == 0 {
            break;
        }
        at += len;
        end = at;
    }
    if end == 0 {
        return 0;
    }
    // The rule that closes it goes too.
    let below = lines[end..].iter().take_while(|l| l.trim().is_empty()).count();
    if lines.get(end + below).is_some_and(|l| super::marks::is_rule(l)) { end + below + 1 } else { end }
}

/// The lines of the banner that begins here.
fn banner_at(lines: &[&str]) -> usize {
    const LONGEST: usize = 900;
    let paragraph = lines.iter().take(12).take_while(|l| !l.trim().is_empty()).count();
    let mut text = String::new();
    let mut end = 0;
    for (n, line) in lines[..paragraph].iter().enumerate() {
        let line = line.trim().to_lowercase();
        if n == 0 && is_mark(&line) {
            end = 1;
        }
        // Own words right below a banner that has ended.
        if end > 0 && ends(lines[end - 1]) && !says(&line) {
            break;
        }
        text.push_str(&line);
        text.push(' ');
        if text.len() > LONGEST {
            break;
        }
        if says(&text) {
            end = n + 1;
            text.clear();
        }
    }
    // A sentence that began in the banner goes on.
    let goes_on = |line: &str| line.trim_start().starts_with(char::is_lowercase);
    while end > 0 && end < paragraph && !ends(lines[end - 1]) && goes_on(lines[end]) {
        end += 1;
    }
    end
}

fn says(text: &str) -> bool {
    BANNERS.is_in(text)
}

fn ends(line: &str) -> bool {
    // A mail filter's own marks.
    if line.trim_start().starts_with("ZjQcmQRY") {
        return true;
    }
    line.trim_end().ends_with(['.', '!', ']', '>', '*', '。', ')', '=', '-'])
        || is_mark(&line.trim().to_lowercase())
}

fn is_mark(line: &str) -> bool {
    let words = line.trim_matches(|c: char| !c.is_alphanumeric());
    words.len() < 40 && line.len() > words.len() && MARKS.contains(&words) || words == "external email"
}

/// Without "[EXTERNAL]" before the first words.
pub fn unmarked(line: &str) -> &str {
    let Some((mark, rest)) =
        line.trim_start().strip_prefix(['[', '(']).and_then(|l| l.split_once([']', ')']))
    else {
        return line;
    };
    if mark.len() < 40 && MARKS.contains(&mark.trim().to_lowercase().as_str()) && !rest.trim().is_empty() {
        rest.trim_start()
    } else {
        line
    }
}

/// Help desks' thread tokens by what encloses them: `ref:_00D…:ref`.
const TOKENS: &[(&str, &str)] = &[
    ("ref:_", ":ref"),
    ("ref:!", ":ref"),
    ("[ref:_", ":ref]"),
    ("[ ref:_", ":ref ]"),
    ("[ref:", "]"),
    ("(ref:_", ":ref)"),
    ("(ref:mail#", ")"),
    ("thread::", "::"),
    ("{#hs:", "#}"),
    ("{ticket:", "}"),
    ("[msg:", "]"),
    ("[thread:", "]"),
    ("[case:", "]"),
    ("[ticket#", "]"),
    ("[ticket:", "]"),
    ("[#ticket", "]"),
    ("[ticket id:", "]"),
    ("[request id:", "]"),
    ("[request received:", "]"),
    ("##ref", "##"),
    ("##ticket", "##"),
    ("ticket:[", "]"),
];
/// Words before a token: "Ticket-ID: [#…]".
const BEFORE_TOKENS: &[&str] = &["message-id", "thread-id", "msgid", "crm"];

/// A line that is only a help desk's token.
pub fn is_token(line: &str) -> bool {
    const LONGEST: usize = 120;
    let line = line.trim();
    if line.len() < 6 || line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let lower = line.to_lowercase();
    let enclosed = TOKENS.iter().any(|(start, end)| {
        lower.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(|inner| {
            // What is kept apart by more than a blank is a sentence.
            inner.split_whitespace().count() <= 2
        })
    });
    let labelled = lower.split_once(':').is_some_and(|(label, rest)| {
        BEFORE_TOKENS.contains(&label.trim()) && rest.split_whitespace().count() == 1
    });
    enclosed || labelled || is_code(line)
}

/// `[QX4DG9-ZZ1K]`: capitals and digits with a hyphen, in brackets.
fn is_code(line: &str) -> bool {
    let Some(code) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) else { return false };
    let Some((left, right)) = code.split_once('-') else { return false };
    let code = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (5..=8).contains(&left.len())
        && (4..=6).contains(&right.len())
        && code(left)
        && code(right)
        && left.bytes().chain(right.bytes()).any(|b| b.is_ascii_uppercase())
}

/// Where a token begins behind own words in the same line.
pub fn token_within(line: &str) -> Option<usize> {
    if !line.ends_with([':', ']', '}']) && !line.ends_with(":ref") {
        return None;
    }
    const BEGINNINGS: &[&str] = &[" ref:_", " ref:!", " [ref:_", " [ ref:_", " thread::", " {#HS:"];
    let mut found = BEGINNINGS.iter().filter_map(|start| line.find(start));
    found.next().filter(|&at| is_token(&line[at..]))
}

/// Words that open a picture's mark in brackets: `[cid:…]`, `[image: …]`.
#[rustfmt::skip]
const PICTURES: &[&str] = &[
    "cid:", "image:", "image]", "inline image", "bild:", "bild]", "imagen:", "imagem:", "immagine:",
    "afbeelding:", "image :", "obraz:", "kuva:", "bilde:", "billede:", "resim:", "изображение:", "рисунок:",
    "画像:", "图片", "이미지:", "logo]", "icon]",
];
/// … or close it.
#[rustfmt::skip]
const DESCRIBED: &[&str] = &[
    "description automatically generated", "description automatically generated with medium confidence",
    "description automatically generated with low confidence", "ai-generated content may be incorrect.",
    "automatisch generierte beschreibung", "description générée automatiquement",
    "descripción generada automáticamente", "descrizione generata automaticamente",
    "descrição gerada automaticamente", "automatisch gegenereerde beschrijving",
];

/// The text without marks of pictures. `None` if there are none.
pub fn without_pictures(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = find_either(rest, b'[', '\u{fffc}') {
        let (before, mark) = rest.split_at(at);
        let len = if mark.starts_with('[') { picture(mark) } else { '\u{fffc}'.len_utf8() };
        out.push_str(before);
        if len == 0 {
            out.push('[');
            rest = &mark[1..];
            continue;
        }
        rest = &mark[len..];
        // An empty link behind the picture.
        if let Some(link) =
            rest.strip_prefix('<').filter(|l| l.starts_with("http") || l.starts_with("mailto:"))
        {
            rest = link.split_once('>').map_or(rest, |(_, rest)| rest);
        }
    }
    (out.len() + rest.len() < text.len()).then(|| out + rest)
}

/// The length of the picture's mark at the start.
fn picture(mark: &str) -> usize {
    const LONGEST: usize = 400;
    let head = &mark[..mark.floor_char_boundary(LONGEST)];
    let Some(end) = head.find(']') else { return 0 };
    let inner = head[1..=end].to_lowercase();
    let words = inner.trim_end_matches(']').split_whitespace().collect::<Vec<_>>().join(" ");
    let known = PICTURES.iter().any(|start| inner.starts_with(start))
        || DESCRIBED.iter().any(|words_of| words.ends_with(words_of));
    if known { end + 1 } else { 0 }
}

/// The text without marks of pictures, and whether nothing else is left.
pub fn seen(text: &str) -> (Cow<'_, str>, bool) {
    match without_pictures(text) {
        Some(rest) => {
            let bare = !rest.chars().any(|c| c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace());
            (Cow::Owned(rest), bare)
        }
        None => (Cow::Borrowed(text), false),
    }
}
