//! The report as one page that needs nothing else: no network, no script.

use super::chart;
use super::gather::Report;
use super::text::standing;
use anyhow::anyhow;
use serde_json::json;
use tera::{Context, Tera};

const PAGE: &str = include_str!("page.html");
/// The most rows of a chart, besides those on hold; the table below it has all.
const MOST: usize = 12;
/// The fields that are drawn, not only listed.
const DRAWN: &[&str] = &["issue", "cause", "thing"];

pub fn page(report: &Report) -> anyhow::Result<String> {
    let failed =
        |error: Box<dyn std::error::Error + Send + Sync>| anyhow!("the page can't be drawn: {error}");
    let mut groups = Vec::new();
    for group in &report.groups {
        let drawn = DRAWN.contains(&group.field);
        let (shown, ..) = group.shown(MOST);
        let chart = if drawn { chart::bars(group.title, &shown).map_err(failed)? } else { String::new() };
        groups.push(json!({"title": group.title, "rows": group.rows, "chart": chart}));
    }
    let mut context = Context::new();
    context.insert("report", report);
    context.insert("standing", &standing(report));
    context.insert("groups", &groups);
    context.insert("percent", &((report.stands_out.level * 100.0).round() as u32));
    let daily = chart::columns("Complaints a day", report.from, &report.daily).map_err(failed)?;
    context.insert("daily", &daily);
    let mut tera = Tera::new();
    // The name turns HTML escaping on.
    tera.add_raw_template("page.html", PAGE)?;
    Ok(tera.render("page.html", &context)?)
}
