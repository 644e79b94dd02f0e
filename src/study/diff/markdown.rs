//! The comparison as a comment on a merge request, for GitHub, GitLab or Forgejo.
//!
//! Customers' words stand only where nothing is read as Markdown or HTML: escaped inside `<code>`, or
//! in a fence longer than any in the text. There they mention nobody and link to nothing either.

use super::{Change, Effect, Moved};
use amends_inbox::message::one_line;
use std::fmt::Write;

/// The most bytes of a comment, so that every forge takes it: GitHub allows 65,536 characters.
const LONGEST: usize = 60_000;

/// The most bytes of the tables' changes, to leave room for drafts.
const TABLES: usize = 20_000;

/// The most characters of a value in the tables.
const VALUE: usize = 300;

/// The most characters of a message.
const MESSAGE: usize = 2_000;

/// The most characters of what is shown of a folded draft.
const TITLE: usize = 80;

/// The counts, then the tables' changes and each changed draft, folded.
pub fn comment(changes: &[Change], effect: Option<&Effect>) -> String {
    let mut out = heading(effect);
    let entries = changes.len();
    if entries == 0 {
        out.push_str("The phrasebook's tables are the same.\n");
    } else {
        let _ = writeln!(
            out,
            "{}",
            folded(&format!("{} changed", count(entries, "entry", "entries")), &tables(changes))
        );
    }
    let Some(effect) = effect else { return out };
    let mut shown = 0;
    for moved in &effect.shown {
        let draft = draft(moved);
        if out.len() + draft.len() > LONGEST {
            break;
        }
        let _ = writeln!(out, "\n{draft}");
        shown += 1;
    }
    if shown < effect.changed {
        let _ = writeln!(
            out,
            "\n{} of {} shown.",
            shown,
            count(effect.changed, "changed message", "changed messages")
        );
    }
    out
}

