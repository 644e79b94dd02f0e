//! Extracts the customer's newest text: quoted history, signatures, device lines and disclaimers are
//! split off but kept. If nothing would be left, the inner message is read instead.

mod headers;
mod marks;
mod notices;
mod own_quotes;
mod pasted;
mod signature;

use crate::form::{self, Form};
use crate::message::{Mailbox, Message, Secret, clean};
use crate::relay;
use crate::secret::blot;
use headers::{Label, header, header_block, header_within};
pub use marks::{closes, is_name};
pub(crate) use marks::{find_either, is_attribution, is_dated, is_rule};
use marks::{
    is_device, is_divider, is_quote, is_ticket_line, may_end_attribution, opens_attribution, unquoted,
};
pub(crate) use notices::unmarked;
use notices::{banner, is_token, seen, token_within};
use own_quotes::own_quotes;
pub(crate) use own_quotes::{begins_mail, leads_up};
use pasted::pasted;
use signature::mark_signature;

/// A text split into its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// What they wrote this time.
    pub newest: String,
    /// The signature block.
    pub signature: Option<String>,
    /// Earlier messages.
    pub history: Option<String>,
}

impl Message {
    /// Sets the message's parts from raw text; of a contact form, returns what it says of the sender.
    pub fn take_text(&mut self, text: &str) -> Option<Form> {
        let mut text = clean(text);
        // Its first and last lines look like the borders of a quoted mail: it must go in one piece.
        if text.contains("PRIVATE KEY")
            && let Some(found) = blot(&text)
        {
            let theirs = |kind| Secret { kind, place: "the text".into(), theirs: true };
            self.secrets.extend(found.kinds.into_iter().map(theirs));
            text = found.text.into();
        }
        if let Some(passed) = relay::read(&text) {
            self.subject = self.subject.take().filter(|subject| !form::is_title(subject));
            self.take_words(passed.words);
            if passed.spoken {
                self.from = None;
                self.reply_to.clear();
                self.warnings.push("they rang and were recorded: no mail reaches them".into());
            }
            return None;
        }
        if let Some(form) = form::read(&text) {
            let title = self.subject.take().filter(|subject| !form::is_title(subject));
            self.subject = form.subject.clone().or(title);
            self.take_words(&form.message);
            if self.from.is_none() {
                self.from = Some(Mailbox { name: form.name.clone(), address: form.address.clone() });
            }
            return Some(form);
        }
        let (subject, text) = pasted(&text);
        if self.subject.is_none() {
            self.subject = subject.map(str::to_owned);
        }
        self.take_words(text);
        None
    }

    fn take_words(&mut self, text: &str) {
        let (text, only) = seen(text);
        if let Some(only) = only {
            self.unreadable = Some(only.into());
        }
        let (read, rest) = text.split_at(text.floor_char_boundary(READ));
        let parts = split(read);
        (self.text, self.signature, self.history) = (parts.newest, parts.signature, parts.history);
        let address = self.from.as_ref().and_then(|from| from.address.as_deref());
        self.earlier = match (&self.history, address) {
            (Some(history), Some(address)) => mails_from(address, history),
            _ => 0,
        };
        if !rest.is_empty() {
            self.warnings
                .push(format!("the message is very long; only its first {} kB were read", READ >> 10));
            self.history = Some(self.history.take().unwrap_or_default() + rest);
        }
    }
}

/// How many attributions or header blocks give this address as the sender.
fn mails_from(address: &str, history: &str) -> u32 {
    let lines: Vec<&str> = history
        .lines()
        .map(|line| line.trim_start_matches(['>', '|', ' ', '*']))
        .filter(|line| !line.is_empty())
        .collect();
    let address = address.to_lowercase();
    let names = |text: &str| text.to_lowercase().contains(&address);
    let mut seen = Vec::new();
    let mut at = 0;
    while at < lines.len() && seen.len() < 99 {
        let span = attribution_at(&lines, at);
        let head = lines[at..at + span.max(1)].join(" ");
        let by_them = names(&head) && (span > 0 || header(&head) == Some(Label::From));
        // A mail quoted at several depths counts once.
        if by_them && !seen.contains(&head) {
            seen.push(head);
        }
        at += span.max(1);
    }
    seen.len() as u32
}

/// What a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Own,
    Signature,
    History,
}

/// The most bytes read. Nobody writes more; logs and loops do.
pub const READ: usize = 256 << 10;

