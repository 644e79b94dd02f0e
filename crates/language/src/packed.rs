//! Zero-copy text and tables, decoded on first use. Replying to a single mail would otherwise spend
//! most of its time decoding the phrasebook, and touching a memory page costs more than scanning the
//! mail's words.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Index, Range};
use std::sync::OnceLock;

/// Phrasebook text, borrowed from the binary or owned.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text(#[serde(borrow)] Cow<'static, str>);

impl Text {
    pub fn push_str(&mut self, text: &str) {
        self.0.to_mut().push_str(text);
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Rarely needed text: not validated as UTF-8 until read.
#[derive(Clone, PartialEq, Eq)]
pub struct Quote(Cow<'static, [u8]>);

impl Deref for Quote {
    type Target = str;

    /// Only valid UTF-8 is ever stored.
    fn deref(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl From<&str> for Quote {
    fn from(text: &str) -> Self {
        Self(Cow::Owned(text.as_bytes().to_vec()))
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for Quote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Quote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Bytes).map(|bytes| Self(Cow::Borrowed(bytes)))
    }
}

/// A table row: a fixed number of 32-bit values.
pub trait Plain {
    const NUMBERS: usize;
    fn put(&self, out: &mut Numbers<'_>);
    fn take(row: &[u8]) -> Self;
}

/// Where a row's numbers are written.
#[derive(Debug)]
pub struct Numbers<'a>(&'a mut Vec<u8>);

impl Numbers<'_> {
    pub fn put(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    pub fn put_wide(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }
}

/// The row's `n`th number.
pub fn number(row: &[u8], n: usize) -> u32 {
    row[4 * n..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The 64-bit value stored as numbers `n` and `n + 1`.
pub fn wide(row: &[u8], n: usize) -> u64 {
    row[4 * n..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

impl Plain for u32 {
    const NUMBERS: usize = 1;

    fn put(&self, out: &mut Numbers<'_>) {
        out.put(*self);
    }

    fn take(row: &[u8]) -> Self {
        number(row, 0)
    }
}

/// A table of little-endian 32-bit numbers.
pub struct Table<T> {
    bytes: Cow<'static, [u8]>,
    rows: PhantomData<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { bytes: Cow::Borrowed(&[]), rows: PhantomData }
    }
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), rows: PhantomData }
    }
}

impl<T> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.bytes, f)
    }
}

impl<T> Table<T> {
    /// The rows as they are stored, each of `BYTES` bytes: for loops that read many of them.
    pub fn rows<const BYTES: usize>(&self) -> &[[u8; BYTES]] {
        self.bytes.as_chunks().0
    }
}

impl<T: Plain> Table<T> {
    const BYTES: usize = 4 * T::NUMBERS;

    pub fn len(&self) -> usize {
        self.bytes.len() / Self::BYTES
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn get(&self, n: usize) -> T {
        T::take(&self.bytes[n * Self::BYTES..(n + 1) * Self::BYTES])
    }

    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.range(0..self.len())
    }

    pub fn range(&self, rows: Range<usize>) -> impl Iterator<Item = T> + '_ {
        self.bytes[rows.start * Self::BYTES..rows.end * Self::BYTES].chunks_exact(Self::BYTES).map(T::take)
    }

    /// Binary search in sorted `rows`; `order` compares a row with the target.
    pub fn search(&self, rows: Range<usize>, order: impl Fn(T) -> Ordering) -> Option<usize> {
        let (mut low, mut high) = (rows.start, rows.end);
        while low < high {
            let middle = low + (high - low) / 2;
            match order(self.get(middle)) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub fn push(&mut self, row: &T) {
        row.put(&mut Numbers(self.bytes.to_mut()));
    }

    fn set(&mut self, n: usize, row: &T) {
        let mut bytes = Vec::with_capacity(Self::BYTES);
        row.put(&mut Numbers(&mut bytes));
        self.bytes.to_mut()[n * Self::BYTES..(n + 1) * Self::BYTES].copy_from_slice(&bytes);
    }
}

impl<T: Plain> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut table = Self::default();
        table.extend(rows);
        table
    }
}

impl<T: Plain> Extend<T> for Table<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        rows.into_iter().for_each(|row| self.push(&row));
    }
}

impl<T> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = deserializer.deserialize_bytes(Bytes)?;
        Ok(Self { bytes: Cow::Borrowed(bytes), rows: PhantomData })
    }
}

/// Borrows bytes in place.
struct Bytes;

impl<'de: 'static> Visitor<'de> for Bytes {
    type Value = &'static [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes inside the binary")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<&'static [u8], E> {
        Ok(bytes)
    }
}

/// A zero-copy hash map from word to number.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Dictionary {
    letters: Text,
    entries: Table<Entry>,
    /// Hash slots: entry index + 1, or 0 if free. At least twice as many as entries.
    slots: Table<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    from: u32,
    len: u32,
    number: u32,
}

impl Plain for Entry {
    const NUMBERS: usize = 3;

    fn put(&self, out: &mut Numbers<'_>) {
        [self.from, self.len, self.number].into_iter().for_each(|n| out.put(n));
    }

    fn take(row: &[u8]) -> Self {
        Self { from: number(row, 0), len: number(row, 1), number: number(row, 2) }
    }
}

impl Dictionary {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn get(&self, word: &str) -> Option<u32> {
        self.get_bytes(word.as_bytes())
    }

