//! Passwords: Argon2id, a few at a time, so that a crowd at the door cannot exhaust the memory.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

/// Memory of one hash, KiB; with `PASSES` the OWASP minimum for Argon2id.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Hashes at once.
const AT_ONCE: usize = 4;
/// Shortest password, characters. Length is what counts; nothing else is demanded.
pub const PASSWORD_MIN: usize = 12;
/// Longest password, characters; more only costs time.
pub const PASSWORD_MAX: usize = 200;

/// Hashes and verifies.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The bytes of a password in one form: Vietnamese keyboards differ in theirs.
fn bytes(password: &str) -> Vec<u8> {
    password.nfc().collect::<String>().into_bytes()
}

impl Passwords {
    /// The hash to keep.
    ///
    /// # Errors
    /// When hashing itself fails.
    pub async fn hash(&self, password: &str) -> anyhow::Result<String> {
        let bytes = bytes(password);
        let hash = move || argon2().hash_password(&bytes).map(|hash| hash.to_string());
        self.run(hash).await?.map_err(|error| anyhow::anyhow!("argon2: {error}"))
    }

    /// Whether the password is the one of the hash. Without a hash it takes as long and is false, so that nobody
    /// learns which names exist.
    ///
    /// # Errors
    /// When the machine cannot run it.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> anyhow::Result<bool> {
        let bytes = bytes(password);
        let verify = move || {
            let Some(hash) = hash else {
                let _ = argon2().hash_password(&bytes);
                return false;
            };
            PasswordHash::new(&hash).is_ok_and(|hash| argon2().verify_password(&bytes, &hash).is_ok())
        };
        self.run(verify).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
        let _turn = self.0.acquire().await?;
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_verifies_in_either_unicode_form_and_no_other_does() {
        let passwords = Passwords::default();
        let hash = passwords.hash("Mật khẩu đủ dài").await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let decomposed: String = "Mật khẩu đủ dài".nfd().collect();
        assert!(passwords.verify(&decomposed, Some(hash.clone())).await.expect("ran"));
        assert!(!passwords.verify("Mật khẩu đủ dai", Some(hash)).await.expect("ran"));
        assert!(!passwords.verify("Mật khẩu đủ dài", None).await.expect("ran"));
    }
}