/// How many nested messages are opened when there is no text above them.
const DEEPEST: usize = 4;

/// Splits a text. If it is entirely quoted or forwarded, the innermost message is the newest text.
pub fn split(text: &str) -> Parts {
    let mut lines: Vec<&str> = text.lines().flat_map(before_attribution).collect();
    if let Some(first) = lines.iter_mut().find(|line| !line.trim().is_empty()) {
        *first = unmarked(first);
    }
    taken_apart(&lines, DEEPEST)
        .unwrap_or_else(|| Parts { newest: text.trim().to_owned(), ..Parts::default() })
}

/// `None` if no newest text is left.
fn taken_apart(lines: &[&str], depth: usize) -> Option<Parts> {
    let mut kinds = vec![Line::Own; lines.len()];
    mark_history(lines, &mut kinds);
    mark_signature(lines, &mut kinds);
    let parts = Parts {
        newest: joined(lines, &kinds, Line::Own).unwrap_or_default(),
        signature: joined(lines, &kinds, Line::Signature),
        history: joined(lines, &kinds, Line::History),
    };
    let parts = Parts { signature: signed(&parts.newest, parts.signature.as_deref()), ..parts };
    let empty = !parts.newest.chars().any(|c| c.is_alphanumeric() || !c.is_ascii());
    let pointer = points_below(&parts.newest) && parts.history.is_some();
    if !(empty || pointer) {
        return Some(parts);
    }
    let inside = if depth == 0 { None } else { inner(lines) };
    let read = inside.and_then(|(above, inner)| {
        let mut read = taken_apart(&inner, depth - 1)?;
        let above = above.join("\n");
        let history = [above.trim(), read.history.as_deref().unwrap_or("")];
        read.history = Some(history.join("\n").trim().to_owned()).filter(|h| !h.is_empty());
        Some(read)
    });
    read.or_else(|| (!empty).then_some(parts))
}

/// The signature, with the name that stands alone below their words: it stays there, and is known.
fn signed(newest: &str, signature: Option<&str>) -> Option<String> {
    let name = name_alone(newest);
    match (name, signature) {
        (Some(name), Some(signature)) => Some(format!("{name}\n{signature}")),
        (name, signature) => name.or(signature).map(str::to_owned),
    }
}

/// "Ann Lee" as the last line, below a blank one and words that have ended. One word alone may be
/// anything, unless it is a letter's.
fn name_alone(newest: &str) -> Option<&str> {
    let (above, name) = newest.rsplit_once('\n')?;
    let name = name.trim();
    let said = above.trim_end();
    let apart = above.ends_with('\n') && said.ends_with(['.', '!', '?', '…', ')']);
    let greets = said.lines().next().is_some_and(|first| first.trim_end().ends_with(',') && first.len() < 40);
    (apart && is_name(name) && !name.ends_with('.') && (name.contains(' ') || greets)).then_some(name)
}

/// "See below": the mail below is the actual message.
fn points_below(newest: &str) -> bool {
    const LONGEST: usize = 60;
    let words = newest.trim_matches(|c: char| !c.is_alphanumeric());
    if words.len() > LONGEST {
        return false;
    }
    [
        "fyi",
        "see below",
        "please see below",
        "pls see below",
        "as below",
        "please see the email below",
        "forwarding",
        "fwd",
    ]
    .contains(&words.to_lowercase().as_str())
}

/// Whether an older mail begins in these lines.
pub(crate) fn begins_history(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    (0..lines.len())
        .any(|at| is_divider(lines[at]) || header_block(&lines[at..]) > 0 || attribution_at(&lines, at) > 0)
}

/// What a mail sends on: the sender its headers name, and its words.
pub(crate) fn sent_on(text: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = text.lines().flat_map(before_attribution).collect();
    let at = (0..lines.len()).find(|&at| is_divider(lines[at]) || header_block(&lines[at..]) > 0)?;
    let (head, words) = inner(&lines[at..])?;
    // The last one wrote the innermost mail.
    let from = head.iter().rfind(|line| header(line) == Some(Label::From))?;
    let colon = find_either(from, b':', '：')?;
    let sender = from[colon..].trim_start_matches([':', '：', '*', ' ']).to_owned();
    Some((sender, words.join("\n")))
}

