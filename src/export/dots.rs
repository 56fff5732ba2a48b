//! Pictures of dots, for office programs that read no vectors: the stamp's code and the drawings, grey, as PNG.

use super::typesetter::FONTS;
use crate::stamp::{QUIET, Stamp};
use image::{ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, LazyLock};
use usvg::fontdb::Database;

/// Dots of a module of the code: sharp on paper at a millimetre for three modules.
const MODULE_DOTS: usize = 6;
/// Dots of a drawing for each of its units: about 300 to the inch when it fills a page that lies across.
const SCALE: f32 = 3.0;

/// A picture and its measures, dots.
pub(crate) struct Picture {
    pub png: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    FONTS.iter().for_each(|face| faces.load_font_data(face.to_vec()));
    Arc::new(faces)
});

fn grey(dots: &[u8], width: u32, height: u32) -> Result<Picture, String> {
    let mut png = vec![];
    let written = PngEncoder::new(&mut png).write_image(dots, width, height, ExtendedColorType::L8);
    written.map_err(|error| error.to_string())?;
    Ok(Picture { png, width, height })
}

/// The stamp's code, its quiet zone included.
pub(crate) fn code(stamp: &Stamp) -> Result<Picture, String> {
    let code = stamp.code();
    let side = (code.len() + 2 * QUIET) * MODULE_DOTS;
    let mut dots = vec![255_u8; side * side];
    for (y, row) in code.iter().enumerate() {
        for x in (0..row.len()).filter(|x| row[*x]) {
            for line in 0..MODULE_DOTS {
                let from = ((y + QUIET) * MODULE_DOTS + line) * side + (x + QUIET) * MODULE_DOTS;
                dots[from..from + MODULE_DOTS].fill(0);
            }
        }
    }
    let side = u32::try_from(side).map_err(|error| error.to_string())?;
    grey(&dots, side, side)
}

/// A drawing, on white.
pub(crate) fn drawing(svg: &str) -> Result<Picture, String> {
    let options = usvg::Options { fontdb: Arc::clone(&FACES), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or("empty drawing")?;
    let mut paper = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or("empty drawing")?;
    paper.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut paper.as_mut());
    // Black, white and greys: one part says all.
    let dots: Vec<_> = paper.data().as_chunks::<4>().0.iter().map(|[red, ..]| *red).collect();
    grey(&dots, size.width(), size.height())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_lines_of_a_drawing_are_dots() {
        let drawn = |inside: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\" viewBox=\"0 0 90 30\" font-family=\"Liberation Serif\">{inside}</svg>"
            );
            let picture = drawing(&svg).expect("drawn");
            let read = image::load_from_memory(&picture.png).expect("a picture").into_luma8();
            assert_eq!((read.width(), read.height()), (picture.width, picture.height));
            read.pixels().filter(|dot| dot.0[0] < 128).count()
        };
        assert_eq!(drawn(""), 0);
        assert!(drawn("<path d=\"M0 15H90\" stroke=\"#000\"/>") > 90);
        let (short, long) = (drawn("<text y=\"20\">Mức</text>"), drawn("<text y=\"20\">Mức độ đập</text>"));
        assert!(0 < short && short < long, "{short} {long}");
        assert!(drawing("no drawing").is_err());
    }
}
