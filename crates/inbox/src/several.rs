//! What looks like a text but holds several messages, or data: called by its name, with the way out.

use crate::formats::{Format, delimiter};
use crate::table::{self, Rows};
use crate::values;
use std::collections::HashSet;

/// How much of a text is looked at.
pub const HEAD: usize = 256 << 10;

/// Whether a text is laid out so.
type IsLaidOut = fn(&str) -> bool;

/// Layouts, what they are, and the way out.
#[rustfmt::skip]
const LAYOUTS: &[(IsLaidOut, &str, &str)] = &[
    (is_xml, "XML", EXPORTED),
    (is_yaml_list, "a YAML list", EXPORTED),
    (is_assigned, "a script with data in it", "save what is between [ and ] as a .json file"),
    (is_fenced, "data in a Markdown fence", "give what is between the fences"),
    (is_commented, "JSON below a comment", "take the comment away"),
    (is_called, "JSON in a call (JSONP)", "give what is between ( and )"),
    (is_python, "data as Python prints it", "print it with json.dumps, one record a line"),
    (is_lists, "a JSON list of lists", "name their fields, as in jq -c '.[] | {id: .[0], text: .[1]}'"),
    (is_sql, "SQL", "select the messages as JSON or CSV"),
    (is_markdown_table, "a Markdown table of messages", TABLE),
    (is_html_table, "an HTML table of messages", TABLE),
    (is_headless, "a table of messages without the names of its columns", "put them above, as in id,from,text"),
    (is_titled, "a table of messages below a title", "take the title away"),
    (is_chat, "a chat of several people", "give what the customer wrote, each customer as a record or a file"),
    (is_parted, "several texts with lines between them", "give each as a record or a file"),
];

const EXPORTED: &str = "export JSON, CSV or a mailbox instead";
const TABLE: &str = "save it as CSV, with a column called text";

/// Why a text isn't read as one message, if it doesn't look like one.
pub fn refused(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let (_, what, out) = LAYOUTS.iter().find(|(is_so, ..)| is_so(text))?;
    Some(format!("this looks like {what}; {out}, or give --input text if it is one message"))
}

fn is_xml(text: &str) -> bool {
    let head: String = text.chars().take(2048).collect::<String>().to_lowercase();
    head.starts_with("<?xml") && !head.contains("<html")
}

/// Whether it begins as a YAML list of records: entries of several keys and nothing else. The points of a
/// customer's list have a line each.
fn is_yaml_list(text: &str) -> bool {
    let is_key = |text: &str| {
        let key = text.split_once(':').map_or("", |(key, _)| key.trim_matches(['"', '\'']));
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && *line != "---");
    let entry = |line: &str| line.strip_prefix("- ").is_some_and(is_key);
    let more = |line: &str| line.strip_prefix("  ").is_some_and(is_key);
    lines.next().is_some_and(entry) && lines.next().is_some_and(more) && lines.any(entry)
}

/// Whether it begins as a script that gives a list or a record a name: `const messages = [`.
fn is_assigned(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let mut words = name.split_whitespace().rev();
    let value = value.trim_start();
    words.next().is_some_and(is_name)
        && words.all(|word| matches!(word, "const" | "let" | "var" | "export"))
        && value.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with(['{', '[', '"']))
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$'))
}

fn is_data(text: &str) -> bool {
    values::shape(text).is_some() || is_lists(text) || is_python(text) || table::is_table(text.as_bytes())
}

fn is_fenced(text: &str) -> bool {
    let inside = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    inside.and_then(|inside| inside.split_once('\n')).is_some_and(|(language, data)| {
        let data = data.trim();
        // Behind it the letter goes on.
        !data.contains("```")
            && (is_data(data) || matches!(language.trim(), "json" | "jsonl" | "csv" | "yaml"))
    })
}

fn is_commented(text: &str) -> bool {
    let mut rest = text;
    while let Some(comment) = ["//", "#", "/*"].iter().find(|mark| rest.starts_with(**mark)) {
        let end = if *comment == "/*" { "*/" } else { "\n" };
        rest = rest.split_once(end).map_or("", |(_, rest)| rest.trim_start());
    }
    rest.len() < text.len() && (values::shape(rest) == Some(Format::Json) || is_lists(rest))
}

fn is_called(text: &str) -> bool {
    let Some((name, inside)) = text.split_once('(') else { return false };
    is_name(name.trim())
        && inside.trim_end_matches([';', ' ']).ends_with(')')
        && inside.trim_start().starts_with(['[', '{'])
        && is_data(inside)
}

fn is_python(text: &str) -> bool {
    let list = text.strip_prefix('[').map_or(text, str::trim_start);
    list.strip_prefix("{'").and_then(|rest| rest.split_once('\'')).is_some_and(|(key, value)| {
        is_name(key) && value.trim_start().starts_with(':') && text.ends_with(['}', ']'])
    })
}

fn is_lists(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('['))
        && serde_json::from_str::<Vec<Vec<serde_json::Value>>>(text).is_ok_and(|lists| lists.len() > 1)
}

