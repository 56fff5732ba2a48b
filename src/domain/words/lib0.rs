//! Numbers, bytes and strings as Yjs writes them (lib0). Reads what strangers sent: believes no length, reserves no
//! memory, never panics.

/// Largest number: what a browser counts exactly.
const NUMBER_MAX: u64 = (1 << 53) - 1;

/// Reads from the front; every answer is none once something is not as it should be.
#[derive(Clone, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// From the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number: seven bits a byte, the lowest first.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in (0..56).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << place;
            if byte < 0x80 {
                return (number <= NUMBER_MAX).then_some(number);
            }
        }
        None
    }

    /// How many things follow. Each takes a byte at least, so there are no more than bytes.
    pub fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    /// A length and so many bytes.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.count()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// A length and so many bytes of UTF-8.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

/// Writes a number.
pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Writes a length and the bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_lengths_are_not_believed() {
        let mut out = vec![];
        for number in [0, 1, 127, 128, 300, NUMBER_MAX] {
            put_number(&mut out, number);
        }
        put_bytes(&mut out, "chữ".as_bytes());
        let mut reader = Reader::new(&out);
        let numbers: Vec<_> = (0..6).filter_map(|_| reader.number()).collect();
        assert_eq!(numbers, [0, 1, 127, 128, 300, NUMBER_MAX]);
        assert_eq!((reader.text(), reader.is_done()), (Some("chữ"), true));
        assert_eq!(Reader::new(&[0xFF; 20]).number(), None);
        assert_eq!(Reader::new(&[0xFF, 0xFF, 0xFF, 0x7F, 1]).count(), None);
        assert_eq!(Reader::new(&[5, 1]).bytes(), None);
        assert_eq!(Reader::new(&[]).byte(), None);
    }
}
