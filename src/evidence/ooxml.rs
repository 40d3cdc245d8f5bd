//! Office documents (OOXML): ZIP archives that are looked through whole before they are taken, so
//! that nobody who opens one is met by a bomb or a program. Pure.

use std::io::{self, Read as _};

use super::content::{Source, broken, fault, not_allowed, tail};
use crate::error::Fault;
use crate::words::FileType;

/// More members than any document has.
const MOST_MEMBERS: u64 = 5000;
/// The longest list of members, in bytes.
const LONGEST_LIST: u64 = 2 << 20;
/// How large a document may be unpacked, whatever it is packed.
const MOST_UNPACKED: u64 = 512 << 20;
/// How many times larger it may become, beyond what is small anyway.
const MOST_GROWTH: u64 = 200;
const SMALL: u64 = 16 << 20;

/// The type of the document, if it is one.
pub(super) fn look(source: &mut impl Source, size: u64) -> Result<FileType, Fault> {
    check_end(source, size)?;
    let broken = || broken(FileType::Docx);
    let mut archive = zip::ZipArchive::new(&mut *source).map_err(|_| broken())?;
    if archive.offset() != 0 {
        return Err(broken());
    }
    let mut left = MOST_UNPACKED.min((size * MOST_GROWTH).max(SMALL));
    let mut names = Vec::with_capacity(archive.len());
    for place in 0..archive.len() {
        let member = archive.by_index(place).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => encrypted(),
            _ => broken(),
        })?;
        let name = member.name().map_err(|_| broken())?.to_ascii_lowercase();
        let leads_out = name.starts_with('/') || name.split(['/', '\\']).any(|it| it == "..");
        if leads_out || names.contains(&name) {
            return Err(broken());
        }
        if name.ends_with("vbaproject.bin") {
            return Err(fault(
                "has_macros",
                "文档含有宏，不予接收，请另存为不含宏的文档。",
                "The document holds macros; save it without them.",
            ));
        }
        names.push(name);
        // Sizes that a file tells of itself are not believed.
        let unpacked = io::copy(&mut member.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|_| broken())?;
        left = left.checked_sub(unpacked).ok_or_else(unpacks_too_large)?;
    }
    let has = |name: &str| names.iter().any(|it| it == name);
    match (has("[content_types].xml"), has("word/document.xml"), has("xl/workbook.xml")) {
        (true, true, false) => Ok(FileType::Docx),
        (true, false, true) => Ok(FileType::Xlsx),
        _ => Err(not_allowed("application/zip")),
    }
}

fn encrypted() -> Fault {
    fault(
        "encrypted",
        "文档已加密或者压缩方式不受支持，请取消密码后重新上传。",
        "The document is encrypted or packed in an unknown way; send it without a password.",
    )
}

fn unpacks_too_large() -> Fault {
    fault(
        "unpacks_too_large",
        "文件解压后过大，疑为压缩炸弹，不予接收。",
        "The file grows beyond measure when it is unpacked and is not taken.",
    )
}

/// The end of the archive is the end of the file, and its list is not too long to be read.
fn check_end(source: &mut impl Source, size: u64) -> Result<(), Fault> {
    let end = tail(source, size, 42)?;
    let Some(at) = end.len().checked_sub(22).filter(|at| end[*at..].starts_with(b"PK\x05\x06"))
    else {
        return Err(broken(FileType::Docx));
    };
    let number = |from: usize, length: usize| {
        end[at + from..at + from + length]
            .iter()
            .rev()
            .fold(0, |sum, it| (sum << 8) | u64::from(*it))
    };
    let is_64 = end[..at].starts_with(b"PK\x06\x07");
    if is_64 || number(10, 2) > MOST_MEMBERS || number(12, 4) > LONGEST_LIST {
        return Err(unpacks_too_large());
    }
    Ok(())
}