fn is_sql(text: &str) -> bool {
    const BEGINNINGS: &[&str] = &["insert into", "create table", "drop table", "begin;", "set ", "--", "/*"];
    let lower = text.to_lowercase();
    let inserts = |line: &str| {
        line.strip_prefix("insert into ").and_then(|rest| rest.split_once("values")).is_some_and(
            |(into, values)| {
                let (_, columns) = into.trim().split_once([' ', '(']).unwrap_or(("", ")"));
                columns.ends_with(')') && (values.trim_start().starts_with('(') || values.trim().is_empty())
            },
        )
    };
    BEGINNINGS.iter().any(|word| lower.starts_with(word)) && lower.lines().any(inserts)
}

/// Fewer words are a name or a label.
const FEWEST: usize = 3;

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether the rows of a table are messages: most have words in one column, and all a label of their own in
/// another.
fn are_messages(rows: &[Vec<String>]) -> bool {
    let width = rows.first().map_or(0, Vec::len);
    let column = |at: usize| rows.iter().map(move |row| row[at].trim());
    let has_words = |at: &usize| {
        let said = column(*at).filter(|cell| {
            words(cell) >= FEWEST && cell.trim_start_matches('"').starts_with(char::is_alphabetic)
        });
        said.count() * 4 >= rows.len() * 3
    };
    let tells_apart = |at: usize| {
        let labels: HashSet<&str> =
            column(at).filter(|cell| !cell.is_empty() && words(cell) <= FEWEST).collect();
        labels.len() == rows.len()
    };
    rows.len() > 1
        && rows.iter().all(|row| row.len() == width)
        && (0..width).find(has_words).is_some_and(|of| (0..width).any(|at| at != of && tells_apart(at)))
}

fn is_markdown_table(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    if lines.peek().is_some_and(|line| is_title(line)) {
        lines.next();
    }
    let mut rows = Vec::new();
    for line in lines {
        let Some(cells) = line.strip_prefix('|') else { return false };
        rows.push(cells.trim_end_matches('|').split('|').map(str::to_owned).collect::<Vec<_>>());
    }
    let is_rule = |row: &Vec<String>| {
        row.iter().all(|cell| cell.trim().len() > 2 && cell.trim().trim_matches([':', '-']).is_empty())
    };
    rows.get(1).is_some_and(is_rule) && are_messages(&rows[2..])
}

fn is_title(line: &str) -> bool {
    /// More are a sentence.
    const MOST: usize = 8;
    words(line) <= MOST && !line.starts_with('|') && !line.ends_with(['.', ',', ':', '!', '?'])
}

fn is_html_table(text: &str) -> bool {
    if !text.starts_with('<') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let table = lower.find("<table").and_then(|from| Some((from, lower.find("</table")?)));
    let Some((from, to)) =
        table.filter(|(from, to)| from < to && lower[*from + 1..].find("<table").is_none())
    else {
        return false;
    };
    let outside = format!("{}{}", inner(&text[..from]), inner(&text[to..]));
    let cells = |row: &str| -> Vec<String> {
        let headless = row.replace("<th", "<td");
        headless.split("<td").skip(1).map(|cell| inner(&format!("<{cell}"))).collect()
    };
    let mut rows: Vec<Vec<String>> = lower[from..to].split("<tr").skip(1).map(cells).collect();
    if lower.contains("<th>") || lower.contains("<th ") {
        rows.drain(..rows.len().min(1));
    }
    is_title(outside.trim()) && are_messages(&rows)
}

/// What is between the tags.
fn inner(html: &str) -> String {
    html.split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The rows of a table whose rows are all alike.
fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for row in Rows::new(text.as_bytes(), delimiter(text.as_bytes())) {
        let row = row.ok().filter(|row| row.fault.is_none())?;
        let cells: Vec<String> =
            row.cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let alike = cells.len() > 1 && all.first().is_none_or(|first| first.len() == cells.len());
        // After a comma in a sentence comes a space.
        if !alike || cells.iter().any(|cell| cell.starts_with(' ')) {
            return None;
        }
        all.push(cells);
    }
    Some(all)
}

fn is_headless(text: &str) -> bool {
    let is_code = |cell: &String| words(cell) == 1 && cell.contains(|c: char| c.is_ascii_digit() || c == '@');
    rows(text).is_some_and(|rows| {
        let width = rows.first().map_or(0, Vec::len);
        are_messages(&rows) && (0..width).any(|at| rows.iter().all(|row| is_code(&row[at])))
    })
}

fn is_titled(text: &str) -> bool {
    /// So many lines a title has.
    const MOST: usize = 3;
    let mut rest = text;
    for _ in 0..MOST {
        let Some((title, below)) = rest.split_once('\n') else { return false };
        if !is_title(title.trim()) {
            return false;
        }
        rest = below.trim_start();
        if table::is_table(rest.as_bytes()) {
            return rows(rest).is_some_and(|rows| rows.len() > 2 && are_messages(&rows[1..]));
        }
    }
    false
}

