//! A smaller picture of a picture: decoded under limits that its header is held to first, turned upright, written anew as
//! JPEG, so that nothing comes along but what is seen: no place, no camera, no time. Runs in a process of its own.

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

/// Most pixels that are decoded: above what phones write (50 megapixels at full size), and a progressive JPEG of so many
/// takes half a gigabyte while it is decoded.
pub const PIXELS_MAX: u64 = 60_000_000;
/// Most bytes of decoded pixels: so many at four bytes each.
const DECODED_BYTES_MAX: u64 = 4 * PIXELS_MAX;
/// Most address space of the process that decodes, bytes.
const MEMORY_BYTES_MAX: u64 = 1_500_000_000;
/// JPEG's quality: letters of a captured page stay clean.
const QUALITY: u8 = 84;

/// The two sizes, by their longer edge in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// In a list.
    Small,
    /// In a dialog that fills the screen.
    Large,
}

impl Size {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Large, Self::Small];

    /// Pixels of the longer edge.
    const fn edge(self) -> u32 {
        match self {
            Self::Small => 320,
            Self::Large => 1920,
        }
    }

    /// As addresses and files call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }
}

/// Why there is no smaller picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// So many pixels across and down.
    TooManyPixels(u32, u32),
    /// It cannot be decoded.
    Unreadable,
}

/// Keeps this process from taking more memory than a picture is worth; where the system knows no such limit, the
/// limits of the decoders have to do.
pub fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = Some(MEMORY_BYTES_MAX);
    let _ = setrlimit(Resource::As, Rlimit { current: most, maximum: most });
}

/// Writes the smaller pictures of the picture in `from`: `to` with each size's name as its ending.
///
/// # Errors
/// When it is no picture that can be made smaller.
pub fn make(from: &Path, to: &Path) -> Result<(), Unfit> {
    let mut picture = decoded(from)?;
    for size in Size::ALL {
        picture = smaller(picture, size.edge());
        let path = to.with_extension(size.name());
        let unfinished = to.with_extension(format!("{}-unfinished", size.name()));
        let written = write(&picture, &unfinished).and_then(|()| Ok(fs::rename(&unfinished, path)?));
        if let Err(error) = written {
            tracing::warn!(error = format!("{error:#}"), "a smaller picture could not be written");
            return Err(Unfit::Unreadable);
        }
    }
    Ok(())
}

fn decoded(from: &Path) -> Result<DynamicImage, Unfit> {
    let unreadable = |_| Unfit::Unreadable;
    let file = BufReader::new(File::open(from).map_err(unreadable)?);
    let mut reader = ImageReader::new(file).with_guessed_format().map_err(unreadable)?;
    // The decoders of other formats are none of ours, whatever else is linked in.
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) {
        return Err(Unfit::Unreadable);
    }
    // Nothing but the header is read until its pixels are counted.
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(|_| Unfit::Unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(Unfit::TooManyPixels(width, height));
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    decoder.set_limits(limits).map_err(|_| Unfit::Unreadable)?;
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Unfit::Unreadable)?;
    // Made small before it is turned: turning takes as much memory again.
    let mut picture = smaller(picture, Size::Large.edge());
    picture.apply_orientation(upright);
    Ok(DynamicImage::ImageRgb8(on_white(&picture)))
}

/// Never larger than it is.
fn smaller(picture: DynamicImage, edge: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= edge { picture } else { picture.thumbnail(edge, edge) }
}

/// JPEG knows nothing that shines through: what does lies on paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let picture = picture.to_rgba8();
    let shown = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u32::from(colour), u32::from(alpha));
        u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|colour| shown(colour, alpha)))
    })
}

