//! The words that announce a secret, in the languages customers write to us in. They stand in the
//! program, not in the phrasebook: no phrasebook may let a secret through.

use super::Kind;
use amends_language::prefilter::Prefilter;

/// What a label announces, and so how its value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Password,
    /// A pass, which may be a boarding pass.
    Pass,
    /// Several words.
    Phrase,
    /// A word only they know.
    Answer,
    /// An address or name, a slash, a password.
    Login,
    /// Digits: at least, at most.
    Digits(Kind, u8, u8),
    /// A code of any kind; only some are secret.
    Code,
    /// What a code is used for: "to sign in".
    Purpose,
    /// Groups of letters and digits.
    Recovery,
    Token,
    Social,
    Identity(Kind),
    Birth,
    Born,
    Account,
    /// `-----BEGIN … PRIVATE KEY-----`
    Block,
    /// A token known by its beginning; this many characters follow.
    Prefix(u8),
    /// A link that is a key.
    Webhook,
}

use Kind::{Health, Licence, OneTime, Passport, Pin, Security};
use Label::{
    Account, Answer, Birth, Block, Born, Code, Digits, Identity, Login, Pass, Password, Phrase, Prefix,
    Purpose, Recovery, Social, Token, Webhook,
};

/// Sorted; lower case, without accents. A space stands for up to two spaces, hyphens and the like.
#[rustfmt::skip]
pub const LABELS: &[(&str, Label)] = &[
    ("2 fa", Digits(OneTime, 4, 8)),
    ("2 fa code", Digits(OneTime, 4, 8)),
    ("3 digit code", Digits(Security, 3, 4)),
    ("aadhaar", Identity(Health)),
    ("aadhar", Identity(Health)),
    ("access code", Digits(OneTime, 4, 8)),
    ("access key", Token),
    ("access token", Token),
    ("activation code", Recovery),
    ("activation key", Token),
    ("aiza", Prefix(30)),
    ("akia", Prefix(12)),
    ("api key", Token),
    ("api secret", Token),
    ("api token", Token),
    ("asia", Prefix(14)),
    ("ausweis", Identity(Passport)),
    ("auth code", Digits(OneTime, 4, 8)),
    ("auth token", Token),
    ("authentication code", Digits(OneTime, 4, 8)),
    ("authenticator code", Digits(OneTime, 4, 8)),
    ("authorization", Token),
    ("aws key", Token),
    ("aws secret", Token),
    ("backup code", Recovery),
    ("bearer", Token),
    ("begin", Block),
    ("bestatigungscode", Digits(OneTime, 4, 8)),
    ("birth date", Birth),
    ("birthday", Birth),
    ("born", Born),
    ("bsn", Identity(Health)),
    ("card verification code", Digits(Security, 3, 4)),
    ("card verification number", Digits(Security, 3, 4)),
    ("card verification value", Digits(Security, 3, 4)),
    ("carnet de conducir", Identity(Licence)),
    ("cid", Digits(Security, 3, 4)),
    ("clave", Password),
    ("client secret", Token),
    ("code", Code),
    ("code confidentiel", Digits(Pin, 4, 8)),
    ("code de confirmation", Digits(OneTime, 4, 8)),
    ("code de securite", Digits(Security, 3, 8)),
    ("code de verification", Digits(OneTime, 4, 8)),
    ("code pin", Digits(Pin, 4, 8)),
    ("code recu par sms", Digits(OneTime, 4, 8)),
    ("code secret", Digits(Pin, 4, 8)),
    ("code word", Answer),
    ("codice fiscale", Identity(Health)),
    ("codigo", Code),
    ("codigo cvv", Digits(Security, 3, 4)),
    ("codigo de seguridad", Digits(Security, 3, 8)),
    ("codigo de un solo uso", Digits(OneTime, 4, 8)),
    ("codigo de verificacion", Digits(OneTime, 4, 8)),
    ("confirmation code", Code),
    ("contrasena", Password),
    ("cpf", Identity(Health)),
    ("credentials", Login),
    ("cryptogramme", Digits(Security, 3, 4)),
    ("cryptogramme visuel", Digits(Security, 3, 4)),
    ("csc", Digits(Security, 3, 4)),
    ("curp", Identity(Health)),
    ("cvc", Digits(Security, 3, 4)),
    ("cvc2", Digits(Security, 3, 4)),
    ("cvn", Digits(Security, 3, 4)),
    ("cvv", Digits(Security, 3, 4)),
    ("cvv2", Digits(Security, 3, 4)),
    ("d o b", Birth),
    ("date de naissance", Birth),
    ("date of birth", Birth),
    ("digits on back", Digits(Security, 3, 4)),
    ("digits on the back", Digits(Security, 3, 4)),
    ("dl", Identity(Licence)),
    ("dl no", Identity(Licence)),
    ("dl number", Identity(Licence)),
    ("dni", Identity(Health)),
    ("drei ziffern", Digits(Security, 3, 4)),
    ("driver licence", Identity(Licence)),
    ("driver license", Identity(Licence)),
    ("driver s licence", Identity(Licence)),
    ("driver s license", Identity(Licence)),
    ("drivers licence", Identity(Licence)),
    ("drivers license", Identity(Licence)),
    ("driving licence", Identity(Licence)),
    ("driving license", Identity(Licence)),
    ("einmalpasswort", Digits(OneTime, 4, 8)),
    ("encryption key", Token),
    ("eyj", Prefix(20)),
    ("fecha de nacimiento", Birth),
    ("freischaltcode", Digits(OneTime, 4, 8)),
    ("fuhrerschein", Identity(Licence)),
    ("fuhrerscheinnummer", Identity(Licence)),
    ("geb", Born),
    ("geboren", Born),
    ("geboren am", Born),
    ("geburtsdatum", Birth),
    ("geburtstag", Birth),
    ("geheimnummer", Digits(Pin, 4, 8)),
    ("geheimzahl", Digits(Pin, 4, 8)),
    ("gho", Prefix(20)),
    ("ghp", Prefix(20)),
    ("ghr", Prefix(20)),
    ("ghs", Prefix(20)),
    ("ghu", Prefix(20)),
    ("github pat", Prefix(20)),
    ("glpat", Prefix(16)),
    ("health card", Identity(Health)),
    ("health card number", Identity(Health)),
    ("health insurance number", Identity(Health)),
    ("health number", Identity(Health)),
    ("hooks.slack.com", Webhook),
    ("iban", Account),
    ("insurance member id", Identity(Health)),
    ("itin", Social),
    ("kartenprufnummer", Digits(Security, 3, 4)),
    ("kennwort", Password),
    ("krankenversichertennummer", Identity(Health)),
    ("krankenversicherungsnummer", Identity(Health)),
    ("licence no", Identity(Licence)),
    ("licence number", Identity(Licence)),
    ("license key", Token),
    ("license no", Identity(Licence)),
    ("license number", Identity(Licence)),
    ("log in", Purpose),
    ("log in code", Digits(OneTime, 4, 8)),
    ("login", Login),
    ("login code", Digits(OneTime, 4, 8)),
    ("maiden name", Answer),
    ("mdp", Password),
    ("medicare", Identity(Health)),
    ("medicare card", Identity(Health)),
    ("medicare card number", Identity(Health)),
    ("medicare id", Identity(Health)),
    ("medicare no", Identity(Health)),
    ("medicare number", Identity(Health)),
    ("memorable information", Answer),
    ("memorable word", Answer),
    ("mfa", Digits(OneTime, 4, 8)),
    ("mfa code", Digits(OneTime, 4, 8)),
    ("mot de passe", Password),
    ("naci el", Born),
    ("national insurance", Identity(Health)),
    ("national insurance no", Identity(Health)),
    ("national insurance number", Identity(Health)),
    ("ne le", Born),
    ("nee le", Born),
    ("network key", Password),
    ("nhs", Identity(Health)),
    ("nhs no", Identity(Health)),
    ("nhs number", Identity(Health)),
    ("ni no", Identity(Health)),
    ("ni number", Identity(Health)),
    ("nie", Identity(Health)),
    ("nif", Identity(Health)),
    ("nino", Identity(Health)),
    ("nip", Digits(Pin, 4, 8)),
    ("npm", Prefix(30)),
    ("number on the back", Digits(Security, 3, 4)),
    ("numero de la seguridad social", Identity(Health)),
    ("numero de secu", Identity(Health)),
    ("numero de securite sociale", Identity(Health)),
    ("numero secreto", Digits(Pin, 4, 8)),
    ("ohip", Identity(Health)),
    ("one time code", Digits(OneTime, 4, 8)),
    ("one time passcode", Digits(OneTime, 4, 8)),
    ("one time password", Digits(OneTime, 4, 8)),
    ("one time pin", Digits(OneTime, 4, 8)),
    ("otp", Digits(OneTime, 4, 8)),
    ("p w", Password),
    ("pan card", Identity(Health)),
    ("pan number", Identity(Health)),
    ("pasaporte", Identity(Passport)),
    ("pass", Pass),
    ("pass word", Password),
    ("passcode", Digits(OneTime, 4, 8)),
    ("passeport", Identity(Passport)),
    ("passnummer", Identity(Passport)),
    ("passphrase", Phrase),
    ("passport", Identity(Passport)),
    ("passwd", Password),
    ("passwort", Password),
    ("permis", Identity(Licence)),
    ("permis de conduire", Identity(Licence)),
    ("personalausweis", Identity(Passport)),
    ("personnummer", Identity(Health)),
    ("pesel", Identity(Health)),
    ("pin", Digits(Pin, 4, 8)),
    ("pin code", Digits(Pin, 4, 8)),
    ("pps number", Identity(Health)),
    ("product key", Token),
    ("prufziffer", Digits(Security, 3, 4)),
    ("pwd", Password),
    ("recovery code", Recovery),
    ("recovery key", Token),
    ("recovery phrase", Phrase),
    ("reisepass", Identity(Passport)),
    ("reisepassnummer", Identity(Passport)),
    ("rentenversicherungsnummer", Identity(Health)),
    ("reset code", Digits(OneTime, 4, 8)),
    ("secret", Token),
    ("secret answer", Answer),
    ("secret key", Token),
    ("securite sociale", Identity(Health)),
    ("security answer", Answer),
    ("security code", Digits(Security, 3, 8)),
    ("seed phrase", Phrase),
    ("sicherheitscode", Digits(Security, 3, 8)),
    ("sign in", Purpose),
    ("sin", Identity(Health)),
    ("sk", Prefix(16)),
    ("smart tan", Digits(OneTime, 4, 8)),
    ("sms code", Digits(OneTime, 4, 8)),
    ("soc sec", Social),
    ("social", Social),
    ("social insurance number", Identity(Health)),
    ("social security", Social),
    ("social security no", Social),
    ("social security number", Social),
    ("sozialversicherungsnummer", Identity(Health)),
    ("ss #", Social),
    ("ss no", Social),
    ("ssn", Social),
    ("steuer id", Identity(Health)),
    ("tan", Digits(OneTime, 5, 8)),
    ("tax file number", Identity(Health)),
    ("tax id", Social),
    ("three digit code", Digits(Security, 3, 4)),
    ("token", Token),
    ("tres digitos", Digits(Security, 3, 4)),
    ("trois chiffres", Digits(Security, 3, 4)),
    ("two factor authentication code", Digits(OneTime, 4, 8)),
    ("two factor code", Digits(OneTime, 4, 8)),
    ("unlock code", Digits(OneTime, 4, 8)),
    ("user pass", Login),
    ("verification code", Digits(OneTime, 4, 8)),
    ("verification number on the card", Digits(Security, 3, 4)),
    ("verifizierungscode", Digits(OneTime, 4, 8)),
    ("versichertennummer", Identity(Health)),
    ("wi fi key", Password),
    ("wifi key", Password),
    ("wlan key", Password),
    ("xox", Prefix(20)),
];

