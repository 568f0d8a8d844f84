//! amgi turns study notes as people really write them into cards.
//!
//! ```text
//! Sources → Outline → Vec<Candidate> → Deck → bytes
//! ```
//!
//! - [`source`] finds notes and decodes them.
//! - [`outline`] makes one tree of a note's blocks, from Markdown and plain text alike.
//! - [`rule`] loads the packs; [`extract`] shows every block to every rule and gets candidates.
//! - [`deck`] makes entries of them, with ids that last, and is written to and read from `out/cards/*.yaml`.
//! - [`media`] finds the pictures that entries show.
//! - [`export`] turns a deck into bytes; [`pipeline`] is where stages meet and files are written.
//! - [`account`] says what became of every line; [`diagnostic`] what is wrong with the user's text, [`error`] what is
//!   wrong with the environment, [`render`] shows both.

/// For the program and the benches alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod account;
pub mod cli;
pub mod deck;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod extract;
mod letter;
pub mod lint;
pub mod markup;
pub mod media;
pub mod outline;
pub mod pipeline;
pub mod pull;
pub mod push;
pub mod render;
pub mod rule;
pub mod settings;
pub mod source;
pub mod templates;
