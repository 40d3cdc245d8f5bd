//! What is taken and what is not, as a table.

use std::io::{Cursor, Write as _};

use image::{DynamicImage, ImageFormat};
use zip::write::SimpleFileOptions;

use super::*;

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        let shade = |it: u32| u8::try_from(it % 256).unwrap();
        image::Rgb([shade(x * 7), shade(y * 5), shade(x + y)])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut members: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")];
    members.extend(more);
    archive(&members)
}

fn workbook() -> Vec<u8> {
    archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec()
}

fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap();
    [&length.to_be_bytes()[..], &kind, content].concat()
}

fn film(brand: [u8; 4], last: [u8; 4]) -> Vec<u8> {
    let brands = [&brand[..], &[0; 4], &brand, b"isom"].concat();
    [boxed(*b"ftyp", &brands), boxed(last, &[0; 32]), boxed(*b"mdat", &[1; 64])].concat()
}

fn wav() -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
    bytes.extend([0; 16]);
    bytes.extend(b"data\x08\0\0\0");
    bytes.extend([0; 8]);
    let length = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    bytes
}

/// Two frames of layer III: 128 kbit/s, 44.1 kHz, 417 bytes each.
fn mp3(begin: &[u8]) -> Vec<u8> {
    let mut frame = vec![0xFF, 0xFB, 0x90, 0x00];
    frame.resize(417, 0);
    [begin, &frame, &frame].concat()
}

fn cut(mut bytes: Vec<u8>, by: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() - by);
    bytes
}

fn half(bytes: Vec<u8>) -> Vec<u8> {
    let by = bytes.len() / 2;
    cut(bytes, by)
}

fn with(mut bytes: Vec<u8>, more: &[u8]) -> Vec<u8> {
    bytes.extend_from_slice(more);
    bytes
}

fn looked(bytes: &[u8], name: &str) -> Result<(FileType, bool), &'static str> {
    let looked = look(&mut Cursor::new(bytes), bytes.len() as u64, name);
    looked.map(|it| (it.file_type, it.thumbnail.is_some())).map_err(|it| it.code)
}

#[test]
fn a_file_is_what_its_content_says() {
    use FileType::*;
    let id3 = b"ID3\x04\0\0\0\0\0\x05\0\0\0\0\0";
    for (name, bytes, expected) in [
        ("a.pdf", pdf(), (Pdf, false)),
        ("a.PDF", pdf(), (Pdf, false)),
        // Scanners leave a line before it.
        ("a.pdf", [b"\xEF\xBB\xBF\r\n", &pdf()[..]].concat(), (Pdf, false)),
        ("a.jpg", picture(ImageFormat::Jpeg, 40, 30), (Jpeg, true)),
        ("a.jpeg", picture(ImageFormat::Jpeg, 640, 480), (Jpeg, true)),
        // Phones write more behind the picture.
        (
            "a.jpg",
            with(picture(ImageFormat::Jpeg, 40, 30), &film(*b"mp42", *b"moov")),
            (Jpeg, true),
        ),
        ("a.png", picture(ImageFormat::Png, 40, 30), (Png, true)),
        ("a.webp", picture(ImageFormat::WebP, 40, 30), (Webp, true)),
        ("a.heic", film(*b"heic", *b"meta"), (Heic, false)),
        ("a.mp4", film(*b"isom", *b"moov"), (Mp4, false)),
        ("a.mp4", film(*b"mp42", *b"moov"), (Mp4, false)),
        ("a.m4a", film(*b"M4A ", *b"moov"), (M4a, false)),
        // One container for both: recorders name only sound so.
        ("a.m4a", film(*b"mp42", *b"moov"), (M4a, false)),
        ("a.mp3", mp3(b""), (Mp3, false)),
        ("a.mp3", mp3(id3), (Mp3, false)),
        ("a.wav", wav(), (Wav, false)),
        ("a.docx", document(&[]), (Docx, false)),
        ("a.xlsx", workbook(), (Xlsx, false)),
        ("a.txt", "聊天记录：退款 900 元。\r\n".into(), (Text, false)),
        ("a.txt", "证".repeat(70_000).into(), (Text, false)),
        // Bitmaps and programs begin with these letters too.
        ("a.txt", "BMW 购车合同，MZ 型。".into(), (Text, false)),
        ("a.txt", "转换为 %PDF 失败。".into(), (Text, false)),
    ] {
        assert_eq!(looked(&bytes, name), Ok(expected), "{name} {expected:?}");
    }
}

