//! Lists that customers write: "1. … 2. …", "a) … b) …", lines that begin with a dash, "Three things. …".

use std::ops::Range;

/// A list, and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Byte range of it with the sentence that leads into it.
    pub at: Range<usize>,
    /// The sentence or line before the first mark: "What I'd like:".
    pub intro: Range<usize>,
    /// Its items, without their marks.
    pub items: Vec<Range<usize>>,
    /// Whether a sentence announces how many there are, instead of marks.
    pub announced: bool,
}

/// The mark an item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Number(u32),
    Letter(char),
    Bullet,
}

impl Mark {
    fn begins(self) -> bool {
        matches!(self, Self::Number(1) | Self::Letter('a') | Self::Bullet)
    }

    fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Number(a), Self::Number(b)) => b == a + 1,
            (Self::Letter(a), Self::Letter(b)) => u32::from(b) == u32::from(a) + 1,
            (Self::Bullet, Self::Bullet) => true,
            _ => false,
        }
    }
}

/// A letter has no more lists, and none of them is longer; the rest is a table or a trick.
const MOST_LISTS: usize = 5;
const MOST_ITEMS: usize = 20;

/// The lists of a text that have two items or more.
pub fn lists(text: &str) -> Vec<List> {
    let marks = marks(text);
    let mut lists = Vec::new();
    let mut from = 0;
    while from < marks.len() && lists.len() < MOST_LISTS {
        let mut to = from + 1;
        if marks[from].1.begins() {
            while to < marks.len()
                && marks[to].1.follows(marks[to - 1].1)
                && together(text, &marks[to - 1..=to])
            {
                to += 1;
            }
        }
        if (2..=MOST_ITEMS).contains(&(to - from)) {
            lists.push(list(text, &marks[from..to], marks.get(to).map(|mark| mark.0.start)));
        }
        from = to;
    }
    if lists.is_empty() { announced(text).into_iter().collect() } else { lists }
}

/// "I ask two things please. That … And …": as many sentences as were announced, of the same paragraph.
fn announced(text: &str) -> Option<List> {
    let mut start = 0;
    for end in stops(text).collect::<Vec<_>>() {
        let intro = trimmed(text, start..end);
        start = end;
        let Some(many) = announces(&text[intro.clone()]) else { continue };
        let paragraph = end + text[end..].find("\n\n").unwrap_or(text.len() - end);
        let mut from = end;
        let items: Vec<Range<usize>> = stops(&text[end..paragraph])
            .map(|stop| item_after(text, std::mem::replace(&mut from, end + stop)..end + stop))
            .take(many)
            .take_while(|item| !item.is_empty() && !tells(&text[item.clone()]))
            .collect();
        if let Some(last) = items.last() {
            return Some(List { at: intro.start..last.end, intro, items, announced: true });
        }
    }
    None
}

/// How many things a sentence announces, if it does nothing else.
fn announces(sentence: &str) -> Option<usize> {
    const NUMBERS: &[&str] = &["two", "three", "four", "five", "six"];
    const THINGS: &[&str] = &["things", "points", "requests", "questions", "favours", "favors"];
    const BEHIND: &[&str] = &["please", "then", "from", "you", "for", "to", "ask", "of", "now"];
    const BEFORE: &[&str] = &[
        "i", "we", "ask", "want", "need", "have", "just", "only", "so", "would", "like", "i'd", "we'd",
        "i've", "please", "for", "am", "asking", "i'm", "got", "there", "are", "you", "now",
    ];
    let words: Vec<String> = sentence
        .to_lowercase()
        .replace('’', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let at = words.iter().position(|word| NUMBERS.contains(&&**word))?;
    let all = |words: &[String], of: &[&str]| words.iter().all(|word| of.contains(&&**word));
    let is_so = words.get(at + 1).is_some_and(|word| THINGS.contains(&&**word))
        && all(&words[..at], BEFORE)
        && all(&words[at + 2..], BEHIND)
        && !sentence.ends_with('?');
    is_so.then(|| NUMBERS.iter().position(|number| *number == words[at])).flatten().map(|n| n + 2)
}

/// Whether a sentence tells something of somebody: no item of an announced list.
fn tells(sentence: &str) -> bool {
    const SUBJECTS: &[&str] = &["I", "I'm", "I've", "We", "It", "He", "She", "They", "You", "There", "It's"];
    let first = sentence.split(' ').next().unwrap_or_default().replace('’', "'");
    SUBJECTS.contains(&&*first)
}

/// A sentence as an item, without what only counts it.
fn item_after(text: &str, at: Range<usize>) -> Range<usize> {
    const COUNTS: &[&str] =
        &["And ", "Also, ", "Also ", "First, ", "Firstly, ", "Second, ", "Secondly, ", "Third, ", "Then "];
    let at = trimmed(text, at);
    let counted = COUNTS.iter().find(|word| text[at.clone()].starts_with(**word));
    at.start + counted.map_or(0, |word| word.len())..at.end
}

/// Where each mark stands, with the space behind it.
fn marks(text: &str) -> Vec<(Range<usize>, Mark)> {
    /// So far back a bracket may have been opened.
    const NEAR: usize = 80;
    let mut marks = Vec::new();
    let (mut begins_line, mut begins_word) = (true, true);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            begins_line |= c == '\n';
            begins_word = true;
            at += c.len_utf8();
            continue;
        }
        // The second half of their own bracket is no mark.
        let bracket = || text[..at].chars().rev().take(NEAR).find(|c| matches!(c, '(' | ')' | '\n'));
        if begins_word
            && let Some((mark, length)) = mark(&text[at..], begins_line)
            && (begins_line || c == '(' || bracket() != Some('('))
        {
            let rest = &text[at + length..];
            let behind = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            marks.push((at..at + length + behind, mark));
            at += length;
        } else {
            at += c.len_utf8();
        }
        (begins_line, begins_word) = (false, false);
    }
    marks
}

