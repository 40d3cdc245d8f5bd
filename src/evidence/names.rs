//! Names of files, as they are given by whoever sends them: kept to be shown, used for nothing.

use crate::error::Fault;
use crate::language::Text;
use crate::words::FileType;

/// The longest name and title, in characters.
const LONGEST: usize = 255;

/// The header that carries the name.
pub(super) const FILE_NAME: &str = "?huijie-file-name";
/// The header that carries the title.
pub(super) const TITLE: &str = "?huijie-title";

/// The type, its media type and the endings a name may have.
pub(super) fn known_as(it: FileType) -> (&'static str, &'static [&'static str]) {
    match it {
        FileType::Pdf => ("application/pdf", &["pdf"]),
        FileType::Jpeg => ("image/jpeg", &["jpg", "jpeg"]),
        FileType::Png => ("image/png", &["png"]),
        FileType::Webp => ("image/webp", &["webp"]),
        FileType::Heic => ("image/heic", &["heic", "heif"]),
        FileType::Mp4 => ("video/mp4", &["mp4"]),
        FileType::Mp3 => ("audio/mpeg", &["mp3"]),
        FileType::M4a => ("audio/mp4", &["m4a"]),
        FileType::Wav => ("audio/wav", &["wav"]),
        FileType::Docx => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"])
        }
        FileType::Xlsx => {
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"])
        }
        FileType::Text => ("text/plain; charset=utf-8", &["txt"]),
    }
}

/// What is wrong with the name of a file; it comes percent-encoded.
pub(super) fn file_name(encoded: &str) -> Result<String, Fault> {
    let name = decoded(FILE_NAME, encoded)?;
    if name.chars().any(|it| matches!(it, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')) {
        let detail = Text::new(
            "文件名含有路径或者 \\ / : * ? \" < > | 等字符，请改名后重新上传。",
            "The name holds a path or one of \\ / : * ? \" < > |; give the file a plain name.",
        );
        return Err(Fault::new(FILE_NAME, "not_a_plain_name", detail));
    }
    if ending_of(&name).is_none() {
        let detail = Text::new(
            "文件名缺少扩展名，例如 收据.pdf。",
            "The name has no ending, such as in receipt.pdf.",
        );
        return Err(Fault::new(FILE_NAME, "no_ending", detail));
    }
    Ok(name)
}

/// What is wrong with the title of a material; it comes percent-encoded.
pub(super) fn title(encoded: &str) -> Result<String, Fault> {
    decoded(TITLE, encoded)
}

/// The type that the ending of a name speaks of.
pub(super) fn named_type(name: &str) -> Option<FileType> {
    let ending = ending_of(name)?.to_ascii_lowercase();
    FileType::ALL.iter().copied().find(|it| known_as(*it).1.contains(&ending.as_str()))
}

/// What stands after the last dot, and something before it.
fn ending_of(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let plain = !ending.is_empty() && ending.chars().all(|it| it.is_ascii_alphanumeric());
    (plain && !stem.trim_matches(['.', ' ']).is_empty()).then_some(ending)
}

fn decoded(pointer: &'static str, encoded: &str) -> Result<String, Fault> {
    let text = percent_decoded(encoded).ok_or_else(|| {
        let detail = Text::new(
            "请以 UTF-8 百分号编码填写。",
            "Write it percent-encoded, in UTF-8 (RFC 3986).",
        );
        Fault::new(pointer, "not_percent_encoded", detail)
    })?;
    let text = text.trim();
    if text.is_empty() {
        let detail = Text::new("不能为空。", "It must not be empty.");
        return Err(Fault::new(pointer, "empty", detail));
    }
    if text.chars().count() > LONGEST {
        let detail = Text::new(
            format!("超过 {LONGEST} 个字符，请缩短。"),
            format!("It is longer than {LONGEST} characters; make it shorter."),
        );
        return Err(Fault::new(pointer, "too_long", detail));
    }
    if text.chars().any(is_unseen) {
        let detail = Text::new(
            "含有控制字符或者看不见的字符，请删除。",
            "It holds a control character or one that is not seen; remove it.",
        );
        return Err(Fault::new(pointer, "control_character", detail));
    }
    Ok(text.to_owned())
}

/// Control characters, and those that turn the direction of a name around to hide its ending.
fn is_unseen(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn percent_decoded(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        let value = digit(rest.next())? * 16 + digit(rest.next())?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain() {
        let long = format!("{}.pdf", "x".repeat(252));
        let just = format!("{}.pdf", "收".repeat(251));
        for (sent, expected) in [
            ("receipt.pdf", Ok("receipt.pdf")),
            ("%E6%94%B6%E6%8D%AE.PDF", Ok("收据.PDF")),
            ("收据.pdf", Ok("收据.pdf")),
            ("a%20b.tar.gz", Ok("a b.tar.gz")),
            (" a.pdf ", Ok("a.pdf")),
            (&just, Ok(just.as_str())),
            (&long, Err("too_long")),
            ("..%2F..%2Fetc%2Fpasswd.pdf", Err("not_a_plain_name")),
            ("../a.pdf", Err("not_a_plain_name")),
            ("C:%5Ca.pdf", Err("not_a_plain_name")),
            ("a%00.pdf", Err("control_character")),
            ("a%0Ab.pdf", Err("control_character")),
            // Shown as photo-fdp.exe with its ending turned around.
            ("photo%E2%80%AEexe.pdf", Err("control_character")),
            ("a%ZZ.pdf", Err("not_percent_encoded")),
            ("a%E6.pdf", Err("not_percent_encoded")),
            ("a%2", Err("not_percent_encoded")),
            ("", Err("empty")),
            ("%20", Err("empty")),
            ("receipt", Err("no_ending")),
            (".pdf", Err("no_ending")),
            ("..pdf", Err("no_ending")),
            ("a.", Err("no_ending")),
            ("..", Err("no_ending")),
        ] {
            let found = file_name(sent);
            let found = found.as_deref().map_err(|it| it.code);
            assert_eq!(found, expected, "{sent}");
        }
    }

    #[test]
    fn the_ending_speaks_of_one_type() {
        for it in FileType::ALL {
            for ending in known_as(*it).1 {
                assert_eq!(named_type(&format!("x.{ending}")), Some(*it));
                assert_eq!(named_type(&format!("x.{}", ending.to_uppercase())), Some(*it));
            }
        }
        assert_eq!(named_type("x.exe"), None);
    }
}
