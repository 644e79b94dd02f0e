//! Drafts in order of urgency, however many: each waits in its rank's temporary file until all
//! have been read.

use crate::program::batch::summary::RANKS;
use anyhow::Context;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

#[derive(Debug, Default)]
pub struct Queue {
    ranks: Vec<Option<BufWriter<File>>>,
}

impl Queue {
    pub fn add(&mut self, rank: usize, bytes: &[u8]) -> anyhow::Result<()> {
        self.ranks.resize_with(RANKS, || None);
        let write = |slot: &mut Option<BufWriter<File>>| {
            let file = match slot {
                Some(file) => file,
                none => none.insert(BufWriter::new(tempfile::tempfile()?)),
            };
            file.write_all(&(bytes.len() as u64).to_le_bytes())?;
            file.write_all(bytes)
        };
        write(&mut self.ranks[rank.min(RANKS - 1)])
            .context("can't write the queue to the temporary directory")
    }

    /// Everything added, most urgent first; equal ranks keep input order.
    pub fn drain(self, mut take: impl FnMut(&[u8]) -> anyhow::Result<bool>) -> anyhow::Result<()> {
        const LOST: &str = "can't read the queue back from the temporary directory";
        for file in self.ranks.into_iter().flatten() {
            let mut file = file.into_inner().map_err(|e| e.into_error()).context(LOST)?;
            file.seek(SeekFrom::Start(0)).context(LOST)?;
            let mut file = BufReader::new(file);
            let mut len = [0; 8];
            let mut bytes = Vec::new();
            while file.read_exact(&mut len).is_ok() {
                bytes.clear();
                let read =
                    file.by_ref().take(u64::from_le_bytes(len)).read_to_end(&mut bytes).context(LOST)?;
                anyhow::ensure!(read as u64 == u64::from_le_bytes(len), LOST);
                if !take(&bytes)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_rank_comes_first_and_equals_keep_their_order() {
        let mut queue = Queue::default();
        for (rank, text) in [(3, "c"), (0, "a"), (99, "z"), (3, "d"), (0, "")] {
            queue.add(rank, text.as_bytes()).unwrap();
        }
        let mut all = Vec::new();
        queue
            .drain(|bytes| {
                all.push(String::from_utf8(bytes.to_vec()).unwrap());
                Ok(true)
            })
            .unwrap();
        assert_eq!(all, ["a", "", "c", "d", "z"]);
    }
}
