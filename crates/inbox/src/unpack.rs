//! What lies around a text: gzip, UTF-16, the mark of UTF-8. Behind it, all formats are read alike.

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use std::io::{self, Cursor, ErrorKind, Read};

/// A stream of plain bytes.
pub struct Plain {
    pub reader: Box<dyn Read>,
    /// It was packed, so that an error while reading is one of the packing.
    pub packed: bool,
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plain").field("packed", &self.packed).finish_non_exhaustive()
    }
}

/// How much is looked at.
const HEAD: usize = 512;

const GZIP: &[u8] = b"\x1f\x8b\x08";

/// Unpacks a stream, if it is packed.
pub fn unpack(reader: Box<dyn Read>) -> io::Result<Plain> {
    let (head, reader) = peek(reader)?;
    if !head.starts_with(GZIP) {
        return Ok(Plain { reader: narrow(&head, reader)?, packed: false });
    }
    let (head, reader) = peek(Box::new(MultiGzDecoder::new(reader))).map_err(|e| damaged(&e))?;
    if head.starts_with(GZIP) {
        return Err(refused("it is packed twice with gzip; unpack it once"));
    }
    Ok(Plain { reader: Box::new(Unpacked(narrow(&head, reader)?)), packed: true })
}

/// Fills the head, however slowly the stream comes.
fn peek(mut reader: Box<dyn Read>) -> io::Result<(Vec<u8>, Box<dyn Read>)> {
    let mut head = vec![0; HEAD];
    let mut filled = 0;
    // A line is enough: who types waits for no more.
    while filled < HEAD && !head[..filled].contains(&b'\n') {
        match reader.read(&mut head[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    head.truncate(filled);
    let whole = Cursor::new(head.clone()).chain(reader);
    Ok((head, Box::new(whole)))
}

/// How many bytes of characters that nobody sees stand before a text: another byte order mark, a no-break
/// space, a form feed.
pub fn unseen(head: &[u8]) -> usize {
    const UNSEEN: &[&[u8]] = &[
        b"\x0B",
        b"\x0C",
        b"\xC2\xA0",
        b"\xE2\x80\x8B",
        b"\xE2\x80\x8C",
        b"\xE2\x80\x8D",
        b"\xE2\x81\xA0",
        b"\xEF\xBB\xBF",
    ];
    let mut rest = head;
    while let Some(after) = UNSEEN.iter().find_map(|mark| rest.strip_prefix(*mark)) {
        rest = after;
    }
    head.len() - rest.len()
}

/// UTF-16 becomes UTF-8; a byte order mark goes.
fn narrow(head: &[u8], mut reader: Box<dyn Read>) -> io::Result<Box<dyn Read>> {
    let (mark, encoding) = match head {
        [0xEF, 0xBB, 0xBF, ..] => (3, None),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return Err(refused("it is UTF-32; save it as UTF-8"));
        }
        [0xFF, 0xFE, ..] => (2, Some(UTF_16LE)),
        [0xFE, 0xFF, ..] => (2, Some(UTF_16BE)),
        _ if every_other(head, 1) => (0, Some(UTF_16LE)),
        _ if every_other(head, 0) => (0, Some(UTF_16BE)),
        _ => (0, None),
    };
    io::copy(&mut reader.by_ref().take(mark), &mut io::sink())?;
    Ok(match encoding {
        Some(encoding) => {
            let decoder = encoding.new_decoder_without_bom_handling();
            Box::new(Wide { reader, decoder, text: Vec::new(), at: 0, ended: false })
        }
        None => reader,
    })
}

/// Whether nearly every other byte, and no more, is zero: UTF-16 of Latin letters without its mark.
fn every_other(head: &[u8], which: usize) -> bool {
    let zero = |of: usize| head.chunks_exact(2).filter(|pair| pair[of] == 0).count();
    head.len() >= 8 && zero(which) * 10 >= head.len() / 2 * 8 && zero(1 - which) == 0
}

fn refused(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

fn damaged(error: &io::Error) -> io::Error {
    refused(match error.kind() {
        ErrorKind::UnexpectedEof => "the gzip file is cut off",
        _ => "the gzip file is damaged",
    })
}

/// Unpacked bytes, whose errors say what is damaged.
struct Unpacked(Box<dyn Read>);

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out).map_err(|error| damaged(&error))
    }
}

/// UTF-16 as UTF-8.
struct Wide {
    reader: Box<dyn Read>,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Wide {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut wide = [0; 4096];
        while self.at == self.text.len() && !self.ended {
            let n = self.reader.read(&mut wide)?;
            self.ended = n == 0;
            let most = self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * wide.len());
            self.text.resize(most, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&wide[..n], &mut self.text, self.ended);
            self.text.truncate(written);
            self.at = 0;
        }
        let n = out.len().min(self.text.len() - self.at);
        out[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn read(bytes: &[u8]) -> Result<String, String> {
        let plain = unpack(Box::new(Cursor::new(bytes.to_vec()))).map_err(|e| e.to_string())?;
        let mut text = String::new();
        let mut reader = plain.reader;
        reader.read_to_string(&mut text).map_err(|e| e.to_string())?;
        Ok(text)
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn wide(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn what_lies_around_a_text_goes() {
        let text = "Meine Grüße 🙂, and much more of it\n".repeat(900);
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let latin = "a plain letter\n".repeat(900);
        for (bytes, text) in [
            (text.clone().into_bytes(), &text),
            (with(b"\xEF\xBB\xBF", text.clone().into_bytes()), &text),
            (with(b"\xFF\xFE", wide(&text, true)), &text),
            (with(b"\xFE\xFF", wide(&text, false)), &text),
            (wide(&latin, true), &latin),
            (wide(&latin, false), &latin),
            (packed(text.as_bytes()), &text),
            (packed(&with(b"\xFF\xFE", wide(&text, true))), &text),
            ([packed(&text.as_bytes()[..9000]), packed(&text.as_bytes()[9000..])].concat(), &text),
            (Vec::new(), &String::new()),
        ] {
            assert_eq!(read(&bytes).as_ref(), Ok(text));
        }
        let whole = packed(text.as_bytes());
        for (bytes, why) in [
            (&whole[..whole.len() - 20], "the gzip file is cut off"),
            (&packed(&whole), "it is packed twice with gzip; unpack it once"),
            (b"\xFF\xFE\0\0a\0\0\0", "it is UTF-32; save it as UTF-8"),
        ] {
            assert_eq!(read(bytes), Err(why.to_owned()));
        }
    }
}
