//! One window at a shared text: whose it is, what it says of itself, and what waits to be sent to it. What a window
//! says of itself is believed only as far as the session bears it out.

use super::protocol::{Frame, Here};
use crate::domain::Actor;
use crate::domain::ids::PersonId;
use serde_json::Value;
use tokio::sync::mpsc;

/// Bytes of what a window says of itself: a name, a colour, a caret.
pub const HERE_BYTES_MAX: usize = 2_048;
/// Messages that may wait for a window; one that is further behind comes back and gets the words whole.
pub const WAITING_MAX: usize = 512;

/// What a window is told.
#[derive(Clone, Debug)]
pub enum Told {
    /// A message.
    Frame(Frame),
    /// To go, with a close code and a word for logs.
    Go(u16, &'static str),
}

/// An open window.
#[derive(Debug)]
pub struct Seat {
    /// Whose it is.
    pub person: PersonId,
    /// The number under which its editor types, once it said one.
    pub hand: Option<u64>,
    /// What it says of itself.
    pub here: Option<Here>,
    outbox: mpsc::Sender<Told>,
}

impl Seat {
    /// A window that just opened, and what it will be told.
    pub fn new(person: PersonId) -> (Self, mpsc::Receiver<Told>) {
        let (outbox, told) = mpsc::channel(WAITING_MAX);
        (Self { person, hand: None, here: None, outbox }, told)
    }

    /// Sends; false when the window is too far behind, or gone.
    pub fn tell(&self, told: Told) -> bool {
        self.outbox.try_send(told).is_ok()
    }

    /// Hears what the window says of itself, and what of it others may be told. Editors repeat what they heard of
    /// others: only the one state that is the window's own counts.
    pub fn hear(&mut self, by: &Actor, all: &[Here]) -> Option<Here> {
        // An editor speaks of itself alone before it has heard of others.
        if let ([own], None) = (all, self.hand) {
            self.hand = Some(own.hand);
        }
        let own = all.iter().find(|here| Some(here.hand) == self.hand)?;
        let state = if own.state == "null" { own.state.clone() } else { honest(by, &own.state)? };
        let here = Here { state, ..own.clone() };
        self.here = Some(here.clone()).filter(|here| here.state != "null");
        Some(here)
    }
}

/// The state with the name and the office that the session bears out; none when it is somebody else's.
fn honest(by: &Actor, state: &str) -> Option<String> {
    if state.len() > HERE_BYTES_MAX {
        return None;
    }
    let mut state: Value = serde_json::from_str(state).ok()?;
    let fields = state.as_object_mut()?;
    if fields.get("person")?.as_str()? != by.person.as_str() {
        return None;
    }
    fields.insert("name".into(), by.name.clone().into());
    fields.insert("office".into(), by.office.as_ref().map(ToString::to_string).into());
    // Where other editors keep it.
    if let Some(user) = fields.get_mut("user").and_then(Value::as_object_mut) {
        user.insert("name".into(), by.name.clone().into());
    }
    Some(state.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::actor;

    #[test]
    fn nobody_appears_as_somebody_else() {
        let by = actor("party");
        let (mut seat, _told) = Seat::new(by.person.clone());
        let here = |hand, state: &str| Here { hand, clock: 1, state: state.into() };
        let said =
            seat.hear(&by, &[here(7, r#"{"person":"party","name":"Chủ tịch","user":{"name":"X"},"at":3}"#)]);
        let said: Value = serde_json::from_str(&said.expect("heard").state).expect("JSON");
        assert_eq!(
            (&said["name"], &said["user"]["name"]),
            (&by.name.clone().into(), &by.name.clone().into())
        );
        assert_eq!(said["at"], 3);
        assert!(seat.hear(&by, &[here(7, r#"{"person":"people"}"#)]).is_none());
        assert!(seat.hear(&by, &[here(9, r#"{"person":"party"}"#)]).is_none(), "another window's");
        assert!(seat.hear(&by, &[here(7, "rác")]).is_none());
        assert!(
            seat.hear(&by, &[here(7, &format!(r#"{{"person":"party","x":"{}"}}"#, "a".repeat(3_000)))])
                .is_none()
        );
        assert_eq!(seat.hear(&by, &[here(7, "null")]).map(|here| here.state).as_deref(), Some("null"));
        assert_eq!(seat.here, None);
    }
}
