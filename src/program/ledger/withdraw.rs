//! `amends withdraw`: a draft that was never sent.

use super::{Opened, count};
use crate::program::batch::sink::{Status, print};
use crate::program::flags::WithdrawArgs;
use amends_inbox::message::one_line;

pub fn withdraw(args: &WithdrawArgs) -> anyhow::Result<Status> {
    let mut opened = Opened::of(&args.of)?;
    // As in the mail's own header.
    let id = args.id.trim().trim_start_matches('<').trim_end_matches('>');
    let stage = args.stage.map(|stage| stage.name());
    let done = opened.ledger.withdraw(id, args.from.as_deref(), stage)?;
    let list: String = done.promises.iter().map(|todo| format!("  {}\n", one_line(todo))).collect();
    let promises = match done.promises.len() {
        0 => "which promised nothing".into(),
        n => format!("with {}", count(n, "promise")),
    };
    let (stage, day, id) = (done.stage, done.day, one_line(id));
    print(&format!("withdrawn: the {stage} draft of {day} for {id}, {promises}\n{list}"))?;
    Ok(Status::Done)
}