fn heading(effect: Option<&Effect>) -> String {
    let Some(effect) = effect else { return "### What this phrasebook changes\n\n".into() };
    let of = count(effect.messages, "message", "messages");
    format!(
        "### {} of {of} read or answered differently\n\n\
         | messages | kind | issues | tone | wants | hold | draft |\n\
         |---:|---:|---:|---:|---:|---:|---:|\n\
         | {} | {} | {} | {} | {} | {} | {} |\n\n",
        effect.changed,
        effect.messages,
        effect.kind,
        effect.issue,
        effect.tone,
        effect.wants,
        effect.hold,
        effect.draft
    )
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What changed in the tables, as a diff; at least the first change, however long it is.
fn tables(changes: &[Change]) -> String {
    let mut diff = String::new();
    for (n, change) in changes.iter().enumerate() {
        let mut lines = format!("{}\n", one_line(&change.path));
        for (sign, value) in [('-', &change.removed), ('+', &change.added)] {
            if let Some(value) = value {
                let _ = writeln!(lines, "{sign} {}", shortened(&one_line(value), VALUE));
            }
        }
        if n > 0 && diff.len() + lines.len() > TABLES {
            let _ = writeln!(diff, "and {} more", count(changes.len() - n, "entry", "entries"));
            break;
        }
        diff.push_str(&lines);
    }
    fenced("diff", &diff)
}

/// A message, and how it is read and answered now.
fn draft(moved: &Moved) -> String {
    let title =
        format!("{}: {}", code(&one_line(&moved.id)), code(&shortened(&one_line(&moved.text), TITLE)));
    let mut inside = String::new();
    if !moved.changes.is_empty() {
        let items = moved.changes.iter().map(|change| format!("<li>{}</li>\n", code(&one_line(change))));
        let _ = writeln!(inside, "<ul>\n{}</ul>\n", items.collect::<String>());
    }
    inside.push_str(&fenced("text", &shortened(&moved.text, MESSAGE)));
    if !moved.draft.is_empty() {
        inside.push('\n');
        inside.push_str(&fenced("diff", &moved.draft.join("\n")));
    }
    folded(&title, &inside)
}

/// `title` is HTML, `inside` Markdown: an empty line leads from the one to the other, and back.
fn folded(title: &str, inside: &str) -> String {
    format!("<details>\n<summary>{title}</summary>\n\n{inside}\n</details>")
}

/// Text that stands in the way it is, on one line.
fn code(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<code>{escaped}</code>")
}

/// A block of code that no line of the text can end.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

/// At most so many characters, with dots where more came.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(id: &str, text: &str, draft: &[&str]) -> Moved {
        Moved {
            id: id.into(),
            text: text.into(),
            changes: vec!["hold: none → legal threat: \"<b>my solicitor</b>\"".into()],
            draft: draft.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    fn effect(shown: Vec<Moved>) -> Effect {
        let n = shown.len();
        Effect { messages: n + 1, hold: n, draft: n, changed: n, shown, ..Effect::default() }
    }

    #[test]
    fn the_counts_come_first_and_each_draft_is_folded() {
        let change =
            Change { path: "company.agent".into(), removed: Some("Noor".into()), added: Some("Pia".into()) };
        let effect = effect(vec![moved("1", "It never came.", &["- Noor", "+ Pia"])]);
        assert_eq!(
            comment(&[change], Some(&effect)),
            "### 1 of 2 messages read or answered differently\n\n\
             | messages | kind | issues | tone | wants | hold | draft |\n\
             |---:|---:|---:|---:|---:|---:|---:|\n\
             | 2 | 0 | 0 | 0 | 0 | 1 | 1 |\n\n\
             <details>\n<summary>1 entry changed</summary>\n\n\
             ```diff\ncompany.agent\n- Noor\n+ Pia\n```\n\n</details>\n\n\
             <details>\n<summary><code>1</code>: <code>It never came.</code></summary>\n\n\
             <ul>\n<li><code>hold: none → legal threat: &quot;&lt;b&gt;my solicitor&lt;/b&gt;&quot;</code></li>\n</ul>\n\n\
             ```text\nIt never came.\n```\n\n```diff\n- Noor\n+ Pia\n```\n\n</details>\n"
        );
    }

    /// What a reader of Markdown takes as HTML or text of its own: all outside the fences.
    fn outside_fences(comment: &str) -> String {
        let (mut fence, mut out) = (None::<usize>, String::new());
        for line in comment.lines() {
            let ticks = line.trim_start_matches(' ').bytes().take_while(|b| *b == b'`').count();
            match fence {
                None if ticks >= 3 => fence = Some(ticks),
                None => out += &format!("{line}\n"),
                Some(opened) if ticks >= opened && line.trim().len() == ticks => fence = None,
                Some(_) => {}
            }
        }
        assert!(fence.is_none(), "{comment}");
        out
    }

    #[test]
    fn no_message_breaks_out() {
        let hostile = [
            "</details></summary><img src=x onerror=alert(1)><script>alert(1)</script>",
            "```\n</details>\n# Approved\n@everyone, see #1 and https://evil.example\n```",
            "````\n~~~\n`````\n<details>\n",
            "a\n\n</code>**bold** [x](javascript:alert(1)) <!-- hidden",
            "| a | b |\n|---|---|\n&lt;script&gt; \u{202e}txet",
            "   ```\n> quote\n\t```",
        ];
        for text in hostile {
            let lines: Vec<&str> = text.lines().collect();
            let comment = comment(&[], Some(&effect(vec![moved(text, text, &lines)])));
            let outside = outside_fences(&comment);
            for tag in ["<details>", "</details>", "<summary>", "</summary>", "<ul>", "</ul>"] {
                assert_eq!(outside.matches(tag).count(), 1, "{tag}: {outside}");
            }
            assert_eq!(outside.matches("<code>").count(), outside.matches("</code>").count(), "{outside}");
            // All of it is in one block of HTML, where Markdown means nothing.
            let summary = outside.lines().find(|line| line.starts_with("<summary>")).unwrap();
            assert!(summary.ends_with("</code></summary>") && !outside.contains("<script"), "{outside}");
            for line in outside.lines().filter(|line| line.contains('@') || line.contains("javascript")) {
                assert_eq!(line, summary, "{outside}");
            }
        }
    }

    #[test]
    fn a_comment_fits_where_it_is_posted() {
        let long = "It never came. ".repeat(1_000);
        let change = Change { path: "moves.close".into(), removed: None, added: Some(long.clone()) };
        let all: Vec<Moved> = (0..100).map(|n| moved(&n.to_string(), &long, &[&long])).collect();
        let comment = comment(&vec![change; 100], Some(&effect(all)));
        assert!(comment.len() <= LONGEST + 100, "{}", comment.len());
        assert!(comment.ends_with(" of 100 changed messages shown.\n"), "{}", &comment[comment.len() - 80..]);
        assert!(comment.contains("\nand 37 entries more\n"), "{comment}");
        outside_fences(&comment);
    }
}
