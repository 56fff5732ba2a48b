//! When something was written, as against when it was recorded: what waited on a device without a network carries the
//! time of its writing. That is a claim like every time that people give: bounded here, shown beside the server's
//! time, and never trusted for order.

use super::Incident;
use jiff::{SignedDuration, Timestamp};

/// What arrives within this was not late: people read minutes, and a connection that comes back by itself takes less.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_secs(60);
/// Beyond this nobody remembers, and a device's clock is the likelier reason: a fortnight without a network.
pub const WAIT_MAX: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The time of writing that the record keeps of what the device said, at `at` by the server's clock. None when it was
/// not late, and when it cannot be: in the future, before the room was there, or longer ago than `WAIT_MAX`. What
/// cannot be is left out and not refused, because the words matter more than the device's clock.
pub(super) fn kept(incident: &Incident, said: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
    let (said, header) = (said?, incident.header.as_ref()?);
    let waited = at.duration_since(said);
    (waited > LATE_AFTER && waited <= WAIT_MAX && said >= header.opened.at).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given;

    #[test]
    fn only_a_time_that_can_be_and_that_is_late_is_kept() {
        let open = given::an_incident();
        let opened = given::at("12:00:00");
        let kept = |said: Timestamp, at| super::kept(open.incident(), Some(said), at);
        let now = given::at("14:31:00");
        assert_eq!(kept(given::at("14:05:00"), now), Some(given::at("14:05:00")));
        assert_eq!(kept(given::at("14:30:00"), now), None, "a minute is not late");
        assert_eq!(kept(given::at("14:29:59"), now), Some(given::at("14:29:59")));
        assert_eq!(kept(given::at("19:31:00"), now), None, "nothing was written in the future");
        assert_eq!(kept(opened, now), Some(opened));
        assert_eq!(kept(given::at("11:59:59"), now), None, "nor before the room was there");
        assert_eq!(kept(opened, opened + WAIT_MAX), Some(opened));
        assert_eq!(kept(opened, opened + WAIT_MAX + SignedDuration::from_secs(1)), None);
        assert_eq!(kept(Timestamp::MIN, now), None);
        assert_eq!(kept(Timestamp::MAX, now), None);
        assert_eq!(super::kept(open.incident(), None, now), None);
        assert_eq!(super::kept(&Incident::default(), Some(opened), now), None, "and not without a room");
    }
}
