//! Pictures are decoded whole before they are taken: a broken one is refused, and one that would
//! take too much room is refused by what its head says. What is decoded becomes the thumbnail.
//! Pure.

use std::io::{BufReader, Read as _};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits};

use super::content::{Source, broken, fault};
use crate::error::Fault;
use crate::words::FileType;

/// The longer side of a thumbnail.
const THUMBNAIL: u32 = 320;

/// How large a picture may be: beyond any scanner and most cameras.
const MOST_PIXELS: u64 = 50_000_000;
const LONGEST_SIDE: u32 = 30_000;
/// Decoded, in bytes.
const MOST_BYTES: u64 = 200_000_000;

/// Decodes a picture and makes a small one of it, as JPEG.
pub(super) fn look(source: &mut impl Source, file_type: FileType) -> Result<Vec<u8>, Fault> {
    let format = match file_type {
        FileType::Png => ImageFormat::Png,
        FileType::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    if format == ImageFormat::Jpeg {
        // The decoder makes up what is missing; a picture that was cut off is not evidence.
        ends(source).ok_or_else(|| broken(file_type))?;
    }
    source.rewind().map_err(|_| broken(file_type))?;
    let picture = decoded(source, format).map_err(|error| match error {
        ImageError::Limits(_) => too_large(),
        _ => broken(file_type),
    })?;
    small(&picture).map_err(|_| broken(file_type))
}

fn too_large() -> Fault {
    fault(
        "picture_too_large",
        format!("图片尺寸过大（超过 {} 万像素），请缩小后重新上传。", MOST_PIXELS / 10_000),
        format!("The picture has more than {MOST_PIXELS} pixels; make it smaller."),
    )
}

fn decoded(source: &mut impl Source, format: ImageFormat) -> Result<DynamicImage, ImageError> {
    let mut reader = ImageReader::with_format(BufReader::new(source), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
        let kind = image::error::LimitErrorKind::DimensionError;
        return Err(ImageError::Limits(image::error::LimitError::from_kind(kind)));
    }
    // How the camera was held: a picture without it is shown as it is.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder)?;
    let is_larger = picture.width().max(picture.height()) > THUMBNAIL;
    if is_larger {
        picture = picture.thumbnail(THUMBNAIL, THUMBNAIL);
    }
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

/// As JPEG, on white where it can be seen through.
fn small(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let seen = picture.to_rgba8();
    let on_white = image::RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let mixed = |it: u8| {
            let sum = u16::from(it) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from(sum / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([mixed(red), mixed(green), mixed(blue)])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&on_white)?;
    Ok(bytes)
}

/// Whether a JPEG goes on until its end is marked: segment by segment, then through what is
/// coded. What stands behind the end, as phones write it, is not looked at.
fn ends(source: &mut impl Source) -> Option<()> {
    source.rewind().ok()?;
    let mut bytes = BufReader::with_capacity(65_536, source).bytes();
    let mut next = || bytes.next()?.ok();
    let length_of_segment = |next: &mut dyn FnMut() -> Option<u8>| {
        u16::from_be_bytes([next()?, next()?]).checked_sub(2)
    };
    if (next()?, next()?) != (0xFF, 0xD8) {
        return None;
    }
    let (mut coded, mut scanned) = (false, false);
    loop {
        let mut byte = next()?;
        if byte != 0xFF {
            if coded {
                continue;
            }
            return None;
        }
        while byte == 0xFF {
            byte = next()?;
        }
        match byte {
            0xD9 => return scanned.then_some(()),
            // An escaped byte of what is coded, or a mark within it.
            0x00 | 0xD0..=0xD7 if coded => {}
            0x00 => return None,
            marker => {
                for _ in 0..length_of_segment(&mut next)? {
                    next()?;
                }
                coded = marker == 0xDA;
                scanned |= coded;
            }
        }
    }
}
