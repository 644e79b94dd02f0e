//! Forms of a verb: "does it open" becomes "it opens", "did you send" "we sent".

use crate::class::PAST;
use crate::lexicon::irregular;

/// The -s form of a verb.
pub(crate) fn third(base: &str) -> String {
    match base {
        "have" => "has".into(),
        "be" => "is".into(),
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        _ if base.ends_with('y')
            && !base.ends_with(|c| "aeiou".contains(c))
            && !base[..base.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']) =>
        {
            format!("{}ies", &base[..base.len() - 1])
        }
        _ => format!("{base}s"),
    }
}

/// The past of a verb.
pub(crate) fn past(base: &str) -> String {
    if let Some([_, past, _]) = irregular(base) {
        return (*past).into();
    }
    if base.ends_with('e') {
        return format!("{base}d");
    }
    if base.ends_with('y') && !base[..base.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']) {
        return format!("{}ied", &base[..base.len() - 1]);
    }
    let doubled = base
        .chars()
        .last()
        .map(|c| format!("{base}{c}ed"))
        .filter(|d| crate::lexicon::classes(d) & PAST != 0);
    doubled.unwrap_or_else(|| format!("{base}ed"))
}

/// The base of a past form: "wrote" is "write".
pub(crate) fn base(past: &str) -> Option<String> {
    if let Some(verb) = crate::class::VERBS.iter().find(|v| v[1] == past) {
        return Some(verb[0].into());
    }
    let stem = past.strip_suffix("ed")?;
    let known = |base: &str| {
        let class = crate::lexicon::classes(base);
        class & crate::class::BASE != 0 && class & crate::class::PRONOUN == 0 && self::past(base) == past
    };
    let undoubled = stem.char_indices().next_back().map_or("", |(at, _)| &stem[..at]);
    let with_y = stem.strip_suffix('i').map(|s| format!("{s}y")).unwrap_or_default();
    [stem, &format!("{stem}e"), undoubled, &with_y].into_iter().find(|b| known(b)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(past("send"), "sent");
        assert_eq!(past("stop"), "stopped");
        assert_eq!(past("apply"), "applied");
        assert_eq!(third("go"), "goes");
        assert_eq!(third("pay"), "pays");
        assert_eq!(third("apply"), "applies");
        for (past, verb) in [("wrote", "write"), ("stopped", "stop"), ("applied", "apply"), ("used", "use")] {
            assert_eq!(base(past).as_deref(), Some(verb));
        }
    }
}
