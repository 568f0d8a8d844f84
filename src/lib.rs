//! amgi turns study notes as people really write them into cards.
//!
//! ```text
//! Sources → Outline → Vec<Candidate> → Deck → bytes
//! ```

pub mod deck;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod extract;
pub mod markup;
pub mod outline;
pub mod rule;
pub mod source;
pub mod templates;
