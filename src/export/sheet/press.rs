//! What stays the same while a document is set, once or several times: templates, fonts, paper, language.

use serde_json::Value;

use super::fonts::Fonts;
use super::pictures::{self, Pictures};
use super::world::{self, Document, Sources, Template};
use super::{Job, SheetOptions, data};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

pub(super) struct Press<'a> {
    sources: Sources,
    fonts: Fonts,
    pictures: Pictures,
    pub(super) options: &'a SheetOptions,
    language: String,
}

impl<'a> Press<'a> {
    /// A press for a template and for the `data` of a job; says which letters it lacks.
    pub(super) fn new(
        template: Template,
        job: &Job<'a>,
        data: &Value,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Press<'a>> {
        let Job { deck, options, templates, media } = *job;
        let language = match &options.language {
            Some(tag) => primary(tag)?,
            None => data::language(deck).to_owned(),
        };
        let fonts = Fonts::of(data, deck, &language, diagnostics);
        let pictures = pictures::read(data, media, diagnostics);
        Ok(Press { sources: Sources::read(template, templates)?, fonts, pictures, options, language })
    }

    /// The document of data. `inputs` are for the template, beside what all templates get.
    pub(super) fn set(&self, mut data: Value, inputs: &[(&str, String)]) -> Result<Document> {
        self.fonts.prepare(&mut data);
        pictures::measure(&mut data, &self.pictures);
        let mut all = vec![
            ("paper", self.options.paper.typst().to_owned()),
            ("mono", self.options.mono.to_string()),
            ("lang", self.language.clone()),
            ("fonts", self.fonts.families().join(",")),
        ];
        all.extend(inputs.iter().cloned());
        world::compile(&self.sources, self.fonts.all(), &self.pictures, &data, &all)
    }
}

/// The language of a BCP 47 tag, which is what Typst takes: `ko` of `ko-KR`.
fn primary(tag: &str) -> Result<String> {
    let language = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(language);
    }
    Err(Error::new(format!("`{tag}` is no language for a sheet"))
        .hint("amgi.yaml's `language` is a tag like ko, en or ja-JP"))
}
