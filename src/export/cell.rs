//! What stands in a cell of a register: words, a moment, a number.

use super::words::Moment;

/// What stands in a cell.
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A moment on the office's clock.
    At(Option<Moment>),
    /// A number.
    Number(u32),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&Moment> for Cell {
    fn from(at: &Moment) -> Self {
        Self::At(Some(at.clone()))
    }
}
impl From<&Option<Moment>> for Cell {
    fn from(at: &Option<Moment>) -> Self {
        Self::At(at.clone())
    }
}
impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(u32::try_from(number).unwrap_or(u32::MAX))
    }
}
impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

macro_rules! cells {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

pub(super) use cells;
