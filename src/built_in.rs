//! The phrasebook inside the binary: `build.rs` reads and checks `phrasebook.yaml`, and what it
//! came to is stored here, so that a single mail need not wait for it.

use crate::phrasebook::{Phrasebook, Rejected};

const STORED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrasebook.bin"));

impl Phrasebook {
    /// The phrasebook inside the binary. What was stored can always be read back, so an error
    /// is one of the phrasebook's source, read in its stead.
    pub fn built_in() -> Result<Self, Rejected> {
        postcard::from_bytes(STORED).or_else(|_| Self::parse("phrasebook.yaml", crate::phrasebook::DEFAULT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_the_source_says() {
        let stored: Phrasebook = postcard::from_bytes(STORED).unwrap();
        let read = Phrasebook::parse("phrasebook.yaml", crate::phrasebook::DEFAULT).unwrap();
        assert_eq!(stored.fingerprint, read.fingerprint);
        assert_eq!(format!("{:?}", stored.index), format!("{:?}", read.index));
    }
}
