//! Who writes, and where answers go.

use super::{body, mend};
use crate::addresses::is_forged;
use crate::form::Form;
use crate::message::{Mailbox, Message, one_line};
use crate::{newest, subject};
use mail_parser::Address;

/// Sets the sender and reply addresses, and warns about anything suspicious.
pub fn who_and_where_to(mail: &mail_parser::Message<'_>, message: &mut Message, own: &[&str]) {
    let senders = with_commas(mailboxes(mail.from()));
    message.from = senders.first().cloned();
    if let Some((name, _)) = mail.headers_raw().find(|(name, value)| is_answered(name) && forged(value)) {
        message.from = message.from.take().map(|from| Mailbox { address: None, ..from });
        message.warnings.push(format!("the address in {name} can't be trusted; fill in who gets the reply"));
        return;
    }
    let valid = |from: &Mailbox| from.address.as_deref().is_some_and(is_address);
    if !message.from.as_ref().is_some_and(valid)
        && let Some(from) = unbracketed(mail)
    {
        message.from = Some(from);
    }
    let again = |name: &str| {
        let second = format!("{}{name}", mend::SECOND);
        mail.headers_raw()
            .find(|(name, _)| name.eq_ignore_ascii_case(&second))
            .map(|(_, value)| one_line(value).chars().take(100).collect::<String>())
    };
    let second = again("From").or_else(|| {
        let other = senders.get(1)?;
        other.address.clone().or_else(|| other.name.clone())
    });
    if let Some(second) = second {
        let first = message.from.as_ref().and_then(|from| from.address.as_deref()).unwrap_or("nobody");
        message.warnings.push(format!(
            "this mail names two senders, {first} and {second}; check who wrote it before sending"
        ));
        // There is no telling whom to greet.
        message.from = message.from.take().map(|from| Mailbox { name: None, ..from });
    }
    if let Some(from) = &mut message.from {
        let shown = from.name.clone().unwrap_or_default();
        if let Some(bad) = from.address.take_if(|address| !is_address(address)) {
            message.warnings.push(format!("the sender's address is not valid: {bad}"));
        } else if let Some(address) = &from.address
            && let Some(other) = shown
                .split_whitespace()
                .map(|w| w.trim_matches(['<', '>', '(', ')', '"', '\'']))
                .find(|w| is_address(w))
            && !other.eq_ignore_ascii_case(address)
        {
            message
                .warnings
                .push(format!("the sender shows the address {other}, but the mail came from {address}"));
        }
    }
    message.reply_to = mailboxes(mail.reply_to())
        .into_iter()
        .filter(|m| m.address.as_deref().is_some_and(|a| is_address(a) && !is_own(a, own)))
        .collect();
    if let Some(second) = again("Reply-To") {
        message.warnings.push(format!("this mail asks for replies at {second} as well, which gets none"));
    }
    if let Some(customer) = in_whose_name(message, own) {
        message.from = Some(customer);
    }
    if let Some(from) = message.from.as_ref().and_then(|from| from.address.as_deref())
        && let Some(reply) =
            message.reply_to.iter().filter_map(|m| m.address.as_deref()).find(|r| domain(r) != domain(from))
    {
        message.warnings.push(format!(
            "the reply goes to {reply}, which isn't in the sender's domain ({})",
            domain(from)
        ));
    }
}

fn is_answered(header: &str) -> bool {
    ["From", "Reply-To"].iter().any(|name| header.eq_ignore_ascii_case(name))
}

/// [`is_forged`], of a header, which may be folded.
fn forged(value: &str) -> bool {
    is_forged(&one_line(value))
}

/// `Ann Lee ann@x.example`, `Ann Lee [mailto:ann@x.example]`: an address without its brackets.
fn unbracketed(mail: &mail_parser::Message<'_>) -> Option<Mailbox> {
    let (_, value) = mail.headers_raw().find(|(name, _)| name.eq_ignore_ascii_case("From"))?;
    mailbox_in(&one_line(value))
}