/// The mark a text begins with, and its length. Within a line only "1)" and "(a)" are surely marks.
fn mark(text: &str, begins_line: bool) -> Option<(Mark, usize)> {
    if begins_line {
        let bullet =
            ["- ", "– ", "— ", "• ", "* ", "· ", "-\t", "•\t"].into_iter().find(|b| text.starts_with(b));
        if let Some(bullet) = bullet {
            return Some((Mark::Bullet, bullet.len()));
        }
    }
    let opened = text.strip_prefix('(');
    let inside = opened.unwrap_or(text);
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, length) = match inside.chars().next()? {
        _ if (1..=2).contains(&digits) => (Mark::Number(inside[..digits].parse().ok()?), digits),
        letter @ 'a'..='h' => (Mark::Letter(letter), 1),
        letter @ 'A'..='H' if inside[1..].starts_with(')') => (Mark::Letter(letter.to_ascii_lowercase()), 1),
        _ => return None,
    };
    let closed = inside[length..].chars().next()?;
    let is_mark = closed == ')' || begins_line && opened.is_none() && matches!(closed, '.' | ':');
    let behind = inside[length + closed.len_utf8()..].starts_with([' ', '\t']);
    let all = usize::from(opened.is_some()) + length + closed.len_utf8();
    (is_mark && behind).then_some((mark, all))
}

/// Whether nothing but one item stands between two marks.
fn together(text: &str, marks: &[(Range<usize>, Mark)]) -> bool {
    /// A longer item is a paragraph.
    const LONGEST: usize = 400;
    let between = text[marks[0].0.end..marks[1].0.start].trim();
    !between.is_empty() && between.len() <= LONGEST && !between.lines().any(|line| line.trim().is_empty())
}

fn list(text: &str, marks: &[(Range<usize>, Mark)], next: Option<usize>) -> List {
    let bounds = |n: usize| match marks.get(n + 1) {
        Some(following) => following.0.start,
        None => last_end(text, marks[n].0.end).min(next.unwrap_or(text.len())),
    };
    let items = (0..marks.len()).map(|n| trimmed(text, marks[n].0.end..bounds(n)));
    let items: Vec<Range<usize>> = items.filter(|at| !at.is_empty()).collect();
    let before = text[..marks[0].0.start].trim_end();
    let ends = before.strip_suffix([':', ',', '.', '?']).unwrap_or(before);
    let from = ends.rfind('\n').map_or(0, |at| at + 1).max(sentence_start(ends));
    let from = from + (ends[from..].len() - ends[from..].trim_start().len());
    let end = items.last().map_or(marks[0].0.end, |item| item.end);
    List { at: from..end, intro: from..before.len(), items, announced: false }
}

