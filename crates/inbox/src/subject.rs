//! Subjects of replies and forwards: their prefixes in clients' languages.

use crate::newest::unmarked;

/// Prefixes before the colon, without counters.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "re", "aw", "sv", "antw", "antwort", "vs", "vl", "fwd", "fw", "wg", "tr", "rv", "res", "enc", "rif",
    "rif.", "r", "i", "odp", "pd", "vb", "vá", "ynt", "ilt", "i̇lt", "ht", "bls", "trs", "réf", "ref.",
    "rép", "réponse", "bts", "ats", "doorst", "fs", "vd", "atb", "ytb", "továbbítás", "απ", "σχετ", "πρθ",
    "отв", "ответ", "пер", "пересл", "відп", "hrv", "odg", "ods", "回复", "回覆", "答复", "答覆", "转发",
    "轉寄", "轉發", "返信", "転送", "回信", "회신", "답장", "전달", "השב", "הועבר", "תשובה", "رد",
    "إعادة توجيه", "پاسخ", "trả lời", "chuyển tiếp", "ตอบกลับ", "ส่งต่อ",
];

/// The subject without prefixes, whatever they are: "RE :", "Re[2]:", "AW: WG:", "回复：".
pub fn bare(subject: &str) -> &str {
    let mut rest = unmarked(subject.trim());
    while let Some((prefix, after)) = rest.split_once([':', '：']) {
        let prefix = prefix.trim().to_lowercase();
        // "Re[2]", "Re(2)", "Re^2".
        let name = prefix.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^* \u{a0}".contains(c));
        let name = name.strip_prefix('[').unwrap_or(name);
        if !PREFIXES.contains(&name) {
            break;
        }
        rest = unmarked(after.trim_start());
    }
    rest
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
        assert_eq!(reply("[EXTERNAL] AW: [EXT] Late"), "Re: Late");
        assert_eq!(reply("[55120] Late"), "Re: [55120] Late");
        assert_eq!(reply("Re:"), "Re:");
        assert_eq!(reply(""), "Re:");
    }
}
