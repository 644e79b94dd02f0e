//! Lines put into a mail by programs on its way: gateways' banners, help desks' thread tokens, marks
//! of pictures.

use super::marks::is_rule;
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
/// What the next line of a banner warns of.
#[rustfmt::skip]
static WARNINGS: Anywhere = Anywhere::new(&[
    "do not click", "don't click", "don’t click", "do not open", "don't open", "never open", "avoid clicking",
    "open attachments", "be cautious", "be careful with links", "verify the sender", "think before you click",
    "klicken sie nicht", "klicken sie keine", "öffnen sie keine", "öffnen sie nicht", "keine links",
    "keine anhänge", "ne cliquez pas", "ne pas cliquer", "n'ouvrez pas", "n’ouvrez pas", "no haga clic",
    "no hagas clic", "no abra ", "evite hacer clic", "non fare clic", "non cliccare", "non cliccate",
    "non aprire", "não clique", "não abra ", "klik niet op", "open geen", "klicka inte", "öppna inte",
    "klik ikke", "klikk ikke", "åbn ikke", "åpne ikke", "älä napsauta", "älä avaa", "älä klikkaa",
    "nie klikaj", "nie otwieraj", "neklikejte", "neotevírejte", "neotvírejte", "neklikajte", "neotvárajte",
    "ne kattintson", "nu faceți clic", "nu deschideți", "tıklamayın", "açmayın", "не переходите",
    "не нажимайте", "не открывайте", "не натискайте", "не відкривайте", "μην κάνετε κλικ", "μην ανοίγετε",
    "クリックしないで", "開かないで", "请勿点击", "请勿打开", "請勿點", "클릭하지", "열지 마", "אל תלחץ",
    "لا تنقر", "لا تفتح",
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
        if line.is_empty() || is_rule(line) && end + LAST > at {
            at += 1;
            continue;
        }
        let len = framed(lines, at).unwrap_or_else(|| banner_at(&lines[at..]));
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
    if lines.get(end + below).is_some_and(|l| is_rule(l)) { end + below + 1 } else { end }
}

/// The lines of a banner that stands between two rules of the same sign, up to the lower one.
fn framed(lines: &[&str], at: usize) -> Option<usize> {
    const LONGEST: usize = 900;
    const MOST: usize = 14;
    let top = lines[..at].iter().rfind(|line| !line.trim().is_empty()).map(|line| line.trim())?;
    let sign = top.chars().next()?;
    let closes = |line: &str| is_frame(line) && line.trim().starts_with(sign);
    if !is_frame(top) {
        return None;
    }
    let end = lines[at..].iter().take(MOST).position(|line| closes(line))?;
    let inside = &lines[at..at + end];
    // Dashes and underscores part other things too: between them there is one paragraph.
    let gaps = inside.iter().rev().skip_while(|l| l.trim().is_empty()).any(|line| line.trim().is_empty());
    let whole = !gaps || "*#=~".contains(sign) && lines[at + end].trim() == top;
    let text = inside.join(" ").to_lowercase();
    // In a frame "ATTENTION! External e-mail" is enough.
    let mark = |line: &str| is_mark(line) || MARKS.iter().any(|mark| mark.len() >= 12 && line.contains(mark));
    let marked = inside.iter().any(|line| line.len() <= 80 && mark(&line.trim().to_lowercase()));
    (whole && text.len() <= LONGEST && (marked || says(&text))).then_some(end + 1)
}

/// A rule long enough to frame a notice; a signature's is shorter.
fn is_frame(line: &str) -> bool {
    is_rule(line) && line.trim().chars().count() >= 4
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
        let warns = end > 0 && WARNINGS.is_in(&line);
        if end > 0 && ends(lines[end - 1]) && !says(&line) && !warns {
            break;
        }
        text.push_str(&line);
        text.push(' ');
        if text.len() > LONGEST {
            break;
        }
        if says(&text) || warns {
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
    ("##re-", "##"),
    ("[##", "##]"),
    ("{cmi:", "}"),
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
    enclosed || labelled || is_code(line) || is_watermark(line)
}

/// ServiceNow's `Ref:MSG40417723`, also with letters behind an underscore.
fn is_watermark(line: &str) -> bool {
    /// A reference of the customer's own is shorter, or not called a message.
    const DIGITS: usize = 6;
    let Some(rest) = line.strip_prefix("Ref:").or_else(|| line.strip_prefix("REF:")) else { return false };
    let rest = rest.trim_start();
    let Some(number) = rest.strip_prefix("MSG").or_else(|| rest.strip_prefix("TIS")) else { return false };
    let (digits, random) = number.split_once('_').unwrap_or((number, "0"));
    digits.len() >= DIGITS
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !random.is_empty()
        && random.bytes().all(|b| b.is_ascii_alphanumeric())
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
    const BEGINNINGS: &[&str] =
        &[" ref:_", " ref:!", " [ref:_", " [ ref:_", " thread::", " {#HS:", " Ref:MSG", " Ref:TIS"];
    if !line.ends_with([':', ']', '}']) && !line.ends_with(":ref") && !line.contains(" Ref:") {
        return None;
    }
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
    while let Some(at) = rest.find(['[', '<', '\u{fffc}']) {
        let (before, mark) = rest.split_at(at);
        let len = match mark.as_bytes()[0] {
            b'[' => picture(mark).max(file(mark, ']')),
            b'<' => file(mark, '>'),
            _ => '\u{fffc}'.len_utf8(),
        };
        out.push_str(before);
        if len == 0 {
            out.push_str(&mark[..1]);
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

/// The length of a file's name in brackets at the start, as mail programs show in plain text what a
/// mail holds there: `<IMG_4471.jpeg>`.
fn file(mark: &str, close: char) -> usize {
    const LONGEST: usize = 120;
    let head = &mark[..mark.floor_char_boundary(LONGEST)];
    let Some(end) = head.find(close) else { return 0 };
    if is_file(&head[1..end], PICTURE_FILES) || is_file(&head[1..end], OTHER_FILES) { end + 1 } else { 0 }
}

#[rustfmt::skip]
const PICTURE_FILES: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "heic", "heif", "bmp", "tif", "tiff", "webp", "svg", "mov", "mp4", "m4v",
    "3gp", "avi",
];
const OTHER_FILES: &[&str] = &["pdf", "doc", "docx", "xls", "xlsx", "odt", "rtf", "zip", "vcf", "ics", "m4a"];

/// "IMG_4471.jpeg", "Bildschirmfoto 2026-11-23 um 10.12.33.png": a name, no address.
fn is_file(name: &str, endings: &[&str]) -> bool {
    let Some((stem, ending)) = name.trim().rsplit_once('.') else { return false };
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
        && stem.chars().any(char::is_alphanumeric)
        && !stem.contains(['@', '/', '\n', '<', '[', '"', '?'])
}

/// The text without marks of pictures and files, and what the message is if nothing else is left.
pub fn seen(text: &str) -> (Cow<'_, str>, Option<&'static str>) {
    const PICTURE: &str = "the message is only a picture";
    const FILE: &str = "the message is only an attached file";
    // A phone may name the pictures and nothing else.
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    if lines.peek().is_some() && lines.all(|line| is_file(line, PICTURE_FILES) && !line.contains(' ')) {
        return (Cow::Borrowed(""), Some(PICTURE));
    }
    match without_pictures(text) {
        Some(rest) => {
            let bare = !rest.chars().any(|c| c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace());
            let of_file = |line: &str| is_file(line.trim_matches(['<', '>', '[', ']', ' ']), OTHER_FILES);
            let only = if text.lines().any(of_file) { FILE } else { PICTURE };
            (Cow::Owned(rest), bare.then_some(only))
        }
        None => (Cow::Borrowed(text), None),
    }
}
