//! Commands by which a step of a GitHub workflow annotates a file.

use super::Finding;
use amends_phrasebook::diagnostic::Severity;

/// `::error file=own.yaml,line=6,col=16,title=…::message`, for one finding.
pub fn command(finding: &Finding<'_>) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (line, column) = finding.span.start;
    format!(
        "::{level} file={},line={line},col={column},title={}::{}\n",
        property(finding.file),
        property(finding.rule),
        data(&finding.message)
    )
}

/// Escapes the text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which a colon or comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    #[test]
    fn nothing_in_a_finding_ends_its_command_or_starts_another() {
        let finding = Finding {
            rule: "a,b:c",
            severity: Severity::Info,
            file: "C:\\50%, twice.yaml",
            span: Span { start: (3, 4), end: (3, 9) },
            message: "100 %, sure: yes\r\n::error::no".into(),
            fix: None,
        };
        assert_eq!(
            command(&finding),
            "::notice file=C%3A\\50%25%2C twice.yaml,line=3,col=4,title=a%2Cb%3Ac::\
             100 %25, sure: yes%0D%0A::error::no\n"
        );
    }
}