/// How each label begins, as typed: no more than the first word, or more of it where that word is common.
#[rustfmt::skip]
pub static GATE: Prefilter = Prefilter::new(&[
    ("2-fa", 1), ("2fa", 1), ("3 digit", 1), ("3-digit", 1), ("aadha", 1), ("access c", 1), ("access k", 1),
    ("access t", 1), ("access-c", 1), ("access-k", 1), ("access-t", 1), ("access_", 1), ("activation", 1),
    ("aiza", 1), ("akia", 1), ("api", 1), ("asia", 1), ("ausweis", 1), ("auth ", 1), ("auth-", 1),
    ("auth_", 1), ("authent", 1), ("authoriz", 1), ("aws", 1), ("backup", 1), ("bearer", 1), ("begin ", 1),
    ("bestatigungsc", 1), ("bestätigungsc", 1), ("birth", 1), ("born", 1), ("bsn", 1), ("card verif", 1),
    ("card-verif", 1), ("carnet", 1), ("cid", 1), ("clave", 1), ("client s", 1), ("client-s", 1),
    ("client_s", 1), ("code", 1), ("codice", 1), ("codigo", 1), ("confirmation", 1), ("contrase", 1),
    ("cpf", 1), ("creden", 1), ("cryptogramme", 1), ("csc", 1), ("curp", 1), ("cvc", 1), ("cvn", 1),
    ("cvv", 1), ("código", 1), ("d.o.b", 1), ("date de n", 1), ("date of b", 1), ("digits on", 1),
    ("dl", 1), ("dni", 1), ("dob", 1), ("drei ziff", 1), ("driver", 1), ("driving", 1), ("einmalpass", 1),
    ("encryption", 1), ("eyj", 1), ("fecha", 1), ("freisch", 1), ("fuhrersch", 1), ("führersch", 1),
    ("geb", 1), ("geheim", 1), ("gho", 1), ("ghp", 1), ("ghr", 1), ("ghs", 1), ("ghu", 1),
    ("github_pat", 1), ("glpat", 1), ("health card", 1), ("health ins", 1), ("health num", 1),
    ("hooks.sl", 1), ("iban", 1), ("insurance", 1), ("itin", 1), ("kartenpr", 1), ("kennw", 1),
    ("krankenvers", 1), ("licen", 1), ("log in", 1), ("log-in", 1), ("login", 1), ("maiden", 1), ("mdp", 1),
    ("medicare", 1), ("memorable", 1), ("mfa", 1), ("mot de", 1), ("nac", 1), ("national ins", 1),
    ("ne l", 1), ("nee l", 1), ("network key", 1), ("nhs", 1), ("ni n", 1), ("nie", 1), ("nif", 1),
    ("nino", 1), ("nip", 1), ("npm_", 1), ("number on", 1), ("numero", 1), ("numéro", 1), ("né", 1),
    ("número", 1), ("ohip", 1), ("one t", 1), ("one-t", 1), ("onet", 1), ("otp", 1), ("p/w", 1),
    ("pan card", 1), ("pan num", 1), ("pasap", 1), ("pass ", 1), ("pass-", 1), ("pass:", 1), ("pass=", 1),
    ("pass_", 1), ("passc", 1), ("passep", 1), ("passn", 1), ("passp", 1), ("passw", 1), ("permis", 1),
    ("personalaus", 1), ("personnum", 1), ("pesel", 1), ("pin", 1), ("pps", 1), ("product k", 1),
    ("product-k", 1), ("prufz", 1), ("prüfz", 1), ("pw", 1), ("recovery", 1), ("reisep", 1), ("rentenv", 1),
    ("reset code", 1), ("reset-code", 1), ("secret", 1), ("secur", 1), ("seed", 1), ("sicherheitsc", 1),
    ("sign in", 1), ("sin", 1), ("sk-", 1), ("sk_", 1), ("smart tan", 1), ("smart-tan", 1), ("smarttan", 1),
    ("sms", 1), ("soc", 1), ("sozialv", 1), ("ss ", 1), ("ss#", 1), ("ssn", 1), ("steuer", 1), ("sécu", 1),
    ("tan", 1), ("tax", 1), ("three digit", 1), ("three-digit", 1), ("token", 1), ("tres d", 1),
    ("trois ch", 1), ("two f", 1), ("two-f", 1), ("unlock", 1), ("user pass", 1), ("user/pass", 1),
    ("verification", 1), ("verifizier", 1), ("versicherten", 1), ("wi fi k", 1), ("wi-fi k", 1),
    ("wifi k", 1), ("wlan", 1), ("xox", 1),
]);