/// Whether every line is what somebody said at a time: `[10:01] Anna: …`.
fn is_chat(text: &str) -> bool {
    let mut people = HashSet::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let Some(said) = after_time(line) else { return false };
        let Some((who, _)) = said.split_once(':').filter(|(who, _)| words(who) <= FEWEST) else {
            return false;
        };
        people.insert(who.trim());
    }
    people.len() > 1 && people.iter().all(|who| who.starts_with(char::is_uppercase))
}

/// What stands after the time that a line begins with.
fn after_time(line: &str) -> Option<&str> {
    let sign = |c: char| c.is_ascii_digit() || "[]()-/.,: \tTZ".contains(c);
    let of_clock = |c: char| matches!(c, 'a' | 'p' | 'A' | 'P');
    let mut rest = line.trim_start_matches(sign);
    if rest.starts_with(of_clock) && rest.get(1..2).is_some_and(|m| m.eq_ignore_ascii_case("m")) {
        rest = rest[2..].trim_start_matches(sign);
    }
    let time = &line[..line.len() - rest.len()];
    let clock =
        time.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
    clock.then_some(rest)
}

/// Whether lines of dashes part texts that each could be a message. One letter has one greeting, one farewell
/// and short parts.
fn is_parted(text: &str) -> bool {
    let is_line = |line: &str| {
        line.len() >= 3
            && ["-", "=", "*", "_"].iter().any(|sign| line.trim_matches(|c| sign.contains(c)).is_empty())
    };
    let mut parts = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        if is_line(line) {
            parts.push(Vec::new());
        } else if !line.is_empty() {
            parts.last_mut().unwrap_or(&mut Vec::new()).push(line);
        }
    }
    parts.retain(|lines| !lines.is_empty());
    let whole = |lines: &Vec<&str>| {
        words(&lines.join(" ")) > FEWEST && lines.iter().any(|line| line.ends_with(['.', '!', '?']))
    };
    if parts.len() < 2 || !parts.iter().all(whole) {
        return false;
    }
    let greet: Vec<bool> = parts.iter().map(|lines| begins_with(lines[0], GREETINGS)).collect();
    let part: Vec<bool> = parts
        .iter()
        .map(|lines| lines.iter().rev().take(3).any(|line| begins_with(line, FAREWELLS) && words(line) <= 4))
        .collect();
    let all = |said: &[bool]| said.iter().all(|said| *said);
    let none = |said: &[bool]| !said.contains(&true);
    all(&greet) || all(&part) || none(&greet) && none(&part) && parts.len() > 2
}

const GREETINGS: &[&str] = &[
    "hi", "hello", "hey", "dear", "good", "hallo", "guten", "sehr", "liebe", "bonjour", "hola", "to", "sir",
    "madam",
];
const FAREWELLS: &[&str] = &[
    "regards",
    "best",
    "kind",
    "thanks",
    "thank",
    "many",
    "yours",
    "sincerely",
    "cheers",
    "love",
    "warm",
    "cordially",
    "respectfully",
    "gruß",
    "grüße",
    "viele",
    "mit",
    "cordialement",
    "saludos",
];

fn begins_with(line: &str, list: &[&str]) -> bool {
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    list.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_told_from_several() {
        for letter in [
            "My boots are late.\n---\nMaria",
            "Hello,\nmy boots are late and wet.\n---\nI called you twice, nobody answered.\n---\nPlease send new ones.\nMaria Lopez",
            "My boots are late, I called twice.\n---\nThe page says nothing at all.\n---\nI want my money back.\nThanks\nMaria",
            "---\ntitle: late boots\n---\nMy boots are late and nobody answers me.",
            "My order:\n| item | qty |\n|---|---|\n| boots, brown, size 42 | 1 |\n| laces | 2 |\nNothing came.",
            "| item | price |\n|---|---|\n| boots | $90 |\n| laces | $3 |",
            "10:01 I called, nobody answered.\n10:30 I called again: music for half an hour.",
            "[10:01] Agent: it is on its way\nThat is what you told me on 3 May. Nothing came.",
            "```\n{\"error\":1}\n```\nThis is what your page says when I log in.",
            "# Late boots\nMy boots are late.",
            "// sorry for the typos\nMy boots are late [order A-1].",
            "refund([please]) my boots are late",
            "{'my boots'} are late",
            "1,5 Kilo fehlten bei der Lieferung\n2,5 Kilo waren dabei verdorben",
            "Boots, brown, are late\nLaces, black, never came",
            "INSERT INTO your heart some care for values (customers matter).",
            "<table><tr><td>Name:</td><td>Maria</td></tr><tr><td>Order:</td><td>A-1</td></tr><tr><td>Words:</td><td>My boots are late again.</td></tr></table>",
            "<p>Dear team,</p><table><tr><td>A-1</td><td>boots are late again</td></tr><tr><td>A-2</td><td>laces never came here</td></tr></table><p>I want all of it this week. Maria</p>",
            "Here is what I ordered:\nid,name\n1,boots\n2,laces\n\nNothing came, I want my money back.",
        ] {
            assert_eq!(refused(letter), None, "{letter}");
        }
    }
}
