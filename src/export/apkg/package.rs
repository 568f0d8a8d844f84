//! The zip around a collection and its pictures, in the two formats there are.

use std::io::{Cursor, Result, Write};

use sha1::{Digest, Sha1};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::media::Media;

/// The level Anki itself compresses with.
const ZSTD_LEVEL: i32 = 3;

/// `PackageMetadata { version: VERSION_LATEST }` of Anki's `import_export.proto`: field 1, the number 3.
const META: &[u8] = &[0x08, 0x03];

/// What every importer takes: pictures are files named by number, and `media` says in JSON what they are called.
pub(super) fn legacy(collection: &[u8], media: &Media) -> Result<Vec<u8>> {
    let mut zip = Zip::new();
    let names: serde_json::Map<String, serde_json::Value> =
        media.files().enumerate().map(|(number, (name, _))| (number.to_string(), name.into())).collect();
    zip.add("collection.anki2", collection, CompressionMethod::Deflated)?;
    zip.add("media", serde_json::Value::from(names).to_string().as_bytes(), CompressionMethod::Deflated)?;
    for (number, (_, bytes)) in media.files().enumerate() {
        // pictures are compressed already
        zip.add(&number.to_string(), bytes, CompressionMethod::Stored)?;
    }
    zip.finish()
}

/// With zstd: `media` is `MediaEntries` of the same proto.
pub(super) fn modern(collection: &[u8], media: &Media) -> Result<Vec<u8>> {
    let mut zip = Zip::new();
    let mut entries = Vec::new();
    for (name, bytes) in media.files() {
        let entry = media_entry(name, bytes);
        entries.push(field(1, 2));
        push_number(entry.len(), &mut entries);
        entries.extend(entry);
    }
    let stored = CompressionMethod::Stored;
    zip.add("meta", META, stored)?;
    zip.add("collection.anki21b", &zstd::encode_all(collection, ZSTD_LEVEL)?, stored)?;
    zip.add("media", &zstd::encode_all(entries.as_slice(), ZSTD_LEVEL)?, stored)?;
    for (number, (_, bytes)) in media.files().enumerate() {
        zip.add(&number.to_string(), &zstd::encode_all(bytes, ZSTD_LEVEL)?, stored)?;
    }
    zip.finish()
}

/// `MediaEntry { name = 1, size = 2, sha1 = 3 }` in protobuf.
fn media_entry(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![field(1, 2)];
    push_number(name.len(), &mut out);
    out.extend(name.as_bytes());
    out.push(field(2, 0));
    push_number(bytes.len(), &mut out);
    out.push(field(3, 2));
    let hash = Sha1::digest(bytes);
    push_number(hash.len(), &mut out);
    out.extend(hash);
    out
}

/// A protobuf key: the field's number, and 0 for a number or 2 for bytes with their length.
fn field(number: u8, kind: u8) -> u8 {
    number << 3 | kind
}

/// A protobuf number: seven bits a byte, the lowest first.
fn push_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A zip in memory, with fixed dates.
struct Zip(ZipWriter<Cursor<Vec<u8>>>);

impl Zip {
    fn new() -> Zip {
        Zip(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<()> {
        let level = (method == CompressionMethod::Deflated).then_some(6);
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(level)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644)
            .large_file(u32::try_from(bytes.len()).is_err());
        self.0.start_file(name, options)?;
        self.0.write_all(bytes)
    }

    fn finish(self) -> Result<Vec<u8>> {
        Ok(self.0.finish()?.into_inner())
    }
}
