//! Reports as text.

use super::*;

/// The report as text.
pub fn text(report: &Report) -> String {
    let mut out = format!("{} labelled messages\n", report.messages);
    for (name, value) in report.metrics.iter().filter(|(name, _)| name.matches('.').count() == 1) {
        out += &format!("  {name:<22}{value:.3}\n");
    }
    let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| format!("{v:.2}"));
    if !report.issues.is_empty() {
        out += "\nissue               precision  recall      f1  labelled  found\n";
        for (id, s) in &report.issues {
            out += &format!(
                "{id:<20}{:>9}{:>8}{:>8}{:>10}{:>7}\n",
                shown(s.precision),
                shown(s.recall),
                shown(s.f1),
                s.labelled,
                s.found
            );
        }
    }
    let wrong: Vec<(&str, &str, usize)> = {
        let mut wrong: Vec<_> = report
            .confusion
            .iter()
            .flat_map(|(gold, row)| {
                row.iter()
                    .filter(move |(found, _)| *found != gold)
                    .map(move |(f, n)| (gold.as_str(), f.as_str(), *n))
            })
            .collect();
        wrong.sort_by(|a, b| b.2.cmp(&a.2).then(a.cmp(b)));
        wrong
    };
    if !wrong.is_empty() {
        out += "\nwhat is taken for what, most often first\n";
        for (gold, found, n) in wrong.iter().take(15) {
            out += &format!("  {n:>5}  {gold} is read as {found}\n");
        }
    }
    if !report.calibration.is_empty() {
        out += "\nscore        issues  mean score   right\n";
        for bin in &report.calibration {
            out += &format!(
                "{:.1} to {:.1}{:>9}{:>12.2}{:>8.2}\n",
                bin.from,
                bin.from + 0.1,
                bin.issues,
                bin.mean_score,
                bin.right
            );
        }
    }
    if !report.misses.is_empty() {
        out += "\nthe surest mistakes\n";
        for miss in &report.misses {
            out += &format!(
                "  {}: {}\n    labelled {}; read as {}\n",
                one_line(&miss.id),
                miss.text,
                miss.labelled,
                miss.found
            );
            if !miss.evidence.is_empty() {
                out += &format!("    by {}\n", miss.evidence.join(", "));
            }
        }
    }
    out
}
