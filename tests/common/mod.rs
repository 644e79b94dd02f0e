//! What several tests of the program share.

use std::path::Path;
use std::process::Child;
use std::time::Duration;

/// Lets a run go on until it has noted how far it has come; false if it ended before.
pub fn until_noted(child: &mut Child, journal: &Path) -> bool {
    for _ in 0..4000 {
        if std::fs::read_to_string(journal).is_ok_and(|text| text.contains("\n{\"records\":")) {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}
