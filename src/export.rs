//! Exporters: a deck in, bytes out. They write no files.
