//! Whole-program tests: one binary, one module per area.
mod crash;
mod data;
mod doors;
mod exports;
mod live;
mod main_job;
mod mirror;
mod reconnect;
mod support;
mod tidy;
mod wire;