/// The name and the only address in a text, however it is bracketed.
fn mailbox_in(value: &str) -> Option<Mailbox> {
    let bare = |word: &str| {
        let word = word.trim_matches(['[', ']', '<', '>', '(', ')', '"', '\'', ',', ';']);
        word.strip_prefix("mailto:").unwrap_or(word).to_owned()
    };
    let mut addresses = value
        .split(' ')
        .map(bare)
        .filter(|word| is_address(word) && word.contains('.') && !word.contains("=?"));
    let address = addresses.next().filter(|_| addresses.next().is_none())?;
    let at = value.find(&address)?;
    let (before, after) = (value[..at].trim(), value[at + address.len()..].trim());
    let name = if before.contains(char::is_alphanumeric) { before } else { after };
    let name = name.trim().trim_end_matches(['[', '<', '(']).trim_end_matches("[mailto:");
    let name = name.trim_matches(['"', '\'', ' ']);
    let name = Some(name.to_owned()).filter(|name| !name.is_empty() && !name.contains(['=', '@']));
    Some(Mailbox { name, address: Some(address) })
}

/// The customer and their words, where one of ours sends on to us what they wrote.
pub fn sent_on(
    mail: &mail_parser::Message<'_>,
    message: &Message,
    text: &str,
    own: &[&str],
) -> Option<(Mailbox, String)> {
    let ours = |address: Option<&str>| address.is_some_and(|address| is_own(address, own));
    let mut recipients = [mail.to(), mail.cc()].into_iter().flatten().flat_map(Address::iter);
    let among_us = ours(message.from.as_ref().and_then(|from| from.address.as_deref()))
        && recipients.all(|to| ours(to.address()));
    if !among_us || !message.subject.as_deref().is_some_and(subject::is_forward) {
        return None;
    }
    let (customer, words) = match body::attached(mail) {
        Some((inner, words)) => (mailboxes(inner.from()).into_iter().next()?, words),
        None => {
            let (sender, words) = newest::sent_on(text)?;
            (mailbox_in(&one_line(&sender))?, words)
        }
    };
    customer
        .address
        .as_deref()
        .is_some_and(|address| !is_own(address, own) && !is_unattended(address))
        .then_some((customer, words))
}

/// The customer, where the mail is from us or an unread mailbox and says that answers go to one: so
/// forms and shops pass on what customers write. A desk's own receipt has answers go to the desk.
fn in_whose_name(message: &Message, own: &[&str]) -> Option<Mailbox> {
    let from = message.from.as_ref()?.address.as_deref()?;
    let elsewhere = |to: &str| is_own(from, own) || !are_one_house(&domain(to), &domain(from));
    if !is_own(from, own) && !is_unattended(from) {
        return None;
    }
    let customer = |m: &&Mailbox| m.address.as_deref().is_some_and(|to| elsewhere(to) && !is_unattended(to));
    message.reply_to.iter().find(customer).cloned()
}