#[test]
fn what_is_not_taken_is_told_apart() {
    let jpeg = || picture(ImageFormat::Jpeg, 400, 300);
    let png = || picture(ImageFormat::Png, 400, 300);
    let zip = || archive(&[("a.txt", b"x")]);
    let zeros = vec![0; 24 << 20];
    let many: Vec<String> = (0..6000).map(|it| format!("{it}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|it| (it.as_str(), &b""[..])).collect();
    let polyglot_head = {
        let mut bytes = png();
        bytes.splice(33..33, *b"%PDF-1.4");
        bytes
    };
    let mut otherwise = Vec::new();
    for (what, name, bytes, expected) in [
        ("nothing", "a.pdf", Vec::new(), "empty_file"),
        ("a PDF named as a picture", "a.jpg", pdf(), "type_mismatch"),
        ("a picture named as a PDF", "a.pdf", jpeg(), "type_mismatch"),
        ("a picture of another type", "a.jpg", png(), "type_mismatch"),
        ("text named as a PDF", "a.pdf", b"hello".to_vec(), "type_mismatch"),
        ("an unknown ending", "a.bin", pdf(), "type_mismatch"),
        ("a workbook named as a document", "a.docx", workbook(), "type_mismatch"),
        (
            "a program",
            "a.pdf",
            b"\x7fELF\x02\x01\x01\0aaaaaaaaaaaaaaaaaaaaaaaaaa".to_vec(),
            "type_not_allowed",
        ),
        ("a page", "a.txt", b"<!DOCTYPE html><html></html>".to_vec(), "type_not_allowed"),
        ("bytes", "a.txt", vec![0, 1, 2, 3], "type_not_allowed"),
        ("text in GBK", "a.txt", vec![0xCD, 0xCB, 0xBF, 0xEE], "type_not_allowed"),
        ("text with a bell", "a.txt", b"a\x07".to_vec(), "type_not_allowed"),
        ("half a letter", "a.txt", cut("证".into(), 1), "type_not_allowed"),
        ("an archive", "a.zip", zip(), "type_not_allowed"),
        ("an archive named as a document", "a.docx", zip(), "type_not_allowed"),
        ("a PDF without an end", "a.pdf", b"%PDF-1.7\n1 0 obj".to_vec(), "broken_file"),
        ("half a JPEG", "a.jpg", half(jpeg()), "broken_file"),
        ("a JPEG without its end", "a.jpg", cut(jpeg(), 2), "broken_file"),
        ("only the beginning of a JPEG", "a.jpg", jpeg()[..20].to_vec(), "broken_file"),
        ("half a PNG", "a.png", half(png()), "broken_file"),
        ("half a WebP", "a.webp", half(picture(ImageFormat::WebP, 400, 300)), "broken_file"),
        ("half a film", "a.mp4", cut(film(*b"isom", *b"moov"), 5), "broken_file"),
        ("a film without its table", "a.mp4", film(*b"isom", *b"free"), "broken_file"),
        ("sound without a format", "a.wav", b"RIFF\x04\0\0\0WAVE".to_vec(), "broken_file"),
        ("half a recording", "a.wav", cut(wav(), 6), "broken_file"),
        (
            "sound without frames",
            "a.mp3",
            b"ID3\x04\0\0\0\0\0\x05\0\0\0\0\0".to_vec(),
            "broken_file",
        ),
        ("half a document", "a.docx", cut(document(&[]), 10), "broken_file"),
        ("a document with something behind it", "a.docx", with(document(&[]), b"x"), "broken_file"),
        ("a document that leads out", "a.docx", document(&[("../x", b"x")]), "broken_file"),
        ("macros", "a.docx", document(&[("word/vbaProject.bin", b"x")]), "has_macros"),
        ("a bomb", "a.docx", document(&[("word/media/a", &zeros)]), "unpacks_too_large"),
        ("thousands of members", "a.docx", document(&many), "unpacks_too_large"),
        ("a picture with an archive behind it", "a.jpg", with(jpeg(), &zip()), "polyglot"),
        ("a PDF with an archive behind it", "a.pdf", with(pdf(), &zip()), "polyglot"),
        ("a picture that is a PDF", "a.png", polyglot_head, "polyglot"),
        ("text that is a PDF", "a.txt", b"x\n%PDF-1.4".to_vec(), "polyglot"),
        ("bytes before a PDF", "a.pdf", [b"MZ\x90\0", &pdf()[..]].concat(), "type_not_allowed"),
        ("a number before a PDF", "a.pdf", [b"\0\x01", &pdf()[..]].concat(), "polyglot"),
        (
            "a recording that is a page",
            "a.wav",
            with(wav(), b"<script>alert(1)</script>"),
            "polyglot",
        ),
        ("a picture without measure", "a.png", huge_png(), "picture_too_large"),
    ] {
        let found = looked(&bytes, name);
        if found != Err(expected) {
            otherwise.push(format!("{what}: expected {expected}, found {found:?}"));
        }
    }
    assert!(otherwise.is_empty(), "\n{}", otherwise.join("\n"));
}

/// A PNG whose head promises 60,000 × 60,000 pixels.
fn huge_png() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Png, 4, 4);
    bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    })
}

#[test]
fn a_thumbnail_is_small() {
    for (format, name, width, height, expected) in [
        (ImageFormat::Jpeg, "a.jpg", 1280, 640, (320, 160)),
        (ImageFormat::Png, "a.png", 100, 2000, (16, 320)),
        // What is small already is not blown up.
        (ImageFormat::WebP, "a.webp", 30, 20, (30, 20)),
    ] {
        let bytes = picture(format, width, height);
        let looked = look(&mut Cursor::new(&bytes), bytes.len() as u64, name).unwrap();
        let small = looked.thumbnail.unwrap();
        let small = image::load_from_memory_with_format(&small, ImageFormat::Jpeg).unwrap();
        assert_eq!((small.width(), small.height()), expected, "{name}");
    }
}
