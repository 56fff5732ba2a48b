//! Presence: who is in a room, looking at what, typing where. In memory, never in a log; lost with the process
//! and nobody misses it.

use crate::domain::Actor;
use crate::wire::Present;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Who is in one room.
#[derive(Clone, Debug)]
pub struct Presence {
    inside: Arc<Mutex<Inside>>,
    seen: watch::Sender<Vec<Present>>,
}

#[derive(Debug, Default)]
struct Inside {
    next: u64,
    /// By connection; a person may have several windows.
    windows: BTreeMap<u64, Present>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { inside: Arc::default(), seen: watch::channel(vec![]).0 }
    }
}

impl Presence {
    /// Follows who is here; only the newest matters.
    pub fn follow(&self) -> watch::Receiver<Vec<Present>> {
        self.seen.subscribe()
    }

    /// A window opens. Dropping the seat closes it.
    pub fn enter(&self, actor: &Actor) -> Seat {
        let Actor { person, name, office, .. } = actor.clone();
        let window = self.change(|inside| {
            inside.next += 1;
            inside.windows.insert(inside.next, Present { person, name, office, at: None, typing: false });
            inside.next
        });
        Seat { presence: self.clone(), window }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Inside) -> T) -> T {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut inside);
        // One row per person: the window that is typing, else the newest.
        let mut people: BTreeMap<_, Present> = BTreeMap::new();
        for window in inside.windows.values() {
            let typing = people.get(&window.person).is_some_and(|known| known.typing);
            if !typing {
                people.insert(window.person.clone(), window.clone());
            }
        }
        let people: Vec<_> = people.into_values().collect();
        self.seen.send_if_modified(|seen| {
            let changed = *seen != people;
            if changed {
                *seen = people;
            }
            changed
        });
        result
    }
}

/// One open window.
#[derive(Debug)]
pub struct Seat {
    presence: Presence,
    window: u64,
}

impl Seat {
    /// The person looks somewhere else, or starts or stops typing.
    pub fn look(&self, at: Option<String>, typing: bool) {
        self.presence.change(|inside| {
            if let Some(window) = inside.windows.get_mut(&self.window) {
                (window.at, window.typing) = (at, typing);
            }
        });
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.presence.change(|inside| inside.windows.remove(&self.window));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::actor;

    #[test]
    fn a_person_with_two_windows_is_here_once_until_both_close() {
        let presence = Presence::default();
        let follow = presence.follow();
        let (first, second) = (presence.enter(&actor("party")), presence.enter(&actor("party")));
        let _other = presence.enter(&actor("people"));
        assert_eq!(follow.borrow().len(), 2);
        first.look(Some("timeline".into()), true);
        let typing = |row: &Present| row.person.as_str() == "party" && row.typing;
        assert!(follow.borrow().iter().any(typing));
        drop(first);
        assert_eq!(follow.borrow().len(), 2);
        assert!(!follow.borrow().iter().any(typing));
        drop(second);
        assert_eq!(follow.borrow().len(), 1);
    }
}