fn write(picture: &DynamicImage, path: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(picture)?;
    Ok(file.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ExtendedColorType;

    /// A JPEG, 40 across and 20 down, its left half dark, with what a phone adds: lying on its side, and where it was.
    pub fn with_a_place() -> Vec<u8> {
        let picture =
            RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([10, 10, 10]) } else { Rgb([240, 240, 240]) });
        let mut jpeg = vec![];
        JpegEncoder::new(&mut jpeg)
            .encode(picture.as_raw(), 40, 20, ExtendedColorType::Rgb8)
            .expect("encoded");
        // TIFF, little end first: orientation 6 (turn right), a GPS block with the northern latitude 22°20′.
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        tiff.extend(2_u16.to_le_bytes());
        tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
        tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0");
        tiff.extend(0_u32.to_le_bytes());
        tiff.extend(2_u16.to_le_bytes());
        tiff.extend(b"\x01\0\x02\0\x02\0\0\0N\0\0\0");
        tiff.extend(b"\x02\0\x05\0\x03\0\0\0\x44\0\0\0");
        tiff.extend(0_u32.to_le_bytes());
        for number in [22_u32, 1, 20, 1, 0, 1] {
            tiff.extend(number.to_le_bytes());
        }
        let length = u16::try_from(tiff.len() + 8).expect("short");
        let exif = [b"\xff\xe1".as_slice(), &length.to_be_bytes(), b"Exif\0\0", &tiff].concat();
        [&jpeg[..2], &exif, &jpeg[2..]].concat()
    }

    fn made(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        let dir = tempfile::tempdir().expect("a directory");
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&from, bytes).expect("writable");
        make(&from, &to)?;
        Ok(Size::ALL.map(|size| fs::read(to.with_extension(size.name())).expect("made")).to_vec())
    }

    #[test]
    fn it_stands_upright_and_says_nothing_of_the_place() {
        let photo = with_a_place();
        assert!(photo.windows(4).any(|four| four == b"Exif"));
        for bytes in made(&photo).expect("made") {
            assert!(!bytes.windows(4).any(|four| four == b"Exif"), "nothing of the camera comes along");
            let small = image::load_from_memory(&bytes).expect("a picture").to_rgb8();
            assert_eq!(small.dimensions(), (20, 40), "turned upright");
            assert!(
                small.get_pixel(10, 2).0[0] < 60 && small.get_pixel(10, 37).0[0] > 200,
                "turned to the right"
            );
        }
    }

    #[test]
    fn it_is_never_larger_and_lies_on_white() {
        let clear = image::RgbaImage::from_pixel(2_400, 1_200, image::Rgba([0, 0, 0, 0]));
        let mut png = std::io::Cursor::new(vec![]);
        clear.write_to(&mut png, ImageFormat::Png).expect("encoded");
        let pictures = made(png.get_ref()).expect("made");
        let sizes: Vec<_> = pictures
            .iter()
            .map(|bytes| image::load_from_memory(bytes).expect("a picture").to_rgb8())
            .map(|picture| (picture.dimensions(), picture.get_pixel(0, 0).0))
            .collect();
        assert_eq!(sizes, [((1920, 960), [255; 3]), ((320, 160), [255; 3])]);
    }

    /// A header that promises 50,000 × 50,000 pixels and a few bytes behind it.
    #[test]
    fn a_promise_of_too_many_pixels_is_not_believed() {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |name: &[u8; 4], data: &[u8]| {
            let named = [name.as_slice(), data].concat();
            png.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
            png.extend(&named);
            png.extend(crc(&named).to_be_bytes());
        };
        let side = 50_000_u32.to_be_bytes();
        chunk(b"IHDR", &[&side[..], &side[..], &[8, 2, 0, 0, 0]].concat());
        chunk(b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01");
        chunk(b"IEND", b"");
        assert_eq!(made(&png), Err(Unfit::TooManyPixels(50_000, 50_000)));
        assert_eq!(made(&png[..20]), Err(Unfit::Unreadable));
        assert_eq!(made(b"GIF89a\x01\0\x01\0\0\0\0;"), Err(Unfit::Unreadable), "no format of ours");
    }

    /// The checksum of a PNG chunk (ISO/IEC 15948, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
            })
        })
    }
}