/// The lines above the inner message, and its own lines without quote marks.
fn inner<'a>(lines: &[&'a str]) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let mut at = 0;
    let mut moved = false;
    while at < lines.len() {
        let line = lines[at];
        let block = header_block(&lines[at..]);
        let attribution = attribution_at(lines, at);
        if is_divider(line) || is_ticket_line(line) {
            (at, moved) = (at + 1, true);
        } else if block > 0 {
            (at, moved) = (at + block, true);
        } else if attribution > 0 {
            (at, moved) = (at + attribution, true);
        } else if moved && at > 0 && is_divider(lines[at - 1]) && header(line).is_some() {
            // Of some headers only one is left.
            at += 1;
        } else if line.trim_matches(['>', ' ', '\t']).is_empty()
            || is_device(line)
            || is_rule(line)
            || !moved && points_below(line)
        {
            at += 1;
        } else {
            break;
        }
    }
    let mut inner: Vec<&str> = lines[at..].to_vec();
    let mut stripped = false;
    if inner.first().is_some_and(|l| is_quote(l)) {
        for line in &mut inner {
            if let Some(rest) = unquoted(line) {
                *line = rest.strip_prefix(' ').unwrap_or(rest);
                stripped = true;
            }
        }
    }
    (moved || stripped).then(|| (lines[..at].to_vec(), inner))
}

fn joined(lines: &[&str], kinds: &[Line], kind: Line) -> Option<String> {
    let of_kind: Vec<&str> =
        lines.iter().zip(kinds).filter(|(_, k)| **k == kind).map(|(line, _)| line.trim_end()).collect();
    Some(of_kind.join("\n").trim_matches('\n').trim_end().to_owned()).filter(|text| !text.trim().is_empty())
}

/// Splits off an attribution or headers that lost their line break.
fn before_attribution(line: &str) -> impl Iterator<Item = &str> {
    let at = line
        .ends_with(':')
        .then(|| line.match_indices(" On ").map(|(at, _)| at).find(|&at| is_attribution(&line[at..], false)))
        .flatten()
        .or_else(|| header_within(line))
        .or_else(|| token_within(line))
        .filter(|&at| !line[..at].trim().is_empty() && !line.trim_start().starts_with('>'));
    let (own, rest) = line.split_at(at.unwrap_or(line.len()));
    std::iter::once(own).chain(at.map(|_| rest))
}

/// The length in lines of the attribution at `at`; 0 if there is none.
fn attribution_at(lines: &[&str], at: usize) -> usize {
    let first = lines[at].trim();
    if first.is_empty() {
        return 0;
    }
    let year = first.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(['1', '2']);
    let mut text = String::new();
    for span in 1..=6.min(lines.len() - at) {
        let line = lines[at + span - 1].trim();
        if line.is_empty() {
            // Some clients put the address on its own.
            if lines.get(at + span).is_some_and(|next| next.trim_start().starts_with('<')) {
                continue;
            }
            break;
        }
        if span > 1 {
            text.push(' ');
        }
        text.push_str(line);
        if text.len() > 420 {
            break;
        }
        if !year && !may_end_attribution(line) {
            continue;
        }
        let quoted = lines[at + span..].iter().find(|l| !l.trim().is_empty()).is_some_and(|l| is_quote(l));
        if is_attribution(&text, quoted) {
            // Prefer the shortest form: a sentence above isn't part of it.
            let shorter = (1..span).any(|skip| {
                let trimmed = |from: usize, to: usize| {
                    lines[from..to].iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ")
                };
                let (above, rest) = (trimmed(at, at + skip), trimmed(at + skip, at + span));
                // Only the address may stand on a line of its own.
                let whole = is_dated(&rest)
                    || ends_sentence(&above)
                    || !is_dated(&above) && !rest.starts_with(['<', '(']) && !opens_attribution(&above);
                whole && is_attribution(&rest, quoted)
            });
            return if shorter { 0 } else { span };
        }
    }
    0
}

/// Ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', ')'])
        && line.split_whitespace().nth(2).is_some()
        || line.ends_with(['。', '！', '？'])
}

