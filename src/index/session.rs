//! Sign-in sessions and links: what the index holds that no log does, and that may be lost; whoever is signed out signs in
//! again.

use super::{Index, get, guarded, put};
use crate::domain::ids::{Digest, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A signed-in browser. Found by the digest of its secret; the secret itself is stored nowhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// Until when.
    pub until: Timestamp,
}

/// A link that signs somebody in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignInLink {
    /// Whom.
    pub person: PersonId,
    /// Until when.
    pub until: Timestamp,
    /// For choosing a password, once; otherwise it signs in as it is, any number of times.
    pub choose_password: bool,
}

impl Index {
    /// Signs a browser in. Written out at once, so that a program that is killed keeps its windows signed in.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn put_session(&self, secret: &str, session: &Session) -> anyhow::Result<()> {
        guarded(|| {
            put(&self.sessions, &key(secret), session)?;
            self.db.flush()?;
            Ok(())
        })
    }

    /// The session of a secret, unless it has ended. An index that cannot be read knows no session.
    pub fn session(&self, secret: &str, now: Timestamp) -> Option<Session> {
        let session: Option<Session> = guarded(|| get(&self.sessions, &key(secret))).ok().flatten();
        session.filter(|session| session.until > now)
    }

    /// Signs a browser out.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn end_session(&self, secret: &str) -> anyhow::Result<()> {
        guarded(|| Ok(self.sessions.remove(key(secret)).map(drop)?))
    }

    /// Signs all browsers of a person out.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn end_sessions_of(&self, person: &PersonId) -> anyhow::Result<()> {
        guarded(|| {
            for row in &self.sessions {
                let (key, session) = row?;
                if serde_json::from_slice::<Session>(&session)?.person == *person {
                    self.sessions.remove(key)?;
                }
            }
            Ok(())
        })
    }

    /// Forgets sessions and links that have ended.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn forget_ended(&self, now: Timestamp) -> anyhow::Result<()> {
        #[derive(Deserialize)]
        struct Ends {
            until: Timestamp,
        }
        guarded(|| {
            for tree in [&self.sessions, &self.links] {
                for row in tree {
                    let (key, ends) = row?;
                    if serde_json::from_slice::<Ends>(&ends)?.until <= now {
                        tree.remove(key)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Keeps a link.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn put_link(&self, secret: &str, link: &SignInLink) -> anyhow::Result<()> {
        guarded(|| put(&self.links, &key(secret), link))
    }

    /// The link of a secret, unless it has ended.
    pub fn link(&self, secret: &str, now: Timestamp) -> Option<SignInLink> {
        let link: Option<SignInLink> = guarded(|| get(&self.links, &key(secret))).ok().flatten();
        link.filter(|link| link.until > now)
    }

    /// Uses a link up; false when somebody else did.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn use_link(&self, secret: &str) -> anyhow::Result<bool> {
        guarded(|| Ok(self.links.remove(key(secret))?.is_some()))
    }
}

/// A secret is found by its digest: who reads the files cannot sign in with what is there.
fn key(secret: &str) -> String {
    Digest::of(secret.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::at;

    #[test]
    fn sessions_and_links_end() {
        let dir = tempfile::tempdir().expect("a directory");
        let index = Index::open(&dir.path().join("index")).expect("openable");
        let person = PersonId::new("a").expect("an id");
        let session = Session { person: person.clone(), until: at("13:00:00") };
        index.put_session("one", &session).expect("stored");
        index.put_session("two", &session).expect("stored");
        assert!(index.session("one", at("12:59:59")).is_some());
        assert!(index.session("one", at("13:00:00")).is_none());
        assert!(index.session("three", at("12:00:00")).is_none());
        index.end_session("one").expect("stored");
        assert!(index.session("one", at("12:00:00")).is_none());
        index.end_sessions_of(&person).expect("stored");
        assert!(index.session("two", at("12:00:00")).is_none());
        index.put_session("four", &session).expect("stored");
        index.forget_ended(at("12:59:59")).expect("stored");
        assert_eq!(index.sessions.len(), 1);
        index.forget_ended(at("13:00:00")).expect("stored");
        assert_eq!(index.sessions.len(), 0);
        index
            .put_link("l", &SignInLink { person, until: at("13:00:00"), choose_password: true })
            .expect("stored");
        assert!(index.link("l", at("12:00:00")).is_some() && index.link("l", at("13:00:00")).is_none());
        assert!(index.use_link("l").expect("stored") && !index.use_link("l").expect("stored"));
    }
}