/// A domain and one below it.
fn are_one_house(one: &str, other: &str) -> bool {
    let below = |one: &str, other: &str| {
        one.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    below(one, other) || below(other, one)
}

/// Takes the sender from the fields of a form; not the address, if the mail shows another person's.
pub fn of_form(message: &mut Message, form: Form, own: &[&str]) {
    let answered = |address: &str| {
        message
            .reply_to
            .iter()
            .filter_map(|m| m.address.as_deref())
            .any(|to| to.eq_ignore_ascii_case(address))
    };
    let shown = message.from.as_ref().and_then(|from| from.address.clone());
    let by_program = shown.as_deref().is_none_or(|from| {
        let local = from.split('@').next().unwrap_or("").to_ascii_lowercase();
        is_own(from, own) || is_unattended(from) || PROGRAMS.contains(&local.as_str())
    });
    let address = form
        .address
        .filter(|address| is_address(address) && !is_own(address, own) && (by_program || answered(address)));
    let same = form.name.is_none() || by_program || address.is_some();
    let shown_name = message.from.take().and_then(|from| from.name);
    let name =
        if same { form.name.or(shown_name.filter(|_| address.is_none())) } else { shown_name.or(form.name) };
    message.from = Some(Mailbox { name, address: address.or(shown) });
}

/// Local parts under which sites send their forms.
#[rustfmt::skip]
const PROGRAMS: &[&str] = &[
    "wordpress", "www-data", "apache", "nobody", "web", "website", "webmaster", "form", "forms", "formular",
    "kontaktformular", "contact", "contactform", "contact-form", "webform", "notification", "notifications",
    "notify", "mailer", "server", "cgi", "root", "shop", "info", "hello",
];

/// Local parts of unattended mailboxes, without punctuation.
#[rustfmt::skip]
const SYSTEMS: &[&str] = &[
    "mailerdaemon", "maildaemon", "mailsystem", "postmaster", "noreply", "donotreply", "dontreply",
    "nepasrepondre", "nichtantworten", "noresponder", "naoresponda", "nonrispondere", "nietbeantwoorden",
    "ejsvar", "svarej", "bounce", "bounces", "listserv", "majordomo", "mailman", "autoresponder",
    "autoreply",
];

/// Nobody reads what is sent to this address.
pub fn is_unattended(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or("").to_ascii_lowercase();
    let compact: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    SYSTEMS.contains(&compact.as_str())
        || ["noreply", "donotreply", "mailerdaemon"].iter().any(|name| compact.starts_with(name))
        || ["-noreply", ".noreply", "_noreply", "no-reply"].iter().any(|name| local.ends_with(name))
        || ["owner-", "bounce-", "bounces-", "bounce+", "bounces+"].iter().any(|name| local.starts_with(name))
        || ["-request", "-bounces", "-owner"].iter().any(|name| local.ends_with(name))
}

fn mailboxes(addresses: Option<&Address<'_>>) -> Vec<Mailbox> {
    addresses
        .into_iter()
        .flat_map(Address::iter)
        .map(|a| Mailbox {
            name: a.name().map(one_line).filter(|n| !n.is_empty()),
            address: a.address().map(one_line).filter(|a| !a.is_empty()),
        })
        .filter(|mailbox| *mailbox != Mailbox::default())
        .collect()
}

/// Rejoins an unquoted `Lopez, Maria <m@x.example>`, which parses as two mailboxes.
fn with_commas(mailboxes: Vec<Mailbox>) -> Vec<Mailbox> {
    let addresses =
        mailboxes.iter().filter(|m| m.address.as_deref().is_some_and(|a| a.contains('@'))).count();
    if mailboxes.len() < 2 || addresses != 1 || mailboxes.last().is_none_or(|m| m.address.is_none()) {
        return mailboxes;
    }
    let parts: Vec<String> = mailboxes
        .iter()
        .filter_map(|m| m.name.clone().or_else(|| m.address.clone().filter(|a| !a.contains('@'))))
        .collect();
    let address = mailboxes.into_iter().next_back().and_then(|m| m.address);
    vec![Mailbox { name: Some(parts.join(", ")), address }]
}

/// One `@` with something plausible on both sides; anything more is up to the mail system.
fn is_address(address: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(local, domain)| {
        let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
        !local.is_empty()
            && (quoted || !local.contains(|c: char| c.is_whitespace() || "@<>,;:\"()[]".contains(c)))
            && !domain.is_empty()
            && !domain.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;\"()".contains(c))
            && !domain.starts_with('.')
            && domain.starts_with('[') == domain.ends_with(']')
    })
}

fn domain(address: &str) -> String {
    address.rsplit('@').next().unwrap_or("").to_ascii_lowercase()
}

pub fn is_own(address: &str, own: &[&str]) -> bool {
    let address = address.to_lowercase();
    own.iter()
        .map(|own| own.to_lowercase())
        .any(|own| address == own || own.starts_with('@') && own.len() > 1 && address.ends_with(&own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sound_or_not() {
        for good in
            ["ann@x.example", "a.b+c@x.example", "\"a b\"@x.example", "ünï@x.example", "ann@localhost"]
        {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["@x.example", "ann@", "ann", "a b@x.example", "a@b@x.example", "ann@.example", "a<b@x.example"]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn ours_by_address_or_domain() {
        let own = ["Care@northlane.example", "@shop.example"];
        assert!(is_own("care@NORTHLANE.example", &own) && is_own("any@shop.example", &own));
        assert!(!is_own("ann@northlane.example", &own) && !is_own("ann@myshop.example.com", &own));
        assert!(!is_own("ann@x.example", &["@", ""]));
    }
}
