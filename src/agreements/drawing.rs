//! What somebody drew as a signature, as a picture: checked when it was sent as one, drawn anew
//! when the strokes were sent. Pure.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{
    DynamicImage, GrayImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Luma, Rgba,
};

use super::input::{Drawing, Point, Stroke};
use crate::error::Fault;
use crate::language::Text;

/// The largest PNG that is taken, in bytes.
const LARGEST: usize = 256 << 10;
/// The shortest and the longest side, and how much there may be of it, in pixels.
const SHORTEST_SIDE: u32 = 20;
const LONGEST_SIDE: u32 = 4_000;
const MOST_PIXELS: u64 = 4_000_000;
/// Decoded, in bytes: 16 bits a color.
const MOST_BYTES: u64 = 8 * MOST_PIXELS;

/// The beginning and the end of every PNG.
const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
const TAIL: &[u8] = b"\0\0\0\0IEND\xAE\x42\x60\x82";

/// How many points there may be in all, and how far the pen may go: fifty times across.
const MOST_POINTS: usize = 10_000;
const LONGEST_WAY: u32 = 500_000;

/// So many units of the square are a pixel.
const UNIT: i32 = 10;
/// Half the width of the pen, and the white around everything, in units.
const PEN: i32 = 25;
const MARGIN: i32 = 200;

/// The picture as PNG.
pub(super) fn picture(drawing: &Drawing) -> Result<Vec<u8>, Fault> {
    match (&drawing.png, drawing.strokes.as_slice()) {
        (Some(png), []) => checked(png),
        (None, [_, ..]) => drawn(&drawing.strokes),
        _ => Err(fault(
            "/drawing",
            "png_or_strokes",
            "请提交 PNG 图片或者笔画，两者择一。",
            "Send either a PNG or the strokes, one of them.",
        )),
    }
}

fn fault(pointer: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::new(pointer, code, Text::new(zh.into(), en.into()))
}

fn blank(pointer: &str) -> Fault {
    fault(
        pointer,
        "blank_drawing",
        "签名处空白，请当事人重新手写签名。",
        "Nothing was drawn; let the signer sign again.",
    )
}

/// A real PNG of sane size with something on it, and nothing behind its end.
fn checked(encoded: &str) -> Result<Vec<u8>, Fault> {
    let pointer = "/drawing/png";
    let broken = || {
        fault(
            pointer,
            "broken_picture",
            "不是完整的 PNG 图片（Base64 编码），请重新导出后提交。",
            "It is no whole PNG in base64; send it again.",
        )
    };
    let too_large = || {
        fault(
            pointer,
            "picture_too_large",
            format!("签名图片不能超过 {} KB、边长 {LONGEST_SIDE} 像素。", LARGEST >> 10),
            format!("The picture has at most {} KB and sides of {LONGEST_SIDE}.", LARGEST >> 10),
        )
    };
    let png = STANDARD.decode(encoded).map_err(|_| broken())?;
    if png.len() > LARGEST {
        return Err(too_large());
    }
    if !(png.starts_with(HEAD) && png.ends_with(TAIL)) {
        return Err(broken());
    }
    let mut reader = ImageReader::with_format(Cursor::new(&png), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * MOST_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|_| broken())?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > LONGEST_SIDE || pixels > MOST_PIXELS {
        return Err(too_large());
    }
    if width.min(height) < SHORTEST_SIDE || decoder.total_bytes() > MOST_BYTES {
        return Err(fault(
            pointer,
            "picture_too_small",
            format!("签名图片的边长不能小于 {SHORTEST_SIDE} 像素。"),
            format!("A picture of a signature has sides of at least {SHORTEST_SIDE} pixels."),
        ));
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| broken())?.to_rgba8();
    let first = picture.pixels().next().copied().map(on_white);
    if picture.pixels().all(|it| Some(on_white(*it)) == first) {
        return Err(blank(pointer));
    }
    Ok(png)
}

