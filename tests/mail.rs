//! Mail as it really comes, and as it comes to break programs: read right, and inert in every
//! output.

use amends::plan::Options;
use amends::record::{self, HoldLine, Posting};
use amends::render::Templates;
use amends::reply::{Record, reply};
use amends_inbox::formats::{Format, single};
use amends_inbox::message::Message;
use amends_phrasebook::Phrasebook;
use jiff::civil::date;
use mail_parser::MessageParser;
use std::sync::LazyLock;

static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| amends::built_in::phrasebook().unwrap());
static TEMPLATES: LazyLock<Templates> = LazyLock::new(Templates::built_in);
const OWN: &[&str] = &["@northlane.example"];

fn read(bytes: &[u8]) -> Message {
    single("m", bytes, Format::Email, OWN).unwrap()
}

fn draft(message: &Message) -> Record {
    let options = Options::on(date(2026, 11, 23));
    reply(&BOOK, &TEMPLATES, message, &options)
}

fn eml(message: &Message) -> Option<String> {
    let posting = Posting {
        company: &BOOK.company,
        agent: "Sam",
        now: 1_795_435_200,
        today: date(2026, 11, 23),
        as_html: false,
        hold_line: HoldLine::Shown,
    };
    let bytes = record::eml(&draft(message), message, &posting)?;
    Some(String::from_utf8(bytes).unwrap())
}

/// A mail with the usual headers.
fn mail(head: &str, body: &str) -> Message {
    read(
        format!("From: Ann Lee <ann@x.example>\nTo: care@northlane.example\nSubject: Late\n{head}\n\n{body}")
            .as_bytes(),
    )
}

const WORDS: &str = "My boots arrived broken and I want a refund.";

/// Every shape in which these words can come: one long table.
#[test]
fn the_words_are_found_in_any_shape() {
    let base64 = "TXkgYm9vdHMgYXJyaXZlZCBicm9rZW4gYW5kIEkgd2FudCBhIHJlZnVuZC4=";
    let part = |kind: &str, body: &str| format!("--b\nContent-Type: {kind}\n\n{body}\n");
    let multi = |kind: &str, parts: &[String]| {
        mail(
            &format!("MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b"),
            &(parts.concat() + "--b--\n"),
        )
    };
    let html = format!("<p>{WORDS}</p>");
    for (name, message) in [
        ("plain", mail("X: y", WORDS)),
        ("html alone", mail("Content-Type: text/html", &html)),
        ("base64", mail("Content-Transfer-Encoding: base64", base64)),
        ("base64 without its end", mail("Content-Transfer-Encoding: base64", base64.trim_end_matches('='))),
        (
            "quoted-printable",
            mail(
                "Content-Transfer-Encoding: quoted-printable",
                "My boots arrived bro=\nken and I want a=20refund.",
            ),
        ),
        (
            "alternative",
            multi("alternative", &[part("text/plain", WORDS), part("text/html", "<p>other</p>")]),
        ),
        ("blank text", multi("alternative", &[part("text/plain", " \n"), part("text/html", &html)])),
        (
            "stub",
            multi("alternative", &[part("text/plain", "Use an HTML mail reader."), part("text/html", &html)]),
        ),
        ("amp", multi("alternative", &[part("text/x-amp-html", "x"), part("text/html", &html)])),
        (
            "attachment",
            multi("mixed", &[part("text/plain", WORDS), part("application/pdf; name=a.pdf", "x")]),
        ),
        (
            "log attached",
            multi(
                "mixed",
                &[
                    part("text/plain", WORDS),
                    part("text/plain\nContent-Disposition: attachment; filename=l.txt", "fraud"),
                ],
            ),
        ),
        ("signed", multi("signed", &[part("text/plain", WORDS), part("application/pgp-signature", "x")])),
        (
            "two texts",
            multi(
                "mixed",
                &[part("text/plain", "My boots arrived broken"), part("text/plain", "and I want a refund.")],
            ),
        ),
        ("never ends", mail("Content-Type: multipart/mixed; boundary=b", &part("text/plain", WORDS))),
        ("no such boundary", mail("Content-Type: multipart/mixed; boundary=zz", WORDS)),
        (
            "invitation beside it",
            multi("alternative", &[part("text/plain", WORDS), part("text/calendar", "BEGIN:VCALENDAR")]),
        ),
        (
            "mail carried inside",
            multi(
                "mixed",
                &[
                    part("text/plain", ""),
                    part("message/rfc822", &format!("From: b@x.example\nSubject: x\n\n{WORDS}")),
                ],
            ),
        ),
        (
            "inline signature",
            mail(
                "X: y",
                &format!(
                    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{WORDS}\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
                ),
            ),
        ),
        ("uuencoded file", mail("X: y", &format!("{WORDS}\n\nbegin 644 a.jpg\nM_]C_X``\n`\nend\n"))),
    ] {
        assert_eq!(message.text.split_whitespace().collect::<Vec<_>>().join(" "), WORDS, "{name}");
        assert_eq!(message.unreadable, None, "{name}");
    }
}

