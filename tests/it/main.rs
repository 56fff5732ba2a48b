//! Whole-program tests: one binary, one module per area.
mod attachments;
mod crash;
mod data;
mod designations;
mod desk;
mod disk;
mod doors;
mod exports;
mod golden;
mod live;
mod main_job;
mod mirror;
mod public;
mod reconnect;
mod support;
mod tidy;
mod wire;
