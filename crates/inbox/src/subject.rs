//! Subjects of replies and forwards: their prefixes in clients' languages.

use crate::newest::unmarked;

/// Prefixes before the colon, without counters.
#[rustfmt::skip]
const REPLIES: &[&str] = &[
    "re", "aw", "sv", "antw", "antwort", "vs", "res", "rif", "rif.", "r", "odp", "vá", "ynt", "ht", "bls",
    "réf", "ref.", "rép", "réponse", "bts", "ats", "atb", "ytb", "απ", "σχετ", "отв", "ответ", "відп",
    "hrv", "odg", "ods", "回复", "回覆", "答复", "答覆", "返信", "回信", "회신", "답장", "השב", "תשובה",
    "رد", "پاسخ", "trả lời", "ตอบกลับ",
];
/// The same of a mail sent on.
#[rustfmt::skip]
const FORWARDS: &[&str] = &[
    "fwd", "fw", "wg", "tr", "rv", "enc", "i", "pd", "vb", "vl", "ilt", "i̇lt", "trs", "doorst", "fs", "vd",
    "továbbítás", "πρθ", "пер", "пересл", "转发", "轉寄", "轉發", "転送", "전달", "הועבר", "إعادة توجيه",
    "chuyển tiếp", "ส่งต่อ",
];

/// The subject without prefixes, whatever they are: "RE :", "Re[2]:", "AW: WG:", "回复：".
pub fn bare(subject: &str) -> &str {
    let mut rest = unmarked(subject.trim());
    while let Some((_, after)) = prefix(rest) {
        rest = after;
    }
    rest
}

/// Whether the subject says that the mail is sent on: "Fwd: Late order".
pub fn is_forward(subject: &str) -> bool {
    prefix(unmarked(subject.trim())).is_some_and(|(forward, _)| forward)
}

/// Whether the first prefix is that of a mail sent on, and what is behind it.
fn prefix(subject: &str) -> Option<(bool, &str)> {
    let (prefix, after) = subject.split_once([':', '：'])?;
    let prefix = prefix.trim().to_lowercase();
    // "Re[2]", "Re(2)", "Re^2".
    let name = prefix.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^* \u{a0}".contains(c));
    let name = name.strip_prefix('[').unwrap_or(name);
    let forward = FORWARDS.contains(&name);
    (forward || REPLIES.contains(&name)).then(|| (forward, unmarked(after.trim_start())))
}

/// One `Re:`.
pub fn reply(subject: &str) -> String {
    format!("Re: {}", bare(subject)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_re_whatever_was_there() {
        for prefix in [
            "",
            "Re: ",
            "RE: re: ",
            "RE : ",
            "Re\u{a0}: ",
            "Re[2]: ",
            "RE[12]: ",
            "Re(3): ",
            "Re^2: ",
            "AW: WG: ",
            "Antwort: ",
            "RES: ",
            "ENC: ",
            "Odp: ",
            "PD: ",
            "R: ",
            "I: ",
            "YNT: ",
            "İLT: ",
            "回复：",
            "回复: ",
            "回覆：",
            "转发：",
            "返信: ",
            "SV: VB: ",
            "VS: ",
            "Vá: ",
            "TR : RE : ",
            "RV: ",
            "Отв: ",
            "ΑΠ: ",
            "رد: ",
            "השב: ",
            "회신: ",
            "Fwd: Fw: ",
            "Rif: ",
            "Antw: ",
            "Trả lời: ",
        ] {
            assert_eq!(reply(&format!("{prefix}Late order")), "Re: Late order", "{prefix}");
        }
        for subject in ["Ready to order", "Order: late", "Refund: when?", "In: and out", "Return: 2 boots"] {
            assert_eq!(reply(subject), format!("Re: {subject}"));
        }
        assert!(is_forward("Fwd: Late") && is_forward("[EXTERNAL] WG: AW: Late"));
        assert!(!is_forward("Re: Fwd: Late") && !is_forward("Late") && !is_forward("Order: late"));
        assert_eq!(reply("[EXTERNAL] AW: [EXT] Late"), "Re: Late");
        assert_eq!(reply("[55120] Late"), "Re: [55120] Late");
        assert_eq!(reply("Re:"), "Re:");
        assert_eq!(reply(""), "Re:");
    }
}
