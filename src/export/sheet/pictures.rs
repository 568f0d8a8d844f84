//! Pictures on paper: found by [`crate::media`], looked at before Typst is given them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use typst::foundations::Bytes;
use typst::visualize::{ImageFormat, RasterFormat, RasterImage, SvgImage, VectorFormat};

use crate::diagnostic::Diagnostic;
use crate::markup;
use crate::media::Media;

/// A picture that can be set.
pub(super) struct Picture {
    pub(super) bytes: Bytes,
    /// Its own size (pixels).
    width: f64,
    height: f64,
}

/// Pictures by the name of their file.
pub(super) type Pictures = BTreeMap<String, Picture>;

/// Puts the names of files into the pictures of an entry's nodes, by what its note calls them. A paragraph of nothing but
/// pictures that are not to be had is left out: they were told of, and their names say nothing on paper.
pub(super) fn name(node: &mut Value, names: &markup::Pictures) {
    leave_out_gone(node, names);
    if !names.is_empty() {
        each(node, &mut |picture| {
            if let Some(file) = picture.get("url").and_then(Value::as_str).and_then(|url| names.get(url)) {
                picture.insert("file".to_owned(), json!(file));
            }
        });
    }
}

fn leave_out_gone(value: &mut Value, names: &markup::Pictures) {
    let is_gone = |node: &Value| {
        let url = node["url"].as_str();
        node["t"] == "image" && url.is_some_and(|url| !names.contains_key(url))
    };
    let is_empty = |node: &Value| {
        let parts = node["c"].as_array().filter(|parts| node["t"] == "p" && !parts.is_empty());
        parts.is_some_and(|parts| parts.iter().all(is_gone))
    };
    match value {
        Value::Array(values) => {
            // a template counts on one part at least
            if !values.iter().all(is_empty) {
                values.retain(|value| !is_empty(value));
            }
            values.iter_mut().for_each(|value| leave_out_gone(value, names));
        }
        Value::Object(map) => map.values_mut().for_each(|value| leave_out_gone(value, names)),
        _ => {}
    }
}

/// Reads the pictures that nodes name. Those that paper cannot show are named in a diagnostic: their text stands for
/// them.
pub(super) fn read(data: &Value, media: &Media, diagnostics: &mut Vec<Diagnostic>) -> Pictures {
    let mut wanted: BTreeMap<String, String> = BTreeMap::new();
    each(&mut data.clone(), &mut |picture| {
        let text = |key: &str| picture.get(key).and_then(Value::as_str).map(str::to_owned);
        if let (Some(file), Some(url)) = (text("file"), text("url")) {
            wanted.insert(file, url);
        }
    });
    let mut pictures = Pictures::new();
    for (file, bytes) in media.files() {
        let Some(url) = wanted.get(file) else { continue };
        match picture(bytes) {
            Some(picture) => {
                pictures.insert(file.to_owned(), picture);
            }
            None => diagnostics.push(
                Diagnostic::warning(
                    "picture-format",
                    format!("the picture {url} cannot be printed: its name stands for it"),
                )
                .hint("paper shows PNG, JPEG, GIF, WebP and SVG"),
            ),
        }
    }
    pictures
}

/// Tells nodes the size of their pictures; of those that are not there, the file is not named any more.
pub(super) fn measure(data: &mut Value, pictures: &Pictures) {
    each(data, &mut |node| match node.get("file").and_then(Value::as_str).and_then(|file| pictures.get(file)) {
        Some(picture) => {
            node.insert("width".to_owned(), json!(picture.width));
            node.insert("height".to_owned(), json!(picture.height));
        }
        None => {
            node.remove("file");
        }
    });
}

fn picture(bytes: &[u8]) -> Option<Picture> {
    let bytes = Bytes::new(bytes.to_vec());
    let (width, height) = match ImageFormat::detect(&bytes)? {
        ImageFormat::Raster(format @ RasterFormat::Exchange(_)) => {
            let image = RasterImage::plain(bytes.clone(), format).ok()?;
            (f64::from(image.width()), f64::from(image.height()))
        }
        ImageFormat::Vector(VectorFormat::Svg) => {
            let image = SvgImage::new(bytes.clone()).ok()?;
            (image.width(), image.height())
        }
        _ => return None,
    };
    (width > 0.0 && height > 0.0).then_some(Picture { bytes, width, height })
}

/// Every picture's node.
fn each(value: &mut Value, change: &mut impl FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| each(value, change)),
        Value::Object(map) if map.get("t").is_some_and(|t| t == "image") => change(map),
        Value::Object(map) => map.values_mut().for_each(|value| each(value, change)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_are_not_to_be_had_take_no_line() {
        let picture = |url: &str| json!({"t": "p", "c": [{"t": "image", "url": url, "alt": "x"}]});
        let text = json!({"t": "p", "c": [{"t": "text", "v": "a"}]});
        let names = markup::Pictures::from([("here.png".to_owned(), "amgi-1.png".to_owned())]);
        let mut stack = json!({"t": "stack", "c": [text, picture("here.png"), picture("gone.png")]});
        name(&mut stack, &names);
        assert_eq!(stack["c"].as_array().map(Vec::len), Some(2));
        assert_eq!(stack["c"][1]["c"][0]["file"], "amgi-1.png");
        let mut only = json!({"t": "stack", "c": [picture("gone.png")]});
        name(&mut only, &names);
        assert_eq!(only["c"].as_array().map(Vec::len), Some(1));
    }
}
