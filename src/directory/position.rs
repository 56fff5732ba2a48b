//! Positions that people hold and held, each with its days: who was what when stays answerable after somebody moved on.

use super::{Directory, Person};
use crate::domain::ids::PersonId;
use crate::domain::refusal::Refusal;
use crate::domain::{Act, text};
use crate::wire::Position;
use jiff::Timestamp;

/// A position on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its number among the person's, from 1.
    pub number: u32,
    /// The position.
    pub position: Position,
    /// Who recorded it, and when.
    pub recorded: Act,
}

impl Post {
    /// Whether it was held at some moment from `begin` until just before `end`.
    pub fn held(&self, begin: Timestamp, end: Timestamp) -> bool {
        held(self.position.from, self.position.until, begin, end)
    }
}

/// Whether what lasts from `from` until just before `until` touches the time from `begin` until just before `end`.
pub fn held(from: Option<Timestamp>, until: Option<Timestamp>, begin: Timestamp, end: Timestamp) -> bool {
    let real = !matches!((from, until), (Some(from), Some(until)) if until <= from);
    real && from.is_none_or(|from| from < end) && until.is_none_or(|until| begin < until)
}

impl Person {
    /// The position that the account stands for now: the newest of its title and function that has no end.
    pub fn post(&self) -> Option<&Post> {
        let profile = &self.profile;
        let same =
            |post: &&Post| post.position.title == profile.title && post.position.function == profile.function;
        self.posts.iter().rev().filter(same).find(|post| post.position.until.is_none())
    }

    /// Begins the position that the profile names.
    pub(super) fn begin(&mut self, from: Timestamp, instrument: Option<String>, recorded: Act) {
        let (title, function) = (self.profile.title.clone(), self.profile.function.clone());
        let position = Position { title, function, from: Some(from), until: None, instrument };
        self.put(None, position, recorded);
    }

    /// Ends the position that the profile names.
    pub(super) fn end_post(&mut self, until: Timestamp) {
        let ending = self.post().map(|post| post.number);
        let mut posts = self.posts.iter_mut();
        if let Some(post) = posts.find(|post| Some(post.number) == ending) {
            post.position.until = Some(until);
        }
    }

    /// Puts a position on record under the next of their numbers, or in place of the one with this number.
    pub(super) fn put(&mut self, number: Option<u32>, position: Position, recorded: Act) {
        let next = self.posts.iter().map(|post| post.number).max().unwrap_or(0) + 1;
        let number = number.unwrap_or(next);
        let post = Post { number, position, recorded };
        match self.posts.iter_mut().find(|post| post.number == number) {
            Some(known) => *known = post,
            None => self.posts.push(post),
        }
    }
}

impl Directory {
    /// A position in the form in which it is kept, and its number.
    pub(super) fn position(
        &self,
        id: &PersonId,
        number: Option<u32>,
        position: Position,
    ) -> Result<(u32, Position), Refusal> {
        let person = self.people.get(id).ok_or(Refusal::Unknown)?;
        let next = person.posts.iter().map(|post| post.number).max().unwrap_or(0) + 1;
        let number = number.unwrap_or(next);
        if number != next && !person.posts.iter().any(|post| post.number == number) {
            return Err(Refusal::Unknown);
        }
        if let (Some(from), Some(until)) = (position.from, position.until)
            && until <= from
        {
            return Err(Refusal::EndBeforeBeginning { from });
        }
        let title = text::title(&position.title)?;
        let instrument = text::note_if_any(position.instrument.as_deref())?;
        Ok((number, Position { title, instrument, ..position }))
    }
}
