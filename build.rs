//! Rebuilds when what is baked into the binary changes: pages, playbooks, seeds.
fn main() {
    for baked in ["web/dist", "playbooks", "seeds"] {
        println!("cargo::rerun-if-changed={baked}");
    }
}
