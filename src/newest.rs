//! The customer's own newest words: quoted history, signatures and device lines cut off.
//!
//! What is cut is kept; and where cutting would leave nothing, nothing is cut.

/// What stands before the colon of "On Mon, 3 Nov 2025, Ann wrote:", in the languages mail
/// clients speak.
const WROTE: &[&str] = &[
    "wrote",
    "writes",
    "schrieb",
    "écrit",
    "escribió",
    "ha scritto",
    "escreveu",
    "schreef",
    "geschreven",
    "skrev",
    "napisał",
    "napisał(a)",
    "napisała",
    "pisze",
    "пишет",
    "написал",
    "написала",
    "写道",
    "寫道",
    "작성",
    "書きました",
    "kirjoitti",
    "yazdı",
    "написав",
];

/// Lines that begin another message, after their rule of dashes.
const DIVIDERS: &[&str] = &[
    "original message",
    "forwarded message",
    "forwarded by",
    "reply message",
    "ursprüngliche nachricht",
    "message d'origine",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "original appointment",
    "weitergeleitete nachricht",
    "reply above",
];

/// The first and the further lines of Outlook's header block.
const HEADER_FIRST: &[&str] =
    &["from", "von", "de", "da", "van", "från", "fra", "od", "от", "发件人", "差出人"];
const HEADER_NEXT: &[&str] = &[
    "sent",
    "date",
    "to",
    "subject",
    "cc",
    "gesendet",
    "an",
    "betreff",
    "datum",
    "envoyé",
    "à",
    "objet",
    "enviado",
    "para",
    "asunto",
    "assunto",
    "inviato",
    "a",
    "oggetto",
    "verzonden",
    "aan",
    "onderwerp",
    "skickat",
    "till",
    "ämne",
    "sendt",
    "til",
    "emne",
    "wysłano",
    "do",
    "temat",
];

/// The last line of one's own words on a phone.
const DEVICES: &[&str] = &[
    "sent from",
    "sent via",
    "get outlook",
    "enviado desde",
    "enviado do meu",
    "envoyé de",
    "envoyé depuis",
    "gesendet von",
    "von meinem",
    "inviato da",
    "verzonden vanaf",
    "skickat från",
    "wysłane z",
];

fn is_divider(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let bare = line.trim_start_matches(['-', '_', '=', '*']);
    let rule = line.len() - bare.len();
    rule >= 20 && bare.is_empty() && line.starts_with('_')
        || rule >= 2 && DIVIDERS.iter().any(|d| bare.trim_start().starts_with(d))
        || line.starts_with("begin forwarded message")
        || line.starts_with("##-") && (line.contains("reply") || line.contains("type"))
        || line.starts_with("please") && line.contains("above this line")
}

/// "On …, Ann wrote:", with an end mark of its own.
fn is_attribution(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['>', '*', '_', ' ']);
    let Some(text) = line.strip_suffix(':').or_else(|| line.strip_suffix('：')) else { return false };
    let text = text.trim_end().to_lowercase();
    (6..300).contains(&text.len()) && WROTE.iter().any(|verb| text.contains(verb))
}

/// A header line with one of these names and something behind it.
fn is_header(line: &str, names: &[&str]) -> bool {
    let line = line.trim().trim_start_matches(['>', '*', ' ']);
    let Some((name, value)) = line.split_once([':', '：']) else { return false };
    name.len() < 24
        && !value.trim().is_empty()
        && names.contains(&name.trim_matches(['*', ' ']).to_lowercase().as_str())
}

fn is_device(line: &str) -> bool {
    let line = line.trim();
    line.len() < 90 && {
        let line = line.to_lowercase();
        DEVICES.iter().any(|d| line.starts_with(d)) || line.ends_with("gesendet")
    }
}

fn is_disclaimer(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '_', '>', ' ', '-']);
    let head: String = line.chars().take(160).collect::<String>().to_lowercase();
    let about_mail =
        ["this e-mail", "this email", "this message", "this communication", "the information", "the content"]
            .iter()
            .any(|s| head.starts_with(s));
    [
        "confidentiality notice",
        "disclaimer",
        "please consider the environment",
        "this email has been scanned",
        "virus-free",
    ]
    .iter()
    .any(|s| head.starts_with(s))
        || about_mail && ["confidential", "intended", "privileged"].iter().any(|w| head.contains(w))
}

