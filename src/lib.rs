//! Phòng Trực, the duty room of a province's media-crisis task force. The map, lowest first; a module uses only
//! what stands above it here:
//!
//! `domain` → `playbook`, `template`, `law`, `organisation` → `library` → …
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod clock;
pub mod domain;
pub mod log;
pub mod presence;
pub mod room;
pub mod wire;
