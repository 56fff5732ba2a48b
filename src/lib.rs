//! Phòng Trực, the duty room of a province's media-crisis task force.
//!
//! The map, lowest first; a module uses only what stands above it here, and a test holds it to that:
//!
//! * pure: [`domain`] (the incident), [`playbook`], [`template`], [`law`], [`levels`], [`organisation`] (data files in,
//!   values out), [`stamp`] (on every page that leaves), [`export`] (an incident in, documents out), [`annual`] (all incidents in, the year's report out),
//!   [`paper`] (an incident in, the documents that an office signs out),
//!   [`wire`] (all that crosses to a browser)
//! * [`public`] (what the public may read, as pages and feeds; pure), [`media`] (tables of what was published in,
//!   entries out; pure)
//! * [`scenario`], [`library`] (all data files together), [`opening`] (a request and the data in force in, the
//!   opening of an incident out)
//! * [`clock`] (the only reader of time and randomness), [`log`] (the truth), [`checkpoint`] (what is signed of it), [`attachments`] (files beside it), [`record`] (all that one log holds),
//!   [`purge`] (what is taken out of it), [`archive`] (all of it and the proof of it, in one file)
//! * [`room`] (one task per fold: on disk, then folded, then seen, then answered), [`directory`] (people and the
//!   register, a fold like an incident), [`shelf`] (every version of every playbook, likewise), [`presence`], [`draft`] (words as they are typed together), [`index`]
//!   (sled: what can be rebuilt)
//! * [`notice`] (who was told what by which way, a fold too), [`courier`] (carries messages out of the house)
//! * [`rooms`] (all of them), [`config`]
//! * [`api`] (HTTP and the socket), [`site`] (the public page over HTTP), [`server`], [`demo`], [`client`], [`cli`]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod annual;
pub mod api;
pub mod archive;
pub mod attachments;
pub mod checkpoint;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod courier;
pub mod demo;
pub mod directory;
pub mod domain;
pub mod draft;
pub mod export;
pub mod index;
pub mod law;
pub mod levels;
pub mod library;
pub mod log;
pub mod media;
pub mod notice;
pub mod opening;
pub mod organisation;
pub mod paper;
pub mod playbook;
pub mod presence;
pub mod public;
pub mod purge;
pub mod record;
pub mod room;
pub mod rooms;
pub mod scenario;
pub mod server;
pub mod shelf;
pub mod site;
pub mod stamp;
pub mod template;
pub mod wire;