fn mark_history(lines: &[&str], kinds: &mut [Line]) {
    let mut at = banner(lines);
    kinds[..at].fill(Line::History);
    let own = own_quotes(lines);
    let is_own = |at: usize| own.contains(&at) || !is_rule(lines[at]) && !is_device(lines[at]);
    while at < lines.len() {
        let line = lines[at];
        if line.trim().is_empty() || own.contains(&at) {
            at += 1;
            continue;
        }
        if is_quote(line) || wraps_quote(lines, at) || is_token(line) {
            kinds[at] = Line::History;
            at += 1;
            continue;
        }
        let headers = header_block(&lines[at..]);
        if is_ticket_line(line) || is_divider(line) || headers > 0 {
            kinds[at..].fill(Line::History);
            return;
        }
        let attribution = attribution_at(lines, at);
        if attribution > 0 {
            kinds[at..at + attribution].fill(Line::History);
            let below = lines[at + attribution..].iter().find(|l| !l.trim().is_empty());
            let quoted = below.is_some_and(|l| is_quote(l) || l.trim_start().starts_with("| "));
            let own_above =
                (0..at).any(|n| kinds[n] == Line::Own && !lines[n].trim().is_empty() && is_own(n));
            // With nothing above the attribution, the reply is below it.
            if !quoted && own_above || below.is_some_and(|l| l.trim_start().starts_with("| ")) {
                kinds[at..].fill(Line::History);
                return;
            }
            at += attribution;
            continue;
        }
        at += 1;
    }
}

