//! PNG of opaque pictures. The crate that Typst reads pictures with is compiled for size of build, not for speed, and
//! took a second a page.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// A PNG of `rgba`, four bytes a pixel, row by row; what is transparent is not told.
///
/// # Errors
/// If the compressor fails, which it has no reason to.
pub(super) fn encode(width: u32, height: u32, rgba: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    // eight bits a channel, colours without transparency, the only compression, filter and order of rows that there are
    head.extend([8, 2, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &head);
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let mut above = vec![0; 3 * width as usize];
    for row in rgba.chunks_exact(4 * width as usize) {
        let row: Vec<u8> = row.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        // each byte less the one above it: most of a page is white on white
        let less: Vec<u8> = row.iter().zip(&above).map(|(now, above)| now.wrapping_sub(*above)).collect();
        encoder.write_all(&[2])?;
        encoder.write_all(&less)?;
        above = row;
    }
    chunk(&mut out, b"IDAT", &encoder.finish()?);
    chunk(&mut out, b"IEND", &[]);
    Ok(out)
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    out.extend(kind);
    out.extend(data);
    out.extend(crc.sum().to_be_bytes());
}