#[test]
fn line_ends_and_leading_dirt_do_not_matter() {
    let head = "From: Ann Lee <ann@x.example>\nSubject: Late\n";
    for text in [
        format!("\n \n{head}\n{WORDS}"),
        format!("\u{feff}{head}\n{WORDS}"),
        format!("From ann@x.example Mon Nov  3 10:00:00 2025\n{head}\n{WORDS}"),
        format!("{head}\n{WORDS}").replace('\n', "\r\n"),
        format!("{head}\n{WORDS}").replace('\n', "\r"),
        format!("{}\n{WORDS}", head.replace('\n', "\r\n")),
        format!("{head}Date: Mon, 3 Nov 2025 10:00:00 UT\nX: y\n\n{WORDS}"),
    ] {
        let message = read(text.as_bytes());
        let from = message.from.unwrap();
        assert_eq!((from.name.as_deref(), message.text.as_str()), (Some("Ann Lee"), WORDS), "{text:?}");
    }
}

#[test]
fn charsets_declared_or_not() {
    for (head, body, text) in [
        ("X: y", &b"caf\xe9 for \x80 5"[..], "café for € 5"),
        ("Content-Type: text/plain; charset=iso-8859-1", b"\x93late\x94", "“late”"),
        ("Content-Type: text/plain; charset=us-ascii", "café".as_bytes(), "café"),
        ("Content-Type: text/plain; charset=windows-1251", b"\xc2\xee\xe7\xe2\xf0\xe0\xf2", "Возврат"),
        ("Content-Type: text/plain; charset=koi8-r", b"\xf7\xcf\xda\xd7\xd2\xc1\xd4", "Возврат"),
        ("Content-Type: text/plain; charset=gb18030", b"\xcd\xcb\xbb\xf5", "退货"),
        ("Content-Type: text/plain; charset=big5", b"\xb0\x68\xb3\x66", "退貨"),
        ("Content-Type: text/plain; charset=euc-kr", b"\xc8\xaf\xba\xd2", "환불"),
        ("Content-Type: text/plain; charset=shift_jis", b"\x95\xd4\x95\x69", "返品"),
        ("Content-Type: text/plain; charset=iso-2022-jp", b"\x1b$BJVIJ\x1b(B", "返品"),
        ("X: y", b"\x1b$BJVIJ\x1b(B", "返品"),
        ("Content-Type: text/plain; charset=no-such-thing", b"caf\xe9", "café"),
        ("Content-Type: text/html", b"<meta charset=windows-1251>\xc2\xee\xe7\xe2\xf0\xe0\xf2", "Возврат"),
    ] {
        let bytes = [b"From: a@x.example\nSubject: s\n", head.as_bytes(), b"\n\n", body].concat();
        assert_eq!(read(&bytes).text, text, "{head}");
    }
}

