//! The report as one table: a row a figure.

use super::gather::{Figure, Report};

const HEAD: [&str; 9] =
    ["part", "field", "value", "n", "before", "expected", "chance", "customers", "on_hold"];

pub fn csv(report: &Report) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(HEAD)?;
    let mut count = |field: &str, value: &str, figure: Figure, held: &str| {
        let (n, before) = (figure.n.to_string(), figure.before.to_string());
        out.write_record(["count", field, value, &n, &before, "", "", "", held])
    };
    count("all", "messages", report.messages, "")?;
    count("all", "complaints", report.complaints, "")?;
    for group in &report.groups {
        for row in &group.rows {
            count(group.field, &row.value, row.figure, &row.held.to_string())?;
        }
    }
    let promises = report.promises_due;
    for (state, n) in [
        ("kept", promises.kept),
        ("late", promises.late),
        ("broken", promises.broken),
        ("overdue", promises.overdue),
        ("open", promises.open),
    ] {
        out.write_record(["promises due", "state", state, &n.to_string(), "", "", "", "", ""])?;
    }
    for standing in &report.stands_out.waves {
        let wave = &standing.wave;
        out.write_record([
            "stands out",
            wave.label.field,
            &wave.label.value,
            &wave.n.to_string(),
            "",
            &format!("{:.2}", wave.expected),
            &format!("{:.3e}", wave.p),
            &standing.customers.to_string(),
            "",
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}