    pub fn get_bytes(&self, word: &[u8]) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.slot(word);
        loop {
            let entry = self.entries.get((self.slots.get(slot) as usize).checked_sub(1)?);
            if self.word(entry).as_bytes() == word {
                return Some(entry.number);
            }
            slot = (slot + 1) & self.last_slot();
        }
    }

    /// Adds a new word; it must not be present already.
    pub fn insert(&mut self, word: &str, number: u32) {
        let entry = Entry { from: self.letters.len() as u32, len: word.len() as u32, number };
        self.letters.push_str(word);
        self.entries.push(&entry);
        if self.slots.len() < 2 * self.entries.len() {
            self.slots = std::iter::repeat_n(0, 64.max(2 * self.slots.len())).collect();
            (0..self.entries.len()).for_each(|n| self.file(n));
        } else {
            self.file(self.entries.len() - 1);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.entries.iter().map(|entry| (self.word(entry), entry.number))
    }

    fn word(&self, entry: Entry) -> &str {
        &self.letters[entry.from as usize..(entry.from + entry.len) as usize]
    }

    fn file(&mut self, n: usize) {
        let mut slot = self.slot(self.word(self.entries.get(n)).as_bytes());
        while self.slots.get(slot) != 0 {
            slot = (slot + 1) & self.last_slot();
        }
        self.slots.set(slot, &(n as u32 + 1));
    }

    /// There are as many slots as some power of two.
    fn last_slot(&self) -> usize {
        self.slots.len() - 1
    }

    /// FNV-1a: the same on every machine, since tables are stored by one and read by another.
    fn slot(&self, word: &[u8]) -> usize {
        let hash = word.iter().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193));
        (hash ^ hash >> 15) as usize & self.last_slot()
    }
}

/// A value decoded on first use.
#[derive(Debug)]
pub struct Later<T> {
    stored: &'static [u8],
    read: OnceLock<T>,
}

impl<T> Later<T> {
    pub fn now(value: T) -> Self {
        Self { stored: &[], read: OnceLock::from(value) }
    }
}

impl<T: Default + Deserialize<'static>> Deref for Later<T> {
    type Target = T;

    /// What we stored always decodes.
    fn deref(&self) -> &T {
        self.read.get_or_init(|| postcard::from_bytes(self.stored).unwrap_or_default())
    }
}

impl<T: Default + Serialize + Deserialize<'static>> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_stdvec(&**self).map_err(serde::ser::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { stored: deserializer.deserialize_bytes(Bytes)?, read: OnceLock::new() })
    }
}

/// A list whose items are decoded one by one, on first use.
#[derive(Debug)]
pub struct Items<T> {
    /// Where each item's bytes end.
    ends: Table<u32>,
    bytes: &'static [u8],
    read: Vec<OnceLock<Box<T>>>,
}

impl<T> Items<T> {
    pub fn len(&self) -> usize {
        self.read.len()
    }

    pub fn is_empty(&self) -> bool {
        self.read.is_empty()
    }
}

impl<T: Deserialize<'static>> Items<T> {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        (0..self.len()).map(|n| &self[n])
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        let read = items.into_iter().map(|item| OnceLock::from(Box::new(item))).collect();
        Self { ends: Table::default(), bytes: &[], read }
    }
}

impl<T: Deserialize<'static>> Index<usize> for Items<T> {
    type Output = T;

    fn index(&self, n: usize) -> &T {
        self.read[n].get_or_init(|| {
            let start = n.checked_sub(1).map_or(0, |before| self.ends.get(before));
            let bytes = &self.bytes[start as usize..self.ends.get(n) as usize];
            Box::new(postcard::from_bytes(bytes).expect("what build.rs stored"))
        })
    }
}

impl<T: Serialize + Deserialize<'static>> Serialize for Items<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mut ends, mut all) = (Table::<u32>::default(), Vec::new());
        for item in self.iter() {
            all.extend(postcard::to_stdvec(item).map_err(serde::ser::Error::custom)?);
            ends.push(&(all.len() as u32));
        }
        (ends, Quote(Cow::Owned(all))).serialize(serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (ends, Quote(bytes)) = <(Table<u32>, Quote)>::deserialize(deserializer)?;
        let Cow::Borrowed(bytes) = bytes else { return Err(D::Error::custom("bytes inside the binary")) };
        let read = std::iter::repeat_with(OnceLock::new).take(ends.len()).collect();
        Ok(Self { ends, bytes, read })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_finds_its_words_also_when_read_back() {
        let mut words = Dictionary::default();
        assert_eq!(words.get("late"), None);
        for n in 0..1000 {
            words.insert(&format!("word{n}"), n);
        }
        let stored: &'static [u8] = postcard::to_stdvec(&words).unwrap().leak();
        let words: Dictionary = postcard::from_bytes(stored).unwrap();
        assert!((0..1000).all(|n| words.get(&format!("word{n}")) == Some(n)));
        assert_eq!((words.get("word"), words.get("word1000"), words.len()), (None, None, 1000));
        assert_eq!(words.iter().nth(7), Some(("word7", 7)));
    }

    #[test]
    fn what_is_read_later_is_what_was_stored() {
        let items = Items::from(vec!["one".to_owned(), String::new(), "three".to_owned()]);
        let stored: &'static [u8] = postcard::to_stdvec(&items).unwrap().leak();
        let items: Items<String> = postcard::from_bytes(stored).unwrap();
        assert_eq!(items[2], "three");
        assert_eq!(items.iter().collect::<Vec<_>>(), ["one", "", "three"]);
        let stored = postcard::to_stdvec(&Later::now(vec!["a".to_owned(), "b".to_owned()])).unwrap().leak();
        let later: Later<Vec<String>> = postcard::from_bytes(stored).unwrap();
        assert_eq!(*later, ["a", "b"]);
    }
}