#[test]
fn words_of_headers_are_decoded() {
    for (raw, subject) in [
        ("=?utf-8?B?eHB0bw?=", "xpto"),
        ("Re:=?utf-8?q?Late?=, =?utf-8?q?lost?=!", "Re:Late, lost!"),
        ("=?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?=", "café"),
        ("=?iso-2022-jp?B?GyRCSlYbKEI=?= =?iso-2022-jp?B?GyRCSUobKEI=?=", "返品"),
        ("=?utf-8?q?a=0D=0ABcc:_x@y.example?=", "a Bcc: x@y.example"),
        ("=?utf-8?q?=E2=80=AEtxt?=", "txt"),
    ] {
        let message = read(format!("From: a@x.example\nSubject: {raw}\n\nhi").as_bytes());
        assert_eq!(message.subject.as_deref(), Some(subject), "{raw}");
    }
}

#[test]
fn what_cannot_be_read_is_said_and_not_answered() {
    for (head, body, why) in [
        ("Content-Type: application/pkcs7-mime", "AAAA", "encrypted"),
        (
            "Content-Type: multipart/encrypted; boundary=b",
            "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nAAAA\n--b--\n",
            "encrypted",
        ),
        ("X: y", "-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n", "encrypted"),
        ("Content-Type: text/calendar", "BEGIN:VCALENDAR", "calendar"),
        ("Content-Type: application/ms-tnef", "AAAA", "winmail.dat"),
        ("Content-Type: image/png\nContent-Disposition: attachment", "AAAA", "attachments"),
        ("X: y", " ", "no text"),
    ] {
        let message = mail(head, body);
        assert!(
            message.unreadable.as_deref().is_some_and(|w| w.contains(why)),
            "{head}: {:?}",
            message.unreadable
        );
        let record = draft(&message);
        assert!(record.draft.is_none(), "{head}");
        assert!(record.reading.unwrap().why_not.unwrap().contains(why), "{head}");
    }
}

#[test]
fn machines_get_no_answer_and_people_do() {
    let auto = draft(&mail("Auto-Submitted: auto-replied", WORDS));
    let reading = auto.reading.unwrap();
    assert!(auto.draft.is_none());
    assert_eq!((reading.kind, reading.answerable), ("machine", false));
    assert_eq!(reading.why_not.as_deref(), Some("Auto-Submitted: auto-replied"));
    assert!(draft(&mail("Auto-Submitted: no", WORDS)).draft.is_some());
    assert!(draft(&mail("X: y", &format!("All I get is an automatic reply. {WORDS}"))).draft.is_some());
    for (subject, text) in [
        ("Out of office", "Your courier left the printer out of office hours in front of our locked door."),
        ("RE: Auto reply", "I cannot find the switch for the auto reply in your app. How do I turn it off?"),
    ] {
        let message = read(format!("From: Ann <ann@x.example>\nSubject: {subject}\n\n{text}").as_bytes());
        assert!(draft(&message).reading.unwrap().answerable, "{subject}");
    }
}

