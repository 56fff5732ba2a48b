//! Services that watch the media and may send what they found: a name, until when, for which incident. The token itself
//! never comes here, only its digest.

use super::Directory;
use crate::domain::ids::{Digest, IncidentId, PersonId, Rev};
use crate::domain::refusal::{Desks, Refusal};
use crate::domain::table::row;
use crate::domain::{Act, Actor, Role, text};
use jiff::{SignedDuration, Timestamp};

/// Longest that a token holds: a contract's year. A longer one is forgotten in somebody's drawer.
pub const TOKEN_MAX: SignedDuration = SignedDuration::from_hours(24 * 366);
/// Services that may send at once: more than any province buys; what is over counts no more.
pub const SERVICES_MAX: usize = 50;
/// What its acts say that it is.
const TITLE: &str = "Dịch vụ theo dõi báo chí";

/// A service and its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its id; its acts carry it in the place of a person's.
    pub id: PersonId,
    /// Last change.
    pub rev: Rev,
    /// What it is called.
    pub name: String,
    /// SHA-256 of its token.
    pub hash: Digest,
    /// The only incident that it may send to.
    pub incident: Option<IncidentId>,
    /// Until when.
    pub until: Timestamp,
    /// Who let it.
    pub issued: Act,
    /// Who ended it, and why.
    pub revoked: Option<(Act, String)>,
}

row!(Service, PersonId);

impl Service {
    /// Whether its token still holds.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.until
    }

    /// The service as the author of what it sends.
    pub fn actor(&self) -> Actor {
        let (person, name, title) = (self.id.clone(), self.name.clone(), TITLE.into());
        Actor { person, name, title, office: None, roles: vec![Role::Service], mandate: None }
    }
}

impl Directory {
    /// The service whose token has this digest.
    pub fn service(&self, hash: &Digest) -> Option<&Service> {
        self.services.iter().find(|service| service.hash == *hash).map(AsRef::as_ref)
    }

    /// The name under which a service may be let in.
    pub(super) fn let_in(
        &self,
        id: &PersonId,
        name: &str,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        if self.services.get(id).is_some() || self.people.get(id).is_some() {
            return Err(Refusal::AlreadyThere);
        }
        let name = text::title(name)?;
        if until <= now {
            return Err(Refusal::InThePast);
        }
        if until.duration_since(now) > TOKEN_MAX {
            return Err(Refusal::TooFarAhead);
        }
        if self.services.iter().filter(|service| service.holds(now)).count() >= SERVICES_MAX {
            return Err(Refusal::Desks(Desks::TooManyServices { max: SERVICES_MAX }));
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Command, Event};
    use crate::domain::given::{actor, at};
    use crate::domain::ids::CommandId;
    use crate::domain::{Context, Record};
    use crate::room::Fold;

    fn id() -> PersonId {
        PersonId::new("dv-1").expect("an id")
    }
    fn issue(incident: Option<&str>, until: Timestamp) -> Command {
        let incident = incident.map(|id| IncidentId::new(id).expect("an id"));
        Command::Issue {
            id: id(), name: "Theo dõi Thử".into(), hash: Digest::of(b"secret"), incident, until
        }
    }
    fn decided(directory: &Directory, who: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        directory.decide(command, &Context { at: at("12:00:00"), by: &who, written_at: None })
    }
    fn administrator() -> Actor {
        Actor { roles: vec![Role::Admin], ..actor("party") }
    }

    #[test]
    fn a_lead_lets_a_service_into_one_incident_and_the_administrator_into_all() {
        let day = at("23:00:00");
        let directory = Directory::default();
        for who in ["party", "people", "drafter"] {
            assert_eq!(
                decided(&directory, actor(who), issue(Some("su-co"), day)),
                Err(Refusal::NotAllowed),
                "{who}"
            );
        }
        assert_eq!(decided(&directory, actor("head"), issue(None, day)), Err(Refusal::NotAllowed));
        assert!(decided(&directory, actor("head"), issue(Some("su-co"), day)).is_ok());
        assert!(decided(&directory, administrator(), issue(None, day)).is_ok());
        assert_eq!(
            decided(&directory, administrator(), issue(None, at("11:00:00"))),
            Err(Refusal::InThePast)
        );
        let far = at("12:00:00") + TOKEN_MAX + SignedDuration::from_secs(1);
        assert_eq!(decided(&directory, administrator(), issue(None, far)), Err(Refusal::TooFarAhead));
    }

    #[test]
    fn a_token_holds_until_its_hour_or_until_it_is_taken_back() {
        let mut directory = Directory::default();
        let put = |directory: &mut Directory, rev, who, command| {
            let events = decided(directory, who, command).expect("accepted");
            // What is in the log is read back as what it was.
            let events =
                serde_json::from_str(&serde_json::to_string(&events).expect("JSON")).expect("events");
            let cause = CommandId::new(&format!("c-{rev}")).expect("an id");
            directory.apply(&Record {
                rev,
                at: at("12:00:00"),
                by: administrator(),
                cause,
                events,
                written_at: None,
            });
        };
        put(&mut directory, 1, administrator(), issue(None, at("14:00:00")));
        let service = directory.service(&Digest::of(b"secret")).expect("known").clone();
        assert_eq!((service.holds(at("13:59:59")), service.holds(at("14:00:00"))), (true, false));
        assert_eq!(service.actor().name, "Theo dõi Thử");
        assert!(directory.service(&Digest::of(b"other")).is_none());
        assert_eq!(
            decided(&directory, administrator(), issue(None, at("14:00:00"))),
            Err(Refusal::AlreadyThere)
        );
        let end = || Command::EndService { id: id(), reason: "hết hợp đồng".into() };
        assert_eq!(
            decided(&directory, actor("head"), end()),
            Err(Refusal::NotAllowed),
            "it is for all incidents"
        );
        put(&mut directory, 2, administrator(), end());
        let service = directory.service(&Digest::of(b"secret")).expect("known").clone();
        assert!(!service.holds(at("12:30:00")) && service.revoked.is_some());
        assert_eq!(decided(&directory, administrator(), end()), Ok(vec![]));
    }
}
