//! Slows a connection down to what a person, or a crowd of queued messages, needs. Nothing is dropped.

use std::time::{Duration, Instant};

/// What one connection may still send at once.
pub(super) struct Rate {
    left: f64,
    at: Instant,
    a_second: f64,
    burst: f64,
}

impl Rate {
    /// So many messages a second, after so many at once.
    pub(super) fn new(a_second: f64, burst: f64) -> Self {
        Self { left: burst, at: Instant::now(), a_second, burst }
    }

    /// Waits until one more may pass.
    pub(super) async fn wait(&mut self) {
        let now = Instant::now();
        self.left = (self.left + now.duration_since(self.at).as_secs_f64() * self.a_second).min(self.burst);
        self.at = now;
        self.left -= 1.0;
        if self.left < 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(-self.left / self.a_second)).await;
        }
    }
}
