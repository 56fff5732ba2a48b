//! A purge: its record and the lines that are left go into the log as one, then the room folds everything anew, because
//! what it holds in memory has to be gone too.

use super::{Ask, Failure, Fold, Message, Room, Task, closing};
use crate::domain::Actor;
use crate::domain::ids::{CommandId, Rev};
use crate::log::AppendError;
use crate::log::chain::Purged;
use tokio::sync::oneshot;

/// A line that is left in place of another, and what the record says of it.
pub type Left = (String, Purged);

impl<F: Fold> Room<F> {
    /// Records a purge and leaves these lines in place of those that they name; on disk when it answers. The lines are
    /// of the log as it is: who computes them sees to it that no other purge comes between.
    ///
    /// # Errors
    /// A refusal, or that it could not be written. Nothing has been taken out then.
    pub async fn purge(
        &self,
        id: CommandId,
        by: Actor,
        command: F::Command,
        left: Vec<Left>,
    ) -> Result<Rev, Failure> {
        let (reply, answer) = oneshot::channel();
        // When the room is gone the answer never comes, and that is said.
        let _ = self
            .asks
            .send(Message::Purge(Box::new(Ask { id, by, command, written_at: None, reply }), left))
            .await;
        answer.await.unwrap_or_else(|_| Err(closing()))
    }
}

impl<F: Fold> Task<F> {
    pub(super) async fn purge(&mut self, ask: &Ask<F>, left: Vec<Left>) -> Result<Rev, Failure> {
        let purges: Vec<_> = left.iter().map(|(_, purged)| *purged).collect();
        let lines: Vec<_> = left.into_iter().map(|(line, purged)| (purged.rev, line)).collect();
        loop {
            if let crate::wire::Status::ReadOnly { why } = &self.status {
                return Err(Failure::ReadOnly(why.clone()));
            }
            let mut draft = self.draft();
            let rev = self.decide(&mut draft, ask, &purges)?;
            let Some(line) = draft.lines.pop() else { return Ok(rev) };
            match self.log.purge(&self.stream, self.head, lines.clone(), line, draft.head).await {
                Ok(()) => {
                    self.fold_anew().await;
                    return Ok(rev);
                }
                Err(AppendError::Conflict { .. }) => self.fold_anew().await,
                Err(AppendError::Failed(error)) => {
                    tracing::error!(stream = %self.stream, error, "a purge could not be written");
                    // Whether the record is there is what the log says now.
                    self.fold_anew().await;
                    let why = "Máy chủ không ghi được xuống đĩa nên chưa xóa bỏ được. Hãy giải phóng ổ đĩa rồi làm lại.";
                    return Err(Failure::ReadOnly(why.into()));
                }
            }
        }
    }

    async fn fold_anew(&mut self) {
        let mut anew = Self::new(self.log.clone(), self.stream.clone());
        match anew.fold_on().await {
            Ok(None) => *self = Self { status: self.status.clone(), ..anew },
            Ok(Some(damage)) => self.shut(&damage.to_string()),
            Err(error) => self.shut(&error.to_string()),
        }
    }
}