/// The longest label at `at` in folded text, and where it ends.
pub fn label_at(text: &str, at: usize) -> Option<(Label, usize)> {
    let bytes = text.as_bytes();
    let first = bytes[at].to_ascii_lowercase();
    let begin = LABELS.partition_point(|(words, _)| words.as_bytes()[0] < first);
    let alike = LABELS[begin..].iter().take_while(|(words, _)| words.as_bytes()[0] == first);
    let ends = |(words, label): &(&str, Label)| Some((*label, end_of(bytes, at, words, *label)?));
    alike.filter_map(ends).max_by_key(|(_, end)| *end)
}

/// Where the words end, if they stand at `at`.
fn end_of(bytes: &[u8], mut at: usize, words: &str, label: Label) -> Option<usize> {
    let start = at;
    for byte in words.bytes() {
        if byte == b' ' {
            at += bytes[at..].iter().take(2).take_while(|b| b" -_./'\n".contains(b)).count();
            continue;
        }
        if !bytes.get(at)?.eq_ignore_ascii_case(&byte) {
            return None;
        }
        at += 1;
    }
    // Words of everyday language, unless in capitals.
    if matches!(words, "tan" | "sin" | "dl" | "asia" | "akia")
        && !bytes[start..at].iter().all(u8::is_ascii_uppercase)
    {
        return None;
    }
    let ends = match (label, bytes.get(at)) {
        (Prefix(_), _) | (_, None) => true,
        (Digits(..), Some(next)) => !next.is_ascii_alphabetic(),
        (_, Some(next)) => !next.is_ascii_alphanumeric(),
    };
    ends.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_let_in_and_found() {
        assert!(LABELS.is_sorted_by(|a, b| a.0 < b.0));
        for (words, label) in LABELS {
            let typed = if matches!(words, &"tan" | &"sin" | &"dl" | &"asia" | &"akia") {
                words.to_uppercase()
            } else if matches!(*words, "npm" | "github pat" | "sk") {
                words.replace(' ', "_") + "_"
            } else {
                (*words)
                    .replace("d o b", "d.o.b")
                    .replace("p w", "pw")
                    .replace("pass word", "password")
                    .replace("2 fa", "2fa")
            };
            assert_ne!(GATE.sorts(&(typed.clone() + " ")), 0, "{words}");
            let found = label_at(&typed, 0).unwrap_or_else(|| panic!("{words}"));
            assert!(found.0 == *label || found.1 >= words.len() - 2, "{words}");
        }
    }

    #[test]
    fn a_label_is_a_word_of_its_own() {
        assert_eq!(label_at("pass-word: x", 0), Some((Password, 9)));
        assert_eq!(label_at("API_KEY=x", 0), Some((Token, 7)));
        assert_eq!(label_at("passing by", 0), None);
        assert_eq!(label_at("sin 12", 0), None);
    }
}
