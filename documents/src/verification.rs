//! The QR code of the line by which a paper is verified.

use image::{ImageFormat, Luma};
use qrcode::{EcLevel, QrCode};

/// A PNG; empty when the address is too long for any code, which leaves number and hash.
pub(crate) fn picture(address: &str) -> Vec<u8> {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return Vec::new();
    };
    let drawn = code.render::<Luma<u8>>().module_dimensions(8, 8).build();
    let mut png = std::io::Cursor::new(Vec::new());
    match drawn.write_to(&mut png, ImageFormat::Png) {
        Ok(()) => png.into_inner(),
        Err(_) => Vec::new(),
    }
}