/// The newest words and, if anything was cut, the rest.
pub fn split(text: &str) -> (String, Option<String>) {
    let lines: Vec<&str> = text.lines().collect();
    let mut keep = vec![true; lines.len()];
    let end = history_start(&lines).unwrap_or(lines.len());
    keep[end..].fill(false);
    for (i, line) in lines.iter().enumerate().take(end) {
        if line.trim_start().starts_with('>') {
            keep[i] = false;
        }
    }
    // An attribution goes with the quote it introduces, also when answers stand in between.
    for i in 0..end {
        let quote_below = lines[i + 1..end]
            .iter()
            .take(3)
            .find(|l| !l.trim().is_empty())
            .is_some_and(|l| l.trim_start().starts_with('>'));
        if quote_below && keep[i] {
            if is_attribution(lines[i]) {
                keep[i] = false;
            } else if i > 0
                && keep[i - 1]
                && is_attribution(&format!("{} {}", lines[i - 1], lines[i]))
                && !lines[i - 1].trim().is_empty()
            {
                keep[i] = false;
                keep[i - 1] = false;
            }
        }
    }
    cut_signature(&lines, &mut keep);
    let newest = join(&lines, |i| keep[i]);
    if newest.trim().is_empty() {
        return (text.trim().to_owned(), None);
    }
    let history = join(&lines, |i| !keep[i]);
    (newest, Some(history).filter(|h| !h.trim().is_empty()))
}

fn join(lines: &[&str], keep: impl Fn(usize) -> bool) -> String {
    let kept: Vec<&str> =
        lines.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, l)| l.trim_end()).collect();
    kept.join("\n").trim().to_owned()
}

/// The first line of what was written before.
fn history_start(lines: &[&str]) -> Option<usize> {
    (0..lines.len()).find(|&i| {
        let line = lines[i].trim();
        if line.is_empty() || line.starts_with('>') {
            return false;
        }
        if is_divider(line) {
            return true;
        }
        if is_header(line, HEADER_FIRST) {
            let next: Vec<&&str> = lines[i + 1..].iter().filter(|l| !l.trim().is_empty()).take(3).collect();
            return next.iter().filter(|l| is_header(l, HEADER_NEXT)).count() >= 2;
        }
        // Below an attribution everything is quoted, unless quote marks say what is.
        let joined;
        let attribution = if is_attribution(line) && names_someone(line) {
            line
        } else {
            let next = lines.get(i + 1).map_or("", |l| l.trim());
            joined = format!("{line} {next}");
            if next.ends_with(':') && is_attribution(&joined) && names_someone(&joined) {
                &joined
            } else {
                return false;
            }
        };
        attribution.len() < 300 && !lines[i + 1..].iter().any(|l| l.trim_start().starts_with('>'))
    })
}

/// An attribution has a date or an address in it; "She wrote:" has not.
fn names_someone(line: &str) -> bool {
    line.contains('@') || line.chars().filter(char::is_ascii_digit).count() >= 3
}

fn cut_signature(lines: &[&str], keep: &mut [bool]) {
    let kept: Vec<usize> = (0..lines.len()).filter(|&i| keep[i] && !lines[i].trim().is_empty()).collect();
    let Some(&last) = kept.last() else { return };
    let from = kept.iter().copied().find(|&i| {
        let line = lines[i];
        (line.trim_end() == "--" || line == "-- " || line.trim() == "—") && last - i <= 12
            || is_disclaimer(line)
            || is_device(line) && last - i <= 3
    });
    if let Some(from) = from {
        let anything_above = kept.iter().any(|&i| i < from);
        if anything_above {
            keep[from..].fill(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(text: &str) -> String {
        split(text).0
    }

    #[test]
    fn quotes_signatures_and_device_lines_go() {
        assert_eq!(
            newest(
                "Still nothing.\n\nOn Mon, 3 Nov 2025 at 10:12, Care <care@x.example> wrote:\n> We are on it.\n"
            ),
            "Still nothing."
        );
        assert_eq!(newest("Hi\n\n-----Original Message-----\nFrom: A\nold"), "Hi");
        assert_eq!(newest("Hi\n\nFrom: Care <c@x.example>\nSent: Monday\nTo: Ann\nSubject: Re\n\nold"), "Hi");
        assert_eq!(newest("Where is it?\n-- \nAnn Lee\n555 0100"), "Where is it?");
        assert_eq!(newest("Where is it?\n\nSent from my iPhone"), "Where is it?");
        assert_eq!(newest("Hallo\n\nAm 3. Nov. 2025 um 10:12 schrieb Care <c@x.example>:\n\n> alt"), "Hallo");
    }

    #[test]
    fn answers_between_quotes_stay() {
        assert_eq!(newest("> When did you order?\nLast week.\n> Which size?\nNine."), "Last week.\nNine.");
    }

    #[test]
    fn nothing_is_left_empty() {
        assert_eq!(newest("> all of it is quoted"), "> all of it is quoted");
        assert_eq!(newest("Sent from my iPhone"), "Sent from my iPhone");
    }

    #[test]
    fn what_was_cut_is_kept() {
        assert_eq!(split("new\n> old").1.as_deref(), Some("> old"));
    }
}