#[test]
fn answers_go_where_they_were_asked_to() {
    let to = |head: &str| {
        let sent = eml(&mail(head, WORDS)).unwrap();
        let parsed = MessageParser::default().parse(sent.as_bytes()).unwrap();
        parsed.to().unwrap().iter().map(|a| a.address().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(to("X: y"), ["ann@x.example"]);
    assert_eq!(to("Reply-To: Ann <other@y.example>"), ["other@y.example"]);
    assert_eq!(to("Reply-To: a@y.example, b@y.example"), ["a@y.example"]);
    assert_eq!(to("Reply-To: "), ["ann@x.example"]);
    assert_eq!(to("Reply-To: care@northlane.example"), ["ann@x.example"]);
    assert_eq!(to("Reply-To: not an address"), ["ann@x.example"]);
}

#[test]
fn odd_senders_are_pointed_out() {
    let warned = |mail: &str| {
        let message = read(format!("{mail}\nSubject: s\n\n{WORDS}").as_bytes());
        (message.from.clone().and_then(|f| f.address), message.warnings.join(" "))
    };
    let (_, said) = warned("From: Ann <ann@x.example>\nFrom: Bo <bo@x.example>");
    assert!(said.contains("two senders, ann@x.example and Bo <bo@x.example>"), "{said}");
    let (_, said) = warned("From: Ann <ann@x.example>, Bo <bo@x.example>");
    assert!(said.contains("two senders, ann@x.example and bo@x.example"), "{said}");
    let (address, said) = warned("From: =?utf-8?q?=40evil.example?=@x.example");
    assert!(address.is_none() && said.contains("not valid"), "{address:?} {said}");
    let message = read(format!("From: Lopez, Maria <m@x.example>\nSubject: s\n\n{WORDS}").as_bytes());
    let from = message.from.clone().unwrap();
    assert_eq!((from.name.as_deref(), from.address.as_deref()), (Some("Lopez, Maria"), Some("m@x.example")));
    assert_eq!(draft(&message).reading.unwrap().facts.name.as_deref(), Some("Maria"));
    let (_, said) = warned("From: \"boss@bank.example\" <ann@x.example>");
    assert!(said.contains("boss@bank.example") && said.contains("ann@x.example"), "{said}");
    let (_, said) = warned("From: Ann <ann@x.example>\nReply-To: ann@elsewhere.example");
    assert!(said.contains("elsewhere.example"), "{said}");
}

#[test]
fn a_thread_goes_on() {
    let threaded = |head: &str| eml(&mail(head, WORDS)).unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
    let sent = threaded(
        "Message-ID: <3@x.example>\nReferences: <1@x.example>\n <2@x.example>\nIn-Reply-To: <2@x.example>",
    );
    assert!(sent.contains("In-Reply-To: <3@x.example>\r\n"), "{sent}");
    assert!(sent.contains("References: <1@x.example> <2@x.example> <3@x.example>\r\n"), "{sent}");
    let sent = threaded("Message-ID: <3@x.example>\nIn-Reply-To: <2@x.example>");
    assert!(sent.contains("References: <2@x.example> <3@x.example>\r\n"), "{sent}");
    let sent = threaded("X: y");
    assert!(!sent.contains("In-Reply-To") && !sent.contains("References"), "{sent}");
    assert!(sent.contains("Subject: Re: Late\r\n"), "{sent}");
}

/// Text made to break out of wherever it is put.
const HOSTILE: &[&str] = &[
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{9b}31m",
    "Ann\r\nBcc: victim@x.example\r\n\r\nbody",
    "Ann\u{2028}Bcc: victim@x.example",
    "\u{202e}nnA\u{202c}",
    "{{ 7 * 7 }}{% for x in range(end=9) %}x{% endfor %}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\0\u{8}\u{7f}",
    "4111 1111 1111 1111",
];

#[test]
fn hostile_text_is_inert_in_every_output() {
    for hostile in HOSTILE {
        let coded: String = hostile.bytes().map(|b| format!("={b:02X}")).collect();
        let word = format!("=?utf-8?Q?{coded}?=");
        let raw = format!(
            "From: {word} <ann@x.example>\nReply-To: {word} <ann@y.example>\nSubject: {word}\nMessage-ID: <{word}@x.example>\nReferences: <a{word}>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{coded} My order {coded} is late, I want a refund.\n{coded}\n"
        );
        let message = read(raw.as_bytes());
        let record = draft(&message);
        let sent = eml(&message).unwrap_or_default();
        let notes = record::notes(&record).join("\n");
        let reading = record::reading(record.reading.as_ref().unwrap());
        for shown in [&record::text(&record, HoldLine::Shown), &notes, &reading, &sent.replace("\r\n", "\n")]
        {
            assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{hostile:?}: {shown:?}");
            assert!(!shown.contains(['\u{202e}', '\u{2028}']), "{hostile:?}: {shown:?}");
            assert!(!shown.contains("4111 1111"), "{hostile:?}: {shown}");
        }
        assert!(!record::text(&record, HoldLine::Shown).contains("49"), "{hostile:?}");
        let json = record::jsonl(&record);
        assert!(!json.contains("4111 1111") && json.lines().count() == 1, "{hostile:?}");
        let (head, _) = sent.split_once("\r\n\r\n").unwrap_or_default();
        assert!(!head.contains("\nBcc"), "{hostile:?}: {head}");
    }
}

/// What RFC 5322 asks of a mail, of each that is written.
#[test]
fn every_written_mail_is_well_formed() {
    let long = "Wörter ".repeat(80);
    for message in [
        mail("Message-ID: <1@x.example>", WORDS),
        mail(&format!("Message-ID: <1@x.example>\nReferences: {}", "<aaaaaaaaaaaaaaaaaaaaaaa@x.example>\n ".repeat(60).trim_end()), WORDS),
        read(format!("From: Jürgen \"J.\" Größe, Dr. <j@x.example>\nSubject: {long}\nMessage-ID: <\"odd id\"@x.example>\n\n{WORDS}").as_bytes()),
        read(format!("From: =?utf-8?q?{}?= <j@x.example>\nSubject: x\n\n{WORDS}", "=C3=BC".repeat(60)).as_bytes()),
    ] {
        let sent = eml(&message).unwrap();
        let (head, body) = sent.split_once("\r\n\r\n").unwrap();
        assert!(head.is_ascii(), "{head}");
        assert!(!sent.replace("\r\n", "").contains(['\r', '\n']), "{sent}");
        assert!(sent.split("\r\n").all(|line| line.len() <= 998), "{sent}");
        assert!(head.split("\r\n").all(|line| line.len() <= 78 || !line.contains(' ')), "{head}");
        for name in ["From: ", "To: ", "Subject: ", "Date: ", "Message-ID: ", "MIME-Version: "] {
            let times = head.split("\r\n").filter(|l| l.to_lowercase().starts_with(&name.to_lowercase())).count();
            assert_eq!(times, 1, "{name}{head}");
        }
        assert!(!body.trim().is_empty());
        let parsed = MessageParser::default().parse(sent.as_bytes()).unwrap();
        assert_eq!(parsed.subject().map(|s| s.to_lowercase().matches("re:").count()), Some(1));
        let body = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(body.trim(), draft(&message).draft.unwrap().body.trim());
    }
}

#[test]
fn zero_width_tricks_do_not_hide_words() {
    let shown = draft(&mail(
        "Content-Type: text/plain; charset=utf-8",
        "My par\u{200b}cel never arrived and I want a ref\u{200d}und.",
    ));
    let reading = shown.reading.unwrap();
    assert_eq!(reading.wants, ["refund"]);
}

#[test]
fn giants_are_refused_or_read_but_never_lost_in() {
    let deep: String =
        (0..30_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let parts = "--b\nContent-Type: text/plain\n\nx\n".repeat(100_000);
    for mail in [
        format!("From: a@x.example\nSubject: s\n{deep}"),
        format!("From: a@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"),
    ] {
        let error = single("m", mail.as_bytes(), Format::Email, OWN).unwrap_err();
        assert!(error.message.contains("too deeply"), "{}", error.message);
    }
    let line = "late ".repeat(4_000_000);
    let message = read(format!("From: a@x.example\nSubject: s\n\n{line}").as_bytes());
    assert!(message.text.len() <= 256 << 10 && message.warnings[0].contains("first 256 kB"));
    let words = |text: &str| text.matches("late").count();
    assert_eq!(words(&message.text) + words(&message.history.unwrap()), 4_000_000);
    let error = single("m", &vec![b'x'; 26 << 20], Format::Email, OWN).unwrap_err();
    assert!(error.message.contains("larger than 25 MiB"), "{}", error.message);
    let nested = format!(
        "From: a@x.example\nSubject: s\nContent-Type: text/html\n\n{}late",
        "<div><style>".repeat(100_000)
    );
    assert!(single("m", nested.as_bytes(), Format::Email, OWN).is_ok());
}
