//! Phòng Trực.
fn main() {}