/// A wrapped remainder of a quoted line: between two quoted lines, mid-sentence.
fn wraps_quote(lines: &[&str], at: usize) -> bool {
    let (Some(above), Some(below)) = (at.checked_sub(1).map(|n| lines[n]), lines.get(at + 1)) else {
        return false;
    };
    is_quote(above)
        && is_quote(below)
        && above.trim_end().len() >= 60
        && !above.trim_end().ends_with(['.', '!', '?', ':'])
        && lines[at].trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(text: &str) -> String {
        split(text).newest
    }

    #[test]
    fn attributions_of_every_client() {
        for line in [
            "On Mon, 3 Nov 2025 at 10:12, Care <care@x.example> wrote:",
            "On Mon, Nov 3, 2025 at 10:12 AM Care Team via Desk <\ncare@x.example> wrote:",
            "On 3/11/25 10:12, Care wrote:",
            "On Nov 3, 2025, at 10:12 AM, Care wrote:",
            "On Monday, November 3, 2025, 10:12:00 AM GMT+1, Care <care@x.example> wrote:",
            "--- On Mon, 3/11/25, Care <care@x.example> wrote:",
            "---- On Mon, 03 Nov 2025 10:12:00 +0100 Care <care@x.example> wrote ----",
            "-----Care wrote: -----",
            "In a message dated 11/3/2025 10:12:00 A.M. Eastern Time, care@x.example writes:",
            "2025-11-03 10:12 GMT+01:00 Care <care@x.example>:",
            "2025/11/3 Care <care@x.example>",
            "On Mon, Nov 3, 2025 at 10:12 AM Care\n\n<\nmailto:Care <care@x.example>\n> wrote:",
            "---- Care wrote ----",
            "-----Antwort Nachricht-----",
            "Date: Mon, 3 Nov 2025 10:12:00 +0100\nTo: ann@x.example",
            "Care <care@x.example> wrote on Mon, 3 Nov 2025 at 10:12:",
            "Am 3. Nov. 2025 um 10:12 schrieb Care <care@x.example>:",
            "Am 03.11.25 um 10:12 schrieb Care:",
            "Care <care@x.example> schrieb am Mo., 3. Nov. 2025, 10:12:",
            "Le lun. 3 nov. 2025 à 10:12, Care <care@x.example> a\nécrit :",
            "El lun, 3 nov 2025 a las 10:12, Care (<care@x.example>) escribió:",
            "Il giorno lun 3 nov 2025 alle ore 10:12 Care <care@x.example> ha scritto:",
            "Em seg., 3 de nov. de 2025 às 10:12, Care <care@x.example> escreveu:",
            "Op ma 3 nov 2025 om 10:12 schreef Care <care@x.example>:",
            "Op 3 nov. 2025 10:12 schreef \"Care\" <care@x.example> het\nvolgende geschreven:",
            "Den mån 3 nov. 2025 kl 10:12 skrev Care <care@x.example>:",
            "man. 3. nov. 2025 kl. 10.12 skrev Care <care@x.example>:",
            "ma 3. marrask. 2025 klo 10.12 Care (care@x.example) kirjoitti:",
            "pon., 3 lis 2025 o 10:12 Care <care@x.example> napisał(a):",
            "W dniu 3.11.2025 o 10:12, Care pisze:",
            "po 3. 11. 2025 v 10:12 odesílatel Care <care@x.example> napsal:",
            "Care <care@x.example> ezt írta (időpont: 2025. nov. 3., H, 10:12):",
            "În lun., 3 nov. 2025 la 10:12, Care <care@x.example> a scris:",
            "Care <care@x.example>, 3 Kas 2025 Pzt, 10:12 tarihinde şunu yazdı:",
            "пн, 3 нояб. 2025 г. в 10:12, Care <care@x.example>:",
            "3 нояб. 2025 г., в 10:12, Care <care@x.example> написал(а):",
            "Στις Δευ 3 Νοε 2025 στις 10:12 π.μ., ο χρήστης Care <care@x.example> έγραψε:",
            "在 2025年11月3日 10:12，Care <care@x.example> 写道：",
            "2025年11月3日(月) 10:12 Care <care@x.example>:",
            "2025년 11월 3일 (월) 오전 10:12, Care <care@x.example>님이 작성:",
            "בתאריך יום ב׳, 3 בנוב׳ 2025 ב-10:12 מאת Care <care@x.example>:",
            "Vào Th 2, 3 thg 11, 2025 vào lúc 10:12 Care <care@x.example> đã viết:",
        ] {
            for below in ["> We are on it.", "We are on it."] {
                let text = format!("Still nothing.\n\n{line}\n\n{below}\n");
                assert_eq!(newest(&text), "Still nothing.", "{line}\n{below}");
            }
        }
    }

    #[test]
    fn what_people_write_is_no_attribution() {
        for text in [
            "On Monday your agent wrote:\nwe will refund you by Friday.\nThat was a lie.",
            "On 3 November 2025 at 10:12 your agent Dean wrote:\nyou will get it.\nI did not.",
            "This is what she wrote:\n\nNo refund.\n\nIs that right?",
            "My booking:\nFrom: London\nTo: Lisbon\nDate: 3 May\n\nNobody told us it was cancelled.",
            "Ordered: 2 May\nPaid: 3 May\nDelivered: never",
            "Here is what happened at 10:12 on 3 November 2025:\nthe driver left.",
            "I want one of these:\n- Refund\n-Replacement",
            "I want this:\n-Refund",
            "Sent from my desk, which is easier than the phone.\nStill broken.",
            "I waited. --\nThen nobody came. My number is below.\n***\nPlease answer this time, it is the third mail.",
        ] {
            assert_eq!(split(text), Parts { newest: text.into(), ..Parts::default() });
        }
    }

    #[test]
    fn headers_and_dividers_of_older_mail() {
        for below in [
            "-----Original Message-----\nFrom: A\nold",
            "________________________________\nFrom: Care <c@x.example>\nSent: Monday\nTo: Ann\nSubject: Re\n\nold",
            "*From:* Care\n*Sent:* Monday\n*To:* ann@x.example\n*Subject:* Re\n\nold",
            "Von: Care <c@x.example>\nGesendet: Montag\nAn: Ann\nBetreff: AW\n\nalt",
            "De : Care\nEnvoyé : lundi\nÀ : Ann\nObjet : Re\n\nvieux",
            "Da: Care\nInviato: lunedì\nA: Ann\nOggetto: R\n\nvecchio",
            "差出人: Care\n送信日時: 月曜日\n宛先: Ann\n件名: Re\n\n古い",
            "-------- Oprindelig besked --------\nFra: Care",
            "----- Исходное сообщение -----\nОт: Care",
            "##- Please type your reply above this line -##\nWe got your mail.",
            "--- Bitte antworten Sie oberhalb dieser Linie ---\nDanke.",
        ] {
            assert_eq!(newest(&format!("Where is it?\n\n{below}")), "Where is it?", "{below}");
        }
    }

    #[test]
    fn answers_between_and_below_quotes_stay() {
        assert_eq!(newest("> When did you order?\nLast week.\n> Which size?\nNine."), "Last week.\nNine.");
        assert_eq!(
            newest("On Mon, 3 Nov 2025 at 10:12, Care <c@x.example> wrote:\n> Which size?\n\nNine."),
            "Nine."
        );
        assert_eq!(
            newest("On Mon, 3 Nov 2025 at 10:12, Care <c@x.example> wrote:\n\nNine, as I said."),
            "Nine, as I said."
        );
        assert_eq!(
            newest(
                "> We are sorry to hear about the trouble you had with your most\nrecent order\n> and will look into it.\nWhen?"
            ),
            "When?"
        );
    }

    #[test]
    fn forwards_are_read_where_nothing_stands_above() {
        let forward = "---------- Forwarded message ---------\nFrom: Ann <a@x.example>\nDate: Mon, 3 Nov 2025\nSubject: Late boots\nthat I ordered\nTo: <care@x.example>\n\n\nMy boots are late.\n";
        assert_eq!(newest(forward), "My boots are late.");
        assert_eq!(newest(&format!("FYI\n\n{forward}")), "My boots are late.");
        assert_eq!(newest(&format!("This is what I sent you.\n\n{forward}")), "This is what I sent you.");
        let apple = "Begin forwarded message:\n\n> From: Ann <a@x.example>\n> Subject: Late\n> Date: 3 Nov 2025\n> To: care@x.example\n>\n> My boots are late.\n";
        assert_eq!(newest(apple), "My boots are late.");
    }

    #[test]
    fn signatures_devices_and_disclaimers_go() {
        let signed = split("Where is it?\n-- \nAnn Lee\n555 0100");
        assert_eq!(
            (signed.newest.as_str(), signed.signature.as_deref()),
            ("Where is it?", Some("-- \nAnn Lee\n555 0100".replace("-- ", "--").as_str()))
        );
        for below in [
            "Sent from my iPhone",
            "Get Outlook for iOS<https://x.example/o>",
            "Von meinem iPhone gesendet",
            "Envoyé de mon iPhone",
            "iPhoneから送信",
            "(Sent from a phone. Excuse typos.)",
            "____________\nAnn Lee\nwww.x.example",
            "---\nAnn",
            "-Ann Lee",
            "-----",
            "This e-mail is confidential and intended only for the addressee. If you are not the intended recipient, delete it.",
            "Diese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt. Bitte löschen Sie sie.",
            "Please consider the environment before printing this email.",
        ] {
            assert_eq!(newest(&format!("Where is it?\n\n{below}")), "Where is it?", "{below}");
        }
        assert_eq!(
            newest(
                "Where is it?\n\nKind regards,\nAnn Lee\nHead of Buying, Acme\nTel: +44 20 7946 0000\nwww.acme.example"
            ),
            "Where is it?"
        );
        // A name above its card stays, as it would without one.
        let card = split("Where is it?\n\nAnn Lee\nann@x.example\n(555) 010-0199");
        assert_eq!(card.newest, "Where is it?\n\nAnn Lee");
        assert_eq!(card.signature.as_deref(), Some("Ann Lee\nann@x.example\n(555) 010-0199"));
        assert_eq!(newest("It broke.\n\nSent from my iPhone\n\nWe are on it."), "It broke.");
        assert_eq!(
            newest("It broke.\n\nSent from my iPhone\n\nPS: order 12345"),
            "It broke.\n\n\nPS: order 12345"
        );
        let reference = "Where is it?\n\nThanks,\nAnn\nOrder 12345\n020 7946 0000";
        assert_eq!(newest(reference), reference);
    }

    #[test]
    fn nothing_is_left_empty() {
        assert_eq!(newest("> all of it is quoted"), "all of it is quoted");
        assert_eq!(newest("Sent from my iPhone"), "Sent from my iPhone");
        assert_eq!(newest("👎\n\nSent from my iPhone"), "👎");
        assert_eq!(newest("Sent from my phone\n\nIt broke."), "It broke.");
        assert_eq!(newest("--"), "--");
        assert_eq!(newest(""), "");
    }

    #[test]
    fn earlier_mails_of_theirs_are_counted() {
        let thread = "Any news?\n\nOn Tue, 4 Nov 2025 at 10:12, Care <care@x.example> wrote:\n> We are on it.\n>\n> On Mon, 3 Nov 2025 at 10:12, Ann <Ann@x.example> wrote:\n>> Still nothing.\n>>\n>> From: Ann <ann@x.example>\n>> Sent: Sunday, 2 November 2025 10:12\n>> To: Care\n>> Subject: Late\n>>\n>> It is late.\n";
        let from = Some(Mailbox { name: None, address: Some("ann@x.example".into()) });
        let mut message = Message { from, ..Message::default() };
        message.take_text(thread);
        assert_eq!((message.text.as_str(), message.earlier), ("Any news?", 2));
    }

    #[test]
    fn what_was_cut_is_kept() {
        assert_eq!(split("new\n> old").history.as_deref(), Some("> old"));
    }
}
