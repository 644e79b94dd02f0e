//! The phrasebook inside the binary, compiled by `build.rs`.

use amends_phrasebook::{DEFAULT, Phrasebook, Rejected};

const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrasebook.bin"));

/// The phrasebook inside the binary. It can always be read, so an error is one of its source,
/// which is read in its stead.
pub fn phrasebook() -> Result<Phrasebook, Rejected> {
    postcard::from_bytes(COMPILED).or_else(|_| Phrasebook::parse("phrasebook.yaml", DEFAULT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_is_what_the_source_says() {
        let compiled: Phrasebook = postcard::from_bytes(COMPILED).unwrap();
        let read = Phrasebook::parse("phrasebook.yaml", DEFAULT).unwrap();
        assert_eq!(compiled.fingerprint, read.fingerprint);
        assert_eq!(format!("{:?}", compiled.index), format!("{:?}", read.index));
    }
}
