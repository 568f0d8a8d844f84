//! Exporters: a deck in, bytes out. They write no files.

mod apkg;

pub use apkg::apkg;