/// Where the last item ends: with its line, and the lines that go on with it.
fn last_end(text: &str, from: usize) -> usize {
    /// A line as long as this was broken by the program it was written in.
    const WRAPPED: usize = 45;
    let mut end = from;
    let mut before = "";
    for line in text[from..].split_inclusive('\n') {
        let indented = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        let wrapped = before.chars().count() >= WRAPPED && line.starts_with(char::is_lowercase);
        if end > from && !indented && !wrapped {
            break;
        }
        end += line.len();
        before = line.trim_end();
    }
    // Within a line it ends with its sentence.
    let line = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let is_inline = text[line..from].split_whitespace().count() > 1;
    let sentence = stops(&text[from..end]).next().map(|at| from + at);
    if is_inline { sentence.unwrap_or(end) } else { end }
}

/// Behind each stop that ends a sentence: not the one of "£12.50".
fn stops(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    text.match_indices(['.', '?', '!'])
        .map(|(at, stop)| at + stop.len())
        .filter(|at| text[*at..].is_empty() || text[*at..].starts_with(char::is_whitespace))
}

/// Where the last sentence of a text begins.
fn sentence_start(text: &str) -> usize {
    stops(text).next_back().unwrap_or(0)
}

fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    let said = &text[at.clone()];
    let start = at.start + (said.len() - said.trim_start().len());
    let kept = said.trim_end().trim_end_matches([';', ',']);
    let kept = kept.strip_suffix(" and").or_else(|| kept.strip_suffix(" or")).unwrap_or(kept);
    let end = at.start + kept.trim_end_matches([';', ',', ' ']).len();
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(&str, Vec<&str>)> {
        let of = |list: &List| {
            (&text[list.intro.clone()], list.items.iter().map(|at| &text[at.clone()]).collect())
        };
        lists(text).iter().map(of).collect()
    }

    #[test]
    fn lines_with_marks_are_lists() {
        let text = "The hall was cold.\nWhat I'd like:\n1. Half of it back.\n2. A reason why the kitchen was still locked when we came\nat nine.\n\nAnna";
        assert_eq!(
            all(text),
            [(
                "What I'd like:",
                vec!["Half of it back.", "A reason why the kitchen was still locked when we came\nat nine."]
            )]
        );
        let text = "Please:\n- cancel the order;\n- send the £20 back; and\n- call me\nThanks\nBo";
        assert_eq!(all(text), [("Please:", vec!["cancel the order", "send the £20 back", "call me"])]);
        let text = "a) When will it come?\nb) Who pays?\n";
        assert_eq!(all(text), [("", vec!["When will it come?", "Who pays?"])]);
    }

    #[test]
    fn lists_within_a_line_are_lists() {
        let text = "It is late. I want (1) a date, (2) my £30 back and (3) an answer. Kind regards";
        assert_eq!(all(text), [("I want", vec!["a date", "my £30 back", "an answer."])]);
    }

    #[test]
    fn sums_brackets_and_names_are_left_whole() {
        let text = "I paid £3.50 and would like: 1) an apology 2) £12.50 for the taxi";
        assert_eq!(all(text), [("I paid £3.50 and would like:", vec!["an apology", "£12.50 for the taxi"])]);
        assert_eq!(all("I would like the parcels (order 1) and (order 2) refunded by Friday."), []);
        let text = "Please:\n- cancel the order\n- a call back\nthanks\nbo";
        assert_eq!(all(text), [("Please:", vec!["cancel the order", "a call back"])]);
    }

    #[test]
    fn so_many_sentences_as_were_announced_are_a_list() {
        let text = "It is wet. Three things. An engineer by Friday. The £75 back. And a date, please. Bo";
        assert_eq!(
            all(text),
            [("Three things.", vec!["An engineer by Friday.", "The £75 back.", "a date, please."])]
        );
        let text = "I ask two things please. That somebody looks again. And that I don't pay.\n\nThanks.";
        assert_eq!(
            all(text),
            [("I ask two things please.", vec!["That somebody looks again.", "that I don't pay."])]
        );
        for none in [
            "Three things went wrong. It was cold. It was wet. It was dear.",
            "I ask two things. I want a date.",
            "Two things.\n\nA date. A name.",
            "I asked for two things. They sent one. It broke.",
        ] {
            assert_eq!(all(none), [], "{none}");
        }
    }

    #[test]
    fn what_only_looks_like_a_list_is_none() {
        assert_eq!(all("We met on 1. May and 2. June.\n"), []);
        assert_eq!(all("- Anna\n"), []);
        assert_eq!(all("A. Munro\nB. Street 5\n"), []);
        assert_eq!(all(""), []);
    }
}
