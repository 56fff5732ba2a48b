//! Designations as spokesperson: who may be given which, when one holds, and that one is over. Only the head delegates,
//! in writing, for one matter and a limited time; what was delegated is not passed on.

use super::{Directory, position};
use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::refusal::{Refusal, Speaking};
use crate::domain::{Act, Mandate, MandateKind, text};
use crate::wire::{Designation, DesignationState, Revocation};
use jiff::{SignedDuration, Timestamp};

/// Longest delegation. A matter is over within the year, or it is no longer one matter; without a bound, "until 2099"
/// would be a regular spokesperson whom nobody assigned.
pub const DELEGATION_DAYS_MAX: i64 = 366;

/// A designation on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number among the person's, from 1.
    pub number: u32,
    /// What the document says.
    pub designation: Designation,
    /// Who recorded it, and when.
    pub recorded: Act,
    /// That it was taken back.
    pub revoked: Option<Revocation>,
}

impl Held {
    /// Whether it holds now.
    pub fn state(&self, now: Timestamp) -> DesignationState {
        let Designation { from, until, .. } = self.designation;
        // From the moment of recording, whatever a clock says that was set back since.
        if self.revoked.is_some() {
            DesignationState::Revoked
        } else if until.is_some_and(|until| until <= now) {
            DesignationState::Ended
        } else if now < from {
            DesignationState::NotYet
        } else {
            DesignationState::InForce
        }
    }

    /// Whether it held at some moment from `begin` until just before `end`.
    pub fn held(&self, begin: Timestamp, end: Timestamp) -> bool {
        let Designation { from, until, .. } = self.designation;
        let revoked = self.revoked.as_ref().map(|revoked| revoked.act.at);
        let until = until.into_iter().chain(revoked).min();
        position::held(Some(from), until, begin, end)
    }

    /// Whether it holds now, in whatever matter.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.state(now) == DesignationState::InForce
    }

    /// Whether it holds now, in this matter.
    pub fn covers(&self, now: Timestamp, matter: Option<&IncidentId>) -> bool {
        let one = self.designation.incident.as_ref();
        self.is_in_force(now) && (one.is_none() || one == matter)
    }

    /// The right that it gives.
    pub fn mandate(&self) -> Mandate {
        let Designation { kind, instrument, until, .. } = self.designation.clone();
        Mandate { kind, instrument, until }
    }
}

impl Directory {
    /// A designation of `person` in the form in which it is kept, if the rules allow it now.
    pub(super) fn designation(
        &self,
        person: &PersonId,
        designation: Designation,
        now: Timestamp,
    ) -> Result<Designation, Refusal> {
        let instrument = match text::title(&designation.instrument) {
            Err(Refusal::Empty) => return Err(Refusal::Speaking(Speaking::NoInstrument)),
            instrument => instrument?,
        };
        let Designation { kind, from, until, .. } = designation;
        if until.is_some_and(|until| until <= from) {
            return Err(Refusal::EndBeforeBeginning { from });
        }
        match kind {
            MandateKind::Delegated => self.delegation(person, &designation, now)?,
            MandateKind::Head | MandateKind::Regular => {
                if designation.incident.is_some() || designation.by.is_some() {
                    return Err(Refusal::Speaking(Speaking::NotADelegation));
                }
            }
        }
        Ok(Designation { instrument, ..designation })
    }

    fn delegation(
        &self,
        person: &PersonId,
        designation: &Designation,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let (Some(until), Some(matter)) = (designation.until, &designation.incident) else {
            return Err(Refusal::Speaking(Speaking::DelegationUnbounded));
        };
        if until.duration_since(designation.from) > SignedDuration::from_hours(24 * DELEGATION_DAYS_MAX) {
            return Err(Refusal::Speaking(Speaking::DelegationTooLong { days: DELEGATION_DAYS_MAX }));
        }
        self.register.get(matter).ok_or(Refusal::UnknownMatter)?;
        let by = designation.by.as_ref().ok_or(Refusal::Speaking(Speaking::NotTheirsToDelegate))?;
        if by == person {
            return Err(Refusal::Speaking(Speaking::OwnDelegation));
        }
        let delegator = self.people.get(by).ok_or(Refusal::Speaking(Speaking::NotTheirsToDelegate))?;
        if delegator.may_delegate(now, matter) {
            Ok(())
        } else {
            Err(Refusal::Speaking(Speaking::NotTheirsToDelegate))
        }
    }
}
