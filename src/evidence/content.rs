//! What a file is, as its content tells: its name is only held against it. Anything that is not
//! on the list is refused, and what is two things at once, or broken. Pure.

use std::io::{Read, Seek, SeekFrom};

use super::names::{FILE_NAME, known_as, named_type};
use super::{media, ooxml, pictures};
use crate::error::Fault;
use crate::language::Text;
use crate::words::FileType;

/// How much of the beginning the kind is told by.
const HEAD: u64 = 8192;

/// Where a program that opens PDF looks for its beginning.
const PDF_HEAD: usize = 1024;

/// The longest end of a ZIP archive: 22 bytes and a comment.
const ZIP_END: u64 = 22 + 65_535;

/// What there is to know of a file that is taken.
#[derive(Debug)]
pub(super) struct Looked {
    pub file_type: FileType,
    /// A small JPEG, of pictures.
    pub thumbnail: Option<Vec<u8>>,
}

/// A file that can be looked into.
pub(super) trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// A fault of the content as a whole.
pub(super) fn fault(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::new("", code, Text::new(zh.into(), en.into()))
}

pub(super) fn broken(what: FileType) -> Fault {
    fault(
        "broken_file",
        format!("文件损坏或者不完整，不能作为{}读取，请重新导出后上传。", what.term()),
        format!("The file is broken or not whole: it cannot be read as {what}; send a sound one."),
    )
}

/// Looks into the whole file. `name` is a checked name.
pub(super) fn look(source: &mut impl Source, size: u64, name: &str) -> Result<Looked, Fault> {
    if size == 0 {
        return Err(fault(
            "empty_file",
            "文件为空（0 字节），请重新选择文件。",
            "The file is empty; choose another.",
        ));
    }
    let mut head = Vec::new();
    let read = source.by_ref().take(HEAD).read_to_end(&mut head);
    read.map_err(|_| unreadable())?;
    let kind = kind_of(&head)?;
    refuse_two_at_once(source, size, &head, kind)?;
    rewind(source)?;
    let (file_type, thumbnail) = match kind {
        Kind::Office => (ooxml::look(source, size)?, None),
        Kind::Is(file_type) => (file_type, look_as(file_type, source, size)?),
        Kind::Text => {
            check_text(source)?;
            (FileType::Text, None)
        }
    };
    let file_type = agreed(file_type, name)?;
    Ok(Looked { file_type, thumbnail })
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Is(FileType),
    /// A ZIP archive, which only an office document may be.
    Office,
    /// None of the binary ones.
    Text,
}

fn kind_of(head: &[u8]) -> Result<Kind, Fault> {
    let Some(found) = infer::get(head) else {
        return if head.contains(&0) { Err(not_allowed("")) } else { Ok(Kind::Text) };
    };
    let media_type = found.mime_type();
    Ok(match media_type {
        // What only speaks of PDF further on is something else.
        "application/pdf" if begins_as_pdf(head) || !begins_as_text(head) => {
            Kind::Is(FileType::Pdf)
        }
        "image/jpeg" => Kind::Is(FileType::Jpeg),
        "image/png" => Kind::Is(FileType::Png),
        "image/webp" => Kind::Is(FileType::Webp),
        "image/heif" => Kind::Is(FileType::Heic),
        "video/mp4" | "video/x-m4v" => Kind::Is(FileType::Mp4),
        "audio/m4a" => Kind::Is(FileType::M4a),
        "audio/mpeg" => Kind::Is(FileType::Mp3),
        "audio/x-wav" => Kind::Is(FileType::Wav),
        _ if head.starts_with(b"PK\x03\x04") => Kind::Office,
        // A sentence may begin with the letters of some other type: text is text.
        other if !other.starts_with("text/") && begins_as_text(head) => Kind::Text,
        other => return Err(not_allowed(other)),
    })
}

/// At its first byte, but for white space and the mark of UTF-8 that some programs put before it.
fn begins_as_pdf(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"%PDF-")
}

fn begins_as_text(head: &[u8]) -> bool {
    let text = match str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.chars().any(is_odd)
}

/// A control character that no text holds.
fn is_odd(it: char) -> bool {
    it.is_control() && !matches!(it, '\t' | '\n' | '\r' | '\u{c}')
}

/// The type is not one of those a station keeps.
pub(super) fn not_allowed(found: &str) -> Fault {
    let mut endings: Vec<&str> = Vec::new();
    for it in FileType::ALL {
        endings.extend(known_as(*it).1);
    }
    let endings = endings.join("、");
    let (zh, en) = match found {
        "" => (String::new(), String::new()),
        it => (format!("（实为 {it}）"), format!(" (it is {it})")),
    };
    fault(
        "type_not_allowed",
        format!("不接受此类文件{zh}。可以提交：{endings}。"),
        format!("Such a file is not taken{en}; what is: {}.", endings.replace('、', ", ")),
    )
}

fn unreadable() -> Fault {
    fault("broken_file", "文件无法读取。", "The file cannot be read.")
}

fn rewind(source: &mut impl Source) -> Result<(), Fault> {
    source.rewind().map_err(|_| unreadable())
}

