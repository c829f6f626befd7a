//! A picture as it is kept: read within limits, turned as it was taken, and written anew at two
//! sizes. What a file carries beside its pixels is not kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use sha2::{Digest, Sha256};

/// The most a file may have.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Wider or higher pictures are not read.
const MOST_SIDE: u32 = 12_000;
/// Nor those of more pixels.
const MOST_PIXELS: u64 = 40_000_000;
/// What reading one may take: a small file can stand for a large picture.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Longest side in lists, and on the page of a product.
const SIDES: [u32; 2] = [96, 960];
const QUALITY: u8 = 84;

/// A picture as it is kept, in JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Stands for its content.
    pub mark: String,
    pub small: Vec<u8>,
    pub large: Vec<u8>,
}

/// Why a file becomes no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    #[error("Choose a picture: PNG, JPEG or WebP.")]
    None,
    #[error("The file has {} MB; a picture may have 8 MB.", .0.div_ceil(1024 * 1024))]
    TooLarge(usize),
    #[error("The picture has too many pixels: at most 40 million are read, and 12,000 on a side.")]
    TooManyPixels,
    #[error("This file cannot be read as a picture. PNG, JPEG and WebP can.")]
    Unreadable,
}

/// Makes the picture that is kept of a file.
///
/// # Errors
/// [`NoPicture`].
pub fn picture(file: &[u8]) -> Result<Picture, NoPicture> {
    if file.len() > MOST_BYTES {
        return Err(NoPicture::TooLarge(file.len()));
    }
    let read = flat(&read(file)?);
    let [small, large] = SIDES.map(|side| written(&read, side));
    let (small, large) = (small?, large?);
    Ok(Picture {
        mark: format!("{:x}", Sha256::digest(&large))[..32].to_owned(),
        small,
        large,
    })
}

fn read(file: &[u8]) -> Result<DynamicImage, NoPicture> {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
    let mut reader = reader.map_err(|_| NoPicture::Unreadable)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(why)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(NoPicture::TooManyPixels);
    }
    let turned = decoder.orientation().map_err(why)?;
    let mut read = DynamicImage::from_decoder(decoder).map_err(why)?;
    read.apply_orientation(turned);
    Ok(read)
}

fn why(error: image::ImageError) -> NoPicture {
    match error {
        image::ImageError::Limits(_) => NoPicture::TooManyPixels,
        _ => NoPicture::Unreadable,
    }
}

/// What can be seen through shows white.
fn flat(read: &DynamicImage) -> DynamicImage {
    if !read.color().has_alpha() {
        return DynamicImage::ImageRgb8(read.to_rgb8());
    }
    let pixels = read.to_rgba8();
    let mut flat = RgbImage::new(pixels.width(), pixels.height());
    for (to, from) in flat.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |colour: u32| {
            let mixed = (colour * alpha + 255 * (255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    DynamicImage::ImageRgb8(flat)
}

/// At most so long on its longer side; a smaller one is not made larger.
fn written(read: &DynamicImage, side: u32) -> Result<Vec<u8>, NoPicture> {
    let is_larger = read.width() > side || read.height() > side;
    let sized = is_larger.then(|| read.thumbnail(side, side));
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    let encoded = sized.as_ref().unwrap_or(read).write_with_encoder(encoder);
    encoded.map_err(|_| NoPicture::Unreadable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn png(width: u32, height: u32, colour: [u8; 4]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_pixel(width, height, Rgba(colour))
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("it is written");
        bytes.into_inner()
    }

    fn size(jpeg: &[u8]) -> (u32, u32) {
        let read = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg);
        let read = read.expect("it is a JPEG");
        (read.width(), read.height())
    }

    #[test]
    fn a_picture_is_kept_at_two_sizes_and_never_made_larger() {
        let wide = picture(&png(1_920, 960, [9, 9, 9, 255])).expect("a picture");
        let tiny = picture(&png(40, 20, [9, 9, 9, 255])).expect("a picture");

        assert_eq!(
            (size(&wide.small), size(&wide.large)),
            ((96, 48), (960, 480))
        );
        assert_eq!((size(&tiny.small), size(&tiny.large)), ((40, 20), (40, 20)));
    }

    #[test]
    fn what_can_be_seen_through_shows_white() {
        let kept = picture(&png(4, 4, [200, 0, 0, 0])).expect("a picture");

        let read = image::load_from_memory(&kept.large)
            .expect("a JPEG")
            .to_rgb8();
        assert!(
            read.pixels()
                .all(|pixel| pixel.0.iter().all(|part| *part > 250))
        );
    }

    #[test]
    fn a_file_that_stands_for_too_much_is_refused_before_it_is_read() {
        // The head of a PNG that says it is 30,000 by 30,000, and nothing else.
        let mut bomb = png(1, 1, [0, 0, 0, 255]);
        bomb[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());

        assert_eq!(picture(&bomb), Err(NoPicture::TooManyPixels));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for file in [&b""[..], b"%PDF-1.7", b"GIF89a", &png(9, 9, [1; 4])[..40]] {
            assert_eq!(picture(file), Err(NoPicture::Unreadable));
        }
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
            }
        }
        !crc
    }
}
