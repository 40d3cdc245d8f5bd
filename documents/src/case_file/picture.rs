//! Scans and photos. A picture is looked at once, by itself, and then goes into the file as it came:
//! eighty scans decoded at the same time would be gigabytes. The frame around it is an SVG, which
//! also turns it the way the camera was held.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::error::ItemError;

/// More than any scanner or phone gives.
const MOST_PIXELS: u32 = 30_000;
const MOST_BYTES: u64 = 1 << 30;

pub(super) struct Picture {
    pub bytes: Vec<u8>,
    /// As it is shown.
    pub width: u32,
    pub height: u32,
    orientation: Orientation,
}

pub(super) fn read(bytes: &[u8]) -> Result<Picture, ItemError> {
    let broken = |it: image::ImageError| ItemError::BrokenPicture(it.to_string());
    let format = image::guess_format(bytes).map_err(|_| ItemError::UnknownPicture)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(ItemError::UnknownPicture);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let orientation = decoder.orientation().map_err(broken)?;
    let cmyk = decoder.original_color_type() == ExtendedColorType::Cmyk8;
    // Decoded to the end: half a picture is found here and not in the court's copy.
    let whole = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let (mut width, mut height) = (whole.width(), whole.height());
    // PDF/A wants no colours of printing presses without their profile.
    let bytes = if cmyk { as_png(&whole)? } else { bytes.to_vec() };
    if turned(orientation) {
        (width, height) = (height, width);
    }
    Ok(Picture { bytes, width, height, orientation })
}

fn as_png(picture: &DynamicImage) -> Result<Vec<u8>, ItemError> {
    let mut png = Cursor::new(Vec::new());
    picture
        .to_rgb8()
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|it| ItemError::BrokenPicture(it.to_string()))?;
    Ok(png.into_inner())
}

fn turned(orientation: Orientation) -> bool {
    use Orientation::*;
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

impl Picture {
    /// An SVG of the size of the picture as it is shown, with the file of that name in it.
    pub fn frame(&self, name: &str) -> String {
        use Orientation::*;
        let (width, height) = (self.width, self.height);
        let (across, down) =
            if turned(self.orientation) { (height, width) } else { (width, height) };
        let matrix = match self.orientation {
            NoTransforms => "1 0 0 1 0 0".to_owned(),
            FlipHorizontal => format!("-1 0 0 1 {width} 0"),
            Rotate180 => format!("-1 0 0 -1 {width} {height}"),
            FlipVertical => format!("1 0 0 -1 0 {height}"),
            Rotate90FlipH => "0 1 1 0 0 0".to_owned(),
            Rotate90 => format!("0 1 -1 0 {width} 0"),
            Rotate270FlipH => format!("0 -1 -1 0 {width} {height}"),
            Rotate270 => format!("0 -1 1 0 0 {height}"),
        };
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><image transform="matrix({matrix})" width="{across}" height="{down}" xlink:href="{name}"/></svg>"#
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the frame does to a picture is what the picture library does to its pixels.
    #[test]
    fn pictures_are_turned_as_the_camera_was_held() {
        let (across, down) = (2_u8, 3_u8);
        let original = image::RgbImage::from_fn(across.into(), down.into(), |x, y| {
            image::Rgb([u8::try_from(x).unwrap(), u8::try_from(y).unwrap(), 0])
        });
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let mut shown = DynamicImage::from(original.clone());
            shown.apply_orientation(orientation);
            let (width, height) = (shown.width(), shown.height());
            let frame = Picture { bytes: Vec::new(), width, height, orientation }.frame("1");
            let matrix = frame.split_once("matrix(").unwrap().1.split_once(')').unwrap().0;
            let matrix: Vec<f64> = matrix.split(' ').map(|it| it.parse().unwrap()).collect();
            for (x, y) in (0..across).flat_map(|x| (0..down).map(move |y| (x, y))) {
                let (right, below) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
                let place =
                    |at: usize| matrix[at] * right + matrix[at + 2] * below + matrix[at + 4];
                let at = (place(0), place(1));
                let found = shown
                    .to_rgb8()
                    .enumerate_pixels()
                    .find_map(|(column, row, it)| (it.0 == [x, y, 0]).then_some((column, row)));
                let (column, row) = found.unwrap();
                let shown_at = (f64::from(column) + 0.5, f64::from(row) + 0.5);
                assert_eq!(at, shown_at, "{orientation:?} {frame}");
            }
        }
    }
}