/// A file that one program takes for this and another for that.
fn refuse_two_at_once(
    source: &mut impl Source,
    size: u64,
    head: &[u8],
    kind: Kind,
) -> Result<(), Fault> {
    let polyglot = |other: &str| {
        Err(fault(
            "polyglot",
            format!("文件同时是 {other}，内容可疑，请提交原始文件。"),
            format!("The file is {other} too and not to be trusted; send the original."),
        ))
    };
    let begins = &head[..head.len().min(PDF_HEAD)];
    let speaks_of_pdf = kind == Kind::Is(FileType::Pdf) || holds(begins, b"%pdf-");
    if speaks_of_pdf && !begins_as_pdf(head) {
        return polyglot("PDF");
    }
    let pages: [&[u8]; 4] = [b"<html", b"<script", b"<?php", b"<svg"];
    if !matches!(kind, Kind::Text | Kind::Is(FileType::Pdf))
        && pages.iter().any(|it| holds(begins, it))
    {
        return polyglot("HTML");
    }
    if kind != Kind::Office && ends_as_archive(source, size)? {
        return polyglot("ZIP");
    }
    Ok(())
}

/// Whether the letters stand somewhere, in whatever case; `letters` are small.
fn holds(bytes: &[u8], letters: &[u8]) -> bool {
    bytes.windows(letters.len()).any(|it| it.eq_ignore_ascii_case(letters))
}

/// Whether a program that looks for a ZIP archive, which is read from its end, finds one.
fn ends_as_archive(source: &mut impl Source, size: u64) -> Result<bool, Fault> {
    let tail = tail(source, size, ZIP_END)?;
    let number = |at: usize, length: usize| {
        let bytes = tail.get(at..at + length).unwrap_or_default();
        bytes.iter().rev().fold(0_u64, |sum, it| (sum << 8) | u64::from(*it))
    };
    let begins = size - tail.len() as u64;
    Ok((0..tail.len().saturating_sub(21)).any(|at| {
        let directory = number(at + 12, 4) + number(at + 16, 4);
        tail[at..].starts_with(b"PK\x05\x06")
            && at as u64 + 22 + number(at + 20, 2) == tail.len() as u64
            && directory <= begins + at as u64
    }))
}

/// The last bytes, at most `length` of them.
pub(super) fn tail(source: &mut impl Source, size: u64, length: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    source.seek(SeekFrom::Start(size.saturating_sub(length))).map_err(|_| unreadable())?;
    source.by_ref().take(length).read_to_end(&mut bytes).map_err(|_| unreadable())?;
    Ok(bytes)
}

fn look_as(
    file_type: FileType,
    source: &mut impl Source,
    size: u64,
) -> Result<Option<Vec<u8>>, Fault> {
    match file_type {
        FileType::Pdf => {
            let end = tail(source, size, 2048)?;
            if holds(&end, b"%%eof") { Ok(None) } else { Err(broken(FileType::Pdf)) }
        }
        FileType::Jpeg | FileType::Png | FileType::Webp => {
            pictures::look(source, file_type).map(Some)
        }
        _ => media::look(file_type, source, size).map(|()| None),
    }
}

/// Text is UTF-8 without control characters, read in pieces.
fn check_text(source: &mut impl Source) -> Result<(), Fault> {
    let not_text = || {
        fault(
            "type_not_allowed",
            "既不是可接受的文件类型，也不是 UTF-8 纯文本。",
            "It is neither one of the files that are taken nor plain text in UTF-8.",
        )
    };
    let mut piece = Vec::new();
    loop {
        let kept = piece.len();
        source.by_ref().take(65_536).read_to_end(&mut piece).map_err(|_| unreadable())?;
        let last = piece.len() == kept;
        let (text, rest) = match str::from_utf8(&piece) {
            Ok(text) => (text, piece.len()),
            // A letter may be cut in two by the end of the piece, and not by that of the file.
            Err(error) if error.error_len().is_none() && !last => {
                let valid = error.valid_up_to();
                (str::from_utf8(&piece[..valid]).map_err(|_| not_text())?, valid)
            }
            Err(_) => return Err(not_text()),
        };
        if text.chars().any(is_odd) {
            return Err(not_text());
        }
        if last {
            return Ok(());
        }
        piece.drain(..rest);
    }
}

/// Name and content say the same. Sound and film have one container: there the name decides.
fn agreed(found: FileType, name: &str) -> Result<FileType, Fault> {
    let named = named_type(name);
    let same_container = [FileType::Mp4, FileType::M4a];
    match named {
        Some(named) if named == found => Ok(found),
        Some(named) if same_container.contains(&found) && same_container.contains(&named) => {
            Ok(named)
        }
        _ => {
            let ending = known_as(found).1[0];
            let detail = Text::new(
                format!(
                    "文件名与内容不符：内容为{}，扩展名应为 .{ending}。请核对后重新上传。",
                    found.term()
                ),
                format!(
                    "Name and content differ: the content is {found}, so the name should end in \
                     .{ending}. Look at it again."
                ),
            );
            Err(Fault::new(FILE_NAME, "type_mismatch", detail))
        }
    }
}

#[cfg(test)]
mod tests;
