//! Typst's world for a sheet: the templates, the data, pictures and fonts, and nothing else. No packages, no other files.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Label};
use typst::introspection::Introspector as _;
use typst::layout::{Frame, FrameItem};
use typst::model::Document as _;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, TextItem};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;

use super::pictures::Pictures;
use super::{png, words};
use crate::error::{Error, Result};
use crate::templates::Templates;

/// What all templates share.
const LIBRARIES: [&str; 2] = ["lib.typ", "math.typ"];
const DATA: &str = "data.json";
/// Data of more bytes makes a document that takes half of the memory there is, untagged.
const LARGE: usize = 3_000_000;
/// Pixels a point in pictures of pages: 150 a inch.
const PIXELS: f64 = 150.0 / 72.0;

/// The templates that set a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Template {
    Cheatsheet,
    Selftest,
    Flashcards,
    Quiz,
}

impl Template {
    fn file(self) -> &'static str {
        match self {
            Template::Cheatsheet => "cheatsheet.typ",
            Template::Selftest => "selftest.typ",
            Template::Flashcards => "flashcards.typ",
            Template::Quiz => "quiz.typ",
        }
    }
}

/// The templates of a document.
pub(super) struct Sources {
    files: Vec<(FileId, Source)>,
    main: FileId,
    tagged: bool,
}

impl Sources {
    pub(super) fn read(template: Template, templates: &Templates) -> Result<Sources> {
        let mut files = Vec::new();
        for name in std::iter::once(template.file()).chain(LIBRARIES) {
            let id = file(name)?;
            files.push((id, Source::new(id, templates.text(&format!("sheet/{name}"))?)));
        }
        // what is to be cut is not to be read aloud, and would be four times as large
        let tagged = template != Template::Flashcards;
        Ok(Sources { files, main: file(template.file())?, tagged })
    }
}

fn file(name: &str) -> Result<FileId> {
    let path = VirtualPath::new(name).map_err(|_| Error::new(format!("{name} is no path for Typst")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

struct Sheet {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    /// The data and the pictures.
    files: HashMap<FileId, Bytes>,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// A set document.
pub(super) struct Document {
    pages: PagedDocument,
    /// For screen readers.
    tagged: bool,
}

impl Document {
    pub(super) fn pages(&self) -> usize {
        self.pages.pages().len()
    }

    /// Where its text ends: the page, from 1, and the place on it (millimetres from the left and the top). Of a
    /// template of the user's that does not say, nothing is known.
    pub(super) fn end(&self) -> Option<(usize, f64, f64)> {
        let introspector = self.pages.introspector();
        let label = Label::new(PicoStr::intern("end"))?;
        let location = introspector.query_label(label).ok()?.location()?;
        let place = introspector.position(location)?;
        Some((place.page.get(), place.point.x.to_mm(), place.point.y.to_mm()))
    }

    /// Its pages as PNG.
    pub(super) fn pictures(&self) -> Result<Vec<Vec<u8>>> {
        let options = typst_render::RenderOptions { pixel_per_pt: PIXELS.into(), render_bleed: false };
        let picture = |page| {
            let pixels = typst_render::render(page, &options);
            png::encode(pixels.width(), pixels.height(), pixels.data())
                .map_err(|e| Error::new("cannot make a picture of a page").cause(e))
        };
        self.pages.pages().iter().map(picture).collect()
    }

    /// Its PDF: the same bytes for the same document.
    pub(super) fn pdf(&self) -> Result<Vec<u8>> {
        let options = typst_pdf::PdfOptions { tagged: self.tagged, ..Default::default() };
        typst_pdf::pdf(&self.pages, &options).map_err(|errors| {
            let said = errors.first().map(|error| error.message.to_string()).unwrap_or_default();
            Error::new("cannot make the PDF of the sheet").cause(said)
        })
    }
}

/// Sets data with the templates. `inputs` are `sys.inputs`.
pub(super) fn compile(
    sources: &Sources,
    fonts: &[Font],
    pictures: &Pictures,
    data: &serde_json::Value,
    inputs: &[(&str, String)],
) -> Result<Document> {
    let inputs: Dict = inputs.iter().map(|(key, value)| ((*key).into(), value.as_str().into_value())).collect();
    let bytes = data.to_string().into_bytes();
    let is_large = bytes.len() > LARGE;
    let mut files = HashMap::from([(file(DATA)?, Bytes::new(bytes))]);
    for (name, picture) in pictures {
        files.insert(file(name)?, picture.bytes.clone());
    }
    let world = Sheet {
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        book: LazyHash::new(FontBook::from_fonts(fonts)),
        fonts: fonts.to_vec(),
        main: sources.main,
        sources: sources.files.iter().cloned().collect(),
        files,
    };
    let result = typst::compile::<PagedDocument>(&world);
    comemo_evict(is_large);
    result
        .output
        .map(|document| Document { pages: unmarked(document), tagged: sources.tagged && !is_large })
        .map_err(|errors| failure(&world, errors.first()))
}

/// Typst keeps what it computed for the next time; a build sets each sheet once or a few times only, and what is large
/// takes up to a gigabyte.
fn comemo_evict(is_large: bool) {
    typst::comemo::evict(if is_large { 0 } else { 4 });
}

/// A document without the marks that said where its lines may break.
fn unmarked(document: PagedDocument) -> PagedDocument {
    let unmarked = document.pages().iter().cloned().map(|mut page| {
        unmark(&mut page.frame);
        page
    });
    PagedDocument::new(unmarked.collect(), document.info().clone())
}

fn unmark(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => unmark(&mut group.frame),
            FrameItem::Text(text) => unmark_text(text),
            _ => {}
        }
        true
    });
}

/// Takes the marks and their glyphs, which have no width, out of a run of text.
fn unmark_text(item: &mut TextItem) {
    let is_mark = |c: char| c == words::JOINER || c == words::BREAK;
    if !item.text.contains(is_mark) {
        return;
    }
    // bytes of marks before each mark, with its place
    let mut gone: Vec<(usize, usize)> = Vec::new();
    let mut sum = 0;
    for (at, c) in item.text.char_indices().filter(|(_, c)| is_mark(*c)) {
        sum += c.len_utf8();
        gone.push((at, sum));
    }
    let moved = |at: u16| {
        let marks = gone.partition_point(|(mark, _)| *mark < usize::from(at));
        let before = marks.checked_sub(1).and_then(|last| gone.get(last)).map_or(0, |(_, sum)| *sum);
        at - u16::try_from(before).unwrap_or(at)
    };
    item.glyphs.retain_mut(|glyph| {
        glyph.range = moved(glyph.range.start)..moved(glyph.range.end);
        !glyph.range.is_empty()
    });
    item.text = item.text.chars().filter(|c| !is_mark(*c)).collect();
}

fn failure(world: &Sheet, error: Option<&SourceDiagnostic>) -> Error {
    let Some(error) = error else { return Error::new("the sheet does not compile") };
    let place = error.span.id().and_then(|id| {
        let source = world.sources.get(&id)?;
        let line = source.lines().byte_to_line(world.range(error.span)?.start)?;
        Some(format!("templates/sheet/{}:{}", id.get().vpath().get_without_slash(), line + 1))
    });
    let hint = error
        .hints
        .first()
        .map(|hint| hint.v.to_string())
        .unwrap_or_else(|| "`amgi init` copies the template as it was".to_owned());
    Error::new(format!("{}: the sheet does not compile", place.unwrap_or_else(|| "templates/sheet".to_owned())))
        .cause(&error.message)
        .hint(hint)
}
