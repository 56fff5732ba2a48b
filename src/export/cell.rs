//! What stands in a cell of a register: words, a moment, a number. Borrowed from the report where it stands there as it is.

use super::words::Moment;
use std::borrow::Cow;

/// What stands in a cell.
pub(super) enum Cell<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A moment on the office's clock.
    At(Option<&'a Moment>),
    /// A number.
    Number(u32),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}
impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
impl<'a> From<&'a Moment> for Cell<'a> {
    fn from(at: &'a Moment) -> Self {
        Self::At(Some(at))
    }
}
impl<'a> From<&'a Option<Moment>> for Cell<'a> {
    fn from(at: &'a Option<Moment>) -> Self {
        Self::At(at.as_ref())
    }
}
impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Number(u32::try_from(number).unwrap_or(u32::MAX))
    }
}
impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

macro_rules! cells {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

pub(super) use cells;
