//! Findings as SARIF 2.1.0: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use super::{Finding, Span};
use amends_phrasebook::diagnostic::Severity;
use serde::Serialize;
use std::path::Path;

/// A whole log: the rules, and what was found.
pub fn log(rules: Vec<Rule>, results: Vec<Found>) -> impl Serialize {
    let driver = Driver { name: "amends", version: env!("CARGO_PKG_VERSION"), rules };
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    }
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Found>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

/// A rule, as the list of rules describes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    id: String,
    short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
}

impl Rule {
    /// `page` is its documentation in Markdown, if it has any.
    pub fn new(id: String, what: String, page: Option<String>) -> Self {
        let help = page.map(|page| Help { text: page.clone(), markdown: page });
        Self { id, short_description: Text { text: what }, help }
    }
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

/// A finding, as a log holds it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    rule_id: String,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

impl From<Finding<'_>> for Found {
    fn from(finding: Finding<'_>) -> Self {
        let place = || Artifact { uri: uri(finding.file) };
        let fix = finding.fix.map(|fix| Fix {
            artifact_changes: [Change {
                artifact_location: place(),
                replacements: [Replacement {
                    deleted_region: fix.span.into(),
                    inserted_content: Text { text: fix.text.to_owned() },
                }],
            }],
        });
        Self {
            rule_id: finding.rule.to_owned(),
            level: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "note",
            },
            message: Text { text: finding.message },
            locations: [Location {
                physical_location: PhysicalLocation {
                    artifact_location: place(),
                    region: finding.span.into(),
                },
            }],
            fixes: fix.into_iter().collect(),
        }
    }
}

impl From<Span> for Region {
    fn from(span: Span) -> Self {
        let ((start_line, start_column), (end_line, end_column)) = (span.start, span.end);
        Self { start_line, start_column, end_line, end_column }
    }
}

/// A path as a URI reference: relative paths stay so, since code scanning resolves them against the
/// repository.
fn uri(path: &str) -> String {
    let absolute = Path::new(path).is_absolute();
    let slashes = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut uri = String::with_capacity(path.len() + 8);
    if absolute {
        uri.push_str(if slashes.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in slashes.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn finding(fix: Option<super::super::Replacement<'static>>) -> Finding<'static> {
        let span = Span { start: (6, 16), end: (6, 28) };
        let message = "two \"words\"".to_owned();
        Finding { rule: "yaml", severity: Severity::Info, file: "our book.yaml", span, message, fix }
    }

    #[test]
    fn a_log_has_all_that_sarif_requires() {
        let span = Span { start: (6, 1), end: (6, 2) };
        let results =
            vec![finding(None).into(), finding(Some(super::super::Replacement { span, text: "  " })).into()];
        let rules = vec![Rule::new("yaml".into(), "Not YAML".into(), Some("# yaml".into()))];
        let log = serde_json::to_value(log(rules, results)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["name"], "amends");
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!((&rule["id"], &rule["help"]["text"]), (&json!("yaml"), &json!("# yaml")));
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        for result in results {
            assert_eq!((&result["ruleId"], &result["level"]), (&json!("yaml"), &json!("note")));
            assert_eq!(result["message"]["text"], "two \"words\"");
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "our%20book.yaml");
            let region = json!({"startLine": 6, "startColumn": 16, "endLine": 6, "endColumn": 28});
            assert_eq!(place["region"], region);
        }
        assert_eq!(results[0]["fixes"], Value::Null);
        let change = &results[1]["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "our%20book.yaml");
        assert_eq!(change["replacements"][0]["deletedRegion"]["endColumn"], 2);
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "  ");
    }

    #[test]
    fn a_path_is_a_uri_reference() {
        assert_eq!(uri("shop/phrasebook.yaml"), "shop/phrasebook.yaml");
        assert_eq!(uri("a b#c?d%e:f.yaml"), "a%20b%23c%3Fd%25e%3Af.yaml");
        assert_eq!(uri("büro.yaml"), "b%C3%BCro.yaml");
        assert_eq!(uri("default:phrasebook.yaml"), "default%3Aphrasebook.yaml");
        if cfg!(unix) {
            assert_eq!(uri("/srv/a b.yaml"), "file:///srv/a%20b.yaml");
        }
    }
}