/// How a pixel looks on paper.
fn on_white(pixel: Rgba<u8>) -> [u8; 3] {
    let [red, green, blue, alpha] = pixel.0.map(u16::from);
    let mixed = |it: u16| u8::try_from((it * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
    [mixed(red), mixed(green), mixed(blue)]
}

/// Black ink on white, cut to what was drawn.
fn drawn(strokes: &[Stroke]) -> Result<Vec<u8>, Fault> {
    let pointer = "/drawing/strokes";
    let all: Vec<Point> = strokes.iter().flat_map(|it| it.points.iter().copied()).collect();
    if all.len() > MOST_POINTS || way(strokes) > LONGEST_WAY {
        return Err(fault(
            pointer,
            "too_much_ink",
            format!("笔画过多：最多 {MOST_POINTS} 个点，请重新签名。"),
            format!("There is too much of it: at most {MOST_POINTS} points; sign again."),
        ));
    }
    if way(strokes) == 0 {
        return Err(blank(pointer));
    }
    let edge = |of: fn(&Point) -> i32| {
        let least = all.iter().map(of).min().unwrap_or_default() - MARGIN;
        let most = all.iter().map(of).max().unwrap_or_default() + MARGIN;
        (least, ((most - least) / UNIT).unsigned_abs())
    };
    let ((left, width), (top, height)) = (edge(|it| it.x), edge(|it| it.y));
    let mut paper = GrayImage::from_pixel(width, height, Luma([u8::MAX]));
    for stroke in strokes {
        let moved: Vec<Point> =
            stroke.points.iter().map(|it| Point { x: it.x - left, y: it.y - top }).collect();
        if let [only] = moved[..] {
            dot(&mut paper, only);
        }
        for pair in moved.windows(2) {
            if let [from, to] = *pair {
                line(&mut paper, from, to);
            }
        }
    }
    let mut png = Cursor::new(Vec::new());
    let written = paper.write_to(&mut png, ImageFormat::Png);
    written.map_err(|_| blank(pointer))?;
    Ok(png.into_inner())
}

/// How far the pen goes while it is down.
fn way(strokes: &[Stroke]) -> u32 {
    let pairs = strokes.iter().flat_map(|it| it.points.windows(2));
    let steps = pairs.map(|it| match *it {
        [from, to] => reach(from, to).unsigned_abs(),
        _ => 0,
    });
    steps.fold(0, u32::saturating_add)
}

/// The longer of the two ways between points, across and down.
fn reach(from: Point, to: Point) -> i32 {
    (to.x - from.x).abs().max((to.y - from.y).abs())
}

/// A line is dots, each at most a pixel from the one before.
fn line(paper: &mut GrayImage, from: Point, to: Point) {
    let steps = (reach(from, to) / UNIT).max(1);
    for step in 0..=steps {
        let between = |from: i32, to: i32| from + (to - from) * step / steps;
        dot(paper, Point { x: between(from.x, to.x), y: between(from.y, to.y) });
    }
}

/// A round dot with a soft edge of a pixel.
fn dot(paper: &mut GrayImage, at: Point) {
    let around = PEN + UNIT;
    for row in (at.y - around) / UNIT..=(at.y + around) / UNIT {
        for column in (at.x - around) / UNIT..=(at.x + around) / UNIT {
            let across = column * UNIT + UNIT / 2 - at.x;
            let down = row * UNIT + UNIT / 2 - at.y;
            let distance = (across * across + down * down).isqrt();
            let covered = (PEN + UNIT / 2 - distance).clamp(0, UNIT);
            let shade = u8::try_from(255 - covered * 255 / UNIT).unwrap_or_default();
            let place = u32::try_from(column).ok().zip(u32::try_from(row).ok());
            let pixel = place.and_then(|(x, y)| paper.get_pixel_mut_checked(x, y));
            if let Some(Luma([ink])) = pixel {
                *ink = shade.min(*ink);
            }
        }
    }
}

#[cfg(test)]
mod tests;
