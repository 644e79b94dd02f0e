//! `amends forget`: erases a customer, or what is old.

use super::{Opened, count};
use crate::program::batch::sink::{Status, print};
use crate::program::flags::ForgetArgs;
use amends_inbox::message::one_line;
use anyhow::bail;

pub fn forget(args: &ForgetArgs) -> anyhow::Result<Status> {
    let mut opened = Opened::of(&args.of)?;
    if let Some(retain) = args.retain {
        let since = retain.since(opened.today);
        let gone = opened.ledger.thin(since)?;
        print(&format!("erased {} from before {since}\n", count(gone, "message")))?;
        return Ok(Status::Done);
    }
    let address = args.address.as_deref().unwrap_or("").trim();
    if !address.contains('@') || address.contains(char::is_whitespace) {
        bail!("\"{}\" isn't an address; write it as ana@mail.example", one_line(address));
    }
    print(&match opened.ledger.forget(address)? {
        0 => format!("nothing is kept about {}\n", one_line(address)),
        gone => format!("erased {} from {}, with all promises\n", count(gone, "message"), one_line(address)),
    })?;
    Ok(Status::Done)
}
