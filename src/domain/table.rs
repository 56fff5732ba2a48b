//! Tables: rows stamped with the revision that last changed them. Cloning is cheap (shared structure), nothing
//! is ever removed, and "what changed since" costs what changed, not what there is.

use super::ids::Rev;
use imbl::OrdMap;
use std::sync::Arc;

/// A row of an incident: it has an id and carries the revision that last changed it.
pub trait Row: Clone {
    /// What the row is found by.
    type Id: Ord + Clone;
    /// The row's id; never changes.
    fn id(&self) -> &Self::Id;
    /// The revision that last changed the row.
    fn rev(&self) -> Rev;
    /// Only `Table` calls this, so no change can forget its stamp.
    fn stamp(&mut self, rev: Rev);
}

/// A row whose id and last change are its fields of these names.
macro_rules! row {
    ($row:ty, $id:ty) => {
        impl $crate::domain::table::Row for $row {
            type Id = $id;
            fn id(&self) -> &$id {
                &self.id
            }
            fn rev(&self) -> $crate::domain::ids::Rev {
                self.rev
            }
            fn stamp(&mut self, rev: $crate::domain::ids::Rev) {
                self.rev = rev;
            }
        }
    };
}
pub(crate) use row;

/// All rows of one noun.
#[derive(Clone, Debug)]
pub struct Table<R: Row> {
    /// With the revision that made each.
    rows: OrdMap<R::Id, (Rev, Arc<R>)>,
    by_rev: OrdMap<(Rev, R::Id), ()>,
}

impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Self { rows: OrdMap::new(), by_rev: OrdMap::new() }
    }
}

impl<R: Row> Table<R> {
    /// The row with this id.
    pub fn get(&self, id: &R::Id) -> Option<&Arc<R>> {
        self.rows.get(id).map(|(_, row)| row)
    }
    /// The revision that made the row with this id.
    pub fn made(&self, id: &R::Id) -> Option<Rev> {
        self.rows.get(id).map(|(made, _)| *made)
    }
    /// All rows, by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<R>> {
        self.rows.values().map(|(_, row)| row)
    }
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// Adds the row, or puts it in place of the one with its id.
    pub fn put(&mut self, rev: Rev, mut row: R) {
        row.stamp(rev);
        let id = row.id().clone();
        let made = self.made(&id).unwrap_or(rev);
        if let Some((_, old)) = self.rows.insert(id.clone(), (made, Arc::new(row))) {
            self.by_rev.remove(&(old.rev(), id.clone()));
        }
        self.by_rev.insert((rev, id), ());
    }
    /// Changes the row in place; a row that is not there stays not there.
    pub fn edit(&mut self, rev: Rev, id: &R::Id, change: impl FnOnce(&mut R)) {
        if let Some(old) = self.get(id) {
            let mut row = R::clone(old);
            change(&mut row);
            self.put(rev, row);
        }
    }
    /// The rows last changed after `rev`, in the order of their last change.
    pub fn since(&self, rev: Rev) -> impl DoubleEndedIterator<Item = &Arc<R>> {
        let after = self.by_rev.iter().rev().take_while(move |((at, _), ())| *at > rev);
        let mut ids: Vec<_> = after.map(|((_, id), ())| id).collect();
        ids.reverse();
        ids.into_iter().filter_map(|id| self.get(id))
    }
    /// The row that was changed last.
    pub fn newest(&self) -> Option<&Arc<R>> {
        let ((_, id), ()) = self.by_rev.get_max()?;
        self.get(id)
    }
    /// The rows whose ids are below this one, by id.
    pub fn below(&self, id: &R::Id) -> impl DoubleEndedIterator<Item = &Arc<R>> {
        self.rows.range(..id.clone()).map(|(_, (_, row))| row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Cell(u8, Rev, &'static str);
    impl Row for Cell {
        type Id = u8;
        fn id(&self) -> &u8 {
            &self.0
        }
        fn rev(&self) -> Rev {
            self.1
        }
        fn stamp(&mut self, rev: Rev) {
            self.1 = rev;
        }
    }

    #[test]
    fn since_gives_each_changed_row_once_with_its_newest_content() {
        let mut table = Table::default();
        table.put(1, Cell(1, 0, "a"));
        table.put(2, Cell(2, 0, "b"));
        table.edit(3, &1, |cell| cell.2 = "c");
        table.edit(4, &9, |cell| cell.2 = "nobody");
        let rows = |rev| table.since(rev).map(|row| (row.0, row.1, row.2)).collect::<Vec<_>>();
        assert_eq!(rows(0), [(2, 2, "b"), (1, 3, "c")]);
        assert_eq!(rows(2), [(1, 3, "c")]);
        assert_eq!(rows(3), []);
        assert_eq!((table.made(&1), table.made(&2), table.made(&9)), (Some(1), Some(2), None));
    }

    #[test]
    fn a_clone_does_not_see_later_changes() {
        let mut table = Table::default();
        table.put(1, Cell(1, 0, "a"));
        let before = table.clone();
        table.edit(2, &1, |cell| cell.2 = "b");
        assert_eq!(before.get(&1).map(|row| row.2), Some("a"));
    }
}
