//! What is no message, told by its first bytes, and the way to get its words out.

use crate::mbox;

/// Beginnings, what they are, and the way out.
#[rustfmt::skip]
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", WORDS),
    (b"{\\rtf", "an RTF document", WORDS),
    (b"%!PS", "PostScript", WORDS),
    (b"bplist00", "a binary property list", "convert it, as in plutil -convert json -o - FILE"),
    (b"\xD9\xD9\xF7", "CBOR", "convert it to JSON"),
    (b"\x89PNG\r\n", "a picture (PNG)", TYPED),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", TYPED),
    (b"GIF8", "a picture (GIF)", TYPED),
    (b"II*\0", "a picture (TIFF)", TYPED),
    (b"MM\0*", "a picture (TIFF)", TYPED),
    (b"\0\0\0\x01Bud1", "a folder's settings (.DS_Store)", "leave it out"),
    (b"ID3", "a sound recording", HEARD),
    (b"OggS", "a sound recording", HEARD),
    (b"fLaC", "a sound recording", HEARD),
    (b"#!AMR", "a sound recording", HEARD),
    (b"7z\xBC\xAF\x27\x1C", "an archive (7z)", UNPACKED),
    (b"Rar!\x1A\x07", "an archive (RAR)", UNPACKED),
    (b"BZh", "a compressed file (bzip2)", "unpack it, as in bzip2 -dc FILE | amends"),
    (b"\xFD7zXZ\0", "a compressed file (xz)", "unpack it, as in xz -dc FILE | amends"),
    (b"\x28\xB5\x2F\xFD", "a compressed file (zstd)", "unpack it, as in zstd -dc FILE | amends"),
    (b"!BDN", "an Outlook mailbox (.pst)", "take its mail out, as in readpst -M FILE, or save the mail as .msg or .eml"),
    (b"SQLite format 3\0", "a database (SQLite)", "select the messages as JSON or CSV"),
    (b"PAR1", "a table (Parquet)", "save it as CSV or JSONL"),
    (b"BEGIN:VCALENDAR", "a calendar entry (.ics)", "leave it out, or name the mail it came with"),
    (b"BEGIN:VCARD", "a contact (.vcf)", "leave it out, or name the mail it came with"),
    (b"\x78\x9F\x3E\x22", "an Outlook attachment (winmail.dat)", "unpack it, as in tnef FILE"),
];

const WORDS: &str = "save its words as plain text and pipe them in; as a table, save it as CSV";
const TYPED: &str = "amends can't read pictures: type out what it says and pipe that in";
const HEARD: &str = "amends can't listen: write down what is said and pipe that in";
const UNPACKED: &str = "unpack it and name the files in it";

/// Why a file that begins so isn't read, if it isn't a message.
pub fn refused(head: &[u8]) -> Option<String> {
    // A PDF or a program for a printer may come after blank lines.
    let head = head.trim_ascii_start();
    if head.strip_prefix(b">").is_some_and(|rest| mbox::begins(&String::from_utf8_lossy(rest))) {
        return Some("this is a mailbox whose first line begins with \">From \"; take that `>` away".into());
    }
    let at = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let known = KINDS.iter().find(|(mark, ..)| head.starts_with(mark)).map(|(_, what, out)| (*what, *out));
    let (what, out) = known
        .or_else(|| at(0, b"PK\x03\x04").then(|| zipped(head)))
        .or_else(|| at(257, b"ustar").then_some(("an archive (tar)", UNPACKED)))
        // "BM" may begin a sentence; four zeros don't follow in one.
        .or_else(|| (at(0, b"BM") && at(6, b"\0\0\0\0")).then_some(("a picture (BMP)", TYPED)))
        .or_else(|| is_cbor(head).then_some(("CBOR", "convert it to JSON")))
        .or_else(|| (at(0, b"RIFF") && at(8, b"WEBP")).then_some(("a picture (WebP)", TYPED)))
        .or_else(|| (at(0, b"RIFF") && at(8, b"WAVE")).then_some(("a sound recording", HEARD)))
        .or_else(|| {
            (at(4, b"ftyphei") || at(4, b"ftypmif1") || at(4, b"ftypavif"))
                .then_some(("a picture (HEIC)", TYPED))
        })
        .or_else(|| at(4, b"ftyp").then_some(("a recording", HEARD)))?;
    Some(format!("this is {what}, not a message; {out}"))
}

/// Whether it is CBOR: a list, a table in it, and in that a first key that is a word.
fn is_cbor(head: &[u8]) -> bool {
    let [0x80..=0x9B | 0x9F, 0xA1..=0xBB | 0xBF, length @ 0x61..=0x77, rest @ ..] = head else {
        return false;
    };
    let key = rest.get(..usize::from(length - 0x60));
    key.is_some_and(|key| key.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_'))
}

/// What a ZIP archive holds, by the names of its first files.
fn zipped(head: &[u8]) -> (&'static str, &'static str) {
    let names = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    if names(b"word/") {
        ("a Word document (docx)", WORDS)
    } else if names(b"xl/") {
        ("an Excel workbook (xlsx)", "save its sheet as CSV")
    } else if names(b"ppt/") {
        ("a PowerPoint presentation (pptx)", WORDS)
    } else if names(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        ("a spreadsheet (ods)", "save its sheet as CSV")
    } else if names(b"mimetypeapplication/vnd.oasis") {
        ("an OpenDocument text (odt)", WORDS)
    } else if names(b"[Content_Types].xml") {
        ("an Office document (docx, xlsx or pptx)", WORDS)
    } else {
        ("an archive (ZIP)", UNPACKED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_called_by_its_name() {
        for (head, name) in [
            (&b"%PDF-1.7\n"[..], "a PDF"),
            (b"{\\rtf1\\ansi", "RTF"),
            (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "docx"),
            (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
            (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
            (b"PK\x03\x04....tickets.json", "ZIP"),
            (b"\xFF\xD8\xFF\xE0", "JPEG"),
            (b"\0\0\0\x18ftypheic", "HEIC"),
            (b"\0\0\0\x18ftypM4A ", "a recording"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
            (b"BM\x36\x10\x0e\0\0\0\0\0\x36", "BMP"),
            (&[&[b'x'; 257][..], b"ustar\x0000"].concat(), "tar"),
            (b"BEGIN:VCALENDAR\r\nVERSION:2.0", ".ics"),
            (b"BEGIN:VCARD\r\nVERSION:3.0", ".vcf"),
            (b"\n\n%PDF-1.7\n", "a PDF"),
            (b"%!PS-Adobe-3.0\n", "PostScript"),
            (b"bplist00\xD1", "property list"),
            (b"\x83\xA3bid", "CBOR"),
            (b"BEGIN:VCALENDAR\r\n", "a calendar"),
            (b">From a@x Mon Nov 23 10:00:00 2026\nFrom: a@x\n", "a mailbox"),
        ] {
            let why = refused(head).unwrap();
            assert!(why.contains(name) && why.contains("; "), "{why}");
        }
        for head in [
            &b"From: a@x\n\nHi"[..],
            b"{\"text\": \"x\"}",
            b"BZ is late",
            b"BM is late",
            b">From Anna I hear nothing.\nHi",
            b"\x93\xA1Hola!\x94",
            b"ID: 3",
            b"",
            b"RIFF",
            b"Rare",
        ] {
            assert_eq!(refused(head), None);
        }
    }
}
