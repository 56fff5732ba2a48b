//! The key that signs checkpoints: made at the first start, in a file of its own that only its owner reads, PKCS#8 in PEM
//! as `openssl genpkey -algorithm ed25519` writes it; and public keys, as everybody else reads them.

use crate::clock;
use crate::domain::ids::Digest;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// What stands before the 32 bytes of a private key in its DER (RFC 8410, section 7, without the public key).
const PRIVATE: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
/// What stands before the 32 bytes of a public key in its DER (RFC 8410, section 4).
const PUBLIC: [u8; 12] = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
/// The file of the private key in the data folder.
const FILE: &str = "checkpoint.key";

/// A private key.
pub struct Key {
    pair: Ed25519KeyPair,
}

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl Key {
    /// The key of these 32 secret bytes.
    ///
    /// # Panics
    /// Never: any 32 bytes are a key.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self {
            pair: Ed25519KeyPair::from_seed_unchecked(seed)
                .expect("any 32 bytes are a seed of Ed25519 (RFC 8032)"),
        }
    }

    /// The key of a data folder, made and on disk before it is used.
    ///
    /// # Errors
    /// When it cannot be read or made.
    pub fn open(data: &Path) -> anyhow::Result<Self> {
        let path = data.join(FILE);
        if !path.exists() {
            let secret = Digest::try_from(clock::secret()).map_err(anyhow::Error::msg)?;
            let text = pem("PRIVATE KEY", &[&PRIVATE[..], &secret.bytes()].concat());
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::File::open(data)?.sync_all()?;
        }
        Self::read(&path)
    }

    /// The key of a data folder, if it has one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn find(data: &Path) -> anyhow::Result<Option<Self>> {
        let path = data.join(FILE);
        path.exists().then(|| Self::read(&path)).transpose()
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("không đọc được {}", path.display()))?;
        let der = from_pem("PRIVATE KEY", &text);
        let seed =
            der.as_deref().and_then(|der| der.strip_prefix(&PRIVATE)).and_then(|rest| rest.try_into().ok());
        let seed: [u8; 32] =
            seed.with_context(|| format!("{} không phải một khóa Ed25519 (PKCS#8, PEM)", path.display()))?;
        Ok(Self::from_seed(&seed))
    }

    /// What others check its signatures with.
    ///
    /// # Panics
    /// Never: the public key of this scheme has 32 bytes.
    pub fn public(&self) -> PublicKey {
        PublicKey(
            self.pair
                .public_key()
                .as_ref()
                .try_into()
                .expect("a public key of Ed25519 has 32 bytes (RFC 8032)"),
        )
    }

    /// Signs.
    ///
    /// # Panics
    /// Never: a signature of this scheme has 64 bytes.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.pair.sign(bytes).as_ref().try_into().expect("a signature of Ed25519 has 64 bytes (RFC 8032)")
    }
}

impl PublicKey {
    /// The key in a PEM text, as [`Self::pem`] writes it.
    pub fn from_pem(text: &str) -> Option<Self> {
        let der = from_pem("PUBLIC KEY", text)?;
        Some(Self(der.strip_prefix(&PUBLIC)?.try_into().ok()?))
    }

    /// The key as `openssl` reads it.
    pub fn pem(&self) -> String {
        pem("PUBLIC KEY", &self.der())
    }

    /// Its id: SHA-256 of its DER, as `openssl pkey -pubin -outform DER | sha256sum` says.
    pub fn id(&self) -> Digest {
        Digest::of(&self.der())
    }

    /// Whether it signed these bytes.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(bytes, signature).is_ok()
    }

    fn der(&self) -> Vec<u8> {
        [&PUBLIC[..], &self.0].concat()
    }
}

fn pem(what: &str, der: &[u8]) -> String {
    // Shorter than the 64 characters at which a line is broken.
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", STANDARD.encode(der))
}

fn from_pem(what: &str, text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {what}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {what}-----"))?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn it_is_the_scheme_of_the_rfc() {
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        let key = Key::from_seed(&Digest::try_from(seed.to_owned()).expect("64 digits").bytes());
        let public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        assert_eq!(Digest::from_bytes(key.public().0).to_string(), public);
        let signature = key.sign(&[0x72]);
        assert_eq!(signature[..4], [0x92, 0xa0, 0x09, 0xa9]);
        assert!(key.public().verifies(&[0x72], &signature) && !key.public().verifies(&[0x73], &signature));
    }

    #[test]
    fn it_is_made_once_for_its_owner_only_and_reads_back() {
        let dir = tempfile::tempdir().expect("a directory");
        assert!(Key::find(dir.path()).expect("readable").is_none());
        let first = Key::open(dir.path()).expect("made").public();
        assert_eq!(Key::open(dir.path()).expect("read").public(), first);
        let mode = fs::metadata(dir.path().join(FILE)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(PublicKey::from_pem(&first.pem()), Some(first));
        fs::write(dir.path().join(FILE), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
            .expect("written");
        assert!(Key::open(dir.path()).is_err());
    }
}
