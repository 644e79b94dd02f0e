//! `amends report`: what was complained of, what was promised, and what stands out.

mod chart;
mod gather;
mod html;
mod table;
mod text;

use super::Opened;
use crate::program::batch::sink::{Status, print};
use crate::program::files::in_use::InUse;
use crate::program::files::replace;
use crate::program::flags::{ReportArgs, ReportOutput};
use amends::record;
use anyhow::bail;
use jiff::Span;

/// Days of a report, unless told otherwise.
const USUAL: i64 = 28;

pub fn report(args: &ReportArgs) -> anyhow::Result<Status> {
    let opened = Opened::of(&args.of)?;
    let to = args.to.unwrap_or(opened.today);
    let from = args.from.unwrap_or_else(|| to.saturating_sub(Span::new().days(USUAL - 1)));
    if from > to {
        bail!("the report ends on {to}, before it begins on {from}");
    }
    let report = gather::report(&opened, from, to)?;
    let out = match args.output {
        ReportOutput::Text => text::page(&report),
        ReportOutput::Csv => table::csv(&report)?,
        ReportOutput::Json => record::json(&report),
        ReportOutput::Html => html::page(&report)?,
    };
    match &args.out_file {
        Some(file) => {
            InUse::now().refuse(file)?;
            replace(file, &out)?;
        }
        None => print(&out)?,
    }
    Ok(Status::Done)
}
