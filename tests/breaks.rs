//! What must not get out, and what must stay: secrets and what only looks like them, as people write
//! them in complaints.

use amends_inbox::message::clean;
use amends_inbox::secret::blot;

/// The lines of a data file under `tests/breaks`, their escapes read; lines with `#` are headings.
fn lines(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(format!("{}/tests/breaks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(unescaped).collect()
}

/// `\n`, `\t` and `\u{200b}` as in Rust.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        rest = match after.chars().next().unwrap() {
            'n' => {
                out.push('\n');
                &after[1..]
            }
            't' => {
                out.push('\t');
                &after[1..]
            }
            'u' => {
                let (code, after) = after[2..].split_once('}').unwrap();
                out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap());
                after
            }
            other => panic!("\\{other}"),
        };
    }
    out + rest
}

/// A line without the marks `[[…]]`, and what they mark.
fn marked(line: &str) -> (String, Vec<String>) {
    let (mut text, mut secrets) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[[") {
        let (secret, after) = after.split_once("]]").unwrap();
        text = text + before + secret;
        secrets.push(secret.to_owned());
        rest = after;
    }
    (text + rest, secrets)
}

/// Whether any letter or digit of the marked parts is left.
fn leaks(line: &str) -> bool {
    let (text, secrets) = marked(line);
    let text = clean(&text).into_owned();
    let Some(blotted) = blot(&text) else { return true };
    let mut from = 0;
    secrets.iter().any(|secret| {
        let secret = clean(secret);
        let at = from + text[from..].find(&*secret).unwrap();
        from = at + secret.len();
        blotted.text[at..from].chars().any(char::is_alphanumeric)
    })
}

#[test]
fn secrets_go() {
    let lines = lines("secrets.txt");
    assert!(lines.len() >= 300);
    let left: Vec<&String> = lines.iter().filter(|line| leaks(line)).collect();
    assert!(left.len() * 100 <= lines.len(), "{} of {} leak: {left:#?}", left.len(), lines.len());
}

#[test]
fn look_alikes_stay() {
    let lines = lines("lookalikes.txt");
    assert!(lines.len() >= 300);
    let gone: Vec<String> = lines.iter().filter_map(|line| blot(&clean(line))).map(|found| found.text).collect();
    assert!(gone.len() * 100 <= lines.len() * 3, "{} of {} go: {gone:#?}", gone.len(), lines.len());
}
