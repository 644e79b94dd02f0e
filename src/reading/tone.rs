//! Typing style, and what it implies for tone, reproach and customer type.

use super::{Evidence, Tone};
use amends_language::words::{STARRED, Words};
use amends_phrasebook::{CUSTOMERS, TONES};

/// How the message is typed.
pub(super) struct Style {
    pub(super) shouted: f32,
    pub(super) exclaims: usize,
    pub(super) words: usize,
    pub(super) starred: usize,
    pub(super) asks: bool,
    /// "Why??"
    pub(super) insists: bool,
    /// Speaks to us, not about us.
    pub(super) says_you: bool,
}

impl Style {
    pub(super) fn of(text: &str, words: &Words) -> Self {
        let long = words.words.iter().filter(|w| w.end - w.start > 2).count();
        let shouted = words.words.iter().filter(|w| w.shouted && w.end - w.start > 3).count();
        Self {
            shouted: if long == 0 { 0.0 } else { shouted as f32 / long as f32 },
            exclaims: text.matches('!').count(),
            words: words.words.len(),
            starred: words.words.iter().filter(|w| w.is(STARRED)).count(),
            asks: text.contains('?'),
            insists: ["??", "?!", "!?"].iter().any(|marks| text.contains(marks)),
            says_you: words.words.iter().any(|w| {
                let word = text.get(w.start as usize..w.end as usize).unwrap_or("");
                word.len() <= 6
                    && ["you", "your", "u", "ur", "you're", "youre"]
                        .iter()
                        .any(|y| word.eq_ignore_ascii_case(y))
            }),
        }
    }

    /// Signs of anger in the style, with their positions.
    pub(super) fn evidence(&self, text: &str, words: &Words) -> Vec<Evidence> {
        let sign = |rule: &str, start: usize, end: usize| Evidence {
            phrase: u32::MAX,
            rule: format!("style/{rule}"),
            start,
            end,
            text: text.get(start..end).unwrap_or("").to_owned(),
            field: None,
            weight: 0.0,
        };
        let mut found = Vec::new();
        if self.shouts() {
            let mut loud = words.words.iter().skip_while(|w| !w.shouted).take_while(|w| w.shouted).take(8);
            if let Some(first) = loud.next() {
                let last = loud.last().unwrap_or(first);
                found.push(sign("capitals", first.start as usize, last.end as usize));
            }
        }
        if self.exclaims > 1
            && let Some(at) = text.find('!')
        {
            let run = text[at..].bytes().take_while(|b| *b == b'!').count();
            found.push(sign("exclamation", at, at + run));
        }
        if let Some(word) = words.words.iter().find(|w| w.is(STARRED)) {
            found.push(sign("starred", word.start as usize, word.end as usize));
        }
        found
    }

    /// Mostly capitals, over more than a word or two.
    pub(super) fn shouts(&self) -> bool {
        self.words >= 6 && self.shouted > 0.5
    }
}

pub(super) fn tone(sums: &[f32], style: &Style) -> Tone {
    let mut sums = sums.to_vec();
    let at = |id: &str| TONES.iter().position(|t| *t == id).unwrap_or(0);
    let heat = f32::from(u8::from(style.shouts())) * 2.0
        + (style.exclaims.min(4) as f32) * 0.25
        + style.starred.min(2) as f32;
    let negative: f32 = sums.iter().enumerate().filter(|(i, _)| *i != at("calm")).map(|(_, s)| s).sum();
    if negative > 0.0 || style.shouts() {
        sums[at("angry")] += heat;
    }
    if style.insists {
        sums[at("frustrated")] += 1.5;
    }
    let calm = sums[at("calm")];
    let (best, sum) = sums
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at("calm"))
        .max_by(|a, b| a.1.total_cmp(b.1))
        .unwrap_or((0, &0.0));
    let (id, sum) = if *sum < 1.0 || calm > *sum * 2.0 { ("calm", 1.5) } else { (TONES[best], *sum) };
    let score = 1.0 - (-sum / 2.0).exp();
    Tone { id, score: (score * 100.0).round() / 100.0 }
}

/// Implied reproach, on Trosborg's (1995) scale: naming a problem is disapproval, anger an
/// accusation, anger at "you" blame. A question may only hint.
pub(super) fn implied_reproach(tone: &Tone, style: &Style, trouble: bool) -> u8 {
    match tone.id {
        "angry" | "abusive" if style.says_you => 4,
        "angry" | "abusive" => 3,
        "calm" if !trouble || style.asks => 1,
        _ => 2,
    }
}

pub(super) fn customer(sums: &[f32], style: &Style, tones: &[f32], contacts: u32) -> &'static str {
    let at = |id: &str| CUSTOMERS.iter().position(|t| *t == id).unwrap_or(0);
    let tone = |id: &str| TONES.iter().position(|t| *t == id).map_or(0.0, |i| tones[i]);
    let mut sums = sums.to_vec();
    if style.shouts() {
        sums[at("aggressive")] += 2.0;
    }
    if tone("abusive") >= 2.0 {
        sums[at("aggressive")] += 1.0;
    }
    if contacts >= 4 {
        sums[at("chronic")] += 1.0;
    }
    if sums[at("aggressive")] > 0.0 {
        sums[at("meek")] = 0.0;
    }
    let (best, sum) = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap_or((0, &0.0));
    if *sum >= 2.0 { CUSTOMERS[best] } else { "none" }
}
