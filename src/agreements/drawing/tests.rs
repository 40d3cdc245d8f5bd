//! What is taken for a drawn signature, and how strokes become a picture.

use super::*;

/// A PNG in base64.
fn png(picture: &DynamicImage) -> String {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    STANDARD.encode(bytes.into_inner())
}

/// A dark bar on what can be seen through, as tablets send it.
fn signature(width: u32, height: u32) -> DynamicImage {
    let ink =
        |x: u32, _| if x.is_multiple_of(7) { Rgba([0, 0, 0, 255]) } else { Rgba([0, 0, 0, 0]) };
    image::RgbaImage::from_fn(width, height, ink).into()
}

fn as_png(png: String) -> Drawing {
    Drawing { png: Some(png), strokes: Vec::new() }
}

fn stroke(points: &[(i32, i32)]) -> Stroke {
    Stroke { points: points.iter().map(|&(x, y)| Point { x, y }).collect() }
}

fn strokes(all: &[&[(i32, i32)]]) -> Drawing {
    Drawing { png: None, strokes: all.iter().map(|it| stroke(it)).collect() }
}

fn refused(drawing: &Drawing) -> &'static str {
    picture(drawing).map_or_else(|it| it.code, |_| "")
}

#[test]
fn a_picture_is_a_real_one_of_sane_size() {
    let whole = png(&signature(300, 120));
    let bytes = STANDARD.decode(&whole).unwrap();
    let cut = STANDARD.encode(&bytes[..bytes.len() / 2]);
    let altered = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0xFF;
        STANDARD.encode(bytes)
    };
    let mut jpeg = Cursor::new(Vec::new());
    signature(300, 120).to_rgb8().write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    let noise = |x: u32, y: u32| {
        let it = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503).rotate_left(x % 31);
        image::Rgb([it.to_le_bytes()[0], it.to_le_bytes()[1], it.to_le_bytes()[2]])
    };
    let heavy: DynamicImage = image::RgbImage::from_fn(500, 400, noise).into();
    let empty: DynamicImage = image::RgbaImage::new(300, 120).into();
    let white: DynamicImage = GrayImage::from_pixel(300, 120, Luma([255])).into();
    for (what, sent, expected) in [
        ("a signature", whole, ""),
        ("the smallest", png(&signature(20, 20)), ""),
        ("no base64", "签名".to_owned(), "broken_picture"),
        ("nothing", String::new(), "broken_picture"),
        ("cut off", cut, "broken_picture"),
        ("another size in its head", altered(18), "broken_picture"),
        ("a JPEG", STANDARD.encode(jpeg.into_inner()), "broken_picture"),
        (
            "something behind its end",
            STANDARD.encode([&bytes[..], b"<script>"].concat()),
            "broken_picture",
        ),
        ("too heavy", png(&heavy), "picture_too_large"),
        ("too wide", png(&signature(4_001, 20)), "picture_too_large"),
        ("too much", png(&signature(2_500, 2_000)), "picture_too_large"),
        ("a line", png(&signature(300, 19)), "picture_too_small"),
        ("all that can be seen through", png(&empty), "blank_drawing"),
        ("all white", png(&white), "blank_drawing"),
    ] {
        assert_eq!(refused(&as_png(sent)), expected, "{what}");
    }
}

/// What is sent as a picture is kept as it was sent.
#[test]
fn a_picture_stays_as_it_is() {
    let sent = png(&signature(300, 120));
    assert_eq!(picture(&as_png(sent.clone())).unwrap(), STANDARD.decode(sent).unwrap());
}

#[test]
fn a_drawing_is_a_picture_or_strokes() {
    let both = Drawing { png: Some(png(&signature(30, 30))), ..strokes(&[&[(0, 0), (9, 9)]]) };
    let neither = Drawing { png: None, strokes: Vec::new() };
    for drawing in [both, neither] {
        assert_eq!(refused(&drawing), "png_or_strokes");
    }
}

#[test]
fn strokes_are_something_and_not_without_measure() {
    let zigzag: Vec<(i32, i32)> = (0..60).map(|it| (it % 2 * 10_000, it * 100)).collect();
    let many: Vec<(i32, i32)> = (0..10_001).map(|it| (it % 3, it % 5)).collect();
    for (what, drawing, expected) in [
        ("a stroke", strokes(&[&[(0, 0), (10_000, 10_000)]]), ""),
        ("a stroke and a dot", strokes(&[&[(0, 0), (500, 900)], &[(4_000, 4_000)]]), ""),
        ("a dot", strokes(&[&[(5_000, 5_000)]]), "blank_drawing"),
        ("a dot that stays", strokes(&[&[(5, 5), (5, 5)]]), "blank_drawing"),
        ("no points", strokes(&[&[]]), "blank_drawing"),
        ("up and down for ever", strokes(&[&zigzag]), "too_much_ink"),
        ("more points than anybody draws", strokes(&[&many]), "too_much_ink"),
    ] {
        assert_eq!(refused(&drawing), expected, "{what}");
    }
}

#[test]
fn strokes_become_black_lines_on_white() {
    let drawing = strokes(&[&[(1_000, 2_000), (3_000, 2_000)], &[(2_000, 4_000)]]);
    let png = picture(&drawing).unwrap();
    assert_eq!(picture(&drawing).unwrap(), png, "the same strokes, the same bytes");
    let seen = image::load_from_memory(&png).unwrap().to_luma8();
    // 200 pixels across and 200 down, with 20 of white on each side.
    assert_eq!(seen.dimensions(), (240, 240));
    let shade = |x, y| seen.get_pixel(x, y).0[0];
    for (x, y, black) in [
        (20, 20, true),
        (120, 20, true),
        (219, 20, true),
        (120, 219, true),
        (0, 0, false),
        (120, 120, false),
        (230, 20, false),
        (120, 30, false),
    ] {
        assert_eq!(shade(x, y) < 40, black, "{x} {y}: {}", shade(x, y));
    }
    let soft = seen.pixels().filter(|it| (40..215).contains(&it.0[0])).count();
    assert!(soft > 20, "its edges are soft: {soft}");
    // It is taken like any other picture.
    assert_eq!(refused(&as_png(STANDARD.encode(&png))), "");
}
