//! Time stamps as of RFC 3161: the request for one, and whether an answer is an answer to it. Who signed the answer is for
//! `openssl ts -verify` and the authority's certificate to say; here it is only seen to that it speaks of this text.

use crate::domain::ids::Digest;

/// SHA-256 in a request: the identifier with its parameters (RFC 5754, section 2.2).
const SHA256: [u8; 15] = [0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0];
/// What a time stamp is among signed contents: id-ct-TSTInfo (RFC 3161, section 2.4.2).
const TST_INFO: [u8; 11] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 1, 4];

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OBJECT: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const CONTEXT_0: u8 = 0xa0;

/// The request (`TimeStampReq`) for a text of this digest, with the certificate of who answers. The nonce makes an answer
/// from before no answer to this.
pub(super) fn request(imprint: &Digest, nonce: u64) -> Vec<u8> {
    let imprint = value(SEQUENCE, &[&SHA256[..], &value(OCTETS, &imprint.bytes())].concat());
    let wants_certificate = [1, 1, 0xff];
    let version = value(INTEGER, &[1]);
    value(SEQUENCE, &[version, imprint, value(INTEGER, &number(nonce)), wants_certificate.to_vec()].concat())
}

/// Whether a response (`TimeStampResp`) grants a time stamp for this digest and this nonce.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn check(response: &[u8], imprint: &Digest, nonce: u64) -> Result<(), &'static str> {
    let unread = "câu trả lời không phải dấu thời gian theo RFC 3161";
    let (mut whole, _) = open(response, SEQUENCE).ok_or(unread)?;
    let status = take(&mut whole, SEQUENCE).and_then(|status| open(status, INTEGER)).ok_or(unread)?;
    // Granted, or granted with modifications.
    if !matches!(status.0, [0 | 1]) {
        return Err("máy cấp dấu thời gian từ chối");
    }
    let info = info(whole).ok_or(unread)?;
    if info.imprint != imprint.bytes() {
        return Err("dấu thời gian của một văn bản khác");
    }
    if info.nonce != Some(number(nonce).as_slice()) {
        return Err("dấu thời gian cho một yêu cầu khác");
    }
    Ok(())
}

/// Whether a response that was kept speaks of this digest.
pub(super) fn holds(response: &[u8], imprint: &Digest) -> bool {
    let digits = imprint.bytes();
    response.windows(digits.len()).any(|piece| piece == digits)
}

struct Info<'a> {
    imprint: &'a [u8],
    nonce: Option<&'a [u8]>,
}

/// What a token states: `ContentInfo` › `SignedData` › `EncapsulatedContentInfo` › `TSTInfo`.
fn info(token: &[u8]) -> Option<Info<'_>> {
    let (mut content, _) = open(token, SEQUENCE)?;
    take(&mut content, OBJECT)?;
    let (mut signed, _) = open(open(content, CONTEXT_0)?.0, SEQUENCE)?;
    take(&mut signed, INTEGER)?;
    next(&mut signed)?;
    let mut within = take(&mut signed, SEQUENCE)?;
    if take(&mut within, OBJECT)? != TST_INFO {
        return None;
    }
    let (octets, _) = open(open(within, CONTEXT_0)?.0, OCTETS)?;
    let (mut info, _) = open(octets, SEQUENCE)?;
    take(&mut info, INTEGER)?;
    take(&mut info, OBJECT)?;
    let mut imprint = take(&mut info, SEQUENCE)?;
    if take(&mut imprint, SEQUENCE)? != &SHA256[2..] {
        return None;
    }
    let imprint = take(&mut imprint, OCTETS)?;
    // The serial number; after it and the time, the only number is the nonce.
    take(&mut info, INTEGER)?;
    let mut nonce = None;
    while let Some((tag, value)) = next(&mut info) {
        nonce = nonce.or((tag == INTEGER).then_some(value));
    }
    Some(Info { imprint, nonce })
}

/// A value with its tag and length (X.690, definite form; nothing here is longer than 64 KiB).
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let [_, .., high, low] = length.to_be_bytes();
    let mut bytes = vec![tag];
    match length {
        0..=0x7f => bytes.push(low),
        0x80..=0xff => bytes.extend([0x81, low]),
        _ => bytes.extend([0x82, high, low]),
    }
    bytes.extend(content);
    bytes
}

/// A positive number as short as it can be.
fn number(number: u64) -> Vec<u8> {
    let mut bytes: Vec<_> = number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    if bytes.first().is_none_or(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

/// The next value, taken off.
fn next<'a>(bytes: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some((*tag, content))
}

fn take<'a>(bytes: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    next(bytes).filter(|(found, _)| *found == tag).map(|(_, content)| content)
}

/// The content of the first value, and what comes after it.
fn open(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let mut rest = bytes;
    take(&mut rest, tag).map(|content| (content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_what_the_rfc_says() {
        let bytes = request(&Digest::ZERO, 0x8000_0000_0000_0001);
        let begin = [0x30, 0x44, 2, 1, 1, 0x30, 0x31];
        assert_eq!(bytes[..7], begin);
        assert_eq!(bytes[bytes.len() - 14..], [2, 9, 0, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0xff]);
        assert_eq!((number(0), number(127), number(128)), (vec![0], vec![127], vec![0, 128]));
    }

    #[test]
    fn an_answer_that_is_none_is_refused_whatever_its_bytes() {
        let good = request(&Digest::ZERO, 7);
        for end in 0..good.len() {
            assert!(check(&good[..end], &Digest::ZERO, 7).is_err());
        }
        // Refused (status 2), and granted without a token.
        assert!(check(&value(SEQUENCE, &value(SEQUENCE, &[2, 1, 2])), &Digest::ZERO, 7).is_err());
        assert!(check(&value(SEQUENCE, &value(SEQUENCE, &[2, 1, 0])), &Digest::ZERO, 7).is_err());
        assert!(check(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &Digest::ZERO, 7).is_err());
    }
}
