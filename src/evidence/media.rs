//! Sound and film: whether the container is whole. Nothing is decoded. Pure.

use std::io::{Read as _, SeekFrom};

use super::content::{Source, broken};
use crate::error::Fault;
use crate::words::FileType;

/// More boxes than any camera writes.
const MOST_BOXES: usize = 100_000;

/// How far the first frame of MP3 may stand behind what tells of the piece.
const LEAD: u64 = 65_536;

/// Whether the file can be what it begins as.
pub(super) fn look(file_type: FileType, source: &mut impl Source, size: u64) -> Result<(), Fault> {
    let whole = match file_type {
        FileType::Heic => has_boxes(source, size, &[b"meta"]),
        FileType::Mp4 | FileType::M4a => has_boxes(source, size, &[b"moov"]),
        FileType::Wav => has_sound(source, size),
        FileType::Mp3 => has_frames(source),
        _ => Some(()),
    };
    whole.ok_or_else(|| broken(file_type))
}

fn bytes<const N: usize>(source: &mut impl Source, at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    source.seek(SeekFrom::Start(at)).ok()?;
    source.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// The boxes of ISO 14496-12 fill the file from its beginning to its end, these among them.
fn has_boxes(source: &mut impl Source, size: u64, wanted: &[&[u8; 4]]) -> Option<()> {
    let mut seen = vec![false; wanted.len()];
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        let head: [u8; 8] = bytes(source, at)?;
        let (length, kind) = head.split_at(4);
        for (seen, wanted) in seen.iter_mut().zip(wanted) {
            *seen |= kind == *wanted;
        }
        let length = match u32::from_be_bytes(length.try_into().ok()?) {
            0 => size - at,
            1 => u64::from_be_bytes(bytes(source, at + 8)?),
            length => u64::from(length),
        };
        at = at.checked_add(length).filter(|end| 8 <= length && *end <= size)?;
        if at == size {
            return seen.iter().all(|it| *it).then_some(());
        }
    }
    None
}

/// RIFF: as long as it says, with a format and sound. Who records on and on writes no length.
fn has_sound(source: &mut impl Source, size: u64) -> Option<()> {
    let head: [u8; 12] = bytes(source, 0)?;
    let length = u32::from_le_bytes(head[4..8].try_into().ok()?);
    if length != u32::MAX && u64::from(length) + 8 > size {
        return None;
    }
    let (mut at, mut has_format) = (12, false);
    for _ in 0..MOST_BOXES {
        let head: [u8; 8] = bytes(source, at)?;
        let length = u32::from_le_bytes(head[4..8].try_into().ok()?);
        match &head[..4] {
            b"fmt " => has_format = true,
            b"data" => return has_format.then_some(()),
            _ => {}
        }
        at += 8 + u64::from(length) + u64::from(length % 2);
    }
    None
}

/// Two frames of MPEG sound, one behind the other.
fn has_frames(source: &mut impl Source) -> Option<()> {
    let head: [u8; 10] = bytes(source, 0)?;
    let begins = match &head[..3] {
        b"ID3" => {
            let length = head[6..].iter().fold(0_u64, |sum, it| (sum << 7) | u64::from(it & 0x7F));
            10 + length
        }
        _ => 0,
    };
    let mut found = Vec::new();
    source.seek(SeekFrom::Start(begins)).ok()?;
    source.by_ref().take(LEAD).read_to_end(&mut found).ok()?;
    (0..found.len()).find_map(|at| {
        let length = frame(found.get(at..)?)?;
        frame(found.get(at + length..)?).map(|_| ())
    })
}

/// How long the frame of layer III is that begins here.
fn frame(bytes: &[u8]) -> Option<usize> {
    const FIRST: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const SECOND: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let head = bytes.get(..4)?;
    let (version, layer) = ((head[1] >> 3) & 3, (head[1] >> 1) & 3);
    if head[0] != 0xFF || head[1] & 0xE0 != 0xE0 || version == 1 || layer != 1 {
        return None;
    }
    let is_first = version == 3;
    let (rates, samples) = if is_first { (FIRST, 144) } else { (SECOND, 72) };
    let rate = rates.get(usize::from(head[2] >> 4).checked_sub(1)?)? * 1000;
    let frequency = [44_100, 48_000, 32_000].get(usize::from((head[2] >> 2) & 3))?;
    let frequency = match version {
        3 => *frequency,
        2 => frequency / 2,
        _ => frequency / 4,
    };
    Some(samples * rate / frequency + usize::from((head[2] >> 1) & 1))
}
