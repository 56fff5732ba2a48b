//! Writes an archive: entry by entry, each hashed as it goes in, files read piece by piece.

use super::content::{Content, entries};
use super::{MANIFEST, Material, SIGNATURE, Trouble};
use crate::checkpoint::Key;
use crate::domain::ids::Digest;
use crate::export::{self, Options, Variant};
use sha2::Digest as _;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Read at once from an attachment.
const PIECE_BYTES: usize = 256 * 1024;

/// Writes the archive, signed with the key; `told` which entry it is at, of how many. On disk when this returns:
/// which files the log names that are lost, and so are not in it.
///
/// # Errors
/// Why there is none. What was written into `out` is of no use then.
pub fn write(
    material: &Material,
    key: &Key,
    out: &File,
    mut told: impl FnMut(usize, usize),
) -> Result<Vec<Digest>, Trouble> {
    let mut zip = ZipWriter::new(BufWriter::new(out));
    let mut manifest = String::new();
    let all = entries(material);
    for (at, (name, content)) in (1..).zip(&all) {
        told(at, all.len());
        let digest = match content {
            Content::Bytes(bytes) => put(&mut zip, name, bytes.as_slice(), CompressionMethod::Deflated)?,
            Content::Export(format) => {
                let whole = &material.whole;
                let made_by = material.made_by.clone();
                let (exporter, variant) = (String::new(), Variant::Internal);
                let head = whole.head.digest;
                let options = Options { made_at: material.made_at, made_by, exporter, head, variant };
                let bytes = export::render(*format, whole.source(), &options)?;
                put(&mut zip, name, bytes.as_slice(), CompressionMethod::Deflated)?
            }
            // Photos and films are compressed already.
            Content::File(digest, path) => {
                let file = File::open(path).map_err(|_| Trouble::Attachment(*digest))?;
                let found = put(&mut zip, name, file, CompressionMethod::Stored)?;
                if found != *digest {
                    return Err(Trouble::Attachment(*digest));
                }
                found
            }
        };
        let _ = writeln!(manifest, "{digest}  {name}");
    }
    put(&mut zip, MANIFEST, manifest.as_bytes(), CompressionMethod::Deflated)?;
    let signature = key.sign(manifest.as_bytes());
    put(&mut zip, SIGNATURE, &signature[..], CompressionMethod::Stored)?;
    let out = zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    out.sync_all()?;
    let lost = material.files.iter().filter(|(_, (_, path))| path.is_none());
    Ok(lost.map(|(digest, _)| *digest).collect())
}

/// One entry, and the digest of its bytes.
fn put<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    mut content: impl Read,
    method: CompressionMethod,
) -> Result<Digest, Trouble> {
    // The same time for all, so that the same content gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    zip.start_file(name, options)?;
    let (mut hash, mut piece) = (sha2::Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        let read = content.read(&mut piece)?;
        if read == 0 {
            return Ok(Digest::from_bytes(hash.finalize().into()));
        }
        hash.update(&piece[..read]);
        zip.write_all(&piece[..read])?;
    }
}
